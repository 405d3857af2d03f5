"""The page that explains how searches are written, as it ships with ClipView."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from clipview.core.resources import resource


class SearchHelp(QDialog):
    """The help page beside the window, so that one can read and type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchHelp")
        self.setWindowTitle(self.tr("How to search"))
        page = QTextBrowser()
        page.setAccessibleName(self.windowTitle())
        page.setFrameShape(QTextBrowser.Shape.NoFrame)
        page.document().setDocumentMargin(20)
        page.setMarkdown(resource("searching.md").read_text(encoding="utf-8"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 16, 16)
        column.addWidget(page, 1)
        column.addWidget(buttons)
        self.finished.connect(self.deleteLater)
        self.resize(760, 640)
