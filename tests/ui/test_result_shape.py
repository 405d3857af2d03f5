from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from windows import ColourEncoder, Indexed, Opened, paint, places_in, save_picture, until

from clipview.core.types import Fold
from clipview.ui.to_bin import BinQuestion

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="gives the system's bin another place")


def draw(path: Path, seed: int, taken: str, *, quality: int = 92) -> None:
    noise = np.random.default_rng(seed).integers(60, 256, (6, 8, 3), np.uint8)
    noise[:, :, 1:] //= 4
    exif = Image.Exif()
    exif[272] = "Box 1"
    exif.get_ifd(34665)[36867] = taken
    Image.fromarray(noise).resize((320, 240), Image.Resampling.BICUBIC).save(path, "JPEG", quality=quality, exif=exif)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A burst of three, one of which was copied, a picture saved twice, and a screenshot."""
    folder = tmp_path_factory.mktemp("shape")
    photos = folder / "photos"
    (photos / "Downloads").mkdir(parents=True)
    for shot in range(3):
        draw(photos / f"burst{shot}.jpg", 1, f"2024:05:01 10:00:0{shot}", quality=92 - shot)
    draw(photos / "kept.jpg", 2, "2024:07:01 10:00:00")
    draw(photos / "saved again.jpg", 2, "2024:07:01 10:00:00", quality=60)
    shutil.copy(photos / "burst0.jpg", photos / "Downloads" / "burst0 copied.jpg")
    paint(photos / "Screenshot.jpg", "red")
    Indexed(places_in(folder), ColourEncoder()).index(photos)
    return folder


@pytest.fixture(scope="module")
def shared(application: QApplication, home: Path) -> Iterator[Opened]:
    """A window whose engine knows no other bin than the test's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("HOME", str(home))
        window = Opened(application, places_in(home)).ready()
    desk = window.window.desk
    until(lambda: desk.state is not None and desk.state.found_in > 0 and window.window.session.settled)
    yield window
    window.close()


@pytest.fixture
def opened(shared: Opened) -> Opened:
    """The window, browsing everything unfolded."""
    window = shared.window
    window.show_photos()
    window.result_bar.fold.setChecked(False)
    window.sidebar.all_photos_requested.emit()
    until(lambda: window.session.settled)
    with window.model.selecting() as selection:
        selection.nothing()
    return shared.come_forward()


def asked(opened: Opened) -> BinQuestion:
    """Wait for the question before anything is moved."""

    def open_ones() -> list[BinQuestion]:
        return [one for one in opened.window.findChildren(BinQuestion) if one.isVisible()]

    until(open_ones)
    return open_ones()[0]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_a_burst_folds_into_one_photo_and_spreads_out_again(opened: Opened) -> None:
    window = opened.window
    QTest.mouseClick(window.result_bar.fold, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    until(lambda: len(opened.names) == 3)
    assert window.live.fold is Fold.MOMENT
    assert sum("burst" in name for name in opened.names) == 1
    assert opened.line.startswith("6 photos")
    save_picture(window, "folded")
    place = next(place for place, name in enumerate(opened.names) if "burst" in name)
    assert window.model.stack_at(place) == 3
    opened.click(opened.names[place])
    window.grid.setFocus()
    opened.press(Qt.Key.Key_Right)
    assert sum("burst" in name for name in opened.names) == 3
    opened.press(Qt.Key.Key_Left)
    assert sum("burst" in name for name in opened.names) == 1
    corner = window.grid.rect_of(place).topRight() + QPoint(-12, 12)
    QTest.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    assert sum("burst" in name for name in opened.names) == 3


def test_screenshots_are_left_out_and_come_with_one_click(opened: Opened) -> None:
    opened.search("red")
    button = opened.window.result_bar.left_out
    assert "Screenshot.jpg" not in opened.names
    assert button.text().startswith("1 ")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: "Screenshot.jpg" in opened.names)
    assert button.isHidden()
    opened.window.sidebar.paperwork_requested.emit()
    until(lambda: opened.names == ["Screenshot.jpg"])


def test_a_brush_over_a_month_narrows_the_search_and_a_double_click_widens_it(opened: Opened) -> None:
    window, timeline = opened.window, opened.window.timeline
    opened.search("red")
    assert timeline.isVisible()
    everything = set(opened.names)
    may = timeline.x_of((2024 - 1970) * 12 + 4)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(may, 20))
    until(lambda: window.session.settled and len(opened.names) == 3 and all("burst" in name for name in opened.names))
    assert window.live.question.parts[-1].value == "2024-05"
    save_picture(window, "timeline")
    QTest.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(may, 20))
    until(lambda: set(opened.names) == everything)


def test_keys_move_the_brush(opened: Opened) -> None:
    window, timeline = opened.window, opened.window.timeline
    opened.search("red")
    timeline.setFocus()
    opened.press(Qt.Key.Key_Right)
    until(lambda: window.live.question.parts and window.live.question.parts[-1].value == "2024-05")
    opened.press(Qt.Key.Key_Delete)
    until(lambda: not window.live.question.parts)


def test_cancelling_touches_no_file(opened: Opened, home: Path) -> None:
    before = files(home / "photos")
    opened.click("kept.jpg")
    opened.window.grid.setFocus()
    opened.press(Qt.Key.Key_Delete)
    question = asked(opened)
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_Return)
    until(lambda: not question.isVisible())
    assert files(home / "photos") == before
    assert not (home / "data").exists()
    assert "kept.jpg" in opened.names


def test_nothing_goes_from_a_group_of_which_nothing_is_kept(opened: Opened) -> None:
    window = opened.window
    window.sidebar.duplicates_requested.emit()
    until(lambda: window.duplicates.page is not None and window.duplicates.page.rows)
    row = window.duplicates.page.rows[0]
    assert [one.discard.path.name for one in row.going] == ["saved again.jpg"]
    keep = row.cards[0].findChild(QCheckBox)
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton, pos=QPoint(8, keep.height() // 2))
    assert row.going == []
    assert not window.duplicates.page.findChild(QPushButton, "discardOthers").isEnabled()
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton, pos=QPoint(8, keep.height() // 2))
    assert [one.discard.path.name for one in row.going] == ["saved again.jpg"]


def test_a_photo_that_the_user_lets_go_leaves_the_grid(opened: Opened, home: Path) -> None:
    opened.click("Screenshot.jpg")
    opened.window.grid.setFocus()
    opened.press(Qt.Key.Key_Delete)
    question = asked(opened)
    save_picture(question, "bin-question")
    button = question.findChild(QPushButton, "moveToBin")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: "Screenshot.jpg" not in opened.names)
    assert files(home / "data" / "Trash" / "files") == {"Screenshot.jpg"}
    assert "Screenshot.jpg" not in files(home / "photos")


def test_the_other_copy_goes_and_the_better_one_stays(opened: Opened, home: Path) -> None:
    window = opened.window
    window.sidebar.duplicates_requested.emit()
    until(lambda: window.duplicates.page is not None and window.duplicates.page.rows)
    page = window.duplicates.page
    save_picture(window, "duplicates")
    assert [card.file.path.name for card in page.rows[0].cards] == ["kept.jpg", "saved again.jpg"]
    QTest.mouseClick(page.findChild(QPushButton, "discardOthers"), Qt.MouseButton.LeftButton)
    button = asked(opened).findChild(QPushButton, "moveToBin")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: not page.rows)
    assert files(home / "data" / "Trash" / "files") >= {"saved again.jpg"}
    assert "kept.jpg" in files(home / "photos")
