"""What happens while something is dragged over the window, and when it falls or is pasted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from clipview.ui.drop_card import DropCard, DropZone
from clipview.ui.drops import DropKind, Dropped, read_drop
from clipview.ui.live_search import LiveSearch
from clipview.ui.picture_search import PictureSearch
from clipview.ui.search_bar import SearchBar


class DragIn(QObject):
    """Reads drags for the window and acts on what falls.

    Signals:
        folders_dropped(tuple[Path, ...]): cover these folders.
        refused(str): why nothing came of it; a sentence.
        searching(): a search with an image begins; whatever covers the photos should go.
    """

    folders_dropped = Signal(object)
    refused = Signal(str)
    searching = Signal()

    def __init__(
        self, window: QWidget, card: DropCard, search_bar: SearchBar, live: LiveSearch, pictures: PictureSearch
    ) -> None:
        super().__init__(window)
        self._window = window
        self._card = card
        self._search_bar = search_bar
        self._live = live
        self._pictures = pictures
        self._dropped: Dropped | None = None

    def enter(self, event: QDragEnterEvent) -> None:
        """Say what would become of it."""
        dropped = read_drop(event.mimeData())
        if dropped.kind is DropKind.NOTHING:
            return
        self._dropped = dropped
        event.acceptProposedAction()
        if dropped.kind is not DropKind.PHOTOS:
            self._card.appear(dropped, can_add=self._live.question.searches)

    def move(self, event: QDragMoveEvent) -> None:
        """Light up the place where it would fall; photos of the library fall into the search field only."""
        if self._dropped is None:
            return
        if self._dropped.kind is DropKind.PHOTOS:
            over = self._over_search_bar(event)
            self._search_bar.query_bar.set_targeted(targeted=over)
            event.setAccepted(over)
        else:
            self._card.move_to(event.position().toPoint())
            event.accept()

    def leave(self) -> None:
        """Take the card away."""
        self._dropped = None
        self._card.hide()
        self._search_bar.query_bar.set_targeted(targeted=False)

    def drop(self, event: QDropEvent) -> None:
        """Search, add to the search, or add a folder."""
        dropped, zone = self._dropped, self._card.move_to(event.position().toPoint())
        self.leave()
        if dropped is None or (dropped.kind is DropKind.PHOTOS and not self._over_search_bar(event)):
            event.ignore()
            return
        event.acceptProposedAction()
        self._use(dropped, add=zone is DropZone.ADD_TO_SEARCH or dropped.kind is DropKind.PHOTOS)

    @Slot(QMimeData)
    def paste(self, mime: QMimeData) -> None:
        """Do with what was copied as with what is dropped; an image is added to a search that goes on."""
        dropped = read_drop(mime)
        if dropped.kind is DropKind.NOTHING:
            self.refused.emit(self.tr("There is no picture to paste. Copy one, then try again."))
        else:
            self._use(dropped, add=self._live.question.searches)

    def _use(self, dropped: Dropped, *, add: bool) -> None:
        if dropped.kind is DropKind.LINKS:
            self.refused.emit(
                self.tr("Pictures are never fetched from the web. Copy the picture and paste it, or save it first.")
            )
        elif dropped.kind is DropKind.FOLDERS:
            folders: Sequence[Path] = dropped.paths
            self.folders_dropped.emit(folders)
        else:
            self.searching.emit()
            self._pictures.take(dropped, add=add)

    def _over_search_bar(self, event: QDropEvent) -> bool:
        return self._search_bar.rect().contains(self._search_bar.mapFrom(self._window, event.position().toPoint()))
