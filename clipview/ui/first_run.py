"""What a library without folders shows: a promise, and three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from clipview.engine.messages import LibraryState
from clipview.ui.icons import icon, icon_pixmap
from clipview.ui.theme import Theme
from clipview.ui.wording import file_size

_WIDEST_PX = 520
_ICON_PX = 56
_TITLE_PX = 22


class FirstRunPage(QScrollArea):
    """The page of an empty library.

    Signals:
        add_folder_requested(): choose a folder.
        pictures_requested(): cover the user's own pictures folder.
        samples_requested(): try it with the sample photos.
        models_requested(): show the search models.
    """

    add_folder_requested = Signal()
    pictures_requested = Signal()
    samples_requested = Signal()
    models_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("firstRun")
        self.setAccessibleName(self.tr("Welcome"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._drawing = QLabel()
        self._drawing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = _text(self.tr("Find photos by describing them"))
        title.setStyleSheet(f"font-size: {_TITLE_PX}px; font-weight: 600;")
        promise = _text(self.tr("Choose folders with photos. They are never moved, changed or uploaded."))
        self._add = QPushButton(self.tr("Add folder"))
        self._add.setProperty("look", "primary")
        self._add.setAccessibleName(self.tr("Add a folder with photos"))
        self._add.clicked.connect(self.add_folder_requested)
        self._pictures = QPushButton(self.tr("Pictures"))
        self._pictures.setAccessibleName(self.tr("Use my pictures folder"))
        self._pictures.clicked.connect(self.pictures_requested)
        self._samples = QPushButton(self.tr("Try with samples"))
        self._samples.clicked.connect(self.samples_requested)
        hint = _text(self.tr("Or drop a folder anywhere in this window."), dim=True)
        self._model = _text("", dim=True)
        self._model.setObjectName("modelLine")
        self._choose = QPushButton(self.tr("Choose a model"))
        self._choose.setProperty("look", "quiet")
        self._choose.setAccessibleName(self.tr("Choose a search model"))
        self._choose.clicked.connect(self.models_requested)

        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._add, self._pictures, self._samples):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(4)
        for widget, space_px in ((self._drawing, 20), (title, 8), (promise, 24)):
            column.addWidget(widget)
            column.addSpacing(space_px)
        column.addLayout(buttons)
        column.addSpacing(16)
        column.addWidget(hint)
        column.addStretch(3)
        column.addWidget(self._model)
        column.addSpacing(4)
        column.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignHCenter)
        page = QWidget()
        page.setMaximumWidth(_WIDEST_PX)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        page.setLayout(column)
        ground = QWidget()
        ground.setObjectName("firstRunGround")
        centred = QHBoxLayout(ground)
        centred.setContentsMargins(24, 24, 24, 20)
        centred.addWidget(page)
        self.setWidget(ground)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self.setStyleSheet(f"#firstRun, #firstRunGround {{ background: {theme.background}; }}")
        self._drawing.setPixmap(icon_pixmap("photos", theme.accent, _ICON_PX, self.devicePixelRatioF()))
        self._add.setIcon(icon("plus", theme.on_accent, 14))
        self._pictures.setIcon(icon("folder", theme.text, 16))
        self._samples.setIcon(icon("play", theme.text, 14))
        for button in (self._add, self._pictures, self._samples):
            button.setIconSize(QSize(16, 16))

    def show_state(self, state: LibraryState) -> None:
        """Say which search model is ready, and what a better one costs."""
        chosen = next((model for model in state.models if model.name == state.model), None)
        better = next((model for model in state.models if model.state == "not downloaded"), None)
        if chosen is None or chosen.state != "built-in":
            self._model.setText(self.tr("Ready to search with {model}.").format(model=state.model))
        elif better is None:
            self._model.setText(self.tr("The built-in search model is ready: good with things and animals."))
        else:
            self._model.setText(
                self.tr(
                    "The built-in search model is ready: good with things and animals. "
                    "CLIP finds far more, and is a download of {size}."
                ).format(size=file_size(better.download_bytes))
            )


def _text(text: str, *, dim: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setWordWrap(True)
    if dim:
        label.setProperty("look", "dim")
    return label
