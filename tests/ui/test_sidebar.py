from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from panel_states import PICTURES, folder, library_state, received
from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox, QPushButton, QTreeView

from clipview.engine.messages import LibraryState, SavedSearch
from clipview.ui.sidebar import Sidebar
from clipview.ui.sidebar_model import Role, SidebarModel
from clipview.ui.theme import DARK, LIGHT

YEAR = PICTURES / "2024"
CARD = Path("/media/card")


def full_state(**changes: object) -> LibraryState:
    folders = (
        folder(PICTURES, 61_870, folder(YEAR, 9_412, folder(YEAR / "Norway", 812)), folder(PICTURES / "2025", 12_066)),
        folder(CARD, 22_343, reachable=False),
    )
    saved = (SavedSearch("Sunsets", "sunset at sea"), SavedSearch("Boards", "whiteboard"))
    return library_state(folders=folders, saved=saved, **changes)  # type: ignore[arg-type]


@pytest.fixture
def sidebar(application: QApplication) -> Iterator[Sidebar]:
    made = Sidebar(DARK)
    made.resize(214, 600)
    made.show_state(full_state())
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


def tree(sidebar: Sidebar) -> QTreeView:
    return sidebar.findChildren(QTreeView)[0]


def row(sidebar: Sidebar, text: str, below: QModelIndex | None = None) -> QModelIndex:
    model = tree(sidebar).model()
    parent = QModelIndex() if below is None else below
    rows = [model.index(number, 0, parent) for number in range(model.rowCount(parent))]
    return next(index for index in rows if index.data() == text)


def texts(sidebar: Sidebar) -> list[str]:
    model = tree(sidebar).model()
    return [str(model.index(number, 0).data()) for number in range(model.rowCount())]


def click(sidebar: Sidebar, index: QModelIndex) -> None:
    place = tree(sidebar).visualRect(index).center()
    QTest.mouseClick(tree(sidebar).viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(sidebar: Sidebar, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(tree(sidebar), key)


def menu_of(sidebar: Sidebar, index: QModelIndex) -> QMenu:
    view = tree(sidebar)
    place = view.visualRect(index).center()
    where = view.viewport().mapToGlobal(place)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where))
    return sidebar.findChildren(QMenu)[-1]


def choose(menu: QMenu, text: str) -> None:
    action = next(action for action in menu.actions() if action.text() == text)
    assert action.isEnabled()
    action.trigger()
    menu.close()


def test_rows_stand_under_their_heads_in_the_order_of_the_state(sidebar: Sidebar) -> None:
    assert texts(sidebar) == [
        "Library", "All photos", "Favourites", "Recently added",
        "Folders", "Pictures", "card",
        "Saved searches", "Sunsets", "Boards",
    ]  # fmt: skip


def test_problems_are_listed_only_while_there_are_some(sidebar: Sidebar) -> None:
    sidebar.show_state(full_state(set_aside=5))
    assert row(sidebar, "Problems").data(Role.COUNT) == "5"
    sidebar.show_state(full_state())
    assert "Problems" not in texts(sidebar)


def test_counts_are_grouped_and_spoken_with_the_name(sidebar: Sidebar) -> None:
    index = row(sidebar, "All photos")
    assert index.data(Role.COUNT) == "84,213"
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).startswith("All photos, ")


def test_the_whole_library_is_marked_at_first_without_asking_for_it(application: QApplication) -> None:
    sidebar = Sidebar(DARK)
    asked = QSignalSpy(sidebar.all_photos_requested)
    sidebar.show_state(full_state())
    assert tree(sidebar).currentIndex().data() == "All photos"
    assert asked.count() == 0


@pytest.mark.parametrize(
    ("text", "signal", "expected"),
    [
        ("All photos", "all_photos_requested", []),
        ("Recently added", "recent_requested", []),
        ("Problems", "problems_requested", []),
        ("Pictures", "folder_selected", [PICTURES]),
        ("Sunsets", "saved_search_selected", ["Sunsets"]),
    ],
)
def test_a_click_on_a_row_asks_for_it_once(sidebar: Sidebar, text: str, signal: str, expected: list[object]) -> None:
    sidebar.show_state(full_state(set_aside=5))
    asked = QSignalSpy(getattr(sidebar, signal))
    click(sidebar, row(sidebar, text))
    assert received(asked) == [expected]


def test_a_second_click_on_the_same_row_asks_again(sidebar: Sidebar) -> None:
    asked = QSignalSpy(sidebar.folder_selected)
    click(sidebar, row(sidebar, "Pictures"))
    click(sidebar, row(sidebar, "Pictures"))
    assert asked.count() == 2


def test_arrow_keys_step_over_the_heads_and_ask_for_what_they_reach(sidebar: Sidebar) -> None:
    recent, folders = QSignalSpy(sidebar.recent_requested), QSignalSpy(sidebar.folder_selected)
    press(sidebar, *[Qt.Key.Key_Down] * 3)
    assert recent.count() == 1
    assert received(folders) == [[PICTURES]]


def test_folders_get_their_rows_when_they_are_opened(sidebar: Sidebar) -> None:
    pictures = row(sidebar, "Pictures")
    model = tree(sidebar).model()
    assert model.hasChildren(pictures)
    assert model.rowCount(pictures) == 0
    press(sidebar, *[Qt.Key.Key_Down] * 3, Qt.Key.Key_Right)
    assert tree(sidebar).isExpanded(pictures)
    assert model.rowCount(pictures) == 2


def test_the_arrow_of_a_folder_opens_it_without_asking_for_it(sidebar: Sidebar) -> None:
    asked = QSignalSpy(sidebar.folder_selected)
    pictures = row(sidebar, "Pictures")
    arrow = QPoint(21, tree(sidebar).visualRect(pictures).center().y())
    QTest.mouseClick(tree(sidebar).viewport(), Qt.MouseButton.LeftButton, pos=arrow)
    assert tree(sidebar).isExpanded(pictures)
    assert asked.count() == 0


def test_a_new_state_keeps_what_is_open_and_chosen(sidebar: Sidebar) -> None:
    tree(sidebar).expand(row(sidebar, "Pictures"))
    year = row(sidebar, "2024", row(sidebar, "Pictures"))
    tree(sidebar).expand(year)
    click(sidebar, row(sidebar, "Norway", year))
    asked = QSignalSpy(sidebar.folder_selected)
    grown = library_state(
        folders=(
            folder(Path("/a/New"), 1),
            folder(PICTURES, 61_871, folder(PICTURES / "2023", 1), folder(YEAR, 9_413, folder(YEAR / "Norway", 813))),
        )
    )
    sidebar.show_state(grown)
    pictures = row(sidebar, "Pictures")
    assert [tree(sidebar).isExpanded(pictures), tree(sidebar).isExpanded(row(sidebar, "2024", pictures))] == [True] * 2
    assert tree(sidebar).currentIndex().data() == "Norway"
    assert tree(sidebar).currentIndex().data(Role.COUNT) == "813"
    assert texts(sidebar) == [
        "Library", "All photos", "Favourites", "Recently added", "Folders", "New", "Pictures",
    ]  # fmt: skip
    assert row(sidebar, "2023", pictures).isValid()
    assert asked.count() == 0


def test_folders_that_change_places_are_shown_in_the_new_order(sidebar: Sidebar) -> None:
    sidebar.show_state(library_state(folders=(folder(CARD, 1), folder(PICTURES, 2))))
    assert texts(sidebar)[-2:] == ["card", "Pictures"]


def test_the_model_keeps_qt_s_rules_through_every_change(application: QApplication) -> None:
    model = SidebarModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    # The tester would open folders from inside the signals of a change, which no view does.
    tester.setUseFetchMore(False)
    model.show_state(full_state(set_aside=1))
    pictures = next(model.index(at, 0) for at in range(model.rowCount()) if model.index(at, 0).data() == "Pictures")
    model.fetchMore(pictures)
    model.show_state(full_state())
    model.show_state(library_state(folders=(folder(PICTURES, 3, folder(PICTURES / "2025", 3)),)))
    model.show_state(library_state(folders=(folder(PICTURES, 3),)))
    model.show_state(library_state(folders=(folder(CARD, 1), folder(PICTURES, 2, folder(YEAR, 2)))))
    model.show_state(library_state())
    assert model.rowCount() == 5
    assert tester.model() is model


def test_a_folder_that_can_t_be_reached_says_so(sidebar: Sidebar) -> None:
    card = row(sidebar, "card")
    assert card.data(Role.REACHABLE) is False
    assert "not connected now" in card.data(Qt.ItemDataRole.AccessibleTextRole)
    rescan = menu_of(sidebar, card).actions()[0]
    assert rescan.text() == "Look for changes"
    assert not rescan.isEnabled()


def test_a_name_that_looks_like_markup_is_shown_as_it_is(sidebar: Sidebar) -> None:
    sidebar.show_state(library_state(folders=(folder(Path("/x/<b>bold<"), 1),)))
    index = row(sidebar, "<b>bold<")
    assert "&lt;b&gt;bold" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_name_that_is_no_valid_unicode_can_be_shown(sidebar: Sidebar) -> None:
    sidebar.show_state(library_state(folders=(folder(Path("/x/caf\udce9"), 1),)))
    click(sidebar, row(sidebar, "caf\ufffd"))
    assert not sidebar.grab().isNull()


def test_a_folder_s_menu_asks_for_a_rescan(sidebar: Sidebar) -> None:
    asked = QSignalSpy(sidebar.rescan_requested)
    choose(menu_of(sidebar, row(sidebar, "Pictures")), "Look for changes")
    assert received(asked) == [[PICTURES]]


def test_a_folder_that_is_away_can_be_located_from_its_menu(sidebar: Sidebar) -> None:
    asked = QSignalSpy(sidebar.locate_requested)
    assert "Locate..." not in [action.text() for action in menu_of(sidebar, row(sidebar, "Pictures")).actions()]
    sidebar.show_state(library_state(folders=(folder(PICTURES, 12, reachable=False),)))
    choose(menu_of(sidebar, row(sidebar, "Pictures")), "Locate...")
    assert received(asked) == [[PICTURES]]


class _Opened(QObject):
    """Takes the place of the file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.urls.append(url)


def test_a_folder_s_menu_opens_it_in_the_file_manager(sidebar: Sidebar) -> None:
    opened = _Opened()
    QDesktopServices.setUrlHandler("file", opened, "open")
    try:
        choose(menu_of(sidebar, row(sidebar, "Pictures")), "Open in file manager")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [url.toLocalFile() for url in opened.urls] == [str(PICTURES)]


@pytest.mark.parametrize(("button", "expected"), [("Forget photos", [[PICTURES]]), ("Keep", [])])
def test_a_folder_is_removed_only_after_a_yes(sidebar: Sidebar, button: str, expected: list[object]) -> None:
    asked = QSignalSpy(sidebar.remove_folder_requested)
    choose(menu_of(sidebar, row(sidebar, "Pictures")), "Remove from library...")
    question = sidebar.findChildren(QMessageBox)[0]
    assert "The files stay where they are." in question.text()
    assert str(PICTURES) in question.text()
    assert asked.count() == 0
    next(each for each in question.buttons() if each.text() == button).click()
    assert received(asked) == expected


def test_only_folders_that_were_chosen_can_be_removed(sidebar: Sidebar) -> None:
    tree(sidebar).expand(row(sidebar, "Pictures"))
    menu = menu_of(sidebar, row(sidebar, "2024", row(sidebar, "Pictures")))
    assert [action.text() for action in menu.actions()] == ["Auto-tag this folder", "Open in file manager"]
    menu.close()


def test_a_saved_search_is_renamed_in_its_row(sidebar: Sidebar) -> None:
    renamed = QSignalSpy(sidebar.saved_search_renamed)
    choose(menu_of(sidebar, row(sidebar, "Sunsets")), "Rename")
    editor = tree(sidebar).findChildren(QLineEdit)[0]
    assert editor.text() == "Sunsets"
    editor.setText("Evenings")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert renamed.wait(60_000)
    assert received(renamed) == [["Sunsets", "Evenings"]]


def test_a_saved_search_is_forgotten_from_its_menu(sidebar: Sidebar) -> None:
    asked = QSignalSpy(sidebar.forget_search_requested)
    choose(menu_of(sidebar, row(sidebar, "Boards")), "Forget this search")
    assert received(asked) == [["Boards"]]


def test_the_button_below_asks_for_a_folder(sidebar: Sidebar) -> None:
    asked = QSignalSpy(sidebar.add_folder_requested)
    QTest.mouseClick(sidebar.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert asked.count() == 1


def test_the_theme_changes_what_is_drawn(sidebar: Sidebar) -> None:
    dark = sidebar.grab().toImage()
    sidebar.set_theme(LIGHT)
    assert sidebar.grab().toImage() != dark


def test_a_folder_is_marked_without_asking_for_it(sidebar: Sidebar) -> None:
    asked = QSignalSpy(sidebar.folder_selected)
    sidebar.choose_folder(PICTURES)
    assert tree(sidebar).currentIndex().data() == "Pictures"
    sidebar.choose_folder(Path("/nowhere"))
    assert not tree(sidebar).currentIndex().isValid()
    assert asked.count() == 0
