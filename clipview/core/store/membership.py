"""Which photos carry a tag or stars, read from the database once for each of its states."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipview.core.text_search import fold

Ids = NDArray[np.int64]
Rows = Callable[[str], list[tuple]]  # type: ignore[type-arg]
"""Runs one query and returns what it gives."""


class StoredMembers:
    """Fulfils `members.Members`; safe from any thread."""

    def __init__(self, rows: Rows, generation: Callable[[], int]) -> None:
        """Take the database.

        Args:
            rows: runs a query.
            generation: changes whenever the answers may.
        """
        self._rows = rows
        self._generation = generation
        self._lock = threading.Lock()
        self._known: _Known | None = None

    def tagged(self, name: str) -> Ids:
        """Return the photos whose keywords hold this one."""
        return self._current().tagged.get(fold(name.strip()), _NONE)

    def in_album(self, name: str) -> Ids:  # noqa: ARG002 - a library without albums has nothing in them
        """Return no photos: there are no albums."""
        return _NONE

    def favourites(self) -> Ids:
        """Return no photos: there are no favourites."""
        return _NONE

    def stars(self) -> tuple[Ids, NDArray[np.int8]]:
        """Return the photos whose files carry stars, and these."""
        known = self._current()
        return known.starred, known.stars

    def _current(self) -> _Known:
        with self._lock:
            generation = self._generation()
            if self._known is None or self._known.generation != generation:
                self._known = self._read(generation)
            return self._known

    def _read(self, generation: int) -> _Known:
        tagged: dict[str, list[int]] = {}
        for photo_id, keywords in self._rows("SELECT id, keywords FROM photos WHERE keywords != '[]' ORDER BY id"):
            for name in {fold(keyword) for keyword in json.loads(keywords)}:
                tagged.setdefault(name, []).append(photo_id)
        rated = self._rows("SELECT id, rating FROM photos WHERE rating IS NOT NULL ORDER BY id")
        return _Known(
            generation,
            {name: np.array(photo_ids, np.int64) for name, photo_ids in tagged.items()},
            np.array([row[0] for row in rated], np.int64),
            np.array([row[1] for row in rated], np.int8),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    generation: int
    tagged: dict[str, Ids]
    """By folded name."""
    starred: Ids
    stars: NDArray[np.int8]


_NONE = np.empty(0, np.int64)
