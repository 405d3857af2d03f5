from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from colours import Indexed, paint
from PIL import Image

from clipview.core.groups import Groups
from clipview.core.types import Filters, Fold, Paperwork, Query, TextTerm

_DATE, _CAMERA = 36867, 272


def draw(path: Path, seed: int, *, size: tuple[int, int] = (320, 240), quality: int = 92, taken: str = "") -> Path:
    """Save a cloudy picture; the same seed gives the same picture at any size."""
    noise = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), np.uint8)
    exif = Image.Exif()
    if taken:
        exif[_CAMERA] = "Box 1"
        exif.get_ifd(34665)[_DATE] = taken
    Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC).save(path, "JPEG", quality=quality, exif=exif)
    return path


def look(indexed: Indexed) -> Groups:
    with indexed.opened() as library:
        return library.refresh_findings().groups


def together(indexed: Indexed, fold: Fold) -> list[set[str]]:
    names = {photo: name for name, photo in indexed.ids().items()}
    return [{names[photo] for photo in group} for group in look(indexed).members(fold)]


def test_a_picture_saved_again_smaller_is_the_same_picture(indexed: Indexed, photos: Path) -> None:
    draw(photos / "a.jpg", 1)
    draw(photos / "a again.jpg", 1, size=(160, 120), quality=70)
    draw(photos / "b.jpg", 2)
    indexed.index(photos)
    assert together(indexed, Fold.PICTURE) == [{"a.jpg", "a again.jpg"}]


def test_shots_seconds_apart_are_one_moment_but_not_one_picture(indexed: Indexed, photos: Path) -> None:
    draw(photos / "first.jpg", 1, taken="2024:05:01 10:00:00")
    draw(photos / "second.jpg", 1, taken="2024:05:01 10:00:02", quality=80)
    draw(photos / "later.jpg", 1, taken="2024:05:01 11:00:00", quality=75)
    indexed.index(photos)
    assert together(indexed, Fold.MOMENT) == [{"first.jpg", "second.jpg"}]
    assert together(indexed, Fold.PICTURE) == []


def test_a_copy_without_a_date_does_not_join_shots_of_two_dates(indexed: Indexed, photos: Path) -> None:
    draw(photos / "first.jpg", 1, taken="2024:05:01 10:00:00")
    draw(photos / "second.jpg", 1, taken="2024:05:01 10:00:02", quality=30)
    draw(photos / "copy.jpg", 1, quality=91)
    indexed.index(photos)
    assert together(indexed, Fold.PICTURE) == [{"first.jpg", "copy.jpg"}]


def test_groups_stay_the_same_when_photos_come_later(indexed: Indexed, photos: Path) -> None:
    draw(photos / "a.jpg", 1)
    indexed.index(photos)
    draw(photos / "b.jpg", 2)
    draw(photos / "a again.jpg", 1, quality=60)
    indexed.index(photos)
    assert together(indexed, Fold.PICTURE) == [{"a.jpg", "a again.jpg"}]


def test_photos_that_came_after_the_last_look_are_in_no_group() -> None:
    assert Groups().labels(Fold.MOMENT, np.array([3, 900])).tolist() == [0, 0]


def test_plain_surfaces_are_not_taken_for_one_picture(indexed: Indexed, photos: Path) -> None:
    paint(photos / "wall.jpg", "red")
    paint(photos / "door.jpg", "red", quality=60)
    indexed.index(photos)
    assert together(indexed, Fold.PICTURE) == []


@pytest.mark.parametrize(
    ("paperwork", "names", "left_out"),
    [
        (Paperwork.SHOW, {"roof.jpg", "Screenshot 2024.jpg"}, 0),
        (Paperwork.LEAVE_OUT, {"roof.jpg"}, 1),
        (Paperwork.ONLY, {"Screenshot 2024.jpg"}, 0),
    ],
)
def test_screenshots_are_kept_apart(
    indexed: Indexed, photos: Path, paperwork: Paperwork, names: set[str], left_out: int
) -> None:
    paint(photos / "roof.jpg", "red")
    paint(photos / "Screenshot 2024.jpg", "red", quality=60)
    paint(photos / "sea.jpg", "blue")
    indexed.index(photos)
    known = {photo: name for name, photo in indexed.ids().items()}
    with indexed.opened() as library:
        library.refresh_findings()
        ranking = library.rank(Query((TextTerm("red"),), paperwork=paperwork))
    assert ({known[photo] for photo in ranking.ids.tolist()}, ranking.left_out) == (names, left_out)


def test_a_screenshot_found_by_its_name_is_not_left_out(indexed: Indexed, photos: Path) -> None:
    paint(photos / "Screenshot 2024.jpg", "red")
    paint(photos / "sea.jpg", "blue")
    indexed.index(photos)
    with indexed.opened() as library:
        library.refresh_findings()
        query = Query((TextTerm("screenshot"),), also_names=True, paperwork=Paperwork.LEAVE_OUT)
        assert library.rank(query).named == 1


def test_months_count_what_a_date_filter_keeps_out(indexed: Indexed, photos: Path) -> None:
    draw(photos / "may.jpg", 1, taken="2024:05:01 10:00:00")
    draw(photos / "july.jpg", 2, taken="2024:07:01 10:00:00")
    indexed.index(photos)
    with indexed.opened() as library:
        ranking = library.rank(Query(filters=Filters(since=date(2024, 7, 1))))
    may_2024 = (2024 - 1970) * 12 + 4
    assert (ranking.months.first, ranking.months.counts, ranking.total) == (may_2024, (1, 0, 1), 1)
