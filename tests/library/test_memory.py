from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from colours import ColourEncoder, OtherColourEncoder, loader, paint

from clipview.core.library import Library
from clipview.core.scan import ScanOptions
from clipview.core.types import Filters, Query, Sort, TextTerm

COLOURS = ("red", "green", "blue", "yellow", "white")


@pytest.fixture
def live(places) -> Iterator[Library]:
    with Library.open(places, write=True, live=True, load=loader(ColourEncoder(), OtherColourEncoder())) as library:
        yield library


def rescan(library: Library, run_to_end, *folders: Path, **options) -> None:
    run_to_end(library.scan(folders, model="colours", options=ScanOptions(decode_workers=1, **options)))


def questions(folder: Path) -> list[Query]:
    red, name = (TextTerm("red"),), (TextTerm("fresh"),)
    return [
        *(Query(sort=sort) for sort in Sort),
        *(Query(red, sort=sort, include_weak=True) for sort in Sort),
        Query(filters=Filters((folder / "a",))),
        Query(red, filters=Filters((folder / "b",), date(2011, 1, 1))),
        Query(name, also_names=True),
    ]


def assert_as_if_opened_anew(live: Library, folder: Path) -> None:
    """The library answers as one does that has just read everything."""
    live.refresh()
    with Library.open(live.places, write=False, load=loader(ColourEncoder())) as fresh:
        for query in questions(folder):
            mine, theirs = live.search(query), fresh.search(query)
            assert mine == theirs
            assert (live.rank(query).colours == fresh.rank(query).colours).all()
        ours, others = live.in_memory.searcher.table, fresh.in_memory.searcher.table
        assert ours.folder_counts() == others.folder_counts()
        assert sorted(map(sorted, ours.copies())) == sorted(map(sorted, others.copies()))


def test_a_live_library_follows_every_kind_of_change(live, photos, run_to_end):
    chance = random.Random(5)
    for step in range(6):
        for number in range(5):
            path = photos / chance.choice("ab") / f"{step}-{number}.jpg"
            paint(path, chance.choice(COLOURS), size=(20 + chance.randrange(200), 30))
            when = chance.randrange(1_000_000_000, 1_600_000_000)
            os.utime(path, (when, when))
        there = sorted(photos.rglob("*.jpg"))
        there.pop(chance.randrange(len(there))).unlink()
        there.pop(chance.randrange(len(there))).rename(photos / f"fresh {step}.jpg")
        paint(there.pop(chance.randrange(len(there))), chance.choice(COLOURS), size=(300 + step, 20))
        copied = there.pop(chance.randrange(len(there)))
        (photos / "b" / f"copy {step}.jpg").write_bytes(copied.read_bytes())
        rescan(live, run_to_end, photos)
        assert_as_if_opened_anew(live, photos)


def test_a_live_search_keeps_to_what_was_loaded_until_it_is_refreshed(live, photos, run_to_end):
    paint(photos / "red.jpg", "red")
    rescan(live, run_to_end, photos)
    scan = live.scan(model="colours", options=ScanOptions(decode_workers=1))
    paint(photos / "blue.jpg", "blue")
    while not next(scan).photo_ids:
        pass
    assert live.rank(Query()).total == 1
    live.refresh(settled=False)
    assert live.rank(Query()).total == 2
    assert live.rank(Query((TextTerm("blue"),))).total == 2
    scan.close()


def test_a_refresh_reads_only_what_changed(live, photos, run_to_end, monkeypatch):
    paint(photos / "red.jpg", "red")
    rescan(live, run_to_end, photos)
    live.refresh()

    def never(*_: object) -> None:
        raise AssertionError("everything was read again")

    monkeypatch.setattr(live.store, "file_columns", never)
    monkeypatch.setattr(live.store, "each_embedding", never)
    paint(photos / "blue.jpg", "blue")
    rescan(live, run_to_end, photos)
    live.refresh()
    assert live.rank(Query()).total == 2


def test_photos_are_browsed_before_any_vector_is_loaded(live, places, photos, run_to_end, monkeypatch):
    paint(photos / "red.jpg", "red")
    rescan(live, run_to_end, photos)
    with Library.open(places, write=False, live=True, load=loader(ColourEncoder())) as other:
        monkeypatch.setattr(other.store, "each_embedding", None)
        assert other.rank(Query()).total == 1
        assert other.in_memory.searcher.searchable == 0


def test_a_photo_without_vectors_is_browsed_and_found_by_name_but_not_by_looks(live, photos, run_to_end):
    paint(photos / "red.jpg", "red")
    rescan(live, run_to_end, photos)
    live.store.drop_embeddings([(int(live.rank(Query()).ids[0]), 1)])
    paint(photos / "crimson.jpg", "#dd0000")
    scan = live.scan(model="colours", options=ScanOptions(decode_workers=1))
    live.refresh()
    assert live.rank(Query()).total == 1
    assert live.rank(Query((TextTerm("red"),), include_weak=True)).total == 0
    assert live.rank(Query((TextTerm("red"),), also_names=True)).named == 1
    run_to_end(scan)
    live.refresh()
    assert live.rank(Query((TextTerm("red"),), include_weak=True)).total == 2


def test_a_failed_refresh_is_made_up_for_by_the_next(live, photos, run_to_end, monkeypatch):
    paint(photos / "red.jpg", "red")
    rescan(live, run_to_end, photos)
    paint(photos / "blue.jpg", "blue")
    rescan(live, run_to_end, photos)
    paint(photos / "green.jpg", "green")
    scan = live.scan(model="colours", options=ScanOptions(decode_workers=1))
    while not next(scan).photo_ids:
        pass
    with monkeypatch.context() as broken:
        broken.setattr("clipview.core.memory.Searcher", None)
        with pytest.raises(TypeError):
            live.refresh()
    scan.close()
    assert live.refresh().searcher.searchable == 3


def test_the_ids_that_name_a_folder_are_those_of_the_photos_in_it(live, photos, run_to_end):
    paint(photos / "a" / "red.jpg", "red")
    paint(photos / "ab" / "blue.jpg", "blue")
    rescan(live, run_to_end, photos)
    table = live.refresh().searcher.table
    assert np.count_nonzero(table.inside([photos / "a"])) == 1
    assert np.count_nonzero(table.shown_inside([photos])) == 2
    assert not table.inside([]).any()
