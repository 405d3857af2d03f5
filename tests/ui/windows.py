"""A real window with a real engine behind it, whose encoder knows colours."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "library"))
sys.path.insert(0, str(Path(__file__).parents[1] / "engine"))

from colours import ColourEncoder, Indexed, StarterColours, WordyEncoder, paint
from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from stand_in import PATIENCE_S, family, hold, wait_for_end

from clipview.core.places import Places
from clipview.engine.client import EngineClient
from clipview.ui.app import make_window
from clipview.ui.drop_card import DropZone
from clipview.ui.mailbox import Mailbox
from clipview.ui.theme import ThemeChoice
from clipview.ui.window import MainWindow

__all__ = [
    "ColourEncoder",
    "Indexed",
    "Opened",
    "WordyEncoder",
    "family",
    "hold",
    "paint",
    "places_in",
    "save_picture",
    "until",
    "wait_for_end",
]


def places_in(folder: Path) -> Places:
    return Places(folder / "library", folder / "models", folder / "cache")


def until(reached: Callable[[], object], limit_s: float = PATIENCE_S) -> None:
    """Handle events until something is so, and leave the processor to the engine while there are none."""
    end = time.monotonic() + limit_s
    pulse = QTimer()
    pulse.start(5)
    while not reached():
        assert time.monotonic() < end, "it never came to that"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def save_picture(widget: QWidget, name: str) -> None:
    """Keep what a test saw, for people to look at."""
    folder = os.environ.get("CLIPVIEW_SCREENSHOTS")
    if folder:
        assert widget.grab().save(f"{folder}/{name}.png")


class Opened:
    """One open window, driven by real events."""

    def __init__(
        self,
        application: QApplication,
        places: Places,
        *,
        entry: str = "main",
        module: str = "colour_engine",
        remembers: bool = False,
    ) -> None:
        self.application, self.places = application, places
        self._closed = False
        mailbox = Mailbox()
        self.clients: list[EngineClient] = []

        def connect(restore: str | None = None) -> EngineClient:
            self.clients.append(EngineClient(places, mailbox.put, entry=(module, entry), restore=restore))
            return self.clients[-1]

        client = connect()
        self.window: MainWindow = make_window(
            application, places, client, mailbox, connect, theme=ThemeChoice.DARK, remembers=remembers
        )
        self.window.show()
        self.window.complete()

    @classmethod
    def on_photos(cls, application: QApplication, base: Path) -> Opened:
        """Index what lies in `photos` below a folder, and open a window on it."""
        Indexed(places_in(base), StarterColours()).index(base / "photos")
        return cls(application, places_in(base)).ready()

    def ready(self) -> Opened:
        """Wait until the library's photos are shown."""
        until(lambda: self.window.session.settled)
        return self.ready_for_folders()

    def ready_for_folders(self) -> Opened:
        """Wait until the library is open, empty or not."""
        until(lambda: self.window.desk.state is not None)
        return self.come_forward()

    def come_forward(self) -> Opened:
        """Have the keyboard, also after a dialog or a menu of an earlier test had it."""
        self.window.activateWindow()
        until(self.window.isActiveWindow)
        return self

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # What is on screen.

    @property
    def names(self) -> list[str]:
        """The names of the photos in the grid, in order."""
        return [path.name for path in self.window.paths.of([int(one) for one in self.window.model.ids])]

    @property
    def strong(self) -> list[str]:
        """The names above the divider."""
        below = self.window.model.answer.weaker_from
        return self.names if below is None else self.names[:below]

    @property
    def line(self) -> str:
        """What the line above the photos says."""
        return self.window.result_bar.text

    def id_of(self, name: str) -> int:
        return self.window.model.id_at(self.names.index(name))

    # What a person does.

    def type(self, text: str) -> None:
        edit = self.window.query_bar.edit
        edit.setFocus()
        QTest.keyClicks(edit, text)

    def search(self, text: str) -> None:
        """Type over what is there and wait for the answer."""
        self.window.query_bar.edit.selectAll()
        self.type(text)
        until(lambda: self.window.session.settled)
        # A person would wait until it is clear that nothing more is coming.
        self.window.live.show_held()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def click(self, name: str) -> None:
        """Click a photo in the grid."""
        place = self.window.grid.rect_of(self.names.index(name)).center()
        QTest.mouseClick(self.window.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def drag_over(self, mime: QMimeData, place: QPoint) -> bool:
        """Drag something to a place in the window; returns whether it may fall there."""
        actions, buttons, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, actions, mime, buttons, held)
        self.application.sendEvent(self.window, enter)
        if not enter.isAccepted():
            return False
        move = QDragMoveEvent(place, actions, mime, buttons, held)
        self.application.sendEvent(self.window, move)
        return move.isAccepted()

    def drag_away(self) -> None:
        self.application.sendEvent(self.window, QDragLeaveEvent())

    def drop(self, mime: QMimeData, zone: DropZone | QPoint) -> bool:
        """Drop something on a zone of the card, or at a place of the window; returns whether it was taken."""
        self.drag_over(mime, self.window.rect().center())
        place = self.window.card.zone_center(zone) if isinstance(zone, DropZone) else zone
        self.drag_over(mime, place)
        event = QDropEvent(
            QPointF(place), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        self.application.sendEvent(self.window, event)
        return event.isAccepted()
