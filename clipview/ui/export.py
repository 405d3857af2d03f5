"""Copies of photos into a folder: none overwrites anything, and none leaves the folder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


class Exported(Struct, frozen=True):
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
        # It loads Pillow for sidecars, which a window that exports nothing can do without.
        from clipview.core.exporting import FULL, copy_into

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
                    if error.errno in FULL:
                        break
            if not self._closing.is_set():
                self.ended.emit(Exported(folder, copied, tuple(failures)))
