from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QSlider,
    QTextBrowser,
    QToolButton,
)
from windows import ColourEncoder, Indexed, Opened, paint, places_in, save_picture, until

from clipview.core.changes import AlbumContent, MakeAlbum
from clipview.core.query_syntax import Key, parse
from clipview.core.resources import resource
from clipview.core.types import STRICTNESS, Sort, TextTerm
from clipview.ui.question import Question

COLOURS = {"red": "#f01010", "green": "#10f010", "blue": "#1010f0", "yellow": "#e8e810"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory):
    """Three photos of each of four colours; the blue ones lie in a folder of their own."""
    folder = tmp_path_factory.mktemp("window-search")
    for colour, tone in COLOURS.items():
        for number in range(3):
            below = "sea" if colour == "blue" else "land"
            paint(folder / "photos" / below / f"{colour}{number}.jpg", tone, size=(64 + number, 48))
    places = places_in(folder)
    indexed = Indexed(places, ColourEncoder())
    indexed.index(folder / "photos")
    ids = indexed.ids()
    with indexed.opened(write=True) as opened:
        for name in ("Winter", "Beach days"):
            opened.change(MakeAlbum(AlbumContent(name, photo_ids=(ids["red0.jpg"],))))
        for name in ("seaside", "harbour"):
            opened.tags.give(name, (ids["blue0.jpg"],))
    return places


@pytest.fixture(scope="module")
def shared(application: QApplication, library) -> Iterator[Opened]:
    opened = Opened(application, library).ready()
    yield opened
    opened.close()


@pytest.fixture
def opened(shared: Opened) -> Opened:
    """The shared window, with nothing asked and nothing selected."""
    window = shared.window
    window.viewing.close()
    window.show_photos()
    with window.model.selecting() as selection:
        selection.nothing()
    window.sidebar.all_photos_requested.emit()
    until(lambda: window.session.settled)
    window.live.set_sort(Sort.NEWEST)
    until(lambda: window.session.settled)
    return shared.come_forward()


def test_the_library_is_shown_at_the_start(opened):
    until(lambda: opened.window.desk.state.searchable == 12)
    assert len(opened.names) == 12
    assert opened.line == "12 photos"
    assert not opened.window.nothing.isVisible()


def test_typing_ranks_the_photos_without_enter(opened):
    opened.type("red")
    assert len(opened.names) == 12, "the old results stay until the new ones are there"
    until(lambda: opened.window.session.settled)
    assert {name[:3] for name in opened.strong} == {"red"}
    assert opened.line.startswith("3 strong")
    assert "of 12" in opened.line
    assert opened.window.timeline.isHidden(), "none of these photos says when it was taken"
    save_picture(opened.window, "results")


def test_only_the_last_of_several_quick_words_is_asked(opened):
    asked = []

    def note(_: object, question: Question) -> None:
        asked.append(question.text)

    opened.window.live.answered.connect(note)
    opened.search("green")
    opened.window.live.answered.disconnect(note)
    # What was shown before may be asked again meanwhile, when the library has changed.
    assert set(asked) - {""} == {"green"}
    assert {name[:5] for name in opened.strong} == {"green"}


def test_the_selection_is_kept_by_photo(opened):
    opened.click("blue1.jpg")
    chosen = opened.window.model.selected_ids
    assert opened.window.paths.name(chosen[0]) == "blue1.jpg"
    opened.search("blue")
    assert opened.window.model.selected_ids == chosen
    assert opened.names.index("blue1.jpg") < 3


def test_escape_goes_back_step_by_step(opened):
    opened.search("red")
    opened.click("red0.jpg")
    opened.press(Qt.Key.Key_Escape)
    assert not opened.window.model.selection.count
    assert opened.window.query_bar.edit.text() == "red"
    opened.press(Qt.Key.Key_Escape)
    until(lambda: opened.window.session.settled)
    assert opened.window.query_bar.edit.text() == ""
    assert opened.line == "12 photos"


def test_back_and_forward_walk_through_the_searches(opened):
    window = opened.window
    opened.search("red")
    opened.press(Qt.Key.Key_Return)
    opened.search("blue")
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    until(lambda: window.session.settled)
    assert window.query_bar.edit.text() == "red"
    assert opened.strong[0].startswith("red")
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton)
    until(lambda: window.session.settled)
    assert window.query_bar.edit.text() == "blue"
    assert opened.strong[0].startswith("blue")


def test_the_arrows_tell_the_searches_around_this_one(opened):
    window = opened.window
    opened.search("red -blue ")
    opened.press(Qt.Key.Key_Return)
    opened.search("yellow & green")
    opened.press(Qt.Key.Key_Return)
    opened.search("blue")
    menu = window.findChild(QMenu, "backButtonMenu")
    menu.aboutToShow.emit()
    names = [action.text() for action in menu.actions()]
    assert names[:2] == ["yellow && green \N{MIDDLE DOT} \N{MINUS SIGN} blue", "red \N{MIDDLE DOT} \N{MINUS SIGN} blue"]
    menu.actions()[1].trigger()
    until(lambda: window.session.settled)
    assert window.query_bar.edit.text().strip() == "red"
    ahead = window.findChild(QMenu, "forwardButtonMenu")
    ahead.aboutToShow.emit()
    assert len(ahead.actions()) == 2


def test_a_minus_word_becomes_a_chip_that_backspace_makes_text_again(opened):
    bar = opened.window.query_bar
    opened.search("red -blue ")
    assert [chip.text_shown for chip in bar.chips] == ["blue"]
    assert bar.edit.text() == "red "
    assert bar.chips[0].accessibleName() == "Not like blue"
    opened.type("-blue ")
    assert [chip.text_shown for chip in bar.chips] == ["blue"], "said twice is not meant twice"
    save_picture(opened.window, "minus-chip")
    opened.press(Qt.Key.Key_Backspace)
    assert (bar.chips, bar.edit.text()) == ((), "red -blue")
    opened.type("x ")
    assert [chip.text_shown for chip in bar.chips] == ["bluex"]
    bar.edit.setCursorPosition(0)
    opened.press(Qt.Key.Key_Backspace)
    assert (bar.chips, bar.edit.text()) == ((), "red -bluex")


def test_delete_removes_a_chip(opened):
    bar = opened.window.query_bar
    opened.search("red -blue ")
    opened.press(Qt.Key.Key_Right)
    opened.press(Qt.Key.Key_Delete)
    assert (bar.chips, bar.edit.text()) == ((), "red ")
    assert opened.window.live.question.all_parts == ()


def test_filters_become_chips_as_typed_and_narrow_the_photos(opened):
    window = opened.window
    opened.search('in:land "red" -type:png date:2001..2090 ')
    assert [chip.says for chip in window.query_bar.chips] == [
        "land",
        "\N{LEFT DOUBLE QUOTATION MARK}red\N{RIGHT DOUBLE QUOTATION MARK}",
        "\N{MINUS SIGN} PNG",
        "2001\N{EN DASH}2090",
    ]
    assert [chip.accessibleName() for chip in window.query_bar.chips][::2] == ["Only land", "Not PNG"]
    assert sorted(opened.names) == ["red0.jpg", "red1.jpg", "red2.jpg"]
    assert opened.line == "3 photos"
    assert window.findChild(QComboBox, "sortBox").currentText() == "Newest first"
    save_picture(window, "filter-chips")
    window.query_bar.chips[2].set_weight(1.0)
    until(lambda: window.session.settled)
    assert window.nothing.sentence == "No photos for 2001\N{EN DASH}2090"
    assert [button.text() for button in window.nothing.ways_out] == [
        "Clear dates", "Drop the filters", "Clear the search",
    ]  # fmt: skip
    QTest.mouseClick(window.nothing.ways_out[1], Qt.MouseButton.LeftButton)
    until(lambda: window.session.settled)
    assert [chip.text_shown for chip in window.query_bar.chips] == ["2001\N{EN DASH}2090"]
    assert window.search_bar.filters.text() == "Filters (1)"
    assert len(opened.names) == 12


def test_values_of_a_filter_are_offered_while_it_is_typed_and_taken_only_when_chosen(opened):
    window, edit = opened.window, opened.window.query_bar.edit
    offered = window.findChild(QListWidget, "completions")
    opened.search("red type:j")
    assert window.live.query.terms == (TextTerm("red"),), "a filter that is only begun is no description"
    until(offered.isVisible)
    assert [offered.item(row).text() for row in range(offered.count())] == ["jpeg  (12)"]
    save_picture(window, "completions")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert offered.isHidden()
    assert edit.text() == "red type:j"
    QTest.keyClicks(edit, "p")
    until(offered.isVisible)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "red type:jp", "Enter goes on to the photos as long as nothing is chosen"
    assert offered.isHidden()
    edit.setFocus()
    QTest.keyClicks(edit, "e")
    until(offered.isVisible)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.text(), edit.hasFocus()) == ("red ", True)
    assert [chip.says for chip in window.query_bar.chips] == ["JPEG"]
    until(lambda: window.session.settled)
    QTest.keyClicks(edit, "-in:")
    until(offered.isVisible)
    QTest.mouseClick(
        offered.viewport(), Qt.MouseButton.LeftButton, pos=offered.visualItemRect(offered.item(0)).center()
    )
    assert len(window.query_bar.chips) == 2
    until(lambda: window.session.settled)


def test_a_chip_can_be_weighted(opened):
    bar = opened.window.query_bar
    opened.search("red yellow^2 ")
    (chip,) = bar.chips
    assert (chip.says, bar.edit.text()) == ("2\N{MULTIPLICATION SIGN} yellow", "red ")
    menu = chip.menu()
    assert "Counts half" in [action.text() for action in menu.actions()]
    menu.close()
    chip.set_weight(1.0)
    assert (bar.chips, bar.edit.text()) == ((), "red yellow")


def test_chips_without_room_wait_under_a_button(opened):
    window = opened.window
    window.resize(800, 600)
    opened.search("red tag:one tag:two tag:three camera:four tag:five tag:six tag:seven tag:eight ")
    more = window.findChild(QToolButton, "moreParts")
    assert more.isVisible()
    assert more.text() == f"+{sum(chip.isHidden() for chip in window.query_bar.chips)}"
    more.menu().aboutToShow.emit()
    assert [action.text() for action in more.menu().actions()][-1] == "eight"
    save_picture(window, "many-chips")
    assert window.width() == 800
    window.resize(1440, 900)


def test_the_filters_panel_writes_the_filters_into_the_search(opened):
    window = opened.window
    opened.search("red tag:keep")
    QTest.mouseClick(window.search_bar.filters, Qt.MouseButton.LeftButton)
    panel = window.search_bar.filtering.panel
    assert panel.isVisible()
    until(lambda: panel.findChild(QComboBox, "filter-type").count() > 1)
    box = panel.findChild(QComboBox, "filter-type")
    assert [box.itemText(index) for index in range(box.count())] == ["Any", "JPEG  (12)"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    QTest.keyClicks(QApplication.focusWidget(), "2001")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert window.query_bar.edit.text() == "red"
    assert [chip.says for chip in window.query_bar.chips] == ["keep", "JPEG", "from 2001 on"]
    assert window.search_bar.filters.text() == "Filters (3)"
    save_picture(panel, "filters-panel")
    QTest.mouseClick(panel.findChild(QPushButton, "clearFilters"), Qt.MouseButton.LeftButton)
    assert window.query_bar.chips == ()
    for key, typed, completed in (("tag", "sea", "seaside"), ("album", "days", "Beach days")):
        box = panel.findChild(QComboBox, f"filter-{key}")
        box.setFocus()
        box.lineEdit().selectAll()
        QTest.keyClicks(box.lineEdit(), typed)
        assert box.completer().currentCompletion().startswith(completed)
        QTest.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert [chip.says for chip in window.query_bar.chips] == ["seaside", "Beach days"]
    panel.close()
    until(lambda: window.session.settled)
    opened.search("is:Square type:JPG date:2001.. -has:place rating:2 camera:x in:land ")
    window.actions_by_name["filters"].trigger()
    assert panel.findChild(QComboBox, "filter-has").currentText() == "Without a place"
    assert panel.findChild(QComboBox, "filter-camera").currentText() == "x"
    assert panel.findChild(QComboBox, "filter-type").currentText() == "JPEG  (12)"
    assert [button.text() for button in panel.findChildren(QPushButton) if button.isChecked()] == ["Square"]
    panel.close()
    opened.come_forward()


def test_a_search_that_finds_nothing_can_look_at_names_only(opened):
    window = opened.window
    opened.search("qqq ed0")
    button = next(one for one in window.nothing.ways_out if one.text() == "Search names only")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: window.session.settled)
    assert len(window.query_bar.chips) == 2
    assert window.nothing.sentence.startswith("No photos with")
    window.query_bar.chips[0].removed.emit()
    until(lambda: window.session.settled)
    assert opened.names == ["red0.jpg"]


def test_a_minus_word_counts_while_it_is_still_typed(opened):
    opened.search("red -blue")
    assert opened.window.query_bar.chips == ()
    assert opened.window.live.question.all_unwanted == ("blue",)


def test_the_arrow_keys_reach_the_chips_and_flip_them(opened):
    bar = opened.window.query_bar
    opened.search("red -blue ")
    opened.press(Qt.Key.Key_Right)
    assert bar.chips[0].hasFocus()
    opened.press(Qt.Key.Key_Plus)
    assert bar.chips == ()
    assert bar.edit.text() == "red blue"


def test_nothing_found_says_so_and_offers_ways_out(opened):
    window = opened.window
    opened.search("zzz -red ")
    assert window.nothing.isVisible()
    assert window.nothing.sentence == "Nothing in 12 photos looks like zzz"
    assert window.model.answer.weaker_from == 0, "the closest photos are shown, dimmed"
    assert len(opened.names) == 12
    assert [button.text() for button in window.nothing.ways_out] == [
        "Drop the minus", "Search names only", "Clear the search",
    ]  # fmt: skip
    save_picture(window, "nothing-found")
    QTest.mouseClick(window.nothing.ways_out[0], Qt.MouseButton.LeftButton)
    assert window.query_bar.chips == ()
    assert window.query_bar.edit.text() == "zzz"
    until(lambda: window.session.settled)
    QTest.mouseClick(window.nothing.ways_out[-1], Qt.MouseButton.LeftButton)
    until(lambda: window.session.settled)
    assert not window.nothing.isVisible()


def test_what_is_half_typed_finds_nothing_only_once_it_is_clear_that_nothing_else_is_meant(opened):
    window = opened.window
    before = opened.names
    opened.type("in:")
    until(lambda: window.search_bar.completing.offers)
    opened.type("and")
    until(lambda: window.session.settled)
    assert not window.nothing.isVisible(), "a folder is about to be chosen"
    assert opened.names == before
    opened.press(Qt.Key.Key_Escape)
    until(window.nothing.isVisible)
    assert window.nothing.sentence == "No photos with and"
    window.query_bar.edit.selectAll()
    opened.type("zzz")
    until(lambda: window.session.settled)
    opened.press(Qt.Key.Key_Return)
    assert window.nothing.sentence == "Nothing in 12 photos looks like zzz"
    assert window.nothing.isVisible(), "whoever goes on to the photos has typed all of it"


def test_a_line_just_low_enough_is_offered_when_something_lies_under_it(opened):
    window = opened.window
    opened.search("white")
    assert window.nothing.sentence == "Nothing clearly looks like white"
    save_picture(window, "less-strict")
    QTest.mouseClick(window.nothing.ways_out[0], Qt.MouseButton.LeftButton)
    until(lambda: window.session.settled and not window.nothing.isVisible())
    assert sorted(opened.strong) == ["yellow0.jpg", "yellow1.jpg", "yellow2.jpg"]
    assert (window.live.question.text, window.result_bar.strictness.text()) == ("white", "Strictness 45%")
    window.result_bar.strictness.choose(STRICTNESS)
    until(lambda: window.nothing.isVisible())
    assert [button.text() for button in window.nothing.ways_out][:1] == ["Less strict"]


def test_words_that_look_like_markup_are_shown_as_they_are(opened):
    opened.search("<b>zzz</b> &amp;")
    title = opened.window.findChild(QLabel, "nothingTitle")
    assert title is not None
    assert "&lt;b&gt;zzz&lt;/b&gt; &amp;amp;" in title.text()
    assert opened.window.nothing.sentence.endswith("<b>zzz</b> &amp;")


def test_a_file_name_is_found_in_the_same_field(opened):
    opened.search("yellow2")
    assert opened.strong == ["yellow2.jpg"]


def test_a_year_without_photos_can_be_cleared(opened):
    window = opened.window
    opened.search("red 1994")
    assert window.nothing.sentence == "No photos for 1994"
    QTest.mouseClick(window.nothing.ways_out[0], Qt.MouseButton.LeftButton)
    until(lambda: window.session.settled)
    assert window.query_bar.edit.text() == "red"
    assert opened.strong[0].startswith("red")


def test_a_folder_of_the_sidebar_narrows_the_search(opened, library):
    window = opened.window
    window.sidebar.folder_selected.emit(library.library.parent / "photos" / "sea")
    until(lambda: window.session.settled)
    assert len(opened.names) == 3
    assert opened.line == "3 photos · sea"
    opened.search("red")
    assert window.nothing.isVisible()
    assert "Search all folders" in [button.text() for button in window.nothing.ways_out]


def test_recently_added_shows_the_newest_ids_first(opened):
    window = opened.window
    window.sidebar.recent_requested.emit()
    until(lambda: window.session.settled)
    ids = window.model.ids.tolist()
    assert ids == sorted(ids, reverse=True)
    assert opened.line == "12 photos · recently added"


def test_the_order_can_be_chosen_and_is_kept_apart_for_browsing(opened):
    window = opened.window
    box = window.findChild(QComboBox, "sortBox")
    texts = [box.itemText(index) for index in range(box.count())]
    assert texts == ["Newest first", "Oldest first", "By name"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    until(lambda: window.session.settled)
    assert opened.names == sorted(opened.names)
    opened.search("red")
    assert box.currentText() == "Best first"


def test_the_slider_and_the_keys_change_the_size(opened):
    window = opened.window
    before = window.grid.cell_px
    QTest.keyClick(window.grid, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.grid.cell_px > before
    slider = window.findChild(QSlider, "sizeSlider")
    assert slider.value() == window.grid.cell_px
    slider.setValue(before)
    assert window.grid.cell_px == before


def test_enter_opens_the_viewer_and_escape_comes_back(opened):
    window = opened.window
    opened.search("green")
    opened.click("green0.jpg")
    opened.press(Qt.Key.Key_Return)
    assert window.viewing.page is not None
    assert window.viewing.page.viewer.current_id == opened.id_of("green0.jpg")
    opened.press(Qt.Key.Key_Escape)
    assert window.viewing.page is None
    assert window.grid.hasFocus()


def test_keys_for_photos_are_letters_while_typing(opened):
    opened.search("bissau ?/")
    assert opened.window.query_bar.edit.text() == "bissau ?/"
    assert opened.window.info.isVisible()
    assert opened.window.sidebar.isVisible()


def test_the_strictness_slider_moves_the_line_at_once_by_keyboard(opened):
    button = opened.window.findChild(QToolButton, "strictnessButton")
    assert not button.isVisible(), "there is no line while photos are only browsed"
    opened.search("red")
    usual = opened.line
    assert button.isVisible()
    slider = button.menu().findChild(QSlider, "strictnessSlider")
    assert (slider.accessibleName(), button.accessibleName()) == ("Strictness", "Strictness")
    button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
    save_picture(button.menu(), "strictness")
    QTest.keyClick(slider, Qt.Key.Key_Home)
    until(lambda: opened.window.session.settled)
    assert opened.window.live.question.text == "red"
    assert len(opened.strong) > 3, "the loosest line lets weak matches through"
    assert (opened.line.split(" ")[0], button.text()) == (str(len(opened.strong)), "Strictness 0%")
    save_picture(opened.window, "results-loose")
    button.menu().findChild(QPushButton).click()
    until(lambda: opened.window.session.settled)
    button.menu().close()
    assert (opened.line.split(" · ")[:2], button.text()) == (usual.split(" · ")[:2], "Strictness")


def test_the_help_page_tells_what_is_understood(opened):
    opened.window.actions_by_name["search_help"].trigger()
    help_page = opened.window.findChild(QDialog, "searchHelp")
    shown = help_page.findChild(QTextBrowser).toPlainText()
    save_picture(help_page, "search-help")
    help_page.close()
    examples = re.findall(r"`(-?[a-z]+:[^`]+)`", resource("searching.md").read_text(encoding="utf-8"))
    assert {key for example in examples for part in parse(example).parts if (key := part.key)} == set(Key) - {Key.LOOKS}
    for example in examples:
        assert parse(example).words == ""
        assert example in shown
