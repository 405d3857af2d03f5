from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from viewer_rig import COUNT, FULL, TAN, Opened, middle, picture, viewing

from clipview.engine.messages import PictureRefused
from clipview.ui.filmstrip import Filmstrip
from clipview.ui.theme import LIGHT
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.viewer import Viewer


@pytest.fixture
def opened(application: QApplication, tmp_path: Path) -> Iterator[Opened]:
    with viewing(application, tmp_path) as one:
        yield one


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
    pauses, last_s = 0, time.monotonic()
    for _ in range(60):
        opened.key(Qt.Key.Key_Right)
        opened.application.processEvents()
        # On a busy machine the key comes late now and then, as if it had been let go.
        pauses, last_s = pauses + (time.monotonic() - last_s > 0.1), time.monotonic()
    opened.settle()
    assert opened.viewer.current_id == 80
    asked = [photo_id for photo_id, _ in opened.requests]
    assert asked[-3:] == [80, 81, 79]
    assert len(asked) <= 4 + 2 * pauses, "at most the first step was asked for at once"


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
    limit_bytes = round((16 << 20) * application.devicePixelRatio() ** 2)
    with viewing(application, tmp_path, limit_bytes=limit_bytes) as opened:
        opened.open(1)
        most = 0
        for _ in range(8):
            opened.settle()
            most = max(most, opened.viewer.held_bytes)
            opened.key(Qt.Key.Key_Right)
        assert 0 < most <= limit_bytes


def test_neighbours_that_do_not_fit_in_memory_are_not_asked_for_in_turns_for_ever(
    application: QApplication, tmp_path: Path
) -> None:
    with viewing(application, tmp_path, limit_bytes=1 << 20) as opened:
        opened.open(20)
        opened.settle()
        assert [photo_id for photo_id, _ in opened.requests] == [20, 21, 19]


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
    assert image.pixelColor(QPoint(2, strip.y() + 3) * opened.ratio).lightness() > 200
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
