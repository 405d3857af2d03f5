"""A folder whose drive has another name now: badge, [Locate...], and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from windows import ColourEncoder, Indexed, Opened, paint, places_in, save_picture, until

from clipview.ui.photo_model import Badge


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """Where two folders of one library are now."""
    for colour in ("red", "green", "blue"):
        paint(tmp_path / "drive" / "trip" / f"{colour}.jpg", colour, size=(64, 48))
    Indexed(places_in(tmp_path), ColourEncoder()).index(tmp_path / "drive" / "trip")
    (tmp_path / "empty").mkdir()
    return (tmp_path / "drive").rename(tmp_path / "other") / "trip"


def answer_dialog(opened: Opened, folder: Path) -> None:
    (dialog,) = [one for one in opened.window.findChildren(QFileDialog, "locateFolder") if one.isVisible()]
    dialog.setDirectory(str(folder.parent))
    dialog.selectFile(str(folder))
    dialog.accept()


def test_a_missing_photo_leads_to_the_place_where_its_folder_is_now(application: QApplication, moved: Path, tmp_path):
    opened = Opened(application, places_in(tmp_path)).ready()
    window = opened.window
    window.resize(1300, 800)
    badges = window.model.badges_at
    until(lambda: window.model.count == 3 and badges(0) & Badge.MISSING)
    opened.click("red.jpg")
    button = window.info.findChild(QPushButton, "locateButton")
    until(button.isVisible)
    save_picture(window, "drive-offline")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    answer_dialog(opened, tmp_path / "empty")
    until(lambda: window.findChild(QMessageBox, "notLocated") is not None)
    refusal = window.findChild(QMessageBox, "notLocated")
    assert "0 are in" in refusal.text()
    save_picture(refusal, "not-located")
    (again,) = [button for button in refusal.buttons() if button.text().startswith("Choose")]
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    answer_dialog(opened, moved)
    until(lambda: not badges(0) & Badge.MISSING)
    until(lambda: window.toast.text() == f"3 photos are in {moved} now.")
    until(lambda: window.info.findChild(QPushButton, "revealButton").isVisible())
    assert window.paths.of((opened.id_of("red.jpg"),)) == [moved / "red.jpg"]
    opened.close()


def test_the_folder_that_is_shown_stays_the_one_that_moved(application: QApplication, moved: Path, tmp_path):
    opened = Opened(application, places_in(tmp_path)).ready()
    window, old = opened.window, tmp_path / "drive" / "trip"
    window.sidebar.folder_selected.emit(old)
    until(lambda: window.session.settled and window.live.question.folder == old)
    window.sidebar.locate_requested.emit(old)
    answer_dialog(opened, moved)
    until(lambda: window.live.question.folder == moved and window.session.settled)
    assert sorted(opened.names) == ["blue.jpg", "green.jpg", "red.jpg"]
    opened.close()


def test_the_viewer_offers_to_locate_and_all_folders_of_the_drive_come_along(application: QApplication, tmp_path: Path):
    for folder, colour in (("trip", "red"), ("work", "blue")):
        paint(tmp_path / "drive" / folder / f"{colour}.jpg", colour, size=(64, 48))
        Indexed(places_in(tmp_path), ColourEncoder()).index(tmp_path / "drive" / folder)
    (tmp_path / "drive").rename(tmp_path / "other")
    opened = Opened(application, places_in(tmp_path)).ready()
    window = opened.window
    until(lambda: window.model.count == 2 and window.model.badges_at(0) & Badge.MISSING)
    window.viewing.open(opened.id_of("red.jpg"))
    viewer = window.viewing.page.viewer
    button = viewer.reason.locate_button
    until(button.isVisible)
    save_picture(window, "viewer-away")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    answer_dialog(opened, tmp_path / "other" / "trip")
    until(lambda: not viewer.reason.isVisible() and not button.isVisible())
    window.viewing.close()
    until(lambda: not any(window.model.badges_at(place) & Badge.MISSING for place in range(2)))
    assert window.paths.of((opened.id_of("blue.jpg"),)) == [tmp_path / "other" / "work" / "blue.jpg"]
    assert window.findChild(QMessageBox, "notLocated") is None
    opened.close()
