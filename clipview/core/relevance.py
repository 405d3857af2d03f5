"""What a score is worth: strong, possible or nothing, for any model and any library.

A model's cosine says little by itself: unrelated pairs lie near 0.2 for one model and near 0.05 for another, and the
library shifts them too. So the scores of a fixed bank of unrelated texts against a sample of the library are pooled
once, and a score is worth the share of that pool which it beats. docs/relevance.md has the measurements.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipview.core.encoders import QuantileScale
from clipview.core.types import Band, Matrix

POOL_QUANTILES = (0.90, 0.97, 0.985, 0.993, 0.998, 0.9997)
"""Shares of unrelated pairs that lie below the six anchors of a scale."""

STRENGTHS = (0.0, 20.0, 35.0, 50.0, 75.0, 100.0)
"""What a score at each anchor is worth, in percent."""

STRONG_FROM = 50.0
"""What is above counts as an answer. One in 143 pairs of the pool lies above, true matches included."""

POSSIBLE_FROM = 35.0
"""What is below is shown only on request. One in 67 pairs of the pool lies above."""

SAMPLE_PHOTOS = 2_000
"""Photos of a library that are scored against the bank."""

SAMPLE_PAIRED_PHOTOS = 1_000
"""Photos that are scored against each other."""

_DEFAULT_WEIGHT_PHOTOS = 500
"""How many photos the encoder's own default counts for, next to the library's."""

_MIN_STEP = 1e-6

Anchors = tuple[float, float, float, float, float, float]
Strengths = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns scores of one kind (text or image query) into strengths."""

    anchors: Anchors
    """The scores at `POOL_QUANTILES`, rising."""

    def strengths(self, scores: NDArray[np.floating]) -> Strengths:
        """Return strengths in percent, same shape.

        Piecewise linear through the anchors and continued beyond both ends, so that the order of scores is kept: values
        below 0 and above 100 occur, and `match_percent` clips them for people.
        """
        anchors = np.asarray(self.anchors, np.float64)
        worth = np.asarray(STRENGTHS)
        values = np.asarray(scores, np.float64)
        segment = np.clip(np.searchsorted(anchors, values, side="right") - 1, 0, len(anchors) - 2)
        slope = np.diff(worth) / np.diff(anchors)
        result: Strengths = worth[segment] + (values - anchors[segment]) * slope[segment]
        return result


@dataclass(frozen=True, slots=True)
class Calibration:
    """The scales of one model in one library."""

    text: Scale
    image: Scale


def calibrate(sample: Matrix, paired: Matrix, bank: Matrix, default: QuantileScale | None) -> Calibration:
    """Find what scores are worth in a library.

    Args:
        sample: search vectors of up to `SAMPLE_PHOTOS` photos, shape (n, dim); may be empty.
        paired: vectors for image queries of up to `SAMPLE_PAIRED_PHOTOS` photos, shape (m, similar_dim).
        bank: vectors of texts that are unrelated to most photos, shape (b, dim).
        default: what the encoder is known to give; small libraries lean on it.
    """
    text = (sample @ bank.T).ravel() if len(sample) else np.empty(0, np.float32)
    image = (paired @ paired.T)[np.triu_indices(len(paired), k=1)] if len(paired) > 1 else np.empty(0, np.float32)
    return Calibration(
        text=_scale(text, len(sample), None if default is None else default.text),
        image=_scale(image, len(paired), None if default is None else default.image),
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


def band(strength: float) -> Band:
    """Return how well a strength answers a query."""
    if strength >= STRONG_FROM:
        return Band.STRONG
    return Band.POSSIBLE if strength >= POSSIBLE_FROM else Band.WEAK


def _scale(pool: NDArray[np.floating], photos: int, default: Anchors | None) -> Scale:
    if len(pool) == 0:
        if default is None:
            return Scale((0.0, 0.2, 0.35, 0.5, 0.75, 1.0))
        return Scale(default)
    found = np.quantile(pool, POOL_QUANTILES)
    if default is not None:
        found = (photos * found + _DEFAULT_WEIGHT_PHOTOS * np.asarray(default)) / (photos + _DEFAULT_WEIGHT_PHOTOS)
    # Anchors must rise strictly, also in a library of identical photos.
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + _MIN_STEP)
    first, second, third, fourth, fifth, last = (float(value) for value in found)
    return Scale((first, second, third, fourth, fifth, last))
