"""The rubber band: what it holds while the pointer drags it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Slot

from clipview.ui.edge_scroll import EdgeScroll
from clipview.ui.photo_model import PhotoModel

if TYPE_CHECKING:
    from clipview.ui.grid import PhotoGrid


class RubberBand(QObject):
    """One drag over the ground of the grid; it holds on to the content, so scrolling doesn't move its start."""

    def __init__(self, grid: PhotoGrid, model: PhotoModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self._start: QPoint | None = None
        self._pointer = QPoint()
        self._edge = EdgeScroll(grid)
        self._edge.scrolled.connect(self._select)

    @property
    def rect(self) -> QRect | None:
        """The band in content coordinates; None when there is none."""
        return None if self._start is None else QRect(self._start, self._content_point()).normalized()

    def begin(self, pointer: QPoint, *, keep: bool) -> None:
        """Start a band at a point of the viewport; `keep` adds to what is selected."""
        self._pointer = pointer
        self._start = self._content_point()
        with self._model.selecting() as selection:
            selection.begin_band(keep=keep)

    def drag(self, pointer: QPoint) -> None:
        """Follow the pointer, given in viewport coordinates."""
        self._pointer = pointer
        self._select()
        self._edge.follow(pointer)

    def end(self) -> None:
        """Let go; what was selected stays so."""
        self._edge.stop()
        self._start = None
        with self._model.selecting() as selection:
            selection.end_band()
        self._grid.viewport().update()

    @Slot()
    def _select(self) -> None:
        rect = self.rect
        if rect is None:
            return
        ranges = self._grid.layout_now.ranges_in(rect.left(), rect.top(), rect.right(), rect.bottom())
        with self._model.selecting() as selection:
            selection.band(ranges)
        self._grid.viewport().update()

    def _content_point(self) -> QPoint:
        return QPoint(self._pointer.x(), max(0, self._pointer.y() + self._grid.top_px))
