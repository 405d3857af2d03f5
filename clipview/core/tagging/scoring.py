"""Scores of photos against texts, a block at a time: what a hundred thousand photos need at once fits no cache."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.features import features
from clipview.core.probe import Probe
from clipview.core.tagging.decisions import UNSURE_FROM, Pairs
from clipview.core.tagging.pairs import MIN_STRENGTH, Answering, PairScale, answering, least_scores, log_odds
from clipview.core.types import Matrix

BLOCK_PHOTOS = 2048

_ASKED_FROM = math.log(UNSURE_FROM / (1 - UNSURE_FROM)) + 1e-6
"""Log-odds from which a person is asked."""

_MATRIX = NDArray[np.float32]


class Photos(Struct, frozen=True, eq=False):
    """The stored vectors of some photos, in one order."""

    ids: NDArray[np.int64]
    search: Matrix
    similar: Matrix

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, places: NDArray[np.intp] | slice) -> Photos:
        """Return some of them; a slice copies nothing."""
        return Photos(self.ids[places], self.search[places], self.similar[places])

    def blocks(self) -> Iterator[tuple[int, Photos]]:
        """Give them in blocks, each with the place of its first photo."""
        for start in range(0, len(self), BLOCK_PHOTOS):
            yield start, self.take(slice(start, start + BLOCK_PHOTOS))


class Learned(Struct, frozen=True, eq=False):
    """What probes add to the log-odds of some tags, for photos of any number: shape of `values` is (n, columns)."""

    columns: NDArray[np.intp]
    """The tags' places."""
    weights: NDArray[np.float32]
    """Shape (texts of the bank + similar_dim, columns)."""
    biases: NDArray[np.float32]
    from_nothing: NDArray[np.bool_]
    """Whether the tag is taught: then the text's own score doesn't count."""

    @classmethod
    def of(cls, probes: dict[int, tuple[Probe, bool]], dim: int) -> Learned:
        """Put probes together, by the tag's place, each with whether it stands alone."""
        columns = sorted(probes)
        weights = np.zeros((dim, len(columns)), np.float32)
        for column, place in enumerate(columns):
            weights[:, column] = probes[place][0].weights
        return cls(
            np.array(columns, np.intp),
            weights,
            np.array([probes[place][0].bias for place in columns], np.float32),
            np.array([probes[place][1] for place in columns], np.bool_),
        )

    def values(self, of_photos: Matrix) -> _MATRIX:
        """Return log-odds for photos' features."""
        result: _MATRIX = of_photos @ self.weights + self.biases
        return result


def confident_pairs(
    photos: Photos,
    texts: Matrix,
    before: NDArray[np.float64],
    bank: Matrix,
    scale: PairScale,
    shift: float,
    learned: Learned,
    floor: float,
) -> Pairs:
    """Return the pairs of one block of photos whose confidence is at least `floor`.

    Args:
        photos: a block.
        texts: vectors of the tags, shape (tags, dim); a row of zeros for a taught tag.
        before: log-odds of the tags before a photo is seen, at most 0, shape (tags,).
        bank: vectors of the neutral texts.
        scale: of the library.
        shift: what people's answers say of the model's optimism.
        learned: what they say of single tags.
        floor: of confidence.
    """
    bank_scores = photos.search @ bank.T
    theirs = answering(bank_scores)
    scores = photos.search @ texts.T
    cut = scale.strength.value_at(MIN_STRENGTH)
    least = _least(floor, shift)
    possible = scores >= least_scores(theirs, scale, least, scores.max(axis=1, initial=cut))[:, None]
    # What was learned of a tag may lift any of its pairs.
    possible[:, learned.columns] = scores[:, learned.columns] >= cut
    # Several times as fast as `nonzero` of two dimensions.
    rows, tags = np.divmod(np.flatnonzero(possible), len(texts))
    by_model = log_odds(scores[rows, tags], theirs, rows, scale) + before[tags]
    odds = by_model + shift
    of_photos = features(bank_scores, theirs, photos.similar) if len(learned.columns) else None
    if of_photos is not None:
        more = learned.values(of_photos)
        column_of = np.full(len(texts), -1, np.intp)
        column_of[learned.columns] = np.arange(len(learned.columns))
        touched = column_of[tags] >= 0
        columns = column_of[tags[touched]]
        said = more[rows[touched], columns]
        odds[touched] += said
        by_model[touched] += said - learned.biases[columns]
    # What answers say of the model or a tag at large puts no pair aside that was worth asking about: it comes later.
    odds = np.maximum(odds, np.minimum(by_model, _ASKED_FROM))
    if of_photos is not None:
        taught = np.flatnonzero(learned.from_nothing)
        # Of a taught tag every photo counts, whatever its name would say.
        by_words = ~np.isin(tags, learned.columns[taught])
        rows, tags, odds = rows[by_words], tags[by_words], odds[by_words]
        everywhere = np.repeat(np.arange(len(photos)), len(taught))
        rows = np.concatenate([rows, everywhere])
        tags = np.concatenate([tags, np.tile(learned.columns[taught], len(photos))])
        odds = np.concatenate([odds, more[:, taught].ravel()])
    confidence = 1 / (1 + np.exp(-odds))
    sure = confidence >= floor
    return Pairs(rows[sure], tags[sure], confidence[sure])


def _least(floor: float, shift: float) -> float:
    """Return below which log-odds of the model alone no pair of a tag that nobody taught can reach the floor."""
    if floor <= 0:
        return -np.inf
    return float(np.log(floor / (1 - floor))) - max(0.0, shift) if floor < 1 else np.inf


def photo_features(photos: Photos, bank: Matrix) -> tuple[Matrix, Answering]:
    """Return what probes learn from, and how the photos answer to the bank."""
    bank_scores = photos.search @ bank.T
    theirs = answering(bank_scores)
    return features(bank_scores, theirs, photos.similar), theirs
