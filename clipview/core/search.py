"""From a query to ranked photos: every photo is scored, so that counts, cuts, date order and filters are exact."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipview.core import relevance
from clipview.core.store import EmbeddingRows, FileColumns
from clipview.core.types import Filters, Hit, ImageTerm, Query, Results, Sort, Term, TextTerm, Vector
from clipview.core.vectors import VectorSet


@dataclass(frozen=True, slots=True)
class QueryVector:
    """A term of a query as a vector."""

    vector: Vector
    against_similar: bool
    """Compared with the photos' vectors for looks, rather than with those for words."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """An answer as arrays, one entry a hit in the order of the results; what a window needs, and quick at any size."""

    rows: NDArray[np.intp]
    """Positions in the searcher."""
    ids: NDArray[np.int64]
    strengths: relevance.Strengths
    scores: NDArray[np.float64]
    dates_s: NDArray[np.int64]
    """Local seconds since 1970: when the photo was taken, else when its file was changed."""
    colours: NDArray[np.uint32]
    """Average colours, 0xRRGGBB."""
    total: int
    strong: int
    possible: int
    named: int
    """How many of the strong ones are strong by their file name."""


class Searcher:
    """A library at one moment, in memory, ready to be searched. Safe from several threads."""

    def __init__(
        self, model_name: str, rows: EmbeddingRows, columns: FileColumns, calibration: relevance.Calibration
    ) -> None:
        """Take what the store holds.

        Args:
            model_name: the model whose vectors these are.
            rows: the vectors of the photos to search.
            columns: the files of these photos, and maybe of photos that have no vectors yet.
            calibration: what the model's scores are worth in this library.
        """
        self.model_name = model_name
        self._calibration = calibration
        self._search = _vector_set(rows.photo_ids, rows.search)
        self._similar = self._search if rows.similar is None else _vector_set(rows.photo_ids, rows.similar)
        self._photos = _Photos(rows.photo_ids, columns)

    @property
    def similar_vectors(self) -> VectorSet:
        """The vectors that tell how alike photos look."""
        return self._similar

    @property
    def total(self) -> int:
        """How many photos can be found."""
        return self._photos.count

    def names(self, photo_ids: Sequence[int]) -> dict[int, Path]:
        """Return the path of each photo that can be found."""
        rows = np.searchsorted(self._photos.ids, np.asarray(photo_ids, np.int64))
        paths = self._photos.paths(rows, Filters())
        return dict(zip(photo_ids, paths, strict=True))

    def rank(self, query: Query, encode: Callable[[Term], QueryVector]) -> Ranking:
        """Rank the photos that pass the query's filters.

        Args:
            query: without terms, everything that passes the filters is a hit.
            encode: turns a term into a vector.
        """
        mask = self._photos.mask(query.filters)
        if query.terms:
            strengths, scores = self._rank(query.terms, encode)
        else:
            strengths = np.full(self._photos.count, 100.0)
            scores = np.ones(self._photos.count)
        named = self._photos.named(query) if query.also_names else np.empty(0, np.intp)
        strengths[named] = _NAMED_STRENGTH
        strong = mask & (strengths >= relevance.STRONG_FROM)
        passed = mask & (strengths >= relevance.POSSIBLE_FROM)
        shown = np.flatnonzero(mask if query.include_weak else passed)
        rows = self._photos.ordered(shown, query.sort, strengths)[: query.limit]
        counted = int(strong.sum())
        return Ranking(
            rows=rows,
            ids=self._photos.ids[rows],
            strengths=strengths[rows],
            scores=scores[rows],
            dates_s=self._photos.dates_s[rows],
            colours=self._photos.colours[rows],
            total=int(mask.sum()),
            strong=counted,
            possible=int(passed.sum()) - counted,
            named=int(mask[named].sum()),
        )

    def search(self, query: Query, encode: Callable[[Term], QueryVector]) -> Results:
        """Rank as `rank` does, and name every hit."""
        ranking = self.rank(query, encode)
        paths = self._photos.paths(ranking.rows, query.filters)
        hits = tuple(
            Hit(
                photo_id=int(photo_id),
                path=path,
                match=relevance.match_percent(strength),
                band=relevance.band(strength),
                score=float(score),
                taken_at=self._photos.taken_at(row),
            )
            for row, photo_id, path, strength, score in zip(
                ranking.rows, ranking.ids, paths, ranking.strengths, ranking.scores, strict=True
            )
        )
        return Results(self.model_name, ranking.total, ranking.strong, ranking.possible, hits)

    def _rank(
        self, terms: Sequence[Term], encode: Callable[[Term], QueryVector]
    ) -> tuple[relevance.Strengths, NDArray[np.float64]]:
        strengths = []
        raw: NDArray[np.floating] = np.empty(0)
        for term in terms:
            encoded = encode(term)
            vectors = self._similar if encoded.against_similar else self._search
            raw = vectors.scores(encoded.vector[np.newaxis])[:, 0]
            scale = self._calibration.image if isinstance(term, ImageTerm) else self._calibration.text
            strengths.append(scale.strengths(raw))
        combined = relevance.combine(strengths, [term.weight for term in terms])
        alone = len(terms) == 1 and terms[0].weight > 0
        return combined, np.asarray(raw if alone else combined / 100.0, np.float64)


class _Photos:
    """What filters, orders and names the photos; rows are parallel to the vectors."""

    def __init__(self, ids: NDArray[np.int64], columns: FileColumns) -> None:
        self.ids = ids
        self.count = len(ids)
        rows = np.searchsorted(ids, columns.photo_ids)
        rows[rows == self.count] = 0
        usable = (ids[rows] == columns.photo_ids) if self.count else np.zeros(len(columns.photo_ids), np.bool_)
        files = np.flatnonzero(usable)
        self._file_rows = rows[files]
        self._file_paths = [columns.paths[file] for file in files]
        # Files are ordered by photo and path: the first of each photo names it.
        _, first = np.unique(self._file_rows, return_index=True)
        self._first_file = first
        self.dates_s = columns.dates_s[files][first]
        self._taken = columns.taken[files][first]
        self.colours = columns.colours[files][first]
        self._names: _Names | None = None
        self._folder_masks: dict[Path, NDArray[np.bool_]] = {}

    def mask(self, filters: Filters) -> NDArray[np.bool_]:
        mask = np.ones(self.count, np.bool_)
        if filters.folders:
            inside = np.zeros(self.count, np.bool_)
            for folder in filters.folders:
                inside |= self._inside(folder)
            mask &= inside
        if filters.since is not None:
            mask &= self.dates_s >= _local_s(filters.since)
        if filters.until is not None:
            mask &= self.dates_s < _local_s(filters.until) + _DAY_S
        return mask

    def ordered(self, rows: NDArray[np.intp], sort: Sort, strengths: relevance.Strengths) -> NDArray[np.intp]:
        """Order rows; ties go to the newer photo, then to the lower id."""
        newest, ids = -self.dates_s[rows], self.ids[rows]
        if sort is Sort.NAME:
            keys = [_name_key(self._file_paths[self._first_file[row]]) for row in rows]
            return rows[np.array(sorted(range(len(rows)), key=keys.__getitem__), np.intp)]
        if sort is Sort.BEST:
            return rows[np.lexsort((ids, newest, -strengths[rows]))]
        return rows[np.lexsort((ids, newest if sort is Sort.NEWEST else -newest))]

    def named(self, query: Query) -> NDArray[np.intp]:
        """Return the rows of photos one of whose file names has the first term's text at the start of a word."""
        text = next((term.text for term in query.terms if isinstance(term, TextTerm) and term.weight > 0), "").strip()
        if len(text) < _SHORTEST_NAME:
            return np.empty(0, np.intp)
        if self._names is None:
            self._names = _Names(self._file_paths)
        return np.unique(self._file_rows[self._names.files_with(text)])

    def paths(self, rows: NDArray[np.intp], filters: Filters) -> list[Path]:
        """Name each photo by its first file, or by its first file in the folders asked for."""
        names = []
        folders = [_prefix(folder) for folder in filters.folders]
        for row in rows:
            file = int(self._first_file[row])
            while folders and not self._file_paths[file].startswith(tuple(folders)):
                file += 1
            names.append(Path(os.fsdecode(self._file_paths[file])))
        return names

    def taken_at(self, row: int) -> datetime | None:
        if not self._taken[row]:
            return None
        return _EPOCH + timedelta(seconds=int(self.dates_s[row]))

    def _inside(self, folder: Path) -> NDArray[np.bool_]:
        known = self._folder_masks.get(folder)
        if known is None:
            prefix = _prefix(folder)
            known = np.zeros(self.count, np.bool_)
            known[
                [row for row, path in zip(self._file_rows, self._file_paths, strict=True) if path.startswith(prefix)]
            ] = True
            self._folder_masks[folder] = known
        return known


class _Names:
    """All file names in one string: looking for a word in 100,000 names takes a millisecond."""

    def __init__(self, paths: Sequence[bytes]) -> None:
        separator = os.sep.encode()
        names = [os.fsdecode(path.rpartition(separator)[2]).casefold().replace("\n", " ") for path in paths]
        self._text = "\n" + "\n".join(names)
        self._starts = np.cumsum([1] + [len(name) + 1 for name in names[:-1]])

    def files_with(self, words: str) -> NDArray[np.intp]:
        wanted = words.casefold()
        found = []
        at = self._text.find(wanted)
        while at >= 0:
            if not (self._text[at - 1].isalnum() and wanted[0].isalnum()):
                found.append(at)
            at = self._text.find(wanted, at + 1)
        return np.unique(np.searchsorted(self._starts, found, side="right") - 1)


_NAMED_STRENGTH = 200.0
"""Above everything that a model can say."""

_SHORTEST_NAME = 3
"""Characters: fewer are in too many names."""

_DAY_S = 86_400
_EPOCH = datetime(1970, 1, 1)


def _local_s(day: date) -> int:
    """Local seconds since 1970 at the start of a day, as the store counts them: as if local time were UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _prefix(folder: Path) -> bytes:
    return os.fsencode(folder).rstrip(os.sep.encode()) + os.sep.encode()


def _name_key(path: bytes) -> tuple[str, bytes]:
    return os.fsdecode(path.rpartition(os.sep.encode())[2]).casefold(), path


def _vector_set(ids: NDArray[np.int64], matrix: NDArray[np.float16]) -> VectorSet:
    vectors = VectorSet(matrix.shape[1])
    vectors.put(ids, matrix)
    return vectors
