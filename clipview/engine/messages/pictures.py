"""Pictures to look at and to search by, and what is known of a photo."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from clipview.core.types import Metadata, PhotoTag


class CheckImage(Struct, frozen=True):
    """Find out whether something dropped or pasted can be a query image."""

    number: int
    source: Path | bytes
    """A file, or the bytes of one (a bitmap from another program, as PNG)."""


class ImageAccepted(Struct, frozen=True):
    """The image can be searched for: use `path` in an ImageTerm."""

    number: int
    path: Path
    name: str
    """For people; plain text."""
    preview_jpeg: bytes


class ImageRefused(Struct, frozen=True):
    """The image can't be read."""

    number: int
    name: str
    reason: str


class ViewPicture(Struct, frozen=True):
    """Decode a photo for looking at; a newer request replaces one that has not begun."""

    number: int
    photo_id: int
    min_side_px: int | None
    """The shortest side may be scaled down to this for speed; None keeps every pixel."""


class PictureAnswer(Struct, frozen=True):
    """A photo's picture, upright, in sRGB."""

    number: int
    photo_id: int
    width_px: int
    """Of the pixels that follow."""
    height_px: int
    full_width_px: int
    full_height_px: int
    rgb: bytes
    """width x height x 3 bytes, without padding."""


class ViewFile(Struct, frozen=True):
    """Decode an image that is searched by, for looking at; nothing comes back when it can't be."""

    number: int
    path: Path
    min_side_px: int
    """The shortest side may be scaled down to this for speed."""


class FileViewed(Struct, frozen=True):
    """An image that is searched by, upright, in sRGB."""

    number: int
    path: Path
    width_px: int
    height_px: int
    rgb: bytes
    """width x height x 3 bytes, without padding."""


class PictureRefused(Struct, frozen=True):
    """A photo that can't be shown now (its drive is away, the file is damaged)."""

    number: int
    photo_id: int
    reason: str


class DescribePhoto(Struct, frozen=True):
    """Tell what is known of a photo."""

    number: int
    photo_id: int


class PhotoDescription(Struct, frozen=True):
    """What is known of a photo, for the info panel."""

    number: int
    photo_id: int
    paths: tuple[Path, ...]
    """Its files, the first being the one that is shown; empty when the photo is gone."""
    reachable: bool
    """Whether the first file is there now."""
    size_bytes: int
    format: str
    width_px: int
    height_px: int
    damaged: str | None
    metadata: Metadata
    favourite: bool = False
    albums: tuple[str, ...] = ()
    """The manual albums that it is in."""
    tags: tuple[PhotoTag, ...] = ()
    """What it is tagged with, then what is in doubt and what was refused."""
