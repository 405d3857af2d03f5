"""What a score is worth: strong, possible or nothing, for any model and any library.

A model's cosine says little by itself: unrelated pairs lie near 0.2 for one model and near 0.05 for another, the
library shifts them too, and some photos score high with everything. So each photo's scores are first measured against
what it gives to a fixed bank of unrelated texts, the levels of a sample of the library are pooled, and a score is worth
the share of that pool which it beats. docs/relevance.md has the measurements.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from clipview.core.encoders import IMAGE_QUANTILES, TEXT_QUANTILES, QuantileScale
from clipview.core.neutral import Neutral, neutral_of
from clipview.core.types import STRICTNESS, Band, Matrix
from clipview.core.vectors import VectorSnapshot

_TEXT_WORTH = (0.0, 20.0, 35.0, 50.0, 70.0, 100.0)
"""What a text's score at each of `TEXT_QUANTILES` is worth, in percent."""

_OPENS_AT = 70.0
"""A text answers only when one photo at least is worth this much: one in 250 pairs of the pool is."""

_IMAGE_WORTH = (0.0, 20.0, 35.0, 50.0, 75.0, 100.0)
"""The same for images, and `IMAGE_QUANTILES`."""

STRONG_FROM = 50.0
"""What is above counts as an answer, unless another strictness is asked for."""

POSSIBLE_FROM = 35.0
"""What is below is shown only on request."""

SAMPLE_PHOTOS = 2_000
"""Photos of a library that are scored against the bank."""

SAMPLE_PAIRED_PHOTOS = 1_000
"""Photos that are scored against each other."""

_DEFAULT_WEIGHT_PHOTOS = 500
"""How many photos the encoder's own default counts for, next to the library's."""

_SPREAD_POWER = 0.75
"""How far a photo's spread is taken out of its scores; 0 would leave it in."""

_LEAST_SPREAD = 0.1
"""Of the typical spread: what a photo's own is taken for at the least."""

_MIN_STEP = 1e-6

Anchors = tuple[float, float, float, float, float, float]
Strengths = NDArray[np.float64]


class Lines(Struct, frozen=True):
    """From which strengths on photos are strong, and possible."""

    strong: float = STRONG_FROM
    possible: float = POSSIBLE_FROM

    def band(self, strength: float) -> Band:
        """Return how well a strength answers a query."""
        if strength >= self.strong:
            return Band.STRONG
        return Band.POSSIBLE if strength >= self.possible else Band.WEAK


def lines(strictness: int = STRICTNESS) -> Lines:
    """Return the lines for a strictness from 0 to 100, which is the match that a strong photo must have."""
    strong = min(max(float(strictness), 0.0), 100.0)
    return Lines(strong, strong - (STRONG_FROM - POSSIBLE_FROM))


class Scale(Struct, frozen=True, eq=False):
    """Turns scores of one kind (text or image query) into strengths."""

    anchors: Anchors
    """The levels at the quantiles, rising."""
    worth: tuple[float, ...]
    opens_at: float = -math.inf
    """When no photo reaches this strength, none is strong."""
    gains: float | NDArray[np.float64] = 1.0
    """One for each photo whose scores will come: a photo's level is score x gain + shift."""
    shifts: float | NDArray[np.float64] = 0.0

    def strengths(self, scores: NDArray[np.floating]) -> Strengths:
        """Return strengths in percent, same shape.

        Args:
            scores: of all photos of the library, in the order of `gains`.

        Piecewise linear through the anchors and continued beyond both ends, so that the order of levels is kept: values
        below 0 and above 100 occur, and `match_percent` clips them for people.
        """
        levels = np.multiply(scores, self.gains, dtype=np.float64)
        levels += self.shifts
        anchors, worth = np.asarray(self.anchors), np.asarray(self.worth)
        slopes = np.diff(worth) / np.diff(anchors)
        # All but a few percent lie below the second anchor, and one line holds there.
        result: Strengths = levels * slopes[0]
        result += worth[0] - anchors[0] * slopes[0]
        above = np.flatnonzero(levels > anchors[1])
        high = levels[above]
        beyond = np.maximum(high - anchors[-1], 0.0) * slopes[-1]
        result[above] = np.interp(high, anchors, worth) + beyond
        if len(high) and result[above].max() < self.opens_at:
            doubtful = above[result[above] > POSSIBLE_FROM]
            squeeze = (STRONG_FROM - POSSIBLE_FROM) / (self.opens_at - POSSIBLE_FROM)
            result[doubtful] = POSSIBLE_FROM + (result[doubtful] - POSSIBLE_FROM) * squeeze
        return result


class Calibration(Struct, frozen=True, eq=False):
    """The scales of one model in one library."""

    text: Scale
    image: Scale

    spread: float
    """The typical deviation of a photo's neutral scores."""

    def of(self, neutral: Neutral) -> Calibration:
        """Return the same for photos whose neutral scores are known."""
        gains, shifts = _levelling(neutral, self.spread)
        return replace(self, text=replace(self.text, gains=gains, shifts=shifts))


def calibrate(
    sample: VectorSnapshot, paired: VectorSnapshot, bank: Matrix, default: QuantileScale | None
) -> Calibration:
    """Find what scores are worth in a library; no order of photos makes a difference.

    Args:
        sample: search vectors of up to `SAMPLE_PHOTOS` photos; may be empty.
        paired: vectors for image queries of up to `SAMPLE_PAIRED_PHOTOS` photos.
        bank: vectors of texts that are unrelated to most photos, shape (b, dim); may be empty.
        default: what the encoder is known to give; small libraries lean on it.
    """
    photos = len(sample) if len(bank) else 0
    levels, spread = np.empty(0), 0.0 if default is None else default.spread
    if photos:
        scores = sample.scores(bank)
        neutral = neutral_of(scores)
        found = float(np.median(neutral.deviations))
        spread = found if default is None else _lean(found, photos, default.spread)
        gains, shifts = _levelling(neutral, spread)
        levels = (scores.T * gains + shifts).ravel()
    pairs = len(paired)
    image = paired.scores(paired.matrix)[np.triu_indices(pairs, k=1)] if pairs > 1 else np.empty(0)
    text_default, image_default = (None, None) if default is None else (default.text, default.image)
    return Calibration(
        text=Scale(_anchors(levels, TEXT_QUANTILES, photos, text_default), _TEXT_WORTH, _OPENS_AT),
        image=Scale(_anchors(image, IMAGE_QUANTILES, pairs, image_default), _IMAGE_WORTH),
        spread=spread,
    )


def combine(strengths: Sequence[Strengths], weights: Sequence[float]) -> Strengths:
    """Join the strengths of a query's terms into one per photo.

    What is asked for is averaged; what is not wanted takes away only as far as a photo really matches it, so that
    "dog -beach" doesn't punish a dog for a blue background.

    Args:
        strengths: one array per term, each of shape (photos,).
        weights: one per term; negative for what is not wanted.
    """
    wanted = [(each, weight) for each, weight in zip(strengths, weights, strict=True) if weight > 0]
    unwanted = [(each, -weight) for each, weight in zip(strengths, weights, strict=True) if weight < 0]
    if not wanted and not unwanted:
        raise ValueError("a query needs at least one term with a weight")
    if len(wanted) == 1:
        result = wanted[0][0].copy()
    elif wanted:
        total = sum(weight for _, weight in wanted)
        # A term counts 100 at most: one perfect match must not make up for a missing one.
        result = sum((np.minimum(each, 100.0) * (weight / total) for each, weight in wanted), np.zeros(1))
    else:
        result = np.full_like(unwanted[0][0], 100.0)
    for each, weight in unwanted:
        # Nor does an outstanding match make up for what is not wanted.
        result = np.where(each > _HARMLESS, np.minimum(result, 100.0), result)
        result = result - weight * np.maximum(each - _HARMLESS, 0.0) * (_PUSH_DOWN / (POSSIBLE_FROM - _HARMLESS))
    return result


_HARMLESS = 20.0
"""A photo this little like an unwanted term loses nothing."""

_PUSH_DOWN = 100.0
"""What a photo loses that is just on the line for an unwanted term."""


def match_percent(strength: float) -> int:
    """Return the match from 0 to 100 that people see."""
    return math.floor(min(max(strength, 0.0), 100.0))


def _levelling(neutral: Neutral, spread: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each photo's gain and shift, which take what the photo gives to anything out of a score.

    Divided by a power of the photo's spread relative to the typical one, so that levels stay in the unit of scores.
    """
    gains = np.ones(len(neutral.means))
    if spread > 0:
        gains = (np.maximum(neutral.deviations.astype(np.float64), _LEAST_SPREAD * spread) / spread) ** -_SPREAD_POWER
    return gains, -neutral.means * gains


def _lean(found: float, photos: int, default: float) -> float:
    return (photos * found + _DEFAULT_WEIGHT_PHOTOS * default) / (photos + _DEFAULT_WEIGHT_PHOTOS)


def _anchors(pool: NDArray[np.floating], quantiles: Sequence[float], photos: int, default: Anchors | None) -> Anchors:
    if len(pool) == 0:
        return (0.0, 0.2, 0.35, 0.5, 0.75, 1.0) if default is None else default
    found = [float(value) for value in np.quantile(pool, quantiles)]
    if default is not None:
        found = [_lean(value, photos, usual) for value, usual in zip(found, default, strict=True)]
    # Anchors must rise strictly, also in a library of identical photos.
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + _MIN_STEP)
    first, second, third, fourth, fifth, last = found
    return (first, second, third, fourth, fifth, last)
