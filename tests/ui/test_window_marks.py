"""More like this, less like this, in the window: keys, menus, chip, undo, history, saved searches, and why."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog
from windows import Opened, paint, save_picture, until

from clipview.core.query_syntax import Key as Said
from clipview.core.query_syntax import Part
from clipview.engine.messages import SavedSearch
from clipview.ui.photo_model import Badge
from clipview.ui.question import Question, read_saved

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

COLOURS = {
    "red": "rgb(250, 10, 10)", "crimson": "rgb(190, 15, 30)", "rose": "rgb(230, 90, 110)", "brick": "rgb(170, 60, 45)",
    "blue": "rgb(10, 10, 250)", "navy": "rgb(10, 15, 120)", "sky": "rgb(90, 150, 240)", "green": "rgb(10, 200, 20)",
}  # fmt: skip


@pytest.fixture(scope="module")
def window(application: QApplication, tmp_path_factory):
    base = tmp_path_factory.mktemp("marks")
    for name, colour in COLOURS.items():
        paint(base / "photos" / f"{name}.png", colour)
    window = Opened.on_photos(application, base)
    yield window
    window.close()


@pytest.fixture
def opened(window: Opened):
    """The window as it began."""
    window.window.viewing.close()
    window.window.live.go(Question())
    window.window.undo.clear()
    until(lambda: window.window.session.settled)
    return window.come_forward()


def mark(opened: Opened, key: Key, *names: str) -> None:
    opened.window.model.select_ids([opened.id_of(f"{name}.png") for name in names])
    opened.window.grid.setFocus()
    opened.press(key)
    until(lambda: opened.window.session.settled)


def badge(opened: Opened, name: str) -> int:
    answer = opened.window.model.answer
    return 0 if answer.badges is None else int(answer.badges[opened.names.index(f"{name}.png")])


def test_plus_and_minus_mark_photos_and_the_results_follow(opened):
    mark(opened, Key.Key_Plus, "red", "rose")
    assert set(opened.names[:2]) == {"red.png", "rose.png"}
    assert opened.names[2] in ("crimson.png", "brick.png")
    assert badge(opened, "red") == Badge.LIKED
    before = opened.names
    mark(opened, Key.Key_Minus, before[2].removesuffix(".png"))
    assert before[2] not in opened.strong
    (chip,) = opened.window.query_bar.chips
    assert chip.text_shown.startswith("2 like")
    assert "1 dislike" in chip.text_shown
    save_picture(opened.window, "marks")


def test_undo_restores_the_order_and_redo_the_marks(opened):
    before = opened.names
    mark(opened, Key.Key_Plus, "blue")
    marked = opened.names
    assert marked != before
    opened.press(Key.Key_Z, CONTROL)
    until(lambda: opened.names == before)
    assert opened.window.live.question == Question()
    opened.press(Key.Key_Z, CONTROL | SHIFT)
    until(lambda: opened.names == marked)


def test_same_key_again_takes_the_mark_back_and_the_other_key_turns_it(opened):
    mark(opened, Key.Key_Plus, "blue")
    photo_id = opened.id_of("blue.png")
    opened.window.marking.mark((photo_id,), more=False)
    until(lambda: opened.window.session.settled)
    assert (opened.window.live.question.more, opened.window.live.question.less) == ((), (photo_id,))
    opened.window.marking.mark((photo_id,), more=False)
    until(lambda: opened.window.session.settled)
    assert not opened.window.live.question.marked


def test_marks_go_with_typed_words_and_undo_leaves_the_words(opened):
    mark(opened, Key.Key_Plus, "sky")
    opened.window.query_bar.edit.setFocus()
    opened.search("red")
    assert opened.names[:2] == ["red.png", "sky.png"], "a name that was typed leads, then the marked ones"
    opened.window.grid.setFocus()
    opened.press(Key.Key_Z, CONTROL)
    until(lambda: opened.window.session.settled)
    assert opened.window.live.question == Question("red")
    assert opened.names[0] == "red.png"


def test_back_and_forward_walk_through_the_marks(opened):
    window = opened.window
    mark(opened, Key.Key_Plus, "blue")
    window.live.walk(-1)
    assert window.query_bar.chips == ()
    window.live.walk(1)
    assert len(window.query_bar.chips) == 1
    until(lambda: window.session.settled)
    assert opened.names[0] == "blue.png"


def test_cross_of_the_chip_takes_all_marks_off_and_undo_brings_them_back(opened):
    window = opened.window
    mark(opened, Key.Key_Plus, "blue")
    window.marking.mark((9_999,), more=False)
    (chip,) = window.query_bar.chips
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip._close_rect().center())
    assert not window.live.question.marked
    window.undo.undo()
    assert window.live.question.more
    assert window.live.question.less


def test_keys_walk_to_the_chip_and_backspace_takes_the_marks_off(opened):
    mark(opened, Key.Key_Plus, "blue")
    bar = opened.window.query_bar
    bar.edit.setFocus()
    opened.press(Key.Key_Right)
    assert bar.chips[0].hasFocus()
    opened.press(Key.Key_Minus)
    assert opened.window.live.question.more
    opened.press(Key.Key_Backspace)
    assert not opened.window.live.question.marked


def test_menu_of_the_chip_saves_the_search_with_its_marks(opened):
    window = opened.window
    mark(opened, Key.Key_Plus, "blue")
    question = window.live.question
    menu = window.query_bar.chips[0].menu()
    save = next(action for action in menu.actions() if action.objectName() == "save_search")
    save.trigger()
    menu.close()
    dialog = window.findChildren(QInputDialog, "saveSearch")[-1]
    dialog.setTextValue("blues")
    dialog.accept()
    saved = SavedSearch("blues", question.saved_text())
    until(lambda: saved in window.desk.state.saved_searches)
    assert read_saved(saved.text).question == question


def test_a_saved_search_asks_again_what_was_saved(opened):
    window = opened.window
    opened.search("red -blue ")
    window.actions_by_name["save_search"].trigger()
    dialog = window.findChildren(QInputDialog, "saveSearch")[-1]
    dialog.setTextValue("Reds")
    dialog.accept()
    until(lambda: "Reds" in {saved.name for saved in window.desk.state.saved_searches})
    opened.search("green")
    window.sidebar.saved_search_selected.emit("Reds")
    until(lambda: window.session.settled)
    assert window.query_bar.edit.text() == "red"
    assert [chip.text_shown for chip in window.query_bar.chips] == ["blue"]


def test_viewer_marks_the_photo_on_screen_and_shows_it(opened):
    window = opened.window
    opened.click("navy.png")
    photo_id = opened.id_of("navy.png")
    window.viewing.open(photo_id)
    QTest.keyClick(window.viewing.page.viewer, Key.Key_Plus)
    until(lambda: window.session.settled)
    assert window.live.question.more == (photo_id,)
    viewer = window.viewing.page.viewer
    assert viewer.current_id == photo_id
    more = next(b for b in viewer.findChildren(type(viewer._bar.more_button)) if b is viewer._bar.more_button)
    assert more.isChecked()
    save_picture(window, "marks-viewer")
    viewer.step(1)
    assert not more.isChecked()


def test_details_tell_why_the_selected_photo_matches(opened):
    window, why = opened.window, opened.window.info.why
    opened.search("yellow")
    opened.click("brick.png")
    until(lambda: "The best of all your photos" in why.says)
    window.marking.mark((opened.id_of("brick.png"),), more=True)
    window.live.go(replace(window.live.question, parts=(Part(Said.LOOKS, "green", -1.0),)))
    until(lambda: "your marks" in why.says)
    assert {"yellow", "\N{MINUS SIGN} green"} <= set(why.says)
    save_picture(window, "why")
    window.viewing.open(opened.id_of("brick.png"))
    window.actions_by_name["toggle_info"].trigger()
    until(lambda: "your marks" in window.viewing.page.info.why.says)
    save_picture(window, "why-viewer")
    window.viewing.close()
    opened.click("brick.png")
    window.live.go(Question())
    until(lambda: not why.isVisible())


@pytest.mark.parametrize("text", ["more:1,2 less:3", "cat more:7", "more:x", "more:"])
def test_saved_line_with_marks_is_read_as_it_was_written(text):
    question = read_saved(text).question
    assert read_saved(question.saved_text()).question == question
    assert question.marked == any(letter.isdigit() for letter in text)
