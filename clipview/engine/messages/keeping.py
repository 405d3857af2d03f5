"""What a person says of photos: stars, albums, sidecars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from clipview.core.changes import AlbumKind, Change
from clipview.core.types import Skipped

if TYPE_CHECKING:
    from clipview.core.album_facts import AlbumFacts


class MakeChange(Struct, frozen=True):
    """Change stars, captions, favourites or albums."""

    number: int
    change: Change


class ChangeMade(Struct, frozen=True):
    """A change was made, or refused: then a `Notice` says why."""

    number: int
    undo: Change | None
    """What takes it back; None when it was refused."""


class DescribeAlbum(Struct, frozen=True):
    """Tell what there is to say about an album."""

    number: int
    name: str


class AlbumLesson(Struct, frozen=True):
    """What a taught album has learned."""

    examples: int
    learned: bool
    """Whether one can tell what belongs to it."""
    proposals: tuple[int, ...]
    """Photos that it would like to know about, the likeliest first; not all of them."""


class AlbumDescription(Struct, frozen=True):
    """What there is to say about an album; `kind` and `facts` are None when there is none of this name any more."""

    number: int
    name: str
    kind: AlbumKind | None
    facts: AlbumFacts | None
    lesson: AlbumLesson | None = None
    """Of a taught album."""


class WriteSidecars(Struct, frozen=True):
    """Write stars, captions and tags of photos into XMP sidecars beside them."""

    photo_ids: tuple[int, ...]
    automatic: bool = False
    """Tags that were applied by themselves are keywords too."""


class SidecarsWritten(Struct, frozen=True):
    """How that went."""

    written: int
    unchanged: int
    skipped: tuple[Skipped, ...]
