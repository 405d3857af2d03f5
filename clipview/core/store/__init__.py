"""SQLite: the only package that knows SQL. The library's database is the truth; thumbnails are a cache beside it."""

from clipview.core.store.calibrating import StoredNeutral
from clipview.core.store.looks import NO_DATE, Looks
from clipview.core.store.personal import AlbumHead, Personal
from clipview.core.store.reading import Changes, EmbeddingRows, FileColumns, Model, PhotoDetails
from clipview.core.store.recording import Embedding, Outcome, Record, Recorded
from clipview.core.store.schema import LIBRARY_ID
from clipview.core.store.sidecar_rows import KnownSidecar, SidecarRecord, SidecarRows
from clipview.core.store.store import Folder, KnownFile, Store, StoreCounts
from clipview.core.store.thumbnails import ThumbnailStore

__all__ = [
    "LIBRARY_ID",
    "NO_DATE",
    "AlbumHead",
    "Changes",
    "Embedding",
    "EmbeddingRows",
    "FileColumns",
    "Folder",
    "KnownFile",
    "KnownSidecar",
    "Looks",
    "Model",
    "Outcome",
    "Personal",
    "PhotoDetails",
    "Record",
    "Recorded",
    "SidecarRecord",
    "SidecarRows",
    "Store",
    "StoreCounts",
    "StoredNeutral",
    "ThumbnailStore",
]
