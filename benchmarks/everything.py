"""All targets in one go: runs the benchmarks one after the other and writes docs/benchmarks.md.

    python benchmarks/everything.py [--quick] [--only NAME ...] [--write FILE.md]

Takes some fifteen minutes on two cores, with --quick some five: libraries of a tenth, fewer photos and rounds. Each
benchmark runs in a process of its own; what one that fails would have measured is missing in the table. With --only the
others keep the figures of the last run, which lie in build/benchmarks.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from targets import MARK, TARGETS, Target

import clipview

_HERE = Path(__file__).parent
_KEPT = _HERE.parent / "build" / "benchmarks.json"
_FLAGS = (("amx_bf16", "AMX"), ("avx512_bf16", "AVX512-BF16"), ("avx512_vnni", "AVX512-VNNI"), ("avx512f", "AVX-512"),
          ("avx_vnni", "AVX-VNNI"), ("avx2", "AVX2"), ("asimd", "NEON"), ("bf16", "bfloat16"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """One benchmark of the whole, with its arguments in full and in quick."""

    name: str
    script: str
    full: tuple[str, ...]
    quick: tuple[str, ...]


_RUNS = (
    _Run("encoders", "encoders", (), ("--pictures", "16")),
    _Run("indexing", "indexing", ("--photos", "48"), ("--photos", "16", "--rounds", "1")),
    _Run("rescan", "rescan", (), ("--files", "30000")),
    _Run("neighbours", "vectors", ("--index", "--dims", "512"), ("--index", "--dims", "512", "--photos", "20000")),
    _Run("engine", "engine", (), ("--photos", "10000")),
    _Run("window", "window", (), ("--photos", "10000")),
    _Run("window_million", "window", ("--photos", "1000000"), ("--photos", "100000")),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a benchmark told of a target."""

    value: float
    note: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="libraries of a tenth, fewer photos and rounds")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=[each.name for each in _RUNS])
    parser.add_argument("--write", type=Path, default=_HERE.parent / "docs" / "benchmarks.md", metavar="FILE.md")
    options = parser.parse_args()
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    told: dict[str, _Told] = _last_told() if options.only else {}
    failed: list[str] = []
    for run in _RUNS:
        if options.only and run.name not in options.only:
            continue
        command = [
            sys.executable,
            "-W",
            "ignore",
            str(_HERE / f"{run.script}.py"),
            *(run.quick if options.quick else run.full),
        ]
        print(f"\n== {run.name}", flush=True)
        started = time.monotonic()
        found, code = _run(command, million=run.name.endswith("million"))
        size = "quick, " if options.quick else ""
        told |= {key: replace(each, note=size + each.note) for key, each in found.items()}
        print(f"   {time.monotonic() - started:.0f} s", flush=True)
        if code != 0:
            failed.append(run.name)
        # After each: who stops a long run keeps what it has measured.
        _KEPT.parent.mkdir(exist_ok=True)
        _KEPT.write_text(json.dumps({key: asdict(each) for key, each in told.items()}), encoding="utf-8")
        options.write.write_text(report(told, failed, busy, quick=options.quick), encoding="utf-8")
    print(f"\nWritten: {options.write}")
    return 1 if failed else 0


def _last_told() -> dict[str, _Told]:
    kept = json.loads(_KEPT.read_text(encoding="utf-8")) if _KEPT.is_file() else {}
    return {key: _Told(**each) for key, each in kept.items()}


def _run(command: Sequence[str], *, million: bool) -> tuple[dict[str, _Told], int]:
    """Run a benchmark, show what it prints, and return what it told."""
    told: dict[str, _Told] = {}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if not line.startswith(MARK):
            print(line, end="", flush=True)
            continue
        _, key, value, *note = line.split(maxsplit=3)
        # The same benchmark measures both sizes of a library.
        key = {"key-idle": "key-million", "scroll-idle": "scroll-million"}.get(key) if million else key
        if key is not None:
            told[key] = _Told(float(value), note[0].strip() if note else "")
    return told, process.wait()


def report(told: dict[str, _Told], failed: Sequence[str], busy: float, *, quick: bool) -> str:
    """Return the page; `busy` is how many programs wanted to run before the first benchmark began."""
    size = ", the quick run: libraries of a tenth, fewer photos and rounds" if quick else ""
    lines = [
        "# Benchmarks",
        "",
        "Written by `./run bench`. Ratios come from one run on one machine and carry over to others; times don't.",
        "",
        f"ClipView {clipview.__version__}, {datetime.now().date().isoformat()}, on {machine()}{size}.",
        *([f"Before it began, other programs kept the cores busy with a load of {busy:.1f}."] if busy >= 0.5 else []),
        "",
        "| what | against | target | measured | |",
        "|---|---|---|---|---|",
    ]
    lines += [_row(target, told[target.key]) for target in TARGETS if target.key in told]
    missed = [target for target in TARGETS if target.key in told and not target.met(told[target.key].value)]
    if missed:
        lines += ["", "## Missed, and why", ""]
        lines += [
            f"- **{target.what}** ({told[target.key].value:.3g} {target.unit}): {target.why_missed or 'not known yet.'}"
            for target in missed
        ]
    absent = [run.name for run in _RUNS if not any(t.benchmark == run.name and t.key in told for t in TARGETS)]
    if absent:
        lines += ["", f"Not measured in this run: {', '.join(absent)}."]
    if failed:
        lines += ["", f"Ended with an error: {', '.join(failed)}."]
    lines += ["", "## How", ""]
    lines += [f"- `./run bench {name}`: {_first_line(name)}" for name in dict.fromkeys(run.script for run in _RUNS)]
    return "\n".join(lines) + "\n"


def _row(target: Target, told: _Told) -> str:
    limit = f"{'>=' if target.at_least else '<='} {target.limit:g} {target.unit}".strip()
    value = f"{told.value:.4g} {target.unit}".strip() + (f" ({told.note})" if told.note else "")
    verdict = "met" if target.met(told.value) else "**missed**"
    # A smaller library says nothing sure of the size that the target is for.
    verdict += ", quick run only" if told.note.startswith("quick") else ""
    return f"| {target.what} | {target.against} | {limit} | {value} | {verdict} |"


def _first_line(script: str) -> str:
    source = (_HERE / f"{script}.py").read_text(encoding="utf-8")
    return source.removeprefix('"""').partition("\n")[0]


def machine() -> str:
    """Return what this machine is, in words: cores, what its processor can do, memory."""
    try:
        flags = set(Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").split())
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    except (OSError, ValueError):
        flags, memory = set(), 0.0
    able = [word for flag, word in _FLAGS if flag in flags]
    parts = [f"{os.cpu_count()} {platform.machine()} cores", f"with {', '.join(able)}" if able else ""]
    amount = f", {memory:.0f} GB of memory" if memory else ""
    return (
        " ".join(part for part in parts if part) + f"{amount}, {platform.system()}, Python {platform.python_version()}"
    )


if __name__ == "__main__":
    sys.exit(main())
