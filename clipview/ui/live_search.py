"""The search as it goes on: what is asked, what was asked before, and how an answer becomes what the grid shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QTimer, Signal, Slot

from clipview.core.types import STRICTNESS, Fold, Query, Sort
from clipview.engine.messages import SearchAnswer
from clipview.ui.folding import Folded, fold
from clipview.ui.lazy_numpy import np
from clipview.ui.photo_model import Answer, Badge, Heading, PhotoModel
from clipview.ui.question import Place, Question
from clipview.ui.session import EngineSession

if TYPE_CHECKING:
    from numpy.typing import NDArray

RECENT = 1_000
"""How many photos "recently added" shows."""
_REST_MS = 2_000
_PAUSE_MS = 700
"""Between two keys of one word there is hardly more; whoever waits that long wants to know."""
_MOST_REMEMBERED = 200
_FEW_A_DAY = 6
_EPOCH = date(1970, 1, 1)


class Step(Struct, frozen=True):
    """One search with the order its results are shown in."""

    question: Question
    sort: Sort
    strictness: int = STRICTNESS

    @property
    def query(self) -> Query:
        """What to ask the engine."""
        return replace(self.question.query(self.sort), strictness=self.strictness)

    def asks_like(self, other: Step) -> bool:
        """Whether the other asks for the same photos, be it as strictly or not."""
        return replace(self.query, strictness=other.strictness) == other.query


class LiveSearch(QObject):
    """Asks while the user types, shows answers in the model, and walks through the history.

    Signals:
        question_changed(Question): the question is another one by something else than typing.
        answered(SearchAnswer, Question): the model shows this answer to this question.
        rested(Question): something was searched for, and typing has come to rest.
        forgotten(): the history was cleared.
        history_changed(): see `can_go_back` and `can_go_forward`.
    """

    question_changed = Signal(object)
    answered = Signal(object, object)
    rested = Signal(object)
    forgotten = Signal()
    history_changed = Signal()

    def __init__(self, session: EngineSession, model: PhotoModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self.still_choosing: Callable[[], bool] = lambda: False
        """Whether what is being typed is about to be completed."""
        self._history = [Question()]
        self._at = 0
        self._typing = False
        self._strictness = STRICTNESS
        self._search_sort = Sort.BEST
        self._browse_sort = Sort.NEWEST
        self._shown: Step | None = None
        self._browsed: SearchAnswer | None = None
        self._headings = _Headings()
        self._answer: SearchAnswer | None = None
        self._spread: set[int] = set()
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._on_rest)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._on_pause)
        self._held: tuple[SearchAnswer, Step] | None = None
        session.search_answered.connect(self._on_answered)

    @property
    def question(self) -> Question:
        """What is asked now."""
        return self._history[self._at]

    @property
    def query(self) -> Query:
        """What is asked of the engine now."""
        return Step(self.question, self.sort).query

    @property
    def sort(self) -> Sort:
        """The order in use."""
        return self._search_sort if self.question.searches else self._browse_sort

    @property
    def can_go_back(self) -> bool:
        """Whether there is a search before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a search after this one."""
        return self._at < len(self._history) - 1

    def beside(self, direction: int) -> list[Question]:
        """Return the questions before (-1) or after (1) this one, the nearest first."""
        return self._history[: self._at][::-1] if direction < 0 else self._history[self._at + 1 :]

    def come_after(self, earlier: Sequence[Question]) -> None:
        """Let searches of earlier times, the first of them first, stand before all others."""
        self._history[:0] = earlier
        self._at += len(earlier)
        self.history_changed.emit()

    def forget(self) -> None:
        """Clear the history but for what is asked now."""
        self._history, self._at = [self.question], 0
        self.history_changed.emit()
        self.forgotten.emit()

    @property
    def browsed(self) -> SearchAnswer | None:
        """The last answer to browsing the whole library, newest first."""
        return self._browsed

    def headings_of(self, answer: SearchAnswer) -> tuple[Heading, ...]:
        """Return the days or months under which the photos of an answer stand."""
        return () if answer.days is None else self._headings.of(answer.days)

    def start(self) -> None:
        """Ask the first question, unless the user was quicker."""
        if not self.question.searches:
            self._ask(soon=False)

    def show_remembered(self, answer: Answer) -> None:
        """Show photos of an earlier time until the first answer comes, which then keeps the place."""
        self._shown = Step(self.question, self.sort)
        self._model.show(answer)

    def type(self, question: Question) -> None:
        """Ask this once the user pauses; the steps of typing are one step in the history."""
        if question == self.question:
            return
        if question.searches and question.place is Place.RECENT:
            question = replace(question, place=Place.ALL)
        if self._typing:
            self._history[self._at :] = [question]
            if self._at and self._history[self._at - 1] == question:
                # Typed and taken back: as if nothing had happened.
                del self._history[self._at]
                self._at -= 1
                self._typing = False
        else:
            self._push(question)
            self._typing = True
        self._rest.start()
        # What was held answers what is no longer asked.
        self._held = None
        self._pause.start()
        self.history_changed.emit()
        self._ask(soon=True)

    def go(self, question: Question) -> None:
        """Ask this at once, as a step of its own."""
        self._held = None
        if question != self.question:
            self.settle()
            self._push(question)
            self.question_changed.emit(question)
            self.history_changed.emit()
            if question.searches:
                self.rested.emit(question)
        self._ask(soon=False)

    def walk(self, by: int) -> None:
        """Go back (-1) or forward (1) in the history."""
        target = self._at + by
        if 0 <= target < len(self._history):
            self._held = None
            self.settle()
            self._at = target
            self.question_changed.emit(self.question)
            self.history_changed.emit()
            self._ask(soon=False)

    def set_sort(self, sort: Sort) -> None:
        """Show results in this order from now on; searching and browsing each have their own."""
        if self.question.searches:
            self._search_sort = sort
        elif sort is not Sort.BEST:
            self._browse_sort = sort
        self._ask(soon=False)

    def set_strictness(self, strictness: int) -> None:
        """Call photos strong from this match on, 0 to 100, in every search from now on."""
        self._strictness = strictness
        if self.question.searches:
            self._ask(soon=True)

    def _push(self, question: Question) -> None:
        self._history[self._at + 1 :] = [question]
        del self._history[:-_MOST_REMEMBERED]
        self._at = len(self._history) - 1

    def settle(self) -> None:
        """Take what is typed for a search of its own: what is typed from now on is the next one."""
        self._rest.stop()
        self._on_rest()
        self._pause.stop()
        self.show_held()

    @Slot()
    def _on_rest(self) -> None:
        if self._typing and self.question.searches:
            self.rested.emit(self.question)
        self._typing = False

    def _ask(self, *, soon: bool) -> None:
        question = self.question
        step = Step(question, self.sort, self._strictness if question.searches else STRICTNESS)
        self._session.ask(step.query, step, soon=soon)

    @Slot(object)
    def _on_answered(self, answer: SearchAnswer) -> None:
        step = self._session.asked
        assert isinstance(step, Step)
        typing = self._pause.isActive() or self.still_choosing()
        if typing and step.question.ends_in_a_word and _finds_nothing(answer):
            # "do" finds nothing, and a dog is about to be typed: what is shown stays until it is clear what is meant.
            self._held = answer, step
            if not self._pause.isActive():
                self._pause.start()
            return
        self._take(answer, step)

    @Slot()
    def _on_pause(self) -> None:
        if self._held is not None and self.still_choosing():
            self._pause.start()
        else:
            self.show_held()

    def show_held(self) -> None:
        """Show the answer that waits for the end of typing, if one does: nobody types any more."""
        if self._held is not None:
            self._take(*self._held)

    def _take(self, answer: SearchAnswer, step: Step) -> None:
        self._held = None
        again = self._shown is not None and self._shown.asks_like(step)
        again = again and self._shown is not None and self._shown.question.place == step.question.place
        self._shown = step
        if not again:
            self._spread.clear()
        if step.question.place is Place.RECENT and not step.question.searches:
            answer = _most_recent(answer)
        elif step == Step(Question(), Sort.NEWEST):
            self._browsed = answer
        self._answer = answer
        self._show(step, keep_place=again)
        self.answered.emit(answer, step.question)

    @property
    def fold(self) -> Fold | None:
        """Which photos are shown as one."""
        return self._session.fold

    def begin_with(self, fold: Fold | None) -> None:
        """Show such photos as one from the first answer on."""
        self._session.fold = fold

    def set_fold(self, fold: Fold | None) -> None:
        """Show such photos as one from now on."""
        if fold != self._session.fold:
            self._session.fold = fold
            self._spread.clear()
            self._ask(soon=False)

    def spread(self, photo_id: int, *, on: bool) -> None:
        """Show all photos of the stack that a photo lies in, or only the one on top."""
        answer = self._answer
        if answer is None or answer.groups is None or self._shown is None:
            return
        group = int(answer.groups[answer.ids == photo_id].max(initial=0))
        if group and on != (group in self._spread):
            self._spread.symmetric_difference_update({group})
            self._show(self._shown, keep_place=True)

    def _show(self, step: Step, *, keep_place: bool) -> None:
        answer = self._answer
        assert answer is not None
        dated = step.sort is not Sort.NAME and not answer.own_order
        dated = dated and not (step.question.place is Place.RECENT and not step.question.searches)
        days, bursts, shown = answer.days if dated else None, None, answer
        if answer.groups is not None:
            folded = fold(answer.groups, min(answer.strong, len(answer.ids)), self._spread)
            bursts, shown = folded.counts, _picked(answer, folded)
            days = None if days is None else days[folded.fronts]
        headings = () if days is None else self._headings.of(days)
        made = replace(_as_shown(shown, headings, step.question), stars=shown.stars)
        if answer.groups is not None:
            spread = folded.spread.astype(np.uint8) * np.uint8(Badge.SPREAD)
            badges = spread if made.badges is None else made.badges | spread
            made = replace(made, bursts=bursts, badges=badges)
        self._model.show(made, keep_place=keep_place)


def _finds_nothing(answer: SearchAnswer) -> bool:
    return not answer.strong and (answer.match is not None or not answer.total)


def _as_shown(answer: SearchAnswer, headings: tuple[Heading, ...], question: Question) -> Answer:
    badges = _badges(answer, question)
    if answer.closest:
        label = QCoreApplication.translate("LiveSearch", "the closest photos")
        return Answer(answer.ids, answer.colours, answer.match, badges, weaker_from=0, weaker_label=label)
    if answer.match is None or not answer.possible:
        return Answer(answer.ids, answer.colours, answer.match, badges, headings=headings)
    label = QCoreApplication.translate("LiveSearch", "weaker matches")
    strong = min(answer.strong, len(answer.ids))
    return Answer(
        answer.ids,
        answer.colours,
        answer.match,
        badges,
        weaker_from=strong,
        weaker_count=answer.possible,
        weaker_label=label,
    )


def _picked(answer: SearchAnswer, folded: Folded) -> SearchAnswer:
    """Return what is left of an answer when it is folded; its counts stay those of all photos but for the divider."""
    places = folded.places
    return replace(
        answer,
        ids=answer.ids[places],
        colours=answer.colours[places],
        match=None if answer.match is None else answer.match[places],
        offline=answer.offline[places],
        days=None if answer.days is None else answer.days[places],
        stars=answer.stars[places],
        favourite=answer.favourite[places],
        strong=folded.strong,
    )


def _badges(answer: SearchAnswer, question: Question) -> NDArray[np.uint8] | None:
    if not (question.marked or answer.offline.any() or answer.favourite.any()):
        return None
    badges = answer.favourite.astype(np.uint8) * np.uint8(Badge.FAVOURITE)
    badges |= answer.offline.astype(np.uint8) * np.uint8(Badge.MISSING)
    for photo_ids, badge in ((question.more, Badge.LIKED), (question.less, Badge.DISLIKED)):
        if photo_ids:
            badges[np.isin(answer.ids, np.asarray(photo_ids, np.int64))] |= np.uint8(badge)
    return badges


def _most_recent(answer: SearchAnswer) -> SearchAnswer:
    """Ids are given in the order in which photos came into the library, and are never used again."""
    newest = np.argsort(answer.ids)[::-1][:RECENT]
    return replace(
        answer,
        ids=answer.ids[newest],
        colours=answer.colours[newest],
        offline=answer.offline[newest],
        groups=None if answer.groups is None else answer.groups[newest],
        days=None if answer.days is None else answer.days[newest],
        stars=answer.stars[newest],
        favourite=answer.favourite[newest],
        total=len(newest),
    )


class _Headings:
    """Headings of days, or of months where days have few photos; remembers the words for each."""

    def __init__(self) -> None:
        self._words: dict[tuple[int, bool], str] = {}
        self._write_day: Callable[[date], str] | None = None

    def of(self, days: NDArray[np.int32]) -> tuple[Heading, ...]:
        if not len(days):
            return ()
        starts = _starts(days)
        by_month = len(days) < len(starts) * _FEW_A_DAY
        if by_month:
            months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
            starts = _starts(months)
        positions = starts.tolist()
        return tuple(
            Heading(first, self._said(day, by_month=by_month))
            for first, day in zip(positions, days[starts].tolist(), strict=True)
        )

    def _said(self, day: int, *, by_month: bool) -> str:
        words = self._words.get((day, by_month))
        if words is None:
            when = _EPOCH + timedelta(days=day)
            if by_month:
                words = QLocale().toString(QDate(when.year, when.month, 1), "MMMM yyyy")
            else:
                self._write_day = self._write_day or _day_writer()
                words = self._write_day(when)
            self._words[(day, by_month)] = words
        return words


def _day_writer() -> Callable[[date], str]:
    """Return what writes a day in the user's long format; QLocale itself takes ten times as long for each."""
    locale = QLocale()
    month_names = [locale.monthName(month) for month in range(1, 13)]
    day_names = [locale.dayName(day) for day in range(1, 8)]
    # Quoted text, runs of one letter that stand for a part of the date, and whatever is between them.
    parts = re.findall(r"'(?:[^']|'')*'|d+|M+|y+|[^dMy']+", locale.dateFormat(QLocale.FormatType.LongFormat))
    known = {"d", "dd", "dddd", "M", "MM", "MMMM", "yyyy"}
    if any(part[0] in "dMy" and part not in known for part in parts):
        return lambda when: locale.toString(QDate(when.year, when.month, when.day), QLocale.FormatType.LongFormat)

    def write(when: date) -> str:
        values = {
            "d": str(when.day), "dd": f"{when.day:02}", "dddd": day_names[when.weekday()],
            "M": str(when.month), "MM": f"{when.month:02}", "MMMM": month_names[when.month - 1],
            "yyyy": str(when.year),
        }  # fmt: skip
        return "".join(values.get(part, part.strip("'")) for part in parts)

    return write


def _starts(values: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.flatnonzero(values[1:] != values[:-1]) + 1)).astype(np.int64)
