"""The sheet that shows which keys do what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clipview.ui.shortcuts import COLUMNS, SHORTCUTS, Shortcut

_ROOM_PX = 24
_WIDEST_PX = 1200


class ShortcutSheet(QDialog):
    """All shortcuts on one page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutSheet")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        widest = _WIDEST_PX if parent is None else parent.width() - 2 * _ROOM_PX
        page = _page(COLUMNS)
        if page.sizeHint().width() + _ROOM_PX > widest:
            page = _page((tuple(chain(*COLUMNS)),))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setAccessibleName(self.tr("Keyboard shortcuts"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        footer = QHBoxLayout()
        footer.setContentsMargins(24, 8, 24, 16)
        footer.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addLayout(footer)
        self.finished.connect(self.deleteLater)
        wanted = page.sizeHint()
        tallest = 640 if parent is None else min(640, max(320, parent.height() - 2 * _ROOM_PX))
        self.resize(min(wanted.width() + _ROOM_PX, widest), min(wanted.height() + _ROOM_PX + 60, tallest))


def _page(columns: Sequence[Sequence[str]]) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(24, 20, 24, 12)
    row.setSpacing(40)
    for groups in columns:
        column = QVBoxLayout()
        column.setSpacing(4)
        for group in groups:
            column.addWidget(_section(_tr(group)))
            column.addLayout(_rows(group))
            column.addSpacing(16)
        column.addStretch(1)
        row.addLayout(column)
    return page


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", "section")
    return label


def _rows(group: str) -> QGridLayout:
    rows = QGridLayout()
    rows.setHorizontalSpacing(20)
    rows.setVerticalSpacing(6)
    rows.setColumnStretch(0, 1)
    for row, entry in enumerate(entry for entry in SHORTCUTS if entry.group == group):
        text = QLabel(_tr(entry.text))
        keys = QLabel(_shown(entry))
        keys.setProperty("look", "dim")
        keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        keys.setTextFormat(Qt.TextFormat.PlainText)
        rows.addWidget(text, row, 0)
        rows.addWidget(keys, row, 1)
    return rows


def _shown(entry: Shortcut) -> str:
    if entry.shown:
        return _tr(entry.shown)
    native = (QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in entry.keys)
    return "   ".join(native)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Shortcuts", text)
