"""What stands in the sidebar: the library's pages, folders and saved searches as one tree that changes in place."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from clipview.engine.messages import FolderNode, LibraryState
from clipview.engine.messages.tags import TagList
from clipview.ui.tag_tree import TagNode, tag_tree
from clipview.ui.wording import number, plain, tooltip

AnyIndex = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class RowKind(StrEnum):
    """What a row stands for."""

    SECTION = "section"
    ALL_PHOTOS = "all photos"
    RECENT = "recent"
    DUPLICATES = "duplicates"
    PAPERWORK = "paperwork"
    PROBLEMS = "problems"
    FOLDER = "folder"
    SAVED_SEARCH = "saved search"
    FAVOURITES = "favourites"
    ALBUM = "album"
    REVIEW = "review"
    TAG_GROUP = "tag group"
    TAG = "tag"


_RENAMED = (RowKind.SAVED_SEARCH, RowKind.ALBUM, RowKind.TAG)
"""Rows whose names people edit."""


class Role(IntEnum):
    """What views ask for besides Qt's own roles."""

    KIND = Qt.ItemDataRole.UserRole + 1
    COUNT = Qt.ItemDataRole.UserRole + 2
    """The written count; empty when there is none."""
    PATH = Qt.ItemDataRole.UserRole + 3
    REACHABLE = Qt.ItemDataRole.UserRole + 4
    NAME = Qt.ItemDataRole.UserRole + 5
    """A saved search's name."""
    PHOTOS = Qt.ItemDataRole.UserRole + 6
    COVERED = Qt.ItemDataRole.UserRole + 7
    """Whether a folder is one that the user chose, not one inside it."""


class _Row(Struct, eq=False):
    number: int
    kind: RowKind
    name: str
    """Tells rows of one kind apart: a path, a saved search's name, a section."""
    text: str
    count: int | None = None
    reachable: bool = True
    path: Path | None = None
    below: tuple[FolderNode | TagNode, ...] = ()
    parent: _Row | None = None
    position: int = 0
    rows: list[_Row] = field(default_factory=list)
    populated: bool = True

    @property
    def key(self) -> tuple[RowKind, str]:
        return self.kind, self.name


class SidebarModel(QAbstractItemModel):
    """The tree; folders get their rows when they are first opened.

    Showing a new state moves no row that stays, so that a view keeps what is open and what is chosen.

    Signals:
        renamed(str, str): a saved search's name was edited: the old and the new name.
        album_renamed(str, str): the same of an album.
        tag_renamed(str, str): the same of a tag.
    """

    renamed = Signal(str, str)
    album_renamed = Signal(str, str)
    tag_renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made = 0
        self._by_number: dict[int, _Row] = {}
        self._root = _Row(0, RowKind.SECTION, "", "")
        self._state: LibraryState | None = None
        self._tags: TagList | None = None

    def show_tags(self, tags: TagList) -> None:
        """Show these tags."""
        self._tags = tags
        if self._state is not None:
            self.show_state(self._state)

    def show_state(self, state: LibraryState) -> None:
        """Show this state of the library."""
        self._state = state
        wanted = [
            self._new(RowKind.SECTION, "library", self.tr("Library")),
            self._new(RowKind.ALL_PHOTOS, "", self.tr("All photos"), state.photos),
            self._new(RowKind.FAVOURITES, "", self.tr("Favourites"), state.favourites),
            self._new(RowKind.RECENT, "", self.tr("Recently added")),
        ]
        if state.duplicates:
            wanted.append(self._new(RowKind.DUPLICATES, "", self.tr("Duplicates"), state.duplicates))
        if state.paperwork:
            wanted.append(self._new(RowKind.PAPERWORK, "", self.tr("Screenshots & papers"), state.paperwork))
        if state.set_aside:
            wanted.append(self._new(RowKind.PROBLEMS, "", self.tr("Problems"), state.set_aside))
        wanted.append(self._new(RowKind.SECTION, "folders", self.tr("Folders")))
        wanted.extend(self._folder(node) for node in state.folders)
        if state.albums:
            wanted.append(self._new(RowKind.SECTION, "albums", self.tr("Albums")))
            wanted.extend(
                self._new(RowKind.ALBUM, album.name, plain(album.name), album.photos) for album in state.albums
            )
        if state.saved_searches:
            wanted.append(self._new(RowKind.SECTION, "saved", self.tr("Saved searches")))
            wanted.extend(
                self._new(RowKind.SAVED_SEARCH, saved.name, plain(saved.name)) for saved in state.saved_searches
            )
        wanted.extend(self._tag_rows())
        self._become(self._root, wanted)

    def _tag_rows(self) -> list[_Row]:
        if self._tags is None or not self._tags.tags:
            return []
        rows = [self._new(RowKind.SECTION, "tags", self.tr("Tags"))]
        if self._tags.unsure:
            rows.append(self._new(RowKind.REVIEW, "", self.tr("Review"), self._tags.unsure))
        return rows + [self._tag(node) for node in tag_tree(self._tags.tags)]

    def index_of(self, kind: RowKind, name: str = "") -> QModelIndex:
        """Return where a row is, for folders by path; invalid when there is none, or when it was not opened yet."""
        for row in self._by_number.values():
            if row.key == (kind, name):
                return self._index(row)
        return _NOWHERE

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: N802
        """Return how many rows stand below one."""
        return len(self._row(parent).rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: ARG002, N802
        """Return 1."""
        return 1

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        """Return where a row is; invalid outside the tree."""
        rows = self._row(parent).rows
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row].number)

    def parent(self, index: AnyIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Return the folder that a folder lies in; invalid for the outermost rows."""
        row = self._row(index).parent
        return QModelIndex() if row is None else self._index(row)

    def hasChildren(self, parent: AnyIndex = _NOWHERE) -> bool:  # noqa: N802
        """Tell whether a folder has folders inside, made into rows or not."""
        row = self._row(parent)
        return bool(row.rows or row.below)

    def canFetchMore(self, parent: AnyIndex) -> bool:  # noqa: N802
        """Tell whether a folder's rows are still to be made."""
        return not self._row(parent).populated

    def fetchMore(self, parent: AnyIndex) -> None:  # noqa: N802
        """Make the rows of a folder that is opened."""
        row = self._row(parent)
        if not row.populated:
            row.populated = True
            self._insert(row, 0, [self._below(node) for node in row.below])

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return what may be done with a row: heads of sections can't even be chosen."""
        row = self._row(index)
        if row.kind is RowKind.SECTION:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if row.kind in _RENAMED else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one aspect of a row."""
        row = self._row(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.EditRole:
                return row.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case Role.KIND:
                return row.kind
            case Role.COUNT:
                return "" if row.count is None else number(row.count)
            case Role.PATH:
                return row.path
            case Role.REACHABLE:
                return row.reachable
            case Role.NAME:
                return row.name
            case Role.PHOTOS:
                return row.count or 0
            case Role.COVERED:
                return row.kind is RowKind.FOLDER and row.parent is self._root
            case _:
                return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Ask for another name of a saved search; the row changes when the library says so."""
        row = self._row(index)
        wanted = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or row.kind not in _RENAMED or wanted in {"", row.name}:
            return False
        renamed = {RowKind.ALBUM: self.album_renamed, RowKind.TAG: self.tag_renamed}.get(row.kind, self.renamed)
        renamed.emit(row.name, wanted)
        return True

    # ---- private ----

    def _row(self, index: AnyIndex) -> _Row:
        return self._by_number[index.internalId()] if index.isValid() else self._root

    def _index(self, row: _Row) -> QModelIndex:
        return QModelIndex() if row is self._root else self.createIndex(row.position, 0, row.number)

    def _new(self, kind: RowKind, name: str, text: str, count: int | None = None) -> _Row:
        self._made += 1
        return _Row(self._made, kind, name, text, count)

    def _below(self, node: FolderNode | TagNode) -> _Row:
        return self._folder(node) if isinstance(node, FolderNode) else self._tag(node)

    def _tag(self, node: TagNode) -> _Row:
        kind = RowKind.TAG if node.name else RowKind.TAG_GROUP
        row = self._new(kind, node.name or node.text, plain(node.text), node.photos)
        row.below, row.populated = node.children, not node.children
        return row

    def _folder(self, node: FolderNode) -> _Row:
        row = self._new(RowKind.FOLDER, str(node.path), plain(node.path.name or str(node.path)), node.photos)
        row.path, row.reachable = node.path, node.reachable
        row.below, row.populated = node.children, not node.children
        return row

    def _become(self, parent: _Row, wanted: Sequence[_Row]) -> None:
        """Turn a row's children into these, which are new, keeping the old ones that stand for the same things."""
        keys = {row.key for row in wanted}
        self._remove(parent, [row for row in parent.rows if row.key not in keys])
        kept = [row.key for row in parent.rows]
        stay = set(kept)
        if [row.key for row in wanted if row.key in stay] != kept:
            self._remove(parent, list(parent.rows))
        for position, row in enumerate(wanted):
            old = parent.rows[position] if position < len(parent.rows) else None
            if old is not None and old.key == row.key:
                self._update(old, row)
            else:
                self._insert(parent, position, [row])

    def _update(self, old: _Row, new: _Row) -> None:
        old.below = new.below
        if old.populated and (old.rows or new.below):
            self._become(old, [self._below(node) for node in new.below])
        elif not new.below:
            old.populated = True
        if (old.text, old.count, old.reachable) != (new.text, new.count, new.reachable):
            old.text, old.count, old.reachable = new.text, new.count, new.reachable
            self.dataChanged.emit(self._index(old), self._index(old))

    def _insert(self, parent: _Row, position: int, rows: Sequence[_Row]) -> None:
        if not rows:
            return
        self.beginInsertRows(self._index(parent), position, position + len(rows) - 1)
        parent.rows[position:position] = rows
        for row in rows:
            row.parent = parent
            self._by_number[row.number] = row
        self._renumber(parent)
        self.endInsertRows()

    def _remove(self, parent: _Row, rows: Sequence[_Row]) -> None:
        for row in reversed(rows):
            self.beginRemoveRows(self._index(parent), row.position, row.position)
            del parent.rows[row.position]
            self._renumber(parent)
            self._forget(row)
            self.endRemoveRows()

    def _forget(self, row: _Row) -> None:
        del self._by_number[row.number]
        for below in row.rows:
            self._forget(below)

    def _renumber(self, parent: _Row) -> None:
        for position, row in enumerate(parent.rows):
            row.position = position

    def _tooltip(self, row: _Row) -> str:
        if row.path is None:
            return ""
        told = str(row.path)
        return tooltip(told if row.reachable else self.tr("{path} (not connected now)").format(path=told))

    def _spoken(self, row: _Row) -> str:
        parts = [row.text]
        if row.count is not None and row.kind is RowKind.PROBLEMS:
            parts.append(self.tr("%Ln files", "", row.count))
        elif row.count is not None and row.kind is RowKind.REVIEW:
            parts.append(self.tr("%Ln questions", "", row.count))
        elif row.count is not None:
            parts.append(self.tr("%Ln photos", "", row.count))
        if not row.reachable:
            parts.append(self.tr("not connected now"))
        return ", ".join(parts)
