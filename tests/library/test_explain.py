"""Why a photo matches: its terms, its place in the library, its words."""

from __future__ import annotations

import pytest
from colours import paint
from PIL import Image

from clipview.core.types import Box, ImageTerm, Query, TextTerm


@pytest.fixture
def coloured(indexed, photos):
    for name, colour in {
        "red": "rgb(250, 10, 10)", "rose": "rgb(230, 90, 110)", "yellow": "rgb(250, 250, 10)",
        "blue": "rgb(10, 10, 250)", "green": "rgb(10, 200, 20)", "grey": "rgb(128, 128, 128)",
    }.items():  # fmt: skip
        paint(photos / f"{name}.png", colour)
    indexed.index(photos)
    with indexed.opened() as library:
        yield library


@pytest.fixture
def ids(coloured, indexed):
    return {name.removesuffix(".png"): photo_id for name, photo_id in indexed.ids().items()}


def test_best_photo_is_better_than_all_others_and_matches_as_in_the_results(coloured, ids):
    query = Query((TextTerm("red"),))
    told = coloured.explain(query, ids["red"])
    (hit, *_) = coloured.search(query).hits
    assert (told.photo_id, told.match) == (hit.photo_id, hit.match)
    assert told.better_than == 100.0
    (reason,) = told.reasons
    assert (reason.term, reason.match, reason.points) == (TextTerm("red"), told.match, told.match)
    middle = coloured.explain(query, ids["rose"])
    assert 60 <= middle.better_than <= 80


def test_each_term_is_told_what_it_gives_and_takes(coloured, ids):
    query = Query((TextTerm("red", 2.0), TextTerm("yellow"), TextTerm("green", -1.0)))
    red, green = coloured.explain(query, ids["red"]), coloured.explain(query, ids["green"])
    assert [reason.term for reason in red.reasons] == list(query.terms)
    assert red.reasons[0].match > red.reasons[1].match
    assert red.reasons[0].points > red.reasons[1].points
    assert red.reasons[2].points == 0
    assert green.reasons[2].match > 90
    assert green.reasons[2].points <= 0
    assert green.match == 0


def test_marks_are_told_what_they_give(coloured, ids):
    query = Query((TextTerm("yellow"),), more=(ids["red"],), less=(ids["blue"],))
    *_, marks = coloured.explain(query, ids["rose"]).reasons
    assert marks.term is None
    assert marks.points > 0
    only = coloured.explain(Query(more=(ids["red"],)), ids["red"])
    assert [reason.term for reason in only.reasons] == [None]
    assert only.match == 100


def test_photo_found_by_its_name_says_so(coloured, ids):
    told = coloured.explain(Query((TextTerm("grey"),), also_names=True), ids["grey"])
    assert told.named
    assert (told.match, told.better_than) == (100, 100.0)


def test_nothing_is_told_of_photos_that_are_gone_or_without_a_search(coloured, ids):
    assert coloured.explain(Query((TextTerm("red"),)), 9_999) is None
    assert coloured.explain(Query(), ids["red"]) is None


def test_words_of_a_photo_and_what_it_shares_with_a_picture(coloured, ids, tmp_path):
    path = tmp_path / "query.png"
    both = Image.new("RGB", (80, 40), "red")
    both.paste("blue", (40, 0, 80, 40))
    both.save(path)
    told = coloured.explain(Query((ImageTerm(path, box=Box(0.0, 0.0, 0.5, 1.0)),)), ids["red"])
    other = coloured.explain(Query((ImageTerm(path, box=Box(0.5, 0.0, 1.0, 1.0)),)), ids["red"])
    assert told.reasons[0].match > other.reasons[0].match
    assert set(told.reasons[0].agrees) == set(told.words)
