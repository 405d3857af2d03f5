"""A person without a mouse: from the first start to a photo and back, and a name for whatever appears on the way."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QWidget,
)
from windows import ColourEncoder, Indexed, Opened, paint, places_in, save_picture, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses /proc")

_KINDS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QAbstractItemView)


def tab_to(opened: Opened, name: str) -> None:
    """Press Tab until the button of this text has the keyboard."""
    for _ in range(20):
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton) and focus.text() == name:
            return
        opened.press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {name}")


def nameless(widget: QWidget) -> list[str]:
    """Return the controls that a screen reader could say nothing about."""
    controls = [control for kind in _KINDS for control in widget.findChildren(kind) if control.isVisible()]
    assert controls
    return [
        control.objectName() or type(control).__name__
        for control in controls
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))
    ]


def nameless_after(menu: QWidget) -> list[str]:
    """Open a menu and look at the controls in it."""
    menu.popup(menu.parentWidget().mapToGlobal(menu.parentWidget().rect().bottomLeft()))
    found = nameless(menu)
    menu.close()
    return found


def test_the_keyboard_alone_leads_from_the_first_start_to_a_photo_and_back(application: QApplication, tmp_path: Path):
    opened = Opened(application, places_in(tmp_path)).ready_for_folders()
    window = opened.window
    tab_to(opened, "Try with samples")
    opened.press(Qt.Key.Key_Space)
    until(lambda: window.grid.isVisible() and window.model.count and not window.session.scanning)
    assert QApplication.focusWidget() is window.query_bar.edit
    opened.type("red")
    until(lambda: window.session.settled and window.model.answer.match is not None)
    opened.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is window.grid
    opened.press(Qt.Key.Key_Return)
    assert window.viewing.page is not None
    opened.press(Qt.Key.Key_I)
    assert nameless(window.viewing.page) == []
    save_picture(window, "keyboard-viewer")
    window.actions_by_name["toggle_info"].trigger()
    assert window.actions_by_name["toggle_info"].isChecked() == window.info_panel.shown, "the viewer has its own"
    opened.press(Qt.Key.Key_Escape)
    assert window.viewing.page is None
    assert QApplication.focusWidget() is window.grid
    opened.press(Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is window.query_bar.edit
    opened.close()


def test_what_appears_later_has_names_too(application: QApplication, tmp_path: Path):
    for colour in ("red", "blue"):
        paint(tmp_path / "photos" / f"{colour}.jpg", colour)
    Indexed(places_in(tmp_path), ColourEncoder()).index(tmp_path / "photos")
    opened = Opened(application, places_in(tmp_path)).ready()
    window, actions = opened.window, opened.window.actions_by_name
    opened.search("red")
    actions["filters"].trigger()
    panel = window.search_bar.filtering.panel
    assert nameless(panel) == []
    panel.hide()
    assert nameless_after(window.result_bar.strictness.menu()) == []
    for name in ("duplicates", "problems"):
        actions[name].setEnabled(True)
        actions[name].trigger()
        assert nameless(window) == []
        window.show_photos()
    for name in ("shortcuts", "models", "about", "search_help"):
        actions[name].trigger()
        (dialog,) = [one for one in window.findChildren(QDialog) if one.isVisible()]
        assert nameless(dialog) == []
        dialog.close()
        until(lambda: not any(one.isVisible() for one in window.findChildren(QDialog)))
    opened.close()
