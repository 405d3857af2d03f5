"""Which of a library's folders can be reached now: each is asked in a thread, since a dead drive may never answer."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

PATIENCE_S: Final = 2.0
"""A folder that takes longer to be looked at counts as out of reach."""


class Reachability:
    """Looks at folders. `unreachable` is safe from any thread, `look` belongs to one."""

    def __init__(self, is_reachable: Callable[[Path], bool] = os.path.isdir, patience_s: float = PATIENCE_S) -> None:
        self._is_reachable = is_reachable
        self._patience_s = patience_s
        self._looks: dict[Path, _Look] = {}
        self.unreachable: frozenset[Path] = frozenset()
        """The folders that could not be reached when they were last looked at."""

    def within_reach(self, path: Path) -> bool:
        """Tell whether a path lies in no folder that is out of reach, without looking."""
        return not any(path == folder or folder in path.parents for folder in self.unreachable)

    def look(self, folders: Collection[Path]) -> bool:
        """Look at these folders, for as long as patience lasts, and return whether anything changed."""
        for folder in folders:
            known = self._looks.get(folder)
            # One that still waits for its answer gets no second question.
            if known is None or known.done.is_set():
                self._looks[folder] = _Look(folder, self._is_reachable)
        deadline = time.monotonic() + self._patience_s
        unreachable = frozenset(folder for folder in folders if not self._looks[folder].reached_by(deadline))
        changed, self.unreachable = unreachable != self.unreachable, unreachable
        return changed


class _Look:
    def __init__(self, folder: Path, is_reachable: Callable[[Path], bool]) -> None:
        self.done = threading.Event()
        self._reached = False
        self._folder, self._is_reachable = folder, is_reachable
        threading.Thread(target=self._run, name="reachability", daemon=True).start()

    def reached_by(self, deadline: float) -> bool:
        return self.done.wait(max(0.0, deadline - time.monotonic())) and self._reached

    def _run(self) -> None:
        self._reached = self._is_reachable(self._folder)
        self.done.set()
