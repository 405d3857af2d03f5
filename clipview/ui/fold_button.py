"""The button that folds bursts in the results, with the choice of what counts as one."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from clipview.core.types import Fold


class FoldButton(QToolButton):
    """Pressed while photos are folded.

    Signals:
        chosen(Fold | None): show such photos as one; None for each on its own.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foldButton")
        self.setText(self.tr("Fold bursts"))
        self.setAccessibleName(self.text())
        self.setToolTip(self.tr("Show photos that belong together as one, with their number"))
        self.setCheckable(True)
        self.setProperty("look", "quiet")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold = Fold.MOMENT
        menu = QMenu(self)
        menu.setObjectName("foldMenu")
        group = QActionGroup(menu)
        self._actions: dict[Fold, QAction] = {}
        for fold, text in (
            (Fold.PICTURE, self.tr("The same picture, saved again or resized")),
            (Fold.MOMENT, self.tr("The same moment, bursts too")),
        ):
            action = self._actions[fold] = menu.addAction(text)
            action.setCheckable(True)
            action.setData(fold)
            group.addAction(action)
        self._actions[self._fold].setChecked(True)
        menu.addSeparator()
        menu.addAction(self.tr("Equal files are always one photo")).setEnabled(False)
        group.triggered.connect(self._on_kind_chosen)
        self.setMenu(menu)
        self.toggled.connect(self._on_toggled)

    @property
    def fold(self) -> Fold | None:
        """What is shown as one."""
        return self._fold if self.isChecked() else None

    def show_fold(self, fold: Fold | None) -> None:
        """Show this choice without asking for it."""
        with QSignalBlocker(self):
            self.setChecked(fold is not None)
        if fold is not None:
            self._fold = fold
            self._actions[fold].setChecked(True)

    @Slot(object)
    def _on_kind_chosen(self, action: QAction) -> None:
        self._fold = Fold(action.data())
        if self.isChecked():
            self.chosen.emit(self._fold)
        else:
            self.setChecked(True)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.chosen.emit(self._fold if on else None)
