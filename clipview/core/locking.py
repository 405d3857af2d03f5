"""The library's lock: one writer at a time, and never a stale one."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from clipview.core.errors import ClipViewError, LibraryInUseError

_POLL_S = 0.1

if sys.platform == "win32":
    import msvcrt

    # A byte far past the note: Windows forbids others to read what is locked.
    _LOCKED_BYTE = 1 << 30

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextlib.contextmanager
def library_lock(path: Path, wait_s: float = 4.0) -> Iterator[None]:
    """Hold the library for writing while the block runs.

    The operating system drops the lock when its holder ends, however it ends. The file only tells people who holds it.

    Args:
        path: the lock file; it is made when it is missing, and stays.
        wait_s: how long to wait for another holder.

    Raises:
        LibraryInUseError: another process still holds it after `wait_s`.
        ClipViewError: the file can't be made.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise ClipViewError(
            f"The library {path.parent} can't be written to ({error.strerror}). Make the folder writable, or choose "
            "another library with --library."
        ) from error
    try:
        deadline = time.monotonic() + wait_s
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                raise LibraryInUseError(_in_use(path.parent, _holder(descriptor)))
            time.sleep(_POLL_S)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0) if hasattr(os, "pwrite") else None
        yield
    finally:
        os.close(descriptor)


def _in_use(library: Path, process: str | None) -> str:
    if process is None:
        return f"The library {library} is in use. Wait until that has finished, or stop it, and try again."
    return (
        f"The library {library} is in use by process {process}. Wait until that has finished, or stop it, and try "
        "again."
    )


def _holder(descriptor: int) -> str | None:
    with contextlib.suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        process = os.read(descriptor, 20).decode("ascii", "replace").strip()
        if process.isdigit():
            return process
    return None
