"""The chips of the query bar: how one looks, and what the pointer and the keys do to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QColor,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QLayout, QMenu, QWidget, QWidgetAction

from clipview.ui.icons import icon_pixmap
from clipview.ui.theme import Theme
from clipview.ui.wording import plain, tooltip

CHIP_PX = 28
_PREVIEW_PX = 48
_LARGE_PREVIEW_PX = 200
_PAD_PX = 8
_CLOSE_PX = 18
_ICON_PX = 14
_WIDEST_TEXT_PX = 130
_RADIUS_PX = 6
_WEIGHTS = (0.5, 1.0, 2.0)


class Chip(QAbstractButton):
    """One term of a search that isn't plain words: an image, a word to push away, a filter.

    Signals:
        removed(): the user wants it gone.
        edit_wanted(): the user wants it to be text again.
        part_wanted(): only a part of the picture is to be searched by.
        weight_changed(): see `weight`; its sign says whether the term is wanted.
        stepped(int): the keyboard goes to the neighbour on the left (-1) or right (1).
    """

    removed = Signal()
    edit_wanted = Signal()
    part_wanted = Signal()
    weight_changed = Signal()
    stepped = Signal(int)

    def __init__(
        self,
        text: str,
        weight: float,
        theme: Theme,
        *,
        preview: QImage | None = None,
        icon_name: str = "",
        is_filter: bool = False,
        editable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a chip.

        Args:
            text: what it stands for; may come from a file.
            weight: how much it counts; negative pushes away.
            theme: the colours.
            preview: the image that is searched by; None for a word.
            icon_name: a drawing before the text; none when empty.
            is_filter: it says which photos are considered, and has no weight but its sign.
            editable: it can become text again.
            parent: the Qt owner.
        """
        super().__init__(parent)
        self._text = plain(text)
        self._weight = weight
        self._theme = theme
        self._preview = preview
        self._icon_name = icon_name
        self._is_filter = is_filter
        self._editable = editable
        self._named = True
        self._over_close = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(CHIP_PX)
        self.setToolTip(tooltip(text))
        self.clicked.connect(self._on_clicked)
        self._describe()

    @property
    def weight(self) -> float:
        """How much the term counts; negative pushes away."""
        return self._weight

    @property
    def text_shown(self) -> str:
        """What the chip says, after its sign."""
        return self._text

    @property
    def says(self) -> str:
        """What the chip says, with its sign."""
        return f"{self._sign()}{self._text}"

    def set_weight(self, weight: float) -> None:
        """Let the term count this much, as if the user had said so."""
        if weight != self._weight:
            self._weight = weight
            self._describe()
            self.updateGeometry()
            self.update()
            self.weight_changed.emit()

    def set_named(self, named: bool) -> None:
        """Show the name beside the preview, or the preview alone where there is little room."""
        if named != self._named:
            self._named = named
            self.updateGeometry()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def leave(self, line: QLayout) -> None:
        """Go, out of the line that it stands in."""
        line.removeWidget(self)
        self.hide()
        self.deleteLater()

    def menu(self) -> QMenu:
        """Return what can be done with the chip; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._preview is not None:
            menu.addAction(self._large_preview(menu))
            menu.addAction(self.tr("Search a part of it..."), self.part_wanted.emit)
            menu.addSeparator()
        signs = QActionGroup(menu)
        likes = (self.tr("Only these"), self.tr("Not these"))
        likes = likes if self._is_filter else (self.tr("Like this"), self.tr("Not like this"))
        wanted = menu.addAction(likes[0], lambda: self.set_weight(abs(self._weight)))
        unwanted = menu.addAction(likes[1], lambda: self.set_weight(-abs(self._weight)))
        for action, on in ((wanted, self._weight > 0), (unwanted, self._weight < 0)):
            action.setCheckable(True)
            action.setChecked(on)
            signs.addAction(action)
        if not self._is_filter:
            menu.addSeparator()
            names = (self.tr("Counts half"), self.tr("Counts once"), self.tr("Counts double"))
            weights = QActionGroup(menu)
            sign = 1 if self._weight > 0 else -1
            for name, weight in zip(names, _WEIGHTS, strict=True):
                action = menu.addAction(name, partial(self.set_weight, sign * weight))
                action.setCheckable(True)
                action.setChecked(abs(self._weight) == weight)
                weights.addAction(action)
        menu.addSeparator()
        if self._editable:
            menu.addAction(self.tr("Edit as text"), self.edit_wanted.emit)
        menu.addAction(self.tr("Remove"), self.removed.emit)
        return menu

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room that sign, preview, name and cross take."""
        left = self._text_left_px()
        text = self._shown_text()
        advance = QFontMetrics(self.font()).horizontalAdvance(text) + 2 if text else 0
        return QSize(left + advance + _CLOSE_PX + (6 if text else 0), CHIP_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the size that is wanted: a chip is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the chip."""
        theme, unwanted = self._theme, self._weight < 0
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        outline = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        pen = QPen(QColor(theme.dim_text if unwanted else theme.accent_ground), 1)
        if unwanted:
            pen.setStyle(Qt.PenStyle.DashLine)
        if self.hasFocus():
            pen = QPen(QColor(theme.accent), 2)
            outline = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(pen)
        painter.setBrush(QColor(theme.field if unwanted else theme.accent_ground))
        painter.drawRoundedRect(outline, _RADIUS_PX, _RADIUS_PX)
        left = self._text_left_px()
        if self._preview is not None:
            self._paint_preview(painter, self._preview_rect())
        elif self._icon_name:
            drawing = icon_pixmap(self._icon_name, theme.dim_text, _ICON_PX, self.devicePixelRatioF())
            painter.drawPixmap(_PAD_PX - 1, (CHIP_PX - _ICON_PX) // 2, drawing)
        painter.setPen(QColor(theme.dim_text if unwanted else theme.text))
        painter.drawText(
            QRect(left, 0, self.width() - left - _CLOSE_PX, CHIP_PX),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine),
            self._shown_text(),
        )
        self._paint_close(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Remove, flip, open the menu, or go to a neighbour."""
        match event.key():
            case Qt.Key.Key_Backspace if self._editable:
                self.edit_wanted.emit()
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.removed.emit()
            case Qt.Key.Key_Left:
                self.stepped.emit(-1)
            case Qt.Key.Key_Right:
                self.stepped.emit(1)
            case Qt.Key.Key_Minus | Qt.Key.Key_Plus:
                sign = -1 if event.key() == Qt.Key.Key_Minus else 1
                self.set_weight(sign * abs(self._weight))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down | Qt.Key.Key_Space:
                self._open_menu()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from being taken for shortcuts of the window."""
        kept = (Qt.Key.Key_Minus, Qt.Key.Key_Plus, Qt.Key.Key_Space, Qt.Key.Key_Delete)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in kept:
            event.accept()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Light up the cross under the pointer."""
        self._hover_close(over=self._close_rect().contains(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Put the cross out."""
        self._hover_close(over=False)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Remove when the cross was clicked; the base class clicks otherwise."""
        if self.isDown() and self._close_rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        if self.isDown() and self._preview is not None and self._preview_rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.part_wanted.emit()
            return
        super().mouseReleaseEvent(event)

    def _on_clicked(self) -> None:
        self._open_menu()

    def _open_menu(self) -> None:
        self.menu().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _describe(self) -> None:
        if self._is_filter:
            sentence = self.tr("Not {name}") if self._weight < 0 else self.tr("Only {name}")
        else:
            sentence = self.tr("Not like {name}") if self._weight < 0 else self.tr("Like {name}")
        self.setAccessibleName(sentence.format(name=self._text))
        backspace = (
            self.tr("Backspace makes it text again, Delete removes it, Enter shows what else can be done")
            if self._editable
            else self.tr("Backspace removes it, Enter shows what else can be done")
        )
        self.setAccessibleDescription(backspace)

    def _sign(self) -> str:
        sign = "\N{MINUS SIGN} " if self._weight < 0 else ""
        if abs(self._weight) != 1:
            sign += f"{abs(self._weight):g}\N{MULTIPLICATION SIGN} "
        return sign

    def _shown_text(self) -> str:
        name = self._text if self._named else ""
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self._sign() + name, Qt.TextElideMode.ElideMiddle, _WIDEST_TEXT_PX).rstrip()

    def _text_left_px(self) -> int:
        if self._preview is not None:
            return _PREVIEW_PX + _PAD_PX
        return _PAD_PX + _ICON_PX + 4 if self._icon_name else _PAD_PX

    def _large_preview(self, menu: QMenu) -> QWidgetAction:
        assert self._preview is not None
        ratio = self.devicePixelRatioF()
        side = round(_LARGE_PREVIEW_PX * ratio)
        pixmap = QPixmap.fromImage(
            self._preview.scaled(
                side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
        pixmap.setDevicePixelRatio(ratio)
        label = QLabel(menu)
        label.setPixmap(pixmap)
        label.setMargin(6)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setAccessibleName(self._text)
        action = QWidgetAction(menu)
        action.setDefaultWidget(label)
        action.setEnabled(False)
        return action

    def _paint_preview(self, painter: QPainter, rect: QRect) -> None:
        assert self._preview is not None
        # The middle of the image, in the shape of the place for it.
        size = QSize(rect.size()).scaled(self._preview.size(), Qt.AspectRatioMode.KeepAspectRatio)
        source = QRect(QPoint(0, 0), size)
        source.moveCenter(self._preview.rect().center())
        ratio = self.devicePixelRatioF()
        cut = self._preview.copy(source).scaled(
            rect.size() * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        pixmap = QPixmap.fromImage(cut)
        pixmap.setDevicePixelRatio(ratio)
        painter.setBrushOrigin(rect.topLeft())
        painter.setBrush(pixmap)
        painter.drawRoundedRect(rect, _RADIUS_PX - 2, _RADIUS_PX - 2)
        painter.restore()

    def _paint_close(self, painter: QPainter) -> None:
        rect = self._close_rect()
        if self._over_close:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.hover))
            painter.drawEllipse(QRectF(rect).adjusted(1, 1, -1, -1))
        painter.setPen(QPen(QColor(self._theme.text if self._over_close else self._theme.dim_text), 1.3))
        arm = QRectF(rect).adjusted(6, 6, -6, -6)
        painter.drawLine(arm.topLeft(), arm.bottomRight())
        painter.drawLine(arm.topRight(), arm.bottomLeft())

    def _preview_rect(self) -> QRect:
        return QRect(3, 3, _PREVIEW_PX - 2, CHIP_PX - 6)

    def _close_rect(self) -> QRect:
        return QRect(self.width() - _CLOSE_PX - 3, (CHIP_PX - _CLOSE_PX) // 2, _CLOSE_PX, _CLOSE_PX)

    def _hover_close(self, *, over: bool) -> None:
        if over != self._over_close:
            self._over_close = over
            self.update(self._close_rect())
