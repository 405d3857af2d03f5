"""Files of photos with what people compare when they decide which to keep."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from clipview.core.types import PhotoFile

_IDS_A_QUERY: Final = 500


def read_photo_files(connection: sqlite3.Connection, photo_ids: Sequence[int]) -> list[PhotoFile]:
    """Read the present files of these photos, by photo and path."""
    found = []
    for start in range(0, len(photo_ids), _IDS_A_QUERY):
        ids = photo_ids[start : start + _IDS_A_QUERY]
        found += connection.execute(
            "SELECT p.id, f.path, f.size_bytes, f.mtime_ns, p.taken_at, p.format, p.width_px, p.height_px "  # noqa: S608
            "FROM files f JOIN photos p ON p.id = f.photo_id "
            f"WHERE f.missing_since IS NULL AND p.id IN ({', '.join('?' * len(ids))}) ORDER BY p.id, f.path",
            [int(each) for each in ids],
        ).fetchall()
    return [
        PhotoFile(
            photo_id,
            Path(os.fsdecode(path)),
            size_bytes,
            datetime.fromtimestamp(mtime_ns // 1_000_000_000),
            None if taken_at is None else datetime.fromisoformat(taken_at),
            kind,
            width_px,
            height_px,
        )
        for photo_id, path, size_bytes, mtime_ns, taken_at, kind, width_px, height_px in found
    ]


def read_copied_photos(connection: sqlite3.Connection) -> list[int]:
    """Return the ids of photos that have several present files, ascending."""
    rows = connection.execute(
        "SELECT photo_id FROM files WHERE missing_since IS NULL GROUP BY photo_id HAVING count(*) > 1 ORDER BY photo_id"
    ).fetchall()
    return [row[0] for row in rows]
