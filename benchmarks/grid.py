"""The grid's speed: first window, a new ranking, and scroll frames, with real thumbnails, at two library sizes.

Run: python benchmarks/grid.py [--photos N ...]; off screen unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QRadialGradient
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from clipview.ui.grid import PhotoGrid
from clipview.ui.photo_model import Answer, PhotoModel
from clipview.ui.theme import Appearance
from clipview.ui.thumbnails import CellShape, ThumbnailSource

_DISTINCT = 2_000
_FRAMES = 400
_FRAME_MS = 1000 / 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, nargs="+", default=[100_000, 1_000_000])
    sizes = parser.parse_args().photos
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["clipview", "-style", "Fusion"])
    appearance = Appearance(application)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "thumbnails.db"
        write_thumbnails(database, max(sizes))
        bare_ms = bare_window(application)
        print(f"bare Qt window                       {bare_ms:8.1f} ms")
        for count in sizes:
            measure(application, appearance, database, count, bare_ms)


def measure(application: QApplication, appearance: Appearance, database: Path, count: int, bare_ms: float) -> None:
    print(f"\n{count:,} photos")
    rng = np.random.default_rng(7)
    answers = [ranked(rng, count) for _ in range(6)]
    start = time.perf_counter()
    model = PhotoModel()
    source = ThumbnailSource(database, CellShape(148, 111, 7))
    window = QMainWindow()
    grid = PhotoGrid(
        model, source, appearance.theme, name_for=str, paths_for=lambda photo_ids: [Path(str(i)) for i in photo_ids]
    )
    window.setCentralWidget(grid)
    window.resize(1440, 900)
    model.show(answers[0])
    window.show()
    until(application, lambda: all(source.pixmap(i) is not None for i in grid.visible_ids()))
    filled_ms = (time.perf_counter() - start) * 1000
    print(f"  window with its pictures           {filled_ms:8.1f} ms   {filled_ms / bare_ms:.2f}x a bare window")

    with model.selecting() as selection:
        selection.extend(499)
    shows = []
    for answer in answers[1:]:
        start = time.perf_counter()
        model.show(answer)
        shows.append((time.perf_counter() - start) * 1000)
        until(application, lambda: False, 0.05)
    print(f"  re-rank, 500 selected              {np.median(shows):8.2f} ms   worst {max(shows):.2f}")
    with model.selecting() as selection:
        selection.everything()
    start = time.perf_counter()
    model.show(answers[0])
    print(f"  re-rank, all selected              {(time.perf_counter() - start) * 1000:8.2f} ms")
    with model.selecting() as selection:
        selection.nothing()
    until(application, lambda: all(source.pixmap(i) is not None for i in grid.visible_ids()))
    start = time.perf_counter()
    grid.viewport().repaint()
    print(f"  whole repaint, {len(grid.visible_ids())} cells            {(time.perf_counter() - start) * 1000:8.2f} ms")
    for step_px, name in ((40, "wheel"), (900, "page"), (30_000, "drag of the bar")):
        frames, busy = scroll(application, grid, step_px)
        p50, p99 = np.percentile(frames, (50, 99))
        work = f"of which work {np.percentile(busy, 50):.2f}, p99 {np.percentile(busy, 99):.2f}"
        print(f"  scroll frame, {name:<20} {p50:8.2f} ms   p99 {p99:.2f} ({p99 / _FRAME_MS:.2f} of a frame); {work}")
    window.close()
    source.close()


def scroll(application: QApplication, grid: PhotoGrid, step_px: int) -> tuple[list[float], list[float]]:
    """Return what each frame took: everything that the GUI thread did, deliveries of thumbnails included.

    The second list is the thread's own processor time, which other programs on the machine don't lengthen.
    """
    bar = grid.verticalScrollBar()
    bar.setValue(0)
    frames, busy = [], []
    for _ in range(_FRAMES):
        start, start_busy = time.perf_counter(), time.thread_time()
        grid.scroll_by(step_px)
        application.processEvents()
        took_s = time.perf_counter() - start
        frames.append(took_s * 1000)
        busy.append((time.thread_time() - start_busy) * 1000)
        time.sleep(max(0.0, 1 / 60 - took_s))
        if bar.value() == bar.maximum():
            bar.setValue(0)
    return frames, busy


def bare_window(application: QApplication) -> float:
    start = time.perf_counter()
    window = QMainWindow()
    window.setCentralWidget(QLabel("ClipView"))
    window.resize(1440, 900)
    window.show()
    application.processEvents()
    window.grab()
    window.close()
    return (time.perf_counter() - start) * 1000


def until(application: QApplication, done: Callable[[], bool], limit_s: float = 20.0) -> None:
    end = time.perf_counter() + limit_s
    while time.perf_counter() < end and not done():
        application.processEvents()
        time.sleep(0.001)


def ranked(rng: np.random.Generator, count: int) -> Answer:
    return Answer(
        ids=rng.permutation(count).astype(np.int64) + 1,
        colours=rng.integers(0, 1 << 24, count, dtype=np.uint32),
        match=np.linspace(99, 1, count).astype(np.uint8),
        badges=(rng.random(count) < 0.05).astype(np.uint8),
        weaker_from=None,
    )


def write_thumbnails(database: Path, count: int) -> None:
    """Write a file in which each photo has a thumbnail, though only 2,000 are distinct: a view lends them out."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA page_size = 16384")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE pictures (number INTEGER PRIMARY KEY, jpeg BLOB NOT NULL)")
    connection.execute("CREATE TABLE photos (photo_id INTEGER PRIMARY KEY)")
    connection.execute(
        "CREATE VIEW thumbnails AS SELECT photo_id, jpeg FROM photos JOIN pictures ON number = photo_id % 2000"
    )
    connection.executemany("INSERT INTO pictures VALUES (?, ?)", ((n, picture(n)) for n in range(_DISTINCT)))
    connection.executemany("INSERT INTO photos VALUES (?)", ((photo_id,) for photo_id in range(1, count + 1)))
    connection.commit()
    connection.close()


def picture(number: int) -> bytes:
    """Return a colourful 256 px JPEG of about the size that photos have."""
    rng = np.random.default_rng(number)
    noise = rng.integers(0, 255, (24, 32, 4), dtype=np.uint8)
    small = QImage(noise.tobytes(), 32, 24, 128, QImage.Format.Format_RGB32)
    image = QImage(256, 192, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, 256, 192), small)
    shade = QRadialGradient(QPointF(*rng.integers(40, 200, 2)), 160)
    shade.setColorAt(0, QColor.fromHsv(int(rng.integers(360)), 150, 230, 190))
    shade.setColorAt(1, QColor(0, 0, 0, 120))
    painter.fillRect(image.rect(), shade)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())


if __name__ == "__main__":
    main()
