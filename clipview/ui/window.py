"""The main window: where its parts lie, and what it shows at once; `window_wiring` gives it the rest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from clipview.core.places import Places
from clipview.core.types import Fold
from clipview.ui import first_page, first_pictures, window_memory
from clipview.ui.actions import Actions
from clipview.ui.grid import PhotoGrid
from clipview.ui.live_search import LiveSearch
from clipview.ui.match_timeline import MatchTimeline
from clipview.ui.nothing_found import NothingFound
from clipview.ui.photo_model import PhotoModel
from clipview.ui.result_bar import ResultBar
from clipview.ui.search_bar import SearchBar
from clipview.ui.session import EngineSession
from clipview.ui.side_panels import SidePanel
from clipview.ui.status_bar import StatusBar
from clipview.ui.theme import CELL_RADIUS_PX, Appearance, Theme, ThemeChoice
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.window_memory import WindowMemory

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from clipview.ui.drag_in import DragIn
    from clipview.ui.drop_card import DropCard
    from clipview.ui.duplicates import DuplicatesDesk
    from clipview.ui.info_panel import InfoPanel
    from clipview.ui.keeping import Keeping
    from clipview.ui.locating import FolderLocator
    from clipview.ui.marks import Marking
    from clipview.ui.message_page import MessagePage
    from clipview.ui.photo_actions import PhotoActions
    from clipview.ui.photo_paths import PhotoPaths
    from clipview.ui.picture_search import PictureSearch
    from clipview.ui.sidebar import Sidebar
    from clipview.ui.tagging import TagDesk
    from clipview.ui.toast import Toast
    from clipview.ui.viewing import Viewing
    from clipview.ui.window_desk import LibraryDesk
    from clipview.ui.window_wiring import Wiring

_NARROW_INFO_PX = 1000
_NARROW_SIDEBAR_PX = 640
_SMALLEST = (480, 380)
_FIRST_PHOTOS = 100
_UNPAINTED_MS = 500


class MainWindow(QMainWindow):
    """One library on screen.

    Signals:
        closing(): the window is about to close; what it uses may be closed once it has.
        panels_changed(): a side panel may have come or gone.
        page_changed(): another page stands in the place of the photos.
    """

    closing = Signal()
    panels_changed = Signal()
    page_changed = Signal()

    # What `complete` makes.
    pictures: PictureSearch
    photo_actions: PhotoActions
    sidebar: Sidebar
    info: InfoPanel
    message: MessagePage
    toast: Toast
    card: DropCard
    drag_in: DragIn
    desk: LibraryDesk
    duplicates: DuplicatesDesk
    locator: FolderLocator
    viewing: Viewing
    undo: QUndoStack
    marking: Marking
    keeping: Keeping
    tagging: TagDesk

    def __init__(
        self, session: EngineSession, places: Places, appearance: Appearance, *, remembers: bool = True
    ) -> None:
        """Build what is seen at once; `complete` follows behind the first paint.

        Args:
            session: the engine, heard from `complete` on.
            places: where the library is.
            appearance: the theme, shared by all windows.
            remembers: whether sizes and choices are kept for the next time.
        """
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("ClipView")
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self._session = session
        self.places = places
        self.appearance = appearance
        self.remembers = remembers
        self._memory_file = places.library / window_memory.FILE_NAME if remembers else None
        self._page_file = places.library / first_page.FILE_NAME if remembers else None
        memory = window_memory.load(self._memory_file) if self._memory_file is not None else WindowMemory()
        if remembers:
            appearance.choose(ThemeChoice(memory.theme))
        theme = appearance.theme

        self.thumbnails = ThumbnailSource(
            places.thumbnails, CellShape(memory.cell_px, memory.cell_px * 3 // 4, CELL_RADIUS_PX), parent=self
        )
        self.model = PhotoModel(self)
        self.live = LiveSearch(session, self.model, self)
        self.actions_by_name = Actions(self, appearance)
        self._build(theme)
        self._side = SidePanel(self._left, _NARROW_SIDEBAR_PX, wanted=memory.sidebar)
        self._details = SidePanel(self._right, _NARROW_INFO_PX, wanted=memory.info)
        self._wiring: Wiring | None = None
        self._closed = False
        self.resize(memory.width, memory.height)
        if memory.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self._splitter.setSizes([memory.sidebar_px, 9999, memory.info_px])
        self.grid.set_cell_px(memory.cell_px)
        self.result_bar.show_cell_px(self.grid.cell_px)
        self.result_bar.strictness.show_strictness(memory.strictness)
        self.live.set_strictness(memory.strictness)
        fold = Fold(memory.fold) if memory.fold else None
        self.result_bar.fold.show_fold(fold)
        self.live.begin_with(fold)
        if self._page_file is not None and (page := first_page.load(self._page_file)) is not None:
            self.live.show_remembered(page)
            self.thumbnails.recall(first_pictures.load(self._page_file.with_name(first_pictures.FILE_NAME)))
        # What is possible is shown, dimmed, until the user closes the divider.
        self.model.set_weaker_expanded(True)
        self.query_bar.edit.setFocus()
        self.grid.viewport().installEventFilter(self)

    def complete(self) -> None:
        """Make what the first paint could do without, and hear the engine; nothing once the window was closed."""
        if self._wiring is None and not self._closed:
            # Only now: these are half of the window's modules.
            from clipview.ui.window_wiring import Wiring

            self._wiring = Wiring(self)
            self._session.start()

    @property
    def is_complete(self) -> bool:
        """Whether everything is there."""
        return self._wiring is not None

    @cached_property
    def paths(self) -> PhotoPaths:
        """Where the photos lie: of use to the keyboard, the mouse and screen readers from the first paint on."""
        from clipview.ui.photo_paths import PhotoPaths

        paths = PhotoPaths(self.places.database)
        self.closing.connect(paths.close)
        return paths

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self.appearance.theme

    @property
    def dressed_in(self) -> Theme:
        """The colours that the grounds, and with them all parts, were last drawn in."""
        return self._dressed_in

    @property
    def session(self) -> EngineSession:
        """The line to the engine."""
        return self._session

    def tell_surprise(self, error: str) -> None:
        """Say that something went wrong that should not have; the window goes on."""
        self.complete()
        if self._wiring is not None:
            self.toast.say(self.tr("Something unexpected went wrong ({error}). ClipView goes on.").format(error=error))

    # Pages.

    @property
    def whole(self) -> QWidget | None:
        """The page that fills the window."""
        return self._root.currentWidget()

    def show_main(self) -> None:
        """Show the photos with everything around them."""
        self._root.setCurrentWidget(self._main)
        self.menuBar().show()

    def show_whole(self, page: QWidget) -> None:
        """Let a page fill the window."""
        if self._root.indexOf(page) < 0:
            self._root.addWidget(page)
        self._root.setCurrentWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Show a page in the place of the photos."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.result_bar.setVisible(page is self._photos)
        self.page_changed.emit()

    def show_photos(self) -> None:
        """Show the grid in its place again."""
        self.show_page(self._photos)

    @property
    def shows_photos(self) -> bool:
        """Whether the grid, or what is said in its place, is on show."""
        return self.pages.currentWidget() is self._photos

    def say_instead(self, title: str, text: str, button: str) -> None:
        """Show one sentence and one button instead of everything."""
        self.message.say(title, text, button)
        self._root.setCurrentWidget(self.message)

    # Side panels.

    @property
    def sidebar_panel(self) -> SidePanel:
        """When the sidebar is shown."""
        return self._side

    @property
    def info_panel(self) -> SidePanel:
        """When the details are shown."""
        return self._details

    def toggle(self, panel: SidePanel) -> None:
        """Show or hide a side panel because the user says so."""
        panel.toggle(self.width())
        self.panels_changed.emit()

    # Building.

    def _build(self, theme: Theme) -> None:
        actions = self.actions_by_name
        self._root = QStackedWidget(self)
        self.setCentralWidget(self._root)
        # From the outside in: a widget that changes its parent is styled anew, with everything in it.
        self._main = QWidget(self._root)
        self._main.setObjectName("mainPage")
        self.dress(theme)
        self._root.addWidget(self._main)
        self.search_bar = SearchBar(theme, actions, self._main)
        self.query_bar = self.search_bar.query_bar
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._main)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._left = QWidget(self._splitter)
        self._centre = QWidget(self._splitter)
        self._centre.setObjectName("centre")
        self._centre.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._centre.setMinimumWidth(220)
        self.result_bar = ResultBar(theme, self._centre)
        self.pages = QStackedWidget(self._centre)
        self._photos = QWidget(self.pages)
        self.pages.addWidget(self._photos)
        self.timeline = MatchTimeline(theme, self._photos)
        self.nothing = NothingFound(theme, self._photos)
        self.grid = PhotoGrid(
            self.model,
            self.thumbnails,
            theme,
            name_for=lambda photo_id: self.paths.name(photo_id),
            paths_for=lambda photo_ids: self.paths.of(photo_ids),
            parent=self._photos,
        )
        self._right = QWidget(self._splitter)
        self._splitter.setStretchFactor(1, 1)
        self.status = StatusBar(theme, self._main)
        _stack(self._photos, self.timeline, self.nothing, self.grid, roomy=self.grid)
        _stack(self._centre, self.result_bar, self.pages, roomy=self.pages)
        _stack(self._main, self.search_bar, self._splitter, self.status, roomy=self._splitter)
        actions.fill(self.menuBar())
        actions.put_into(self.grid)
        actions.show_selection(0)
        actions["save_search"].setEnabled(False)

    @property
    def root(self) -> QWidget:
        """What all pages lie in."""
        return self._root

    @property
    def sides(self) -> tuple[QWidget, QWidget]:
        """Where the panels left and right of the photos are to be."""
        return self._left, self._right

    def take_sides(self, sidebar: Sidebar, info: InfoPanel) -> None:
        """Put the panels into their places."""
        self.sidebar, self.info = sidebar, info
        _stack(self._left, sidebar, roomy=sidebar)
        _stack(self._right, info, roomy=info)
        before = self.search_bar.last_stop
        for stop in sidebar.stops:
            self.setTabOrder(before, stop)
            before = stop

    def take_message(self, message: MessagePage) -> None:
        """Have a page for `say_instead`."""
        self.message = message
        self._root.addWidget(message)

    # Dragging something in.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Say what would become of it; nothing can while the library is closed."""
        if self._wiring is not None and self.whole is not self.message:
            self.drag_in.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Light up the place where it would fall."""
        self.drag_in.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802
        """Take the card away."""
        if self._wiring is not None:
            self.drag_in.leave()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take what falls."""
        self.drag_in.drop(event)

    # Look, size and end.

    def dress(self, theme: Theme) -> None:
        """Draw the grounds in these colours from now on."""
        self._dressed_in = theme
        self._main.setStyleSheet(
            f"#centre, #centre > QStackedWidget, #resultBar {{ background: {theme.background}; }}"
            f"#searchBar {{ border-bottom: 1px solid {theme.line}; }}"
            "#sortBox { background: transparent; border: 1px solid transparent; }"
            "#strictnessButton::menu-indicator { image: none; }"
            f"#sortBox:hover {{ background: {theme.hover}; }} #sortBox:focus {{ border-color: {theme.accent}; }}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give the photos the room when there is little."""
        super().resizeEvent(event)
        for panel in (self._side, self._details):
            panel.fit(self.width())
        self.panels_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Be complete also where nobody looks: a window that starts minimised is not painted."""
        super().showEvent(event)
        QTimer.singleShot(_UNPAINTED_MS, self, self.complete)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait for the first paint of the photos, which is about to happen."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.complete)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let the mouse's own keys walk through the history."""
        by = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}.get(event.button())
        if by is None or self._wiring is None:
            super().mousePressEvent(event)
        elif self.viewing.page is None:
            self.live.walk(by)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember the window, and let everything go."""
        self._closed = True
        if self._memory_file is not None:
            window_memory.save(self._memory_file, self._memory())
        if self._page_file is not None and self.live.browsed is not None:
            first_page.save(self._page_file, self.live.browsed, self.live.headings_of(self.live.browsed))
            first_pictures.save(self._page_file.with_name(first_pictures.FILE_NAME), self._first_pictures())
        self.hide()
        self.closing.emit()
        self.thumbnails.close()
        self._session.close()
        event.accept()

    def _first_pictures(self) -> Iterator[tuple[int, QPixmap]]:
        assert self.live.browsed is not None
        for photo_id in self.live.browsed.ids[:_FIRST_PHOTOS].tolist():
            pixmap = self.thumbnails.pixmap(photo_id)
            if pixmap is not None:
                yield photo_id, pixmap

    def _memory(self) -> WindowMemory:
        normal = self.normalGeometry().size() if self.isMaximized() or self.isFullScreen() else self.size()
        sizes = self._splitter.sizes()
        before = WindowMemory()
        return WindowMemory(
            width=normal.width(),
            height=normal.height(),
            maximized=self.isMaximized(),
            sidebar=self._side.wanted,
            info=self._details.wanted,
            sidebar_px=sizes[0] or before.sidebar_px,
            info_px=sizes[2] or before.info_px,
            cell_px=self.grid.cell_px,
            strictness=self.result_bar.strictness.strictness,
            fold=self.result_bar.fold.fold or "",
            theme=self.appearance.choice.value,
        )


def _stack(holder: QWidget, *widgets: QWidget, roomy: QWidget) -> None:
    """Lay these out below each other in their holder; one of them takes all the room there is."""
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is roomy else 0)
