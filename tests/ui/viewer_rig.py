from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QEventLoop, QIODevice, QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from clipview.engine.messages import PictureAnswer
from clipview.ui.theme import DARK
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.viewer import Viewer
from clipview.ui.viewer_canvas import PictureCanvas
from clipview.ui.viewer_chrome import FloatingButton
from clipview.ui.viewer_supply import PictureSupply

FULL = QSize(2400, 1600)
COUNT = 200
TAN = 0xC08040


class Opened:
    """A viewer on photos 1 to COUNT, and an engine's place that answers only when it is told to."""

    def __init__(self, application: QApplication, viewer: Viewer) -> None:
        self.application, self.viewer = application, viewer
        self.requests: list[tuple[int, int | None]] = []
        self.answered = 0
        self.current: list[int] = []
        viewer.picture_requested.connect(lambda photo_id, side: self.requests.append((photo_id, side)))
        viewer.current_changed.connect(self.current.append)
        found = viewer.findChild(PictureCanvas)
        assert found is not None
        self.canvas = found

    def open(self, photo_id: int, ids: object = None) -> None:
        self.viewer.open(np.arange(1, COUNT + 1) if ids is None else ids, photo_id)  # type: ignore[arg-type]

    def until(self, reached: Callable[[], object], limit_s: float = 60.0) -> None:
        end = time.monotonic() + limit_s
        pulse = QTimer()
        pulse.start(2)
        while not reached():
            assert time.monotonic() < end, "it never came to that"
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def answer(self, photo_id: int, side: int | None, colour: int = TAN) -> None:
        """Let the engine answer, and wait until the picture has arrived."""
        self.viewer.on_picture(picture(photo_id, side, colour))
        self.until(_nothing_is_made)
        self.application.processEvents()

    def answer_next(self) -> tuple[int, int | None]:
        """Wait for one more request, answer it, and return it."""
        self.until(lambda: len(self.requests) > self.answered)
        self.answered = len(self.requests)
        self.answer(*self.requests[-1])
        return self.requests[-1]

    def settle(self) -> None:
        """Answer until nothing more is asked for: nobody waits for a moment to ask, and nothing is being made."""
        supply = self.viewer.findChild(PictureSupply)
        assert supply is not None
        timers = supply.findChildren(QTimer)

        def rests() -> bool:
            return _nothing_is_made() and not any(timer.isActive() for timer in timers)

        while True:
            self.until(lambda: len(self.requests) > self.answered or rests())
            # What was made a moment ago may not have arrived yet.
            self.application.processEvents()
            if len(self.requests) > self.answered:
                self.answer_next()
            elif rests():
                return

    def forget_requests(self) -> None:
        self.requests.clear()
        self.answered = 0

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.canvas, key, modifiers)

    def gesture(self, kind: Qt.NativeGestureType, place: QPointF, value: float = 0.0) -> None:
        there = QPointF(self.canvas.mapToGlobal(place.toPoint()))
        device = QPointingDevice.primaryPointingDevice()
        event = QNativeGestureEvent(kind, device, 2, place, place, there, value, QPointF())
        self.application.sendEvent(self.canvas, event)

    def wheel(self, place: QPointF, notches: float) -> None:
        event = QWheelEvent(
            place,
            QPointF(self.canvas.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 (Qt takes it by position only)
        )
        self.application.sendEvent(self.canvas, event)

    @property
    def ratio(self) -> float:
        return self.canvas.devicePixelRatioF()

    def point_at(self, place: QPointF) -> QPointF:
        """Return the point of the photo, in its pixels, at a place of the canvas."""
        point = self.canvas.lens.point_at(place * self.ratio)
        return QPointF(point.x() * FULL.width(), point.y() * FULL.height())

    def label(self, name: str) -> str:
        found = self.viewer.findChild(QLabel, name)
        assert found is not None
        return found.text()

    def button(self, name: str) -> FloatingButton:
        return next(one for one in self.viewer.findChildren(FloatingButton) if one.accessibleName() == name)

    def seen(self, place: QPointF) -> QColor:
        image = self.canvas.grab().toImage()
        return image.pixelColor(place.toPoint() * image.devicePixelRatio())

    def shoot(self, name: str) -> None:
        folder = os.environ.get("CLIPVIEW_SCREENSHOTS")
        if folder:
            assert self.viewer.grab().save(str(Path(folder) / f"viewer-{name}.png"))


@contextmanager
def viewing(
    application: QApplication, folder: Path, *, slide_ms: int = 4000, limit_bytes: int = 256 << 20
) -> Iterator[Opened]:
    source = ThumbnailSource(thumbnails(folder), CellShape(148, 111, 7))
    viewer = Viewer(source, DARK, slide_ms=slide_ms, limit_bytes=limit_bytes)
    viewer.set_animated(animated=False)
    viewer.resize(1000, 700)
    viewer.show()
    application.processEvents()
    one = Opened(application, viewer)
    yield one
    viewer.close()
    one.until(_nothing_is_made)
    source.close()
    viewer.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _nothing_is_made() -> bool:
    return not any(thread.name == "viewer-pictures" for thread in threading.enumerate())


def thumbnails(folder: Path) -> Path:
    database = folder / "thumbnails.db"
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE thumbnails (photo_id INTEGER PRIMARY KEY, jpeg BLOB NOT NULL)")
    jpegs = []
    for hue in range(0, 360, 20):
        image = QImage(300, 200, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(hue, 160, 210))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", 90)  # type: ignore[call-overload]  # the stub wants bytes, PySide6 6.11 takes str
        jpegs.append(bytes(QByteArray(buffer.data()).data()))
    rows = ((number, jpegs[number % len(jpegs)]) for number in range(1, COUNT + 1))
    connection.executemany("INSERT INTO thumbnails VALUES (?, ?)", rows)
    connection.commit()
    connection.close()
    return database


def picture(photo_id: int, side: int | None, colour: int = TAN) -> PictureAnswer:
    """Return a photo of one colour, with one white pixel in the very middle when every pixel is there."""
    short = FULL.height() if side is None else min(side, FULL.height())
    width, height = round(FULL.width() * short / FULL.height()), short
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = (colour >> 16, colour >> 8 & 255, colour & 255)
    if side is None:
        pixels[height // 2, width // 2] = 255
    return PictureAnswer(1, photo_id, width, height, FULL.width(), FULL.height(), pixels.tobytes())


def middle(opened: Opened) -> QPointF:
    return QPointF(opened.canvas.width() / 2, opened.canvas.height() / 2)
