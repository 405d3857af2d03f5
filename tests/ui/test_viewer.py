from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QEventLoop, QIODevice, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from clipview.engine.messages import PictureAnswer, PictureRefused
from clipview.ui.filmstrip import Filmstrip
from clipview.ui.theme import DARK, LIGHT
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.viewer import Viewer
from clipview.ui.viewer_canvas import PictureCanvas
from clipview.ui.viewer_chrome import FloatingButton

FULL = QSize(2400, 1600)
COUNT = 200
TAN = 0xC08040


class Opened:
    """A viewer on photos 1 to COUNT, and an engine's place that answers only when it is told to."""

    def __init__(self, application: QApplication, viewer: Viewer) -> None:
        self.application, self.viewer = application, viewer
        self.requests: list[tuple[int, int | None]] = []
        self.answered = 0
        self.current: list[int] = []
        viewer.picture_requested.connect(lambda photo_id, side: self.requests.append((photo_id, side)))
        viewer.current_changed.connect(self.current.append)
        found = viewer.findChild(PictureCanvas)
        assert found is not None
        self.canvas = found

    def open(self, photo_id: int, ids: object = None) -> None:
        self.viewer.open(np.arange(1, COUNT + 1) if ids is None else ids, photo_id)  # type: ignore[arg-type]

    def until(self, reached: Callable[[], object], limit_s: float = 10.0) -> None:
        end = time.monotonic() + limit_s
        while not reached():
            assert time.monotonic() < end, "it never came to that"
            self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def answer(self, photo_id: int, side: int | None, colour: int = TAN) -> None:
        """Let the engine answer, and wait until the picture has arrived."""
        self.viewer.on_picture(picture(photo_id, side, colour))
        self.until(lambda: not any(thread.name == "viewer-pictures" for thread in threading.enumerate()))
        self.application.processEvents()

    def answer_next(self) -> tuple[int, int | None]:
        """Wait for one more request, answer it, and return it."""
        self.until(lambda: len(self.requests) > self.answered)
        self.answered = len(self.requests)
        self.answer(*self.requests[-1])
        return self.requests[-1]

    def settle(self) -> None:
        """Answer until nothing more is asked for."""
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < 0.3:
            if len(self.requests) > self.answered:
                self.answer_next()
                quiet_since = time.monotonic()
            self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def forget_requests(self) -> None:
        self.requests.clear()
        self.answered = 0

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.canvas, key, modifiers)

    def wheel(self, place: QPointF, notches: float) -> None:
        event = QWheelEvent(
            place,
            QPointF(self.canvas.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 (Qt takes it by position only)
        )
        self.application.sendEvent(self.canvas, event)

    def label(self, name: str) -> str:
        found = self.viewer.findChild(QLabel, name)
        assert found is not None
        return found.text()

    def button(self, name: str) -> FloatingButton:
        return next(one for one in self.viewer.findChildren(FloatingButton) if one.accessibleName() == name)

    def seen(self, place: QPointF) -> QColor:
        image = self.canvas.grab().toImage()
        return image.pixelColor(place.toPoint() * image.devicePixelRatio())

    def shoot(self, name: str) -> None:
        folder = os.environ.get("CLIPVIEW_SCREENSHOTS")
        if folder:
            assert self.viewer.grab().save(str(Path(folder) / f"viewer-{name}.png"))


@pytest.fixture
def opened(application: QApplication, tmp_path: Path) -> Iterator[Opened]:
    with viewing(application, tmp_path) as one:
        yield one


@contextmanager
def viewing(
    application: QApplication, folder: Path, *, slide_ms: int = 4000, limit_bytes: int = 256 << 20
) -> Iterator[Opened]:
    source = ThumbnailSource(thumbnails(folder), CellShape(148, 111, 7))
    viewer = Viewer(source, DARK, slide_ms=slide_ms, limit_bytes=limit_bytes)
    viewer.set_animated(animated=False)
    viewer.resize(1000, 700)
    viewer.show()
    application.processEvents()
    yield Opened(application, viewer)
    viewer.close()
    end = time.monotonic() + 10
    while any(thread.name == "viewer-pictures" for thread in threading.enumerate()):
        assert time.monotonic() < end, "the thread that makes pictures stayed behind"
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
    source.close()
    viewer.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def thumbnails(folder: Path) -> Path:
    database = folder / "thumbnails.db"
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE thumbnails (photo_id INTEGER PRIMARY KEY, jpeg BLOB NOT NULL)")
    jpegs = []
    for hue in range(0, 360, 20):
        image = QImage(300, 200, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(hue, 160, 210))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", 90)  # type: ignore[call-overload]  # the stub wants bytes, PySide6 6.11 takes str
        jpegs.append(bytes(QByteArray(buffer.data()).data()))
    rows = ((number, jpegs[number % len(jpegs)]) for number in range(1, COUNT + 1))
    connection.executemany("INSERT INTO thumbnails VALUES (?, ?)", rows)
    connection.commit()
    connection.close()
    return database


def picture(photo_id: int, side: int | None, colour: int = TAN) -> PictureAnswer:
    """Return a photo of one colour, with one white pixel in the very middle when every pixel is there."""
    short = FULL.height() if side is None else min(side, FULL.height())
    width, height = round(FULL.width() * short / FULL.height()), short
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = (colour >> 16, colour >> 8 & 255, colour & 255)
    if side is None:
        pixels[height // 2, width // 2] = 255
    return PictureAnswer(1, photo_id, width, height, FULL.width(), FULL.height(), pixels.tobytes())


def middle(opened: Opened) -> QPointF:
    return QPointF(opened.canvas.width() / 2, opened.canvas.height() / 2)


# ---- walking ----


def test_arrows_and_page_keys_walk_through_the_results_and_stop_at_their_ends(opened: Opened) -> None:
    opened.open(7, [5, 7, 9, 4])
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_PageUp):
        opened.key(key)
    assert opened.current == [7, 9, 4, 9, 7]
    opened.key(Qt.Key.Key_End)
    opened.key(Qt.Key.Key_Home)
    opened.key(Qt.Key.Key_Left)
    assert opened.current[5:] == [4, 5]
    assert not opened.button("Previous photo").isEnabled()


def test_side_buttons_of_the_mouse_and_the_buttons_on_screen_walk_too(opened: Opened) -> None:
    opened.open(50)
    QTest.mouseClick(opened.canvas, Qt.MouseButton.ForwardButton)
    QTest.mouseClick(opened.button("Next photo"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(opened.canvas, Qt.MouseButton.BackButton)
    QTest.mouseClick(opened.button("Previous photo"), Qt.MouseButton.LeftButton)
    assert opened.current == [50, 51, 52, 51, 50]


def test_the_counter_says_where_one_is(opened: Opened) -> None:
    opened.open(150)
    assert opened.label("viewerCounter") == "150 / 200"
    opened.key(Qt.Key.Key_Right)
    assert opened.label("viewerCounter") == "151 / 200"


def test_a_name_that_looks_like_markup_is_shown_literally(opened: Opened) -> None:
    opened.open(1)
    opened.viewer.set_caption("<b>bold</b>\n.jpg")
    assert opened.label("viewerCaption") == "<b>bold</b> .jpg"
    label = opened.viewer.findChild(QLabel, "viewerCaption")
    assert label is not None
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<b>" not in label.toolTip()
    assert opened.canvas.accessibleName() == "<b>bold</b> .jpg, Photo 1 of 200"


def test_a_click_on_the_filmstrip_goes_to_that_photo_and_brings_it_to_the_middle(opened: Opened) -> None:
    opened.open(100)
    strip = opened.viewer.findChild(Filmstrip)
    assert strip is not None
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.cell_rect(102).center().toPoint())
    assert opened.current == [100, 103]
    assert strip.current == 102
    assert abs(strip.cell_rect(102).center().x() - strip.width() / 2) <= 1


def test_looking_along_the_filmstrip_leaves_the_photo_where_it_is(opened: Opened) -> None:
    opened.open(100)
    strip = opened.viewer.findChild(Filmstrip)
    assert strip is not None
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 (Qt takes it by position only)
    )
    opened.application.sendEvent(strip, turn)
    assert opened.current == [100]
    assert abs(strip.cell_rect(102).center().x() - strip.width() / 2) <= 1


def test_a_photo_that_is_not_among_the_results_cannot_be_opened(opened: Opened) -> None:
    with pytest.raises(ValueError, match="photo 9 is not among"):
        opened.open(9, [1, 2, 3])


def test_other_results_keep_the_photo_on_screen_or_else_its_place(opened: Opened) -> None:
    opened.open(3, [1, 2, 3, 4])
    opened.viewer.follow([4, 3, 8])
    assert opened.viewer.current_id == 3
    assert opened.label("viewerCounter") == "2 / 3"
    opened.viewer.follow([10, 11, 12])
    assert opened.viewer.current_id == 11
    closed: list[bool] = []
    opened.viewer.closed.connect(lambda: closed.append(True))
    opened.viewer.follow([])
    assert closed == [True]


# ---- asking for pixels ----


def test_the_thumbnail_shows_at_once_and_the_picture_replaces_it(opened: Opened) -> None:
    opened.open(20)
    ground = opened.seen(middle(opened))
    opened.until(lambda: opened.seen(middle(opened)) != ground)
    assert opened.seen(middle(opened)).rgb() & 0xFFFFFF != TAN
    opened.answer_next()
    assert opened.seen(middle(opened)).rgb() & 0xFFFFFF == TAN
    opened.shoot("fit-dark")


def test_first_the_photo_on_screen_is_asked_for_then_the_next_then_the_previous(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    assert [photo_id for photo_id, _ in opened.requests] == [20, 21, 19]
    assert all(side is not None and opened.canvas.height() <= side < FULL.height() for _, side in opened.requests)
    opened.key(Qt.Key.Key_Right)
    assert opened.seen(middle(opened)).rgb() & 0xFFFFFF == TAN, "the neighbour was there already"


def test_walking_backwards_asks_for_the_one_before_first(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    opened.forget_requests()
    opened.key(Qt.Key.Key_Left)
    opened.settle()
    assert [photo_id for photo_id, _ in opened.requests] == [18]


def test_holding_an_arrow_asks_for_nothing_but_the_photo_one_stays_on(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    opened.forget_requests()
    for _ in range(60):
        opened.key(Qt.Key.Key_Right)
        opened.application.processEvents()
    opened.settle()
    assert opened.viewer.current_id == 80
    asked = [photo_id for photo_id, _ in opened.requests]
    assert asked[-3:] == [80, 81, 79]
    assert len(asked) <= 4, "at most the first step was asked for at once"


def test_every_pixel_is_asked_for_only_when_zoomed_beyond_what_is_there(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    opened.forget_requests()
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    opened.until(lambda: opened.requests)
    assert opened.requests == [(20, None)]


def test_a_larger_window_asks_for_a_larger_picture(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    before = opened.requests[0][1]
    opened.forget_requests()
    opened.viewer.resize(1500, 1100)
    opened.until(lambda: opened.requests)
    photo_id, side = opened.requests[0]
    assert photo_id == 20
    assert side is not None
    assert before is not None
    assert side > before


def test_a_late_answer_for_another_photo_does_not_replace_the_one_on_screen(opened: Opened) -> None:
    opened.open(20)
    opened.until(lambda: opened.requests)
    late = opened.requests[-1]
    opened.key(Qt.Key.Key_End)
    opened.until(lambda: opened.requests[-1][0] == COUNT)
    opened.settle()
    opened.answer(*late, colour=0x0000FF)
    assert opened.seen(middle(opened)).rgb() & 0xFFFFFF == TAN
    opened.viewer.open([20], 20)
    assert opened.seen(middle(opened)).rgb() & 0xFFFFFF == 0x0000FF, "but it is kept for later"


def test_an_answer_after_the_viewer_was_closed_is_dropped(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    assert opened.viewer.held_bytes > 0
    opened.viewer.hide()
    assert opened.viewer.held_bytes == 0
    opened.viewer.on_picture(picture(20, 640))
    opened.until(lambda: not any(thread.name == "viewer-pictures" for thread in threading.enumerate()))
    opened.application.processEvents()
    assert opened.viewer.held_bytes == 0


def test_memory_stays_bounded_however_many_photos_are_seen(application: QApplication, tmp_path: Path) -> None:
    limit_bytes = 16 << 20
    with viewing(application, tmp_path, limit_bytes=limit_bytes) as opened:
        opened.open(1)
        most = 0
        for _ in range(8):
            opened.settle()
            most = max(most, opened.viewer.held_bytes)
            opened.key(Qt.Key.Key_Right)
        assert 0 < most <= limit_bytes


def test_after_a_restart_of_the_engine_the_picture_is_asked_for_again(opened: Opened) -> None:
    opened.open(20)
    opened.until(lambda: opened.requests)
    opened.viewer.ask_again()
    assert opened.requests[0][0] == opened.requests[-1][0] == 20
    assert len(opened.requests) == 2


# ---- refusals ----


def test_a_refused_photo_keeps_its_thumbnail_dimmed_below_the_reason(opened: Opened) -> None:
    opened.open(20)
    ground = opened.seen(QPointF(500, 200))
    opened.until(lambda: opened.seen(QPointF(500, 200)) != ground)
    bright = opened.seen(QPointF(500, 200))
    opened.viewer.on_picture_refused(PictureRefused(1, 20, "The drive <i>Photos</i> is not connected."))
    assert opened.label("viewerReason") == "The drive <i>Photos</i> is not connected."
    reason = opened.viewer.findChild(QLabel, "viewerReason")
    assert reason is not None
    assert reason.isVisible()
    assert reason.textFormat() == Qt.TextFormat.PlainText
    dimmed = opened.seen(QPointF(500, 200))
    assert ground.lightness() < dimmed.lightness() < bright.lightness()
    opened.shoot("refused")
    opened.key(Qt.Key.Key_Right)
    assert not reason.isVisible()


def test_a_refused_neighbour_is_not_asked_for_over_and_over(opened: Opened) -> None:
    opened.open(20)
    opened.answer_next()
    opened.until(lambda: opened.requests[-1][0] == 21)
    opened.viewer.on_picture_refused(PictureRefused(1, 21, "The file is damaged."))
    opened.until(lambda: opened.requests[-1][0] == 19)
    opened.answer_next()
    opened.settle()
    assert [photo_id for photo_id, _ in opened.requests].count(21) == 1
    opened.key(Qt.Key.Key_Right)
    opened.until(lambda: [photo_id for photo_id, _ in opened.requests].count(21) == 2)


def test_a_picture_after_all_takes_the_reason_away(opened: Opened) -> None:
    opened.open(20)
    opened.viewer.on_picture_refused(PictureRefused(1, 20, "The drive is away."))
    opened.viewer.ask_again()
    opened.answer(20, 640)
    reason = opened.viewer.findChild(QLabel, "viewerReason")
    assert reason is not None
    assert not reason.isVisible()
    assert opened.seen(middle(opened)).rgb() & 0xFFFFFF == TAN


# ---- zooming and panning ----


def test_the_wheel_keeps_the_point_under_the_pointer(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    place = QPointF(320, 260)
    before = opened.canvas.lens.point_at(place)
    for notches in (6, 3, -2):
        opened.wheel(place, notches)
        after = opened.canvas.lens.point_at(place)
        assert abs(after.x() - before.x()) * FULL.width() < 1
        assert abs(after.y() - before.y()) * FULL.height() < 1
    assert opened.canvas.lens.zoom > 1


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
    assert rect.width() <= opened.canvas.width()
    assert abs(rect.center().x() - opened.canvas.width() / 2) <= 1


def test_a_click_shows_actual_size_at_the_pointer_to_the_pixel_and_a_second_one_the_whole(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    opened.settle()
    assert opened.label("viewerZoom") == "100 %"
    image = opened.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF
    clear = pixels[100:-100, 100:-100]
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


def test_z_toggles_actual_size_and_plus_and_minus_step(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    fit_zoom = opened.canvas.lens.zoom
    opened.key(Qt.Key.Key_Z)
    assert opened.canvas.lens.zoom == 1.0
    opened.key(Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    assert opened.canvas.lens.zoom == 1.5
    for _ in range(30):
        opened.key(Qt.Key.Key_Plus)
    assert opened.canvas.lens.zoom == 16.0
    for _ in range(30):
        opened.key(Qt.Key.Key_Minus)
    assert opened.canvas.lens.fits
    assert opened.canvas.lens.zoom == fit_zoom


def test_dragging_moves_a_zoomed_picture_no_further_than_its_edges(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    before = opened.canvas.lens.rect
    start = middle(opened).toPoint()
    QTest.mousePress(opened.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(opened.canvas, start + QPoint(40, 25))
    assert opened.canvas.lens.rect.topLeft() == before.topLeft() + QPointF(40, 25)
    QTest.mouseMove(opened.canvas, start + QPoint(5000, 5000))
    assert opened.canvas.lens.rect.topLeft() == QPointF(0, 0)
    QTest.mouseMove(opened.canvas, start - QPoint(9000, 9000))
    assert opened.canvas.lens.rect.right() == opened.canvas.width()
    assert opened.canvas.lens.rect.bottom() == opened.canvas.height()
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
    opened.wheel(QPointF(200, 200), 4)
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
    before = opened.canvas.lens.point_at(middle(opened))
    opened.viewer.resize(800, 600)
    opened.application.processEvents()
    after = opened.canvas.lens.point_at(middle(opened))
    assert abs(after.x() - before.x()) * FULL.width() < 1
    assert abs(after.y() - before.y()) * FULL.height() < 1


def test_single_pixels_have_hard_edges_when_looked_at_closely(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    QTest.mouseClick(opened.canvas, Qt.MouseButton.LeftButton, pos=middle(opened).toPoint())
    opened.settle()
    while opened.canvas.lens.zoom < 16:
        opened.key(Qt.Key.Key_Plus)
    image = opened.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF
    clear = pixels[100:-100, 100:-100]
    assert (clear == 0xFFFFFF).sum() == 16 * 16
    assert set(np.unique(clear).tolist()) == {0xFFFFFF, TAN}


# ---- slideshow and the rest ----


def test_a_slideshow_goes_on_by_itself_and_from_the_last_photo_to_the_first(
    application: QApplication, tmp_path: Path
) -> None:
    with viewing(application, tmp_path, slide_ms=40) as opened:
        opened.viewer.picture_requested.connect(
            lambda photo_id, side, viewer=opened.viewer: viewer.on_picture(picture(photo_id, side))
        )
        opened.open(2, [1, 2, 3])
        opened.key(Qt.Key.Key_P)
        assert opened.viewer.sliding
        opened.until(lambda: len(opened.current) >= 5)
        assert opened.current[:5] == [2, 3, 1, 2, 3]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_P])
def test_a_key_stops_the_slideshow_and_the_viewer_stays_open(opened: Opened, key: Qt.Key) -> None:
    closed: list[bool] = []
    opened.viewer.closed.connect(lambda: closed.append(True))
    opened.open(20)
    QTest.mouseClick(opened.button("Start the slideshow"), Qt.MouseButton.LeftButton)
    assert opened.viewer.sliding
    opened.shoot("slideshow")
    opened.key(key)
    assert not opened.viewer.sliding
    assert closed == []
    opened.key(Qt.Key.Key_Escape)
    assert closed == [True]


def test_turning_the_wheel_stops_the_slideshow(opened: Opened) -> None:
    opened.open(20)
    opened.viewer.start_slideshow()
    opened.wheel(middle(opened), 1)
    assert not opened.viewer.sliding


def test_a_slideshow_waits_for_a_late_picture_but_not_for_ever(application: QApplication, tmp_path: Path) -> None:
    with viewing(application, tmp_path, slide_ms=150) as opened:
        opened.open(2, [1, 2, 3])
        start = time.monotonic()
        opened.viewer.start_slideshow()
        opened.until(lambda: len(opened.current) == 2)
        assert time.monotonic() - start >= 0.28


def test_keys_ask_for_similar_photos_details_full_screen_and_the_way_back(opened: Opened) -> None:
    heard: list[object] = []
    opened.viewer.similar_requested.connect(lambda photo_id: heard.append(("similar", photo_id)))
    opened.viewer.info_toggled.connect(lambda: heard.append("info"))
    opened.viewer.full_screen_toggled.connect(lambda: heard.append("full screen"))
    opened.viewer.closed.connect(lambda: heard.append("closed"))
    opened.open(20)
    for key in (Qt.Key.Key_S, Qt.Key.Key_I, Qt.Key.Key_F11, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        opened.key(key)
    assert heard == [("similar", 20), "info", "full screen", "closed", "closed"]


def test_keys_of_the_viewer_go_before_the_shortcuts_of_the_window_and_others_do_not(opened: Opened) -> None:
    opened.open(20)

    def taken(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        opened.application.notify(opened.canvas, event)
        return event.isAccepted()

    assert taken(Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier)
    assert taken(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not taken(Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert not taken(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not taken(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)


def test_every_control_can_be_reached_by_tab_and_has_a_name(opened: Opened) -> None:
    opened.open(20)
    opened.viewer.activateWindow()
    opened.canvas.setFocus()
    opened.application.processEvents()
    reached: set[str] = set()
    for _ in range(12):
        focused = opened.application.focusWidget()
        assert focused is not None
        reached.add(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {
        "Back to the results",
        "Actual size",
        "Find similar photos",
        "Start the slideshow",
        "Show or hide the photo's details",
        "Full screen",
        "Previous photo",
        "Next photo",
    } <= reached


def test_a_focused_button_leaves_the_arrows_to_the_viewer(opened: Opened) -> None:
    opened.open(20)
    button = opened.button("Find similar photos")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Right)
    assert opened.viewer.current_id == 21
    assert button.hasFocus()


def test_the_light_theme_lights_the_strip_and_leaves_the_picture_on_dark_ground(opened: Opened) -> None:
    opened.open(20)
    opened.settle()
    opened.viewer.set_theme(LIGHT)
    opened.shoot("fit-light")
    image = opened.viewer.grab().toImage()
    strip = opened.viewer.findChild(Filmstrip)
    assert strip is not None
    assert image.pixelColor(2, strip.y() + 3).lightness() > 200
    assert opened.seen(QPointF(2, 300)).lightness() < 40


def test_without_thumbnails_and_answers_the_viewer_still_walks_and_zooms(
    application: QApplication, tmp_path: Path
) -> None:
    source = ThumbnailSource(tmp_path / "missing.db", CellShape(148, 111, 7))
    viewer = Viewer(source, LIGHT)
    viewer.set_animated(animated=False)
    viewer.resize(400, 300)
    viewer.show()
    opened = Opened(application, viewer)
    opened.open(1, [1, 2])
    opened.key(Qt.Key.Key_Z)
    opened.key(Qt.Key.Key_PageDown)
    assert opened.viewer.current_id == 2
    opened.until(lambda: opened.label("viewerZoom") == "Loading…")
    viewer.close()
    source.close()
    viewer.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
