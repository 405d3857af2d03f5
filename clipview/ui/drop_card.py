"""The card that appears while something is dragged over the window, and says what will become of it."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clipview.ui.drops import DropKind, Dropped
from clipview.ui.theme import BODY_PX, Theme

_WIDTH_PX = 560
_HEIGHT_PX = 186
_EDGE_PX = 26
_ZONE_PX = 88
_TITLE_PX = 21
_RADIUS_PX = 16
_SHADE_ALPHA = 175
_TITLE_Y_PX = 22
_ZONE_Y_PX = 72


class DropZone(Enum):
    """Where something may fall."""

    NEW_SEARCH = "new search"
    ADD_TO_SEARCH = "add to search"
    ADD_FOLDER = "add folder"
    NOWHERE = "nowhere"


class _Zone(Struct, frozen=True):
    zone: DropZone
    title: str
    text: str


class DropCard(QWidget):
    """Lies over the whole window, dims it, and leaves the drag itself to the window beneath."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("dropCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window = window
        self._theme = theme
        self._title = ""
        self._zones: tuple[_Zone, ...] = ()
        self._over = DropZone.NOWHERE
        window.installEventFilter(self)
        self.hide()

    @property
    def over(self) -> DropZone:
        """The zone that would be used now."""
        return self._over

    @property
    def zones(self) -> tuple[DropZone, ...]:
        """The zones on offer."""
        return tuple(zone.zone for zone in self._zones)

    def appear(self, dropped: Dropped, *, can_add: bool) -> None:
        """Show what can be done with something; adding to the search needs a search."""
        self._title, self._zones = self._offer(dropped, can_add=can_add)
        self._over = self._zones[0].zone
        self.setAccessibleName(self._title)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.update()

    def move_to(self, point: QPoint) -> DropZone:
        """Light up the zone nearest to a point of the window, and return it."""
        over = self._zones[0].zone if self._zones else DropZone.NOWHERE
        for index, zone in enumerate(self._zones):
            if point.x() >= self._zone_rect(index).left() - _EDGE_PX // 4:
                over = zone.zone
        if over != self._over:
            self._over = over
            self.update()
        return over

    def zone_center(self, zone: DropZone) -> QPoint:
        """Return the middle of a zone, in the window's coordinates."""
        return self._zone_rect(self.zones.index(zone)).center()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint shade, card and zones."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = QColor(theme.background)
        shade.setAlpha(_SHADE_ALPHA)
        painter.fillRect(self.rect(), shade)
        card = self._card_rect()
        self._paint_shadow(painter, card)
        painter.setPen(QPen(QColor(theme.accent), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS_PX, _RADIUS_PX)
        font = QFont(self.font())
        font.setPixelSize(_TITLE_PX)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        title = QRect(card.left() + _EDGE_PX, card.top() + _TITLE_Y_PX, card.width() - 2 * _EDGE_PX, 34)
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self._title)
        for index, zone in enumerate(self._zones):
            self._paint_zone(painter, self._zone_rect(index), zone, lit=zone.zone == self._over)
        painter.end()

    def _paint_zone(self, painter: QPainter, rect: QRect, zone: _Zone, *, lit: bool) -> None:
        theme = self._theme
        # A web link has nowhere to fall: its zone only explains.
        usable = zone.zone is not DropZone.NOWHERE
        pen = QPen(QColor(theme.accent if lit and usable else theme.line), 1.2)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(QColor(theme.accent_ground) if lit and usable else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 11, 11)
        font = QFont(self.font())
        font.setPixelSize(BODY_PX + 1)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        inner = rect.adjusted(10, 0, -10, 0)
        upper = QRect(inner.left(), rect.center().y() - 23, inner.width(), 22)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, zone.title)
        font.setPixelSize(BODY_PX - 1)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(theme.text if lit else theme.dim_text))
        lower = QRect(inner.left(), rect.center().y() + 1, inner.width(), 20)
        text = painter.fontMetrics().elidedText(zone.text, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_shadow(self, painter: QPainter, card: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for reach in range(24, 0, -3):
            painter.setBrush(QColor(0, 0, 0, 7))
            grown = QRectF(card).adjusted(-reach, -reach + 8, reach, reach + 8)
            painter.drawRoundedRect(grown, _RADIUS_PX + reach, _RADIUS_PX + reach)

    def _offer(self, dropped: Dropped, *, can_add: bool) -> tuple[str, tuple[_Zone, ...]]:
        match dropped.kind:
            case DropKind.FOLDERS:
                name = dropped.paths[0].name if len(dropped.paths) == 1 else self.tr("all of them")
                text = self.tr("the photos in {name} stay where they are").format(name=name)
                title = self.tr("Add folder to library")
                return title, (_Zone(DropZone.ADD_FOLDER, self.tr("Search these photos too"), text),)
            case DropKind.LINKS:
                text = self.tr("copy the picture and paste it here, or save it first")
                return self.tr("Pictures are not fetched from the web"), (
                    _Zone(DropZone.NOWHERE, self.tr("ClipView works offline"), text),
                )
        zones = [_Zone(DropZone.NEW_SEARCH, self.tr("New search"), self.tr("look for this picture"))]
        if can_add:
            text = self.tr("this picture and what is typed")
            zones.append(_Zone(DropZone.ADD_TO_SEARCH, self.tr("Add to search"), text))
        return self.tr("Find photos like this"), tuple(zones)

    def _card_rect(self) -> QRect:
        width = min(_WIDTH_PX, self.width() - 32)
        return QRect((self.width() - width) // 2, (self.height() - _HEIGHT_PX) // 2, width, _HEIGHT_PX)

    def _zone_rect(self, index: int) -> QRect:
        card, gap, count = self._card_rect(), 14, max(1, len(self._zones))
        width = (card.width() - 2 * _EDGE_PX - gap * (count - 1)) // count
        return QRect(card.left() + _EDGE_PX + index * (width + gap), card.top() + _ZONE_Y_PX, width, _ZONE_PX)
