"""The shape of results: stacks, what is kept apart, and the way back from each."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from clipview.engine.messages import SearchAnswer
from clipview.ui.grid import PhotoGrid
from clipview.ui.live_search import LiveSearch
from clipview.ui.question import Question
from clipview.ui.result_bar import ResultBar


class ResultShape(QObject):
    """Passes on what the result bar and the grid ask about the shape of results."""

    def __init__(self, live: LiveSearch, grid: PhotoGrid, bar: ResultBar, parent: QObject) -> None:
        super().__init__(parent)
        self._live, self._bar = live, bar
        bar.fold.chosen.connect(live.set_fold)
        bar.left_out.clicked.connect(self._on_include)
        grid.spread_requested.connect(self._on_spread)
        live.answered.connect(self._on_answered)

    @Slot(object, bool)
    def _on_spread(self, photo_id: int, on: bool) -> None:
        self._live.spread(photo_id, on=on)

    @Slot()
    def _on_include(self) -> None:
        self._live.go(replace(self._live.question, with_paperwork=True))

    @Slot(object, object)
    def _on_answered(self, answer: SearchAnswer, question: Question) -> None:  # noqa: ARG002
        self._bar.show_left_out(answer.left_out)
