"""The pictures on the page shown last, ready to be painted, so that the next start need not decode them first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QPixmap

from clipview.ui.kept_files import keep_rows, kept_rows

FILE_NAME = "window-pictures.npy"
_MOST = 60
_MOST_BYTES = 12 << 20
_LARGEST_PX = 2_000
_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


def save(file: Path, pictures: Iterable[tuple[int, QPixmap]]) -> None:
    """Keep the first of these, by photo, as far as they are of one size; without any, what was kept before stays."""
    images: list[tuple[int, QImage, float]] = []
    size_bytes = 0
    for photo_id, pixmap in pictures:
        image = pixmap.toImage().convertToFormat(_FORMAT)
        size_bytes += image.sizeInBytes()
        if len(images) == _MOST or size_bytes > _MOST_BYTES:
            break
        if not images or image.size() == images[0][1].size():
            images.append((photo_id, image, pixmap.devicePixelRatio()))
    if not images:
        return
    rows = np.empty(len(images), _row(images[0][1].height(), images[0][1].width()))
    for row, (photo_id, image, ratio) in zip(rows, images, strict=True):
        row["id"], row["ratio"] = photo_id, ratio
        row["pixels"] = np.frombuffer(image.constBits(), "<u4").reshape(image.height(), image.width())
    keep_rows(file, rows)


def load(file: Path) -> Iterator[tuple[int, QPixmap]]:
    """Yield what was kept; nothing when there is nothing of use."""
    rows = kept_rows(file)
    if rows is None or rows.ndim != 1 or len(rows) > _MOST or "pixels" not in (rows.dtype.names or ()):
        return
    shape = rows.dtype["pixels"].shape
    if len(shape) != 2 or not 0 < min(shape) <= max(shape) <= _LARGEST_PX or rows.dtype != _row(*shape):
        return
    height, width = shape
    for row in rows:
        # A copy, because the image only borrows the pixels.
        image = QImage(row["pixels"].tobytes(), width, height, 4 * width, _FORMAT).copy()
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(min(max(float(row["ratio"]), 0.5), 8.0))
        yield int(row["id"]), pixmap


def _row(height_px: int, width_px: int) -> np.dtype[np.void]:
    return np.dtype([("id", "<i8"), ("ratio", "<f8"), ("pixels", "<u4", (height_px, width_px))])
