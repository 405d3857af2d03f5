"""The frozen values that cross every boundary in ClipView."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vector: TypeAlias = "NDArray[np.float32]"
"""One embedding: shape (dim,), float32, unit length."""

Matrix: TypeAlias = "NDArray[np.float32]"
"""Embeddings, one a row: shape (n, dim), float32, unit length."""

ModelInput: TypeAlias = "tuple[NDArray[np.uint8], ...]"
"""What an encoder's preparation makes of one picture: fixed-shape uint8 arrays, cheap to send between processes."""


MINIATURE_PX = 16
"""The side of the grey miniature by which saved-again pictures are recognised."""


class Metadata(Struct, frozen=True):
    """What a photo's EXIF, XMP and IPTC say; None or empty where they say nothing.

    Text is cleaned of control characters and capped, but is otherwise whatever the file holds: treat it as plain text.
    """

    taken_at: datetime | None = None
    """Local time at the camera, without a zone."""
    camera: str | None = None
    lens: str | None = None
    exposure_s: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length_mm: float | None = None
    latitude: float | None = None
    """Degrees, north positive."""
    longitude: float | None = None
    """Degrees, east positive."""
    caption: str | None = None
    keywords: tuple[str, ...] = ()
    rating: int | None = None
    """0 to 5 stars, -1 for rejected, as in XMP."""
    people: tuple[str, ...] = ()
    """Names of the people in it."""
    places: tuple[str, ...] = ()
    """Names of where it was taken, from the narrowest (a spot, a city) to the widest (a country)."""


class PhotoContent(Struct, frozen=True):
    """Everything that one look at a file's bytes gives."""

    content_hash: bytes
    """SHA-256 of the file's bytes, 32 bytes."""
    format: str
    """Pillow's name of the file format, such as JPEG or HEIF."""
    width_px: int
    """Width as shown, after the EXIF turn."""
    height_px: int
    metadata: Metadata
    average_colour: tuple[int, int, int]
    """Mean sRGB of the picture, for placeholders."""
    miniature: bytes
    """`MINIATURE_PX` x `MINIATURE_PX` grey values, row by row, of the whole picture squeezed into a square."""
    thumbnail_jpeg: bytes
    model_input: ModelInput
    damaged: str | None = None
    """Why the file is only partly readable; None when it is whole."""


class KnownContent(Struct, frozen=True):
    """A file whose bytes the library already holds: only its hash was computed, no pixel was decoded."""

    content_hash: bytes


class Unreadable(Struct, frozen=True):
    """A file that gave no picture."""

    reason: str
    """A sentence without the path, such as "The file is empty."."""


class FileStamp(Struct, frozen=True):
    """What tells that a file may have changed, without reading it."""

    size_bytes: int
    mtime_ns: int


class Skipped(Struct, frozen=True):
    """A file that is not in the library, and why."""

    path: Path
    reason: str


CRASHED = "Opening this file crashed the decoder twice; it is left alone until it changes."
"""The reason of a file that ended the processes which opened it."""


class Band(StrEnum):
    """How well a photo answers a query."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


class Sort(StrEnum):
    """The order of results."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


class Fold(StrEnum):
    """Which photos are shown as one. Equal files are one photo anyway."""

    PICTURE = "picture"
    """The same picture saved again, resized or slightly cropped."""
    MOMENT = "moment"
    """These, and what the same camera took of the same thing within seconds."""


class Paperwork(StrEnum):
    """What becomes of screenshots and documents among the results."""

    SHOW = "show"
    LEAVE_OUT = "leave out"
    """Unless they are found by their file name."""
    ONLY = "only"


class TextTerm(Struct, frozen=True):
    """A description to look for; a negative weight pushes away what matches it."""

    text: str
    weight: float = 1.0


class Box(Struct, frozen=True):
    """A part of a picture, in shares of its width and height as it is shown; ValueError unless 0 <= low < high <= 1."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise ValueError(f"{self} is no part of a picture")


class ImageTerm(Struct, frozen=True):
    """A picture to look for, as an image file on this machine."""

    path: Path
    weight: float = 1.0
    box: Box | None = None
    """Only what is inside counts; the whole picture when None."""


Term = TextTerm | ImageTerm


class Shape(StrEnum):
    """The form of a photo as shown; a panorama is also landscape."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"
    SQUARE = "square"
    PANORAMA = "panorama"


class Filters(Struct, frozen=True):
    """What a photo must fulfil to be considered at all: everything that is said here. Names are compared folded."""

    folders: tuple[Path, ...] = ()
    """Inside any of these folders; anywhere when empty."""
    since: date | None = None
    """First day, inclusive."""
    until: date | None = None
    """Last day, inclusive."""
    folder_names: tuple[str, ...] = ()
    """Below any folder in whose name one of these stands at the start of a word; "2019/beach" names one in another."""
    formats: tuple[str, ...] = ()
    """In any of these file formats, by Pillow's names."""
    shapes: tuple[Shape, ...] = ()
    """Of any of these forms."""
    cameras: tuple[str, ...] = ()
    """Taken with a camera in whose name any of these stands."""
    min_rating: int | None = None
    """At least so many stars; a photo without any counts as 0, a rejected one as -1."""
    has_place: bool | None = None
    """Says where it was taken, or doesn't."""
    favourite: bool | None = None
    """Is a favourite, or isn't."""
    words: tuple[str, ...] = ()
    """Each of these stands literally in a file name, the caption or a keyword."""
    tags: tuple[str, ...] = ()
    """Carries each of these."""
    albums: tuple[str, ...] = ()
    """Is in each of these."""
    unwanted: tuple[Filters, ...] = ()
    """Fulfils none of these."""

    @property
    def told_by_people(self) -> bool:
        """Whether which photos pass also depends on what people say of photos: stars, favourites, tags, albums."""
        said = self.min_rating is not None or self.favourite is not None or bool(self.tags or self.albums)
        return said or any(each.told_by_people for each in self.unwanted)


STRICTNESS = 50
"""The usual strictness, and the one that docs/relevance.md measures."""


class Query(Struct, frozen=True):
    """One question to the library."""

    terms: tuple[Term, ...] = ()
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.BEST
    limit: int | None = None
    include_weak: bool = False
    also_names: bool = False
    """Count photos whose file name has the text of the first term at the start of a word as perfect matches."""
    strictness: int = STRICTNESS
    """0 to 100: the match from which a photo is strong; what is possible begins 15 below."""
    paperwork: Paperwork = Paperwork.SHOW
    more: tuple[int, ...] = ()
    """Photos whose like is wanted, by id; they lead the results."""
    less: tuple[int, ...] = ()
    """Photos whose like is not wanted, by id; they are no results."""

    @property
    def searches(self) -> bool:
        """Whether anything is looked for; otherwise the photos are only browsed."""
        return bool(self.terms or self.more or self.less)


class Months(Struct, frozen=True):
    """How many photos were taken in each month of a span."""

    first: int = 0
    """The first month, counted from January 1970."""
    counts: tuple[int, ...] = ()


class Source(StrEnum):
    """Where a photo's tag comes from."""

    CONFIRMED = "confirmed"
    """A person agreed with the model."""
    REJECTED = "rejected"
    """A person said that the photo doesn't show this; the model never proposes it again."""
    TYPED = "typed"
    """A person gave it."""
    FILE = "file"
    """A keyword that another program wrote."""
    AUTOMATIC = "automatic"


class PhotoTag(Struct, frozen=True):
    """One tag of one photo, or one that was refused or is in doubt."""

    name: str
    source: Source
    confidence: float
    applied: bool
    """Whether the photo has the tag."""


class PhotoFile(Struct, frozen=True):
    """One present file of a photo."""

    photo_id: int
    path: Path
    size_bytes: int
    changed_at: datetime
    """When the file was last changed, in local time."""
    taken_at: datetime | None
    format: str
    width_px: int
    height_px: int


class Hit(Struct, frozen=True):
    """One photo that answers a query."""

    photo_id: int
    path: Path
    match: int
    """0 to 100, comparable between queries, libraries and models."""
    band: Band
    score: float
    """The model's own score (a cosine for a single term); comparable within one query only."""
    taken_at: datetime | None


class Results(Struct, frozen=True):
    """The answer to a query: counts over all photos that pass the filters, and the hits asked for."""

    model: str
    total: int
    strong: int
    possible: int
    hits: tuple[Hit, ...]


class Reason(Struct, frozen=True):
    """What one part of a query gives to a photo."""

    term: Term | None
    """None for the marked photos."""
    match: int
    """How well the photo matches this part alone, 0 to 100."""
    points: int
    """How many percent of the whole match it gives, or takes away."""
    agrees: tuple[str, ...] = ()
    """For a picture: what it and the photo both show, in words of the vocabulary."""


class Explanation(Struct, frozen=True):
    """Why a photo matches a query."""

    photo_id: int
    match: int
    """0 to 100, as in the results."""
    named: bool
    """The match is that of its file name, whatever it shows."""
    better_than: float
    """Percent of the other photos of the library that match less."""
    reasons: tuple[Reason, ...]
    """One for each term, in the order of the query, then one for the marks."""
    words: tuple[str, ...]
    """What the photo shows in words of the vocabulary, the closest first; empty without a vocabulary."""


class Phase(Enum):
    """What a scan is doing."""

    WALKING = "walking"
    INDEXING = "indexing"
    FINISHING = "finishing"


class ScanStep(Struct, frozen=True):
    """How far a scan has come; given between batches, where it may also be stopped."""

    phase: Phase
    done: int
    """Files dealt with; while walking, files found."""
    total: int
    """Files to deal with; 0 while walking."""
    photos_per_second: float | None = None
    seconds_left: float | None = None
    skipped: int = 0
    photo_ids: tuple[int, ...] = ()
    """Photos committed since the step before."""


class ScanSummary(Struct, frozen=True):
    """What a scan found and did, in files."""

    added: int
    updated: int
    moved: int
    unchanged: int
    """Of all the files seen, those as the library knew them, the ones that came back included."""
    restored: int
    """Of the unchanged ones, those that an earlier scan had missed."""
    missing: int
    """Files that this scan was the first to miss."""
    held_back: int
    """Files that were not found, but are too many to be believed lost; nothing was changed for them."""
    skipped: tuple[Skipped, ...]
    damaged: tuple[Skipped, ...]
    """Files that are in the library although they could be read only in part."""
    unavailable: tuple[Skipped, ...]
    """Folders that could not be looked through, with the reason; nothing below them counts as missing."""
    seconds: float
    photos_per_second: float


class Backup(Struct, frozen=True):
    """A copy of a library's database, as one chooses between them."""

    path: Path
    made_at: datetime
    """Local time."""
    size_bytes: int
    photos: int
    albums: int
    marked: int
    """Photos with stars, a caption or a heart of the user's own."""
