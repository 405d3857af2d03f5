"""More like this, less like this: what a few marked photos say about all the others.

Up to a handful of marks the direction from what is unwanted to what is wanted is that between their means (Rocchio
1971, the SMART retrieval system), from then on that of a logistic regression on the marks and on photos that stand for
the rest of the library. How far a photo lies along it, in standard deviations of the library, moves its strength: the
more, the more marks there are. benchmarks/feedback.py has the measurements.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from clipview.core.features import PhotoFeatures
from clipview.core.probe import Examples, fit
from clipview.core.relevance import Strengths
from clipview.core.term_scores import PhotoVectors
from clipview.core.types import Matrix

PROBE_FROM: Final = 8
"""How many marks it takes for the regression to do better than the means."""

_UNWANTED_SHARE: Final = 0.75
"""How much the mean of the unwanted photos counts beside that of the wanted ones."""

_POINTS: Final = 30.0
"""What one standard deviation is worth with many marks, in percent of strength; with one mark, half of it."""

_ALONE_FROM: Final = -10.0
_ALONE_POINTS: Final = 12.0
_ALONE_REACH: Final = 50.0
"""Without words, the strength of a photo: at the library's mean, for each standard deviation, and for the whole way
from there to the wanted photos. Standard deviations alone would call nothing strong in a small library, nor would the
share of the way where the wanted photos have little in common."""

_NOTHING_WANTED: Final = 100.0
"""With unwanted photos alone, everything is wanted that isn't like them."""

_WORDS_SAY: Final = (-50.0, 120.0)
"""Beyond this what the terms say is cut, so that marks can still move the best and the worst."""

_CERTAIN: Final = 150.0
"""A wanted photo leads, but for photos that bear the very name that was typed."""

_RULED_OUT: Final = -100.0

_LEAST: Final = 1e-6
"""Keeps a library of copies from dividing by nothing."""

_VARIANCE: Final = 4.0
_BIAS_VARIANCE: Final = 4.0
"""How far from zero the regression looks for weights, and for the share of wanted photos."""

_UNWANTED_COUNTS: Final = 4.0
_BACKGROUND_COUNTS: Final = 0.02
"""What an unwanted photo says beside a wanted one, and one of the library that nobody has marked: it may be wanted."""

Places = NDArray[np.intp]
Along = NDArray[np.float32]


class Feedback:
    """What marks say of one library's photos. Safe from several threads."""

    def __init__(self, vectors: PhotoVectors) -> None:
        self._ids = vectors.search.ids
        self._features = PhotoFeatures(vectors.search, vectors.similar, vectors.measured)
        self._background_ids = vectors.background
        self._lock = threading.Lock()
        self._background: Matrix | None = None
        self._last: tuple[tuple[bytes, bytes], Along] | None = None

    def with_marks(self, strengths: Strengths | None, more: Sequence[int], less: Sequence[int]) -> Strengths:
        """Return the strengths that marks make of what the terms of a query say.

        The same marks always give the same strengths, in whatever order they were made; marks on photos that have no
        vectors are passed over.

        Args:
            strengths: one per photo in the order of the vectors; None for a query without terms.
            more: ids of the photos whose like is wanted.
            less: ids of the photos whose like is not wanted; a photo in both is wanted.
        """
        liked, disliked = self._places(more), self._places([each for each in less if each not in more])
        result = np.full(len(self._ids), _NOTHING_WANTED) if strengths is None else np.clip(strengths, *_WORDS_SAY)
        marks = len(liked) + len(disliked)
        if marks:
            along = self._along(liked, disliked)
            mean, spread = _usual(along, np.concatenate([liked, disliked]))
            away = (along - mean) / spread
            if strengths is not None:
                result += _POINTS * marks / (marks + 1) * away
            elif len(liked):
                reach = max(float(along[liked].mean(dtype=np.float64)) - mean, _LEAST)
                result = _ALONE_FROM + _ALONE_POINTS * away + _ALONE_REACH * (along - mean) / reach
            else:
                result += np.minimum(_POINTS * marks / (marks + 1) * away, 0)
        result[liked] = np.maximum(result[liked], 0) / _CERTAIN + _CERTAIN
        result[disliked] = _RULED_OUT
        return result

    def _along(self, liked: Places, disliked: Places) -> Along:
        """Return how far each photo lies in the direction of the wanted ones; the last answer is kept.

        Somebody who types on beside marks asks for the same again.
        """
        key = (liked.tobytes(), disliked.tobytes())
        with self._lock:
            if self._last is not None and self._last[0] == key:
                return self._last[1]
        along = self._features.products(self._direction(liked, disliked))
        with self._lock:
            self._last = (key, along)
        return along

    def _direction(self, liked: Places, disliked: Places) -> NDArray[np.float64]:
        """Return weights of features, of unit length."""
        centre, background = self._rest(np.concatenate([liked, disliked]))
        wanted, unwanted = (_in_one_order(self._features.of(places)) - centre for places in (liked, disliked))
        if len(wanted) and len(wanted) + len(unwanted) >= PROBE_FROM:
            found = _regression(wanted, unwanted, background)
        else:
            found = np.zeros_like(centre)
            found += wanted.mean(axis=0) if len(wanted) else 0.0
            found -= _UNWANTED_SHARE * unwanted.mean(axis=0) if len(unwanted) else 0.0
        result: NDArray[np.float64] = found / max(float(np.linalg.norm(found)), 1e-9)
        return result

    def _rest(self, marked: Places) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the middle of the photos that stand for the library, and these without the marked ones, around it."""
        places = self._places(self._background_ids)
        with self._lock:
            if self._background is None:
                self._background = self._features.of(places)
            known = self._background
        centre = _in_one_order(known).mean(axis=0) if len(known) else np.zeros(known.shape[1])
        return centre, _in_one_order(known[~np.isin(places, marked)]) - centre

    def _places(self, photo_ids: Sequence[int]) -> Places:
        """Return where these photos stand, ascending; without those that have no vector."""
        return np.flatnonzero(np.isin(self._ids, np.asarray(photo_ids, np.int64)))


def _regression(
    wanted: NDArray[np.float64], unwanted: NDArray[np.float64], background: NDArray[np.float64]
) -> NDArray[np.float64]:
    kinds = (len(wanted), len(unwanted), len(background))
    examples = Examples(
        np.concatenate([wanted, unwanted, background]).astype(np.float32),
        np.repeat([True, False, False], kinds),
        np.repeat([1.0, _UNWANTED_COUNTS, _BACKGROUND_COUNTS], kinds),
        np.zeros(sum(kinds)),
    )
    return fit(examples, variance=_VARIANCE, bias_variance=_BIAS_VARIANCE).weights


def _in_one_order(features: Matrix) -> NDArray[np.float64]:
    """Return rows in an order that depends on them alone: the last bits of a sum depend on it."""
    return features[np.lexsort(features.T)].astype(np.float64)


def _usual(along: Along, marked: Places) -> tuple[float, float]:
    """Return the mean and the standard deviation over the photos that are not marked, or over all if all are."""
    others = along if len(marked) == len(along) else np.delete(along, marked)
    # Rounded, since the last bits of a sum depend on the order of the photos.
    mean, spread = np.float32(others.mean(dtype=np.float64)), np.float32(others.std(dtype=np.float64))
    return float(mean), max(float(spread), _LEAST)
