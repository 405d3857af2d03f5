"""What a library knows: folders, files, photos, embeddings, and what was skipped."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict
from numpy.typing import NDArray

from clipview.core.encoders import Encoder, QuantileScale
from clipview.core.store.calibrating import (
    StoredNeutral,
    read_bank,
    read_neutral,
    write_bank,
    write_neutral,
)
from clipview.core.store.connection import connect, translated_errors
from clipview.core.store.copies import read_copied_photos, read_photo_files
from clipview.core.store.database import Database
from clipview.core.store.forgetting import forget_folder
from clipview.core.store.looks import Looks, read_looks
from clipview.core.store.membership import StoredMembers
from clipview.core.store.personal import Personal
from clipview.core.store.reading import (
    TOUCHED,
    Changes,
    EmbeddingRows,
    FileColumns,
    Model,
    PhotoDetails,
    read_details,
    read_embeddings,
    read_file_columns,
)
from clipview.core.store.recording import Record, Recorded, from_bytes, record_file, to_bytes
from clipview.core.store.remembered import RememberedSearches
from clipview.core.store.rerooting import reroot
from clipview.core.store.sidecar_rows import SidecarRows
from clipview.core.store.start_copy import StartCopy
from clipview.core.store.tagging import TagTables
from clipview.core.types import FileStamp, Matrix, PhotoFile, Skipped


class Folder(Struct, frozen=True):
    """A folder that the library covers, with everything below it."""

    path: Path
    excludes: tuple[str, ...]


class KnownFile(Struct, frozen=True):
    """A file as the last scan left it."""

    photo_id: int
    stamp: FileStamp
    content_hash: bytes
    missing: bool


class StoreCounts(Struct, frozen=True):
    """What a library holds."""

    photos: int
    """Photos with a present file."""
    embedded: int
    """Of these, with vectors of the model asked for."""
    missing: int
    """Photos whose files are all missing."""
    failed: int
    """Files set aside with a reason."""


class Store(Database):
    """What a library's database holds, by use case; tags, albums and sidecars have doors of their own."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, write: bool) -> None:
        super().__init__(path, connection, write=write)
        self.members = StoredMembers(self._all_beside)
        self.personal = Personal(connection, self._reading, self._writing)
        self.sidecars = SidecarRows(connection, self._reading, self._writing)
        uncounted = partial(self._writing, counts=False)
        self.start_copy = StartCopy(path, connection, self._reading, uncounted)
        self.tags = TagTables(connection, uncounted, self._reading)
        self.remembered = RememberedSearches(connection, uncounted, self._reading)

    # ---- saved searches ----

    def saved_searches(self) -> list[tuple[str, str]]:
        """Return (name, text) of each saved search, by name."""
        return self._all("SELECT name, text FROM saved_searches ORDER BY name")

    def save_search(self, name: str, text: str) -> None:
        """Keep a search; replaces one of the same name."""
        with self._writing(counts=False):
            self._connection.execute("INSERT OR REPLACE INTO saved_searches VALUES (?, ?, ?)", (name, text, _now()))

    def forget_search(self, name: str) -> None:
        """Drop a saved search."""
        with self._writing(counts=False):
            self._connection.execute("DELETE FROM saved_searches WHERE name = ?", (name,))

    # ---- folders and files ----

    def folders(self) -> list[Folder]:
        """Return the folders that the library covers, by path."""
        rows = self._all("SELECT path, excludes FROM folders ORDER BY path")
        return [Folder(Path(os.fsdecode(path)), tuple(json.loads(excludes))) for path, excludes in rows]

    def put_folder(self, folder: Folder) -> None:
        """Cover a folder; folders inside it are folded into it, and its excludes replace earlier ones."""
        path = os.fsencode(folder.path)
        inside = [os.fsencode(known.path) for known in self.folders() if folder.path in known.path.parents]
        with self._writing():
            self._connection.executemany("DELETE FROM folders WHERE path = ?", [(each,) for each in inside])
            self._connection.execute(
                "INSERT INTO folders (path, excludes, added_at) VALUES (?, ?, ?) "
                "ON CONFLICT(path) DO UPDATE SET excludes = excluded.excludes",
                (path, json.dumps(folder.excludes), _now()),
            )

    def known_files(self) -> dict[bytes, KnownFile]:
        """Return every file by path; a present file wins over a missing one of the same path."""
        known = {}
        for some in self.each_known_files():
            known.update(some)
        return known

    def each_known_files(self, files_at_once: int = 8192) -> Iterator[dict[bytes, KnownFile]]:
        """Give what `known_files` returns in parts, later ones before earlier ones; others are served in between."""
        for missing in (True, False):
            after = -1
            while rows := self._all(
                "SELECT f.id, f.path, f.photo_id, f.size_bytes, f.mtime_ns, p.content_hash "
                "FROM files f JOIN photos p ON p.id = f.photo_id "
                "WHERE f.missing_since IS NOT NULL = ? AND f.id > ? ORDER BY f.id LIMIT ?",
                (missing, after, files_at_once),
            ):
                yield {
                    path: KnownFile(photo_id, FileStamp(size, mtime), content_hash, missing)
                    for _, path, photo_id, size, mtime, content_hash in rows
                }
                after = rows[-1][0]

    def present_files(self) -> dict[bytes, int]:
        """Return the photo of every present file, by path."""
        return dict(self._all("SELECT path, photo_id FROM files WHERE missing_since IS NULL"))

    def photo_of(self, path: Path) -> int | None:
        """Return the photo whose file lies at a path, or lay there last."""
        row = self._one(
            "SELECT photo_id FROM files WHERE path = ? ORDER BY missing_since IS NOT NULL, id DESC",
            (os.fsencode(path),),
        )
        return None if row is None else int(row[0])

    def files_of(self, photo_ids: Iterable[int]) -> dict[int, list[Path]]:
        """Return the present files of each of these photos, by path."""
        found = {}
        for photo_id in photo_ids:
            rows = self._all(
                "SELECT path FROM files WHERE photo_id = ? AND missing_since IS NULL ORDER BY path", (int(photo_id),)
            )
            found[int(photo_id)] = [Path(os.fsdecode(row[0])) for row in rows]
        return found

    def forget_folder(self, path: Path, before_commit: Callable[[Sequence[int]], None]) -> int | None:
        """Stop covering a folder and forget its photos; see `forgetting.forget_folder`.

        `before_commit` gets the ids of the forgotten photos, to drop what else is kept of them; if it fails, nothing
        was forgotten.

        Returns how many photos that were; None when the library doesn't cover the folder.
        """
        with self._writing():
            gone = forget_folder(self._connection, path)
            if gone is None:
                return None
            before_commit(gone)
            return len(gone)

    def reroot(self, old: Path, new: Path) -> int | None:
        """Let everything in and below one folder lie in another; see `rerooting.reroot`."""
        with self._writing():
            return reroot(self._connection, old, new)

    def details(self, photo_id: int) -> PhotoDetails | None:
        """Return what is known of one photo; None when it is not in the library."""
        with self._lock, translated_errors(self.path):
            return read_details(self._connection, photo_id)

    def photo_at(self, path: Path, stamp: FileStamp) -> int | None:
        """Return the photo whose file lies at `path`, if the file is as the last scan left it."""
        row = self._one(
            "SELECT photo_id FROM files WHERE path = ? AND size_bytes = ? AND mtime_ns = ? AND missing_since IS NULL",
            (os.fsencode(path), stamp.size_bytes, stamp.mtime_ns),
        )
        return None if row is None else int(row[0])

    def skipped(self) -> dict[bytes, tuple[FileStamp, str]]:
        """Return the files set aside, by path, with the reason."""
        rows = self._all("SELECT path, size_bytes, mtime_ns, reason FROM skipped ORDER BY path")
        return {path: (FileStamp(size, mtime), reason) for path, size, mtime, reason in rows}

    def skipped_list(self) -> list[Skipped]:
        """Return the files set aside, for people."""
        return [Skipped(Path(os.fsdecode(path)), reason) for path, (_, reason) in self.skipped().items()]

    def damaged_files(self) -> dict[bytes, str]:
        """Return the present files that could be read only in part, with the reason."""
        rows = self._all(
            "SELECT f.path, p.damaged FROM files f JOIN photos p ON p.id = f.photo_id "
            "WHERE p.damaged IS NOT NULL AND f.missing_since IS NULL"
        )
        return dict(rows)

    def record(
        self,
        records: Iterable[Record],
        gone: Collection[bytes],
        before_commit: Callable[[Sequence[Recorded]], None] | None = None,
    ) -> list[Recorded]:
        """Write what reading some files gave, in one transaction; see `recording.record_file`.

        `before_commit` writes what must not be missing once the photos are there (thumbnails); if it fails, nothing
        was recorded.
        """
        with self._writing():
            recorded = [record_file(self._connection, record, gone) for record in records]
            if before_commit is not None:
                before_commit(recorded)
            return recorded

    def restore(self, paths: Iterable[bytes]) -> None:
        """Take back that these files are missing: they lie where they lay, unchanged."""
        with self._writing():
            self._connection.executemany(
                "UPDATE files SET missing_since = NULL WHERE id = (SELECT max(id) FROM files WHERE path = ?)",
                [(path,) for path in paths],
            )

    def mark_missing(self, paths: Iterable[bytes]) -> int:
        """Note that these files were not where they lay; returns how many that was news for."""
        with self._writing():
            return self._connection.executemany(
                "UPDATE files SET missing_since = ? WHERE path = ? AND missing_since IS NULL",
                [(_now(), path) for path in paths],
            ).rowcount

    def drop_skipped(self, paths: Iterable[bytes]) -> None:
        """Forget that these files were set aside."""
        with self._writing():
            self._connection.executemany("DELETE FROM skipped WHERE path = ?", [(path,) for path in paths])

    def file_columns(self) -> FileColumns:
        """Return every present file as columns; 100,000 take half a second, a tenth of that with a `StartCopy`."""
        with self._reading():
            return self.start_copy.columns(self._connection)

    def looks(self) -> Looks:
        """Return what tells photos of the same picture or moment apart; see `read_looks`."""
        with self._lock, translated_errors(self.path):
            return read_looks(self._connection)

    def photo_files(self, photo_ids: Sequence[int]) -> list[PhotoFile]:
        """Return the present files of these photos, by photo and path."""
        with self._lock, translated_errors(self.path):
            return read_photo_files(self._connection, photo_ids)

    def copied_photos(self) -> list[int]:
        """Return the ids of photos that have several present files, ascending."""
        with self._lock, translated_errors(self.path):
            return read_copied_photos(self._connection)

    def counts(self, model_id: int | None) -> StoreCounts:
        """Count what the library holds, with the embeddings of one model."""
        photos = self._count("SELECT count(DISTINCT photo_id) FROM files WHERE missing_since IS NULL")
        total = self.known_photos()
        embedded = self._count(
            "SELECT count(*) FROM embeddings WHERE model_id = ? "
            "AND photo_id IN (SELECT photo_id FROM files WHERE missing_since IS NULL)",
            (model_id,),
        )
        return StoreCounts(photos, embedded, total - photos, self.skipped_count())

    def known_photos(self) -> int:
        """Count all photos, those that are missing too."""
        return self._count("SELECT count(*) FROM photos")

    def skipped_count(self) -> int:
        """Count the files set aside."""
        return self._count("SELECT count(*) FROM skipped")

    def count_waiting(self, model_id: int) -> int:
        """Count the photos that lack vectors of a model and could have them: those not set aside as unreadable."""
        return self._count(
            "SELECT count(DISTINCT f.photo_id) FROM files f WHERE f.missing_since IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.model_id = ? AND e.photo_id = f.photo_id) "
            "AND NOT EXISTS (SELECT 1 FROM skipped s WHERE s.path = f.path)",
            (model_id,),
        )

    def ids_by_content(self, limit: int) -> list[int]:
        """Return photo ids in the order of their content hashes: a sample that doesn't depend on indexing order."""
        rows = self._all("SELECT id FROM photos ORDER BY content_hash LIMIT ?", (limit,))
        return [row[0] for row in rows]

    # ---- models and vectors ----

    def models(self) -> list[Model]:
        """Return the models that have, or had, vectors here; the newest weights of a name come last."""
        rows = self._all("SELECT id, name, fingerprint, dim, similar_dim, default_scale FROM models ORDER BY id")
        return [
            Model(model_id, name, fingerprint, dim, similar_dim, _read_scale(scale))
            for model_id, name, fingerprint, dim, similar_dim, scale in rows
        ]

    def put_model(self, encoder: Encoder) -> Model:
        """Return the model with an encoder's weights, noting it when it is new."""
        scale = encoder.default_scale
        with self._writing():
            self._connection.execute(
                "INSERT INTO models (name, fingerprint, dim, similar_dim, default_scale) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT(fingerprint) DO UPDATE SET name = excluded.name, default_scale = excluded.default_scale",
                (
                    encoder.name,
                    encoder.fingerprint,
                    encoder.dim,
                    encoder.similar_dim,
                    None if scale is None else json.dumps(asdict(scale)),
                ),
            )
        return next(model for model in self.models() if model.fingerprint == encoder.fingerprint)

    def embedded_photos(self, model_id: int) -> set[int]:
        """Return the ids of the photos that have vectors of this model."""
        return {row[0] for row in self._all("SELECT photo_id FROM embeddings WHERE model_id = ?", (model_id,))}

    def each_embedding(self, model: Model, take: Callable[[EmbeddingRows], None]) -> None:
        """Hand over one model's vectors of all photos that have a present file, in blocks.

        See `StartCopy.each_embedding`.
        """
        # A reader of its own: while it reads for half a second, what a first page needs is asked for.
        # Each block is taken while the database reads the next: either takes about as long.
        with (
            translated_errors(self.path),
            closing(connect(self.path, write=False)) as own,
            ThreadPoolExecutor(1, "vectors") as beside,
        ):
            taken: Future[None] | None = None

            def hand_over(rows: EmbeddingRows) -> None:
                nonlocal taken
                if taken is not None:
                    taken.result()
                taken = beside.submit(take, rows)

            own.execute("BEGIN")
            self.start_copy.each_embedding(own, model, hand_over)
            if taken is not None:
                taken.result()

    def stored_vectors(
        self, model_id: int, photos_at_once: int = 4096
    ) -> Iterator[list[tuple[int, bytes, bytes | None]]]:
        """Give one model's vectors as they are stored (see `packed`), in blocks of (photo_id, search, similar)."""
        after = -1
        while rows := self._all(
            "SELECT photo_id, search, similar FROM embeddings WHERE model_id = ? AND photo_id > ? "
            "ORDER BY photo_id LIMIT ?",
            (model_id, after, photos_at_once),
        ):
            yield rows
            after = rows[-1][0]

    def changes(self, model: Model | None) -> Changes | None:
        """Return what this writer did to photos since the last call, with the vectors of one model, and forget it.

        None for a reader, which can't know.
        """
        if not self._write:
            return None
        with self._reading():
            touched = self._connection.execute("SELECT photo_id FROM touched ORDER BY photo_id").fetchall()
            rows: list[EmbeddingRows] = []
            if model is not None:
                read_embeddings(self._connection, model, self.path, rows.append, TOUCHED)
            changes = Changes(
                self.generation,
                np.array([row[0] for row in touched], np.int64),
                read_file_columns(self._connection, TOUCHED),
                tuple(rows),
            )
            self._connection.execute("DELETE FROM touched")
            return changes

    def cached_texts(self, model_id: int, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the stored vectors of texts that this model has already encoded."""
        found: dict[str, NDArray[np.float32]] = {}
        for text in texts:
            row = self._one("SELECT vector FROM texts WHERE model_id = ? AND text = ?", (model_id, text))
            if row is not None:
                found[text] = from_bytes(row[0], len(row[0]) // 2)
        return found

    def cache_texts(self, model_id: int, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep the vectors of texts."""
        with self._writing(counts=False):
            self._connection.executemany(
                "INSERT OR REPLACE INTO texts (model_id, text, vector) VALUES (?, ?, ?)",
                [(model_id, text, to_bytes(vector)) for text, vector in vectors.items()],
            )

    def bank(self, model_id: int, signature: str, dim: int) -> Matrix | None:
        """Return the vectors of a fixed bank of texts, shape (n, dim), or None."""
        with self._lock, translated_errors(self.path):
            return read_bank(self._connection, model_id, signature, dim)

    def put_bank(self, model_id: int, signature: str, vectors: Matrix) -> None:
        """Keep the vectors of a bank of texts; earlier banks of the model are dropped."""
        with self._writing(counts=False):
            write_bank(self._connection, model_id, signature, vectors)

    def neutral(self, model_id: int) -> StoredNeutral | None:
        """Return what photos score over a bank of texts, as it was kept; see `read_neutral`."""
        with self._lock, translated_errors(self.path):
            return read_neutral(self._connection, model_id)

    def put_neutral(self, model_id: int, neutral: StoredNeutral) -> None:
        """Keep what photos score over a bank of texts."""
        with self._writing(counts=False):
            write_neutral(self._connection, model_id, neutral)

    def neighbour_seal(self, model_id: int) -> str | None:
        """Return what the neighbour file of a model must look like, as it was sealed."""
        row = self._one("SELECT seal FROM neighbour_files WHERE model_id = ?", (model_id,))
        return None if row is None else str(row[0])

    def put_neighbour_seal(self, model_id: int, seal: str, generation: int) -> None:
        """Keep the seal of a model's neighbour file, and the generation of the vectors in it."""
        with self._writing(counts=False):
            self._connection.execute(
                "INSERT OR REPLACE INTO neighbour_files (model_id, seal, generation) VALUES (?, ?, ?)",
                (model_id, seal, generation),
            )

    def keep_neighbour_seal(self, model_id: int, generation: int) -> None:
        """Note that a neighbour file, if there is one, still holds all vectors at a later generation."""
        with self._writing(counts=False):
            self._connection.execute(
                "UPDATE neighbour_files SET generation = ? WHERE model_id = ?", (generation, model_id)
            )

    def neighbours_are_current(self, model_id: int) -> bool:
        """Tell whether nothing has changed since a model's neighbour file was found complete."""
        row = self._one("SELECT generation FROM neighbour_files WHERE model_id = ?", (model_id,))
        return row is not None and int(row[0]) == self.generation

    def drop_neighbour_seal(self, model_id: int) -> None:
        """Forget that a model has a neighbour file."""
        with self._writing(counts=False):
            self._connection.execute("DELETE FROM neighbour_files WHERE model_id = ?", (model_id,))

    # ---- health ----

    def drop_embeddings(self, rows: Iterable[tuple[int, int]]) -> None:
        """Forget vectors by (photo_id, model_id); the next scan makes them again."""
        with self._writing():
            self._connection.executemany("DELETE FROM embeddings WHERE photo_id = ? AND model_id = ?", rows)
            self._connection.execute("DELETE FROM neutral_scores")


def _read_scale(stored: str | None) -> QuantileScale | None:
    if stored is None:
        return None
    anchors = json.loads(stored)
    return QuantileScale(tuple(anchors["text"]), tuple(anchors["image"]), anchors["spread"])


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
