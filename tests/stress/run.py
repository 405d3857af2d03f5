"""Provokes faults from outside and says of each what came of it; exits 1 when anything was lost or crashed."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import guard
from rig import ROOT, Fault

from clipview.core.environment import missing_settings

MODULES = (
    "kills", "disks", "drives", "libraries", "files", "outsiders", "windows", "size", "endurance",
)  # fmt: skip
_HERE = Path(__file__).parent
_GOOD, _BAD, _SKIPPED = "ok", "FAILED", "skipped"


def main() -> int:
    parser = argparse.ArgumentParser(description="Provoke faults from outside.")
    parser.add_argument("names", nargs="*", metavar="WORD", help="only faults whose name has one of these words")
    parser.add_argument("--times", type=int, default=1, help="go through all of them so many times")
    parser.add_argument("--seed", type=int, default=1, help="for what is left to chance; each round takes the next")
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes: soak and long fuzz")
    parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1), help="faults at a time")
    parser.add_argument("--list", action="store_true", help="name the faults, and provoke none")
    options = parser.parse_args()
    sys.path.append(str(ROOT / "tests" / "library"))
    faults = [fault for name in MODULES for fault in importlib.import_module(name).FAULTS]
    if options.quick:
        faults = [fault for fault in faults if not fault.name.startswith("long:")]
    if options.names:
        faults = [fault for fault in faults if any(word in fault.name for word in options.names)]
    if options.list:
        print("\n".join(fault.name for fault in faults))
        return 0
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(130))
    base = Path(tempfile.mkdtemp(prefix="clipview-stress-"))
    base.chmod(0o755)
    watch = guard.Guard(base)
    left = ""
    try:
        preload = _build_shim(base)
        failed = sum(
            _round(faults, options.seed + number, base, preload, options.jobs) for number in range(options.times)
        )
    finally:
        left = watch.finish()
    if left:
        print(f"{_BAD:8}processes were left behind:\n{left}", flush=True)
    return 1 if failed or left else 0


def _build_shim(base: Path) -> Path | None:
    """Compile what lets the system fail, or return None where no compiler is."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None or sys.platform != "linux":
        return None
    target = base / "shim.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", target, _HERE / "shim.c", "-ldl"]
    return target if subprocess.run(command, capture_output=True).returncode == 0 else None


def _round(faults: list[Fault], seed: int, base: Path, preload: Path | None, jobs: int) -> int:
    began_s = time.monotonic()
    workers: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
    started = [_Worker(base, preload) for _ in range(max(1, min(jobs, len(faults))))]
    for worker in started:
        workers.put(worker)

    def provoke(fault: Fault) -> str:
        worker = workers.get()
        try:
            return worker.provoke(fault, seed)
        finally:
            workers.put(worker)

    # What is measured in seconds isn't measured beside something else.
    crowd = sorted((fault for fault in faults if not fault.alone), key=lambda fault: -fault.about_s)
    verdicts: list[str] = []
    threads = ThreadPoolExecutor(len(started))
    try:
        verdicts += threads.map(provoke, crowd)
        verdicts += (provoke(fault) for fault in faults if fault.alone)
    finally:
        # Who interrupts a run wants it gone, and no word on what he broke by that.
        for worker in started:
            worker.end()
        threads.shutdown(cancel_futures=True)
    told = ", ".join(f"{verdicts.count(each)} {each}" for each in (_GOOD, _BAD, _SKIPPED))
    print(f"round with seed {seed}: {told}, in {time.monotonic() - began_s:.0f} s", flush=True)
    return verdicts.count(_BAD)


class _Worker:
    """A process that provokes one fault after the other."""

    def __init__(self, base: Path, preload: Path | None) -> None:
        self._base, self._preload = base, preload
        self._ended = False
        self._process = self._start()

    def provoke(self, fault: Fault, seed: int) -> str:
        began_s = time.monotonic()
        place = Path(tempfile.mkdtemp(prefix="fault-", dir=self._base))
        place.chmod(0o755)
        asked = json.dumps({"module": fault.provoke.__module__, "name": fault.name, "seed": seed, "base": str(place)})
        verdict, told = _BAD, "the process that provoked it died"
        try:
            print(asked, file=self._process.stdin, flush=True)
            answer = self._process.stdout.readline() if self._process.stdout else ""
            if answer:
                verdict, told = json.loads(answer)
        except (OSError, ValueError) as error:
            told = f"{told} ({error})"
        if self._ended:
            return verdict
        print(f"{verdict:8}{fault.name:52}{time.monotonic() - began_s:6.1f} s  {told}", flush=True)
        if verdict == _BAD:
            kept = Path(tempfile.mkdtemp(prefix="clipview-failed-")) / "fault"
            shutil.move(place, kept)
            print(f"        what it left lies in {kept}", flush=True)
        else:
            shutil.rmtree(place, ignore_errors=True)
        if self._process.poll() is not None:
            self._process = self._start()
        return verdict

    def end(self) -> None:
        self._ended = True
        self._process.kill()
        self._process.communicate()

    def _start(self) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "library"))),
            guard.VARIABLE: str(self._base),
            **missing_settings(),
            **({"LD_PRELOAD": str(self._preload)} if self._preload else {}),
        }
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", _HERE / "worker.py"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
