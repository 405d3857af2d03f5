from __future__ import annotations

import sys
from pathlib import Path

import pytest
from colours import Indexed, paint

from clipview.core.bin import Discard, Discarded, move_to_bin
from clipview.core.duplicates import Alike, find_duplicates
from clipview.core.types import Query


@pytest.fixture(autouse=True)
def own_bin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bin for the test alone; Send2Trash looks for the system's when it is imported."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == "send2trash"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "gi", None)
    return tmp_path / "data" / "Trash" / "files"


def discard(indexed: Indexed, *discards: Discard) -> Discarded:
    with indexed.opened(write=True) as library:
        return move_to_bin(library.store, discards)


def shown(indexed: Indexed) -> set[str]:
    with indexed.opened() as library:
        return {hit.path.name for hit in library.search(Query()).hits}


def test_a_discarded_photo_lies_in_the_bin_and_leaves_the_library(
    indexed: Indexed, photos: Path, own_bin: Path
) -> None:
    red, blue = paint(photos / "red.jpg", "red"), paint(photos / "blue.jpg", "blue")
    content = red.read_bytes()
    indexed.index(photos)
    assert discard(indexed, Discard(red)).moved == (red,)
    assert (own_bin / "red.jpg").read_bytes() == content
    assert blue.exists()
    assert shown(indexed) == {"blue.jpg"}


def test_a_photo_that_comes_back_from_the_bin_is_the_same_photo(indexed: Indexed, photos: Path, own_bin: Path) -> None:
    red = paint(photos / "red.jpg", "red")
    indexed.index(photos)
    before = indexed.ids()
    discard(indexed, Discard(red))
    (own_bin / "red.jpg").rename(red)
    indexed.index(photos)
    assert indexed.ids() == before


def test_a_copy_stays_when_what_was_to_be_kept_is_gone(indexed: Indexed, photos: Path) -> None:
    kept, copy = paint(photos / "kept.jpg", "red"), paint(photos / "copy.jpg", "red")
    indexed.index(photos)
    kept.unlink()
    done = discard(indexed, Discard(copy, stays=kept))
    assert (done.moved, [one.path for one in done.failed]) == ((), [copy])
    assert copy.exists()


def test_two_copies_never_vouch_for_each_other(indexed: Indexed, photos: Path) -> None:
    one, other = paint(photos / "one.jpg", "red"), paint(photos / "other.jpg", "red")
    indexed.index(photos)
    done = discard(indexed, Discard(one, stays=other), Discard(other, stays=one))
    assert done.moved == ()
    assert one.exists()
    assert other.exists()


def test_a_file_that_changed_since_the_scan_is_left_alone(indexed: Indexed, photos: Path) -> None:
    red = paint(photos / "red.jpg", "red")
    indexed.index(photos)
    paint(red, "blue", size=(64, 64))
    done = discard(indexed, Discard(red))
    assert "Look for changed photos" in done.failed[0].reason
    assert red.exists()


def test_a_bin_that_can_not_be_made_is_reported_and_nothing_is_lost(
    indexed: Indexed, photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the bin's folder should be")
    red, blue = paint(photos / "red.jpg", "red"), paint(photos / "blue.jpg", "blue")
    indexed.index(photos)
    done = discard(indexed, Discard(red), Discard(blue))
    assert [one.path for one in done.failed] == [red, blue]
    assert red.exists()
    assert shown(indexed) == {"red.jpg", "blue.jpg"}


def test_the_larger_file_in_the_better_place_is_proposed_to_be_kept(indexed: Indexed, photos: Path) -> None:
    paint(photos / "Downloads" / "beach.jpg", "red")
    paint(photos / "2019" / "beach.jpg", "red")
    paint(photos / "2019" / "beach (1).jpg", "red")
    paint(photos / "sea.jpg", "blue")
    indexed.index(photos)
    with indexed.opened() as library:
        (group,) = find_duplicates(library.store, library.findings.groups, Alike.FILE)
    names = [str(file.path.relative_to(photos)) for file in group.files]
    assert names == ["2019/beach.jpg", "2019/beach (1).jpg", "Downloads/beach.jpg"]
    assert group.keep == 1
