"""The review desk: one doubtful tag after the other, or all photos of one tag at once, answered with a key each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipview.engine.messages.tags import Pair, ReviewList, TagConfidences, TagExplained, TagList
from clipview.ui.icons import icon
from clipview.ui.page_head import back_button, page_title
from clipview.ui.review_group import ReviewGroup
from clipview.ui.review_parts import BigPicture, Strip
from clipview.ui.review_queue import ReviewQueue
from clipview.ui.tag_line import TagLine
from clipview.ui.theme import Theme
from clipview.ui.thumbnails import ThumbnailSource
from clipview.ui.wording import number, plain

_READY = 6
"""Pictures that are made ready ahead."""
_EXPLAIN_MS = 90
_ICON_PX = 16


class ReviewPage(QWidget):
    """The desk.

    Signals:
        wanted(object): name the pairs of this tag, or of all tags (None).
        answered(str, tuple, tuple): of this tag, the photos that show it, and those that don't.
        explanation_wanted(int, str): what speaks for this photo's tag?
        line_wanted(str): tell how sure the model is of this tag.
        line_chosen(str, object): apply a tag from this confidence on; None for the usual one.
        looked_at(int): this photo is asked about now.
        tagging_wanted(): nothing is tagged yet; tag photos.
        back_requested(): go back to the photos.
    """

    wanted = Signal(object)
    answered = Signal(str, object, object)
    explanation_wanted = Signal(int, str)
    line_wanted = Signal(str)
    line_chosen = Signal(str, object)
    looked_at = Signal(int)
    tagging_wanted = Signal()
    back_requested = Signal()

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewDesk")
        self.setAccessibleName(self.tr("Review"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.queue = ReviewQueue()
        self._tag: str | None = None
        self._listed: TagList | None = None
        self._heard = False
        self._roams = False
        self._explain = QTimer(self, singleShot=True, interval=_EXPLAIN_MS)
        self._explain.timeout.connect(self._on_explain)
        self.picture = BigPicture(thumbnails, theme)
        self._coming = Strip(thumbnails, theme)
        self._coming.setObjectName("reviewComing")
        self._coming.setAccessibleName(self.tr("What comes next"))
        self.group = ReviewGroup(thumbnails, theme)
        self.group.answered.connect(self._on_group_answered)
        self.line = TagLine(thumbnails, theme)
        self.line.line_chosen.connect(self.line_chosen)
        self.line.hide()
        self._build_head()
        self._build_question()
        self._nothing = QLabel()
        self._nothing.setObjectName("reviewNothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._tag_now = QPushButton(self.tr("Auto-tag photos..."))
        self._tag_now.clicked.connect(self.tagging_wanted)
        self._body = QStackedWidget()
        self._one = self._one_page()
        self._body.addWidget(self._one)
        self._body.addWidget(self.group)
        self._empty = self._empty_page()
        self._body.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._progress)
        column.addWidget(self._body, 1)
        column.addWidget(self.line)
        self.set_theme(theme)
        self._show_current()

    # ---- what the window says ----

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._back.setIcon(icon("back", theme.text, _ICON_PX))
        self._yes.setIcon(icon("check", theme.on_accent, _ICON_PX))
        self._no.setIcon(icon("close", theme.text, _ICON_PX))
        self._skip.setIcon(icon("forward", theme.text, _ICON_PX))
        for part in (self.picture, self._coming, self.group, self.line):
            part.set_theme(theme)
        self.setStyleSheet(
            f"#reviewDesk, #reviewGroup, #reviewCards {{ background: {theme.background}; }}"
            f"#tagLine {{ border-top: 1px solid {theme.line}; }}"
            f"#reviewTag {{ background: {theme.field}; border: 1px solid {theme.field}; }}"
            f"#reviewTag:hover {{ background: {theme.hover}; }} #reviewTag:focus {{ border-color: {theme.accent}; }}"
        )

    def start(self, tag: str | None) -> None:
        """Ask about one tag, or about all."""
        self._tag = tag
        self._heard = False
        self.queue.restart()
        self._show_tags()
        self._show_current()
        self.wanted.emit(tag)

    @property
    def tag(self) -> str | None:
        """The tag that alone is asked about; None for all."""
        return self._tag

    def show_tags(self, listed: TagList) -> None:
        """Offer the tags that have something unsure."""
        self._listed = listed
        self._show_tags()
        self._show_progress()

    def show_review(self, listed: ReviewList) -> None:
        """Take the pairs that come next; those about another tag are too late."""
        if listed.tag != self._tag:
            return
        self._heard = True
        self.queue.take(listed.pairs)
        pair = self.queue.current
        if self._whole.isChecked() and self._tag is None and pair is not None:
            # A group has all that is unsure of its tag.
            self._roams = True
            self.start(pair.tag)
        elif self._roams and pair is None and self._tag is not None:
            self.start(None)
        else:
            self._show_current()

    def show_explanation(self, told: TagExplained) -> None:
        """Show what speaks for the tag in question."""
        pair = self.queue.current
        if pair is not None and (pair.photo_id, pair.tag) == (told.photo_id, told.tag):
            self._why.setText(self._sure(pair, told))

    def show_line(self, known: TagConfidences) -> None:
        """Show how sure the model is of the tag in question."""
        if known.name == self._tag_in_question:
            self.line.show_tag(known)

    def refresh_line(self) -> None:
        """Look anew at the tag in question, which an answer has moved."""
        self._ask_line()

    def put_back(self, tag: str, photo_ids: Sequence[int]) -> None:
        """Ask again about pairs whose answers were taken back."""
        self.queue.put_back(tag, photo_ids)
        self._show_current()

    def note_answered(self, tag: str, photo_ids: Sequence[int]) -> None:
        """Leave out pairs that were answered elsewhere, or once more."""
        self.queue.answer_these(tag, photo_ids)
        self._show_current()

    # ---- what a person does ----

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Take the keyboard."""
        super().showEvent(event)
        self.setFocus()
        self._show_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Answer with a key."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        in_group = self._body.currentWidget() is self.group
        action = {
            Qt.Key.Key_Y: self.group.answer_all_yes if in_group else self.say_yes,
            Qt.Key.Key_N: self.group.answer_all_no if in_group else self.say_no,
            Qt.Key.Key_Return: self.group.answer if in_group else None,
            Qt.Key.Key_Enter: self.group.answer if in_group else None,
            Qt.Key.Key_S: None if in_group else self.skip,
            Qt.Key.Key_Right: None if in_group else self.skip,
            Qt.Key.Key_Left: None if in_group else self.step_back,
            Qt.Key.Key_G: self._whole.click,
        }.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    @Slot()
    def say_yes(self) -> None:
        """The photo shows it."""
        self._say(yes=True)

    @Slot()
    def say_no(self) -> None:
        """It doesn't."""
        self._say(yes=False)

    @Slot()
    def skip(self) -> None:
        """Leave this one for later."""
        if self.queue.current is not None:
            self.queue.skip()
            self._go_on()

    @Slot()
    def step_back(self) -> None:
        """Go back to what was skipped last."""
        if self.queue.step_back():
            self._show_current()

    def _say(self, *, yes: bool) -> None:
        pair = self.queue.current
        if pair is not None:
            self.queue.answer()
            self._go_on()
            photo = (pair.photo_id,)
            self.answered.emit(pair.tag, photo if yes else (), () if yes else photo)

    @Slot(str, object, object)
    def _on_group_answered(self, tag: str, yes: tuple[int, ...], no: tuple[int, ...]) -> None:
        self.queue.answer_these(tag, (*yes, *no))
        self._go_on()
        self.answered.emit(tag, yes, no)

    def _go_on(self) -> None:
        if self.queue.needs_more:
            self.queue.note_fetching()
            self.wanted.emit(self._tag)
        self._show_current()

    @Slot()
    def _on_explain(self) -> None:
        pair = self.queue.current
        if pair is not None:
            self.explanation_wanted.emit(pair.photo_id, pair.tag)

    @Slot(int)
    def _on_tag_chosen(self, place: int) -> None:
        tag = self._tags.itemData(place)
        if tag != self._tag:
            self._roams = False
            self.start(tag)
            self.setFocus()

    @Slot(bool)
    def _on_line_toggled(self, shown: bool) -> None:
        self.line.setVisible(shown)
        self._ask_line()

    @Slot()
    def _on_whole_toggled(self) -> None:
        if self._whole.isChecked() and self._tag is None and self.queue.current is not None:
            self._roams = True
            self.start(self.queue.current.tag)
        elif not self._whole.isChecked() and self._roams:
            self._roams = False
            self.start(None)
        else:
            self._show_current()
        self.setFocus()

    # ---- what is shown ----

    @property
    def _tag_in_question(self) -> str | None:
        pair = self.queue.current
        return self._tag if pair is None else pair.tag

    def _show_current(self) -> None:
        pair = self.queue.current
        self._show_progress()
        if pair is None:
            self._show_nothing()
            self.picture.show_photo(None, ())
            return
        if self._whole.isChecked():
            self.group.show_group(pair.tag, self.queue.of_tag(pair.tag))
            self._body.setCurrentWidget(self.group)
        else:
            self._question.setText(self.tr("Does this show {tag}?").format(tag=plain(pair.tag)))
            self._why.setText(self._sure(pair, None))
            coming = [each.photo_id for each in self.queue.coming]
            self.picture.show_photo(pair.photo_id, coming[:_READY])
            self.picture.setAccessibleName(self._question.text())
            self._coming.show_photos(coming)
            self._explain.start()
            self._body.setCurrentWidget(self._one)
            if self.isVisible():
                self.looked_at.emit(pair.photo_id)
        self._ask_line()

    def _ask_line(self) -> None:
        tag = self._tag_in_question
        if self.line.isVisibleTo(self) and tag is not None:
            self.line.wait_for(tag)
            self.line_wanted.emit(tag)

    def _show_nothing(self) -> None:
        tagged = self._listed is not None and any(row.photos or row.unsure for row in self._listed.tags)
        if not self._heard:
            told = self.tr("Looking for what is unsure...")
        elif not tagged:
            told = self.tr("No photo was tagged yet, so there is nothing to review.")
        elif self._tag is not None:
            told = self.tr("Nothing is unsure about {tag} any more.").format(tag=plain(self._tag))
        elif self.queue.skipped:
            told = self.tr("All that is left was skipped. Go back and come again to see it.")
        else:
            told = self.tr("Nothing is unsure. Every tag was either clear or answered.")
        self._nothing.setText(told)
        self._tag_now.setVisible(self._heard and not tagged)
        self._body.setCurrentWidget(self._empty)

    def _show_progress(self) -> None:
        left = 0
        if self._listed is not None:
            mine = [row.unsure for row in self._listed.tags if self._tag is None or row.name == self._tag]
            left = sum(mine)
        answered = self.queue.answered
        told = [self.tr("%Ln left", "", left)]
        if answered:
            told.insert(0, self.tr("%Ln answered", "", answered))
        self._count.setText(" · ".join(told))
        self._progress.setRange(0, max(1, answered + left))
        self._progress.setValue(answered)

    def _show_tags(self) -> None:
        rows = [] if self._listed is None else [row for row in self._listed.tags if row.unsure]
        unsure = sum(row.unsure for row in rows)
        with QSignalBlocker(self._tags):
            self._tags.clear()
            self._tags.addItem(self.tr("All tags ({count})").format(count=number(unsure)), None)
            for row in sorted(rows, key=lambda row: (-row.unsure, row.name)):
                self._tags.addItem(f"{plain(row.name)} ({number(row.unsure)})", row.name)
            place = self._tags.findData(self._tag) if self._tag is not None else 0
            if place < 0:
                self._tags.addItem(f"{plain(str(self._tag))} (0)", self._tag)
                place = self._tags.count() - 1
            self._tags.setCurrentIndex(place)

    def _sure(self, pair: Pair, told: TagExplained | None) -> str:
        parts = [self.tr("{percent} % sure").format(percent=number(pair.confidence * 100))]
        if told is not None and told.better_than is not None:
            fits = self.tr("fits better than {percent} % of your photos")
            parts.append(fits.format(percent=number(int(told.better_than * 10) / 10, 1)))
        if told is not None and told.words:
            parts.append(self.tr("looks most like {words}").format(words=", ".join(map(plain, told.words[:3]))))
        return " · ".join(parts)

    # ---- building ----

    def _build_head(self) -> None:
        self._back = back_button()
        self._back.clicked.connect(self.back_requested)
        title = page_title(self.tr("Review"))
        self._tags = QComboBox()
        self._tags.setObjectName("reviewTag")
        self._tags.setAccessibleName(self.tr("Which tag to review"))
        self._tags.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._tags.setMinimumContentsLength(14)
        self._tags.activated.connect(self._on_tag_chosen)
        self._whole = _toggle("wholeGroups", self.tr("Groups"), self.tr("Answer all photos of a tag at once (G)"))
        self._whole.toggled.connect(self._on_whole_toggled)
        self._line_button = _toggle("showLine", self.tr("Precision"), self.tr("How sure to be before a tag is applied"))
        self._line_button.toggled.connect(self._on_line_toggled)
        self._count = QLabel()
        self._count.setObjectName("reviewCount")
        self._count.setProperty("look", "dim")
        self._progress = QProgressBar(textVisible=False)
        self._progress.setAccessibleName(self.tr("How much is answered"))
        self._progress.setFixedHeight(3)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(12, 10, 16, 8)
        self._head.setSpacing(6)
        self._head.addWidget(self._back)
        self._head.addWidget(title)
        self._head.addSpacing(8)
        for widget in (self._tags, self._whole, self._line_button):
            self._head.addWidget(widget)
        self._head.addStretch(1)
        self._head.addWidget(self._count)

    def _build_question(self) -> None:
        self._question, self._why = page_title(), QLabel()
        self._question.setObjectName("reviewQuestion")
        self._why.setObjectName("reviewWhy")
        self._why.setProperty("look", "dim")
        for label in (self._question, self._why):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self._yes = _answer("answerYes", self.tr("Yes (Y)"), "primary")
        self._no = _answer("answerNo", self.tr("No (N)"), "")
        self._skip = _answer("answerSkip", self.tr("Skip (S)"), "quiet")
        self._yes.clicked.connect(self.say_yes)
        self._no.clicked.connect(self.say_no)
        self._skip.clicked.connect(self.skip)

    def _one_page(self) -> QWidget:
        page = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._yes, self._no, self._skip):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.picture, 1)
        column.addWidget(self._question)
        column.addWidget(self._why)
        column.addLayout(buttons)
        column.addSpacing(2)
        column.addWidget(self._coming)
        return page

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self._nothing)
        column.addSpacing(8)
        column.addWidget(self._tag_now, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page


def _toggle(name: str, text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setToolTip(tip)
    button.setCheckable(True)
    button.setProperty("look", "quiet")
    return button


def _answer(name: str, text: str, look: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setIconSize(QSize(_ICON_PX, _ICON_PX))
    if look:
        button.setProperty("look", look)
    # The keys stay with the page.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
