"""When a window has been painted with all its pictures, for `benchmarks/window_start.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from clipview.ui.window import MainWindow


class FirstPictures(QObject):
    """Prints "pictures" behind the first paint of a grid that has all of them, and leaves the event loop."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """See the photos being painted."""
        if event.type() == QEvent.Type.Paint and self._all_there():
            watched.removeEventFilter(self)
            # Behind the paint that is about to happen, and before what the window does then.
            QTimer.singleShot(0, self, self._tell)
        return False

    def _all_there(self) -> bool:
        pixmap, visible = self._window.thumbnails.pixmap, self._window.grid.visible_ids()
        return bool(visible) and all(pixmap(photo_id) is not None for photo_id in visible)

    def _tell(self) -> None:
        print("pictures", flush=True)
        QApplication.exit()
