"""What a person can change about photos and albums, as values: each can be done, and doing it gives what undoes it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from clipview.core.errors import ClipViewError

MOST_STARS = 5
LONGEST_NAME = 100
LONGEST_CAPTION = 2000


class AlbumKind(StrEnum):
    """Where an album's photos come from."""

    MANUAL = "manual"
    """Somebody put them in, in an order."""
    SEARCH = "search"
    """A search finds them, anew at every look."""
    TAUGHT = "taught"
    """They are like examples, and unlike others."""


class Mark(Struct, frozen=True):
    """What a person says of one photo; it wins over what the file says."""

    photo_id: int
    rating: int | None = None
    """0 to 5 stars; None leaves it to the file."""
    favourite: bool = False
    caption: str | None = None
    """None leaves it to the file."""


class AlbumContent(Struct, frozen=True):
    """Everything that an album is."""

    name: str
    kind: AlbumKind = AlbumKind.MANUAL
    photo_ids: tuple[int, ...] = ()
    """In order, of a manual album."""
    search: str | None = None
    """Of a search album: see `stored_query`."""
    cover: int | None = None
    """The photo that was chosen to stand for it; None leaves that to the album's facts."""
    examples: tuple[int, ...] = ()
    """Of a taught album: photos that belong to it."""
    counter_examples: tuple[int, ...] = ()
    """Of a taught album: photos that don't."""


class Rate(Struct, frozen=True):
    """Give stars."""

    photo_ids: tuple[int, ...]
    stars: int | None
    """0 to 5; None goes back to what the file says."""


class Favour(Struct, frozen=True):
    """Make photos favourites, or no longer."""

    photo_ids: tuple[int, ...]
    favourite: bool


class Describe(Struct, frozen=True):
    """Give a photo a caption."""

    photo_id: int
    caption: str | None
    """None goes back to what the file says."""


class SetMarks(Struct, frozen=True):
    """Set everything that is said of photos, exactly."""

    marks: tuple[Mark, ...]


class MakeAlbum(Struct, frozen=True):
    """Make an album."""

    album: AlbumContent


class DropAlbum(Struct, frozen=True):
    """Delete an album; its photos stay where they are."""

    name: str


class RenameAlbum(Struct, frozen=True):
    """Give an album another name."""

    old: str
    new: str


class AddToAlbum(Struct, frozen=True):
    """Put photos into a manual album, or examples into a taught one; those that are in it stay where they are."""

    name: str
    photo_ids: tuple[int, ...]


class RemoveFromAlbum(Struct, frozen=True):
    """Take photos out of a manual album; in a taught one they become counter-examples."""

    name: str
    photo_ids: tuple[int, ...]


class ArrangeAlbum(Struct, frozen=True):
    """Move photos of a manual album, in this order, to stand before another of its photos; None: at the end."""

    name: str
    photo_ids: tuple[int, ...]
    before: int | None


class SetAlbum(Struct, frozen=True):
    """Give an album other content and maybe another name."""

    name: str
    album: AlbumContent


class SetCover(Struct, frozen=True):
    """Choose the photo that stands for an album."""

    name: str
    photo_id: int | None


class Several(Struct, frozen=True):
    """Do these one after the other, all or none."""

    changes: tuple[Change, ...]


Change = (
    Rate
    | Favour
    | Describe
    | SetMarks
    | MakeAlbum
    | DropAlbum
    | RenameAlbum
    | AddToAlbum
    | RemoveFromAlbum
    | ArrangeAlbum
    | SetAlbum
    | SetCover
    | Several
)


def check_stars(stars: int | None) -> None:
    """Refuse what is no number of stars, with a ClipViewError."""
    if stars is not None and not 0 <= stars <= MOST_STARS:
        raise ClipViewError(f"A photo has 0 to {MOST_STARS} stars, not {stars}. Give a number in between.")


def clean_name(name: str) -> str:
    """Return an album's name as it is kept: one line without spaces around it; ClipViewError when nothing is left."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if not words:
        raise ClipViewError("An album needs a name. Give it one or more letters.")
    if len(words) > LONGEST_NAME:
        raise ClipViewError(f"An album's name has at most {LONGEST_NAME} letters, not {len(words)}. Shorten it.")
    return words


def clean_caption(caption: str | None) -> str | None:
    """Return a caption as it is kept."""
    return None if caption is None else caption.strip()[:LONGEST_CAPTION]
