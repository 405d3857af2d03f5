"""How vectors are compared: which photos are near a vector, and how near.

`VectorSet` holds the truth in memory and scores all of it exactly. `NeighbourIndex` is a cache that finds the nearest
without looking at all. `Neighbours` joins the two so that an answer is complete whatever the cache has not seen yet.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from clipview.core.types import Vector
from clipview.core.vectors.exact import Ids, Neighbour, VectorSet, VectorSnapshot, best
from clipview.core.vectors.hnsw import WIDEST_EF, IndexDamagedError, IndexSeal, IndexStep, NeighbourIndex

__all__ = [
    "EXACT_BELOW",
    "Ids",
    "IndexDamagedError",
    "IndexSeal",
    "IndexStep",
    "Neighbour",
    "NeighbourIndex",
    "Neighbours",
    "VectorSet",
    "VectorSnapshot",
]

log = logging.getLogger(__name__)

EXACT_BELOW = 5_000
"""Up to this many rows a plain scan (about a millisecond) beats building, keeping and trusting a graph."""

_COMPARED_AT_ONCE = 1024

_NEAREST, _SAMPLE = 100, 32

_MAY_MISS = _NEAREST * _SAMPLE // 100
"""One in a hundred: twice as good as what is promised, because it is a sample."""

_BREADTHS = (200, 256, 320, 400)
"""At least two for each photo that is wanted."""

_AGAIN_BELOW = 0.8
"""The breadth is measured again when the index has grown or shrunk to such a share."""


class Neighbours:
    """The nearest photos of a `VectorSet`, complete at any moment.

    Small sets are compared exactly. Larger ones are answered by an index, and what it hasn't seen (new and replaced
    photos) by an exact scan; a search never waits for the index to take in photos. Every cosine is the set's own
    exact score. `nearest` is safe from any thread; one thread at a time calls the rest.
    """

    def __init__(self, vectors: VectorSet) -> None:
        self._vectors = vectors
        self._built = _Built()

    @classmethod
    def load(cls, vectors: VectorSet, path: Path, seal: IndexSeal) -> Neighbours:
        """Open a saved index for a set that is filled already; raises IndexDamagedError when it is of no use.

        The index may be older than the set: each of its vectors is compared with the set's, bit by bit, and whatever
        differs or is missing counts as not yet indexed.
        """
        index = NeighbourIndex.load(path, seal, vectors.dim)
        indexed, saved = NeighbourIndex.saved_vectors(path, seal)
        snapshot = vectors.snapshot()
        index.remove(np.setdiff1d(indexed, snapshot.ids, assume_unique=True))
        order = np.argsort(indexed)
        current = np.flatnonzero(np.isin(snapshot.ids, indexed))
        places = order[np.searchsorted(indexed, snapshot.ids[current], sorter=order)]
        matrix = snapshot.matrix
        same = np.zeros(len(snapshot), np.bool_)
        for start in range(0, len(current), _COMPARED_AT_ONCE):
            block = slice(start, start + _COMPARED_AT_ONCE)
            same[current[block]] = (matrix[current[block]] == saved[places[block]]).all(axis=1)
        kept = np.flatnonzero(same)
        if len(kept) <= len(indexed) - len(kept):
            raise IndexDamagedError(f"{path} is right about only {len(kept)} of {len(indexed)} photos")
        last = int(kept[-1])
        neighbours = cls(vectors)
        neighbours._built = _Built(index, int(snapshot.serials[last]), snapshot.serials[:last][~same[:last]])
        return neighbours

    @property
    def pending(self) -> int:
        """How many photos `catch_up` would add."""
        snapshot = self._vectors.snapshot()
        if self._built.index is None and len(snapshot) < EXACT_BELOW:
            return 0
        return len(self._built.unseen(snapshot))

    def nearest(self, vector: Vector, k: int, ef: int | None = None) -> list[Neighbour]:
        """Return the k photos nearest to a unit vector, best first, ties by id; fewer only when fewer exist.

        Args:
            vector: shape (dim,), float32, unit length.
            ef: breadth of the index search, see `NeighbourIndex.nearest`.
        """
        built = self._built
        snapshot = self._vectors.snapshot()
        unseen = len(built.unseen(snapshot))
        if built.index is None or unseen > EXACT_BELOW:
            return snapshot.nearest(vector, k)
        stale = max(0, len(built.index) - (len(snapshot) - unseen))
        candidates = built.index.nearest_unless_busy(vector, k + stale, ef) if stale <= EXACT_BELOW else None
        if candidates is None:
            return snapshot.nearest(vector, k)
        # Picked before the tail is taken: a photo replaced in between is then seen in one of them at least.
        picked = self._vectors.pick([photo_id for photo_id, _ in candidates])
        snapshot = self._vectors.snapshot()
        tail = snapshot.take(built.unseen(snapshot))
        keep = built.has_seen(picked.serials) & ~np.isin(picked.ids, tail.ids)
        query = vector[np.newaxis]
        ids = np.concatenate([picked.ids[keep], tail.ids])
        scores = np.concatenate([picked.scores(query)[keep, 0], tail.scores(query)[:, 0]])
        found = best(ids, scores, k)
        if len(found) < min(k, len(snapshot)):
            log.debug("the index reached %d of %d photos; answering exactly", len(found), k)
            return snapshot.nearest(vector, k)
        return found

    def catch_up(self, threads: int = 1) -> Iterator[IndexStep]:
        """Bring the index up to the set as it is now; may stop at any yield and go on later.

        Removed photos leave the graph only when it is built anew, which happens here when they are a quarter of it;
        the old graph answers until then.
        """
        snapshot = self._vectors.snapshot()
        built = self._built
        if built.index is None and len(snapshot) < EXACT_BELOW:
            return
        index = built.index
        if index is not None:
            index.remove(np.setdiff1d(index.ids(), snapshot.ids, assume_unique=True))
        renew = index is not None and 4 * index.waste > len(index) + index.waste
        if index is None or renew:
            built = _Built()
            index = NeighbourIndex(self._vectors.dim, len(snapshot) + 1024)
        todo = snapshot.take(built.unseen(snapshot))
        for step in index.build(todo.ids, todo.matrix, threads):
            if not renew or step.done == step.total:
                left = todo.serials[step.done :]
                through = max(built.through, int(todo.serials[step.done - 1]))
                self._built = _Built(index, through, left[left < through])
            yield step
        if not _AGAIN_BELOW * len(index) < index.measured < len(index) / _AGAIN_BELOW:
            for _ in _measure_breadth(index, snapshot):
                yield IndexStep(len(todo), len(todo))

    def save(self, path: Path) -> IndexSeal | None:
        """Write the index, if there is one; see `NeighbourIndex.save`."""
        return None if self._built.index is None else self._built.index.save(path)


def _measure_breadth(index: NeighbourIndex, snapshot: VectorSnapshot) -> Iterator[None]:
    """Let an index search as narrowly as still finds the nearest photos of a sample; it depends on the vectors."""
    sample = np.random.default_rng(0).integers(0, len(snapshot), _SAMPLE)
    left = dict.fromkeys(_BREADTHS, _MAY_MISS)
    for place in sample:
        vector = snapshot.take(np.array([place])).matrix[0]
        nearest = {each.photo_id for each in snapshot.nearest(vector, _NEAREST)}
        for ef in left:
            left[ef] -= len(nearest.difference(each.photo_id for each in index.nearest(vector, _NEAREST, ef)))
        yield
    index.breadth = next((ef for ef in _BREADTHS if left[ef] >= 0), WIDEST_EF)
    index.measured = len(index)


class _Built(Struct, frozen=True, eq=False):
    """An index and what it holds: replaced as one, so that a reader never sees the one without the other."""

    index: NeighbourIndex | None = None
    through: int = -1
    """The highest serial in the index."""
    holes: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    """Lower serials that are not in it, ascending."""

    def unseen(self, snapshot: VectorSnapshot) -> NDArray[np.intp]:
        """Return the places of all that is not in the index, ascending."""
        start = int(np.searchsorted(snapshot.serials, self.through, side="right"))
        after = np.arange(start, len(snapshot))
        if len(self.holes) == 0:
            return after
        return np.concatenate([np.flatnonzero(np.isin(snapshot.serials[:start], self.holes)), after])

    def has_seen(self, serials: Ids) -> NDArray[np.bool_]:
        """Tell which rows are in the index as they are."""
        return (serials <= self.through) & ~np.isin(serials, self.holes)
