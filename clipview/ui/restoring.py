"""The way from the window back to a backup: lists them, asks, and lets the engine do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from clipview.core.types import Backup
from clipview.engine.messages import BackupsAnswer, Refused, Restored
from clipview.ui.session import EngineSession
from clipview.ui.wording import file_size, moment, number, plain

if TYPE_CHECKING:
    from clipview.ui.window import MainWindow


class Restoring(QObject):
    """Offers the backups, on request and when a damaged library can't be opened."""

    def __init__(self, window: MainWindow, session: EngineSession) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        window.actions_by_name["restore"].triggered.connect(session.list_backups)
        session.backups_answered.connect(self._on_backups)
        session.refused.connect(self._on_refused)
        session.restored.connect(self._on_restored)

    @Slot(object)
    def _on_backups(self, answer: BackupsAnswer) -> None:
        if answer.backups:
            self._offer(answer.backups)
        else:
            self._window.toast.say(self.tr("There are no backups yet. ClipView makes them by itself."))

    @Slot(object)
    def _on_refused(self, refused: Refused) -> None:
        if refused.backups:
            self._offer(refused.backups)

    def _offer(self, backups: Sequence[Backup]) -> None:
        dialog = BackupsDialog(backups, self._window)
        dialog.chosen.connect(self._on_chosen)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self._window.say_instead(self.tr("Bringing the backup back"), "", "")
        self._window.paths.close()
        self._session.connect_again(name)

    @Slot(object)
    def _on_restored(self, restored: Restored) -> None:
        # Photos that were added since get their ids anew.
        self._window.thumbnails.invalidate(self._window.model.ids.tolist())
        said = self.tr("The backup is back.")
        if restored.kept is not None:
            said += " " + self.tr("What it replaced is kept as {name}.").format(name=plain(restored.kept.name))
        self._window.toast.say(said)
        self._window.paths.close()
        self._session.ask_again()
        # What was added since is found again.
        self._session.scan()


class BackupsDialog(QDialog):
    """Lists the backups; the safe answer is the one that Return and Escape give.

    Signals:
        chosen(str): this backup, by its file name, is to be brought back.
    """

    chosen = Signal(str)

    def __init__(self, backups: Sequence[Backup], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("backupsDialog")
        self.setWindowTitle(self.tr("Restore a backup"))
        head = QLabel(self.tr("Which state of the library do you want back?"))
        head.setStyleSheet("font-weight: 600;")
        note = QLabel(
            self.tr(
                "Stars, captions, albums and saved searches become what they were then. The library as it is now is "
                "kept beside it, photos that were added since are found again, and no photo file is touched."
            )
        )
        note.setProperty("look", "dim")
        for label in (head, note):
            label.setWordWrap(True)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Backups, the newest first"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for backup in backups:
            item = QListWidgetItem(self._line(backup))
            item.setData(Qt.ItemDataRole.UserRole, backup.path.name)
            item.setToolTip(plain(backup.path.name))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        buttons = QDialogButtonBox()
        restore = buttons.addButton(self.tr("Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        restore.setObjectName("restoreBackup")
        restore.setAutoDefault(False)
        leave = buttons.addButton(self.tr("Leave it as it is"), QDialogButtonBox.ButtonRole.RejectRole)
        leave.setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(head)
        column.addWidget(self._list, 1)
        column.addWidget(note)
        column.addWidget(buttons)
        self.resize(560, 340)
        self.finished.connect(self.deleteLater)
        self._list.setFocus()

    def _line(self, backup: Backup) -> str:
        told = (
            self.tr("%Ln photos", "", backup.photos),
            self.tr("%Ln albums", "", backup.albums),
            self.tr("{count} marked").format(count=number(backup.marked)),
            file_size(backup.size_bytes),
        )
        return f"{moment(backup.made_at)}   " + ", ".join(told)

    @Slot()
    def _on_accepted(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        self.accept()
