from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from viewer_rig import TAN, Opened, middle, viewing

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(application: QApplication, tmp_path: Path) -> Iterator[Opened]:
    with viewing(application, tmp_path) as one:
        yield one


def test_the_wheel_keeps_the_point_under_the_pointer(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    place = QPointF(320, 260)
    before = opened.point_at(place)
    for notches in (6, 3, -2):
        opened.wheel(place, notches)
        after = opened.point_at(place)
        assert abs(after.x() - before.x()) < 1
        assert abs(after.y() - before.y()) < 1
    assert opened.canvas.lens.zoom > 1


def test_pinching_keeps_the_point_between_the_fingers(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    place = QPointF(320, 260)
    opened.wheel(place, 3)
    before, zoom = opened.point_at(place), opened.canvas.lens.zoom
    for _ in range(30):
        opened.gesture(Qt.NativeGestureType.ZoomNativeGesture, place, 0.02)
        after = opened.point_at(place)
        assert abs(after.x() - before.x()) < 1
        assert abs(after.y() - before.y()) < 1
    assert opened.canvas.lens.zoom == pytest.approx(zoom * 1.02**30, rel=0.01)
    for _ in range(90):
        opened.gesture(Qt.NativeGestureType.ZoomNativeGesture, place, -0.05)
    assert opened.canvas.lens.fits


def test_a_double_tap_with_two_fingers_shows_actual_size_and_back(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    opened.gesture(Qt.NativeGestureType.SmartZoomNativeGesture, middle(opened))
    opened.settle()
    assert opened.canvas.lens.zoom == 1.0
    opened.gesture(Qt.NativeGestureType.SmartZoomNativeGesture, middle(opened))
    opened.settle()
    assert opened.canvas.lens.fits


def test_turning_the_wheel_past_actual_size_stops_there_once(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    zooms = []
    for _ in range(12):
        opened.wheel(middle(opened), 1)
        zooms.append(opened.canvas.lens.zoom)
    assert zooms.count(1.0) == 1
    assert zooms == sorted(zooms)


def test_turning_the_wheel_back_ends_at_the_whole_picture(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    opened.wheel(QPointF(100, 100), 5)
    opened.wheel(QPointF(700, 400), -30)
    assert opened.canvas.lens.fits
    rect = opened.canvas.lens.rect
    canvas = opened.canvas.size_px
    assert rect.width() <= canvas.width()
    assert abs(rect.center().x() - canvas.width() / 2) <= 1


def test_a_click_shows_actual_size_at_the_pointer_to_the_pixel_and_a_second_one_the_whole(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    opened.settle()
    assert opened.label("viewerZoom") == "100 %"
    image = opened.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF
    margin = round(100 * opened.ratio)
    clear = pixels[margin:-margin, margin:-margin]
    assert (clear == 0xFFFFFF).sum() == 1, "the one white pixel covers one pixel of the screen, unmixed"
    assert set(np.unique(clear).tolist()) == {0xFFFFFF, TAN}
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    assert opened.canvas.lens.fits


def test_a_double_click_zooms_once(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    place = QPoint(300, 300)
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(opened.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert opened.canvas.lens.zoom == 1.0


def test_z_toggles_actual_size_and_ctrl_with_plus_and_minus_steps(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    fit_zoom = opened.canvas.lens.zoom
    opened.key(Qt.Key.Key_Z)
    assert opened.canvas.lens.zoom == 1.0
    opened.key(Qt.Key.Key_Plus, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert opened.canvas.lens.zoom == 1.5
    for _ in range(30):
        opened.key(Qt.Key.Key_Plus, CONTROL)
    assert opened.canvas.lens.zoom == 16.0
    for _ in range(30):
        opened.key(Qt.Key.Key_Minus, CONTROL)
    assert opened.canvas.lens.fits
    assert opened.canvas.lens.zoom == fit_zoom


def test_dragging_moves_a_zoomed_picture_no_further_than_its_edges(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    before = opened.canvas.lens.rect
    start = middle(opened).toPoint()
    QTest.mousePress(opened.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(opened.canvas, start + QPoint(40, 26))
    assert opened.canvas.lens.rect.topLeft() == before.topLeft() + QPointF(40, 26) * opened.ratio
    QTest.mouseMove(opened.canvas, start + QPoint(5000, 5000))
    assert opened.canvas.lens.rect.topLeft() == QPointF(0, 0)
    QTest.mouseMove(opened.canvas, start - QPoint(9000, 9000))
    assert opened.canvas.lens.rect.right() == opened.canvas.size_px.width()
    assert opened.canvas.lens.rect.bottom() == opened.canvas.size_px.height()
    QTest.mouseRelease(opened.canvas, Qt.MouseButton.LeftButton, pos=start)
    assert opened.canvas.lens.zoom == 1.0, "a drag is not a click"


def test_arrows_pan_a_zoomed_picture_and_walk_again_when_it_fits(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    before = opened.canvas.lens.rect
    opened.key(Qt.Key.Key_Right)
    opened.key(Qt.Key.Key_Down)
    assert opened.canvas.lens.rect.left() < before.left()
    assert opened.canvas.lens.rect.top() < before.top()
    assert opened.viewer.current_id == 20
    opened.key(Qt.Key.Key_PageDown)
    assert opened.viewer.current_id == 21
    assert opened.canvas.lens.fits
    opened.key(Qt.Key.Key_Right)
    assert opened.viewer.current_id == 22


def test_zooming_a_thumbnail_stays_true_when_the_picture_arrives(opened: Opened) -> None:
    opened.open(20)
    opened.until(lambda: opened.canvas.shown_size is not None)
    opened.wheel(QPointF(200, 200), 2)
    before = opened.canvas.lens.rect
    opened.answer_next()
    after = opened.canvas.lens.rect
    assert abs(after.width() - before.width()) < 2
    assert abs(after.left() - before.left()) < 2
    assert abs(after.top() - before.top()) < 2


def test_resizing_keeps_the_middle_of_a_zoomed_picture(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    opened.wheel(QPointF(400, 300), 8)
    before = opened.point_at(middle(opened))
    opened.viewer.resize(800, 600)
    opened.application.processEvents()
    after = opened.point_at(middle(opened))
    assert abs(after.x() - before.x()) < 1
    assert abs(after.y() - before.y()) < 1


def test_single_pixels_have_hard_edges_when_looked_at_closely(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    opened.settle()
    while opened.canvas.lens.zoom < 16:
        opened.key(Qt.Key.Key_Plus, CONTROL)
    image = opened.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF
    margin = round(100 * opened.ratio)
    clear = pixels[margin:-margin, margin:-margin]
    assert (clear == 0xFFFFFF).sum() == 16 * 16
    assert set(np.unique(clear).tolist()) == {0xFFFFFF, TAN}
