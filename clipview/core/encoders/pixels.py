"""The starter encoder's view of pixels before any network: its input, and what plain colours tell.

Runs in decode workers: it imports Pillow and numpy alone.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PIL import Image

from clipview.core.encoders.geometry import resize_and_crop
from clipview.core.types import ModelInput

CROP_PX = 224
WHOLE_PX = 96
PIXEL_CONCEPTS = ("bw", "night", "sunset")
"""The concepts that `pixel_concepts` measures, in its order."""

_CROPPED_SHARE = 0.9


class StarterPreparation(Struct, frozen=True):
    """A centre crop for the network, and the whole picture in small for the pixel concepts."""

    min_side_px: int = 512
    """Twice the network's need. JPEGs of 9 to 19 megapixels decoded at 1/2, 1/4, 1/8 kept a mean cosine of .999, .998,
    .996 of the full decode (similar: .9995, .9993, .997); this makes the usual 12 to 24 megapixels decode at 1/4."""

    def __call__(self, image: Image.Image) -> ModelInput:
        """Return (crop of shape (224, 224, 3), whole of shape (96, 96, 3)), both uint8 RGB."""
        scale = CROP_PX / _CROPPED_SHARE / min(image.size)
        width, height = (max(CROP_PX, round(side * scale)) for side in image.size)
        left, top = (width - CROP_PX) // 2, (height - CROP_PX) // 2
        box = (left, top, left + CROP_PX, top + CROP_PX)
        crop = resize_and_crop(image, (width, height), box, Image.Resampling.BICUBIC)
        whole = image.resize((WHOLE_PX, WHOLE_PX), Image.Resampling.BILINEAR)
        return np.asarray(crop), np.asarray(whole)


def pixel_concepts(whole: NDArray[np.uint8]) -> tuple[float, float, float]:
    """Return how black-and-white, how nightly and how much of a sunset a picture is, each 0 to 1.

    Args:
        whole: the entire picture, shape (96, 96, 3), RGB.
    """
    rgb = whole.astype(np.float32) / 255
    hue, saturation, value = np.moveaxis(np.asarray(Image.fromarray(whole).convert("HSV"), np.float32) / 255, -1, 0)
    luma = rgb @ np.array([0.299, 0.587, 0.114])
    chroma = float(np.hypot(rgb[..., 2] - luma, rgb[..., 0] - luma).mean())
    dark = float((luma < 0.18).mean())
    edges = np.concatenate([luma[:4].ravel(), luma[-4:].ravel(), luma[:, :4].ravel(), luma[:, -4:].ravel()])
    white_border = float((edges > 0.93).mean())
    black_and_white = _ramp(-chroma, -0.02, -0.006) * _ramp(-white_border, -0.9, -0.6)
    night = _ramp(dark, 0.55, 0.85) * _ramp(-white_border, -0.3, -0.05)
    return black_and_white, night, _ramp(_sunset(hue * 360, saturation, value, luma), 0.1, 0.25)


def _sunset(
    hue_degrees: NDArray[np.float32],
    saturation: NDArray[np.float32],
    value: NDArray[np.float32],
    luma: NDArray[np.float64],
) -> float:
    """Return how much warm, bright, saturated sky stands above a dark foreground."""
    warm_hue = ((hue_degrees < 48) & (hue_degrees > 5)) | (hue_degrees > 350)
    warm = (saturation > 0.4) & (value > 0.45) & warm_hue
    brighter_above = float(np.clip((luma[:56].mean() - luma[64:].mean()) * 3, 0, 1))
    dark_below = float(np.clip(1 - luma[72:].mean() * 2, 0, 1))
    return float(warm[:64].mean()) * brighter_above * dark_below


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
