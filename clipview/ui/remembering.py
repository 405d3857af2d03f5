"""Searches of earlier times: how they come back into the history, and when a search is worth remembering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from clipview.engine.messages import ForgetSearches, RememberedSearches, RememberSearch
from clipview.ui.question import Picture, Question, read_saved

if TYPE_CHECKING:
    from clipview.ui.window import MainWindow


class Remembering(QObject):
    """Gives the searches of earlier windows to the history, and the new ones to the engine, which keeps them."""

    def __init__(self, window: MainWindow, *, remembers: bool) -> None:
        """Connect to the window's search; `remembers`: whether anything is kept for the next time."""
        super().__init__(window)
        self._session, self._live = window.session, window.live
        self._asked = False
        if remembers:
            self._session.ready.connect(self._on_ready)
            self._session.searches_remembered.connect(self._on_remembered)
            self._live.rested.connect(self._on_rested)
            self._live.forgotten.connect(self._on_forgotten)

    @Slot()
    def _on_ready(self) -> None:
        # An engine that comes after the first one has nothing to add.
        if not self._asked:
            self._asked = True
            self._session.list_remembered()

    @Slot(object)
    def _on_remembered(self, answer: RememberedSearches) -> None:
        self._live.come_after([_question(text) for text in reversed(answer.texts)])

    @Slot(object)
    def _on_rested(self, question: Question) -> None:
        # A filter that was only begun says nothing yet.
        if text := question.saved_text():
            self._session.send(RememberSearch(text))

    @Slot()
    def _on_forgotten(self) -> None:
        self._session.send(ForgetSearches())


def _question(text: str) -> Question:
    """Return what was asked; its pictures are looked at only when it is asked again."""
    saved = read_saved(text)
    pictures = (Picture(term.path, term.path.name, b"", term.weight, term.box) for term in saved.images)
    return replace(saved.question, pictures=tuple(pictures))
