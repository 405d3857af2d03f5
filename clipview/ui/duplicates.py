"""Where the page of duplicates, the bin and the window meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clipview.ui.session import EngineSession
from clipview.ui.theme import Theme
from clipview.ui.to_bin import ToBin

if TYPE_CHECKING:
    from clipview.ui.duplicates_page import DuplicatesPage
    from clipview.ui.window import MainWindow


class DuplicatesDesk(QObject):
    """Opens the page, and passes on what is to go."""

    def __init__(self, window: MainWindow, session: EngineSession) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._page: DuplicatesPage | None = None
        self.bin = ToBin(session, window)
        self.bin.moved.connect(self._on_moved)
        self.bin.said.connect(window.status.show_message)
        window.sidebar.duplicates_requested.connect(self.open)
        window.actions_by_name["duplicates"].triggered.connect(self.open)
        window.actions_by_name["to_bin"].triggered.connect(self._on_to_bin)

    @property
    def page(self) -> DuplicatesPage | None:
        """The page, once it was opened."""
        return self._page

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        if self._page is not None:
            self._page.set_theme(theme)

    @Slot()
    def open(self) -> None:
        """Show the page."""
        if self._page is None:
            from clipview.ui.duplicates_page import DuplicatesPage

            page = self._page = DuplicatesPage(self._window.thumbnails, self._window.theme, self._window)
            page.wanted.connect(self._session.list_duplicates)
            page.discarding.connect(self.bin.ask)
            page.back_requested.connect(self._window.show_photos)
            self._session.duplicates_answered.connect(page.show_duplicates)
        self._page.ask(self._page.alike)
        self._window.show_page(self._page)

    @Slot()
    def _on_to_bin(self) -> None:
        self.bin.ask_photos(self._window.photo_actions.targets)

    @Slot()
    def _on_moved(self) -> None:
        if self._page is not None:
            self._page.ask(self._page.alike)
