"""Searching by a part of a picture."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from clipview.core.crops import LEAST_PX, cropped, side_to_keep
from clipview.core.decoding import DecodePool
from clipview.core.errors import UnreadableImageError
from clipview.core.pictures import Picture
from clipview.core.types import Box, ImageTerm, Query


def two_halves(path, left: str, right: str, *, size: tuple[int, int] = (400, 300), turn: int = 1):
    """Save a picture whose halves have two colours; `turn` is its EXIF orientation."""
    picture = Image.new("RGB", size, left)
    picture.paste(right, (size[0] // 2, 0, *size))
    if turn == 6:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = turn
    picture.save(path, exif=exif, quality=95)
    return path


@pytest.fixture
def coloured(indexed, photos, tmp_path):
    for name, colour in {"red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 255, 0)}.items():
        Image.new("RGB", (64, 48), colour).save(photos / f"{name}.png")
    two_halves(photos / "both.jpg", "red", "blue")
    indexed.index(photos)
    with indexed.opened() as library:
        yield library


@pytest.mark.parametrize("turn", [1, 6])
def test_only_what_is_in_the_box_is_searched_for(coloured, tmp_path, turn):
    path = two_halves(tmp_path / "query.jpg", "red", "blue", turn=turn)
    left, right = (
        coloured.search(Query((ImageTerm(path, box=box),))) for box in (Box(0.05, 0, 0.4, 1), Box(0.6, 0, 0.95, 1))
    )
    assert left.hits[0].path.name == "red.png"
    assert right.hits[0].path.name == "blue.png"


def test_part_of_a_photo_of_the_library_is_searched_for(coloured, photos):
    results = coloured.search(Query((ImageTerm(photos / "both.jpg", box=Box(0.6, 0.1, 0.9, 0.9)),)))
    assert results.hits[0].path.name == "blue.png"


def test_broken_file_is_named_also_when_only_a_part_is_wanted(coloured, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff but no more")
    with pytest.raises(UnreadableImageError, match=r"broken\.jpg can't be used as a query"):
        coloured.search(Query((ImageTerm(broken, box=Box(0, 0, 0.5, 0.5)),)))


@pytest.mark.parametrize("box", [(0.5, 0, 0.5, 1), (0, 0.6, 1, 0.4), (-0.1, 0, 1, 1), (0, 0, 1, 1.2)])
def test_box_that_is_no_part_of_a_picture_is_refused(box):
    with pytest.raises(ValueError, match="no part"):
        Box(*box)


def test_small_part_of_a_large_photo_is_decoded_as_sharp_as_the_model_needs(encoder, tmp_path):
    path = two_halves(tmp_path / "large.jpg", "red", "blue", size=(2400, 1600))
    part = Box(0.45, 0.4, 0.55, 0.5)
    with DecodePool(encoder.preparation, workers=1) as pool:
        whole, seen = pool.view(path, 100), pool.view(path, 100, part)
    assert isinstance(whole, Picture)
    assert isinstance(seen, Picture)
    assert max(whole.image.size) < 2400 // 2
    assert min(seen.image.size) >= 100
    assert (seen.width_px, seen.height_px) == (2400, 1600)
    middle = np.asarray(seen.image)[seen.image.height // 2]
    assert middle[5, 0] > 200
    assert middle[-5, 2] > 200


def test_tiny_box_takes_its_surroundings_along():
    picture = Image.new("RGB", (100, 80))
    assert cropped(picture, Box(0.5, 0.5, 0.501, 0.501)).size == (LEAST_PX, LEAST_PX)
    assert cropped(picture, Box(0.999, 0.0, 1.0, 0.001)).size == (LEAST_PX, LEAST_PX)
    assert cropped(Image.new("RGB", (5, 3)), Box(0.2, 0.2, 0.4, 0.4)).size == (5, 3)
    assert side_to_keep(224, Box(0, 0, 0.1, 0.5)) == 2240
