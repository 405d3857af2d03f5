"""How a model's pictures run here, in a quiet line, and its int8 form: offered, tried, refused or in use."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipview.core.model_facts import LEAST_AGREEMENT, LEAST_LEAST, LEAST_MEAN, Fidelity, PictureRun
from clipview.engine.messages import LibraryState, ModelState
from clipview.ui.wording import number

_BUTTON_PX = 110
_FASTER = 1.05
"""Less is not worth telling."""


class ModelRun(QWidget):
    """Takes no room for a model of which there is nothing to tell.

    Signals:
        use_clicked(str): use the model of this name, which is the int8 form or the model itself.
    """

    use_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ModelState, LibraryState] | None = None
        self._other = ""
        self._trying = False
        self._run, self._int8 = _line(), _line()
        self._button = QPushButton()
        self._button.setMinimumWidth(_BUTTON_PX)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._on_clicked)
        offer = QHBoxLayout()
        offer.setSpacing(12)
        offer.addWidget(self._int8, 1)
        offer.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._run)
        column.addLayout(offer)
        self.hide()

    def show_model(self, model: ModelState, state: LibraryState) -> None:
        """Show what is known of a model."""
        self._shown = model, state
        run, int8 = model.run, model.int8
        self.setVisible(run is not None or int8 is not None)
        self._run.setText("" if run is None else self._told(run))
        self._run.setVisible(run is not None)
        self._other = told = label = ""
        if int8 is not None:
            fidelity = int8.fidelity
            if self._trying:
                told = self.tr("Its int8 form is tried on your photos...")
            elif int8.name == state.model:
                self._other, label = model.name, self.tr("Back to the exact one")
                told = "" if fidelity is None else self._kept(fidelity)
            elif int8.name == state.wanted_model:
                told = self.tr("Its int8 form is being built.")
            elif fidelity is None:
                self._other, label = int8.name, self.tr("Try int8")
                told = self.tr("Its int8 form is quicker and less exact; it is tried on your photos first.")
            elif fidelity.suffices:
                self._other, label = int8.name, self.tr("Use int8")
                told = self._kept(fidelity)
            else:
                self._other, label = int8.name, self.tr("Try again")
                told = self._refused(fidelity)
        self._int8.setText(told)
        self._int8.setVisible(bool(told))
        self._button.setText(label)
        self._button.setAccessibleName(f"{label}: {model.name}")
        self._button.setVisible(bool(label))

    def end_trial(self) -> None:
        """Offer again what was tried; what came of it, if that is new, comes with the next state."""
        self._trying = False
        if self._shown is not None:
            self.show_model(*self._shown)

    @Slot()
    def _on_clicked(self) -> None:
        other = self._other
        if self._shown is not None and other != self._shown[0].name:
            self._trying = True
            self.show_model(*self._shown)
        self.use_clicked.emit(other)

    def _told(self, run: PictureRun) -> str:
        if run.device != "cpu":
            told = self.tr("Pictures run with {library} on {device} in {precision}.")
        elif run.speed is None:
            told = self.tr("Pictures run with {library} in {precision}.")
        elif run.speed > _FASTER:
            told = self.tr("Pictures run with {library} in {precision}, measured {speed} times as fast as PyTorch.")
        else:
            told = self.tr("Pictures run with {library} in {precision}, measured as the fastest way here.")
        speed = "" if run.speed is None else number(run.speed, 1)
        return told.format(library=run.library, precision=run.precision, device=run.device, speed=speed)

    def _kept(self, fidelity: Fidelity) -> str:
        told = self.tr("Its int8 form passed: of each photo's ten nearest {share} % stay, tried on {photos} photos.")
        return told.format(share=number(fidelity.agreement * 100, 1), photos=number(fidelity.photos))

    def _refused(self, fidelity: Fidelity) -> str:
        """Say what it fails at."""
        reasons = []
        if fidelity.agreement < LEAST_AGREEMENT:
            reasons.append(
                self.tr("of each photo's ten nearest {share} % stay, {needed} % are needed").format(
                    share=number(fidelity.agreement * 100, 1), needed=number(LEAST_AGREEMENT * 100)
                )
            )
        if fidelity.mean < LEAST_MEAN or fidelity.least < LEAST_LEAST:
            reasons.append(
                self.tr("cosines are {mean}, at least {least}; {mean_needed} and {least_needed} are needed").format(
                    mean=number(fidelity.mean, 4),
                    least=number(fidelity.least, 4),
                    mean_needed=number(LEAST_MEAN, 3),
                    least_needed=number(LEAST_LEAST, 3),
                )
            )
        return self.tr("Its int8 form was refused: {reasons}.").format(reasons="; ".join(reasons))


def _line() -> QLabel:
    line = QLabel()
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setWordWrap(True)
    line.setProperty("look", "dim")
    return line
