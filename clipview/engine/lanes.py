"""A lane: a thread that takes requests one at a time, and outlives whatever goes wrong in one."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from clipview.core.priority import give_way
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
        gives_way: bool = False,
    ) -> None:
        """Make a lane; it begins with `start`.

        Args:
            name: of the thread.
            handle: does what one request asks.
            refusals: answers requests that fail.
            latest_only: a newer request replaces one that has not begun.
            finishes: what was handed in before `stop` is still done, such as what a person said last.
            gives_way: everything else on the machine comes first.
        """
        self._handle, self._refusals, self._finishes, self._gives_way = handle, refusals, finishes, gives_way
        self._waiting: deque[object] = deque(maxlen=1 if latest_only else None)
        self._offered: object = None
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
        """Hand in a request that matters only if nothing else waits; a newer one replaces one that has not begun."""
        with self._changed:
            self._offered = request
            self._changed.notify()

    @property
    def waits(self) -> bool:
        """Whether a request has been handed in that has not begun."""
        return bool(self._waiting or self._offered is not None)

    def stop(self) -> None:
        """Take no further request; the one in hand goes on, and a lane that finishes does those that wait too."""
        with self._changed:
            self._stopped = True
            self._offered = None
            if not self._finishes:
                self._waiting.clear()
            self._changed.notify()

    def join(self, limit_s: float) -> None:
        """Wait for the end of a lane that was stopped."""
        self._thread.join(limit_s)

    def _run(self) -> None:
        if self._gives_way:
            give_way()
        while True:
            with self._changed:
                while not self.waits and not self._stopped:
                    self._changed.wait()
                if not self.waits:
                    return
                request = self._waiting.popleft() if self._waiting else self._offered
                self._offered = None
            self._refusals.guard(self._handle, request)
