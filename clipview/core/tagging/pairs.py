"""How sure a model is that a photo deserves a tag: from cosines to a probability, for any model and any library.

Three things count, and none depends on the model's scale: how strong the score is among all unrelated pairs of the
library, how far it stands out among what else this very photo is like, and how many of the neutral texts the photo is
more like. docs/tagging.md has the measurements.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.features import Scores, outstanding
from clipview.core.neutral import Neutral

RULE = "pairs-3"
"""Goes up with every change that moves a confidence."""

MIN_STRENGTH = 0.1
"""A pair below this strength can't reach the line of unsure ones, so it isn't looked at further."""

_RANKS = 64
"""Neutral texts that a photo is most like; what is beyond all of them is beyond telling."""
_INTERCEPT, _STRENGTH, _OUTSTANDING, _RANK = -2.27, 4.21, 1.51, -0.585
"""Fitted on the starter encoder's scores of 239 photos and 237 tags; benchmarks/tagging.py measures what they give."""
SPECIAL_LOG_ODDS = -2.5
"""Added to the log-odds of a tag with three above it, such as a breed: most dogs are of any other."""

_HALVINGS = 6
_LIMITS = (-0.2, 1.2)
_QUANTILES = (0.90, 0.97, 0.985, 0.993, 0.998, 0.9997)
_WORTH = (0.0, 0.2, 0.35, 0.5, 0.75, 1.0)
_USUAL_SCORES = (0.018, 0.049, 0.094, 0.193, 0.436, 0.786)
_USUAL_OUTSTANDING = (0.38, 1.82, 3.35, 5.83, 9.76, 15.2)
"""What the starter encoder gives; the more a library holds, the less it counts."""
_USUAL_COUNTS = 500
_MIN_STEP = 1e-6
_LEAST_DEVIATION = 1e-6


class Answering(Neutral, frozen=True, eq=False):
    """How strongly, and how differently, photos answer to the bank of texts that most of them don't show."""

    highest: Scores
    """The highest scores of each photo, falling: shape (photos, at most 64)."""


def answering(bank_scores: Scores) -> Answering:
    """Sum up the scores of photos against the bank, shape (photos, texts)."""
    texts = bank_scores.shape[1]
    kept = min(_RANKS, texts)
    highest = np.partition(bank_scores, texts - kept, axis=1)[:, texts - kept :]
    highest.sort(axis=1)
    deviations = np.maximum(bank_scores.std(axis=1), _LEAST_DEVIATION)
    return Answering(bank_scores.mean(axis=1), deviations, np.ascontiguousarray(highest[:, ::-1]))


class Curve(Struct, frozen=True):
    """Turns values into what they are worth: 0 at the 90th percentile of the pool, 1 next to its top."""

    anchors: tuple[float, ...]
    """The values at six quantiles, rising."""

    def worth(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return what values are worth, continued beyond both ends and then cut."""
        anchors, worth = np.asarray(self.anchors), np.asarray(_WORTH)
        segment = np.clip(np.searchsorted(anchors, values, side="right") - 1, 0, len(anchors) - 2)
        slopes = np.diff(worth) / np.diff(anchors)
        result: NDArray[np.float64] = np.clip(worth[segment] + (values - anchors[segment]) * slopes[segment], *_LIMITS)
        return result

    def value_at(self, worth: float) -> float:
        """Return the value that is worth this much, from 0 to 1."""
        return float(np.interp(worth, _WORTH, self.anchors))


class PairScale(Struct, frozen=True):
    """What scores are worth in one library."""

    strength: Curve
    """For scores as they are."""
    outstanding: Curve
    """For what `outstanding` makes of them."""


def pair_scale(sample_bank_scores: Scores, *, usual: bool) -> PairScale:
    """Calibrate on a sample of a library, shape (photos, texts of the bank).

    `usual`: whether the model is the starter encoder, of which one knows what to expect.
    """
    theirs = answering(sample_bank_scores)
    return PairScale(
        _curve(sample_bank_scores, _USUAL_SCORES, usual=usual),
        _curve(outstanding(sample_bank_scores, theirs), _USUAL_OUTSTANDING, usual=usual),
    )


def _curve(pool: Scores, expected: tuple[float, ...], *, usual: bool) -> Curve:
    found = np.quantile(pool, _QUANTILES) if len(pool) else np.asarray(expected)
    if usual:
        found = (len(pool) * found + _USUAL_COUNTS * np.asarray(expected)) / (len(pool) + _USUAL_COUNTS)
    # Anchors must rise, also in a library of identical photos.
    rising = np.maximum.accumulate(found) + np.arange(len(found)) * _MIN_STEP
    return Curve(tuple(float(value) for value in rising))


def least_scores(photos: Answering, scale: PairScale, least: float, highest: Scores) -> Scores:
    """Return for each photo a score, a little below the one from which log-odds are at least `least`.

    The log-odds of a photo rise with the score, so that most of all pairs needn't be looked at one by one.

    Args:
        photos: of which scores are asked.
        scale: of the library.
        least: log-odds.
        highest: the highest score of each.
    """
    low = np.full(len(highest), scale.strength.value_at(MIN_STRENGTH), np.float32)
    if least == -np.inf:
        return low
    high, rows = np.maximum(low, highest), np.arange(len(highest))
    for _ in range(_HALVINGS):
        middle: Scores = (low + high) * np.float32(0.5)
        enough = log_odds(middle, photos, rows, scale) >= least
        high, low = np.where(enough, middle, high), np.where(enough, low, middle)
    return low


def log_odds(scores: Scores, photos: Answering, rows: NDArray[np.intp], scale: PairScale) -> NDArray[np.float64]:
    """Return the log-odds that photos deserve a tag.

    Args:
        scores: of one pair each, shape (n,).
        photos: all photos of the pairs.
        rows: which of them each pair is of.
        scale: of the library.
    """
    stands_out = (scores - photos.means[rows]) / photos.deviations[rows]
    odds: NDArray[np.float64] = _INTERCEPT + _STRENGTH * scale.strength.worth(scores)
    odds += _OUTSTANDING * scale.outstanding.worth(stands_out)
    odds += _RANK * np.log1p(_ranks(scores, photos.highest, rows))
    return odds


def _ranks(scores: Scores, highest: Scores, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Count how many of a photo's highest scores, which fall, are above each score: at most 63, by halving."""
    width = highest.shape[1]
    values, first = highest.ravel(), rows * width - 1
    rank = np.zeros(len(scores), np.intp)
    step = _RANKS // 2
    while step:
        further = rank + step
        above = (values[first + np.minimum(further, width)] > scores) & (further <= width)
        rank = np.where(above, further, rank)
        step //= 2
    return rank
