"""Searching by a part of a picture, in the window."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from windows import Opened, paint, save_picture, until

from clipview.core.types import Box
from clipview.ui.box_picker import BoxPicker
from clipview.ui.part_search import CropDialog
from clipview.ui.question import Question, read_saved

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def window(application: QApplication, tmp_path_factory):
    base = tmp_path_factory.mktemp("parts")
    for name, colour in {"red": "red", "crimson": "rgb(190, 15, 30)", "blue": "blue", "navy": "rgb(0, 0, 140)"}.items():
        paint(base / "photos" / f"{name}.png", colour)
    both = Image.new("RGB", (1200, 800), "red")
    both.paste("blue", (600, 0, 1200, 800))
    both.save(base / "photos" / "both.jpg", quality=92)
    window = Opened.on_photos(application, base)
    yield window
    window.close()


@pytest.fixture
def opened(window: Opened):
    window.window.viewing.close()
    window.window.live.go(Question())
    until(lambda: window.window.session.settled)
    return window.come_forward()


def view_both(opened: Opened):
    window = opened.window
    window.viewing.open(opened.id_of("both.jpg"))
    viewer = window.viewing.page.viewer
    until(lambda: viewer._canvas.size_known)
    return viewer


def at(canvas, across: float, down: float) -> QPoint:
    ratio = canvas.devicePixelRatioF()
    rect = canvas.lens.rect
    place = QPointF(rect.left() + across * rect.width(), rect.top() + down * rect.height()) / ratio
    return place.toPoint()


def drag(widget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=start)
    QTest.mouseMove(widget, (start + end) / 2)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, LEFT, pos=end)


def searched(opened: Opened) -> None:
    until(lambda: opened.window.live.question.pictures)
    until(lambda: opened.window.session.settled)


def test_box_drawn_in_the_viewer_searches_for_what_is_in_it(opened):
    viewer = view_both(opened)
    QTest.keyClick(viewer, Key.Key_R)
    picker = viewer.findChild(BoxPicker)
    save_picture(opened.window, "part-tool")
    drag(picker, at(viewer._canvas, 0.6, 0.1), at(viewer._canvas, 0.95, 0.9))
    searched(opened)
    (picture,) = opened.window.live.question.pictures
    assert picture.box.left == pytest.approx(0.6, abs=0.01)
    assert picture.box.bottom == pytest.approx(0.9, abs=0.01)
    assert opened.names[0] == "blue.png"
    assert opened.window.viewing.page is None
    save_picture(opened.window, "part-found")


def test_keys_alone_choose_a_part(opened):
    viewer = view_both(opened)
    QTest.keyClick(viewer, Key.Key_R)
    picker = viewer.findChild(BoxPicker)
    QTest.keyClick(picker, Key.Key_Left)
    assert picker.box == Box(0.25, 0.25, 0.75, 0.75)
    for _ in range(13):
        QTest.keyClick(picker, Key.Key_Left)
    QTest.keyClick(picker, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert picker.box.left == 0.0
    assert picker.box.right == pytest.approx(0.48)
    QTest.keyClick(picker, Key.Key_Return)
    searched(opened)
    assert opened.names[0] == "red.png"


def test_escape_ends_the_tool_and_not_the_viewer(opened):
    viewer = view_both(opened)
    QTest.keyClick(viewer, Key.Key_R)
    QTest.keyClick(viewer.findChild(BoxPicker), Key.Key_Escape)
    assert not viewer._part.active
    assert opened.window.viewing.page is not None
    assert not opened.window.live.question.searches


def test_press_that_is_no_box_chooses_nothing(opened):
    viewer = view_both(opened)
    QTest.keyClick(viewer, Key.Key_R)
    picker = viewer.findChild(BoxPicker)
    place = at(viewer._canvas, 0.5, 0.5)
    drag(picker, place, place + QPoint(4, 3))
    assert picker.box is None
    assert viewer._part.active
    # One of the two leads to another photo, whichever place this one has.
    viewer.step(-1)
    viewer.step(1)
    assert not viewer._part.active


def test_picture_of_a_chip_is_cropped_and_made_whole_again(opened):
    window = opened.window
    window.pictures.take_photos((opened.id_of("both.jpg"),), add=False)
    searched(opened)
    (chip,) = window.query_bar.chips
    QTest.mouseClick(chip, LEFT, pos=QPoint(20, 14))
    dialog = window.findChild(CropDialog)
    picker = dialog.findChild(BoxPicker)
    preview_px = 320
    until(lambda: dialog.pixels.width() > preview_px)
    save_picture(dialog, "crop-dialog")
    width, height = picker.width(), picker.height()
    drag(picker, QPoint(width - 1, height - 1), QPoint(round(width * 0.4), round(height * 0.9)))
    assert picker.box.right == pytest.approx(0.4, abs=0.02)
    save_picture(dialog, "crop-dialog-box")
    dialog.accept()
    until(lambda: window.session.settled)
    question = window.live.question
    assert question.pictures[0].box is not None
    assert opened.names[0] == "red.png"
    assert read_saved(question.saved_text()).images[0].box.right == pytest.approx(0.4, abs=0.02)
    window.query_bar.part_wanted.emit(question.pictures[0])
    again = next(one for one in window.findChildren(CropDialog) if one is not dialog)
    whole = again.findChild(QDialogButtonBox).buttons()
    next(button for button in whole if button.text() == "Whole picture").click()
    again.accept()
    assert window.live.question.pictures[0].box is None


def test_box_is_moved_by_its_middle_and_stays_on_the_picture(application):
    picker = BoxPicker()
    picker.resize(400, 300)
    picker.set_picture_rect(picker.rect().toRectF())
    picker.set_box(Box(0.25, 0.25, 0.5, 0.5))
    drag(picker, QPoint(150, 110), QPoint(190, 140))
    assert picker.box.left == pytest.approx(0.35)
    assert picker.box.top == pytest.approx(0.35)
    drag(picker, QPoint(190, 140), QPoint(2000, 2000))
    assert (picker.box.right, picker.box.bottom) == (1.0, 1.0)
    assert picker.box.right - picker.box.left == pytest.approx(0.25)
    picker.deleteLater()
