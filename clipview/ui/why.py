"""Why the photo that one looks at matches: when that is asked, and for which search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clipview.engine.messages import MatchExplained
from clipview.ui.info_panel import InfoPanel

if TYPE_CHECKING:
    from clipview.ui.window import MainWindow


class WhyMatched(QObject):
    """Has info panels tell why: asked once a photo has come to rest, and again when the search changes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._panels: list[InfoPanel] = []
        self._add(window.info)
        window.viewing.info_made.connect(self._add)
        window.live.answered.connect(self._on_answered)
        window.session.match_explained.connect(self._on_explained)

    @Slot(object)
    def _add(self, panel: InfoPanel) -> None:
        self._panels.append(panel)
        panel.similar_wanted.connect(self._on_wanted)

    @Slot(int)
    def _on_wanted(self, photo_id: int) -> None:
        query = self._window.live.query
        if query.searches:
            self._window.session.explain(photo_id, query)
        else:
            self._show_none()

    @Slot()
    def _on_answered(self) -> None:
        # What was told was about another search.
        self._show_none()
        for panel in self._panels:
            if panel.photo_id is not None and panel.isVisible():
                self._on_wanted(panel.photo_id)

    @Slot(object)
    def _on_explained(self, answer: MatchExplained) -> None:
        for panel in self._panels:
            if answer.photo_id == panel.photo_id and self._window.live.query.searches:
                panel.why.show_explanation(answer.explanation)

    def _show_none(self) -> None:
        for panel in self._panels:
            panel.why.show_explanation(None)
