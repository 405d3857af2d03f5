"""The menus of the arrows beside the search field: the searches before and after this one, by name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QToolButton

from clipview.ui.live_search import LiveSearch
from clipview.ui.part_words import said
from clipview.ui.question import Place, Question
from clipview.ui.wording import caption, plain

_MOST = 12
_LONGEST = 60


class HistoryMenu(QMenu):
    """Opens when an arrow is held down or clicked with the right button."""

    def __init__(self, button: QToolButton, live: LiveSearch, direction: int) -> None:
        """Belong to an arrow.

        Args:
            button: the arrow.
            live: whose history it is.
            direction: -1 for the searches before this one, 1 for those after it.
        """
        super().__init__(button)
        self.setObjectName(f"{button.objectName()}Menu")
        self._button = button
        self._live = live
        self._direction = direction
        button.setMenu(self)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(self._on_context_menu)
        self.aboutToShow.connect(self._on_about_to_show)

    @Slot()
    def _on_about_to_show(self) -> None:
        self.clear()
        for steps, question in enumerate(self._live.beside(self._direction)[:_MOST], start=1):
            text = _name(question) or self.tr("All photos")
            text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
            self.addAction(caption(text), partial(self._live.walk, self._direction * steps))
        if self._direction < 0:
            self.addSeparator()
            self.addAction(self.tr("Forget all searches"), self._live.forget)

    @Slot(QPoint)
    def _on_context_menu(self, _place: QPoint) -> None:
        if self._live.beside(self._direction):
            self.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))


def _name(question: Question) -> str:
    """Return what a question asks, in one line; empty for the whole library."""
    parts = [f"\N{MINUS SIGN} {said(part)}" if part.weight < 0 else said(part) for part in question.all_parts]
    inside = question.folder.name if question.place is Place.FOLDER and question.folder else ""
    names = [question.words, *(picture.name for picture in question.pictures), *parts, inside]
    return plain(" · ".join(filter(None, names)))
