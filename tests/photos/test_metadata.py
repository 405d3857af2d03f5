from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from photo_files import encoded, quarters
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational as Ratio

from clipview.core.metadata import CAPTION_LIMIT, KEYWORD_LIMIT, KEYWORDS_LIMIT, read_metadata
from clipview.core.types import Metadata
from clipview.core.xmp import parse_xmp


def _read(
    first: dict[int, Any] | None = None,
    photo: dict[int, Any] | None = None,
    gps: dict[int, Any] | None = None,
    xmp: str | bytes = b"",
    iptc: bytes = b"",
) -> Metadata:
    """Write a JPEG with this metadata and read it back."""
    exif = Image.Exif()
    exif.update(first or {})
    exif.get_ifd(0x8769).update(photo or {})
    exif.get_ifd(0x8825).update(gps or {})
    jpeg = encoded(quarters(32, 32), "JPEG", exif=exif.tobytes(), xmp=xmp.encode() if isinstance(xmp, str) else xmp)
    if iptc:
        block = b"8BIM\x04\x04\x00\x00" + len(iptc).to_bytes(4, "big") + iptc + bytes(len(iptc) % 2)
        body = b"Photoshop 3.0\x00" + block
        jpeg = jpeg[:2] + b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]
    with Image.open(io.BytesIO(jpeg)) as image:
        return read_metadata(image)


def _packet(body: str, attributes: str = "") -> str:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        f'xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" {attributes}>{body}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


def _bag(name: str, *items: str, kind: str = "Bag") -> str:
    return f"<{name}><rdf:{kind}>" + "".join(f"<rdf:li>{item}</rdf:li>" for item in items) + f"</rdf:{kind}></{name}>"


def _record(number: int, text: bytes, record: int = 2) -> bytes:
    return bytes([0x1C, record, number]) + len(text).to_bytes(2, "big") + text


def test_photo_without_metadata_says_nothing() -> None:
    assert _read() == Metadata()


def test_exposure_and_place_are_read() -> None:
    metadata = _read(
        {0x010F: "NIKON CORPORATION", 0x0110: "NIKON D90"},
        {0x829A: Ratio(1, 250), 0x829D: Ratio(28, 10), 0x8827: 400, 0x920A: Ratio(50), 0xA434: "50mm f/1.8"},
        {1: "S", 2: (33.0, 51.0, 24.0), 3: "E", 4: (151.0, 12.0, 36.0)},
    )
    assert (metadata.camera, metadata.lens) == ("NIKON D90", "50mm f/1.8")
    assert (metadata.exposure_s, metadata.f_number) == (0.004, 2.8)
    assert (metadata.iso, metadata.focal_length_mm) == (400, 50.0)
    assert metadata.latitude == pytest.approx(-33.856667)
    assert metadata.longitude == pytest.approx(151.21)


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("OLYMPUS IMAGING CORP.", "E-M1", "OLYMPUS E-M1"),
        ("Apple", "iPhone 12", "Apple iPhone 12"),
        ("SONY\x00\x00", "DSC-RX100  ", "SONY DSC-RX100"),
        ("", "Scanner", "Scanner"),
        ("Leica Camera AG", "LEICA Q2", "LEICA Q2"),
        ("Fuzz", "", "Fuzz"),
    ],
)
def test_camera_is_named_without_saying_its_maker_twice(make: str, model: str, camera: str) -> None:
    assert _read({0x010F: make, 0x0110: model}).camera == camera


def test_apex_values_stand_in_for_missing_exposure() -> None:
    metadata = _read(photo={0x9201: Ratio(8), 0x9202: Ratio(4)})
    assert (metadata.exposure_s, metadata.f_number) == (1 / 256, 4.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019:05:01 12:34:56", datetime(2019, 5, 1, 12, 34, 56)),
        ("2019-05-01T12:34:56.789+02:00", datetime(2019, 5, 1, 12, 34, 56)),
        ("2019:05:01", datetime(2019, 5, 1)),
        ("1826:06:01 00:00:00", datetime(1826, 6, 1)),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("1825:01:01 00:00:00", None),
        ("2999:01:01 00:00:00", None),
        ("2019:13:01 12:00:00", None),
        ("2019:02:30 12:00:00", None),
        ("yesterday", None),
    ],
)
def test_dates_are_read_as_cameras_write_them_and_nonsense_is_not(text: str, expected: datetime | None) -> None:
    assert _read(photo={0x9003: text}).taken_at == expected


def test_best_date_wins_and_nonsense_makes_way_for_the_next() -> None:
    xmp = _packet("", 'photoshop:DateCreated="2003-03-03T03:03:03" exif:DateTimeOriginal="0000-00-00"')
    iptc = _record(55, b"20040404") + _record(60, b"040404+0000")
    everything = {0x9003: "2000:01:01 00:00:00", 0x9004: "2001:01:01 00:00:00"}
    first = {0x0132: "2002:01:01 00:00:00"}

    def year(**sources: Any) -> int | None:
        moment = _read(**sources).taken_at
        return moment.year if moment else None

    assert year(first=first, photo=everything, xmp=xmp, iptc=iptc) == 2000
    assert year(first=first, photo={**everything, 0x9003: "0000:00:00 00:00:00"}, xmp=xmp, iptc=iptc) == 2001
    assert year(first=first, xmp=xmp, iptc=iptc) == 2002
    assert year(xmp=xmp, iptc=iptc) == 2003
    assert _read(iptc=iptc).taken_at == datetime(2004, 4, 4, 4, 4, 4)


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: (10.0, 0.0, 0.0), 3: "E", 4: (181.0, 0.0, 0.0)},
        {1: "X", 2: (10.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {2: (10.0, 0.0, 0.0), 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: (10.0, 99.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: (10.0, 0.0, 0.0)},
    ],
)
def test_impossible_places_are_dropped(gps: dict[int, Any]) -> None:
    metadata = _read(gps=gps)
    assert (metadata.latitude, metadata.longitude) == (None, None)


def test_xmp_is_read() -> None:
    caption = '<dc:description><rdf:Alt><rdf:li xml:lang="de">See</rdf:li><rdf:li xml:lang="x-default">Lake</rdf:li>'
    body = (
        _bag("dc:subject", "lake", "Été", "  ")
        + _bag("lr:hierarchicalSubject", "places|France|Annecy", "lake")
        + caption
        + "</rdf:Alt></dc:description>"
    )
    attributes = 'xmp:Rating="4" exif:GPSLatitude="45,54.0N" exif:GPSLongitude="6,7.5E" aux:Lens="24-70mm"'
    metadata = _read(xmp=_packet(body, attributes))
    assert metadata.caption == "Lake"
    assert metadata.keywords == ("lake", "Été", "Annecy")
    assert metadata.rating == 4
    assert (metadata.latitude, metadata.longitude) == (45.9, 6.125)
    assert metadata.lens == "24-70mm"


def test_words_are_joined_from_all_sources_without_doubles() -> None:
    iptc = _record(25, b"Lake") + _record(25, "Zürich".encode("latin-1")) + _record(120, b"from IPTC")
    metadata = _read(
        {0x9C9E: "boat;zürich\x00".encode("utf-16-le")}, xmp=_packet(_bag("dc:subject", "lake")), iptc=iptc
    )
    assert metadata.keywords == ("lake", "Zürich", "boat")
    assert metadata.caption == "from IPTC"


def test_iptc_with_its_utf8_mark_is_read_as_utf8() -> None:
    iptc = _record(90, b"\x1b%G", record=1) + _record(25, "שלום".encode())
    assert _read(iptc=iptc).keywords == ("שלום",)


@pytest.mark.parametrize(
    ("first", "photo", "caption"),
    [
        ({0x010E: "Plage de Nice, été".encode()}, {}, "Plage de Nice, été"),
        ({0x9C9C: "Grüße\x00".encode("utf-16-le")}, {}, "Grüße"),
        ({0x9C9B: "A title\x00".encode("utf-16-le")}, {}, "A title"),
        ({}, {0x9286: b"ASCII\x00\x00\x00Hello"}, "Hello"),
        ({}, {0x9286: b"UNICODE\x00" + "Hi é".encode("utf-16-be")}, "Hi é"),
        ({}, {0x9286: b"UNICODE\x00" + "Hi é".encode("utf-16-le")}, "Hi é"),
        ({}, {0x9286: bytes(8) + b"plain"}, "plain"),
        ({0x010E: "OLYMPUS DIGITAL CAMERA         "}, {}, None),
        ({0x010E: "SONY DSC"}, {0x9286: b"ASCII\x00\x00\x00mine"}, "mine"),
        ({0x010E: "Canon X", 0x0110: "Canon X"}, {}, None),
    ],
)
def test_captions_are_found_where_programs_put_them(
    first: dict[int, Any], photo: dict[int, Any], caption: str | None
) -> None:
    assert _read(first, photo).caption == caption


def test_control_characters_are_stripped_and_lengths_are_capped() -> None:
    # A packet written by hand can't hold control characters; IPTC can.
    iptc = _record(120, b"one\x1b[31m\x07two " + b"x" * 5000) + _record(25, b"a\nb\x00c" + b"y" * 500)
    iptc += b"".join(_record(25, b"word %d" % number) for number in range(500))
    metadata = _read(iptc=iptc)
    assert metadata.caption is not None
    assert metadata.caption.startswith("one [31m two xxx")
    assert len(metadata.caption) == CAPTION_LIMIT
    assert metadata.keywords[0].startswith("a b cyyy")
    assert len(metadata.keywords) == KEYWORDS_LIMIT
    assert max(map(len, metadata.keywords)) <= KEYWORD_LIMIT


@pytest.mark.parametrize(("text", "rating"), [("5", 5), ("-1", -1), ("0", 0), ("3.0", 3), ("99", None), ("many", None)])
def test_rating_is_kept_in_range(text: str, rating: int | None) -> None:
    assert _read(xmp=_packet("", f'xmp:Rating="{text}"')).rating == rating


def test_ratio_with_a_zero_below_is_dropped() -> None:
    metadata = _read(photo={0x829A: Ratio(1, 0), 0x829D: Ratio(0, 0), 0x920A: Ratio(5, 0)})
    assert (metadata.exposure_s, metadata.f_number, metadata.focal_length_mm) == (None, None, None)


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\x00\xff" * 100,
        b"<x:xmpmeta>",
        _packet(_bag("dc:subject", "a")).encode()[:-40],
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + _packet(_bag("dc:subject", "&a;")).encode(),
        _packet(_bag("dc:subject", "a" * 2_000_000)).encode(),
        b"<a>" * 100_000,
        b"<a>" * 100_000 + b"</a>" * 100_000,
    ],
)
def test_broken_or_dangerous_xmp_is_taken_as_empty(packet: bytes) -> None:
    assert parse_xmp(packet).properties == {}


def test_xmp_in_utf16_is_read_and_its_entities_are_refused_too() -> None:
    packet = _packet(_bag("dc:subject", "lake"))
    assert parse_xmp(packet.encode("utf-16")).all("dc:subject") == ("lake",)
    assert parse_xmp(('<!DOCTYPE x [<!ENTITY a "b">]>' + packet).encode("utf-16")).properties == {}


def test_metadata_of_other_formats_is_read() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Anywhere"
    packet = _packet(_bag("dc:subject", "lake")).encode()
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", packet.decode())
    for name in ("PNG", "WEBP", "TIFF", "AVIF"):
        options = {"PNG": {"pnginfo": text}, "TIFF": {"tiffinfo": {270: "Anywhere", 700: packet}}}.get(
            name, {"xmp": packet}
        )
        photo = encoded(quarters(32, 32), name, exif=exif.tobytes(), **dict[str, Any](options))
        with Image.open(io.BytesIO(photo)) as image:
            image.load()
            metadata = read_metadata(image)
        assert metadata.caption == "Anywhere", name
        assert metadata.keywords == ("lake",), name


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(exif=st.binary(max_size=300), xmp=st.binary(max_size=300), iptc=st.binary(max_size=300), little=st.booleans())
def test_no_bytes_make_it_raise(exif: bytes, xmp: bytes, iptc: bytes, little: bool) -> None:
    image = Image.new("RGB", (1, 1))
    head = b"II*\x00\x08\x00\x00\x00" if little else b"MM\x00*\x00\x00\x00\x08"
    image.info |= {"exif": b"Exif\x00\x00" + head + exif, "xmp": xmp, "photoshop": {0x0404: b"\x1c\x02\x19" + iptc}}
    assert isinstance(read_metadata(image), Metadata)


_EXIF = Image.Exif()
_EXIF.update({0x010F: "Maker", 0x0110: "Model", 0x010E: "Words", 0x0132: "2019:05:01 12:34:56"})
_EXIF.get_ifd(0x8769).update({0x829A: Ratio(1, 250), 0x9003: "2019:05:01 12:34:56", 0x9286: b"UNICODE\x00a\x00b\x00"})
_EXIF.get_ifd(0x8825).update({1: "N", 2: (1.0, 2.0, 3.0), 3: "E", 4: (1.0, 2.0, 3.0)})
_VALID = _EXIF.tobytes()


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(6, len(_VALID) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_no_flipped_byte_makes_it_raise(changes: list[tuple[int, int]]) -> None:
    broken = bytearray(_VALID)
    for at, value in changes:
        broken[at] = value
    image = Image.new("RGB", (1, 1))
    image.info["exif"] = bytes(broken)
    assert isinstance(read_metadata(image), Metadata)
