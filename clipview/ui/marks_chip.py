"""The chip that stands for the marked photos of a search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from clipview.ui.chips import Chip
from clipview.ui.theme import Theme


class MarksChip(Chip):
    """Says how many photos are marked "more like this" and "less like this"; hidden without marks.

    Signals: of those of `Chip`, `removed` asks for all marks to go, and `stepped` is as there.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", 1.0, theme, parent=parent)
        self.setObjectName("marksChip")
        self.setToolTip(self.tr("Photos marked with + and -; the results follow them"))
        self._actions: tuple[QAction, ...] = ()
        self.hide()

    @property
    def told(self) -> str:
        """How many photos are marked, such as "3 likes, 1 dislike"; empty without marks."""
        return self._text

    def show_marks(self, more: Sequence[int], less: Sequence[int]) -> None:
        """Stand for these photos."""
        liked = self.tr("%Ln likes", "", len(more)) if more else ""
        disliked = self.tr("%Ln dislikes", "", len(less)) if less else ""
        self._text = ", ".join(filter(None, (liked, disliked)))
        self._weight = 1.0 if more else -1.0
        self._describe()
        self.updateGeometry()
        self.update()
        self.setVisible(bool(more or less))

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Offer these in the menu."""
        self._actions = tuple(actions)

    def menu(self) -> QMenu:
        """Return what can be done with the marks; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._actions)
        menu.addSeparator()
        menu.addAction(self.tr("Remove all marks"), self.removed.emit)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Marks are changed on photos; the keys for it mean nothing here."""
        if event.key() not in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            super().keyPressEvent(event)

    def _describe(self) -> None:
        self.setAccessibleName(self._text)
        self.setAccessibleDescription(self.tr("Backspace removes the marks, Enter shows what else can be done"))

    def _shown_text(self) -> str:
        return self._text
