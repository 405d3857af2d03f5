"""Filters: what a photo must fulfil to be considered at all, exactly, for every kind of photo."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from colours import ColourEncoder, Indexed
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from clipview.core.photo_table import PhotoTable
from clipview.core.places import Places
from clipview.core.store import FileColumns
from clipview.core.text_search import FoldedTexts, fold
from clipview.core.types import Filters, Query, Shape, TextTerm

RATING, CAMERA = 0x4746, 0x0110
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def photograph(path: Path, colour: str = "red", size: tuple[int, int] = (60, 40), **says) -> None:
    """Save a photo that says of itself: caption, keywords, rating, camera, taken, place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    for tag, name in ((RATING, "rating"), (CAMERA, "camera")):
        if name in says:
            exif[tag] = says[name]
    if "taken" in says:
        exif.get_ifd(0x8769)[0x9003] = says["taken"]
    if says.get("place"):
        exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 0.0), 3: "E", 4: (10.0, 45.0, 0.0)})
    words = "".join(f"<rdf:li>{word}</rdf:li>" for word in says.get("keywords", ()))
    xmp = XMP.format(words=words, caption=says.get("caption", "")).encode()
    picture = Image.new("RGB", size, colour)
    if path.suffix == ".png":
        text = PngInfo()
        text.add_itxt("XML:com.adobe.xmp", xmp.decode())
        picture.save(path, exif=exif, pnginfo=text)
    else:
        picture.save(path, exif=exif, xmp=xmp)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("filters")
    photos = folder / "photos"
    photograph(
        photos / "2019" / "07 Beach" / "IMG_2231.jpg", caption="Café in Ålesund", keywords=["Sea", "Holiday trip"],
        rating=5, camera="X-T5", taken="2019:07:14 10:00:00", place=True,
    )  # fmt: skip
    photograph(photos / "2019" / "tall.jpg", size=(40, 60), rating=3, camera="Pixel 8", taken="2019:12:31 23:59:00")
    photograph(photos / "2020" / "wide.png", size=(150, 60), caption="sea, from above")
    os.utime(photos / "2020" / "wide.png", (datetime(2020, 1, 1, 12).timestamp(),) * 2)
    photograph(photos / "2020" / "square.jpg", "blue", size=(60, 60), keywords=["seaside"], taken="2021:05:05 00:00:00")
    one = Indexed(Places(folder / "library", folder, folder), ColourEncoder())
    one.index(photos)
    with one.opened() as opened:
        yield opened


def passing(library, filters: Filters) -> set[str]:
    return {hit.path.name for hit in library.search(Query(filters=filters)).hits}


ALL = {"IMG_2231.jpg", "tall.jpg", "wide.png", "square.jpg"}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), ALL),
        (Filters(formats=("PNG",)), {"wide.png"}),
        (Filters(formats=("PNG", "GIF", "JPEG")), ALL),
        (Filters(shapes=(Shape.LANDSCAPE,)), {"IMG_2231.jpg", "wide.png"}),
        (Filters(shapes=(Shape.PORTRAIT, Shape.SQUARE)), {"tall.jpg", "square.jpg"}),
        (Filters(shapes=(Shape.PANORAMA,)), {"wide.png"}),
        (Filters(min_rating=3), {"IMG_2231.jpg", "tall.jpg"}),
        (Filters(min_rating=4), {"IMG_2231.jpg"}),
        (Filters(min_rating=0), ALL),
        (Filters(cameras=("x-t5",)), {"IMG_2231.jpg"}),
        (Filters(cameras=("pixel", "x-t")), {"IMG_2231.jpg", "tall.jpg"}),
        (Filters(has_place=True), {"IMG_2231.jpg"}),
        (Filters(has_place=False), ALL - {"IMG_2231.jpg"}),
        (Filters(tags=("sea",)), {"IMG_2231.jpg"}),
        (Filters(tags=("SEA", "holiday trip")), {"IMG_2231.jpg"}),
        (Filters(tags=("holiday",)), set()),
        (Filters(albums=("no such album",)), set()),
        (Filters(words=("sea",)), {"IMG_2231.jpg", "wide.png", "square.jpg"}),
        (Filters(words=("cafe in alesund",)), {"IMG_2231.jpg"}),
        (Filters(words=("MG_22",)), {"IMG_2231.jpg"}),
        (Filters(words=("sea", "above")), {"wide.png"}),
        (Filters(folder_names=("beach",)), {"IMG_2231.jpg"}),
        (Filters(folder_names=("each",)), set()),
        (Filters(folder_names=("2019/07",)), {"IMG_2231.jpg"}),
        (Filters(folder_names=("2020", "beach")), {"IMG_2231.jpg", "wide.png", "square.jpg"}),
        (Filters(since=date(2019, 12, 31), until=date(2020, 1, 1)), {"tall.jpg", "wide.png"}),
        (Filters(unwanted=(Filters(formats=("PNG",)), Filters(tags=("sea",)))), {"tall.jpg", "square.jpg"}),
        (Filters(formats=("JPEG",), unwanted=(Filters(min_rating=3),)), {"square.jpg"}),
    ],
)  # fmt: skip
def test_filters_pass_exactly_what_they_say(library, filters, names):
    assert passing(library, filters) == names


def test_a_filter_narrows_a_search_and_its_total(library):
    results = library.search(Query((TextTerm("red"),), Filters(formats=("JPEG",)), include_weak=True))
    assert results.total == 3
    assert [hit.path.name for hit in results.hits[-1:]] == ["square.jpg"]


def test_a_photo_is_named_by_its_file_in_the_folder_asked_for(indexed, photos):
    for folder in ("first", "second"):
        photograph(photos / folder / "same.jpg")
    indexed.index(photos)
    with indexed.opened() as library:
        (hit,) = library.search(Query(filters=Filters(folder_names=("second",)))).hits
    assert hit.path.parent.name == "second"


def test_filters_follow_what_a_scan_changes(indexed, photos):
    photograph(photos / "a.jpg", keywords=["old"])
    indexed.index(photos)
    with indexed.opened() as library:
        assert passing(library, Filters(tags=("old",))) == {"a.jpg"}
        photograph(photos / "a.jpg", "blue", keywords=["new"], rating=4)
        photograph(photos / "b.png")
        indexed.index(photos)
        assert passing(library, Filters(tags=("old",))) == set()
        assert passing(library, Filters(tags=("new",))) == {"a.jpg"}
        assert passing(library, Filters(words=("new",), min_rating=4)) == {"a.jpg"}
        assert passing(library, Filters(formats=("PNG",))) == {"b.png"}


def test_a_table_that_grows_filters_as_one_that_was_read_at_once():
    def columns(first: int, last: int) -> FileColumns:
        numbers = range(first, last)
        return FileColumns(
            photo_ids=np.array(numbers, np.int64),
            paths=[b"/p/%d.jpg" % n for n in numbers],
            dates_s=np.zeros(len(numbers), np.int64),
            taken=np.zeros(len(numbers), np.bool_),
            colours=np.zeros(len(numbers), np.uint32),
            formats=[("JPEG", "PNG", "GIF")[n % 3] for n in numbers],
            cameras=["" if n % 2 else "One" for n in numbers],
            sides_px=np.array([(n, 10) for n in numbers], np.int32).reshape(-1, 2),
            placed=np.array([n % 5 == 0 for n in numbers], np.bool_),
            texts=[f"number {n}" for n in numbers],
        )

    whole = PhotoTable(columns(1, 40))
    table = PhotoTable(columns(1, 20))
    table.prepare()
    table = table.changed(np.arange(20, 40), columns(20, 40)).changed(np.arange(5, 9), columns(5, 9))
    for filters in (
        Filters(formats=("GIF",)),
        Filters(cameras=("one",), has_place=True),
        Filters(shapes=(Shape.SQUARE,)),
        Filters(words=("number 3",)),
        Filters(words=("7.jpg",)),
    ):
        assert table.mask(filters).tolist() == whole.mask(filters).tolist()
        assert whole.mask(filters).any()


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Café", "cafe"), ("ÅLESUND", "alesund"), ("Straße", "strasse"), ("ﬁn", "fin"), ("שלום", "שלום"), ("", "")],
)
def test_text_is_compared_without_case_and_accents(text, folded):
    assert fold(text) == fold(folded) == folded


def test_words_are_found_in_many_texts_and_in_few():
    texts = FoldedTexts.of(["a\nb", *["many"] * 600, "Zoë", "", "\ud800"])
    assert texts.containing("a b").tolist() == [0]
    assert len(texts.containing("many")) == len(texts.containing("an")) == 600
    assert texts.with_word("an").tolist() == []
    assert texts.containing("zoe").tolist() == [601]
    typed_on = [("z", [601]), ("zo", [601]), ("zoe", [601]), ("zoem", []), ("many", [*range(1, 601)]), ("manyx", [])]
    for words, found in typed_on:
        assert texts.with_word(words).tolist() == found
    assert texts.containing("").tolist() == FoldedTexts.of([]).containing("a").tolist() == []
