"""What it takes for a file to appear whole, and for it or a renaming to survive a power cut."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def put_whole(path: Path, write: Callable[[Path], object], *, lasting: bool = False) -> None:
    """Have `write` fill a file beside `path`, which then takes its place: at any moment that is the old or the new one.

    Raises OSError; the old file stays then.

    Args:
        path: of the file.
        write: fills the file that it is given, whose name begins with a dot and ends in ".part".
        lasting: wait until a power cut can't take it back.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        if lasting:
            flush(part)
        part.replace(path)
        if lasting:
            flush_folder(path.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until the disk has a file's content."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the disk has a folder's names."""
    if os.name != "posix":
        return  # Windows can't open a folder, and orders the rename itself.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
