"""What is painted of the grid: the cells and full-width rows that a dirty region touches."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QPainter, QRegion

from clipview.ui.grid_layout import Break, BreakKind, Cell, GridLayout
from clipview.ui.grid_painter import OVERHANG_PX, CellLook, GridPainter
from clipview.ui.photo_model import PhotoModel
from clipview.ui.thumbnails import ThumbnailSource


class Scene(Struct, frozen=True):
    """The grid as it is for one frame."""

    layout: GridLayout
    model: PhotoModel
    thumbnails: ThumbnailSource
    painter: GridPainter
    top_px: int
    """How far the content is scrolled."""
    width_px: int
    hovered: int | None
    """The position under the pointer."""
    on_divider: bool
    """Whether the pointer is over the divider."""
    band: QRect | None
    """The rubber band, in content coordinates."""
    has_keyboard: bool

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Paint everything that touches the region, given in viewport coordinates."""
        bounds = region.boundingRect()
        painter.fillRect(bounds, self.painter.background)
        dirty = with_ring(bounds).translated(0, self.top_px)
        first, last = dirty.top(), dirty.top() + dirty.height()
        for one, y, height in self.layout.breaks_between(first, last):
            self._paint_break(painter, one, QRect(0, y - self.top_px, self.width_px, height))
        # Within one stripe as wide as the view, every cell of its rows is dirty.
        stripe = region.rectCount() == 1 and bounds.width() == self.width_px
        inside = self.layout.positions_between(first, last)
        ids = self.model.ids[inside.start : inside.stop].tolist()
        cells = self.layout.cells_between(first, last)
        for cell, photo_id, look in zip(cells, ids, self._looks(inside), strict=True):
            rect = self._rect(cell)
            if stripe or region.intersects(with_ring(rect)):
                self.painter.cell(painter, rect, self.thumbnails.pixmap(photo_id), look)
        if self.band is not None:
            self.painter.band(painter, self.band.translated(0, -self.top_px))

    def _paint_break(self, painter: QPainter, one: Break, rect: QRect) -> None:
        if one.kind is BreakKind.HEADING:
            self.painter.heading(painter, rect, one.text)
            return
        if self.model.answer.weaker_from == 0:
            link = ""
        elif self.model.weaker_expanded:
            link = QCoreApplication.translate("PhotoGrid", "hide")
        else:
            link = QCoreApplication.translate("PhotoGrid", "show")
        self.painter.divider(painter, rect, one.text, link, hovered=self.on_divider)

    def _looks(self, positions: range) -> Iterator[CellLook]:
        """Yield how the photos at these positions look."""
        page, selection = self.model.page(positions), self.model.selection
        several, focused = selection.count > 1, selection.current if self.has_keyboard else None
        for position, colour, match, badges, burst, stars in zip(
            positions, page.colours, page.match, page.badges, page.bursts, page.stars, strict=True
        ):
            selected = position in selection
            yield CellLook(
                colour,
                match,
                badges,
                burst,
                stars=stars,
                weaker=self.model.is_weaker(position),
                hovered=position == self.hovered,
                selected=selected,
                ticked=selected and several,
                focused=position == focused,
            )

    def _rect(self, cell: Cell) -> QRect:
        return QRect(cell.x, cell.y - self.top_px, self.layout.cell_width_px, self.layout.cell_height_px)


def with_ring(rect: QRect) -> QRect:
    """Return a cell's rectangle with room for the ring of a selected one."""
    return rect.adjusted(-OVERHANG_PX, -OVERHANG_PX, OVERHANG_PX, OVERHANG_PX)
