"""The pieces of the review desk: a large picture, a strip of small ones, and a card with tick and cross."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from clipview.ui.icons import icon_pixmap
from clipview.ui.theme import CELL_RADIUS_PX, Theme
from clipview.ui.thumbnails import CellShape, ThumbnailSource

STRIP_PX = 56
CARD_PX = (148, 112)
_SMALL_RADIUS_PX = 5
_GAP_PX = 6
_SIGN_PX = 22
_BIG_LIMIT_BYTES = 48 << 20
_SMALL_LIMIT_BYTES = 8 << 20
_MOST_COMING = 40


class BigPicture(QWidget):
    """One photo, as large as there is room; those that come next are held ready."""

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPicture")
        self.setMinimumSize(160, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self._photo_id: int | None = None
        self._source = thumbnails.beside(CellShape(400, 300, CELL_RADIUS_PX, whole=True), limit_bytes=_BIG_LIMIT_BYTES)
        self._source.arrived.connect(self._on_arrived)

    @property
    def photo_id(self) -> int | None:
        """The photo that is shown."""
        return self._photo_id

    @property
    def is_shown(self) -> bool:
        """Whether its picture is there."""
        return self._photo_id is not None and self._source.pixmap(self._photo_id) is not None

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def show_photo(self, photo_id: int | None, coming: Sequence[int]) -> None:
        """Show a photo, and make those ready that come."""
        self._photo_id = photo_id
        self._source.want([each for each in (photo_id, *coming) if each is not None])
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Ask for pixels of the new size."""
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        self._source.set_shape(
            CellShape(max(1, size.width()), max(1, size.height()), round(CELL_RADIUS_PX * ratio), ratio, whole=True)
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Draw it."""
        pixmap = None if self._photo_id is None else self._source.pixmap(self._photo_id)
        if pixmap is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        size = pixmap.deviceIndependentSize()
        size.scale(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        painter.end()

    @Slot(object)
    def _on_arrived(self, photo_ids: tuple[int, ...]) -> None:
        if self._photo_id in photo_ids:
            self.update()


class Strip(QWidget):
    """Small pictures in one line, as many as fit.

    Signals:
        chosen(int): a photo was clicked.
    """

    chosen = Signal(int)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._photo_ids: tuple[int, ...] = ()
        self._mark_after: int | None = None
        self.setFixedHeight(STRIP_PX)
        self._source = thumbnails.beside(
            CellShape(STRIP_PX, STRIP_PX, _SMALL_RADIUS_PX), limit_bytes=_SMALL_LIMIT_BYTES
        )
        self._source.arrived.connect(lambda _: self.update())

    @property
    def photo_ids(self) -> tuple[int, ...]:
        """The photos, those included that don't fit."""
        return self._photo_ids

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def show_photos(self, photo_ids: Sequence[int], *, mark_after: int | None = None) -> None:
        """Show these; with a line after so many of them."""
        self._photo_ids, self._mark_after = tuple(photo_ids[:_MOST_COMING]), mark_after
        ratio = self.devicePixelRatioF()
        side = round(STRIP_PX * ratio)
        self._source.set_shape(CellShape(side, side, round(_SMALL_RADIUS_PX * ratio), ratio))
        self._source.want(self._photo_ids)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, photo_id in enumerate(self._photo_ids):
            left = place * (STRIP_PX + _GAP_PX) + (2 * _GAP_PX if self._is_beyond(place) else 0)
            if left + STRIP_PX > self.width():
                break
            cell = QRect(left, 0, STRIP_PX, STRIP_PX)
            pixmap = self._source.pixmap(photo_id)
            if pixmap is not None:
                painter.drawPixmap(cell, pixmap)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.placeholder))
                painter.drawRoundedRect(cell, _SMALL_RADIUS_PX, _SMALL_RADIUS_PX)
        if self._mark_after is not None:
            x = self._mark_after * (STRIP_PX + _GAP_PX) + _GAP_PX / 2
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawLine(int(x), 2, int(x), STRIP_PX - 2)
        painter.end()

    def _is_beyond(self, place: int) -> bool:
        return self._mark_after is not None and place >= self._mark_after


class ChoiceCard(QAbstractButton):
    """One photo of a group: ticked, or crossed out by a click."""

    def __init__(self, photo_id: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo_id = photo_id
        self._theme = theme
        self._pixmap: QPixmap | None = None
        self.setCheckable(True)
        self.setChecked(True)
        self.setFixedSize(*CARD_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._describe)
        self._describe()

    def show_picture(self, pixmap: QPixmap) -> None:
        """Show its thumbnail."""
        self._pixmap = pixmap
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Draw the picture with its sign."""
        theme, yes = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.placeholder))
        painter.drawRoundedRect(whole, CELL_RADIUS_PX, CELL_RADIUS_PX)
        if self._pixmap is not None:
            painter.setOpacity(1.0 if yes else 0.3)
            painter.drawPixmap(self.rect(), self._pixmap)
            painter.setOpacity(1.0)
        sign = QRectF(self.width() - _SIGN_PX - 6, 6, _SIGN_PX, _SIGN_PX)
        painter.setBrush(QColor(theme.accent if yes else theme.panel))
        painter.drawEllipse(sign)
        name, colour = ("check", theme.on_accent) if yes else ("close", theme.text)
        inner = _SIGN_PX - 8
        painter.drawPixmap(
            int(sign.left()) + 4, int(sign.top()) + 4, icon_pixmap(name, colour, inner, self.devicePixelRatioF())
        )
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole, CELL_RADIUS_PX, CELL_RADIUS_PX)
        painter.end()

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Yes") if self.isChecked() else self.tr("No"))
