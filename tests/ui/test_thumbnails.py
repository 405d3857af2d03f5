from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from grid_parts import jpeg, wait_until, write_thumbnails
from PySide6.QtWidgets import QApplication

from clipview.ui.thumbnail_reader import cut
from clipview.ui.thumbnails import CellShape, ThumbnailSource

SHAPE = CellShape(40, 30, 5)
Open = Callable[..., ThumbnailSource]


@pytest.fixture
def open_source(application: QApplication) -> Iterator[Open]:
    opened: list[ThumbnailSource] = []

    def make(database: Path, limit_bytes: int = 64 << 20, workers: int = 1) -> ThumbnailSource:
        opened.append(ThumbnailSource(database, SHAPE, limit_bytes=limit_bytes, workers=workers))
        return opened[-1]

    yield make
    for source in opened:
        source.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("thumbnails-")]


def colour(source: ThumbnailSource, photo_id: int) -> tuple[int, int, int]:
    pixmap = source.pixmap(photo_id)
    assert pixmap is not None
    pixel = pixmap.toImage().pixelColor(pixmap.width() // 2, pixmap.height() // 2)
    return tuple(round(part / 64) for part in (pixel.red(), pixel.green(), pixel.blue()))  # type: ignore[return-value]


def test_wanted_thumbnails_arrive_in_the_cells_shape(tmp_path: Path, open_source: Open) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {1: jpeg("red"), 2: jpeg("blue", 30, 90)})
    source = open_source(database)
    arrived: list[int] = []
    source.arrived.connect(arrived.extend)
    source.want([1, 2])
    wait_until(lambda: len(arrived) == 2)
    assert colour(source, 1) == (4, 0, 0)
    assert colour(source, 2) == (0, 0, 4)
    for photo_id in (1, 2):
        pixmap = source.pixmap(photo_id)
        assert pixmap is not None
        assert (pixmap.width(), pixmap.height()) == (40, 30)
        assert pixmap.toImage().pixelColor(0, 0).alpha() < 60, "corners are round"


def test_many_thumbnails_come_in_few_signals(tmp_path: Path, open_source: Open) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {photo_id: jpeg("green") for photo_id in range(1, 121)})
    source = open_source(database, workers=2)
    batches: list[tuple[int, ...]] = []
    source.arrived.connect(batches.append)
    source.want(range(1, 121))
    wait_until(lambda: sum(map(len, batches)) >= 120)
    assert sorted(photo_id for batch in batches for photo_id in batch) == list(range(1, 121))
    assert len(batches) < 60


def test_photos_scrolled_away_are_not_decoded(tmp_path: Path, open_source: Open) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, dict.fromkeys(range(1, 20_001), jpeg("green")))
    source = open_source(database)
    arrived: list[int] = []
    source.arrived.connect(arrived.extend)
    source.want(range(1, 19_901))
    source.want(range(19_991, 20_001))
    wait_until(lambda: set(range(19_991, 20_001)) <= set(arrived))
    # A busy machine may let the reader go on for a while before it lets the second wish be said.
    assert len(arrived) < 5_000, "at most the batches in hand were finished"


def test_an_invalidated_thumbnail_is_read_again_and_its_old_pixels_stay_until_then(
    tmp_path: Path, open_source: Open
) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {1: jpeg("red")})
    source = open_source(database)
    source.want([1])
    wait_until(lambda: source.pixmap(1) is not None)
    write_thumbnails(database, {1: jpeg("blue")})
    source.invalidate([1])
    assert colour(source, 1) == (4, 0, 0)
    wait_until(lambda: colour(source, 1) == (0, 0, 4))


def test_another_shape_replaces_the_old_one_without_a_gap(tmp_path: Path, open_source: Open) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {1: jpeg("red")})
    source = open_source(database)
    source.want([1])
    wait_until(lambda: source.pixmap(1) is not None)
    source.set_shape(CellShape(80, 60, 5, 2.0))

    def width() -> int:
        pixmap = source.pixmap(1)
        assert pixmap is not None, "the old pixmap stays until the new one is there"
        return pixmap.width()

    wait_until(lambda: width() == 80)


def test_memory_stays_within_its_limit_and_spares_what_is_on_screen(tmp_path: Path, open_source: Open) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {photo_id: jpeg("green") for photo_id in range(1, 61)})
    one = 40 * 30 * 4
    source = open_source(database, limit_bytes=20 * one)
    for start in (1, 11, 21, 31, 41, 51):
        page = range(start, start + 10)
        source.want(page)
        wait_until(lambda page=page: all(source.pixmap(photo_id) for photo_id in page))  # type: ignore[misc]
    assert source.held_bytes <= 20 * one
    assert source.pixmap(1) is None
    source.want(range(1, 61))
    wait_until(lambda: all(source.pixmap(photo_id) for photo_id in range(1, 61)))


def test_a_missing_file_is_said_once_and_its_thumbnails_come_when_it_appears(
    tmp_path: Path, open_source: Open, caplog: pytest.LogCaptureFixture
) -> None:
    database = tmp_path / "later" / "thumbnails.db"
    source = open_source(database, workers=2)
    with caplog.at_level(logging.WARNING):
        source.want(range(1, 60))
        wait_until(lambda: bool(caplog.records))
        database.parent.mkdir()
        write_thumbnails(database, {photo_id: jpeg("red") for photo_id in range(1, 60)})
        wait_until(lambda: all(source.pixmap(photo_id) for photo_id in range(1, 60)))
    assert [record.message.startswith("Going on without thumbnails") for record in caplog.records] == [True]


def test_a_damaged_file_leaves_placeholders_and_is_said_once(
    tmp_path: Path, open_source: Open, caplog: pytest.LogCaptureFixture
) -> None:
    database = tmp_path / "thumbnails.db"
    database.write_bytes(b"this is no database, and long enough to be taken for one" * 400)
    source = open_source(database)
    with caplog.at_level(logging.WARNING):
        source.want([1, 2, 3])
        wait_until(lambda: bool(caplog.records))
        source.want([4, 5, 6])
        database.unlink()
        write_thumbnails(database, {4: jpeg("red")})
        wait_until(lambda: source.pixmap(4) is not None)
    assert source.pixmap(1) is None
    assert len(caplog.records) == 1
    assert "not a database" in caplog.text


def test_a_locked_file_only_delays_thumbnails(
    tmp_path: Path, open_source: Open, caplog: pytest.LogCaptureFixture
) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {1: jpeg("red")})
    writer = sqlite3.connect(database)
    writer.execute("PRAGMA locking_mode = EXCLUSIVE")
    writer.execute("PRAGMA journal_mode = DELETE")
    writer.execute("BEGIN EXCLUSIVE")
    source = open_source(database)
    with caplog.at_level(logging.WARNING):
        source.want([1])
        wait_until(lambda: bool(caplog.records))
        assert source.pixmap(1) is None
        writer.rollback()
        writer.close()
        wait_until(lambda: source.pixmap(1) is not None)
    assert "locked" in caplog.text


def test_one_damaged_thumbnail_is_said_once_and_spares_the_others(
    tmp_path: Path, open_source: Open, caplog: pytest.LogCaptureFixture
) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {1: jpeg("red"), 2: b"not a picture", 3: jpeg("blue")})
    source = open_source(database)
    with caplog.at_level(logging.WARNING):
        source.want([2, 1, 3])
        wait_until(lambda: source.pixmap(1) is not None and source.pixmap(3) is not None)
        wait_until(lambda: bool(caplog.records))
        source.want([2])
    assert source.pixmap(2) is None
    assert [record.message for record in caplog.records] == ["The thumbnail of photo 2 is damaged; showing its colour"]


def test_thumbnails_rebuilt_in_a_new_file_are_found(tmp_path: Path, open_source: Open) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {1: jpeg("red")})
    source = open_source(database)
    source.want([1])
    wait_until(lambda: source.pixmap(1) is not None)
    fresh = tmp_path / "fresh.db"
    write_thumbnails(fresh, {1: jpeg("blue")})
    fresh.replace(database)
    source.invalidate([1])
    wait_until(lambda: colour(source, 1) == (0, 0, 4))


def test_closing_stops_the_threads_with_work_still_waiting(tmp_path: Path, application: QApplication) -> None:
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {photo_id: jpeg("green") for photo_id in range(1, 500)})
    source = ThumbnailSource(database, SHAPE, workers=2)
    source.want(range(1, 500))
    source.close()
    source.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("thumbnails-")]


def test_what_is_no_picture_cuts_to_nothing(application: QApplication) -> None:
    assert cut(b"", SHAPE) is None
    assert cut(jpeg("red")[:40], SHAPE) is None
