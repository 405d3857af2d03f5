"""The thumbnail cache: one SQLite file of JPEGs, rebuilt from the photos when it is lost."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from pathlib import Path

from clipview.core.errors import LibraryDamagedError
from clipview.core.store.connection import connect, transaction, translated_errors

# A thumbnail of 10 to 20 KB then lies in one or two pages: 8 microseconds warm to read (docs/architecture.md).
_PAGE_SIZE_BYTES = 16_384


class ThumbnailStore:
    """JPEG thumbnails by photo id. Safe from any thread."""

    def __init__(self, path: Path, *, write: bool) -> None:
        """Open or create the file; a damaged one is started afresh when writing, since photos can be read again."""
        self.path = path
        self._lock = threading.Lock()
        try:
            self._connection = connect(path, write=write, page_size_bytes=_PAGE_SIZE_BYTES)
            if write:
                self._create()
        except LibraryDamagedError:
            if not write:
                raise
            remove_database(path)
            self._connection = connect(path, write=True, page_size_bytes=_PAGE_SIZE_BYTES)
            self._create()

    def close(self) -> None:
        """Close the file; the store can't be used afterwards."""
        with self._lock:
            self._connection.close()

    def put(self, thumbnails: Iterable[tuple[int, bytes]]) -> None:
        """Add or replace thumbnails, in one transaction."""
        with self._lock, transaction(self._connection, self.path):
            self._connection.executemany("INSERT OR REPLACE INTO thumbnails (photo_id, jpeg) VALUES (?, ?)", thumbnails)

    def get(self, photo_id: int) -> bytes | None:
        """Return one thumbnail, or None."""
        with self._lock, translated_errors(self.path):
            row = self._connection.execute("SELECT jpeg FROM thumbnails WHERE photo_id = ?", (photo_id,)).fetchone()
        return None if row is None else row[0]

    def ids(self) -> set[int]:
        """Return the ids of all photos that have a thumbnail."""
        with self._lock, translated_errors(self.path):
            return {row[0] for row in self._connection.execute("SELECT photo_id FROM thumbnails")}

    def remove(self, photo_ids: Collection[int]) -> None:
        """Forget these thumbnails."""
        with self._lock, transaction(self._connection, self.path):
            self._connection.executemany("DELETE FROM thumbnails WHERE photo_id = ?", [(i,) for i in photo_ids])

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file, and the ids whose bytes are not a JPEG."""
        with self._lock, translated_errors(self.path):
            findings = [row[0] for row in self._connection.execute("PRAGMA integrity_check(10)")]
            bad = self._connection.execute(
                "SELECT count(*) FROM thumbnails WHERE substr(jpeg, 1, 2) != x'FFD8' OR length(jpeg) < 100"
            ).fetchone()[0]
        problems = [finding for finding in findings if finding != "ok"]
        return problems + ([f"{bad} thumbnails are not pictures"] if bad else [])

    def _create(self) -> None:
        with translated_errors(self.path):
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS thumbnails (photo_id INTEGER PRIMARY KEY, jpeg BLOB NOT NULL)"
            )


def remove_database(path: Path) -> None:
    """Delete a SQLite file that is only a cache, with its journal files."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
