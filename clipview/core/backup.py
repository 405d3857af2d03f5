"""Copies of the library's database: made by itself, tested, and brought back when the database is damaged."""

from __future__ import annotations

import logging
import os
import re
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from clipview.core.errors import ClipViewError, LibraryDamagedError
from clipview.core.flushing import flush, flush_folder
from clipview.core.locking import library_lock
from clipview.core.places import Places
from clipview.core.store import Store
from clipview.core.types import Backup

log = logging.getLogger(__name__)

KEPT = 5
KEPT_OF_ONE_DAY = 2
INTERVAL_S = 3600.0

_PATTERN = "library-*.db"
_NAMED = re.compile(r"(?P<second>.+-[0-9]{8}-[0-9]{6})(?:-(?P<number>[0-9]{1,9}))?")
_BEFORE_MIGRATION = "before-migration.db"


def back_up_if_due(store: Store, folder: Path, *, interval_s: float = INTERVAL_S) -> Path | None:
    """Copy the database when it changed since the last copy and that one is old enough.

    Five copies are kept, of one day the newest two, so that a busy day doesn't push out those of the days before.

    A copy gets its name only after SQLite has found it whole, so whatever is named `library-*.db` can be trusted.

    Returns the new copy, or None when none was due.
    """
    existing = backups(folder)
    # A copy from the future was made while the clock was wrong, and must not keep others from being made.
    if existing and (
        0 <= time.time() - existing[0].stat().st_mtime < interval_s or _generation(existing[0]) == store.generation
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
    flush(unfinished)
    target = _free_name(folder, "library")
    unfinished.replace(target)
    for old in _too_many(backups(folder)):
        old.unlink(missing_ok=True)
    return target


def backups(folder: Path) -> list[Path]:
    """Return the finished backups, newest first."""
    return sorted(folder.glob(_PATTERN), key=_in_order, reverse=True)


def is_whole(path: Path) -> bool:
    """Tell whether SQLite finds nothing wrong with a database file."""
    try:
        with closing(_read_only(path)) as connection:
            return [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] == ["ok"]
    except sqlite3.Error:
        return False


def known_backups(folder: Path) -> list[Backup]:
    """Describe the backups that can be restored, newest first; the one before a migration is among them."""
    found = []
    for path in [*backups(folder), folder / _BEFORE_MIGRATION]:
        with suppress(OSError, sqlite3.Error):
            found.append(_described(path))
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def raise_if_lost(database: Path, folder: Path) -> None:
    """Raise LibraryDamagedError when the database is gone or empty although there are backups of it.

    Making a new one in its place would hide that stars, albums and tags were lost.
    """
    try:
        lost = database.stat().st_size == 0
    except FileNotFoundError:
        lost = True
    except OSError:
        return
    if lost and (kept := backups(folder)):
        raise LibraryDamagedError(
            f"The library file {database} is gone, but {folder} holds its backups. `clipview restore` brings back "
            f"{kept[0].name}; to begin a new library instead, move the folder {folder.name} away first."
        )


def restore_newest(places: Places) -> tuple[Path, Path | None]:
    """Put the newest whole backup in the place of a damaged database, which is kept aside.

    Returns (the backup used, where the damaged file went, None when there was none).

    Raises:
        LibraryInUseError: a writer holds the library.
        ClipViewError: there is no whole backup; nothing was changed.
    """
    with library_lock(places.lock):
        usable = next((path for path in backups(places.backups) if is_whole(path)), None)
        if usable is None:
            raise ClipViewError(
                f"The library file {places.database} is damaged and {places.backups} holds no usable backup. Move "
                f"{places.database.name} elsewhere and run `clipview index FOLDER` to build the library again; your "
                "photos are not affected."
            )
        return usable, _put_back(usable, places.database, "damaged")


def restore(places: Places, name: str | None = None) -> tuple[Path, Path | None]:
    """Put a backup, by its file name, or else the newest whole one, in the place of the database, which is kept aside.

    Returns (the backup used, where the replaced file went, None when there was none).

    Raises:
        LibraryInUseError: a writer holds the library.
        ClipViewError: there is no such backup, or it is not whole; nothing was changed.
    """
    with library_lock(places.lock):
        listed = [each.path for each in known_backups(places.backups)]
        chosen = [path for path in listed if name is None or path.name == name]
        if not chosen:
            wanted = "no backup" if name is None else f"no backup {name}"
            raise ClipViewError(f"There is {wanted} in {places.backups}. `clipview backups` lists what there is.")
        usable = next((path for path in chosen if is_whole(path)), None)
        if usable is None:
            raise ClipViewError(f"The backup {chosen[0]} is damaged. Choose another: `clipview backups` lists them.")
        return usable, _put_back(usable, places.database, "replaced")


def _put_back(backup: Path, database: Path, why: str) -> Path | None:
    """Exchange the database in one step: at every moment there is the old one or the new one, and the old one stays."""
    unfinished = database.with_name("restoring.db")
    shutil.copyfile(backup, unfinished)
    flush(unfinished)
    aside = None
    if database.exists():
        _fold_journal(database)
        aside = _free_name(database.parent, f"{database.stem}-{why}")
        _also_named(database, aside)
        for suffix in ("-wal", "-shm"):
            # Left where it is, SQLite would take the old journal for the new database's.
            journal = database.with_name(database.name + suffix)
            if journal.exists():
                journal.replace(aside.with_name(aside.name + suffix))
    unfinished.replace(database)
    flush_folder(database.parent)
    return aside


def _fold_journal(database: Path) -> None:
    """Bring what is only in the journal of a healthy database into it; a damaged one is left as it is."""
    if is_whole(database):
        with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _also_named(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # a disk without links, such as an exFAT stick
        shutil.copyfile(path, name)
        flush(name)


def _free_name(folder: Path, stem: str) -> Path:
    wanted = f"{stem}-{datetime.now():%Y%m%d-%H%M%S}"
    # Above those of the same second that are there: a lower number, though free, would say that it was made before.
    taken = [_in_order(path)[1] for path in folder.glob(f"{wanted}*.db")]
    return folder / f"{wanted}{f'-{max(taken) + 1}' if taken else ''}.db"


def _in_order(path: Path) -> tuple[str, int]:
    """Sort what `_free_name` names by when it was made; the first one of a second has no number."""
    found = _NAMED.fullmatch(path.stem)
    return (path.stem, 0) if found is None else (found["second"], int(found["number"] or 0))


def _too_many(newest_first: list[Path]) -> list[Path]:
    kept: list[Path] = []
    days: Counter[str] = Counter()
    for path in newest_first:
        day = path.stem.split("-")[1]
        days[day] += 1
        if len(kept) < KEPT and days[day] <= KEPT_OF_ONE_DAY:
            kept.append(path)
    return [path for path in newest_first if path not in kept]


def _described(path: Path) -> Backup:
    status = path.stat()
    counts = (
        "SELECT count(DISTINCT photo_id) FROM files WHERE missing_since IS NULL",
        "SELECT count(*) FROM albums",
        "SELECT count(*) FROM marks",
    )
    with closing(_read_only(path)) as connection:
        photos, albums, marked = (int(connection.execute(each).fetchone()[0]) for each in counts)
    return Backup(path, datetime.fromtimestamp(status.st_mtime), status.st_size, photos, albums, marked)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _generation(path: Path) -> int | None:
    try:
        with closing(_read_only(path)) as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = 'generation'").fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else int(row[0])
