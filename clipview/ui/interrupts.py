"""How Ctrl-C reaches a program that is mostly Qt; knows no Qt itself, so that it is there before Qt is."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_heard() -> Iterator[socket.socket | None]:
    """Turn Ctrl-C and the system's requests to end into bytes on a socket, from before Qt is loaded.

    An exception would be swallowed where Qt calls Python, and with it the request; while Qt is loaded, it leaves the
    bindings half made, which then abort or wait for ever. Python runs signal handlers only between its own
    instructions, of which Qt's event loop has none: the wake-up descriptor makes a descriptor readable instead, which
    Qt watches.
    """
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        yield None
        return
    heard, rung = socket.socketpair()
    for end in (heard, rung):
        end.setblocking(False)  # noqa: FBT003 - takes no keywords
    ends = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: None) for number in ends}
    old = signal.set_wakeup_fd(rung.fileno())
    try:
        yield heard
    finally:
        signal.set_wakeup_fd(old)
        for number, handler in before.items():
            signal.signal(number, handler)
        heard.close()
        rung.close()
