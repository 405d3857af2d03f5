"""XMP sidecars: written beside photos, merged with what is there, and read back by others and by a scan."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from clipview.core.errors import ClipViewError
from clipview.core.metadata import read_sidecar
from clipview.core.sidecars import Said, sidecar_of, write
from clipview.core.xmp_merge import Bag, Text, merged

SAID = Said((("animals", "dog"), ('Käse <&> "x"',)), 4, "Ein Hund\nam Strand & mehr")

DARKTABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <!-- kept by hand -->
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
    exif:DateTimeOriginal="2019:07:14 10:00:00"
    xmp:Rating='1'
    darktable:history_end="2">
   <darktable:history>
    <rdf:Seq>
     <rdf:li darktable:params="gz01eJx&gt;xmp:Rating=&quot;3&quot;"/>
    </rdf:Seq>
   </darktable:history>
   <dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Bag><rdf:li>Oslo</rdf:li></rdf:Bag></dc:subject>
   <dc:description xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Alt><rdf:li xml:lang="x-default">old</rdf:li>
    <rdf:li xml:lang="fr">un chien</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


def _tool() -> str:
    tool = shutil.which("exiftool")
    if tool is None:
        pytest.skip("exiftool is not installed (Debian: libimage-exiftool-perl), so its view can't be compared")
    return tool


def _exiftool(*arguments: str | Path) -> dict[str, object]:
    done = subprocess.run([_tool(), "-json", "-struct", *map(os.fspath, arguments)], capture_output=True, check=True)
    return json.loads(done.stdout)[0]


def test_exiftool_reads_what_was_written(tmp_path):
    write(tmp_path / "a.jpg.xmp", SAID)
    told = _exiftool("-Subject", "-HierarchicalSubject", "-XMP:Rating", "-Description", tmp_path / "a.jpg.xmp")
    assert told["Subject"] == ["animals", "dog", 'Käse <&> "x"']
    assert told["HierarchicalSubject"] == ["animals|dog", 'Käse <&> "x"']
    assert (told["Rating"], told["Description"]) == (4, "Ein Hund\nam Strand & mehr")


def test_what_exiftool_writes_is_read_and_kept(tmp_path):
    sidecar = tmp_path / "a.xmp"
    subprocess.run(
        [
            _tool(), "-q", "-XMP-dc:Subject=Oslo", "-XMP-dc:Subject=Winter", "-XMP:Rating=2", "-XMP:City=Oslo",
            "-XMP:Country=Norway", "-XMP-dc:Description=snow", "-XMP-dc:Description-de=Schnee", "-XMP:Label=Red",
            "-RegionInfo={AppliedToDimensions={W=10,H=10,Unit=pixel},RegionList=[{Name=Ada,Type=Face,"
            "Area={X=0.5,Y=0.5,W=0.1,H=0.1,Unit=normalized}},{Name=Rex,Type=Pet,"
            "Area={X=0.2,Y=0.5,W=0.1,H=0.1,Unit=normalized}}]}",
            os.fspath(sidecar),
        ],
        check=True,
    )  # fmt: skip
    told = read_sidecar(sidecar.read_bytes())
    assert told.keywords == ("Oslo", "Winter")
    assert (told.rating, told.caption, told.places, told.people) == (2, "snow", ("Oslo", "Norway"), ("Ada",))
    before = _exiftool("-XMP:all", "-Description-de", sidecar)
    assert write(sidecar, Said((("dog",),), 5)).changed
    after = _exiftool("-XMP:all", "-Description-de", sidecar)
    assert after.pop("Subject") == ["Oslo", "Winter", "dog"]
    assert after.pop("HierarchicalSubject") == ["dog"]
    assert after.pop("Rating") == 5
    for changed in ("Subject", "Rating"):
        before.pop(changed)
    assert after == before


def test_every_other_byte_of_a_sidecar_stays(tmp_path):
    sidecar = tmp_path / "IMG.CR2.xmp"
    sidecar.write_bytes(DARKTABLE)
    assert write(sidecar, Said(rating=5)).changed
    assert sidecar.read_bytes() == DARKTABLE.replace(b"xmp:Rating='1'", b'xmp:Rating="5"')


def test_words_are_added_to_those_of_other_programs_and_other_languages_stay(tmp_path):
    sidecar = tmp_path / "IMG.CR2.xmp"
    sidecar.write_bytes(DARKTABLE)
    write(sidecar, Said((("city",), ("oslo",)), caption="a dog"))
    packet = sidecar.read_bytes()
    assert b"<!-- kept by hand -->" in packet
    assert b'darktable:params="gz01eJx&gt;xmp:Rating=&quot;3&quot;"' in packet
    assert "un chien" in packet.decode()
    told = read_sidecar(packet)
    assert (told.keywords, told.caption, told.rating) == (("Oslo", "city"), "a dog", 1)


def test_writing_the_same_again_changes_nothing(tmp_path):
    sidecar = tmp_path / "a.jpg.xmp"
    assert write(sidecar, SAID).changed
    before = sidecar.read_bytes(), sidecar.stat().st_mtime_ns
    assert not write(sidecar, SAID, ("animals", "dog")).changed
    assert (sidecar.read_bytes(), sidecar.stat().st_mtime_ns) == before


def test_keyword_that_was_written_earlier_goes_when_it_is_ours_no_longer(tmp_path):
    sidecar = tmp_path / "IMG.CR2.xmp"
    sidecar.write_bytes(DARKTABLE)
    write(sidecar, Said((("animals", "dog"),)))
    write(sidecar, Said((("animals", "cat"),)), ("animals", "dog"))
    assert read_sidecar(sidecar.read_bytes()).keywords == ("Oslo", "animals", "cat")


@pytest.mark.parametrize(
    ("packet", "why"),
    [
        (b"<a", "not well-formed"),
        (b"<a/>", "no rdf:Description"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + DARKTABLE.partition(b"?>")[2], "declares entities"),
        (b"<a>" * 5000 + b"</a>" * 5000, "too deep"),
        (DARKTABLE + b" " * (9 << 20), "too large"),
    ],
)
def test_sidecar_that_cannot_be_merged_safely_stays_as_it_is(tmp_path, packet, why):
    sidecar = tmp_path / "a.jpg.xmp"
    sidecar.write_bytes(packet)
    with pytest.raises(ClipViewError, match=why):
        write(sidecar, SAID)
    assert sidecar.read_bytes() == packet
    assert list(tmp_path.iterdir()) == [sidecar]


def test_hostile_sidecar_says_nothing_and_harms_nothing():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'.encode()
    for packet in (bomb, b"<a>" * 200_000, b"\x00\xff" * 50, b"", "\ufeff<x/>".encode("utf-16")):
        assert read_sidecar(packet).keywords == ()


def test_a_link_in_place_of_a_sidecar_is_never_followed(tmp_path):
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"the photo")
    sidecar = tmp_path / "a.jpg.xmp"
    sidecar.symlink_to(photo)
    with pytest.raises(ClipViewError, match="link"):
        write(sidecar, SAID)
    assert photo.read_bytes() == b"the photo"
    assert sidecar.is_symlink()


def test_empty_description_and_other_prefixes_are_understood():
    packet = (
        b'<q:RDF xmlns:q="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><q:Description q:about="uuid:1"'
        b' xmlns:z="http://ns.adobe.com/xap/1.0/" z:Rating="2" z:Label="Red"/></q:RDF>'
    )
    told = read_sidecar(
        merged(packet, {"xmp:Rating": "3", "dc:subject": Bag(("x",)), "dc:description": Text("y")}, 1 << 20)
    )
    assert (told.rating, told.keywords, told.caption) == (3, ("x",), "y")


def test_sidecar_in_utf_16_is_merged():
    packet = ("\ufeff" + DARKTABLE.decode().replace("UTF-8", "UTF-16")).encode("utf-16-le")
    told = read_sidecar(merged(packet, {"xmp:Rating": "3"}, 1 << 20))
    assert (told.rating, told.keywords) == (3, ("Oslo",))


@pytest.mark.parametrize(
    ("photo", "beside", "expected"),
    [
        ("IMG.jpg", [], "IMG.jpg.xmp"),
        ("IMG.CR2", [], "IMG.xmp"),
        ("IMG.jpg", ["IMG.xmp"], "IMG.xmp"),
        ("IMG.JPG", ["IMG.XMP"], "IMG.XMP"),
        ("IMG.jpg", ["IMG.xmp", "IMG.jpg.xmp"], "IMG.jpg.xmp"),
        ("IMG.jpg", ["IMG.xmp", "IMG.CR2"], "IMG.jpg.xmp"),
        ("IMG.CR2", ["IMG.xmp", "IMG.jpg"], "IMG.xmp"),
        ("IMG.CR2", ["IMG.CR2.xmp", "IMG.xmp"], "IMG.CR2.xmp"),
    ],
)
def test_sidecar_has_the_name_that_other_programs_give_it(tmp_path, photo, beside, expected):
    for name in (photo, *beside):
        (tmp_path / name).touch()
    assert sidecar_of(tmp_path / photo) == tmp_path / expected
