"""Where photos lie: a read-only look into the library's database for the paths of ids."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

log = logging.getLogger(__name__)

_AT_ONCE = 500
_BUSY_TIMEOUT_S = 0.05


class PhotoPaths:
    """Paths of photos; some 3 microseconds for each, in the GUI thread.

    The engine makes the file, so it may come later; what can't be read now is left out rather than waited for.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._connection: sqlite3.Connection | None = None

    def of(self, photo_ids: Sequence[int]) -> list[Path]:
        """Return the first file of each photo, in this order; photos without one are left out."""
        found: dict[int, Path] = {}
        for start in range(0, len(photo_ids), _AT_ONCE):
            found.update(self._look_up(photo_ids[start : start + _AT_ONCE]))
        return [found[photo_id] for photo_id in photo_ids if photo_id in found]

    def name(self, photo_id: int) -> str:
        """Return a photo's file name, or nothing when it is not known."""
        paths = self.of((photo_id,))
        return paths[0].name if paths else ""

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _look_up(self, photo_ids: Sequence[int]) -> dict[int, Path]:
        marks = ",".join("?" * len(photo_ids))
        # The smallest file id is the first one seen; files that are there come before those that are missing.
        question = (
            f"SELECT photo_id, path FROM files WHERE photo_id IN ({marks}) "  # noqa: S608 - question marks only
            "ORDER BY missing_since IS NULL, id DESC"
        )
        try:
            rows = self._connected().execute(question, [int(photo_id) for photo_id in photo_ids]).fetchall()
        except (sqlite3.Error, OSError) as error:
            log.info("The paths of %d photos can't be read now: %s", len(photo_ids), error)
            self.close()
            return {}
        return {photo_id: Path(os.fsdecode(path)) for photo_id, path in rows}

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            address = "file:" + quote(os.fsencode(self._database)) + "?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT_S)
        return self._connection
