"""Resizing and cropping a picture in one step, with bounded memory for extreme shapes."""

from __future__ import annotations

from PIL import Image

_MEMORY_FACTOR = 8
"""How much larger than the crop the whole resized picture may be."""


def resize_and_crop(
    image: Image.Image,
    resized_px: tuple[int, int],
    box_px: tuple[int, int, int, int],
    resample: Image.Resampling,
) -> Image.Image:
    """Return the part `box_px` (left, top, right, bottom) of the picture resized to `resized_px` (width, height).

    Equal to resizing and then cropping. Only where that would need much memory (a strip of 20,000 x 30 pixels)
    is the part resized alone, which may round a few values differently.
    """
    width, height = resized_px
    left, top, right, bottom = box_px
    if width * height <= _MEMORY_FACTOR * (right - left) * (bottom - top):
        whole = image if image.size == resized_px else image.resize(resized_px, resample)
        return whole.crop(box_px)
    scale_x, scale_y = image.width / width, image.height / height
    source = (left * scale_x, top * scale_y, right * scale_x, bottom * scale_y)
    return image.resize((right - left, bottom - top), resample, box=source)
