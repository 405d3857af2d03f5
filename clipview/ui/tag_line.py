"""The precision slider of one tag: how sure the model must be, what that gives, and what lies next to the line."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from clipview.engine.messages.tags import TagConfidences
from clipview.ui.lazy_numpy import np
from clipview.ui.review_parts import Strip
from clipview.ui.theme import Theme
from clipview.ui.thumbnails import ThumbnailSource
from clipview.ui.wording import number, plain

_LEAST, _MOST = 5, 99
_ABOVE = 3
_NEAR = 8


class TagLine(QWidget):
    """The slider with what it would do; nothing is changed before it is let go.

    Signals:
        line_chosen(str, object): apply this tag from this confidence on, 0 to 1; None for the usual one.
    """

    line_chosen = Signal(str, object)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagLine")
        self._known: TagConfidences | None = None
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("precisionSlider")
        self._slider.setRange(_LEAST, _MOST)
        self._slider.valueChanged.connect(self._on_moved)
        self._slider.sliderReleased.connect(self._on_settled)
        self._slider.actionTriggered.connect(self._on_stepped)
        self._head, self._told = QLabel(), QLabel()
        self._head.setObjectName("lineHead")
        self._told.setObjectName("lineText")
        for label in (self._head, self._told):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setProperty("look", "dim")
        self._told.setWordWrap(True)
        self._usual = QPushButton(self.tr("Usual"))
        self._usual.setObjectName("usualLine")
        self._usual.setProperty("look", "quiet")
        self._usual.setAccessibleName(self.tr("Apply this tag as strictly as others"))
        self._usual.clicked.connect(self._on_usual)
        self._near = Strip(thumbnails, theme)
        self._near.setObjectName("nearLine")
        self._near.setAccessibleName(self.tr("Photos next to the line"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._head)
        row.addWidget(self._slider, 1)
        row.addWidget(self._usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self._near)

    @property
    def says(self) -> str:
        """What the slider would do."""
        return self._told.text()

    @property
    def near(self) -> tuple[int, ...]:
        """The photos next to the line: first the last ones that get the tag, then those that just don't."""
        return self._near.photo_ids

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._near.set_theme(theme)

    def wait_for(self, tag: str) -> None:
        """Show that a tag's line is on its way, unless it is there."""
        if self._known is None or self._known.name != tag:
            self._known = None
            self._head.setText(self.tr("Precision of {tag}").format(tag=plain(tag)))
            self._told.setText(self.tr("Looking how sure the model is..."))
            self._near.show_photos(())
            self._slider.setEnabled(False)
            self._usual.setEnabled(False)

    def show_tag(self, known: TagConfidences) -> None:
        """Show a tag's line."""
        dragging = self._slider.isSliderDown() and self._known is not None and self._known.name == known.name
        self._known = known
        self._slider.setEnabled(True)
        self._slider.setAccessibleName(self.tr("How sure to be of {tag}").format(tag=plain(known.name)))
        if not dragging:
            with QSignalBlocker(self._slider):
                self._slider.setValue(round(known.line * 100))
        self._usual.setEnabled(abs(known.line - known.usual_line) > 1e-9)
        self._on_moved()

    @Slot()
    def _on_moved(self) -> None:
        known = self._known
        if known is None:
            return
        line = self._slider.value() / 100
        self._head.setText(
            self.tr("Apply {tag} from {percent} % on").format(tag=plain(known.name), percent=number(line * 100))
        )
        count = int(np.count_nonzero(known.confidence >= line))
        accepted = known.confidence[:count]
        if count:
            right = number(float(accepted.mean()) * 100)
            told = self.tr("%Ln photos get it by themselves, about {percent} % of them rightly.", "", count)
            told = told.format(percent=right)
        else:
            told = self.tr("No photo gets it by itself.")
        self._told.setText(told)
        start = max(0, count - _ABOVE)
        near = known.photo_ids[start : start + _NEAR].tolist()
        self._near.show_photos(near, mark_after=count - start)

    @Slot()
    def _on_settled(self) -> None:
        known, line = self._known, self._slider.value() / 100
        if known is not None and abs(line - known.line) > 1e-9:
            self.line_chosen.emit(known.name, line)

    @Slot()
    def _on_stepped(self) -> None:
        if not self._slider.isSliderDown():
            self._slider.setValue(self._slider.sliderPosition())
            self._on_settled()

    @Slot()
    def _on_usual(self) -> None:
        if self._known is not None:
            self.line_chosen.emit(self._known.name, None)
