"""How properties are changed in an XMP packet while every other byte of it stays as it is.

A packet is never written anew from a parsed tree: that would lose prefixes, comments and the order of what other
programs keep in it. Instead the places of the few properties in question are found, and only they are replaced.
Source of the format: ISO 16684-1, 7 (RDF serialisation).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.parsers import expat

from msgspec import Struct, field

from clipview.core.errors import ClipViewError
from clipview.core.xmp import parse_xmp

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}

_EMPTY: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f' <rdf:RDF xmlns:rdf="{RDF}">\n'
    '  <rdf:Description rdf:about=""\n'
    f'    xmlns:dc="{NAMESPACES["dc"]}"\n'
    f'    xmlns:lr="{NAMESPACES["lr"]}"\n'
    f'    xmlns:xmp="{NAMESPACES["xmp"]}">\n'
    "  </rdf:Description>\n"
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    '<?xpacket end="w"?>\n'
).encode()

_DEEPEST: Final = 100
# Not from `xml.sax.saxutils`, which loads all that web addresses are opened with.
_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Bag(Struct, frozen=True):
    """A list without an order."""

    values: tuple[str, ...]


class Text(Struct, frozen=True):
    """A text in the default language; what is there in other languages stays."""

    value: str


Value = Bag | Text | str


def merged(packet: bytes | None, properties: Mapping[str, Value], limit_bytes: int) -> bytes:
    """Return a packet in which these properties have these values.

    Args:
        packet: as it is now; None or blank for a new one.
        properties: by names such as `dc:subject`, in the namespaces of `NAMESPACES`.
        limit_bytes: larger packets are refused.

    Raises ClipViewError, whose message says what is wrong with the packet, when it can't be changed safely.
    """
    data = _EMPTY if packet is None or not packet.strip(b"\x00 \t\r\n") else _as_utf8(packet)
    if len(data) > limit_bytes:
        raise ClipViewError(f"it has more than {limit_bytes >> 20} MiB")
    found = _locate(data)
    edits: list[tuple[int, int, bytes]] = []
    fresh: list[bytes] = []
    for name, value in properties.items():
        places = found.places.get(name, [])
        for number, place in enumerate(places):
            new = b""
            if number == 0 and isinstance(value, str) and place.attribute is not None:
                new = place.attribute + b'="' + _escaped(value) + b'"'
            elif number == 0 and place.attribute is None:
                new = _element(name, value, found.prefixes, place.others)
            elif number == 0:
                fresh.append(_element(name, value, found.prefixes, ()))
            edits.append((place.start, place.end, new))
        if not places:
            fresh.append(_element(name, value, found.prefixes, ()))
    edits += _insertions(data, found, fresh)
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new + data[end:]
    _check(data, properties)
    return data


class _Place(Struct):
    """Where one property stands."""

    start: int
    end: int
    attribute: bytes | None = None
    """Its name as written with the space before it, when it is an attribute of a Description."""
    others: tuple[tuple[str, str], ...] = ()
    """Language and text of the other items of a text in several languages."""


class _Found(Struct):
    places: dict[str, list[_Place]] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    """Namespaces by prefix, as they hold inside the first Description."""
    tag_start: int = -1
    tag_end: int = -1
    """The start tag of the first Description."""
    close: int = -1
    """Its end tag; -1 when it has none of its own (`<rdf:Description ... />`)."""
    name: bytes = b""


def _locate(data: bytes) -> _Found:
    """Find the properties in question in the Descriptions that describe the photo itself."""
    search = _Search(data)
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.StartElementHandler = search.start
    parser.EndElementHandler = search.end
    parser.CharacterDataHandler = search.text
    parser.StartNamespaceDeclHandler = search.declare
    parser.StartDoctypeDeclHandler = search.refuse
    search.index = lambda: parser.CurrentByteIndex
    try:
        parser.Parse(data, True)  # noqa: FBT003 - takes no keywords
    except expat.ExpatError as error:
        raise ClipViewError(f"it is not well-formed XML ({error})") from error
    if search.found.tag_start < 0:
        raise ClipViewError("it has no rdf:Description")
    return search.found


class _Search:
    """What the parser tells, as it walks through a packet."""

    def __init__(self, data: bytes) -> None:
        self.found = _Found()
        self._data = data
        self._path: list[str] = []
        self._declared: dict[str, str] = {}
        self._open: tuple[str, int, int] | None = None
        self._language = ""
        self._words = ""
        self._others: list[tuple[str, str]] = []
        self.index: Callable[[], int] = int
        """Tells where the parser is in the data."""

    def refuse(self, *_: object) -> None:
        raise ClipViewError("it declares entities")

    def declare(self, prefix: str | None, uri: str) -> None:
        if self.found.tag_start < 0:
            self._declared[prefix or ""] = uri

    def start(self, tag: str, attributes: list[str]) -> None:
        uri, name, _ = _split(tag)
        self._path.append(f"{uri}{name}")
        if len(self._path) > _DEEPEST:
            raise ClipViewError("its elements lie too deep inside each other")
        index = self.index()
        if self._describes(len(self._path)):
            self._description(index, attributes)
        elif self._describes(len(self._path) - 1):
            short = _short(uri, name)
            if short is not None:
                self._open = (short, index, len(self._path))
                self._others = []
        elif self._open is not None and self._path[-1] == f"{RDF}li":
            pairs = zip(attributes[::2], attributes[1::2], strict=True)
            self._language = next((value for key, value in pairs if _split(key)[1] == "lang"), "x-default")
            self._words = ""

    def text(self, words: str) -> None:
        self._words += words

    def end(self, _: str) -> None:
        index = self.index()
        if self._open is not None and self._path[-1] == f"{RDF}li" and self._language != "x-default":
            self._others.append((self._language, self._words))
        if self._open is not None and len(self._path) == self._open[2]:
            name, start = self._open[:2]
            place = _Place(start, self._end_of(start, index), others=tuple(self._others))
            self.found.places.setdefault(name, []).append(place)
            self._open = None
        elif self._describes(len(self._path)) and self.found.close < 0 and self.found.tag_end > 0:
            alone = self._data[self.found.tag_end - 2 : self.found.tag_end] == b"/>"
            if not alone:
                self.found.close = index
        self._path.pop()

    def _describes(self, depth: int) -> bool:
        return (
            2 <= depth <= len(self._path)
            and self._path[depth - 1] == f"{RDF}Description"
            and self._path[depth - 2] == f"{RDF}RDF"
        )

    def _description(self, start: int, attributes: list[str]) -> None:
        end = _tag_end(self._data, start)
        if self.found.tag_start < 0:
            self.found.tag_start, self.found.tag_end = start, end
            self.found.prefixes = dict(self._declared)
            self.found.name = re.split(rb"[\s/>]", self._data[start + 1 : end], maxsplit=1)[0]
        for key in attributes[::2]:
            uri, name, prefix = _split(key)
            short = _short(uri, name)
            if short is not None:
                written = f"{prefix}:{name}".encode()
                pattern = rb"(\s+" + re.escape(written) + rb")\s*=\s*(?:\"[^\"]*\"|'[^']*')"
                match = re.compile(pattern).search(self._data, start, end)
                if match is None:
                    raise ClipViewError(f"its {short} is written in a way that can't be replaced")
                self.found.places.setdefault(short, []).append(_Place(match.start(), match.end(), match[1]))

    def _end_of(self, start: int, index: int) -> int:
        own = _tag_end(self._data, start)
        return own if self._data[own - 2 : own] == b"/>" else self._data.index(b">", index) + 1


def _split(tag: str) -> tuple[str, str, str]:
    parts = tag.split("\n")
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""


def _short(uri: str, name: str) -> str | None:
    prefix = next((short for short, known in NAMESPACES.items() if known == uri), None)
    return f"{prefix}:{name}" if prefix else None


def _tag_end(data: bytes, start: int) -> int:
    """Return where a start tag ends: behind the first ">" that is in no quotes."""
    match = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>").match(data, start)
    if match is None:
        raise ClipViewError("one of its tags can't be read")
    return match.end()


def _element(name: str, value: Value, prefixes: Mapping[str, str], others: Sequence[tuple[str, str]]) -> bytes:
    """Return a property as an element, which declares the prefixes that don't hold where it will stand."""
    short = name.partition(":")[0]
    declared = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in ((short, NAMESPACES[short]), ("rdf", RDF))
        if prefixes.get(prefix) != uri and (prefix != "rdf" or not isinstance(value, str))
    ).encode()
    opening, closing = f"<{name}".encode() + declared + b">", f"</{name}>".encode()
    if isinstance(value, str):
        return opening + _escaped(value) + closing
    if isinstance(value, Bag):
        items = b"".join(b"\n     <rdf:li>" + _escaped(each) + b"</rdf:li>" for each in value.values)
        return opening + b"\n    <rdf:Bag>" + items + b"\n    </rdf:Bag>\n   " + closing
    texts = [("x-default", value.value), *others]
    items = b"".join(
        b'\n     <rdf:li xml:lang="' + _escaped(language) + b'">' + _escaped(text) + b"</rdf:li>"
        for language, text in texts
    )
    return opening + b"\n    <rdf:Alt>" + items + b"\n    </rdf:Alt>\n   " + closing


def _escaped(text: str) -> bytes:
    """Return text for a packet of any encoding: what is not ASCII becomes a character reference."""
    clean = _CONTROLS.sub("\ufffd", text)
    return clean.translate(_ESCAPES).encode("ascii", "xmlcharrefreplace")


def _insertions(data: bytes, found: _Found, fresh: Sequence[bytes]) -> list[tuple[int, int, bytes]]:
    if not fresh:
        return []
    lines = b"".join(b"\n   " + each for each in fresh)
    if found.close >= 0:
        inside = data[found.tag_end : found.close]
        place = found.tag_end + len(inside.rstrip())
        return [(place, place, lines if inside.strip() or inside else lines + b"\n  ")]
    if data[found.tag_end - 2 : found.tag_end] == b"/>":
        return [(found.tag_end - 2, found.tag_end, b">" + lines + b"\n  </" + found.name + b">")]
    return [(found.tag_end, found.tag_end, lines + b"\n  ")]


def _as_utf8(packet: bytes) -> bytes:
    """Return a packet in an encoding whose tags are ASCII."""
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if packet.startswith(mark):
            text = packet.decode("utf-16", "replace")
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).lstrip().encode()
    return packet.rstrip(b"\x00")


def _check(data: bytes, properties: Mapping[str, Value]) -> None:
    """Refuse to give away a packet that doesn't say what it should."""
    told = parse_xmp(data, len(data))
    for name, value in properties.items():
        wanted = value.values if isinstance(value, Bag) else (value.value if isinstance(value, Text) else value,)
        said = told.all(name) if isinstance(value, Bag) else told.all(name)[:1]
        if [each.split() for each in said] != [_CONTROLS.sub("\ufffd", each).split() for each in wanted]:
            raise ClipViewError(f"its {name} can't be replaced")
