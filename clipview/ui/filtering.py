"""The Filters button: it opens the panel, and says how many filters there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from clipview.core.query_syntax import Part
from clipview.ui.live_search import LiveSearch
from clipview.ui.query_bar import QueryBar
from clipview.ui.session import EngineSession
from clipview.ui.theme import Appearance

if TYPE_CHECKING:
    from clipview.ui.filter_panel import FilterPanel


class Filtering(QObject):
    """Connects button, panel and search field."""

    def __init__(
        self,
        button: QToolButton,
        action: QAction,
        query_bar: QueryBar,
        live: LiveSearch,
        session: EngineSession,
        appearance: Appearance,
    ) -> None:
        super().__init__(button)
        self._button = button
        self._query_bar = query_bar
        self._session = session
        self._appearance = appearance
        self._panel: FilterPanel | None = None
        action.triggered.connect(self._on_triggered)
        for signal in (live.history_changed, query_bar.changed):
            signal.connect(self._count)
        self._count()

    @property
    def panel(self) -> FilterPanel:
        """The panel, made when it is first needed."""
        if self._panel is None:
            from clipview.ui.filter_panel import FilterPanel

            panel = self._panel = FilterPanel(self._appearance.theme, self._button)
            panel.changed.connect(self._on_changed)
            self._appearance.changed.connect(panel.set_theme)
            self._session.filter_choices_answered.connect(panel.show_choices)
        return self._panel

    @Slot()
    def _on_triggered(self) -> None:
        self.panel.open_below(self._button, self._query_bar.question.all_parts)
        self._session.list_filter_choices()

    @Slot(object)
    def _on_changed(self, parts: tuple[Part, ...]) -> None:
        self._query_bar.change_parts(parts)

    @Slot()
    def _count(self) -> None:
        count = len(self._query_bar.question.filters)
        text = self.tr("Filters ({count})").replace("{count}", str(count)) if count else self.tr("Filters")
        self._button.setText(text)
        self._button.setAccessibleName(text)
