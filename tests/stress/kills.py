"""Ended at any moment: by a kill, at every write that must last, by the keyboard, and in the middle of a new model."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import other_model
from rig import PATIENCE_S, FairLimit, Fault, Rig, assert_all_ended, kill, members, needs_shim

_PHOTOS = 200
_KILLS = 50
_SYNCED_PHOTOS = 20
_FEWEST_SYNCS = 10
_BATCH = 32
"""No model takes more photos at once."""


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
            time.sleep(rig.random.uniform(0, 1))
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
    return f"{_KILLS} kills, {restarts} times indexed to the end, 0 photos lost or doubled"


def kills_at_every_sync(rig: Rig) -> str:
    """The system itself ends the scan at its first, second, third... request to write for good, until it gets through.

    After each: `check` finds nothing wrong, what was committed is there, and the next scan goes on.
    """
    needs_shim()
    paths = rig.make_photos(_SYNCED_PHOTOS)
    kills = 0
    for number in itertools.count(1):
        rig.start_afresh()
        process = rig.start("index", rig.photos, STRESS_DIE_AT=str(number))
        _, err = process.communicate(timeout=PATIENCE_S)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL, err
        assert_all_ended(process.pid)
        kills += 1
        kept = rig.rows("embeddings")
        if rig.database.exists() and rig.rows("folders"):
            found = rig.clipview("check", "--json").document["problems"]
            assert not [each for each in found if "no vectors" not in each["what"]], (number, found)
        summary = rig.index()
        assert summary["added"] == _SYNCED_PHOTOS - kept, f"{kept} were committed before sync {number}: {summary}"
        found = rig.clipview("check")
        assert found.code == 0, f"after sync {number}: {found.out}"
        assert sorted(rig.shown()) == sorted(map(str, paths)), f"after sync {number}"
    assert kills >= _FEWEST_SYNCS, f"only {kills} kills came to pass"
    return f"{kills} syncs, renames and links in a scan: killed at each, 0 lost, whole after the next scan"


def power_cuts(rig: Rig) -> str:
    """Of each file only what was last written for good is left: the library is whole, and lacks a batch at most."""
    needs_shim()
    paths = rig.make_photos(_SYNCED_PHOTOS)
    disk, cuts, lost_most = rig.base / "disk", 0, 0
    for number in itertools.count(1):
        rig.start_afresh()
        shutil.rmtree(disk, ignore_errors=True)
        disk.mkdir()
        process = rig.start("index", rig.photos, STRESS_DIE_AT=str(number), STRESS_DISK=f"{rig.library}:{disk}")
        _, err = process.communicate(timeout=PATIENCE_S)
        seen = rig.rows("embeddings")
        rig.start_afresh()
        disk.rename(rig.library)
        kept = rig.rows("embeddings")
        lost_most = max(lost_most, seen - kept)
        if process.returncode == 0:
            assert kept == seen == _SYNCED_PHOTOS, f"{seen - kept} photos of a finished scan were lost"
            break
        assert process.returncode == -signal.SIGKILL, err
        cuts += 1
        assert lost_most <= _BATCH, f"{lost_most} photos lost at sync {number}"
        assert rig.index()["added"] == _SYNCED_PHOTOS - kept
        found = rig.clipview("check")
        assert found.code == 0, f"after sync {number}: {found.out}"
        assert sorted(rig.shown()) == sorted(map(str, paths)), f"after sync {number}"
    assert cuts >= _FEWEST_SYNCS, f"only {cuts} came to pass"
    return f"{cuts} power cuts, at most {lost_most} photos to read again, the library whole after each"


def kills_at_every_sync_of_changes(rig: Rig) -> str:
    """Stars that were confirmed survive whatever is killed afterwards; a restore ends with the old or the new state."""
    needs_shim()
    paths = rig.make_photos(4)
    rig.index()
    rig.clipview("mark", paths[0], "--stars", "5").ends(0)
    good = rig.base / "good"
    shutil.copytree(rig.library, good)
    kills = 0
    for words in (["mark", paths[1], "--stars", "3"], ["album", "New", "--add", paths[2]], ["restore"], ["index"]):
        for number in itertools.count(1):
            shutil.rmtree(rig.library)
            shutil.copytree(good, rig.library)
            for backup in (rig.library / "backups").glob("*.db"):
                os.utime(backup, (0, 0))  # so that this command makes another
            process = rig.start(*words, STRESS_DIE_AT=str(number))
            _, err = process.communicate(timeout=PATIENCE_S)
            if process.returncode == 0:
                break
            assert process.returncode == -signal.SIGKILL, (words, err)
            kills += 1
            states = [rig.database, *rig.library.glob("library-replaced-*.db")]
            assert max(rig.rows("marks", state) for state in states) >= 1, f"{words}: the stars are lost at {number}"
            if words[0] != "restore":
                assert rig.rows("marks") >= 1, f"{words}: the stars are lost at {number}"
            found = rig.clipview("check")
            assert found.code == 0, f"{words} killed at {number}: {found.out}"
    assert kills >= _FEWEST_SYNCS, kills
    return f"{kills} kills in marks, albums, restores and backups: the stars are there after each"


def every_signal(rig: Rig) -> str:
    """Interrupt, terminate and hang-up end a scan within 2 s and leave no process; the next one goes on."""
    rig.make_photos(_PHOTOS, side_px=400)
    slowest, limit = 0.0, FairLimit(2.0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        before = rig.rows("embeddings")
        process = rig.start("index", rig.photos, cold=True)
        rig.wait_for(lambda before=before: rig.rows("embeddings") > before, process)
        began = time.monotonic()
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        slowest = max(slowest, time.monotonic() - began)
        assert process.returncode in (0, 130), (process.returncode, err)
        assert "Traceback" not in err, err
        assert not members(process.pid), members(process.pid)
    assert limit.keeps(slowest), f"it took {slowest:.1f} s"
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


def _vectors(database: Path) -> dict[tuple[int, int], bytes]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT model_id, photo_id, search FROM embeddings").fetchall()
    return {(model, photo_id): bytes(vector) for model, photo_id, vector in rows}


FAULTS = (
    Fault("killed at 50 random moments", random_kills, about_s=90),
    Fault("killed at every fsync of a scan", kills_at_every_sync, about_s=90),
    Fault("power cut at every fsync of a scan", power_cuts, about_s=90),
    Fault("killed at every fsync of changes and backups", kills_at_every_sync_of_changes, about_s=60),
    Fault("killed while a new model is built", killed_in_a_change_of_model, about_s=60),
    Fault("interrupted, terminated, hung up", every_signal, alone=True),
)
