"""XMP: how the RDF/XML is read that photo programs put in and beside photos.

Source of the format: ISO 16684-1 (XMP) and the IPTC Photo Metadata Standard for what the properties mean.
"""

from __future__ import annotations

import codecs
import logging
from collections.abc import Iterator
from xml.etree import ElementTree

from msgspec import Struct, field

log = logging.getLogger(__name__)

SIZE_LIMIT_BYTES = 1 << 20
"""Of a packet inside a photo."""

PEOPLE = "people"
"""Under this name `Xmp` gives the names of the people that regions of the picture show."""

_DEEPEST = 100
"""Elements inside each other; real packets have a dozen, and a deep tree can exhaust the stack."""

_MWG = "http://www.metadataworkinggroup.com/schemas/regions/"
_MP_REGION = "http://ns.microsoft.com/photo/1.2/t/Region#"
_REGION_PROPERTIES = frozenset({f"{{{_MWG}}}Regions", "{http://ns.microsoft.com/photo/1.2/}RegionInfo"})

_NAMESPACES = {
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://www.digikam.org/ns/1.0/": "digiKam",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Xmp(Struct, frozen=True):
    """The properties of one packet by their usual short names, such as `dc:subject`; those of no use are left out."""

    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a property, in order."""
        return self.properties.get(name, ())

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these properties that has one."""
        return next((value for name in names for value in self.all(name)), None)


def parse_xmp(packet: bytes, limit_bytes: int = SIZE_LIMIT_BYTES) -> Xmp:
    """Read a packet; one that is broken, larger than the limit or declares entities is taken as empty."""
    if len(packet) > limit_bytes:
        log.debug("Ignoring an XMP packet of %d bytes", len(packet))
        return Xmp()
    text = _decoded(packet).strip("\x00 \t\r\n\ufeff")
    # Entities can grow a short text to gigabytes or name other files, and no photo program writes them.
    if not text or "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        return Xmp()
    try:
        # Entities are refused above, size and depth are capped.
        parser = ElementTree.XMLParser(target=_ShallowBuilder())  # noqa: S314
        parser.feed(text)
        root = parser.close()
    except (ElementTree.ParseError, ValueError) as error:
        log.debug("Ignoring a broken XMP packet: %s", error)
        return Xmp()
    properties: dict[str, tuple[str, ...]] = {}
    for name, values in _properties(root):
        properties[name] = properties.get(name, ()) + values
    return Xmp(properties)


class _ShallowBuilder(ElementTree.TreeBuilder):
    """Builds a tree that isn't deep."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("elements lie too deep inside each other")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def _decoded(packet: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if packet.startswith(mark):
            return packet[2:].decode(encoding, "replace")
    return packet.decode("utf-8", "replace")


def _properties(root: ElementTree.Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    for rdf in root.iter(f"{_RDF}RDF"):
        # Only what is directly below describes this photo; deeper ones describe its history or its sources.
        for description in rdf.findall(f"{_RDF}Description"):
            for tag, text in description.attrib.items():
                name = _short_name(tag)
                if name and text.strip():
                    yield name, (text.strip(),)
            for element in description:
                if element.tag in _REGION_PROPERTIES:
                    yield PEOPLE, tuple(_people(element))
                name = _short_name(element.tag)
                values = _values(element)
                if name and values:
                    yield name, values


def _people(regions: ElementTree.Element) -> Iterator[str]:
    """Give the names in the regions of the Metadata Working Group (guidelines 2.0, 5.9) or of Microsoft."""
    for element in regions.iter():
        kind = _part(element, _MWG, "Type")
        if kind is None or kind.casefold() == "face":
            name = _part(element, _MWG, "Name") or _part(element, _MP_REGION, "PersonDisplayName")
            if name:
                yield name


def _part(element: ElementTree.Element, namespace: str, name: str) -> str | None:
    """Return a field of a structure, which may be written as an attribute or as an element."""
    tag = f"{{{namespace}}}{name}"
    return (element.get(tag) or element.findtext(tag) or "").strip() or None


def _short_name(tag: str) -> str | None:
    namespace, _, name = tag[1:].rpartition("}")
    prefix = _NAMESPACES.get(namespace)
    return f"{prefix}:{name}" if prefix else None


def _values(element: ElementTree.Element) -> tuple[str, ...]:
    for container in element:
        if container.tag in {f"{_RDF}Bag", f"{_RDF}Seq", f"{_RDF}Alt"}:
            items = [item for item in container if item.tag == f"{_RDF}li"]
            if container.tag == f"{_RDF}Alt":
                items.sort(key=lambda item: item.get(_LANG, "x-default") != "x-default")
            return tuple(text for item in items if (text := (item.text or "").strip()))
    text = (element.text or "").strip()
    return (text,) if text else ()
