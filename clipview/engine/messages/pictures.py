"""Pictures to look at and to search by, and what is known of a photo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clipview.core.types import (
    Metadata,
    PhotoTag,
)


@dataclass(frozen=True, slots=True)
class CheckImage:
    """Find out whether something dropped or pasted can be a query image."""

    number: int
    source: Path | bytes
    """A file, or the bytes of one (a bitmap from another program, as PNG)."""


@dataclass(frozen=True, slots=True)
class ImageAccepted:
    """The image can be searched for: use `path` in an ImageTerm."""

    number: int
    path: Path
    name: str
    """For people; plain text."""
    preview_jpeg: bytes


@dataclass(frozen=True, slots=True)
class ImageRefused:
    """The image can't be read."""

    number: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ViewPicture:
    """Decode a photo for looking at; a newer request replaces one that has not begun."""

    number: int
    photo_id: int
    min_side_px: int | None
    """The shortest side may be scaled down to this for speed; None keeps every pixel."""


@dataclass(frozen=True, slots=True)
class PictureAnswer:
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


@dataclass(frozen=True, slots=True)
class ViewFile:
    """Decode an image that is searched by, for looking at; nothing comes back when it can't be."""

    number: int
    path: Path
    min_side_px: int
    """The shortest side may be scaled down to this for speed."""


@dataclass(frozen=True, slots=True)
class FileViewed:
    """An image that is searched by, upright, in sRGB."""

    number: int
    path: Path
    width_px: int
    height_px: int
    rgb: bytes
    """width x height x 3 bytes, without padding."""


@dataclass(frozen=True, slots=True)
class PictureRefused:
    """A photo that can't be shown now (its drive is away, the file is damaged)."""

    number: int
    photo_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class DescribePhoto:
    """Tell what is known of a photo."""

    number: int
    photo_id: int


@dataclass(frozen=True, slots=True)
class PhotoDescription:
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
