"""Checking and repairing: caches are made again, the database comes back from its backup, nothing is overwritten."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing

import pytest
from colours import Indexed, paint
from sqlite_utils import Database, Migrations

from clipview.core.backup import back_up_if_due, backups, known_backups, restore
from clipview.core.changes import Rate
from clipview.core.check import check, repair
from clipview.core.deep_check import spoilt_vectors, wrong_thumbnails
from clipview.core.errors import ClipViewError, LibraryDamagedError, LibraryInUseError, LibraryTooNewError
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.types import Filters, Query, TextTerm


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


@pytest.mark.parametrize("lost", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_a_lost_database_is_never_replaced_by_an_empty_one(three, places, lost):
    ids = three.ids()
    lost(places.database)
    for write in (True, False):
        with pytest.raises(LibraryDamagedError, match="clipview restore"):
            Library.open(places, write=write)
    assert [problem.repaired for problem in repair(places)] == [True]
    assert three.ids() == ids


@pytest.mark.parametrize("version", [0, 1, 7])
def test_a_database_of_another_program_is_refused_and_not_touched(three, places, version):
    places.database.unlink()
    with sqlite3.connect(places.database) as connection:
        connection.execute("CREATE TABLE bookmarks (name TEXT)")
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    before = places.database.read_bytes()
    with pytest.raises(LibraryDamagedError, match="not one of ClipView's"):
        Library.open(places, write=True)
    assert places.database.read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
def test_a_library_whose_making_was_cut_short_is_begun_again(places, tmp_path, write):
    places.library.mkdir(parents=True)
    with closing(sqlite3.connect(tmp_path / "half.db", isolation_level=None)) as connection:
        connection.executescript("PRAGMA cache_size = 1; BEGIN IMMEDIATE; CREATE TABLE photos (content BLOB)")
        connection.executemany("INSERT INTO photos VALUES (?)", [(bytes(4096),)] * 20)
        # What a kill leaves: a file of which a part is written, beside the journal that takes it back.
        shutil.copy(tmp_path / "half.db", places.database)
        shutil.copy(tmp_path / "half.db-journal", places.library / "library.db-journal")
    if write:
        with Library.open(places, write=True) as library:
            assert library.store.known_photos() == 0
    else:
        with pytest.raises(ClipViewError, match="clipview index"):
            Library.open(places, write=False)


def test_a_library_that_has_only_its_list_of_migrations_is_made_to_the_end(places):
    places.library.mkdir(parents=True)
    with closing(sqlite3.connect(places.database)) as connection:
        Migrations("clipview").apply(Database(connection))
    with Library.open(places, write=True) as library:
        assert library.store.known_photos() == 0


def test_restoring_brings_back_marks_and_keeps_what_it_replaces(three, places):
    ids = three.ids()
    with three.opened(write=True) as library:
        library.change(Rate((ids["red.jpg"],), 5))
        back_up_if_due(library.store, places.backups, interval_s=0)
        library.change(Rate((ids["red.jpg"],), 1))
    (newest, first) = known_backups(places.backups)
    assert (newest.photos, newest.marked, first.marked) == (3, 1, 0)
    _, aside = restore(places, newest.path.name)
    with three.opened() as library:
        assert library.store.details(ids["red.jpg"]).metadata.rating == 5
    with sqlite3.connect(aside) as connection:
        assert connection.execute("SELECT rating FROM marks").fetchall() == [(1,)]
    connection.close()
    restore(places, first.path.name)
    assert len(list(places.library.glob("library-replaced-*.db"))) == 2
    assert check(places) == []


def test_a_backup_that_is_damaged_or_not_there_is_refused_and_nothing_changes(three, places):
    (only,) = known_backups(places.backups)
    damage(only.path)
    before = places.database.read_bytes()
    with pytest.raises(ClipViewError, match="no backup"):
        restore(places)
    with pytest.raises(ClipViewError, match=r"no backup \.\./library\.db"):
        restore(places, "../library.db")
    assert places.database.read_bytes() == before


def test_backups_of_one_day_leave_room_for_those_of_other_days(three, places):
    for day in range(1, 5):
        (places.backups / f"library-2020010{day}-120000.db").write_bytes(b"of another day")
    with three.opened(write=True) as library:
        for size in (30, 31, 32):
            library.change(Rate(tuple(three.ids().values()), size % 5))
            os.utime(backups(places.backups)[0], (0, 0))
            back_up_if_due(library.store, places.backups)
    days = [path.stem.split("-")[1] for path in backups(places.backups)]
    assert len(days) == 5
    assert len(set(days)) == 4


def test_the_last_of_several_backups_in_a_second_is_the_one_that_comes_back(three, places):
    with three.opened(write=True) as library:
        for stars in range(1, 5):
            library.change(Rate(tuple(three.ids().values()), stars))
            made = back_up_if_due(library.store, places.backups, interval_s=0)
            assert backups(places.backups)[0] == made
    places.database.write_bytes(b"damaged")
    assert restore(places)[0] == made
    with three.opened() as library:
        assert len(library.search(Query(filters=Filters(min_rating=4))).hits) == 3


def test_a_backup_from_the_future_keeps_no_other_from_being_made(three, places):
    far = time.time() + 10 * 365 * 24 * 3600
    os.utime(backups(places.backups)[0], (far, far))
    with three.opened(write=True) as library:
        library.change(Rate((1,), 4))
        assert back_up_if_due(library.store, places.backups) is not None


def test_thumbnails_of_another_library_are_not_shown(three, places, photos, tmp_path, encoder):
    other = Indexed(Places(tmp_path / "other", places.models, places.cache), encoder)
    paint(tmp_path / "elsewhere" / "yellow.jpg", "yellow")
    other.index(tmp_path / "elsewhere")
    shutil.copy(other.places.thumbnails, places.thumbnails)
    assert "another library" in check(places)[0].what
    with three.opened() as library:
        assert library.search(Query((TextTerm("red"),))).strong == 1
        assert library.thumbnail(1) is None
    three.index()
    assert check(places, deep=True) == []


def test_damaged_thumbnails_are_made_again_by_the_next_scan(three, places):
    content = bytearray(places.thumbnails.read_bytes())
    content[16384:] = b"\xaa" * (len(content) - 16384)
    places.thumbnails.write_bytes(bytes(content))
    assert any("thumbnails" in problem.where.name for problem in check(places))
    three.index()
    assert check(places, deep=True) == []


def test_a_deep_check_tells_a_thumbnail_of_the_wrong_photo_and_mends_it(three, places):
    with sqlite3.connect(places.thumbnails) as connection:
        connection.execute(
            "UPDATE thumbnails SET jpeg = (SELECT jpeg FROM thumbnails WHERE photo_id = 2) WHERE photo_id = 1"
        )
    connection.close()
    assert check(places) == []
    assert "show another photo" in check(places, deep=True)[0].what
    with three.opened(write=True) as library:
        library.thumbnails.remove(wrong_thumbnails(library.store, library.thumbnails))
    three.index()
    assert check(places, deep=True) == []


def test_a_deep_check_tells_a_file_that_the_disk_damaged(three, places, photos):
    path = photos / "red.jpg"
    stamp = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert check(places) == []
    assert [(each.where, "disk" in each.what) for each in check(places, deep=True)] == [(path, True)]


@pytest.mark.parametrize("stored", [b"\x00\x7e" * 5, b"\x00\x00" * 5, b"\x09\x00\x00\x3c", b"", b"\x01"])
def test_vectors_that_are_no_vectors_are_found_and_made_again(three, places, stored):
    with sqlite3.connect(places.database) as connection:
        connection.execute("UPDATE embeddings SET search = ? WHERE photo_id = 1", (stored,))
    connection.close()
    assert "vectors of 1 photos" in check(places)[0].what
    with three.opened(write=True) as library:
        (model,) = library.store.models()
        library.store.drop_embeddings((one, model.model_id) for one in spoilt_vectors(library.store, model))
    three.index()
    assert check(places) == []


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
