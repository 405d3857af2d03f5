"""The searches of late, in the database: which are kept, and how many."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

MOST: Final = 200
"""Searches that are kept; older ones go."""


class RememberedSearches:
    """What was searched for in one library, each search once. Safe from any thread."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        writing: Callable[[], AbstractContextManager[None]],
        reading: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take the database, and what makes several statements one transaction."""
        self._connection, self._writing, self._reading = connection, writing, reading

    def all(self) -> list[str]:
        """Return the searches as they are written in one line, the latest first."""
        with self._reading():
            rows = self._connection.execute("SELECT text FROM remembered_searches ORDER BY number DESC").fetchall()
        return [row[0] for row in rows]

    def add(self, text: str) -> None:
        """Remember a search as the latest one."""
        with self._writing():
            self._connection.execute("DELETE FROM remembered_searches WHERE text = ?", (text,))
            self._connection.execute("INSERT INTO remembered_searches (text) VALUES (?)", (text,))
            self._connection.execute(
                "DELETE FROM remembered_searches WHERE number NOT IN "
                "(SELECT number FROM remembered_searches ORDER BY number DESC LIMIT ?)",
                (MOST,),
            )

    def clear(self) -> None:
        """Forget all of them."""
        with self._writing():
            self._connection.execute("DELETE FROM remembered_searches")
