"""Which photo a file is: the rules that let photos keep their id through rename, move, copy, edit and return.

A photo is its content. In order: bytes the library knows are that photo, wherever they now lie; new bytes at a path the
library knows are an edit of the photo there; new bytes at a new path are a new photo.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection
from datetime import datetime
from enum import Enum
from pathlib import Path

import numpy as np
from msgspec import Struct

from clipview.core.packed import pack
from clipview.core.types import FileStamp, KnownContent, PhotoContent, Unreadable, Vector


class Outcome(Enum):
    """What became of a file that a scan looked at."""

    ADDED = "added"
    UPDATED = "updated"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


class Embedding(Struct, frozen=True):
    """One photo's vectors by one model."""

    model_id: int
    search: Vector
    similar: Vector | None


class Record(Struct, frozen=True):
    """What reading one file gave."""

    path: Path
    stamp: FileStamp
    content: PhotoContent | KnownContent | Unreadable
    embedding: Embedding | None = None


class Recorded(Struct, frozen=True):
    """Where a record went."""

    outcome: Outcome
    photo_id: int | None
    """None for a skipped file."""


def record_file(connection: sqlite3.Connection, record: Record, gone: Collection[bytes]) -> Recorded:
    """Write what reading one file gave; part of the caller's transaction.

    Args:
        connection: inside a transaction.
        record: what the file holds.
        gone: paths the library knows that this scan didn't find: a known photo seen elsewhere has moved from there.
    """
    path = os.fsencode(record.path)
    now = datetime.now().isoformat(timespec="seconds")
    if isinstance(record.content, Unreadable):
        connection.execute(
            "INSERT OR REPLACE INTO skipped (path, size_bytes, mtime_ns, reason, noticed_at) VALUES (?, ?, ?, ?, ?)",
            (path, record.stamp.size_bytes, record.stamp.mtime_ns, record.content.reason, now),
        )
        return Recorded(Outcome.SKIPPED, None)
    connection.execute("DELETE FROM skipped WHERE path = ?", (path,))
    there = _present_file(connection, path)
    photo_id = _photo_with(connection, record.content.content_hash)
    if photo_id is not None:
        outcome = _place_known_photo(connection, photo_id, there, path, record.stamp, gone)
    elif isinstance(record.content, KnownContent):
        # Its photo was edited in the meantime; the next scan reads the file again.
        return Recorded(Outcome.SKIPPED, None)
    elif there is not None and not _has_other_files(connection, there, gone):
        photo_id, outcome = there.photo_id, Outcome.UPDATED
        connection.execute("DELETE FROM embeddings WHERE photo_id = ?", (photo_id,))
        # The photo keeps its id but not its scores. They are kept again when the scan ends.
        connection.execute("DELETE FROM neutral_scores")
        _write_photo(connection, photo_id, record.content)
        _write_miniature(connection, photo_id, record.content)
        _stamp_file(connection, there.file_id, photo_id, path, record.stamp)
    else:
        photo_id = _insert_photo(connection, record.content, now)
        _write_miniature(connection, photo_id, record.content)
        if there is not None:
            outcome = Outcome.UPDATED
            _stamp_file(connection, there.file_id, photo_id, path, record.stamp)
        else:
            outcome = Outcome.ADDED
            _insert_file(connection, photo_id, path, record.stamp)
    if record.embedding is not None:
        write_embedding(connection, photo_id, record.embedding)
    return Recorded(outcome, photo_id)


def write_embedding(connection: sqlite3.Connection, photo_id: int, embedding: Embedding) -> None:
    """Store one photo's vectors; part of the caller's transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO embeddings (photo_id, model_id, search, similar) VALUES (?, ?, ?, ?)",
        (
            photo_id,
            embedding.model_id,
            pack(embedding.search),
            None if embedding.similar is None else pack(embedding.similar),
        ),
    )


def to_bytes(vectors: Vector) -> bytes:
    """The form in which vectors of texts are stored: little-endian float16."""
    return vectors.astype("<f2").tobytes()


def from_bytes(stored: bytes, dim: int) -> Vector:
    """The inverse of `to_bytes`, as float32 of shape (dim,)."""
    return np.frombuffer(stored, "<f2", dim).astype(np.float32)


class _File(Struct, frozen=True):
    file_id: int
    photo_id: int


def _present_file(connection: sqlite3.Connection, path: bytes) -> _File | None:
    row = connection.execute(
        "SELECT id, photo_id FROM files WHERE path = ? AND missing_since IS NULL", (path,)
    ).fetchone()
    return None if row is None else _File(*row)


def _photo_with(connection: sqlite3.Connection, content_hash: bytes) -> int | None:
    row = connection.execute("SELECT id FROM photos WHERE content_hash = ?", (content_hash,)).fetchone()
    return None if row is None else int(row[0])


def _place_known_photo(
    connection: sqlite3.Connection,
    photo_id: int,
    there: _File | None,
    path: bytes,
    stamp: FileStamp,
    gone: Collection[bytes],
) -> Outcome:
    """Make `path` a file of a photo that the library knows."""
    if there is not None and there.photo_id == photo_id:
        _stamp_file(connection, there.file_id, photo_id, path, stamp)
        return Outcome.UNCHANGED
    left = _file_it_left(connection, photo_id, path, gone)
    if there is not None:
        # Another photo's bytes now lie here: two files were swapped, or one was copied over the other.
        if left is not None:
            connection.execute("DELETE FROM files WHERE id = ?", (left.file_id,))
        _stamp_file(connection, there.file_id, photo_id, path, stamp)
        _remember_last_path(connection, there.photo_id, path, stamp)
        return Outcome.MOVED
    if left is None:
        _insert_file(connection, photo_id, path, stamp)
        return Outcome.ADDED
    came_back = left.path == path
    _stamp_file(connection, left.file_id, photo_id, path, stamp)
    return Outcome.UNCHANGED if came_back else Outcome.MOVED


def _remember_last_path(connection: sqlite3.Connection, photo_id: int, path: bytes, stamp: FileStamp) -> None:
    """Keep a missing entry for a photo that lost its only file, so that people can still be told where it was."""
    connection.execute(
        "INSERT INTO files (photo_id, path, size_bytes, mtime_ns, missing_since) SELECT ?1, ?2, ?3, ?4, ?5 "
        "WHERE NOT EXISTS (SELECT 1 FROM files WHERE photo_id = ?1)",
        (photo_id, path, stamp.size_bytes, stamp.mtime_ns, datetime.now().isoformat(timespec="seconds")),
    )


class _LeftFile(Struct, frozen=True):
    file_id: int
    path: bytes


def _file_it_left(
    connection: sqlite3.Connection, photo_id: int, path: bytes, gone: Collection[bytes]
) -> _LeftFile | None:
    """The file entry that a known photo no longer occupies: at this very path, else gone in this scan, else missing."""
    rows = connection.execute(
        "SELECT id, path, missing_since IS NOT NULL FROM files WHERE photo_id = ? ORDER BY id", (photo_id,)
    ).fetchall()
    free = [(file_id, old) for file_id, old, missing in rows if missing or old in gone]
    free.sort(key=lambda row: (row[1] != path, row[1] not in gone))
    return _LeftFile(*free[0]) if free else None


def _has_other_files(connection: sqlite3.Connection, there: _File, gone: Collection[bytes]) -> bool:
    rows = connection.execute(
        "SELECT path FROM files WHERE photo_id = ? AND id != ? AND missing_since IS NULL",
        (there.photo_id, there.file_id),
    ).fetchall()
    return any(path not in gone for (path,) in rows)


def _stamp_file(connection: sqlite3.Connection, file_id: int, photo_id: int, path: bytes, stamp: FileStamp) -> None:
    connection.execute(
        "UPDATE files SET photo_id = ?, path = ?, size_bytes = ?, mtime_ns = ?, missing_since = NULL WHERE id = ?",
        (photo_id, path, stamp.size_bytes, stamp.mtime_ns, file_id),
    )


def _insert_file(connection: sqlite3.Connection, photo_id: int, path: bytes, stamp: FileStamp) -> None:
    connection.execute(
        "INSERT INTO files (photo_id, path, size_bytes, mtime_ns) VALUES (?, ?, ?, ?)",
        (photo_id, path, stamp.size_bytes, stamp.mtime_ns),
    )


_PHOTO_COLUMNS = (
    "content_hash", "format", "width_px", "height_px", "colour", "damaged", "taken_at", "camera", "lens",
    "exposure_s", "f_number", "iso", "focal_length_mm", "latitude", "longitude", "caption", "keywords", "rating",
    "people", "places",
)  # fmt: skip


def _insert_photo(connection: sqlite3.Connection, content: PhotoContent, now: str) -> int:
    columns = ", ".join(_PHOTO_COLUMNS)
    marks = ", ".join("?" * len(_PHOTO_COLUMNS))
    cursor = connection.execute(
        f"INSERT INTO photos ({columns}, added_at) VALUES ({marks}, ?)",  # noqa: S608 - fixed column names
        (*_photo_values(content), now),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _write_photo(connection: sqlite3.Connection, photo_id: int, content: PhotoContent) -> None:
    columns = ", ".join(f"{name} = ?" for name in _PHOTO_COLUMNS)
    connection.execute(
        f"UPDATE photos SET {columns} WHERE id = ?",  # noqa: S608 - fixed column names
        (*_photo_values(content), photo_id),
    )


def _write_miniature(connection: sqlite3.Connection, photo_id: int, content: PhotoContent) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO miniatures (photo_id, pixels) VALUES (?, ?)", (photo_id, content.miniature)
    )


def _photo_values(content: PhotoContent) -> tuple[object, ...]:
    metadata = content.metadata
    red, green, blue = content.average_colour
    return (
        content.content_hash,
        content.format,
        content.width_px,
        content.height_px,
        red << 16 | green << 8 | blue,
        content.damaged,
        None if metadata.taken_at is None else metadata.taken_at.isoformat(timespec="seconds"),
        metadata.camera,
        metadata.lens,
        metadata.exposure_s,
        metadata.f_number,
        metadata.iso,
        metadata.focal_length_mm,
        metadata.latitude,
        metadata.longitude,
        metadata.caption,
        json.dumps(metadata.keywords),
        metadata.rating,
        json.dumps(metadata.people),
        json.dumps(metadata.places),
    )
