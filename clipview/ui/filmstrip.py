"""The row of thumbnails below a picture: any number of photos, of which only those on screen are touched."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from clipview.ui.lazy_numpy import np
from clipview.ui.theme import STEP_PX, Theme
from clipview.ui.thumbnails import CellShape, ThumbnailSource

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELL_PX = 56
_GAP_PX = STEP_PX
_MARGIN_PX = 2 * STEP_PX
_PITCH_PX = _CELL_PX + _GAP_PX
_RADIUS_PX = 5
_GLIDE_MS = 180
_NOTCH = 120
_NOTCH_CELLS = 3
_QUIET = 0.72
_LIMIT_BYTES = 16 << 20


class Filmstrip(QWidget):
    """Shows where in the results a photo stands; the current one is in the middle.

    Signals:
        chosen(int): a photo was clicked; its position.
    """

    chosen = Signal(int)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet.

        Args:
            thumbnails: the library's thumbnails, of which the strip takes cuts of its own.
            theme: the colours.
            parent: the Qt owner.
        """
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setAccessibleName(self.tr("Filmstrip"))
        self.setFixedHeight(_CELL_PX + 2 * _MARGIN_PX)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self._thumbnails = thumbnails.beside(CellShape(_CELL_PX, _CELL_PX, _RADIUS_PX), limit_bytes=_LIMIT_BYTES)
        self._thumbnails.arrived.connect(self._on_arrived)
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._current = 0
        self._middle = 0.0
        self._hovered: int | None = None
        self._animated = True
        self._glide = QVariantAnimation(self, duration=_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._on_glide)

    @property
    def current(self) -> int:
        """The position of the current photo."""
        return self._current

    def set_theme(self, theme: Theme) -> None:
        """Take on another theme's colours."""
        self._theme = theme
        self.update()

    def set_animated(self, animated: bool) -> None:
        """Glide to the current photo, or jump."""
        self._animated = animated

    def show_photos(self, ids: NDArray[np.int64], current: int) -> None:
        """Show these photos, at once."""
        self._ids, self._current = ids, current
        self._glide.stop()
        self._move_to(float(current))

    def set_current(self, position: int) -> None:
        """Bring another photo to the middle."""
        self._current = position
        self._glide.stop()
        if self._animated and self.isVisible():
            self._glide.setStartValue(self._middle)
            self._glide.setEndValue(float(position))
            self._glide.start()
        else:
            self._move_to(float(position))

    def position_at(self, place: QPointF) -> int | None:
        """Return the position of the photo at a place."""
        offset = place.x() - self.width() / 2 + _PITCH_PX / 2
        position = math.floor(self._middle + offset / _PITCH_PX)
        on_cells = _MARGIN_PX <= place.y() < _MARGIN_PX + _CELL_PX
        return position if on_cells and 0 <= position < len(self._ids) else None

    def cell_rect(self, position: int) -> QRectF:
        """Return where a photo's cell lies, perhaps outside the strip."""
        left = self.width() / 2 + (position - self._middle) * _PITCH_PX - _CELL_PX / 2
        return QRectF(round(left), _MARGIN_PX, _CELL_PX, _CELL_PX)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its cells, as wide as it may."""
        return QSize(10 * _PITCH_PX, _CELL_PX + 2 * _MARGIN_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the cells on screen."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.panel))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for position in self._on_screen():
            rect = self.cell_rect(position)
            pixmap = self._thumbnails.pixmap(int(self._ids[position]))
            painter.setOpacity(1.0 if position in (self._current, self._hovered) else _QUIET)
            if pixmap is None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.placeholder))
                painter.drawRoundedRect(rect, _RADIUS_PX, _RADIUS_PX)
            else:
                painter.drawPixmap(rect.toRect(), pixmap)
            if position == self._current:
                painter.setPen(QPen(QColor(self._theme.accent), 3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), _RADIUS_PX + 2, _RADIUS_PX + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802
        """Want what is on screen now."""
        self._want()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: ARG002, N802
        """Want thumbnails only when they can be seen."""
        self._on_screen_changed()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: ARG002, N802
        """Want nothing that nobody sees."""
        self._thumbnails.want(())

    def event(self, event: QEvent) -> bool:
        """Follow the window to a screen of another density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._on_screen_changed()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Look further along the strip without leaving the photo."""
        delta = event.angleDelta().x() or event.angleDelta().y()
        self._glide.stop()
        last = max(0, len(self._ids) - 1)
        self._move_to(min(max(self._middle - delta / _NOTCH * _NOTCH_CELLS, 0.0), float(last)))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go to a photo."""
        position = self.position_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        elif position is not None:
            self.chosen.emit(position)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Brighten what is under the pointer."""
        self._hover(self.position_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002, N802
        """Nothing is under the pointer."""
        self._hover(None)

    def _hover(self, position: int | None) -> None:
        if position != self._hovered:
            self._hovered = position
            self.update()

    def _on_screen(self) -> range:
        reach = self.width() / 2 / _PITCH_PX + 0.5
        first = max(0, math.floor(self._middle - reach))
        return range(first, min(len(self._ids), math.ceil(self._middle + reach) + 1))

    def _on_screen_changed(self) -> None:
        ratio = self.devicePixelRatioF()
        side = round(_CELL_PX * ratio)
        self._thumbnails.set_shape(CellShape(side, side, round(_RADIUS_PX * ratio), ratio))
        self._want()

    def _move_to(self, middle: float) -> None:
        self._middle = middle
        self._want()
        self.update()

    def _want(self) -> None:
        if self.isVisible():
            nearest = sorted(self._on_screen(), key=lambda position: abs(position - self._middle))
            self._thumbnails.want(self._ids[nearest].tolist())

    @Slot(object)
    def _on_glide(self, middle: object) -> None:
        assert isinstance(middle, float)
        self._move_to(middle)

    @Slot(object)
    def _on_arrived(self, photo_ids: tuple[int, ...]) -> None:  # noqa: ARG002 (a strip is painted in no time)
        self.update()
