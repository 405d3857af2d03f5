"""What can be done with photos: open, reveal, copy, export, search with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from clipview.engine.messages import PictureAnswer, PictureRefused
from clipview.ui.actions import Actions
from clipview.ui.export import Exported, Exporter
from clipview.ui.photo_model import PhotoModel
from clipview.ui.photo_paths import PhotoPaths
from clipview.ui.picture_search import PictureSearch
from clipview.ui.reveal import Revealer
from clipview.ui.session import EngineSession
from clipview.ui.wording import number, plain


class PhotoActions(QObject):
    """Does what the photos' menu says, with the selected photos or the current one.

    Signals:
        opened(int): show this photo in the viewer.
        said(str): how it went; a sentence.
    """

    opened = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        actions: Actions,
        model: PhotoModel,
        session: EngineSession,
        paths: PhotoPaths,
        pictures: PictureSearch,
        viewed_id: Callable[[], int | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._viewed_id = viewed_id
        self._window = window
        self._model = model
        self._session = session
        self._paths = paths
        self._pictures = pictures
        self._copying: int | None = None
        self._exporter = Exporter(self)
        self._exporter.ended.connect(self._on_exported)
        self._revealer = Revealer(self)
        self._revealer.failed.connect(self._on_not_revealed)
        session.picture_answered.connect(self._on_picture)
        session.picture_refused.connect(self._on_picture_refused)
        for name, slot in {
            "open": self._on_open,
            "find_similar": self._on_find_similar,
            "add_to_search": self._on_add_to_search,
            "reveal": self._on_reveal,
            "copy_path": self._on_copy_path,
            "copy_image": self._on_copy_image,
            "export": self._on_export,
            "select_all": self._on_select_all,
        }.items():
            actions[name].triggered.connect(slot)

    @property
    def targets(self) -> tuple[int, ...]:
        """The photos that an action is about: the one in the viewer, else the selected ones, else the current one."""
        viewed = self._viewed_id()
        if viewed is not None:
            return (viewed,)
        current = self._model.current_id
        return self._model.selected_ids or (() if current is None else (current,))

    def reveal_photo(self, photo_id: int) -> None:
        """Show a photo in its folder."""
        paths = self._paths.of((photo_id,))
        if paths:
            self.reveal_file(paths[0])

    def reveal_file(self, path: Path) -> None:
        """Show a file in its folder."""
        self._revealer.reveal(path)

    def export_to(self, folder: Path) -> None:
        """Copy the photos into a folder."""
        files = self._paths.of(self.targets)
        self.said.emit(self.tr("Copying %Ln photos...", "", len(files)))
        self._exporter.export(files, folder)

    def close(self) -> None:
        """Stop what is under way."""
        self._exporter.close()
        self._revealer.close()

    @Slot()
    def _on_open(self) -> None:
        current = self._model.current_id
        targets = self.targets
        if targets:
            self.opened.emit(current if current in targets else targets[0])

    @Slot()
    def _on_find_similar(self) -> None:
        self._pictures.take_photos(self.targets, add=False)

    @Slot()
    def _on_add_to_search(self) -> None:
        self._pictures.take_photos(self.targets, add=True)

    @Slot()
    def _on_reveal(self) -> None:
        if self.targets:
            self.reveal_photo(self.targets[0])

    @Slot()
    def _on_copy_path(self) -> None:
        paths = self._paths.of(self.targets)
        if paths:
            QGuiApplication.clipboard().setText("\n".join(str(path) for path in paths))
            self.said.emit(self.tr("Path copied") if len(paths) == 1 else self.tr("Paths copied"))

    @Slot()
    def _on_copy_image(self) -> None:
        if self.targets:
            self._copying = self._session.view(self.targets[0], None)

    @Slot()
    def _on_export(self) -> None:
        if not self.targets:
            return
        dialog = QFileDialog(self._window, self.tr("Export copies to"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation))
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_select_all(self) -> None:
        with self._model.selecting() as selection:
            selection.everything()

    @Slot(object)
    def _on_picture(self, answer: PictureAnswer) -> None:
        if answer.number != self._copying:
            return
        self._copying = None
        image = QImage(
            answer.rgb, answer.width_px, answer.height_px, answer.width_px * 3, QImage.Format.Format_RGB888
        ).copy()
        QGuiApplication.clipboard().setImage(image, QClipboard.Mode.Clipboard)
        self.said.emit(self.tr("Picture copied"))

    @Slot(object)
    def _on_picture_refused(self, answer: PictureRefused) -> None:
        if answer.number == self._copying:
            self._copying = None
            self.said.emit(self.tr("The picture was not copied: {reason}").format(reason=plain(answer.reason)))

    @Slot(object)
    def _on_not_revealed(self, path: Path) -> None:
        self.said.emit(self.tr("The folder {folder} can't be opened now.").format(folder=plain(str(path.parent))))

    @Slot(object)
    def _on_exported(self, exported: Exported) -> None:
        folder = plain(str(exported.folder))
        done = self.tr("%Ln photos copied to {folder}", "", exported.copied).format(folder=folder)
        if exported.failures:
            failed = self.tr("{count} could not be copied ({reason})").format(
                count=number(len(exported.failures)), reason=plain(exported.failures[0])
            )
            done = f"{done}; {failed}"
        self.said.emit(done)
