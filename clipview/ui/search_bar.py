"""The top line of the window: the way through the history, the search field, and saving."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from clipview.ui.actions import Actions
from clipview.ui.live_search import LiveSearch
from clipview.ui.query_bar import QueryBar
from clipview.ui.session import EngineSession
from clipview.ui.theme import Appearance, Theme

_NARROW_PX = 760


class SearchBar(QWidget):
    """Arrows, search field, filters and save button in a row."""

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        self.query_bar = QueryBar(theme, self)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 14, 7)
        line.setSpacing(4)
        self.back, self.forward = (
            _button(self, actions.with_icon(name), f"{name}Button") for name in ("back", "forward")
        )
        line.addWidget(self.back)
        line.addWidget(self.forward)
        line.addSpacing(4)
        line.addWidget(self.query_bar, 1)
        line.addSpacing(4)
        self.filters = _button(self, actions.with_icon("filters"), "filtersButton")
        self.filters.setText(self.tr("Filters"))
        self._save = _button(self, actions.with_icon("save_search"), "saveButton")
        self._save.setText(self.tr("Save search"))
        for button in (self.filters, self._save):
            button.setProperty("look", "")
            button.setFixedHeight(34)
            line.addWidget(button)

    @property
    def last_stop(self) -> QWidget:
        """What the Tab key stops at last in this line."""
        return self._save

    def connect_to(self, live: LiveSearch, session: EngineSession, appearance: Appearance) -> None:
        """Let the arrows tell the history, and the filters button open its panel."""
        # Only now: the line itself is painted without them.
        from clipview.ui.completing import Completing
        from clipview.ui.filtering import Filtering
        from clipview.ui.history_menu import HistoryMenu

        HistoryMenu(self.back, live, -1)
        HistoryMenu(self.forward, live, 1)
        self.completing = Completing(self.query_bar, session, appearance)
        live.still_choosing = lambda: self.completing.offers
        self.filtering = Filtering(self.filters, self._actions["filters"], self.query_bar, live, session, appearance)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the words of the buttons out where there is little room."""
        super().resizeEvent(event)
        wide = self.width() >= _NARROW_PX
        style = Qt.ToolButtonStyle.ToolButtonTextOnly if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in (self.filters, self._save):
            button.setToolButtonStyle(style)
        self.filters.setMinimumWidth(84 if wide else 0)
        self._save.setMinimumWidth(104 if wide else 0)


def _button(parent: QWidget, action: QAction, name: str) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setObjectName(name)
    button.setProperty("look", "quiet")
    button.setIconSize(QSize(18, 18))
    button.setAccessibleName(action.text().replace("&", "").rstrip("."))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
