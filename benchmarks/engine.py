"""The engine's speed in a large library: start, browsing, searching, also while a scan goes on, and its memory.

Run: python benchmarks/engine.py [FOLDER made by benchmarks/library_maker.py] [--photos 100000]
"""

from __future__ import annotations

import argparse
import io
import queue
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TypeVar

import numpy as np
from library_maker import home, make_library
from PIL import Image
from targets import tell

from clipview.core.places import Places
from clipview.core.types import Query, TextTerm
from clipview.engine.client import EngineClient
from clipview.engine.messages import Ready, RemoveFolder, Scan, ScanEnded, Search, SearchAnswer, StopScan

_TYPED = "a dog on the beach at sunset with friends and a red ball under tall palm trees"
_SETTLE_S = 5.0
_KEY_S = 0.15
_SCANNED = 600

_Message = TypeVar("_Message")


def main() -> None:
    parser = argparse.ArgumentParser(description="The engine's speed in a large library.")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--photos", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = options.folder or Path(temporary) / "made"
        places = home(folder)
        if not places.database.exists():
            make_library(places, options.photos, thumbnails=0)
        fresh = Path(temporary) / "fresh"
        _draw_photos(fresh, _SCANNED)
        print(f"for comparison: import torch alone  {_import_torch_ms():8.0f} ms")
        _measure(places, fresh)


def _measure(places: Places, fresh: Path) -> None:
    print("the library's first start")
    first = _Engine(places)
    _start(first)
    # What each photo answers to anything is measured once, and kept, and all that a start reads is copied.
    while not (places.library / "start.bin").exists():
        time.sleep(0.1)
    time.sleep(_SETTLE_S)
    first.client.close()
    print("every other start")
    engine = _Engine(places)
    photos, words_ms = _start(engine)
    tell("engine-words", words_ms / 1000, f"{photos:,} photos")
    time.sleep(_SETTLE_S)
    _print_times("browsing, idle", [engine.timed(Query()) for _ in range(20)])
    _print_times("typing, idle", engine.type_in("in the park " + _TYPED))
    memory_mb = _memory_mb(engine.client.process_id)
    print(f"memory after that                   {memory_mb:8.0f} MB")
    tell("memory-engine", memory_mb, f"{photos:,} photos")
    engine.client.send(Scan((fresh,)))
    time.sleep(4)
    _print_times("typing while a scan goes on", engine.type_in("by the sea " + _TYPED))
    engine.client.send(StopScan())
    engine.wait(ScanEnded)
    engine.client.send(RemoveFolder(fresh.resolve()))
    time.sleep(2)
    started = time.perf_counter()
    engine.client.close()
    print(f"to close                            {(time.perf_counter() - started) * 1000:8.0f} ms")


def _start(engine: _Engine) -> tuple[int, float]:
    """Wait for what people wait for; returns how many photos there are, and when the first words were answered."""
    ready = engine.wait(Ready)
    print(f"start to Ready                      {engine.elapsed_ms():8.0f} ms  ({ready.state.photos:,} photos)")
    engine.ask(Query())
    print(f"start to the first page of photos   {engine.elapsed_ms():8.0f} ms")
    engine.ask(Query((TextTerm("a dog"),)))
    words_ms = engine.elapsed_ms()
    print(f"start to the first words answered   {words_ms:8.0f} ms")
    return ready.state.photos, words_ms


class _Engine:
    def __init__(self, places: Places) -> None:
        self._messages: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._started = time.perf_counter()
        self.client = EngineClient(places, self._messages.put)
        self._number = 0

    def elapsed_ms(self) -> float:
        return (time.perf_counter() - self._started) * 1000

    def wait(self, kind: type[_Message]) -> _Message:
        while not isinstance(message := self._messages.get(timeout=120), kind):
            pass
        return message

    def ask(self, query: Query) -> SearchAnswer:
        self._number += 1
        self.client.send(Search(self._number, query))
        while (found := self.wait(SearchAnswer)).number != self._number:
            pass
        return found

    def timed(self, query: Query) -> float:
        started = time.perf_counter()
        self.ask(query)
        return (time.perf_counter() - started) * 1000

    def type_in(self, text: str) -> list[float]:
        """Type a text as a person does, and return how long the answer to each key took, in ms."""
        times = []
        for end in range(3, len(text) + 1):
            times.append(self.timed(Query((TextTerm(text[:end]),))))
            time.sleep(max(0.0, _KEY_S - times[-1] / 1000))
        return times


def _print_times(what: str, times_ms: list[float]) -> None:
    middle, high = np.percentile(times_ms, (50, 95))
    print(f"{what:35s} {middle:8.1f} ms  p95 {high:.1f} ms  ({len(times_ms)} times)")


def _import_torch_ms() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import torch"], check=True)
    return (time.perf_counter() - started) * 1000


def _memory_mb(process_id: int | None) -> float:
    try:
        lines = Path(f"/proc/{process_id}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _draw_photos(folder: Path, count: int) -> None:
    """Save photos of two megapixels that differ in their bytes."""
    folder.mkdir(parents=True)
    clouds = Image.effect_noise((1632, 1224), 60).convert("RGB")
    encoded = io.BytesIO()
    clouds.save(encoded, "JPEG", quality=80)
    for number in range(count):
        (folder / f"{number}.jpg").write_bytes(encoded.getvalue() + number.to_bytes(4, "big"))


if __name__ == "__main__":
    main()
