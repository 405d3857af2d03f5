"""The rubber band: what it holds while the pointer drags it, and scrolling when the pointer leaves the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Slot

from clipview.ui.photo_model import PhotoModel

if TYPE_CHECKING:
    from clipview.ui.grid import PhotoGrid

_TICK_MS = 16
_EDGE_PX = 24
_FASTEST_PX = 60


class RubberBand(QObject):
    """One drag over the ground of the grid; it holds on to the content, so scrolling doesn't move its start."""

    def __init__(self, grid: PhotoGrid, model: PhotoModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self._start: QPoint | None = None
        self._pointer = QPoint()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

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
        if not self._speed():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def end(self) -> None:
        """Let go; what was selected stays so."""
        self._timer.stop()
        self._start = None
        with self._model.selecting() as selection:
            selection.end_band()
        self._grid.viewport().update()

    @Slot()
    def _on_tick(self) -> None:
        self._grid.scroll_by(self._speed())
        self._select()

    def _select(self) -> None:
        rect = self.rect
        if rect is None:
            return
        ranges = self._grid.layout_now.ranges_in(rect.left(), rect.top(), rect.right(), rect.bottom())
        with self._model.selecting() as selection:
            selection.band(ranges)
        self._grid.viewport().update()

    def _speed(self) -> int:
        """Return how far to scroll in a tick: further the more the pointer is beyond the edge."""
        y = self._pointer.y()
        beyond = min(0, y - _EDGE_PX) + max(0, y - self._grid.viewport().height() + _EDGE_PX)
        return max(-_FASTEST_PX, min(_FASTEST_PX, int(beyond / 2)))

    def _content_point(self) -> QPoint:
        return QPoint(self._pointer.x(), max(0, self._pointer.y() + self._grid.top_px))
