from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from panel_states import comes_true, find, received, write_thumbnails
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QScrollArea, QTextEdit

from clipview.core.types import Metadata
from clipview.engine.messages import PhotoDescription, SimilarAnswer
from clipview.ui.info_panel import InfoPanel
from clipview.ui.info_parts import MatchBar, Pills, Preview, SimilarStrip, ValueField
from clipview.ui.theme import DARK, LIGHT
from clipview.ui.thumbnails import CellShape, ThumbnailSource

WIDE, TALL = 1, 2

METADATA = Metadata(
    taken_at=datetime(2025, 5, 12, 17, 4),
    camera="Fujifilm X-T5",
    lens="XF56mmF1.2 R WR",
    exposure_s=1 / 250,
    f_number=2.8,
    iso=200,
    focal_length_mm=35,
    latitude=59.9139,
    longitude=-10.7522,
    caption="Waiting for the ball",
    keywords=("dog", "garden"),
)
DESCRIPTION = PhotoDescription(
    number=1,
    photo_id=WIDE,
    paths=(Path("/home/ada/Pictures/DSCF2231.JPG"),),
    reachable=True,
    size_bytes=7_400_000,
    format="JPEG",
    width_px=7728,
    height_px=5152,
    damaged=None,
    metadata=METADATA,
)


@pytest.fixture
def thumbnails(application: QApplication, tmp_path: Path) -> Iterator[ThumbnailSource]:
    sizes = {WIDE: (320, 160), TALL: (120, 240), **dict.fromkeys(range(10, 20), (64, 64))}
    source = ThumbnailSource(write_thumbnails(tmp_path / "thumbnails.db", sizes), CellShape(148, 111, 7))
    yield source
    source.close()


@pytest.fixture
def panel(thumbnails: ThumbnailSource) -> Iterator[InfoPanel]:
    made = InfoPanel(thumbnails, DARK)
    made.resize(286, 700)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()


def value(panel: InfoPanel, name: str) -> str:
    field = find(panel, ValueField, name)
    return field.value if not field.isHidden() else ""


def described(panel: InfoPanel, **changes: object) -> None:
    panel.show_photo(WIDE, None)
    panel.on_description(replace(DESCRIPTION, **changes))  # type: ignore[arg-type]


def test_nothing_selected_says_what_to_do(panel: InfoPanel) -> None:
    assert find(panel, QLabel, "nothingSelected").text() == "Select a photo"
    assert find(panel, QLabel, "nothingSelected").isVisible()


def test_several_selected_are_counted(panel: InfoPanel) -> None:
    described(panel)
    panel.show_several(12)
    assert find(panel, QLabel, "nothingSelected").text() == "12 photos"
    assert find(panel, QLabel, "nothingSelected").isVisible()


def test_a_selected_photo_is_asked_about_at_once_and_its_neighbours_once_the_selection_rests(panel: InfoPanel) -> None:
    described, similar = QSignalSpy(panel.description_requested), QSignalSpy(panel.similar_wanted)
    panel.show_photo(WIDE, None)
    panel.show_photo(TALL, None)
    assert received(described) == [[WIDE], [TALL]]
    assert similar.wait(60_000)
    assert received(similar) == [[TALL]]


def test_the_same_photo_is_not_asked_about_again_until_the_library_changes(panel: InfoPanel) -> None:
    asked = QSignalSpy(panel.description_requested)
    panel.show_photo(WIDE, 80)
    panel.show_photo(WIDE, 81)
    assert received(asked) == [[WIDE]]
    panel.refresh()
    assert received(asked) == [[WIDE], [WIDE]]


def test_what_the_camera_wrote_is_told_as_photographers_write_it(panel: InfoPanel) -> None:
    described(panel)
    assert value(panel, "taken") == "12 May 2025, 17:04"
    assert value(panel, "camera") == "Fujifilm X-T5"
    assert value(panel, "lens") == "XF56mmF1.2 R WR"
    assert value(panel, "exposure") == "1/250 s · f/2.8 · ISO 200"
    assert value(panel, "focal") == "35 mm"
    assert value(panel, "place") == "59.9139° N, 10.7522° W"
    assert value(panel, "size") == "7728 × 5152"  # noqa: RUF001
    assert value(panel, "format") == "JPEG · 7.4 MB"
    assert value(panel, "file") == "DSCF2231.JPG"
    assert value(panel, "folder") == "/home/ada/Pictures"
    assert panel.findChildren(QTextEdit)[0].toPlainText() == "Waiting for the ball"
    assert panel.findChildren(Pills)[0].accessibleName() == "dog, garden"


def test_lines_without_a_value_are_left_out(panel: InfoPanel) -> None:
    described(panel, metadata=Metadata())
    told = {field.objectName() for field in panel.findChildren(ValueField) if field.isVisible()}
    assert told == {"size", "format", "file", "folder"}
    assert not panel.findChildren(QTextEdit)[0].isVisible()
    assert not panel.findChildren(Pills)[0].isVisible()


def test_the_match_is_shown_only_for_a_search(panel: InfoPanel) -> None:
    panel.show_photo(WIDE, 87)
    assert find(panel, QLabel, "matchText").text() == "Match 87 %"
    assert find(panel, QLabel, "matchText").isVisible()
    panel.show_photo(WIDE, None)
    assert not find(panel, QLabel, "matchText").isVisible()
    assert not panel.findChildren(MatchBar)[0].isVisible()


def test_the_preview_shows_the_whole_picture(panel: InfoPanel, thumbnails: ThumbnailSource) -> None:
    for photo_id, wider in ((WIDE, True), (TALL, False)):
        panel.show_photo(photo_id, None)
        preview = panel.findChildren(Preview)[0]
        assert comes_true(lambda preview=preview: preview.picture is not None)
        picture = preview.picture
        assert picture is not None
        assert (picture.width() > picture.height()) is wider


def test_an_answer_about_another_photo_is_dropped(panel: InfoPanel) -> None:
    panel.show_photo(TALL, None)
    panel.on_description(DESCRIPTION)
    panel.on_similar(SimilarAnswer(1, WIDE, (10, 11)))
    assert value(panel, "file") == ""
    assert panel.findChildren(SimilarStrip)[0].photo_ids == ()


def test_text_that_looks_like_markup_is_shown_as_it_is(panel: InfoPanel) -> None:
    nasty = "<img src='x'><b>bold</b>"
    described(
        panel,
        paths=(Path("/photos") / nasty,),
        damaged=nasty,
        metadata=Metadata(camera=nasty, caption=nasty, keywords=(nasty,)),
    )
    camera = find(panel, ValueField, "camera")
    assert camera.value == nasty
    assert "&lt;b&gt;" in camera.toolTip()
    assert "<b>" not in camera.toolTip()
    assert panel.findChildren(QTextEdit)[0].toPlainText() == nasty
    assert find(panel, QLabel, "note").textFormat() is Qt.TextFormat.PlainText
    assert not panel.grab().isNull()


def test_a_long_name_is_cut_until_it_is_clicked(panel: InfoPanel) -> None:
    name = "a" * 150 + ".jpg"
    described(panel, paths=(Path("/photos") / name,))
    field = find(panel, ValueField, "file")
    assert "…" in field.text()
    assert name in field.toolTip()
    panel.activateWindow()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.text() == name
    field.clearFocus()
    assert "…" in field.text()
    assert field.width() < panel.width()


def test_a_name_that_is_no_valid_unicode_can_be_shown(panel: InfoPanel) -> None:
    described(panel, paths=(Path("/photos/caf\udce9.jpg"),))
    assert value(panel, "file") == "caf\ufffd.jpg"


def test_a_caption_without_spaces_or_end_does_not_widen_the_panel(panel: InfoPanel) -> None:
    described(panel, metadata=Metadata(caption="x" * 4_000, keywords=("y" * 500, *map(str, range(300)))))
    caption = panel.findChildren(QTextEdit)[0]
    assert caption.width() <= panel.width()
    assert caption.height() < 150
    pills = panel.findChildren(Pills)[0]
    assert pills.width() <= panel.width()
    assert pills.accessibleName().endswith("261 more")


@pytest.mark.parametrize(
    ("changes", "told", "reveals"),
    [
        ({"damaged": "The lower part is missing."}, "Damaged: The lower part is missing.", True),
        ({"reachable": False}, "Its drive is not connected, or the file was moved. It can still be found.", False),
        ({"paths": (), "reachable": False}, "This photo is no longer in the library.", False),
    ],
)
def test_what_is_wrong_with_a_photo_is_said(
    panel: InfoPanel, changes: dict[str, object], told: str, reveals: bool
) -> None:
    described(panel, **changes)
    note = find(panel, QLabel, "note")
    assert note.isVisible()
    assert note.text() == told
    assert find(panel, QPushButton, "revealButton").isEnabled() is reveals
    described(panel)
    assert not note.isVisible()


def test_other_places_of_the_same_photo_are_named(panel: InfoPanel) -> None:
    described(panel, paths=(Path("/a/x.jpg"), Path("/b/x.jpg"), Path("/c/x.jpg")))
    assert value(panel, "copies") == "/b and 1 more"


def test_the_page_keeps_its_width_whatever_the_height_of_the_panel(panel: InfoPanel) -> None:
    """Where the text just fits, a scroll bar that comes would make it shorter, and go, and come, for ever."""
    described(panel)
    panel.on_similar(SimilarAnswer(1, WIDE, tuple(range(1, 9))))
    page = panel.findChild(QScrollArea).widget()
    widths = set()
    for height_px in range(380, 760, 3):
        panel.resize(286, height_px)
        QApplication.processEvents()
        widths.add(page.width())
    assert len(widths) == 1


def test_the_buttons_are_about_the_photo_that_is_shown(panel: InfoPanel) -> None:
    similar, reveal = QSignalSpy(panel.similar_requested), QSignalSpy(panel.reveal_requested)
    described(panel)
    QTest.mouseClick(find(panel, QPushButton, "findSimilarButton"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(find(panel, QPushButton, "revealButton"), Qt.MouseButton.LeftButton)
    assert received(similar) == received(reveal) == [[WIDE]]


def thumbs(panel: InfoPanel) -> list[QAbstractButton]:
    strip = panel.findChildren(SimilarStrip)[0]
    return [button for button in strip.findChildren(QAbstractButton) if button.isVisible()]


def test_at_most_eight_similar_photos_are_shown_and_their_pictures_come(panel: InfoPanel) -> None:
    described(panel)
    panel.on_similar(SimilarAnswer(1, WIDE, tuple(range(10, 20))))
    strip = panel.findChildren(SimilarStrip)[0]
    assert strip.photo_ids == tuple(range(10, 18))
    assert comes_true(lambda: all(strip.picture(photo_id) is not None for photo_id in strip.photo_ids))
    assert thumbs(panel)[1].accessibleName() == "Similar photo 2 of 8"


def test_a_similar_photo_is_chosen_by_click_and_by_keys(panel: InfoPanel) -> None:
    described(panel)
    panel.on_similar(SimilarAnswer(1, WIDE, (10, 11, 12, 13, 14)))
    chosen = QSignalSpy(panel.photo_chosen)
    panel.activateWindow()
    QTest.mouseClick(thumbs(panel)[1], Qt.MouseButton.LeftButton)
    thumbs(panel)[0].setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    assert received(chosen) == [[11], [14]]


def test_the_similar_photos_go_with_the_photo(panel: InfoPanel) -> None:
    described(panel)
    panel.on_similar(SimilarAnswer(1, WIDE, (10, 11)))
    panel.show_photo(TALL, None)
    assert thumbs(panel) == []


def test_every_button_has_a_name_for_screen_readers(panel: InfoPanel) -> None:
    described(panel)
    panel.on_similar(SimilarAnswer(1, WIDE, (10, 11)))
    assert all(button.accessibleName() for button in panel.findChildren(QAbstractButton) if button.isVisible())


def test_the_theme_changes_what_is_drawn(panel: InfoPanel) -> None:
    described(panel)
    dark = panel.grab().toImage()
    panel.set_theme(LIGHT)
    assert panel.grab().toImage() != dark


def test_closing_the_grid_s_source_ends_the_panel_s_threads(panel: InfoPanel, thumbnails: ThumbnailSource) -> None:
    panel.show_photo(WIDE, None)
    assert any(thread.name.startswith("thumbnails-") for thread in threading.enumerate())
    thumbnails.close()
    panel.show_photo(TALL, None)
    assert not any(thread.name.startswith("thumbnails-") for thread in threading.enumerate())
