"""HNSW: the only module that knows hnswlib, and what it does with odd arguments and damaged files."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from clipview.core.errors import NoSpaceError
from clipview.core.flushing import flush, flush_folder
from clipview.core.types import Matrix, Vector
from clipview.core.vectors.exact import Ids, Neighbour, best

WIDEST_EF = 512
"""Search breadth (the `ef` of Malkov and Yashunin 2018) at which .98 or more of the 100 nearest are found."""

_M = 16
_EF_CONSTRUCTION = 200
_SPACE = "ip"
_ADD_BATCH = 64
_HEADER = np.dtype(
    [
        ("level_0_at", np.uint64),
        ("room", np.uint64),
        ("count", np.uint64),
        ("stride", np.uint64),
        ("label_at", np.uint64),
        ("vector_at", np.uint64),
        ("top_level", np.int32),
        ("entry", np.uint32),
        ("max_m", np.uint64),
        ("max_m_0", np.uint64),
        ("m", np.uint64),
        ("mult", np.float64),
        ("ef_construction", np.uint64),
    ]
)


class IndexDamagedError(Exception):
    """A saved index can't be trusted (missing, changed, or for other vectors): build it again.

    Never shown to a person: the index is a cache, and exact answers need none.
    """


class IndexStep(Struct, frozen=True):
    """How far an index has come."""

    done: int
    total: int


class IndexSeal(Struct, frozen=True):
    """What must hold for a saved index before it is opened; keep it in the database, apart from the file."""

    checksum: str
    """SHA-256 of the file, in hexadecimal."""
    size_bytes: int
    dim: int
    count: int
    """Vectors in the file, removed photos included."""
    space: str
    library: str
    """Name and version of what wrote the file: the format is its own."""
    breadth: int = WIDEST_EF
    """See `NeighbourIndex.breadth`."""
    measured: int = 0
    """How many vectors there were when it was measured."""


class NeighbourIndex:
    """An HNSW graph over photo ids; safe for any number of threads, one of which is inside at a time."""

    def __init__(self, dim: int, capacity: int = 1024) -> None:
        self.dim = dim
        self.breadth = WIDEST_EF
        """How wide a search is by default: the vectors decide how much of that finds the nearest."""
        self.measured = 0
        """How many vectors there were when the breadth was measured; 0 before that."""
        self._lock = threading.Lock()
        self._removed: set[int] = set()
        # The rows have unit length, so the inner product is the cosine; hnswlib's own "cosine" would normalise again
        # and give back other bits than were put in.
        self._graph: Any = _graph(dim)
        self._graph.init_index(max_elements=max(capacity, 16), M=_M, ef_construction=_EF_CONSTRUCTION)

    def __len__(self) -> int:
        return int(self._graph.get_current_count()) - len(self._removed)

    @property
    def waste(self) -> int:
        """How many removed photos still take part in every search."""
        return len(self._removed)

    def ids(self) -> Ids:
        """Return the photos in the index, ascending."""
        with self._lock:
            labels = np.sort(np.asarray(self._graph.get_ids_list(), dtype=np.int64))
            return labels[~np.isin(labels, list(self._removed))] if self._removed else labels

    def build(self, ids: Ids, matrix: Matrix, threads: int = 1) -> Iterator[IndexStep]:
        """Add many photos, a few between two yields; searches go on in between."""
        for start in range(0, len(ids), _ADD_BATCH):
            self.add(ids[start : start + _ADD_BATCH], matrix[start : start + _ADD_BATCH], threads)
            yield IndexStep(min(start + _ADD_BATCH, len(ids)), len(ids))

    def add(self, ids: Ids, matrix: Matrix, threads: int = 1) -> None:
        """Add photos, or move those that the index has to their new vectors.

        Args:
            ids: distinct.
            matrix: shape (len(ids), dim), unit length.
            threads: more than one makes the graph differ a little from run to run.
        """
        self._check(matrix, len(ids))
        if len(ids) == 0:
            return
        with self._lock:
            room, needed = self._graph.get_max_elements(), self._graph.get_current_count() + len(ids)
            if needed > room:
                self._graph.resize_index(max(needed, room + room // 2))
            self._graph.add_items(matrix, ids, num_threads=threads)
            # hnswlib itself takes the deletion mark off a label that is added again.
            self._removed.difference_update(ids.tolist())

    def remove(self, ids: Sequence[int] | Ids) -> None:
        """Leave photos out of every answer from now on; unknown ids are ignored."""
        with self._lock:
            known = set(self._graph.get_ids_list()) - self._removed
            for photo_id in known.intersection(np.asarray(ids).tolist()):
                self._graph.mark_deleted(photo_id)
                self._removed.add(photo_id)

    def nearest(self, vector: Vector, k: int, ef: int | None = None) -> list[Neighbour]:
        """Return about the k nearest photos to a unit vector, best first, ties by id; fewer when fewer exist.

        Args:
            vector: shape (dim,), float32, unit length.
            ef: search breadth, instead of the index's own.
        """
        self._check(vector[np.newaxis], 1)
        with self._lock:
            return self._search(vector, k, ef)

    def nearest_unless_busy(self, vector: Vector, k: int, ef: int | None = None) -> list[Neighbour] | None:
        """Do as `nearest`, but return None at once while another thread is inside."""
        self._check(vector[np.newaxis], 1)
        if not self._lock.acquire(blocking=False):
            return None
        try:
            return self._search(vector, k, ef)
        finally:
            self._lock.release()

    def save(self, path: Path) -> IndexSeal:
        """Write the index so that `path` is at any moment the old file or the whole new one.

        Raises NoSpaceError when the disk is full and OSError when it can't be written.
        """
        part = path.with_name(path.name + ".part")
        try:
            with self._lock:
                size, count = int(self._graph.index_file_size()), int(self._graph.get_current_count())
                self._write(part)
            # hnswlib ignores write errors, so only the length tells.
            written = part.stat().st_size
            if written != size:
                free_mb = shutil.disk_usage(part.parent).free // 1_000_000
                raise NoSpaceError(
                    f"Only {written:,} of {size:,} bytes of {path} could be written: {free_mb} MB are free on that "
                    "disk. Make room and try again."
                )
            checksum = _checksum(part)
            flush(part)
            part.replace(path)
            flush_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)
        version = _hnswlib_version()
        return IndexSeal(checksum, size, self.dim, count, _SPACE, version, self.breadth, self.measured)

    @classmethod
    def load(cls, path: Path, seal: IndexSeal, dim: int) -> NeighbourIndex:
        """Open a saved index; raises IndexDamagedError unless it is the very file that was sealed, for these vectors.

        All of that is verified before hnswlib sees the file: it crashes on damaged ones, or answers wrongly.
        """
        if (seal.dim, seal.space, seal.library) != (dim, _SPACE, _hnswlib_version()):
            raise IndexDamagedError(f"{path} was made for other vectors or by another version: {seal}")
        try:
            size = path.stat().st_size
            if size != seal.size_bytes or _checksum(path) != seal.checksum:
                raise IndexDamagedError(f"{path} is not the file that was saved")
        except OSError as error:
            raise IndexDamagedError(f"{path} can't be read: {error}") from error
        index = cls(dim)
        index._graph = _graph(dim)
        index._graph.load_index(os.fsencode(path), max_elements=seal.count + max(1024, seal.count // 8))
        index.breadth, index.measured = seal.breadth, seal.measured
        return index

    @staticmethod
    def saved_vectors(path: Path, seal: IndexSeal) -> tuple[Ids, Matrix]:
        """Return the photos in a saved index that `load` accepted, and their vectors as a read-only view of the file.

        hnswlib can give vectors back too, but as Python lists: three seconds for 100,000, with the interpreter's lock
        held. The layout is that of HierarchicalNSW::saveIndex in hnswlib 0.8; a file that is not laid out like that
        raises IndexDamagedError.
        """
        header = np.fromfile(path, _HEADER, count=1)
        stride, vector_at, label_at = (int(header[name][0]) for name in ("stride", "vector_at", "label_at"))
        expected = (seal.count, vector_at + 4 * seal.dim, label_at + 8)
        if (int(header["count"][0]), label_at, stride) != expected:
            raise IndexDamagedError(f"{path} is laid out in a way that this version does not know")
        row = np.dtype(
            {
                "names": ["vector", "label"],
                "formats": [(np.float32, (seal.dim,)), np.uint64],
                "offsets": [vector_at, label_at],
                "itemsize": stride,
            }
        )
        rows = np.memmap(path, row, mode="r", offset=_HEADER.itemsize, shape=(seal.count,))
        return rows["label"].astype(np.int64), rows["vector"]

    def _search(self, vector: Vector, k: int, ef: int | None) -> list[Neighbour]:
        k = min(k, len(self))
        breadth = max(ef or self.breadth, 2 * k)
        while k > 0:
            self._graph.set_ef(breadth)
            try:
                labels, distances = self._graph.knn_query(vector, k=k, num_threads=1)
            except RuntimeError:
                # hnswlib 0.8: "Cannot return the results in a contiguous 2D array. Probably ef or M is too small".
                # Arguments are checked, so fewer than k are within reach: many equal vectors can cut a graph apart.
                k //= 2
                continue
            return best(labels[0].astype(np.int64), np.float32(1) - distances[0], k)
        return []

    def _check(self, matrix: Matrix, count: int) -> None:
        if matrix.shape != (count, self.dim):
            raise ValueError(f"expected shape ({count}, {self.dim}), not {matrix.shape}")

    def _write(self, path: Path) -> None:
        # Marks stay out of the file: hnswlib can't list them after loading, and who loads it knows which photos exist.
        for photo_id in self._removed:
            self._graph.unmark_deleted(photo_id)
        try:
            with path.open("wb"):
                pass  # hnswlib would say nothing of a folder that is missing or can't be written.
            self._graph.save_index(os.fsencode(path))
        finally:
            for photo_id in self._removed:
                self._graph.mark_deleted(photo_id)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _graph(dim: int) -> Any:
    # The window reads messages about vectors without ever making a graph of them.
    import hnswlib

    return hnswlib.Index(space=_SPACE, dim=dim)


def _hnswlib_version() -> str:
    return f"hnswlib {importlib.metadata.version('hnswlib')}"
