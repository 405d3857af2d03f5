"""Which search models there are: getting one, choosing one, bringing one's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clipview.engine.messages import LibraryState, ModelEnded, ModelProgress, ModelState
from clipview.ui.model_run import ModelRun
from clipview.ui.wording import QT_TRANSLATE_NOOP, file_size, number, plain, time_left, tooltip

_WIDTH_PX = 640
_HEIGHT_PX = 560
_SIZE_PX = 76
_QUESTION_PX = 420
_BUTTON_PX = 110
_MEGA = 1_000_000

BUILT_IN = "built-in"
NOT_DOWNLOADED = "not downloaded"

USES = (
    QT_TRANSLATE_NOOP("Models", "ready at once; everyday things in English"),
    QT_TRANSLATE_NOOP("Models", "fast on a CPU"),
    QT_TRANSLATE_NOOP("Models", "balanced"),
    QT_TRANSLATE_NOOP("Models", "many languages"),
    QT_TRANSLATE_NOOP("Models", "best on a CPU, overnight"),
    QT_TRANSLATE_NOOP("Models", "best, with a GPU"),
    QT_TRANSLATE_NOOP("Models", "the first CLIP, for comparison"),
    QT_TRANSLATE_NOOP("Models", "the first CLIP, small"),
    QT_TRANSLATE_NOOP("Models", "imported"),
    QT_TRANSLATE_NOOP("Models", "from the hub"),
)
"""What the library says that models are good for; here to be translated."""

ARCHITECTURES = (
    "ViT-B-32",
    "ViT-B-32-256",
    "ViT-B-16",
    "ViT-B-16-SigLIP",
    "ViT-B-32-SigLIP2-256",
    "ViT-B-16-SigLIP2",
    "ViT-L-14",
    "ViT-L-14-336",
    "ViT-L-16-SigLIP-256",
    "ViT-H-14",
    "ViT-SO400M-14-SigLIP-384",
    "ViT-SO400M-16-SigLIP2-384",
    "RN50",
    "RN101",
    "convnext_base_w",
    "EVA02-B-16",
)
"""Architectures to offer for a file of one's own; any other name that open_clip knows may be typed."""


class ModelsDialog(QDialog):
    """The search models.

    Signals:
        get_requested(str): download a model, or go on with a download, then use it.
        use_requested(str): search with this model.
        import_requested(Path, str): take a model from a file; the second is its architecture.
        stop_requested(): end the download; it can be taken up again.
    """

    get_requested = Signal(str)
    use_requested = Signal(str)
    import_requested = Signal(object, str)
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelsDialog")
        self.setWindowTitle(self.tr("Search models"))
        self._rows: dict[str, _ModelRow] = {}
        self._getting: str | None = None
        what = _text(
            self.tr(
                "A search model compares photos with words. A better one finds more: it is downloaded once, looks at "
                "every photo again on this computer, and until it is done the old one answers."
            )
        )
        starter = _text(
            self.tr(
                "The built-in model is good with things and animals. It doesn't know babies and children, most places "
                "and weather, counting, text in pictures, or any language but English."
            ),
            dim=True,
        )
        self._trouble = _text("")
        self._trouble.setObjectName("modelTrouble")
        self._trouble.setVisible(False)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(20, 0, 20, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        page = QWidget()
        page.setLayout(self._list)
        scroll = self._scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        bring = QPushButton(self.tr("Import a file..."))
        bring.setObjectName("importButton")
        bring.setAccessibleName(self.tr("Import a model from a file"))
        bring.clicked.connect(self._on_import_clicked)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        close.setDefault(True)

        head = QVBoxLayout()
        head.setContentsMargins(20, 18, 20, 10)
        head.setSpacing(8)
        for widget in (what, starter, self._trouble):
            head.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.addWidget(bring)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        self.resize(_WIDTH_PX, _HEIGHT_PX)

    def show_state(self, state: LibraryState) -> None:
        """Show the models and which one is in use."""
        for name in self._rows.keys() - {model.name for model in state.models}:
            gone = self._rows.pop(name)
            gone.hide()
            gone.deleteLater()
        for position, model in enumerate(state.models):
            row = self._rows.get(model.name)
            if row is None:
                row = _ModelRow(model.name)
                row.get_clicked.connect(self._on_get_clicked)
                row.use_clicked.connect(self._on_use_clicked)
                row.cancel_clicked.connect(self.stop_requested)
                self._rows[model.name] = row
                self._list.insertWidget(position, row)
            row.show_model(model, state)
        self._show_getting()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin with the model in use in view."""
        super().showEvent(event)
        used = next((row for row in self._rows.values() if row.in_use), None)
        if used is not None:
            self._list.activate()
            self._scroll.ensureWidgetVisible(used, 0, 0)

    @Slot(object)
    def on_progress(self, progress: ModelProgress) -> None:
        """Show how far a download has come."""
        self._getting = progress.name
        self._trouble.setVisible(False)
        row = self._rows.get(progress.name)
        if row is not None:
            row.show_progress(progress)
        self._show_getting()

    @Slot(object)
    def on_ended(self, ended: ModelEnded) -> None:
        """Put the progress away; say what went wrong."""
        self._getting = None
        for row in self._rows.values():
            if ended.name in row.names:
                row.end_progress(failed=ended.failure is not None)
        self._trouble.setVisible(ended.failure is not None)
        if ended.failure is not None:
            # Read when it is needed: the theme may have changed since the dialog was made.
            self._trouble.setStyleSheet(f"color: {self.palette().color(QPalette.ColorRole.BrightText).name()};")
            self._trouble.setText(ended.failure)
        self._show_getting()

    @Slot()
    def on_died(self) -> None:
        """Let all be asked for again: what was under way ended with the engine."""
        self._getting = None
        for row in self._rows.values():
            row.end_progress(failed=False)
        self._show_getting()

    def import_file(self, file: Path) -> None:
        """Ask which architecture a model file belongs to, and bring it in."""
        question = _ArchitectureDialog(file, self)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.answered.connect(self.import_requested)
        question.open()

    @Slot(str)
    def _on_get_clicked(self, name: str) -> None:
        self._getting = name
        self._trouble.setVisible(False)
        self._rows[name].show_progress(None)
        self._show_getting()
        self.get_requested.emit(name)

    @Slot(str)
    def _on_use_clicked(self, name: str) -> None:
        self._trouble.setVisible(False)
        self.use_requested.emit(name)

    @Slot()
    def _on_import_clicked(self) -> None:
        files = QFileDialog(self, self.tr("Import a model"))
        files.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        files.setFileMode(QFileDialog.FileMode.ExistingFile)
        files.setNameFilter(self.tr("Model files ({patterns})").format(patterns="*.safetensors *.bin *.pt *.pth"))
        files.fileSelected.connect(self._on_file_selected)
        files.open()

    @Slot(str)
    def _on_file_selected(self, file: str) -> None:
        self.import_file(Path(file))

    def _show_getting(self) -> None:
        """Let one download run at a time."""
        for name, row in self._rows.items():
            row.allow_get(self._getting in {None, name})


class _ModelRow(QWidget):
    """One model.

    Signals:
        get_clicked(str), use_clicked(str): with the model's name.
        cancel_clicked(): end the download.
    """

    get_clicked = Signal(str)
    use_clicked = Signal(str)
    cancel_clicked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._model: ModelState | None = None
        self.in_use = False
        self._use = QLabel()
        self._use.setTextFormat(Qt.TextFormat.PlainText)
        self._use.setStyleSheet("font-weight: 600;")
        self._use.setWordWrap(True)
        self._details = _text("", dim=True)
        self._size = _text("", dim=True)
        self._size.setFixedWidth(_SIZE_PX)
        self._size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._state = QLabel()
        self._state.setFixedWidth(_BUTTON_PX)
        self._state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton()
        self._button.setFixedWidth(_BUTTON_PX)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._on_clicked)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(self.tr("Download of {model}").format(model=name))
        self._progress = _text("", dim=True)
        self._downloading = False
        self._run = ModelRun()
        self._run.use_clicked.connect(self.use_clicked)

        texts = QVBoxLayout()
        texts.setSpacing(1)
        for widget in (self._use, self._details):
            texts.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(self._size)
        row.addWidget(self._state)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 11)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._run)
        column.addWidget(self._bar)
        column.addWidget(self._progress)
        self.end_progress(failed=False)

    @property
    def names(self) -> tuple[str, ...]:
        """What the model and its int8 form are called."""
        int8 = None if self._model is None else self._model.int8
        return (self._name,) if int8 is None else (self._name, int8.name)

    def show_model(self, model: ModelState, state: LibraryState) -> None:
        """Show what a model is and what can be done with it."""
        self._model = model
        self.in_use, wanted = state.model in self.names, state.wanted_model in self.names
        self._run.show_model(model, state)
        use = QCoreApplication.translate("Models", model.use)
        self._use.setText(use[:1].upper() + use[1:])
        self._details.setText(f"{model.name.replace('/', ' / ')} · {model.licence}")
        self._details.setToolTip(tooltip(model.licence))
        self._size.setText("" if model.state == BUILT_IN else file_size(model.download_bytes))
        told = self.tr("In use") if self.in_use else self.tr("Being built") if wanted else ""
        self._state.setText(told)
        self._state.setStyleSheet("font-weight: 600;" if self.in_use else "")
        self._show_button()

    def show_progress(self, progress: ModelProgress | None) -> None:
        """Show how far the download has come; None right after it was asked for."""
        self._downloading = True
        self._bar.setVisible(True)
        self._progress.setVisible(True)
        if progress is None or not progress.total_bytes:
            self._bar.setMaximum(0)
            self._progress.setText(self.tr("Connecting..."))
        else:
            # Bytes don't fit the bar's 32-bit numbers.
            self._bar.setMaximum(1000)
            self._bar.setValue(progress.done_bytes * 1000 // progress.total_bytes)
            self._progress.setText(_told(progress))
        self._show_button()

    def end_progress(self, *, failed: bool) -> None:
        """Put the progress away."""
        self._downloading = False
        self._run.end_trial()
        self._bar.setVisible(False)
        self._progress.setVisible(False)
        self._show_button()
        if failed and self._model is not None and self._model.state == NOT_DOWNLOADED:
            self._button.setText(self.tr("Try again"))

    def allow_get(self, allowed: bool) -> None:
        """Say whether a download may be started now."""
        waits = self._model is not None and self._model.state == NOT_DOWNLOADED
        self._button.setEnabled(allowed or not waits)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the line below."""
        super().paintEvent(event)
        painter = QPainter(self)
        line = QColor(self.palette().color(QPalette.ColorRole.Mid))
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)
        painter.end()

    @Slot()
    def _on_clicked(self) -> None:
        if self._downloading:
            self.cancel_clicked.emit()
        elif self._model is not None and self._model.state == NOT_DOWNLOADED:
            self.get_clicked.emit(self._name)
        else:
            self.use_clicked.emit(self._name)

    def _show_button(self) -> None:
        told = self._state.text()
        if self._downloading:
            text = self.tr("Cancel")
        elif self._model is not None and self._model.state == NOT_DOWNLOADED:
            text = self.tr("Get")
        else:
            text = self.tr("Use")
        self._button.setText(text)
        self._button.setAccessibleName(f"{text}: {self._use.text()}, {self._name}")
        self._state.setVisible(bool(told) and not self._downloading)
        self._button.setVisible(self._downloading or not told)


class _ArchitectureDialog(QDialog):
    """The question which architecture a file's weights belong to.

    Signals:
        answered(Path, str): the file and its architecture.
    """

    answered = Signal(object, str)

    def __init__(self, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._file = file
        self.setObjectName("architectureDialog")
        self.setWindowTitle(self.tr("Import a model"))
        asked = _text(
            self.tr("Which open_clip architecture is {file}? Its publisher names it beside the download.").format(
                file=plain(file.name)
            )
        )
        self._choice = QComboBox()
        self._choice.setEditable(True)
        self._choice.addItems(ARCHITECTURES)
        self._choice.setAccessibleName(self.tr("Architecture"))
        self._choice.setCurrentText(_guess(file))
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        for widget in (asked, self._choice, buttons):
            column.addWidget(widget)
        # A label of several lines has no height of its own until its width is known.
        self.setMinimumWidth(_QUESTION_PX)
        asked.setMinimumHeight(asked.heightForWidth(_QUESTION_PX - 40))

    def accept(self) -> None:
        """Give the answer once there is one."""
        architecture = self._choice.currentText().strip()
        if architecture:
            self.answered.emit(self._file, architecture)
            super().accept()


def _guess(file: Path) -> str:
    """Return the longest architecture that a file's name contains, or the most usual one."""
    name = file.stem.lower().replace("_", "-")
    fitting = [known for known in ARCHITECTURES if known.lower().replace("_", "-") in name]
    return max(fitting, key=len, default=ARCHITECTURES[0])


def _told(progress: ModelProgress) -> str:
    percent = progress.done_bytes * 100 // progress.total_bytes
    parts = [
        f"{percent} %",
        QCoreApplication.translate("Models", "{done} of {total}").format(
            done=file_size(progress.done_bytes), total=file_size(progress.total_bytes)
        ),
    ]
    if progress.bytes_per_second > 0:
        parts.append(f"{number(progress.bytes_per_second / _MEGA, 1)} MB/s")
        parts.append(time_left((progress.total_bytes - progress.done_bytes) / progress.bytes_per_second))
    return " · ".join(parts)


def _text(text: str, *, dim: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if dim:
        label.setProperty("look", "dim")
    return label
