"""How a processor's cores share a batch of pictures: each takes some of them through the whole network alone.

PyTorch's own way, all cores together at each layer, makes every core wait for the slowest dozens of times a picture.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import torch


@cache
def core_count() -> int:
    """Return how many threads PyTorch would use: one for each core that this process may run on."""
    return torch.get_num_threads()


def in_streams(work: Callable[[int], None], total: int, chunk: int) -> None:
    """Call `work` with the start of each chunk of `total` pictures, on all cores at once; raises what it raises."""
    streams = min(core_count(), -(-total // chunk))
    # Threads that are new each time take their priority from the caller: a scan's from the scan, a query's from it.
    with ThreadPoolExecutor(max(1, streams), thread_name_prefix="stream", initializer=_alone) as executor:
        for _ in executor.map(work, range(0, total, chunk)):
            pass


def _alone() -> None:
    torch.set_num_threads(1)
