"""Copies of photos into a folder: none overwrites anything, and none leaves the folder."""

from __future__ import annotations

import errno
import itertools
import logging
import os
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

_PIECE_BYTES = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Exported:
    """How an export ended."""

    folder: Path
    copied: int
    failures: tuple[str, ...]
    """What could not be copied and why, in sentences."""


class Exporter(QObject):
    """Copies in a thread of its own, one export at a time after the other.

    Signals:
        ended(Exported): an export is done.
    """

    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._turn = threading.Lock()

    def export(self, files: Sequence[Path], folder: Path) -> None:
        """Begin to copy; `ended` follows."""
        thread = threading.Thread(target=self._run, args=(tuple(files), folder), name="export", daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def close(self) -> None:
        """Stop after the piece that is being copied; an unfinished copy is taken away."""
        self._closing.set()
        for thread in self._threads:
            thread.join(2.0)

    def _run(self, files: tuple[Path, ...], folder: Path) -> None:
        with self._turn:
            copied, failures = 0, []
            for file in files:
                if self._closing.is_set():
                    return
                try:
                    copy_into(file, folder, self._closing)
                    copied += 1
                except OSError as error:
                    log.info("%s was not copied to %s: %s", file, folder, error)
                    failures.append(f"{file.name}: {error.strerror or error}")
                    if error.errno in _FULL:
                        break
            if not self._closing.is_set():
                self.ended.emit(Exported(folder, copied, tuple(failures)))


def copy_into(file: Path, folder: Path, stop: threading.Event | None = None) -> Path:
    """Copy a file with its times into a folder, under a name that is free there; returns the copy.

    Raises OSError when it can't be copied; nothing is left behind then, nor when `stop` is set meanwhile.
    """
    for name in _names(file.name):
        target = folder / name
        try:
            # Exclusive: the name is ours from this moment, and a link of that name is not followed.
            with target.open("xb") as copy:
                _copy(file, copy.fileno(), target, stop)
            shutil.copystat(file, target)
        except FileExistsError:
            continue
        return target
    raise AssertionError("there is always another name")


def _copy(file: Path, copy: int, target: Path, stop: threading.Event | None) -> None:
    try:
        with file.open("rb") as original:
            while piece := original.read(_PIECE_BYTES):
                if stop is not None and stop.is_set():
                    raise InterruptedError(errno.EINTR, "stopped", str(target))
                view = memoryview(piece)
                while view:
                    view = view[os.write(copy, view) :]
    except OSError:
        target.unlink(missing_ok=True)
        raise


def _names(name: str) -> itertools.chain[str]:
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    return itertools.chain((name,), (f"{stem} ({number}){dot}{ending}" for number in itertools.count(2)))
