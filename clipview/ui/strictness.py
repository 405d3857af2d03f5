"""The control that moves the line between strong, possible and nothing."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from clipview.core.types import STRICTNESS
from clipview.ui.wording import number

STEP = 5
"""How far a key moves the line."""
_PAGE = 20
_SLIDER_PX = 300
_MARGIN_PX = 12


class StrictnessButton(QToolButton):
    """Opens a slider; its text tells when the line is not where it usually is.

    Signals:
        chosen(int): call photos strong from this match on, 0 to 100.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strictnessButton")
        self.setProperty("look", "quiet")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Strictness"))
        self.setToolTip(self.tr("How well a photo must match to count as found"))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("strictnessSlider")
        self._slider.setAccessibleName(self.tr("Strictness"))
        self._slider.setRange(0, 100)
        self._slider.setSingleStep(STEP)
        self._slider.setPageStep(_PAGE)
        self._slider.setFixedWidth(_SLIDER_PX)
        self._slider.setValue(STRICTNESS)
        self._told = QLabel()
        self._told.setObjectName("strictnessTold")
        self._usual = QPushButton(self.tr("Back to usual"))
        self._usual.setProperty("look", "quiet")
        menu = QMenu(self)
        menu.setObjectName("strictnessMenu")
        action = QWidgetAction(menu)
        action.setDefaultWidget(self._panel())
        menu.addAction(action)
        menu.aboutToShow.connect(self._slider.setFocus)
        self.setMenu(menu)
        self._slider.valueChanged.connect(self._on_moved)
        self._usual.clicked.connect(lambda: self._slider.setValue(STRICTNESS))
        self._tell()

    @property
    def strictness(self) -> int:
        """Where the line is."""
        return self._slider.value()

    @Slot(int)
    def choose(self, strictness: int) -> None:
        """Move the line, as if the person had."""
        self._slider.setValue(strictness)

    def show_strictness(self, strictness: int) -> None:
        """Show this without asking for it."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(strictness)
        self._tell()

    def _panel(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX - 4, _MARGIN_PX, _MARGIN_PX - 4)
        head = QHBoxLayout()
        head.addWidget(self._told, 1)
        head.addWidget(self._usual)
        column.addLayout(head)
        column.addWidget(self._slider)
        ends = QHBoxLayout()
        for text in (self.tr("More photos"), self.tr("Surer matches")):
            label = QLabel(text)
            label.setProperty("look", "dim")
            ends.addWidget(label)
        ends.insertStretch(1, 1)
        column.addLayout(ends)
        return panel

    @Slot(int)
    def _on_moved(self, strictness: int) -> None:
        self._tell()
        self.chosen.emit(strictness)

    def _tell(self) -> None:
        percent = number(self.strictness)
        self._told.setText(self.tr("Strong from a match of {percent}%").format(percent=percent))
        usual = self.strictness == STRICTNESS
        self._usual.setEnabled(not usual)
        self.setText(self.tr("Strictness") if usual else self.tr("Strictness {percent}%").format(percent=percent))
