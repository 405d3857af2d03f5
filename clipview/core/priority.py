"""How work in the background makes way for everything else on the machine."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

_NICENESS = 10


def give_way() -> None:
    """Let this thread, and the threads and processes that it starts, make way for everything else on the machine."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
