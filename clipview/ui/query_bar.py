"""The search field: plain words with chips around them, as one line."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from clipview.ui.chips import Chip
from clipview.ui.icons import icon, icon_pixmap
from clipview.ui.question import Picture, Question, take_unwanted
from clipview.ui.theme import QUERY_PX, Theme

BAR_PX = 40
_RADIUS_PX = 9
_GLOW_PX = 3
_ICON_PX = 16
_LONGEST_TEXT = 10_000
_NAMED_PICTURES = 2
_NARROW_PX = 460


class QueryBar(QWidget):
    """What is asked, to see and to change.

    Signals:
        changed(): the user asks something else; see `question`.
        image_wanted(): choose an image file to search by.
        pasted(QMimeData): something other than text was pasted.
        results_wanted(): the keyboard goes on to the photos (Enter, Down).
    """

    changed = Signal()
    image_wanted = Signal()
    pasted = Signal(QMimeData)
    results_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queryBar")
        self.setAccessibleName(self.tr("Search"))
        self.setFixedHeight(BAR_PX + 2 * _GLOW_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._base = Question()
        self._pictures: list[tuple[Picture, Chip]] = []
        self._unwanted: list[Chip] = []
        self._targeted = False
        self._glass = QLabel(self)
        self._edit = _Words(self)
        self._edit.textEdited.connect(self._on_edited)
        self._edit.pasted.connect(self.pasted)
        self._edit.left_at_start.connect(self._on_left_at_start)
        self._edit.left_at_end.connect(self._on_left_at_end)
        self._edit.erased_at_start.connect(self._on_erased_at_start)
        self._edit.results_wanted.connect(self.results_wanted)
        self._edit.focused.connect(self.update)
        self._date = QLabel(self)
        self._date.setTextFormat(Qt.TextFormat.PlainText)
        self._date.setProperty("look", "dim")
        self._date.hide()
        self._add = _button(self, "addImage", self.tr("Search with an image file"))
        self._add.clicked.connect(self.image_wanted)
        self._clear = _button(self, "clearSearch", self.tr("Clear the search"))
        self._clear.clicked.connect(self._on_clear)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(_GLOW_PX + 11, _GLOW_PX, _GLOW_PX + 5, _GLOW_PX)
        self._line.setSpacing(6)
        self._air = _Air(self._edit)
        for widget in (self._glass, self._edit, self._air, self._date, self._clear, self._add):
            self._line.addWidget(widget)
        self.setFocusProxy(self._edit)
        self.set_theme(theme)
        self._arrange()

    @property
    def question(self) -> Question:
        """What is asked now."""
        return Question(
            self._edit.text(),
            tuple(chip.text_shown for chip in self._unwanted),
            tuple(_weighted(picture, chip.weight) for picture, chip in self._pictures),
            self._base.place,
            self._base.folder,
        )

    @property
    def edit(self) -> QLineEdit:
        """The field for words."""
        return self._edit

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips from left to right."""
        return (*(chip for _, chip in self._pictures), *self._unwanted)

    def show_question(self, question: Question) -> None:
        """Show this question, without saying that it changed."""
        for chip in self.chips:
            self._drop(chip)
        self._base = question
        self._pictures = [(picture, self._picture_chip(picture)) for picture in question.pictures]
        self._unwanted = [self._word_chip(word) for word in question.unwanted]
        if self._edit.text() != question.text:
            self._edit.setText(question.text)
        self._arrange()

    def set_date_words(self, words: str | None) -> None:
        """Show which part of the text was read as a date."""
        self._date.setText(words or "")
        self._date.setVisible(bool(words))

    def set_targeted(self, *, targeted: bool) -> None:
        """Show that what is being dragged may be dropped here."""
        if targeted != self._targeted:
            self._targeted = targeted
            self.update()

    def take_focus(self) -> None:
        """Put the keyboard into the field, with its words selected."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self._glass.setPixmap(icon_pixmap("search", theme.dim_text, _ICON_PX, self.devicePixelRatioF()))
        self._add.setIcon(icon("image-plus", theme.dim_text))
        self._clear.setIcon(icon("close", theme.dim_text, _ICON_PX))
        for chip in self.chips:
            chip.set_theme(theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the field's ground, with a glow when it has the keyboard."""
        theme, lit = self._theme, self._targeted or self._edit.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(self.rect()).adjusted(_GLOW_PX, _GLOW_PX, -_GLOW_PX, -_GLOW_PX)
        if lit:
            glow = QColor(theme.accent)
            glow.setAlpha(56)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(glow)
            painter.drawRoundedRect(QRectF(self.rect()), _RADIUS_PX + _GLOW_PX, _RADIUS_PX + _GLOW_PX)
        painter.setPen(QPen(QColor(theme.accent if lit else theme.line), 1))
        painter.setBrush(QColor(theme.accent_ground if self._targeted else theme.field))
        painter.drawRoundedRect(field.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS_PX, _RADIUS_PX)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take the keyboard from anywhere in the field."""
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the chips into the room there is."""
        super().resizeEvent(event)
        self._fit()

    # What the user does.

    @Slot()
    def _on_edited(self) -> None:
        """Turn finished minus words into chips as they are typed."""
        text, unwanted = take_unwanted(self._edit.text(), finished_only=True)
        if unwanted:
            cursor = len(take_unwanted(self._edit.text()[: self._edit.cursorPosition()], finished_only=True)[0])
            self._edit.setText(text)
            self._edit.setCursorPosition(cursor)
            self._unwanted += [self._word_chip(word) for word in unwanted]
        self._arrange()
        self.changed.emit()

    @Slot()
    def _on_clear(self) -> None:
        self.show_question(Question(place=self._base.place, folder=self._base.folder))
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _on_left_at_start(self) -> None:
        if self._pictures:
            self._pictures[-1][1].setFocus(Qt.FocusReason.BacktabFocusReason)

    @Slot()
    def _on_left_at_end(self) -> None:
        if self._unwanted:
            self._unwanted[0].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_erased_at_start(self) -> None:
        if self._pictures:
            self._remove(self._pictures[-1][1])
        elif self._unwanted:
            self._remove(self._unwanted[-1])

    @Slot()
    def _on_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self._remove(chip)

    @Slot()
    def _on_weight_changed(self) -> None:
        chip = self.sender()
        if chip in self._unwanted and isinstance(chip, Chip) and chip.weight > 0:
            # A word that is wanted after all is plain text again.
            word = chip.text_shown
            self._unwanted.remove(chip)
            self._drop(chip)
            self._edit.setText(f"{self._edit.text().rstrip()} {word}".strip())
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
        self.changed.emit()

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        around: list[QWidget] = [chip for _, chip in self._pictures]
        around += [self._edit, *self._unwanted]
        chip = self.sender()
        if isinstance(chip, QWidget) and chip in around:
            target = around[max(0, min(len(around) - 1, around.index(chip) + by))]
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, chip: Chip) -> None:
        had_focus = chip.hasFocus()
        self._pictures = [(picture, other) for picture, other in self._pictures if other is not chip]
        self._unwanted = [other for other in self._unwanted if other is not chip]
        self._drop(chip)
        if had_focus:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
        self.changed.emit()

    # How it is laid out.

    def _picture_chip(self, picture: Picture) -> Chip:
        return self._connected(
            Chip(picture.name, picture.weight, self._theme, preview=QImage.fromData(picture.preview_jpeg), parent=self)
        )

    def _word_chip(self, word: str) -> Chip:
        return self._connected(Chip(word, -1.0, self._theme, parent=self))

    def _connected(self, chip: Chip) -> Chip:
        chip.removed.connect(self._on_removed)
        chip.weight_changed.connect(self._on_weight_changed)
        chip.stepped.connect(self._on_stepped)
        return chip

    def _drop(self, chip: Chip) -> None:
        self._line.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _arrange(self) -> None:
        for chip in self.chips:
            self._line.removeWidget(chip)
        for place, (_, chip) in enumerate(self._pictures, start=1):
            self._line.insertWidget(place, chip)
            chip.show()
        after = self._line.indexOf(self._edit) + 1
        for place, chip in enumerate(self._unwanted, start=after):
            self._line.insertWidget(place, chip)
            chip.show()
        order: list[QWidget] = [*(chip for _, chip in self._pictures), self._edit, *self._unwanted, self._clear]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)
        if self._pictures:
            self._edit.setPlaceholderText(self.tr("Add words"))
        else:
            self._edit.setPlaceholderText(self.tr("Describe a photo, or drop an image here"))
        self._clear.setVisible(self.question.searches)
        self._fit()

    def _fit(self) -> None:
        """Minus chips stand right behind the words, so the field for words is only as wide as they are."""
        narrow = self.width() < _NARROW_PX
        for _, chip in self._pictures:
            chip.set_named(len(self._pictures) <= _NAMED_PICTURES and not narrow)
        if self._unwanted:
            text = self._edit.text() or self._edit.placeholderText()
            wanted = QFontMetrics(self._edit.font()).horizontalAdvance(text) + 14
            self._edit.setMaximumWidth(max(wanted, 40))
        else:
            self._edit.setMaximumWidth(16_777_215)
        self._air.setVisible(bool(self._unwanted))


class _Words(QLineEdit):
    """The line for words; it hands on what belongs to the chips around it.

    Signals:
        pasted(QMimeData), results_wanted(): see `QueryBar`.
        left_at_start(), left_at_end(): the arrow keys leave the line.
        erased_at_start(): Backspace with nothing before it.
        focused(): the keyboard came or went.
    """

    pasted = Signal(QMimeData)
    results_wanted = Signal()
    left_at_start = Signal()
    left_at_end = Signal()
    erased_at_start = Signal()
    focused = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("queryText")
        self.setAccessibleName(self.tr("Describe the photos you look for"))
        self.setProperty("look", "query")
        font = self.font()
        font.setPixelSize(QUERY_PX)
        self.setFont(font)
        self.setMaxLength(_LONGEST_TEXT)
        self.setMinimumWidth(60)
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


class _Air(QWidget):
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


def _button(parent: QWidget, name: str, says: str) -> QToolButton:
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setProperty("look", "quiet")
    button.setToolTip(says)
    button.setAccessibleName(says)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _weighted(picture: Picture, weight: float) -> Picture:
    return Picture(picture.path, picture.name, picture.preview_jpeg, weight)
