"""Why a photo matches, in the info panel: what each part of the search gives to it, and what it shows."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from clipview.core.types import Explanation, ImageTerm, Reason, TextTerm
from clipview.ui.info_parts import MatchBar
from clipview.ui.theme import Theme
from clipview.ui.wording import number, plain, tooltip

_MOST_PARTS = 8
_LABEL_PX = 96
_MINUS = "\N{MINUS SIGN}"


class WhySection(QWidget):
    """One line for the photo's place in the library, one for each part of the search, one for what it shows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whySection")
        self._theme = theme
        self._place = _line("whyPlace")
        self._words = _line("whyWords")
        self._parts = QGridLayout()
        self._parts.setHorizontalSpacing(8)
        self._parts.setVerticalSpacing(3)
        self._parts.setColumnStretch(1, 1)
        self._bars: list[MatchBar] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 14)
        column.setSpacing(5)
        column.addLayout(self._parts)
        column.addWidget(self._place)
        column.addWidget(self._words)
        self.hide()

    @property
    def says(self) -> tuple[str, ...]:
        """All that is shown, line by line."""
        labels = (self._parts.itemAt(place).widget() for place in range(self._parts.count()))  # type: ignore[union-attr]
        texts = [label.text() for label in (*labels, self._place, self._words) if isinstance(label, QLabel)]
        return tuple(filter(None, texts))

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        for bar in self._bars:
            bar.set_theme(theme)

    def show_explanation(self, told: Explanation | None) -> None:
        """Show why; nothing when there is nothing to tell."""
        self._clear()
        self.setVisible(told is not None)
        if told is None:
            return
        # A single part says no more than the match itself.
        parts = told.reasons if len(told.reasons) > 1 and not told.named else ()
        for row, reason in enumerate(parts[:_MOST_PARTS]):
            self._add(row, reason)
        if told.named:
            self._say(self._place, self.tr("Its file name says it"))
        else:
            # Never rounded up to all of them.
            percent = number(math.floor(told.better_than * 10) / 10, 1)
            better = self.tr("Better than {percent} % of your photos").format(percent=percent)
            self._say(self._place, self.tr("The best of all your photos") if told.better_than >= 100 else better)
        shared = tuple(dict.fromkeys(word for reason in told.reasons for word in reason.agrees))
        if shared:
            self._say(self._words, self.tr("Both show: {words}").format(words=", ".join(shared)))
        elif told.words:
            self._say(self._words, self.tr("Shows: {words}").format(words=", ".join(told.words)))
        else:
            self._words.hide()

    def _add(self, row: int, reason: Reason) -> None:
        name = self._name(reason)
        label, points = QLabel(), QLabel(_signed(reason.points))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFixedWidth(_LABEL_PX)
        label.setText(label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _LABEL_PX))
        label.setToolTip(tooltip(name))
        label.setProperty("look", "dim")
        points.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        points.setToolTip(self.tr("What this part gives to the match, in percent"))
        bar = MatchBar(self._theme)
        bar.show_match(reason.match)
        bar.setAccessibleName(self.tr("{part}: matches to {percent} %").format(part=name, percent=number(reason.match)))
        bar.setToolTip(tooltip(bar.accessibleName()))
        self._bars.append(bar)
        for place, widget in enumerate((label, bar, points)):
            self._parts.addWidget(widget, row, place, Qt.AlignmentFlag.AlignVCenter)

    def _name(self, reason: Reason) -> str:
        term = reason.term
        if isinstance(term, TextTerm):
            said = plain(term.text)
        elif isinstance(term, ImageTerm):
            said = plain(term.path.name)
        else:
            return self.tr("your marks")
        return f"{_MINUS} {said}" if term.weight < 0 else said

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.show()

    def _clear(self) -> None:
        self._bars.clear()
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _signed(points: int) -> str:
    return f"+{number(points)}" if points > 0 else f"{_MINUS}{number(-points)}" if points < 0 else "0"


def _line(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("look", "dim")
    return label
