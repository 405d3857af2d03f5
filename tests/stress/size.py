"""A library of 100,000 photos: checked, partly gone, damaged."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from large import make_large_library
from rig import PATIENCE_S, Fault, Rig

_PHOTOS = 100_000
_SPOILT, _BARE = 7, 30
_SCAN_CPU_S = 12.0
"""More than walking and comparing so many files takes; what comes after may be cut short."""


def hundred_thousand(rig: Rig) -> str:
    """All are found whole; when a third is gone none is marked missing; what is damaged among them is found."""
    make_large_library(rig, _PHOTOS)
    began = time.monotonic()
    rig.is_healthy()
    checked_s = time.monotonic() - began
    # A third is gone. What a scan does about it is done before neighbours are worked out, which takes minutes.
    years = rig.home / "photos"
    gone = sorted(years.iterdir())[:5]
    for year in gone:
        year.rename(rig.base / year.name)
    scan = rig.start("index", "--json")
    rig.wait_for(lambda: list((rig.library / "vectors").glob("*")) or _cpu_s(scan.pid) > _SCAN_CPU_S, scan)
    began = time.monotonic()
    scan.send_signal(signal.SIGTERM)
    _, err = scan.communicate(timeout=PATIENCE_S)
    stopped_s = time.monotonic() - began
    assert scan.returncode in (1, 130), err
    assert rig.rows("files WHERE missing_since IS NOT NULL") == 0
    for year in gone:
        (rig.base / year.name).rename(year)
    assert rig.rows("files") == _PHOTOS
    rig.is_healthy()
    with closing(sqlite3.connect(rig.database, isolation_level=None)) as connection:
        connection.execute("UPDATE embeddings SET search = x'00' WHERE photo_id % ? = 1", (_PHOTOS // _SPOILT,))
        spoilt = connection.execute("SELECT changes()").fetchone()[0]
    with closing(sqlite3.connect(rig.library / "thumbnails.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM thumbnails WHERE photo_id <= ?", (_BARE,))
    told = " ".join(each["what"] for each in rig.clipview("check", "--json").ends(1).document["problems"])
    assert f"vectors of {spoilt} photos" in told, told
    assert f"{_BARE} photos have no thumbnail" in told, told
    return (
        f"checked in {checked_s:.0f} s; a third gone, 0 marked missing, stopped after {stopped_s:.1f} s; "
        f"{spoilt} spoilt vectors and {_BARE} lost thumbnails found"
    )


def _cpu_s(process_id: int) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


FAULTS = (Fault("100,000 photos", hundred_thousand, about_s=60),)
