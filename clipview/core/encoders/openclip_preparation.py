"""Pictures as an open_clip model wants them, without open_clip: the same resize and crop on 8-bit pixels.

Runs in decode workers: it imports Pillow and numpy alone. Agrees with `open_clip.transform.image_transform` for
inference to the last bit; the conversion to floats and the normalisation are the encoder's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
from msgspec import Struct
from PIL import Image, ImageOps

from clipview.core.encoders.geometry import resize_and_crop
from clipview.core.errors import ModelUnavailableError
from clipview.core.types import ModelInput

_DETAIL = 1.6
"""JPEGs are decoded at no less than this many times the model's size: so a camera's 12 megapixels come at an eighth for
a model of 224 pixels. Embeddings keep .997 of the full decode's centred cosine; at a quarter they would keep .999 and
cost a third more of the decoder's time."""


class ResizeMode(StrEnum):
    """How a picture of any shape meets a model's fixed one."""

    SHORTEST = "shortest"
    """Fill the frame and crop the rest."""
    LONGEST = "longest"
    """Fit into the frame and pad the rest."""
    SQUASH = "squash"
    """Ignore the picture's proportions."""


class OpenClipPreparation(Struct, frozen=True):
    """Resizes and crops as the model's own preprocessing."""

    width_px: int
    height_px: int
    mode: ResizeMode = ResizeMode.SHORTEST
    bilinear: bool = False
    """Bicubic otherwise."""
    fill: int = 0
    """Grey value of the padding in mode LONGEST."""

    @property
    def min_side_px(self) -> int:
        """Return what a decode scaled for speed must keep of the shorter side."""
        return math.ceil(_DETAIL * max(self.width_px, self.height_px))

    def __call__(self, image: Image.Image) -> ModelInput:
        """Return one array of shape (height_px, width_px, 3), uint8 RGB."""
        match self.mode:
            case ResizeMode.SQUASH:
                target = (self.width_px, self.height_px)
                fitted = image if image.size == target else image.resize(target, self._resample)
            case ResizeMode.LONGEST:
                fitted = self._padded(image)
            case ResizeMode.SHORTEST:
                fitted = self._filled(image)
        return (np.asarray(fitted),)

    @property
    def _resample(self) -> Image.Resampling:
        return Image.Resampling.BILINEAR if self.bilinear else Image.Resampling.BICUBIC

    def _filled(self, image: Image.Image) -> Image.Image:
        if self.width_px == self.height_px:
            # torchvision's Resize with one number: the longer side is rounded down.
            side, short = self.width_px, min(image.size)
            width, height = (side if length == short else int(side * length / short) for length in image.size)
            resample = self._resample
        else:
            ratio = min(image.width / self.width_px, image.height / self.height_px)
            width, height = round(image.width / ratio), round(image.height / ratio)
            # open_clip leaves the interpolation at its default for shapes that are not square.
            resample = Image.Resampling.BICUBIC
        left, top = round((width - self.width_px) / 2), round((height - self.height_px) / 2)
        box = (left, top, left + self.width_px, top + self.height_px)
        return resize_and_crop(image, (width, height), box, resample)

    def _padded(self, image: Image.Image) -> Image.Image:
        ratio = max(image.width / self.width_px, image.height / self.height_px)
        size = (max(1, round(image.width / ratio)), max(1, round(image.height / ratio)))
        fitted = image if image.size == size else image.resize(size, self._resample)
        missing_x, missing_y = max(0, self.width_px - fitted.width), max(0, self.height_px - fitted.height)
        before = (missing_x // 2, missing_y // 2)
        border = (*before, missing_x - before[0], missing_y - before[1])
        padded = ImageOps.expand(fitted, border, (self.fill, self.fill, self.fill))
        left, top = round((padded.width - self.width_px) / 2), round((padded.height - self.height_px) / 2)
        return padded.crop((left, top, left + self.width_px, top + self.height_px))


def preparation_from(preprocess: Mapping[str, Any]) -> OpenClipPreparation:
    """Return the preparation that a model's preprocessing config asks for (`size` is height and width, or one).

    Raises ModelUnavailableError for a config that open_clip itself would not accept.
    """
    size = preprocess.get("size", 224)
    height, width = (size, size) if isinstance(size, int) else (size[0], size[-1])
    mode = preprocess.get("resize_mode") or "shortest"
    interpolation = preprocess.get("interpolation") or "bicubic"
    fill = preprocess.get("fill_color") or 0
    if mode not in list(ResizeMode) or interpolation not in ("bicubic", "bilinear", "random") or width * height <= 0:
        raise ModelUnavailableError(
            f"The model's preprocessing (size {size}, {mode}, {interpolation}) is not one that ClipView knows: "
            "choose another model."
        )
    return OpenClipPreparation(int(width), int(height), ResizeMode(mode), interpolation == "bilinear", int(fill))
