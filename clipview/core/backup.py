"""Copies of the library's database: made by itself, tested, and brought back when the database is damaged."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from clipview.core.errors import ClipViewError
from clipview.core.store import Store

log = logging.getLogger(__name__)

KEPT = 5
INTERVAL_S = 24 * 3600.0

_PATTERN = "library-*.db"


def back_up_if_due(store: Store, folder: Path, *, interval_s: float = INTERVAL_S) -> Path | None:
    """Copy the database when it changed since the last copy and that one is old enough; keeps the newest five.

    A copy gets its name only after SQLite has found it whole, so whatever is named `library-*.db` can be trusted.

    Returns the new copy, or None when none was due.
    """
    existing = backups(folder)
    if existing and (
        time.time() - existing[0].stat().st_mtime < interval_s or _generation(existing[0]) == store.generation
    ):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / "unfinished.db"
    unfinished.unlink(missing_ok=True)
    store.copy_to(unfinished)
    if not is_whole(unfinished):
        log.warning("the copy of %s did not pass its test; kept no backup", store.path)
        unfinished.unlink(missing_ok=True)
        return None
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    target = folder / f"library-{datetime.now():%Y%m%d-%H%M%S}.db"
    unfinished.replace(target)
    for old in backups(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def backups(folder: Path) -> list[Path]:
    """Return the finished backups, newest first."""
    return sorted(folder.glob(_PATTERN), reverse=True)


def is_whole(path: Path) -> bool:
    """Tell whether SQLite finds nothing wrong with a database file."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] == ["ok"]
    except sqlite3.Error:
        return False


def restore_newest(database: Path, folder: Path) -> tuple[Path, Path]:
    """Put the newest whole backup in the place of a damaged database, which is kept aside.

    Returns (the backup used, where the damaged file went).

    Raises:
        ClipViewError: there is no whole backup; nothing was changed.
    """
    usable = next((path for path in backups(folder) if is_whole(path)), None)
    if usable is None:
        raise ClipViewError(
            f"The library file {database} is damaged and {folder} holds no usable backup. Move {database.name} "
            "elsewhere and run `clipview index FOLDER` to build the library again; your photos are not affected."
        )
    aside = set_aside(database)
    unfinished = database.with_name("restoring.db")
    unfinished.write_bytes(usable.read_bytes())
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(database)
    return usable, aside


def set_aside(database: Path) -> Path:
    """Rename a damaged database and its journal, so that nothing overwrites what may still be in them."""
    aside = database.with_name(f"{database.stem}-damaged-{datetime.now():%Y%m%d-%H%M%S}.db")
    for suffix in ("-wal", "-shm"):
        journal = database.with_name(database.name + suffix)
        if journal.exists():
            journal.replace(aside.with_name(aside.name + suffix))
    database.replace(aside)
    return aside


def _generation(path: Path) -> int | None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = 'generation'").fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else int(row[0])
