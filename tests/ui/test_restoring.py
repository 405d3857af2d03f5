"""Going back to a backup from the window: on request, and when the library is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton
from windows import ColourEncoder, Indexed, Opened, paint, places_in, save_picture, until

from clipview.core.backup import back_up_if_due, known_backups
from clipview.core.changes import Rate
from clipview.ui.restoring import BackupsDialog


@pytest.fixture
def indexed(tmp_path: Path) -> Indexed:
    """Three photos, a backup without stars, and a star given after it."""
    for colour in ("red", "green", "blue"):
        paint(tmp_path / "photos" / f"{colour}.jpg", colour)
    made = Indexed(places_in(tmp_path), ColourEncoder())
    made.index(tmp_path / "photos")
    with made.opened(write=True) as library:
        library.change(Rate((1,), 5))
    return made


@pytest.fixture
def open_one(application: QApplication, tmp_path: Path) -> Iterator[Callable[[], Opened]]:
    windows: list[Opened] = []

    def open_() -> Opened:
        windows.append(Opened(application, places_in(tmp_path)))
        return windows[-1]

    yield open_
    for window in windows:
        window.close()


def dialog_of(opened: Opened) -> BackupsDialog:
    shown = partial(filter, BackupsDialog.isVisible)
    until(lambda: any(shown(opened.window.findChildren(BackupsDialog))))
    return next(shown(opened.window.findChildren(BackupsDialog)))


def rating(indexed: Indexed) -> int | None:
    with indexed.opened() as library:
        details = library.store.details(1)
        assert details is not None
        return details.metadata.rating


def test_a_backup_is_chosen_from_the_list_and_comes_back(open_one, indexed):
    opened = open_one().ready()
    opened.window.actions_by_name["restore"].trigger()
    dialog = dialog_of(opened)
    row = dialog.findChild(QListWidget).item(0).text()
    assert "3 photos" in row
    assert "0 marked" in row
    save_picture(dialog, "backups")
    restored: list[object] = []
    opened.window.session.restored.connect(restored.append)
    QTest.mouseClick(dialog.findChild(QPushButton, "restoreBackup"), Qt.MouseButton.LeftButton)
    until(lambda: restored)
    assert rating(indexed) is None
    until(lambda: opened.window.grid.isVisible() and opened.window.model.count == 3)
    opened.search("red")
    assert opened.strong == ["red.jpg"]
    assert len(list(indexed.places.library.glob("library-replaced-*.db"))) == 1


def test_return_and_escape_leave_the_library_as_it_is(open_one, indexed):
    opened = open_one().ready()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        opened.window.actions_by_name["restore"].trigger()
        dialog = dialog_of(opened)
        QTest.keyClick(dialog, key)
        until(lambda dialog=dialog: not dialog.isVisible())
    assert rating(indexed) == 5


def test_a_damaged_library_offers_its_backups_and_opens_again(open_one, indexed):
    with indexed.opened(write=True) as library:
        back_up_if_due(library.store, indexed.places.backups, interval_s=0)
    indexed.places.database.write_bytes(b"garbage" * 5000)
    opened = open_one()
    dialog = dialog_of(opened)
    assert "damaged" in opened.window.message.text
    newest = known_backups(indexed.places.backups)[0]
    assert newest.marked == 1
    QTest.mouseClick(dialog.findChild(QPushButton, "restoreBackup"), Qt.MouseButton.LeftButton)
    until(lambda: opened.window.grid.isVisible() and opened.window.model.count == 3)
    assert rating(indexed) == 5
    (kept,) = indexed.places.library.glob("library-replaced-*.db")
    assert kept.read_bytes() == b"garbage" * 5000
