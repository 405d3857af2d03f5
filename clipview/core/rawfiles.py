"""RAW files: LibRaw, which is optional, and what of a camera's negative is worth decoding."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable

from msgspec import Struct
from PIL import Image

from clipview.core.errors import UnreadableImageError
from clipview.core.folders import RAW_SUFFIXES
from clipview.core.metadata import combine
from clipview.core.types import Metadata
from clipview.core.xmp import Xmp


class Developed(Struct, frozen=True):
    """What a RAW file gives: either the camera's own JPEG or developed pixels."""

    width_px: int
    """Full size as shown."""
    height_px: int
    preview: bytes | None
    """A JPEG file that carries its own turn."""
    image: Image.Image | None
    """Upright, mode RGB, perhaps half the size."""
    exif: Metadata | None
    """Read from the negative itself; None where only LibRaw understands its layout."""


def is_raw(data: bytes, suffix: str) -> bool:
    """Say whether this is a camera's negative; a JPEG that goes by such a name is not."""
    return suffix.lower() in RAW_SUFFIXES and not data.startswith(b"\xff\xd8\xff")


def develop(
    data: bytes, least_sides_px: tuple[int, int] | None, before_decoding: Callable[[int, int, int], None]
) -> Developed:
    """Take the embedded JPEG when it is large enough, which is far quicker; develop the negative otherwise.

    Args:
        data: the file's bytes.
        least_sides_px: the shortest and the longest side to keep; None for the full size.
        before_decoding: called with width, height and the bytes of memory that developing needs.

    Raises:
        UnreadableImageError: rawpy is not installed, or LibRaw can't read the file.
    """
    if importlib.util.find_spec("rawpy") is None:
        raise UnreadableImageError('Camera RAW files need one more package: run pip install "clipview[raw]".')
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            width, height = raw.sizes.width, raw.sizes.height
            full = (height, width) if raw.sizes.flip in {5, 6} else (width, height)
            least = least_sides_px or (round(0.9 * min(full)), round(0.9 * max(full)))
            preview = _preview(raw, least)
            if preview is not None:
                return Developed(*full, preview, None, _exif(data))
            half = least_sides_px is not None and min(full) >= 2 * least[0] and max(full) >= 2 * least[1]
            # Beside the sensor's 16 bits LibRaw holds four 16-bit colours and then the finished 8-bit pixels.
            before_decoding(*full, width * height * (5 if half else 16))
            pixels = raw.postprocess(use_camera_wb=True, half_size=half, output_bps=8)
    except rawpy.LibRawError as error:
        raise UnreadableImageError(f"The RAW file can't be read: {_text(error)}.") from error
    return Developed(*full, None, Image.fromarray(pixels), _exif(data))


def _preview(raw: object, least: tuple[int, int]) -> bytes | None:
    import rawpy

    try:
        thumbnail = raw.extract_thumb()  # type: ignore[attr-defined]  # rawpy has no types
    except rawpy.LibRawError:
        return None
    if thumbnail.format != rawpy.ThumbFormat.JPEG:
        return None
    preview = bytes(thumbnail.data)
    try:
        with Image.open(io.BytesIO(preview), formats=("JPEG",)) as image:
            large_enough = min(image.size) >= least[0] and max(image.size) >= least[1]
    except (OSError, SyntaxError, ValueError):
        return None
    return preview if large_enough else None


def _exif(data: bytes) -> Metadata | None:
    if not data.startswith((b"II*\x00", b"MM\x00*")):
        return None
    exif = Image.Exif()
    try:
        exif.load(data)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError):
        return None
    return combine(exif, Xmp(), {})


def _text(error: Exception) -> str:
    message = error.args[0] if error.args else ""
    return (message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)).rstrip(".")
