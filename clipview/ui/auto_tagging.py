"""Tagging by what photos show, in the window: which photos, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clipview.engine.messages import FolderNode
from clipview.engine.messages.tags import StopTagging, TaggingEnded, TaggingProgress, TagList, TagPhotos
from clipview.ui.auto_tag_dialog import AutoTagDialog, Scope
from clipview.ui.question import Place
from clipview.ui.tagging_line import TaggingLine
from clipview.ui.wording import plain

if TYPE_CHECKING:
    from pathlib import Path

    from clipview.ui.session import EngineSession
    from clipview.ui.theme import Theme
    from clipview.ui.window import MainWindow


class AutoTagging(QObject):
    """Asks which photos, sends the engine to work, and tells of it in the status bar."""

    def __init__(self, window: MainWindow, session: EngineSession) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._what = ""
        self.line = TaggingLine(window.theme, window.status)
        window.status.add_part(self.line)
        self.line.stop_requested.connect(lambda: session.send(StopTagging()))
        self.line.review_requested.connect(window.actions_by_name["review"].trigger)
        self.line.renewal_requested.connect(lambda: self.tag(TagPhotos(stale_only=True, tagged_before=True)))
        session.told_of_tags.connect(self._on_told)
        session.died.connect(self.line.forget)
        actions, sidebar = window.actions_by_name, window.sidebar
        actions["auto_tag"].triggered.connect(self.ask)
        actions["auto_tag_these"].triggered.connect(lambda: self.tag(TagPhotos(window.photo_actions.targets)))
        sidebar.auto_tag_requested.connect(self.tag)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.line.set_theme(theme)

    @Slot()
    def ask(self) -> None:
        """Ask which photos should be tagged, offering those at hand."""
        dialog = AutoTagDialog(self._scopes(), self._window)
        dialog.chosen.connect(self.tag)
        dialog.vocabulary_wanted.connect(self._window.actions_by_name["vocabulary"].trigger)
        dialog.open()

    @Slot(object)
    def tag(self, request: TagPhotos) -> None:
        """Tag these photos; one after the other, when some are being tagged."""
        if request.photo_ids == ():
            return
        self._session.send(request)
        if not self.line.running:
            self._what = self._name(request)
            self.line.begin(self._what)

    @Slot(object)
    def _on_told(self, told: object) -> None:
        match told:
            case TaggingProgress():
                self.line.show_progress(told, self._what or self.tr("photos anew"))
            case TaggingEnded():
                self._what = ""
                self.line.end(told)
                if told.failure is not None:
                    self._window.toast.say(told.failure)
            case TagList():
                self.line.show_stale(told.stale)

    def _name(self, request: TagPhotos) -> str:
        if request.photo_ids is not None:
            return self.tr("%Ln photos", "", len(request.photo_ids))
        if request.folder is not None:
            return request.folder.name or str(request.folder)
        if request.album is not None:
            return request.album
        return self.tr("photos anew") if request.stale_only else self.tr("all photos")

    def _scopes(self) -> list[Scope]:
        """Return what can be tagged, the nearest at hand first."""
        window, state = self._window, self._window.desk.state
        question, album, selected = window.live.question, window.keeping.row, window.model.selected_ids
        scopes = []
        if selected:
            scopes.append(Scope(self.tr("The %Ln selected photos", "", len(selected)), TagPhotos(selected)))
        if album is not None:
            name = self.tr("The album {name}").format(name=plain(album.name))
            scopes.append(self._scope(name, album.photos, TagPhotos(album=album.name)))
        if question.place is Place.FOLDER and question.folder is not None:
            folder = question.folder
            name = self.tr("The folder {name}").format(name=plain(folder.name or str(folder)))
            node = _find(() if state is None else state.folders, folder)
            scopes.append(self._scope(name, None if node is None else node.photos, TagPhotos(folder=folder)))
        photos = None if state is None else state.photos
        return [*scopes, self._scope(self.tr("The whole library"), photos, TagPhotos())]

    def _scope(self, name: str, photos: int | None, request: TagPhotos) -> Scope:
        if photos is not None:
            count = self.tr("%Ln photos", "", photos)
            name = f"{name} ({count})"
        return Scope(name, request)


def _find(nodes: Iterable[FolderNode], folder: Path) -> FolderNode | None:
    waiting: list[FolderNode] = list(nodes)
    for node in waiting:
        if node.path == folder:
            return node
        if node.path in folder.parents:
            waiting += node.children
    return None
