"""Tags in the window: the tag list, the review desk with its keys, answers and their way back."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QToolButton,
    QTreeView,
    QWidget,
)
from windows import Indexed, Opened, WordyEncoder, paint, places_in, save_picture, until

from clipview.engine.messages.tags import ListTags, TagPhotos
from clipview.ui.auto_tag_dialog import AutoTagDialog
from clipview.ui.question import Place, Question
from clipview.ui.review_page import ReviewPage
from clipview.ui.sidebar_model import RowKind
from clipview.ui.tag_line import TagLine
from clipview.ui.vocabulary_dialog import VocabularyDialog

Key = Qt.Key
_VOCABULARY = """
[[tag]]
name = "colour"
group = "paint"
prompts = ["white"]
[[tag]]
name = "crimson"
group = "paint"
prompts = ["red"]
parent = "colour"
[[tag]]
name = "azure"
group = "paint"
prompts = ["blue"]
parent = "colour"
"""


@pytest.fixture(scope="module")
def window(application: QApplication, tmp_path_factory):
    """Shades of three colours, tagged by an encoder that knows colours; other words lie anywhere."""
    base = tmp_path_factory.mktemp("tags")
    shades = np.random.default_rng(0)
    for name, colour in (("red", (200, 30, 30)), ("blue", (30, 30, 200)), ("green", (30, 200, 30))):
        for number in range(8):
            red, green, blue = np.clip(np.array(colour) + shades.integers(-60, 60, 3), 0, 255).tolist()
            paint(base / "photos" / f"{name}{number}.jpg", f"rgb({red}, {green}, {blue})")
    places = places_in(base)
    places.vocabularies.mkdir(parents=True)
    (places.vocabularies / "colours.toml").write_text(_VOCABULARY, encoding="utf-8")
    with Indexed(places, WordyEncoder()).opened(write=True) as library:
        for steps in (library.scan([base / "photos"]), library.tags.tag()):
            for _ in steps:
                pass
    window = Opened(application, places, entry="wordy").ready()
    window.window.live.set_fold(None)
    until(lambda: window.window.tagging.listed is not None)
    yield window
    window.close()


@pytest.fixture
def opened(window: Opened):
    """The window as it began, with nothing answered."""
    stack = window.window.undo
    while stack.canUndo():
        until(lambda: not window.window.tagging.steps.busy)
        stack.undo()
    until(lambda: not window.window.tagging.steps.busy)
    stack.clear()
    window.window.viewing.close()
    window.window.show_photos()
    window.window.live.go(Question())
    until(lambda: window.window.session.settled)
    return window.come_forward()


def desk(opened: Opened, tag: str | None = None) -> ReviewPage:
    opened.window.tagging.review(tag)
    page = opened.window.tagging.page
    until(lambda: page.queue.current is not None and page.hasFocus())
    return page


def settle(opened: Opened) -> None:
    until(lambda: not opened.window.tagging.steps.busy and opened.window.session.settled)


def unsure(opened: Opened, tag: str) -> int:
    return next((row.unsure for row in opened.window.tagging.listed.tags if row.name == tag), 0)


def text(page: ReviewPage, name: str) -> str:
    return page.findChild(QLabel, name).text()


def crowded(opened: Opened) -> str:
    """The tag with most unsure photos."""
    return max(opened.window.tagging.listed.tags, key=lambda row: row.unsure).name


def test_sidebar_lists_tags_by_group_and_a_click_shows_their_photos(opened):
    tree = opened.window.sidebar.findChild(QTreeView)
    tree.expandAll()
    index = tree.model().index_of(RowKind.TAG, "azure")
    above = []
    while (index := index.parent()).isValid():
        above.append(index.data())
    assert above == ["colour", "Paint"]
    index = tree.model().index_of(RowKind.TAG, "azure")
    tree.scrollTo(index)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())
    until(lambda: opened.window.session.settled and len(opened.names) < 20)
    assert {name[:4] for name in opened.names} == {"blue"}
    save_picture(opened.window, "tag-list")


def test_keys_answer_one_question_after_the_other(opened):
    page = desk(opened)
    first, second = page.queue.current, page.queue.coming[0]
    assert first.tag in text(page, "reviewQuestion")
    assert opened.window.info.photo_id == first.photo_id
    opened.press(Key.Key_Y)
    assert page.queue.current == second
    opened.press(Key.Key_N)
    settle(opened)
    assert page.queue.answered == 2
    until(lambda: "2 answered" in text(page, "reviewCount"))
    save_picture(opened.window, "review-desk")
    opened.window.tagging.review(first.tag)
    until(lambda: page._heard)
    assert first not in [page.queue.current, *page.queue.coming]


def test_undo_brings_the_question_back_and_the_tag_as_it_was(opened):
    page = desk(opened)
    pair = page.queue.current
    before = unsure(opened, pair.tag)
    opened.press(Key.Key_Y)
    settle(opened)
    until(lambda: unsure(opened, pair.tag) != before)
    opened.window.actions_by_name["undo"].trigger()
    assert page.queue.current == pair
    settle(opened)
    until(lambda: unsure(opened, pair.tag) == before)
    opened.window.actions_by_name["redo"].trigger()
    settle(opened)
    assert page.queue.current != pair


def test_skipped_question_comes_back_with_the_left_arrow(opened):
    page = desk(opened)
    pair = page.queue.current
    opened.press(Key.Key_S)
    assert page.queue.current != pair
    opened.press(Key.Key_Left)
    assert page.queue.current == pair


def test_a_quick_person_never_waits_for_the_next_question(opened):
    page = desk(opened)
    until(lambda: len(page.queue.coming) > 150)
    for _ in range(150):
        page.skip()
        assert page.queue.current is not None
    until(lambda: len(page.queue.coming) > 100)


def test_next_picture_is_ready_before_it_is_asked_about(opened):
    page = desk(opened)
    coming = page.queue.coming[0].photo_id
    until(lambda: page.picture.is_sharp and page.picture.is_ready(coming))
    opened.press(Key.Key_N)
    assert page.picture.photo_id == coming
    assert page.picture.is_shown
    settle(opened)


def test_group_is_answered_at_once_with_what_was_crossed_out(opened):
    tag = crowded(opened)
    page = desk(opened, tag)
    page.findChild(QToolButton, "wholeGroups").click()
    cards = list(page.group.cards)
    assert len(cards) > 2
    crossed, rest_ids = cards[0].photo_id, {card.photo_id for card in cards[1:]}
    QTest.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    rest = f"{len(cards) - 1} yes, 1 no"
    assert rest in page.findChild(QPushButton, "groupAnswer").text()
    save_picture(opened.window, "review-group")
    QTest.mouseClick(page.findChild(QPushButton, "groupAnswer"), Qt.MouseButton.LeftButton)
    settle(opened)
    assert page.queue.answered == len(cards)
    until(lambda: crossed not in tagged(opened, tag))
    assert set(tagged(opened, tag)) >= rest_ids
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    assert page.queue.answered == 0
    page.findChild(QToolButton, "wholeGroups").click()


def tagged(opened: Opened, tag: str) -> list[int]:
    opened.window.sidebar.tag_selected.emit(tag)
    until(lambda: opened.window.session.settled)
    return [int(photo_id) for photo_id in opened.window.model.ids]


def test_precision_slider_tells_at_once_what_it_would_do_and_keeps_it_when_let_go(opened):
    page = desk(opened, crowded(opened))
    page.findChild(QToolButton, "showLine").click()
    line = page.findChild(TagLine)
    until(lambda: "%" in line.says or "No photo" in line.says)
    slider = page.findChild(QSlider, "precisionSlider")
    slider.setFocus()
    before = line.says
    for _ in range(6):
        QTest.keyClick(slider, Key.Key_PageDown)
    assert line.says != before
    assert line.near
    save_picture(opened.window, "precision")
    settle(opened)
    until(lambda: page.findChild(QPushButton, "usualLine").isEnabled())
    opened.window.actions_by_name["undo"].trigger()
    page.findChild(QToolButton, "showLine").click()


def select(opened: Opened, *names: str) -> None:
    opened.window.model.select_ids([opened.id_of(f"{name}.jpg") for name in names])
    opened.window.activateWindow()
    opened.window.grid.setFocus()
    until(opened.window.grid.hasFocus)


def tag_row(opened: Opened, tag: str) -> QWidget | None:
    return opened.window.info.tags.findChild(QWidget, f"tag {tag}")


def source(opened: Opened, tag: str) -> str:
    row = tag_row(opened, tag)
    return "" if row is None else row.findChild(QLabel, "tagSource").text()


def test_info_panel_says_where_a_tag_comes_from_and_takes_tick_and_cross(opened):
    select(opened, "blue1")
    until(lambda: "%" in source(opened, "azure"))
    save_picture(opened.window, "info-tags")
    tag_row(opened, "azure").findChild(QToolButton, "confirmTag").click()
    until(lambda: source(opened, "azure") == "confirmed")
    tag_row(opened, "azure").findChild(QToolButton, "rejectTag").click()
    until(lambda: source(opened, "azure") == "not this")
    tag_row(opened, "azure").findChild(QToolButton, "takeBackTag").click()
    until(lambda: "%" in source(opened, "azure"))


def test_t_lets_a_tag_be_typed_and_undo_takes_it_off(opened):
    select(opened, "red1")
    until(lambda: opened.window.info.photo_id == opened.id_of("red1.jpg"))
    opened.press(Key.Key_T)
    field = opened.window.info.findChild(QLineEdit, "addTag")
    until(field.hasFocus)
    QTest.keyClicks(field, "barn door")
    QTest.keyClick(field, Key.Key_Return)
    until(lambda: source(opened, "barn door") == "by hand")
    settle(opened)
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    until(lambda: tag_row(opened, "barn door") is None)


def taught(opened: Opened, name: str) -> str:
    dialog = opened.window.findChildren(QInputDialog, "teachDialog")[-1]
    dialog.setTextValue(name)
    dialog.accept()
    opened.window.toast.hide()
    until(opened.window.toast.isVisible)
    opened.come_forward()
    return opened.window.toast.text()


def test_marked_photos_teach_a_tag_that_finds_the_others(opened):
    likes = [opened.id_of(f"blue{number}.jpg") for number in range(6)]
    dislikes = [opened.id_of(f"{name}.jpg") for name in ("red1", "red2", "green1", "green2")]
    opened.window.live.go(Question(more=tuple(likes), less=tuple(dislikes)))
    opened.window.actions_by_name["teach_marks"].trigger()
    assert "Learned pond" in taught(opened, "pond")
    until(lambda: "pond" in {row.name for row in opened.window.tagging.listed.tags})
    rows = {row.name: row for row in opened.window.tagging.listed.tags}
    assert rows["pond"].taught
    assert rows["pond"].photos > len(likes)
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    until(lambda: "pond" not in {row.name for row in opened.window.tagging.listed.tags})


def test_examples_without_a_rule_are_not_acted_upon_and_the_window_says_so(opened):
    likes, dislikes = (
        tuple(opened.id_of(f"{colour}{number}.jpg") for colour in ("red", "green", "blue") for number in numbers)
        for numbers in ((0, 2, 5, 7), (1, 3, 4, 6))
    )
    opened.window.live.go(Question(more=likes, less=dislikes))
    opened.window.actions_by_name["teach_marks"].trigger()
    assert "don't show yet what mixed is" in taught(opened, "mixed")
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)


def vocabulary(opened: Opened) -> tuple[VocabularyDialog, QListWidget]:
    opened.window.actions_by_name["vocabulary"].trigger()
    dialog = opened.window.findChild(VocabularyDialog)
    names = dialog.findChild(QListWidget, "vocabularyList")
    until(names.count)
    return dialog, names


def has(names: QListWidget, text: str) -> bool:
    return bool(names.findItems(text, Qt.MatchFlag.MatchExactly))


def test_vocabulary_dialog_adds_a_tag_that_photos_get_at_once_and_leaves_one_out(opened):
    dialog, names = vocabulary(opened)
    dialog.findChild(QPushButton, "newTag").click()
    dialog.findChild(QLineEdit, "tagName").setText("meadow")
    dialog.findChild(QPlainTextEdit, "tagPhrases").setPlainText("green")
    save_picture(dialog, "vocabulary")
    dialog.findChild(QPushButton, "saveTag").click()
    until(lambda: any(row.name == "meadow" and row.photos for row in opened.window.tagging.listed.tags))
    until(lambda: has(names, "meadow"))
    names.setCurrentItem(names.findItems("azure", Qt.MatchFlag.MatchExactly)[0])
    name, phrases = dialog.findChild(QLineEdit, "tagName"), dialog.findChild(QPlainTextEdit, "tagPhrases")
    before = opened.window.undo.index()
    for taken in ("Crimson", "rename me"):
        name.setText(taken)
        phrases.setPlainText("what was typed")
        dialog.findChild(QPushButton, "saveTag").click()
        until(lambda: dialog.findChild(QLabel, "vocabularyNote").text())
        settle(opened)
        assert phrases.toPlainText() == "what was typed"
        if taken == "Crimson":
            assert "There is a tag crimson already" in dialog.findChild(QLabel, "vocabularyNote").text()
            opened.window.tagging._give("rename me", [opened.window.model.id_at(0)])
            settle(opened)
    while opened.window.undo.index() > before:
        opened.window.actions_by_name["undo"].trigger()
        settle(opened)
    dialog.findChild(QCheckBox, "tagUsed").click()
    until(lambda: has(names, "azure (not used)"))
    until(lambda: not any(row.name == "azure" and row.photos for row in opened.window.tagging.listed.tags))
    for _ in range(2):
        settle(opened)
        opened.window.actions_by_name["undo"].trigger()
    until(lambda: has(names, "azure") and has(names, "meadow (not used)"))
    dialog.close()


def test_tag_is_renamed_in_the_sidebar_with_its_photos(opened):
    before = tagged(opened, "crimson")
    opened.window.sidebar.tag_renamed.emit("crimson", "scarlet")
    settle(opened)
    until(lambda: any(row.name == "scarlet" for row in opened.window.tagging.listed.tags))
    assert tagged(opened, "scarlet") == before
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    until(lambda: any(row.name == "crimson" for row in opened.window.tagging.listed.tags))


def tagging_told(opened: Opened) -> str:
    return opened.window.status.findChild(QLabel, "taggingText").text()


def auto_tag(opened: Opened, *, stale_only: bool = False) -> list[str]:
    """Answer the dialog with what it proposes; returns what it offers."""
    opened.window.actions_by_name["auto_tag"].trigger()
    dialog = opened.window.findChildren(AutoTagDialog)[-1]
    save_picture(dialog, "auto-tag")
    offered = [button.text() for button in dialog.findChildren(QRadioButton)]
    if stale_only:
        dialog.findChild(QCheckBox, "staleOnly").click()
    dialog.findChild(QPushButton, "tagThem").click()
    return offered


def test_auto_tagging_begins_with_what_is_at_hand_and_ends_with_the_way_to_the_review_desk(opened):
    folder = opened.window.desk.state.folders[0].path
    opened.window.live.go(Question(place=Place.FOLDER, folder=folder))
    until(lambda: opened.window.session.settled)
    select(opened, "red1", "blue1")
    offered = auto_tag(opened)
    assert offered[0].startswith("The 2 selected photos")
    assert offered[1:] == [f"The folder {folder.name} (24 photos)", "The whole library (24 photos)"]
    until(lambda: tagging_told(opened) == "2 photos tagged: nothing new")
    save_picture(opened.window, "tagging-ended")
    review = opened.window.status.findChild(QPushButton, "reviewTagged")
    assert review.isVisible()
    assert review.text().split()[-1] != "0"
    opened.window.sidebar.auto_tag_requested.emit(TagPhotos(folder=folder))
    until(lambda: tagging_told(opened) == "24 photos tagged: nothing new")
    review.click()
    until(lambda: opened.window.tagging.page is not None and opened.window.tagging.page.isVisible())


def test_tags_that_are_out_of_date_are_renewed_by_one_click_and_the_line_says_what_is_new(opened):
    opened.window.sidebar.auto_tag_requested.emit(TagPhotos())
    until(lambda: "24 photos tagged" in tagging_told(opened))
    own = opened.places.vocabularies / "added-by-hand.toml"
    own.write_text('[[tag]]\nname = "leaf"\ngroup = "paint"\nprompts = ["green"]\n', encoding="utf-8")
    opened.window.session.send(ListTags())
    opened.window.status.findChild(QWidget, "taggingLine").forget()
    until(lambda: "The tags of 24 photos are out of date" in tagging_told(opened))
    save_picture(opened.window, "tags-out-of-date")
    opened.window.status.findChild(QPushButton, "renewTags").click()
    until(lambda: "24 photos tagged, new: leaf" in tagging_told(opened))
    assert auto_tag(opened, stale_only=True)
    until(lambda: tagging_told(opened) == "0 photos tagged: nothing new")
    own.unlink()
    opened.window.sidebar.auto_tag_requested.emit(TagPhotos())
    until(lambda: tagging_told(opened) == "24 photos tagged: nothing new")
