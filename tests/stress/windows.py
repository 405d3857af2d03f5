"""The window and its engine, ended by force or opened on what is broken, driven as a person would start them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from folder_state import fingerprint
from rig import FairLimit, Fault, Rig, assert_all_ended, kill, members


def window_killed(rig: Rig) -> str:
    """A window that is killed, terminated or interrupted while it scans leaves no process and no harm."""
    rig.make_photos(40)
    rig.index()
    before = fingerprint(rig.photos)
    slowest, limit = 0.0, FairLimit(2.0)
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        window = rig.start(cold=True)
        _wait_for_engine(rig, window)
        if number is signal.SIGKILL:
            kill(window)
            continue
        began = time.monotonic()
        window.send_signal(number)
        window.communicate(timeout=30)
        slowest = max(slowest, time.monotonic() - began)
        assert_all_ended(window.pid)
    assert limit.keeps(slowest), f"it took {slowest:.1f} s"
    assert fingerprint(rig.photos) == before
    rig.clipview("index").ends(0)
    rig.is_healthy()
    return f"no process left, slowest end {slowest:.1f} s"


def engine_killed(rig: Rig) -> str:
    """An engine that is killed is started again by its window."""
    rig.make_photos(20)
    rig.index()
    window = rig.start(cold=True)
    killed = 0
    for _ in range(3):
        engine = _wait_for_engine(rig, window)
        os.kill(engine, signal.SIGKILL)
        killed += 1
        rig.wait_for(lambda engine=engine: not Path(f"/proc/{engine}").exists(), window)
        assert window.poll() is None, "the window ended with its engine"
    assert _wait_for_engine(rig, window), "no engine after three deaths"
    window.send_signal(signal.SIGTERM)
    window.communicate(timeout=30)
    assert_all_ended(window.pid)
    rig.is_healthy()
    return f"{killed} engines killed, each replaced"


def broken_windows(rig: Rig) -> str:
    """A picture of the window on a library that is damaged, foreign, gone or in use ends with a sentence."""
    rig.make_photos(6)
    rig.index()
    whole = rig.database.read_bytes()
    picture = rig.base / "window.png"
    for harm in (b"\xaa" * 50_000, b"", whole[:8192]):
        rig.database.write_bytes(harm)
        found = rig.clipview("--screenshot", picture)
        assert found.code == 1, (found.code, found.err[-300:])
        assert "Traceback" not in found.err, found.err[-800:]
        assert rig.database.read_bytes() == harm
    rig.clipview("restore").ends(0)
    rig.clipview("--screenshot", picture).ends(0)
    assert picture.stat().st_size > 10_000
    return "3 broken libraries told, a restored one opened"


def _wait_for_engine(rig: Rig, window: subprocess.Popen[str]) -> int:
    """Wait until an engine holds the library, and return its process."""
    lock = rig.library / "library.lock"
    found: list[int] = []

    def holds() -> bool:
        holder = lock.read_text() if lock.exists() else ""
        found[:] = [each for each in members(window.pid) if str(each) == holder and each != window.pid]
        return bool(found)

    rig.wait_for(holds, window)
    assert found, "the window has no engine"
    return found[0]


FAULTS = (
    Fault("window killed, terminated, interrupted", window_killed, alone=True),
    Fault("engine killed under its window", engine_killed),
    Fault("window on a damaged library", broken_windows),
)
