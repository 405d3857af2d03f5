"""The viewer in the window: when it is made, what it hears and tells, and how it comes and goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clipview.ui.theme import Theme

if TYPE_CHECKING:
    from clipview.ui.viewer_page import ViewerPage
    from clipview.ui.window import MainWindow


class Viewing(QObject):
    """Lets one photo fill the window, and goes back to the grid.

    Signals:
        made(ViewerPage): the viewer, which is made when it is first needed.
        info_made(InfoPanel): its panel of details, which is made when it is first shown.
    """

    made = Signal(object)
    info_made = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._page: ViewerPage | None = None
        window.grid.activated.connect(self.open)
        window.grid.quick_look_requested.connect(self.open)
        window.photo_actions.opened.connect(self.open)
        window.drag_in.searching.connect(self.close)
        window.model.shown.connect(self._on_model_shown)

    @property
    def page(self) -> ViewerPage | None:
        """The viewer while it fills the window."""
        return self._page if self._window.whole is self._page else None

    @property
    def current_id(self) -> int | None:
        """The photo that fills the window, if one does."""
        return None if self.page is None else self.page.viewer.current_id

    @Slot(object)
    def open(self, photo_id: int) -> None:
        """Let a photo of the results fill the window."""
        if self._window.model.position_of(photo_id) is None:
            return
        if self._page is None:
            self._page = self._made_page()
            self.made.emit(self._page)
        self._window.menuBar().hide()
        self._window.show_whole(self._page)
        self._page.open(self._window.model.ids, photo_id)

    @Slot()
    def close(self) -> None:
        """Go back from a photo to the grid."""
        if self.page is not None:
            self.page.leave()
            self._window.show_main()
            self._window.grid.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        if self._page is not None:
            self._page.set_theme(theme)

    def _made_page(self) -> ViewerPage:
        # Only now: most starts of the window need no viewer.
        from clipview.ui.viewer_page import ViewerPage

        window = self._window
        page = ViewerPage(window.session, window.thumbnails, window.paths, window.theme, window)
        page.closed.connect(self.close)
        page.info_made.connect(self.info_made)
        page.current_changed.connect(window.grid.reveal)
        page.similar_requested.connect(self._on_similar)
        page.full_screen_toggled.connect(window.actions_by_name["full_screen"].trigger)
        page.reveal_requested.connect(window.photo_actions.reveal_photo)
        page.locate_requested.connect(window.locator.locate_photo)
        return page

    @Slot(object)
    def _on_similar(self, photo_id: int) -> None:
        self.close()
        self._window.pictures.take_photos((photo_id,), add=False)

    @Slot()
    def _on_model_shown(self) -> None:
        if self.page is not None:
            self.page.follow(self._window.model.ids)
