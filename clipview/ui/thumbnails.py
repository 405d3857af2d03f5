"""How a thumbnail gets from the library's file to the screen: read, decoded and cut to shape off the GUI thread."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QBrush, QImage, QImageReader, QImageWriter, QPainter, QPixmap

log = logging.getLogger(__name__)

_FRAME_MS = 16
_DELIVERY_BUDGET_S = 0.004
_RETRY_MS = 1500
_BUSY_TIMEOUT_S = 0.25
_BATCH = 16


@dataclass(frozen=True, slots=True)
class CellShape:
    """How a thumbnail is wanted, in device pixels: cropped to cover a rounded rectangle."""

    width_px: int
    height_px: int
    radius_px: int
    device_pixel_ratio: float = 1.0
    whole: bool = False
    """Show all of it instead: the rectangle becomes the largest of the picture's own shape that fits."""


class ThumbnailSource(QObject):
    """The thumbnails of one library, as pixmaps that are ready to paint.

    The file is `thumbnails.db`, which another process writes; it may be missing, locked or damaged, and the pictures
    come when it can be read. Everything but the reading happens in, and must be called from, the GUI thread.

    Signals:
        arrived(tuple[int, ...]): pixmaps of these photos are there, or are newer; at most once a frame.
    """

    arrived = Signal(object)
    _decoded = Signal()

    def __init__(
        self,
        database: Path,
        shape: CellShape,
        *,
        limit_bytes: int = 64 << 20,
        workers: int = 2,
        parent: QObject | None = None,
    ) -> None:
        """Start reading.

        Args:
            database: the library's `thumbnails.db`.
            shape: what every pixmap is cut to.
            limit_bytes: how much memory the pixmaps may hold, apart from those wanted at the moment.
            workers: threads that read and decode.
            parent: the Qt owner.
        """
        super().__init__(parent)
        self._database = database
        self._beside: list[ThumbnailSource] = []
        self._shape = shape
        self._limit_bytes = limit_bytes
        self._held_bytes = 0
        self._cache: OrderedDict[int, _Held] = OrderedDict()
        self._wanted: dict[int, None] = {}
        self._absent: set[int] = set()
        self._damaged: set[int] = set()
        self._last_delivery_s = 0.0
        self._desk = _Desk(self._decoded.emit)
        self._frame = QTimer(self, interval=_FRAME_MS, singleShot=True)
        self._frame.timeout.connect(self._on_decoded)
        self._retry = QTimer(self, interval=_RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self._on_retry)
        self._decoded.connect(self._on_decoded, Qt.ConnectionType.QueuedConnection)
        _warm_up()
        self._threads = [
            threading.Thread(target=_Reader(database, self._desk).run, name=f"thumbnails-{number}", daemon=True)
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def shape(self) -> CellShape:
        """What pixmaps are cut to."""
        return self._shape

    @property
    def held_bytes(self) -> int:
        """How much memory the pixmaps hold."""
        return self._held_bytes

    def set_shape(self, shape: CellShape) -> None:
        """Cut to another shape from now on; pixmaps in the old shape are given out until the new ones are there."""
        if shape != self._shape:
            self._shape = shape
            self._ask()

    def beside(self, shape: CellShape, *, limit_bytes: int) -> ThumbnailSource:
        """Return a second source on the same thumbnails for another place on screen; closing this one closes both."""
        source = ThumbnailSource(self._database, shape, limit_bytes=limit_bytes, workers=1, parent=self)
        self._beside.append(source)
        return source

    def pixmap(self, photo_id: int) -> QPixmap | None:
        """Return the photo's pixmap if it is in memory, perhaps in an older shape; never waits."""
        held = self._cache.get(photo_id)
        return None if held is None else held.pixmap

    def want(self, photo_ids: Iterable[int]) -> None:
        """Say which photos are on screen or about to be, the most urgent first.

        This replaces what was wanted before: requests for photos that are no longer wanted are dropped.
        """
        self._wanted = dict.fromkeys(photo_ids)
        for photo_id in reversed(self._wanted):
            if photo_id in self._cache:
                self._cache.move_to_end(photo_id)
        self._ask()

    def invalidate(self, photo_ids: Iterable[int]) -> None:
        """Read these thumbnails again when they are next wanted; old pixels stay until the new ones are there."""
        changed = set(photo_ids)
        for source in self._beside:
            source.invalidate(changed)
        self._absent -= changed
        self._damaged -= changed
        self._desk.withdraw(changed)
        for photo_id in changed & self._cache.keys():
            self._cache[photo_id].shape = None
        self._ask()

    def close(self) -> None:
        """Stop the threads and wait for them; safe to call twice."""
        for source in self._beside:
            source.close()
        self._retry.stop()
        self._frame.stop()
        self._wanted.clear()
        self._desk.close()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        self._desk.replace([photo_id for photo_id in self._wanted if self._lacks(photo_id)], self._shape)
        if not self._absent.isdisjoint(self._wanted) and not self._retry.isActive():
            self._retry.start()

    def _lacks(self, photo_id: int) -> bool:
        if photo_id in self._absent or photo_id in self._damaged:
            return False
        held = self._cache.get(photo_id)
        return held is None or held.shape != self._shape

    @Slot()
    def _on_decoded(self) -> None:
        """Turn what the threads left into pixmaps, within a share of a frame."""
        since_last_s = time.monotonic() - self._last_delivery_s
        if since_last_s < _FRAME_MS / 1000:
            if not self._frame.isActive():
                self._frame.start(max(1, _FRAME_MS - int(since_last_s * 1000)))
            return
        until = time.monotonic() + _DELIVERY_BUDGET_S
        arrived: list[int] = []
        for decoded in self._desk.take():
            if decoded.image is None:
                self._miss(decoded)
            elif decoded.shape == self._shape or decoded.photo_id not in self._cache:
                self._hold(decoded.photo_id, decoded.image, decoded.shape)
                arrived.append(decoded.photo_id)
            if time.monotonic() > until:
                self._frame.start()
                break
        self._evict()
        self._last_delivery_s = time.monotonic()
        if not self._absent.isdisjoint(self._wanted) and not self._retry.isActive():
            self._retry.start()
        if arrived:
            self.arrived.emit(tuple(arrived))

    @Slot()
    def _on_retry(self) -> None:
        """Look again for wanted thumbnails that were not there: a scan may have written them, a lock may be gone."""
        self._absent.clear()
        self._ask()

    def _miss(self, decoded: _Decoded) -> None:
        if not decoded.damaged:
            self._absent.add(decoded.photo_id)
        elif decoded.photo_id not in self._damaged:
            self._damaged.add(decoded.photo_id)
            log.warning("The thumbnail of photo %d is damaged; showing its colour", decoded.photo_id)

    def _hold(self, photo_id: int, image: QImage, shape: CellShape) -> None:
        old = self._cache.pop(photo_id, None)
        if old is not None:
            self._held_bytes -= old.size_bytes
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(shape.device_pixel_ratio)
        self._cache[photo_id] = _Held(pixmap, shape, image.sizeInBytes())
        self._held_bytes += image.sizeInBytes()

    def _evict(self) -> None:
        """Forget the least recently wanted pixmaps that don't fit, but never one that is wanted now."""
        while self._held_bytes > self._limit_bytes:
            photo_id, held = next(iter(self._cache.items()))
            if photo_id in self._wanted:
                return
            del self._cache[photo_id]
            self._held_bytes -= held.size_bytes


@dataclass(slots=True)
class _Held:
    pixmap: QPixmap
    shape: CellShape | None
    """None once the photo's thumbnail is known to have changed."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class _Decoded:
    photo_id: int
    shape: CellShape
    image: QImage | None
    """None when there was no thumbnail or it could not be decoded."""
    damaged: bool = False


class _Desk:
    """Where the GUI thread leaves requests and the readers leave pictures."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._condition = threading.Condition()
        self._shape: CellShape | None = None
        self._waiting: deque[int] = deque()
        self._in_hand: dict[int, CellShape] = {}
        self._withdrawn: set[int] = set()
        self._done: deque[_Decoded] = deque()
        self._closed = False
        self._trouble: str | None = None

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

    def put(self, decoded: _Decoded) -> None:
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

    def take(self) -> Iterator[_Decoded]:
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


class _Reader:
    """One thread's work: its own connection, and the way from a JPEG to a picture of the right shape."""

    def __init__(self, database: Path, desk: _Desk) -> None:
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
            if not self._desk.still_wanted(shape):
                self._desk.put_back(photo_ids[position:])
                return
            jpeg = jpegs.get(photo_id)
            image = None if jpeg is None else cut(jpeg, shape)
            self._desk.put(_Decoded(photo_id, shape, image, damaged=jpeg is not None and image is None))


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


def _warm_up() -> None:
    """Touch once, in the GUI thread, everything of Qt that the readers use.

    PySide6 6.11 sets up classes and enumerations at their first use, and two threads that do so at once can wait for
    each other for ever: seen about once in four starts, in `QImage.Format` against `QPen` in a paint event.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    sample = QImage(8, 8, QImage.Format.Format_RGB32)
    sample.fill(Qt.GlobalColor.black)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(sample)
    jpeg = bytes(buffer.data().data())
    for whole in (False, True):
        cut(jpeg, CellShape(4, 4, 1, whole=whole))


def _read(connection: sqlite3.Connection, photo_ids: Sequence[int]) -> dict[int, bytes]:
    marks = ",".join("?" * len(photo_ids))
    query = f"SELECT photo_id, jpeg FROM thumbnails WHERE photo_id IN ({marks})"  # noqa: S608 (only question marks)
    with closing(connection.execute(query, photo_ids)) as rows:
        return {photo_id: jpeg for photo_id, jpeg in rows if isinstance(jpeg, bytes)}
