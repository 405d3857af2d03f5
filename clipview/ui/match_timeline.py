"""The thin picture of when the matches were taken, and the brush on it that narrows them to a span of months."""

from __future__ import annotations

import math
from datetime import date

from msgspec import Struct
from PySide6.QtCore import QDate, QEvent, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from clipview.core.types import Months
from clipview.ui.theme import Theme

HEIGHT_PX = 44
_MARGIN_PX = 14
_BASE_PX = 8
_NARROWEST_PX = 4
_WIDEST_PX = 64
_GAP_PX = 2


class Span(Struct, frozen=True):
    """Months from one to another, both included, counted from January 1970."""

    first: int
    last: int


def month_of(day: date) -> int:
    """Return the month of a day, counted from January 1970."""
    return (day.year - 1970) * 12 + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month that is counted from January 1970."""
    return date(1970 + month // 12, month % 12 + 1, 1)


class MatchTimeline(QWidget):
    """Bars for months, or for several months each where there is little room.

    Signals:
        narrowed(Span | None): look only at these months; None for all.
    """

    narrowed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("matchTimeline")
        self.setAccessibleName(self.tr("Matches by month"))
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._months = Months()
        self._span: Span | None = None
        self._pressed: int | None = None
        self._dragged: Span | None = None
        self._anchor = 0
        self.hide()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return its fixed height."""
        return QSize(400, HEIGHT_PX)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self.update()

    def show_months(self, months: Months, span: Span | None) -> None:
        """Show these counts, with this brush; hidden when there is nothing to choose from."""
        self._months, self._span = months, span
        self.setVisible(len(months.counts) > 1 or (span is not None and len(months.counts) > 0))
        self.setAccessibleDescription(self._told(span) if span is not None else self.tr("all months"))
        self.update()

    @property
    def span(self) -> Span | None:
        """The brush, while it is dragged too."""
        return self._dragged or self._span

    def x_of(self, month: int) -> int:
        """Return the middle of a month's bar."""
        width = self._bar_px()
        return round(_MARGIN_PX + ((month - self._months.first) // self._step() + 0.5) * width)

    # ---- what a person does ----

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a brush."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._month_at(event.position().x())
            self._dragged = self._covered(self._pressed, self._pressed)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw the brush out."""
        if self._pressed is not None:
            self._dragged = self._covered(self._pressed, self._month_at(event.position().x()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Narrow to the brush."""
        if event.button() == Qt.MouseButton.LeftButton and self._dragged is not None:
            span, self._pressed, self._dragged = self._dragged, None, None
            self._choose(span)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take the brush away."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._dragged = None
            self._choose(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move the brush with the arrows, widen it with Shift, take it away with Delete."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._span is not None:
            self._choose(None)
        elif step is None:
            super().keyPressEvent(event)
        elif self._span is None:
            edge = self._months.first if step > 0 else self._months.first + len(self._months.counts) - 1
            self._anchor = edge
            self._choose(self._covered(edge, edge))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            moved = self._span.last if self._span.last > self._anchor or step > 0 else self._span.first
            if self._span.first < self._anchor:
                moved = self._span.first
            self._choose(self._covered(self._anchor, moved + step * self._step()))
        else:
            self._anchor = (self._span.last if step > 0 else self._span.first) + step * self._step()
            self._choose(self._covered(self._anchor, self._anchor))

    def event(self, event: QEvent) -> bool:
        """Tell what a bar stands for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and len(self._months.counts):
            month = self._month_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._told(self._covered(month, month)), self)
            return True
        return super().event(event)

    # ---- looks ----

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the bars, those within the brush in the accent colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step, width = self._step(), self._bar_px()
        # By the root, so that months of few photos stay visible beside a holiday.
        roots = [math.sqrt(count) for count in self._sums()]
        room, floor = self.height() - _BASE_PX - 6, self.height() - _BASE_PX
        scale = room / max([1.0, *roots])
        accent = QColor(self._theme.accent)
        bars: dict[bool, list[QRectF]] = {False: [], True: []}
        for place, root in enumerate(roots):
            tall = max(2.0, root * scale)
            bar = QRectF(_MARGIN_PX + place * width, floor - tall, max(1.0, width - _GAP_PX), tall)
            bars[self._is_inside(self._months.first + place * step, step)].append(bar)
        # Colour by colour: a change of brush for each bar took longer than the bar.
        for inside, colour in ((False, QColor(self._theme.hover)), (True, accent)):
            painter.setBrush(colour)
            for bar in bars[inside]:
                painter.drawRoundedRect(bar, 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(6.5, 1.5, -6.5, -1.5), 5, 5)
        painter.end()

    # ---- private ----

    def _is_inside(self, month: int, step: int) -> bool:
        span = self.span
        return span is not None and month <= span.last and month + step - 1 >= span.first

    def _choose(self, span: Span | None) -> None:
        if span != self._span:
            self._span = span
            self.narrowed.emit(span)
        self.update()

    def _step(self) -> int:
        """How many months a bar stands for."""
        room = max(1, self.width() - 2 * _MARGIN_PX)
        return max(1, -(-len(self._months.counts) * _NARROWEST_PX // room))

    def _bar_px(self) -> float:
        bars = max(1, -(-len(self._months.counts) // self._step()))
        return min(float(_WIDEST_PX), (self.width() - 2 * _MARGIN_PX) / bars)

    def _sums(self) -> list[int]:
        counts, step = self._months.counts, self._step()
        return [sum(counts[first : first + step]) for first in range(0, len(counts), step)]

    def _month_at(self, x: float) -> int:
        place = int((x - _MARGIN_PX) // self._bar_px())
        return self._months.first + min(max(place, 0), max(0, len(self._sums()) - 1)) * self._step()

    def _covered(self, one: int, other: int) -> Span:
        """Return the whole bars from one month to another, within what is shown."""
        step, begin = self._step(), self._months.first
        end = begin + len(self._months.counts) - 1
        first, last = (min(max(month, begin), end) for month in sorted((one, other)))
        first -= (first - begin) % step
        return Span(first, min(last - (last - begin) % step + step - 1, end))

    def _told(self, span: Span) -> str:
        low, high = span.first - self._months.first, span.last - self._months.first + 1
        count = sum(self._months.counts[max(low, 0) : max(high, 0)])
        ends = [_written(span.first)] + ([_written(span.last)] if span.last != span.first else [])
        return self.tr("{months}: %Ln photos", "", count).format(months=" - ".join(ends))


def _written(month: int) -> str:
    day = first_day(month)
    return QLocale().toString(QDate(day.year, day.month, 1), "MMM yyyy")
