"""The way around the library: its pages, folders and saved searches beside the grid."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMessageBox, QPushButton, QVBoxLayout, QWidget

from clipview.engine.messages import LibraryState
from clipview.engine.messages.tags import TagList, TagPhotos
from clipview.ui.icons import icon
from clipview.ui.sidebar_model import Role, RowKind, SidebarModel
from clipview.ui.sidebar_rows import SidebarTree
from clipview.ui.theme import SIDEBAR_PX, Theme
from clipview.ui.wording import plain

_NARROWEST_PX = 150


class Sidebar(QWidget):
    """The sidebar; what is open and chosen in it stays when a new state is shown.

    Signals:
        all_photos_requested(): show the whole library.
        recent_requested(): show what was added last.
        folder_selected(Path): show only the photos in and below a folder.
        saved_search_selected(str): ask a saved search again, by its name.
        saved_search_renamed(str, str): the old and the new name.
        forget_search_requested(str): drop a saved search, by its name.
        duplicates_requested(): compare photos that are there several times.
        paperwork_requested(): show screenshots and documents.
        favourites_requested(): show the favourites.
        album_selected(str): show an album, by its name.
        album_renamed(str, str): the old and the new name.
        album_deleted(str): delete an album, by its name; its photos stay.
        new_album_requested(): make an album.
        photos_dropped(str, tuple): put these photos into an album.
        review_requested(object): answer what is unsure, of the tag of this name or of all (None).
        tag_selected(str): show the photos with a tag.
        tag_renamed(str, str): the old and the new name.
        tag_disabled(str): leave a tag out.
        auto_tag_requested(TagPhotos): tag the photos of a folder, of an album, or all, by what they show.
        problems_requested(): list the files that were skipped.
        add_folder_requested(): choose a folder to cover.
        rescan_requested(Path): look for changes in a folder that is covered.
        locate_requested(Path): a folder that is covered lies elsewhere now.
        remove_folder_requested(Path): stop covering a folder; the user has already agreed.
    """

    all_photos_requested = Signal()
    recent_requested = Signal()
    folder_selected = Signal(object)
    saved_search_selected = Signal(str)
    saved_search_renamed = Signal(str, str)
    forget_search_requested = Signal(str)
    duplicates_requested = Signal()
    paperwork_requested = Signal()
    favourites_requested = Signal()
    album_selected = Signal(str)
    album_renamed = Signal(str, str)
    album_deleted = Signal(str)
    new_album_requested = Signal()
    photos_dropped = Signal(str, object)
    review_requested = Signal(object)
    tag_selected = Signal(str)
    tag_renamed = Signal(str, str)
    tag_disabled = Signal(str)
    auto_tag_requested = Signal(object)
    problems_requested = Signal()
    add_folder_requested = Signal()
    rescan_requested = Signal(object)
    locate_requested = Signal(object)
    remove_folder_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Sidebar"))
        self._model = SidebarModel(self)
        self._model.renamed.connect(self.saved_search_renamed)
        self._tree = SidebarTree(self._model, theme, self)
        self._model.album_renamed.connect(self.album_renamed)
        self._model.tag_renamed.connect(self.tag_renamed)
        self._tree.setAccessibleName(self.tr("Library, folders, albums, saved searches and tags"))
        self._tree.photos_dropped.connect(self.photos_dropped)
        self._tree.row_chosen.connect(self._on_row_chosen)
        self._tree.menu_wanted.connect(self._on_menu_wanted)
        self._add = QPushButton(self.tr("Add folder"), self)
        self._add.setProperty("look", "quiet")
        self._add.setAccessibleName(self.tr("Add a folder with photos"))
        self._add.clicked.connect(self.add_folder_requested)
        self._new_album = QPushButton(self)
        self._new_album.setAccessibleName(self.tr("New album"))
        self._new_album.setToolTip(self.tr("New album"))
        self._new_album.setObjectName("newAlbumButton")
        self._new_album.setProperty("look", "quiet")
        self._new_album.clicked.connect(self.new_album_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 8)
        layout.setSpacing(4)
        layout.addWidget(self._tree, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._add)
        row.addWidget(self._new_album)
        row.addStretch(1)
        layout.addLayout(row)
        self.set_theme(theme)
        # The buttons say more in some languages than in others.
        self.setMinimumWidth(max(_NARROWEST_PX, layout.minimumSize().width()))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at, in order."""
        return self._tree, self._add, self._new_album

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the width of the drawings."""
        return QSize(SIDEBAR_PX, 400)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._tree.set_theme(theme)
        self._add.setIcon(icon("plus", theme.text, 14))
        self._add.setIconSize(QSize(14, 14))
        self._new_album.setIcon(icon("album", theme.text, 14))
        self._new_album.setIconSize(QSize(14, 14))

    def show_state(self, state: LibraryState) -> None:
        """Show this state of the library."""
        first = self._model.rowCount() == 0
        self._model.show_state(state)
        if first:
            self.choose_all_photos()

    def show_tags(self, tags: TagList) -> None:
        """Show these tags."""
        self._model.show_tags(tags)

    def choose_all_photos(self) -> None:
        """Mark the whole library as what is shown, without asking for it."""
        self._choose(self._model.index_of(RowKind.ALL_PHOTOS))

    def choose_folder(self, path: Path) -> None:
        """Mark a folder as what is shown, without asking for it; nothing is marked when it isn't listed."""
        self._choose(self._model.index_of(RowKind.FOLDER, str(path)))

    @Slot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        match index.data(Role.KIND):
            case RowKind.ALL_PHOTOS:
                self.all_photos_requested.emit()
            case RowKind.RECENT:
                self.recent_requested.emit()
            case RowKind.DUPLICATES:
                self.duplicates_requested.emit()
            case RowKind.PAPERWORK:
                self.paperwork_requested.emit()
            case RowKind.FAVOURITES:
                self.favourites_requested.emit()
            case RowKind.ALBUM:
                self.album_selected.emit(index.data(Role.NAME))
            case RowKind.REVIEW:
                self.review_requested.emit(None)
            case RowKind.TAG:
                self.tag_selected.emit(index.data(Role.NAME))
            case RowKind.PROBLEMS:
                self.problems_requested.emit()
            case RowKind.FOLDER:
                self.folder_selected.emit(index.data(Role.PATH))
            case RowKind.SAVED_SEARCH:
                self.saved_search_selected.emit(index.data(Role.NAME))

    @Slot(QModelIndex, QPoint)
    def _on_menu_wanted(self, index: QModelIndex, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if index.data(Role.KIND) == RowKind.FOLDER:
            self._fill_folder_menu(menu, index)
        elif index.data(Role.KIND) == RowKind.ALL_PHOTOS:
            menu.addAction(self.tr("Auto-tag all photos"), lambda: self.auto_tag_requested.emit(TagPhotos()))
        elif index.data(Role.KIND) == RowKind.ALBUM:
            name = str(index.data(Role.NAME))
            tag = TagPhotos(album=name)
            menu.addAction(self.tr("Auto-tag this album"), lambda: self.auto_tag_requested.emit(tag))
            menu.addSeparator()
            menu.addAction(self.tr("Rename"), lambda: self._tree.edit(self._model.index_of(RowKind.ALBUM, name)))
            menu.addAction(self.tr("Delete album"), lambda: self.album_deleted.emit(name))
        elif index.data(Role.KIND) == RowKind.SAVED_SEARCH:
            name = str(index.data(Role.NAME))
            menu.addAction(self.tr("Rename"), lambda: self._tree.edit(self._model.index_of(RowKind.SAVED_SEARCH, name)))
            menu.addAction(self.tr("Forget this search"), lambda: self.forget_search_requested.emit(name))
        elif index.data(Role.KIND) == RowKind.TAG:
            self._fill_tag_menu(menu, str(index.data(Role.NAME)))
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(place)

    def _fill_tag_menu(self, menu: QMenu, name: str) -> None:
        menu.addAction(self.tr("Review this tag"), lambda: self.review_requested.emit(name))
        menu.addSeparator()
        menu.addAction(self.tr("Rename"), lambda: self._tree.edit(self._model.index_of(RowKind.TAG, name)))
        menu.addAction(self.tr("Don't use this tag"), lambda: self.tag_disabled.emit(name))

    def _fill_folder_menu(self, menu: QMenu, index: QModelIndex) -> None:
        path, photos = index.data(Role.PATH), int(index.data(Role.PHOTOS))
        covered, reachable = bool(index.data(Role.COVERED)), bool(index.data(Role.REACHABLE))
        if covered:
            rescan = menu.addAction(self.tr("Look for changes"), lambda: self.rescan_requested.emit(path))
            rescan.setEnabled(reachable)
        if covered and not reachable:
            menu.addAction(self.tr("Locate..."), lambda: self.locate_requested.emit(path))
        menu.addAction(
            self.tr("Auto-tag this folder"), lambda: self.auto_tag_requested.emit(TagPhotos(folder=path))
        ).setEnabled(photos > 0)
        # A folder opens in the file manager by itself; only photos need the platform's ways to be pointed at.
        reveal = menu.addAction(
            self.tr("Open in file manager"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        )
        reveal.setEnabled(reachable)
        if covered:
            menu.addSeparator()
            menu.addAction(self.tr("Remove from library..."), lambda: self._ask_to_remove(path, photos))

    def _ask_to_remove(self, path: Path, photos: int) -> None:
        question = QMessageBox(self)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setWindowTitle(self.tr("Remove folder"))
        question.setTextFormat(Qt.TextFormat.PlainText)
        asked = self.tr("Forget %Ln photos of this folder? The files stay where they are.", "", photos)
        question.setText(f"{plain(str(path))}\n\n{asked}")
        forget = question.addButton(self.tr("Forget photos"), QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.setEscapeButton(keep)
        forget.clicked.connect(lambda: self.remove_folder_requested.emit(path))
        question.open()

    def _choose(self, index: QModelIndex) -> None:
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._tree.selectionModel().setCurrentIndex(index, select)
