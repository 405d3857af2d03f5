"""Copies of photos in another folder: none overwrites anything, and none leaves the folder."""

from __future__ import annotations

import errno
import itertools
import logging
import os
import shutil
import stat
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from clipview.core.errors import ClipViewError, NoSpaceError
from clipview.core.folders import SIDECAR_SUFFIX
from clipview.core.sidecars import Said, sidecar_of, write
from clipview.core.types import Skipped

log = logging.getLogger(__name__)

FULL: Final = (errno.ENOSPC, errno.EDQUOT)
"""What the system says when a disk is full."""

_PIECE_BYTES: Final = 1 << 20
_LONGEST_NAME_BYTES: Final = 255


class Exported(Struct, frozen=True):
    """How an export went."""

    written: tuple[Path, ...]
    """The copies."""
    sidecars: int
    skipped: tuple[Skipped, ...]


def export(files: Iterable[Path], folder: Path, said: Mapping[Path, Said] | None = None) -> Exported:
    """Copy photos into a folder, which is made when it is missing.

    Args:
        files: the photos.
        folder: where to; a copy whose name is taken there gets another.
        said: what to write into sidecars beside the copies, together with what the photos' own sidecars say; None for
            copies alone.

    Raises:
        NoSpaceError: the disk is full; whole copies stay.
        ClipViewError: the folder can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClipViewError(f"The folder {folder} can't be made ({error.strerror}). Choose another place.") from error
    written: list[Path] = []
    skipped: list[Skipped] = []
    sidecars = 0
    for file in files:
        try:
            copy = copy_into(file, folder)
            written.append(copy)
            if said is not None:
                sidecars += _add_sidecar(file, copy, said.get(file, Said()))
        except OSError as error:
            if error.errno in FULL:
                raise NoSpaceError(f"No space is left in {folder}. Free some and export the rest again.") from error
            skipped.append(Skipped(file, f"It could not be copied ({error.strerror or error})."))
        except NoSpaceError:
            raise
        except ClipViewError as error:
            skipped.append(Skipped(file, f"It was copied without a sidecar: {error}"))
    return Exported(tuple(written), sidecars, tuple(skipped))


def copy_into(file: Path, folder: Path, stop: threading.Event | None = None) -> Path:
    """Copy a file with its times into a folder, under a name that is free there; returns the copy.

    Raises OSError when it can't be copied; nothing is left behind then, nor when `stop` is set meanwhile.
    """
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as original:  # noqa: PTH123 - it is a descriptor, not a path
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(file))
        for name in _names(file.name):
            target = folder / name
            try:
                # Exclusive: the name is ours from this moment, and a link of that name is not followed.
                with target.open("xb") as copy:
                    _copy(original, copy.fileno(), target, stop)
                with suppress(OSError):
                    shutil.copystat(file, target)
            except FileExistsError:
                continue
            return target
    raise AssertionError("there is always another name")


def _add_sidecar(file: Path, copy: Path, said: Said) -> bool:
    """Give a copy a sidecar with what its original's says and what ClipView says; returns whether it needed one."""
    original = sidecar_of(file)
    target = copy.with_name((copy.name if original.stem != file.stem else copy.stem) + SIDECAR_SUFFIX)
    if os.path.lexists(target):
        raise ClipViewError(f"{target.name} is there already and was left as it is.")
    if original.is_file() and not original.is_symlink():
        with original.open("rb") as there, target.open("xb") as new:
            _copy(there, new.fileno(), target, None)
    changed = not said.nothing and write(target, said).changed
    return changed or target.exists()


def _copy(original: BinaryIO, copy: int, target: Path, stop: threading.Event | None) -> None:
    try:
        while piece := original.read(_PIECE_BYTES):
            if stop is not None and stop.is_set():
                raise InterruptedError(errno.EINTR, "stopped", str(target))
            view = memoryview(piece)
            while view:
                view = view[os.write(copy, view) :]
    except OSError:
        target.unlink(missing_ok=True)
        raise


def _names(name: str) -> Iterator[str]:
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    yield name
    for number in itertools.count(2):
        tail = f" ({number}){dot}{ending}"
        room = _LONGEST_NAME_BYTES - len(os.fsencode(tail))
        yield os.fsdecode(os.fsencode(stem)[: max(1, room)]) + tail
