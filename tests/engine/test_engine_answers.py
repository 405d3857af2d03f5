from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from colours import paint
from stand_in import Window

from clipview.core.types import Filters, ImageTerm, Query, Sort, TextTerm
from clipview.engine.answers import read_typed
from clipview.engine.messages import (
    AlbumDescription,
    Anticipate,
    CheckImage,
    DescribeAlbum,
    DescribePhoto,
    FindSimilar,
    ForgetSearch,
    ImageAccepted,
    ImageRefused,
    LibraryState,
    ListRememberedSearches,
    Notice,
    PhotoDescription,
    PictureAnswer,
    PictureRefused,
    RememberedSearches,
    RememberSearch,
    SavedSearch,
    SaveSearch,
    Search,
    SearchAnswer,
    SearchRefused,
    SetAside,
    SetAsideAnswer,
    SimilarAnswer,
    ViewPicture,
)

TODAY = date(2020, 5, 17)


def shoot(path: Path, colour: str, when: datetime, **options) -> Path:
    paint(path, colour, **options)
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("photos")


@pytest.fixture(scope="module")
def library(shared: Window, folder: Path) -> Window:
    """A library of four photos of four years."""
    photos = folder
    shoot(photos / "red.jpg", "red", datetime(2018, 3, 1, 12))
    shoot(photos / "green.jpg", "green", datetime(2019, 7, 14, 12))
    shoot(photos / "blue" / "blue.jpg", "blue", datetime(2020, 5, 17, 12))
    shoot(photos / "blue" / "DSC_white.jpg", "white", datetime(2021, 1, 1, 12))
    shared.index(photos)
    return shared


@pytest.fixture
def holiday(library: Window, folder: Path) -> Iterator[Window]:
    """The same; what a test adds or deletes is undone."""
    before = {path: path.read_bytes() for path in folder.rglob("*.jpg")}
    times = {path: path.stat().st_mtime for path in before}
    yield library
    after = set(folder.rglob("*.jpg"))
    for path in after - set(before):
        path.unlink()
    for path in set(before) - after:
        path.write_bytes(before[path])
        os.utime(path, (times[path], times[path]))
    if after != set(before):
        library.index(folder)


@pytest.fixture
def photos(folder: Path) -> Path:
    return folder


def names(window: Window, answer: SearchAnswer) -> list[str]:
    found = []
    for photo_id in answer.ids.tolist():
        window.send(DescribePhoto(1, photo_id))
        found.append(window.wait(PhotoDescription).paths[0].name)
    return found


def test_an_empty_library_is_browsed_and_searched_without_complaint(window):
    for words in ((), ("red",), ("red 2019",)):
        answer = window.search(*words)
        assert (answer.total, answer.strong, len(answer.ids), answer.closest) == (0, 0, 0, False)


def test_browsing_gives_all_photos_newest_first(holiday):
    answer = holiday.search()
    assert names(holiday, answer) == ["DSC_white.jpg", "blue.jpg", "green.jpg", "red.jpg"]
    assert answer.match is None
    assert answer.total == 4
    assert not answer.offline.any()
    assert answer.days.tolist() == [
        (date(*day) - date(1970, 1, 1)).days for day in [(2021, 1, 1), (2020, 5, 17), (2019, 7, 14), (2018, 3, 1)]
    ]
    assert abs(int(answer.colours[3]) >> 16) > 240


def test_words_find_what_they_describe_best_first(holiday):
    answer = holiday.search("red")
    assert names(holiday, answer)[0] == "red.jpg"
    assert answer.match is not None
    assert answer.match.dtype == np.uint8
    assert answer.strong >= 1
    assert (np.diff(answer.match.astype(int)) <= 0).all()
    assert not answer.closest


def test_a_date_at_the_end_of_the_words_is_a_filter(holiday):
    answer = holiday.search("green july 2019")
    assert names(holiday, answer) == ["green.jpg"]
    assert (answer.date_words, answer.total) == ("july 2019", 1)


def test_a_date_alone_is_browsed(holiday):
    answer = holiday.search("2018")
    assert names(holiday, answer) == ["red.jpg"]
    assert answer.match is None
    assert answer.date_words == "2018"


def test_when_nothing_passes_the_closest_are_given(holiday):
    answer = holiday.search("something else entirely")
    assert answer.closest
    assert (answer.strong, answer.possible) == (0, 0)
    assert len(answer.ids) == 4


def test_when_no_photo_passes_the_filters_there_is_nothing_close(holiday):
    answer = holiday.search("red 1999")
    assert (answer.total, len(answer.ids), answer.closest) == (0, 0, False)


def test_file_names_are_found_by_the_same_words(holiday):
    answer = holiday.search("dsc")
    assert names(holiday, answer)[0] == "DSC_white.jpg"
    assert answer.named == 1


def test_a_folder_narrows_the_answer(holiday, photos):
    assert holiday.search(folder=photos / "blue").total == 2


def test_sorted_by_date_the_strong_still_come_before_the_possible(holiday, photos):
    for year, shade in enumerate(("#c05050", "#b06060", "#a06868", "#a07070"), start=2022):
        shoot(photos / f"{shade}.jpg", shade, datetime(year, 1, 1))
    holiday.index(photos)
    holiday.send(Search(77, Query((TextTerm("red"),), sort=Sort.NEWEST)))
    answer = holiday.wait(SearchAnswer)
    newest_first = holiday.search().ids.tolist()
    places = [newest_first.index(photo_id) for photo_id in answer.ids.tolist()]
    strong, possible = places[: answer.strong], places[answer.strong :]
    assert answer.strong
    assert answer.possible
    assert strong == sorted(strong)
    assert possible == sorted(possible)


@pytest.mark.parametrize(
    ("typed", "text", "words"),
    [
        ("beach july 2019", "beach", "july 2019"),
        ("Strand im Juli 2019", "Strand", "im Juli 2019"),
        ("  dog ", "dog", None),
        ("2019", None, "2019"),
        ("", None, None),
        ("beach in 2019-02-31", "beach in 2019-02-31", None),
        ("x" * 10_000, "x" * 10_000, None),
    ],
)
def test_typed_words_are_split_into_text_and_date(typed, text, words):
    query, date_words = read_typed(Query((TextTerm(typed),)), TODAY)
    assert [term.text for term in query.terms] == ([] if text is None else [text])
    assert date_words == words


def test_a_typed_date_narrows_the_filter_that_is_set(tmp_path):
    filters = Filters((tmp_path,), date(2019, 6, 1), date(2019, 12, 31))
    query, _ = read_typed(Query((TextTerm("sea 2019"), TextTerm("fog", -1.0)), filters), TODAY)
    assert query.filters == filters
    assert [term.text for term in query.terms] == ["sea", "fog"]


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\U0001f436", "\ud800", "red' OR 1=1; --", "\u202eder", "x" * 10_000]
)
def test_odd_words_are_answered(holiday, text):
    assert holiday.search(text).total == 4


def test_a_search_that_fails_is_refused_with_a_sentence(holiday, tmp_path):
    for query in (Query((TextTerm("impossible"),)), Query((TextTerm("red", 0.0),))):
        holiday.send(Search(5, query))
        refused = holiday.wait(SearchRefused)
        assert refused.number == 5
        assert str(holiday.places.library) in refused.reason
    assert holiday.search("red").strong


def test_what_is_still_being_typed_is_neither_answered_nor_refused(holiday, tmp_path):
    before = holiday.search("red")
    holiday.messages.clear()
    for term in (TextTerm("impossible"), ImageTerm(tmp_path / "gone.jpg"), TextTerm("green"), TextTerm("red")):
        holiday.send(Anticipate(Query((term,))))
    after = holiday.search("red")
    assert (after.ids.tolist(), after.match.tolist()) == (before.ids.tolist(), before.match.tolist())
    assert not [each for each in holiday.messages if isinstance(each, SearchAnswer | SearchRefused | Notice)]


def test_unreadable_query_images_are_refused(holiday, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("not a picture")
    holiday.send(CheckImage(1, note))
    refused = holiday.wait(ImageRefused)
    assert (refused.number, refused.name) == (1, "note.txt")
    assert refused.reason.endswith(".")
    holiday.send(CheckImage(2, b""))
    assert holiday.wait(ImageRefused).number == 2


def test_a_dropped_image_can_be_searched_with(holiday, tmp_path):
    dropped = paint(tmp_path / "dropped.jpg", "blue", size=(90, 60))
    holiday.send(CheckImage(1, dropped))
    accepted = holiday.wait(ImageAccepted)
    assert (accepted.path, accepted.name) == (dropped, "dropped.jpg")
    assert accepted.preview_jpeg[:2] == b"\xff\xd8"
    assert names(holiday, holiday.search(image=accepted.path))[0] == "blue.jpg"


def test_a_pasted_bitmap_is_kept_as_a_file_but_not_for_ever(holiday, tmp_path):
    for number in range(23):
        holiday.send(CheckImage(number, paint(tmp_path / "paste.jpg", "red", size=(60 + number, 40)).read_bytes()))
        accepted = holiday.wait(ImageAccepted)
        assert accepted.path.parent == holiday.places.cache / "queries"
    assert names(holiday, holiday.search(image=accepted.path))[0] == "red.jpg"
    assert len(list(accepted.path.parent.iterdir())) == 20


def test_similar_photos_are_found_without_the_photo_itself(holiday, photos):
    paint(photos / "red2.jpg", "#ee1010")
    holiday.index(photos)
    red = holiday.search("red").ids.tolist()[:2]
    holiday.send(FindSimilar(9, red[0], 3))
    answer = holiday.wait(SimilarAnswer)
    assert (answer.number, answer.photo_id, len(answer.ids)) == (9, red[0], 3)
    assert answer.ids[0] == red[1]
    assert red[0] not in answer.ids
    holiday.send(FindSimilar(10, 999, 3))
    assert holiday.wait(SimilarAnswer).ids == ()


def test_a_photo_is_described_and_shown(holiday, photos):
    photo_id = int(holiday.search("red").ids[0])
    holiday.send(DescribePhoto(4, photo_id))
    description = holiday.wait(PhotoDescription)
    assert description.paths == (photos / "red.jpg",)
    assert (description.reachable, description.format, description.width_px) == (True, "JPEG", 48)
    holiday.send(ViewPicture(5, photo_id, None))
    picture = holiday.wait(PictureAnswer)
    assert (picture.width_px, picture.height_px, len(picture.rgb)) == (48, 32, 48 * 32 * 3)
    assert picture.rgb[0] > 240


def test_a_photo_that_is_gone_is_refused_and_described_as_gone(holiday, photos):
    photo_id = int(holiday.search("red").ids[0])
    (photos / "red.jpg").unlink()
    holiday.send(ViewPicture(5, photo_id, None))
    refused = holiday.wait(PictureRefused)
    assert (refused.number, refused.photo_id) == (5, photo_id)
    assert refused.reason
    holiday.send(DescribePhoto(6, photo_id))
    assert not holiday.wait(PhotoDescription).reachable
    holiday.send(DescribePhoto(7, 999))
    assert holiday.wait(PhotoDescription).paths == ()
    holiday.send(ViewPicture(8, 999, None))
    assert holiday.wait(PictureRefused).number == 8


def test_another_copy_is_shown_when_the_first_is_gone(holiday, photos):
    shutil.copy(photos / "red.jpg", photos / "zzz.jpg")
    holiday.index(photos)
    (photos / "red.jpg").unlink()
    photo_id = int(holiday.search("red").ids[0])
    holiday.send(ViewPicture(5, photo_id, None))
    assert holiday.wait(PictureAnswer).photo_id == photo_id


def test_files_that_were_set_aside_are_listed(holiday, photos):
    (photos / "broken.jpg").write_bytes(b"no picture")
    holiday.index(photos)
    holiday.send(SetAside(3))
    (skipped,) = holiday.wait(SetAsideAnswer).skipped
    assert skipped.path == photos / "broken.jpg"


def test_a_search_that_cannot_be_remembered_is_no_trouble_to_tell_of(holiday):
    def remembered(text: str) -> tuple[str, ...]:
        holiday.send(RememberSearch(text))
        holiday.send(DescribeAlbum(1, "none"))
        holiday.wait(AlbumDescription)
        holiday.send(ListRememberedSearches())
        return holiday.wait(RememberedSearches).texts

    with closing(sqlite3.connect(holiday.places.database)) as database:
        database.execute(
            "CREATE TRIGGER no BEFORE INSERT ON remembered_searches BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        assert remembered("red") == ()
        assert not [message for message in holiday.messages if isinstance(message, Notice)]
        database.execute("DROP TRIGGER no")
    assert remembered("red -blue") == ("red -blue",)


def test_saved_searches_are_part_of_the_state(holiday):
    holiday.send(SaveSearch("reds", "red 2018"))
    holiday.wait(LibraryState, lambda state: state.saved_searches == (SavedSearch("reds", "red 2018"),))
    holiday.send(ForgetSearch("reds"))
    holiday.wait(LibraryState, lambda state: state.saved_searches == ())
