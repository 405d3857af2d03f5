"""Engines whose encoder knows colours: what a client starts in tests instead of the real one."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path

from colours import ColourEncoder, OtherColourEncoder, WordyEncoder, loader
from stand_in import HELD

from clipview.engine import server


class HeldEncoder(ColourEncoder):
    """While it is held, it encodes two batches and then no picture more, and no text that begins with "slow"."""

    name = "starter"

    def __init__(self, held: Path) -> None:
        super().__init__()
        self._held = held
        self._free = 2 * self.batch_size

    def encode_images(self, inputs):
        if self._held.exists():
            # Longer than a scan is silent between two reports: each of the batches is told of.
            time.sleep(0.15)
            self._free -= len(inputs)
            self._wait_while(self._free < 0)
        return super().encode_images(inputs)

    def encode_texts(self, texts):
        self._wait_while(any(text.startswith("slow") for text in texts))
        return super().encode_texts(texts)

    def _wait_while(self, too_much: bool) -> None:
        while too_much and self._held.exists():
            time.sleep(0.005)


class BrokenEncoder(ColourEncoder):
    """Has a fault that nobody foresaw."""

    name = "starter"

    def encode_texts(self, texts):
        if "impossible" in texts:
            raise ZeroDivisionError
        return super().encode_texts(texts)


def wordy(handle: int, parent: int) -> None:
    server.main(handle, parent, load=loader(WordyEncoder()))


def main(handle: int, parent: int) -> None:
    server.main(handle, parent, load=loader(BrokenEncoder(), OtherColourEncoder()))


def held(handle: int, parent: int) -> None:
    server.main(handle, parent, load=lambda _name, _models, cache: HeldEncoder(cache / HELD))


class DeadlyEncoder(ColourEncoder):
    """Ends the engine over any picture, as a driver with a fault does."""

    name = "starter"

    def encode_images(self, inputs):
        os._exit(9)


def dies_of_pictures(handle: int, parent: int) -> None:
    server.main(handle, parent, load=loader(DeadlyEncoder()))


def cannot_start_threads(handle: int, parent: int) -> None:
    """The system has room for the program, and not for its threads."""
    import resource

    def load(*_: object) -> None:
        raise AssertionError("nothing is loaded before the engine is ready")

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    room = pages * resource.getpagesize() + (24 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    server.main(handle, parent, load=load)


LOADING = "loading"
"""A file in the folder of caches: the encoder is being loaded."""


def loads_for_ever(handle: int, parent: int) -> None:
    """Loading waits for something, such as a disk, and lets other threads work."""
    server.main(handle, parent, load=_block_with(ctypes.CDLL(None)))


def loads_alone_for_ever(handle: int, parent: int) -> None:
    """Loading keeps the interpreter's lock, as the system's loader of large libraries does."""
    server.main(handle, parent, load=_block_with(ctypes.PyDLL(None)))


def _block_with(library):
    def load(name: str, models: Path, cache: Path) -> None:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / LOADING).touch()
        library.sleep(90)
        sys.exit("the test should have ended by now")

    return load


def dies_at_once(handle: int, parent: int) -> None:
    os._exit(7)
