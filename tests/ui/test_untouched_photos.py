"""Whatever is done in the window, the photo folders stay as they are, unless writing there is what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from folder_state import fingerprint
from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog
from windows import Opened, paint, until

from clipview.core.xmp_merge import Bag, merged
from clipview.ui.drop_card import DropZone
from clipview.ui.question import Question

ASKED_TO_WRITE = {"write_sidecars", "write_sidecars_automatic"}
"""Actions that are there to write beside photos. `to_bin` asks first; here the answer is no."""

LAST = "quit"


class _Nowhere(QObject):
    """Stands for the programs that show a folder to people."""

    @Slot(QUrl)
    def take(self, _url: QUrl) -> None:
        pass


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for number in range(3):
        paint(folder / f"red{number}.jpg", f"rgb({230 - 30 * number}, 10, 10)", size=(80, 60))
        paint(folder / "deep" / f"blue{number}.png", f"rgb(10, 10, {230 - 30 * number})", size=(80, 60))
    (folder / "copy.jpg").write_bytes((folder / "red0.jpg").read_bytes())
    (folder / "red0.jpg.xmp").write_bytes(merged(None, {"xmp:Rating": "2", "dc:subject": Bag(("mine",))}, 1 << 20))
    (folder / "broken.jpg").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("mine")
    (folder / "link.jpg").symlink_to("red1.jpg")
    return folder


@pytest.fixture
def opened(application: QApplication, photos: Path):
    nowhere = _Nowhere()
    QDesktopServices.setUrlHandler("file", nowhere, "take")
    opened = Opened.on_photos(application, photos.parent)
    yield opened
    opened.close()
    QDesktopServices.unsetUrlHandler("file")


def answer_dialogs(opened: Opened) -> list[str]:
    """Give names to what asks for one, and leave everything else without an answer; returns what was answered."""
    answered = []
    QApplication.processEvents()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for dialog in opened.window.findChildren(QDialog):
        if not dialog.isVisible():
            continue
        answered.append(type(dialog).__name__)
        if isinstance(dialog, QInputDialog):
            dialog.setTextValue("mine")
            dialog.accept()
        else:
            dialog.reject()
    until(lambda: opened.window.session.settled and not opened.window.keeping.busy)
    return answered


def do_everything(opened: Opened, begin) -> set[str]:
    """Do what the menus and keys can do, each from the same beginning; returns what could be done."""
    done = set()
    for action in opened.window.findChildren(QAction):
        name = action.objectName()
        if not name or name in {*ASKED_TO_WRITE, LAST} | done:
            continue
        begin()
        if action.isEnabled():
            action.trigger()
            answer_dialogs(opened)
            done.add(name)
    return done


def test_nothing_the_window_does_touches_the_photo_folder(opened: Opened, photos: Path, tmp_path: Path) -> None:
    before = fingerprint(photos)
    window = opened.window
    window.live.set_fold(None)
    until(lambda: window.session.settled)
    first = opened.id_of("red2.jpg")

    def select_one() -> None:
        window.viewing.close()
        window.show_photos()
        window.live.go(Question())
        until(lambda: window.session.settled and window.model.count)
        window.model.select_ids([first])
        window.grid.setFocus()

    done = do_everything(opened, select_one)
    assert {"rescan", "favourite", "stars_3", "to_bin", "models", "vocabulary", "problems", "new_album"} <= done
    assert fingerprint(photos) == before

    select_one()
    window.viewing.open(first)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_4, Qt.Key.Key_F, Qt.Key.Key_Plus, Qt.Key.Key_Left, Qt.Key.Key_Escape):
        opened.press(key)
        answer_dialogs(opened)
    assert fingerprint(photos) == before

    opened.search("red -blue")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photos / "deep" / "blue1.png"))])
    assert opened.drop(mime, DropZone.NEW_SEARCH)
    until(lambda: window.query_bar.chips and window.session.settled)
    window.desk.add_folders((photos / "deep", photos))
    until(lambda: not window.session.scanning and window.session.settled)
    window.photo_actions.export_to(tmp_path / "copies")
    window.sidebar.duplicates_requested.emit()
    until(lambda: window.duplicates.page is not None)
    assert fingerprint(photos) == before
    opened.close()
    assert fingerprint(photos) == before
