"""From a query to ranked photos: every photo is scored, so that counts, cuts, date order and filters are exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core import relevance
from clipview.core.feedback import Feedback
from clipview.core.members import Members
from clipview.core.photo_table import Mask, PhotoTable, Rows, undated
from clipview.core.term_scores import PhotoVectors, QueryVector, TermScores
from clipview.core.types import Filters, Hit, Months, Paperwork, Query, Results, Sort, Term, TextTerm


class Ranking(Struct, frozen=True, eq=False):
    """An answer as arrays, one entry a hit in the order of the results; what a window needs, and quick at any size."""

    rows: Rows
    """Positions in the table of photos."""
    ids: NDArray[np.int64]
    strengths: relevance.Strengths
    scores: NDArray[np.float64]
    dates_s: NDArray[np.int64]
    """Local seconds since 1970: when the photo was taken, else when its file was changed."""
    colours: NDArray[np.uint32]
    """Average colours, 0xRRGGBB."""
    total: int
    """Photos that pass the filters and could be compared."""
    strong: int
    possible: int
    named: int
    """How many of the strong ones are strong by their file name."""
    months: Months
    """When the photos of the answer were taken, and those that only a filter by date keeps out."""
    closest: bool = False
    """Nothing passed the line: these are the closest photos below it."""
    left_out: int = 0
    """Screenshots and documents that pass the line and are kept apart."""


class Searcher:
    """A library at one moment, in memory, ready to be searched. Safe from several threads."""

    def __init__(self, table: PhotoTable, vectors: PhotoVectors | None, members: Members | None = None) -> None:
        """Take what is known of the photos.

        Args:
            table: the photos.
            vectors: of some or all of them; without vectors, only queries without terms can be answered.
            members: answers for tags, albums, favourites and stars.
        """
        self.table = table
        self._members = members
        self.vectors = vectors
        self._terms = None if vectors is None else TermScores(vectors)
        self._feedback = None if vectors is None else Feedback(vectors)
        self._match = None if vectors is None else _match(table.ids, vectors.search.ids)

    @property
    def searchable(self) -> int:
        """How many photos have vectors."""
        return 0 if self._match is None else len(self._match.rows)

    def names(self, photo_ids: Sequence[int]) -> dict[int, Path]:
        """Return the path of each of these photos that is in the table."""
        wanted = np.asarray(photo_ids, np.int64)
        rows = np.flatnonzero(np.isin(self.table.ids, wanted))
        return dict(zip(self.table.ids[rows].tolist(), self.table.paths(rows, Filters()), strict=True))

    def rank(
        self,
        query: Query,
        encode: Callable[[Term], QueryVector],
        *,
        closest: int = 0,
        paperwork: NDArray[np.int64] | None = None,
    ) -> Ranking:
        """Rank the photos that pass the query's filters.

        Args:
            query: when it looks for nothing, everything that passes the filters is a hit.
            encode: turns a term into a vector.
            closest: how many photos to give, best first, when none passes the line.
            paperwork: ids of the screenshots and documents that `query.paperwork` speaks of.
        """
        table = self.table
        mask = table.mask(query.filters, self._members)
        any_time = mask.copy() if not table.dated(query.filters) else table.mask(undated(query.filters), self._members)
        apart = table.apart(query.paperwork, paperwork)
        if not query.searches:
            return self._browse(query, mask & ~apart, any_time & ~apart)
        strengths, scores = self._rank(query, encode)
        named = self.named_rows(query)
        strengths[named] = _NAMED_STRENGTH
        lines = relevance.lines(query.strictness)
        apart[named] &= query.paperwork is Paperwork.ONLY
        left_out = int(np.count_nonzero(mask & apart & (strengths >= lines.possible)))
        mask &= np.isfinite(strengths) & ~apart
        strong = int(np.count_nonzero(mask & (strengths >= lines.strong)))
        passed = mask & (strengths >= lines.possible)
        possible = int(np.count_nonzero(passed)) - strong
        none_passed = closest > 0 and not query.include_weak and strong + possible == 0
        sort, limit = (Sort.BEST, closest) if none_passed else (query.sort, query.limit)
        shown = mask if query.include_weak or none_passed else passed
        rows = table.ordered(shown, sort, strengths, limit)
        return Ranking(
            rows=rows,
            ids=table.ids[rows],
            strengths=strengths[rows],
            scores=scores[rows],
            dates_s=table.dates_s[rows],
            colours=table.colours[rows],
            total=int(np.count_nonzero(mask)),
            strong=strong,
            possible=possible,
            named=int(np.count_nonzero(mask[named])),
            months=table.months(any_time & ~apart & (strengths >= lines.possible)),
            closest=none_passed and len(rows) > 0,
            left_out=left_out if query.paperwork is Paperwork.LEAVE_OUT else 0,
        )

    def search(self, query: Query, encode: Callable[[Term], QueryVector]) -> Results:
        """Rank as `rank` does, and name every hit."""
        ranking = self.rank(query, encode)
        paths = self.table.paths(ranking.rows, query.filters)
        lines = relevance.lines(query.strictness)
        hits = tuple(
            Hit(
                photo_id=int(photo_id),
                path=path,
                match=relevance.match_percent(strength),
                band=lines.band(strength),
                score=float(score),
                taken_at=self.table.taken_at(row),
            )
            for row, photo_id, path, strength, score in zip(
                ranking.rows, ranking.ids, paths, ranking.strengths, ranking.scores, strict=True
            )
        )
        model_name = "" if self.vectors is None else self.vectors.model_name
        return Results(model_name, ranking.total, ranking.strong, ranking.possible, hits)

    def anticipate(self, query: Query, encode: Callable[[Term], QueryVector]) -> None:
        """Score the terms of a query that may be asked, and remember what they say."""
        if self._terms is not None:
            self._terms.of(query.terms, [encode(term) for term in query.terms])

    def strengths(self, query: Query, encode: Callable[[Term], QueryVector]) -> relevance.Strengths:
        """Return what the model says of every photo of the table; minus infinity where it can't be compared."""
        return self._rank(query, encode)[0]

    def named_rows(self, query: Query) -> Rows:
        """Return which photos of the table match by their file name."""
        return self.table.named(_typed(query)) if query.also_names else np.empty(0, np.intp)

    def _browse(self, query: Query, mask: Mask, any_time: Mask) -> Ranking:
        table = self.table
        everything = np.broadcast_to(np.float64(100.0), len(table))
        rows = table.ordered(mask, Sort.NEWEST if query.sort is Sort.BEST else query.sort, everything)
        count = len(rows)
        rows = rows[: query.limit]
        return Ranking(
            rows=rows,
            ids=table.ids[rows],
            strengths=everything[rows],
            scores=np.ones(len(rows)),
            dates_s=table.dates_s[rows],
            colours=table.colours[rows],
            total=count,
            strong=count,
            possible=0,
            named=0,
            months=table.months(any_time),
        )

    def _rank(
        self, query: Query, encode: Callable[[Term], QueryVector]
    ) -> tuple[relevance.Strengths, NDArray[np.float64]]:
        """Return each photo's strength, minus infinity where it can't be compared, and its score."""
        assert self.vectors is not None
        assert self._match is not None
        assert self._terms is not None
        assert self._feedback is not None
        said = self._terms.of(query.terms, [encode(term) for term in query.terms])
        weights = [term.weight for term in query.terms]
        combined = relevance.combine([each.strengths for each in said], weights) if said else None
        alone = len(query.terms) == 1 and query.terms[0].weight > 0 and not (query.more or query.less)
        if combined is None or query.more or query.less:
            combined = self._feedback.with_marks(combined, query.more, query.less)
        scores = np.asarray(said[0].scores if alone else combined / 100.0, np.float64)
        if self._match.one_to_one:
            return combined, scores
        all_strengths, all_scores = np.full(len(self.table), -np.inf), np.zeros(len(self.table))
        all_strengths[self._match.rows] = combined[self._match.places]
        all_scores[self._match.rows] = scores[self._match.places]
        return all_strengths, all_scores


def described(
    searcher: Searcher, encode: Callable[[Term], QueryVector], term: TextTerm
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the ids of all photos with vectors, and how strongly each matches a description."""
    ranking = searcher.rank(Query((term,), include_weak=True), encode)
    return ranking.ids, ranking.strengths


class _Match(Struct, frozen=True, eq=False):
    """Which vectors belong to which rows of the table."""

    rows: Rows
    places: Rows
    one_to_one: bool
    """Every photo has a vector, in the table's order."""


_NAMED_STRENGTH = 200.0
"""Above everything that a model can say."""


def _typed(query: Query) -> str:
    """Return the text of the first term that asks for something in words."""
    return next((term.text for term in query.terms if isinstance(term, TextTerm) and term.weight > 0), "")


def _match(ids: NDArray[np.int64], photo_ids: NDArray[np.int64]) -> _Match:
    if np.array_equal(ids, photo_ids):
        return _Match(np.arange(len(ids)), np.arange(len(ids)), one_to_one=True)
    if len(ids) == 0:
        return _Match(np.empty(0, np.intp), np.empty(0, np.intp), one_to_one=False)
    rows = np.searchsorted(ids, photo_ids)
    rows[rows == len(ids)] = 0
    places = np.flatnonzero(ids[rows] == photo_ids)
    return _Match(rows[places], places, one_to_one=False)
