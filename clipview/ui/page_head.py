"""What stands at the head of a page beside the photos: the way back to them, and large words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QPushButton


def back_button() -> QPushButton:
    """Return the button that leads back to the photos; its icon is the page's, which knows the theme."""
    button = QPushButton(QCoreApplication.translate("PageHead", "Back"))
    button.setProperty("look", "quiet")
    button.setAccessibleName(QCoreApplication.translate("PageHead", "Back to the photos"))
    return button


def page_title(text: str = "") -> QLabel:
    """Return a line in large letters."""
    title = QLabel(text)
    title.setStyleSheet("font-size: 17px; font-weight: 600;")
    return title
