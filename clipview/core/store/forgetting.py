"""Forgetting a folder: what goes with it, and what stays because it also lies elsewhere."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path


def forget_folder(connection: sqlite3.Connection, folder: Path) -> list[int] | None:
    """Forget the files in and below a folder, and the photos that have no others; part of the caller's transaction.

    A covered folder is covered no longer; one inside a covered folder is left out of that from now on. Covered folders
    below it go with it.

    Returns the ids of the photos that are gone; None when the library doesn't cover the folder.
    """
    path = os.fsencode(folder)
    covered = [Path(os.fsdecode(row[0])) for row in connection.execute("SELECT path FROM folders")]
    below = [each for each in covered if each == folder or folder in each.parents]
    above = next((each for each in covered if each in folder.parents), None)
    if not below and above is None:
        return None
    connection.executemany("DELETE FROM folders WHERE path = ?", [(os.fsencode(each),) for each in below])
    if above is not None:
        _leave_out(connection, above, folder)
    prefix = path.rstrip(os.sep.encode()) + os.sep.encode()
    inside = "substr(path, 1, ?1) = ?2"
    connection.execute(f"DELETE FROM skipped WHERE {inside}", (len(prefix), prefix))  # noqa: S608 - fixed text
    connection.execute(f"DELETE FROM files WHERE {inside}", (len(prefix), prefix))  # noqa: S608 - fixed text
    gone = connection.execute(
        "SELECT id FROM photos WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.photo_id = photos.id)"
    ).fetchall()
    connection.executemany("DELETE FROM photos WHERE id = ?", gone)
    return [row[0] for row in gone]


def literal_glob(folder: Path) -> str:
    """Return a glob that matches this path alone."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(folder))


def _leave_out(connection: sqlite3.Connection, covered: Path, folder: Path) -> None:
    """Exclude a folder by its whole path."""
    stored = os.fsencode(covered)
    (excludes,) = connection.execute("SELECT excludes FROM folders WHERE path = ?", (stored,)).fetchone()
    connection.execute(
        "UPDATE folders SET excludes = ? WHERE path = ?",
        (json.dumps([*json.loads(excludes), literal_glob(folder)]), stored),
    )
