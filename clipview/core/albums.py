"""Albums as people use them: which photos are in one now, and what there is to say about it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from clipview.core import album_facts
from clipview.core.album_facts import AlbumFacts
from clipview.core.changes import AlbumContent, AlbumKind
from clipview.core.memory import Loaded
from clipview.core.prompts import Vocabulary
from clipview.core.search import Ranking
from clipview.core.store import AlbumHead, Personal
from clipview.core.stored_query import from_text
from clipview.core.types import Band, Hit, Matrix, Query, Results

_LIBRARY_SAMPLE = 4_000

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The vocabulary as vectors of the model in use."""

    vocabulary: Vocabulary
    bank: Matrix
    """One row a tag, shape (tags, dim)."""
    seen: NDArray[np.bool_]
    """Which of the tags the model can see."""


class _Filling(threading.local):
    """The albums that a thread is filling now."""

    names: frozenset[str] = frozenset()


class Albums:
    """The albums of one library. Safe from any thread; changes go through `Personal.change`."""

    def __init__(
        self,
        personal: Personal,
        loaded: Callable[[], Loaded],
        rank: Callable[[Query], Ranking],
        search: Callable[[Query], Results],
        words: Callable[[Loaded], Words | None],
    ) -> None:
        """Take what albums stand on.

        Args:
            personal: where they are kept.
            loaded: what is in memory of the library now.
            rank: answers a search album's query in arrays.
            search: answers it with names.
            words: gives the vocabulary for the model that is loaded; None when it is not at hand.
        """
        self._personal, self._loaded, self._words = personal, loaded, words
        self._rank, self._search = rank, search
        self._filling = _Filling()

    def heads(self) -> list[AlbumHead]:
        """Return all albums by name, without filling those that fill themselves."""
        return self._personal.albums()

    def content(self, name: str) -> AlbumContent:
        """Return what an album is; ClipViewError when there is none of this name."""
        return self._personal.album(name)

    def count(self, head: AlbumHead) -> int:
        """Return how many photos are in an album now."""
        return head.present if head.kind is AlbumKind.MANUAL else len(self.photos(head.name))

    def photos(self, name: str) -> Ids:
        """Return the photos that are in an album now and have a file, in its own order.

        Raises:
            ClipViewError: there is no such album, or its search can't be answered.
        """
        album = self._personal.album(name)
        if album.kind is AlbumKind.MANUAL:
            there = self._loaded().searcher.table.ids
            wanted = np.array(album.photo_ids, np.int64)
            return wanted[np.isin(wanted, there)]
        return self.filled(name)

    def filled(self, name: str) -> Ids:
        """Return what an album that fills itself holds now; nothing where its search asks for the album itself."""
        album = self._personal.album(name)
        if album.search is None or album.name in self._filling.names:
            return np.empty(0, np.int64)
        self._filling.names |= {album.name}
        try:
            return self._rank(from_text(album.search)).ids
        finally:
            self._filling.names -= {album.name}

    def results(self, name: str) -> Results:
        """Return an album as the answer to a search, every photo of a manual one being a perfect match."""
        album = self._personal.album(name)
        loaded = self._loaded()
        if album.search is not None:
            return self._search(from_text(album.search))
        ids = self.photos(name).tolist()
        table = loaded.searcher.table
        names = loaded.searcher.names(ids)
        rows = dict(zip(ids, np.searchsorted(table.ids, ids).tolist(), strict=True))
        hits = tuple(Hit(each, names[each], 100, Band.STRONG, 1.0, table.taken_at(rows[each])) for each in ids)
        model = "" if loaded.model is None else loaded.model.name
        return Results(model, len(hits), len(hits), 0, hits)

    def facts(self, name: str) -> AlbumFacts:
        """Work out what there is to say about an album; some milliseconds for hundreds of photos."""
        album = self._personal.album(name)
        ids = self.photos(name)
        return self._facts_of(ids, album.cover if album.cover in ids else None)

    def facts_of(self, ids: Sequence[int]) -> AlbumFacts:
        """Work out the same for photos that are no album yet."""
        return self._facts_of(np.asarray(ids, np.int64), None)

    def _facts_of(self, ids: Ids, cover: int | None) -> AlbumFacts:
        loaded = self._loaded()
        days = _days(loaded, ids)
        shown = loaded.searcher.vectors
        places = np.empty(0, np.intp) if shown is None else np.flatnonzero(np.isin(shown.search.ids, ids))
        if shown is None or not len(places):
            title = album_facts.Title((), min(days, default=None), max(days, default=None))
            return AlbumFacts(len(ids), 0, (), (), title, cover, ())
        described = shown.search.ids[places]
        looks = shown.similar.take(places).matrix
        elsewhere = _sample(np.setdiff1d(np.arange(len(shown.search.ids)), places))
        strangers = album_facts.strangers(described, looks, shown.similar.take(elsewhere).matrix)
        coverage: tuple[album_facts.TagShare, ...] = ()
        telling: tuple[album_facts.TagShare, ...] = ()
        title = album_facts.Title((), min(days, default=None), max(days, default=None))
        words = self._words(loaded)
        if words is not None:
            names = [tag.name for tag in words.vocabulary.tags]
            scale = shown.calibration.text
            in_album, in_library = (
                album_facts.shown_tags(
                    shown.search.take(photos).matrix, photos, words.bank, words.seen, words.vocabulary, scale
                )
                for photos in (places, _sample(np.arange(len(shown.search.ids))))
            )
            coverage = album_facts.coverage(in_album, in_library, names)
            telling = album_facts.distinctive(in_album, in_library, names)
            title = album_facts.title(telling, coverage, days, words.vocabulary)
        if cover is None:
            cover = album_facts.most_central(described, looks)
        return AlbumFacts(len(ids), len(places), coverage, telling, title, cover, strangers)


def _sample(places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return some of the places, evenly spread, in their order."""
    if len(places) <= _LIBRARY_SAMPLE:
        return places
    return places[np.linspace(0, len(places) - 1, _LIBRARY_SAMPLE).astype(np.intp)]


def _days(loaded: Loaded, ids: Ids) -> list[date]:
    table = loaded.searcher.table
    moments = [table.taken_at(row) for row in np.flatnonzero(np.isin(table.ids, ids)).tolist()]
    return [moment.date() for moment in moments if moment is not None]
