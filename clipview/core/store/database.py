"""A library's database file: how it is opened, brought up to date, locked, and written in whole transactions."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from clipview.core.errors import ClipViewError, LibraryDamagedError, LibraryTooNewError
from clipview.core.store.connection import connect, transaction, translated_errors
from clipview.core.store.schema import LIBRARY_VERSION, migrate, watch_changes

log = logging.getLogger(__name__)

_PAGE_SIZE_BYTES = 8192


class Database:
    """An open file. Safe from any thread; one writer at a time, guarded by the library's lock."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, write: bool) -> None:
        self.path = path
        self._connection = connection
        self._write = write
        self._lock = threading.RLock()
        self._beside: sqlite3.Connection | None = None
        self._beside_lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, write: bool, before_migration: Path | None = None) -> Self:
        """Open a library's database, making or migrating it when writing.

        Args:
            path: the database file.
            write: whether changes will be made; the caller then holds the library's lock.
            before_migration: where to keep a copy before an existing database is migrated.

        Raises:
            LibraryTooNewError: a newer ClipView wrote it.
            LibraryDamagedError: it is not a healthy database; it is left as it is.
            ClipViewError: it doesn't exist (when reading) or can't be opened.
        """
        if not write and not path.exists():
            raise ClipViewError(
                f"There is no library in {path.parent} yet. Make one with `clipview index FOLDER`, naming a folder "
                "with photos."
            )
        if write and path.exists() and path.stat().st_size:
            # Opening to write changes the file's journal: what isn't ours must not get that far.
            with closing(connect(path, write=False)) as reader:
                cls(path, reader, write=False)._refuse_foreign()
        connection = connect(path, write=write, page_size_bytes=_PAGE_SIZE_BYTES)
        database = cls(path, connection, write=write)
        try:
            database._check_version(write=write, before_migration=before_migration)
            if write:
                connection.executescript(watch_changes())
        except BaseException:
            connection.close()
            raise
        return database

    def close(self) -> None:
        """Close the database; a writer folds its journal into the file first."""
        with self._lock, self._beside_lock:
            if self._beside is not None:
                self._beside.close()
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- settings ----

    def setting(self, name: str) -> str | None:
        """Return a setting of this library."""
        row = self._one("SELECT value FROM settings WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of this library."""
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))

    @property
    def generation(self) -> int:
        """A number that grows with every change of photos, files or embeddings."""
        return int(self.setting("generation") or 0)

    # ---- health ----

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the database."""
        findings = [str(row[0]) for row in self._all("PRAGMA integrity_check(20)")]
        broken = self._all("PRAGMA foreign_key_check")
        return [each for each in findings if each != "ok"] + [f"a row of {row[0]} points nowhere" for row in broken]

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the database to a new file (https://sqlite.org/backup.html)."""
        # A reader of its own: searches and changes go on meanwhile.
        with (
            translated_errors(path),
            closing(connect(self.path, write=False)) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy)

    # ---- private ----

    def _check_version(self, *, write: bool, before_migration: Path | None) -> None:
        version = self._refuse_foreign()
        if version == LIBRARY_VERSION:
            return
        if not write:
            raise ClipViewError(
                f"The library {self.path.parent} is unfinished or was written by an older ClipView. Run "
                "`clipview index` to bring it up to date."
            )
        # Version 0 holds nothing yet: its making was cut short.
        self._migrate(before_migration if version else None)

    def _refuse_foreign(self) -> int:
        """Raise for a database that no migration can make ours; returns its version, 0 before the first is done."""
        with translated_errors(self.path):
            version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
            empty = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not empty and not self._count("SELECT count(*) FROM sqlite_master WHERE name = '_sqlite_migrations'"):
            raise LibraryDamagedError(
                f"{self.path} is a database, but not one of ClipView's. Choose another library with --library."
            )
        if version > LIBRARY_VERSION:
            raise LibraryTooNewError(
                f"The library {self.path.parent} was written by a newer ClipView. Update ClipView, or choose another "
                "library with --library."
            )
        return version

    def _migrate(self, keep_copy: Path | None) -> None:
        def before_first() -> None:
            if keep_copy is not None:
                log.info("keeping a copy before the migration: %s", keep_copy)
                keep_copy.parent.mkdir(exist_ok=True)
                self.copy_to(keep_copy)

        with translated_errors(self.path):
            migrate(self._connection, before_first)

    @contextmanager
    def _writing(self, *, counts: bool = True) -> Iterator[None]:
        """Run the block as one transaction; what changes photos, files or embeddings moves the generation on."""
        with self._lock, transaction(self._connection, self.path):
            yield
            if counts:
                self._connection.execute("UPDATE settings SET value = value + 1 WHERE name = 'generation'")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Run the block on one state of the database, however many statements it takes."""
        with self._lock, translated_errors(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock, translated_errors(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _all_beside(self, sql: str) -> list[tuple]:  # type: ignore[type-arg]
        """Read what is committed on a connection of its own, so that nothing that goes on here is waited for.

        A scan of a large library reads for seconds and waits for the disk at each commit; somebody who types must not.
        """
        if not self._write:
            return self._all(sql)
        with self._beside_lock, translated_errors(self.path):
            if self._beside is None:
                self._beside = connect(self.path, write=False)
            return self._beside.execute(sql).fetchall()

    def _one(self, sql: str, values: Sequence[object]) -> tuple | None:  # type: ignore[type-arg]
        with self._lock, translated_errors(self.path):
            row: tuple | None = self._connection.execute(sql, values).fetchone()  # type: ignore[type-arg]
            return row

    def _count(self, sql: str, values: Sequence[object] = ()) -> int:
        row = self._one(sql, values)
        return 0 if row is None else int(row[0])
