"""What each term of a query says of every photo: scored once, remembered while the rest of the query changes.

Somebody who adds a word, turns a chip round or moves the strictness asks again for terms that were just scored.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core import relevance
from clipview.core.features import Measured
from clipview.core.types import ImageTerm, Term, Vector
from clipview.core.vectors import VectorSnapshot

_REMEMBERED = 8
"""Terms; each takes 12 bytes a photo."""


class QueryVector(Struct, frozen=True):
    """A term of a query as a vector."""

    vector: Vector
    against_similar: bool
    """Compared with the photos' vectors for looks, rather than with those for words."""


class PhotoVectors(Struct, frozen=True, eq=False):
    """One model's vectors of photos, and what its scores are worth."""

    model_name: str
    search: VectorSnapshot
    similar: VectorSnapshot
    """Of the same photos in the same order."""
    calibration: relevance.Calibration
    measured: Measured | None = None
    """What the photos answer to neutral texts; None while these are not at hand."""
    background: tuple[int, ...] = ()
    """Ids of photos that stand for the library, chosen by content; they may be gone."""


class Said(Struct, frozen=True, eq=False):
    """One entry a photo, in the order of the vectors; not to be written to."""

    strengths: relevance.Strengths
    scores: NDArray[np.float32]
    """Cosines."""


class TermScores:
    """Scores of one set of vectors. Safe from several threads."""

    def __init__(self, vectors: PhotoVectors) -> None:
        self._vectors = vectors
        self._recent: OrderedDict[tuple[bool, bool, bytes], Said] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, terms: Sequence[Term], encoded: Sequence[QueryVector]) -> list[Said]:
        """Return what each term says, given the terms and their vectors."""
        keys = [
            (isinstance(term, ImageTerm), each.against_similar, each.vector.tobytes())
            for term, each in zip(terms, encoded, strict=True)
        ]
        with self._lock:
            known = {key: self._recent[key] for key in keys if key in self._recent}
        new = {key: each for key, each in zip(keys, encoded, strict=True) if key not in known}
        known.update(self._scored(new))
        with self._lock:
            for key in keys:
                self._recent[key] = known[key]
                self._recent.move_to_end(key)
            while len(self._recent) > _REMEMBERED:
                self._recent.popitem(last=False)
        return [known[key] for key in keys]

    def _scored(self, new: dict[tuple[bool, bool, bytes], QueryVector]) -> dict[tuple[bool, bool, bytes], Said]:
        """Score in one pass over the vectors for all terms of a kind."""
        said = {}
        calibration = self._vectors.calibration
        for vectors, similar in ((self._vectors.search, False), (self._vectors.similar, True)):
            keys = [key for key, each in new.items() if each.against_similar is similar]
            if not keys:
                continue
            columns = vectors.scores(np.stack([new[key].vector for key in keys])).T
            for key, scores in zip(keys, columns, strict=True):
                is_image = key[0]
                strengths = (calibration.image if is_image else calibration.text).strengths(scores)
                said[key] = Said(strengths, scores)
        return said
