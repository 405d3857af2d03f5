"""How a thumbnail gets from the library's file to the screen: read, decoded and cut to shape off the GUI thread."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter, QPixmap

from clipview.ui.thumbnail_reader import Decoded, Desk, Reader, cut

log = logging.getLogger(__name__)

_FRAME_MS = 16
_DELIVERY_BUDGET_S = 0.004
_RETRY_MS = 1500


class CellShape(Struct, frozen=True):
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
        workers: int = 1,
        parent: QObject | None = None,
    ) -> None:
        """Get ready; the threads begin with the first photo that is wanted.

        Args:
            database: the library's `thumbnails.db`.
            shape: what every pixmap is cut to.
            limit_bytes: how much memory the pixmaps may hold, apart from those wanted at the moment.
            workers: threads that read and decode; more than one hardly helps, they share the interpreter's lock.
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
        self._desk = Desk(self._decoded.emit)
        self._frame = QTimer(self, interval=_FRAME_MS, singleShot=True)
        self._frame.timeout.connect(self._on_decoded)
        self._retry = QTimer(self, interval=_RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self._on_retry)
        self._decoded.connect(self._on_decoded, Qt.ConnectionType.QueuedConnection)
        self._workers = workers
        self._threads: list[threading.Thread] = []

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

    def recall(self, pictures: Iterable[tuple[int, QPixmap]]) -> None:
        """Give out these pictures of an earlier time until the thumbnails themselves have been read."""
        for photo_id, pixmap in pictures:
            if photo_id not in self._cache:
                size_bytes = 4 * pixmap.width() * pixmap.height()
                self._cache[photo_id] = _Held(pixmap, None, size_bytes)
                self._held_bytes += size_bytes

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

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Hold the readers back at their next picture while the `with` block paints.

        Each drawing call lets go of the interpreter's lock and would have to win it back from them: a page took three
        times as long.
        """
        self._desk.calm.clear()
        try:
            yield
        finally:
            self._desk.calm.set()

    def close(self) -> None:
        """Stop the threads and wait for them; safe to call twice."""
        for source in self._beside:
            source.close()
        self._retry.stop()
        self._frame.stop()
        self._wanted.clear()
        self._workers = 0
        self._desk.close()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        if self._wanted and not self._threads:
            self._start_readers()
        self._desk.replace([photo_id for photo_id in self._wanted if self._lacks(photo_id)], self._shape)
        if not self._absent.isdisjoint(self._wanted) and not self._retry.isActive():
            self._retry.start()

    def _start_readers(self) -> None:
        _warm_up()
        self._threads = [
            threading.Thread(target=Reader(self._database, self._desk).run, name=f"thumbnails-{number}", daemon=True)
            for number in range(self._workers)
        ]
        for thread in self._threads:
            thread.start()

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

    def _miss(self, decoded: Decoded) -> None:
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


class _Held(Struct):
    pixmap: QPixmap
    shape: CellShape | None
    """None while the photo's thumbnail may be another by now."""
    size_bytes: int


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
