"""Provokes faults from outside and says of each what came of it; exits 1 when anything was lost or crashed."""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from rig import Fault, NotHereError, Rig, make_empty_library

_MODULES = ("kills", "disks", "libraries", "files", "outsiders", "windows", "endurance")
_GOOD, _BAD, _SKIPPED = "ok", "FAILED", "skipped"


def main() -> int:
    parser = argparse.ArgumentParser(description="Provoke faults from outside.")
    parser.add_argument("names", nargs="*", metavar="WORD", help="only faults whose name has one of these words")
    parser.add_argument("--times", type=int, default=1, help="go through all of them so many times")
    parser.add_argument("--seed", type=int, default=1, help="for what is left to chance; each round takes the next")
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes: soak and long fuzz")
    options = parser.parse_args()
    faults = [fault for name in _MODULES for fault in importlib.import_module(name).FAULTS]
    if options.quick:
        faults = [fault for fault in faults if not fault.name.startswith("long:")]
    if options.names:
        faults = [fault for fault in faults if any(word in fault.name for word in options.names)]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="clipview-stress-") as shared:
        make_empty_library(Path(shared))
        for number in range(options.times):
            failed += _round(faults, options.seed + number, Path(shared))
    return 1 if failed else 0


def _round(faults: list[Fault], seed: int, shared: Path) -> int:
    began_s = time.monotonic()
    verdicts = [_provoke(fault, seed, shared) for fault in faults]
    told = ", ".join(f"{verdicts.count(each)} {each}" for each in (_GOOD, _BAD, _SKIPPED))
    print(f"round with seed {seed}: {told}, in {time.monotonic() - began_s:.0f} s", flush=True)
    return verdicts.count(_BAD)


def _provoke(fault: Fault, seed: int, shared: Path) -> str:
    base = Path(tempfile.mkdtemp(prefix="clipview-stress-"))
    base.chmod(0o755)
    rig = Rig(base, seed, shared)
    began_s = time.monotonic()
    verdict, told = _BAD, ""
    try:
        told = fault.provoke(rig)
        verdict = _GOOD
    except NotHereError as error:
        verdict, told = _SKIPPED, str(error)
    except AssertionError as error:
        told = str(error) or traceback.format_exc()
    except Exception:
        told = traceback.format_exc()
    finally:
        rig.close()
    print(f"{verdict:8}{fault.name:58}{time.monotonic() - began_s:6.1f} s  {told}", flush=True)
    if verdict == _BAD:
        print(f"        what it left lies in {base}", flush=True)
    else:
        shutil.rmtree(base, ignore_errors=True)
    return verdict


if __name__ == "__main__":
    sys.exit(main())
