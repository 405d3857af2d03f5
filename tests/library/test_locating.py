"""A folder that moved is found again without reading a photo."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from colours import paint

from clipview.core.errors import ClipViewError


@pytest.fixture
def drive(photos: Path, indexed) -> Path:
    """A drive with six photos in two folders, one file that is none, and one folder that was left out."""
    for number, colour in enumerate(("red", "green", "blue")):
        paint(photos / "trip" / f"{colour}.jpg", colour, size=(40 + number, 30))
        paint(photos / "home" / f"{colour}.jpg", colour, size=(60 + number, 30))
    paint(photos / "old [1]" / "white.jpg", "white")
    (photos / "home" / "text.jpg").write_text("no picture")
    indexed.index(photos)
    with indexed.opened(write=True) as library:
        library.remove_folder(photos / "old [1]")
    return photos


def locate(indexed, old: Path, new: Path) -> int:
    with indexed.opened(write=True) as library:
        return library.locate(old, new)


def covered(indexed) -> list[Path]:
    with indexed.opened() as library:
        return [folder.path for folder in library.store.folders()]


def paths(indexed) -> dict[int, Path]:
    with indexed.opened() as library:
        columns = library.store.file_columns()
    return {int(photo): Path(path.decode()) for path, photo in zip(columns.paths, columns.photo_ids, strict=True)}


def test_a_moved_folder_keeps_its_photos_and_all_that_is_known_of_them(drive, indexed, encoder, tmp_path):
    before = paths(indexed)
    new = drive.rename(tmp_path / "other")
    assert locate(indexed, drive, new) == 6
    assert paths(indexed) == {photo: new / path.relative_to(drive) for photo, path in before.items()}
    assert covered(indexed) == [new]
    encoder.encoded_images = 0
    summary = indexed.index()
    assert (summary.unchanged, summary.added, summary.moved, summary.missing) == (6, 0, 0, 0)
    assert [(each.path.name, each.path.parent) for each in summary.skipped] == [("text.jpg", new / "home")]
    assert encoder.encoded_images == 0, "what was left out stays left out, and nothing is read again"


def test_no_photo_is_opened_to_locate_a_folder(drive, indexed, tmp_path):
    new = drive.rename(tmp_path / "other")
    for file in new.rglob("*.jpg"):
        file.write_bytes(bytes(file.stat().st_size))
    assert locate(indexed, drive, new) == 6


def test_a_folder_inside_a_covered_one_may_move_to_another_drive(drive, indexed, tmp_path):
    new = Path(shutil.move(drive / "trip", tmp_path / "other"))
    assert locate(indexed, drive / "trip", new) == 3
    assert covered(indexed) == sorted([drive, new])
    assert indexed.index().unchanged == 6


def test_a_drive_with_several_covered_folders_moves_as_one(photos, indexed, tmp_path):
    for name in ("a", "b"):
        paint(photos / name / "one.jpg", "red", size=(len(name) + ord(name), 30))
        indexed.index(photos / name)
    new = photos.rename(tmp_path / "other")
    assert locate(indexed, photos, new) == 2
    assert covered(indexed) == [new / "a", new / "b"]


def test_photos_already_known_in_the_new_place_are_not_doubled(drive, indexed, tmp_path):
    new = Path(shutil.copytree(drive, tmp_path / "other"))
    paint(new / "home" / "red.jpg", "yellow")
    before = paths(indexed)
    indexed.index(new)
    shutil.rmtree(drive)
    assert locate(indexed, drive, new) == 6
    assert covered(indexed) == [new]
    with indexed.opened() as library:
        assert library.store.problems() == []
        counts = library.store.counts(None)
    assert (counts.photos, counts.missing) == (7, 1), "the photo whose place another one took is missing, not forgotten"
    there = {photo: path for photo, path in before.items() if path != drive / "home" / "red.jpg"}
    found = paths(indexed)
    assert {photo: found[photo] for photo in there} == {
        photo: new / path.relative_to(drive) for photo, path in there.items()
    }


def test_a_place_without_the_photos_is_refused_and_nothing_changes(drive, indexed, tmp_path):
    (tmp_path / "empty").mkdir()
    shutil.copytree(drive, tmp_path / "above" / "photos")
    before = paths(indexed)
    refusals = {
        "nowhere": "There is no folder",
        "empty": "0 are in",
        "above": "Choose .*photos",
        "photos/trip": "one inside the other",
    }
    with indexed.opened(write=True) as library:
        for new, said in refusals.items():
            with pytest.raises(ClipViewError, match=said):
                library.locate(drive, tmp_path / new)
        with pytest.raises(ClipViewError, match="No photos"):
            library.locate(tmp_path / "never", tmp_path / "empty")
    assert (paths(indexed), covered(indexed)) == (before, [drive])
