"""The pictures on the page shown last, ready to be painted, so that the next start need not decode them first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from PySide6.QtGui import QImage, QPixmap

from clipview.ui.kept_files import keep_value, kept_value

FILE_NAME = "window-pictures"
_MOST = 60
_MOST_BYTES = 12 << 20
_LARGEST_PX = 2_000
_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


class _Picture(Struct, frozen=True):
    photo_id: int
    ratio: float
    """Pixels of the picture to one of the window's."""
    width_px: int
    height_px: int
    pixels: bytes


def save(file: Path, pictures: Iterable[tuple[int, QPixmap]]) -> None:
    """Keep the first of these, by photo; without any, what was kept before stays."""
    kept: list[_Picture] = []
    size_bytes = 0
    for photo_id, pixmap in pictures:
        image = pixmap.toImage().convertToFormat(_FORMAT)
        size_bytes += image.sizeInBytes()
        if len(kept) == _MOST or size_bytes > _MOST_BYTES:
            break
        pixels = bytes(image.constBits())
        kept.append(_Picture(photo_id, pixmap.devicePixelRatio(), image.width(), image.height(), pixels))
    if kept:
        keep_value(file, kept)


def load(file: Path) -> Iterator[tuple[int, QPixmap]]:
    """Yield what was kept; nothing when there is nothing of use."""
    for picture in (kept_value(file, list[_Picture]) or ())[:_MOST]:
        width, height = picture.width_px, picture.height_px
        if not 0 < min(width, height) <= max(width, height) <= _LARGEST_PX or len(picture.pixels) != 4 * width * height:
            return
        # A copy, because the image only borrows the pixels.
        pixmap = QPixmap.fromImage(QImage(picture.pixels, width, height, 4 * width, _FORMAT).copy())
        pixmap.setDevicePixelRatio(min(max(picture.ratio, 0.5), 8.0))
        yield picture.photo_id, pixmap
