"""What is being dragged or pasted: files, bitmaps, photos of the library or links, read from a clipboard's formats."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from clipview.ui.grid_drag import PHOTO_IDS_MIME

MOST_IMAGES = 8
"""More images than this at once make no sensible search."""
_ENCODED = ("image/png", "image/jpeg", "image/webp", "image/avif", "image/heic", "image/tiff", "image/bmp", "image/gif")
_LONGEST_SIDE_PX = 1600


class DropKind(Enum):
    """What can be done with something."""

    NOTHING = "nothing"
    IMAGES = "images"
    FOLDERS = "folders"
    PHOTOS = "photos"
    """Photos of this library, dragged from the grid."""
    LINKS = "links"
    """Addresses on the web, which are never fetched."""


class Dropped(Struct, frozen=True):
    """What was dragged or pasted."""

    kind: DropKind
    paths: tuple[Path, ...] = ()
    """Image files, or folders."""
    photo_ids: tuple[int, ...] = ()
    encoded: bytes | None = None
    """The bytes of an image file."""
    bitmap: QImage | None = None


def read_drop(mime: QMimeData) -> Dropped:
    """Return what this holds; quick, so that it can be asked while something is dragged along."""
    if mime.hasFormat(PHOTO_IDS_MIME):
        words = bytes(mime.data(PHOTO_IDS_MIME).data()).split()
        photo_ids = tuple(int(word) for word in words if word.isdigit())
        return Dropped(DropKind.PHOTOS if photo_ids else DropKind.NOTHING, photo_ids=photo_ids)
    urls = mime.urls() if mime.hasUrls() else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile() and url.toLocalFile()]
    folders = tuple(path for path in paths if path.is_dir())
    if folders:
        return Dropped(DropKind.FOLDERS, folders)
    if paths:
        return Dropped(DropKind.IMAGES, tuple(paths))
    for name in _ENCODED:
        if mime.hasFormat(name) and mime.data(name).size():
            return Dropped(DropKind.IMAGES, encoded=bytes(mime.data(name).data()))
    if mime.hasImage():
        bitmap = mime.imageData()
        if isinstance(bitmap, QImage) and not bitmap.isNull():
            return Dropped(DropKind.IMAGES, bitmap=bitmap)
    return Dropped(DropKind.LINKS if urls else DropKind.NOTHING)


class BitmapEncoder(QObject):
    """Turns bitmaps into the bytes of image files, off the GUI thread.

    Signals:
        encoded(bytes, object): a PNG, and the purpose it was made for.
    """

    encoded = Signal(object, object)

    @Slot(QImage, object)
    def encode(self, bitmap: QImage, purpose: object) -> None:
        """Begin; `encoded` follows. Large bitmaps are scaled down, which no search model sees."""
        QThreadPool.globalInstance().start(_Encoding(bitmap, lambda png: self.encoded.emit(png, purpose)))


class _Encoding(QRunnable):
    def __init__(self, bitmap: QImage, done: Callable[[bytes], None]) -> None:
        super().__init__()
        self._bitmap = bitmap
        self._done = done

    def run(self) -> None:
        """Encode, in a thread of the pool."""
        bitmap = self._bitmap
        if max(bitmap.width(), bitmap.height()) > _LONGEST_SIDE_PX:
            bitmap = bitmap.scaled(
                _LONGEST_SIDE_PX,
                _LONGEST_SIDE_PX,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        png = QByteArray()
        buffer = QBuffer(png)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        bitmap.save(buffer, "PNG", 70)  # type: ignore[call-overload]  # the stubs want bytes, Qt takes a string
        self._done(bytes(png.data()))
