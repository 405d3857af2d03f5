"""How many of the processor's cores are this process's to use."""

from __future__ import annotations

import os


def usable_cores() -> int:
    """Return on how many cores this process may run: in a container, or beside others, not all that there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
