"""Keeping what searches look at up to date beside everything else, and the window informed, at a bounded cost."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from clipview.core.errors import ClipViewError
from clipview.core.library import Library
from clipview.core.store import Model
from clipview.engine.library_state import library_state
from clipview.engine.messages import LibraryState
from clipview.engine.reachability import Reachability
from clipview.engine.refusals import Post

log = logging.getLogger(__name__)

_SHORTEST_REST_S: Final = 0.5
_DUTY: Final = 0.05
"""The share of its time that this may spend working while a scan goes on."""

_PHOTOS_A_SECOND: Final = 200_000
"""A window that shows all photos of a large library asks for all of them again at each news."""

_LOOK_EVERY_S: Final = 10.0


class Upkeep:
    """Refreshes the library when it is nudged, and sends its state when that has changed."""

    def __init__(
        self,
        library: Library,
        reachability: Reachability,
        post: Post,
        on_new_model: Callable[[], None],
        on_settled: Callable[[], None],
    ) -> None:
        """Take what to keep up.

        Args:
            library: a live one.
            reachability: of its folders.
            post: sends a `LibraryState`.
            on_new_model: called at the start, so that the model is loaded beside the vectors, and when searches begin
                to use another.
            on_settled: called when the library may have changed and no scan goes on.
        """
        self._library, self._reachability, self._post = library, reachability, post
        self._on_new_model, self._on_settled = on_new_model, on_settled
        self._nudged = threading.Event()
        self._stopping = threading.Event()
        self._scanning = False
        self._working = threading.Lock()
        self._last: LibraryState | None = None
        self._model: Model | None = None
        self._threads = [
            threading.Thread(target=self._run, name="upkeep", daemon=True),
            threading.Thread(target=self._watch_folders, name="folders", daemon=True),
        ]

    def first_state(self) -> LibraryState:
        """Load what browsing needs and describe the library."""
        self._last = library_state(self._library, self._reachability.unreachable)
        self._model = self._library.in_memory.model
        return self._last

    def start(self) -> None:
        """Load the vectors, then follow the library, each in its own thread."""
        self._on_new_model()
        for thread in self._threads:
            thread.start()

    def nudge(self) -> None:
        """Say that something may have changed; from any thread."""
        self._nudged.set()

    def catch_up(self) -> int:
        """Refresh the library now and send its state if that has changed; returns how many photos there are."""
        with self._working:
            return self._work()

    def scanning(self, *, goes_on: bool) -> None:
        """Say whether a scan goes on: then some precision is left for its end."""
        self._scanning = goes_on

    def stop(self) -> None:
        """End soon."""
        self._stopping.set()
        self._nudged.set()

    def _run(self) -> None:
        self._nudged.set()
        while not self._stopping.is_set():
            self._nudged.wait()
            self._nudged.clear()
            if self._stopping.is_set():
                return
            started_s = time.monotonic()
            photos = self.catch_up()
            spent_s = time.monotonic() - started_s
            rest_s = max(_SHORTEST_REST_S, photos / _PHOTOS_A_SECOND)
            self._stopping.wait(max(rest_s, spent_s / _DUTY) if self._scanning else rest_s / 2)

    def _work(self) -> int:
        try:
            loaded = self._library.refresh(settled=not self._scanning)
            loaded.searcher.table.prepare()
            state = library_state(self._library, self._reachability.unreachable)
        except ClipViewError as error:
            log.warning("the library could not be refreshed: %s", error)
            return 0
        except Exception:
            log.exception("unexpected trouble while refreshing the library")
            return 0
        if state != self._last:
            self._last = state
            self._post(state)
        if loaded.model != self._model:
            self._model = loaded.model
            self._on_new_model()
        if not self._scanning:
            self._on_settled()
        return state.photos

    def _watch_folders(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._reachability.look([folder.path for folder in self._library.store.folders()]):
                    self.nudge()
            except ClipViewError as error:
                log.warning("the folders could not be looked at: %s", error)
            self._stopping.wait(_LOOK_EVERY_S)
