"""The disk is full, can't be written to, or belongs to somebody else; the clock is wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from folder_state import fingerprint
from rig import Fault, NotHereError, Rig, small_disk, without_rights


def full_disk(rig: Rig) -> str:
    """A scan onto a full disk says so, keeps what it has, and goes on when there is room."""
    rig.make_photos(200, side_px=300)
    codes = []
    with small_disk(rig.base / "disk", "6m") as disk:
        library = disk / "library"
        ballast = disk / "ballast"
        rig.clipview("index", rig.make_photos(1, "first")[0].parent, "--library", library).ends(0)
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
        assert summary["added"] + summary["unchanged"] == 201, summary
        rig.clipview("check", "--library", library).ends(0)
    return f"exit codes {codes}, then all 201"


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
    for path in (rig.base, rig.home, rig.home / "tmp", rig.photos):
        path.chmod(0o777)
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
    Fault("clocks wrong", wrong_clocks),
)
