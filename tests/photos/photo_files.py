"""Makes the files that the tests of reading photos need."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
from PIL import Image

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 40), (30, 50, 200), (240, 220, 40)
CORNERS = (RED, GREEN, BLUE, YELLOW)
"""Top left, top right, bottom left, bottom right."""


def quarters(width: int = 320, height: int = 200) -> Image.Image:
    """A picture with one colour in each corner."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(YELLOW, (width // 2, height // 2, width, height))
    return image


def noise(width: int, height: int) -> Image.Image:
    """A picture that no row repeats."""
    pixels = np.random.default_rng(7).integers(0, 256, (max(1, height // 8), max(1, width // 8), 3), dtype=np.uint8)
    return Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR)


def encoded(image: Image.Image, name: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, name, **options)
    return buffer.getvalue()


def corners(image: Image.Image) -> tuple[tuple[int, int, int], ...]:
    """The colours in the middle of the four quarters, in the order of CORNERS."""
    width, height = image.size
    places = [(width // 4, height // 4), (3 * width // 4, height // 4)]
    places += [(x, 3 * height // 4) for x, _ in places]
    return tuple(image.getpixel(place) for place in places)  # type: ignore[misc]


def largest_difference(left: Any, right: Any) -> int:
    return int(np.abs(np.asarray(left).astype(int) - np.asarray(right).astype(int)).max())


def huge_png(width: int, height: int) -> bytes:
    """A valid header that promises far more pixels than the file has bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


def with_jpeg_size(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG with other numbers in its frame header."""
    at = next(at for mark in (b"\xff\xc0", b"\xff\xc2") if (at := jpeg.find(mark)) >= 0)
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def rgb_profile(red: tuple[float, float], green: tuple[float, float], blue: tuple[float, float]) -> bytes:
    """An ICC profile with these primaries (CIE x, y; white and connection space D50) and a gamma of 2.2."""
    white = np.array([0.9642, 1.0, 0.8249])
    primaries = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in (red, green, blue)]).T
    columns = primaries * np.linalg.solve(primaries, white)
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    tags = {b"desc": _description(), b"cprt": b"text" + bytes(4) + b"none\x00", b"wtpt": _xyz(white)}
    for name, column in zip((b"r", b"g", b"b"), columns.T, strict=True):
        tags[name + b"XYZ"] = _xyz(column)
        tags[name + b"TRC"] = curve
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def cmyk_profile(inks: dict[tuple[int, int, int, int], tuple[int, int, int]]) -> bytes:
    """An ICC profile of a press: the Lab of each full or absent mix of the four inks, white where none is given."""
    table = bytearray()
    for cyan in (0, 1):
        for magenta in (0, 1):
            for yellow in (0, 1):
                for black in (0, 1):
                    lightness, a, b = inks.get((cyan, magenta, yellow, black), (100, 0, 0))
                    table += bytes([round(lightness * 2.55), a + 128, b + 128])
    straight = bytes(range(256))
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + identity + straight * 4 + bytes(table) + straight * 3
    tags = {
        b"desc": _description(),
        b"cprt": b"text" + bytes(4) + b"none\x00",
        b"wtpt": _xyz(np.array([0.9642, 1.0, 0.8249])),
        b"A2B0": lut,
    }
    return _profile(b"prtr", b"CMYK", b"Lab ", tags)


def _xyz(values: Any) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))


def _description() -> bytes:
    return b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\x00" + bytes(78)


def _profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    at = 128 + 4 + 12 * len(tags)
    directory, bodies = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        padded = body + bytes(-len(body) % 4)
        directory += name + struct.pack(">II", at + len(bodies), len(body))
        bodies += padded
    size = at + len(bodies)
    header = struct.pack(">I", size) + bytes(4) + b"\x02\x40\x00\x00" + kind + space + connection + bytes(12) + b"acsp"
    header += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return header + bytes(128 - len(header)) + directory + bodies


def negative(width: int, height: int, colour: tuple[int, int, int], orientation: int = 1) -> bytes:
    """A camera's negative (DNG 1.1, uncompressed, red first) of one colour."""
    rows = np.zeros((height, width), "<u2")
    rows[0::2, 0::2], rows[1::2, 1::2] = colour[0] * 16, colour[2] * 16
    rows[0::2, 1::2] = rows[1::2, 0::2] = colour[1] * 16
    matrix = [(31339, 10000), (-16169, 10000), (-4906, 10000), (-9788, 10000), (19161, 10000), (335, 10000)]
    matrix += [(719, 10000), (-2290, 10000), (14052, 10000)]
    entries: list[tuple[int, int, int, bytes]] = [
        (254, 4, 1, struct.pack("<I", 0)),
        (256, 4, 1, struct.pack("<I", width)),
        (257, 4, 1, struct.pack("<I", height)),
        (258, 3, 1, struct.pack("<H", 16)),
        (259, 3, 1, struct.pack("<H", 1)),
        (262, 3, 1, struct.pack("<H", 32803)),
        (271, 2, 5, b"Fuzz\x00"),
        (272, 2, 7, b"Camera\x00"),
        (273, 4, 1, b"STRP"),
        (274, 3, 1, struct.pack("<H", orientation)),
        (277, 3, 1, struct.pack("<H", 1)),
        (278, 4, 1, struct.pack("<I", height)),
        (279, 4, 1, struct.pack("<I", rows.nbytes)),
        (306, 2, 20, b"2019:05:01 12:34:56\x00"),
        (33421, 3, 2, struct.pack("<HH", 2, 2)),
        (33422, 1, 4, bytes([0, 1, 1, 2])),
        (50706, 1, 4, bytes([1, 4, 0, 0])),
        (50708, 2, 7, b"Camera\x00"),
        (50717, 4, 1, struct.pack("<I", 4080)),
        (50721, 10, 9, b"".join(struct.pack("<ii", *value) for value in matrix)),
        (50728, 5, 3, struct.pack("<6I", 1, 1, 1, 1, 1, 1)),
        (50778, 3, 1, struct.pack("<H", 21)),
    ]
    base = 8 + 2 + 12 * len(entries) + 4
    directory, extra = b"", b""
    for tag, kind, count, body in entries:
        if body == b"STRP":
            continue
        if len(body) > 4:
            directory += struct.pack("<HHII", tag, kind, count, base + len(extra))
            extra += body + bytes(len(body) % 2)
        else:
            directory += struct.pack("<HHI", tag, kind, count) + body.ljust(4, b"\x00")
    strip = struct.pack("<HHII", 273, 4, 1, base + len(extra))
    place = [entry[0] for entry in entries].index(273) * 12
    directory = directory[:place] + strip + directory[place:]
    head = struct.pack("<2sHIH", b"II", 42, 8, len(entries))
    return head + directory + bytes(4) + extra + rows.tobytes()
