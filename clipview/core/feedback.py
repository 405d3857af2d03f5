"""More like this, less like this: what a few marked photos say about all the others.

Up to a handful of marks the direction from what is unwanted to what is wanted is that between their means (Rocchio
1971, the SMART retrieval system), from then on that of a logistic regression on the marks alone. It is measured in the
space that words and photos share: from it the ranking learns more per mark than from the vectors for looks
(benchmarks/feedback.py). How far a photo lies along it, in standard deviations of the library, moves its strength.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from clipview.core.probe import Examples, fit
from clipview.core.relevance import Strengths
from clipview.core.types import Matrix, Vector
from clipview.core.vectors import VectorSnapshot

PROBE_FROM: Final = 8
"""How many marks it takes for the regression, which needs some of both kinds."""

_POINTS: Final = 15.0
"""What one standard deviation is worth, in percent of strength."""

_MARKS_ALONE: Final = 20.0
"""Without words, the strength of a photo that is neither like nor unlike the wanted ones, by standard deviations."""

_LIKE_THE_LIKED: Final = 110.0
"""Without words, the strength of a photo that is as far along as the wanted ones, by the share of their way."""

_NOTHING_WANTED: Final = 100.0
"""With unwanted photos alone, everything is wanted that isn't like them."""

_WORDS_SAY: Final = (-50.0, 120.0)
"""Beyond this what the terms say is cut, so that marks can still move the best and the worst."""

_CERTAIN: Final = 150.0
"""A wanted photo leads, but for photos that bear the very name that was typed."""

_RULED_OUT: Final = -100.0

_LEAST: Final = 1e-6
"""Keeps a library of copies from dividing by nothing."""

_VARIANCE: Final = 1.0
_BIAS_VARIANCE: Final = 100.0
"""How far from zero the regression looks for weights, and for the share of wanted photos, which says nothing."""


def with_marks(
    strengths: Strengths | None, vectors: VectorSnapshot, more: Sequence[int], less: Sequence[int]
) -> Strengths:
    """Return the strengths that the marks make of what the terms of a query say.

    The same marks always give the same strengths, in whatever order they were made; marks on photos that have no
    vectors are passed over.

    Args:
        strengths: one per photo in the order of `vectors`; None for a query without terms.
        vectors: of the photos, in the space that words and photos share.
        more: ids of the photos whose like is wanted.
        less: ids of the photos whose like is not wanted; a photo in both is wanted.
    """
    liked, disliked = _places(vectors, more), _places(vectors, [each for each in less if each not in more])
    result = np.full(len(vectors), _NOTHING_WANTED) if strengths is None else np.clip(strengths, *_WORDS_SAY)
    if len(liked) or len(disliked):
        along = vectors.scores(direction(_rows(vectors, liked), _rows(vectors, disliked))[np.newaxis])[:, 0]
        mean, spread = _usual(along, np.concatenate([liked, disliked]))
        moved = _POINTS * (along - mean) / spread
        if strengths is not None:
            result += moved
        elif len(liked):
            # Standard deviations alone would call nothing strong in a small library, nor would the share of the way
            # where the wanted photos have little in common: their mean errs least (benchmarks/feedback.py).
            reach = max(float(along[liked].mean(dtype=np.float64)) - mean, _LEAST)
            result = (_MARKS_ALONE + moved + _LIKE_THE_LIKED * (along - mean) / reach) / 2
        else:
            result += np.minimum(moved, 0)
    result[liked] = np.maximum(result[liked], 0) / _CERTAIN + _CERTAIN
    result[disliked] = _RULED_OUT
    return result


def direction(liked: Matrix, disliked: Matrix) -> Vector:
    """Return the unit vector from what is unwanted to what is wanted.

    Args:
        liked: vectors of the wanted photos, shape (n, dim), n may be 0.
        disliked: vectors of the unwanted ones, shape (m, dim); n + m is at least 1.
    """
    if len(liked) and len(disliked) and len(liked) + len(disliked) >= PROBE_FROM:
        found = _probe(liked, disliked)
    else:
        found = np.zeros(liked.shape[1])
        found += liked.mean(axis=0, dtype=np.float64) if len(liked) else 0.0
        found -= disliked.mean(axis=0, dtype=np.float64) if len(disliked) else 0.0
    unit: Vector = (found / max(float(np.linalg.norm(found)), 1e-9)).astype(np.float32)
    return unit


def _probe(liked: Matrix, disliked: Matrix) -> NDArray[np.float64]:
    """Return the weights of a logistic regression in which both kinds count the same."""
    wanted = np.repeat([True, False], [len(liked), len(disliked)])
    counts = len(wanted) / 2 / np.where(wanted, len(liked), len(disliked))
    examples = Examples(np.concatenate([liked, disliked]), wanted, counts, np.zeros(len(wanted)))
    return fit(examples, variance=_VARIANCE, bias_variance=_BIAS_VARIANCE).weights


def _usual(along: NDArray[np.float32], marked: NDArray[np.intp]) -> tuple[float, float]:
    """Return the mean and the standard deviation over the photos that are not marked, or over all if all are."""
    others = along if len(marked) == len(along) else np.delete(along, marked)
    # Rounded, since the last bits of a sum depend on the order of the photos.
    mean, spread = np.float32(others.mean(dtype=np.float64)), np.float32(others.std(dtype=np.float64))
    return float(mean), max(float(spread), _LEAST)


def _places(vectors: VectorSnapshot, photo_ids: Sequence[int]) -> NDArray[np.intp]:
    """Return where these photos stand, in ascending order of id; without those that have no vector."""
    places = np.flatnonzero(np.isin(vectors.ids, np.asarray(photo_ids, np.int64)))
    return places[np.argsort(vectors.ids[places], kind="stable")]


def _rows(vectors: VectorSnapshot, places: NDArray[np.intp]) -> Matrix:
    taken = vectors.take(np.sort(places))
    order = np.argsort(taken.ids, kind="stable")
    return taken.matrix[order]
