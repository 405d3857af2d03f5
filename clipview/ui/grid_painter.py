"""How one cell, heading or divider of the grid looks."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from clipview.ui.grid_layout import MARGIN_PX
from clipview.ui.grid_stamps import PILL_PX, Stamps
from clipview.ui.photo_model import Badge
from clipview.ui.theme import BODY_PX, CELL_RADIUS_PX, MATCH_BAR_PX, SECTION_PX, STEP_PX, Theme

OVERHANG_PX = 4
"""How far a selection ring reaches out of its cell."""
STACK_BADGE_PX = 34
"""How far from its cell's corner a stack's count can be clicked."""
_INSET_PX = 6
_WEAK_OPACITY = 0.45
_SPREAD = int(Badge.SPREAD)
# Plain ints: combining enumeration members costs more than drawing.
_BADGE_ICONS = (
    (int(Badge.FAVOURITE), "heart"),
    (int(Badge.MISSING), "drive-offline"),
    (int(Badge.DAMAGED), "warning"),
    (int(Badge.VIDEO), "play"),
    (int(Badge.LIKED), "plus"),
    (int(Badge.DISLIKED), "minus"),
)


class CellLook(Struct, frozen=True):
    """Everything that decides how a cell looks, apart from its picture."""

    colour: int
    match: int | None = None
    badges: int = 0
    """Bits of `Badge`."""
    burst: int = 0
    stars: int = 0
    """1 to 5; 0 and below show nothing."""
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
        self._stamps = Stamps(self._small)
        self.background = QColor(theme.background)
        self._ground = int(theme.placeholder[1:], 16)
        self._accent = QColor(theme.accent)

    def cell(self, painter: QPainter, rect: QRect, pixmap: QPixmap | None, look: CellLook) -> None:
        """Paint one photo into its cell; the ring of a selected one lies up to OVERHANG_PX outside."""
        faint = look.weaker and not (look.selected or look.hovered)
        if faint:
            painter.setOpacity(_WEAK_OPACITY)
        self._picture(painter, rect, pixmap, look)
        if look.match is not None:
            self._match_bar(painter, rect, look.match)
        if faint:
            painter.setOpacity(1.0)
        if look.badges or look.stars > 0:
            self._badges(painter, rect, look.badges, look.stars)
        if look.badges & _SPREAD:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._accent)
            painter.drawRoundedRect(QRectF(rect.left() + 7, rect.top() - 4, rect.width() - 14, 2), 1, 1)
        if look.burst > 1:
            self._number(painter, rect.topRight() + QPoint(1 - _INSET_PX, _INSET_PX), look.burst)
        if look.hovered and look.match is not None:
            lift = _INSET_PX + MATCH_BAR_PX + STEP_PX + PILL_PX
            self._number(painter, rect.bottomRight() + QPoint(1 - _INSET_PX, 1 - lift), look.match)
        if look.selected or look.focused:
            self._rings(painter, rect, look)

    def use_ratio(self, device_pixel_ratio: float) -> None:
        """Paint for a screen of this density from now on."""
        self._stamps.use_ratio(device_pixel_ratio)

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
        ground = self._ground
        return QColor(
            ((colour >> 16 & 255) * 3 + (ground >> 16) * 2) // 5,
            ((colour >> 8 & 255) * 3 + (ground >> 8 & 255) * 2) // 5,
            ((colour & 255) * 3 + (ground & 255) * 2) // 5,
        )

    def _match_bar(self, painter: QPainter, rect: QRect, match: int) -> None:
        bar = self._stamps.bar(rect.width() - 2 * _INSET_PX, match)
        corner = rect.bottomLeft() + QPoint(_INSET_PX - 1, -_INSET_PX - MATCH_BAR_PX)
        painter.drawPixmap(corner, bar)

    def _badges(self, painter: QPainter, rect: QRect, badges: int, stars: int) -> None:
        corner = rect.topLeft() + QPoint(_INSET_PX, _INSET_PX)
        if stars > 0:
            stamp = self._stamps.stars(stars)
            painter.drawPixmap(corner, stamp)
            corner += QPoint(round(stamp.deviceIndependentSize().width()) + 2, 0)
        for badge, name in _BADGE_ICONS:
            if badges & badge:
                painter.drawPixmap(corner, self._stamps.badge(name))
                corner += QPoint(PILL_PX + 2, 0)

    def _number(self, painter: QPainter, top_right: QPoint, number: int) -> None:
        stamp = self._stamps.number(number)
        painter.drawPixmap(top_right - QPoint(round(stamp.deviceIndependentSize().width()), 0), stamp)

    def _rings(self, painter: QPainter, rect: QRect, look: CellLook) -> None:
        if look.selected:
            ring = self._stamps.ring(rect.size(), OVERHANG_PX, CELL_RADIUS_PX + 2, self._accent)
            painter.drawPixmap(rect.topLeft() - QPoint(OVERHANG_PX, OVERHANG_PX), ring)
        if look.ticked:
            lift = _INSET_PX + MATCH_BAR_PX + STEP_PX + PILL_PX
            corner = rect.bottomLeft() + QPoint(_INSET_PX - 1, 1 - lift)
            painter.drawPixmap(corner, self._stamps.tick(self._accent, QColor(self.theme.on_accent)))
        if look.focused and (look.ticked or not look.selected):
            # On any picture: a light line with a dark one beside it.
            inner = QRectF(rect).adjusted(2, 2, -2, -2)
            self._ring(painter, inner, CELL_RADIUS_PX - 2, QPen(QColor(0, 0, 0, 170), 4))
            self._ring(painter, inner, CELL_RADIUS_PX - 2, QPen(QColor("#ffffff"), 2))

    def _ring(self, painter: QPainter, rect: QRectF, radius: float, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, radius, radius)


def _nearly(size: QSizeF, rect: QRect) -> bool:
    """Tell whether a pixmap fits without scaling; at fractional pixel ratios the sizes differ by a rounding."""
    return abs(size.width() - rect.width()) < 1 and abs(size.height() - rect.height()) < 1
