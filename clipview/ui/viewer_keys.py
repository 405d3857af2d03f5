"""What the keys mean in the viewer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from clipview.ui.viewer_canvas import PictureCanvas

if TYPE_CHECKING:
    from clipview.ui.viewer import Viewer

_PAN_PX = 96
_PANS = {
    Qt.Key.Key_Left: QPoint(_PAN_PX, 0),
    Qt.Key.Key_Right: QPoint(-_PAN_PX, 0),
    Qt.Key.Key_Up: QPoint(0, _PAN_PX),
    Qt.Key.Key_Down: QPoint(0, -_PAN_PX),
}
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
}
_ZOOMS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_ENDS_ONLY_THE_SLIDESHOW = (Qt.Key.Key_P, Qt.Key.Key_Escape)


class ViewerKeys:
    """Turns key presses into steps, zoom, and the viewer's signals."""

    def __init__(self, viewer: Viewer, canvas: PictureCanvas) -> None:
        self._viewer = viewer
        self._canvas = canvas

    def mean(self, event: QKeyEvent) -> bool:
        """Tell whether a key means something here; the others belong to the window."""
        return self._action(event) is not None

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it means nothing here. Any key ends a slideshow, P and Esc then do only that."""
        action = self._action(event)
        if action is None:
            return False
        slid = self._viewer.sliding
        self._viewer.attend()
        if not (slid and event.key() in _ENDS_ONLY_THE_SLIDESHOW):
            action()
        return True

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ZOOMS:
            # On many keyboards the plus needs Shift.
            held &= ~Qt.KeyboardModifier.ShiftModifier
        if self._viewer.current_id is None:
            return None
        if key in _ZOOMS and held == Qt.KeyboardModifier.ControlModifier:
            return partial(self._canvas.zoom_by_steps, _ZOOMS[key])
        if held:
            return None
        if key in _PANS and self._canvas.lens.can_pan:
            return partial(self._canvas.pan, _PANS[key].x(), _PANS[key].y())
        if key in _STEPS:
            return partial(self._viewer.step, _STEPS[key])
        if key in _ZOOMS:
            return partial(self._viewer.mark, more=_ZOOMS[key] > 0)
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Home: partial(self._viewer.step, -self._viewer.count),
            Qt.Key.Key_End: partial(self._viewer.step, self._viewer.count),
            Qt.Key.Key_Z: self._toggle_at_pointer,
            Qt.Key.Key_S: self._viewer.find_similar,
            Qt.Key.Key_R: self._viewer.draw_part,
            Qt.Key.Key_I: self._viewer.info_toggled.emit,
            Qt.Key.Key_P: self._viewer.start_slideshow,
            Qt.Key.Key_F11: self._viewer.full_screen_toggled.emit,
            Qt.Key.Key_Escape: self._viewer.closed.emit,
            Qt.Key.Key_Space: self._viewer.closed.emit,
        }
        return actions.get(key)

    def _toggle_at_pointer(self) -> None:
        self._canvas.toggle_actual_size(self._canvas.pointer())
