"""The search field: plain words with chips around them, as one line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from clipview.core.query_syntax import Key, Part, take_parts
from clipview.ui.box_picker import cut
from clipview.ui.chips import Chip
from clipview.ui.icons import icon, icon_pixmap
from clipview.ui.marks_chip import MarksChip
from clipview.ui.part_chips import PartChips
from clipview.ui.query_words import Air, Words
from clipview.ui.question import Picture, Question
from clipview.ui.theme import Theme

BAR_PX = 40
_RADIUS_PX = 9
_GLOW_PX = 3
_ICON_PX = 16
_NAMED_PICTURES = 2
_NARROW_PX = 460
_BUTTONS_PX = 130
"""What glass, date, clear and image buttons take."""


class QueryBar(QWidget):
    """What is asked, to see and to change.

    Signals:
        changed(): the user asks something else; see `question`.
        files_typed(list[Path]): image files to search by too, named in the text.
        part_wanted(Picture): search by a part of this picture only.
        unmark_wanted(): take the marks off all photos.
        image_wanted(): choose an image file to search by.
        pasted(QMimeData): something other than text was pasted.
        results_wanted(): the keyboard goes on to the photos (Enter, Down).
    """

    changed = Signal()
    files_typed = Signal(object)
    part_wanted = Signal(object)
    unmark_wanted = Signal()
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
        self._marks = MarksChip(theme, self)
        self._behind = PartChips(theme, self)
        self._targeted = False
        self._glass = QLabel(self)
        self._edit = Words(self)
        self._edit.textEdited.connect(self._on_edited)
        self._edit.pasted.connect(self.pasted)
        self._edit.left_at_start.connect(self._on_left_at_start)
        self._edit.left_at_end.connect(self._on_left_at_end)
        self._edit.erased_at_start.connect(self._on_erased_at_start)
        self._edit.erased_at_end.connect(self._on_erased_at_end)
        self._edit.results_wanted.connect(self.results_wanted)
        self._marks.removed.connect(self.unmark_wanted)
        self._marks.stepped.connect(self._on_stepped)
        self._behind.changed.connect(self._on_parts_changed)
        self._behind.edit_wanted.connect(self._on_edit_wanted)
        self._behind.unwrapped.connect(self._on_unwrapped)
        self._behind.stepped.connect(self._on_part_stepped)
        self._edit.takes_back = False
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
        self._air = Air(self._edit)
        for widget in (
            self._glass,
            self._edit,
            self._marks,
            self._behind,
            self._air,
            self._date,
            self._clear,
            self._add,
        ):
            self._line.addWidget(widget)
        self.setFocusProxy(self._edit)
        self.set_theme(theme)
        self._arrange()

    @property
    def question(self) -> Question:
        """What is asked now."""
        return replace(
            self._base,
            text=self._edit.text(),
            parts=self._behind.parts,
            pictures=tuple(replace(picture, weight=chip.weight) for picture, chip in self._pictures),
        )

    @property
    def edit(self) -> QLineEdit:
        """The field for words."""
        return self._edit

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips from left to right."""
        marks = (self._marks,) if self._base.marked else ()
        return (*(chip for _, chip in self._pictures), *marks, *self._behind.chips)

    def show_question(self, question: Question) -> None:
        """Show this question, without saying that it changed."""
        for _, chip in self._pictures:
            chip.leave(self._line)
        self._base = question
        self._edit.takes_back = False
        self._pictures = [(picture, self._picture_chip(picture)) for picture in question.pictures]
        self._marks.show_marks(question.more, question.less)
        self._behind.show_parts(question.parts)
        if self._edit.text() != question.text:
            self._edit.setText(question.text)
        self._arrange()

    def change_parts(self, parts: tuple[Part, ...]) -> None:
        """Ask with these parts instead, as if the user had typed them; what is still being typed becomes words."""
        self._edit.setText(self.question.words)
        self._behind.show_parts(parts)
        self._edit.takes_back = False
        self._arrange()
        self.changed.emit()

    def complete(self, start: int, end: int, text: str) -> None:
        """Put a finished part in the place of one that is being typed; it becomes a chip."""
        before = self._edit.text()
        self._edit.setText(f"{before[:start]}{text} {before[end:].lstrip()}")
        self._edit.setCursorPosition(start + len(text) + 1)
        self._on_edited()

    @property
    def marks_told(self) -> str:
        """How many photos are marked, in words; empty without marks."""
        return self._marks.told

    def set_marks_actions(self, actions: Sequence[QAction]) -> None:
        """Offer these in the menu of the chip that stands for marked photos."""
        self._marks.set_actions(actions)

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
        for _, chip in self._pictures:
            chip.set_theme(theme)
        self._behind.set_theme(theme)
        self._marks.set_theme(theme)
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
        """Turn finished minus words and filters into chips as they are typed."""
        text, parts = take_parts(self._edit.text(), finished_only=True)
        self._edit.takes_back = bool(parts)
        if parts:
            cursor = len(take_parts(self._edit.text()[: self._edit.cursorPosition()], finished_only=True)[0])
            self._edit.setText(text)
            self._edit.setCursorPosition(cursor)
            files = [Path(part.value).expanduser() for part in parts if part.key is Key.IMAGE]
            chips = (*self._behind.parts, *(part for part in parts if part.key is not Key.IMAGE))
            # Said twice is not meant twice.
            self._behind.show_parts(tuple(dict.fromkeys(chips)))
            if files:
                self.files_typed.emit(files)
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
        if behind := self.chips[len(self._pictures) :]:
            behind[0].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_erased_at_start(self) -> None:
        if self._pictures and (self._edit.text() or not self._behind.parts):
            self._remove(self._pictures[-1][1])
        elif (part := self._behind.take_last()) is not None:
            self._on_edit_wanted(part)
        elif self._base.marked:
            self.unmark_wanted.emit()

    @Slot()
    def _on_erased_at_end(self) -> None:
        """Right after a chip was made, Backspace takes that back."""
        if (part := self._behind.take_last()) is not None:
            self._on_edit_wanted(part)

    @Slot(object)
    def _on_edit_wanted(self, part: Part) -> None:
        self._put_behind(part.written())

    @Slot(str)
    def _on_unwrapped(self, word: str) -> None:
        self._put_behind(word)

    def _put_behind(self, text: str) -> None:
        """Put words behind those that are there, ready to be changed."""
        self._edit.setText(f"{self._edit.text().rstrip()} {text}".strip())
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_parts_changed()

    @Slot()
    def _on_parts_changed(self) -> None:
        self._edit.takes_back = False
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
        self.changed.emit()

    @Slot()
    def _on_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self._remove(chip)

    @Slot()
    def _on_weight_changed(self) -> None:
        self._arrange()
        self.changed.emit()

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        self._on_part_stepped(self.sender(), by)

    @Slot(object, int)
    def _on_part_stepped(self, chip: object, by: int) -> None:
        around: list[QWidget] = [one for one in self.chips if not one.isHidden()]
        around.insert(len(self._pictures), self._edit)
        if chip in around:
            target = around[max(0, min(len(around) - 1, around.index(chip) + by))]
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, chip: Chip) -> None:
        had_focus = chip.hasFocus()
        self._pictures = [(picture, other) for picture, other in self._pictures if other is not chip]
        chip.leave(self._line)
        if had_focus:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
        self.changed.emit()

    # How it is laid out.

    def _picture_chip(self, picture: Picture) -> Chip:
        preview = cut(QImage.fromData(picture.preview_jpeg), picture.box)
        chip = Chip(picture.name, picture.weight, self._theme, preview=preview, parent=self)
        chip.part_wanted.connect(partial(self.part_wanted.emit, picture))
        return self._connected(chip)

    def _connected(self, chip: Chip) -> Chip:
        chip.removed.connect(self._on_removed)
        chip.weight_changed.connect(self._on_weight_changed)
        chip.stepped.connect(self._on_stepped)
        return chip

    def _arrange(self) -> None:
        for place, (_, chip) in enumerate(self._pictures, start=1):
            self._line.removeWidget(chip)
            self._line.insertWidget(place, chip)
            chip.show()
        order: list[QWidget] = [*self.chips, self._clear]
        order.insert(len(self._pictures), self._edit)
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)
        if self.chips:
            self._edit.setPlaceholderText(self.tr("Add words"))
        else:
            self._edit.setPlaceholderText(self.tr("Describe a photo, or drop an image here"))
        self._clear.setVisible(self.question.searches)
        self._fit()

    def _fit(self) -> None:
        """The chips stand right behind the words, so the field for words is only as wide as they are."""
        narrow = self.width() < _NARROW_PX
        for _, chip in self._pictures:
            chip.set_named(len(self._pictures) <= _NAMED_PICTURES and not narrow)
        behind = bool(self._behind.parts or self._base.marked)
        wanted = 16_777_215
        if behind:
            text = self._edit.text() or self._edit.placeholderText()
            wanted = max(QFontMetrics(self._edit.font()).horizontalAdvance(text) + 14, 40)
            before = len(self._pictures) + self._base.marked
            taken = sum(chip.sizeHint().width() + 6 for chip in self.chips[:before])
            self._behind.set_room(self.width() - taken - min(wanted, self.width() // 3) - _BUTTONS_PX)
        self._edit.setMaximumWidth(wanted)
        self._air.setVisible(behind)


def _button(parent: QWidget, name: str, says: str) -> QToolButton:
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setProperty("look", "quiet")
    button.setToolTip(says)
    button.setAccessibleName(says)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
