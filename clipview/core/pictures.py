"""Pictures: how the bytes of a stranger's image file become upright sRGB pixels, within a memory budget.

Meant for a worker process: while a picture is opened, Pillow's process-wide switches are changed.
"""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from clipview.core import colour, rawfiles
from clipview.core.errors import UnreadableImageError
from clipview.core.metadata import read_metadata
from clipview.core.types import Metadata

log = logging.getLogger(__name__)

THUMBNAIL_PX: Final = 320
"""The longest side of a thumbnail; a scaled decode never goes below it."""

LEAST_SHARE: Final = 0.1
"""A cut-off picture of which less than this could be read is no picture."""


class Limits(Struct, frozen=True):
    """What one file may cost."""

    file_bytes: int = 512 << 20
    memory_bytes: int = 1536 << 20
    """For the decoded picture and what its decoder needs beside it."""


class Picture(Struct, frozen=True):
    """An opened image file."""

    image: Image.Image
    """Mode RGB, upright, sRGB; perhaps scaled down."""
    format: str
    """Pillow's name, or RAW."""
    width_px: int
    """Full width as shown, after the EXIF turn."""
    height_px: int
    metadata: Metadata
    damaged: str | None = None
    """Why only a part could be read; None when the file is whole."""


def open_picture(
    data: bytes,
    min_side_px: int | None,
    limits: Limits = Limits(),
    *,
    suffix: str = "",
    before_decoding: Callable[[int], None] = lambda _bytes: None,
) -> Picture:
    """Decode an image file once, scaled down as far as it is safe.

    Args:
        data: the file's bytes.
        min_side_px: the shortest side may shrink down to this, the longest down to a thumbnail's; None keeps every
            pixel.
        limits: a picture that needs more memory than this is refused before its pixels are touched.
        suffix: of the file's name, such as ".nef": camera RAW can't be told from TIFF by its first bytes.
        before_decoding: called once or twice with the bytes of memory that the decode needs, before it starts.

    A broken file gets a second try that takes what can be had; a part of the picture that is missing is grey, black
    or white.

    Raises:
        UnreadableImageError: the message is the reason.
        MemoryError: the estimate was too low, for a file that lies about itself.
    """
    if not data:
        raise UnreadableImageError("The file is empty.")
    try:
        with _pillow_switches(forgiving=False):
            return _open(data, suffix, min_side_px, limits, before_decoding)
    except (UnreadableImageError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001, RUF100 - hostile files make decoders raise nearly anything
        log.debug("Trying a broken file again: %r", error)
        reason = _reason(error, data)
    try:
        with _pillow_switches(forgiving=True):
            # With its end mark back, the decoder gives the part that is there, also of a progressive JPEG.
            mended = data + b"\xff\xd9" if _is_jpeg(data) else data
            picture = _open(mended, suffix, min_side_px, limits, before_decoding)
    except (UnreadableImageError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableImageError(reason) from error
    share = _share_decoded(picture.image)
    if share < LEAST_SHARE:
        raise UnreadableImageError(reason)
    if share > 0.995:
        return replace(picture, damaged="A part of the file is damaged; what could be read is shown.")
    return replace(picture, damaged=f"The image is cut off: about {share:.0%} of it could be read.")


def readable_bytes(count: int) -> str:
    """Write a number of bytes for people."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


# The explicit list keeps Pillow from formats that start other programs or that no photo has. MPO, two pictures in one
# file, comes under JPEG; Pillow knows no opener of that name.
_FORMATS: Final = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
        GifImagePlugin.GifImageFile,
        TiffImagePlugin.TiffImageFile,
        BmpImagePlugin.BmpImageFile,
        AvifImagePlugin.AvifImageFile,
    )
)

_TURNS: Final = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)
"""EXIF's orientation to what undoes it (EXIF 2.3, tag 0x0112)."""

_SIGNATURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


@contextlib.contextmanager
def _pillow_switches(*, forgiving: bool) -> Iterator[None]:
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    # The budget below replaces Pillow's limit, which is too low for panoramas and too high for small machines.
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, forgiving
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = before


def _open(
    data: bytes, suffix: str, min_side_px: int | None, limits: Limits, before_decoding: Callable[[int], None]
) -> Picture:
    def with_pillow(source: bytes) -> Picture:
        return _open_with_pillow(source, min_side_px, limits, before_decoding)

    def check(width: int, height: int, needed_bytes: int) -> None:
        _check_budget(width, height, needed_bytes, limits)
        before_decoding(needed_bytes)

    if not rawfiles.is_raw(data, suffix):
        return with_pillow(data)
    developed = rawfiles.develop(data, _least_sides(min_side_px), check)
    if developed.preview is not None:
        picture = with_pillow(developed.preview)
        image, metadata = picture.image, picture.metadata
    elif developed.image is not None:
        image, metadata = _scaled(developed.image, min_side_px), Metadata()
    if developed.exif is not None:
        metadata = developed.exif
    return Picture(image, "RAW", developed.width_px, developed.height_px, metadata)


def _open_with_pillow(
    data: bytes, min_side_px: int | None, limits: Limits, before_decoding: Callable[[int], None]
) -> Picture:
    with Image.open(io.BytesIO(data), formats=_formats_for(data)) as image:
        width, height = image.size
        scale = _jpeg_scale(image, min_side_px)
        needed = len(data) + _memory_needed(image, scale)
        _check_budget(width, height, needed, limits)
        before_decoding(needed)
        if scale > 1:
            image.draft(None, (width // scale, height // scale))
        image.load()
        # Both come after the pixels: Pillow finds some metadata of a PNG only then, and turns a TIFF by itself.
        metadata = read_metadata(image)
        orientation = _orientation(image)
        upright = colour.to_srgb(_scaled(colour.to_8_bit(image), min_side_px))
        if upright is image:  # closing the file must not take the pixels along
            upright = image.copy()
        name = image.format or "unknown"
    if orientation in _TURNS:
        upright = upright.transpose(_TURNS[orientation])
    if orientation >= 5:
        width, height = height, width
    return Picture(upright, name, width, height, metadata)


def _formats_for(data: bytes) -> tuple[str, ...]:
    """Return what Pillow may take the bytes for; the decoders of rarer formats are imported when they are needed."""
    if data[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
        return ("AVIF", "HEIF")
    if data.startswith((b"\xff\x0a", b"\x00\x00\x00\x0cJXL \r\n\x87\n")):
        try:
            import pillow_jxl  # noqa: F401 - registers itself
        except ImportError:
            msg = 'JPEG XL files need one more package: run pip install "clipview[jxl]".'
            raise UnreadableImageError(msg) from None
        return ("JXL",)
    return _FORMATS


def _least_sides(min_side_px: int | None) -> tuple[int, int] | None:
    """Return the least shortest and longest side of a decode."""
    return None if min_side_px is None else (min_side_px, max(min_side_px, THUMBNAIL_PX))


def _largest_factor(size: tuple[int, int], min_side_px: int | None) -> int:
    least = _least_sides(min_side_px)
    return 1 if least is None else max(1, min(min(size) // least[0], max(size) // least[1]))


def _jpeg_scale(image: Image.Image, min_side_px: int | None) -> int:
    """Return the power of two by which a JPEG can be scaled while it is decoded, which costs far less."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return 1
    largest = _largest_factor(image.size, min_side_px)
    return next(scale for scale in (8, 4, 2, 1) if scale <= largest)


def _scaled(image: Image.Image, min_side_px: int | None) -> Image.Image:
    factor = _largest_factor(image.size, min_side_px)
    if factor == 1:
        return image
    reduced = image.reduce(factor)
    reduced.info = image.info
    return reduced


def _memory_needed(image: Image.Image, scale: int) -> int:
    """Estimate the bytes that decoding takes at its peak."""
    pixels = image.size[0] * image.size[1]
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        pixel_bytes = 8 * (pixels // scale**2)  # four bytes a pixel, before and after the colours are converted
        if not image.info.get("progressive"):
            return pixel_bytes
        # All coefficients are kept until the last scan, two bytes each, at every scale.
        across = max((layer[1] for layer in image.layer), default=1)
        down = max((layer[2] for layer in image.layer), default=1)
        samples = sum(layer[1] * layer[2] for layer in image.layer) / max(1, across * down)
        return pixel_bytes + int(2 * pixels * samples)
    if image.mode in {"I", "F"}:
        return 20 * pixels  # as numbers of four bytes, in each step to eight bits
    bytes_per_pixel = 2 if image.mode.startswith("I;16") else 1 if image.mode in {"1", "L"} else 4
    # PNG and BMP are read row by row into the picture; the other decoders keep the picture in their own memory too,
    # and that of WebP, made for animations, keeps it twice.
    copies = {"PNG": 2, "BMP": 2, "WEBP": 4}.get(image.format or "", 3)
    return copies * bytes_per_pixel * pixels


def _check_budget(width: int, height: int, needed_bytes: int, limits: Limits) -> None:
    if needed_bytes > limits.memory_bytes:
        raise UnreadableImageError(
            f"The picture is {width} x {height} pixels and needs {readable_bytes(needed_bytes)} of memory to open; "
            f"ClipView allows {readable_bytes(limits.memory_bytes)}."
        )


def _orientation(image: Image.Image) -> int:
    if image.format == "JXL" and not getattr(image, "jpeg", False):
        return 1  # JPEG XL's own turn was applied by its decoder, and rules out EXIF's
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception as error:  # noqa: BLE001, RUF100 - as for metadata: what can't be read does not turn the picture
        log.debug("Ignoring unreadable EXIF: %r", error)
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _share_decoded(image: Image.Image) -> float:
    """Return how much of a picture lies above the flat area that decoders leave where data ran out."""
    rows = np.asarray(image)
    same = (rows == rows[-1, 0]).all(axis=(1, 2))
    missing = len(same) if same.all() else int(np.argmin(same[::-1]))
    return 1 - missing / len(same)


def _is_jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff")


def _reason(error: Exception, data: bytes) -> str:
    known = data.startswith(_SIGNATURES) or data[4:8] == b"ftyp" or data[8:12] == b"WEBP"
    if isinstance(error, UnidentifiedImageError):
        return "The image is damaged: its beginning can't be read." if known else "The file is not an image."
    if "decoder error" in str(error) or "broken data" in str(error):
        return "The image is damaged: its pixels can't be decoded."
    detail = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
    if "truncated" in detail or isinstance(error, EOFError):
        return "The image is cut off: nearly nothing of it could be read."
    return f"The image is damaged: {detail}."
