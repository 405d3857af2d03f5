"""What becomes of files between scans: the library remembers photos, not paths."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from colours import ColourEncoder, OtherColourEncoder, finish, loader, paint
from PIL import Image

from clipview.core.errors import ClipViewError
from clipview.core.library import Library
from clipview.core.scan import ScanOptions
from clipview.core.types import Query, TextTerm


def touch_later(path: Path, seconds: int = 5) -> None:
    """Let a file seem younger than what was written just before: the clock of many file systems is coarse."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + seconds * 10**9))


def counts(summary) -> tuple[int, int, int, int, int]:
    return summary.added, summary.updated, summary.moved, summary.unchanged, summary.missing


def test_new_photos_are_added_and_then_unchanged_without_being_read(indexed, photos, encoder):
    for colour in ("red", "green", "blue"):
        paint(photos / f"{colour}.jpg", colour)
    assert counts(indexed.index(photos)) == (3, 0, 0, 0, 0)
    encoder.encoded_images = 0
    with indexed.opened(write=True) as library:
        generation = library.store.generation
        assert counts(finish(library.scan())) == (0, 0, 0, 3, 0)
        # Else a window would load everything anew, and a backup be made, for nothing.
        assert library.store.generation == generation
    assert encoder.encoded_images == 0


def test_a_renamed_photo_keeps_its_id_and_is_not_embedded_again(indexed, photos, encoder):
    paint(photos / "red.jpg", "red")
    paint(photos / "blue.jpg", "blue")
    indexed.index(photos)
    before = indexed.ids()["red.jpg"]
    (photos / "red.jpg").rename(photos / "rose.jpg")
    encoder.encoded_images = 0
    assert counts(indexed.index(photos)) == (0, 0, 1, 1, 0)
    assert indexed.ids()["rose.jpg"] == before
    assert encoder.encoded_images == 0


def test_a_photo_moved_to_another_covered_folder_keeps_its_id(indexed, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    paint(first / "red.jpg", "red")
    paint(first / "green.jpg", "green")
    paint(second / "blue.jpg", "blue")
    indexed.index(first, second)
    before = indexed.ids()["red.jpg"]
    (first / "red.jpg").rename(second / "red.jpg")
    assert counts(indexed.index()) == (0, 0, 1, 2, 0)
    assert indexed.ids()["red.jpg"] == before


def test_a_photo_that_moved_while_missing_is_recognised_when_it_turns_up(indexed, photos, tmp_path):
    paint(photos / "red.jpg", "red")
    paint(photos / "blue.jpg", "blue")
    indexed.index(photos)
    before = indexed.ids()["red.jpg"]
    (photos / "red.jpg").rename(tmp_path / "away.jpg")
    assert counts(indexed.index(photos)) == (0, 0, 0, 1, 1)
    (photos / "2024").mkdir()
    (tmp_path / "away.jpg").rename(photos / "2024" / "back.jpg")
    assert counts(indexed.index(photos)) == (0, 0, 1, 1, 0)
    assert indexed.ids()["back.jpg"] == before


def test_an_edited_photo_keeps_its_id_and_gets_new_vectors(indexed, photos):
    paint(photos / "picture.jpg", "red")
    paint(photos / "other.jpg", "green")
    indexed.index(photos)
    before = indexed.ids()["picture.jpg"]
    paint(photos / "picture.jpg", "blue")
    touch_later(photos / "picture.jpg")
    assert counts(indexed.index(photos)) == (0, 1, 0, 1, 0)
    assert indexed.ids()["picture.jpg"] == before
    with indexed.opened() as library:
        best = library.search(Query((TextTerm("blue"),), limit=1)).hits[0]
    assert best.path.name == "picture.jpg"


def test_a_touched_photo_is_unchanged_and_not_embedded_again(indexed, photos, encoder):
    paint(photos / "red.jpg", "red")
    indexed.index(photos)
    touch_later(photos / "red.jpg")
    encoder.encoded_images = 0
    assert counts(indexed.index(photos)) == (0, 0, 0, 1, 0)
    assert encoder.encoded_images == 0


def test_a_deleted_photo_disappears_from_search_and_comes_back_with_its_id(indexed, photos, tmp_path):
    paint(photos / "red.jpg", "red")
    paint(photos / "blue.jpg", "blue")
    indexed.index(photos)
    before = indexed.ids()["red.jpg"]
    shutil.copy2(photos / "red.jpg", tmp_path / "red.jpg")
    (photos / "red.jpg").unlink()
    assert counts(indexed.index(photos)) == (0, 0, 0, 1, 1)
    with indexed.opened() as library:
        assert [hit.path.name for hit in library.search(Query((TextTerm("red"),), include_weak=True)).hits] == [
            "blue.jpg"
        ]
        assert library.status().counts.missing == 1
    shutil.copy2(tmp_path / "red.jpg", photos / "red.jpg")
    summary = indexed.index(photos)
    assert counts(summary) == (0, 0, 0, 2, 0)
    assert summary.restored == 1
    assert indexed.ids()["red.jpg"] == before


def test_a_copy_is_another_file_of_the_same_photo(indexed, photos):
    paint(photos / "red.jpg", "red")
    indexed.index(photos)
    shutil.copy(photos / "red.jpg", photos / "copy.jpg")
    assert counts(indexed.index(photos)) == (1, 0, 0, 1, 0)
    ids = indexed.ids()
    assert ids["copy.jpg"] == ids["red.jpg"]
    with indexed.opened() as library:
        assert len(library.search(Query((TextTerm("red"),))).hits) == 1


def test_editing_one_of_two_copies_makes_it_a_photo_of_its_own(indexed, photos):
    paint(photos / "a.jpg", "red")
    shutil.copy(photos / "a.jpg", photos / "b.jpg")
    indexed.index(photos)
    before = indexed.ids()["a.jpg"]
    paint(photos / "b.jpg", "blue")
    touch_later(photos / "b.jpg")
    assert counts(indexed.index(photos)) == (0, 1, 0, 1, 0)
    ids = indexed.ids()
    assert ids["a.jpg"] == before != ids["b.jpg"]


def test_ids_follow_the_content_when_two_files_swap_names(indexed, photos):
    paint(photos / "a.jpg", "red")
    touch_later(paint(photos / "b.jpg", "blue"))
    indexed.index(photos)
    before = indexed.ids()
    (photos / "a.jpg").rename(photos / "c.tmp")
    (photos / "b.jpg").rename(photos / "a.jpg")
    (photos / "c.tmp").rename(photos / "b.jpg")
    assert counts(indexed.index(photos)) == (0, 0, 2, 0, 0)
    after = indexed.ids()
    assert (after["a.jpg"], after["b.jpg"]) == (before["b.jpg"], before["a.jpg"])


def test_a_photo_moved_over_another_keeps_its_id_and_the_other_is_remembered(indexed, photos):
    paint(photos / "a.jpg", "red")
    touch_later(paint(photos / "b.jpg", "blue"))
    indexed.index(photos)
    before = indexed.ids()
    (photos / "a.jpg").replace(photos / "b.jpg")
    assert counts(indexed.index(photos)) == (0, 0, 1, 0, 0)
    assert indexed.ids() == {"b.jpg": before["a.jpg"]}
    paint(photos / "again.jpg", "blue")
    indexed.index(photos)
    assert indexed.ids()["again.jpg"] == before["b.jpg"]


def test_an_edit_keeps_the_id_although_the_old_version_was_saved_beside_it(indexed, photos):
    paint(photos / "a.jpg", "red")
    indexed.index(photos)
    before = indexed.ids()["a.jpg"]
    (photos / "a.jpg").rename(photos / "a-original.jpg")
    paint(photos / "a.jpg", "blue")
    touch_later(photos / "a.jpg")
    summary = indexed.index(photos)
    assert (summary.added, summary.updated) == (1, 1)
    assert indexed.ids()["a.jpg"] == before


def test_bad_files_are_listed_with_a_reason_and_read_again_only_when_they_change(indexed, photos):
    paint(photos / "good.jpg", "red")
    (photos / "empty.jpg").touch()
    (photos / "text.jpg").write_text("this is no picture")
    for _ in range(2):
        summary = indexed.index(photos)
        assert {each.path.name: each.reason for each in summary.skipped} == {
            "empty.jpg": "The file is empty.",
            "text.jpg": "The file is not an image.",
        }
    paint(photos / "text.jpg", "blue")
    summary = indexed.index(photos)
    assert (summary.added, summary.unchanged, [each.path.name for each in summary.skipped]) == (1, 1, ["empty.jpg"])
    (photos / "empty.jpg").unlink()
    assert indexed.index(photos).skipped == ()


def test_skipped_files_are_read_again_on_request(indexed, photos):
    path = photos / "photo.jpg"
    good = paint(photos / "photo.jpg", "red").read_bytes()
    moment = path.stat().st_mtime_ns
    path.write_bytes(b"x" * len(good))
    os.utime(path, ns=(moment, moment))
    assert len(indexed.index(photos).skipped) == 1
    # As if the disk had a bad day: the same size and time, and now readable.
    path.write_bytes(good)
    os.utime(path, ns=(moment, moment))
    assert len(indexed.index(photos).skipped) == 1
    summary = indexed.index(photos, retry_skipped=True)
    assert (summary.added, summary.skipped) == (1, ())


def test_a_photo_that_becomes_unreadable_stays_in_the_library(indexed, photos):
    paint(photos / "a.jpg", "red")
    indexed.index(photos)
    before = indexed.ids()
    (photos / "a.jpg").write_text("gone bad")
    summary = indexed.index(photos)
    assert ([each.path.name for each in summary.skipped], summary.missing) == (["a.jpg"], 0)
    assert indexed.ids() == before


def test_an_empty_folder_that_was_full_is_not_a_deletion(indexed, photos):
    for number in range(3):
        paint(photos / f"{number}.jpg", "red", size=(40 + number, 40))
    indexed.index(photos)
    for path in photos.iterdir():
        path.unlink()
    summary = indexed.index(photos)
    assert summary.missing == 0
    assert "3 photos" in summary.unavailable[0].reason
    assert len(indexed.ids()) == 3
    assert indexed.index(photos, accept_missing=True).missing == 3


def test_a_folder_that_vanished_is_not_a_deletion(indexed, photos, tmp_path):
    paint(photos / "red.jpg", "red")
    other = tmp_path / "other"
    paint(other / "blue.jpg", "blue")
    indexed.index(photos, other)
    photos.rename(tmp_path / "elsewhere")
    summary = indexed.index()
    assert (summary.missing, summary.unchanged) == (0, 1)
    assert [each.path for each in summary.unavailable] == [photos]
    assert len(indexed.ids()) == 2


def test_too_many_missing_files_are_not_believed(indexed, photos):
    for number in range(70):
        paint(photos / f"{number}.jpg", "red", size=(20 + number, 20))
    indexed.index(photos)
    for number in range(60):
        (photos / f"{number}.jpg").unlink()
    summary = indexed.index(photos)
    assert (summary.missing, summary.held_back, len(indexed.ids())) == (0, 60, 70)
    assert indexed.index(photos, accept_missing=True).missing == 60
    assert len(indexed.ids()) == 10


def test_excluded_names_are_left_out_and_the_globs_are_remembered(indexed, photos):
    paint(photos / "keep.jpg", "red")
    paint(photos / "private" / "secret.jpg", "blue")
    with indexed.opened(write=True) as library:
        scan = library.scan([photos], excludes=["private"])
        for _ in scan:
            pass
    assert set(indexed.ids()) == {"keep.jpg"}
    assert indexed.index().added == 0


def test_a_folder_inside_a_covered_one_is_scanned_alone_and_not_covered_twice(indexed, photos):
    paint(photos / "a.jpg", "red")
    paint(photos / "sub" / "b.jpg", "blue")
    indexed.index(photos)
    paint(photos / "c.jpg", "green")
    paint(photos / "sub" / "d.jpg", "white")
    assert counts(indexed.index(photos / "sub")) == (1, 0, 0, 1, 0)
    with indexed.opened() as library:
        assert [folder.path for folder in library.status().folders] == [photos]


def test_covering_a_folder_takes_in_the_covered_ones_below_it(indexed, photos):
    paint(photos / "sub" / "b.jpg", "blue")
    indexed.index(photos / "sub")
    paint(photos / "a.jpg", "red")
    assert counts(indexed.index(photos)) == (1, 0, 0, 1, 0)
    with indexed.opened() as library:
        assert [folder.path for folder in library.status().folders] == [photos]


def test_a_folder_that_does_not_exist_is_named_in_the_error(indexed, tmp_path):
    with pytest.raises(ClipViewError, match=r"no folder .*nowhere"):
        indexed.index(tmp_path / "nowhere")
    with pytest.raises(ClipViewError, match="has no folders yet"):
        indexed.index()


def test_a_stopped_scan_keeps_what_it_committed_and_the_next_one_finishes(indexed, photos):
    for number in range(20):
        paint(photos / f"{number:02d}.jpg", "red", size=(30 + number, 30))
    with indexed.opened(write=True) as library:
        scan = library.scan([photos], options=ScanOptions(decode_workers=1))
        for step in scan:
            if step.done >= 8:
                break
        scan.close()
    kept = indexed.ids()
    assert 8 <= len(kept) < 20
    assert counts(indexed.index(photos)) == (20 - len(kept), 0, 0, len(kept), 0)
    assert {name: indexed.ids()[name] for name in kept} == kept


def test_progress_counts_up_to_the_total(indexed, photos):
    for number in range(10):
        paint(photos / f"{number}.jpg", "red", size=(30 + number, 30))
    with indexed.opened(write=True) as library:
        steps = list(library.scan([photos], options=ScanOptions(decode_workers=1)))
    done = [step.done for step in steps if step.total]
    assert done == sorted(done)
    assert (done[-1], steps[-1].total) == (10, 10)
    assert len({photo for step in steps for photo in step.photo_ids}) == 10


def test_the_old_model_answers_until_the_new_one_is_complete(places, photos, run_to_end):
    old, new = ColourEncoder(), OtherColourEncoder()
    load = loader(old, new)
    for number in range(12):
        paint(photos / f"{number}.jpg", "red", size=(30 + number, 30))
    with Library.open(places, write=True, load=load) as library:
        run_to_end(library.scan([photos], model="colours"))
        scan = library.scan(model="other")
        for step in scan:
            if step.done >= 4:
                break
        scan.close()
        assert library.model == "colours"
        assert library.search(Query((TextTerm("red"),))).model == "colours"
        summary = run_to_end(library.scan())
        assert (summary.added, summary.unchanged) == (0, 12)
        assert library.model == "other"
        assert library.search(Query((TextTerm("red"),))).total == 12
        assert library.use_model("colours")
        assert library.model == "colours"


def test_a_photo_that_went_bad_does_not_hold_up_the_new_model(places, photos, run_to_end):
    load = loader(ColourEncoder(), OtherColourEncoder())
    paint(photos / "good.jpg", "red")
    paint(photos / "bad.jpg", "blue")
    with Library.open(places, write=True, load=load) as library:
        run_to_end(library.scan([photos], model="colours"))
        (photos / "bad.jpg").write_text("gone bad")
        run_to_end(library.scan(model="other"))
        assert library.model == "other"
        assert library.status().counts.photos == 2


def test_lost_thumbnails_are_made_again_by_the_next_scan(indexed, photos, places):
    paint(photos / "red.jpg", "red")
    indexed.index(photos)
    places.thumbnails.unlink()
    indexed.index()
    photo = indexed.ids()["red.jpg"]
    with indexed.opened() as library:
        assert library.thumbnail(photo)[:2] == b"\xff\xd8"


def test_photo_files_are_never_written_to(indexed, photos):
    paint(photos / "red.jpg", "red")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in photos.rglob("*")}
    indexed.index(photos)
    indexed.index(photos, retry_skipped=True)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in photos.rglob("*")} == before


def test_odd_names_survive_a_round_trip(indexed, photos):
    names = [
        "\u05e9\u05dc\u05d5\u05dd.jpg",
        "\N{CAMERA}\N{PARTY POPPER}.jpg",
        "two\nlines.jpg",
        os.fsdecode(b"bad\xff.jpg"),
    ]
    for number, name in enumerate(names):
        Image.new("RGB", (20 + number, 20), "red").save(photos / name)
    assert indexed.index(photos).added == len(names)
    with indexed.opened() as library:
        assert {hit.path.name for hit in library.search(Query((TextTerm("red"),))).hits} == set(names)
