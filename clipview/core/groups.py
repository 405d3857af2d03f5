"""Which photos show the same picture, and which belong to one moment.

Same picture: saved again, resized, lightly cropped or brightened. Candidates come from hashes of
grey miniatures, because finding the neighbours of 100,000 long embeddings would take minutes; then miniature, average
colour, shape, date and the model's vectors must all agree. Same moment: taken by the same camera
within seconds of one another, and alike to the model. benchmarks/groups.py measures both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from clipview.core.relevance import Scale
from clipview.core.store import NO_DATE, Looks
from clipview.core.types import Fold

if TYPE_CHECKING:
    # The window's process reads groups too, and does without the index behind this.
    from clipview.core.vectors import VectorSet

Labels = NDArray[np.int64]
"""For each photo the lowest id of its group; 0 when it is in none."""


class Groups(Struct, frozen=True, eq=False):
    """The groups of one library at one moment; every group of a picture lies in one of a moment."""

    photos: int = 0
    """How many photos were compared."""
    _by_id: dict[Fold, Labels] = field(default_factory=dict)

    def labels(self, fold: Fold, photo_ids: NDArray[np.int64]) -> Labels:
        """Return the groups of these photos; 0 for those in none and those that came later."""
        table = self._by_id.get(fold)
        if table is None or not len(photo_ids):
            return np.zeros(len(photo_ids), np.int64)
        known = photo_ids < len(table)
        labels: Labels = np.where(known, table[np.where(known, photo_ids, 0)], 0)
        return labels

    def members(self, fold: Fold) -> list[list[int]]:
        """Return every group of a kind as ascending ids, by the lowest of them."""
        table = self._by_id.get(fold)
        if table is None:
            return []
        ids = np.flatnonzero(table)
        order = np.argsort(table[ids], kind="stable")
        _, starts = np.unique(table[ids][order], return_index=True)
        return [part.tolist() for part in np.split(ids[order], starts[1:])] if len(ids) else []


def find_groups(looks: Looks, vectors: VectorSet, scale: Scale) -> Groups:
    """Group the photos that have vectors; deterministic, about two seconds for 100,000.

    Args:
        looks: of all photos.
        vectors: the model's vectors for comparing pictures with each other.
        scale: what their cosines are worth, so that no cosine is fixed by hand.
    """
    count = len(looks.photo_ids)
    if count < 2:
        return Groups(count)
    cosines = _Closeness(looks, vectors, scale)
    pictures = _same_picture(looks, cosines)
    moments = np.concatenate([pictures, _same_moment(looks, cosines)])
    return Groups(
        count,
        {Fold.PICTURE: _labelled(looks.photo_ids, pictures), Fold.MOMENT: _labelled(looks.photo_ids, moments)},
    )


Pairs = NDArray[np.intp]
"""Shape (n, 2): rows of `Looks`."""

_CLOSE: Final = 0.73
_CLOSER: Final = 0.84
_MOMENT_CLOSE: Final = 0.5
"""How far above unrelated pictures two must be on the way to identical ones; see `_Closeness`."""

_ALIKE: Final = 0.88
_SAME: Final = 0.985
"""Correlations of miniatures: those of different photos stay below 0.82, of pictures saved again above 0.99."""

_FAINT: Final = 20.0
_FLAT: Final = 2.0
"""Grey levels of deviation: pages of text are faint, a lens cap is flat."""

_FAINT_DIFFERENCE: Final = 2.0
_COLOUR_DIFFERENCE: Final = 24
_SHAPE_DIFFERENCE: Final = 0.1
"""Of the logarithm of width by height: a tenth cut off one side."""

_BURST_S: Final = 3
_BURST_STEPS: Final = 4
"""How many shots later one is still compared, so that a stray one doesn't cut a burst."""

_PAIRS_AT_ONCE: Final = 8192
_PLANE_SETS: Final = 20
_PLANES: Final = 16
"""Of pictures whose miniatures correlate by 0.96 one set finds one in five, and twenty sets find 99 in 100."""

_BUCKET_STEPS: Final = 32
_FEW: Final = 1_000
_MEDIAN_OF: Final = 5_000
_SEED: Final = 2002


def _same_picture(looks: Looks, closeness: _Closeness) -> Pairs:
    grey = looks.miniatures.astype(np.float32)
    centred = grey - grey.mean(axis=1, keepdims=True)
    deviations = centred.std(axis=1)
    use = np.flatnonzero((deviations > _FLAT) & closeness.known)
    units = centred[use] / np.linalg.norm(centred[use], axis=1, keepdims=True)
    shapes = np.log(looks.widths_px / np.maximum(looks.heights_px, 1))
    colours = np.stack([looks.colours >> 16 & 255, looks.colours >> 8 & 255, looks.colours & 255], axis=1).astype(int)
    near = _near(units, np.column_stack([colours[use] / _COLOUR_DIFFERENCE, shapes[use] / _SHAPE_DIFFERENCE]))
    kept, likeness = [_NONE], [np.empty(0)]
    for start in range(0, len(near), _PAIRS_AT_ONCE):
        block = near[start : start + _PAIRS_AT_ONCE]
        alike = np.einsum("ij,ij->i", units[block[:, 0]], units[block[:, 1]])
        block, alike = use[block[alike > _ALIKE]], alike[alike > _ALIKE]
        first, second = block[:, 0], block[:, 1]
        taken = looks.taken_s[first], looks.taken_s[second]
        # A picture that was saved again keeps its date or loses it; two dates are two pictures.
        good = (taken[0] == taken[1]) | (taken[0] == NO_DATE) | (taken[1] == NO_DATE)
        faint = np.minimum(deviations[first], deviations[second]) < _FAINT
        difference = np.sqrt(np.mean((grey[first] - grey[second]) ** 2, axis=1))
        good &= ~faint | (difference <= _FAINT_DIFFERENCE)
        block, alike = block[good], alike[good]
        close = closeness.of(block)
        same = (close > _CLOSER) | ((close > _CLOSE) & (alike > _SAME))
        kept.append(block[same])
        likeness.append(alike[same])
    return _without_bridges(np.concatenate(kept), np.concatenate(likeness), looks.taken_s == NO_DATE)


def _without_bridges(pairs: Pairs, alike: NDArray[np.float64], undated: NDArray[np.bool_]) -> Pairs:
    """Leave out pairs by which a photo without a date would join shots of different dates: it goes with the likest."""
    free = undated[pairs]
    mixed = np.flatnonzero(free[:, 0] != free[:, 1])
    lone = np.where(free[mixed, 0], pairs[mixed, 0], pairs[mixed, 1])
    order = np.lexsort((mixed, -alike[mixed], lone))
    owned, best = np.unique(lone[order], return_index=True)
    between_free = np.logical_and(free.all(axis=1), ~np.isin(pairs, owned).any(axis=1))
    keep: NDArray[np.bool_] = np.asarray(np.logical_or(~free.any(axis=1), between_free))
    keep[mixed[order][best]] = True
    return pairs[keep]


def _near(units: NDArray[np.float32], traits: NDArray[np.float64]) -> Pairs:
    """Return pairs that may be alike, each once: of few photos all, of many those on one side of all planes of a set.

    Locality-sensitive hashing by random planes (Charikar 2002, https://doi.org/10.1145/509907.509965), through the
    median so that buckets stay small; of full buckets only those are paired that lie next to each other.

    Args:
        units: shape (n, d), unit length.
        traits: shape (n, m); both photos of a pair differ by 1 at most in each.
    """
    count = len(units)
    if count <= _FEW:
        one, other = np.triu_indices(count, k=1)
        fits = (np.abs(traits[one] - traits[other]) <= 1).all(axis=1)
        return np.stack([one[fits], other[fits]], axis=1)
    random = np.random.default_rng(_SEED)
    thinned = count // _MEDIAN_OF + 1
    found = [np.empty(0, np.int64)]
    for _ in range(_PLANE_SETS):
        planes = random.standard_normal((units.shape[1], _PLANES + 1)).astype(np.float32)
        sides = units @ planes
        bits = sides[:, :-1] > np.median(sides[::thinned, :-1], axis=0)
        bucket = np.packbits(bits, axis=1).view(np.uint16)[:, 0]
        order = np.lexsort((sides[:, -1], bucket))
        bucket = bucket[order]
        for step in range(1, _BUCKET_STEPS + 1):
            same = np.flatnonzero(bucket[:-step] == bucket[step:])
            if not len(same):
                break
            one, other = order[same], order[same + step]
            fits = (np.abs(traits[one] - traits[other]) <= 1).all(axis=1)
            one, other = one[fits], other[fits]
            found.append(np.minimum(one, other) * count + np.maximum(one, other))
    pairs = np.unique(np.concatenate(found))
    return np.stack([pairs // count, pairs % count], axis=1)


def _same_moment(looks: Looks, closeness: _Closeness) -> Pairs:
    dated = np.flatnonzero((looks.taken_s != NO_DATE) & closeness.known)
    order = dated[np.lexsort((looks.photo_ids[dated], looks.taken_s[dated], looks.cameras[dated]))]
    kept = [_NONE]
    for step in range(1, _BURST_STEPS + 1):
        pairs = np.stack([order[:-step], order[step:]], axis=1)
        soon = looks.taken_s[pairs[:, 1]] - looks.taken_s[pairs[:, 0]] <= _BURST_S
        pairs = pairs[soon & (looks.cameras[pairs[:, 0]] == looks.cameras[pairs[:, 1]])]
        kept.append(pairs[closeness.of(pairs) > _MOMENT_CLOSE])
    return np.concatenate(kept)


_NONE: Final = np.empty((0, 2), np.intp)


class _Closeness:
    """How alike the model finds pairs: 0 for what 1 in 67 unrelated pairs reach in this library, 1 for identical."""

    def __init__(self, looks: Looks, vectors: VectorSet, scale: Scale) -> None:
        self._vectors = vectors.snapshot()
        self._unrelated = min(scale.anchors[2], 0.99)
        order = np.argsort(self._vectors.ids)
        ids = self._vectors.ids[order]
        places = np.minimum(np.searchsorted(ids, looks.photo_ids), max(0, len(ids) - 1))
        self.known: NDArray[np.bool_] = ids[places] == looks.photo_ids if len(ids) else np.zeros(len(places), np.bool_)
        self._places = order[places] if len(ids) else places

    def of(self, pairs: Pairs) -> NDArray[np.float64]:
        """Return the closeness of each pair of rows; both must be known."""
        matrix = self._vectors.matrix
        cosines = np.empty(len(pairs))
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            block = self._places[pairs[start : start + _PAIRS_AT_ONCE]]
            np.einsum("ij,ij->i", matrix[block[:, 0]], matrix[block[:, 1]], out=cosines[start : start + len(block)])
        closeness: NDArray[np.float64] = (cosines - self._unrelated) / (1 - self._unrelated)
        return closeness


def _labelled(ids: NDArray[np.int64], pairs: Pairs) -> Labels:
    """Join pairs into groups and return a table from photo id to group."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    table = np.zeros(int(ids[-1]) + 1, np.int64)
    if not len(pairs):
        return table
    size = len(ids)
    graph = coo_array((np.ones(len(pairs), np.bool_), (pairs[:, 0], pairs[:, 1])), (size, size))
    _, numbers = connected_components(graph, directed=False)
    lowest = np.full(int(numbers.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(lowest, numbers, ids)
    together = np.bincount(numbers)[numbers] > 1
    table[ids[together]] = lowest[numbers[together]]
    return table
