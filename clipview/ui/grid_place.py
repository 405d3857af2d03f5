"""How the eye keeps its place: which photo stays where when photos, sizes or columns change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from clipview.ui.grid_layout import GridLayout
from clipview.ui.lazy_numpy import np

if TYPE_CHECKING:
    from clipview.ui.photo_model import Ids


class Place(Struct, frozen=True):
    """A height in the viewport and the photos that may hold it, the best first."""

    candidates: tuple[int, ...]
    y_px: int
    """From the top of the viewport."""
    share: float
    """How far down the cell that height is: 0 its top, 1 its bottom."""

    def scroll(self, layout: GridLayout, ids: Ids) -> int | None:
        """Return the scroll position that puts the first candidate still there in place; None when all are gone."""
        found = np.flatnonzero(np.isin(np.asarray(ids), np.array(self.candidates, np.int64)))
        if not len(found):
            return None
        there = {int(ids[position]): position for position in found.tolist()}
        position = next(there[photo_id] for photo_id in self.candidates if photo_id in there)
        return layout.cell(position).y + round(self.share * layout.cell_height_px) - self.y_px


def place_at(layout: GridLayout, ids: Ids, x: int, y: int, top_px: int) -> Place | None:
    """Return the place of a point, given in content coordinates; None when no photo is near it.

    Args:
        layout: the geometry on screen.
        ids: the photos on screen and off, in order.
        x: from the left.
        y: from the top of the whole content.
        top_px: the scroll position.
    """
    position = layout.position_at(x, y)
    if position is None:
        row = layout.positions_between(y, y + 1)
        if not row:
            return None
        position = row[0]
    cell = layout.cell(position)
    return Place((int(ids[position]),), y - top_px, (y - cell.y) / layout.cell_height_px)


def place_of_page(layout: GridLayout, ids: Ids, top_px: int, height_px: int, current_id: int | None) -> Place | None:
    """Return the place of what is on screen: the current photo if it is there, else the first one wholly visible."""
    inside = layout.positions_between(top_px, top_px + height_px)
    if not inside:
        return None
    shown: list[int] = ids[inside.start : inside.stop].tolist()
    anchor = 0
    if current_id in shown:
        anchor = shown.index(current_id)
    elif layout.cell(inside.start).y < top_px and len(shown) > layout.columns:
        anchor = next((n for n, p in enumerate(inside) if layout.cell(p).y >= top_px), 0)
    first = layout.cell(inside[anchor])
    return Place((*shown[anchor:], *reversed(shown[:anchor])), first.y - top_px, 0.0)
