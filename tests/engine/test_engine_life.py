from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from colour_engine import LOADING
from colours import paint
from stand_in import family, hold, wait_for_end, wait_for_file

from clipview.core.locking import library_lock
from clipview.core.store import Store
from clipview.core.types import Query, TextTerm
from clipview.engine.messages import (
    AddSamples,
    Anticipate,
    DescribePhoto,
    EngineDied,
    PauseScan,
    PhotoDescription,
    Ready,
    Refused,
    Scan,
    ScanEnded,
    ScanProgress,
    Search,
    SearchAnswer,
)

SOON_S = 20.0
"""Far less than what goes on would take, and far more than a busy machine needs to end it."""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")


def paint_many(folder: Path, count: int) -> None:
    for number in range(count):
        paint(folder / f"{number:03}.jpg", "red", size=(40 + number, 30))


def kill_engine(window) -> None:
    process_id = window.client.process_id
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)


def test_a_newer_search_replaces_one_that_has_not_begun(open_window, photos):
    window = open_window("held")
    window.ready()
    paint_many(photos, 2)
    window.index(photos)
    held = hold(window.places)
    for number in range(1, 6):
        window.send(Search(number, Query((TextTerm(f"slow {number}"),))))
    window.send_and_wait(Anticipate(Query((TextTerm("slow and not asked yet"),))))
    held.unlink()
    answered = []
    while 5 not in answered:
        answered.append(window.wait(SearchAnswer).number)
    # Which one the engine takes up first depends on when it looks; those that wait behind it are dropped.
    assert answered == sorted(answered)
    assert len(answered) <= 2


@on_linux
def test_an_engine_killed_in_the_middle_of_a_scan_is_started_again_and_goes_on(open_window, photos):
    window = open_window("held")
    window.ready()
    paint_many(photos, 24)
    held = hold(window.places)
    window.send(Scan((photos,)))
    window.wait(ScanProgress, lambda progress: progress.step.done >= 8)
    processes = family(window.client.process_id)
    kill_engine(window)
    died = window.wait(EngineDied)
    assert died.restarting
    assert "SIGKILL" in died.reason
    ready = window.ready()
    assert 8 <= ready.state.photos < 24
    assert wait_for_end(processes) == []
    held.unlink()
    assert window.search("red").total == ready.state.photos
    summary = window.index(photos).summary
    assert summary is not None
    assert (summary.added, summary.unchanged) == (24 - ready.state.photos, ready.state.photos)


def test_an_engine_killed_in_the_middle_of_a_search_is_started_again(open_window, photos):
    window = open_window("held")
    window.ready()
    paint_many(photos, 2)
    window.index(photos)
    hold(window.places)
    window.send_and_wait(Search(1, Query((TextTerm("slow"),))))
    kill_engine(window)
    # What is asked meanwhile reaches the next engine.
    window.wait(EngineDied)
    window.send(Search(2, Query((TextTerm("red"),))))
    window.wait(Ready)
    answer = window.wait(SearchAnswer)
    assert (answer.number, answer.total) == (2, 2)


def test_an_engine_that_dies_again_and_again_is_given_up(open_window):
    window = open_window("dies_at_once", pauses_s=(0.0,))
    deaths = [window.wait(EngineDied) for _ in range(5)]
    assert [died.restarting for died in deaths] == [True] * 4 + [False]
    assert "exit code 7" in deaths[0].reason
    window.send(Search(1, Query()))


@on_linux
@pytest.mark.parametrize("busy", [False, True])
def test_closing_ends_everything_however_long_it_would_take(open_window, photos, busy):
    window = open_window("held")
    window.ready()
    if busy:
        paint_many(photos, 30)
        hold(window.places)
        window.send(Scan((photos,)))
        window.wait(ScanProgress, lambda progress: progress.step.done >= 4)
    processes = family(window.client.process_id)
    assert len(processes) > busy
    started = time.monotonic()
    window.client.close()
    assert time.monotonic() - started < SOON_S
    assert wait_for_end(processes) == []
    with library_lock(window.places.lock, wait_s=0.0):
        pass


@on_linux
@pytest.mark.parametrize("entry", ["loads_for_ever", "loads_alone_for_ever"])
def test_closing_while_the_model_is_loaded_is_orderly_and_leaves_nothing(open_window, places, entry, caplog):
    window = open_window(entry)
    window.ready()
    wait_for_file(places.cache / LOADING)
    processes = family(window.client.process_id)
    started = time.monotonic()
    window.client.close()
    assert time.monotonic() - started < SOON_S
    assert wait_for_end(processes) == []
    assert [record.message for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []
    with library_lock(places.lock, wait_s=0.0):
        Store.open(places.database, write=True).close()


@on_linux
def test_a_paused_scan_does_not_keep_the_engine_from_closing(open_window, photos):
    window = open_window()
    window.ready()
    paint_many(photos, 30)
    window.send(PauseScan(paused=True))
    window.send_and_wait(Scan((photos,)))
    processes = family(window.client.process_id)
    started = time.monotonic()
    window.client.close()
    assert time.monotonic() - started < SOON_S
    assert wait_for_end(processes) == []


@on_linux
def test_a_killed_window_leaves_no_process(photos, tmp_path):
    paint_many(photos, 60)
    script = textwrap.dedent(
        """
        import sys, threading
        from pathlib import Path
        from stand_in import hold
        from clipview.core.places import Places
        from clipview.engine.client import EngineClient
        from clipview.engine.messages import Scan, ScanProgress
        base = Path(sys.argv[1])
        def show(message):
            if isinstance(message, ScanProgress) and message.step.done >= 4:
                print("scanning", flush=True)
        places = Places(base / "library", base / "m", base / "c")
        hold(places)
        client = EngineClient(places, show, entry=("colour_engine", "held"))
        client.send(Scan((Path(sys.argv[2]),)))
        threading.Event().wait()
        """
    )
    window = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path), str(photos)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert window.stdout is not None
    with window, window.stdout:
        assert window.stdout.readline() == b"scanning\n"
        processes = family(window.pid)
        assert len(processes) > 2
        window.kill()
    assert wait_for_end(processes) == []


def test_a_library_in_use_is_refused_saying_by_whom(open_window, places):
    places.library.mkdir()
    with library_lock(places.lock):
        window = open_window()
        refused = window.wait(Refused)
    assert refused.exit_code == 3
    assert f"process {os.getpid()}" in refused.reason
    window.send(Search(1, Query()))


def test_a_library_of_a_newer_version_is_refused(open_window, places):
    places.library.mkdir()
    with Store.open(places.database, write=True) as store:
        store._connection.execute("PRAGMA user_version = 999")
    refused = open_window().wait(Refused)
    assert (refused.exit_code, "newer" in refused.reason) == (1, True)


def test_a_damaged_library_is_refused_and_left_as_it_is(open_window, places):
    places.library.mkdir()
    places.database.write_bytes(b"garbage" * 1000)
    refused = open_window().wait(Refused)
    assert "damaged" in refused.reason
    assert places.database.read_bytes() == b"garbage" * 1000


@on_linux
def test_an_engine_without_room_in_memory_says_so(open_window):
    died = open_window(module="cramped_engine", pauses_s=(0.0,)).wait(EngineDied)
    assert died.reason == "The engine has too little memory to start. Close other programs, then try again."
    refused = open_window("cannot_start_threads").wait(Refused)
    assert refused.reason == died.reason


def test_odd_messages_do_no_harm(window):
    for message in (None, "hello", object, 7, lambda: None, Refused("?", 1), Scan(("no path",))):  # type: ignore[arg-type]
        window.send(message)
    window.send(Search(1, Query(("no term",))))  # type: ignore[arg-type]
    assert window.wait(ScanEnded).failure
    assert window.search().total == 0


def test_the_client_imports_nothing_heavy():
    heavy = {"torch", "open_clip", "hnswlib", "sqlite_utils", "sqlite3", "PIL", "PySide6", "clipview.core.store"}
    code = "import sys, clipview.engine.client; print(*sys.modules)"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert "clipview.engine.messages" in output.split()
    assert heavy & set(output.split()) == set()


def test_the_real_engine_answers_with_the_built_in_model(open_window):
    window = open_window(module="clipview.engine.server")
    window.ready()
    window.send(AddSamples())
    # A scan makes way for everything else, such as the other tests; with a real model that takes a while.
    ended = window.wait(ScanEnded, limit_s=180)
    assert ended.summary is not None
    assert ended.summary.added > 10
    answer = window.search("a cat")
    assert answer.total == ended.summary.added
    window.send(DescribePhoto(1, int(answer.ids[0])))
    assert "cat" in window.wait(PhotoDescription).paths[0].name
