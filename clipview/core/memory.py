"""What a library holds in memory to answer at once, and how that follows the database without reading it all again."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from clipview.core import relevance
from clipview.core.features import Measured
from clipview.core.neutral import NeutralScores
from clipview.core.photo_table import PhotoTable
from clipview.core.search import Searcher
from clipview.core.store import Changes, EmbeddingRows, Model, Store
from clipview.core.term_scores import PhotoVectors
from clipview.core.types import Matrix
from clipview.core.vectors import Ids, IndexDamagedError, IndexSeal, Neighbours, VectorSet

log = logging.getLogger(__name__)

_SAMPLE_POOL_FACTOR = 4

_SPARE = 1.25
"""Room for a scan to add to, so that a large matrix isn't moved soon after it was loaded."""

_BACKGROUND_PHOTOS = 100
"""How many of them stand for the library where a few photos are compared with it."""

_CALIBRATE_AGAIN = 0.05
"""A library that grows by this share while a scan runs is calibrated anew before its end."""


class Loaded(Struct, frozen=True, eq=False):
    """A library's content at one moment."""

    generation: int
    model: Model | None
    """The model that searches use; None while there is none."""
    searcher: Searcher
    vectors: ModelVectors | None
    """None as long as only the table of photos is loaded."""


class ModelVectors(Struct, frozen=True, eq=False):
    """One model's vectors, which grow in place; a searcher keeps its own snapshot of them."""

    search: VectorSet
    similar: VectorSet
    """The same as `search` for a model that has no others."""
    calibration: relevance.Calibration
    calibrated_photos: int
    background: tuple[int, ...]
    """Some of the photos that it was calibrated on."""
    bank: Matrix | None
    """The texts to measure with; None while they are not at hand."""
    neutral: NeutralScores | None
    """None without a bank."""
    calibrated_with_bank: bool


class Memory:
    """Follows one library. `current` is safe from any thread and never waits; `refresh` runs in one at a time."""

    def __init__(
        self,
        store: Store,
        active_model: Callable[[], Model | None],
        bank: Callable[[Model], Matrix | None],
        keep: Callable[[Callable[[Store], None]], None],
        neighbour_file: Callable[[Model], Path],
    ) -> None:
        """Take where things come from.

        Args:
            store: the database.
            active_model: tells which model searches use.
            bank: gives the vectors of the unrelated texts that scores are measured against, None when not at hand.
            keep: writes to the database if that is possible now.
            neighbour_file: where a model's neighbours are kept.
        """
        self._store = store
        self._active_model = active_model
        self._bank = bank
        self._keep = keep
        self._neighbour_file = neighbour_file
        self._current: Loaded | None = None
        self._neighbours: tuple[VectorSet, Neighbours] | None = None
        self._refreshing = threading.RLock()

    @property
    def current(self) -> Loaded | None:
        """What is loaded; maybe older than the database."""
        return self._current

    def forget(self) -> None:
        """Drop everything; the next refresh reads it again."""
        with self._refreshing:
            self._current = None
            self._neighbours = None

    def load_table(self) -> Loaded:
        """Load what is known of the photos, without their vectors, unless something is loaded already."""
        with self._refreshing:
            if self._current is None:
                generation = self._store.generation
                # What is read now need not be read again as a change.
                self._store.changes(None)
                table = PhotoTable(self._store.file_columns())
                self._current = Loaded(
                    generation, self._active_model(), Searcher(table, None, self._store.members), None
                )
            return self._current

    def refresh(self, *, settled: bool = True) -> Loaded:
        """Bring what is loaded up to date with the database, and return it.

        A writer reads only what it has changed itself; a reader reads all of it again.

        Args:
            settled: calibrate on the library as it is now; else only when it has grown by much.
        """
        with self._refreshing:
            try:
                self._current = self._refreshed(settled=settled)
            except BaseException:
                # Changes may have been taken and not applied.
                self._current = None
                raise
            return self._current

    def neighbours(self) -> Neighbours | None:
        """Return what finds the nearest photos, opened on first use; None without vectors."""
        loaded = self._current
        if loaded is None or loaded.vectors is None or loaded.model is None:
            return None
        with self._refreshing:
            vectors = loaded.vectors.similar
            if self._neighbours is None or self._neighbours[0] is not vectors:
                self._neighbours = (vectors, self._open_neighbours(loaded.model, vectors))
            return self._neighbours[1]

    def _refreshed(self, *, settled: bool) -> Loaded:
        before, model, generation = self._current, self._active_model(), self._store.generation
        if before is not None and (before.generation, before.model) == (generation, model):
            complete = model is None or before.vectors is not None
            if complete and not self._must_calibrate(before, settled=settled) and not _must_keep(before, settled):
                return before
        same_model = before is not None and before.model == model and before.vectors is not None
        changes = self._store.changes(model if same_model else None)
        if before is None or changes is None:
            table = PhotoTable(self._store.file_columns())
        else:
            generation = changes.generation
            table = before.searcher.table
            if len(changes.photo_ids):
                table = table.changed(changes.photo_ids, changes.columns)
        if model is None:
            return Loaded(generation, None, Searcher(table, None, self._store.members), None)
        if before is not None and before.vectors is not None and same_model and changes is not None:
            vectors, changed = before.vectors, changes.photo_ids
            _apply(changes, vectors)
        else:
            vectors, changed = self._load_vectors(model, len(table)), np.empty(0, np.int64)
        vectors = self._with_neutral(model, vectors, changed, settled=settled)
        loaded = Loaded(generation, model, Searcher(table, None, self._store.members), vectors)
        if self._must_calibrate(loaded, settled=settled):
            vectors = self._calibrated(model, vectors)
        search, calibration = vectors.search.snapshot(), vectors.calibration
        measured = None
        if vectors.bank is not None and vectors.neutral is not None:
            measured = Measured(vectors.bank, vectors.neutral.for_photos(search.ids))
            calibration = calibration.of(measured.neutral)
        similar = vectors.similar.snapshot()
        shown = PhotoVectors(model.name, search, similar, calibration, measured, vectors.background)
        return Loaded(generation, model, Searcher(table, shown, self._store.members), vectors)

    def _load_vectors(self, model: Model, photos: int) -> ModelVectors:
        room = int(photos * _SPARE)
        search = VectorSet(model.dim, room)
        similar = search if model.similar_dim == model.dim else VectorSet(model.similar_dim, room)
        self._store.each_embedding(model, partial(_put, search, similar))
        none = relevance.calibrate(search.pick([]), similar.pick([]), _none(search), model.default_scale)
        return ModelVectors(search, similar, none, -1, (), None, None, calibrated_with_bank=False)

    def _with_neutral(self, model: Model, vectors: ModelVectors, changed: Ids, *, settled: bool) -> ModelVectors:
        """Bring what photos score with anything up to date, and keep it for the next start when all is settled."""
        bank = self._bank(model)
        if bank is None:
            return vectors
        before = vectors.neutral or NeutralScores.of(bank, self._store.neutral(model.model_id))
        neutral = before.brought_up_to(vectors.search, bank, changed)
        if settled and not neutral.kept:
            to_store = neutral.to_store
            self._keep(lambda store: store.put_neutral(model.model_id, to_store))
            neutral = replace(neutral, kept=True)
        return replace(vectors, bank=bank, neutral=neutral)

    def _must_calibrate(self, loaded: Loaded, *, settled: bool) -> bool:
        vectors = loaded.vectors
        if vectors is None or loaded.model is None:
            return False
        if not vectors.calibrated_with_bank and self._bank(loaded.model) is not None:
            return True
        count, last = len(vectors.search), vectors.calibrated_photos
        return count != last and (settled or abs(count - last) > _CALIBRATE_AGAIN * last)

    def _calibrated(self, model: Model, vectors: ModelVectors) -> ModelVectors:
        """Calibrate on a sample chosen by content, so that the order of indexing makes no difference."""
        bank = self._bank(model)
        pool = self._store.ids_by_content(_SAMPLE_POOL_FACTOR * relevance.SAMPLE_PHOTOS)
        sample = [photo_id for photo_id in pool if photo_id in vectors.search][: relevance.SAMPLE_PHOTOS]
        calibration = relevance.calibrate(
            vectors.search.pick(sample),
            vectors.similar.pick(sample[: relevance.SAMPLE_PAIRED_PHOTOS]),
            _none(vectors.search) if bank is None else bank,
            model.default_scale,
        )
        return replace(
            vectors,
            calibration=calibration,
            calibrated_photos=len(vectors.search),
            background=tuple(sample[:_BACKGROUND_PHOTOS]),
            calibrated_with_bank=bank is not None,
        )

    def _open_neighbours(self, model: Model, vectors: VectorSet) -> Neighbours:
        seal = self._store.neighbour_seal(model.model_id)
        if seal is not None and len(vectors):
            try:
                return Neighbours.load(vectors, self._neighbour_file(model), IndexSeal(**json.loads(seal)))
            except IndexDamagedError as error:
                log.info("the file of neighbours is built again: %s", error)
        return Neighbours(vectors)


def _put(search: VectorSet, similar: VectorSet, rows: EmbeddingRows) -> None:
    search.put(rows.photo_ids, rows.search)
    if rows.similar is not None:
        similar.put(rows.photo_ids, rows.similar)


def _apply(changes: Changes, vectors: ModelVectors) -> None:
    there = [rows.photo_ids for rows in changes.rows]
    gone = np.setdiff1d(changes.photo_ids, np.concatenate(there) if there else [], assume_unique=True)
    vectors.search.remove(gone)
    if vectors.similar is not vectors.search:
        vectors.similar.remove(gone)
    for rows in changes.rows:
        _put(vectors.search, vectors.similar, rows)


def _must_keep(loaded: Loaded, settled: bool) -> bool:
    neutral = None if loaded.vectors is None else loaded.vectors.neutral
    return settled and neutral is not None and not neutral.kept


def _none(vectors: VectorSet) -> Matrix:
    return np.empty((0, vectors.dim), np.float32)
