"""SQLite: the only package that knows SQL. The library's database is the truth; thumbnails are a cache beside it."""

from clipview.core.store.reading import Changes, EmbeddingRows, FileColumns, Model, PhotoDetails
from clipview.core.store.recording import Embedding, Outcome, Record, Recorded
from clipview.core.store.store import Folder, KnownFile, Store, StoreCounts
from clipview.core.store.thumbnails import ThumbnailStore

__all__ = [
    "Changes",
    "Embedding",
    "EmbeddingRows",
    "FileColumns",
    "Folder",
    "KnownFile",
    "Model",
    "Outcome",
    "PhotoDetails",
    "Record",
    "Recorded",
    "Store",
    "StoreCounts",
    "ThumbnailStore",
]
