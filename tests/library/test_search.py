"""Searching: ranking, bands, filters, order, and answers that depend on nothing but the photos."""

from __future__ import annotations

import os
import random
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from colours import ColourEncoder, Indexed, finish, loader
from msgspec.structs import replace
from PIL import Image

from clipview.core import relevance
from clipview.core.changes import Favour
from clipview.core.errors import ClipViewError, UnreadableImageError
from clipview.core.library import Library
from clipview.core.photo_table import PhotoTable
from clipview.core.places import Places
from clipview.core.store import FileColumns
from clipview.core.types import Band, Filters, ImageTerm, Query, Sort, TextTerm

TAKEN = 0x9003


def photograph(path: Path, colour: str | tuple[int, int, int], taken: str | None = None, side: int = 40) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    if taken is not None:
        exif.get_ifd(0x8769)[TAKEN] = taken
    Image.new("RGB", (side, 30), colour).save(path, "JPEG", exif=exif)
    return path


def names(results) -> list[str]:
    return [hit.path.name for hit in results.hits]


@pytest.fixture
def colourful(indexed, photos):
    photograph(photos / "red.jpg", "red", "2019:07:14 10:00:00")
    photograph(photos / "orange.jpg", (255, 110, 0), "2020:01:01 09:00:00")
    photograph(photos / "blue.jpg", "blue", "2021:05:05 09:00:00")
    photograph(photos / "sea" / "navy.jpg", (0, 0, 120), "2022:05:05 09:00:00")
    photograph(photos / "grey.jpg", "grey")
    os.utime(photos / "grey.jpg", (datetime(2015, 1, 1, 12).timestamp(),) * 2)
    indexed.index(photos)
    with indexed.opened() as library:
        yield library


def test_the_best_match_comes_first_and_what_does_not_match_is_left_out(colourful):
    results = colourful.search(Query((TextTerm("red"),)))
    assert names(results) == ["red.jpg", "orange.jpg"]
    assert [hit.band for hit in results.hits] == [Band.STRONG, Band.STRONG]
    assert (results.total, results.strong, results.possible, results.model) == (5, 2, 0, "colours")
    assert results.hits[0].score == pytest.approx(1.0, abs=0.01)
    assert results.hits[0].match > results.hits[1].match >= 75


def test_nothing_is_an_answer(colourful):
    results = colourful.search(Query((TextTerm("asdfgh"),)))
    assert (results.hits, results.strong, results.possible, results.total) == ((), 0, 0, 5)


def test_weak_matches_are_listed_on_request(colourful):
    results = colourful.search(Query((TextTerm("red"),), include_weak=True))
    assert len(results.hits) == 5
    assert names(results)[:2] == ["red.jpg", "orange.jpg"]
    assert results.hits[-1].band is Band.WEAK
    assert [hit.match for hit in results.hits] == sorted((hit.match for hit in results.hits), reverse=True)


def test_a_limit_shortens_the_list_but_not_the_counts(colourful):
    results = colourful.search(Query((TextTerm("red"),), limit=1))
    assert (names(results), results.strong) == (["red.jpg"], 2)


def test_a_folder_filter_looks_only_below_it(colourful, photos):
    results = colourful.search(Query((TextTerm("blue"),), Filters(folders=(photos / "sea",))))
    assert (names(results), results.total) == (["navy.jpg"], 1)
    assert colourful.search(Query((TextTerm("blue"),), Filters(folders=(photos / "se",)))).total == 0


def test_date_filters_include_their_days_and_fall_back_to_the_file_date(colourful):
    days = Filters(since=date(2019, 7, 14), until=date(2021, 5, 5))
    assert sorted(names(colourful.search(Query(filters=days)))) == ["blue.jpg", "orange.jpg", "red.jpg"]
    assert names(colourful.search(Query(filters=Filters(until=date(2018, 1, 1))))) == ["grey.jpg"]


def test_results_sort_by_date_and_name_among_what_passed(colourful):
    both = (TextTerm("red"),)
    assert names(colourful.search(Query(both, sort=Sort.NEWEST))) == ["orange.jpg", "red.jpg"]
    assert names(colourful.search(Query(both, sort=Sort.OLDEST))) == ["red.jpg", "orange.jpg"]
    assert names(colourful.search(Query(both, sort=Sort.NAME))) == ["orange.jpg", "red.jpg"]
    assert names(colourful.search(Query(sort=Sort.OLDEST)))[0] == "grey.jpg"


def test_the_date_taken_is_told_only_when_the_photo_says_so(colourful):
    taken = {hit.path.name: hit.taken_at for hit in colourful.search(Query()).hits}
    assert taken["red.jpg"] == datetime(2019, 7, 14, 10)
    assert taken["grey.jpg"] is None


def test_an_unwanted_term_removes_what_matches_it_and_nothing_else(colourful):
    alone = colourful.search(Query((TextTerm("blue"),)))
    assert names(alone) == ["blue.jpg", "navy.jpg"]
    without_red = colourful.search(Query((TextTerm("blue"), TextTerm("red", -1.0))))
    assert [(hit.path.name, hit.match) for hit in without_red.hits] == [(h.path.name, h.match) for h in alone.hits]
    only_unwanted = colourful.search(Query((TextTerm("red", -1.0),)))
    assert "red.jpg" not in names(only_unwanted)
    assert "blue.jpg" in names(only_unwanted)


def test_an_outstanding_match_does_not_make_up_for_what_is_not_wanted():
    dog, beach = np.array([250.0, 250.0, 90.0]), np.array([36.0, 10.0, 10.0])
    assert relevance.combine([dog, beach], [1.0, -1.0]).tolist() == [pytest.approx(100 - 320 / 3), 250.0, 90.0]
    half = relevance.combine([dog, beach], [1.0, -0.5])[0]
    assert relevance.STRONG_FROM > half > 0
    unwanted_twice = relevance.combine([dog, beach, beach], [1.0, -0.5, -0.5])
    assert unwanted_twice.tolist() == pytest.approx([100 - 320 / 3, 250.0, 90.0])


def test_a_photo_of_the_library_is_found_by_itself_without_decoding(colourful, photos, encoder):
    encoder.encoded_images = 0
    results = colourful.search(Query((ImageTerm(photos / "red.jpg"),)))
    assert names(results)[:2] == ["red.jpg", "orange.jpg"]
    assert encoder.encoded_images == 0


def test_an_outside_picture_finds_what_looks_like_it(colourful, tmp_path):
    query = photograph(tmp_path / "outside.png.jpg", (250, 5, 5), side=90)
    assert names(colourful.search(Query((ImageTerm(query),))))[0] == "red.jpg"


def test_several_terms_must_all_match_somehow(colourful, photos):
    results = colourful.search(Query((TextTerm("red"), TextTerm("yellow")), include_weak=True))
    assert names(results)[0] == "orange.jpg"


def test_an_unreadable_query_image_is_named_with_its_reason(colourful, tmp_path):
    (tmp_path / "note.jpg").write_text("no picture")
    with pytest.raises(UnreadableImageError, match=r"note\.jpg can't be used as a query: The file is not an image"):
        colourful.search(Query((ImageTerm(tmp_path / "note.jpg"),)))


def test_similar_leaves_the_picture_itself_out(colourful, photos):
    found = colourful.similar(photos / "blue.jpg", 1)
    assert [path.name for path, _ in found] != ["blue.jpg"]
    assert len(found) == 1


def test_a_text_is_encoded_once_and_then_remembered(colourful, encoder):
    encoder.encoded_texts.clear()
    for _ in range(2):
        colourful.search(Query((TextTerm("green"),)))
        colourful.search(Query((TextTerm("  green "),)))
    assert encoder.encoded_texts == ["green"]


def test_ties_go_to_the_newer_photo_and_then_to_the_lower_id(indexed, photos):
    photograph(photos / "old.jpg", "red", "2001:01:01 00:00:00", side=40)
    photograph(photos / "new.jpg", "red", "2011:01:01 00:00:00", side=41)
    for number in range(3):
        photograph(photos / f"same{number}.jpg", "red", "2005:01:01 00:00:00", side=50 + number)
    indexed.index(photos)
    with indexed.opened() as library:
        hits = library.search(Query((TextTerm("red"),))).hits
    assert (hits[0].path.name, hits[-1].path.name) == ("new.jpg", "old.jpg")
    middle = [hit.photo_id for hit in hits[1:-1]]
    assert middle == sorted(middle)


def test_the_best_of_many_photos_come_in_the_order_in_which_all_would():
    count, random_numbers = 40_000, np.random.default_rng(7)
    dates_s = random_numbers.integers(0, 9_000, count)
    table = PhotoTable(
        FileColumns(
            photo_ids=np.arange(1, count + 1),
            paths=[b"/p/%d.jpg" % number for number in range(count)],
            dates_s=dates_s,
            taken=np.ones(count, np.bool_),
            colours=np.zeros(count, np.uint32),
            formats=["JPEG"] * count,
            cameras=[""] * count,
            sides_px=np.ones((count, 2), np.int32),
            placed=np.zeros(count, np.bool_),
            texts=[""] * count,
        )
    )
    # Fine differences beside large ones, and many photos that match alike.
    strengths = random_numbers.normal(0, 60, count)
    strengths[::3] = np.round(strengths[::3])
    strengths[1::3] = 40 + random_numbers.integers(0, 50, len(strengths[1::3])) * 1e-8
    for shown in (np.ones(count, np.bool_), random_numbers.random(count) < 0.001, np.zeros(count, np.bool_)):
        expected = [row for row in np.lexsort((table.ids, -dates_s, -strengths)).tolist() if shown[row]]
        for limit in (None, 0, 1, 12, 3_000, count - 1, count + 1):
            assert table.ordered(shown, Sort.BEST, strengths, limit).tolist() == expected[:limit]


def test_a_question_that_was_anticipated_has_the_answer_that_it_would_have_had(colourful):
    red = Query((TextTerm("red"),))
    others = [replace(red, strictness=90), replace(red, terms=(TextTerm("blue"),)), replace(red, sort=Sort.OLDEST)]
    plain = [colourful.rank(query, closest=2) for query in (red, *others)]
    for anticipated in (red, *others):
        colourful.anticipate(anticipated, closest=2)
        for query, known in zip((red, *others), plain, strict=True):
            ranking = colourful.rank(query, closest=2)
            assert (ranking.ids.tolist(), ranking.strong) == (known.ids.tolist(), known.strong)


def test_an_anticipated_question_follows_what_people_say(colourful):
    red = Query((TextTerm("red"),), Filters(unwanted=(Filters(favourite=True),)))
    with Library.open(colourful.places, write=True, live=True, load=loader(ColourEncoder())) as library:
        library.anticipate(red)
        best, *others = library.rank(red).ids.tolist()
        library.anticipate(red)
        library.change(Favour((best,), favourite=True))
        assert library.rank(red).ids.tolist() == others


def test_order_and_bands_do_not_depend_on_the_order_of_indexing(tmp_path, photos):
    chosen = random.Random(4)
    files = [
        photograph(photos / f"{n}.jpg", tuple(chosen.randrange(256) for _ in range(3)), f"2001:01:{n + 1:02d} 00:00:00")
        for n in range(20)
    ]
    answers = []
    for attempt, batch_size in enumerate((1, 7)):
        encoder = ColourEncoder()
        encoder.batch_size = batch_size
        one = Indexed(Places(tmp_path / f"library{attempt}", tmp_path, tmp_path), encoder)
        order = files if attempt == 0 else files[::-1]
        for path in order[:10]:
            moment = 10**18 + (attempt * -2 + 1) * 10**12 * int(path.stem)
            os.utime(path, ns=(moment, moment))
        one.index(photos)
        with one.opened() as library:
            hits = library.search(Query((TextTerm("red"),), include_weak=True)).hits
        answers.append([(hit.path.name, hit.match, hit.band, hit.score) for hit in hits])
    assert answers[0] == answers[1]


def test_searching_an_empty_library_says_what_to_do(indexed, photos):
    indexed.index(photos)
    with indexed.opened() as library, pytest.raises(ClipViewError, match="no photos yet"):
        library.search(Query((TextTerm("red"),)))


@pytest.mark.parametrize(
    "text", ["", "r", "\N{DOG FACE}", "red' OR 1=1; DROP TABLE photos;--", "x" * 10_000, "\u202eder", "a\0b"]
)
def test_odd_queries_are_answered(colourful, text):
    assert colourful.search(Query((TextTerm(text),))).total == 5


def test_a_library_that_is_being_searched_sees_what_a_scan_adds(indexed, photos):
    photograph(photos / "red.jpg", "red")
    indexed.index(photos)
    with indexed.opened() as library:
        assert names(library.search(Query((TextTerm("blue"),)))) == []
        photograph(photos / "blue.jpg", "blue")
        indexed.index(photos)
        assert names(library.search(Query((TextTerm("blue"),)))) == ["blue.jpg"]


def test_file_names_are_found_from_the_start_of_a_word_when_asked_for(colourful):
    def found(text: str) -> list[str]:
        return names(colourful.search(Query((TextTerm(text),), also_names=True)))

    assert found("nav") == ["navy.jpg"]
    assert found("GREY.JPG") == ["grey.jpg"]
    assert found("avy") == []
    assert names(colourful.search(Query((TextTerm("nav"),)))) == []
    assert found("blue")[0] == "blue.jpg"


def test_what_a_match_is_worth_is_the_same_after_a_restart_and_at_once(indexed, photos):
    chosen = random.Random(7)
    for n in range(12):
        photograph(photos / f"{n}.jpg", tuple(chosen.randrange(256) for _ in range(3)))
    query = Query((TextTerm("red"),), include_weak=True)
    with indexed.opened(write=True) as library:
        finish(library.scan([photos]))
        at_once = library.search(query).hits
    with indexed.opened() as library:
        assert library.search(query).hits == at_once


def test_a_stricter_search_calls_less_strong_and_a_looser_one_more(colourful):
    counts = [
        colourful.search(Query((TextTerm("red"),), include_weak=True, strictness=strictness))
        for strictness in (0, 50, 80, 100)
    ]
    assert [results.strong for results in counts] == [3, 2, 1, 1]
    usual, strict = counts[1], counts[2]
    assert [hit.match for hit in usual.hits] == [hit.match for hit in strict.hits]
    assert (usual.hits[1].band, strict.hits[1].band) == (Band.STRONG, Band.POSSIBLE)
