"""SQLite: the only package that knows SQL. The library's database is the truth; thumbnails are a cache beside it."""

from clipview.core.store.recording import Embedding, Outcome, Record, Recorded
from clipview.core.store.store import EmbeddingRows, FileColumns, Folder, KnownFile, Model, Store, StoreCounts
from clipview.core.store.thumbnails import ThumbnailStore

__all__ = [
    "Embedding",
    "EmbeddingRows",
    "FileColumns",
    "Folder",
    "KnownFile",
    "Model",
    "Outcome",
    "Record",
    "Recorded",
    "Store",
    "StoreCounts",
    "ThumbnailStore",
]
