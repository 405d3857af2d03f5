"""How ClipView opens SQLite files: journal, time-outs, and errors in words."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from clipview.core.errors import ClipViewError, LibraryDamagedError, LibraryInUseError, NoSpaceError

log = logging.getLogger(__name__)

BUSY_TIMEOUT_S = 5.0

_LEAST_FREE_BYTES = 64 << 10
"""SQLite asks for its shared memory in pieces of half that."""

_DAMAGED_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def connect(path: Path, *, write: bool, page_size_bytes: int = 4096, lasting: bool = True) -> sqlite3.Connection:
    """Open a SQLite file in autocommit mode; transactions are explicit.

    A reader also works on a read-only disk. What is committed survives a killed process; a power cut damages nothing
    (https://sqlite.org/pragma.html#pragma_synchronous).

    Args:
        path: the file.
        write: whether it may be changed, and made.
        page_size_bytes: of a new file.
        lasting: whether what is committed survives a power cut too, for which each transaction waits for the disk.

    Raises:
        LibraryDamagedError: the file is not a healthy database.
        ClipViewError: the file can't be opened.
    """
    with translated_errors(path):
        if write:
            connection = _open(path, "")
            connection.execute(f"PRAGMA page_size={page_size_bytes}")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
        else:
            connection = _open_for_reading(path)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA mmap_size=0")
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run the block as one transaction that takes the write lock at once; any exception undoes it."""
    with translated_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's and the disk's errors into sentences that name the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, path) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_space(path) from error
        raise


def _open(path: Path, parameters: str) -> sqlite3.Connection:
    uri = "file:" + quote(os.fsencode(path)) + parameters
    # One connection may serve several threads one after the other; callers hold a lock where they overlap.
    return sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)


def _open_for_reading(path: Path) -> sqlite3.Connection:
    connection = _open(path, "?mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK and os.access(path, os.W_OK):
            return _open_after_rollback(path)
        # On a read-only disk SQLite can't make the shared-memory file that WAL needs; without a writer it needs none.
        if os.access(path.parent, os.W_OK) or not path.exists():
            raise
        connection = _open(path, "?mode=ro&immutable=1")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _open_after_rollback(path: Path) -> sqlite3.Connection:
    """Open a file whose making was cut short, before WAL was switched on: only a writer can take that back."""
    with closing(_open(path, "?mode=rw")) as writer:
        writer.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection = _open(path, "?mode=ro")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _translate(error: sqlite3.Error, path: Path) -> ClipViewError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED_CODES:
        return LibraryDamagedError(
            f"The library file {path} is damaged ({error}). It was left as it is: "
            "`clipview check --repair` sets it aside and brings back the newest backup."
        )
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(path.parent)):
        return _no_space(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryInUseError(
            f"Another program is writing to {path}. Wait until it has finished, or close it, and try again."
        )
    if code == sqlite3.SQLITE_READONLY:
        return ClipViewError(
            f"The library {path.parent} can't be written to. Make the folder writable, or choose another library with "
            "--library."
        )
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return ClipViewError(
            f"The library file {path} can't be opened ({error}). Check that the folder exists, that you may use it, "
            "and that its disk works."
        )
    log.error("unexpected database error in %s", path, exc_info=error)
    return ClipViewError(f"The library file {path} gave an unexpected error ({error}). Run `clipview check`.")


def _is_full(folder: Path) -> bool:
    """Tell whether a disk is why SQLite failed: it has no code of its own for shared memory that doesn't fit."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_FREE_BYTES
    except OSError:
        return False


def _no_space(path: Path) -> NoSpaceError:
    return NoSpaceError(
        f"No space is left on the disk that holds {path.parent}. What was saved so far is safe: free some space and "
        "run the same command again."
    )
