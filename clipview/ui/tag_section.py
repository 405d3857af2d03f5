"""A photo's tags in the info panel: each with where it comes from, tick and cross, and a field to add more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipview.core.types import PhotoTag, Source
from clipview.ui.icons import icon
from clipview.ui.theme import Theme
from clipview.ui.wording import caption, number, plain, tooltip

_SIGN_PX = 14
_ROW_PX = 24
_MOST = 40


class TagSection(QWidget):
    """The tags of one photo.

    Signals:
        confirmed(str): the photo shows this.
        rejected(str): it doesn't.
        taken_back(str): forget what was said of this tag.
        added(str): give it this tag.
        chosen(str): show all photos with this tag.
    """

    confirmed = Signal(str)
    rejected = Signal(str)
    taken_back = Signal(str)
    added = Signal(str)
    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagSection")
        self._theme = theme
        self._tags: tuple[PhotoTag, ...] = ()
        self._rows: list[QWidget] = []
        head = QLabel(self.tr("Tags"))
        head.setProperty("look", "section")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field = QLineEdit()
        self._field.setObjectName("addTag")
        self._field.setPlaceholderText(self.tr("Add tag"))
        self._field.setAccessibleName(self.tr("Add tag"))
        self._field.setMaxLength(100)
        self._field.setCompleter(completer)
        self._field.returnPressed.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 14)
        column.setSpacing(4)
        column.addWidget(head)
        column.addLayout(self._list)
        column.addWidget(self._field)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self._fill()

    def show_tags(self, tags: Sequence[PhotoTag]) -> None:
        """Show these, surest first, those that are in doubt below, and what was refused last."""
        shown = tuple(tags[:_MOST])
        if shown != self._tags:
            self._tags = shown
            self._fill()

    def show_words(self, words: Sequence[str]) -> None:
        """Complete what is typed by these names."""
        self._words.setStringList(list(words))

    def take_focus(self) -> None:
        """Let a tag be typed."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @Slot()
    def _on_typed(self) -> None:
        name = self._field.text().strip()
        self._field.clear()
        if name:
            self.added.emit(name)

    def _fill(self) -> None:
        for row in self._rows:
            # Not taken out of its parent: a row that is a window for a moment may take the keyboard from the real one.
            self._list.removeWidget(row)
            row.hide()
            row.setObjectName("")
            row.deleteLater()
        self._rows = []
        doubt = [tag for tag in self._tags if not tag.applied and tag.source is not Source.REJECTED]
        refused = [tag for tag in self._tags if tag.source is Source.REJECTED]
        for tag in (tag for tag in self._tags if tag.applied):
            self._add(self._row(tag))
        for text, tags in ((self.tr("Maybe"), doubt), (self.tr("Refused"), refused)):
            if tags:
                head = QLabel(text)
                head.setProperty("look", "dim")
                head.setContentsMargins(0, 6, 0, 2)
                self._add(head)
                for tag in tags:
                    self._add(self._row(tag))

    def _add(self, widget: QWidget) -> None:
        self._rows.append(widget)
        self._list.addWidget(widget)

    def _row(self, tag: PhotoTag) -> QWidget:
        row = QWidget()
        row.setObjectName(f"tag {tag.name}")
        row.setFixedHeight(_ROW_PX)
        name = QPushButton()
        name.setProperty("look", "quiet")
        name.setStyleSheet("QPushButton { text-align: left; padding: 0 4px; min-height: 18px; }")
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        name.setText(caption(tag.name))
        name.setToolTip(tooltip(tag.name))
        name.setAccessibleName(self.tr("Show photos with {tag}").format(tag=plain(tag.name)))
        name.clicked.connect(partial(self.chosen.emit, tag.name))
        source = QLabel(self._source(tag))
        source.setObjectName("tagSource")
        source.setProperty("look", "dim")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(name, 1)
        line.addWidget(source)
        line.addSpacing(4)
        if tag.source is Source.AUTOMATIC:
            line.addWidget(self._button("check", "confirmTag", self.tr("Confirm {tag}"), tag.name, self.confirmed))
        if tag.source is Source.REJECTED:
            line.addWidget(self._button("back", "takeBackTag", self.tr("Allow {tag} again"), tag.name, self.taken_back))
        else:
            line.addWidget(self._button("close", "rejectTag", self.tr("Not {tag}"), tag.name, self.rejected))
        return row

    def _button(self, sign: str, name: str, says: str, tag: str, signal: SignalInstance) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setProperty("look", "quiet")
        button.setIcon(icon(sign, self._theme.text, _SIGN_PX))
        button.setIconSize(QSize(_SIGN_PX, _SIGN_PX))
        button.setStyleSheet("QToolButton { padding: 2px; min-height: 16px; }")
        button.setAccessibleName(says.format(tag=plain(tag)))
        button.setToolTip(tooltip(button.accessibleName()))
        button.clicked.connect(partial(signal.emit, tag))
        return button

    def _source(self, tag: PhotoTag) -> str:
        return {
            Source.AUTOMATIC: self.tr("{percent} %").format(percent=number(tag.confidence * 100)),
            Source.CONFIRMED: self.tr("confirmed"),
            Source.REJECTED: self.tr("not this"),
            Source.TYPED: self.tr("by hand"),
            Source.FILE: self.tr("in the file"),
        }[tag.source]
