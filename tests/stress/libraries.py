"""The library's own files damaged, truncated, swapped, deleted, in use, or written by somebody else."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import numpy as np
from large import make_large_library
from rig import PATIENCE_S, FairLimit, Fault, Rig

from clipview.core.vectors import IndexDamagedError, NeighbourIndex

_PHOTOS = 24


def damaged_database(rig: Rig) -> str:
    """Each way of damaging the database is told, overwrites nothing, and a repair brings stars and albums back."""
    paths = rig.make_photos(_PHOTOS)
    rig.index()
    rig.clipview("mark", paths[0], "--stars", "5").ends(0)
    rig.clipview("album", "Best", "--add", paths[1]).ends(0)
    # The next scan finds the last backup too young: this is the one that a day's end would make.
    _age_backups(rig)
    rig.index()
    good = rig.base / "good"
    shutil.copytree(rig.library, good)
    size = (good / "library.db").stat().st_size
    ways = {
        "first page": lambda path: _overwrite(path, 0, b"\xaa" * 4096),
        "middle": lambda path: _overwrite(path, size // 3, b"\xaa" * (size // 3)),
        "truncated": lambda path: path.write_bytes(path.read_bytes()[: size // 2]),
        "one page": lambda path: path.write_bytes(path.read_bytes()[:4096]),
        "emptied": lambda path: path.write_bytes(b""),
        "deleted": lambda path: path.unlink(),
        "a photo": lambda path: shutil.copy(paths[0], path),
    }
    for name, harm in ways.items():
        shutil.rmtree(rig.library)
        shutil.copytree(good, rig.library)
        harm(rig.database)
        harmed = rig.database.read_bytes() if rig.database.exists() else None
        for words in (["search", "a photo"], ["check"]):
            found = rig.clipview(*words)
            assert found.code == 1 or words[0] == "search", f"{name}: {words} ended with {found.code}"
            assert "Traceback" not in found.err, found.err
        assert (rig.database.read_bytes() if rig.database.exists() else None) == harmed, f"{name}: it was overwritten"
        rig.clipview("check", "--repair").ends(0, "repaired")
        kept = list(rig.library.glob("library-damaged-*.db"))
        assert harmed is None or [path.read_bytes() for path in kept] == [harmed], f"{name}: not kept aside"
        assert rig.rows("marks") == 1, f"{name}: the stars are lost"
        assert rig.rows("album_photos") == 1, f"{name}: the album is lost"
        rig.is_healthy()
        rig.search_works(_PHOTOS)
    return f"{len(ways)} ways, stars and albums back after each"


def swapped_database(rig: Rig) -> str:
    """The database of another library, and one that is not ClipView's, harm neither of them."""
    rig.make_photos(6)
    rig.index()
    other = rig.base / "other"
    rig.make_photos(9, "elsewhere")
    rig.clipview("index", rig.photos / "elsewhere", "--library", other).ends(0)
    shutil.copy(other / "library.db", rig.database)
    assert "another library" in rig.clipview("check").out
    rig.clipview("index").ends(0)
    rig.is_healthy(deep=True)
    rig.search_works(9)
    rig.database.unlink()
    with closing(sqlite3.connect(rig.database)) as connection:
        connection.execute("CREATE TABLE bookmarks (name TEXT)")
        connection.commit()
    before = rig.database.read_bytes()
    rig.clipview("index", rig.photos).ends(1, "not one of ClipView's")
    assert rig.database.read_bytes() == before
    return "told, and thumbnails of the wrong library never shown"


def damaged_caches(rig: Rig) -> str:
    """Thumbnails and neighbours may be anything: searching goes on, and a scan or a repair makes them again."""
    rig.make_photos(_PHOTOS)
    rig.index()
    thumbnails = rig.library / "thumbnails.db"
    whole = thumbnails.read_bytes()
    ways = (
        lambda: thumbnails.unlink(),
        lambda: thumbnails.write_bytes(b""),
        lambda: thumbnails.write_bytes(b"\xaa" * 100_000),
        lambda: thumbnails.write_bytes(whole[: len(whole) // 2]),
        lambda: thumbnails.write_bytes(whole[:16384] + b"\xaa" * (len(whole) - 16384)),
        lambda: shutil.copy(rig.database, thumbnails),
    )
    for number, harm in enumerate(ways):
        harm()
        rig.clipview("search", "a photo", "--all").ends(0)
        assert rig.clipview("check").code == 1, f"way {number} was not noticed"
        if number % 2:
            rig.clipview("check", "--repair").ends(0)
        else:
            rig.index()
        rig.is_healthy(deep=True)
    return f"{len(ways)} ways, none stopped a search"


def damaged_neighbours(rig: Rig) -> str:
    """A file of neighbours that lies is never loaded; photos are compared one by one until it is made again."""
    vectors = np.random.default_rng(1).standard_normal((3000, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = NeighbourIndex(64)
    index.add(np.arange(3000), vectors)
    path = rig.base / "neighbours.hnsw"
    seal = index.save(path)
    whole = path.read_bytes()
    refused = 0
    for number in range(200):
        harmed = bytearray(whole)
        kind = number % 3
        if kind == 0:
            harmed[rig.random.randrange(len(whole))] ^= 1 << rig.random.randrange(8)
        elif kind == 1:
            del harmed[rig.random.randrange(len(whole)) :]
        else:
            start = rig.random.randrange(len(whole) - 100)
            harmed[start : start + 65536] = rig.random.randbytes(65536)
        path.write_bytes(harmed)
        try:
            NeighbourIndex.load(path, seal, 64)
        except IndexDamagedError:
            refused += 1
    assert refused == 200, f"{200 - refused} damaged files were loaded"
    return f"200 of 200 refused; {_neighbours_of_a_library(rig)} ways in a library, none stopped a search"


def _neighbours_of_a_library(rig: Rig) -> int:
    """Damage the file of neighbours of a library that is large enough to have one; returns in how many ways."""
    make_large_library(rig, 5500)
    rig.clipview("index").ends(0)
    (file,) = (path for path in (rig.library / "vectors").rglob("*") if path.is_file())
    whole = file.read_bytes()
    other = rig.base / "other"
    NeighbourIndex(8).save(other)
    ways = (
        lambda: file.unlink(),
        lambda: file.write_bytes(b""),
        lambda: file.write_bytes(whole[: len(whole) // 2]),
        lambda: file.write_bytes(whole[:4096] + b"\xaa" * 65536 + whole[69632:]),
        lambda: shutil.copy(other, file),
    )
    for number, harm in enumerate(ways):
        harm()
        assert rig.clipview("check").code == 1, f"way {number} was not noticed"
        rig.clipview("search", "a photo").ends(0)
        rig.clipview("check", "--repair").ends(0, "repaired")
        rig.is_healthy()
    return len(ways)


def damaged_start(rig: Rig) -> str:
    """A copy of what a start reads that is damaged, old or another library's is never believed."""
    make_large_library(rig, 400)
    rig.clipview("index").ends(0)
    file, other = rig.library / "start.bin", rig.base / "other.bin"
    shutil.copy(file, other)
    photos = sorted(rig.shown())
    for path in photos[:30]:
        Path(path).unlink()
    rig.clipview("index", "--accept-missing").ends(0)
    # The first search after a change also measures the levels anew.
    rig.clipview("search", "a photo").ends(0)
    right = _ranked(rig)
    assert len(right) == 370, f"{len(right)} photos are ranked"
    whole = file.read_bytes()

    def flipped() -> bytes:
        harmed = bytearray(whole)
        harmed[rig.random.randrange(len(whole))] ^= 1 << rig.random.randrange(8)
        return bytes(harmed)

    ways = (other.read_bytes(), b"", whole[: len(whole) // 2], whole[::-1], *(flipped() for _ in range(8)), None)
    for number, harmed in enumerate(ways):
        file.unlink() if harmed is None else file.write_bytes(harmed)
        assert _ranked(rig) == right, f"way {number} changed what is found"
        rig.clipview("check", "--repair").ends(0)
        rig.is_healthy()
        file.write_bytes(whole)
    return f"{len(ways)} ways, the same photos found after each"


def _ranked(rig: Rig) -> list[tuple[str, int]]:
    hits = rig.clipview("search", "a photo", "--all", "--json").ends(0).document["hits"]
    return [(hit["path"], hit["match"]) for hit in hits]


def two_writers(rig: Rig) -> str:
    """Two scans, a repair and a restore at once: one works, the others say who it is within 5 s; searches go on."""
    rig.make_photos(160, side_px=400)
    first = rig.start("index", rig.photos)
    rig.wait_for(lambda: rig.rows("embeddings") > 0, first)
    slowest, searches, limit = 0.0, 0, FairLimit(5.0)
    for words in (["index", rig.photos], ["check", "--repair"], ["restore"]):
        began = time.monotonic()
        second = rig.clipview(*words)
        if first.poll() is None:
            second.ends(3, "in use")
            slowest = max(slowest, time.monotonic() - began)
        if first.poll() is None:
            rig.clipview("search", "a photo").ends(0)
            searches += 1
    out, err = first.communicate(timeout=PATIENCE_S)
    assert first.returncode == 0, err
    rig.search_works(160)
    (rig.library / "library.lock").write_text("99999999")
    began = time.monotonic()
    rig.clipview("index").ends(0)
    assert "in use" not in err + out
    assert limit.keeps(slowest), f"it took {slowest:.1f} s to say so"
    return f"refused within {slowest:.1f} s with start-up, {searches} searches meanwhile, a stale lock blocks nothing"


def _overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(start)
        file.write(content)


def _age_backups(rig: Rig) -> None:
    for path in (rig.library / "backups").glob("*.db"):
        os.utime(path, (0, 0))


FAULTS = (
    Fault("database damaged, truncated, deleted", damaged_database),
    Fault("database swapped", swapped_database),
    Fault("thumbnails damaged, truncated, deleted, swapped", damaged_caches),
    Fault("neighbours damaged, deleted, swapped", damaged_neighbours, about_s=40),
    Fault("copy of a start damaged, old, deleted", damaged_start, about_s=40),
    Fault("two writers, a stale lock", two_writers, alone=True),
)
