"""Where everything in the grid lies: sections of rows of equal cells, as arithmetic over any number of photos."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.ui.theme import CELL_GAP_PX

MARGIN_PX = 14
HEADING_PX = 36
DIVIDER_PX = 32
_ASPECT = 0.75


class BreakKind(Enum):
    """What starts a section."""

    HEADING = "heading"
    DIVIDER = "divider"


class Break(Struct, frozen=True):
    """A full-width row of text above the photo at position `first`."""

    first: int
    kind: BreakKind
    text: str


class Cell(Struct, frozen=True):
    """Where one photo lies, in pixels from the top left of the whole content."""

    position: int
    x: int
    y: int


class GridLayout:
    """The geometry for one width, one cell size and one list of photos; immutable.

    Cells are 4:3, as wide as fills the row when the wanted width is rounded to whole columns.
    """

    def __init__(self, width_px: int, cell_px: int, count: int, breaks: Sequence[Break] = ()) -> None:
        """Lay out.

        Args:
            width_px: of the viewport.
            cell_px: wanted width of a cell.
            count: how many photos.
            breaks: in the order of `first`, each 0 to count; one at `count` has no photos below it.
        """
        self.count = count
        room = max(1, width_px - 2 * MARGIN_PX)
        self.columns = max(1, round((room + CELL_GAP_PX) / (cell_px + CELL_GAP_PX)))
        self.cell_width_px = max(1, (room - CELL_GAP_PX * (self.columns - 1)) // self.columns)
        self.cell_height_px = max(1, round(self.cell_width_px * _ASPECT))
        self.row_px = self.cell_height_px + CELL_GAP_PX
        # The pixels that don't divide go to the gaps, so that rows end where headings and dividers do.
        spare = room - self.cell_width_px
        self._lefts = [MARGIN_PX + spare * column // max(1, self.columns - 1) for column in range(self.columns)]
        self._breaks: tuple[Break | None, ...] = tuple(breaks)
        if not breaks or breaks[0].first > 0:
            self._breaks = (None, *breaks)
        # A section is a break and the photos up to the next one.
        self._first: NDArray[np.int64] = np.array([b.first if b else 0 for b in self._breaks], np.int64)
        photos = np.diff(self._first, append=count)
        self._rows: NDArray[np.int64] = -(-photos // self.columns)
        self._head: NDArray[np.int64] = np.array([_head_px(b) for b in self._breaks], np.int64)
        heights = self._head + self._rows * self.row_px
        self._top: NDArray[np.int64] = MARGIN_PX // 2 + np.concatenate(([0], np.cumsum(heights)[:-1]))
        self.height_px = int(MARGIN_PX // 2 + heights.sum() + MARGIN_PX - CELL_GAP_PX)

    def cell(self, position: int) -> Cell:
        """Return where a photo lies."""
        section = self._section_of(position)
        row, column = divmod(position - int(self._first[section]), self.columns)
        top = int(self._top[section] + self._head[section]) + row * self.row_px
        return Cell(position, self._lefts[column], top)

    def cells_between(self, top_px: int, bottom_px: int) -> Iterator[Cell]:
        """Yield the photos in the rows that touch this stripe, in order."""
        for first, last, y in self._rows_between(top_px, bottom_px):
            for position in range(first, last):
                yield Cell(position, self._lefts[position - first], y)

    def positions_between(self, top_px: int, bottom_px: int) -> range:
        """Return the positions in the rows that touch this stripe."""
        rows = list(self._rows_between(top_px, bottom_px))
        return range(rows[0][0], rows[-1][1]) if rows else range(0)

    def breaks_between(self, top_px: int, bottom_px: int) -> Iterator[tuple[Break, int, int]]:
        """Yield the breaks that touch this stripe, each with its top and height."""
        for section in self._sections_between(top_px, bottom_px):
            one, top, head = self._breaks[section], int(self._top[section]), int(self._head[section])
            if one is not None and top < bottom_px and top + head > top_px:
                yield one, top, head

    def position_at(self, x: int, y: int) -> int | None:
        """Return the photo under a point; None between the cells."""
        for first, last, top in self._rows_between(y, y + 1):
            column = bisect_right(self._lefts, x) - 1
            inside = 0 <= column < last - first and x < self._lefts[column] + self.cell_width_px
            return first + column if inside and top <= y < top + self.cell_height_px else None
        return None

    def ranges_in(self, left: int, top: int, right: int, bottom: int) -> list[tuple[int, int]]:
        """Return the photos that a rectangle touches, as half-open ranges of positions, one for each row."""
        start = bisect_right(self._lefts, left - self.cell_width_px)
        end = bisect_right(self._lefts, right)
        if start >= end:
            return []
        return [
            (first + start, min(first + end, last))
            for first, last, y in self._rows_between(top, bottom + 1)
            if first + start < last and y <= bottom and y + self.cell_height_px > top
        ]

    def above(self, position: int, rows: int = 1) -> int:
        """Return the photo some rows up in the same column, in the first row when there are fewer."""
        return self._moved(position, -rows)

    def below(self, position: int, rows: int = 1) -> int:
        """Return the photo some rows down in the same column, in the last row when there are fewer."""
        return self._moved(position, rows)

    def nearest(self, y: int) -> int | None:
        """Return the first photo of the row at or below a height; the last photo below all, None without photos."""
        if not self.count:
            return None
        row = next(self._rows_between(y, self.height_px), None)
        return self.count - 1 if row is None else row[0]

    def _moved(self, position: int, rows: int) -> int:
        section = self._section_of(position)
        row, column = divmod(position - int(self._first[section]), self.columns)
        before = int(self._rows[:section].sum()) + row
        wanted = min(max(before + rows, 0), int(self._rows.sum()) - 1)
        ends = np.cumsum(self._rows)
        section = int(np.searchsorted(ends, wanted, side="right"))
        row = wanted - int(ends[section] - self._rows[section])
        first = int(self._first[section]) + row * self.columns
        if wanted == before:
            return position
        return min(first + column, self._end(section) - 1)

    def _rows_between(self, top_px: int, bottom_px: int) -> Iterator[tuple[int, int, int]]:
        """Yield (first position, end position, y) of each row of cells, gap included, that touches the stripe."""
        for section in self._sections_between(top_px, bottom_px):
            start = int(self._top[section] + self._head[section])
            row = max(0, (top_px - start) // self.row_px)
            last_row = min(int(self._rows[section]) - 1, (bottom_px - 1 - start) // self.row_px)
            first, end = int(self._first[section]), self._end(section)
            while row <= last_row:
                begin = first + row * self.columns
                yield begin, min(begin + self.columns, end), start + row * self.row_px
                row += 1

    def _sections_between(self, top_px: int, bottom_px: int) -> range:
        start = max(0, int(np.searchsorted(self._top, top_px, side="right")) - 1)
        return range(start, int(np.searchsorted(self._top, bottom_px, side="left")))

    def _section_of(self, position: int) -> int:
        # Empty sections share their first position with the next one: the last of them holds the photo.
        return int(np.searchsorted(self._first, position, side="right")) - 1

    def _end(self, section: int) -> int:
        return int(self._first[section + 1]) if section + 1 < len(self._first) else self.count


def _head_px(one: Break | None) -> int:
    if one is None:
        return 0
    return HEADING_PX if one.kind is BreakKind.HEADING else DIVIDER_PX
