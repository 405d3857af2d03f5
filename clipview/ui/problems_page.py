"""The files that could not be read, each with its reason."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clipview.core.types import Skipped
from clipview.engine.messages import SetAsideAnswer
from clipview.ui.icons import icon
from clipview.ui.page_head import back_button, page_title
from clipview.ui.theme import Theme
from clipview.ui.wording import plain, tooltip

_ROW_PX = 28
_FILE, _REASON, _FOLDER = range(3)
_WIDTHS_PX = {_FILE: 140, _FOLDER: 160}
_NOWHERE = QModelIndex()


class SkippedModel(QAbstractTableModel):
    """The skipped files as rows: file, reason, folder; nothing is made for a row until it is seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._skipped: tuple[Skipped, ...] = ()

    def show_skipped(self, skipped: tuple[Skipped, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._skipped = skipped
        self.endResetModel()

    def skipped_at(self, row: int) -> Skipped:
        """Return one of them."""
        return self._skipped[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._skipped)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802
        """Return 3."""
        return 0 if parent.isValid() else 3

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, or all of it for the tool tip."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        skipped = self._skipped[index.row()]
        text = {_FILE: skipped.path.name, _REASON: skipped.reason, _FOLDER: str(skipped.path.parent)}[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(text)
        return tooltip(skipped.reason if index.column() == _REASON else str(skipped.path))

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return {_FILE: self.tr("File"), _REASON: self.tr("Why"), _FOLDER: self.tr("Folder")}[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class ProblemsPage(QWidget):
    """The page of skipped files.

    Signals:
        retry_requested(): read all of them again.
        reveal_requested(Path): show one in its folder.
        back_requested(): go back to the photos.
    """

    retry_requested = Signal()
    reveal_requested = Signal(object)
    back_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problemsPage")
        self.setAccessibleName(self.tr("Problems"))
        self._model = SkippedModel(self)
        self._back = back_button()
        self._back.clicked.connect(self.back_requested)
        title = page_title(self.tr("Problems"))
        self._count = QLabel()
        self._count.setObjectName("problemsCount")
        self._count.setProperty("look", "dim")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setWordWrap(True)
        self._retry = QPushButton(self.tr("Try again"))
        self._retry.setAccessibleName(self.tr("Try to read the skipped files again"))
        self._retry.clicked.connect(self.retry_requested)
        self._reveal = QPushButton(self.tr("Reveal"))
        self._reveal.setAccessibleName(self.tr("Show the file in its folder"))
        self._reveal.clicked.connect(self._on_reveal)
        self._table = self._made_table()
        self._none = QLabel(self.tr("No problems. Every file that looked like a photo could be read."))
        self._none.setObjectName("noProblems")
        self._none.setProperty("look", "dim")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setWordWrap(True)

        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 16, 6)
        head.setSpacing(8)
        head.addWidget(self._back)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._reveal)
        head.addWidget(self._retry)
        # Made with a parent: a layout without one would show its first page as a window of its own for a moment.
        pages = QWidget(self)
        self._stack = QStackedLayout(pages)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        self._count.setContentsMargins(16, 0, 16, 8)
        column.addWidget(self._count)
        body = QHBoxLayout()
        body.setContentsMargins(16, 0, 4, 0)
        body.addWidget(pages)
        column.addLayout(body, 1)
        self.set_theme(theme)
        self._show_count()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._back.setIcon(icon("back", theme.text, 16))
        self.setStyleSheet(
            f"#problemsPage {{ background: {theme.background}; }}"
            f"QTableView {{ background: {theme.background}; border: none; }}"
            f"QTableView::item {{ padding: 0 6px; border-bottom: 1px solid {theme.panel}; }}"
            f"QTableView::item:selected {{ background: {theme.accent_ground}; color: {theme.text}; }}"
            f"QHeaderView, QHeaderView::section {{ background: {theme.background}; padding-left: 3px; }}"
        )
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @Slot(object)
    def show_skipped(self, answer: SetAsideAnswer) -> None:
        """Show these files."""
        self._model.show_skipped(answer.skipped)
        self._show_count()

    @Slot()
    def _on_reveal(self) -> None:
        for index in self._table.selectionModel().selectedRows():
            self.reveal_requested.emit(self._model.skipped_at(index.row()).path)

    @Slot(QPoint)
    def _on_menu_wanted(self, place: QPoint) -> None:
        index = self._table.indexAt(place)
        if not index.isValid():
            return
        self._table.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Reveal"), self._on_reveal)
        menu.popup(self._table.viewport().mapToGlobal(place))

    @Slot()
    def _on_selection_changed(self) -> None:
        # Not by the current row: a table that gets the keyboard makes its first row current without choosing it.
        self._reveal.setEnabled(self._table.selectionModel().hasSelection())

    def _show_count(self) -> None:
        count = self._model.rowCount()
        told = self.tr("%Ln files are not in the library. The files themselves were not changed.", "", count)
        self._count.setText(told if count else "")
        self._retry.setVisible(count > 0)
        self._reveal.setVisible(count > 0)
        self._on_selection_changed()
        self._stack.setCurrentWidget(self._table if count else self._none)

    def _made_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("problemsTable")
        table.setAccessibleName(self.tr("Skipped files"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        table.horizontalHeader().setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        for column, width_px in _WIDTHS_PX.items():
            table.setColumnWidth(column, width_px)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu_wanted)
        table.doubleClicked.connect(self._on_reveal)
        table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._model.modelReset.connect(self._on_selection_changed)
        return table
