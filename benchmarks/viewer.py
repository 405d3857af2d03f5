"""The viewer's speed: opening, walking, zooming and panning a 24-megapixel photo, and what it costs in memory.

Run: python benchmarks/viewer.py; off screen unless QT_QPA_PLATFORM says otherwise. Frames are compared with what a bare
widget of the same size takes to draw one picture that fits it exactly.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from clipview.engine.messages import PictureAnswer
from clipview.ui.theme import Appearance
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.viewer import Viewer
from clipview.ui.viewer_canvas import PictureCanvas

_FULL = QSize(6000, 4000)
_WINDOW = QSize(1600, 1000)
_PHOTOS = 500
_FRAMES = 60


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["clipview", "-style", "Fusion"])
    appearance = Appearance(application)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "thumbnails.db"
        write_thumbnails(database)
        source = ThumbnailSource(database, CellShape(148, 111, 7))
        measure(application, Viewer(source, appearance.theme))
        source.close()


def measure(application: QApplication, viewer: Viewer) -> None:
    bare_ms = bare_frame(application)
    print(f"bare widget, one frame               {bare_ms:8.2f} ms")
    requests: list[tuple[int, int | None]] = []
    viewer.picture_requested.connect(lambda photo_id, side: requests.append((photo_id, side)))
    viewer.set_animated(animated=False)
    viewer.resize(_WINDOW)
    viewer.show()
    canvas = viewer.findChild(PictureCanvas)
    assert canvas is not None

    start = time.perf_counter()
    viewer.open(np.arange(1, _PHOTOS + 1), 100)
    until(application, lambda: canvas.shown_size is not None)
    canvas.repaint()
    print(f"open until the thumbnail is painted  {(time.perf_counter() - start) * 1000:8.2f} ms")

    for name, side in (("screen-sized", 1024), ("24 megapixels", None)):
        answer = picture(100, side)
        start = time.perf_counter()
        stalls = [start]
        viewer.on_picture(answer)
        before = viewer.held_bytes
        while viewer.held_bytes == before:
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
            stalls.append(time.perf_counter())
        took_ms, stall_ms = (stalls[-1] - start) * 1000, np.diff(stalls).max() * 1000
        print(f"prepare a picture, {name:<17} {took_ms:8.2f} ms   longest stall of the GUI thread {stall_ms:.2f}")

    report("frame, whole picture", bare_ms, frames(application, lambda: canvas.update()))
    place = QPointF(canvas.width() / 2, canvas.height() / 2)
    report("frame, zooming by wheel", bare_ms, frames(application, lambda: turn(application, canvas, place)))
    canvas.toggle_actual_size(place)
    canvas.toggle_actual_size(place)
    report("frame, panning at 1:1", bare_ms, frames(application, lambda: canvas.pan(-7, -5)))

    viewer.open(np.arange(1, _PHOTOS + 1), 1)
    until(application, lambda: False, 0.3)
    requests.clear()
    steps = frames(application, lambda: QTest.keyClick(canvas, Qt.Key.Key_Right))
    report("frame, walking by held key", bare_ms, steps)
    until(application, lambda: False, 0.3)
    print(f"requests for {_FRAMES} photos walked by        {len(requests):4d}")
    print(f"pictures held                        {viewer.held_bytes / 1e6:8.1f} MB")
    viewer.close()


def frames(application: QApplication, act: Callable[[], object]) -> list[float]:
    """Return what each frame took: all that the GUI thread did between two moments of rest."""
    took = []
    for _ in range(_FRAMES):
        start = time.perf_counter()
        act()
        application.processEvents()
        took.append((time.perf_counter() - start) * 1000)
        time.sleep(max(0.0, 1 / 60 - took[-1] / 1000))
    return took


def report(name: str, bare_ms: float, took: list[float]) -> None:
    p50, p99 = np.percentile(took, (50, 99))
    print(f"{name:<36} {p50:8.2f} ms   p99 {p99:.2f}   {p50 / bare_ms:.1f}x a bare frame")


def turn(application: QApplication, canvas: PictureCanvas, place: QPointF) -> None:
    notches = 1 if canvas.lens.zoom < 3 else -8
    event = QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, 60 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 (Qt takes it by position only)
    )
    application.sendEvent(canvas, event)


class _Bare(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.image = QImage(_WINDOW, QImage.Format.Format_RGB32)
        self.image.fill(Qt.GlobalColor.darkCyan)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        QPainter(self).drawImage(0, 0, self.image)


def bare_frame(application: QApplication) -> float:
    widget = _Bare()
    widget.resize(_WINDOW)
    widget.show()
    application.processEvents()
    took = []
    for _ in range(_FRAMES):
        start = time.perf_counter()
        widget.update()
        application.processEvents()
        took.append((time.perf_counter() - start) * 1000)
    widget.close()
    return float(np.median(took))


def until(application: QApplication, done: Callable[[], bool], limit_s: float = 20.0) -> None:
    end = time.perf_counter() + limit_s
    while time.perf_counter() < end and not done():
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)


def picture(photo_id: int, side: int | None) -> PictureAnswer:
    height = side or _FULL.height()
    width = round(_FULL.width() * height / _FULL.height())
    rgb = np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return PictureAnswer(1, photo_id, width, height, _FULL.width(), _FULL.height(), rgb.tobytes())


def write_thumbnails(database: Path) -> None:
    image = QImage(320, 213, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 85)  # type: ignore[call-overload]  # the stub wants bytes, PySide6 6.11 takes str
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE thumbnails (photo_id INTEGER PRIMARY KEY, jpeg BLOB NOT NULL)")
    jpeg = bytes(buffer.data().data())
    connection.executemany("INSERT INTO thumbnails VALUES (?, ?)", ((n, jpeg) for n in range(1, _PHOTOS + 1)))
    connection.commit()
    connection.close()


if __name__ == "__main__":
    main()
