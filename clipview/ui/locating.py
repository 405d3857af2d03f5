"""How a person says where a folder went: which folder a photo's trouble is about, the asking, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from clipview.engine.messages import FolderNode, LibraryState, Locate, LocateEnded, Ready
from clipview.ui.live_search import LiveSearch
from clipview.ui.photo_paths import PhotoPaths
from clipview.ui.session import EngineSession
from clipview.ui.toast import Toast
from clipview.ui.wording import plain


class FolderLocator(QObject):
    """Asks where a folder lies now, and has the engine look whether its photos are there."""

    def __init__(
        self, window: QWidget, session: EngineSession, live: LiveSearch, paths: PhotoPaths, toast: Toast
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._live, self._paths, self._toast = window, session, live, paths, toast
        self._folders: Sequence[FolderNode] = ()
        self._guessed: set[Path] = set()
        session.ready.connect(self._on_ready)
        session.state_changed.connect(self._on_state)
        session.locate_ended.connect(self._on_ended)

    @Slot(int)
    def locate_photo(self, photo_id: int) -> None:
        """Ask for the covered folder that a photo lies in, if that is away, and else for the photo's own folder."""
        for path in self._paths.of((photo_id,)):
            above = next((one for one in self._folders if one.path in path.parents), None)
            self.locate_folder(path.parent if above is None or above.reachable else above.path)

    @Slot(object)
    def locate_folder(self, folder: Path) -> None:
        """Ask where a folder is now."""
        title = self.tr("Where is {folder} now?").format(folder=plain(folder.name or str(folder)))
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName("locateFolder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self._locate(folder, Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _locate(self, folder: Path, chosen: Path) -> None:
        self._guessed.discard(folder)
        self._session.send(Locate(folder, chosen))

    @Slot(object)
    def _on_ready(self, message: Ready) -> None:
        self._folders = message.state.folders

    @Slot(object)
    def _on_state(self, state: LibraryState) -> None:
        self._folders = state.folders

    @Slot(object)
    def _on_ended(self, ended: LocateEnded) -> None:
        if ended.failure is not None:
            if ended.old not in self._guessed:
                self._tell_refusal(ended.old, ended.failure)
            return
        self._guess_others(ended)
        found = self.tr("%Ln photos are in {folder} now.", "", ended.photos)
        self._toast.say(found.format(folder=plain(str(ended.new))))
        question = self._live.question
        if question.folder is not None and (question.folder == ended.old or ended.old in question.folder.parents):
            self._live.go(replace(question, folder=ended.new / question.folder.relative_to(ended.old)))

    def _guess_others(self, ended: LocateEnded) -> None:
        """Look for the other folders that are away in the same place: drives move whole."""
        drive, place = ended.old, ended.new
        while drive.name and drive.name == place.name:
            drive, place = drive.parent, place.parent
        away = [folder.path for folder in self._folders if not folder.reachable and folder.path != ended.old]
        for folder in away:
            if drive in folder.parents and folder not in self._guessed:
                self._guessed.add(folder)
                self._session.send(Locate(folder, place / folder.relative_to(drive)))

    def _tell_refusal(self, folder: Path, reason: str) -> None:
        refusal = QMessageBox(self._window)
        refusal.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        refusal.setObjectName("notLocated")
        refusal.setWindowTitle(self.tr("The photos are not there"))
        refusal.setTextFormat(Qt.TextFormat.PlainText)
        refusal.setText(plain(reason))
        again = refusal.addButton(self.tr("Choose another folder..."), QMessageBox.ButtonRole.AcceptRole)
        refusal.addButton(QMessageBox.StandardButton.Cancel)
        again.clicked.connect(lambda: self.locate_folder(folder))
        refusal.open()
