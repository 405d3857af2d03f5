"""The thumbnail cache: one SQLite file of JPEGs, rebuilt from the photos when it is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterable
from pathlib import Path

from clipview.core.errors import LibraryDamagedError
from clipview.core.store.connection import connect, transaction, translated_errors

log = logging.getLogger(__name__)

# A thumbnail of 10 to 20 KB then lies in one or two pages: 8 microseconds warm to read (docs/architecture.md).
_PAGE_SIZE_BYTES = 16_384

# The index holds what the key of the table does, without the pictures: a scan asks which there are.
_TABLES = """
CREATE TABLE IF NOT EXISTS thumbnails (photo_id INTEGER PRIMARY KEY, jpeg BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS thumbnails_ids ON thumbnails(photo_id);
CREATE TABLE IF NOT EXISTS owner (library TEXT);
"""


class ThumbnailStore:
    """JPEG thumbnails by photo id. Safe from any thread."""

    def __init__(self, path: Path, *, write: bool, owner: str | None = None) -> None:
        """Open or create the file; a damaged one is started afresh when writing, since photos can be read again.

        `owner` is the library that the photo ids belong to: the file of another one is as good as damaged.

        Raises:
            LibraryDamagedError: it is damaged or another library's, and only to be read.
        """
        self.path = path
        self._lock = threading.Lock()
        self._owner, self._write = owner, write
        try:
            self._open(owner, write=write)
        except LibraryDamagedError:
            if not write:
                raise
            remove_database(path)
            self._open(owner, write=write)

    def close(self) -> None:
        """Close the file; the store can't be used afterwards."""
        with self._lock:
            self._connection.close()

    def put(self, thumbnails: Iterable[tuple[int, bytes]]) -> None:
        """Add or replace thumbnails, in one transaction; a file that proves damaged is started afresh."""
        rows = list(thumbnails)
        try:
            self._put(rows)
        except LibraryDamagedError:
            self._start_afresh()
            self._put(rows)

    def get(self, photo_id: int) -> bytes | None:
        """Return one thumbnail, or None."""
        with self._lock, translated_errors(self.path):
            row = self._connection.execute("SELECT jpeg FROM thumbnails WHERE photo_id = ?", (photo_id,)).fetchone()
        return None if row is None else row[0]

    def ids(self) -> set[int]:
        """Return the ids of all photos that have a thumbnail; none when a writer finds the file damaged."""
        try:
            with self._lock, translated_errors(self.path):
                return {row[0] for row in self._connection.execute("SELECT photo_id FROM thumbnails")}
        except LibraryDamagedError:
            if not self._write:
                raise
            self._start_afresh()
            return set()

    def remove(self, photo_ids: Collection[int]) -> None:
        """Forget these thumbnails."""
        with self._lock, transaction(self._connection, self.path):
            self._connection.executemany("DELETE FROM thumbnails WHERE photo_id = ?", [(i,) for i in photo_ids])

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file, and how many rows are no JPEG."""
        with self._lock, translated_errors(self.path):
            findings = [row[0] for row in self._connection.execute("PRAGMA integrity_check(10)")]
        problems = [finding for finding in findings if finding != "ok"]
        bad = len(self._not_pictures()) if not problems else 0
        return problems + ([f"{bad} thumbnails are not pictures"] if bad else [])

    def mend(self) -> None:
        """Drop what is no JPEG, or everything when the file itself is damaged; the next scan makes it again."""
        try:
            with self._lock, translated_errors(self.path):
                whole = [row[0] for row in self._connection.execute("PRAGMA integrity_check(1)")] == ["ok"]
            bad = self._not_pictures() if whole else []
        except LibraryDamagedError:
            whole, bad = False, []
        if not whole:
            self._start_afresh()
        elif bad:
            self.remove(bad)

    def _not_pictures(self) -> list[int]:
        with self._lock, translated_errors(self.path):
            rows = self._connection.execute(
                "SELECT photo_id FROM thumbnails WHERE substr(jpeg, 1, 2) != x'FFD8' OR length(jpeg) < 100"
            ).fetchall()
        return [row[0] for row in rows]

    def _put(self, rows: list[tuple[int, bytes]]) -> None:
        with self._lock, transaction(self._connection, self.path):
            self._connection.executemany("INSERT OR REPLACE INTO thumbnails (photo_id, jpeg) VALUES (?, ?)", rows)

    def _start_afresh(self) -> None:
        with self._lock:
            log.warning("the thumbnails %s are damaged and are made again", self.path)
            self._connection.close()
            remove_database(self.path)
            self._open(self._owner, write=True)

    def _open(self, owner: str | None, *, write: bool) -> None:
        self._connection = connect(self.path, write=write, page_size_bytes=_PAGE_SIZE_BYTES, lasting=False)
        try:
            with translated_errors(self.path):
                if write:
                    self._connection.executescript(_TABLES)
                    self._connection.execute(
                        "INSERT INTO owner SELECT ? WHERE NOT EXISTS (SELECT * FROM owner)", (owner,)
                    )
                tables = {row[0] for row in self._connection.execute("SELECT name FROM sqlite_master")}
                if not {"thumbnails", "owner"} <= tables:
                    raise LibraryDamagedError(f"{self.path} holds no thumbnails. `clipview index` makes them again.")
                row = self._connection.execute("SELECT library FROM owner").fetchone()
            if row is not None and row[0] != owner:
                raise LibraryDamagedError(
                    f"The thumbnails {self.path} belong to another library. `clipview index` makes the right ones."
                )
        except BaseException:
            self._connection.close()
            raise


def remove_database(path: Path) -> None:
    """Delete a SQLite file that is only a cache, with its journal files."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
