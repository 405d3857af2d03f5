"""Giving a folder that moved its new path: what the database must say differently, and nothing else."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import datetime
from pathlib import Path

from clipview.core.store.forgetting import literal_glob


def reroot(connection: sqlite3.Connection, old: Path, new: Path) -> int | None:
    """Let everything in and below one folder lie in another; part of the caller's transaction.

    A file whose new path the library knows already is dropped when it is the same photo, and else counts as missing.

    Args:
        connection: inside a transaction.
        old: a covered folder, one inside a covered folder, or one that holds covered folders.
        new: neither inside the old one nor around it.

    Returns how many photos that moved; None when the library covers nothing there.
    """
    if not _cover(connection, old, new):
        return None
    before, after = _prefix(old), _prefix(new)
    below = connection.execute(
        "SELECT id, photo_id, path, missing_since FROM files WHERE substr(path, 1, ?1) = ?2", (len(before), before)
    ).fetchall()
    there = dict(
        connection.execute(
            "SELECT path, photo_id FROM files WHERE substr(path, 1, ?1) = ?2 AND missing_since IS NULL",
            (len(after), after),
        ).fetchall()
    )
    now = datetime.now().isoformat(timespec="seconds")
    moved = [
        (after + path[len(before) :], missing or (now if after + path[len(before) :] in there else None), file_id)
        for file_id, photo_id, path, missing in below
        if there.get(after + path[len(before) :]) != photo_id
    ]
    kept = {file_id for _, _, file_id in moved}
    connection.executemany("DELETE FROM files WHERE id = ?", [(row[0],) for row in below if row[0] not in kept])
    connection.executemany("UPDATE files SET path = ?, missing_since = ? WHERE id = ?", moved)
    for table in ("skipped", "sidecars", "written_sidecars"):
        connection.execute(
            f"UPDATE OR REPLACE {table} SET path = CAST(?3 || substr(path, ?1 + 1) AS BLOB) "  # noqa: S608 - fixed names
            "WHERE substr(path, 1, ?1) = ?2",
            (len(before), before, after),
        )
    return len({photo_id for _, photo_id, _, _ in below})


def _cover(connection: sqlite3.Connection, old: Path, new: Path) -> bool:
    """Cover the new place as the old one was covered; returns whether that was covered at all."""
    covered = {Path(os.fsdecode(path)): excludes for path, excludes in _folders(connection)}
    within = {path: excludes for path, excludes in covered.items() if path == old or old in path.parents}
    above = next((path for path in covered if path in old.parents), None)
    if not within and above is None:
        return False
    connection.executemany("DELETE FROM folders WHERE path = ?", [(os.fsencode(path),) for path in within])
    for path, excludes in (within or {old: covered[above or old]}).items():
        place = new / path.relative_to(old)
        others = [each for each in covered if each not in within]
        if any(each == place or each in place.parents for each in others):
            continue
        inside = [(os.fsencode(each),) for each in others if place in each.parents]
        connection.executemany("DELETE FROM folders WHERE path = ?", inside)
        connection.execute(
            "INSERT INTO folders (path, excludes, added_at) VALUES (?, ?, ?)",
            (os.fsencode(place), _moved_globs(excludes, old, new), datetime.now().isoformat(timespec="seconds")),
        )
    return True


def _folders(connection: sqlite3.Connection) -> list[tuple[bytes, str]]:
    return connection.execute("SELECT path, excludes FROM folders").fetchall()


def _moved_globs(excludes: str, old: Path, new: Path) -> str:
    """Those that name a whole path below the old folder name it below the new one."""
    before, after = literal_glob(old), literal_glob(new)
    return json.dumps(
        [after + glob[len(before) :] if glob.startswith(before + os.sep) else glob for glob in json.loads(excludes)]
    )


def _prefix(folder: Path) -> bytes:
    return os.fsencode(folder).rstrip(os.sep.encode()) + os.sep.encode()
