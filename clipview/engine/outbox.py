"""Sending that never waits: messages queue up and a thread of their own puts them on the channel."""

from __future__ import annotations

import logging
import queue
import threading

from clipview.core.children import Channel

log = logging.getLogger(__name__)


class Outbox:
    """Messages on their way to the other process. Safe from any thread."""

    def __init__(self, name: str) -> None:
        self._waiting: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._name = name
        self._thread: threading.Thread | None = None

    def put(self, message: object) -> None:
        """Send a message as soon as the channel takes it; a channel that broke swallows it."""
        self._waiting.put(message)

    def start(self, channel: Channel) -> None:
        """Send what has been put and will be put, on this channel."""
        self._thread = threading.Thread(target=self._run, args=(channel,), name=self._name, daemon=True)
        self._thread.start()

    def end(self, timeout_s: float) -> None:
        """Send what was put until now, then stop; waits for that as long as allowed."""
        self._waiting.put(_End())
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self, channel: Channel) -> None:
        while not isinstance(message := self._waiting.get(), _End):
            try:
                channel.send(message)
            except (OSError, ValueError):
                # The other end is gone, or our own was closed: whoever reads the channel notices and acts.
                log.debug("a %s could not be sent", type(message).__name__)
                return
            except Exception:
                log.exception("a %s can't be sent", type(message).__name__)


class _End:
    pass
