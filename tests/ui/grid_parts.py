"""A grid with real thumbnails on a real file, for tests."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QElapsedTimer, QEventLoop, QIODevice, QTimer
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from clipview.ui.photo_model import Answer

WAIT_MS = 60_000


def jpeg(colour: str, width: int = 64, height: int = 48) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())


def write_thumbnails(database: Path, jpegs: dict[int, bytes]) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA page_size = 16384")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS thumbnails (photo_id INTEGER PRIMARY KEY, jpeg BLOB NOT NULL)")
    connection.executemany("INSERT OR REPLACE INTO thumbnails VALUES (?, ?)", jpegs.items())
    connection.commit()
    connection.close()


def wait_until(done: Callable[[], bool]) -> None:
    """Run the event loop until something is so."""
    clock, loop, poll = QElapsedTimer(), QEventLoop(), QTimer()
    clock.start()
    poll.timeout.connect(lambda: loop.quit() if done() or clock.elapsed() > WAIT_MS else None)
    poll.start(2)
    if not done():
        loop.exec()
    poll.stop()
    assert done(), f"not so within {WAIT_MS} ms"


def answer(ids: Iterable[int], **more: object) -> Answer:
    numbers = np.array(list(ids), np.int64)
    colours = (numbers * 7919 % (1 << 24)).astype(np.uint32)
    return Answer(numbers, colours, **more)  # type: ignore[arg-type]


def keep_picture(widget: QWidget, name: str) -> None:
    """Save what a person would see, when a folder for that is given."""
    if folder := os.environ.get("CLIPVIEW_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(Path(folder) / f"{name}.png"))
