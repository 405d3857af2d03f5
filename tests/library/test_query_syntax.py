"""How searches are written: what is understood, and that everything else is plain words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clipview.core.query_syntax import Key, Parsed, Part, date_range, parse, query_of, said_so_far, take_parts
from clipview.core.types import Filters, ImageTerm, Shape, Sort, TextTerm

TODAY = date(2020, 5, 17)

steady = settings(deadline=None, derandomize=True)
"""The same examples in every run, and none that counts as too slow on a busy machine."""


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("a dog", "a dog", []),
        ("a dog -leash", "a dog", [Part(Key.LOOKS, "leash", -1)]),
        ('-"red car" street', "street", [Part(Key.LOOKS, "red car", -1)]),
        ('"IMG_2231"', "", [Part(Key.NAME, "IMG_2231")]),
        ('-name:"IMG 1" x', "x", [Part(Key.NAME, "IMG 1", -1)]),
        ("dog^2 sea", "sea", [Part(Key.LOOKS, "dog", 2)]),
        ('"red car"^0.5', "", [Part(Key.LOOKS, "red car", 0.5)]),
        ("-dog^2", "", [Part(Key.LOOKS, "dog", -2)]),
        ('in:"my photos" TAG:sea Type:JPG', "", [Part(Key.FOLDER, "my photos"), Part(Key.TAG, "sea"),
                                                 Part(Key.TYPE, "JPG")]),
        ('album:"say ""hi"" now"', "", [Part(Key.ALBUM, 'say "hi" now')]),
        ("after:2019 before:2020-07 date:2019..2020", "", [Part(Key.AFTER, "2019"), Part(Key.BEFORE, "2020-07"),
                                                           Part(Key.DATE, "2019..2020")]),
        ('date:"july 2019" -date:yesterday', "", [Part(Key.DATE, "july 2019"), Part(Key.DATE, "yesterday", -1)]),
        ("rating:4 camera:x-t5 is:panorama -has:place", "", [Part(Key.RATING, "4"), Part(Key.CAMERA, "x-t5"),
                                                             Part(Key.IS, "panorama"), Part(Key.HAS, "place", -1)]),
        ("is:Favorite -is:SQUARE", "", [Part(Key.IS, "favourite"), Part(Key.IS, "square", -1)]),
        ('-image:"/my cat.jpg"^2', "", [Part(Key.IMAGE, "/my cat.jpg", -2)]),
        ("-\N{DOG FACE} \N{DOG FACE}^2", "", [Part(Key.LOOKS, "\N{DOG FACE}", -1), Part(Key.LOOKS, "\N{DOG FACE}", 2)]),
        ("שלום -כלב", "שלום", [Part(Key.LOOKS, "כלב", -1)]),
    ],
)  # fmt: skip
def test_parts_are_understood(text, words, parts):
    assert parse(text) == Parsed(words, tuple(parts))


@pytest.mark.parametrize(
    "text",
    [
        "black-and-white", "- - --", "-", "-)", "a-", '"', '""', '" "', 'a child\'s "toy', '5" or 6" screens', "tag:",
        'in:"', "in:/", "type:doc", "rating:6", "rating:x", "rating:٣", "after:never", "date:..", "date:2019..never",
        "date:2019-13", "is:nice", "has:legs", "http://a.b/c", "re:dog", "x^", "x^0", "x^99", "x^2^3", "tag:x^2",
        "red' OR 1=1; DROP TABLE photos;--", "x",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_plain_words(text):
    assert parse(text) == Parsed(text, ())


@steady
@given(st.text(max_size=60) | st.text('ab -":^2intag.. \n', max_size=40))
@example("\ud800 -\ud800")
@example("in:~nobody/x image:~nobody")
@example("x" * 10_000)
@example("-a " * 3_000)
@example('"' * 10_000)
@example("\u202eder -\u202eder")
@example('"b tag:"x y" c"')
def test_any_text_is_a_search_that_can_be_written_down(text):
    parsed = parse(text)
    assert parse(parsed.written()) == parsed
    query_of(parsed, TODAY)
    take_parts(text, finished_only=True)
    assert text.startswith(said_so_far(text).removesuffix('"'))
    parse(said_so_far(text))


VALUES = st.text(min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


@steady
@given(
    st.sampled_from([Key.LOOKS, Key.NAME, Key.TAG, Key.ALBUM, Key.CAMERA]),
    VALUES,
    st.sampled_from([1.0, -1.0]),
)
@example(Key.LOOKS, "tag:x", 2.0)
@example(Key.TAG, "a^2", -1.0)
@example(Key.IMAGE, '/a "b" c.jpg', -0.125)
def test_every_part_can_be_written_down(key, value, weight):
    part = Part(key, value, weight)
    assert parse(part.written()) == Parsed("", (part,))


@pytest.mark.parametrize(
    ("text", "rest", "values"),
    [
        ("cat -dog ", "cat ", ["dog"]),
        ("cat -dog", "cat -dog", []),
        ('a -"red car" b', "a b", ["red car"]),
        ('"still typ', '"still typ', []),
        ("type:png", "type:png", []),
        ("-one tag:two ", "", ["one", "two"]),
    ],
)
def test_finished_parts_are_taken_out_while_somebody_types(text, rest, values):
    found, parts = take_parts(text, finished_only=True)
    assert (found, [part.value for part in parts]) == (rest, values)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("cat type:j", "cat "), ("-type:", ""), ("Tag:", ""), ("cat after:20", "cat "), ('in:"', ""), ("is:lands", ""),
        ("cat type:jpg", "cat type:jpg"), ("cat tag:d", "cat tag:d"), ("cat type:j ", "cat type:j "),
        ("type:j cat", "type:j cat"), ("http:", "http:"), ("untag:", "untag:"), ("cat -dog", "cat -dog"), ("", ""),
        ('cat "IM', 'cat "IM"'), ('cat -"snow m', 'cat -"snow m"'), ('tag:"group p', 'tag:"group p"'),
        ('cat "', "cat "), ('a "b" "c', 'a "b" "c"'), ('cat date:"last y', "cat "), ('tv 5"', 'tv 5"'),
        ('"a " b', '"a " b'), ("red^", "red"),
    ],
)  # fmt: skip
def test_what_is_only_begun_says_nothing_yet_and_an_open_quotation_counts(text, rest):
    assert said_so_far(text) == rest


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("after:2019", Filters(since=date(2019, 1, 1))),
        ("before:2019", Filters(until=date(2018, 12, 31))),
        ("date:2019..2020", Filters(since=date(2019, 1, 1), until=date(2020, 12, 31))),
        ("date:2019-2020", Filters(since=date(2019, 1, 1), until=date(2020, 12, 31))),
        ('date:"july 2019.."', Filters(since=date(2019, 7, 1))),
        ("date:yesterday", Filters(since=date(2020, 5, 16), until=date(2020, 5, 16))),
        ('date:"14. März 2019"', Filters(since=date(2019, 3, 14), until=date(2019, 3, 14))),
        ('date:"sept. 2019.."', Filters(since=date(2019, 9, 1))),
        ("date:14.3.2019", Filters(since=date(2019, 3, 14), until=date(2019, 3, 14))),
        ('date:"Letztes Jahr"', Filters(since=date(2019, 1, 1), until=date(2019, 12, 31))),
        ('date:"herbst 2018"', Filters(since=date(2018, 9, 1), until=date(2018, 11, 30))),
        ("after:2018 after:2019 before:2021", Filters(since=date(2019, 1, 1), until=date(2020, 12, 31))),
        ("type:jpg type:png", Filters(formats=("JPEG", "MPO", "PNG"))),
        ("in:/photos in:beach", Filters(folders=(Path("/photos"),), folder_names=("beach",))),
        ("is:portrait is:favourite", Filters(shapes=(Shape.PORTRAIT,), favourite=True)),
        ("rating:3 rating:4", Filters(min_rating=4)),
        ("has:place -tag:work -type:png", Filters(has_place=True, unwanted=(Filters(tags=("work",)),
                                                                            Filters(formats=("PNG",))))),
        ('tag:a tag:b album:c camera:d "e f"', Filters(tags=("a", "b"), albums=("c",), cameras=("d",),
                                                       words=("e f",))),
    ],
)  # fmt: skip
def test_parts_become_filters(text, filters):
    assert query_of(parse(text), TODAY).filters == filters


def test_a_written_search_becomes_a_query_with_the_description_first():
    parsed = parse("-dog tag:x image:/a.jpg^2 on the grass sea^2")
    query = query_of(parsed, TODAY, Filters(until=date(2019, 1, 1)), Sort.NAME)
    assert query.terms == (
        TextTerm("on the grass"), TextTerm("dog", -1), ImageTerm(Path("/a.jpg"), 2), TextTerm("sea", 2),
    )  # fmt: skip
    assert query.filters == Filters(until=date(2019, 1, 1), tags=("x",))
    assert query.sort is Sort.NAME


@pytest.mark.parametrize(
    ("since", "until", "value"), [("2019", "2020", "2019..2020"), ("2019", "2019", "2019"), ("", "2020", "..2020")]
)
def test_a_range_of_dates_can_be_written(since, until, value):
    assert date_range(since, until) == value
    assert parse(f"date:{value}").parts == (Part(Key.DATE, value),)
