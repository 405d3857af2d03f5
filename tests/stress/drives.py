"""Drives that are gone, half there, pulled out, or answer with errors in the middle of a scan."""

from __future__ import annotations

import errno
import subprocess

from rig import PATIENCE_S, Fault, Rig, needs_shim, small_disk


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
        new = rig.make_photos(200, "drive", side_px=300)
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
    return f"{kept - 40} of {len(new)} photos read before it went, all kept"


_NEW = 120


def failing_drive(rig: Rig) -> str:
    """A network drive whose every answer becomes an error, before a scan and in it: nothing known is lost or set aside.

    The errors are those of a disconnected network drive, of a broken disk, and of a server that forgot its files.
    """
    needs_shim()
    rig.make_photos(60, "old")
    drive = rig.photos / "drive"
    rig.make_photos(60, "drive", side_px=220)
    rig.index()
    ids = sorted(rig.shown())
    flag = rig.base / "gone"
    told = []
    for number in (errno.ENOTCONN, errno.EIO, errno.ESTALE):
        gone = {"STRESS_GONE": f"{flag}:{number}:{drive}"}
        flag.touch()
        before = rig.clipview("index", "--json", **gone)
        assert before.code in (0, 1), before
        assert (before.document["missing"], before.document["held_back"]) == (0, 0), before.document
        assert any(each["path"] == str(drive) for each in before.document["skipped"]), "the drive isn't named"
        flag.unlink()
        # New photos and edited ones are being read when it goes.
        new = rig.make_photos(_NEW, "drive", side_px=220)
        process = rig.start("index", "--json", **gone)
        target = rig.rows("embeddings")
        rig.wait_for(lambda target=target: rig.rows("embeddings") > target, process)
        flag.touch()
        out, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode in (0, 1), err
        assert "Traceback" not in err, err
        flag.unlink()
        read = rig.rows("embeddings") - target
        told.append(f"{read} of {len(new)}")
        again = rig.clipview("index", "--json").ends(0).document
        assert (again["missing"], again["held_back"], again["skipped"]) == (0, 0, []), again
        assert again["added"] == len(new) - read, f"{again['added']} read later, {read} before, of {len(new)}: {out}"
        ids = sorted([*ids, *map(str, new)])
        assert sorted(rig.shown()) == ids
    # A disk that lists its files and can't read them says so; the next scan reads them, without being told to.
    new = rig.make_photos(5, "drive")
    flag.touch()
    unread = rig.clipview("index", "--json", STRESS_GONE=f"{flag}:-{errno.EIO}:{drive}").ends(0).document
    assert sorted(each["path"] for each in unread["skipped"]) == sorted(map(str, new)), unread
    flag.unlink()
    assert rig.clipview("index", "--json").ends(0).document["added"] == len(new)
    rig.is_healthy()
    return f"read before it failed: {', '.join(told)}; the rest at the next scan, 0 missing, 0 set aside"


FAULTS = (
    Fault("drive gone, empty, half there", drive_gone),
    Fault("drive pulled out in a scan", drive_gone_in_a_scan),
    Fault("network drive fails before and in a scan", failing_drive, about_s=30),
)
