"""Why a photo matches: what each part of a query gives to it, how it stands in its library, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from clipview.core.prompts import Vocabulary
from clipview.core.relevance import Strengths, match_percent
from clipview.core.search import Searcher
from clipview.core.term_scores import QueryVector
from clipview.core.types import Explanation, ImageTerm, Matrix, Query, Reason, Term, Vector
from clipview.core.vectors import VectorSnapshot

CLOSEST_WORDS: Final = 5

_SAMPLE: Final = 500
"""Photos that tell what a word scores on anything."""

_STANDS_OUT: Final = 1.5
"""A word is said of a photo that lies this many standard deviations above the library's mean for it."""

_BESIDE_THE_CLOSEST: Final = 0.3
"""A word that stands out less than this share of the closest one is an echo of it, as "hot dog" is of "dog"."""


class Words(Struct, frozen=True, eq=False):
    """The vocabulary as vectors of the model in use."""

    vocabulary: Vocabulary
    bank: Matrix
    """One row a tag, shape (tags, dim)."""
    seen: NDArray[np.bool_]
    """Which of the tags the model can see."""


def explain(
    searcher: Searcher,
    query: Query,
    encode: Callable[[Term], QueryVector],
    describe: Callable[[ImageTerm], Vector],
    words: Words | None,
    photo_id: int,
) -> Explanation | None:
    """Explain a photo's place in the answer to a query; None when the photo has no vectors or nothing is looked for.

    Costs about as much as the search once more for every term.

    Args:
        searcher: the library, with vectors.
        query: what was asked.
        encode: turns a term into a vector.
        describe: turns a picture into a vector that can be compared with words.
        words: the vocabulary; None while it is not at hand.
        photo_id: the photo.
    """
    vectors = searcher.vectors
    if vectors is None or not query.searches:
        return None
    places = np.flatnonzero(vectors.search.ids == photo_id)
    rows = np.flatnonzero(searcher.table.ids == photo_id)
    if not len(places) or not len(rows):
        return None
    row = int(rows[0])
    whole = searcher.strengths(query, encode)
    named = row in searcher.named_rows(query)
    near = None if words is None else _Nearness.of(words, vectors.search)
    own = vectors.search.take(places).matrix[0]
    reasons = [_of_term(searcher, query, encode, number, row) for number in range(len(query.terms))]
    if near is not None:
        reasons = [
            replace(reason, agrees=near.shared(own, describe(reason.term)))
            if isinstance(reason.term, ImageTerm) and reason.term.weight > 0
            else reason
            for reason in reasons
        ]
    if query.more or query.less:
        reasons.append(_of_marks(searcher, query, encode, whole, row))
    others = np.delete(whole, row)
    others = others[np.isfinite(others)]
    better = float(np.count_nonzero(others < whole[row])) / max(1, len(others)) * 100
    return Explanation(
        photo_id=photo_id,
        match=100 if named else match_percent(float(whole[row])),
        named=named,
        better_than=100.0 if named else better,
        reasons=tuple(reasons),
        words=() if near is None else near.closest(own),
    )


def _of_term(searcher: Searcher, query: Query, encode: Callable[[Term], QueryVector], number: int, row: int) -> Reason:
    term = query.terms[number]
    alone = float(searcher.strengths(Query((replace(term, weight=1.0),)), encode)[row])
    if term.weight > 0:
        wanted = sum(each.weight for each in query.terms if each.weight > 0)
        points = min(max(alone, 0.0), 100.0) * term.weight / wanted
    else:
        words = replace(query, more=(), less=())
        kept = tuple(each for at, each in enumerate(query.terms) if at != number)
        before = float(searcher.strengths(replace(words, terms=kept), encode)[row]) if kept else 100.0
        points = _shown(float(searcher.strengths(words, encode)[row])) - _shown(before)
    return Reason(term, match_percent(alone), round(points))


def _of_marks(
    searcher: Searcher, query: Query, encode: Callable[[Term], QueryVector], whole: Strengths, row: int
) -> Reason:
    alone = float(searcher.strengths(replace(query, terms=()), encode)[row])
    without = 0.0
    if query.terms:
        without = _shown(float(searcher.strengths(replace(query, more=(), less=()), encode)[row]))
    return Reason(None, match_percent(alone), round(_shown(float(whole[row])) - without))


def _shown(strength: float) -> float:
    return min(max(strength, 0.0), 100.0)


class _Nearness(Struct, frozen=True, eq=False):
    """How near photos are to the words of a vocabulary, compared with the library as a whole."""

    words: Words
    means: NDArray[np.float32]
    spreads: NDArray[np.float32]

    @classmethod
    def of(cls, words: Words, vectors: VectorSnapshot) -> _Nearness:
        places = np.unique(np.linspace(0, len(vectors) - 1, min(_SAMPLE, len(vectors))).astype(np.intp))
        scores = vectors.take(places).matrix @ words.bank.T
        return cls(words, scores.mean(axis=0), np.maximum(scores.std(axis=0), 1e-6))

    def closest(self, photo: Vector) -> tuple[str, ...]:
        return self._named(self._above(photo))

    def shared(self, one: Vector, other: Vector) -> tuple[str, ...]:
        return self._named(np.minimum(self._above(one), self._above(other)))

    def _above(self, photo: Vector) -> NDArray[np.float32]:
        """Return how far a picture's score for each word lies above what the library has, where it stands out."""
        above: NDArray[np.float32] = self.words.bank @ photo - self.means
        return np.where((above > _STANDS_OUT * self.spreads) & self.words.seen, above, np.float32(0))

    def _named(self, above: NDArray[np.float32]) -> tuple[str, ...]:
        best = np.argsort(-above, kind="stable")[:CLOSEST_WORDS]
        least = max(float(above[best[0]]) * _BESIDE_THE_CLOSEST, 1e-6)
        return tuple(self.words.vocabulary.tags[place].name for place in best if above[place] >= least)
