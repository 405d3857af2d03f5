from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from grid_parts import answer, jpeg, keep_picture, wait_until, write_thumbnails
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QToolTip

from clipview.ui.grid import PhotoGrid
from clipview.ui.photo_model import Badge, Heading, PhotoModel
from clipview.ui.theme import DARK, LIGHT
from clipview.ui.thumbnails import CellShape, ThumbnailSource

Key, Button = Qt.Key, Qt.MouseButton
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
COLOURS = ("red", "green", "blue", "orange", "purple", "teal")


@dataclass
class Shown:
    model: PhotoModel
    grid: PhotoGrid
    source: ThumbnailSource
    database: Path

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.grid, key, modifier)

    def click(self, position: int, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.grid.viewport(), Button.LeftButton, modifier, self.grid.rect_of(position).center())

    def selected(self) -> list[int]:
        return list(self.model.selected_ids)

    def current(self) -> int | None:
        return self.model.selection.current


@pytest.fixture
def shown(application: QApplication, tmp_path: Path) -> Iterator[Shown]:
    """A grid of 200 photos with ids 1 to 200, six in a row."""
    database = tmp_path / "thumbnails.db"
    write_thumbnails(database, {n: jpeg(COLOURS[n % 6]) for n in range(1, 201)})
    model = PhotoModel()
    source = ThumbnailSource(database, CellShape(148, 111, 7))
    grid = PhotoGrid(
        model,
        source,
        DARK,
        name_for=lambda photo_id: f"IMG_<b>{photo_id}</b>.jpg",
        paths_for=lambda ids: [tmp_path / f"{photo_id}.jpg" for photo_id in ids],
    )
    grid.set_animated(False)
    grid.resize(938, 700)
    model.show(answer(range(1, 201)))
    grid.show()
    grid.activateWindow()
    grid.setFocus()
    wait_until(grid.hasFocus)
    yield Shown(model, grid, source, database)
    source.close()
    grid.close()
    grid.deleteLater()


def wheel(grid: PhotoGrid, at: QPoint, notches: int, modifier: Qt.KeyboardModifier = NONE, pixels: int = 0) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(grid.viewport().mapToGlobal(at)),
        QPoint(0, pixels),
        QPoint(0, notches * 120),
        Button.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 (not inverted)
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_the_first_arrow_takes_hold_of_the_first_photo(shown: Shown) -> None:
    shown.press(Key.Key_Down)
    assert shown.selected() == [1]


def test_arrows_walk_rows_and_columns_and_stop_at_the_ends(shown: Shown) -> None:
    columns = shown.grid.layout_now.columns
    assert columns == 6
    shown.press(Key.Key_Home)
    for key, expected in (
        (Key.Key_Left, 0),
        (Key.Key_Up, 0),
        (Key.Key_Right, 1),
        (Key.Key_Down, 7),
        (Key.Key_Down, 13),
        (Key.Key_Left, 12),
        (Key.Key_Left, 11),
        (Key.Key_Up, 5),
        (Key.Key_End, 199),
        (Key.Key_Right, 199),
        (Key.Key_Down, 199),
        (Key.Key_Home, 0),
    ):
        shown.press(key)
        assert shown.current() == expected
    assert shown.selected() == [1]


def test_page_keys_move_by_a_screenful_and_keep_the_current_photo_visible(shown: Shown) -> None:
    shown.press(Key.Key_Home)
    shown.press(Key.Key_PageDown)
    page = shown.current()
    assert page is not None
    assert page >= 2 * shown.grid.layout_now.columns
    for _ in range(20):
        shown.press(Key.Key_PageDown)
        assert shown.model.current_id in shown.grid.visible_ids()
    assert shown.current() == 199
    for _ in range(21):
        shown.press(Key.Key_PageUp)
    assert shown.current() == 0


def test_shift_with_arrows_grows_and_shrinks_a_range(shown: Shown) -> None:
    shown.click(8)
    shown.press(Key.Key_Right, SHIFT)
    shown.press(Key.Key_Down, SHIFT)
    assert shown.selected() == list(range(9, 17))
    shown.press(Key.Key_Up, SHIFT)
    shown.press(Key.Key_Left, SHIFT)
    shown.press(Key.Key_Left, SHIFT)
    assert shown.selected() == [8, 9]
    shown.press(Key.Key_End, SHIFT)
    assert shown.selected() == list(range(9, 201))


def test_control_with_arrows_moves_without_selecting_and_control_space_toggles(shown: Shown) -> None:
    shown.click(2)
    shown.press(Key.Key_Right, CONTROL)
    shown.press(Key.Key_Right, CONTROL)
    assert (shown.selected(), shown.current()) == ([3], 4)
    shown.press(Key.Key_Space, CONTROL)
    assert shown.selected() == [3, 5]
    shown.press(Key.Key_Space, CONTROL)
    assert shown.selected() == [3]


def test_control_click_toggles_and_shift_click_selects_a_range(shown: Shown) -> None:
    shown.click(3)
    shown.click(10, CONTROL)
    assert shown.selected() == [4, 11]
    shown.click(3, CONTROL)
    assert shown.selected() == [11]
    shown.click(10)
    shown.click(13, SHIFT)
    assert shown.selected() == [11, 12, 13, 14]
    shown.click(1)
    shown.click(4, SHIFT | CONTROL)
    assert shown.selected() == [2, 3, 4, 5]


def test_a_plain_click_on_one_of_several_selected_narrows_to_it_on_release(shown: Shown) -> None:
    shown.click(3)
    shown.click(6, SHIFT)
    at = shown.grid.rect_of(5).center()
    QTest.mousePress(shown.grid.viewport(), Button.LeftButton, NONE, at)
    assert shown.selected() == [4, 5, 6, 7], "they may be about to be dragged"
    QTest.mouseRelease(shown.grid.viewport(), Button.LeftButton, NONE, at)
    assert shown.selected() == [6]


def test_select_all_and_escape(shown: Shown) -> None:
    said = QSignalSpy(shown.grid.selection_changed)
    shown.press(Key.Key_A, CONTROL)
    assert len(shown.selected()) == 200
    shown.press(Key.Key_Escape)
    assert shown.selected() == []
    assert said.count() == 2


def test_a_rubber_band_selects_what_it_touches_and_adds_with_control(shown: Shown) -> None:
    viewport, grid = shown.grid.viewport(), shown.grid
    start = grid.rect_of(0).topLeft() - QPoint(5, 3)
    end = grid.rect_of(7).center()
    QTest.mousePress(viewport, Button.LeftButton, NONE, start)
    QTest.mouseMove(viewport, end)
    assert shown.selected() == [1, 2, 7, 8]
    keep_picture(grid, "grid-rubber-band")
    QTest.mouseMove(viewport, grid.rect_of(0).center())
    assert shown.selected() == [1], "a band that shrinks lets go"
    QTest.mouseRelease(viewport, Button.LeftButton, NONE, grid.rect_of(0).center())
    gap = grid.rect_of(16).topLeft() - QPoint(3, 0)
    QTest.mousePress(viewport, Button.LeftButton, CONTROL, gap)
    QTest.mouseMove(viewport, grid.rect_of(16).center())
    QTest.mouseRelease(viewport, Button.LeftButton, CONTROL, grid.rect_of(16).center())
    assert shown.selected() == [1, 17]


def test_a_rubber_band_pulled_below_the_edge_scrolls_on(shown: Shown) -> None:
    viewport, grid = shown.grid.viewport(), shown.grid
    below = QPoint(600, viewport.height() + 60)
    QTest.mousePress(viewport, Button.LeftButton, NONE, QPoint(3, 3))
    QTest.mouseMove(viewport, below)
    wait_until(lambda: grid.top_px > 400)
    QTest.mouseRelease(viewport, Button.LeftButton, NONE, below)
    stopped = grid.top_px
    assert {1, 2, 37, 38} <= set(shown.selected())
    QApplication.processEvents()
    assert grid.top_px == stopped


def test_a_click_on_the_ground_clears_the_selection(shown: Shown) -> None:
    shown.click(4)
    QTest.mouseClick(shown.grid.viewport(), Button.LeftButton, NONE, QPoint(2, 2))
    assert shown.selected() == []


def test_a_new_ranking_keeps_the_selection_by_photo_and_goes_to_the_top(shown: Shown) -> None:
    shown.click(3)
    shown.click(5, CONTROL)
    shown.grid.scroll_by(500)
    shown.model.show(answer(range(200, 0, -1)))
    assert shown.selected() == [6, 4]
    assert shown.grid.top_px == 0
    assert shown.grid.visible_ids()[0] == 200


def test_the_same_question_again_keeps_the_photo_under_the_eye_in_place(shown: Shown) -> None:
    shown.grid.scroll_by(1000)
    first = next(n for n in shown.grid.visible_ids() if shown.grid.rect_of(n - 1).top() >= 0)
    before = shown.grid.rect_of(first - 1).top()
    shown.model.show(answer([*range(900, 990), *range(1, 201)]), keep_place=True)
    position = shown.model.position_of(first)
    assert position is not None
    assert shown.grid.rect_of(position).top() == before


def test_at_the_top_newly_scanned_photos_come_into_view(shown: Shown) -> None:
    shown.model.show(answer([300, 301, *range(1, 201)]), keep_place=True)
    assert shown.grid.top_px == 0
    assert shown.grid.visible_ids()[:3] == (300, 301, 1)


def test_the_place_is_kept_by_a_neighbour_when_its_photo_is_gone(shown: Shown) -> None:
    shown.grid.scroll_by(1000)
    visible = shown.grid.visible_ids()
    gone = set(visible[:10])
    shown.model.show(answer(n for n in range(1, 201) if n not in gone), keep_place=True)
    assert set(shown.grid.visible_ids()) & set(visible)


def test_control_wheel_resizes_around_the_photo_under_the_pointer(shown: Shown) -> None:
    grid = shown.grid
    grid.scroll_by(1500)
    at = QPoint(400, 300)
    before = grid.position_at(at)
    assert before is not None
    sizes = QSignalSpy(grid.cell_size_changed)
    for notches in (3, 3, -8):
        wheel(grid, at, notches, CONTROL)
        rect = grid.rect_of(before)
        assert rect.top() - 1 <= at.y() <= rect.bottom() + 1
    assert sizes.count() == 3
    assert grid.cell_px < 148


def pinch(grid: PhotoGrid, at: QPoint, closer: float) -> None:
    """One of the many small steps of two fingers that move apart, or together when negative."""
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        QPointF(at),
        QPointF(at),
        QPointF(grid.viewport().mapToGlobal(at)),
        closer,
        QPointF(),
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_pinching_resizes_around_the_photo_between_the_fingers(shown: Shown) -> None:
    grid = shown.grid
    grid.scroll_by(1500)
    at = QPoint(400, 300)
    before = grid.position_at(at)
    assert before is not None
    for closer in (0.004, -0.004):
        for _ in range(100):
            pinch(grid, at, closer)
            rect = grid.rect_of(before)
            assert rect.top() - 1 <= at.y() <= rect.bottom() + 1
        assert grid.cell_px == (round(148 * 1.004**100) if closer > 0 else 148)
    for _ in range(300):
        pinch(grid, at, 0.02)
    pinch(grid, at, -0.1)
    assert grid.cell_px == round(360 * 0.9), "what goes beyond the largest is not to be undone first"


def test_cell_sizes_have_a_smallest_and_a_largest(shown: Shown) -> None:
    shown.grid.set_cell_px(5)
    assert shown.grid.cell_px == 96
    shown.grid.set_cell_px(5000)
    assert shown.grid.cell_px == 360
    shown.press(Key.Key_Minus, CONTROL)
    assert shown.grid.cell_px < 360


def test_the_wheel_scrolls_and_a_touchpad_scrolls_by_pixels(shown: Shown) -> None:
    wheel(shown.grid, QPoint(100, 100), -1)
    assert shown.grid.top_px == 120
    wheel(shown.grid, QPoint(100, 100), 0, pixels=-37)
    assert shown.grid.top_px == 157
    shown.grid.set_animated(True)
    wheel(shown.grid, QPoint(100, 100), -1)
    wheel(shown.grid, QPoint(100, 100), -1)
    wait_until(lambda: shown.grid.top_px == 397)


def test_the_divider_opens_and_closes_by_click_and_key(shown: Shown) -> None:
    shown.model.show(answer(range(1, 31), weaker_from=9, weaker_count=96))
    grid = shown.grid
    assert grid.visible_ids() == tuple(range(1, 10))
    line = QPoint(460, grid.rect_of(8).bottom() + 22)
    assert grid.divider_at(line)
    keep_picture(grid, "grid-divider-closed")
    QTest.mouseClick(grid.viewport(), Button.LeftButton, NONE, line)
    assert len(grid.visible_ids()) == 30
    keep_picture(grid, "grid-divider-open")
    shown.press(Key.Key_W)
    assert grid.visible_ids() == tuple(range(1, 10))


def test_the_divider_leads_nowhere_when_all_matches_are_weak(shown: Shown) -> None:
    shown.model.show(answer(range(1, 13), weaker_from=0, weaker_label="closest matches"))
    line = QPoint(460, shown.grid.rect_of(0).top() - 16)
    assert not shown.grid.divider_at(line)
    QTest.mouseClick(shown.grid.viewport(), Button.LeftButton, NONE, line)
    assert len(shown.grid.visible_ids()) == 12


def test_keys_speak_of_the_current_photo_and_of_the_selected_ones(shown: Shown) -> None:
    grid = shown.grid
    shown.click(2)
    shown.click(4, CONTROL)
    for signal, key, modifier, expected in (
        (grid.activated, Key.Key_Return, NONE, 5),
        (grid.quick_look_requested, Key.Key_Space, NONE, 5),
        (grid.similar_requested, Key.Key_S, NONE, 5),
        (grid.similar_added, Key.Key_S, SHIFT, 5),
        (grid.more_like, Key.Key_Plus, NONE, (3, 5)),
        (grid.less_like, Key.Key_Minus, NONE, (3, 5)),
    ):
        spy = QSignalSpy(signal)
        shown.press(key, modifier)
        assert [spy.at(n)[0] for n in range(spy.count())] == [expected]


def test_a_double_click_opens_the_photo(shown: Shown) -> None:
    spy = QSignalSpy(shown.grid.activated)
    QTest.mouseDClick(shown.grid.viewport(), Button.LeftButton, NONE, shown.grid.rect_of(6).center())
    assert spy.at(0)[0] == 7


def test_the_menu_is_about_the_photo_under_the_pointer_unless_it_is_selected(shown: Shown) -> None:
    spy = QSignalSpy(shown.grid.context_menu_requested)
    shown.click(1)
    shown.click(2, CONTROL)
    for position in (2, 6):
        at = shown.grid.rect_of(position).center()
        QTest.mousePress(shown.grid.viewport(), Button.RightButton, NONE, at)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, shown.grid.viewport().mapToGlobal(at))
        QApplication.sendEvent(shown.grid.viewport(), event)
    assert [spy.at(0)[0], spy.at(1)[0]] == [(2, 3), (7,)]


def test_tool_tips_show_markup_in_names_as_text(shown: Shown) -> None:
    at = shown.grid.rect_of(3).center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, shown.grid.viewport().mapToGlobal(at))
    QApplication.sendEvent(shown.grid.viewport(), event)
    assert "IMG_&lt;b&gt;4&lt;/b&gt;.jpg" in QToolTip.text()
    QToolTip.hideText()


def test_a_screen_reader_hears_the_current_photo(shown: Shown) -> None:
    shown.model.show(
        answer([5, 6], match=np.array([90, 44], np.uint8), badges=np.array([0, int(Badge.FAVOURITE)], np.uint8))
    )
    shown.click(1)
    said = shown.grid.accessibleDescription()
    assert said == "IMG_<b>6</b>.jpg, 2 of 2, match 44 of 100, favourite"
    assert shown.grid.accessibleName() == "Photos"
    assert shown.grid.objectName() == "grid"


def test_reveal_scrolls_to_a_photo_and_leaves_the_selection(shown: Shown) -> None:
    shown.click(1)
    shown.grid.reveal(180)
    assert 180 in shown.grid.visible_ids()
    assert shown.model.current_id == 180
    assert shown.selected() == [2]
    shown.grid.reveal(99_999)
    assert shown.model.current_id == 180


def test_thumbnails_fill_in_and_stay_on_screen_after_a_new_ranking(shown: Shown) -> None:
    grid = shown.grid

    def centre(position: int) -> tuple[int, int, int]:
        colour = grid.grab().toImage().pixelColor(grid.rect_of(position).center())
        return round(colour.red() / 64), round(colour.green() / 64), round(colour.blue() / 64)

    wait_until(lambda: all(shown.source.pixmap(n) for n in grid.visible_ids()))
    assert centre(5) == (4, 0, 0), "photo 6 is red"
    shown.model.show(answer([6, *range(1, 6)]))
    assert centre(0) == (4, 0, 0), "at once, without another reading"


def test_only_what_is_near_the_screen_is_read(shown: Shown) -> None:
    wait_until(lambda: all(shown.source.pixmap(n) for n in shown.grid.visible_ids()))
    assert shown.source.pixmap(200) is None
    shown.press(Key.Key_End)
    wait_until(lambda: shown.source.pixmap(200) is not None)


def test_the_grid_looks_right_in_both_themes(shown: Shown) -> None:
    ids = range(1, 61)
    badges = np.zeros(60, np.uint8)
    badges[1], badges[8], badges[9] = Badge.FAVOURITE, Badge.MISSING | Badge.FAVOURITE, Badge.VIDEO
    bursts = np.zeros(60, np.uint16)
    bursts[5] = 3
    match = np.linspace(99, 5, 60).astype(np.uint8)
    shown.model.set_weaker_expanded(True)
    shown.model.show(answer(ids, match=match, badges=badges, bursts=bursts, weaker_from=22))
    shown.click(2)
    wait_until(lambda: all(shown.source.pixmap(n) for n in shown.grid.visible_ids()))
    for theme in (LIGHT, DARK):
        shown.grid.set_theme(theme)
        image = shown.grid.grab().toImage()
        assert image.pixelColor(3, 3).name() == theme.background
        ring = shown.grid.rect_of(2)
        assert image.pixelColor(ring.left() - 2, ring.center().y()).name() == theme.accent
        keep_picture(shown.grid, f"grid-results-{theme.name}")


def test_headings_stand_above_their_photos(shown: Shown) -> None:
    shown.model.show(answer(range(1, 41), headings=(Heading(0, "Saturday, 10 May 2025"), Heading(4, "Friday"))))
    assert shown.grid.rect_of(4).top() > shown.grid.rect_of(3).bottom() + 30
    assert shown.grid.rect_of(4).left() == shown.grid.rect_of(0).left()
    keep_picture(shown.grid, "grid-headings")


def test_an_empty_grid_takes_every_key_and_click_calmly(shown: Shown) -> None:
    shown.model.show(answer([]))
    for key in (Key.Key_Down, Key.Key_End, Key.Key_PageUp, Key.Key_Return, Key.Key_Plus, Key.Key_W, Key.Key_Escape):
        shown.press(key)
    shown.press(Key.Key_A, CONTROL)
    QTest.mouseClick(shown.grid.viewport(), Button.LeftButton, NONE, QPoint(50, 50))
    wheel(shown.grid, QPoint(50, 50), 2, CONTROL)
    assert shown.grid.visible_ids() == ()
    assert shown.selected() == []


def test_a_press_is_forgotten_when_other_photos_come_before_the_release(shown: Shown) -> None:
    shown.click(3)
    shown.click(6, SHIFT)
    at = shown.grid.rect_of(5).center()
    QTest.mousePress(shown.grid.viewport(), Button.LeftButton, NONE, at)
    shown.model.show(answer([4, 5, 6]))
    QTest.mouseRelease(shown.grid.viewport(), Button.LeftButton, NONE, at)
    assert shown.selected() == [4, 5, 6]


def test_a_million_photos_scroll_to_the_end_and_back(shown: Shown) -> None:
    shown.model.show(answer(range(1, 1_000_001)))
    shown.press(Key.Key_End)
    assert shown.grid.visible_ids()[-1] == 1_000_000
    shown.press(Key.Key_A, CONTROL)
    assert shown.model.selection.count == 1_000_000
    shown.model.show(answer(range(1_000_000, 0, -1)))
    assert shown.model.selection.count == 1_000_000
    assert shown.grid.visible_ids()[0] == 1_000_000
