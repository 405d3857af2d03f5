from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windows import ColourEncoder, Indexed, Opened, paint, places_in, save_picture, until

from clipview.ui.drop_card import DropZone
from clipview.ui.grid_drag import PHOTO_IDS_MIME, DragOut
from clipview.ui.question import Question


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("window-drop")
    for colour in ("red", "green", "blue"):
        for number in range(2):
            paint(folder / "photos" / f"{colour}{number}.jpg", colour, size=(64 + number, 48))
    Indexed(places_in(folder), ColourEncoder()).index(folder / "photos")
    return folder


@pytest.fixture(scope="module")
def shared(application: QApplication, base: Path) -> Iterator[Opened]:
    opened = Opened(application, places_in(base)).ready()
    yield opened
    opened.close()


@pytest.fixture
def opened(shared: Opened) -> Opened:
    shared.window.live.go(Question())
    shared.window.toast.hide()
    until(lambda: shared.window.session.settled)
    return shared.come_forward()


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def wait_for_chips(opened: Opened, count: int) -> None:
    until(lambda: len(opened.window.query_bar.chips) == count and opened.window.session.settled)


def test_an_image_file_dropped_is_searched_for(opened, tmp_path):
    assert opened.drop(files(paint(tmp_path / "like this.jpg", "blue")), DropZone.NEW_SEARCH)
    wait_for_chips(opened, 1)
    assert opened.window.query_bar.chips[0].text_shown == "like this.jpg"
    assert {name[:4] for name in opened.strong} == {"blue"}
    assert not opened.window.card.isVisible()


def test_find_similar_searches_with_the_photo_as_a_chip(opened):
    window = opened.window
    red = opened.id_of("red0.jpg")
    opened.click("blue0.jpg")
    opened.press(Qt.Key.Key_S)
    until(lambda: window.query_bar.chips and window.session.settled)
    assert window.query_bar.chips[0].text_shown == "blue0.jpg"
    assert {name[:4] for name in opened.strong} == {"blue"}
    window.grid.similar_added.emit(red)
    until(lambda: len(window.query_bar.chips) == 2 and window.session.settled)
    save_picture(window, "two-images")


def test_the_card_offers_to_add_only_when_there_is_a_search(opened, tmp_path):
    mime = files(paint(tmp_path / "a.jpg", "red"))
    opened.drag_over(mime, opened.window.rect().center())
    assert opened.window.card.isVisible()
    assert opened.window.card.zones == (DropZone.NEW_SEARCH,)
    opened.drag_away()
    assert not opened.window.card.isVisible()
    opened.search("green")
    opened.drag_over(mime, opened.window.rect().center())
    assert opened.window.card.zones == (DropZone.NEW_SEARCH, DropZone.ADD_TO_SEARCH)
    save_picture(opened.window, "drop-card")
    opened.drag_away()


def test_an_image_can_be_added_to_the_words(opened, tmp_path):
    opened.search("green")
    assert opened.drop(files(paint(tmp_path / "b.jpg", "blue")), DropZone.ADD_TO_SEARCH)
    wait_for_chips(opened, 1)
    question = opened.window.live.question
    assert question.text == "green"
    assert [picture.name for picture in question.pictures] == ["b.jpg"]


def test_a_new_search_drops_the_words(opened, tmp_path):
    opened.search("green")
    opened.drop(files(paint(tmp_path / "b.jpg", "blue")), DropZone.NEW_SEARCH)
    wait_for_chips(opened, 1)
    assert opened.window.query_bar.edit.text() == ""


def test_several_images_become_several_chips(opened, tmp_path):
    opened.drop(files(paint(tmp_path / "one.jpg", "red"), paint(tmp_path / "two.jpg", "blue")), DropZone.NEW_SEARCH)
    wait_for_chips(opened, 2)
    assert [chip.text_shown for chip in opened.window.query_bar.chips] == ["one.jpg", "two.jpg"]


def test_a_file_that_is_no_image_says_why_and_adds_no_chip(opened, tmp_path):
    (tmp_path / "note.jpg").write_text("dear diary")
    opened.drop(files(tmp_path / "note.jpg"), DropZone.NEW_SEARCH)
    until(opened.window.toast.isVisible)
    assert opened.window.toast.text().startswith("That file is not an image this app can read (")
    assert opened.window.query_bar.chips == ()
    assert not opened.window.live.question.searches
    save_picture(opened.window, "image-unreadable")


def test_a_bitmap_from_another_program_is_searched_for(opened):
    bitmap = QImage(40, 30, QImage.Format.Format_RGB32)
    bitmap.fill(QColor("red"))
    mime = QMimeData()
    mime.setImageData(bitmap)
    mime.setUrls([QUrl("https://example.org/red.png")])
    opened.drop(mime, DropZone.NEW_SEARCH)
    wait_for_chips(opened, 1)
    assert {name[:3] for name in opened.strong} == {"red"}


def test_the_bytes_of_a_picture_are_preferred_to_its_address(opened, tmp_path):
    mime = QMimeData()
    mime.setData("image/jpeg", paint(tmp_path / "c.jpg", "green").read_bytes())
    mime.setUrls([QUrl("https://example.org/green.jpg")])
    opened.drop(mime, DropZone.NEW_SEARCH)
    wait_for_chips(opened, 1)
    assert {name[:5] for name in opened.strong} == {"green"}


def test_an_address_on_the_web_is_not_fetched_and_that_is_said(opened):
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.jpg")])
    opened.drag_over(mime, opened.window.rect().center())
    assert opened.window.card.zones == (DropZone.NOWHERE,)
    save_picture(opened.window, "drop-link")
    opened.drop(mime, DropZone.NOWHERE)
    assert "never fetched from the web" in opened.window.toast.text()
    assert not opened.window.live.question.searches


def test_text_that_is_dragged_along_is_left_alone(opened):
    mime = QMimeData()
    mime.setText("just words")
    assert not opened.drag_over(mime, opened.window.rect().center())
    assert not opened.window.card.isVisible()


def test_a_photo_of_the_grid_falls_into_the_search_field_only(opened):
    window = opened.window
    mime = DragOut(window.paths.of).payload([opened.id_of("blue0.jpg")])
    assert not opened.drag_over(mime, window.grid.mapTo(window, window.grid.rect().center()))
    assert not window.card.isVisible()
    bar = window.query_bar
    assert opened.drag_over(mime, bar.mapTo(window, bar.rect().center()))
    assert opened.drop(mime, bar.mapTo(window, bar.rect().center()))
    wait_for_chips(opened, 1)
    assert bar.chips[0].text_shown == "blue0.jpg"


def test_a_copied_picture_is_pasted_as_an_image(opened):
    bitmap = QImage(40, 30, QImage.Format.Format_RGB32)
    bitmap.fill(QColor("blue"))
    QGuiApplication.clipboard().setImage(bitmap)
    opened.window.query_bar.edit.setFocus()
    opened.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_chips(opened, 1)
    assert {name[:4] for name in opened.strong} == {"blue"}


def test_copied_words_are_pasted_as_words(opened):
    QGuiApplication.clipboard().setText("green")
    opened.window.query_bar.edit.setFocus()
    opened.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    until(lambda: opened.window.session.settled and opened.window.live.question.searches)
    assert opened.window.query_bar.edit.text() == "green"


def test_pasting_nothing_that_helps_says_so(opened):
    QGuiApplication.clipboard().setText("words")
    opened.window.grid.setFocus()
    opened.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.toast.isVisible()


def test_a_chip_can_be_flipped_weighed_and_removed(opened, tmp_path):
    window = opened.window
    opened.drop(files(paint(tmp_path / "red.jpg", "red")), DropZone.NEW_SEARCH)
    wait_for_chips(opened, 1)
    chip = window.query_bar.chips[0]
    menu = chip.menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "Search a part of it...",
        "Like this",
        "Not like this",
        "Counts half",
        "Counts once",
        "Counts double",
        "Remove",
    ]
    next(action for action in menu.actions() if action.text() == "Counts double").trigger()
    assert window.live.question.pictures[0].weight == 2
    menu.close()
    chip.setFocus()
    opened.press(Qt.Key.Key_Minus)
    assert window.live.question.pictures[0].weight == -2
    assert chip.accessibleName() == "Not like red.jpg"
    opened.press(Qt.Key.Key_Backspace)
    assert window.query_bar.chips == ()
    assert window.query_bar.edit.hasFocus()


def test_the_cross_of_a_chip_removes_it(opened, tmp_path):
    opened.drop(files(paint(tmp_path / "red.jpg", "red")), DropZone.NEW_SEARCH)
    wait_for_chips(opened, 1)
    chip = opened.window.query_bar.chips[0]
    middle = chip.height() // 2
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() // 2, middle))
    popup = QApplication.activePopupWidget()
    assert popup is not None, "a click beside the cross opens the menu"
    popup.close()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 11, middle))
    assert opened.window.query_bar.chips == ()


def test_names_that_are_no_text_can_be_searched_with(opened, tmp_path):
    name = os.fsdecode(b"caf\xe9.jpg")
    try:
        path = paint(tmp_path / "plain.jpg", "red").rename(tmp_path / name)
    except OSError:
        pytest.skip("this file system takes only valid text as names")
    opened.window.pictures.take_files([path], add=False)
    wait_for_chips(opened, 1)
    assert {name[:3] for name in opened.strong} == {"red"}


def test_a_folder_dropped_is_covered_and_scanned(opened, tmp_path):
    paint(tmp_path / "more" / "yellow0.jpg", "yellow")
    opened.drag_over(files(tmp_path / "more"), opened.window.rect().center())
    assert opened.window.card.zones == (DropZone.ADD_FOLDER,)
    save_picture(opened.window, "drop-folder")
    opened.drop(files(tmp_path / "more"), DropZone.ADD_FOLDER)
    until(lambda: "yellow0.jpg" in opened.names)


def test_a_drag_carries_files_and_ids_even_for_names_that_are_not_utf8(
    tmp_path: Path, application: QApplication
) -> None:
    odd = tmp_path / "caf\udce9 #1?.jpg"
    payload = DragOut(lambda ids: [tmp_path / "a b.jpg", odd]).payload((7, 9))
    assert [bytes(url.toEncoded().data()) for url in payload.urls()] == [
        (tmp_path / "a b.jpg").as_uri().encode(),
        odd.as_uri().encode(),
    ]
    assert bytes(payload.data(PHOTO_IDS_MIME).data()) == b"7 9"
