"""The space in which examples teach most: half how a photo answers to neutral texts, half how it looks.

Eight examples teach far more in it than in a model's own space (docs/tagging.md), and so do a few marks
(benchmarks/feedback.py). Features are made of few photos only: what weights make of all the others takes two products
with the stored vectors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.neutral import Neutral
from clipview.core.types import Matrix, Vector
from clipview.core.vectors import VectorSnapshot

Scores = NDArray[np.float32]

_HALF: Final = np.float32(np.sqrt(0.5))
_LEAST_DEVIATION: Final = np.float32(1e-6)


def outstanding(scores: Scores, photos: Neutral) -> Scores:
    """Return by how many of its own standard deviations each photo answers more to a text than to neutral ones.

    Args:
        scores: shape (photos, texts).
        photos: what these photos answer to anything.
    """
    deviations: NDArray[np.float32] = np.maximum(photos.deviations, _LEAST_DEVIATION)
    result: Scores = (scores - photos.means[:, None]) / deviations[:, None]
    return result


def features(bank_scores: Scores, photos: Neutral, similar: Matrix) -> Matrix:
    """Return what a probe learns from, shape (photos, texts + similar_dim), rows of unit length.

    Args:
        bank_scores: of these photos against the neutral texts, shape (photos, texts).
        photos: what they answer to anything.
        similar: their vectors for looks.
    """
    answers = outstanding(bank_scores, photos) / np.float32(np.sqrt(bank_scores.shape[1]))
    result: Matrix = np.concatenate([answers, similar], axis=1) * _HALF
    return result


def products(
    photos: Neutral,
    bank: Matrix,
    weights: NDArray[np.floating],
    search: Callable[[Vector], Scores],
    similar: Callable[[Vector], Scores],
) -> Scores:
    """Return what `features` @ `weights` would be, shape (n,), without making the features.

    Args:
        photos: what they answer to anything.
        bank: vectors of the neutral texts.
        weights: one a feature.
        search: gives the inner product of each photo's vector with one vector.
        similar: the same for looks.
    """
    texts = len(bank)
    answers, looks = weights[:texts].astype(np.float64), weights[texts:].astype(np.float32)
    along = search((answers @ bank).astype(np.float32)) - photos.means * np.float32(answers.sum())
    along /= np.maximum(photos.deviations, _LEAST_DEVIATION) * np.float32(np.sqrt(texts))
    result: Scores = (along + similar(looks)) * _HALF
    return result


class Measured(Struct, frozen=True, eq=False):
    """What photos answer to neutral texts."""

    bank: Matrix
    """Vectors of the texts, shape (texts, dim)."""
    neutral: Neutral
    """Of the photos, in their order."""


class PhotoFeatures:
    """The features of all photos of a library, which are never there at once.

    A photo's are the same to the last bit whatever other photos there are. While neutral texts are not at hand, its
    vector stands for its answers to them.
    """

    def __init__(self, search: VectorSnapshot, similar: VectorSnapshot, measured: Measured | None) -> None:
        """Take the photos' vectors, in one order, and what they answer to neutral texts."""
        self._search, self._similar, self._measured = search, similar, measured

    def of(self, places: NDArray[np.intp]) -> Matrix:
        """Return the features of the photos at some ascending places, shape (n, features)."""
        search, similar = self._search.take(places), self._similar.take(places).matrix
        if self._measured is None:
            result: Matrix = np.concatenate([search.matrix, similar], axis=1) * _HALF
            return result
        neutral = self._measured.neutral
        theirs = Neutral(neutral.means[places], neutral.deviations[places])
        return features(search.scores(self._measured.bank), theirs, similar)

    def products(self, weights: NDArray[np.floating]) -> Scores:
        """Return the product of each photo's features with `weights`, shape (photos,)."""
        search, similar = _products_with(self._search), _products_with(self._similar)
        if self._measured is None:
            dim = len(weights) - self._similar.dim
            result: Scores = (search(weights[:dim]) + similar(weights[dim:])) * _HALF
            return result
        return products(self._measured.neutral, self._measured.bank, weights, search, similar)


def _products_with(vectors: VectorSnapshot) -> Callable[[NDArray[np.floating]], Scores]:
    return lambda vector: vectors.scores(vector.astype(np.float32)[np.newaxis])[:, 0]
