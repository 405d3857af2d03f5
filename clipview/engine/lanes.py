"""A lane: a thread that takes requests one at a time, and outlives whatever goes wrong in one."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from clipview.engine.refusals import Refusals


class Lane:
    """Handles requests in their order, in a thread of its own."""

    def __init__(
        self,
        name: str,
        handle: Callable[[object], None],
        refusals: Refusals,
        *,
        latest_only: bool = False,
        finishes: bool = False,
    ) -> None:
        """Make a lane; it begins with `start`.

        Args:
            name: of the thread.
            handle: does what one request asks.
            refusals: answers requests that fail.
            latest_only: a newer request replaces one that has not begun.
            finishes: what was handed in before `stop` is still done, such as what a person said last.
        """
        self._handle, self._refusals, self._finishes = handle, refusals, finishes
        self._waiting: deque[object] = deque(maxlen=1 if latest_only else None)
        self._changed = threading.Condition()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def put(self, request: object) -> None:
        """Hand in a request, from any thread."""
        with self._changed:
            self._waiting.append(request)
            self._changed.notify()

    def offer(self, request: object) -> None:
        """Hand in a request that matters only if nothing else waits."""
        with self._changed:
            if not self._waiting:
                self._waiting.append(request)
                self._changed.notify()

    def stop(self) -> None:
        """Take no further request; the one in hand goes on."""
        with self._changed:
            self._stopped = True
            if not self._finishes:
                self._waiting.clear()
            self._changed.notify()

    def join(self, limit_s: float) -> None:
        """Wait for the end of a lane that was stopped."""
        self._thread.join(limit_s)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._stopped:
                    self._changed.wait()
                if not self._waiting:
                    return
                request = self._waiting.popleft()
            self._refusals.guard(self._handle, request)
