"""The disk is full, can't be written to, belongs to somebody else, or goes away with the photos on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from rig import PATIENCE_S, Fault, NotHereError, Rig, fingerprint, small_disk, without_rights


def full_disk(rig: Rig) -> str:
    """A scan onto a full disk says so, keeps what it has, and goes on when there is room."""
    rig.make_photos(200, side_px=300)
    codes = []
    with small_disk(rig.base / "disk", "6m") as disk:
        library = disk / "library"
        ballast = disk / "ballast"
        shutil.copytree(rig.library, library)
        free = shutil.disk_usage(disk).free
        for room in (60_000, 400_000, 900_000):
            ballast.write_bytes(b"\0" * max(0, free - room))
            found = rig.clipview("index", rig.photos, "--library", library)
            codes.append(found.code)
            found.ends(4, "space")
            rig.clipview("status", "--library", library)
        ballast.unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        summary = rig.clipview("index", rig.photos, "--library", library, "--json").ends(0).document
        assert summary["added"] + summary["unchanged"] == 200, summary
        rig.clipview("check", "--library", library).ends(0)
    return f"exit codes {codes}, then all 200"


def read_only_library(rig: Rig) -> str:
    """Searching works on a disk that can't be written to; changing says what to do."""
    paths = rig.make_photos(12)
    rig.index()
    with small_disk(rig.base / "disk", "32m") as disk:
        shutil.copytree(rig.library, disk / "library")
        done = subprocess.run(["mount", "-o", "remount,ro", disk], capture_output=True)
        if done.returncode:
            raise NotHereError("this system lets nobody make a disk read-only")
        before = fingerprint(disk)
        library = disk / "library"
        found = rig.clipview("search", "a photo", "--all", "--json", "--library", library).ends(0).document
        assert len(found["hits"]) == 12
        rig.clipview("status", "--library", library).ends(0)
        rig.clipview("check", "--library", library).ends(0)
        rig.clipview("index", rig.photos, "--library", library).ends(1, "can't be written to")
        rig.clipview("mark", paths[0], "--stars", "3", "--library", library).ends(1, "can't be written to")
        assert fingerprint(disk) == before
    return "searched, refused to write, nothing changed"


def another_user(rig: Rig) -> str:
    """As a user without rights: unreadable photos and folders are named, a library of somebody else is refused."""
    before, stranger = without_rights()
    rig.make_photos(6)
    closed = rig.make_photos(3, "closed")
    rig.make_photos(1, "open")
    for path in (rig.base, rig.home, rig.photos, rig.library):
        path.chmod(0o777)
    rig.database.chmod(0o666)
    secret = rig.photos / "0000.jpg"
    secret.chmod(0)
    (rig.photos / "closed").chmod(0)
    try:
        summary = rig.clipview("index", rig.photos, "--json", before=before).ends(0).document
        told = {Path(each["path"]).name: each["reason"] for each in summary["skipped"]}
        assert summary["added"] == 6, summary
        assert "permission" in told["0000.jpg"].lower(), told
        assert "closed" in told, told
        secret.chmod(0o644)
        (rig.photos / "closed").chmod(0o755)
        again = rig.clipview("index", "--retry", "--json", before=before).ends(0).document
        assert again["added"] == 1 + len(closed), again
        (rig.photos / "closed").chmod(0)
        lost = rig.clipview("index", "--json", before=before).ends(0).document
        assert (lost["missing"], lost["held_back"]) == (0, 0), lost
    finally:
        secret.chmod(0o644)
        (rig.photos / "closed").chmod(0o755)
    for path in (rig.library, *rig.library.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.chown(path, stranger, stranger)
    refused = rig.clipview("index", before=before)
    refused.ends(1, "can't be written to")
    assert len(rig.clipview("search", "--all", "--json", before=before).ends(0).document["hits"]) == 10
    return "4 unreadable files named and found later; a foreign library is read, not written"


def drive_gone(rig: Rig) -> str:
    """A drive that is gone, empty, or half there marks nothing missing; when it is back all is as before."""
    for number in range(4):
        rig.make_photos(40, f"album{number}")
    rig.index()
    ids = sorted(rig.shown())
    away = rig.base / "away"
    told = []
    rig.photos.rename(away)
    told.append(rig.clipview("index", "--json").ends(0).document)
    rig.photos.mkdir()
    told.append(rig.clipview("index", "--json").ends(0).document)
    for number in range(2):
        (away / f"album{number}").rename(rig.photos / f"album{number}")
    half = rig.clipview("index", "--json").ends(1, "too many")
    told.append(half.document)
    assert [each["missing"] for each in told] == [0, 0, 0], told
    assert told[2]["held_back"] == 80, told[2]
    for number in range(2, 4):
        (away / f"album{number}").rename(rig.photos / f"album{number}")
    back = rig.index()
    assert (back["unchanged"], back["added"], back["moved"]) == (160, 0, 0), back
    assert sorted(rig.shown()) == ids
    return "gone, empty and half there: 0 of 160 marked missing"


def drive_gone_in_a_scan(rig: Rig) -> str:
    """A drive that is pulled out in the middle of a scan loses nothing that was there."""
    rig.make_photos(40, "old")
    rig.index()
    with small_disk(rig.photos / "drive", "64m") as drive:
        chance = rig.make_photos(200, "drive", side_px=300)
        process = rig.start("index", rig.photos, "--json")
        rig.wait_for(lambda: rig.rows("embeddings") > 56, process)
        subprocess.run(["umount", "-l", drive], check=True)
        _, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode in (0, 1), err
        assert "Traceback" not in err, err
        kept = rig.rows("photos")
        assert kept >= 56, kept
        after = rig.clipview("index", "--json")
        assert after.code in (0, 1), after
        assert after.document["missing"] <= 50, after.document
        assert rig.rows("photos") == kept
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", drive], check=True)
    return f"{kept - 40} of {len(chance)} photos read before it went, all kept"


def wrong_clocks(rig: Rig) -> str:
    """Files from 1970 and 2107, edits that set the date back, and backups from the future."""
    paths = rig.make_photos(12)
    for path, seconds in zip(paths, (0, 1, 4_354_819_198, -86_400, 2**33), strict=False):
        os.utime(path, (seconds, seconds))
    rig.index()
    rig.search_works(12)
    ids = sorted(rig.shown())
    # An edit with the date set back is an edit; the same bytes with another date are the same photo.
    shutil.copy(rig.photos / "0007.jpg", rig.base / "kept.jpg")
    rig.make_photos(1, "new")[0].replace(paths[6])
    os.utime(paths[6], (1, 1))
    os.utime(paths[8], (5, 5))
    summary = rig.index()
    assert (summary["updated"], summary["missing"], summary["added"]) == (1, 0, 0), summary
    future = time.time() + 10 * 365 * 86_400
    for path in (rig.library / "backups").glob("*.db"):
        os.utime(path, (future, future))
    rig.clipview("mark", paths[0], "--stars", "4").ends(0)
    assert len(list((rig.library / "backups").glob("library-*.db"))) == 2, "no backup beside one from the future"
    assert sorted(rig.shown()) == ids
    rig.is_healthy()
    return "12 files from -1970 to 2242, an edit dated back is seen, backups go on"


FAULTS = (
    Fault("disk full", full_disk),
    Fault("library on a read-only disk", read_only_library),
    Fault("another user's files and library", another_user),
    Fault("drive gone, empty, half there", drive_gone),
    Fault("drive pulled out in a scan", drive_gone_in_a_scan),
    Fault("clocks wrong", wrong_clocks),
)
