"""Everything the window can be told to do: one action for each, with its text, icon and keys, and the menus of them."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget

from clipview.ui.icons import IconDresser
from clipview.ui.shortcuts import shortcut
from clipview.ui.theme import Appearance, ThemeChoice
from clipview.ui.wording import QT_TRANSLATE_NOOP


class _Spec(Struct, frozen=True):
    name: str
    text: str
    icon: str = ""
    in_grid: bool = False
    """It is about photos: its keys work where the grid has the keyboard, and its place is the photos' menu too."""
    checkable: bool = False
    listed: bool = True
    """It stands in the table of shortcuts."""


_SPECS = (
    _Spec("add_folder", QT_TRANSLATE_NOOP("Actions", "Add folder..."), "folder"),
    _Spec("rescan", QT_TRANSLATE_NOOP("Actions", "Look for new and changed photos")),
    _Spec("save_search", QT_TRANSLATE_NOOP("Actions", "Save search..."), "bookmark"),
    _Spec("export", QT_TRANSLATE_NOOP("Actions", "Export copies..."), "export", in_grid=True),
    _Spec("quit", QT_TRANSLATE_NOOP("Actions", "Quit")),
    _Spec("undo", QT_TRANSLATE_NOOP("Actions", "Undo")),
    _Spec("redo", QT_TRANSLATE_NOOP("Actions", "Redo")),
    _Spec("copy_image", QT_TRANSLATE_NOOP("Actions", "Copy picture"), "copy", in_grid=True),
    _Spec("copy_path", QT_TRANSLATE_NOOP("Actions", "Copy path"), in_grid=True),
    _Spec("paste_image", QT_TRANSLATE_NOOP("Actions", "Search with copied picture")),
    _Spec("select_all", QT_TRANSLATE_NOOP("Actions", "Select all"), in_grid=True),
    _Spec("toggle_sidebar", QT_TRANSLATE_NOOP("Actions", "Sidebar"), checkable=True),
    _Spec("toggle_info", QT_TRANSLATE_NOOP("Actions", "Photo details"), checkable=True),
    _Spec("larger", QT_TRANSLATE_NOOP("Actions", "Larger thumbnails")),
    _Spec("smaller", QT_TRANSLATE_NOOP("Actions", "Smaller thumbnails")),
    _Spec("full_screen", QT_TRANSLATE_NOOP("Actions", "Full screen"), checkable=True),
    _Spec("search", QT_TRANSLATE_NOOP("Actions", "Go to the search field"), "search"),
    _Spec("search_image", QT_TRANSLATE_NOOP("Actions", "Search with an image file..."), "image-plus"),
    _Spec("filters", QT_TRANSLATE_NOOP("Actions", "Filters..."), "filter"),
    _Spec("back", QT_TRANSLATE_NOOP("Actions", "Search before"), "back"),
    _Spec("forward", QT_TRANSLATE_NOOP("Actions", "Search after"), "forward"),
    _Spec("step_back", QT_TRANSLATE_NOOP("Actions", "One step back")),
    _Spec("open", QT_TRANSLATE_NOOP("Actions", "Open"), "zoom", in_grid=True),
    _Spec("find_similar", QT_TRANSLATE_NOOP("Actions", "Find similar"), "similar", in_grid=True),
    _Spec("add_to_search", QT_TRANSLATE_NOOP("Actions", "Add to search"), "plus", in_grid=True),
    _Spec("more_like", QT_TRANSLATE_NOOP("Actions", "More like this"), "plus", in_grid=True),
    _Spec("less_like", QT_TRANSLATE_NOOP("Actions", "Less like this"), "minus", in_grid=True),
    _Spec("toggle_weaker", QT_TRANSLATE_NOOP("Actions", "Show or hide weaker matches"), in_grid=True),
    _Spec("reveal", QT_TRANSLATE_NOOP("Actions", "Show in folder"), "external", in_grid=True),
    _Spec("to_bin", QT_TRANSLATE_NOOP("Actions", "Move to the bin..."), in_grid=True),
    _Spec("duplicates", QT_TRANSLATE_NOOP("Actions", "Duplicates"), listed=False),
    _Spec("favourite", QT_TRANSLATE_NOOP("Actions", "Favourite"), "heart", in_grid=True),
    _Spec("add_to_album", QT_TRANSLATE_NOOP("Actions", "Add to album..."), "album", in_grid=True),
    _Spec("teach_album", QT_TRANSLATE_NOOP("Actions", "Teach from these photos..."), in_grid=True, listed=False),
    _Spec("remove_from_album", QT_TRANSLATE_NOOP("Actions", "Take out of this album"), in_grid=True, listed=False),
    _Spec("cover", QT_TRANSLATE_NOOP("Actions", "Use as album cover"), in_grid=True, listed=False),
    _Spec("stars_0", QT_TRANSLATE_NOOP("Actions", "No stars"), in_grid=True),
    _Spec("stars_1", QT_TRANSLATE_NOOP("Actions", "1 star"), in_grid=True),
    _Spec("stars_2", QT_TRANSLATE_NOOP("Actions", "2 stars"), in_grid=True),
    _Spec("stars_3", QT_TRANSLATE_NOOP("Actions", "3 stars"), in_grid=True),
    _Spec("stars_4", QT_TRANSLATE_NOOP("Actions", "4 stars"), in_grid=True),
    _Spec("stars_5", QT_TRANSLATE_NOOP("Actions", "5 stars"), in_grid=True),
    _Spec("new_album", QT_TRANSLATE_NOOP("Actions", "New album..."), "album", listed=False),
    _Spec("album_of_search", QT_TRANSLATE_NOOP("Actions", "New album from this search..."), listed=False),
    _Spec("write_sidecars", QT_TRANSLATE_NOOP("Actions", "Write XMP sidecars"), in_grid=True, listed=False),
    _Spec(
        "write_sidecars_automatic",
        QT_TRANSLATE_NOOP("Actions", "Write XMP sidecars with automatic tags"),
        in_grid=True,
        listed=False,
    ),
    _Spec("auto_tag", QT_TRANSLATE_NOOP("Actions", "Auto-tag photos..."), "tag", listed=False),
    _Spec("auto_tag_these", QT_TRANSLATE_NOOP("Actions", "Auto-tag these photos"), in_grid=True, listed=False),
    _Spec("review", QT_TRANSLATE_NOOP("Actions", "Review unsure tags"), "check"),
    _Spec("vocabulary", QT_TRANSLATE_NOOP("Actions", "Vocabulary..."), listed=False),
    _Spec("add_tag", QT_TRANSLATE_NOOP("Actions", "Add tag..."), "tag", in_grid=True),
    _Spec("teach", QT_TRANSLATE_NOOP("Actions", "Teach a tag from these photos..."), in_grid=True, listed=False),
    _Spec("teach_marks", QT_TRANSLATE_NOOP("Actions", "Keep as a taught tag..."), "tag", listed=False),
    _Spec("models", QT_TRANSLATE_NOOP("Actions", "Search models..."), listed=False),
    _Spec("problems", QT_TRANSLATE_NOOP("Actions", "Skipped files"), "warning", listed=False),
    _Spec("restore", QT_TRANSLATE_NOOP("Actions", "Restore a backup..."), listed=False),
    _Spec("search_help", QT_TRANSLATE_NOOP("Actions", "How to search"), "search"),
    _Spec("shortcuts", QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), "help"),
    _Spec("about", QT_TRANSLATE_NOOP("Actions", "About ClipView"), listed=False),
)

_PHOTO_MENU = (
    "open", "find_similar", "add_to_search", "more_like", "less_like", "",
    "favourite", "stars", "add_to_album", "teach_album", "remove_from_album", "cover", "",
    "add_tag", "auto_tag_these", "teach", "",
    "reveal", "copy_path", "copy_image", "", "export", "write_sidecars", "write_sidecars_automatic", "", "to_bin",
)  # fmt: skip
_MENUS = (
    (QT_TRANSLATE_NOOP("Actions", "&File"), ("add_folder", "rescan", "", "save_search", "export", "", "quit")),
    (
        QT_TRANSLATE_NOOP("Actions", "&Edit"),
        ("undo", "redo", "", "copy_image", "copy_path", "paste_image", "", "select_all", "", "to_bin"),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&View"),
        ("toggle_sidebar", "toggle_info", "", "larger", "smaller", "", "theme", "full_screen"),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Search"),
        (
            "search", "search_image", "filters", "", "find_similar", "add_to_search", "more_like", "less_like", "",
            "toggle_weaker", "", "back", "forward", "step_back",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Photo"),
        (
            "favourite", "stars", "", "add_to_album", "teach_album", "remove_from_album", "cover", "",
            "new_album", "album_of_search", "", "write_sidecars", "write_sidecars_automatic",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "Ta&gs"),
        ("auto_tag", "review", "vocabulary", "", "add_tag", "teach", "teach_marks"),
    ),
    (QT_TRANSLATE_NOOP("Actions", "&Tools"), ("models", "duplicates", "problems", "reveal", "", "restore")),
    (QT_TRANSLATE_NOOP("Actions", "&Help"), ("search_help", "shortcuts", "", "about")),
)  # fmt: skip


class Actions:
    """The window's actions by name."""

    def __init__(self, window: QMainWindow, appearance: Appearance) -> None:
        self._window = window
        self._appearance = appearance
        self._actions = {spec.name: self._made(spec) for spec in _SPECS}
        # Drawn when they are first seen: nobody waits for them at the start.
        self._undrawn = {spec.name: spec.icon for spec in _SPECS if spec.icon}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def with_icon(self, name: str) -> QAction:
        """Return an action that is shown with its icon outside the menus."""
        drawing = self._undrawn.pop(name, None)
        if drawing is not None:
            IconDresser(self[name], drawing, "dim_text", self._appearance, 16)
        return self[name]

    def put_into(self, grid: QWidget) -> None:
        """Let the photos' keys work in the grid; those that the grid reads itself only show in menus."""
        for spec in _SPECS:
            if spec.in_grid:
                self[spec.name].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                grid.addAction(self[spec.name])

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for title, names in _MENUS:
            menu = bar.addMenu(_tr(title))
            menu.aboutToShow.connect(self._draw_icons)
            for name in names:
                if name == "theme":
                    self._add_themes(menu)
                elif name == "stars":
                    self._add_stars(menu)
                elif name:
                    menu.addAction(self[name])
                else:
                    menu.addSeparator()

    def photo_menu(self, count: int) -> QMenu:
        """Return the menu for some photos; it deletes itself when it closes."""
        menu = QMenu(self._window)
        menu.setObjectName("photoMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _PHOTO_MENU:
            if name == "stars":
                self._add_stars(menu)
            elif name:
                menu.addAction(self[name])
            else:
                menu.addSeparator()
        self._draw_icons()
        self.show_selection(count)
        return menu

    def show_selection(self, count: int) -> None:
        """Offer what can be done with this many photos."""
        for name in (
            "open", "find_similar", "add_to_search", "more_like", "less_like", "reveal", "copy_path", "copy_image",
            "export", "to_bin", "favourite", "add_to_album", "teach_album",
            "write_sidecars", "write_sidecars_automatic", "auto_tag_these",
        ):  # fmt: skip
            self[name].setEnabled(count > 0)
        self["copy_image"].setEnabled(count == 1)
        self["reveal"].setEnabled(count == 1)

    def _made(self, spec: _Spec) -> QAction:
        action = QAction(_tr(spec.text), self._window)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        if spec.listed:
            action.setShortcuts(shortcut(spec.name))
        if not spec.in_grid:
            self._window.addAction(action)
        return action

    def _draw_icons(self) -> None:
        for name in list(self._undrawn):
            self.with_icon(name)

    def _add_stars(self, menu: QMenu) -> None:
        stars = menu.addMenu(_tr(QT_TRANSLATE_NOOP("Actions", "Stars")))
        for count in (5, 4, 3, 2, 1, 0):
            stars.addAction(self[f"stars_{count}"])

    def _add_themes(self, menu: QMenu) -> None:
        themes = menu.addMenu(_tr(QT_TRANSLATE_NOOP("Actions", "Theme")))
        group = QActionGroup(themes)
        for choice, text in (
            (ThemeChoice.SYSTEM, QT_TRANSLATE_NOOP("Actions", "As the system")),
            (ThemeChoice.LIGHT, QT_TRANSLATE_NOOP("Actions", "Light")),
            (ThemeChoice.DARK, QT_TRANSLATE_NOOP("Actions", "Dark")),
        ):
            action = themes.addAction(_tr(text))
            action.setCheckable(True)
            action.setChecked(choice is self._appearance.choice)
            action.setData(choice)
            group.addAction(action)
        group.triggered.connect(lambda action: self._appearance.choose(ThemeChoice(action.data())))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
