from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from photo_files import RED, encoded, huge_png, noise, quarters
from PIL import Image
from preparations import Counting, Cramped, Small, Troubled, Witness

from clipview.core.decoding import ClosedPoolError, Decoded, DecodePool, DecodeTask
from clipview.core.errors import ClipViewError
from clipview.core.pictures import Picture
from clipview.core.types import KnownContent, PhotoContent, Unreadable

_CRAMPED = """
import pathlib, resource
pages = int(pathlib.Path("/proc/self/statm").read_text().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (4 << 20),) * 2)
import scipy.linalg
"""

posix = pytest.mark.skipif(os.name != "posix", reason="uses signals that only POSIX systems have")
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six good photos, and a red one that the troubled preparation stumbles over."""
    for number in range(6):
        image = noise(200 + number, 150)
        (tmp_path / f"good{number}.jpg").write_bytes(encoded(image, "JPEG"))
    (tmp_path / "red.jpg").write_bytes(encoded(Image.new("RGB", (200, 150), (250, 5, 5)), "JPEG"))
    return tmp_path


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("decoder-"):
            thread.join(60)
            assert not thread.is_alive(), thread.name
    if sys.platform == "linux":
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        assert not children.exists() or not children.read_text().split()


def _tasks(folder: Path) -> list[DecodeTask]:
    return [DecodeTask(path) for path in sorted(folder.glob("*.*"))]


def _all(pool: DecodePool, tasks: list[DecodeTask]) -> dict[str, Decoded]:
    return {decoded.path.name: decoded for decoded in pool.run(tasks, look_ahead=4)}


def _wait_until(true: Any) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        threading.Event().wait(0.01)


def _runs(pid: int) -> bool:
    """Whether a process exists and is more than an entry for its parent to collect."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_every_task_is_answered_once_with_its_content(folder: Path) -> None:
    with DecodePool(Small(), workers=2) as pool:
        answers = list(pool.run(_tasks(folder), look_ahead=3))
    assert sorted(answer.path for answer in answers) == sorted(folder.glob("*.jpg"))
    for answer in answers:
        assert isinstance(answer.content, PhotoContent)
        assert answer.stamp.size_bytes == answer.path.stat().st_size
        assert answer.content.model_input[0].shape == (8, 8, 3)


def test_a_pool_serves_many_runs_and_single_files(folder: Path) -> None:
    with DecodePool(Small(), workers=1) as pool:
        first = _all(pool, _tasks(folder))
        second = _all(pool, _tasks(folder))
        one = pool.decode_one(folder / "red.jpg")
        same = pool.decode_one((folder / "red.jpg").read_bytes())
        assert list(pool.run([], look_ahead=4)) == []
    assert first.keys() == second.keys()
    assert isinstance(one, PhotoContent)
    assert isinstance(same, PhotoContent)
    assert one.content_hash == same.content_hash
    assert np.array_equal(one.model_input[0], same.model_input[0])


def test_tasks_are_taken_no_faster_than_the_look_ahead(folder: Path) -> None:
    taken: list[Path] = []

    def tasks() -> Iterator[DecodeTask]:
        for task in _tasks(folder):
            taken.append(task.path)
            yield task

    with DecodePool(Small(), workers=1) as pool:
        running = pool.run(tasks(), look_ahead=4)
        next(running)
        assert len(taken) == 4
        next(running)
        assert len(taken) == 5
        running.close()


def test_known_content_comes_back_as_known(folder: Path) -> None:
    with DecodePool(Small(), workers=1) as pool:
        content = pool.decode_one(folder / "good0.jpg")
        assert isinstance(content, PhotoContent)
        known = frozenset({content.content_hash})
        (answer,) = pool.run([DecodeTask(folder / "good0.jpg", known)], look_ahead=4)
    assert answer.content == KnownContent(content.content_hash)


def test_picture_for_looking_at_keeps_every_pixel(folder: Path) -> None:
    (folder / "large.jpg").write_bytes(encoded(quarters(1600, 1200), "JPEG", quality=95))
    with DecodePool(Small(), workers=1) as pool:
        full = pool.view(folder / "large.jpg")
        small = pool.view((folder / "large.jpg").read_bytes(), 300)
        none = pool.view(folder / "gone.jpg")
    assert isinstance(full, Picture)
    assert full.image.size == (1600, 1200)
    assert isinstance(small, Picture)
    assert small.image.size == (400, 300)
    assert none == Unreadable("The file is no longer there.")


def test_files_that_are_no_pictures_are_answered_too(folder: Path) -> None:
    (folder / "text.jpg").write_bytes(b"hello")
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "bomb.png").write_bytes(huge_png(30000, 30000))
    (folder / "red.jpg").unlink()
    tasks = [*_tasks(folder), DecodeTask(folder / "gone.jpg")]
    with DecodePool(Small(), workers=2) as pool:
        answers = _all(pool, tasks)
    reasons = {name: a.content.reason for name, a in answers.items() if isinstance(a.content, Unreadable)}
    assert reasons.keys() == {"text.jpg", "empty.jpg", "bomb.png", "gone.jpg"}
    assert "30000 x 30000 pixels" in reasons["bomb.png"]
    assert len(answers) == 10


@linux
def test_odd_names_reach_the_worker_unharmed(folder: Path) -> None:
    names = [b"\xd7\xa9.jpg", "🏖️.jpg".encode(), b"a\nb.jpg", b"\xff\xfe.jpg"]
    for name in names:
        shutil.copy(folder / "good0.jpg", os.fsencode(folder) + b"/" + name)
    with DecodePool(Small(), workers=1) as pool:
        answers = list(pool.run([DecodeTask(folder / os.fsdecode(name)) for name in names], look_ahead=4))
    assert {os.fsencode(answer.path.name) for answer in answers} == set(names)
    assert all(isinstance(answer.content, PhotoContent) for answer in answers)


def test_file_that_takes_too_long_is_given_up_and_the_others_are_read(folder: Path) -> None:
    with DecodePool(Troubled("spin"), workers=1, time_limit_s=1.0) as pool:
        answers = _all(pool, _tasks(folder))
    assert answers["red.jpg"].content == Unreadable("The file took longer than 1 s to open.")
    assert answers["red.jpg"].stamp.size_bytes == (folder / "red.jpg").stat().st_size
    assert sum(isinstance(answer.content, PhotoContent) for answer in answers.values()) == 6


@posix
def test_file_that_crashes_its_worker_is_set_aside_and_the_others_are_read(folder: Path) -> None:
    with DecodePool(Troubled("crash"), workers=2) as pool:
        answers = _all(pool, _tasks(folder))
    content = answers["red.jpg"].content
    assert isinstance(content, Unreadable)
    assert content.reason.startswith("Opening this file crashed the decoder")
    assert answers["red.jpg"].stamp.mtime_ns == (folder / "red.jpg").stat().st_mtime_ns
    assert sum(isinstance(answer.content, PhotoContent) for answer in answers.values()) == 6


@posix
def test_worker_killed_from_outside_costs_no_photo(folder: Path) -> None:
    with DecodePool(Troubled("crash once", folder / "marker"), workers=1) as pool:
        answers = _all(pool, [DecodeTask(path) for path in folder.glob("*.jpg")])
    assert len(answers) == 7
    assert all(isinstance(answer.content, PhotoContent) for answer in answers.values())


@posix
def test_worker_killed_while_it_waits_is_replaced(folder: Path) -> None:
    with DecodePool(Witness(), workers=1) as pool:
        first = _pid(pool.decode_one(folder / "good0.jpg"))
        os.kill(first, signal.SIGKILL)
        second = _pid(pool.decode_one(folder / "good0.jpg"))
    assert first != second


@posix
def test_worker_that_is_not_let_work_gets_more_time_but_not_for_ever(folder: Path) -> None:
    with DecodePool(Witness(), workers=1, time_limit_s=1.0) as pool:
        worker = _pid(pool.decode_one(folder / "good0.jpg"))
        os.kill(worker, signal.SIGSTOP)
        soon = threading.Timer(1.1, os.kill, (worker, signal.SIGCONT))
        soon.start()
        assert _pid(pool.decode_one(folder / "good1.jpg")) == worker
        soon.join()
    with DecodePool(Witness(), workers=1, time_limit_s=0.4) as pool:
        worker = _pid(pool.decode_one(folder / "good0.jpg"))
        os.kill(worker, signal.SIGSTOP)
        started_s = time.monotonic()
        assert pool.decode_one(folder / "good1.jpg") == Unreadable("The file took longer than 0.4 s to open.")
        assert time.monotonic() - started_s >= 1.2
        assert _pid(pool.decode_one(folder / "good1.jpg")) != worker


@linux
def test_worker_without_room_in_memory_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    too_little = "The photo decoder has too little memory to start. Close other programs, then try again."
    with DecodePool(Cramped(), workers=1) as pool, pytest.raises(ClipViewError, match=too_little):
        pool.decode_one(folder / "good0.jpg")
    (folder / "first").mkdir()
    (folder / "first" / "PIL.py").write_text(_CRAMPED)
    monkeypatch.syspath_prepend(folder / "first")
    with DecodePool(Small(), workers=1) as pool, pytest.raises(ClipViewError, match=too_little):
        pool.decode_one(folder / "good0.jpg")


@linux
def test_decode_that_wants_too_much_memory_is_refused(folder: Path) -> None:
    with DecodePool(Troubled("allocate"), workers=1, memory_limit_bytes=300 << 20) as pool:
        answer = pool.decode_one(folder / "red.jpg")
        assert isinstance(answer, Unreadable)
        assert "takes more memory than the 315 MB" in answer.reason
        assert isinstance(pool.decode_one(folder / "good0.jpg"), PhotoContent)


def test_large_pictures_are_decoded_one_after_the_other_and_small_ones_side_by_side(tmp_path: Path) -> None:
    large = encoded(Image.new("RGB", (4200, 4200), RED), "TIFF", compression="tiff_lzw")
    small = encoded(quarters(), "TIFF")
    for content, most, patience_s in ((large, 1, 0.3), (small, 2, 60.0)):
        for number in range(5):
            (tmp_path / f"{number}.tif").write_bytes(content)
        with DecodePool(Counting(tmp_path, patience_s), workers=2, time_limit_s=100) as pool:
            answers = _all(pool, [DecodeTask(path) for path in tmp_path.glob("*.tif")])
        working = [answer.content.model_input[0][0] for answer in answers.values()]  # type: ignore[union-attr]
        assert len(working) == 5
        assert max(working) == most


def test_few_files_start_one_worker_and_many_start_more(folder: Path) -> None:
    with DecodePool(Witness(), workers=2) as pool:
        few = {_pid(answer.content) for answer in pool.run(_tasks(folder)[:3], look_ahead=8)}
        assert len(few) == 1
        workers: set[int] = set()

        def many() -> Iterator[DecodeTask]:
            # The second worker takes its time to start, on a busy machine more than the first one for hundreds.
            while len(workers) < 2:
                yield DecodeTask(folder / "good0.jpg")

        for answer in pool.run(many(), look_ahead=8):
            workers.add(_pid(answer.content))
        assert len(workers) == 2


def test_worker_imports_neither_torch_nor_qt_nor_sqlite_nor_heif_for_a_jpeg(folder: Path) -> None:
    with DecodePool(Witness(), workers=1, low_priority=True) as pool:
        content = pool.decode_one(folder / "good0.jpg")
    assert isinstance(content, PhotoContent)
    _, niceness, banned = np.frombuffer(content.model_input[0].tobytes(), np.int64).tolist()
    assert banned == 0
    assert niceness >= 10


@linux
def test_closing_kills_what_hangs_and_leaves_no_zombie(folder: Path) -> None:
    marker = folder / "marker"
    pool = DecodePool(Troubled("hang", marker), workers=1, time_limit_s=60)
    running = pool.run([DecodeTask(folder / "good0.jpg"), DecodeTask(folder / "red.jpg")], look_ahead=4)
    next(running)
    _wait_until(marker.exists)
    before = time.monotonic()
    pool.close()
    assert time.monotonic() - before < 20, "it would hang for a minute and more"
    assert not Path(f"/proc/{marker.read_text()}").exists()
    with pytest.raises(ClosedPoolError):
        next(running)
    with pytest.raises(ClosedPoolError):
        pool.decode_one(folder / "good0.jpg")


@linux
def test_exception_in_the_caller_closes_the_pool(folder: Path) -> None:
    marker = folder / "marker"

    def read_and_fail() -> None:
        with DecodePool(Troubled("hang", marker), workers=1, time_limit_s=60) as pool:
            for _ in pool.run([DecodeTask(folder / "good0.jpg"), DecodeTask(folder / "red.jpg")], look_ahead=4):
                _wait_until(marker.exists)
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read_and_fail()
    assert not Path(f"/proc/{marker.read_text()}").exists()


def test_run_that_is_dropped_half_way_leaves_the_pool_usable(folder: Path) -> None:
    with DecodePool(Small(), workers=2) as pool:
        running = pool.run(_tasks(folder), look_ahead=6)
        next(running)
        running.close()
        assert len(_all(pool, _tasks(folder))) == 7


def test_worker_that_can_not_import_the_preparation_is_a_clear_error(folder: Path) -> None:
    module = folder / "only_here.py"
    module.write_text("class Gone:\n    min_side_px = 32\n    def __call__(self, image): return ()\n")
    sys.path.insert(0, str(folder))
    try:
        import only_here  # type: ignore[import-not-found]

        with DecodePool(only_here.Gone(), workers=1) as pool:
            module.unlink()
            shutil.rmtree(folder / "__pycache__", ignore_errors=True)
            with pytest.raises(ClipViewError, match=r"did not start .*only_here.* Install ClipView again"):
                pool.decode_one(folder / "good0.jpg")
            with pytest.raises(ClipViewError, match="did not start"):
                list(pool.run(_tasks(folder), look_ahead=4))
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop("only_here", None)


def test_broken_preparation_is_told_and_ends_nothing(folder: Path) -> None:
    with DecodePool(Troubled("raise"), workers=1) as pool:
        answers = _all(pool, _tasks(folder))
    content = answers["red.jpg"].content
    assert isinstance(content, Unreadable)
    assert "ZeroDivisionError" in content.reason
    assert sum(isinstance(answer.content, PhotoContent) for answer in answers.values()) == 6


_PROGRAM = """
import sys
from pathlib import Path
from preparations import Troubled
from clipview.core.decoding import DecodePool, DecodeTask
folder = Path(sys.argv[1])
pool = DecodePool(Troubled("hang", folder / "marker"), workers=1, time_limit_s=60)
list(pool.run([DecodeTask(folder / "red.jpg")], 4))
"""
"""Has no guard against being imported, and hangs."""


@contextlib.contextmanager
def _program(folder: Path, how: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the program as a script, or from its standard input as an interactive session would."""
    (folder / "program.py").write_text(_PROGRAM)
    path = os.pathsep.join(str(Path(place).absolute()) for place in sys.path)
    command = [sys.executable, str(folder / "program.py") if how == "script" else "-", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}) as process:
        assert process.stdin is not None
        if how != "script":
            process.stdin.write(_PROGRAM.encode())
        process.stdin.close()
        try:
            yield process
        finally:
            process.kill()


@linux
@pytest.mark.parametrize("how", ["script", "standard input"])
def test_worker_dies_with_its_parent(folder: Path, how: str) -> None:
    marker = folder / "marker"
    with _program(folder, how) as process:
        _wait_until(marker.exists)
        worker = int(marker.read_text())
        assert _runs(worker)
        process.kill()
        process.wait()
        _wait_until(lambda: not _runs(worker))


@linux
def test_interrupt_ends_program_and_worker(folder: Path) -> None:
    marker = folder / "marker"
    with _program(folder, "script") as process:
        _wait_until(marker.exists)
        worker = int(marker.read_text())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) != 0
        _wait_until(lambda: not _runs(worker))


def _pid(content: object) -> int:
    assert isinstance(content, PhotoContent), content
    return int(np.frombuffer(content.model_input[0].tobytes(), np.int64)[0])
