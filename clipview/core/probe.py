"""Regularised logistic regression on a handful of photos, in plain numpy, and an honest look at what it has learned.

Weights have a Gaussian prior, so that few examples move them little; the solution is found in the space of the
examples, which are far fewer than the values of a vector (Rasmussen and Williams 2006, algorithm 3.1, with a linear
kernel). It is deterministic and takes milliseconds for hundreds of examples.
"""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.types import Matrix

Values = NDArray[np.float64]

_STEPS = 30
_ENOUGH = 1e-6
_MIN_CURVATURE = 1e-6
_FOLDS = 20
_CERTAIN_Z = 1.64
"""One-sided 95 %."""
_WORTH_SAYING = 0.75
"""The least area under the curve that a lesson must surely reach to be called learned."""


class Probe(Struct, frozen=True, eq=False):
    """What was learned: log-odds are `features @ weights + bias`."""

    weights: Values
    bias: float

    def values(self, features: Matrix) -> Values:
        """Return the log-odds of photos, shape (n,)."""
        result: Values = features @ self.weights + self.bias
        return result


class Examples(Struct, frozen=True, eq=False):
    """Photos of which the answer is known."""

    features: Matrix
    """Shape (n, dim), rows of about unit length."""
    wanted: NDArray[np.bool_]
    counts: Values
    """How much each says; 1 for a person's answer."""
    offsets: Values
    """The log-odds that are already known without the probe."""

    def take(self, which: NDArray[np.intp]) -> Examples:
        """Return some of them."""
        return Examples(self.features[which], self.wanted[which], self.counts[which], self.offsets[which])


def fit(examples: Examples, *, variance: float, bias_variance: float) -> Probe:
    """Learn from examples; the variances say how far weights and bias are expected to lie from zero."""
    features = examples.features.astype(np.float64)
    kernel = variance * (features @ features.T) + bias_variance
    learned: Values = np.zeros(len(features))
    dual: Values = np.zeros(len(features))
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-np.clip(learned + examples.offsets, -30, 30)))
        curvature = np.maximum(examples.counts * odds * (1 - odds), _MIN_CURVATURE)
        aim = learned + examples.counts * (examples.wanted - odds) / curvature
        dual = np.asarray(np.linalg.solve(kernel + np.diag(1 / curvature), aim), np.float64)
        moved = kernel @ dual
        done = bool(np.abs(moved - learned).max(initial=0.0) < _ENOUGH)
        learned[:] = moved
        if done:
            break
    return Probe(variance * (features.T @ dual), bias_variance * float(dual.sum()))


def held_out_values(examples: Examples, *, variance: float, bias_variance: float) -> Values:
    """Return each example's log-odds by a probe that has not seen it: leave one out, or a twentieth where many are."""
    count = len(examples.wanted)
    folds = np.empty(count, np.intp)
    for kind in (True, False):
        among = np.flatnonzero(examples.wanted == kind)
        folds[among] = np.arange(len(among)) % _FOLDS
    values = np.empty(count)
    for fold in np.unique(folds):
        out = folds == fold
        probe = fit(examples.take(np.flatnonzero(~out)), variance=variance, bias_variance=bias_variance)
        values[out] = probe.values(examples.features[out]) + examples.offsets[out]
    return values


class Check(Struct, frozen=True):
    """What held-out examples say of a lesson."""

    area: float
    """Area under the ROC curve: how often a wanted photo comes before an unwanted one; 0.5 is guessing."""
    at_least: float
    """Its lower limit at 95 % (Hanley and McNeil 1982)."""

    @property
    def learned(self) -> bool:
        """Whether one can tell that the lesson was understood."""
        return self.at_least >= _WORTH_SAYING


def check(values: Values, wanted: NDArray[np.bool_]) -> Check:
    """Judge held-out log-odds; nothing is known without both kinds of examples."""
    yes, no = values[wanted], values[~wanted]
    if len(yes) < 2 or len(no) < 2:
        return Check(0.5, 0.0)
    area = float(np.mean((yes[:, None] > no[None]) + 0.5 * (yes[:, None] == no[None])))
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (len(yes) - 1) * (q1 - area**2) + (len(no) - 1) * (q2 - area**2)
    error = math.sqrt(max(spread, 0.0) / (len(yes) * len(no)))
    # A perfect score of few examples has no spread of its own: the rule of three bounds it instead.
    return Check(area, min(area - _CERTAIN_Z * error, 1 - 1.5 / len(yes)))
