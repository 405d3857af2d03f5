"""What photos score when nothing is asked of them: the level and the spread of each photo over a bank of texts.

Some photos lie near every text, some near none. Each photo's values depend on its own vector and the bank alone, to the
last bit: not on the photos beside it, the order of indexing, or a restart.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.store import StoredNeutral
from clipview.core.types import Matrix
from clipview.core.vectors import Ids, VectorSet

_AT_ONCE: Final = 4096
"""Photos that are scored against the bank at a time: five megabytes."""


class Neutral(Struct, frozen=True, eq=False):
    """The neutral scores of some photos, as parallel columns."""

    means: NDArray[np.float32]
    deviations: NDArray[np.float32]


def neutral_of(scores: NDArray[np.float32]) -> Neutral:
    """Return each photo's mean and standard deviation of its scores, shape (photos, texts)."""
    # Texts by photos: sums run over whole rows, so a photo's place among the others can't matter.
    exact = np.ascontiguousarray(scores.T, np.float64)
    means = exact.mean(axis=0)
    deviations = np.sqrt(np.square(exact - means).mean(axis=0))
    return Neutral(means.astype(np.float32), deviations.astype(np.float32))


class NeutralScores(Struct, frozen=True, eq=False):
    """The neutral scores of one model's photos by one bank."""

    signature: str
    """Names the bank."""
    ids: Ids
    """Ascending."""
    columns: Neutral
    kept: bool
    """Whether the database has all of it."""

    @classmethod
    def of(cls, bank: Matrix, stored: StoredNeutral | None) -> NeutralScores:
        """Take what the database has, if that is by this bank."""
        signature = hashlib.sha256(np.ascontiguousarray(bank, "<f4").tobytes()).hexdigest()
        if stored is None or stored.signature != signature:
            nothing = np.empty(0, np.float32)
            return cls(signature, np.empty(0, np.int64), Neutral(nothing, nothing), kept=True)
        return cls(signature, stored.photo_ids, Neutral(stored.means, stored.deviations), kept=True)

    def brought_up_to(self, vectors: VectorSet, bank: Matrix, changed: Ids) -> NeutralScores:
        """Return the same for the photos that a set has now.

        Args:
            vectors: the search vectors.
            bank: the one that `of` was given.
            changed: photos whose vectors may be others than before.

        A photo that is new takes about 30 microseconds.
        """
        there = vectors.snapshot().ids
        keep = np.isin(self.ids, there) & ~np.isin(self.ids, changed)
        missing = np.setdiff1d(there, self.ids[keep], assume_unique=True)
        if len(missing) == 0 and keep.all():
            return self
        ids, means, deviations = [self.ids[keep]], [self.columns.means[keep]], [self.columns.deviations[keep]]
        for start in range(0, len(missing), _AT_ONCE):
            picked = vectors.pick(missing[start : start + _AT_ONCE])
            scored = neutral_of(picked.scores(bank))
            ids.append(picked.ids)
            means.append(scored.means)
            deviations.append(scored.deviations)
        together = np.concatenate(ids)
        order = np.argsort(together)
        columns = Neutral(np.concatenate(means)[order], np.concatenate(deviations)[order])
        return NeutralScores(self.signature, together[order], columns, kept=False)

    def for_photos(self, ids: Ids) -> Neutral:
        """Return the columns in the order of these photos, which must all be known."""
        places = np.searchsorted(self.ids, ids)
        return Neutral(self.columns.means[places], self.columns.deviations[places])

    @property
    def to_store(self) -> StoredNeutral:
        """The form in which the database keeps it."""
        return StoredNeutral(self.signature, self.ids, self.columns.means, self.columns.deviations)
