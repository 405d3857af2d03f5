"""Ended at any moment: by a kill, at every write that must last, by the keyboard, and in the middle of a new model."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import other_model
from rig import PATIENCE_S, Fault, NotHereError, Rig, assert_all_ended, kill, members

_PHOTOS = 240
_KILLS = 50
_FSYNCS_AT_MOST = 60


def random_kills(rig: Rig) -> str:
    """Half of the kills fall while photos are committed, the others anywhere between start and end."""
    rig.make_photos(_PHOTOS, side_px=220)
    kept, restarts = 0, 0
    for number in range(_KILLS):
        process = rig.start("index", rig.photos)
        if number % 2:
            target = kept
            rig.wait_for(lambda target=target: rig.rows("embeddings") > target, process)
            time.sleep(rig.random.uniform(0, 0.3))
        else:
            time.sleep(rig.random.uniform(0, 4))
        kill(process)
        now = rig.rows("embeddings")
        assert now >= kept, f"{kept - now} photos lost at kill {number}"
        kept = now
        if kept == _PHOTOS:
            restarts += 1
            rig.start_afresh()
            kept = 0
    summary = rig.index()
    assert summary["added"] + summary["unchanged"] == _PHOTOS, summary
    rig.is_healthy(deep=True)
    rig.search_works(_PHOTOS)
    return f"{_KILLS} kills, {restarts} libraries, 0 photos lost or doubled"


def kills_at_every_fsync(rig: Rig) -> str:
    """The system itself ends the scan at its first, second, third... request to write for good."""
    if shutil.which("strace") is None:
        raise NotHereError("needs strace")
    rig.make_photos(40)
    first = rig.clipview("index", rig.photos, before=_traced(rig.base / "calls", "fsync,fdatasync"))
    if first.code or not (rig.base / "calls").exists():
        raise NotHereError(f"strace can't watch here: {first.err[-100:]}")
    total = len(re.findall(r"f(?:data)?sync\(", (rig.base / "calls").read_text()))
    rig.start_afresh()
    kills = 0
    for number in range(1, min(total, _FSYNCS_AT_MOST) + 1):
        inject = ["-e", f"inject=fsync,fdatasync:signal=KILL:when={number}"]
        process = rig.start("index", rig.photos, before=_traced(Path("/dev/null"), "fsync,fdatasync", *inject))
        process.communicate(timeout=PATIENCE_S)
        assert_all_ended(process.pid)
        kills += process.returncode != 0
        rig.clipview("index", rig.photos).ends(0)
        status = rig.clipview("status", "--json").ends(0).document
        assert (status["photos"], status["embedded"]) == (40, 40), status
        found = rig.clipview("check")
        assert found.code == 0, f"after fsync {number}: {found.out}"
        rig.start_afresh()
    assert kills, "no kill came to pass"
    return f"{total} fsyncs in a scan, killed at {kills}, all whole after the next scan"


def every_signal(rig: Rig) -> str:
    """Interrupt, terminate and hang-up end a scan within 2 s and leave no process; the next one goes on."""
    rig.make_photos(_PHOTOS, side_px=400)
    slowest = 0.0
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        before = rig.rows("embeddings")
        process = rig.start("index", rig.photos)
        rig.wait_for(lambda before=before: rig.rows("embeddings") > before, process)
        began = time.monotonic()
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        slowest = max(slowest, time.monotonic() - began)
        assert process.returncode in (0, 130), (process.returncode, err)
        assert "Traceback" not in err, err
        assert not members(process.pid), members(process.pid)
    assert slowest < 2.0, f"it took {slowest:.1f} s"
    rig.index()
    rig.search_works(_PHOTOS)
    return f"slowest end {slowest:.2f} s"


def killed_in_a_change_of_model(rig: Rig) -> str:
    """Vectors of a new model grow beside the old ones, which answer; kills in between neither mix nor lose any."""
    rig.make_photos(60)
    rig.index()
    old = _vectors(rig.database)
    name = other_model.make(rig.base / "model")
    kills, steps = 0, []
    while True:
        process = rig.start("index", "--model", name)
        before = rig.rows("embeddings")
        rig.wait_for(lambda before=before: rig.rows("embeddings") >= before + 16, process)
        running = process.poll() is None
        kill(process)
        kills += running
        vectors = _vectors(rig.database)
        assert old.items() <= vectors.items(), "vectors of the old model changed"
        steps.append(len(vectors) - len(old))
        if steps[-1] == 60:
            break
        status = rig.clipview("status", "--json").ends(0).document
        assert status["model"] == "starter", f"switched with {steps[-1]} of 60"
        assert status["embedded"] == 60, status
        rig.search_works(60)
    rig.clipview("index", "--model", name).ends(0)
    status = rig.clipview("status", "--json").ends(0).document
    assert (status["model"], status["embedded"]) == (name, 60), status
    rig.is_healthy()
    rig.search_works(60)
    models = {model for model, _ in _vectors(rig.database)}
    assert len(models) == 2, models
    return f"{kills} kills at {steps} of 60; the old model answered until all were there"


def _traced(output: Path, calls: str, *more: str) -> list[str]:
    return ["strace", "-f", "-qq", "-o", str(output), "-e", f"trace={calls}", *more]


def _vectors(database: Path) -> dict[tuple[int, int], bytes]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT model_id, photo_id, search FROM embeddings").fetchall()
    return {(model, photo_id): bytes(vector) for model, photo_id, vector in rows}


FAULTS = (
    Fault("killed at 50 random moments", random_kills),
    Fault("killed at every fsync", kills_at_every_fsync),
    Fault("interrupted, terminated, hung up", every_signal),
    Fault("killed while a new model is built", killed_in_a_change_of_model),
)
