"""A page with one plain sentence and one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipview.ui.icons import icon_pixmap
from clipview.ui.theme import Theme

_ICON_PX = 44
_WIDEST_PX = 560


class MessagePage(QWidget):
    """Stands in for the photos when they can't be shown.

    Signals:
        chosen(): the button was pressed.
    """

    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messagePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel(self)
        self._title = QLabel(self)
        self._title.setObjectName("messageTitle")
        self._text = QLabel(self)
        self._text.setObjectName("messageText")
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for label in (self._sign, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.setProperty("look", "primary")
        self._button.clicked.connect(self.chosen)
        # Labels get the height that their text needs only at the width of what holds them.
        holder = QWidget(self)
        holder.setMaximumWidth(_WIDEST_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 24)
        row.addStretch(1)
        row.addWidget(holder, 100)
        row.addStretch(1)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._sign, self._title, self._text):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.set_theme(theme)

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._text.text()

    def say(self, title: str, text: str, button: str) -> None:
        """Show this; without words for it there is no button."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(button)
        self._button.setVisible(bool(button))

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.setStyleSheet(
            f"#messagePage {{ background: {theme.background}; }} #messageTitle {{ font-size: 19px; font-weight: 600; }}"
        )
        self._sign.setPixmap(icon_pixmap("photos", theme.dim_text, _ICON_PX, self.devicePixelRatioF()))
