"""How one cell, heading or divider of the grid looks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from clipview.ui.grid_layout import MARGIN_PX
from clipview.ui.icons import icon_pixmap
from clipview.ui.photo_model import Badge
from clipview.ui.theme import BODY_PX, CELL_RADIUS_PX, MATCH_BAR_PX, SECTION_PX, STEP_PX, Theme

OVERHANG_PX = 4
"""How far a selection ring reaches out of its cell."""
_PILL_PX = 20
_INSET_PX = 6
_WEAK_OPACITY = 0.45
_PILL_GROUND = QColor(12, 13, 15, 175)
_ON_PICTURE = QColor("#ffffff")
_BADGE_ICONS = (
    (Badge.MISSING, "drive-offline"),
    (Badge.DAMAGED, "warning"),
    (Badge.VIDEO, "play"),
    (Badge.LIKED, "plus"),
    (Badge.DISLIKED, "minus"),
)


@dataclass(frozen=True, slots=True)
class CellLook:
    """Everything that decides how a cell looks, apart from its picture."""

    colour: int
    match: int | None = None
    badges: int = 0
    """Bits of `Badge`."""
    burst: int = 0
    weaker: bool = False
    hovered: bool = False
    selected: bool = False
    ticked: bool = False
    """One of several selected photos."""
    focused: bool = False
    """The photo that the keyboard acts on, while the grid has the keyboard."""


class GridPainter:
    """Paints the grid's parts in one theme; for the GUI thread."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self._body = QFont(font)
        self._body.setPixelSize(BODY_PX)
        self._heading = QFont(self._body)
        self._heading.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(self._body)
        self._small.setPixelSize(SECTION_PX)
        self._small.setWeight(QFont.Weight.Bold)
        self._icons: dict[tuple[str, float], QPixmap] = {}
        self.background = QColor(theme.background)
        self._placeholder = QColor(theme.placeholder)
        self._accent = QColor(theme.accent)

    def cell(self, painter: QPainter, rect: QRect, pixmap: QPixmap | None, look: CellLook) -> None:
        """Paint one photo into its cell; the ring of a selected one lies up to OVERHANG_PX outside."""
        if look.weaker and not (look.selected or look.hovered):
            painter.setOpacity(_WEAK_OPACITY)
        self._picture(painter, rect, pixmap, look)
        if look.match is not None:
            self._match_bar(painter, rect, look.match)
        painter.setOpacity(1.0)
        self._badges(painter, rect, look)
        if look.burst > 1:
            self._pill(painter, rect.topRight() + QPoint(1 - _INSET_PX, _INSET_PX), str(look.burst))
        if look.hovered and look.match is not None:
            lift = _INSET_PX + MATCH_BAR_PX + STEP_PX + _PILL_PX
            self._pill(painter, rect.bottomRight() + QPoint(1 - _INSET_PX, 1 - lift), str(look.match))
        self._rings(painter, rect, look)

    def heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        """Paint the heading of a day or month."""
        painter.setFont(self._heading)
        painter.setPen(QColor(self.theme.text))
        inner = rect.adjusted(MARGIN_PX + 1, 0, -MARGIN_PX, -2 * STEP_PX)
        shown = QFontMetrics(self._heading).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)

    def divider(self, painter: QPainter, rect: QRect, text: str, link: str, *, hovered: bool) -> None:
        """Paint the line between good and weaker matches, with its link."""
        metrics = QFontMetrics(self._body)
        gap = 2 * STEP_PX
        text_width, link_width = metrics.horizontalAdvance(text), metrics.horizontalAdvance(link)
        width = text_width + (gap + link_width if link else 0)
        left = rect.center().x() - width // 2
        middle = rect.center().y()
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawLine(rect.left() + MARGIN_PX, middle, left - gap, middle)
        painter.drawLine(left + width + gap, middle, rect.right() - MARGIN_PX, middle)
        baseline = middle + (metrics.ascent() - metrics.descent()) // 2
        painter.setFont(self._body)
        painter.setPen(QColor(self.theme.dim_text))
        painter.drawText(left, baseline, text)
        painter.setPen(self._accent)
        painter.drawText(left + text_width + gap, baseline, link)
        if hovered and link:
            start = left + text_width + gap
            painter.drawLine(start, baseline + 2, start + link_width, baseline + 2)

    def band(self, painter: QPainter, rect: QRect) -> None:
        """Paint the rubber band."""
        ground = QColor(self._accent)
        ground.setAlpha(40)
        painter.setBrush(ground)
        painter.setPen(QPen(self._accent, 1))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _picture(self, painter: QPainter, rect: QRect, pixmap: QPixmap | None, look: CellLook) -> None:
        if pixmap is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._quiet(look.colour))
            painter.drawRoundedRect(rect, CELL_RADIUS_PX, CELL_RADIUS_PX)
        elif _nearly(pixmap.deviceIndependentSize(), rect):
            painter.drawPixmap(rect.topLeft(), pixmap)
        else:
            # Only here: with this hint on, Qt blends even unscaled pixmaps ten times slower.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(rect, pixmap)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)

    def _quiet(self, colour: int) -> QColor:
        """Return a photo's colour, drawn towards the ground so that a page of placeholders doesn't shout."""
        ground = self._placeholder
        return QColor(
            ((colour >> 16 & 255) * 3 + ground.red() * 2) // 5,
            ((colour >> 8 & 255) * 3 + ground.green() * 2) // 5,
            ((colour & 255) * 3 + ground.blue() * 2) // 5,
        )

    def _match_bar(self, painter: QPainter, rect: QRect, match: int) -> None:
        width = rect.width() - 2 * _INSET_PX
        bar = QRectF(rect.left() + _INSET_PX, rect.bottom() + 1 - _INSET_PX - MATCH_BAR_PX, width, MATCH_BAR_PX)
        radius = MATCH_BAR_PX / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 110))
        painter.drawRoundedRect(bar.adjusted(-1, -1, 1, 1), radius + 1, radius + 1)
        bar.setWidth(max(MATCH_BAR_PX, width * min(match, 100) / 100))
        painter.setBrush(QColor(255, 255, 255, 235))
        painter.drawRoundedRect(bar, radius, radius)

    def _badges(self, painter: QPainter, rect: QRect, look: CellLook) -> None:
        corner = rect.topLeft() + QPoint(_INSET_PX, _INSET_PX)
        if look.badges & Badge.FAVOURITE:
            self._star(painter, QPointF(corner) + QPointF(8, 8))
            corner += QPoint(_PILL_PX + 2, 0)
        for badge, name in _BADGE_ICONS:
            if look.badges & badge:
                self._ground(painter, QRectF(corner, QSizeF(_PILL_PX, _PILL_PX)))
                painter.drawPixmap(corner + QPoint(3, 3), self._icon(name, painter.device().devicePixelRatioF()))
                corner += QPoint(_PILL_PX + 2, 0)

    def _star(self, painter: QPainter, centre: QPointF) -> None:
        star = _STAR.translated(centre)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 2.5, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(_ON_PICTURE)
        painter.drawPolygon(star)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(star)

    def _pill(self, painter: QPainter, top_right: QPoint, text: str) -> None:
        width = max(_PILL_PX, QFontMetrics(self._small).horizontalAdvance(text) + 3 * STEP_PX)
        rect = QRectF(top_right.x() - width, top_right.y(), width, _PILL_PX)
        self._ground(painter, rect)
        painter.setFont(self._small)
        painter.setPen(_ON_PICTURE)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _ground(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PILL_GROUND)
        painter.drawRoundedRect(rect, 6, 6)

    def _rings(self, painter: QPainter, rect: QRect, look: CellLook) -> None:
        if look.selected:
            self._ring(painter, QRectF(rect).adjusted(-2, -2, 2, 2), CELL_RADIUS_PX + 2, QPen(self._accent, 3))
        if look.ticked:
            self._tick(painter, rect)
        if look.focused and (look.ticked or not look.selected):
            # On any picture: a light line with a dark one beside it.
            inner = QRectF(rect).adjusted(2, 2, -2, -2)
            self._ring(painter, inner, CELL_RADIUS_PX - 2, QPen(QColor(0, 0, 0, 170), 4))
            self._ring(painter, inner, CELL_RADIUS_PX - 2, QPen(_ON_PICTURE, 2))

    def _tick(self, painter: QPainter, rect: QRect) -> None:
        side = 18
        circle = QRectF(
            rect.left() + _INSET_PX, rect.bottom() + 1 - _INSET_PX - MATCH_BAR_PX - STEP_PX - side, side, side
        )
        painter.setPen(QPen(QColor(self.theme.on_accent), 1.5))
        painter.setBrush(self._accent)
        painter.drawEllipse(circle)
        centre = circle.center()
        painter.setPen(QPen(QColor(self.theme.on_accent), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([centre + QPointF(-3.5, 0.2), centre + QPointF(-1, 2.8), centre + QPointF(3.7, -2.8)])

    def _ring(self, painter: QPainter, rect: QRectF, radius: float, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, radius, radius)

    def _icon(self, name: str, device_pixel_ratio: float) -> QPixmap:
        key = (name, device_pixel_ratio)
        if key not in self._icons:
            self._icons[key] = icon_pixmap(name, _ON_PICTURE.name(), 14, device_pixel_ratio)
        return self._icons[key]


def _nearly(size: QSizeF, rect: QRect) -> bool:
    """Tell whether a pixmap fits without scaling; at fractional pixel ratios the sizes differ by a rounding."""
    return abs(size.width() - rect.width()) < 1 and abs(size.height() - rect.height()) < 1


_STAR = QPolygonF(
    [
        QPointF(0.0, -7.0),
        QPointF(2.06, -2.43),
        QPointF(7.04, -1.89),
        QPointF(3.33, 1.48),
        QPointF(4.35, 6.39),
        QPointF(0.0, 3.9),
        QPointF(-4.35, 6.39),
        QPointF(-3.33, 1.48),
        QPointF(-7.04, -1.89),
        QPointF(-2.06, -2.43),
    ]
)
