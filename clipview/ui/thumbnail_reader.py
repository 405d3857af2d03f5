"""The threads that read thumbnails: requests go in, decoded pictures come out, and the file may be in any state."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter

if TYPE_CHECKING:
    from clipview.ui.thumbnails import CellShape

log = logging.getLogger(__name__)

_BUSY_TIMEOUT_S = 0.25
_BATCH = 16


class Decoded(Struct, frozen=True):
    """What a reader made of one request."""

    photo_id: int
    shape: CellShape
    image: QImage | None
    """None when there was no thumbnail or it could not be decoded."""
    damaged: bool = False


class Desk:
    """Where the GUI thread leaves requests and the readers leave pictures."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._condition = threading.Condition()
        self._shape: CellShape | None = None
        self._waiting: deque[int] = deque()
        self._in_hand: dict[int, CellShape] = {}
        self._withdrawn: set[int] = set()
        self._done: deque[Decoded] = deque()
        self._closed = False
        self._trouble: str | None = None
        self.calm = threading.Event()
        """Set while readers may work."""
        self.calm.set()

    def replace(self, photo_ids: Sequence[int], shape: CellShape) -> None:
        """Drop all waiting requests for these, which come in the order of urgency."""
        with self._condition:
            self._shape = shape
            finished = {decoded.photo_id for decoded in self._done if decoded.shape == shape}
            self._waiting = deque(
                photo_id
                for photo_id in photo_ids
                if photo_id not in finished and (self._in_hand.get(photo_id) != shape or photo_id in self._withdrawn)
            )
            if self._waiting:
                self._condition.notify_all()

    def withdraw(self, photo_ids: set[int]) -> None:
        """Throw away what was, or is being, read for these photos."""
        with self._condition:
            self._withdrawn |= photo_ids & self._in_hand.keys()
            self._done = deque(decoded for decoded in self._done if decoded.photo_id not in photo_ids)

    def next_batch(self) -> tuple[list[int], CellShape] | None:
        """Wait for requests and return the most urgent few; None when it is time to stop. For readers."""
        with self._condition:
            while not self._closed:
                free = [photo_id for photo_id in self._waiting if photo_id not in self._in_hand][:_BATCH]
                if free and self._shape is not None:
                    for photo_id in free:
                        self._waiting.remove(photo_id)
                        self._in_hand[photo_id] = self._shape
                    return free, self._shape
                self._condition.wait()
            return None

    def still_wanted(self, shape: CellShape) -> bool:
        """Tell a reader whether pictures in this shape are still of use."""
        return not self._closed and shape == self._shape

    def put(self, decoded: Decoded) -> None:
        """Leave one picture. For readers."""
        with self._condition:
            if self._release(decoded.photo_id) or self._closed:
                return
            self._done.append(decoded)
            first = len(self._done) == 1
        if first:
            self._ring()

    def put_back(self, photo_ids: Iterable[int]) -> None:
        """Give up a batch that is no longer of use. For readers."""
        with self._condition:
            for photo_id in photo_ids:
                self._release(photo_id)

    def note_trouble(self, trouble: str | None) -> None:
        """Log why nothing can be read, once for all readers until reading works again (None). For readers."""
        with self._condition:
            if trouble is not None and self._trouble is None and not self._closed:
                log.warning("Going on without thumbnails: %s", trouble)
            self._trouble = trouble

    def take(self) -> Iterator[Decoded]:
        """Yield the pictures that are done, removing them one by one."""
        while True:
            with self._condition:
                if not self._done:
                    return
                decoded = self._done.popleft()
            yield decoded

    def close(self) -> None:
        """Send the readers home."""
        with self._condition:
            self._closed = True
            self._waiting.clear()
            self._done.clear()
            self._condition.notify_all()

    def _release(self, photo_id: int) -> bool:
        """Note that no reader holds this photo any more; True when what it read is out of date."""
        self._in_hand.pop(photo_id, None)
        stale = photo_id in self._withdrawn
        self._withdrawn.discard(photo_id)
        if photo_id in self._waiting:
            self._condition.notify_all()
        return stale


class Reader:
    """One thread's work: its own connection, and the way from a JPEG to a picture of the right shape."""

    def __init__(self, database: Path, desk: Desk) -> None:
        self._database = database
        self._desk = desk
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    def run(self) -> None:
        """Serve until the desk closes."""
        while (batch := self._desk.next_batch()) is not None:
            photo_ids, shape = batch
            try:
                jpegs = _read(self._connected(), photo_ids)
                self._desk.note_trouble(None)
            except (sqlite3.Error, OSError) as error:
                self._desk.note_trouble(f"{self._database}: {error}")
                self._disconnect()
                jpegs = {}
            self._decode(photo_ids, jpegs, shape)
        self._disconnect()

    def _connected(self) -> sqlite3.Connection:
        status = self._database.stat()
        file = (status.st_dev, status.st_ino)
        if file != self._file:
            # Another file of the same name: the thumbnails were rebuilt, and an open connection reads the deleted one.
            self._disconnect()
        if self._connection is None:
            # A read-only open never creates the file, so a missing one stays visible as an error.
            address = f"{self._database.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT_S)
            self._file = file
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _decode(self, photo_ids: Sequence[int], jpegs: dict[int, bytes], shape: CellShape) -> None:
        for position, photo_id in enumerate(photo_ids):
            self._desk.calm.wait()
            if not self._desk.still_wanted(shape):
                self._desk.put_back(photo_ids[position:])
                return
            jpeg = jpegs.get(photo_id)
            image = None if jpeg is None else cut(jpeg, shape)
            self._desk.put(Decoded(photo_id, shape, image, damaged=jpeg is not None and image is None))


def cut(jpeg: bytes, shape: CellShape) -> QImage | None:
    """Decode a JPEG and cut it to shape, centred, corners rounded; None when it can't be decoded."""
    content = QByteArray(jpeg)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # QImage.fromData holds the interpreter's lock while it decodes (frames came up to 0.4 s late); this does not.
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size = reader.size()
    if size.isEmpty():
        return None
    target = QSize(shape.width_px, shape.height_px)
    if shape.whole:
        target = size.scaled(target, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    cover = size.scaled(target, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(cover)
    reader.setScaledClipRect(
        QRect((cover.width() - target.width()) // 2, (cover.height() - target.height()) // 2, *target.toTuple())
    )
    picture = reader.read()
    if picture.isNull():
        return None
    image = QImage(target, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(picture))
    painter.drawRoundedRect(QRectF(0, 0, *target.toTuple()), shape.radius_px, shape.radius_px)
    painter.end()
    return image


def _read(connection: sqlite3.Connection, photo_ids: Sequence[int]) -> dict[int, bytes]:
    marks = ",".join("?" * len(photo_ids))
    query = f"SELECT photo_id, jpeg FROM thumbnails WHERE photo_id IN ({marks})"  # noqa: S608 (only question marks)
    with closing(connection.execute(query, photo_ids)) as rows:
        return {photo_id: jpeg for photo_id, jpeg in rows if isinstance(jpeg, bytes)}
