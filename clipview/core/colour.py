"""Colour: how any pixel layout, bit depth and ICC profile becomes 8-bit sRGB."""

from __future__ import annotations

import functools
import io
import logging
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

log = logging.getLogger(__name__)

# What lcms calls the colour spaces that a picture's bands can stand for.
_SPACE_OF_MODE = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}


def to_8_bit(image: Image.Image) -> Image.Image:
    """Return a picture in one of the modes L, RGB, RGBA, CMYK and LAB, which Pillow can scale without harm.

    16 bits are scaled, not clipped. Numbers without a natural white (32 bits, floating point) are spread from the
    picture's darkest to its brightest value, unless they already lie between 0 and 1, or fit 8 or 16 bits.
    """
    mode = image.mode
    if mode in {"RGBA", "CMYK", "LAB"}:
        return image
    if mode in {"L", "RGB"}:
        # A PNG can name one colour that is transparent.
        return image.convert("RGBA") if "transparency" in image.info else image
    if mode.startswith("I;16"):
        return _with_info(Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)), image)
    if mode in {"I", "F"}:
        return _with_info(Image.fromarray(_spread(np.asarray(image))), image)
    if mode in {"P", "PA"}:
        return image.convert("RGBA" if mode == "PA" or "transparency" in image.info else "RGB")
    if mode in {"LA", "La", "RGBa"}:
        return image.convert("LA").convert("RGBA") if mode == "La" else image.convert("RGBA")
    return image.convert("L" if mode == "1" else "RGB")


def to_srgb(image: Image.Image) -> Image.Image:
    """Return a picture from `to_8_bit` in mode RGB and in sRGB, whatever is transparent laid on white.

    A profile that is broken, or made for other bands than the picture has, is ignored.
    """
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha is not None else image
    converted = _converted(colours, image.info.get("icc_profile"))
    if alpha is None or alpha.getextrema() == (255, 255):
        return converted
    white = Image.new("RGB", image.size, "white")
    white.paste(converted, mask=alpha)
    return white


def _converted(image: Image.Image, profile: object) -> Image.Image:
    if image.mode == "LAB":
        return _apply(_lab_to_srgb(), image)
    if isinstance(profile, bytes) and profile:
        transform = _transform(profile, image.mode)
        if transform is not None:
            return _apply(transform, image)
    return image if image.mode == "RGB" else image.convert("RGB")


def _apply(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    converted = ImageCms.applyTransform(image, transform)
    if converted is None:  # only when asked to convert in place
        msg = "the colour transform gave no picture"
        raise ValueError(msg)
    return converted


@functools.lru_cache(maxsize=32)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return what turns `mode` in this profile into sRGB; None when nothing needs to be done, or can be."""
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = opened.profile.xcolor_space.strip()
        if space != _SPACE_OF_MODE[mode]:
            log.debug("Ignoring a colour profile for %s in a picture of mode %s", space, mode)
            return None
        transform = ImageCms.buildTransform(opened, ImageCms.createProfile("sRGB"), mode, "RGB")
        return None if mode == "RGB" and _changes_nothing(transform) else transform
    except (ImageCms.PyCMSError, OSError, ValueError, KeyError) as error:
        log.debug("Ignoring a broken colour profile: %s", error)
        return None


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Say whether the profile is sRGB under some other name, as in most photos: then the conversion is saved."""
    steps = np.linspace(0, 255, 9).astype(np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    after = np.asarray(_apply(transform, Image.fromarray(cube))).astype(np.int16)
    return int(np.abs(after - cube).max()) <= 2


@functools.lru_cache(maxsize=1)
def _lab_to_srgb() -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")


def _spread(values: NDArray[Any]) -> NDArray[np.uint8]:
    finite = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    if low >= 0 and values.dtype.kind != "f" and high <= 65535:
        # Whole numbers came as 8 or 16 bits in a wider container.
        high = 255.0 if high <= 255 else 65535.0
        low = 0.0
    elif low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    finite -= low
    finite *= 255.0 / max(high - low, 1e-12)
    spread: NDArray[np.uint8] = np.clip(finite + 0.5, 0, 255).astype(np.uint8)
    return spread


def _with_info(made: Image.Image, source: Image.Image) -> Image.Image:
    # The profile describes the same scale of grey at any bit depth.
    if "icc_profile" in source.info:
        made.info["icc_profile"] = source.info["icc_profile"]
    return made
