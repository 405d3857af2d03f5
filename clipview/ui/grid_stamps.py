"""The small marks on photos (match bar, stars, badge, number, tick, ring), each drawn once and then only copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from clipview.ui.icons import icon_pixmap
from clipview.ui.theme import MATCH_BAR_PX, STEP_PX

PILL_PX = 20
_EDGE_PX = 1
"""What the match bar's dark ground adds around it, for bright photos."""
_ICON_PX = 14
_STAR_PX = 11
_MOST = 1024


class Stamps:
    """Pixmaps of the marks, for one font and one screen density at a time."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._metrics = QFontMetrics(font)
        self._ratio = 1.0
        self._made: dict[tuple[str, str | int, int], QPixmap] = {}
        self._white = QColor("#ffffff")
        self._pill_ground = QColor(12, 13, 15, 175)

    def use_ratio(self, device_pixel_ratio: float) -> None:
        """Draw for this density from now on."""
        if device_pixel_ratio != self._ratio:
            self._ratio = device_pixel_ratio
            self._made.clear()

    def bar(self, width_px: int, match: int) -> QPixmap:
        """Return the match bar; it is one pixel larger than `width_px` and the bar's height on each side."""

        def draw(painter: QPainter) -> None:
            whole = QRectF(0, 0, width_px + 2 * _EDGE_PX, MATCH_BAR_PX + 2 * _EDGE_PX)
            _rounded(painter, whole, whole.height() / 2, QColor(0, 0, 0, 110))
            filled = max(float(MATCH_BAR_PX), width_px * min(match, 100) / 100)
            bar = QRectF(_EDGE_PX, _EDGE_PX, filled, MATCH_BAR_PX)
            _rounded(painter, bar, MATCH_BAR_PX / 2, QColor(255, 255, 255, 235))

        size = QSizeF(width_px + 2 * _EDGE_PX, MATCH_BAR_PX + 2 * _EDGE_PX)
        return self._stamp(("bar", width_px, match), size, draw)

    def stars(self, stars: int) -> QPixmap:
        """Return how many stars a photo has, on a dark ground: the number and one star."""
        digit = str(stars)
        width = 4 * STEP_PX + self._metrics.horizontalAdvance(digit) + _STAR_PX

        def draw(painter: QPainter) -> None:
            _rounded(painter, QRectF(0, 0, width, PILL_PX), 6, self._pill_ground)
            painter.setFont(self._font)
            painter.setPen(self._white)
            left = QRectF(1.5 * STEP_PX, 0, width, PILL_PX)
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, digit)
            painter.translate(width - 1.5 * STEP_PX - _STAR_PX / 2, PILL_PX / 2)
            painter.scale(_STAR_PX / 14, _STAR_PX / 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._white)
            painter.drawPolygon(_star())

        return self._stamp(("stars", digit, 0), QSizeF(width, PILL_PX), draw)

    def badge(self, icon_name: str) -> QPixmap:
        """Return an icon in a dark square with round corners."""

        def draw(painter: QPainter) -> None:
            _rounded(painter, QRectF(0, 0, PILL_PX, PILL_PX), 6, self._pill_ground)
            inset = (PILL_PX - _ICON_PX) // 2
            painter.drawPixmap(QPoint(inset, inset), icon_pixmap(icon_name, self._white.name(), _ICON_PX, self._ratio))

        return self._stamp(("badge", icon_name, 0), QSizeF(PILL_PX, PILL_PX), draw)

    def number(self, number: int) -> QPixmap:
        """Return a number on a dark ground."""
        width = max(PILL_PX, self._metrics.horizontalAdvance(str(number)) + 3 * STEP_PX)

        def draw(painter: QPainter) -> None:
            whole = QRectF(0, 0, width, PILL_PX)
            _rounded(painter, whole, 6, self._pill_ground)
            painter.setFont(self._font)
            painter.setPen(self._white)
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, str(number))

        return self._stamp(("number", number, 0), QSizeF(width, PILL_PX), draw)

    def ring(self, size: QSize, overhang_px: int, radius_px: int, colour: QColor) -> QPixmap:
        """Return the ring around a selected cell of this size; it reaches `overhang_px` out of it on each side."""

        def draw(painter: QPainter) -> None:
            middle = overhang_px - 2
            rect = QRectF(0, 0, size.width() + 2 * overhang_px, size.height() + 2 * overhang_px)
            painter.setPen(QPen(colour, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(middle, middle, -middle, -middle), radius_px, radius_px)

        whole = QSizeF(size.width() + 2 * overhang_px, size.height() + 2 * overhang_px)
        return self._stamp(("ring", size.width(), size.height()), whole, draw)

    def tick(self, ground: QColor, ink: QColor) -> QPixmap:
        """Return the tick of one of several selected photos."""

        def draw(painter: QPainter) -> None:
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(ground)
            painter.drawEllipse(QRectF(1, 1, PILL_PX - 2, PILL_PX - 2))
            painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline([QPointF(6.5, 10.2), QPointF(9.0, 12.8), QPointF(13.7, 7.2)])

        return self._stamp(("tick", "", 0), QSizeF(PILL_PX, PILL_PX), draw)

    def _stamp(self, key: tuple[str, str | int, int], size: QSizeF, draw: Callable[[QPainter], None]) -> QPixmap:
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= _MOST:
                self._made.clear()
            made = QPixmap((size * self._ratio).toSize())
            made.setDevicePixelRatio(self._ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
            self._made[key] = made
        return made


def _rounded(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)


def _star() -> QPolygonF:
    """Return a five-pointed star around the origin, 14 px wide."""
    points = ((0.0, -7.0), (2.06, -2.43), (7.04, -1.89), (3.33, 1.48), (4.35, 6.39), (0.0, 3.9))
    mirrored = tuple((-x, y) for x, y in reversed(points[1:-1]))
    return QPolygonF([QPointF(x, y) for x, y in points + mirrored])
