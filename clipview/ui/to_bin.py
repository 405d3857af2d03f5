"""The one way from the window to the system's bin: it asks first, and tells what could not be moved."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from clipview.core.bin import Discard
from clipview.core.types import Skipped
from clipview.engine.messages import BinEnded, FilesAnswer, MoveToBin
from clipview.ui.session import EngineSession
from clipview.ui.wording import file_size, plain

_LISTED = 500


class Going(Struct, frozen=True):
    """A file that is to go."""

    discard: Discard
    size_bytes: int


class ToBin(QObject):
    """Asks before anything is moved.

    Signals:
        moved(): files were moved; what shows them should ask anew.
        said(str): something happened, for the status bar.
    """

    moved = Signal()
    said = Signal(str)

    def __init__(self, session: EngineSession, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        session.files_answered.connect(self._on_files)
        session.bin_ended.connect(self._on_ended)

    def ask_photos(self, photo_ids: Sequence[int]) -> None:
        """Ask whether all files of these photos should go, once the engine has named them."""
        if photo_ids:
            self._session.list_files(photo_ids)

    def ask(self, going: Sequence[Going]) -> None:
        """Ask whether these files should go; nothing happens until the user says yes."""
        if not going:
            return
        dialog = BinQuestion(going, self._window)
        dialog.accepted.connect(lambda: self._session.send(MoveToBin(tuple(one.discard for one in going))))
        dialog.open()

    @Slot(object)
    def _on_files(self, answer: FilesAnswer) -> None:
        self.ask([Going(Discard(file.path), file.size_bytes) for file in answer.files])

    @Slot(object)
    def _on_ended(self, ended: BinEnded) -> None:
        discarded = ended.discarded
        if discarded.moved:
            self.said.emit(self.tr("%Ln files moved to the bin", "", len(discarded.moved)))
            self.moved.emit()
        if discarded.failed:
            BinFailures(discarded.failed, self._window).open()


class BinQuestion(QDialog):
    """Lists the files with their total size; the safe answer is the one that Return and Escape give."""

    def __init__(self, going: Sequence[Going], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("binQuestion")
        self.setWindowTitle(self.tr("Move to the bin"))
        size = file_size(sum(one.size_bytes for one in going))
        asked = self.tr("Move %Ln files to the bin?", "", len(going))
        head = QLabel(f"{asked} ({size})")
        head.setObjectName("binHead")
        head.setStyleSheet("font-weight: 600;")
        note = QLabel(self.tr("The files themselves are moved. Take them back from the system's bin if you need them."))
        note.setProperty("look", "dim")
        note.setWordWrap(True)
        buttons = QDialogButtonBox()
        move = buttons.addButton(self.tr("Move to the bin"), QDialogButtonBox.ButtonRole.AcceptRole)
        move.setObjectName("moveToBin")
        move.setAutoDefault(False)
        keep = buttons.addButton(self.tr("Keep them"), QDialogButtonBox.ButtonRole.RejectRole)
        keep.setObjectName("keepFiles")
        keep.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for widget in (head, _list([str(one.discard.path) for one in going], self.tr("Files to move"))):
            column.addWidget(widget)
        column.addWidget(note)
        column.addWidget(buttons)
        self.resize(560, 360)
        self.finished.connect(self.deleteLater)
        keep.setFocus()


class BinFailures(QDialog):
    """Lists the files that lie where they lay, with the reasons."""

    def __init__(self, failed: Sequence[Skipped], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("binFailures")
        self.setWindowTitle(self.tr("Not moved"))
        head = QLabel(self.tr("%Ln files were not moved and are where they were.", "", len(failed)))
        head.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(head)
        column.addWidget(_list([f"{one.path}: {one.reason}" for one in failed], self.tr("Files that were not moved")))
        column.addWidget(buttons)
        self.resize(560, 300)
        self.finished.connect(self.deleteLater)


def _list(lines: Sequence[str], name: str) -> QListWidget:
    widget = QListWidget()
    widget.setAccessibleName(name)
    widget.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    widget.setUniformItemSizes(True)
    widget.addItems([plain(line) for line in lines[:_LISTED]])
    if len(lines) > _LISTED:
        widget.addItem(f"+ {len(lines) - _LISTED}")
    return widget
