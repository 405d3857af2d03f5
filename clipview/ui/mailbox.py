"""Where the engine's messages wait until the window is there; knows no Qt, so that it can exist before Qt is loaded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock


class Mailbox:
    """Keeps messages until somebody reads them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[object] = deque()
        self._reader: Callable[[object], None] | None = None

    def put(self, message: object) -> None:
        """Leave a message; safe from any thread."""
        with self._lock:
            if self._reader is None:
                self._waiting.append(message)
            else:
                # Under the lock, so that none overtakes those that were waiting. Readers only emit a queued signal.
                self._reader(message)

    def read_with(self, reader: Callable[[object], None] | None) -> None:
        """Hand what is waiting, and all that follows, to `reader`; with None, keep it again."""
        with self._lock:
            while reader is not None and self._waiting:
                reader(self._waiting.popleft())
            self._reader = reader
