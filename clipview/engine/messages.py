"""What the window and the engine say to each other: frozen values, pickled over a pipe between our own two processes.

A request that carries a `number` is answered by messages with the same number; the window drops answers whose number is
no longer the newest of their kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipview.core.album_facts import AlbumFacts
from clipview.core.bin import Discard, Discarded
from clipview.core.changes import AlbumKind, Change
from clipview.core.duplicates import Alike, Duplicates
from clipview.core.places import Places
from clipview.core.types import (
    Backup,
    Explanation,
    Fold,
    Metadata,
    Months,
    PhotoFile,
    PhotoTag,
    Query,
    ScanStep,
    ScanSummary,
    Skipped,
)

# ---- searching ----


@dataclass(frozen=True, slots=True)
class Search:
    """Rank the library; a newer search replaces one that has not begun."""

    number: int
    query: Query
    """Text is what was typed: the engine also reads dates and file names in it."""
    fold: Fold | None = None
    """Tell which photos belong together."""


@dataclass(frozen=True, slots=True, eq=False)
class SearchAnswer:
    """The photos of a search, in order: first the strong ones, then the possible ones.

    Without terms in the query (browsing), all photos that pass the filters, newest first unless sorted otherwise.
    """

    number: int
    ids: NDArray[np.int64]
    colours: NDArray[np.uint32]
    """Average colours, 0xRRGGBB."""
    match: NDArray[np.uint8] | None
    """0 to 100; None when browsing."""
    offline: NDArray[np.bool_]
    """Whether the photo lies in a folder that can't be reached now."""
    stars: NDArray[np.int8]
    """0 to 5, -1 for rejected."""
    favourite: NDArray[np.bool_]
    own_order: bool
    """The photos stand in the order that somebody gave an album, not by date."""
    days: NDArray[np.int32]
    """Days since 1970-01-01 on which the photos were taken; the window groups them under headings when browsing."""
    strong: int
    possible: int
    named: int
    """How many of the strong ones were found by their file name."""
    total: int
    """Photos that pass the filters."""
    closest: bool
    """Nothing passed the line: `ids` holds the dozen closest photos, to be shown dimmed."""
    months: Months
    """When the matches were taken, also those that only a filter by date keeps out."""
    left_out: int
    """Screenshots and documents that pass the line and are kept apart."""
    groups: NDArray[np.int64] | None
    """As many as `ids`: equal numbers belong together, 0 is alone; None when not asked for."""
    date_words: str | None
    """The part of the text that was read as a date, such as "july 2019"; None when there was none."""
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class SearchRefused:
    """A search that can't be answered: an unreadable query image, a model that is gone."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class FindSimilar:
    """Name the photos that look most like one."""

    number: int
    photo_id: int
    count: int


@dataclass(frozen=True, slots=True)
class SimilarAnswer:
    """The neighbours of a photo, best first, without itself."""

    number: int
    photo_id: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListFilterChoices:
    """Tell what there is to filter by."""

    number: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter by."""

    name: str
    photos: int


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What there is to filter by, the most frequent first."""

    number: int
    types: tuple[Choice, ...]
    """Values of `type:`."""
    cameras: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ExplainMatch:
    """Tell why a photo has its place in the answer to a search."""

    number: int
    photo_id: int
    query: Query
    """As it was searched for."""


@dataclass(frozen=True, slots=True)
class MatchExplained:
    """Why a photo matches; None when there is nothing to tell, as while the model is loading."""

    number: int
    photo_id: int
    explanation: Explanation | None


# ---- pictures ----


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


# ---- duplicates and the bin ----


@dataclass(frozen=True, slots=True)
class ListDuplicates:
    """Name the files that are there several times in one way."""

    number: int
    alike: Alike


@dataclass(frozen=True, slots=True)
class DuplicatesAnswer:
    """The groups, what takes up most room first."""

    number: int
    alike: Alike
    groups: tuple[Duplicates, ...]


@dataclass(frozen=True, slots=True)
class ListFiles:
    """Name the present files of photos."""

    number: int
    photo_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FilesAnswer:
    """The files, by photo and path."""

    number: int
    files: tuple[PhotoFile, ...]


@dataclass(frozen=True, slots=True)
class MoveToBin:
    """Move files to the system's bin; the user has agreed to these."""

    discards: tuple[Discard, ...]


@dataclass(frozen=True, slots=True)
class BinEnded:
    """What became of a `MoveToBin`."""

    discarded: Discarded


# ---- folders and scans ----


@dataclass(frozen=True, slots=True)
class Scan:
    """Cover these folders too and scan them; without folders, scan all. Queued behind a scan that is going on."""

    folders: tuple[Path, ...] = ()
    retry_skipped: bool = False
    accept_missing: bool = False


@dataclass(frozen=True, slots=True)
class AddSamples:
    """Copy the sample photos beside the library, cover and scan them."""


@dataclass(frozen=True, slots=True)
class PauseScan:
    """Pause a scan between batches, or let it go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class StopScan:
    """End the scan; what it committed stays."""


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far a scan has come."""

    step: ScanStep
    paused: bool


@dataclass(frozen=True, slots=True)
class ScanEnded:
    """A scan came to its end, was stopped, or failed."""

    summary: ScanSummary | None
    """None when it was stopped or failed."""
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveFolder:
    """Stop covering a folder and forget its photos; the files are not touched."""

    path: Path


@dataclass(frozen=True, slots=True)
class Locate:
    """A covered folder lies elsewhere now: see whether its photos are there, then look for changes there."""

    old: Path
    new: Path


@dataclass(frozen=True, slots=True)
class LocateEnded:
    """The photos of a folder are known in its new place, or are not there."""

    old: Path
    new: Path
    photos: int
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """Name the files that were skipped."""

    number: int


@dataclass(frozen=True, slots=True)
class SetAsideAnswer:
    """The files that were skipped, with their reasons."""

    number: int
    skipped: tuple[Skipped, ...]


# ---- what a person says ----


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


@dataclass(frozen=True, slots=True)
class SidecarsWritten:
    """How that went."""

    written: int
    unchanged: int
    skipped: tuple[Skipped, ...]


# ---- the library as a whole ----


@dataclass(frozen=True, slots=True)
class AlbumRow:
    """An album as the sidebar lists it."""

    name: str
    kind: AlbumKind
    photos: int | None
    """None while it can't be said: a search album before the model is loaded."""


@dataclass(frozen=True, slots=True)
class SaveSearch:
    """Keep what is in the query bar under a name; replaces one of the same name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ForgetSearch:
    """Drop a saved search."""

    name: str


@dataclass(frozen=True, slots=True)
class FolderNode:
    """A folder of the tree in the sidebar."""

    path: Path
    photos: int
    """In it and below it."""
    reachable: bool
    children: tuple[FolderNode, ...]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query kept under a name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ModelState:
    """A search model that can be chosen."""

    name: str
    use: str
    """What it is good for, in a few words."""
    state: str
    """`built-in`, `ready` or `not downloaded`."""
    download_bytes: int
    licence: str


@dataclass(frozen=True, slots=True)
class LibraryState:
    """Sent at the start and whenever it changes; the window then asks its current search anew."""

    generation: int
    photos: int
    searchable: int
    missing: int
    set_aside: int
    model: str
    wanted_model: str
    folders: tuple[FolderNode, ...]
    saved_searches: tuple[SavedSearch, ...]
    models: tuple[ModelState, ...]
    paperwork: int = 0
    """Screenshots and documents, as far as they were looked for."""
    duplicates: int = 0
    """Pictures that are there several times."""
    albums: tuple[AlbumRow, ...] = ()
    favourites: int = 0
    found_in: int = 0
    """Moves on when groups and paperwork were looked for again."""


@dataclass(frozen=True, slots=True)
class UseModel:
    """Search with another model; its vectors are built first, while the old one goes on answering."""

    name: str


@dataclass(frozen=True, slots=True)
class GetModel:
    """Download a model, then use it."""

    name: str


@dataclass(frozen=True, slots=True)
class ImportModel:
    """Take a model from a file, then use it."""

    file: Path
    architecture: str
    """The open_clip model that the file's weights belong to, such as ViT-B-32."""


@dataclass(frozen=True, slots=True)
class StopModel:
    """End a download; what has arrived stays, and is taken up next time."""


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """How far a download has come."""

    name: str
    done_bytes: int
    total_bytes: int
    bytes_per_second: float


@dataclass(frozen=True, slots=True)
class ModelEnded:
    """A download, import or choice of a model ended."""

    name: str
    failure: str | None = None


# ---- life ----


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """The first message to a new engine; the client sends it by itself."""

    places: Places
    restore: str | None = None
    """First put this backup, by its file name, in the place of the database."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The engine has opened the library."""

    state: LibraryState


@dataclass(frozen=True, slots=True)
class Refused:
    """The engine can't open the library; it ends after this."""

    reason: str
    exit_code: int
    backups: tuple[Backup, ...] = ()
    """What could be brought back, when the library is damaged."""


@dataclass(frozen=True, slots=True)
class ListBackups:
    """Tell which copies of the library there are."""

    number: int


@dataclass(frozen=True, slots=True)
class BackupsAnswer:
    """The copies of the library, newest first."""

    number: int
    backups: tuple[Backup, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup is in the place of the database; what it replaced is kept."""

    backup: str
    """Its file name."""
    kept: Path | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know, in one sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Quit:
    """End at once; whatever is under way is dropped."""


@dataclass(frozen=True, slots=True)
class EngineDied:
    """The engine ended without being asked to; from the client.

    What was asked of it is lost. With `restarting`, a `Ready` or a `Refused` follows: then ask anew.
    """

    reason: str
    """For people, one sentence."""
    restarting: bool
