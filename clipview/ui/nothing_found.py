"""What stands above the photos when none of them is what was looked for, with the ways out."""

from __future__ import annotations

import html
from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipview.core.query_syntax import Key, Part
from clipview.engine.messages import SearchAnswer
from clipview.ui.part_words import is_open_span, said, said_alone
from clipview.ui.question import Place, Question
from clipview.ui.strictness import STEP
from clipview.ui.theme import Theme
from clipview.ui.wording import caption, plain

_TITLE_PX = 19
_LONGEST_SAID = 60
_MARGIN_PX = 24
_GAP_PX = 8
_JUST_BELOW = 25
"""Of a match: a line that lies lower than this makes anything an answer."""
_LEAST = 20


class NothingFound(QWidget):
    """Says plainly that nothing was found, and offers other questions.

    Signals:
        asked(Question): one of the ways out was taken.
        strictness_wanted(int): call photos strong from this match on.
    """

    asked = Signal(object)
    strictness_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nothingFound")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._question = Question()
        self._title = QLabel(self)
        self._title.setObjectName("nothingTitle")
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._hint = QLabel(self)
        self._hint.setProperty("look", "dim")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._title, self._hint):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rows = (QHBoxLayout(), QHBoxLayout())
        for row in self._rows:
            row.setSpacing(_GAP_PX)
            row.addStretch(1)
            row.addStretch(1)
        self._buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, 34, _MARGIN_PX, 22)
        column.setSpacing(_GAP_PX)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addSpacing(8)
        for row in self._rows:
            column.addLayout(row)
        self.set_theme(theme)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said, without emphasis."""
        return self._title.accessibleName()

    @property
    def ways_out(self) -> tuple[QPushButton, ...]:
        """The buttons."""
        return tuple(self._buttons)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.setStyleSheet(
            f"#nothingFound {{ background: {theme.background}; }}"
            f"#nothingTitle {{ font-size: {_TITLE_PX}px; font-weight: 600; color: {theme.text}; }}"
        )

    def show_answer(self, answer: SearchAnswer, question: Question, *, complete: bool, strictness: int) -> None:
        """Appear when an answer has nothing strong to show, else go away.

        Args:
            answer: what was found.
            question: what was asked.
            complete: False while photos are left that can't be searched yet.
            strictness: the match from which photos counted as strong.
        """
        self._question = question
        if answer.strong or (answer.match is None and answer.total):
            self.hide()
            return
        template, said = self._sentence(answer, question)
        if not template:
            self.hide()
            return
        emphasised = f"<i>{html.escape(said)}</i>"
        self._title.setText(html.escape(template, quote=False).replace("{it}", emphasised))
        self._title.setAccessibleName(template.replace("{it}", said))
        self._hint.setText(self._hint_for(answer, complete=complete))
        self._hint.setVisible(bool(self._hint.text()))
        self._offer(answer, question, strictness)
        self._lay_out()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Begin a second row of buttons where one is too narrow."""
        super().resizeEvent(event)
        self._lay_out()

    def _sentence(self, answer: SearchAnswer, question: Question) -> tuple[str, str]:
        """Return a sentence with the place for {it}, and what is to stand there."""
        pictures = self.tr("this picture") if len(question.pictures) == 1 else self.tr("these pictures")
        words = _said(question)
        both = self.tr("{words} and {pictures}").replace("{pictures}", pictures).replace("{words}", words)
        said = both if words and question.pictures else words or pictures
        if not answer.total:
            return self._empty_sentence(answer, question)
        if not question.searches or (answer.match is None):
            return "", ""
        if answer.possible:
            return self.tr("Nothing clearly looks like {it}"), said
        template = self.tr("Nothing in %Ln photos looks like {it}", "", answer.total)
        return template, said

    def _empty_sentence(self, answer: SearchAnswer, question: Question) -> tuple[str, str]:
        """Return the same where no photo passes the filters: which of them can't be met is for the person to see."""
        folder = plain(question.folder.name) if question.place is Place.FOLDER and question.folder else ""
        spans = [part for part in question.filters if _dated(part)]
        when = plain(", ".join(filter(None, [*map(said, spans), answer.date_words or ""])))
        if spans and is_open_span(spans[0]):
            nowhere = self.tr("No photos in {folder} {it}") if folder else self.tr("No photos {it}")
            return nowhere.replace("{folder}", folder), when
        if when and folder:
            return self.tr("No photos in {folder} for {it}").replace("{folder}", folder), when
        if when:
            return self.tr("No photos for {it}"), when
        filters = [("" if part.weight > 0 else "\N{MINUS SIGN} ") + said_alone(part) for part in question.filters]
        if filters:
            return self.tr("No photos with {it}"), _short(plain(", ".join(filters)))
        return (self.tr("No photos in {it}"), folder) if folder else ("", "")

    def _hint_for(self, answer: SearchAnswer, *, complete: bool) -> str:
        if not answer.total:
            return ""
        if not complete:
            return self.tr("Not all photos can be searched yet.")
        if answer.possible:
            return self.tr("These photos are possible.", "", answer.possible)
        return self.tr("Below are the closest ones, which are probably something else.")

    def _offer(self, answer: SearchAnswer, question: Question, strictness: int) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        lower = _just_below(answer, strictness)
        if lower is not None:
            self._put(self.tr("Less strict"), lambda: self.strictness_wanted.emit(lower))
        if question.has_minus:
            self._add(self.tr("Drop the minus"), question.without_minus())
        if question.place is Place.FOLDER:
            self._add(self.tr("Search all folders"), replace(question, place=Place.ALL, folder=None))
        undated = question.without(_dated)
        if answer.date_words:
            undated = replace(undated, text=_without(undated.text, answer.date_words))
        if undated != question.without(lambda _: False):
            self._add(self.tr("Clear dates"), undated)
        others = [part for part in question.filters if not _dated(part)]
        if len(others) > 1:
            self._add(self.tr("Drop the filters"), question.without(lambda part: part in others))
        elif others:
            text = self.tr("Drop {filter}").replace("{filter}", _short(plain(said(others[0]))))
            self._add(caption(text), question.without(lambda part: part in others))
        if question.pictures and question.words:
            self._add(self.tr("Words only"), replace(question, pictures=()))
            self._add(self.tr("Picture only"), replace(question.without(lambda part: not part.is_filter), text=""))
        if question.words and answer.total:
            self._add(self.tr("Search names only"), question.names_only())
        self._add(self.tr("Clear the search"), Question(place=question.place, folder=question.folder))

    def _add(self, text: str, question: Question) -> None:
        self._put(text, lambda: self.asked.emit(question))

    def _put(self, text: str, way_out: Callable[[], None]) -> None:
        button = QPushButton(text, self)
        button.clicked.connect(way_out)
        self._buttons.append(button)

    def _lay_out(self) -> None:
        left = self.width() - 2 * _MARGIN_PX
        for button in self._buttons:
            for row in self._rows:
                row.removeWidget(button)
        for button in self._buttons:
            button.ensurePolished()
            left -= button.sizeHint().width() + _GAP_PX
            # The last gap is behind the last button, where none is.
            row = self._rows[0 if left >= -_GAP_PX else 1]
            # Between the two stretches that keep the buttons in the middle.
            row.insertWidget(row.count() - 1, button)


def _just_below(answer: SearchAnswer, strictness: int) -> int | None:
    """Return a strictness with which the best photo is strong, when that lies not far below the line."""
    best = 0 if answer.match is None else int(answer.match.max(initial=0))
    lower = best - best % STEP
    return lower if max(strictness - _JUST_BELOW, _LEAST) <= lower < strictness else None


def _said(question: Question) -> str:
    wanted = [part.value for part in question.all_parts if part.key is Key.LOOKS and part.weight > 0]
    return _short(plain(" + ".join(filter(None, [question.words, *wanted]))))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SAID else text[: _LONGEST_SAID - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _dated(part: Part) -> bool:
    return part.key in (Key.DATE, Key.AFTER, Key.BEFORE)


def _without(text: str, words: str) -> str:
    """Return a text without the words that it ends with, and without the preposition before them."""
    start = text.lower().rfind(words.lower())
    if start < 0:
        return text
    kept = text[:start].rstrip()
    for preposition in (" in", " from", " of", " on"):
        kept = kept.removesuffix(preposition)
    return kept if kept not in ("in", "from", "of", "on") else ""
