"""More like this, less like this: marks change the ranking, and taking them back restores it."""

from __future__ import annotations

import numpy as np
import pytest
from colours import paint
from PIL import Image, ImageEnhance

from clipview.core import feedback
from clipview.core.encoders.starter import StarterEncoder
from clipview.core.features import Measured
from clipview.core.neutral import NeutralScores
from clipview.core.relevance import calibrate
from clipview.core.term_scores import PhotoVectors
from clipview.core.types import Band, Filters, Query, Sort, TextTerm
from clipview.core.vectors import VectorSet
from clipview.samples import sample_photos

COLOURS = {
    "red": (250, 10, 10), "crimson": (190, 15, 30), "brick": (170, 60, 45), "rose": (230, 90, 110),
    "blue": (10, 10, 250), "navy": (10, 15, 120), "sky": (90, 150, 240), "green": (10, 200, 20),
    "moss": (70, 110, 30), "grey": (128, 128, 128),
}  # fmt: skip


@pytest.fixture
def coloured(indexed, photos):
    for name, colour in COLOURS.items():
        paint(photos / f"{name}.png", f"rgb{colour}", quality=90)
    indexed.index(photos)
    return indexed


def order(library, query: Query) -> list[str]:
    return [hit.path.stem for hit in library.search(query).hits]


def test_marked_photos_lift_their_like_over_the_others(coloured):
    ids = coloured.ids()
    more = (ids["red.png"], ids["crimson.png"], ids["rose.png"])
    less = (ids["blue.png"], ids["navy.png"])
    with coloured.opened() as library:
        found = order(library, Query(include_weak=True, more=more, less=less))
    assert set(found[:3]) == {"red", "crimson", "rose"}
    assert found[3] == "brick"
    assert found.index("sky") > found.index("moss")
    assert set(found[-2:]) == {"blue", "navy"}


def test_marks_change_what_words_find_and_taking_them_back_restores_the_order(coloured):
    ids = coloured.ids()
    with coloured.opened() as library:
        plain = Query((TextTerm("green"),), include_weak=True)
        before = library.search(plain)
        marked = library.search(Query(plain.terms, include_weak=True, more=(ids["sky.png"],), less=(ids["moss.png"],)))
        after = library.search(plain)
    assert marked.hits[0].path.stem == "sky"
    assert marked.hits[-1].path.stem == "moss"
    assert before.hits[0].path.stem == "green"
    assert after == before


def test_order_of_the_marks_makes_no_difference(coloured):
    ids = coloured.ids()
    more, less = tuple(ids[f"{name}.png"] for name in ("red", "rose")), (ids["navy.png"], ids["moss.png"])
    with coloured.opened() as library:
        one = library.search(Query(include_weak=True, more=more, less=less))
        other = library.search(Query(include_weak=True, more=more[::-1], less=less[::-1]))
    assert one == other


def test_order_of_indexing_makes_no_difference_to_what_marks_say():
    random = np.random.default_rng(4)
    photos, bank = random.normal(size=(60, 24)).astype(np.float32), random.normal(size=(9, 24)).astype(np.float32)
    said = []
    for order in (np.arange(60), np.arange(60)[::-1]):
        vectors = VectorSet(24)
        # The order of indexing decides ids too.
        vectors.put(np.arange(60), photos[order])
        snapshot = vectors.snapshot()
        neutral = NeutralScores.of(bank, None).brought_up_to(vectors, bank, np.empty(0, np.int64))
        nothing = calibrate(snapshot, snapshot, bank, None)
        ids = np.argsort(order)
        measured = Measured(bank, neutral.for_photos(snapshot.ids))
        marks = feedback.Feedback(PhotoVectors("any", snapshot, snapshot, nothing, measured, tuple(ids[:20].tolist())))
        for more, less in (((3,), ()), ((3, 5, 8), (13, 21)), ((3, 5, 8, 9, 10), (13, 21, 34, 55))):
            strengths = marks.with_marks(None, ids[list(more)].tolist(), ids[list(less)].tolist())
            said.append(strengths[ids].tolist())
    assert said[:3] == said[3:]


def test_unwanted_photos_alone_leave_everything_else(coloured):
    ids = coloured.ids()
    with coloured.opened() as library:
        results = library.search(Query(less=(ids["blue.png"],)))
    found = [hit.path.stem for hit in results.hits]
    assert "blue" not in found
    assert {"red", "crimson", "green", "grey"} <= set(found)
    assert results.hits[-1].path.stem in {"navy", "sky"}


def test_wanted_photo_is_strong_and_an_unwanted_one_is_no_result(coloured):
    ids = coloured.ids()
    query = Query((TextTerm("red"),), more=(ids["grey.png"],), less=(ids["red.png"],))
    with coloured.opened() as library:
        hits = {hit.path.stem: hit for hit in library.search(query).hits}
    assert (hits["grey"].band, hits["grey"].match) == (Band.STRONG, 100)
    assert "red" not in hits


def test_filters_and_date_order_hold_for_marked_photos_too(coloured, photos):
    paint(photos / "sea" / "deep.png", "rgb(5, 5, 200)")
    coloured.index(photos)
    ids = coloured.ids()
    with coloured.opened() as library:
        inside = Query(filters=Filters(folders=(photos / "sea",)), more=(ids["blue.png"],))
        assert order(library, inside) == ["deep"]
        by_name = order(library, Query(sort=Sort.NAME, more=(ids["blue.png"],)))
    assert by_name == sorted(by_name)


def test_marks_on_photos_that_are_gone_are_passed_over(coloured):
    ids = coloured.ids()
    with coloured.opened() as library:
        plain = library.search(Query((TextTerm("red"),)))
        marked = library.search(Query((TextTerm("red"),), more=(9_999,), less=(8_888,)))
        assert [hit.photo_id for hit in marked.hits] == [hit.photo_id for hit in plain.hits]
        assert library.search(Query(more=(9_999,))).total == len(ids)


def test_many_marks_on_copies_of_one_photo_still_rank(indexed, photos):
    for number in range(6):
        paint(photos / f"red-{number}.jpg", "rgb(250, 10, 10)", quality=90 + number)
        paint(photos / f"blue-{number}.jpg", "rgb(10, 10, 250)", quality=90 + number)
    paint(photos / "rose.jpg", "rgb(230, 90, 110)")
    paint(photos / "sky.jpg", "rgb(90, 150, 240)")
    indexed.index(photos)
    ids = indexed.ids()
    more, less = (tuple(ids[f"{name}-{number}.jpg"] for number in range(6)) for name in ("red", "blue"))
    assert len(more) + len(less) >= feedback.PROBE_FROM
    with indexed.opened() as library:
        found = order(library, Query(include_weak=True, more=more, less=less))
    assert found.index("rose") < found.index("sky")


def test_real_model_lifts_other_photos_of_what_was_marked(tmp_path):
    """Three pictures of a cat are wanted, two of a motorcycle are not: other cats come first, motorcycles last."""
    pictures = {photo.name: Image.open(photo.source).convert("RGB") for photo in sample_photos()}
    cat, motorcycle = pictures.pop("cat-chelsea.png"), pictures.pop("motorcycle-in-garage-1.png")
    del pictures["motorcycle-in-garage-2.png"]
    shown = [*_looks(cat), *_looks(motorcycle), *pictures.values()]
    encoder = StarterEncoder(tmp_path)
    encoded = encoder.encode_images([encoder.preparation(picture) for picture in shown])
    vectors = VectorSet(encoder.dim)
    ids = np.arange(1, len(shown) + 1)
    vectors.put(ids, encoded.search)
    snapshot = vectors.snapshot()
    nothing = calibrate(snapshot, snapshot, np.empty((0, encoder.dim), np.float32), None)
    strengths = feedback.Feedback(PhotoVectors("starter", snapshot, snapshot, nothing)).with_marks(
        None, more=(1, 2, 3), less=(7, 8)
    )
    ranked = ids[np.argsort(-strengths)].tolist()
    assert set(ranked[:6]) == {1, 2, 3, 4, 5, 6}
    assert set(ranked[-6:]) == {7, 8, 9, 10, 11, 12}


def _looks(picture: Image.Image) -> list[Image.Image]:
    """Six photos of one thing."""
    width, height = picture.size
    mirrored = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return [
        picture,
        mirrored,
        picture.crop((width // 8, height // 8, width, height)),
        mirrored.crop((0, 0, width * 7 // 8, height * 7 // 8)),
        ImageEnhance.Brightness(picture).enhance(1.3),
        ImageEnhance.Color(mirrored).enhance(0.6),
    ]
