from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np
import pillow_heif
import pytest
from photo_files import (
    BLUE,
    CORNERS,
    GREEN,
    RED,
    cmyk_profile,
    corners,
    encoded,
    huge_png,
    largest_difference,
    negative,
    noise,
    quarters,
    rgb_profile,
    with_jpeg_size,
)
from PIL import Image, ImageCms, ImageFile

from clipview.core.errors import UnreadableImageError
from clipview.core.pictures import Limits, open_picture

ADOBE_RGB = ((0.6484, 0.3309), (0.2302, 0.7016), (0.1559, 0.0660))
"""Its primaries, adapted to D50."""


@pytest.fixture(autouse=True)
def _pillow_writes_heif() -> None:
    pillow_heif.register_heif_opener()


@pytest.mark.parametrize(
    ("name", "options", "tolerance"),
    [
        ("JPEG", {"quality": 95}, 6),
        ("JPEG", {"quality": 95, "progressive": True}, 6),
        ("PNG", {}, 0),
        ("WEBP", {"lossless": True}, 0),
        ("WEBP", {"quality": 95}, 12),
        ("GIF", {}, 4),
        ("BMP", {}, 0),
        ("TIFF", {}, 0),
        ("TIFF", {"compression": "tiff_lzw"}, 0),
        ("TIFF", {"compression": "jpeg"}, 12),
        ("HEIF", {"quality": 95}, 12),
        ("AVIF", {"quality": 95}, 12),
    ],
)
def test_every_format_keeps_its_colours_and_its_name(name: str, options: dict[str, Any], tolerance: int) -> None:
    picture = open_picture(encoded(quarters(), name, **options), None)
    assert (picture.format, picture.width_px, picture.height_px) == (name, 320, 200)
    assert picture.image.mode == "RGB"
    assert picture.damaged is None
    assert largest_difference(corners(picture.image), CORNERS) <= tolerance


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "WEBP", "HEIF", "AVIF"])
def test_every_turn_is_undone_in_every_format(name: str, orientation: int) -> None:
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    lying = quarters() if undo is None else quarters().transpose(undo)
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = open_picture(encoded(lying, name, exif=exif.tobytes(), quality=95), 32)
    assert (picture.width_px, picture.height_px) == (320, 200)
    assert largest_difference(corners(picture.image), CORNERS) <= 14


def test_jpeg_is_scaled_while_it_is_decoded_but_keeps_the_sides_asked_for() -> None:
    photo = encoded(noise(2400, 1600), "JPEG")
    picture = open_picture(photo, 190)
    assert (picture.width_px, picture.height_px) == (2400, 1600)
    assert picture.image.size == (600, 400)
    assert open_picture(photo, None).image.size == (2400, 1600)
    assert min(open_picture(photo, 500).image.size) >= 500


def test_scaled_picture_never_gets_smaller_than_a_thumbnail() -> None:
    for name in ("JPEG", "PNG"):
        assert max(open_picture(encoded(noise(700, 60), name), 8).image.size) >= 320


def test_other_formats_are_scaled_like_jpeg() -> None:
    picture = open_picture(encoded(quarters(1600, 1000), "PNG"), 100)
    assert picture.image.size == (320, 200)
    assert largest_difference(corners(picture.image), CORNERS) == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "LAB", "YCbCr"])
def test_every_pixel_layout_becomes_rgb(mode: str) -> None:
    grey = Image.new("RGB", (64, 64), (128, 128, 128))
    if mode == "1":
        image = Image.new("1", (64, 64), 1)
    elif mode == "LAB":
        image = ImageCms.profileToProfile(
            grey, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
        ) or pytest.fail("no picture")
    elif mode == "P":
        image = grey.quantize(4)
    else:
        image = grey.convert(mode)
    picture = open_picture(encoded(image, "TIFF" if mode != "LA" else "PNG"), None)
    expected = 255 if mode == "1" else 128
    assert largest_difference(picture.image, Image.new("RGB", (64, 64), (expected,) * 3)) <= 2


@pytest.mark.parametrize("order", ["<u2", ">u2"])
def test_16_bit_grey_is_scaled_and_not_clipped(order: str) -> None:
    ramp = np.linspace(0, 65535, 256).astype(order).reshape(1, 256).repeat(64, axis=0)
    for name in ("TIFF", "PNG"):
        picture = open_picture(encoded(Image.fromarray(ramp.astype("<u2")), name), None)
        assert largest_difference(np.asarray(picture.image)[0, :, 0], np.arange(256)) <= 1


def test_16_bit_colour_tiff_is_scaled_and_not_clipped() -> None:
    values = np.zeros((32, 48, 3), "<u2")
    values[...] = (65535, 32768, 4096)
    entries = [
        (256, 3, 48), (257, 3, 32), (258, 3, 0), (259, 3, 1), (262, 3, 2), (273, 4, 0), (277, 3, 3), (278, 3, 32),
        (279, 4, values.nbytes),
    ]  # fmt: skip
    after = 8 + 2 + 12 * len(entries) + 4
    body = b""
    for tag, kind, value in entries:
        count = 3 if tag == 258 else 1
        number = after if tag == 258 else after + 6 if tag == 273 else value
        body += struct.pack("<HHII", tag, kind, count, number)
    tiff = struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + body + bytes(4) + struct.pack("<3H", 16, 16, 16)
    picture = open_picture(tiff + values.tobytes(), None)
    assert largest_difference(picture.image.getpixel((5, 5)), (255, 128, 16)) <= 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), (0, 128, 255)),
        (np.array([[-100.0, 0.0, 100.0]], np.float32), (0, 128, 255)),
        (np.array([[np.nan, 0.25, np.inf]], np.float32), (0, 64, 0)),
        (np.array([[0, 32768, 65535]], np.int32), (0, 128, 255)),
        (np.array([[0, 1 << 20, 1 << 21]], np.int32), (0, 128, 255)),
    ],
)
def test_numbers_without_a_natural_white_are_spread(values: Any, expected: tuple[int, int, int]) -> None:
    picture = open_picture(encoded(Image.fromarray(values), "TIFF"), None)
    assert largest_difference(np.asarray(picture.image)[0, :, 0], expected) <= 1


def test_transparent_parts_lie_on_white() -> None:
    image = Image.new("RGBA", (40, 40), (*RED, 255))
    image.paste((0, 0, 0, 0), (20, 0, 40, 40))
    for name in ("PNG", "WEBP", "TIFF"):
        opened = open_picture(encoded(image, name, lossless=True), None).image
        assert (opened.getpixel((5, 5)), opened.getpixel((35, 5))) == (RED, (255, 255, 255))


def test_transparent_palette_entry_lies_on_white() -> None:
    image = Image.new("P", (40, 40), 0)
    image.putpalette([0, 0, 0, *RED])
    image.paste(1, (0, 0, 20, 40))
    opened = open_picture(encoded(image, "PNG", transparency=0), None).image
    assert (opened.getpixel((5, 5)), opened.getpixel((35, 5))) == (RED, (255, 255, 255))


def test_first_frame_of_an_animation_is_taken() -> None:
    frames = [Image.new("RGB", (64, 48), colour) for colour in (GREEN, RED, BLUE)]
    for name in ("GIF", "WEBP", "PNG", "TIFF", "MPO"):
        photo = encoded(frames[0], name, save_all=True, append_images=frames[1:])
        assert largest_difference(open_picture(photo, None).image.getpixel((9, 9)), GREEN) <= 6


def test_wide_gamut_photo_is_converted_to_srgb() -> None:
    # The same colour by arithmetic: linear Adobe RGB to linear sRGB (both with D65 white), then sRGB's curve.
    to_srgb = [[1.3984, -0.3984, 0.0], [0.0, 1.0, 0.0], [0.0, -0.0429, 1.0429]]
    linear = np.clip(to_srgb @ (np.array([120, 180, 60]) / 255) ** 2.2, 0, 1)
    expected = 255 * (1.055 * linear ** (1 / 2.4) - 0.055)
    image = Image.new("RGB", (64, 64), (120, 180, 60))
    for name in ("JPEG", "PNG", "TIFF", "WEBP", "HEIF", "AVIF"):
        photo = encoded(image, name, icc_profile=rgb_profile(*ADOBE_RGB), quality=98)
        assert largest_difference(open_picture(photo, None).image.getpixel((32, 32)), expected) <= 5, name


def test_srgb_profile_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = open_picture(encoded(quarters(), "PNG", icc_profile=profile), None)
    assert corners(picture.image) == CORNERS


@pytest.mark.parametrize("profile", [b"not a profile", rgb_profile(*ADOBE_RGB)[:200], cmyk_profile({})])
def test_broken_or_foreign_profile_is_ignored(profile: bytes) -> None:
    picture = open_picture(encoded(quarters(), "PNG", icc_profile=profile), None)
    assert corners(picture.image) == CORNERS


def test_press_colours_follow_their_profile() -> None:
    cyan_that_looks_orange = cmyk_profile({(1, 0, 0, 0): (67, 43, 74)})
    image = Image.new("CMYK", (64, 64), (255, 0, 0, 0))
    for name in ("JPEG", "TIFF"):
        converted = open_picture(encoded(image, name, icc_profile=cyan_that_looks_orange), None).image
        assert largest_difference(converted.getpixel((9, 9)), (255, 136, 12)) <= 24
        plain = open_picture(encoded(image, name), None).image
        assert largest_difference(plain.getpixel((9, 9)), (0, 255, 255)) <= 6


def test_half_of_a_jpeg_is_shown_and_marked_as_damaged() -> None:
    for progressive in (False, True):
        photo = encoded(noise(800, 600), "JPEG", quality=90, progressive=progressive)
        picture = open_picture(photo[: len(photo) // 2], 64)
        assert picture.damaged is not None
        assert (picture.width_px, picture.height_px) == (800, 600)


def test_share_of_a_cut_off_picture_is_told() -> None:
    photo = encoded(noise(800, 800), "JPEG", quality=90)
    damaged = open_picture(photo[: len(photo) // 2], 64).damaged
    assert damaged is not None
    share = int(damaged.partition("about ")[2].partition("%")[0])
    assert 40 <= share <= 60


def test_jpeg_without_its_end_mark_is_shown_whole() -> None:
    picture = open_picture(encoded(noise(400, 300), "JPEG")[:-2], None)
    assert picture.damaged == "A part of the file is damaged; what could be read is shown."


@pytest.mark.parametrize("name", ["PNG", "TIFF", "WEBP", "GIF", "HEIF", "AVIF", "BMP"])
def test_cut_off_file_of_any_format_is_damaged_or_refused(name: str) -> None:
    photo = encoded(noise(400, 300), name)
    try:
        outcome = open_picture(photo[: len(photo) * 2 // 3], None).damaged
    except UnreadableImageError as error:
        outcome = str(error)
    assert outcome is not None
    assert "damaged" in outcome or "cut off" in outcome


def test_picture_with_hardly_any_rows_is_refused() -> None:
    photo = encoded(noise(800, 800), "JPEG", quality=90)
    with pytest.raises(UnreadableImageError, match="cut off"):
        open_picture(photo[: len(photo) // 20], None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"Dear diary, today I took no photo.\n" * 50, "The file is not an image."),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" + b" " * 500, "The file is not an image."),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "The image is damaged: its beginning can't be read."),
        (b"\xff\xd8\xff\xe0", "The image is damaged: its beginning can't be read."),
    ],
)
def test_what_is_no_image_is_refused_with_a_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableImageError) as caught:
        open_picture(data, 32)
    assert str(caught.value) == reason


def test_tiny_png_with_a_huge_picture_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(UnreadableImageError, match=r"30000 x 30000 pixels and needs 7\.2 GB .* allows 1\.6 GB"):
        open_picture(huge_png(30000, 30000), 224)


def test_huge_progressive_jpeg_is_refused_but_a_huge_plain_one_is_not() -> None:
    small = noise(64, 64)
    with pytest.raises(UnreadableImageError, match="30000 x 30000"):
        open_picture(with_jpeg_size(encoded(small, "JPEG", progressive=True), 30000, 30000), 224)
    panorama = encoded(Image.new("RGB", (20000, 3000), RED), "JPEG")
    needed: list[int] = []
    picture = open_picture(panorama, 224, Limits(memory_bytes=40 << 20), before_decoding=needed.append)
    assert picture.width_px == 20000
    assert needed
    assert needed[0] < 40 << 20


def test_large_webp_is_refused_before_it_is_decoded() -> None:
    header = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (16382).to_bytes(3, "little") * 2
    data = b"RIFF" + struct.pack("<I", len(header) + 4) + b"WEBP" + header
    with pytest.raises(UnreadableImageError):
        open_picture(data, 224)


def test_pillows_switches_are_left_as_they_were() -> None:
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    photo = encoded(noise(400, 300), "JPEG")
    open_picture(photo[: len(photo) // 2], 64)
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)


def test_heif_that_goes_by_another_name_is_read() -> None:
    picture = open_picture(encoded(quarters(), "HEIF", quality=95), 32, suffix=".jpg")
    assert picture.format == "HEIF"


def test_negative_is_developed_upright() -> None:
    pytest.importorskip("rawpy")
    for orientation, size in ((1, (400, 300)), (6, (300, 400))):
        picture = open_picture(negative(400, 300, (200, 40, 40), orientation), 64, suffix=".dng")
        assert (picture.format, picture.width_px, picture.height_px) == ("RAW", *size)
        red, green, blue = np.asarray(picture.image)[20, 20].tolist()
        assert red > green + 60
        assert red > blue + 60
        assert picture.metadata.camera == "Fuzz Camera"


def test_negative_without_its_package_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UnreadableImageError, match=r'pip install "clipview\[raw\]"'):
        open_picture(negative(40, 30, RED), 64, suffix=".DNG")


def test_jpeg_that_goes_by_the_name_of_a_negative_is_read() -> None:
    assert open_picture(encoded(quarters(), "JPEG"), 32, suffix=".raw").format == "JPEG"


def test_jpeg_xl_keeps_its_colours() -> None:
    pytest.importorskip("pillow_jxl")
    picture = open_picture(encoded(quarters(), "JXL", lossless=True), 32)
    assert picture.format == "JXL"
    assert largest_difference(corners(picture.image), CORNERS) <= 4


def test_jpeg_xl_without_its_package_names_the_package() -> None:
    try:
        import pillow_jxl  # noqa: F401
    except ImportError:
        with pytest.raises(UnreadableImageError, match=r'pip install "clipview\[jxl\]"'):
            open_picture(b"\xff\x0a" + bytes(50), 32)
    else:
        pytest.skip("the package is here")


def test_opened_picture_outlives_its_bytes() -> None:
    image = open_picture(encoded(quarters(40, 40), "PNG"), None).image
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    assert corners(image) == CORNERS
