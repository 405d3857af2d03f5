"""The line for plain words in the search field: which keys are its own, and which belong to the chips around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from clipview.ui.theme import QUERY_PX

LONGEST_TEXT = 10_000


class Words(QLineEdit):
    """The line for words; it hands on what belongs to the chips around it.

    Signals:
        pasted(QMimeData), results_wanted(): see `QueryBar`.
        left_at_start(), left_at_end(): the arrow keys leave the line.
        erased_at_start(): Backspace with nothing before it.
        erased_at_end(): Backspace with nothing behind it, instead of erasing, when `takes_back` says so.
        focused(): the keyboard came or went.
    """

    pasted = Signal(QMimeData)
    results_wanted = Signal()
    left_at_start = Signal()
    left_at_end = Signal()
    erased_at_start = Signal()
    erased_at_end = Signal()
    focused = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("queryText")
        self.setAccessibleName(self.tr("Describe the photos you look for"))
        self.setProperty("look", "query")
        font = self.font()
        font.setPixelSize(QUERY_PX)
        self.setFont(font)
        self.setMaxLength(LONGEST_TEXT)
        self.setMinimumWidth(60)
        self.takes_back = False
        # What is dropped goes to the window, which shows where it may fall.
        self.setAcceptDrops(False)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a width that lets the line have all the room there is."""
        return QSize(600, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Hand on the keys that leave the line, and what isn't text in a paste."""
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        at_end = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            copied = QGuiApplication.clipboard().mimeData()
            if copied.hasImage() or copied.hasUrls():
                self.pasted.emit(copied)
                return
        if not plain_key:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Left and at_start:
            self.left_at_start.emit()
        elif event.key() == Qt.Key.Key_Right and at_end:
            self.left_at_end.emit()
        elif event.key() == Qt.Key.Key_Backspace and at_start:
            self.erased_at_start.emit()
        elif event.key() == Qt.Key.Key_Backspace and at_end and self.takes_back:
            self.erased_at_end.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.results_wanted.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell the bar when the keyboard comes or goes: it paints the ring."""
        done = super().event(event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.focused.emit()
        return done


class Air(QWidget):
    """The empty rest of the line; a click there is meant for the words."""

    def __init__(self, words: QLineEdit) -> None:
        super().__init__(words.parentWidget())
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802
        """Put the keyboard behind the last word."""
        self._words.setFocus(Qt.FocusReason.MouseFocusReason)
        self._words.end(False)  # noqa: FBT003 - takes no keywords
