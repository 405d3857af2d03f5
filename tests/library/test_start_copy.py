"""The copy that makes a start quick says what the database says, or is not believed."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from colours import ColourEncoder, Indexed, OtherColourEncoder, finish, loader, paint

from clipview.core.backup import known_backups, restore
from clipview.core.changes import Describe
from clipview.core.check import check, repair
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.scan import ScanOptions
from clipview.core.types import Filters, Query, Sort, TextTerm

PHOTOS = 104
COLOURS = ("red", "green", "blue", "yellow", "white")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library that is just large enough for a copy, and its photos."""
    home = tmp_path_factory.mktemp("made")
    for number in range(PHOTOS):
        paint(home / "photos" / "ab"[number % 2] / f"{number}.jpg", COLOURS[number % 5], size=(16 + number, 16))
    places = Places(home / "library", home / "models", home / "cache")
    Indexed(places, ColourEncoder()).index(home / "photos")
    return home


@pytest.fixture
def large(made: Path, tmp_path: Path) -> Indexed:
    """That library, to be changed, in a place of its own; its photos are where they were, in a copy too."""
    shutil.copytree(made / "library", tmp_path / "library")
    shutil.copytree(made / "photos", tmp_path / "photos")
    library = Indexed(Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache"), ColourEncoder())
    with library.opened(write=True) as opened:
        opened.locate(made / "photos", tmp_path / "photos")
    copy_anew(library)
    return library


def copy_anew(library: Indexed) -> None:
    with library.opened(write=True) as opened:
        opened.store.start_copy.drop()
        opened.keep_start_copy()


def copy_of(library: Indexed) -> Path:
    return library.places.library / "start.bin"


def answers(library: Indexed) -> list[object]:
    """What a fresh start makes of it, in every way in which the copy may matter."""
    red, folder = (TextTerm("red"),), library.places.library.parent / "photos" / "a"
    queries = [
        *(Query(sort=sort) for sort in Sort),
        Query(red, include_weak=True),
        Query(red, filters=Filters((folder,))),
        Query(filters=Filters(since=date(2012, 1, 1), words=("harbour",))),
        Query((TextTerm("fresh"),), also_names=True),
    ]
    with library.opened() as opened:
        found: list[object] = [opened.search(query) for query in queries]
        found += [opened.rank(query).colours.tolist() for query in queries]
        columns = opened.store.file_columns()
        return [*found, *(np.asarray(getattr(columns, name)).tolist() for name in columns.__struct_fields__)]


def assert_true(library: Indexed) -> None:
    """With the copy, the library says what its rows say."""
    with_copy = answers(library)
    aside = copy_of(library).rename(library.places.library / "aside")
    assert with_copy == answers(library)
    aside.rename(copy_of(library))


def photo(library: Indexed, name: str) -> int:
    return library.ids()[name]


def test_a_start_reads_the_copy_instead_of_the_rows(large, monkeypatch):
    assert_true(large)
    read = []
    monkeypatch.setattr("clipview.core.store.reading.unpack", lambda rows, _dim: read.append(rows))
    with large.opened() as library:
        assert library.search(Query((TextTerm("red"),))).hits
    assert read == []


def test_what_changed_since_the_copy_was_made_is_known_at_the_next_start(large, tmp_path):
    photos = tmp_path / "photos"
    (photos / "a" / "0.jpg").unlink()
    (photos / "a" / "2.jpg").rename(photos / "fresh 2.jpg")
    shutil.copy(photos / "a" / "4.jpg", photos / "b" / "copy.jpg")
    paint(photos / "a" / "6.jpg", "blue", size=(300, 20))
    paint(photos / "fresh.jpg", "red", size=(500, 20))
    (photos / "b" / "9.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>harbour</rdf:li>'
        "</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    large.index(photos)
    assert_true(large)
    with large.opened(write=True) as library:
        library.change(Describe(photo(large, "11.jpg"), "the harbour"))
        library.store.drop_embeddings([(photo(large, "13.jpg"), 1)])
    assert_true(large)
    copy_anew(large)
    with large.opened(write=True) as library:
        library.change(Describe(photo(large, "11.jpg"), None))
    (photos / "b" / "9.jpg.xmp").unlink()
    large.index(photos)
    assert_true(large)
    copy_anew(large)
    with large.opened(write=True) as library:
        library.remove_folder(photos / "b")
    assert_true(large)


def flipped(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


def test_a_copy_that_is_not_what_was_written_is_not_believed(large, made):
    true, whole = answers(large), copy_of(large).read_bytes()
    spoilt = {
        "empty": b"",
        "cut short": whole[:-1],
        "photos damaged": flipped(whole, 40),
        "vectors damaged": flipped(whole, -40),
        "another library's": (made / "library" / "start.bin").read_bytes(),
    }
    for how, content in spoilt.items():
        copy_of(large).write_bytes(content)
        assert answers(large) == true, how
    assert [problem.where for problem in check(large.places)] == [copy_of(large)]
    copy_of(large).unlink()
    assert answers(large) == true
    copy_of(large).mkdir()
    assert answers(large) == true


def test_repair_makes_a_damaged_copy_again(large):
    true = answers(large)
    copy_of(large).write_bytes(flipped(copy_of(large).read_bytes(), 40))
    assert [problem.repaired for problem in repair(large.places)] == [True]
    assert check(large.places) == []
    assert answers(large) == true


def test_the_copy_is_not_believed_beside_an_older_database(large, tmp_path):
    (tmp_path / "photos" / "a" / "0.jpg").unlink()
    large.index(tmp_path / "photos")
    copy_anew(large)
    (backup,) = known_backups(large.places.backups)
    restore(large.places, backup.path.name)
    assert "0.jpg" in large.ids()
    assert_true(large)


def test_what_changes_while_the_copy_is_made_is_not_lost(large):
    eleven = photo(large, "11.jpg")
    with large.opened(write=True) as library:
        library.store.start_copy.drop()
        library.keep_start_copy(lambda: library.change(Describe(eleven, "the harbour")))
    assert_true(large)
    with large.opened() as library:
        assert library.search(Query(filters=Filters(words=("harbour",)))).total == 1


def test_a_copy_whose_making_was_cut_short_is_made_again(large):
    def cut() -> None:
        raise KeyboardInterrupt

    true = answers(large)
    with large.opened(write=True) as library:
        library.store.start_copy.drop()
        with pytest.raises(KeyboardInterrupt):
            library.keep_start_copy(cut)
    assert not copy_of(large).exists()
    assert answers(large) == true
    left = large.places.library / ".start.bin.1.part"
    left.write_bytes(b"of a writer that was killed")
    with large.opened(write=True) as library:
        library.keep_start_copy()
    assert copy_of(large).exists()
    assert not left.exists()
    assert_true(large)


def test_another_model_has_a_copy_of_its_own(large, tmp_path):
    load = loader(ColourEncoder(), OtherColourEncoder())
    with Library.open(large.places, write=True, load=load) as library:
        finish(library.scan(model="other", options=ScanOptions(decode_workers=1)))
        assert library.model == "other"
    large.encoder = OtherColourEncoder()
    assert_true(large)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the system's time zone can't be changed here")
def test_dates_follow_the_time_zone_that_a_start_is_made_in(large, monkeypatch):
    try:
        for zone in ("Pacific/Auckland", "America/Lima"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert_true(large)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_copy_that_cannot_be_written_costs_only_time(large, caplog):
    copy_of(large).unlink()
    copy_of(large).mkdir()
    with large.opened(write=True) as library:
        library.keep_start_copy()
        assert library.search(Query()).total == PHOTOS
    assert "the next start will take longer" in caplog.text
    caplog.clear()
