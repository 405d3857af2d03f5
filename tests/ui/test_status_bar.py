from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import fields
from panel_states import SIGLIP, find, library_state, received
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton

from clipview.core.types import CRASHED, Phase, ScanStep, ScanSummary, Skipped
from clipview.engine.messages import ModelProgress, ScanEnded, ScanProgress
from clipview.ui.status_bar import StatusBar
from clipview.ui.theme import DARK, LIGHT

HINT = "Searching with the built-in model: good with things and animals. CLIP finds far more"
STEP = ScanStep(next(phase for phase in Phase if phase is not Phase.WALKING), 3_200, 84_213, 41.2, 1_920.0, skipped=2)


@pytest.fixture
def bar(application: QApplication) -> Iterator[StatusBar]:
    made = StatusBar(DARK)
    made.resize(1_440, made.height())
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()


def text(bar: StatusBar, name: str) -> str:
    label = find(bar, QLabel, name)
    return label.text() if label.isVisible() else ""


def button(bar: StatusBar, name: str) -> QPushButton:
    return find(bar, QPushButton, name)


def click(bar: StatusBar, name: str) -> None:
    QTest.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)


def summary(**counts: object) -> ScanSummary:
    """Return the summary of a scan that did nothing but this."""
    nothing = {each.name: () if "tuple" in str(each.type) else 0 for each in fields(ScanSummary)}
    return ScanSummary(**(nothing | counts))  # type: ignore[arg-type]


def test_a_scan_tells_how_far_how_fast_and_how_long(bar: StatusBar) -> None:
    bar.on_progress(ScanProgress(STEP, paused=False))
    assert text(bar, "scanText") == "Indexing 3,200/84,213 · 41/s · 32 min left"
    progress = bar.findChildren(QProgressBar)[0]
    assert progress.isVisible()
    assert (progress.value(), progress.maximum()) == (3_200, 84_213)


def test_the_building_of_a_new_model_and_the_end_of_a_scan_are_told_as_what_they_are(bar: StatusBar) -> None:
    bar.show_state(library_state(model="starter", wanted_model=SIGLIP.name))
    bar.on_progress(ScanProgress(STEP, paused=False))
    assert text(bar, "scanText") == "New model 3 % built · 41/s · 32 min left"
    bar.on_progress(ScanProgress(ScanStep(Phase.FINISHING, 40, 100), paused=False))
    assert text(bar, "scanText") == "Finishing 40/100"


def test_a_slow_scan_keeps_a_decimal_and_a_long_one_its_hours(bar: StatusBar) -> None:
    bar.on_progress(ScanProgress(ScanStep(STEP.phase, 1, 10_000, 0.44, 8_000.0), paused=False))
    assert text(bar, "scanText") == "Indexing 1/10,000 · 0.4/s · 2 h 13 min left"


def test_a_walk_counts_what_it_finds(bar: StatusBar) -> None:
    bar.on_progress(ScanProgress(ScanStep(Phase.WALKING, 3_200, 0), paused=False))
    assert text(bar, "scanText") == "Looking for photos: 3,200 so far"


def test_pausing_and_going_on_are_asked_for_and_shown_at_once(bar: StatusBar) -> None:
    toggled = QSignalSpy(bar.pause_toggled)
    bar.on_progress(ScanProgress(STEP, paused=False))
    click(bar, "pauseButton")
    assert button(bar, "pauseButton").text() == "Continue"
    assert text(bar, "scanText") == "Paused at 3,200 of 84,213"
    click(bar, "pauseButton")
    assert button(bar, "pauseButton").text() == "Pause"
    assert received(toggled) == [[True], [False]]


def test_stopping_is_asked_for(bar: StatusBar) -> None:
    stopped = QSignalSpy(bar.stop_requested)
    bar.on_progress(ScanProgress(STEP, paused=False))
    click(bar, "stopButton")
    assert stopped.count() == 1


def test_skipped_files_are_counted_and_listed(bar: StatusBar) -> None:
    listed = QSignalSpy(bar.skipped_requested)
    assert text(bar, "skippedText") == ""
    bar.show_state(library_state(set_aside=5))
    assert text(bar, "skippedText") == "5 skipped"
    click(bar, "skippedButton")
    assert listed.count() == 1
    bar.show_state(library_state())
    assert not button(bar, "skippedButton").isVisible()


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (ScanEnded(summary(added=1_204, missing=2)), "Library is up to date: 1,204 added, 2 missing"),
        (ScanEnded(None), "Indexing was stopped. What it found is kept."),
        (ScanEnded(None, failure="The disk is full."), "Indexing stopped"),
        (ScanEnded(summary()), ""),
    ],
)
def test_the_end_of_a_scan_is_told_when_there_is_something_to_tell(bar: StatusBar, ended: ScanEnded, told: str) -> None:
    bar.on_progress(ScanProgress(STEP, paused=False))
    bar.on_scan_ended(ended)
    assert text(bar, "scanText") == ""
    assert not button(bar, "pauseButton").isVisible()
    assert text(bar, "message") == told


def test_a_file_that_crashes_its_decoder_is_named_once(bar: StatusBar) -> None:
    crashed = Skipped(Path("holiday/IMG_2231.CR3"), CRASHED)
    unreadable = Skipped(Path("holiday/notes.jpg"), "The file is empty.")
    bar.on_scan_ended(ScanEnded(summary(skipped=(crashed, unreadable))))
    assert text(bar, "message") == "Indexing stopped at IMG_2231.CR3, skipped it and went on"
    bar.findChildren(QTimer)[0].timeout.emit()
    bar.on_scan_ended(ScanEnded(summary(skipped=(crashed, unreadable))))
    assert text(bar, "message") == ""


def test_the_way_to_a_better_model_stands_beside_its_hint_alone(bar: StatusBar) -> None:
    bar.show_state(library_state())
    assert button(bar, "modelsButton").isVisible()
    bar.show_message("3 likes")
    assert not button(bar, "modelsButton").isVisible()
    timer = bar.findChildren(QTimer)[0]
    timer.timeout.emit()
    timer.stop()
    bar.resize(700, bar.height())
    assert text(bar, "message") == "Built-in model. CLIP finds far more"
    assert button(bar, "modelsButton").isVisible()


def test_messages_wait_for_each_other_and_then_make_room_for_the_hint(bar: StatusBar) -> None:
    bar.show_state(library_state())
    for told in ("first", "second", "second"):
        bar.show_message(told)
    timer = bar.findChildren(QTimer)[0]
    assert text(bar, "message") == "first"
    timer.timeout.emit()
    assert text(bar, "message") == "second"
    timer.timeout.emit()
    timer.stop()
    assert text(bar, "message") == HINT


def test_a_message_that_looks_like_markup_is_shown_as_it_is(bar: StatusBar) -> None:
    bar.show_message("<b>x</b> was skipped")
    label = find(bar, QLabel, "message")
    assert label.text() == "<b>x</b> was skipped"
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "&lt;b&gt;" in label.toolTip()


def test_the_built_in_model_s_limits_and_the_way_out_are_named(bar: StatusBar) -> None:
    asked = QSignalSpy(bar.models_requested)
    bar.show_state(library_state())
    assert text(bar, "message") == HINT
    click(bar, "modelsButton")
    assert asked.count() == 1


def test_a_better_model_needs_no_hint(bar: StatusBar) -> None:
    bar.show_state(library_state(model=SIGLIP.name))
    assert text(bar, "message") == ""
    assert not button(bar, "modelsButton").isVisible()


def test_a_model_that_is_being_built_is_told(bar: StatusBar) -> None:
    bar.show_state(library_state(model="starter", wanted_model=SIGLIP.name))
    assert text(bar, "message") == "New model is being built. Searching with the old one."
    assert not button(bar, "modelsButton").isVisible()


def test_a_download_is_told_until_something_else_is(bar: StatusBar) -> None:
    progress = ModelProgress("ViT-B-32", 204_000_000, 600_000_000, 1e6)
    bar.on_model_progress(progress)
    assert text(bar, "message") == "Downloading ViT-B-32: 204 MB of 600 MB"
    bar.show_message("Something happened")
    bar.on_model_progress(progress)
    assert text(bar, "message") == "Something happened"


def test_a_download_that_is_heard_of_no_more_leaves_the_line(bar: StatusBar) -> None:
    bar.show_state(library_state())
    bar.on_model_progress(ModelProgress("ViT-B-32", 204_000_000, 600_000_000, 1e6))
    timer = bar.findChildren(QTimer)[0]
    assert timer.isActive()
    timer.stop()
    timer.timeout.emit()
    assert text(bar, "message") == HINT


def test_a_narrow_bar_keeps_what_can_be_acted_on(bar: StatusBar) -> None:
    bar.show_state(library_state(set_aside=5))
    bar.on_progress(ScanProgress(STEP, paused=False))
    bar.resize(760, bar.height())
    QApplication.processEvents()
    shown = [each for each in bar.findChildren(QPushButton) if each.isVisible()]
    assert {each.objectName() for each in shown} == {"pauseButton", "skippedButton", "modelsButton"}
    assert all(each.geometry().right() < 760 for each in shown)
    assert all(each.width() >= each.sizeHint().width() for each in shown)


def test_every_button_has_a_name_for_screen_readers(bar: StatusBar) -> None:
    bar.on_progress(ScanProgress(STEP, paused=False))
    assert all(each.accessibleName() for each in bar.findChildren(QPushButton))


def test_the_theme_changes_what_is_drawn(bar: StatusBar) -> None:
    bar.show_state(library_state(set_aside=5))
    dark = bar.grab().toImage()
    bar.set_theme(LIGHT)
    assert bar.grab().toImage() != dark
