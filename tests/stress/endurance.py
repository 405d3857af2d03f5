"""What only shows after long: two hundred scans in one process, and fuzzing for minutes instead of seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from rig import ROOT, Fault, Rig

_SCANS = 200
_MOST_GROWTH_KB = 24_000

_SOAK = """
import gc, json, os, sys
from pathlib import Path
from colours import ColourEncoder, finish, loader, paint
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.scan import ScanOptions
from clipview.core.types import Query, TextTerm

base, scans = Path(sys.argv[1]), int(sys.argv[2])
photos = base / "photos"
places = Places(base / "soak", base / "m", base / "c")
told = []

def resident_kb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024

with Library.open(places, write=True, load=loader(ColourEncoder())) as library:
    for number in range(scans):
        path = photos / f"{number % 20}.jpg"
        path.unlink() if number % 20 == 19 and path.exists() else paint(path, "red", size=(60 + number, 40))
        finish(library.scan((photos,), model="colours", options=ScanOptions(decode_workers=1)))
        library.search(Query((TextTerm("red"),)))
        if number % 10 == 9:
            gc.collect()
            told.append((resident_kb(), len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task"))))
print(json.dumps(told))
"""


def soak(rig: Rig) -> str:
    """Memory, file handles and threads of one process stay level over two hundred scans and searches."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "library")])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SOAK, rig.base, str(_SCANS)],
        env=rig.environment() | {"PYTHONPATH": path}, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    told = json.loads(done.stdout)
    settled, last = told[len(told) // 4], told[-1]
    grown = last[0] - settled[0]
    assert grown < _MOST_GROWTH_KB, f"memory grew by {grown} kB: {told}"
    assert last[1] <= settled[1] + 2, f"file handles: {told}"
    assert last[2] <= settled[2] + 1, f"threads: {told}"
    return (
        f"{_SCANS} scans: {grown / 1000:+.1f} MB, {last[1] - settled[1]:+d} handles, {last[2] - settled[2]:+d} threads"
    )


def long_fuzz(rig: Rig) -> str:
    """The suite's fuzz tests with forty times the examples."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", "fuzz", "tests/fuzz", "-p", "no:cacheprovider", "--timeout=900"],
        env=rig.environment() | {"CLIPVIEW_FUZZ": "long"}, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout.strip().splitlines()[-1]


FAULTS = (
    Fault("long: 200 scans in one process", soak, about_s=110),
    Fault("long: fuzz", long_fuzz, about_s=70),
)
