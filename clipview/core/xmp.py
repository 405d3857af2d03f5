"""XMP: the only module that reads the RDF/XML that photo programs put in and beside photos.

Source of the format: ISO 16684-1 (XMP) and the IPTC Photo Metadata Standard for what the properties mean.
"""

from __future__ import annotations

import codecs
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

log = logging.getLogger(__name__)

SIZE_LIMIT_BYTES = 1 << 20

_NAMESPACES = {
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


@dataclass(frozen=True, slots=True)
class Xmp:
    """The properties of one packet by their usual short names, such as `dc:subject`; those of no use are left out."""

    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a property, in order."""
        return self.properties.get(name, ())

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these properties that has one."""
        return next((value for name in names for value in self.all(name)), None)


def parse_xmp(packet: bytes) -> Xmp:
    """Read a packet; one that is broken, larger than a mebibyte or declares entities is taken as empty."""
    if len(packet) > SIZE_LIMIT_BYTES:
        log.debug("Ignoring an XMP packet of %d bytes", len(packet))
        return Xmp()
    text = _decoded(packet).strip("\x00 \t\r\n\ufeff")
    # Entities can grow a short text to gigabytes or name other files, and no photo program writes them.
    if not text or "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        return Xmp()
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - entities are refused above, the size is capped
    except (ElementTree.ParseError, ValueError) as error:
        log.debug("Ignoring a broken XMP packet: %s", error)
        return Xmp()
    properties: dict[str, tuple[str, ...]] = {}
    for name, values in _properties(root):
        properties[name] = properties.get(name, ()) + values
    return Xmp(properties)


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
                name = _short_name(element.tag)
                values = _values(element)
                if name and values:
                    yield name, values


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
