"""What people's answers teach about a tag: they move its line, and tell photos that look alike apart.

A tag's log-odds are those of the model, moved by what all answers say of the model's optimism, plus what a probe learns
from the answers to this very tag. A taught tag starts from nothing but its examples, and from photos of the library
that stand for everything else.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.probe import Check, Examples, Probe, Values, check, fit, held_out_values
from clipview.core.types import Matrix

ANSWER_VARIANCE, ANSWER_BIAS_VARIANCE = 4.0, 0.7
TAUGHT_VARIANCE, TAUGHT_BIAS_VARIANCE = 4.0, 4.0
"""How far answers may move a tag; larger values learn faster and forget the model sooner."""

BACKGROUND_PHOTOS = 100
"""Photos that stand for everything else when a tag is taught."""

_BACKGROUND_COUNTS = 0.1
"""One of them may well show what is taught, so it says less than a person's answer."""
_OPTIMISM_VARIANCE = 0.25
_LATEST_ANSWERS = 400
_NO_SLOPE = 1e-3
_PERHAPS_WANTED = 0.25
"""At most this share of the background may be what is taught, and isn't held against the lesson."""


class Lesson(Struct, frozen=True, eq=False):
    """A taught tag: what it has learned, and whether one can tell."""

    probe: Probe
    slope: float
    shift: float
    """Log-odds are `slope * probe + shift`, fitted on held-out examples."""
    check: Check

    @property
    def calibrated(self) -> Probe:
        """The probe whose values are the log-odds that photos deserve the tag."""
        return Probe(self.slope * self.probe.weights, self.slope * self.probe.bias + self.shift)


def optimism(answers: NDArray[np.bool_], log_odds: Values) -> float:
    """Return how much all log-odds of a model must move for people's answers to them, shape (n,), to be likely."""
    if not len(answers):
        return 0.0
    nothing = np.empty((len(answers), 0), np.float32)
    examples = Examples(nothing, answers, np.ones(len(answers)), log_odds)
    return fit(examples, variance=0.0, bias_variance=_OPTIMISM_VARIANCE).bias


def adjustment(features: Matrix, answers: NDArray[np.bool_], log_odds: Values) -> Probe:
    """Learn what the answers to one tag, oldest first, say beyond the log-odds that the model gives."""
    latest = slice(-_LATEST_ANSWERS, None)
    examples = Examples(features[latest], answers[latest], np.ones(len(answers[latest])), log_odds[latest])
    return fit(examples, variance=ANSWER_VARIANCE, bias_variance=ANSWER_BIAS_VARIANCE)


def teach(features: Matrix, wanted: NDArray[np.bool_], background: Matrix) -> Lesson:
    """Learn a tag from examples.

    Args:
        features: of the examples, oldest first, shape (n, dim).
        wanted: which of them deserve the tag.
        background: features of photos that nobody was asked about, shape (m, dim).
    """
    features, wanted = features[-_LATEST_ANSWERS:], wanted[-_LATEST_ANSWERS:]
    everything = Examples(
        np.concatenate([features, background]),
        np.concatenate([wanted, np.zeros(len(background), np.bool_)]),
        np.concatenate([np.ones(len(features)), np.full(len(background), _BACKGROUND_COUNTS)]),
        np.zeros(len(features) + len(background)),
    )
    probe = fit(everything, variance=TAUGHT_VARIANCE, bias_variance=TAUGHT_BIAS_VARIANCE)
    unseen = held_out_values(everything, variance=TAUGHT_VARIANCE, bias_variance=TAUGHT_BIAS_VARIANCE)
    known = _known(unseen, everything.wanted, len(features))
    unseen, answers = unseen[known], everything.wanted[known]
    # Platt (1999): held-out values become probabilities by a logistic curve of their own.
    centre, spread = float(unseen.mean()), float(unseen.std()) or 1.0
    column = ((unseen - centre) / spread).astype(np.float32)[:, None]
    curve = fit(
        Examples(column, answers, np.ones(len(unseen)), np.zeros(len(unseen))),
        variance=10.0,
        bias_variance=10.0,
    )
    slope = max(float(curve.weights[0]) / spread, _NO_SLOPE)
    return Lesson(probe, slope, curve.bias - float(curve.weights[0]) * centre / spread, check(unseen, answers))


def _known(unseen: Values, wanted: NDArray[np.bool_], examples: int) -> NDArray[np.intp]:
    """Leave out the background photos that look wanted themselves: nobody has said that they are not."""
    places = np.arange(len(unseen))
    typical = float(np.median(unseen[wanted])) if wanted.any() else np.inf
    background = places[examples:]
    alike = background[unseen[background] >= typical]
    most = int(_PERHAPS_WANTED * len(background))
    left_out = alike[np.argsort(-unseen[alike], kind="stable")][:most]
    return np.setdiff1d(places, left_out)
