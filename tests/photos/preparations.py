"""Preparations that decode workers can import: one that behaves, and one that does what broken decoders do."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from clipview.core.types import ModelInput


@dataclass(frozen=True, slots=True)
class Small:
    """The picture squeezed to 8 x 8 pixels."""

    min_side_px: int = 32

    def __call__(self, image: Image.Image) -> ModelInput:
        return (np.asarray(image.resize((8, 8), Image.Resampling.BOX)),)


@dataclass(frozen=True, slots=True)
class Witness:
    """Tells the worker's process id, its niceness, and whether it has imported what it must not."""

    min_side_px: int = 32

    def __call__(self, image: Image.Image) -> ModelInput:
        banned = sum(name in sys.modules for name in ("torch", "PySide6", "sqlite3", "pillow_heif"))
        return (np.frombuffer(np.array([os.getpid(), os.nice(0), banned], np.int64).tobytes(), np.uint8),)


@dataclass(frozen=True, slots=True)
class Troubled:
    """Behaves until it sees a red picture."""

    trouble: str
    marker: Path | None = None
    """Where the worker's process id is left when trouble begins."""
    min_side_px: int = 32

    def __call__(self, image: Image.Image) -> ModelInput:
        red, green, blue = image.resize((1, 1), Image.Resampling.BOX).tobytes()
        if red > 200 and green < 60 and blue < 60:
            self._make_trouble()
        return Small()(image)

    def _make_trouble(self) -> None:
        before = self.marker is not None and self.marker.exists()
        if self.marker is not None:
            draft = self.marker.with_name(f"{os.getpid()}.draft")
            draft.write_text(str(os.getpid()))
            draft.replace(self.marker)
        if self.trouble == "hang":
            while True:
                time.sleep(60)
        elif self.trouble == "spin":
            while True:
                pass
        elif self.trouble == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif self.trouble == "crash once" and not before:
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.trouble == "allocate":
            np.zeros(1 << 38, np.uint8)
        elif self.trouble == "raise":
            raise ZeroDivisionError


@dataclass(frozen=True, slots=True)
class Counting:
    """Waits for another worker beside it, until two have met once, and tells how many were at it when it ended."""

    folder: Path
    patience_s: float
    min_side_px: int = 32

    def __call__(self, image: Image.Image) -> ModelInput:
        mine = self.folder / f"{os.getpid()}.working"
        mine.touch()
        met, end_s = self.folder / "two.met", time.monotonic() + self.patience_s
        while (working := len(list(self.folder.glob("*.working")))) < 2 and time.monotonic() < end_s:
            if met.exists():
                break
            time.sleep(0.01)
        if working > 1:
            met.touch()
        mine.unlink()
        return (np.array([working], np.uint8),)


def _cramped() -> Small:
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (4 << 20),) * 2)
    import scipy.linalg  # noqa: F401 - what does not fit

    return Small()


@dataclass(frozen=True, slots=True)
class Cramped:
    """Can't be made in a worker for want of memory."""

    min_side_px: int = 32

    def __reduce__(self) -> tuple[Callable[[], Small], tuple[()]]:
        return _cramped, ()

    def __call__(self, image: Image.Image) -> ModelInput:
        return Small()(image)
