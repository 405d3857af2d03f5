"""Stars, favourites and albums in the window: keys, sidebar, drops, page header, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QMenu, QPushButton, QToolButton, QTreeView, QWidget
from windows import Opened, paint, save_picture, until

from clipview.ui.grid_drag import PHOTO_IDS_MIME
from clipview.ui.photo_model import Badge
from clipview.ui.question import Question
from clipview.ui.sidebar_model import Role, RowKind

Key = Qt.Key


@pytest.fixture(scope="module")
def window(application: QApplication, tmp_path_factory):
    base = tmp_path_factory.mktemp("keeping")
    for number in range(9):
        paint(base / "photos" / f"red{number}.png", f"rgb({250 - 9 * number}, {5 * number}, 10)")
    for name in ("blue", "green"):
        paint(base / "photos" / f"{name}.png", name)
    window = Opened.on_photos(application, base)
    window.window.live.set_fold(None)
    yield window
    window.close()


@pytest.fixture
def opened(window: Opened):
    """The window as it began, with nothing said of any photo."""
    stack = window.window.undo
    while stack.canUndo():
        stack.undo()
    until(lambda: not window.window.keeping.busy)
    stack.clear()
    window.window.viewing.close()
    window.window.live.go(Question())
    until(lambda: window.window.session.settled)
    return window.come_forward()


def press(opened: Opened, key: Key, *names: str) -> None:
    opened.window.model.select_ids([opened.id_of(f"{name}.png") for name in names])
    opened.window.grid.setFocus()
    until(opened.window.grid.hasFocus)
    opened.press(key)
    settle(opened)


def settle(opened: Opened) -> None:
    until(lambda: not opened.window.keeping.busy and opened.window.session.settled)


def stars(opened: Opened, name: str) -> int:
    return opened.window.model.stars_at(opened.names.index(f"{name}.png"))


def favourite(opened: Opened, name: str) -> bool:
    return bool(opened.window.model.badges_at(opened.names.index(f"{name}.png")) & Badge.FAVOURITE)


def rows(opened: Opened) -> dict[str, str]:
    """What the sidebar lists, with the counts."""
    model = opened.window.sidebar.findChild(QTreeView).model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return {str(index.data()): str(index.data(Role.COUNT)) for index in indexes}


def make_album(opened: Opened, name: str, *photos: str) -> None:
    opened.window.model.select_ids([opened.id_of(f"{photo}.png") for photo in photos])
    opened.window.actions_by_name["new_album"].trigger()
    dialog = opened.window.findChildren(QInputDialog, "newAlbum")[-1]
    dialog.setTextValue(name)
    dialog.accept()
    settle(opened)
    opened.come_forward()
    until(lambda: name in rows(opened))


def test_number_keys_give_the_selected_photos_stars_and_undo_takes_them_back(opened):
    press(opened, Key.Key_4, "red1", "red2")
    assert (stars(opened, "red1"), stars(opened, "red2"), stars(opened, "red3")) == (4, 4, 0)
    press(opened, Key.Key_2, "red1")
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    assert (stars(opened, "red1"), stars(opened, "red2")) == (4, 4)
    opened.window.actions_by_name["undo"].trigger()
    opened.window.actions_by_name["redo"].trigger()
    settle(opened)
    assert stars(opened, "red1") == 4
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    assert stars(opened, "red1") == 0


def test_f_makes_favourites_which_the_sidebar_counts_and_shows(opened):
    press(opened, Key.Key_F, "blue", "red0")
    assert favourite(opened, "blue")
    until(lambda: rows(opened)["Favourites"] == "2")
    opened.window.sidebar.favourites_requested.emit()
    settle(opened)
    assert sorted(opened.names) == ["blue.png", "red0.png"]
    press(opened, Key.Key_F, "blue")
    until(lambda: opened.names == ["red0.png"])


def test_stars_are_given_in_the_viewer_too(opened):
    opened.window.model.select_ids([opened.id_of("blue.png"), opened.id_of("red0.png")])
    opened.window.viewing.open(opened.id_of("green.png"))
    opened.window.activateWindow()
    opened.window.viewing.page.viewer.setFocus()
    until(opened.window.viewing.page.viewer.hasFocus)
    seen = (opened.id_of("green.png"),)
    assert opened.window.photo_actions.targets == seen, "what is done is done to what is seen, whatever is selected"
    opened.press(Key.Key_I)
    panel = opened.window.viewing.page.show_info()
    opened.press(Key.Key_3)
    settle(opened)
    until(lambda: "given" in panel.findChild(object, "star3").accessibleName())
    panel.findChild(object, "star5").click()
    settle(opened)
    until(lambda: "given" in panel.findChild(object, "star5").accessibleName())
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    until(lambda: "given" not in panel.findChild(object, "star4").accessibleName())
    save_picture(opened.window, "viewer-info")
    opened.window.viewing.close()
    assert stars(opened, "green") == 3


def test_stars_of_the_info_panel_show_and_change_what_is_kept(opened):
    press(opened, Key.Key_5, "red4")
    panel = opened.window.info
    until(lambda: "given" in panel.findChild(object, "star5").accessibleName())
    panel.findChild(object, "star2").click()
    settle(opened)
    assert stars(opened, "red4") == 2


def test_album_takes_dropped_photos_keeps_their_order_and_is_undone_as_a_whole(opened):
    make_album(opened, "Trip", "red3", "red1")
    ids = [opened.id_of(f"{name}.png") for name in ("green", "blue")]
    tree = opened.window.sidebar.findChild(QTreeView)
    model = tree.model()
    index = model.index_of(RowKind.ALBUM, "Trip")
    dragged = QMimeData()
    dragged.setData(PHOTO_IDS_MIME, " ".join(map(str, ids)).encode())
    place = QPointF(tree.visualRect(index).center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, dragged, buttons, keys)
    QApplication.sendEvent(tree.viewport(), over)
    assert over.isAccepted()
    QApplication.sendEvent(tree.viewport(), QDropEvent(place, Qt.DropAction.CopyAction, dragged, buttons, keys))
    settle(opened)
    until(lambda: rows(opened)["Trip"] == "4")
    opened.window.sidebar.album_selected.emit("Trip")
    settle(opened)
    assert set(opened.names[:2]) == {"red1.png", "red3.png"}
    assert opened.names[2:] == ["green.png", "blue.png"]
    opened.window.actions_by_name["undo"].trigger()
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    until(lambda: "Trip" not in rows(opened))


def drag_in_grid(opened: Opened, names: list[str], place: QPointF, *, drop: bool) -> None:
    """Drag photos of the grid over it, from one album's page to a place on it."""
    viewport = opened.window.grid.viewport()
    dragged = QMimeData()
    dragged.setData(PHOTO_IDS_MIME, " ".join(str(opened.id_of(f"{name}.png")) for name in names).encode())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        over = kind(place.toPoint(), Qt.DropAction.CopyAction, dragged, buttons, keys)
        QApplication.sendEvent(viewport, over)
        assert over.isAccepted()
    if drop:
        QApplication.sendEvent(viewport, QDropEvent(place, Qt.DropAction.CopyAction, dragged, buttons, keys))
        settle(opened)


def test_photos_of_an_album_are_put_in_order_by_mouse_and_keys_and_stay_so(opened):
    make_album(opened, "Order", "red0", "red1", "red2", "red3")
    opened.window.sidebar.album_selected.emit("Order")
    settle(opened)
    first, *rest = (name.removesuffix(".png") for name in opened.names)
    grid, arranging = opened.window.grid, opened.window.keeping.arranging
    until(lambda: arranging.possible)
    left_of_third = QPointF(grid.rect_of(2).topLeft()) + QPointF(4, 20)
    drag_in_grid(opened, [first], left_of_third, drop=False)
    mark = grid.viewport().findChild(QWidget, "insertionMark")
    assert mark.isVisible()
    assert grid.rect_of(1).right() <= mark.geometry().center().x() <= grid.rect_of(2).left()
    save_picture(opened.window, "arranging")
    drag_in_grid(opened, [first], left_of_third, drop=True)
    assert mark.isHidden()
    moved = [f"{name}.png" for name in (rest[0], first, rest[1], rest[2])]
    assert opened.names == moved
    opened.window.session.ask_again()
    settle(opened)
    assert opened.names == moved
    press(opened, Key.Key_Home, rest[2])
    opened.window.model.select_ids([opened.id_of(f"{rest[2]}.png")])
    opened.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert opened.names == [moved[0], moved[1], moved[3], moved[2]]
    opened.press(Key.Key_Home, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    settle(opened)
    assert opened.names == [moved[3], moved[0], moved[1], moved[2]]
    opened.window.actions_by_name["undo"].trigger()
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    until(lambda: opened.names == moved)
    opened.window.live.go(Question())
    settle(opened)
    assert not arranging.possible


def test_album_page_tells_what_does_not_belong_and_selects_it(opened):
    make_album(opened, "Reds", *(f"red{number}" for number in range(9)), "blue")
    opened.window.sidebar.album_selected.emit("Reds")
    settle(opened)
    header = opened.window.keeping.header
    until(header.isVisible)
    assert header.findChild(QLabel, "albumTitle").text() == "Reds"
    button = header.findChild(QPushButton, "albumStrangers")
    assert button.text() == "1 may not belong"
    button.click()
    assert opened.window.model.selected_ids == (opened.id_of("blue.png"),)
    save_picture(opened.window, "album")
    opened.window.actions_by_name["remove_from_album"].trigger()
    until(lambda: "blue.png" not in opened.names)
    opened.window.live.go(Question())
    until(header.isHidden)


def test_album_is_taught_from_photos_and_learns_from_tick_and_cross(opened):
    opened.window.model.select_ids([opened.id_of(f"red{number}.png") for number in range(4)])
    opened.window.actions_by_name["teach_album"].trigger()
    dialog = opened.window.findChildren(QInputDialog, "newAlbum")[-1]
    dialog.setTextValue("Reddish")
    dialog.accept()
    settle(opened)
    header = opened.window.keeping.header
    until(header.isVisible)
    says = header.findChild(QLabel, "lessonSays")
    assert says.text().startswith("From 4 examples one can't tell yet")
    assert sorted(opened.names) == [f"red{number}.png" for number in range(4)]
    save_picture(opened.window, "taught_album")
    for name, count in (("proposalYes", "5"), ("proposalNo", "5"), ("proposalYes", "6")):
        shown = [button for button in header.findChildren(QToolButton, name) if button.isVisible()]
        shown[0].click()
        settle(opened)
        until(lambda wanted=count: wanted in says.text())
    assert opened.window.undo.count() == 4
    for _ in range(4):
        opened.window.undo.undo()
        settle(opened)
    until(lambda: "Reddish" not in rows(opened))


def test_l_offers_the_albums_for_the_selected_photos(opened):
    make_album(opened, "Kept", "red0")
    press(opened, Key.Key_L, "green")
    menu = opened.window.findChild(QMenu, "albumMenu")
    assert [action.text() for action in menu.actions() if not action.isSeparator()] == ["Kept", "New album..."]
    menu.actions()[0].trigger()
    menu.close()
    settle(opened)
    until(lambda: rows(opened)["Kept"] == "2")


def test_renaming_an_album_that_is_shown_goes_on_showing_it(opened):
    make_album(opened, "Old", "red5")
    opened.window.sidebar.album_selected.emit("Old")
    settle(opened)
    opened.window.sidebar.album_renamed.emit("Old", "New")
    settle(opened)
    until(lambda: opened.names == ["red5.png"] and "New" in rows(opened))
    until(lambda: opened.window.keeping.header.findChild(QLabel, "albumTitle").text() == "New")


def test_a_change_that_is_refused_is_said_and_leaves_nothing_to_undo(opened):
    make_album(opened, "One", "red5")
    opened.window.keeping.rename("One", "x" * 200)
    settle(opened)
    until(lambda: "at most 100" in opened.window.toast.text())
    opened.window.actions_by_name["undo"].trigger()
    settle(opened)
    assert "One" in rows(opened)
