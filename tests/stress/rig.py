"""Where a fault is provoked: a library of its own, driven by the real command line in processes of their own."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from warm import Warm

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 240.0

Process = subprocess.Popen[str] | Warm

_START = "import subprocess, sys; subprocess.run([sys.executable, '-c', ''], check=True)"


class NotHereError(Exception):
    """This machine can't provoke the fault; the message says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, and how to provoke it."""

    name: str
    provoke: Callable[[Rig], str]
    """Raises AssertionError when it does harm; returns the figure to print."""
    alone: bool = False
    """Whether nothing else may be under way, because it holds something against a limit in seconds."""
    about_s: float = 0.0
    """How long it takes, roughly: long ones begin first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        assert self.out.count("\n") == 1, f"not one JSON document: {self.out[:300]!r} {self.err[-500:]!r}"
        return json.loads(self.out)

    def ends(self, code: int, *words: str) -> Outcome:
        """Hold it against what should have come of it: an exit code, and words of the sentence."""
        assert self.code == code, f"exit code {self.code}, not {code}: {self.err[-800:]}"
        assert "Traceback" not in self.err, self.err[-1500:]
        for word in words:
            assert word in self.err + self.out, f"{word!r} is not in {self.err[-600:]!r} {self.out[-600:]!r}"
        return self


class Rig:
    """A folder for one fault: `home` is ClipView's, `photos` is the user's."""

    def __init__(self, base: Path, seed: int) -> None:
        self.base = base
        self.home, self.photos = base / "home", base / "photos"
        self.photos.mkdir(parents=True)
        self.home.mkdir()
        (self.home / "tmp").mkdir()
        self.library = self.home / "library"
        self.random = random.Random(seed)
        self._started: list[Process] = []

    def start_afresh(self) -> None:
        """Begin with no library."""
        shutil.rmtree(self.library, ignore_errors=True)

    # What a person does.

    def clipview(self, *words: str | Path, before: Sequence[str] = (), **variables: str) -> Outcome:
        process = self.start(*words, before=before, **variables)
        out, err = process.communicate(timeout=PATIENCE_S)
        return Outcome(process.returncode or 0, out, err)

    def start(self, *words: str | Path, before: Sequence[str] = (), cold: bool = False, **variables: str) -> Process:
        """Start a command in a process and a session of its own.

        Args:
            words: the command line, without the program's name.
            before: another program to start it by, such as setpriv.
            cold: start the interpreter anew, as a person does, and not as a fork of one that has imported all.
            variables: for its environment.
        """
        environment = self.environment() | variables
        process: Process
        if before or cold:
            process = subprocess.Popen(
                [*before, sys.executable, "-m", "clipview", *map(os.fspath, words)],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="backslashreplace",
                env=environment, cwd=ROOT, start_new_session=True,
            )  # fmt: skip
        else:
            process = Warm([os.fspath(word) for word in words], environment, ROOT)
        self._started.append(process)
        return process

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "CLIPVIEW_HOME": str(self.home),
            "TMPDIR": str(self.home / "tmp"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONWARNINGS": "ignore",
            # Several faults at a time on few cores: threads that wait for each other would only stand in the way.
            "OMP_NUM_THREADS": "1",
            "HYPOTHESIS_STORAGE_DIRECTORY": str(self.base / "hypothesis"),
        }

    def index(self) -> Mapping[str, Any]:
        document: Mapping[str, Any] = self.clipview("index", self.photos, "--json").ends(0).document
        return document

    def shown(self) -> list[str]:
        """The paths that a search without words lists."""
        hits = self.clipview("search", "--all", "--json").ends(0).document["hits"]
        return [hit["path"] for hit in hits]

    def is_healthy(self, *, deep: bool = False) -> None:
        found = self.clipview("check", *(["--deep"] if deep else []))
        assert found.code == 0, f"check found: {found.out[-1500:]} {found.err[-500:]}"

    def search_works(self, count: int) -> None:
        """Every photo is listed once, and a search in words ranks them."""
        shown = self.shown()
        assert len(shown) == len(set(shown)) == count, f"{len(shown)} photos listed, {len(set(shown))} different"
        document = self.clipview("search", "a photo", "--all", "--json").ends(0).document
        assert len(document["hits"]) == count, f"{len(document['hits'])} of {count} ranked"

    # What lies there.

    @property
    def database(self) -> Path:
        return self.library / "library.db"

    def make_photos(self, count: int, folder: str = "", side_px: int = 160) -> list[Path]:
        place = self.photos / folder
        place.mkdir(parents=True, exist_ok=True)
        start = len(list(place.glob("*.jpg")))
        return [photo(place / f"{number:04}.jpg", self.random, side_px) for number in range(start, start + count)]

    def rows(self, table: str, database: Path | None = None) -> int:
        try:
            with closing(sqlite3.connect(f"file:{database or self.database}?mode=ro", uri=True)) as connection:
                return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def wait_for(self, reached: Callable[[], object], process: Process | None = None) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not reached():
            assert time.monotonic() < deadline, "it never came to that"
            if process is not None and process.poll() is not None:
                return
            time.sleep(0.01)

    def close(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.communicate()


def photo(path: Path, chance: random.Random, side_px: int = 160) -> Path:
    """A picture that no other is like."""
    small = np.frombuffer(chance.randbytes(8 * 8 * 3), np.uint8).reshape(8, 8, 3)
    image = Image.fromarray(small).resize((side_px, side_px * 3 // 4), Image.Resampling.BICUBIC)
    image.save(path, "JPEG", quality=80)
    return path


class FairLimit:
    """A limit in seconds on a machine that is the run's alone; one that is busy with other things gets more."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._share = _share_of_a_core()

    def keeps(self, took_s: float) -> bool:
        return took_s < self._limit_s / min(self._share, _share_of_a_core())


def _share_of_a_core() -> float:
    began_s, used_s = time.monotonic(), time.process_time()
    while time.process_time() - used_s < 0.1:
        pass
    return min(1.0, 0.1 / (time.monotonic() - began_s))


def kill(process: Process) -> None:
    """End a process at once, and see that what it started ends too."""
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert_all_ended(process.pid)


def assert_all_ended(session: int, limit_s: float = 3.0) -> None:
    """No process of a session is left after a moment."""
    end = time.monotonic() + limit_s
    while (left := members(session)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not left, f"processes {left} are left behind"


def members(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, _parent, _group, its_session = (place / "stat").read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(its_session) == session and state != "Z":
            found.append(int(place.name))
    return found


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A disk of a size, mounted at a place; only root can."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise NotHereError("only root can mount a small disk")
    place.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
    if done.returncode:
        raise NotHereError("this system lets nobody mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def memory_limit(limit_bytes: int) -> Iterator[list[str]]:
    """What to put before a command so that the system lets it and its children have so much memory; only root can."""
    first = Path("/sys/fs/cgroup/memory")
    second = Path("/sys/fs/cgroup")
    root, setting = (first, "memory.limit_in_bytes") if first.is_dir() else (second, "memory.max")
    group = root / f"clipview-stress-{os.getpid()}"
    try:
        group.mkdir()
    except OSError as error:
        raise NotHereError(f"this system lets nobody limit memory ({error.strerror})") from error
    try:
        try:
            (group / setting).write_text(str(limit_bytes))
        except OSError as error:
            raise NotHereError(f"this system lets nobody limit memory ({error.strerror})") from error
        yield ["sh", "-c", f'echo $$ > {group}/cgroup.procs && exec "$@"', "sh"]
    finally:
        _remove_group(group)


def _remove_group(group: Path) -> None:
    end = time.monotonic() + 5
    while True:
        try:
            group.rmdir()
        except OSError:  # a process in it is still on its way out
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def needs_shim() -> None:
    """Skip a fault where the system can't be made to fail."""
    if "shim.so" not in os.environ.get("LD_PRELOAD", ""):
        raise NotHereError("needs Linux and a C compiler")


def without_rights() -> tuple[list[str], int]:
    """What to put before a command to run it without root's rights, and the id of a user who is somebody else then."""
    if os.geteuid() != 0:
        raise NotHereError("only root can give a file to somebody else")
    ways = (
        (["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], 0),
        # Where nobody else may run this Python: still root by name, but bound by permissions like anybody.
        (["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"], 65534),
    )
    for before, stranger in ways:
        started = shutil.which("setpriv") and subprocess.run(
            [*before, sys.executable, "-c", _START], capture_output=True
        )
        if started and started.returncode == 0 and os.access(ROOT, os.R_OK):
            return before, stranger
    raise NotHereError("needs setpriv and a Python that others may run")
