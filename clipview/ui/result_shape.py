"""The shape of results: stacks, what is kept apart, and the way back from each."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from clipview.core.query_syntax import Key, Part, date_range, filters_of
from clipview.core.types import Filters, Months
from clipview.engine.messages import SearchAnswer
from clipview.ui.grid import PhotoGrid
from clipview.ui.live_search import LiveSearch
from clipview.ui.match_timeline import MatchTimeline, Span, first_day, month_of
from clipview.ui.question import Question
from clipview.ui.result_bar import ResultBar


class ResultShape(QObject):
    """Passes on what the result bar and the grid ask about the shape of results."""

    def __init__(
        self, live: LiveSearch, grid: PhotoGrid, bar: ResultBar, timeline: MatchTimeline, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._live, self._bar, self._timeline = live, bar, timeline
        bar.fold.chosen.connect(live.set_fold)
        bar.left_out.clicked.connect(self._on_include)
        grid.spread_requested.connect(self._on_spread)
        timeline.narrowed.connect(self._on_narrowed)
        live.answered.connect(self._on_answered)

    @Slot(object, bool)
    def _on_spread(self, photo_id: int, on: bool) -> None:
        self._live.spread(photo_id, on=on)

    @Slot()
    def _on_include(self) -> None:
        self._live.go(replace(self._live.question, with_paperwork=True))

    @Slot(object, object)
    def _on_answered(self, answer: SearchAnswer, question: Question) -> None:
        self._bar.show_left_out(answer.left_out)
        self._timeline.show_months(answer.months if question.searches else Months(), _span_of(question))

    @Slot(object)
    def _on_narrowed(self, span: Span | None) -> None:
        question = self._live.question.without(_is_date)
        if span is not None:
            ends = (f"{first_day(month):%Y-%m}" for month in (span.first, span.last))
            question = replace(question, parts=(*question.parts, Part(Key.DATE, date_range(*ends))))
        self._live.go(question)


def _is_date(part: Part) -> bool:
    return part.key in (Key.DATE, Key.AFTER, Key.BEFORE) and part.weight > 0


def _span_of(question: Question) -> Span | None:
    """Return the months that a question is about by its filters; None for all."""
    parts = [part for part in question.all_parts if _is_date(part)]
    filters = filters_of(parts, datetime.now().date(), Filters())
    if filters.since is None and filters.until is None:
        return None
    first = _EARLIEST if filters.since is None else month_of(filters.since)
    return Span(first, _LATEST if filters.until is None else month_of(filters.until))


_EARLIEST, _LATEST = month_of(date.min), month_of(date.max)
