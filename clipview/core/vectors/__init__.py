"""How vectors are compared: which photos are near a vector, and how near.

`VectorSet` holds the truth in memory and scores all of it exactly. `NeighbourIndex` is a cache that finds the nearest
without looking at all. `Neighbours` joins the two so that an answer is complete whatever the cache has not seen yet.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clipview.core.types import Vector
from clipview.core.vectors.exact import Ids, Neighbour, VectorSet, VectorSnapshot, best
from clipview.core.vectors.hnsw import IndexDamagedError, IndexSeal, IndexStep, NeighbourIndex

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


class Neighbours:
    """The nearest photos of a `VectorSet`, complete at any moment.

    Small sets are compared exactly. Larger ones are answered by an index, and what it hasn't seen (new and replaced
    photos) by an exact scan; a search never waits for the index to take in photos. Every cosine is the set's own
    exact score. `nearest` is safe from any thread; one thread at a time calls the rest.
    """

    def __init__(self, vectors: VectorSet) -> None:
        self._vectors = vectors
        self._built = _Built(None, -1)

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
        # The set's order must be: all that is indexed, then all that isn't.
        last = int(kept[-1])
        vectors.move_to_end(snapshot.ids[:last][~same[:last]])
        neighbours = cls(vectors)
        neighbours._built = _Built(index, int(snapshot.serials[last]))
        return neighbours

    @property
    def pending(self) -> int:
        """How many photos `catch_up` would add."""
        snapshot = self._vectors.snapshot()
        if self._built.index is None and len(snapshot) < EXACT_BELOW:
            return 0
        return len(snapshot.since(self._built.through))

    def nearest(self, vector: Vector, k: int, ef: int | None = None) -> list[Neighbour]:
        """Return the k photos nearest to a unit vector, best first, ties by id; fewer only when fewer exist.

        Args:
            vector: shape (dim,), float32, unit length.
            ef: breadth of the index search, see `NeighbourIndex.nearest`.
        """
        built = self._built
        snapshot = self._vectors.snapshot()
        tail = snapshot.since(built.through)
        if built.index is None or len(tail) > EXACT_BELOW:
            return snapshot.nearest(vector, k)
        stale = max(0, len(built.index) - (len(snapshot) - len(tail)))
        candidates = built.index.nearest_unless_busy(vector, k + stale, ef) if stale <= EXACT_BELOW else None
        if candidates is None:
            return snapshot.nearest(vector, k)
        # Picked before the tail is taken: a photo replaced in between is then seen in one of them at least.
        picked = self._vectors.pick([photo_id for photo_id, _ in candidates])
        snapshot = self._vectors.snapshot()
        tail = snapshot.since(built.through)
        settled = picked.serials <= built.through
        fresh = ~np.isin(picked.ids, tail.ids)
        keep = settled & fresh
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
        index, through = self._built.index, self._built.through
        if index is None and len(snapshot) < EXACT_BELOW:
            return
        if index is not None:
            index.remove(np.setdiff1d(index.ids(), snapshot.ids, assume_unique=True))
        renew = index is not None and 4 * index.waste > len(index) + index.waste
        if index is None or renew:
            index, through = NeighbourIndex(self._vectors.dim, len(snapshot) + 1024), -1
        tail = snapshot.since(through)
        serials = tail.serials
        for step in index.build(tail.ids, tail.matrix, threads):
            if not renew or step.done == step.total:
                self._built = _Built(index, int(serials[step.done - 1]))
            yield step

    def save(self, path: Path) -> IndexSeal | None:
        """Write the index, if there is one; see `NeighbourIndex.save`."""
        return None if self._built.index is None else self._built.index.save(path)


@dataclass(frozen=True, slots=True)
class _Built:
    """An index, and the serial of the last row that it holds: replaced as one, so that readers see both or neither."""

    index: NeighbourIndex | None
    through: int
