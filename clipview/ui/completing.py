"""What completes a filter that is being typed in the search field: values that the library has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem

from clipview.core.query_syntax import Key, Part, begun
from clipview.engine.messages import Choice, FilterChoices
from clipview.ui.query_bar import QueryBar
from clipview.ui.session import EngineSession
from clipview.ui.theme import Appearance, Theme
from clipview.ui.wording import counted

_VALUES: dict[Key, Callable[[FilterChoices], Sequence[Choice]]] = {
    Key.TAG: lambda choices: choices.tags,
    Key.ALBUM: lambda choices: choices.albums,
    Key.FOLDER: lambda choices: choices.folders,
    Key.TYPE: lambda choices: choices.types,
    Key.CAMERA: lambda choices: choices.cameras,
}
_MOST = 8
_ROW_PX = 28
_WIDTH_PX = 300


class Completing(QObject):
    """Connects itself to a search field.

    Nothing is chosen until an arrow key or the pointer chooses it, so that Enter goes on to the photos as always.
    """

    def __init__(self, query_bar: QueryBar, session: EngineSession, appearance: Appearance) -> None:
        super().__init__(query_bar)
        self._bar = query_bar
        self._edit: QLineEdit = query_bar.edit
        self._session = session
        self._choices: FilterChoices | None = None
        self._window = query_bar.window()
        self._list = QListWidget(self._window)
        self._list.setObjectName("completions")
        self._list.setAccessibleName(self.tr("Completions"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.hide()
        self._list.itemClicked.connect(self._take)
        self._edit.textEdited.connect(self._on_edited)
        self._edit.installEventFilter(self)
        session.filter_choices_answered.connect(self._on_choices)
        appearance.changed.connect(self._dress)
        self._dress(appearance.theme)

    @property
    def offers(self) -> bool:
        """Whether there are values to choose from now."""
        return not self._list.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the keys that choose choose, as long as there is something to choose from."""
        if self._list.isHidden():
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusOut:
            self._list.hide()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                # Else the window's own Escape would take the search away.
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._on_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, row = event.key(), self._list.currentRow()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            # One place more than there are rows: back to what was typed, where none is chosen.
            self._list.setCurrentRow((row + 1 + step) % (self._list.count() + 1) - 1)
        elif key == Qt.Key.Key_Escape:
            self._list.hide()
        elif key == Qt.Key.Key_Tab or (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0):
            self._take(self._list.item(max(row, 0)))
        else:
            return False
        return True

    @Slot()
    def _on_edited(self) -> None:
        found = self._typed()
        if found is None:
            self._list.hide()
            self._choices = None
        elif self._choices is None:
            # Asked anew for each filter: tags and albums come and go.
            self._session.list_filter_choices()
        else:
            self._offer(found)

    @Slot(object)
    def _on_choices(self, choices: FilterChoices) -> None:
        found = self._typed()
        if found is not None and self._edit.hasFocus():
            self._choices = choices
            self._offer(found)

    def _typed(self) -> re.Match[str] | None:
        found = begun(self._edit.text()[: self._edit.cursorPosition()])
        return found if found is not None and Key(found["key"].lower()) in _VALUES else None

    def _offer(self, found: re.Match[str]) -> None:
        assert self._choices is not None
        values = _VALUES[Key(found["key"].lower())](self._choices)
        self._list.clear()
        for choice in _fitting(values, found["value"].removeprefix('"').casefold()):
            item = QListWidgetItem(counted(choice.name, choice.photos))
            item.setData(Qt.ItemDataRole.UserRole, choice.name)
            item.setSizeHint(QSize(0, _ROW_PX))
            self._list.addItem(item)
        self._list.setCurrentRow(-1)
        if not self._list.count():
            self._list.hide()
            return
        self._list.setFixedSize(_WIDTH_PX, self._list.count() * _ROW_PX + 10)
        place = self._edit.mapTo(self._window, QPoint(self._edit.cursorRect().left(), self._edit.height() + 10))
        self._list.move(max(0, min(place.x(), self._window.width() - _WIDTH_PX - 8)), place.y())
        self._list.show()
        self._list.raise_()

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem) -> None:
        found = self._typed()
        self._list.hide()
        self._choices = None
        if found is None:
            return
        value = item.data(Qt.ItemDataRole.UserRole)
        part = Part(Key(found["key"].lower()), value, -1.0 if found["minus"] else 1.0)
        self._bar.complete(found.start(), found.end(), part.written())

    @Slot(object)
    def _dress(self, theme: Theme) -> None:
        self._list.setStyleSheet(
            f"#completions {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 7px;"
            " padding: 4px; outline: 0; }"
            f"#completions::item {{ padding: 0 8px; border-radius: 5px; color: {theme.text}; }}"
            f"#completions::item:hover {{ background: {theme.hover}; }}"
            f"#completions::item:selected {{ background: {theme.accent_ground}; color: {theme.text}; }}"
        )


def _fitting(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return what goes on as it was typed, then what has it elsewhere; not what is complete already."""
    holding = [choice for choice in choices if typed in choice.name.casefold() and choice.name.casefold() != typed]
    return sorted(holding, key=lambda choice: not choice.name.casefold().startswith(typed))[:_MOST]
