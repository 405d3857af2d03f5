"""What the grid shows: an answer as a handful of arrays, kept in step with the selection."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntFlag
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from clipview.ui.grid_selection import Selection
from clipview.ui.lazy_numpy import np
from clipview.ui.wording import number

if TYPE_CHECKING:
    from numpy.typing import NDArray


Ids: TypeAlias = "NDArray[np.int64] | array[int]"
"""Numbers of photos; those of the first page at a start are an array of Python's own, until NumPy is there."""


class Badge(IntFlag):
    """The marks on a photo."""

    FAVOURITE = 1
    MISSING = 2
    """The drive or folder that holds it is not there."""
    VIDEO = 4
    DAMAGED = 8
    LIKED = 16
    """Marked "more like this" in this search."""
    DISLIKED = 32
    SPREAD = 64
    """Belongs to a stack that is spread out."""


class Heading(Struct, frozen=True):
    """A line of text above the photo at a position, such as "Saturday, 10 May 2025"."""

    first: int
    text: str


class Answer(Struct, frozen=True, eq=False):
    """Photos in the order they are shown; the arrays belong to the answer and all have one entry for each photo."""

    ids: Ids
    colours: NDArray[np.uint32] | array[int]
    """Average colour, 0xRRGGBB."""
    match: NDArray[np.uint8] | None = None
    """0 to 100; None when not searching."""
    badges: NDArray[np.uint8] | None = None
    """Bits of `Badge`."""
    stars: NDArray[np.int8] | None = None
    """0 to 5, -1 for rejected."""
    bursts: NDArray[np.uint16] | None = None
    """How many photos are folded behind this one; 0 and 1 show nothing."""
    weaker_from: int | None = None
    """Position of the first photo below the divider; None without a divider."""
    weaker_count: int | None = None
    """What the divider says; by default the photos below it."""
    weaker_label: str = "weaker matches"
    headings: tuple[Heading, ...] = ()
    """In the order of `first`; those below the divider are not shown."""

    def __post_init__(self) -> None:
        for name in ("colours", "match", "badges", "stars", "bursts"):
            column = getattr(self, name)
            if column is not None and len(column) != len(self.ids):
                raise ValueError(f"{name} has {len(column)} entries for {len(self.ids)} photos")
        if self.weaker_from is not None and not 0 <= self.weaker_from <= len(self.ids):
            raise ValueError(f"weaker_from is {self.weaker_from} with {len(self.ids)} photos")


class Page(Struct, frozen=True):
    """A run of photos as plain numbers, one for each photo in each list; see `Answer` for what they mean."""

    colours: list[int]
    match: Sequence[int | None]
    badges: list[int]
    bursts: list[int]
    stars: list[int]


_Number = TypeVar("_Number", bound="np.generic")
_LARGEST_TABLE = 50_000_000

EMPTY = Answer(array("q"), array("I"))


class PhotoModel(QObject):
    """The photos on show, in order, with their selection.

    Positions count from 0 over what is shown, without the photos that a closed divider hides.

    Signals:
        shown(bool): other photos, or another order; True when the view should keep its place.
        refreshed(): the same photos look different.
        selection_changed(): the set of selected photos is another one.
        current_changed(int | None): the photo that the keyboard acts on is another one.
    """

    shown = Signal(bool)
    refreshed = Signal()
    selection_changed = Signal()
    current_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer = EMPTY
        self._expanded = False
        self._selection = Selection()
        self._announced: int | None = None

    @property
    def answer(self) -> Answer:
        """The answer on show."""
        return self._answer

    @property
    def count(self) -> int:
        """How many photos are shown."""
        if self._answer.weaker_from is None or self.weaker_expanded:
            return len(self._answer.ids)
        return self._answer.weaker_from

    @property
    def ids(self) -> Ids:
        """The ids of the photos shown, in order; not to be written to."""
        return self._answer.ids[: self.count]

    @property
    def weaker_expanded(self) -> bool:
        """Whether photos below the divider are shown; always so when there are none above it."""
        return self._expanded or self._answer.weaker_from == 0

    @property
    def weaker_count(self) -> int:
        """How many photos the divider speaks of."""
        answer = self._answer
        if answer.weaker_from is None:
            return 0
        return len(answer.ids) - answer.weaker_from if answer.weaker_count is None else answer.weaker_count

    def show(self, answer: Answer, *, keep_place: bool = False) -> None:
        """Replace everything at once; selection and current photo are kept by id where the photo is still shown.

        Args:
            answer: what to show.
            keep_place: for the same question asked again (a scan went on, a star was set): the view stays at the
                photo it shows. Otherwise it goes to the top, where the best matches are.
        """
        remembered = self._remembered()
        self._answer = answer
        self._settle(remembered, keep_place=keep_place)

    def set_weaker_expanded(self, expanded: bool) -> None:
        """Open or close the divider; what it hides is no longer selected. It stays so for later answers."""
        if expanded == self._expanded:
            return
        remembered = self._remembered()
        self._expanded = expanded
        self._settle(remembered, keep_place=True)

    def id_at(self, position: int) -> int:
        """Return the id of the photo at a position."""
        return int(self._answer.ids[position])

    def position_of(self, photo_id: int) -> int | None:
        """Return where a photo is shown; None when it is not."""
        found = np.flatnonzero(np.asarray(self.ids) == photo_id)
        return int(found[0]) if len(found) else None

    def match_at(self, position: int) -> int | None:
        """Return how well a photo matches, 0 to 100; None when not searching."""
        return None if self._answer.match is None else int(self._answer.match[position])

    def badges_at(self, position: int) -> int:
        """Return the marks of a photo, as bits of `Badge`."""
        return 0 if self._answer.badges is None else int(self._answer.badges[position])

    def stack_at(self, position: int) -> int:
        """Return how many photos the stack holds that a photo lies on top of; 0 without one."""
        return 0 if self._answer.bursts is None else int(self._answer.bursts[position])

    def page(self, positions: range) -> Page:
        """Return what is to be painted of a run of photos."""
        answer, start, stop = self._answer, positions.start, positions.stop
        return Page(
            answer.colours[start:stop].tolist(),
            [None] * len(positions) if answer.match is None else answer.match[start:stop].tolist(),
            [0] * len(positions) if answer.badges is None else answer.badges[start:stop].tolist(),
            [0] * len(positions) if answer.bursts is None else answer.bursts[start:stop].tolist(),
            [0] * len(positions) if answer.stars is None else answer.stars[start:stop].tolist(),
        )

    def is_weaker(self, position: int) -> bool:
        """Tell whether a photo is below the divider."""
        return self._answer.weaker_from is not None and position >= self._answer.weaker_from

    def set_badge(self, photo_ids: Iterable[int], badge: Badge, *, on: bool) -> None:
        """Put a mark on photos, or take it off, without waiting for the next answer."""
        answer = self._answer
        where = np.isin(answer.ids, np.fromiter(photo_ids, np.int64))
        badges = np.zeros(len(answer.ids), np.uint8) if answer.badges is None else answer.badges.copy()
        badges[where] = badges[where] | badge if on else badges[where] & ~np.uint8(badge)
        self._answer = replace(answer, badges=badges)
        self.refreshed.emit()

    def set_stars(self, photo_ids: Iterable[int], stars: int) -> None:
        """Give photos stars without waiting for the next answer."""
        answer = self._answer
        given = np.zeros(len(answer.ids), np.int8) if answer.stars is None else answer.stars.copy()
        given[np.isin(answer.ids, np.fromiter(photo_ids, np.int64))] = stars
        self._answer = replace(answer, stars=given)
        self.refreshed.emit()

    def arrange(self, positions: NDArray[np.intp]) -> None:
        """Show the same photos in another order without waiting for the next answer: each by its position now."""
        answer = self._answer
        made = replace(
            answer,
            ids=np.asarray(answer.ids)[positions],
            colours=np.asarray(answer.colours)[positions],
            match=_moved(answer.match, positions),
            badges=_moved(answer.badges, positions),
            stars=_moved(answer.stars, positions),
            bursts=_moved(answer.bursts, positions),
        )
        self.show(made, keep_place=True)

    def stars_at(self, position: int) -> int:
        """Return the stars of a photo, -1 for a rejected one."""
        return 0 if self._answer.stars is None else int(self._answer.stars[position])

    @property
    def selection(self) -> Selection:
        """The selection by position, to read; change it within `selecting`."""
        return self._selection

    @property
    def selected_ids(self) -> tuple[int, ...]:
        """The ids of the selected photos in the order shown."""
        if not self._selection.count:
            return ()
        return tuple(np.asarray(self._answer.ids)[self._selection.positions].tolist())

    @property
    def current_id(self) -> int | None:
        """The photo that the keyboard acts on."""
        return None if self._selection.current is None else self.id_at(self._selection.current)

    @contextmanager
    def selecting(self) -> Iterator[Selection]:
        """Change the selection: whatever differs at the end of the `with` block is announced once."""
        revision = self._selection.revision
        yield self._selection
        if self._selection.revision != revision:
            self.selection_changed.emit()
        self._announce()

    def select_ids(self, photo_ids: Iterable[int]) -> None:
        """Select exactly these photos, as far as they are shown; the first of them becomes current."""
        mask = np.isin(self.ids, np.fromiter(photo_ids, np.int64))
        first = int(np.argmax(mask)) if mask.any() else self._selection.current
        with self.selecting() as selection:
            selection.reset(len(mask), mask, first, first)

    def spoken(self, name: str) -> str:
        """Return what a screen reader says about the current photo, which has this name."""
        position = self._selection.current
        if position is None:
            return ""
        of = self.tr("{position} of {count}").format(position=number(position + 1), count=number(self.count))
        said = [name, of]
        match = self.match_at(position)
        if match is not None:
            said.append(self.tr("match {match} of 100").format(match=match))
        if self.stack_at(position) > 1:
            said.append(self.tr("stack of {count}").format(count=number(self.stack_at(position))))
        stars = self.stars_at(position)
        if stars > 0:
            said.append(self.tr("%Ln stars", "", stars))
        badges = self.badges_at(position)
        return ", ".join(said + [text for badge, text in self._badge_words() if badge & badges])

    def _badge_words(self) -> list[tuple[Badge, str]]:
        return [
            (Badge.FAVOURITE, self.tr("favourite")),
            (Badge.MISSING, self.tr("missing")),
            (Badge.VIDEO, self.tr("video")),
            (Badge.DAMAGED, self.tr("damaged")),
            (Badge.LIKED, self.tr("more like this")),
            (Badge.DISLIKED, self.tr("less like this")),
            (Badge.SPREAD, self.tr("spread out")),
        ]

    def _remembered(self) -> _Remembered:
        selection = self._selection
        anchor = None if selection.anchor is None else self.id_at(selection.anchor)
        selected = np.asarray(self._answer.ids)[selection.positions] if selection.count else None
        return _Remembered(selected, self.current_id, anchor)

    def _restore(self, remembered: _Remembered) -> None:
        ids = self.ids
        mask = None if remembered.selected is None else _members(np.asarray(ids), remembered.selected)
        current = None if remembered.current is None else self.position_of(remembered.current)
        anchor = None if remembered.anchor is None else self.position_of(remembered.anchor)
        self._selection.reset(len(ids), mask, current, anchor)

    def _settle(self, remembered: _Remembered, *, keep_place: bool) -> None:
        """Tell the view first, so that whoever hears of a selection can already ask where it is."""
        self._restore(remembered)
        self.shown.emit(keep_place)
        if self._selection.count != (0 if remembered.selected is None else len(remembered.selected)):
            self.selection_changed.emit()
        self._announce()

    def _announce(self) -> None:
        current = self.current_id
        if current != self._announced:
            self._announced = current
            self.current_changed.emit(current)


class _Remembered(Struct, frozen=True, eq=False):
    """A selection by photo ids, to be found again in another order."""

    selected: NDArray[np.int64] | None
    current: int | None
    anchor: int | None


def _moved(column: NDArray[_Number] | None, positions: NDArray[np.intp]) -> NDArray[_Number] | None:
    return None if column is None else column[positions]


def _members(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which ids are wanted.

    Ids count up from 1 and stay dense, so a table of all of them is small; it is several times faster than sorting.
    """
    if not len(ids) or not len(wanted):
        return np.zeros(len(ids), np.bool_)
    highest = max(int(ids.max()), int(wanted.max()))
    if highest > _LARGEST_TABLE or min(int(ids.min()), int(wanted.min())) < 0:
        return np.isin(ids, wanted)
    table = np.zeros(highest + 1, np.bool_)
    table[wanted] = True
    return table[ids]
