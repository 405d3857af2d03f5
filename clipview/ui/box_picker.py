"""A box drawn on a picture: by dragging, by its edges and corners, or with the keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clipview.core.types import Box

_REACH_PX = 10
_LEAST_PX = 12
_HANDLE_PX = 8
_STEP = 0.02
_SHADE = QColor(0, 0, 0, 140)
_LINE = QColor("#ffffff")
_MOVES = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class BoxPicker(QWidget):
    """Lies over a picture and holds one box, in shares of the picture.

    Signals:
        changed(): the box is another one.
        drawn(): a new box was drawn with the pointer and let go.
        accepted(): Enter was pressed on a box.
        cancelled(): Esc was pressed.
    """

    changed = Signal()
    drawn = Signal()
    accepted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("boxPicker")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Draw a box around what to look for"))
        self.setAccessibleDescription(
            self.tr("Arrows move the box, with Shift they size it, Enter searches, Esc ends this")
        )
        self._picture = QRectF()
        self._box: Box | None = None
        self._held: tuple[int, int] | None = None
        """Which edges the pointer holds, -1 or 1 on each axis; (0, 0) moves the whole box."""
        self._start = QPointF()
        self._before: Box | None = None
        self._is_new = False

    @property
    def box(self) -> Box | None:
        """What is chosen; None before anything is."""
        return self._box

    def set_picture_rect(self, rect: QRectF) -> None:
        """The picture lies here, in this widget's coordinates; parts of it may lie outside."""
        self._picture = QRectF(rect)
        self.update()

    def set_box(self, box: Box | None) -> None:
        """Choose this box."""
        if box != self._box:
            self._box = box
            self.changed.emit()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Shade everything but the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._box is None:
            return
        rect = self._rect_of(self._box)
        outside = self.rect()
        for part in (
            QRectF(0, 0, outside.width(), rect.top()),
            QRectF(0, rect.bottom(), outside.width(), outside.height() - rect.bottom()),
            QRectF(0, rect.top(), rect.left(), rect.height()),
            QRectF(rect.right(), rect.top(), outside.width() - rect.right(), rect.height()),
        ):
            painter.fillRect(part, _SHADE)
        # A light line with a dark one beside it shows on any picture.
        for colour, width in ((QColor(0, 0, 0, 170), 3.0), (_LINE, 1.5)):
            painter.setPen(QPen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect)
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
        painter.setBrush(_LINE)
        half = _HANDLE_PX / 2
        for across in (rect.left(), rect.right()):
            for down in (rect.top(), rect.bottom()):
                painter.drawEllipse(QRectF(across - half, down - half, _HANDLE_PX, _HANDLE_PX))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the box, or begin a new one."""
        if event.button() != Qt.MouseButton.LeftButton or self._picture.isEmpty():
            event.ignore()
            return
        self._start, self._before = event.position(), self._box
        self._held = self._under(event.position())
        self._is_new = self._held is None
        if self._is_new:
            self._held = (1, 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw, size or move the box; show what a press would do."""
        place = event.position()
        if self._held is None:
            self._show_cursor(self._under(place))
        elif self._is_new:
            self.set_box(self._box_between(self._start, place) or self._before)
        elif self._before is not None:
            self.set_box(self._pulled(self._before, place - self._start))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let the box go; a new one is ready now."""
        if event.button() != Qt.MouseButton.LeftButton or self._held is None:
            event.ignore()
            return
        self._held = None
        if self._is_new and self._box is not None and self._box != self._before:
            self.drawn.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move or size the box, take it, or leave."""
        step = _MOVES.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._box is not None:
            self.accepted.emit()
        elif step is None:
            super().keyPressEvent(event)
        elif self._box is None:
            self.set_box(Box(0.25, 0.25, 0.75, 0.75))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            box = self._box
            self.set_box(
                Box(
                    box.left,
                    box.top,
                    min(1.0, max(box.left + _STEP, box.right + step[0])),
                    min(1.0, max(box.top + _STEP, box.bottom + step[1])),
                )
            )
        else:
            self.set_box(_moved(self._box, *step))

    def _rect_of(self, box: Box) -> QRectF:
        picture = self._picture
        return QRectF(
            QPointF(picture.left() + box.left * picture.width(), picture.top() + box.top * picture.height()),
            QPointF(picture.left() + box.right * picture.width(), picture.top() + box.bottom * picture.height()),
        )

    def _box_between(self, one: QPointF, other: QPointF) -> Box | None:
        """Return the box with these corners, as far as it lies on the picture; None when it is too small."""
        rect = QRectF(one, other).normalized().intersected(self._picture)
        if rect.width() < _LEAST_PX or rect.height() < _LEAST_PX:
            return None
        picture = self._picture
        return Box(
            max(0.0, (rect.left() - picture.left()) / picture.width()),
            max(0.0, (rect.top() - picture.top()) / picture.height()),
            min(1.0, (rect.right() - picture.left()) / picture.width()),
            min(1.0, (rect.bottom() - picture.top()) / picture.height()),
        )

    def _pulled(self, box: Box, by: QPointF) -> Box:
        """Return a box whose held edges, or all of which, moved this far."""
        assert self._held is not None
        across, down = by.x() / self._picture.width(), by.y() / self._picture.height()
        if self._held == (0, 0):
            return _moved(box, across, down)
        rect = self._rect_of(box)
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        if self._held[0] < 0:
            left += by.x()
        elif self._held[0] > 0:
            right += by.x()
        if self._held[1] < 0:
            top += by.y()
        elif self._held[1] > 0:
            bottom += by.y()
        return self._box_between(QPointF(left, top), QPointF(right, bottom)) or self._box or box

    def _under(self, place: QPointF) -> tuple[int, int] | None:
        """Return what of the box a press here would hold; None beside it."""
        if self._box is None:
            return None
        rect = self._rect_of(self._box)
        if not rect.adjusted(-_REACH_PX, -_REACH_PX, _REACH_PX, _REACH_PX).contains(place):
            return None
        across = -1 if abs(place.x() - rect.left()) <= _REACH_PX else int(abs(place.x() - rect.right()) <= _REACH_PX)
        down = -1 if abs(place.y() - rect.top()) <= _REACH_PX else int(abs(place.y() - rect.bottom()) <= _REACH_PX)
        return across, down

    def _show_cursor(self, held: tuple[int, int] | None) -> None:
        if held is None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif held == (0, 0):
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        elif 0 in held:
            self.setCursor(Qt.CursorShape.SizeHorCursor if held[0] else Qt.CursorShape.SizeVerCursor)
        else:
            self.setCursor(Qt.CursorShape.SizeFDiagCursor if held[0] == held[1] else Qt.CursorShape.SizeBDiagCursor)


def cut(image: QImage, box: Box | None) -> QImage:
    """Return the part of a picture that lies in a box, or all of it."""
    if box is None or image.isNull():
        return image
    width, height = image.width(), image.height()
    left, top = int(box.left * width), int(box.top * height)
    across = max(1, round((box.right - box.left) * width))
    return image.copy(left, top, across, max(1, round((box.bottom - box.top) * height)))


def _moved(box: Box, across: float, down: float) -> Box:
    """Return a box of the same size elsewhere on the picture."""
    across = min(max(across, -box.left), 1 - box.right)
    down = min(max(down, -box.top), 1 - box.bottom)
    return Box(
        max(0.0, box.left + across), max(0.0, box.top + down), min(1.0, box.right + across), min(1.0, box.bottom + down)
    )
