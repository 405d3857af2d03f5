from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipview.contact_sheet import Cell, contact_sheet
from clipview.core.types import Band

BACKGROUND = (0x1B, 0x1C, 0x1F)
ACCENT = (0x5A, 0xA7, 0xFF)
WARNING = (0xE0, 0xB1, 0x5A)


def jpeg(colour: str, size: tuple[int, int] = (256, 192)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


def cell(colour: str = "green", caption: str = "a.jpg", match: int = 80, band: Band = Band.STRONG) -> Cell:
    return jpeg(colour), caption, match, band


def sheet_of(rows: list[tuple[str, list[Cell]]], folder: Path) -> Image.Image:
    contact_sheet(rows, folder / "sheet.png")
    with Image.open(folder / "sheet.png") as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def share_of(image: Image.Image, colour: tuple[int, int, int], tolerance: int = 12) -> int:
    """Count the pixels close to a colour."""
    distance = np.abs(np.asarray(image, dtype=np.int16) - np.array(colour, dtype=np.int16)).max(axis=2)
    return int((distance <= tolerance).sum())


def test_every_thumbnail_and_query_is_on_the_sheet(tmp_path: Path) -> None:
    image = sheet_of([("leaves", [cell("green"), cell("blue")]), ("sunset", [cell("red")])], tmp_path)
    for colour in ((0, 128, 0), (0, 0, 255), (255, 0, 0)):
        assert share_of(image, colour) > 20_000
    assert image.getpixel((0, 0)) == BACKGROUND


def test_the_match_bar_is_as_long_as_the_match_and_tells_the_band(tmp_path: Path) -> None:
    long = share_of(sheet_of([("", [cell(match=80)])], tmp_path), ACCENT)
    short = share_of(sheet_of([("", [cell(match=20)])], tmp_path), ACCENT)
    possible = sheet_of([("", [cell(match=80, band=Band.POSSIBLE)])], tmp_path)
    assert long > 2 * short > 0
    assert share_of(possible, WARNING) > 2 * share_of(possible, ACCENT)


def test_a_sheet_grows_with_its_rows_and_stops_at_eight_columns(tmp_path: Path) -> None:
    one = sheet_of([("a", [cell()] * 8)], tmp_path)
    two = sheet_of([("a", [cell()] * 8), ("b", [])], tmp_path)
    wide = sheet_of([("a", [cell()] * 30)], tmp_path)
    assert two.height > one.height
    assert wide.size == one.size


def test_a_query_without_answers_and_a_sheet_without_queries_are_drawn(tmp_path: Path) -> None:
    empty = sheet_of([], tmp_path)
    nothing = sheet_of([("purple giraffe", [])], tmp_path)
    assert nothing.height > empty.height
    assert len(nothing.getcolors(1 << 20) or []) > 10  # text with smooth edges


def test_a_thumbnail_that_cannot_be_read_leaves_its_cell_empty(tmp_path: Path) -> None:
    cut = jpeg("red")[:200]
    image = sheet_of([("x", [(b"", "a", 50, Band.STRONG), (cut, "b", 50, Band.STRONG), cell("blue")])], tmp_path)
    assert share_of(image, (0, 0, 255)) > 20_000


@pytest.mark.parametrize("text", ["a very long name " * 60, "two\nlines\r\x1b[31m", "\udce9.jpg", "日本 🐈 مرحبا", ""])
def test_text_of_any_kind_stays_inside_its_cell(tmp_path: Path, text: str) -> None:
    plain = sheet_of([("", [cell(caption=""), cell(caption="")])], tmp_path)
    image = sheet_of([(text, [cell(caption=text), cell(caption="")])], tmp_path)
    assert image.size == plain.size
    margin_px = 40
    for box in (
        (0, 0, margin_px, image.height),
        (image.width - margin_px, 0, image.width, image.height),
        (0, image.height - margin_px, image.width, image.height),
    ):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), BACKGROUND)]


@pytest.mark.parametrize("match", [-5, 0, 1, 100, 250])
def test_matches_outside_the_scale_are_drawn_at_its_ends(tmp_path: Path, match: int) -> None:
    image = sheet_of([("x", [cell(match=match)])], tmp_path)
    bar = share_of(image, ACCENT)
    full = share_of(sheet_of([("x", [cell(match=100)])], tmp_path), ACCENT)
    assert bar <= full * 1.2


@pytest.mark.parametrize("size", [(1, 512), (512, 1), (1, 1)])
def test_very_thin_thumbnails_are_drawn(tmp_path: Path, size: tuple[int, int]) -> None:
    image = sheet_of([("x", [(jpeg("blue", size), "thin", 50, Band.STRONG)])], tmp_path)
    assert share_of(image, (0, 0, 255), tolerance=40) > 20_000


def test_a_sheet_that_cannot_be_written_is_reported_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "sheet.png").mkdir()
    (tmp_path / "sheet.png" / "inside").touch()
    with pytest.raises(OSError, match=r"sheet\.png"):
        contact_sheet([("x", [cell()])], tmp_path / "sheet.png")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.png"]
