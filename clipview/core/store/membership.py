"""Which photos carry a tag or stars or are in an album, read from the database once for each of its states."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.text_search import fold

Ids = NDArray[np.int64]
Rows = Callable[[str], list[tuple]]  # type: ignore[type-arg]
"""Runs one query and returns what it gives."""


class StoredMembers:
    """Fulfils `members.Members`; safe from any thread."""

    def __init__(self, rows: Rows) -> None:
        """Take what runs a query on the database."""
        self._rows = rows
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self.fill: Callable[[str], Ids] = lambda _name: _NONE
        """Gives the photos of an album that fills itself, which the database alone can't; the library sets it."""

    def tagged(self, name: str) -> Ids:
        """Return the photos that have this tag, wherever it comes from."""
        wanted = fold(name.strip())
        found = [
            self._rows(f"SELECT photo_id FROM photo_tags WHERE tag_id = {tag_id:d}")  # noqa: S608 - a number
            for tag_id, known in self._rows("SELECT id, name FROM tags")
            if fold(known) == wanted
        ]
        return np.unique(np.array([row[0] for rows in found for row in rows], np.int64))

    def in_album(self, name: str) -> Ids:
        """Return the photos of an album, in the order of a manual one."""
        known = self._current()
        own_name = known.names.get(fold(name.strip()))
        if own_name is None:
            return _NONE
        members = known.albums.get(own_name)
        return self.fill(own_name) if members is None else members

    def is_manual(self, name: str) -> bool:
        """Tell whether somebody put an album together by hand, in an order."""
        known = self._current()
        return known.names.get(fold(name.strip())) in known.albums

    def favourites(self) -> Ids:
        """Return the favourites."""
        return self._current().favourites

    def stars(self) -> tuple[Ids, NDArray[np.int8]]:
        """Return the photos that have stars, by what counts: the person's word, else a sidecar's, else the file's."""
        known = self._current()
        return known.starred, known.stars

    def _current(self) -> _Known:
        with self._lock:
            # Changes whenever the answers may; read first, so that they are never older than it says.
            generation = int(self._rows("SELECT value FROM settings WHERE name = 'generation'")[0][0])
            if self._known is None or self._known.generation != generation:
                self._known = self._read(generation)
            return self._known

    def _read(self, generation: int) -> _Known:
        # Named first: the view would look at every photo, most of which nobody has said anything of.
        valued = self._rows(
            "SELECT photo_id, rating, favourite FROM valued WHERE (rating IS NOT NULL OR favourite) AND photo_id IN "
            "(SELECT photo_id FROM marks UNION SELECT photo_id FROM sidecars WHERE rating IS NOT NULL "
            "UNION SELECT id FROM photos WHERE rating IS NOT NULL) ORDER BY photo_id"
        )
        albums: dict[str, list[int]] = {}
        for name, photo_id in self._rows(
            "SELECT a.name, m.photo_id FROM albums a LEFT JOIN album_photos m ON m.album_id = a.id "
            "WHERE a.kind = 'manual' ORDER BY a.name, m.position"
        ):
            albums.setdefault(name, []).extend([] if photo_id is None else [photo_id])
        return _Known(
            generation,
            np.array([row[0] for row in valued if row[1] is not None], np.int64),
            np.array([row[1] for row in valued if row[1] is not None], np.int8),
            np.array([row[0] for row in valued if row[2]], np.int64),
            {fold(name): name for (name,) in self._rows("SELECT name FROM albums")},
            {name: np.array(photo_ids, np.int64) for name, photo_ids in albums.items()},
        )


class _Known(Struct, frozen=True, eq=False):
    generation: int
    starred: Ids
    stars: NDArray[np.int8]
    favourites: Ids
    names: dict[str, str]
    """Of all albums, by folded name."""
    albums: dict[str, Ids]
    """Photos of the manual ones, by name."""


_NONE = np.empty(0, np.int64)
