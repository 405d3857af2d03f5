"""The pieces of the review desk: a large picture, a strip of small ones, and a card with tick and cross."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from clipview.engine.messages import PictureAnswer, PictureRefused
from clipview.ui.icons import icon_pixmap
from clipview.ui.theme import CELL_RADIUS_PX, Theme
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.viewer_canvas import PictureCanvas
from clipview.ui.viewer_supply import PictureSupply

STRIP_PX = 56
CARD_PX = (148, 112)
_SMALL_RADIUS_PX = 5
_GAP_PX = 6
_SIGN_PX = 22
_BIG_LIMIT_BYTES = 64 << 20
_SHARP_COMING = 3
"""Photos that are decoded in full size ahead."""
_SMALL_LIMIT_BYTES = 8 << 20
_MOST_COMING = 40


class BigPicture(QWidget):
    """One photo, as large as there is room, at first by its thumbnail; those that come next are held ready.

    It can be looked at closely with the wheel or a click, as in the viewer.

    Signals:
        requested(int, int | None): a photo's id and the least length of its shorter side in pixels; None for all.
    """

    requested = Signal(object, object)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPicture")
        self.setMinimumSize(160, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._photo_id: int | None = None
        self._coming: Sequence[int] = ()
        self._canvas = PictureCanvas(QColor(theme.background), self)
        # The keys stay with the page.
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._supply = PictureSupply(thumbnails, self._canvas, _BIG_LIMIT_BYTES, self)
        self._supply.requested.connect(self.requested)
        self._supply.improved.connect(self._on_improved)
        self._supply.thumbnails.arrived.connect(self._on_arrived)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._canvas)

    @property
    def photo_id(self) -> int | None:
        """The photo that is shown."""
        return self._photo_id

    @property
    def is_shown(self) -> bool:
        """Whether its picture is there, maybe only as a thumbnail."""
        return self._photo_id is not None and self.is_ready(self._photo_id)

    @property
    def is_sharp(self) -> bool:
        """Whether it is there with as many pixels as can be seen."""
        return self._photo_id is not None and bool(self._supply.pictures(self._photo_id))

    def is_ready(self, photo_id: int) -> bool:
        """Tell whether a photo could be shown at once."""
        return self._supply.thumbnails.pixmap(photo_id) is not None or bool(self._supply.pictures(photo_id))

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._canvas.set_ground(QColor(theme.background))

    def show_photo(self, photo_id: int | None, coming: Sequence[int]) -> None:
        """Show a photo, and make those ready that come."""
        self._coming = coming
        if photo_id is None:
            self._photo_id = None
            self._supply.look_away()
            self._canvas.show_photo(None, ())
            return
        self._supply.thumbnails.want([photo_id, *coming])
        if photo_id != self._photo_id:
            self._photo_id = photo_id
            self._canvas.show_photo(self._supply.thumbnails.pixmap(photo_id), self._supply.pictures(photo_id))
        if self.isVisible():
            self._supply.look_at(photo_id, coming[:_SHARP_COMING])

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Get the pixels of what is shown."""
        super().showEvent(event)
        if self._photo_id is not None:
            self.show_photo(self._photo_id, self._coming)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Hold no large pictures that nobody sees."""
        super().hideEvent(event)
        self._supply.look_away()

    @Slot(object)
    def take(self, answer: PictureAnswer) -> None:
        """Take a picture that was asked for, here or elsewhere."""
        self._supply.take(answer)

    @Slot(object)
    def take_refusal(self, refusal: PictureRefused) -> None:
        """Note that a photo's file can't be had: its thumbnail stays."""
        self._supply.take_refusal(refusal)

    @Slot()
    def ask_again(self) -> None:
        """Ask anew for what is lacking: what was asked is lost."""
        self._supply.ask_again()

    @Slot(object)
    def _on_improved(self, photo_id: int) -> None:
        if photo_id == self._photo_id:
            self._canvas.improve(self._supply.thumbnails.pixmap(photo_id), self._supply.pictures(photo_id))

    @Slot(object)
    def _on_arrived(self, photo_ids: tuple[int, ...]) -> None:
        if self._photo_id is not None and self._photo_id in photo_ids:
            self._on_improved(self._photo_id)


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
