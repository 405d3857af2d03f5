"""Sidecars in a library: a scan notices them, and what they say stands between the person and the file."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from colours import paint

from clipview.core.changes import Describe, Rate, Several
from clipview.core.sidecars import Said, write


def _told(indexed, name):
    ids = indexed.ids()
    with indexed.opened() as library:
        return library.store.details(ids[name]).metadata


def test_scan_reads_a_sidecar_and_notices_when_it_changes_or_goes(indexed, photos):
    paint(photos / "a.jpg", "red")
    write(photos / "a.jpg.xmp", Said((("animals", "dog"),), 2, "first"))
    indexed.index(photos)
    told = _told(indexed, "a.jpg")
    assert (told.keywords, told.rating, told.caption) == (("animals", "dog"), 2, "first")
    write(photos / "a.jpg.xmp", Said((("cat",),), 5, "second"))
    assert indexed.index().unchanged == 1
    told = _told(indexed, "a.jpg")
    assert (told.keywords, told.rating, told.caption) == (("animals", "dog", "cat"), 5, "second")
    (photos / "a.jpg.xmp").unlink()
    indexed.index()
    told = _told(indexed, "a.jpg")
    assert (told.keywords, told.rating, told.caption) == ((), None, None)


def test_sidecar_added_to_a_known_photo_is_noticed_without_decoding_the_photo(indexed, photos):
    paint(photos / "a.jpg", "red")
    indexed.index(photos)
    encoded = indexed.encoder.encoded_images
    write(photos / "a.xmp", Said(rating=3))
    indexed.index()
    assert _told(indexed, "a.jpg").rating == 3
    assert indexed.encoder.encoded_images == encoded


def test_what_the_person_says_wins_over_the_sidecar(indexed, photos):
    paint(photos / "a.jpg", "red")
    write(photos / "a.jpg.xmp", Said(rating=2, caption="theirs"))
    indexed.index(photos)
    photo_id = indexed.ids()["a.jpg"]
    with indexed.opened(write=True) as library:
        undo = library.change(Several((Rate((photo_id,), 0), Describe(photo_id, "mine"))))
        told = library.store.details(photo_id).metadata
        assert (told.rating, told.caption) == (0, "mine")
        library.change(undo)
        told = library.store.details(photo_id).metadata
        assert (told.rating, told.caption) == (2, "theirs")


def test_short_named_sidecar_means_the_photo_that_has_no_other(indexed, photos):
    paint(photos / "a.jpg", "red")
    paint(photos / "a.png.jpg", "green")
    write(photos / "a.xmp", Said(rating=1))
    write(photos / "a.png.xmp", Said(rating=2))
    indexed.index(photos)
    assert (_told(indexed, "a.jpg").rating, _told(indexed, "a.png.jpg").rating) == (1, 2)


def test_sidecars_of_an_unplugged_drive_are_kept(indexed, photos):
    paint(photos / "a.jpg", "red")
    write(photos / "a.jpg.xmp", Said(rating=4))
    indexed.index(photos)
    photo_id = indexed.ids()["a.jpg"]
    photos.rename(photos.parent / "away")
    indexed.index()
    with indexed.opened() as library:
        assert library.store.details(photo_id).metadata.rating == 4


def test_stars_and_captions_are_written_beside_the_photos_which_stay_untouched(indexed, photos):
    paint(photos / "a.jpg", "red")
    paint(photos / "b.jpg", "green")
    indexed.index(photos)
    ids = indexed.ids()
    before = {name: (photos / name).read_bytes() for name in ids}
    with indexed.opened(write=True) as library:
        library.change(Several((Rate((ids["a.jpg"],), 5), Describe(ids["a.jpg"], "mine"))))
        done = library.saying.write_sidecars(ids.values())
        assert (done.written, done.unchanged, done.skipped) == ((photos / "a.jpg.xmp",), 1, ())
        assert library.saying.write_sidecars(ids.values()).written == ()
    assert sorted(path.name for path in photos.iterdir()) == ["a.jpg", "a.jpg.xmp", "b.jpg"]
    assert {name: (photos / name).read_bytes() for name in ids} == before


def _exiftool(path):
    """Return the keywords, flat and below one another, as another program reads them."""
    tool = shutil.which("exiftool")
    if tool is None:
        pytest.skip("exiftool is not installed (Debian: libimage-exiftool-perl), so its view can't be compared")
    told = subprocess.run(
        [tool, "-json", "-Subject", "-HierarchicalSubject", path], capture_output=True, check=True, text=True
    )
    (found,) = json.loads(told.stdout)
    # A single value comes without its list.
    return tuple(
        sorted([value] if isinstance(value, str) else value)
        for value in (found.get("Subject", []), found.get("HierarchicalSubject", []))
    )


def test_tags_become_keywords_that_exiftool_reads_and_go_when_they_are_taken_back(indexed, photos):
    paint(photos / "a.jpg", "red")
    write(photos / "a.jpg.xmp", Said((("holiday",),)))
    indexed.index(photos)
    a, sidecar = indexed.ids()["a.jpg"], photos / "a.jpg.xmp"
    with indexed.opened(write=True) as library:
        library.tags.give("dog", [a])
        library.tags.give("Oslo", [a])
        library.saying.write_sidecars([a])
    assert _exiftool(sidecar) == (
        ["Oslo", "animal", "dog", "holiday", "pet"],
        ["Oslo", "animal|pet|dog", "holiday"],
    )
    indexed.index()
    with indexed.opened(write=True) as library:
        assert {tag.name: tag.source.value for tag in library.tags.of_photo(a) if tag.applied} == {
            "dog": "typed",
            "Oslo": "typed",
            "holiday": "file",
        }
        library.tags.take_back("Oslo", [a])
        library.tags.take_back("dog", [a])
        assert a in library.saying.told()
        library.saying.write_sidecars([a])
        assert library.saying.write_sidecars([a]).unchanged == 1
    assert _exiftool(sidecar) == (["holiday"], ["holiday"])


def test_keyword_of_another_program_stays_when_the_same_tag_is_taken_back(indexed, photos):
    paint(photos / "a.jpg", "red")
    write(photos / "a.jpg.xmp", Said((("oslo",),)))
    indexed.index(photos)
    a = indexed.ids()["a.jpg"]
    with indexed.opened(write=True) as library:
        library.tags.answer("oslo", [a], yes=True)
        library.saying.write_sidecars([a])
        library.tags.take_back("oslo", [a])
        library.saying.write_sidecars([a])
    assert _exiftool(photos / "a.jpg.xmp")[0] == ["oslo"]
