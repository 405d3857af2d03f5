"""What a folder is like to the last byte, so that one can tell whether anything touched it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def fingerprint(folder: Path) -> dict[str, tuple[object, ...]]:
    """Names, contents, owners, permissions and dates of everything in a folder; also when its entry last changed."""
    told: dict[str, tuple[object, ...]] = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        status = path.lstat()
        content = None
        if path.is_symlink():
            content = os.fsencode(path.readlink())
        elif path.is_file():
            content = hashlib.sha256(path.read_bytes()).digest()
        told[str(path.relative_to(folder))] = (
            status.st_mode, status.st_uid, status.st_gid, status.st_size, status.st_nlink, status.st_ino,
            status.st_mtime_ns, status.st_ctime_ns, content,
        )  # fmt: skip
    return told
