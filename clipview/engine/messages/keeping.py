"""What a person says of photos: stars, albums, sidecars."""

from __future__ import annotations

from dataclasses import dataclass

from clipview.core.album_facts import AlbumFacts
from clipview.core.changes import AlbumKind, Change
from clipview.core.types import (
    Skipped,
)


@dataclass(frozen=True, slots=True)
class MakeChange:
    """Change stars, captions, favourites or albums."""

    number: int
    change: Change


@dataclass(frozen=True, slots=True)
class ChangeMade:
    """A change was made, or refused: then a `Notice` says why."""

    number: int
    undo: Change | None
    """What takes it back; None when it was refused."""


@dataclass(frozen=True, slots=True)
class DescribeAlbum:
    """Tell what there is to say about an album."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class AlbumLesson:
    """What a taught album has learned."""

    examples: int
    learned: bool
    """Whether one can tell what belongs to it."""
    proposals: tuple[int, ...]
    """Photos that it would like to know about, the likeliest first; not all of them."""


@dataclass(frozen=True, slots=True)
class AlbumDescription:
    """What there is to say about an album; `kind` and `facts` are None when there is none of this name any more."""

    number: int
    name: str
    kind: AlbumKind | None
    facts: AlbumFacts | None
    lesson: AlbumLesson | None = None
    """Of a taught album."""


@dataclass(frozen=True, slots=True)
class WriteSidecars:
    """Write stars, captions and tags of photos into XMP sidecars beside them."""

    photo_ids: tuple[int, ...]
    automatic: bool = False
    """Tags that were applied by themselves are keywords too."""


@dataclass(frozen=True, slots=True)
class SidecarsWritten:
    """How that went."""

    written: int
    unchanged: int
    skipped: tuple[Skipped, ...]
