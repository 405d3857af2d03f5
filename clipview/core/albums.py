"""Albums as people use them: which photos are in one now, and what there is to say about it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from clipview.core import album_facts
from clipview.core.album_facts import AlbumFacts
from clipview.core.changes import AlbumContent, AlbumKind
from clipview.core.memory import Loaded
from clipview.core.search import Ranking
from clipview.core.store import AlbumHead, Personal
from clipview.core.stored_query import from_text
from clipview.core.tagging import NOTHING_LEARNED, Proposals, ShownTags
from clipview.core.types import Band, Hit, Query, Results

_LIBRARY_SAMPLE = 4_000

Ids = NDArray[np.int64]


class _Filling(threading.local):
    """The albums that a thread is filling now."""

    names: frozenset[str] = frozenset()


class Albums:
    """The albums of one library. Safe from any thread; changes go through `Personal.change`."""

    def __init__(
        self,
        personal: Personal,
        loaded: Callable[[], Loaded],
        searchable: Callable[[], Loaded],
        rank: Callable[[Query], Ranking],
        search: Callable[[Query], Results],
        shown: Callable[[Ids], ShownTags],
        proposals: Callable[[tuple[int, ...], tuple[int, ...]], Proposals],
    ) -> None:
        """Take what albums stand on.

        Args:
            personal: where they are kept.
            loaded: what is in memory of the library now.
            searchable: the same with vectors, which may have to be read first.
            rank: answers a search album's query in arrays.
            search: answers it with names.
            shown: tells which tags photos have.
            proposals: tells what is like some examples and unlike others.
        """
        self._personal, self._loaded, self._shown, self._proposals = personal, loaded, shown, proposals
        self._rank, self._search, self._searchable = rank, search, searchable
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
        """Return what an album that fills itself holds now; nothing where its search asks for the album itself.

        A taught one holds its examples and, where one can tell what they mean, what surely is like them.
        """
        album = self._personal.album(name)
        if album.kind is AlbumKind.TAUGHT:
            found, examples = self._proposed(album), np.array(album.examples, np.int64)
            there = examples[np.isin(examples, self._loaded().searcher.table.ids)]
            return np.concatenate([there, found.photo_ids[: found.sure]])
        if album.search is None or album.name in self._filling.names:
            return np.empty(0, np.int64)
        self._filling.names |= {album.name}
        try:
            return self._rank(from_text(album.search)).ids
        finally:
            self._filling.names -= {album.name}

    def results(self, name: str) -> Results:
        """Return an album as the answer to a search.

        Every photo of a manual one is a perfect match, and so is every example of a taught one; its other photos match
        as surely as they belong.
        """
        album = self._personal.album(name)
        loaded = self._loaded()
        if album.search is not None:
            return self._search(from_text(album.search))
        table = loaded.searcher.table
        held = self.photos(name)
        ids = held[np.isin(held, table.ids)].tolist()
        names = loaded.searcher.names(ids)
        rows = dict(zip(ids, np.searchsorted(table.ids, ids).tolist(), strict=True))
        proposed = NOTHING_LEARNED if album.kind is not AlbumKind.TAUGHT else self._proposed(album)
        sure = dict(zip(proposed.photo_ids.tolist(), proposed.confidence.tolist(), strict=True))
        hits = tuple(
            Hit(each, names[each], round(100 * score), Band.STRONG, score, table.taken_at(rows[each]))
            for each in ids
            for score in (sure.get(each, 1.0),)
        )
        model = "" if loaded.model is None else loaded.model.name
        return Results(model, len(hits), len(hits), 0, hits)

    def proposals(self, name: str) -> Proposals:
        """Return the photos that may belong to a taught album, and whether one can tell; none for other kinds."""
        album = self._personal.album(name)
        return self._proposed(album) if album.kind is AlbumKind.TAUGHT else NOTHING_LEARNED

    def facts(self, name: str) -> AlbumFacts:
        """Work out what there is to say about an album; some milliseconds for hundreds of photos."""
        album = self._personal.album(name)
        ids = self.photos(name)
        return self._facts_of(ids, album.cover if album.cover in ids else None)

    def facts_of(self, ids: Sequence[int]) -> AlbumFacts:
        """Work out the same for photos that are no album yet."""
        return self._facts_of(np.asarray(ids, np.int64), None)

    def _facts_of(self, ids: Ids, cover: int | None) -> AlbumFacts:
        loaded = self._with_vectors()
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
        compared = shown.search.ids[_sample(np.arange(len(shown.search.ids)))]
        tags = self._shown(np.union1d(described, compared))
        in_album, in_library = (tags.photos[np.searchsorted(tags.photo_ids, each)] for each in (described, compared))
        coverage = album_facts.coverage(in_album, in_library, tags.names)
        telling = album_facts.distinctive(in_album, in_library, tags.names)
        title = album_facts.title(telling, coverage, days, tags.vocabulary)
        if cover is None:
            cover = album_facts.most_central(described, looks)
        coverage, telling = (album_facts.without_echoes(each, tags.vocabulary) for each in (coverage, telling))
        return AlbumFacts(len(ids), len(places), coverage, telling, title, cover, strangers)

    def _proposed(self, album: AlbumContent) -> Proposals:
        loaded = self._with_vectors()
        if loaded.searcher.vectors is None:
            return NOTHING_LEARNED
        return self._proposals(album.examples, album.counter_examples).among(loaded.searcher.table.ids)

    def _with_vectors(self) -> Loaded:
        """Return what is in memory, with vectors if the library has any."""
        loaded = self._loaded()
        return loaded if loaded.model is None or loaded.searcher.vectors is not None else self._searchable()


def _sample(places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return some of the places, evenly spread, in their order."""
    if len(places) <= _LIBRARY_SAMPLE:
        return places
    return places[np.linspace(0, len(places) - 1, _LIBRARY_SAMPLE).astype(np.intp)]


def _days(loaded: Loaded, ids: Ids) -> list[date]:
    table = loaded.searcher.table
    moments = [table.taken_at(row) for row in np.flatnonzero(np.isin(table.ids, ids)).tolist()]
    return [moment.date() for moment in moments if moment is not None]
