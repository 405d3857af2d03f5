"""Parts of pictures: how a box in shares of a picture becomes pixels, sharp enough for a model."""

from __future__ import annotations

import math
from typing import Final

from PIL import Image

from clipview.core.types import Box

LEAST_PX: Final = 16
"""A box smaller than this, in pixels of the picture, is too little to recognise: its surroundings are taken with it."""


def side_to_keep(min_side_px: int, box: Box) -> int:
    """Return how short a picture's shorter side may be scaled so that the sides of the box keep `min_side_px`."""
    return math.ceil(min_side_px / min(box.right - box.left, box.bottom - box.top))


def cropped(image: Image.Image, box: Box) -> Image.Image:
    """Return the part of an upright picture that lies in a box, every pixel that the box touches included."""
    left, right = _span(box.left, box.right, image.width)
    top, bottom = _span(box.top, box.bottom, image.height)
    return image.crop((left, top, right, bottom))


def _span(low: float, high: float, length_px: int) -> tuple[int, int]:
    first, last = math.floor(low * length_px), math.ceil(high * length_px)
    lacking = min(LEAST_PX, length_px) - (last - first)
    if lacking > 0:
        first = min(max(0, first - lacking // 2), length_px - (last - first) - lacking)
        last = first + min(LEAST_PX, length_px)
    return first, last
