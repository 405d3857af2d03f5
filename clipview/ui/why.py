"""Why the selected photo matches: when that is asked, and for which search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clipview.engine.messages import MatchExplained

if TYPE_CHECKING:
    from clipview.ui.window import MainWindow


class WhyMatched(QObject):
    """Has the info panel tell why: asked once a photo has come to rest, and again when the search changes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.info.similar_wanted.connect(self._on_wanted)
        window.live.answered.connect(self._on_answered)
        window.session.match_explained.connect(self._on_explained)

    @Slot(int)
    def _on_wanted(self, photo_id: int) -> None:
        query = self._window.live.query
        if query.searches:
            self._window.session.explain(photo_id, query)
        else:
            self._window.info.why.show_explanation(None)

    @Slot()
    def _on_answered(self) -> None:
        # What was told was about another search.
        self._window.info.why.show_explanation(None)
        photo_id = self._window.info.photo_id
        if photo_id is not None and not self._window.info.isHidden():
            self._on_wanted(photo_id)

    @Slot(object)
    def _on_explained(self, answer: MatchExplained) -> None:
        if answer.photo_id == self._window.info.photo_id and self._window.live.query.searches:
            self._window.info.why.show_explanation(answer.explanation)
