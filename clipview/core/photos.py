"""Photos: one careful look at one file gives everything that the library keeps of it.

Meant for a worker process; see `decoding`.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image

from clipview.core.encoders import Preparation
from clipview.core.errors import UnreadableImageError
from clipview.core.pictures import THUMBNAIL_PX, Limits, open_picture, readable_bytes
from clipview.core.types import MINIATURE_PX, FileStamp, KnownContent, ModelInput, PhotoContent, Unreadable

log = logging.getLogger(__name__)

UNSEEN: Final = FileStamp(0, 0)
"""Stands for a file that could not be looked at, or not be read to its end."""


def read_photo(
    path: Path,
    preparation: Preparation,
    is_known: Callable[[bytes, FileStamp], bool],
    limits: Limits,
    before_decoding: Callable[[int], None] = lambda _bytes: None,
) -> tuple[FileStamp, PhotoContent | KnownContent | Unreadable]:
    """Read a file once and make of it what the library keeps.

    Args:
        path: the file; a link to one will do.
        preparation: makes the model's input.
        is_known: asked once with the SHA-256 of the bytes; when it says yes, nothing is decoded.
        limits: what the file may cost.
        before_decoding: as in `open_picture`.

    Whatever is wrong with the file is an Unreadable, never an exception. The stamp is as in `read_bytes`.
    """
    stamp, data = read_bytes(path, limits)
    if isinstance(data, Unreadable):
        return stamp, data
    digest = hashlib.sha256(data).digest()
    if is_known(digest, stamp):
        return stamp, KnownContent(digest)
    return stamp, content_of(data, digest, preparation, limits, suffix=path.suffix, before_decoding=before_decoding)


def read_bytes(path: Path, limits: Limits) -> tuple[FileStamp, bytes | Unreadable]:
    """Read a whole regular file, without ever waiting for a pipe or a device that goes by a photo's name.

    The stamp is that of the bytes, or of a file that is refused for its kind or size; `UNSEEN` when reading failed.
    """
    try:
        # Looked at before it is opened, since opening a device can do things; and again after, since it can be swapped.
        status = path.stat()
        refusal = _refusal(status, limits)
        if refusal is not None:
            return _stamp(status), Unreadable(refusal)
        descriptor = os.open(path, _OPEN_FLAGS)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - it is a descriptor, not a path
            before = os.fstat(descriptor)
            stamp = _stamp(before)
            refusal = _refusal(before, limits)
            if refusal is not None:
                return stamp, Unreadable(refusal)
            data = file.read(before.st_size + 1)
            changed = len(data) != before.st_size or _stamp(os.fstat(descriptor)) != stamp
    # Without a stamp the next scan looks again: a drive that fails today may work tomorrow.
    except FileNotFoundError:
        return UNSEEN, Unreadable("The file is no longer there.")
    except PermissionError:
        return UNSEEN, Unreadable("You have no permission to read this file. Change its permissions, then scan again.")
    except OSError as error:
        return UNSEEN, Unreadable(f"The file could not be read: {error.strerror or error}.")
    except ValueError:  # a name with a zero byte in it
        return UNSEEN, Unreadable("The file's name is not one that the system can open.")
    if changed:
        return UNSEEN, Unreadable("The file changed while it was being read; it will be read again at the next scan.")
    return stamp, data


def content_of(
    data: bytes,
    digest: bytes,
    preparation: Preparation,
    limits: Limits,
    *,
    suffix: str = "",
    before_decoding: Callable[[int], None] = lambda _bytes: None,
) -> PhotoContent | Unreadable:
    """Decode an image file's bytes, once, into what the library keeps; arguments as in `read_photo`."""
    try:
        picture = open_picture(data, preparation.min_side_px, limits, suffix=suffix, before_decoding=before_decoding)
        thumbnail = _thumbnail(picture.image)
        return PhotoContent(
            content_hash=digest,
            format=picture.format,
            width_px=picture.width_px,
            height_px=picture.height_px,
            metadata=picture.metadata,
            average_colour=_average_colour(thumbnail),
            miniature=_miniature(thumbnail),
            thumbnail_jpeg=_jpeg(thumbnail),
            model_input=_prepared(picture.image, preparation),
            damaged=picture.damaged,
        )
    except UnreadableImageError as error:
        return Unreadable(str(error))
    except MemoryError:
        allowed = readable_bytes(limits.memory_bytes)
        return Unreadable(f"Opening the picture takes more memory than the {allowed} that ClipView allows.")


_OPEN_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def _refusal(status: os.stat_result, limits: Limits) -> str | None:
    if not stat.S_ISREG(status.st_mode):
        return "It has a photo's name but is not a file (a folder, a pipe, a socket or a device)."
    if status.st_size == 0:
        return "The file is empty."
    if status.st_size > limits.file_bytes:
        return (
            f"The file has {readable_bytes(status.st_size)}; "
            f"ClipView opens photos of up to {readable_bytes(limits.file_bytes)}."
        )
    return None


def _stamp(status: os.stat_result) -> FileStamp:
    return FileStamp(status.st_size, status.st_mtime_ns)


def _prepared(image: Image.Image, preparation: Preparation) -> ModelInput:
    try:
        return preparation(image)
    except MemoryError:
        raise
    except Exception as error:
        # Our own mistake, or torn pixels: either way one odd picture must not end a scan.
        log.exception("A picture of %s could not be prepared", image.size)
        raise UnreadableImageError(
            f"The picture can't be prepared for searching ({error!r}). Please report this."
        ) from error


def _thumbnail(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= THUMBNAIL_PX:
        return image
    width, height = (max(1, round(side * THUMBNAIL_PX / longest)) for side in image.size)
    # As sharp as bicubic when shrinking, at half its cost (https://pillow.readthedocs.io, "Filters"); the gap lets
    # whole pixels be averaged first, which halves it again.
    return image.resize((width, height), Image.Resampling.HAMMING, reducing_gap=1.5)


def _average_colour(image: Image.Image) -> tuple[int, int, int]:
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).tobytes()
    return red, green, blue


def _miniature(image: Image.Image) -> bytes:
    return image.convert("L").resize((MINIATURE_PX, MINIATURE_PX), Image.Resampling.BOX).tobytes()


def _jpeg(image: Image.Image) -> bytes:
    plain = io.BytesIO()
    # Nothing of `image.info` is passed on: profile and metadata would be larger than the picture.
    image.save(plain, "JPEG", quality=82, subsampling="4:2:0", icc_profile=None, exif=b"", comment=b"")
    return plain.getvalue()
