"""The question which photos should be tagged by what they show."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from clipview.engine.messages.tags import TagPhotos
from clipview.ui.wording import caption

_WIDTH_PX = 440


class Scope(Struct, frozen=True):
    """Photos that can be tagged together."""

    name: str
    """As the dialog names them, with how many they are."""
    request: TagPhotos


class AutoTagDialog(QDialog):
    """The dialog.

    Signals:
        chosen(TagPhotos): tag these.
        vocabulary_wanted(): show which tags there are.
    """

    chosen = Signal(object)
    vocabulary_wanted = Signal()

    def __init__(self, scopes: Sequence[Scope], parent: QWidget | None = None) -> None:
        """Offer these photos, the nearest at hand first; that is what Return takes."""
        super().__init__(parent)
        self.setObjectName("autoTagDialog")
        self.setWindowTitle(self.tr("Auto-tag photos"))
        self.setMinimumWidth(_WIDTH_PX)
        self._scopes = tuple(scopes)
        question = QLabel(self.tr("Which photos should be tagged by what they show?"))
        question.setStyleSheet("font-weight: 600;")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(question)
        self._group = QButtonGroup(self)
        for place, scope in enumerate(self._scopes):
            button = QRadioButton(caption(scope.name))
            button.setChecked(place == 0)
            self._group.addButton(button, place)
            column.addWidget(button)
        self._stale = QCheckBox(self.tr("Only those that need it: never tagged, or with tags that are out of date"))
        self._stale.setObjectName("staleOnly")
        column.addSpacing(6)
        column.addWidget(self._stale)
        note = QLabel(
            self.tr(
                "What you confirmed, refused or typed stays as it is. No photo file is opened or changed. What isn't "
                "clear is asked at the review desk."
            )
        )
        note.setProperty("look", "dim")
        note.setWordWrap(True)
        column.addSpacing(6)
        column.addWidget(note)
        column.addSpacing(8)
        buttons = QDialogButtonBox()
        go = QPushButton(self.tr("Tag photos"))
        go.setObjectName("tagThem")
        go.setProperty("look", "primary")
        go.setDefault(True)
        words = QPushButton(self.tr("Vocabulary..."))
        words.setAutoDefault(False)
        words.clicked.connect(self._on_vocabulary)
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(words, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.accepted.connect(self._on_accepted)
        self.finished.connect(self.deleteLater)

    @Slot()
    def _on_accepted(self) -> None:
        request = self._scopes[self._group.checkedId()].request
        self.chosen.emit(replace(request, stale_only=self._stale.isChecked()))

    @Slot()
    def _on_vocabulary(self) -> None:
        self.reject()
        self.vocabulary_wanted.emit()
