"""Checking and repairing: caches are made again, the database comes back from its backup, nothing is overwritten."""

from __future__ import annotations

import sqlite3

import pytest
from colours import paint

from clipview.core.check import check, repair
from clipview.core.errors import LibraryDamagedError, LibraryInUseError, LibraryTooNewError
from clipview.core.library import Library
from clipview.core.types import Query, TextTerm


@pytest.fixture
def three(indexed, photos):
    for colour in ("red", "green", "blue"):
        paint(photos / f"{colour}.jpg", colour)
    indexed.index(photos)
    return indexed


def damage(path) -> None:
    content = bytearray(path.read_bytes())
    content[:4096] = b"\xaa" * 4096
    path.write_bytes(bytes(content))


def test_a_healthy_library_has_no_problems(three, places):
    assert check(places) == []


def test_a_damaged_database_is_told_apart_and_left_as_it_is(three, places):
    damage(places.database)
    before = places.database.read_bytes()
    problems = check(places)
    assert len(problems) == 1
    assert "damaged" in problems[0].what
    with pytest.raises(LibraryDamagedError, match=r"check --repair"):
        Library.open(places, write=True)
    assert places.database.read_bytes() == before


def test_repair_brings_the_backup_back_and_keeps_the_damaged_file(three, places):
    ids = three.ids()
    damage(places.database)
    damaged = places.database.read_bytes()
    problems = repair(places)
    assert [problem.repaired for problem in problems] == [True]
    assert three.ids() == ids
    kept = list(places.library.glob("library-damaged-*.db"))
    assert [path.read_bytes() for path in kept] == [damaged]
    assert check(places) == []


def test_without_a_backup_repair_says_so_and_touches_nothing(three, places):
    for path in places.backups.iterdir():
        path.unlink()
    damage(places.database)
    before = places.database.read_bytes()
    problems = repair(places)
    assert [problem.repaired for problem in problems] == [False]
    assert "no usable backup" in problems[0].what
    assert places.database.read_bytes() == before


def test_a_damaged_backup_is_not_used(three, places):
    for path in places.backups.iterdir():
        damage(path)
    damage(places.database)
    assert "no usable backup" in repair(places)[0].what


def test_lost_thumbnails_are_found(three, places):
    places.thumbnails.unlink()
    assert "thumbnail" in check(places)[0].what


def test_vectors_of_the_wrong_length_are_found(three, places):
    with sqlite3.connect(places.database) as connection:
        connection.execute("UPDATE embeddings SET search = x'0000' WHERE photo_id = 1")
    connection.close()
    assert "wrong length" in check(places)[0].what
    with three.opened() as library, pytest.raises(LibraryDamagedError, match=r"check --repair"):
        library.search(Query((TextTerm("red"),)))


def test_files_changed_behind_the_back_are_named(three, places, photos):
    (photos / "red.jpg").unlink()
    problems = check(places)
    assert [problem.where.name for problem in problems] == ["red.jpg"]
    three.index()
    assert check(places) == []


def test_photos_on_an_unplugged_drive_are_no_problem(three, places, photos):
    photos.rename(photos.with_name("elsewhere"))
    assert check(places) == []


def test_a_library_of_a_newer_clipview_is_refused(three, places):
    with sqlite3.connect(places.database) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    for write in (True, False):
        with pytest.raises(LibraryTooNewError, match="newer ClipView"):
            Library.open(places, write=write)


def test_a_second_writer_is_told_who_is_first_while_readers_go_on(three):
    with three.opened(write=True):
        with pytest.raises(LibraryInUseError, match="in use by process"), three.opened(write=True):
            pass
        with three.opened() as reader:
            assert reader.search(Query((TextTerm("red"),))).strong == 1


def test_a_backup_is_made_after_indexing_and_is_whole(three, places):
    backups = list(places.backups.glob("library-*.db"))
    assert len(backups) == 1
    with sqlite3.connect(backups[0]) as connection:
        assert connection.execute("SELECT count(*) FROM photos").fetchone() == (3,)
    connection.close()
