"""The pieces of the info panel: pictures, values and pills that show whatever a file says and never grow wide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QTextEdit,
    QToolTip,
    QWidget,
)

from clipview.ui.theme import Theme
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.wording import plain, tooltip

_RADIUS_PX = 7
_THUMB_RADIUS_PX = 5
_PREVIEW_ASPECT = 3 / 2
_STRIP_COLUMNS = 4
_STRIP_GAP_PX = 5
_PILL_PX = 22
_PILL_GAP_PX = 4
_MOST_PILLS = 40
_TALLEST_TEXT_PX = 132
_PREVIEW_LIMIT_BYTES = 12 << 20
_STRIP_LIMIT_BYTES = 4 << 20
_THUMB_PX = 60


class Preview(QWidget):
    """The whole of one photo's thumbnail, centred in a box of one height so that nothing below it jumps."""

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._photo_id: int | None = None
        self._source = thumbnails.beside(CellShape(254, 169, _RADIUS_PX, whole=True), limit_bytes=_PREVIEW_LIMIT_BYTES)
        self._source.arrived.connect(self._on_arrived)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def picture(self) -> QPixmap | None:
        """What is shown now."""
        return None if self._photo_id is None else self._source.pixmap(self._photo_id)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def show_photo(self, photo_id: int | None) -> None:
        """Show this photo, or none."""
        self._photo_id = photo_id
        self._source.want(() if photo_id is None else (photo_id,))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the shape, and ask for pixels of the new size."""
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() / _PREVIEW_ASPECT))
        ratio = self.devicePixelRatioF()
        self._source.set_shape(
            CellShape(
                max(1, round(self.width() * ratio)),
                max(1, round(self.height() * ratio)),
                round(_RADIUS_PX * ratio),
                ratio,
                whole=True,
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Draw the picture on a quiet ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.background))
        painter.drawRoundedRect(self.rect(), _RADIUS_PX, _RADIUS_PX)
        picture = self.picture
        if picture is not None:
            size = picture.deviceIndependentSize()
            # Pixels made before a resize are scaled for the moment until the new ones come.
            size.scale(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRectF(left, top, size.width(), size.height()), picture, QRectF(picture.rect()))
        painter.end()

    @Slot(object)
    def _on_arrived(self, photo_ids: tuple[int, ...]) -> None:
        if self._photo_id in photo_ids:
            self.update()


class MatchBar(QWidget):
    """A bar from 0 to 100."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._match = 0
        self.setFixedHeight(5)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def show_match(self, match: int) -> None:
        """Fill this much of the bar."""
        self._match = match
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, share in ((self._theme.line, 100), (self._theme.accent, self._match)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * share / 100, self.height()), 2.5, 2.5)
        painter.end()


class ValueField(QLineEdit):
    """One line of text from a file: cut in the middle where it is long, whole in its tool tip and once clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setStyleSheet("QLineEdit, QLineEdit:focus { border: none; background: transparent; padding: 0; }")
        self.setMinimumWidth(20)

    @property
    def value(self) -> str:
        """All of the text."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show this text."""
        self._value = plain(value)
        self.setToolTip(tooltip(self._value))
        self.setAccessibleDescription(self._value)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Give all of it to select and copy."""
        super().focusInEvent(event)
        self.setText(self._value)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Cut it again, unless its own menu took the focus."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut it to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self.hasFocus():
            room_px = max(0, self.contentsRect().width() - 6)
            self.setText(self.fontMetrics().elidedText(self._value, Qt.TextElideMode.ElideMiddle, room_px))
            self.setCursorPosition(0)


class TextBlock(QTextEdit):
    """Some lines of text from a file, as high as they are up to a limit; long ones scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: none; background: transparent; padding: 0; }")
        self.document().setDocumentMargin(0)

    def show_text(self, text: str) -> None:
        """Show this text as it is."""
        self.setPlainText("\n".join(plain(line) for line in text.splitlines()))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Be as high as the new width asks for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(min(_TALLEST_TEXT_PX, int(self.document().size().height()) + 3))


class Pills(QWidget):
    """Short texts from a file, each in a pill, in as many lines as they need."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show these; only so many fit a panel."""
        shown = tuple(plain(text) for text in texts[:_MOST_PILLS])
        more = len(texts) - len(shown)
        self._texts = (*shown, self.tr("%Ln more", "", more)) if more else shown
        self.setAccessibleName(", ".join(self._texts))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Be as high as the new width asks for."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Draw the pills."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for text, place in zip(self._texts, self._places(self.width()), strict=True):
            painter.setPen(QPen(QColor(self._theme.line), 1))
            painter.setBrush(QColor(self._theme.field))
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            painter.setPen(QColor(self._theme.text))
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width() - 14)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell the whole of a pill that was cut."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for text, place in zip(self._texts, self._places(self.width()), strict=True):
                if place.contains(event.pos()):
                    QToolTip.showText(event.globalPos(), tooltip(text), self)
                    return True
        return super().event(event)

    def _fit(self) -> None:
        places = self._places(self.width())
        self.setFixedHeight(places[-1].bottom() + 1 if places else 0)

    def _places(self, width: int) -> list[QRect]:
        metrics = QFontMetrics(self.font())
        places: list[QRect] = []
        left = top = 0
        for text in self._texts:
            wide = min(width, metrics.horizontalAdvance(text) + 16)
            if left and left + wide > width:
                left, top = 0, top + _PILL_PX + _PILL_GAP_PX
            places.append(QRect(left, top, wide, _PILL_PX))
            left += wide + _PILL_GAP_PX
        return places


class SimilarStrip(QWidget):
    """The photos most like one, small, to go to.

    Signals:
        photo_chosen(int): a photo was clicked or agreed to with a key.
    """

    photo_chosen = Signal(int)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shape = CellShape(_THUMB_PX, _THUMB_PX, _THUMB_RADIUS_PX)
        self._source = thumbnails.beside(self._shape, limit_bytes=_STRIP_LIMIT_BYTES)
        self._source.arrived.connect(self._on_arrived)
        self._buttons: list[_Thumbnail] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_STRIP_GAP_PX)
        for column in range(_STRIP_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    @property
    def photo_ids(self) -> tuple[int, ...]:
        """The photos that are shown."""
        return tuple(button.photo_id for button in self._buttons if button.photo_id is not None)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        for button in self._buttons:
            button.theme = theme
            button.update()

    def show_photos(self, photo_ids: Sequence[int]) -> None:
        """Show these photos, best first."""
        while len(self._buttons) < len(photo_ids):
            self._add()
        ratio = self.devicePixelRatioF()
        side_px = round(_THUMB_PX * ratio)
        self._source.set_shape(CellShape(side_px, side_px, round(_THUMB_RADIUS_PX * ratio), ratio))
        self._source.want(photo_ids)
        for position, button in enumerate(self._buttons):
            button.photo_id = photo_ids[position] if position < len(photo_ids) else None
            button.setVisible(button.photo_id is not None)
            button.setAccessibleName(
                self.tr("Similar photo {position} of {count}").format(position=position + 1, count=len(photo_ids))
            )
            button.update()

    def picture(self, photo_id: int) -> QPixmap | None:
        """Return a photo's small picture when it is there."""
        return self._source.pixmap(photo_id)

    def step(self, button: _Thumbnail, by: int) -> None:
        """Move the focus from one photo to another."""
        target = self._buttons.index(button) + by
        if 0 <= target < len(self.photo_ids):
            self._buttons[target].setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self) -> None:
        position = len(self._buttons)
        button = _Thumbnail(self, self._theme)
        button.clicked.connect(self._on_clicked)
        self._buttons.append(button)
        self._grid.addWidget(button, position // _STRIP_COLUMNS, position % _STRIP_COLUMNS)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _Thumbnail) and button.photo_id is not None:
            self.photo_chosen.emit(button.photo_id)

    @Slot(object)
    def _on_arrived(self, photo_ids: tuple[int, ...]) -> None:
        for button in self._buttons:
            if button.photo_id in photo_ids:
                button.update()


class _Thumbnail(QAbstractButton):
    """One photo of the strip."""

    def __init__(self, strip: SimilarStrip, theme: Theme) -> None:
        super().__init__(strip)
        self.photo_id: int | None = None
        self.theme = theme
        self._strip = strip
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Stay square."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the same."""
        return width

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the drawn size."""
        return QSize(_THUMB_PX, _THUMB_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Shrink with a narrow panel."""
        return QSize(24, 24)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go along the strip with the arrows; Enter chooses like Space."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_STRIP_COLUMNS,
            Qt.Key.Key_Down: _STRIP_COLUMNS,
        }
        by = steps.get(Qt.Key(event.key()))
        if by is not None:
            self._strip.step(self, by)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Draw the picture, or the ground where it will be."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(place, _THUMB_RADIUS_PX, _THUMB_RADIUS_PX)
        picture = None if self.photo_id is None else self._strip.picture(self.photo_id)
        if picture is None:
            painter.fillPath(outline, QColor(self.theme.placeholder))
        else:
            painter.drawPixmap(self.rect(), picture)
        if self.hasFocus() or self.underMouse():
            width = 2.0 if self.hasFocus() else 1.0
            painter.setPen(QPen(QColor(self.theme.accent), width))
            inset = width / 2
            painter.drawRoundedRect(
                place.adjusted(inset, inset, -inset, -inset), _THUMB_RADIUS_PX - inset, _THUMB_RADIUS_PX - inset
            )
        painter.end()
