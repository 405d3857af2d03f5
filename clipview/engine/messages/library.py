"""The library as a whole: its state, its models, the searches that it keeps."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from clipview.core.changes import AlbumKind
from clipview.core.model_facts import Int8Form, PictureRun


class AlbumRow(Struct, frozen=True):
    """An album as the sidebar lists it."""

    name: str
    kind: AlbumKind
    photos: int | None
    """None while it can't be said: a search album before the model is loaded."""


class SaveSearch(Struct, frozen=True):
    """Keep what is in the query bar under a name; replaces one of the same name."""

    name: str
    text: str


class ForgetSearch(Struct, frozen=True):
    """Drop a saved search."""

    name: str


class RememberSearch(Struct, frozen=True):
    """Keep a search for the history of the next window."""

    text: str


class ForgetSearches(Struct, frozen=True):
    """Drop all searches that were kept for the history."""


class ListRememberedSearches(Struct, frozen=True):
    """Tell which searches were kept for the history."""


class RememberedSearches(Struct, frozen=True):
    """The searches that were kept for the history."""

    texts: tuple[str, ...]
    """The latest first."""


class FolderNode(Struct, frozen=True):
    """A folder of the tree in the sidebar."""

    path: Path
    photos: int
    """In it and below it."""
    reachable: bool
    children: tuple[FolderNode, ...]


class SavedSearch(Struct, frozen=True):
    """A query kept under a name."""

    name: str
    text: str


class ModelState(Struct, frozen=True):
    """A search model that can be chosen."""

    name: str
    use: str
    """What it is good for, in a few words."""
    state: str
    """`built-in`, `ready` or `not downloaded`."""
    download_bytes: int
    licence: str
    run: PictureRun | None = None
    """How its pictures run, for the model in use once it is loaded; for its int8 form if that is in use."""
    int8: Int8Form | None = None
    """For the model in use, if it has one."""


class LibraryState(Struct, frozen=True):
    """Sent at the start and whenever it changes; the window then asks its current search anew."""

    generation: int
    photos: int
    searchable: int | None
    """None while the vectors are being read."""
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


class UseModel(Struct, frozen=True):
    """Search with another model; its vectors are built first, while the old one goes on answering."""

    name: str


class GetModel(Struct, frozen=True):
    """Download a model, then use it."""

    name: str


class ImportModel(Struct, frozen=True):
    """Take a model from a file, then use it."""

    file: Path
    architecture: str
    """The open_clip model that the file's weights belong to, such as ViT-B-32."""


class StopModel(Struct, frozen=True):
    """End a download; what has arrived stays, and is taken up next time."""


class ModelProgress(Struct, frozen=True):
    """How far a download has come."""

    name: str
    done_bytes: int
    total_bytes: int
    bytes_per_second: float


class ModelEnded(Struct, frozen=True):
    """A download, import or choice of a model ended."""

    name: str
    failure: str | None = None
