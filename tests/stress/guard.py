"""What a stress run leaves behind, however it ends: nothing. A process of its own, which outlives the run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

VARIABLE = "CLIPVIEW_STRESS"
"""Says in the environment of every process of a run which folder it belongs to."""


class Guard:
    """Waits for the end of this process, and cleans up after it; a context manager."""

    def __init__(self, base: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-S", __file__, base],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def finish(self) -> str:
        """Clean up now, and return what had to be ended: nothing, if every fault cleaned up after itself."""
        return self._process.communicate()[0].strip()


def _clean(base: Path) -> list[str]:
    ended: dict[int, str] = {}
    while found := _processes(base):
        ended |= found
        for process_id in found:
            try:
                os.kill(process_id, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.02)
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for mount in sorted((each for each in mounts if each.startswith(f"{base}/")), reverse=True):
        subprocess.run(["umount", "-l", mount], check=False)
    shutil.rmtree(base, ignore_errors=True)
    return [f"{process_id}: {words}" for process_id, words in ended.items()]


def _processes(base: Path) -> dict[int, str]:
    mark = f"{VARIABLE}={base}".encode()
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes().split(b"\0"):
                found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
    return found


if __name__ == "__main__":
    sys.stdin.read()
    print("\n".join(_clean(Path(sys.argv[1]))))
