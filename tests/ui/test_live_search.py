from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QDate, QLocale

from clipview.core.query_syntax import Key, Part
from clipview.core.types import Filters, ImageTerm, Sort, TextTerm
from clipview.ui.live_search import _day_writer, _Headings
from clipview.ui.question import Picture, Place, Question, read_saved

BIRD = Part(Key.LOOKS, "bird", -1.0)


@pytest.mark.parametrize("name", ["en_GB", "en_US", "de_DE", "fr_FR", "ja_JP", "fi_FI", "es_ES", "C"])
def test_days_are_written_as_the_locale_writes_them(name):
    before = QLocale()
    QLocale.setDefault(QLocale(name))
    try:
        write = _day_writer()
        for day in (date(2025, 5, 10), date(1999, 12, 31), date(2024, 2, 29)):
            wanted = QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
            assert write(day) == wanted
    finally:
        QLocale.setDefault(before)


def test_days_with_few_photos_are_put_under_months():
    days = np.array([20_000, 19_999, 19_950, 19_949], np.int32)
    assert [(one.first, one.text[-4:]) for one in _Headings().of(days)] == [(0, "2024"), (2, "2024")]
    many = np.repeat(days[:2], 30)
    assert [one.first for one in _Headings().of(many)] == [0, 30]
    assert _Headings().of(days[:0]) == ()


def test_a_question_becomes_a_query_with_the_words_first():
    picture = Picture(Path("/a.jpg"), "a.jpg", b"", -2.0)
    query = Question(
        "cat -dog type:png", (BIRD, Part(Key.TAG, "pets")), (picture,), Place.FOLDER, Path("/photos")
    ).query(Sort.NAME)
    assert query.terms == (
        TextTerm("cat"),
        ImageTerm(Path("/a.jpg"), -2.0),
        TextTerm("bird", -1.0),
        TextTerm("dog", -1.0),
    )
    assert query.filters == Filters(folders=(Path("/photos"),), tags=("pets",), formats=("PNG",))
    assert query.also_names
    assert query.sort is Sort.NAME


def test_a_question_survives_being_saved_as_a_line():
    picture = Picture(Path("/photos/my cat.jpg"), "my cat.jpg", b"", -2.0)
    parts = (BIRD, Part(Key.LOOKS, "red car", -1.0), Part(Key.FOLDER, "my photos"), Part(Key.NAME, "IMG", -1.0))
    saved = read_saved(Question("on the sofa", parts, (picture,)).saved_text())
    assert saved.question == Question("on the sofa", parts)
    assert saved.images == (ImageTerm(Path("/photos/my cat.jpg"), -2.0),)


def test_the_folder_of_a_question_is_saved_with_it():
    line = Question("sea", place=Place.FOLDER, folder=Path("/photos/my trip")).saved_text()
    assert read_saved(line).question.query(Sort.BEST).filters == Filters(folders=(Path("/photos/my trip"),))


def test_a_question_can_do_without_some_of_what_it_says():
    question = Question("big dog -leash tag:pets", (BIRD, Part(Key.AFTER, "2019")))
    assert question.without_minus() == Question("big dog", (Part(Key.AFTER, "2019"), Part(Key.TAG, "pets")))
    names = question.names_only()
    assert names.query(Sort.BEST).filters.words == ("big", "dog")
    assert names.query(Sort.BEST).terms == ()


def test_the_same_words_make_the_same_search_whatever_is_odd_in_them():
    for text in ("", "   ", "a" * 10_000, "\N{CAT FACE}", "שלום", "'; DROP TABLE photos; --", "-", '-"', 'image:"'):
        assert Question(text).query(Sort.BEST) == Question(text).query(Sort.BEST)
        assert read_saved(text).images == ()
