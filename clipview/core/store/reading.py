"""Large reads: how rows of the database become arrays, and one photo's row becomes its description."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from clipview.core.encoders import QuantileScale
from clipview.core.errors import LibraryDamagedError
from clipview.core.packed import PackedRows, StoredRows, unpack
from clipview.core.store.sidecar_rows import beside_photos, told_by_sidecars
from clipview.core.types import Metadata

TOUCHED = " AND {photo_id} IN (SELECT photo_id FROM touched)"
"""Narrows a read to the photos that this connection changed; see `schema.watch_changes`."""

_ROWS_A_FETCH = 2048
_FILES_A_FETCH = 8192

_EMBEDDINGS = (
    "FROM embeddings e WHERE e.model_id = ? "
    "AND EXISTS (SELECT 1 FROM files f WHERE f.photo_id = e.photo_id AND f.missing_since IS NULL)"
)


class Model(Struct, frozen=True):
    """A search model that has vectors in this library."""

    model_id: int
    name: str
    fingerprint: str
    dim: int
    similar_dim: int
    default_scale: QuantileScale | None


class FileColumns(Struct, frozen=True, eq=False):
    """Present files of photos, as parallel columns ordered by photo id and path."""

    photo_ids: NDArray[np.int64]
    paths: list[bytes]
    dates_s: NDArray[np.int64]
    """When the photo was taken, else when the file was last changed: local seconds since 1970."""
    taken: NDArray[np.bool_]
    """Whether `dates_s` is the date taken."""
    colours: NDArray[np.uint32]
    """The photo's average colour, 0xRRGGBB."""
    formats: list[str]
    """Pillow's names, such as JPEG."""
    cameras: list[str]
    """Empty where the photo doesn't say."""
    sides_px: NDArray[np.int32]
    """Width and height as shown, shape (n, 2)."""
    placed: NDArray[np.bool_]
    """Whether the photo says where it was taken."""
    texts: list[str]
    """Caption and keywords, each on a line of its own; empty for most."""

    @classmethod
    def of(cls, parts: Sequence[Self]) -> Self:
        """Return the files of all parts, of which there is at least one, one after the other."""
        return cls(*(_join([getattr(part, name) for part in parts]) for name in cls.__struct_fields__))

    def joined(self, more: Self) -> Self:
        """Return these files and then those."""
        return self.of([self, more])

    def picked(self, files: NDArray[np.intp]) -> Self:
        """Return the files at these places, in that order."""
        return type(self)(*(_pick(getattr(self, name), files) for name in self.__struct_fields__))


class EmbeddingRows(Struct, frozen=True, eq=False):
    """Vectors of one model, of photos that have a present file, ordered by photo id."""

    photo_ids: NDArray[np.int64]
    search: StoredRows
    similar: StoredRows | None

    def picked(self, kept: NDArray[np.bool_]) -> Self:
        """Return only some photos, given one entry for each."""
        similar = None if self.similar is None else _pick_rows(self.similar, kept)
        return type(self)(self.photo_ids[kept], _pick_rows(self.search, kept), similar)


class Changes(Struct, frozen=True, eq=False):
    """What happened to photos since somebody last asked."""

    generation: int
    """After these changes."""
    photo_ids: NDArray[np.int64]
    """The photos that may have changed, ascending; those without files or vectors below have none any more."""
    columns: FileColumns
    rows: tuple[EmbeddingRows, ...]
    """In blocks; empty when no model was named."""


class PhotoDetails(Struct, frozen=True):
    """What is known of one photo."""

    paths: tuple[Path, ...]
    """Its present files, by path; its missing ones when it has no other."""
    size_bytes: int
    format: str
    width_px: int
    height_px: int
    damaged: str | None
    metadata: Metadata
    """What the person says, else its sidecars, else its file."""
    favourite: bool = False
    albums: tuple[str, ...] = ()
    """The manual albums that it is in, by name."""


def read_file_columns(connection: sqlite3.Connection, narrowed: str = "") -> FileColumns:
    """Read every present file; 100,000 take half a second. `narrowed`: "" or what `TOUCHED` is like."""
    return FileColumns.of([*each_file_columns(connection, narrowed)])


def each_file_columns(
    connection: sqlite3.Connection, narrowed: str = "", *, rows_at_once: int = _FILES_A_FETCH
) -> Iterator[FileColumns]:
    """Read present files in blocks, at least one, so that their rows are never in memory all at once."""
    cursor = connection.execute(
        "SELECT f.photo_id, f.path, p.taken_at IS NOT NULL, "  # noqa: S608 - our own fixed text
        "coalesce(unixepoch(p.taken_at), unixepoch(f.mtime_ns / 1000000000, 'unixepoch', 'localtime'), 0), "
        "p.colour, p.format, p.camera, p.width_px, p.height_px, p.latitude IS NOT NULL AND p.longitude IS NOT NULL, "
        "p.caption, nullif(p.keywords, '[]') FROM files f JOIN photos p ON p.id = f.photo_id "
        f"WHERE f.missing_since IS NULL{narrowed.format(photo_id='f.photo_id')} ORDER BY f.photo_id, f.path"
    )
    told = beside_photos(connection, narrowed)
    # The same few words in every row: each is kept once.
    known: dict[str, str] = {}
    rows = cursor.fetchmany(rows_at_once)
    while True:
        yield FileColumns(
            photo_ids=np.array([row[0] for row in rows], np.int64),
            paths=[row[1] for row in rows],
            dates_s=np.array([row[3] for row in rows], np.int64),
            taken=np.array([row[2] for row in rows], np.bool_),
            colours=np.array([row[4] for row in rows], np.uint32),
            formats=[known.setdefault(row[5], row[5]) for row in rows],
            cameras=[known.setdefault(row[6], row[6]) if row[6] else "" for row in rows],
            sides_px=np.array([row[7:9] for row in rows], np.int32).reshape(-1, 2),
            placed=np.array([row[9] for row in rows], np.bool_),
            texts=[
                ""
                if row[10] is row[11] is None and row[0] not in told
                else _text(row[10], row[11], told.get(row[0], ()))
                for row in rows
            ],
        )
        if not (rows := cursor.fetchmany(rows_at_once)):
            return


def read_embeddings(
    connection: sqlite3.Connection,
    model: Model,
    path: Path,
    take: Callable[[EmbeddingRows], None],
    narrowed: str = "",
    *,
    rows_at_once: int = _ROWS_A_FETCH,
) -> None:
    """Read one model's vectors by photo id and hand them over in blocks, so that they are in memory once only.

    Raises:
        LibraryDamagedError: a vector has the wrong length; `path` names the database in it.
    """
    with_similar = model.similar_dim != model.dim
    cursor = connection.execute(
        f"SELECT e.photo_id, e.search, e.similar {_EMBEDDINGS}{narrowed.format(photo_id='e.photo_id')} "
        "ORDER BY e.photo_id",
        (model.model_id,),
    )
    while rows := cursor.fetchmany(rows_at_once):
        take(
            EmbeddingRows(
                np.array([row[0] for row in rows], np.int64),
                _rows([row[1] for row in rows], model.dim, path),
                _rows([row[2] for row in rows], model.similar_dim, path) if with_similar else None,
            )
        )


def read_details(connection: sqlite3.Connection, photo_id: int) -> PhotoDetails | None:
    """Read what is known of one photo; None when it is not in the library."""
    photo = connection.execute(
        "SELECT format, width_px, height_px, damaged, taken_at, camera, lens, exposure_s, f_number, iso, "
        "focal_length_mm, latitude, longitude, caption, keywords, rating, people, places FROM photos WHERE id = ?",
        (photo_id,),
    ).fetchone()
    if photo is None:
        return None
    files = connection.execute(
        "SELECT path, size_bytes, missing_since IS NOT NULL FROM files WHERE photo_id = ? ORDER BY 3, path", (photo_id,)
    ).fetchall()
    shown = [file for file in files if file[2] == files[0][2]]
    (kind, width, height, damaged, taken_at, *rest, keywords, rating, people, places) = photo
    camera, lens, exposure_s, f_number, iso, focal_length_mm, latitude, longitude, caption = rest
    embedded = Metadata(
        taken_at=None if taken_at is None else datetime.fromisoformat(taken_at),
        camera=camera,
        lens=lens,
        exposure_s=exposure_s,
        f_number=f_number,
        iso=iso,
        focal_length_mm=focal_length_mm,
        latitude=latitude,
        longitude=longitude,
        caption=caption,
        keywords=tuple(json.loads(keywords)),
        rating=rating,
        people=tuple(json.loads(people)),
        places=tuple(json.loads(places)),
    )
    told = told_by_sidecars(connection, photo_id, embedded)
    mark = connection.execute(
        "SELECT coalesce(rating, ?), favourite, coalesce(caption, ?) FROM marks WHERE photo_id = ?",
        (told.rating, told.caption, photo_id),
    ).fetchone()
    if mark is not None:
        told = replace(told, rating=mark[0], caption=mark[2] or None)
    albums = connection.execute(
        "SELECT a.name FROM album_photos ap JOIN albums a ON a.id = ap.album_id WHERE ap.photo_id = ? "
        "ORDER BY a.name COLLATE NOCASE",
        (photo_id,),
    ).fetchall()
    return PhotoDetails(
        paths=tuple(Path(os.fsdecode(path)) for path, _, _ in shown),
        size_bytes=shown[0][1] if shown else 0,
        format=kind,
        width_px=width,
        height_px=height,
        damaged=damaged,
        metadata=told,
        favourite=mark is not None and bool(mark[1]),
        albums=tuple(row[0] for row in albums),
    )


def _text(caption: str | None, keywords: str | None, more: Sequence[str]) -> str:
    return "\n".join([*more, *([caption] if caption else []), *(json.loads(keywords) if keywords else [])])


def _join(columns: Sequence[Any]) -> Any:
    return list(chain.from_iterable(columns)) if isinstance(columns[0], list) else np.concatenate(columns)


def _pick(column: Any, places: NDArray[np.intp]) -> Any:
    return [column[place] for place in places.tolist()] if isinstance(column, list) else column[places]


def _pick_rows(rows: StoredRows, kept: NDArray[np.bool_]) -> StoredRows:
    return rows.picked(kept) if isinstance(rows, PackedRows) else rows[kept]


def _rows(stored: Sequence[bytes | None], dim: int, path: Path) -> StoredRows:
    try:
        return unpack(stored, dim)
    except ValueError as error:
        raise LibraryDamagedError(
            f"The library file {path} holds vectors of the wrong length. Run `clipview check --repair`, then "
            "`clipview index`."
        ) from error
