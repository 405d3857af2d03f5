"""Metadata: where cameras and photo programs hide dates, places and words, and which of them to believe."""

from __future__ import annotations

import logging
import math
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from PIL import ExifTags, Image

from clipview.core.types import Metadata
from clipview.core.xmp import PEOPLE, Xmp, parse_xmp

log = logging.getLogger(__name__)

CAPTION_LIMIT = 2000
KEYWORD_LIMIT = 100
KEYWORDS_LIMIT = 200

SIDECAR_LIMIT_BYTES = 8 << 20
"""Raw converters keep drawn masks in theirs."""

_T = TypeVar("_T")
_Tags = Mapping[int, Any]
_Records = Mapping[int, tuple[str, ...]]

FIRST_YEAR = 1826
"""The year of the oldest photograph that still exists; cameras without a set clock write less."""

# What cameras write into every photo when nobody described it.
_DEFAULT_CAPTIONS = frozenset(
    {
        "asus", "binary comment", "cof", "default", "digital camera", "dcim", "exif_jpeg_picture", "jpeg",
        "kodak digital still camera", "konica minolta digital camera", "lead technologies inc.", "mde",
        "minolta digital camera", "nikon digital camera", "no description", "olympus digital camera", "samsung",
        "samsung digital camera", "sdc", "sony dsc", "untitled", "vivo", "oppo",
    }
)  # fmt: skip
_MAKER_ENDINGS = re.compile(
    r"[\s,]+(?:corporation|corp|company|co|ltd|inc|imaging|optical|electronics|ag|gmbh)\.?(?=[\s,]|$)", re.IGNORECASE
)
_DATE = re.compile(r"\s*(\d{4})(?:[:\-/.](\d{1,2})(?:[:\-/.](\d{1,2}))?)?(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?")
# Control and format characters that turn, hide or break text; line feeds are kept where lines make sense.
_CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def read_metadata(image: Image.Image) -> Metadata:
    """Return what the EXIF, XMP and IPTC of an opened picture say; its pixels need not be decoded.

    Never raises on what is in the file: a part that makes no sense is left out.
    """
    exif = _attempt(image.getexif, Image.Exif())
    xmp = _attempt(lambda: parse_xmp(_xmp_packet(image)), Xmp())
    nothing: _Records = {}
    iptc = _attempt(lambda: _iptc_records(_iptc_block(image)), nothing)
    return combine(exif, xmp, iptc)


def read_sidecar(packet: bytes) -> Metadata:
    """Return what an XMP sidecar says; nothing where it is broken. Never raises on what is in it."""
    return combine(Image.Exif(), _attempt(lambda: parse_xmp(packet, SIDECAR_LIMIT_BYTES), Xmp()), {})


def combine(exif: Image.Exif, xmp: Xmp, iptc: _Records) -> Metadata:
    """Choose between the sources, field by field.

    Args:
        exif: as Pillow reads it.
        xmp: the XMP packet.
        iptc: the application records (2:x) of the IPTC block, by number.
    """
    nothing: _Tags = {}
    first = _attempt(lambda: dict(exif), nothing)
    photo = _attempt(lambda: exif.get_ifd(ExifTags.IFD.Exif), nothing)
    gps = _attempt(lambda: exif.get_ifd(ExifTags.IFD.GPSInfo), nothing)
    camera = _attempt(lambda: _camera(first, xmp), None)
    place = _attempt(lambda: _place(gps, xmp), None)
    return Metadata(
        taken_at=_attempt(lambda: _taken_at(first, photo, xmp, iptc), None),
        camera=camera,
        lens=_attempt(lambda: _line(photo.get(0xA434)) or _line(xmp.first("aux:Lens", "exifEX:LensModel")), None),
        exposure_s=_attempt(lambda: _exposure(photo, xmp), None),
        f_number=_attempt(lambda: _f_number(photo, xmp), None),
        iso=_attempt(lambda: _iso(photo, xmp), None),
        focal_length_mm=_attempt(
            lambda: (
                _between(_number(photo.get(0x920A)), 0.1, 20_000)
                or _between(_number(xmp.first("exif:FocalLength")), 0.1, 20_000)
            ),
            None,
        ),
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        caption=_attempt(lambda: _caption(first, photo, xmp, iptc, camera, exif.endian), None),
        keywords=_attempt(lambda: _keywords(first, xmp, iptc), ()),
        rating=_attempt(lambda: _rating(first, xmp), None),
        people=_attempt(lambda: _distinct(_people(xmp)), ()),
        places=_attempt(lambda: _distinct(_places(xmp, iptc)), ()),
    )


def _attempt(read: Callable[[], _T], otherwise: _T) -> _T:
    """Return what `read` gives: hostile files make Pillow and arithmetic raise nearly anything."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001, RUF100 - one broken field must not cost the others, or the photo
        log.debug("Ignoring unreadable metadata: %r", error)
        return otherwise


def _taken_at(first: _Tags, photo: _Tags, xmp: Xmp, iptc: _Records) -> datetime | None:
    candidates: Iterable[object] = (
        photo.get(0x9003),  # DateTimeOriginal
        photo.get(0x9004),  # DateTimeDigitized
        first.get(0x0132),  # DateTime
        xmp.first("exif:DateTimeOriginal"),
        xmp.first("photoshop:DateCreated"),
        xmp.first("xmp:CreateDate"),
        _iptc_date(iptc),
    )
    return next((moment for text in candidates if (moment := _moment(text)) is not None), None)


def _moment(value: object) -> datetime | None:
    """Read a date as cameras and programs write them; a date without a day is its first, a zone is dropped."""
    match = _DATE.match(_text(value))
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups())
    if year is None or not FIRST_YEAR <= year <= datetime.now().year + 1:
        return None
    try:
        return datetime(year, month or 1, day or 1, hour or 0, minute or 0, min(second or 0, 59))
    except ValueError:
        return None


def _iptc_date(iptc: _Records) -> str | None:
    day = next(iter(iptc.get(55, ())), "")
    clock = next(iter(iptc.get(60, ())), "")
    if not re.fullmatch(r"\d{8}", day):
        return None
    date = f"{day[:4]}-{day[4:6]}-{day[6:]}".replace("-00", "-01")
    return f"{date} {clock[:2]}:{clock[2:4]}:{clock[4:6]}" if re.match(r"\d{6}", clock) else date


def _camera(first: _Tags, xmp: Xmp) -> str | None:
    make = _line(first.get(0x010F)) or _line(xmp.first("tiff:Make")) or ""
    model = _line(first.get(0x0110)) or _line(xmp.first("tiff:Model")) or ""
    make = _MAKER_ENDINGS.sub("", make).strip(" ,.")
    if make and not model.lower().startswith(make.split()[0].lower()):
        model = f"{make} {model}".strip()
    return model or None


def _exposure(photo: _Tags, xmp: Xmp) -> float | None:
    for value in (photo.get(0x829A), xmp.first("exif:ExposureTime")):
        if (seconds := _between(_number(value), 1e-6, 1e6)) is not None:
            return seconds
    speed = _number(photo.get(0x9201))  # ShutterSpeedValue, in APEX units: EXIF 2.3, annex C
    return 2.0**-speed if speed is not None and -20 < speed < 20 else None


def _f_number(photo: _Tags, xmp: Xmp) -> float | None:
    for value in (photo.get(0x829D), xmp.first("exif:FNumber")):
        if (number := _between(_number(value), 0.3, 512)) is not None:
            return number
    aperture = _between(_number(photo.get(0x9202)), 0, 18)  # ApertureValue, in APEX units
    return round(math.sqrt(2.0) ** aperture, 1) if aperture else None


def _iso(photo: _Tags, xmp: Xmp) -> int | None:
    for value in (photo.get(0x8827), photo.get(0x8833), xmp.first("exif:ISOSpeedRatings")):
        number = _between(_number(value), 1, 100_000_000)
        if number is not None and number != 65535:  # the largest that the old field holds stands for "more"
            return round(number)
    return None


def _place(gps: _Tags, xmp: Xmp) -> tuple[float, float] | None:
    latitude = _degrees(gps.get(2), gps.get(1), "NS", 90)
    longitude = _degrees(gps.get(4), gps.get(3), "EW", 180)
    if latitude is None or longitude is None:
        latitude = _xmp_degrees(xmp.first("exif:GPSLatitude"), "NS", 90)
        longitude = _xmp_degrees(xmp.first("exif:GPSLongitude"), "EW", 180)
    # Receivers without a fix write zeros; nobody's photo is from that spot in the sea.
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude


def _degrees(parts: object, direction: object, letters: str, largest: int) -> float | None:
    side = _text(direction).strip().upper()[:1]
    if not side or side not in letters or not isinstance(parts, tuple | list) or not 1 <= len(parts) <= 3:
        return None
    numbers = [_number(part) for part in parts]
    total = 0.0
    for number, divisor, limit in zip(numbers, (1, 60, 3600), (largest, 60, 60), strict=False):
        if number is None or not 0 <= number <= limit:
            return None
        total += number / divisor
    if total > largest:
        return None
    return -total if side == letters[1] else total


def _xmp_degrees(text: str | None, letters: str, largest: int) -> float | None:
    match = re.fullmatch(r"([\d.,/]+)([NSEW])", (text or "").strip().upper())
    return _degrees(match[1].split(","), match[2], letters, largest) if match else None


def _caption(
    first: _Tags, photo: _Tags, xmp: Xmp, iptc: _Records, camera: str | None, endian: str | None
) -> str | None:
    candidates = (
        xmp.first("dc:description"),
        next(iter(iptc.get(120, ())), None),
        first.get(0x010E),  # ImageDescription
        _utf16(first.get(0x9C9C)),  # XPComment
        _user_comment(photo.get(0x9286), endian),
        xmp.first("dc:title"),
        _utf16(first.get(0x9C9B)),  # XPTitle
        _utf16(first.get(0x9C9F)),  # XPSubject
    )
    for candidate in candidates:
        text = _clean(_text(candidate), CAPTION_LIMIT)
        plain = text.lower().rstrip(".")
        if text and plain not in _DEFAULT_CAPTIONS and text != camera and not plain.startswith(("<kenox", "<digimax")):
            return text
    return None


def _keywords(first: _Tags, xmp: Xmp, iptc: _Records) -> tuple[str, ...]:
    def everything() -> Iterator[str]:
        yield from xmp.all("dc:subject")
        for path in xmp.all("lr:hierarchicalSubject"):
            yield path.rpartition("|")[2]
        for path in xmp.all("digiKam:TagsList"):
            yield path.rpartition("/")[2]
        yield from iptc.get(25, ())
        yield from _utf16(first.get(0x9C9E)).split(";")  # XPKeywords

    return _distinct(everything())


def _people(xmp: Xmp) -> Iterator[str]:
    yield from xmp.all(PEOPLE)
    yield from xmp.all("Iptc4xmpExt:PersonInImage")


def _places(xmp: Xmp, iptc: _Records) -> Iterator[str]:
    for name, record in (
        ("Iptc4xmpCore:Location", 92),
        ("photoshop:City", 90),
        ("photoshop:State", 95),
        ("photoshop:Country", 101),
    ):
        yield xmp.first(name) or next(iter(iptc.get(record, ())), "")


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    """Return words as clean lines, each once however it is capitalised."""
    kept: dict[str, str] = {}
    for word in words:
        cleaned = _line(word, KEYWORD_LIMIT)
        if cleaned:
            kept.setdefault(cleaned.casefold(), cleaned)
        if len(kept) == KEYWORDS_LIMIT:
            break
    return tuple(kept.values())


def _rating(first: _Tags, xmp: Xmp) -> int | None:
    for value in (xmp.first("xmp:Rating"), first.get(0x4746)):
        number = _number(value)
        if number is not None and -1 <= number <= 5:
            return round(number)
    return None


def _number(value: object) -> float | None:
    """Return the finite number that a value holds, such as 2.8, "28/10", a ratio or the first of several."""
    if isinstance(value, tuple | list):
        value = value[0] if value else None
    if isinstance(value, str):
        above, _, below = value.strip().partition("/")
        try:
            value = float(above) / float(below or 1)
        except (ValueError, ZeroDivisionError):
            return None
    if value is None or isinstance(value, bytes):
        return None
    number = float(value)  # type: ignore[arg-type]  # Pillow's ratios convert, with nan for a denominator of zero
    return number if math.isfinite(number) else None


def _between(number: float | None, low: float, high: float) -> float | None:
    return number if number is not None and low <= number <= high else None


def _line(value: object, limit: int = KEYWORD_LIMIT) -> str | None:
    """Return a value as one line of clean text; None when nothing is left."""
    return " ".join(_clean(_text(value), limit).split()) or None


def _clean(text: str, limit: int) -> str:
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")[: 4 * limit]).strip()[:limit].rstrip()


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return _utf8_or_latin1(value.partition(b"\x00")[0])
    if not isinstance(value, str):
        return ""
    try:
        # Pillow reads EXIF text as Latin-1; most programs write UTF-8.
        return _utf8_or_latin1(value.encode("latin-1"))
    except UnicodeEncodeError:
        return value


def _utf8_or_latin1(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _utf16(value: object) -> str:
    """Read one of the fields that Windows adds: UTF-16, little-endian, ended by a zero."""
    if isinstance(value, tuple | list):
        value = bytes(value)
    return value.decode("utf-16-le", "ignore").partition("\x00")[0] if isinstance(value, bytes) else ""


def _user_comment(value: object, endian: str | None) -> str:
    """Read EXIF's UserComment, whose first eight bytes name the character set."""
    if isinstance(value, str):
        value = value.encode("latin-1", "ignore")
    if not isinstance(value, bytes):
        return ""
    charset, body = value[:8].rstrip(b"\x00 ").upper(), value[8:]
    if charset == b"UNICODE":
        # The order of the bytes is that of the file, but not every program knows: plain text tells by its zeros.
        big = body[0::2].count(0) > body[1::2].count(0) if 0 in body else endian == ">"
        return body.decode("utf-16-be" if big else "utf-16-le", "ignore").partition("\x00")[0]
    if charset == b"JIS":
        return body.decode("iso2022_jp", "ignore").partition("\x00")[0]
    return _utf8_or_latin1((body if charset in {b"", b"ASCII"} else value).rstrip(b"\x00 "))


def _xmp_packet(image: Image.Image) -> bytes:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return packet.encode("utf-8", "replace") if isinstance(packet, str) else bytes(packet)


def _iptc_block(image: Image.Image) -> bytes:
    """Return the IPTC block of a JPEG (in its Photoshop part) or a TIFF; empty when there is none."""
    blocks = image.info.get("photoshop")
    if isinstance(blocks, dict):
        block = blocks.get(0x0404, b"")
        return block if isinstance(block, bytes) else b""
    tags = getattr(image, "tag_v2", None)
    value = tags.get(33723) if tags is not None else None
    if isinstance(value, tuple):  # four bytes to a number, as some programs declare it
        order = "<" if tags is not None and tags.prefix == b"II" else ">"
        return struct.pack(f"{order}{len(value)}L", *value)
    return value if isinstance(value, bytes) else b""


def _iptc_records(block: bytes) -> _Records:
    """Return the application records of an IPTC-IIM block (IIM 4.2, section 1.6), by number."""
    raw: dict[int, list[bytes]] = {}
    utf8 = False
    at = 0
    while at + 5 <= len(block) and block[at] == 0x1C:
        record, number, length = block[at + 1], block[at + 2], int.from_bytes(block[at + 3 : at + 5], "big")
        at += 5
        if length & 0x8000:  # a long record; no text that we want is that long
            break
        value = block[at : at + length]
        at += length
        if record == 1 and number == 90:
            utf8 = value.startswith(b"\x1b%G")
        elif record == 2 and len(raw.setdefault(number, [])) < KEYWORDS_LIMIT:
            raw[number].append(value)
    # Without the mark it may be UTF-8 all the same; Latin-1 text hardly ever passes for it.
    decode = (lambda value: value.decode("utf-8", "replace")) if utf8 else _utf8_or_latin1
    return {number: tuple(decode(value) for value in values) for number, values in raw.items()}
