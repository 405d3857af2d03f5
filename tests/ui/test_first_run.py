from __future__ import annotations

from collections.abc import Iterator

import pytest
from panel_states import CLIP, SIGLIP, STARTER, find, library_state
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from clipview.ui.first_run import FirstRunPage
from clipview.ui.theme import DARK, LIGHT


@pytest.fixture
def page(application: QApplication) -> Iterator[FirstRunPage]:
    made = FirstRunPage(DARK)
    made.resize(800, 560)
    made.show_state(library_state(photos=0))
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()


def button(page: FirstRunPage, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text)


def test_the_promise_is_made(page: FirstRunPage) -> None:
    told = [label.text() for label in page.findChildren(QLabel)]
    assert "Choose folders with photos. They are never moved, changed or uploaded." in told


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Add folder", "add_folder_requested"),
        ("Pictures", "pictures_requested"),
        ("Try with samples", "samples_requested"),
        ("Choose a model", "models_requested"),
    ],
)
def test_every_way_to_begin_works_by_mouse_and_by_key(page: FirstRunPage, text: str, signal: str) -> None:
    asked = QSignalSpy(getattr(page, signal))
    QTest.mouseClick(button(page, text), Qt.MouseButton.LeftButton)
    QTest.keyClick(button(page, text), Qt.Key.Key_Space)
    assert asked.count() == 2


@pytest.mark.parametrize(
    ("model", "models", "told"),
    [
        (
            "starter",
            (STARTER, CLIP),
            "The built-in search model is ready: good with things and animals. "
            "CLIP finds far more, and is a download of 600 MB.",
        ),
        ("starter", (STARTER, SIGLIP), "The built-in search model is ready: good with things and animals."),
        (SIGLIP.name, (STARTER, SIGLIP), "Ready to search with ViT-B-16-SigLIP/webli."),
    ],
)
def test_it_says_which_model_is_ready_and_what_a_better_one_costs(
    page: FirstRunPage, model: str, models: tuple[object, ...], told: str
) -> None:
    page.show_state(library_state(photos=0, model=model, models=models))  # type: ignore[arg-type]
    assert find(page, QLabel, "modelLine").text() == told


def test_a_small_window_can_reach_every_button(page: FirstRunPage) -> None:
    page.resize(420, 240)
    QApplication.processEvents()
    for each in page.findChildren(QPushButton):
        page.ensureWidgetVisible(each)
        assert page.viewport().rect().contains(each.mapTo(page.viewport(), each.rect().center()))


def test_the_theme_changes_what_is_drawn(page: FirstRunPage) -> None:
    dark = page.grab().toImage()
    page.set_theme(LIGHT)
    assert page.grab().toImage() != dark
