"""How results look on paper: one picture of many answers, drawn without a window."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from clipview.core.flushing import put_whole
from clipview.core.types import Band

Cell = tuple[bytes, str, int, Band]
"""A thumbnail as JPEG, its caption, its match from 0 to 100, and its band."""

Row = tuple[str, Sequence[Cell]]
"""A query and its best answers, best first."""


def contact_sheet(title_rows: Sequence[Row], path: Path) -> None:
    """Draw each query with its answers as one row, and write the sheet as a PNG.

    The sheet is as wide as the longest row of at most eight; further answers are left out. A thumbnail that can't be
    read leaves its cell empty. `path` is at any moment the old file or the whole new one; raises OSError when it
    can't be written.
    """
    columns = min(_MOST_COLUMNS, max([_FEWEST_COLUMNS, *(len(cells) for _, cells in title_rows)]))
    width = 2 * _MARGIN + columns * _CELL_WIDTH + (columns - 1) * _GAP
    height = _MARGIN + len(title_rows) * (_ROW_HEIGHT + _ROW_GAP) - (_ROW_GAP if title_rows else 0) + _MARGIN
    sheet = Image.new("RGB", (width, height), _BACKGROUND)
    top = _MARGIN
    for title, cells in title_rows:
        _draw_row(sheet, top, title, cells[:columns])
        top += _ROW_HEIGHT + _ROW_GAP
    put_whole(path, lambda part: sheet.save(part, format="PNG", optimize=True))


# The dark tokens of the window.
_BACKGROUND = "#1b1c1f"
_PANEL = "#222327"
_LINE = "#303238"
_TEXT = "#e8e9ec"
_DIM_TEXT = "#9a9da6"
_PLACEHOLDER = "#2a2c31"
_ACCENT = "#5aa7ff"
_WARNING = "#e0b15a"

_SCALE = 2
"""Pixels for each unit of length, so that the sheet is sharp on dense screens."""

_MARGIN = 20 * _SCALE
_GAP = 8 * _SCALE
_ROW_GAP = 24 * _SCALE
_CELL_WIDTH = 150 * _SCALE
_PICTURE_HEIGHT = 112 * _SCALE
_CORNER = 7 * _SCALE
_TITLE_HEIGHT = 30 * _SCALE
_BAR_HEIGHT = 3 * _SCALE
_BAR_INSET = 6 * _SCALE
_CAPTION_HEIGHT = 22 * _SCALE
_ROW_HEIGHT = _TITLE_HEIGHT + _PICTURE_HEIGHT + _CAPTION_HEIGHT
_TITLE_SIZE = 15 * _SCALE
_CAPTION_SIZE = 11 * _SCALE
_MOST_COLUMNS = 8
_FEWEST_COLUMNS = 4

_BAND_COLOURS = {Band.STRONG: _ACCENT, Band.POSSIBLE: _WARNING, Band.WEAK: _DIM_TEXT}

_Font = ImageFont.ImageFont | ImageFont.FreeTypeFont


def _draw_row(sheet: Image.Image, top: int, title: str, cells: Sequence[Cell]) -> None:
    draw = ImageDraw.Draw(sheet)
    title_font, caption_font = ImageFont.load_default(_TITLE_SIZE), ImageFont.load_default(_CAPTION_SIZE)
    inner = sheet.width - 2 * _MARGIN
    counts = _counts(cells)
    counts_width = round(draw.textlength(counts, font=caption_font))
    baseline = top + _TITLE_HEIGHT - 10 * _SCALE
    draw.text(
        (_MARGIN, baseline),
        _elided(draw, title, title_font, inner - counts_width - _GAP),
        font=title_font,
        fill=_TEXT,
        anchor="ls",
    )
    draw.text((_MARGIN + inner, baseline), counts, font=caption_font, fill=_DIM_TEXT, anchor="rs")
    top += _TITLE_HEIGHT
    if not cells:
        _draw_empty_row(sheet, top, inner)
    for column, cell in enumerate(cells):
        _draw_cell(sheet, (_MARGIN + column * (_CELL_WIDTH + _GAP), top), cell)


def _draw_empty_row(sheet: Image.Image, top: int, width: int) -> None:
    draw = ImageDraw.Draw(sheet)
    box = (_MARGIN, top, _MARGIN + width, top + _PICTURE_HEIGHT)
    draw.rounded_rectangle(box, _CORNER, fill=_PANEL, outline=_LINE, width=_SCALE)
    middle = (_MARGIN + width // 2, top + _PICTURE_HEIGHT // 2)
    text = "Nothing in the library looks like this"
    draw.text(middle, text, font=ImageFont.load_default(_CAPTION_SIZE), fill=_DIM_TEXT, anchor="mm")


def _draw_cell(sheet: Image.Image, corner: tuple[int, int], cell: Cell) -> None:
    thumbnail_jpeg, caption, match, band = cell
    left, top = corner
    size = (_CELL_WIDTH, _PICTURE_HEIGHT)
    picture = Image.new("RGB", size, _PLACEHOLDER)
    thumbnail = _read(thumbnail_jpeg)
    if thumbnail is not None:
        # A little above the middle is where faces and animals tend to be.
        picture.paste(ImageOps.fit(thumbnail, size, Image.Resampling.LANCZOS, centering=(0.5, 0.4)))
    _draw_bar(picture, match, band)
    sheet.paste(picture, corner, _rounded_mask(size))

    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(_CAPTION_SIZE)
    baseline = top + _PICTURE_HEIGHT + _CAPTION_HEIGHT - 7 * _SCALE
    number = str(match)
    number_width = round(draw.textlength(number, font=font))
    text = _elided(draw, caption, font, _CELL_WIDTH - number_width - _GAP)
    draw.text((left, baseline), text, font=font, fill=_DIM_TEXT if band is Band.WEAK else _TEXT, anchor="ls")
    draw.text((left + _CELL_WIDTH, baseline), number, font=font, fill=_BAND_COLOURS[band], anchor="rs")


def _draw_bar(picture: Image.Image, match: int, band: Band) -> None:
    # A shadow keeps the bar readable on white pictures.
    bar_top = picture.height - _BAR_INSET - _BAR_HEIGHT
    shade = picture.crop((0, bar_top - 2 * _BAR_INSET, picture.width, picture.height))
    ramp = Image.linear_gradient("L").resize(shade.size).point(lambda level: 255 - level * 5 // 8)
    darkened = ImageChops.multiply(shade, Image.merge("RGB", (ramp, ramp, ramp)))
    picture.paste(darkened, (0, bar_top - 2 * _BAR_INSET))
    draw = ImageDraw.Draw(picture)
    full = picture.width - 2 * _BAR_INSET
    length = round(full * min(max(match, 0), 100) / 100)
    bottom, radius = bar_top + _BAR_HEIGHT - 1, _BAR_HEIGHT // 2
    draw.rounded_rectangle((_BAR_INSET, bar_top, _BAR_INSET + full, bottom), radius, fill=_LINE)
    if length > 0:
        filled = max(length, _BAR_HEIGHT)
        draw.rounded_rectangle((_BAR_INSET, bar_top, _BAR_INSET + filled, bottom), radius, fill=_BAND_COLOURS[band])


def _read(thumbnail_jpeg: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(thumbnail_jpeg), formats=["JPEG"]) as image:
            return image.convert("RGB")
    except (OSError, UnidentifiedImageError, SyntaxError, ValueError):
        return None


def _rounded_mask(size: tuple[int, int]) -> Image.Image:
    # Drawn large and scaled down, because Pillow draws corners without smoothing.
    width, height = size
    mask = Image.new("L", (4 * width, 4 * height), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 4 * width - 1, 4 * height - 1), 4 * _CORNER, fill=255)
    return mask.resize(size, Image.Resampling.LANCZOS)


def _counts(cells: Sequence[Cell]) -> str:
    parts = []
    for band in Band:
        count = sum(cell[3] is band for cell in cells)
        if count:
            parts.append(f"{count} {band.value}")
    return " · ".join(parts)


def _elided(draw: ImageDraw.ImageDraw, text: str, font: _Font, width: int) -> str:
    """Return the text on one line, without what can't be printed, shortened to a width in pixels."""
    printable = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text).strip()
    if draw.textlength(printable, font=font) <= width:
        return printable
    shortest, longest = 0, len(printable)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if draw.textlength(printable[:middle].rstrip() + "…", font=font) <= width:
            shortest = middle
        else:
            longest = middle - 1
    return printable[:shortest].rstrip() + "…"
