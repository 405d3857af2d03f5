"""All doubtful photos of one tag at once: ticked ones show it, crossed ones don't, and one button answers them all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from clipview.engine.messages.tags import Pair
from clipview.ui.page_head import page_title
from clipview.ui.review_parts import CARD_PX, ChoiceCard
from clipview.ui.theme import CELL_RADIUS_PX, Theme
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.wording import number, plain

_MOST = 60
_GAP_PX = 6
_EDGE_PX = 16
_SCROLL_BAR_PX = 12
_LIMIT_BYTES = 16 << 20


class ReviewGroup(QWidget):
    """The photos of one tag.

    Signals:
        answered(str, tuple, tuple): of this tag, the photos that show it, and those that don't.
    """

    answered = Signal(str, object, object)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewGroup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._tag = ""
        self._pairs: tuple[Pair, ...] = ()
        self._cards: list[ChoiceCard] = []
        self._columns = 1
        ratio = self.devicePixelRatioF()
        width, height = (round(side * ratio) for side in CARD_PX)
        shape = CellShape(width, height, round(CELL_RADIUS_PX * ratio), ratio)
        self._source = thumbnails.beside(shape, limit_bytes=_LIMIT_BYTES)
        self._source.arrived.connect(self._on_arrived)
        self._question = page_title()
        self._question.setObjectName("groupQuestion")
        self._question.setTextFormat(Qt.TextFormat.PlainText)
        hint = QLabel(self.tr("Click what doesn't."))
        hint.setProperty("look", "dim")
        self._answer, self._yes, self._no = QPushButton(), QPushButton(), QPushButton()
        self._answer.setObjectName("groupAnswer")
        self._answer.setProperty("look", "primary")
        self._answer.clicked.connect(self.answer)
        self._yes.setText(self.tr("All yes (Y)"))
        self._yes.setObjectName("groupYes")
        self._yes.clicked.connect(self.answer_all_yes)
        self._no.setText(self.tr("All no (N)"))
        self._no.setObjectName("groupNo")
        self._no.clicked.connect(self.answer_all_no)
        for button in (self._answer, self._yes, self._no):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cards = QWidget()
        cards.setObjectName("reviewCards")
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP_PX)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(self._grid)
        line.addStretch(1)
        inner = QVBoxLayout(cards)
        inner.setContentsMargins(_EDGE_PX, 4, 0, 8)
        inner.addLayout(line)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(cards)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE_PX, 12, _EDGE_PX, 6)
        head.setSpacing(8)
        head.addWidget(self._question)
        head.addWidget(hint)
        head.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(_EDGE_PX, 4, _EDGE_PX, 12)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._answer, self._yes, self._no):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addLayout(buttons)

    @property
    def cards(self) -> Sequence[ChoiceCard]:
        """The photos, surest first."""
        return self._cards

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        pairs, self._pairs = self._pairs, ()
        self.show_group(self._tag, pairs)

    def show_group(self, tag: str, pairs: Sequence[Pair]) -> None:
        """Ask about these photos; what was crossed out before stays so."""
        shown = tuple(pairs[:_MOST])
        if (tag, {pair.photo_id for pair in shown}) == (self._tag, {pair.photo_id for pair in self._pairs}):
            return
        crossed = {card.photo_id for card in self._cards if not card.isChecked()} if tag == self._tag else set()
        self._tag, self._pairs = tag, shown
        self._question.setText(self.tr("Which of these show {tag}?").format(tag=plain(tag)))
        for card in self._cards:
            # Not taken out of its parent: as a window of its own it may take the keyboard from the real one.
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [ChoiceCard(pair.photo_id, self._theme) for pair in shown]
        for card, pair in zip(self._cards, shown, strict=True):
            card.setChecked(pair.photo_id not in crossed)
            card.setToolTip(self.tr("{percent} % sure").format(percent=number(pair.confidence * 100)))
            card.toggled.connect(self._show_counts)
        self._arrange()
        self._source.want([pair.photo_id for pair in shown])
        self._on_arrived(())
        self._show_counts()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Use the room."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def answer(self) -> None:
        """Answer as the photos are ticked and crossed."""
        yes = tuple(card.photo_id for card in self._cards if card.isChecked())
        no = tuple(card.photo_id for card in self._cards if not card.isChecked())
        self._say(yes, no)

    @Slot()
    def answer_all_yes(self) -> None:
        """All of these show it."""
        self._say(tuple(card.photo_id for card in self._cards), ())

    @Slot()
    def answer_all_no(self) -> None:
        """None of these does."""
        self._say((), tuple(card.photo_id for card in self._cards))

    def _say(self, yes: tuple[int, ...], no: tuple[int, ...]) -> None:
        if yes or no:
            self.answered.emit(self._tag, yes, no)

    @Slot()
    def _show_counts(self) -> None:
        yes = sum(card.isChecked() for card in self._cards)
        self._answer.setText(
            self.tr("{yes} yes, {no} no (Enter)").format(yes=number(yes), no=number(len(self._cards) - yes))
        )

    @Slot(object)
    def _on_arrived(self, photo_ids: tuple[int, ...]) -> None:  # noqa: ARG002
        for card in self._cards:
            pixmap = self._source.pixmap(card.photo_id)
            if pixmap is not None:
                card.show_picture(pixmap)

    def _arrange(self) -> None:
        room = self.width() - 2 * _EDGE_PX - _SCROLL_BAR_PX
        columns = max(1, (room + _GAP_PX) // (CARD_PX[0] + _GAP_PX))
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
