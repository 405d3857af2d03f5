"""Bringing search models to this machine: downloads that can be stopped and go on later, and imports."""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import closing
from pathlib import Path
from typing import Final

from clipview.core.encoders.catalogue import catalogue
from clipview.core.errors import ClipViewError
from clipview.engine.messages import GetModel, ImportModel, ModelProgress, UseModel
from clipview.engine.refusals import Post

_REPORT_EVERY_S: Final = 0.25
_RATE_WINDOW_S: Final = 5.0


class ModelDownloads:
    """Handles one request at a time, in one thread; `stop` may be called from any."""

    def __init__(self, models_dir: Path, post: Post) -> None:
        self._models_dir, self._post = models_dir, post
        self._stopped = threading.Event()

    def get(self, request: GetModel) -> UseModel:
        """Download a model and return the request to use it.

        Raises:
            ClipViewError: it can't be had, or was stopped.
        """
        # Imported here because it brings open_clip's lists.
        from clipview.core.encoders.fetching import fetch_model

        self._stopped.clear()
        expected = next((each.size_bytes for each in catalogue(self._models_dir) if each.name == request.name), 0)
        rate = _Rate()
        # Of a model's files only the weights are large; the others may come before or after them.
        with closing(fetch_model(request.name, self._models_dir)) as steps:  # type: ignore[type-var]
            for step in steps:
                if self._stopped.is_set():
                    raise ClipViewError("The download was stopped. It goes on from there when you start it again.")
                if rate.is_due(step.done_bytes):
                    total = step.total_bytes or max(expected, step.done_bytes)
                    self._post(ModelProgress(request.name, step.done_bytes, total, rate.bytes_per_second()))
        return UseModel(request.name)

    def bring_in(self, request: ImportModel) -> UseModel:
        """Take a model from a file and return the request to use it.

        Raises:
            ClipViewError: the file is not a model that can be loaded safely.
        """
        from clipview.core.encoders.loading import import_model

        return UseModel(import_model(request.file, request.architecture, self._models_dir))

    def stop(self) -> None:
        """End the download that goes on."""
        self._stopped.set()


class _Rate:
    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def is_due(self, done_bytes: int) -> bool:
        """Note how far a download has come, and tell whether it is time for a report."""
        now = time.monotonic()
        if self._marks and now - self._marks[-1][0] < _REPORT_EVERY_S:
            return False
        if self._marks and done_bytes < self._marks[-1][1]:  # the next file
            self._marks.clear()
        self._marks.append((now, done_bytes))
        while now - self._marks[0][0] > _RATE_WINDOW_S:
            self._marks.popleft()
        return True

    def bytes_per_second(self) -> float:
        (first_s, first), (last_s, last) = self._marks[0], self._marks[-1]
        return (last - first) / (last_s - first_s) if last_s > first_s else 0.0
