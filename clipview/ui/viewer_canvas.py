"""How one picture is looked at: painted from the best pixels there are, zoomed and panned by every pointing device."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from clipview.ui.viewer_lens import Lens
from clipview.ui.viewer_pictures import Picture

_ZOOM_MS = 150
_FADE_MS = 600
_NOTCH = 120
_NOTCH_ZOOM = 1.25
_NEAREST_ABOVE = 4.0
_DIM = 0.35
_GUESSED_LONG_SIDE_PX = 4000


class PictureCanvas(QWidget):
    """Shows one picture at a time, at first perhaps only its thumbnail.

    Signals:
        view_changed(): a person changed the zoom, the part on screen or the size of the canvas.
        resized(): the canvas has another size.
        acted(): a person pressed, turned or pinched something here.
        pointer_moved(): the pointer moved over the canvas.
    """

    view_changed = Signal()
    resized = Signal()
    acted = Signal()
    pointer_moved = Signal()

    def __init__(self, ground: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerCanvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        if sys.platform != "darwin":
            # There, pinches come as native gestures, and would come twice.
            self.grabGesture(Qt.GestureType.PinchGesture)
        self._ground = ground
        self._lens = Lens()
        self._thumbnail: QPixmap | None = None
        self._pictures: Sequence[Picture] = ()
        self._dimmed = False
        self._size_known = False
        self._animated = True
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self._swallow_release = False
        self._zoom_from = 1.0
        self._zoom_to: float | None = None
        self._anchor = QPointF()
        self._zooming = QVariantAnimation(self, duration=_ZOOM_MS, startValue=0.0, endValue=1.0)
        self._zooming.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._zooming.valueChanged.connect(self._on_zooming)
        self._ghost: QPixmap | None = None
        self._fading = QVariantAnimation(self, duration=_FADE_MS, startValue=1.0, endValue=0.0)
        self._fading.valueChanged.connect(self._on_fading)
        self._fading.finished.connect(self._on_faded)

    @property
    def lens(self) -> Lens:
        """Where the picture lies; for reading only."""
        return self._lens

    @property
    def size_px(self) -> QSize:
        """The canvas in device pixels."""
        ratio = self.devicePixelRatioF()
        return QSize(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))

    @property
    def size_known(self) -> bool:
        """Whether the picture's real size is known, and with it what the zoom means."""
        return self._size_known

    @property
    def shown_size(self) -> QSizeF | None:
        """The shape of what is shown, in pixels of no particular size; None when there is nothing to show yet."""
        if self._pictures:
            return self._pictures[-1].full_size
        return None if self._thumbnail is None else QSizeF(self._thumbnail.size())

    def set_ground(self, ground: QColor) -> None:
        """Lie on this colour."""
        self._ground = ground
        self.update()

    def set_animated(self, animated: bool) -> None:
        """Zoom and cross-fade softly, or at once."""
        self._animated = animated

    def show_photo(self, thumbnail: QPixmap | None, pictures: Sequence[Picture], *, fade: bool = False) -> None:
        """Show another photo, all of it, by whatever there is of it yet."""
        ghost = self._snapshot() if fade and self._animated else None
        self._zooming.stop()
        self._fading.stop()
        self._ghost = ghost
        self._thumbnail, self._pictures, self._dimmed = thumbnail, pictures, False
        self._size_known = bool(pictures)
        self._lens.show_new(self._believed_size())
        if ghost is not None:
            self._fading.start()
        self._show_cursor()
        self.update()

    def improve(self, thumbnail: QPixmap | None, pictures: Sequence[Picture]) -> None:
        """There is more of the photo that is shown; what is on screen stays where it is."""
        self._thumbnail, self._pictures = thumbnail, pictures
        believed = self._believed_size()
        if pictures or not self._size_known:
            self._lens.correct(believed)
        self._size_known = self._size_known or bool(pictures)
        self._dimmed = self._dimmed and not pictures
        self._show_cursor()
        self.update()

    def dim(self) -> None:
        """Show that this is only a memory of the photo."""
        self._dimmed = True
        self.update()

    def fit(self) -> None:
        """Show all of the picture."""
        if not self._lens.fits:
            self._zoom_softly(None, QPointF(self._lens.rect.center()))

    def toggle_actual_size(self, place: QPointF | None = None) -> None:
        """Go to one pixel for one pixel around a place (logical; the middle when None), or back to the whole."""
        if not self._lens.fits:
            self.fit()
        else:
            self._zoom_softly(1.0, self._anchor_at(place))

    def zoom_by_steps(self, steps: int, place: QPointF | None = None) -> None:
        """Zoom to the next round zoom in (1) or out (-1)."""
        self._zoom_softly(self._lens.step(steps), self._anchor_at(place))

    def hide_pointer(self) -> None:
        """Let nothing lie over the picture."""
        self.setCursor(Qt.CursorShape.BlankCursor)

    def show_pointer(self) -> None:
        """Show the pointer again."""
        self._show_cursor()

    def pointer(self) -> QPointF | None:
        """Return where the pointer is when it is over the canvas."""
        place = self.mapFromGlobal(self.cursor().pos())
        return QPointF(place) if self.rect().contains(place) else None

    def pan(self, dx_px: float, dy_px: float) -> bool:
        """Move the picture by logical pixels; False when it can't move further."""
        ratio = self.devicePixelRatioF()
        moved = self._lens.pan(QPointF(dx_px * ratio, dy_px * ratio))
        if moved:
            self._changed()
        return moved

    # Zooming.

    def _anchor_at(self, place: QPointF | None) -> QPointF:
        return (QPointF(self.rect().center()) if place is None else place) * self.devicePixelRatioF()

    def _zoom_at_once(self, zoom: float, anchor: QPointF) -> None:
        self._zooming.stop()
        self._lens.zoom_to(zoom, anchor)
        self._changed()

    def _zoom_softly(self, zoom: float | None, anchor: QPointF) -> None:
        """Zoom around a place of the canvas in device pixels; None to the whole picture."""
        self._zooming.stop()
        self._zoom_from, self._zoom_to, self._anchor = self._lens.zoom, zoom, anchor
        if self._animated:
            self._zooming.start()
        else:
            self._on_zooming(1.0)

    @Slot(object)
    def _on_zooming(self, share: object) -> None:
        assert isinstance(share, float)
        if self._zoom_to is None and share >= 1:
            self._lens.fit()
        elif share > 0:
            # The canvas may have become another size on the way.
            target = self._lens.fit_zoom if self._zoom_to is None else self._zoom_to
            self._lens.zoom_to(self._zoom_from * (target / self._zoom_from) ** share, self._anchor)
        self._changed()

    def _changed(self) -> None:
        self._show_cursor()
        self.update()
        self.view_changed.emit()

    def _show_cursor(self) -> None:
        if self._dragged_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._lens.can_pan:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _believed_size(self) -> QSizeF:
        """Return the picture's size, or one of its shape that photos often have while the real one isn't known."""
        if self._pictures:
            return self._pictures[-1].full_size
        if self._thumbnail is None:
            return QSizeF(_GUESSED_LONG_SIDE_PX, _GUESSED_LONG_SIDE_PX * 2 / 3)
        size = QSizeF(self._thumbnail.size())
        return size * (_GUESSED_LONG_SIDE_PX / max(size.width(), size.height()))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the picture, and over it what fades out."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._ground)
        self._paint_picture(painter)
        if self._ghost is not None:
            painter.setOpacity(float(self._fading.currentValue()))
            painter.drawPixmap(0, 0, self._ghost)

    def _paint_picture(self, painter: QPainter) -> None:
        painter.save()
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        # At a fractional pixel ratio the canvas itself may begin between two pixels of the screen.
        origin = painter.deviceTransform()
        painter.translate(round(origin.dx()) - origin.dx(), round(origin.dy()) - origin.dy())
        if self._dimmed:
            painter.setOpacity(_DIM)
        rect = self._lens.rect
        sharp = self._sharp_for(rect)
        if sharp is not None:
            painter.drawImage(rect.topLeft(), sharp)
        elif self._pictures:
            picture = next(
                (picture for picture in self._pictures if picture.image.width() >= rect.width() * 0.98), None
            )
            picture = picture or self._pictures[-1]
            # Whoever zooms this closely wants to see the pixels; a small photo that merely fits is better smooth.
            smooth = self._lens.fits or not picture.is_full or self._lens.zoom <= _NEAREST_ABOVE
            self._draw(painter, picture.image, rect, smooth=smooth)
        elif self._thumbnail is not None:
            self._draw(painter, self._thumbnail, rect, smooth=True)
        painter.restore()

    def _sharp_for(self, rect: QRectF) -> QImage | None:
        if not self._lens.fits:
            return None
        size = rect.size().toSize()
        return next((p.sharp for p in self._pictures if p.sharp is not None and p.sharp.size() == size), None)

    def _draw(self, painter: QPainter, source: QImage | QPixmap, rect: QRectF, *, smooth: bool) -> None:
        """Draw only the pixels that show: the raster engine's coordinates end at 32,767."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        across, down = rect.width() / source.width(), rect.height() / source.height()
        canvas = self._lens.canvas
        left = max(0, math.floor(-rect.left() / across) - 1)
        top = max(0, math.floor(-rect.top() / down) - 1)
        right = min(source.width(), math.ceil((canvas.width() - rect.left()) / across) + 1)
        bottom = min(source.height(), math.ceil((canvas.height() - rect.top()) / down) + 1)
        part = QRectF(left, top, right - left, bottom - top)
        target = QRectF(
            rect.left() + left * across, rect.top() + top * down, part.width() * across, part.height() * down
        )
        if isinstance(source, QImage):
            painter.drawImage(target, source, part)
        else:
            painter.drawPixmap(target, source, part)

    def _snapshot(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        snapshot = QPixmap(self.size_px)
        snapshot.setDevicePixelRatio(ratio)
        snapshot.fill(self._ground)
        painter = QPainter(snapshot)
        self._paint_picture(painter)
        painter.end()
        return snapshot

    @Slot()
    def _on_fading(self) -> None:
        self.update()

    @Slot()
    def _on_faded(self) -> None:
        self._ghost = None
        self.update()

    # Qt's own.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802
        """Keep what is in the middle there."""
        self._lens.resize(self.size_px)
        self._changed()
        self.resized.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: ARG002, N802
        """The screen, and its pixel ratio, is known for certain only now."""
        self._lens.resize(self.size_px)

    def event(self, event: QEvent) -> bool:
        """Zoom by pinching, on a touchpad or a touch screen; follow the window to another screen."""
        if isinstance(event, QNativeGestureEvent):
            return self._native_gesture(event)
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.acted.emit()
                place = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self._zoom_at_once(self._lens.zoom * pinch.scaleFactor(), self._anchor_at(place))
                event.accept(pinch)
                return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._lens.resize(self.size_px)
            self._changed()
        return super().event(event)

    def _native_gesture(self, event: QNativeGestureEvent) -> bool:
        self.acted.emit()
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_at_once(self._lens.zoom * (1 + event.value()), self._anchor_at(event.position()))
        elif event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
            self.toggle_actual_size(event.position())
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom around the pointer; two fingers on a touchpad move a picture that is zoomed."""
        self.acted.emit()
        touchpad = event.phase() != Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull()
        if touchpad and self._lens.can_pan and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pan(event.pixelDelta().x(), event.pixelDelta().y())
            return
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            before = self._lens.zoom
            zoom = before * _NOTCH_ZOOM**notches
            if (before - 1) * (zoom - 1) < 0:
                # Nobody hits 100 % by turning a wheel, and everybody wants to.
                zoom = 1.0
            self._zoom_at_once(zoom, self._anchor_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Get ready to drag, or to take it as a click."""
        self.acted.emit()
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag the picture along."""
        self.pointer_moved.emit()
        if self._pressed_at is None:
            return
        place = event.position()
        if self._dragged_from is None:
            if (place - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragged_from = self._pressed_at
            self._zooming.stop()
        step = place - self._dragged_from
        self._dragged_from = place
        self.pan(step.x(), step.y())
        self._show_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A press that did not become a drag is a click."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        clicked = self._pressed_at is not None and self._dragged_from is None
        self._pressed_at = self._dragged_from = None
        self._show_cursor()
        if clicked and not self._swallow_release:
            self.toggle_actual_size(event.position())
        self._swallow_release = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The first click has zoomed already; the second one must not undo it."""
        self.mousePressEvent(event)
        self._swallow_release = event.button() == Qt.MouseButton.LeftButton
