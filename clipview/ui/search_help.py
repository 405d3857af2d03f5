"""The page that explains how searches are written, as it ships with ClipView."""

from __future__ import annotations

from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from clipview.core.resources import resource
from clipview.ui.theme import Theme


class SearchHelp(QDialog):
    """The help page beside the window, so that one can read and type."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchHelp")
        self.setWindowTitle(self.tr("How to search"))
        page = QTextBrowser()
        page.setAccessibleName(self.windowTitle())
        page.setFrameShape(QTextBrowser.Shape.NoFrame)
        page.document().setDocumentMargin(20)
        page.setMarkdown(resource("searching.md").read_text(encoding="utf-8"))
        _lay_out(page.document(), theme)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 16, 16)
        column.addWidget(page, 1)
        column.addWidget(buttons)
        self.finished.connect(self.deleteLater)
        self.resize(760, 640)


def _lay_out(document: QTextDocument, theme: Theme) -> None:
    """Give headings air, and tables the window's quiet lines."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            table = frame.format().toTableFormat()
            table.setBorderBrush(QBrush(QColor(theme.line)))
            table.setBorderCollapse(True)
            table.setCellPadding(6)
            table.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            frame.setFormat(table)
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level:
            form = block.blockFormat()
            form.setTopMargin(0 if level == 1 else 20)
            form.setBottomMargin(8)
            QTextCursor(block).setBlockFormat(form)
        block = block.next()
