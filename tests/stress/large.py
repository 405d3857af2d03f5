"""Large libraries in seconds: what a scan of that many photos would have left, beside files without content."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

from rig import ROOT, Rig, photo


def make_large_library(rig: Rig, photos: int) -> None:
    """Give the rig's library so many photos, in folders below `rig.home / "photos"`."""
    words = [sys.executable, "benchmarks/library_maker.py", rig.home, "--photos", str(photos), "--thumbnails", "0"]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    _make_files(rig)


def _make_files(rig: Rig) -> None:
    """Files with the sizes and dates that the library knows, and a thumbnail for each."""
    with closing(sqlite3.connect(rig.database)) as connection:
        files = connection.execute("SELECT path, size_bytes, mtime_ns FROM files").fetchall()
    for folder in {os.path.dirname(path) for path, _, _ in files}:  # noqa: PTH120 - bytes
        os.makedirs(folder)  # noqa: PTH103
    for path, size, mtime_ns in files:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
        os.truncate(descriptor, size)
        os.utime(descriptor, ns=(mtime_ns, mtime_ns))
        os.close(descriptor)
    jpeg = photo(rig.base / "thumbnail.jpg", rig.random, 64).read_bytes()
    with closing(sqlite3.connect(rig.library / "thumbnails.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        numbers = ((number, jpeg) for number in range(1, len(files) + 1))
        connection.executemany("INSERT INTO thumbnails (photo_id, jpeg) VALUES (?, ?)", numbers)
        connection.execute("COMMIT")
