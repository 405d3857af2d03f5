"""What the keys mean in the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from clipview.ui.photo_model import Badge, PhotoModel

if TYPE_CHECKING:
    from clipview.ui.grid import PhotoGrid

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class GridKeys(QObject):
    """Turns key presses into moves, selection and the grid's signals."""

    def __init__(self, grid: PhotoGrid, model: PhotoModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it means nothing here and belongs to the window."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held & _CONTROL and self._zoom(event.key()):
            return True
        if held == Qt.KeyboardModifier.NoModifier and self._spread(event.key()):
            return True
        target = self._target(event.key())
        if target is not None:
            self._move(target, held)
            return True
        if held == _CONTROL and event.key() == Qt.Key.Key_A:
            with self._model.selecting() as selection:
                selection.everything()
            return True
        if held == _CONTROL and event.key() == Qt.Key.Key_Space:
            return self._toggle_current()
        if held & ~_SHIFT:
            return False
        if event.key() == Qt.Key.Key_Escape and self._model.selection.count:
            with self._model.selecting() as selection:
                selection.nothing()
            return True
        if event.key() == Qt.Key.Key_W and self._model.answer.weaker_from is not None:
            self._grid.toggle_weaker()
            return True
        return self._speak(event.key(), shifted=bool(held & _SHIFT))

    def _speak(self, key: int, *, shifted: bool) -> bool:
        """Emit the signal that a key stands for; it is about the current photo or the selected ones."""
        current = self._model.current_id
        if current is None:
            return False
        match key:
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._grid.activated.emit(current)
            case Qt.Key.Key_Space:
                self._grid.quick_look_requested.emit(current)
            case Qt.Key.Key_S:
                (self._grid.similar_added if shifted else self._grid.similar_requested).emit(current)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._grid.more_like.emit(self._model.selected_ids or (current,))
            case Qt.Key.Key_Minus:
                self._grid.less_like.emit(self._model.selected_ids or (current,))
            case _:
                return False
        return True

    def _spread(self, key: int) -> bool:
        """Open a stack with the right arrow and close it with the left one, as trees do."""
        current = self._model.selection.current
        if key not in (Qt.Key.Key_Right, Qt.Key.Key_Left) or current is None or self._model.stack_at(current) < 2:
            return False
        spread = bool(self._model.badges_at(current) & Badge.SPREAD)
        if spread == (key == Qt.Key.Key_Right):
            return False
        self._grid.toggle_stack(current)
        return True

    def _zoom(self, key: int) -> bool:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(key))
        if steps is None:
            return False
        self._grid.zoom(steps)
        return True

    def _toggle_current(self) -> bool:
        current = self._model.selection.current
        if current is None:
            return False
        with self._model.selecting() as selection:
            selection.toggle(current)
        return True

    def _move(self, target: int, held: Qt.KeyboardModifier) -> None:
        with self._model.selecting() as selection:
            if held & _SHIFT:
                selection.extend(target, keep=bool(held & _CONTROL))
            elif held & _CONTROL:
                selection.current = target
            else:
                selection.only(target)
        self._grid.scroll_to(target)

    def _target(self, key: int) -> int | None:
        """Return where a key leads from the current photo; None for other keys, and when there are no photos."""
        layout, count, current = self._grid.layout_now, self._model.count, self._model.selection.current
        if key not in _MOVES or not count:
            return None
        if current is None:
            # The first arrow takes hold of what is on screen.
            start = layout.nearest(self._grid.top_px)
            return count - 1 if key == Qt.Key.Key_End else 0 if key == Qt.Key.Key_Home else start
        page = max(1, self._grid.viewport().height() // layout.row_px)
        match key:
            case Qt.Key.Key_Left:
                return max(0, current - 1)
            case Qt.Key.Key_Right:
                return min(count - 1, current + 1)
            case Qt.Key.Key_Up:
                return layout.above(current)
            case Qt.Key.Key_Down:
                return layout.below(current)
            case Qt.Key.Key_Home:
                return 0
            case Qt.Key.Key_End:
                return count - 1
            case Qt.Key.Key_PageUp:
                moved = layout.above(current, page)
                return 0 if moved == current else moved
            case _:
                moved = layout.below(current, page)
                return count - 1 if moved == current else moved


_MOVES = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
