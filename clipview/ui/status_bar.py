"""The quiet line at the bottom: what the library is doing, and the one thing to do about it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from clipview.core.types import CRASHED, Phase, ScanStep
from clipview.engine.messages import LibraryState, ModelProgress, ScanEnded, ScanProgress
from clipview.ui.icons import icon_pixmap
from clipview.ui.one_line import OneLine
from clipview.ui.theme import Theme
from clipview.ui.wording import file_size, number, plain, time_left

_HEIGHT_PX = 30
_MESSAGE_MS = 6000
_HURRIED_MESSAGE_MS = 2500
_BAR_PX = 120
_ICON_PX = 14
_NARROW_PX = 900
_STARTER = "built-in"


class StatusBar(QWidget):
    """The status bar.

    Signals:
        pause_toggled(bool): the scan shall pause, or go on.
        stop_requested(): the scan shall end.
        skipped_requested(): list the files that were skipped.
        models_requested(): show the search models.
    """

    pause_toggled = Signal(bool)
    stop_requested = Signal()
    skipped_requested = Signal()
    models_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAccessibleName(self.tr("Status"))
        self.setFixedHeight(_HEIGHT_PX)
        self._theme = theme
        self._paused = False
        self._step: ScanStep | None = None
        self._set_aside = 0
        self._switching = False
        self._hint = self._short_hint = ""
        self._offers_models = False
        self._tells_download = False
        self._crashed: set[Path] = set()
        self._waiting: deque[str] = deque()
        self._message_timer = QTimer(self, singleShot=True)
        self._message_timer.timeout.connect(self._on_message_over)

        self._lock = QLabel(self)
        self._offline = _dim(self.tr("Works offline"), self)
        self._offline.setToolTip(self.tr("Your photos and searches never leave this computer."))
        self._scan = OneLine(parent=self)
        self._scan.setObjectName("scanText")
        self._progress = QProgressBar(self, textVisible=False, minimum=0, maximum=0)
        self._progress.setFixedWidth(_BAR_PX)
        self._progress.setAccessibleName(self.tr("Indexing"))
        self._pause = link(self.tr("Pause"), self, "pauseButton")
        self._pause.clicked.connect(self._on_pause_clicked)
        self._stop = link(self.tr("Stop"), self, "stopButton")
        self._stop.setAccessibleName(self.tr("Stop indexing"))
        self._stop.clicked.connect(self.stop_requested)
        self._skipped = _dim("", self)
        self._skipped.setObjectName("skippedText")
        self._list = link(self.tr("List"), self, "skippedButton")
        self._list.setAccessibleName(self.tr("List the skipped files"))
        self._list.clicked.connect(self.skipped_requested)
        self._message = OneLine(parent=self)
        self._message.setObjectName("message")
        self._message.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._get = link(self.tr("Get CLIP"), self, "modelsButton")
        self._get.setAccessibleName(self.tr("Get a better search model"))
        self._get.clicked.connect(self.models_requested)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 1, 14, 0)
        layout.setSpacing(6)
        layout.addWidget(self._lock)
        layout.addWidget(self._offline)
        layout.addSpacing(10)
        layout.addWidget(self._scan)
        layout.addSpacing(4)
        layout.addWidget(self._progress)
        for widget in (self._pause, self._stop, self._skipped, self._list):
            layout.addWidget(widget)
        layout.addSpacing(10)
        layout.addWidget(self._message, 1)
        layout.addWidget(self._get)
        self.set_theme(theme)
        self._show_scan()
        self._show_message("")

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self._lock.setPixmap(icon_pixmap("lock", theme.dim_text, _ICON_PX, self.devicePixelRatioF()))
        for button in (self._pause, self._stop, self._list, self._get):
            button.setStyleSheet(link_style(theme))
        self.update()

    def add_part(self, part: QWidget) -> None:
        """Take in what something else has to tell, before the messages."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(layout.indexOf(self._message), part)

    def show_state(self, state: LibraryState) -> None:
        """Show what concerns the library as a whole: skipped files, and which model it is searched with."""
        self._set_aside = state.set_aside
        choice = next((model for model in state.models if model.name == state.model), None)
        starter = choice is not None and choice.state == _STARTER
        self._switching = state.wanted_model != state.model
        self._offers_models = starter and bool(state.photos) and not self._switching
        self._short_hint = ""
        if self._switching:
            self._hint = self.tr("New model is being built. Searching with the old one.")
            if state.searchable is not None and state.searchable < state.photos:
                self._hint = self.tr("Searching {done} of {total} photos").format(
                    done=number(state.searchable), total=number(state.photos)
                )
        elif self._offers_models:
            self._hint = self.tr("Searching with the built-in model: good with things and animals. CLIP finds far more")
            self._short_hint = self.tr("Built-in model. CLIP finds far more")
        else:
            self._hint = ""
        self._show_skipped()
        if not self._message_timer.isActive():
            self._show_message("")

    @Slot(object)
    def on_progress(self, progress: ScanProgress) -> None:
        """Show how far a scan has come."""
        self._step, self._paused = progress.step, progress.paused
        self._show_scan()

    @Slot(object)
    def on_scan_ended(self, ended: ScanEnded) -> None:
        """Put the scan away and say in one line what it did, when it did anything."""
        self._step, self._paused = None, False
        self._show_scan()
        summary = ended.summary
        if ended.failure is not None:
            self.show_message(self.tr("Indexing stopped"))
        elif summary is None:
            self.show_message(self.tr("Indexing was stopped. What it found is kept."))
        elif summary.added or summary.updated or summary.missing:
            parts = [
                self.tr("%Ln added", "", summary.added) if summary.added else "",
                self.tr("%Ln updated", "", summary.updated) if summary.updated else "",
                self.tr("%Ln missing", "", summary.missing) if summary.missing else "",
            ]
            self.show_message(self.tr("Library is up to date: {what}").format(what=", ".join(filter(None, parts))))
        if summary is not None:
            self._tell_crashes([one.path for one in summary.skipped if one.reason == CRASHED])

    @Slot(object)
    def on_model_progress(self, progress: ModelProgress) -> None:
        """Show how far a model's download has come, when nothing else needs the line."""
        if self._message_timer.isActive() and not self._tells_download:
            return
        told = self.tr("Downloading {name}: {done} of {total}")
        done, total = file_size(progress.done_bytes), file_size(progress.total_bytes)
        self._show_message(told.format(name=progress.name, done=done, total=total))
        # Like any message it goes by itself, once no more of the download is heard.
        self._tells_download = True
        self._message_timer.start(_HURRIED_MESSAGE_MS)

    def show_message(self, text: str) -> None:
        """Show a sentence for a while; several are shown one after the other."""
        text = plain(text)
        if text in self._waiting or (self._message_timer.isActive() and self._message.text() == text):
            return
        self._waiting.append(text)
        if not self._message_timer.isActive() or self._tells_download:
            self._on_message_over()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the line above the bar."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.line))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out what says least when the window is narrow."""
        super().resizeEvent(event)
        self._offline.setVisible(not self._narrow)
        self._show_scan()

    @property
    def _narrow(self) -> bool:
        return self.width() < _NARROW_PX

    @Slot()
    def _on_pause_clicked(self) -> None:
        self._paused = not self._paused
        self._show_scan()
        self.pause_toggled.emit(self._paused)

    @Slot()
    def _on_message_over(self) -> None:
        self._tells_download = False
        if not self._waiting:
            self._show_message("")
            return
        self._show_message(self._waiting.popleft())
        self._message_timer.start(_HURRIED_MESSAGE_MS if self._waiting else _MESSAGE_MS)

    def _show_message(self, text: str) -> None:
        hint = (self._short_hint or self._hint) if self._narrow else self._hint
        # A few words of a hint help nobody; a message is shown as far as it goes.
        self._message.setText(text or ("" if self._narrow and self._step is not None else hint))
        # The link belongs to the hint: beside another sentence it would seem to answer that one.
        self._get.setVisible(self._offers_models and not text)

    def _show_scan(self) -> None:
        step = self._step
        self._scan.setVisible(step is not None)
        self._pause.setVisible(step is not None)
        self._progress.setVisible(step is not None and not self._narrow)
        self._stop.setVisible(step is not None and not self._narrow)
        if not self._message_timer.isActive():
            self._show_message("")
        self._show_skipped()
        if step is None:
            return
        self._scan.setText(self._told(step))
        self._progress.setMaximum(step.total)
        self._progress.setValue(step.done)
        self._pause.setText(self.tr("Continue") if self._paused else self.tr("Pause"))
        self._pause.setAccessibleName(self.tr("Continue indexing") if self._paused else self.tr("Pause indexing"))

    def _tell_crashes(self, files: Sequence[Path]) -> None:
        """Name the files that ended their decoder, once; the list with its [Try again] is beside the message."""
        new = [file for file in files if file not in self._crashed]
        self._crashed.update(new)
        if len(new) == 1:
            self.show_message(self.tr("Indexing stopped at {file}, skipped it and went on").format(file=new[0].name))
        elif new:
            told = self.tr("Indexing stopped at %Ln files such as {file}, skipped them and went on", "", len(new))
            self.show_message(told.format(file=new[0].name))

    def _told(self, step: ScanStep) -> str:
        if self._paused:
            return self.tr("Paused at {done} of {total}").format(done=number(step.done), total=number(step.total))
        if step.phase is Phase.WALKING or not step.total:
            return self.tr("Looking for photos: {found} so far").format(found=number(step.done))
        done, total = number(step.done), number(step.total)
        if step.phase is Phase.FINISHING:
            return self.tr("Finishing {done}/{total}").format(done=done, total=total)
        if self._switching:
            parts = [self.tr("New model {percent} % built").format(percent=number(100 * step.done // step.total))]
        else:
            parts = [self.tr("Indexing {done}/{total}").format(done=done, total=total)]
        if step.photos_per_second:
            rate = number(step.photos_per_second, 0 if step.photos_per_second >= 10 else 1)
            parts.append(self.tr("{rate}/s").format(rate=rate))
        if step.seconds_left is not None:
            parts.append(time_left(step.seconds_left))
        return " · ".join(parts)

    def _show_skipped(self) -> None:
        count = max(self._set_aside, self._step.skipped if self._step is not None else 0)
        self._skipped.setText(self.tr("%Ln skipped", "", count))
        self._skipped.setVisible(count > 0)
        self._list.setVisible(count > 0)


def _dim(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", "dim")
    return label


def link(text: str, parent: QWidget, name: str) -> QPushButton:
    """Return a button that looks like a part of the sentence beside it."""
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def link_style(theme: Theme) -> str:
    """Return the style sheet of such a button."""
    return (
        f"QPushButton {{ background: transparent; border: 1px solid transparent; border-radius: 4px;"
        f" color: {theme.accent}; padding: 1px 4px; min-height: 16px; }}"
        f"QPushButton:hover {{ background: {theme.hover}; }}"
        f"QPushButton:focus {{ border-color: {theme.accent}; }}"
    )
