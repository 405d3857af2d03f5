"""How the grid scrolls by itself while something is dragged at its upper or lower edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot

if TYPE_CHECKING:
    from clipview.ui.grid import PhotoGrid

_TICK_MS = 16
_EDGE_PX = 24
_FASTEST_PX = 60


class EdgeScroll(QObject):
    """Goes on for as long as the pointer stays at the edge.

    Signals:
        scrolled(): the photos have moved under the pointer.
    """

    scrolled = Signal()

    def __init__(self, grid: PhotoGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._pointer = QPoint()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    def follow(self, pointer: QPoint) -> None:
        """Scroll if need be: the pointer is here, in the viewport's coordinates."""
        self._pointer = pointer
        if not self._speed():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Stay: nothing is dragged any more."""
        self._timer.stop()

    @Slot()
    def _on_tick(self) -> None:
        self._grid.scroll_by(self._speed())
        self.scrolled.emit()

    def _speed(self) -> int:
        """Return how far to scroll in a tick: further the more the pointer is beyond the edge."""
        y = self._pointer.y()
        beyond = min(0, y - _EDGE_PX) + max(0, y - self._grid.viewport().height() + _EDGE_PX)
        return max(-_FASTEST_PX, min(_FASTEST_PX, int(beyond / 2)))
