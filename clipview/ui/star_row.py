"""Five stars and a heart that show, and take, what a person says of a photo."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from clipview.core.changes import MOST_STARS
from clipview.ui.icons import icon
from clipview.ui.theme import Theme

_ICON_PX = 16
_BUTTON_PX = 24


class StarRow(QWidget):
    """A photo's stars and whether it is a favourite.

    Signals:
        rated(int): give it so many stars; the star that says the present number takes all away.
        favoured(bool): make it a favourite, or no longer.
    """

    rated = Signal(int)
    favoured = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("starRow")
        self._theme, self._stars, self._favourite = theme, 0, False
        self._buttons = [self._made(f"star{count}", self._on_star) for count in range(1, MOST_STARS + 1)]
        self._heart = self._made("heart", self._on_heart)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._heart)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        given = self.tr("given")
        for count, button in enumerate(self._buttons, start=1):
            lit = count <= self._stars
            button.setIcon(icon("star", theme.accent if lit else theme.dim_text, _ICON_PX))
            words = self.tr("%Ln stars", "", count)
            button.setAccessibleName(f"{words}, {given}" if lit else words)
            button.setToolTip(words)
        self._heart.setIcon(icon("heart", theme.accent if self._favourite else theme.dim_text, _ICON_PX))
        words = self.tr("Favourite") if self._favourite else self.tr("Make a favourite")
        self._heart.setAccessibleName(words)
        self._heart.setToolTip(words)

    def show_values(self, stars: int, *, favourite: bool) -> None:
        """Show so many stars, 0 for none and for a rejected photo."""
        self._stars, self._favourite = max(0, stars), favourite
        self.set_theme(self._theme)

    @Slot()
    def _on_star(self) -> None:
        button = self.sender()
        count = next(place for place, each in enumerate(self._buttons, start=1) if each is button)
        self.rated.emit(0 if count == self._stars else count)

    @Slot()
    def _on_heart(self) -> None:
        self.favoured.emit(not self._favourite)

    def _made(self, name: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("look", "quiet")
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        button.clicked.connect(slot)
        return button
