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
    all_dates_s: NDArray[np.int64]
    """Of the whole table; see `dates_s`."""
    all_scores: NDArray[np.float32] | None
    """Of the whole table: the cosines with the only term; None when there is more than that, or less."""
    closest: bool = False
    """Nothing passed the line: these are the closest photos below it."""
    left_out: int = 0
    """Screenshots and documents that pass the line and are kept apart."""

    @property
    def dates_s(self) -> NDArray[np.int64]:
        """Local seconds since 1970: when the photo was taken, else when its file was changed."""
        return self.all_dates_s[self.rows]

    @property
    def scores(self) -> NDArray[np.float64]:
        """The cosine with the one term, else the strength as a share of 1."""
        if self.all_scores is None:
            return self.strengths / 100.0
        return self.all_scores[self.rows].astype(np.float64)


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
        self._remembered: _Remembered | None = None

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
        encoded = [encode(term) for term in query.terms]
        remembered = self._remembered
        if remembered is not None and remembered.answers(query, encoded, closest, paperwork):
            return remembered.ranking
        return self._ranked(query, encoded, closest, paperwork)

    def _ranked(
        self,
        query: Query,
        encoded: Sequence[QueryVector],
        closest: int,
        paperwork: NDArray[np.int64] | None,
    ) -> Ranking:
        table = self.table
        mask = table.mask(query.filters, self._members)
        any_time = table.mask(undated(query.filters), self._members) if table.dated(query.filters) else mask
        apart = table.apart(query.paperwork, paperwork)
        if not query.searches:
            return self._browse(query, _without(mask, apart), _without(any_time, apart))
        strengths, scores = self._scored(query, encoded)
        named = self.named_rows(query)
        strengths[named] = _NAMED_STRENGTH
        lines = relevance.lines(query.strictness)
        passed = strengths >= lines.possible
        left_out = 0
        if apart is not None:
            apart[named] &= query.paperwork is Paperwork.ONLY
            if query.paperwork is Paperwork.LEAVE_OUT:
                left_out = int(np.count_nonzero(mask & apart & passed))
        all_dates = any_time is mask
        any_time = _without(any_time, apart) & passed
        mask = _without(mask, apart) & np.isfinite(strengths)
        passed = any_time if all_dates else passed & mask
        strong = int(np.count_nonzero(passed & (strengths >= lines.strong)))
        possible = int(np.count_nonzero(passed)) - strong
        none_passed = closest > 0 and not query.include_weak and strong + possible == 0
        sort, limit = (Sort.BEST, closest) if none_passed else (query.sort, query.limit)
        rows = table.ordered(mask if query.include_weak or none_passed else passed, sort, strengths, limit)
        return Ranking(
            rows=rows,
            ids=table.ids[rows],
            strengths=strengths[rows],
            colours=table.colours[rows],
            total=int(np.count_nonzero(mask)),
            strong=strong,
            possible=possible,
            named=int(np.count_nonzero(mask[named])),
            months=table.months(any_time),
            all_dates_s=table.dates_s,
            all_scores=scores,
            closest=none_passed and len(rows) > 0,
            left_out=left_out,
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

    def anticipate(
        self,
        query: Query,
        encode: Callable[[Term], QueryVector],
        *,
        closest: int = 0,
        paperwork: NDArray[np.int64] | None = None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Rank a query that may be asked, and remember the last such ranking.

        Args:
            query, encode, closest, paperwork: see `rank`.
            wanted: asked once the terms are scored; when not, the ranking is left out.
        """
        if self._terms is None:
            return
        encoded = [encode(term) for term in query.terms]
        self._terms.of(query.terms, encoded)
        # What people say of photos changes from one moment to the next.
        if query.searches and not query.filters.told_by_people and wanted():
            ranking = self._ranked(query, encoded, closest, paperwork)
            self._remembered = _Remembered(query, encoded, closest, paperwork, ranking)

    def strengths(self, query: Query, encode: Callable[[Term], QueryVector]) -> relevance.Strengths:
        """Return what the model says of every photo of the table; minus infinity where it can't be compared."""
        return self._scored(query, [encode(term) for term in query.terms])[0]

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
            colours=table.colours[rows],
            total=count,
            strong=count,
            possible=0,
            named=0,
            months=table.months(any_time),
            all_dates_s=table.dates_s,
            all_scores=None,
        )

    def _scored(
        self, query: Query, encoded: Sequence[QueryVector]
    ) -> tuple[relevance.Strengths, NDArray[np.float32] | None]:
        """Return each photo's strength, minus infinity where it can't be compared, and its cosine with the only term.

        The strengths are the caller's, to be written to.
        """
        assert self.vectors is not None
        assert self._match is not None
        assert self._terms is not None
        assert self._feedback is not None
        said = self._terms.of(query.terms, encoded)
        weights = [term.weight for term in query.terms]
        combined = relevance.combine([each.strengths for each in said], weights) if said else None
        alone = len(query.terms) == 1 and query.terms[0].weight > 0 and not (query.more or query.less)
        if combined is None or query.more or query.less:
            combined = self._feedback.with_marks(combined, query.more, query.less)
        scores = said[0].scores if alone else None
        if self._match.one_to_one:
            return combined, scores
        strengths = np.full(len(self.table), -np.inf)
        strengths[self._match.rows] = combined[self._match.places]
        if scores is None:
            return strengths, None
        all_scores = np.zeros(len(self.table), np.float32)
        all_scores[self._match.rows] = scores[self._match.places]
        return strengths, all_scores


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


class _Remembered(Struct, frozen=True, eq=False):
    """A ranking that was made before it was asked for, and all that it depends on beside the photos."""

    query: Query
    encoded: Sequence[QueryVector]
    closest: int
    paperwork: NDArray[np.int64] | None
    ranking: Ranking

    def answers(
        self, query: Query, encoded: Sequence[QueryVector], closest: int, paperwork: NDArray[np.int64] | None
    ) -> bool:
        """Tell whether this is what is asked for; an array of paperwork that is in use stays as it is."""
        return (
            (self.query, self.closest) == (query, closest)
            and self.paperwork is paperwork
            and all(
                ours.against_similar == each.against_similar and np.array_equal(ours.vector, each.vector)
                for ours, each in zip(self.encoded, encoded, strict=True)
            )
        )


_NAMED_STRENGTH = 200.0
"""Above everything that a model can say."""


def _without(mask: Mask, apart: Mask | None) -> Mask:
    return mask if apart is None else mask & ~apart


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
