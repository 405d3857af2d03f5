"""Which device and precision a model runs fastest with on this machine."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache

import torch
from msgspec import Struct

log = logging.getLogger(__name__)

SHORT_GAIN = 1.3
"""How much faster bfloat16 must be to give up float32's digits."""


class Device(Struct, frozen=True):
    """Where tensors live, and as what."""

    torch_device: torch.device
    dtype: torch.dtype

    def __str__(self) -> str:
        return f"{self.torch_device.type} in {str(self.dtype).removeprefix('torch.')}"

    @property
    def on_cpu(self) -> bool:
        """Whether memory is shared with numpy, and small batches are best."""
        return self.torch_device.type == "cpu"


FLOAT32_CPU = Device(torch.device("cpu"), torch.float32)
"""The reference: what open_clip itself uses by default."""


@cache
def best_device() -> Device:
    """Return this machine's fastest device and the smallest precision that it is fast with.

    A GPU in half precision; else the CPU, in bfloat16 where that is measured to be faster (AVX512-BF16, AMX and
    recent ARM cores; elsewhere bfloat16 is emulated and slow). Decided once a process, in a few milliseconds.
    """
    device = _chosen()
    log.info("Search models run on %s", device)
    return device


def _chosen() -> Device:
    if torch.cuda.is_available():
        return Device(torch.device("cuda"), torch.float16)
    if torch.backends.mps.is_available():
        return Device(torch.device("mps"), torch.float16)
    return Device(torch.device("cpu"), torch.bfloat16) if _cpu_is_fast_with_bfloat16() else FLOAT32_CPU


def has_bfloat16() -> bool:
    """Tell whether the processor may have bfloat16 instructions: x86 ones without AVX-512 have none."""
    return torch.backends.cpu.get_cpu_capability() not in ("DEFAULT", "AVX2")


@torch.inference_mode()
def _cpu_is_fast_with_bfloat16() -> bool:
    if not has_bfloat16():
        return False
    # The shape of a ViT-B layer over one picture; measured, since flags are named differently on every platform.
    tokens, weights = torch.ones(64, 768), torch.ones(768, 3072)
    wide = _fastest(lambda: tokens @ weights)
    short_tokens, short_weights = tokens.bfloat16(), weights.bfloat16()
    return _fastest(lambda: short_tokens @ short_weights) * SHORT_GAIN < wide


def _fastest(work: Callable[[], object], runs: int = 5) -> float:
    seconds = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds[1:])
