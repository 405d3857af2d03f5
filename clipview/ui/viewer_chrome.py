"""What floats over a picture: round buttons and a bar that fade away when nobody needs them."""

from __future__ import annotations

from PySide6.QtCore import (
    QEasingCurve,
    QObject,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from clipview.ui.icons import ICON_PX, icon_pixmap
from clipview.ui.theme import BODY_PX, DARK, STEP_PX
from clipview.ui.wording import plain, tooltip

BAR_PX = 52
_BUTTON_PX = 34
_FADE_MS = 180
_IDLE_MS = 2500
_INK = QColor("#ffffff")
_SHADE = QColor(0, 0, 0, 190)
_RING = QColor(DARK.accent)


class FloatingButton(QAbstractButton):
    """A round button over a picture of any colour."""

    def __init__(self, icon_name: str, text: str, keys: str = "", parent: QWidget | None = None) -> None:
        """Show an icon.

        Args:
            icon_name: the icon's file name without its ending.
            text: what the button does, for tool tips and screen readers.
            keys: the keys that do the same, for the tool tip.
            parent: the Qt owner.
        """
        super().__init__(parent)
        self.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._keys = keys
        self._icon_name = icon_name
        self._pixmap: tuple[str, float, QPixmap] | None = None
        self._opacity = 1.0
        self.say(icon_name, text)

    def say(self, icon_name: str, text: str) -> None:
        """Do something else from now on."""
        self._icon_name = icon_name
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self._keys})" if self._keys else text)
        self.update()

    def set_opacity(self, opacity: float) -> None:
        """Be this visible, 0 to 1."""
        self._opacity = opacity
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Leave the arrows, which would move the focus, to the viewer."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint a dark disc, which keeps the icon readable on white pictures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._opacity * (1.0 if self.isEnabled() else 0.35))
        disc = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = QColor(38, 40, 45, 190)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            ground = QColor(74, 78, 86, 240 if self.isDown() else 215)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(disc)
        if self.isChecked():
            painter.setBrush(QColor(255, 255, 255, 60))
            painter.drawEllipse(disc)
        inset = (self.width() - ICON_PX) / 2
        painter.drawPixmap(QPointF(inset, inset), self._icon(self.devicePixelRatioF()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(_RING, 2))
            painter.drawEllipse(disc)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Always the same."""
        return QSize(_BUTTON_PX, _BUTTON_PX)

    def _icon(self, device_pixel_ratio: float) -> QPixmap:
        if self._pixmap is None or self._pixmap[:2] != (self._icon_name, device_pixel_ratio):
            pixmap = icon_pixmap(self._icon_name, _INK.name(), ICON_PX, device_pixel_ratio)
            self._pixmap = (self._icon_name, device_pixel_ratio, pixmap)
        return self._pixmap[2]


class ViewerBar(QWidget):
    """The bar over the top of a picture: where one is, its name, the zoom, and what can be done.

    The buttons are public; the viewer connects them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerBar")
        self.setFixedHeight(BAR_PX)
        self._opacity = 1.0
        self.close_button = FloatingButton("back", self.tr("Back to the results"), self.tr("Esc"))
        self.zoom_button = FloatingButton("zoom", self.tr("Actual size"), "Z")
        self.similar_button = FloatingButton("similar", self.tr("Find similar photos"), "S")
        self.part_button = FloatingButton("crop", self.tr("Search a part of the photo"), "R")
        self.more_button = FloatingButton("plus", self.tr("More photos like this"), "+")
        self.less_button = FloatingButton("minus", self.tr("Fewer photos like this"), "-")
        for button in (self.more_button, self.less_button):
            button.setCheckable(True)
        self.slideshow_button = FloatingButton("play", self.tr("Start the slideshow"), "P")
        self.info_button = FloatingButton("info", self.tr("Show or hide the photo's details"), "I")
        self.full_screen_button = FloatingButton("full-screen", self.tr("Full screen"), "F11")
        self._caption = _FloatingLabel(self)
        self._caption.setObjectName("viewerCaption")
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._counter = _FloatingLabel(self)
        self._counter.setObjectName("viewerCounter")
        self._zoom = _FloatingLabel(self)
        self._zoom.setObjectName("viewerZoom")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * STEP_PX, 2 * STEP_PX, 2 * STEP_PX, 2 * STEP_PX)
        layout.setSpacing(2 * STEP_PX)
        layout.addWidget(self.close_button)
        layout.addSpacing(STEP_PX)
        layout.addWidget(self._counter)
        layout.addSpacing(STEP_PX)
        layout.addWidget(self._caption, 1)
        layout.addWidget(self._zoom)
        for button in self.buttons[1:]:
            layout.addWidget(button)

    @property
    def buttons(self) -> tuple[FloatingButton, ...]:
        """All buttons, in reading order."""
        return (
            self.close_button,
            self.zoom_button,
            self.similar_button,
            self.part_button,
            self.more_button,
            self.less_button,
            self.slideshow_button,
            self.info_button,
            self.full_screen_button,
        )

    @property
    def caption(self) -> str:
        """The photo's name."""
        return self._caption.text()

    @property
    def counter(self) -> str:
        """Where one is."""
        return self._counter.text()

    def set_caption(self, text: str) -> None:
        """Show the photo's name."""
        self._caption.setText(plain(text))
        self._caption.setToolTip(tooltip(text))

    def set_counter(self, text: str) -> None:
        """Show where one is."""
        self._counter.setText(text)

    def set_zoom(self, text: str) -> None:
        """Show how large the picture is."""
        self._zoom.setText(text)

    def set_opacity(self, opacity: float) -> None:
        """Be this visible, 0 to 1."""
        self._opacity = opacity
        for button in self.buttons:
            button.set_opacity(opacity)
        for label in (self._caption, self._counter, self._zoom):
            label.set_opacity(opacity)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Shade the picture so that white text can be read on it."""
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        shade = QLinearGradient(QPointF(0, 0), QPointF(0, self.height()))
        shade.setColorAt(0, _SHADE)
        shade.setColorAt(0.65, QColor(0, 0, 0, 150))
        shade.setColorAt(1, QColor(0, 0, 0, 0))
        painter.fillRect(self.rect(), shade)


class Fader(QObject):
    """Fades things out when the pointer has rested for a while, and in again when it moves.

    Signals:
        faded(float): how visible they are now, 0 to 1.
        rested(): they begin to go.
    """

    faded = Signal(float)
    rested = Signal()

    def __init__(self, parent: QObject, idle_ms: int = _IDLE_MS) -> None:
        super().__init__(parent)
        self._shown = True
        self._animated = True
        self._idle = QTimer(self, interval=idle_ms, singleShot=True)
        self._idle.timeout.connect(self._on_idle)
        self._fade = QVariantAnimation(self, duration=_FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._fade.valueChanged.connect(self._on_fade)

    @property
    def shown(self) -> bool:
        """Whether things are there, or coming."""
        return self._shown

    def set_animated(self, animated: bool) -> None:
        """Fade, or come and go at once."""
        self._animated = animated

    def wake(self) -> None:
        """Bring everything back."""
        self._idle.start()
        if not self._shown:
            self._go(shown=True)

    def stop(self) -> None:
        """Stay as things are."""
        self._idle.stop()

    @Slot()
    def _on_idle(self) -> None:
        self._go(shown=False)
        self.rested.emit()

    def _go(self, *, shown: bool) -> None:
        self._shown = shown
        start = self._fade.currentValue() if self._fade.state() == QVariantAnimation.State.Running else float(not shown)
        self._fade.stop()
        if not self._animated:
            self.faded.emit(float(shown))
            return
        self._fade.setStartValue(start)
        self._fade.setEndValue(float(shown))
        self._fade.start()

    @Slot(object)
    def _on_fade(self, opacity: object) -> None:
        assert isinstance(opacity, float)
        self.faded.emit(opacity)


class _FloatingLabel(QLabel):
    """White plain text that fades, and is cut at the end where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._opacity = 1.0

    def set_opacity(self, opacity: float) -> None:
        self._opacity = opacity
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(0, 0, 0, 160))
        painter.drawText(self.rect().translated(QPoint(0, 1)), aligned, text)
        painter.setPen(_INK)
        painter.drawText(self.rect(), aligned, text)


class Reason(QLabel):
    """Why a photo can't be shown, over what is left of it, and the way to where it may be."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("viewerReason")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMargin(4 * STEP_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self.font()
        font.setPixelSize(BODY_PX)
        self.setFont(font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, _INK)
        self.setPalette(palette)
        self.locate_button = QPushButton(self.tr("Locate..."), parent)
        self.locate_button.setObjectName("viewerLocate")
        self.locate_button.setAccessibleName(self.tr("Say where the photo's folder is now"))
        self.locate_button.hide()
        self.hide()

    def tell(self, text: str) -> None:
        """Show a reason, which may hold a file's name."""
        self.setText(plain(text))
        self.locate_button.hide()
        self.place()
        self.show()

    def offer_locate(self) -> None:
        """Show the button that asks where the photo is now."""
        self.locate_button.setVisible(self.isVisible())
        self.place()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Take the button along."""
        self.locate_button.hide()
        super().hideEvent(event)

    def place(self) -> None:
        """Stand in the middle of the parent."""
        room = self._parent.size()
        width = min(440, max(160, room.width() - 8 * STEP_PX))
        width = min(width, QFontMetrics(self.font()).horizontalAdvance(self.text()) + 10 * STEP_PX)
        height = self.heightForWidth(width)
        top = (room.height() - height) // 2
        self.setGeometry((room.width() - width) // 2, top, width, height)
        button = self.locate_button.sizeHint()
        self.locate_button.setGeometry(
            (room.width() - button.width()) // 2, top + height + 2 * STEP_PX, *button.toTuple()
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint a dark card below the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(12, 13, 15, 215))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        painter.end()
        super().paintEvent(event)
