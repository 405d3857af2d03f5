"""Where everything in the grid lies: sections of rows of equal cells, as arithmetic over any number of photos."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import accumulate

from msgspec import Struct

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
        self._first = [b.first if b else 0 for b in self._breaks]
        self._head = [_head_px(b) for b in self._breaks]
        rows = [
            -((first - end) // self.columns) for first, end in zip(self._first, [*self._first[1:], count], strict=True)
        ]
        self._rows_to = list(accumulate(rows))
        heights = (head + many * self.row_px for head, many in zip(self._head, rows, strict=True))
        *self._top, end_px = accumulate(heights, initial=MARGIN_PX // 2)
        self.height_px = end_px + MARGIN_PX - CELL_GAP_PX

    def cell(self, position: int) -> Cell:
        """Return where a photo lies."""
        section = self._section_of(position)
        row, column = divmod(position - self._first[section], self.columns)
        top = self._top[section] + self._head[section] + row * self.row_px
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
            one, top, head = self._breaks[section], self._top[section], self._head[section]
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
        row, column = divmod(position - self._first[section], self.columns)
        before = self._rows_above(section) + row
        wanted = min(max(before + rows, 0), self._rows_to[-1] - 1)
        if wanted == before:
            return position
        section = bisect_right(self._rows_to, wanted)
        first = self._first[section] + (wanted - self._rows_above(section)) * self.columns
        return min(first + column, self._end(section) - 1)

    def _rows_above(self, section: int) -> int:
        return self._rows_to[section - 1] if section else 0

    def _rows_between(self, top_px: int, bottom_px: int) -> Iterator[tuple[int, int, int]]:
        """Yield (first position, end position, y) of each row of cells, gap included, that touches the stripe."""
        for section in self._sections_between(top_px, bottom_px):
            start = self._top[section] + self._head[section]
            row = max(0, (top_px - start) // self.row_px)
            rows = self._rows_to[section] - self._rows_above(section)
            last_row = min(rows - 1, (bottom_px - 1 - start) // self.row_px)
            first, end = self._first[section], self._end(section)
            while row <= last_row:
                begin = first + row * self.columns
                yield begin, min(begin + self.columns, end), start + row * self.row_px
                row += 1

    def _sections_between(self, top_px: int, bottom_px: int) -> range:
        return range(max(0, bisect_right(self._top, top_px) - 1), bisect_left(self._top, bottom_px))

    def _section_of(self, position: int) -> int:
        # Empty sections share their first position with the next one: the last of them holds the photo.
        return bisect_right(self._first, position) - 1

    def _end(self, section: int) -> int:
        return self._first[section + 1] if section + 1 < len(self._first) else self.count


def _head_px(one: Break | None) -> int:
    if one is None:
        return 0
    return HEADING_PX if one.kind is BreakKind.HEADING else DIVIDER_PX
