"""What an album's examples say of all other photos, learned once for each state of library and examples.

How the photos answer to the neutral texts is known from searches, or summed up once; a lesson costs two products of the
stored vectors with one vector, so that each tick and cross is followed by new proposals at once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.features import products
from clipview.core.neutral import Neutral, neutral_of
from clipview.core.probe import Check
from clipview.core.store.tagging import Ids
from clipview.core.tagging.decisions import ACCEPT_FROM, UNSURE_FROM
from clipview.core.tagging.lines import teach
from clipview.core.tagging.scoring import photo_features
from clipview.core.tagging.tagger import Basis

_REMEMBERED = 16
"""Lessons; each is as long as what it proposes."""


class Proposals(Struct, frozen=True, eq=False):
    """Photos that may belong to the examples, the surest first; neither examples nor counter-examples."""

    photo_ids: Ids
    confidence: NDArray[np.float64]
    """From 0 to 1; proposals reach the line of what a person is asked about."""
    check: Check

    def among(self, photo_ids: Ids) -> Proposals:
        """Return those that are among some photos."""
        kept = np.isin(self.photo_ids, photo_ids)
        return Proposals(self.photo_ids[kept], self.confidence[kept], self.check)

    @property
    def sure(self) -> int:
        """How many of them belong without being asked about; none when one can't tell what the examples mean."""
        return int(np.count_nonzero(self.confidence >= ACCEPT_FROM)) if self.check.learned else 0


NOTHING_LEARNED = Proposals(np.empty(0, np.int64), np.empty(0), Check(0.5, 0.0))


class Lessons:
    """Learns from examples in one library. Safe from any thread."""

    def __init__(self, basis: Callable[[], Basis]) -> None:
        """Take what gives the library's vectors, the same object as long as they stay."""
        self._basis = basis
        self._lock = threading.Lock()
        self._known: _Known | None = None

    def proposals(self, examples: tuple[int, ...], counter_examples: tuple[int, ...]) -> Proposals:
        """Return what is like the examples and unlike the counter-examples.

        Raises ClipViewError when the library has no vectors yet.
        """
        basis = self._basis()
        with self._lock:
            if self._known is None or self._known.basis is not basis:
                self._known = _Known(basis, _neutral(basis), OrderedDict())
            known, key = self._known, (examples, counter_examples)
            if key not in known.lessons:
                known.lessons[key] = _learned(basis, known.neutral, examples, counter_examples)
            known.lessons.move_to_end(key)
            while len(known.lessons) > _REMEMBERED:
                known.lessons.popitem(last=False)
            return known.lessons[key]


class _Known(Struct, frozen=True, eq=False):
    basis: Basis
    neutral: Neutral
    lessons: OrderedDict[tuple[tuple[int, ...], tuple[int, ...]], Proposals]


def _neutral(basis: Basis) -> Neutral:
    if basis.neutral is not None:
        return basis.neutral
    parts = [neutral_of(block.search @ basis.bank.T) for _, block in basis.photos.blocks()]
    return Neutral(np.concatenate([part.means for part in parts]), np.concatenate([part.deviations for part in parts]))


def _learned(basis: Basis, neutral: Neutral, examples: tuple[int, ...], counter_examples: tuple[int, ...]) -> Proposals:
    photos = basis.photos
    wanted = np.isin(photos.ids, np.array(examples, np.int64))
    rows = np.flatnonzero(wanted | np.isin(photos.ids, np.array(counter_examples, np.int64)))
    if not wanted.any():
        return NOTHING_LEARNED
    features = photo_features(photos.take(rows), basis.bank)[0]
    lesson = teach(features, wanted[rows], basis.background_features(rows))
    probe = lesson.calibrated
    along = products(
        neutral, basis.bank, probe.weights, lambda each: photos.search @ each, lambda each: photos.similar @ each
    )
    odds = along.astype(np.float64) + probe.bias
    odds[rows] = -np.inf
    confidence = 1 / (1 + np.exp(-odds))
    found = np.flatnonzero(confidence >= UNSURE_FROM)
    order = found[np.lexsort((photos.ids[found], -confidence[found]))]
    return Proposals(photos.ids[order], confidence[order], lesson.check)
