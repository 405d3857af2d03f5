"""What the mouse means in the grid: clicks, ranges, the rubber band, dragging photos out, and what it hovers over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from clipview.ui.grid_band import RubberBand
from clipview.ui.photo_model import PhotoModel

if TYPE_CHECKING:
    from clipview.ui.grid import PhotoGrid


class GridPointer(QObject):
    """Turns mouse events into selection, drags and hovering."""

    def __init__(self, grid: PhotoGrid, model: PhotoModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self._pressed_at: QPoint | None = None
        self._select_on_release: int | None = None
        self.band = RubberBand(grid, model)
        self.hovered: int | None = None
        """The position of the photo under the pointer."""
        self.on_divider = False
        """Whether the pointer is over the divider."""

    def press(self, event: QMouseEvent) -> None:
        """Select, or get ready to drag."""
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton:
            self._press_left(point, event.modifiers())
        elif event.button() == Qt.MouseButton.RightButton:
            self.press_right(self._grid.position_at(point))

    def press_right(self, position: int | None) -> None:
        """Select the photo that a menu is asked for, unless it is selected already."""
        if position is None:
            return
        with self._model.selecting() as selection:
            if position in selection:
                selection.current = position
            else:
                selection.only(position)

    def move(self, event: QMouseEvent) -> None:
        """Drag, or hover."""
        point = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.hover(point)
        elif self.band.rect is not None:
            self.band.drag(point)
        elif (
            self._pressed_at is not None
            and (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        ):
            self._pressed_at = self._select_on_release = None
            self._grid.drag_out()

    def release(self, event: QMouseEvent) -> None:
        """Finish what the press began."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.band.rect is not None:
            self.band.end()
        if self._select_on_release is not None and self._select_on_release < self._model.count:
            with self._model.selecting() as selection:
                selection.only(self._select_on_release)
        self._pressed_at = self._select_on_release = None
        self.hover(event.position().toPoint())

    def forget(self) -> None:
        """Other photos lie under the pointer now: a press that is not finished meant the old ones."""
        self._pressed_at = self._select_on_release = None
        self.hovered = None

    def hover(self, point: QPoint | None) -> None:
        """Note what is under the pointer; None when it has left."""
        inside = point is not None and self._grid.viewport().rect().contains(point)
        hovered = self._grid.position_at(point) if point is not None and inside else None
        on_divider = point is not None and inside and self._grid.divider_at(point)
        if hovered != self.hovered:
            before, self.hovered = self.hovered, hovered
            for position in (before, hovered):
                if position is not None and position < self._model.count:
                    self._grid.update_photo(position)
        if on_divider != self.on_divider:
            self.on_divider = on_divider
            shape = Qt.CursorShape.PointingHandCursor if on_divider else Qt.CursorShape.ArrowCursor
            self._grid.viewport().setCursor(shape)
            self._grid.viewport().update()

    def _press_left(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        adding = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        ranging = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        position = self._grid.position_at(point)
        if position is None:
            if self._grid.divider_at(point):
                self._grid.toggle_weaker()
                return
            self.band.begin(point, keep=adding or ranging)
            if not (adding or ranging):
                with self._model.selecting() as selection:
                    selection.nothing()
            return
        if self._grid.stack_at(point) is not None and not (adding or ranging):
            self._grid.toggle_stack(position)
            return
        self._pressed_at = point
        with self._model.selecting() as selection:
            if ranging:
                selection.extend(position, keep=adding)
            elif adding:
                selection.toggle(position)
            elif position in selection:
                # Several may be about to be dragged: a plain click narrows to this one only when it ends.
                selection.current = position
                self._select_on_release = position
            else:
                selection.only(position)
