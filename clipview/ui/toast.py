"""A sentence that appears over the photos for a while, and asks for nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from clipview.ui.theme import Theme
from clipview.ui.wording import plain

_EDGE_PX = 20
_WIDEST_PX = 620
_SHOWN_MS = 6000


class Toast(QLabel):
    """Shows one sentence at a time at the lower edge of a widget, as plain text; a click puts it away."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("toast")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(11)
        self._over = over
        self._away = QTimer(self, interval=_SHOWN_MS, singleShot=True)
        self._away.timeout.connect(self.hide)
        self.set_theme(theme)
        over.installEventFilter(self)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence; it replaces the one that is shown."""
        self.setText(plain(sentence))
        self._settle()
        self.show()
        self.raise_()
        self._away.start()
        # Only now: the bindings take 5 ms for it, which the start of every window would bear.
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.setStyleSheet(
            f"QLabel {{ background: {theme.field}; color: {theme.text}; border: 1px solid {theme.line};"
            " border-radius: 9px; }"
        )

    def mousePressEvent(self, event: object) -> None:  # noqa: ARG002, N802
        """Go away."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay in place when the widget beneath changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        over = self._over
        room = max(120, min(_WIDEST_PX, over.width() - 2 * _EDGE_PX))
        wanted = self.fontMetrics().horizontalAdvance(self.text()) + 2 * self.margin() + 6
        width = min(room, wanted)
        height = self.heightForWidth(width)
        self.setGeometry((over.width() - width) // 2, over.height() - height - _EDGE_PX, width, height)
