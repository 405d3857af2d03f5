"""Searching for a part of the photo in the viewer: the tool that draws a box over it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel

from clipview.core.types import Box
from clipview.ui.box_picker import BoxPicker
from clipview.ui.viewer_canvas import PictureCanvas

_HINT_EDGE_PX = 24


class PartTool(QObject):
    """Lets a person draw a box on the canvas.

    Signals:
        chosen(Box): this part of the picture was chosen; the tool is away again.
        ended(): the tool is away.
    """

    chosen = Signal(object)
    ended = Signal()

    def __init__(self, canvas: PictureCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._picker: BoxPicker | None = None

    @property
    def active(self) -> bool:
        """Whether a box can be drawn now."""
        return self._picker is not None

    def begin(self) -> None:
        """Let a box be drawn, unless there is no picture to draw on."""
        if self._picker is not None or self._canvas.shown_size is None:
            return
        picker = BoxPicker(self._canvas)
        picker.setCursor(Qt.CursorShape.CrossCursor)
        picker.drawn.connect(self._on_accepted)
        picker.accepted.connect(self._on_accepted)
        picker.cancelled.connect(self.end)
        self._hint = QLabel(self.tr("Draw a box around what to look for. Esc ends this."), picker)
        self._hint.setObjectName("partHint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.setStyleSheet(
            "background: rgba(12, 13, 15, 215); color: #ffffff; border-radius: 10px; padding: 8px 14px;"
        )
        self._hint.adjustSize()
        self._picker = picker
        self._canvas.resized.connect(self._place)
        self._canvas.view_changed.connect(self._place)
        self._place()
        picker.show()
        picker.raise_()
        picker.setFocus()

    @Slot()
    def end(self) -> None:
        """Take the tool away."""
        if self._picker is not None:
            self._canvas.resized.disconnect(self._place)
            self._canvas.view_changed.disconnect(self._place)
            self._picker.hide()
            self._picker.setParent(None)
            self._picker.deleteLater()
            self._picker = None
            self._canvas.setFocus()
            self.ended.emit()

    @Slot()
    def _place(self) -> None:
        assert self._picker is not None
        ratio = self._canvas.devicePixelRatioF()
        rect = self._canvas.lens.rect
        self._picker.setGeometry(self._canvas.rect())
        self._picker.set_picture_rect(QRectF(QPointF(rect.topLeft()) / ratio, rect.size() / ratio))
        left = (self._canvas.width() - self._hint.width()) // 2
        self._hint.move(left, self._canvas.height() - self._hint.height() - _HINT_EDGE_PX)

    @Slot()
    def _on_accepted(self) -> None:
        box: Box | None = None if self._picker is None else self._picker.box
        self.end()
        if box is not None:
            self.chosen.emit(box)
