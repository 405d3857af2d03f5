"""The main window: where its parts lie, and which part hears which."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from clipview.core.places import Places
from clipview.core.types import Fold
from clipview.ui import first_page, first_pictures, window_memory
from clipview.ui.actions import Actions
from clipview.ui.drag_in import DragIn
from clipview.ui.drop_card import DropCard
from clipview.ui.duplicates import DuplicatesDesk
from clipview.ui.first_result import FirstResult
from clipview.ui.grid import PhotoGrid
from clipview.ui.info_panel import InfoPanel
from clipview.ui.keeping import Keeping
from clipview.ui.live_search import LiveSearch
from clipview.ui.locating import FolderLocator
from clipview.ui.marks import Marking
from clipview.ui.match_timeline import MatchTimeline
from clipview.ui.message_page import MessagePage
from clipview.ui.nothing_found import NothingFound
from clipview.ui.part_search import PartSearch
from clipview.ui.photo_actions import PhotoActions
from clipview.ui.photo_model import PhotoModel
from clipview.ui.photo_paths import PhotoPaths
from clipview.ui.picture_search import PictureSearch
from clipview.ui.question import Question
from clipview.ui.remembering import Remembering
from clipview.ui.restoring import Restoring
from clipview.ui.result_bar import ResultBar
from clipview.ui.result_shape import ResultShape
from clipview.ui.search_bar import SearchBar
from clipview.ui.session import EngineSession
from clipview.ui.side_panels import SidePanel
from clipview.ui.sidebar import Sidebar
from clipview.ui.status_bar import StatusBar
from clipview.ui.tagging import TagDesk
from clipview.ui.theme import CELL_RADIUS_PX, Appearance, Theme, ThemeChoice
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.toast import Toast
from clipview.ui.undo import undo_stack
from clipview.ui.viewing import Viewing
from clipview.ui.why import WhyMatched
from clipview.ui.window_desk import LibraryDesk
from clipview.ui.window_memory import WindowMemory

_NARROW_INFO_PX = 1000
_NARROW_SIDEBAR_PX = 640
_SMALLEST = (480, 380)
_FIRST_PHOTOS = 100


class MainWindow(QMainWindow):
    """One library on screen.

    Signals:
        closing(): the window is about to close; what it uses may be closed once it has.
    """

    closing = Signal()

    def __init__(
        self, session: EngineSession, places: Places, appearance: Appearance, *, remembers: bool = True
    ) -> None:
        """Build the window; `session.start` then brings it to life.

        Args:
            session: the engine, not yet heard.
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
        self._appearance = appearance
        self._memory_file = places.library / window_memory.FILE_NAME if remembers else None
        self._page_file = places.library / first_page.FILE_NAME if remembers else None
        memory = window_memory.load(self._memory_file) if self._memory_file is not None else WindowMemory()
        if remembers:
            appearance.choose(ThemeChoice(memory.theme))
        theme = appearance.theme

        self.thumbnails = ThumbnailSource(
            places.thumbnails, CellShape(memory.cell_px, memory.cell_px * 3 // 4, CELL_RADIUS_PX), parent=self
        )
        self.paths = PhotoPaths(places.database)
        self.model = PhotoModel(self)
        self.live = LiveSearch(session, self.model, self)
        self.pictures = PictureSearch(session, self.live, self.paths, self)
        self.actions_by_name = Actions(self, appearance)
        self.photo_actions = PhotoActions(
            self.actions_by_name, self.model, session, self.paths, self.pictures, lambda: self.viewing.current_id, self
        )
        self._build(theme)
        self._side = SidePanel(self.sidebar, _NARROW_SIDEBAR_PX, wanted=memory.sidebar)
        self._details = SidePanel(self.info, _NARROW_INFO_PX, wanted=memory.info)
        self.desk = LibraryDesk(self, session)
        self.duplicates = DuplicatesDesk(self, session)
        self.shape = ResultShape(self.live, self.grid, self.result_bar, self.timeline, self)
        self.locator = FolderLocator(self, session, self.live, self.paths, self.toast)
        self.viewing = Viewing(self)
        self.restoring = Restoring(self, session)
        self.undo = undo_stack(self.actions_by_name, self)
        self.marking = Marking(self)
        self.parts = PartSearch(self)
        self.remembering = Remembering(self, remembers=remembers)
        self.why = WhyMatched(self)
        self.keeping = Keeping(self, session)
        self.tagging = TagDesk(self, session)
        self._connect()
        self._first = FirstResult(self)
        self.resize(memory.width, memory.height)
        if memory.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self._splitter.setSizes([memory.sidebar_px, 9999, memory.info_px])
        self.grid.set_cell_px(memory.cell_px)
        self.result_bar.show_cell_px(self.grid.cell_px)
        self.result_bar.strictness.show_strictness(memory.strictness)
        self.live.set_strictness(memory.strictness)
        self.shape.show_fold(Fold(memory.fold) if memory.fold else None)
        if self._page_file is not None and (page := first_page.load(self._page_file)) is not None:
            self.live.show_remembered(page)
            self.thumbnails.recall(first_pictures.load(self._page_file.with_name(first_pictures.FILE_NAME)))
        # What is possible is shown, dimmed, until the user closes the divider.
        self.model.set_weaker_expanded(True)
        self.query_bar.edit.setFocus()

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._appearance.theme

    @property
    def session(self) -> EngineSession:
        """The line to the engine."""
        return self._session

    def tell_surprise(self, error: str) -> None:
        """Say that something went wrong that should not have; the window goes on."""
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
        self._show_info()

    def show_photos(self) -> None:
        """Show the grid in its place again."""
        self.show_page(self._photos)

    def say_instead(self, title: str, text: str, button: str) -> None:
        """Show one sentence and one button instead of everything."""
        self.message.say(title, text, button)
        self._root.setCurrentWidget(self.message)

    # Building.

    def _build(self, theme: Theme) -> None:
        actions = self.actions_by_name
        self._root = QStackedWidget(self)
        self.setCentralWidget(self._root)
        # From the outside in: a widget that changes its parent is styled anew, with everything in it.
        self._main = QWidget(self._root)
        self._main.setObjectName("mainPage")
        self._dress(theme)
        self._root.addWidget(self._main)
        self.search_bar = SearchBar(theme, actions, self._main)
        self.query_bar = self.search_bar.query_bar
        self.search_bar.connect_to(self.live, self._session, self._appearance)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._main)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.sidebar = Sidebar(theme, self._splitter)
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
            self.model, self.thumbnails, theme, name_for=self.paths.name, paths_for=self.paths.of, parent=self._photos
        )
        self.info = InfoPanel(self.thumbnails, theme, self._splitter)
        self._splitter.setStretchFactor(1, 1)
        self.status = StatusBar(theme, self._main)
        self.message = MessagePage(theme, self._root)
        self._root.addWidget(self.message)
        _stack(self._photos, self.timeline, self.nothing, self.grid, roomy=self.grid)
        _stack(self._centre, self.result_bar, self.pages, roomy=self.pages)
        _stack(self._main, self.search_bar, self._splitter, self.status, roomy=self._splitter)
        self.toast = Toast(theme, self._root)
        self.card = DropCard(theme, self)
        self.drag_in = DragIn(self, self.card, self.search_bar, self.live, self.pictures)
        actions.fill(self.menuBar())
        actions.put_into(self.grid)
        actions.show_selection(0)

    def _connect(self) -> None:
        actions, live, grid = self.actions_by_name, self.live, self.grid
        self._appearance.changed.connect(self._on_theme_changed)
        self.query_bar.changed.connect(self._on_query_changed)
        self.query_bar.pasted.connect(self.drag_in.paste)
        self.query_bar.files_typed.connect(lambda files: self.pictures.take_files(files, add=True))
        self.drag_in.folders_dropped.connect(self.desk.add_folders)
        self.drag_in.refused.connect(self.toast.say)
        self.query_bar.image_wanted.connect(actions["search_image"].trigger)
        self.query_bar.results_wanted.connect(self._on_results_wanted)
        live.question_changed.connect(self.query_bar.show_question)
        live.history_changed.connect(self._on_history_changed)
        self.nothing.asked.connect(live.go)
        self.result_bar.sort_chosen.connect(live.set_sort)
        self.result_bar.strictness.chosen.connect(live.set_strictness)
        self.result_bar.cell_px_chosen.connect(grid.set_cell_px)
        grid.cell_size_changed.connect(self.result_bar.show_cell_px)
        grid.similar_requested.connect(lambda photo_id: self.pictures.take_photos((photo_id,), add=False))
        grid.similar_added.connect(lambda photo_id: self.pictures.take_photos((photo_id,), add=True))
        grid.context_menu_requested.connect(self._on_context_menu)
        grid.selection_changed.connect(self._on_selection_changed)
        grid.current_changed.connect(self._on_selection_changed)
        self.pictures.trouble.connect(self.toast.say)
        self.photo_actions.said.connect(self.status.show_message)
        self._session.described.connect(self.info.on_description)
        self._session.similar_answered.connect(self.info.on_similar)
        self.info.description_requested.connect(self._session.describe)
        self.info.similar_wanted.connect(lambda photo_id: self._session.find_similar(photo_id, 8))
        self.info.similar_requested.connect(lambda photo_id: self.pictures.take_photos((photo_id,), add=False))
        self.info.photo_chosen.connect(self._on_photo_chosen)
        self.info.reveal_requested.connect(self.photo_actions.reveal_photo)
        self.info.locate_requested.connect(self.locator.locate_photo)
        self.sidebar.locate_requested.connect(self.locator.locate_folder)
        for name, slot in {
            "back": lambda: live.walk(-1),
            "forward": lambda: live.walk(1),
            "search": self._on_search,
            "paste_image": self._on_paste,
            "step_back": self._on_step_back,
            "toggle_sidebar": self._on_toggle_sidebar,
            "toggle_info": self._on_toggle_info,
            "larger": lambda: grid.zoom(1),
            "smaller": lambda: grid.zoom(-1),
            "full_screen": self._on_full_screen,
            "toggle_weaker": grid.toggle_weaker,
            "quit": self.close,
        }.items():
            actions[name].triggered.connect(slot)
        live.answered.connect(self._on_selection_changed)
        self._on_history_changed()

    # What the user does.

    @Slot()
    def _on_query_changed(self) -> None:
        self.show_photos()
        self.live.type(self.query_bar.question)

    @Slot()
    def _on_results_wanted(self) -> None:
        self._session.hurry()
        self.live.settle()
        self.grid.setFocus()

    @Slot()
    def _on_search(self) -> None:
        self.viewing.close()
        self.query_bar.take_focus()

    @Slot()
    def _on_paste(self) -> None:
        self.drag_in.paste(QGuiApplication.clipboard().mimeData())

    @Slot()
    def _on_step_back(self) -> None:
        """Go one step back: viewer, page, selection, query."""
        if self.viewing.page is not None:
            self.viewing.close()
        elif self.pages.currentWidget() is not self._photos:
            self.show_photos()
        elif self.model.selection.count and not self.query_bar.edit.hasFocus():
            with self.model.selecting() as selection:
                selection.nothing()
        elif self.live.question.searches:
            question = self.live.question
            self.live.go(Question(place=question.place, folder=question.folder))
        elif self.model.selection.count:
            with self.model.selecting() as selection:
                selection.nothing()

    @Slot()
    def _on_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def _on_history_changed(self) -> None:
        self.actions_by_name["back"].setEnabled(self.live.can_go_back)
        self.actions_by_name["forward"].setEnabled(self.live.can_go_forward)
        self.actions_by_name["save_search"].setEnabled(self.live.question.searches)

    @Slot()
    def _on_selection_changed(self) -> None:
        count = len(self.photo_actions.targets) if self.model.selection.count < 2 else self.model.selection.count
        self.actions_by_name.show_selection(count)
        self._show_info()

    @Slot(object, object)
    def _on_context_menu(self, photo_ids: tuple[int, ...], place: object) -> None:
        if photo_ids:
            self.actions_by_name.photo_menu(len(photo_ids)).popup(place)  # type: ignore[arg-type]  # a QPoint

    @Slot(int)
    def _on_photo_chosen(self, photo_id: int) -> None:
        """Go to a photo that looks like the selected one, wherever it is."""
        if self.model.position_of(photo_id) is None:
            self.live.spread(photo_id, on=True)
        if self.model.position_of(photo_id) is None:
            self.live.go(Question())
            self.desk.reveal_when_shown(photo_id)
        else:
            self.model.select_ids((photo_id,))
            self.grid.reveal(photo_id)

    # Side panels.

    @Slot()
    def _on_toggle_sidebar(self) -> None:
        self._side.toggle(self.width())
        self._tick_panels()

    @Slot()
    def _on_toggle_info(self) -> None:
        if self.viewing.page is not None:
            self.viewing.page.toggle_info()
        else:
            self._details.toggle(self.width())
        self._tick_panels()

    def _tick_panels(self) -> None:
        self.actions_by_name["toggle_sidebar"].setChecked(self._side.shown)
        self.actions_by_name["toggle_info"].setChecked(self._details.shown)
        self._show_info()

    def _show_info(self) -> None:
        if self.info.isHidden() or (self.tagging.page is not None and self.tagging.page.isVisible()):
            return
        selected = self.model.selection.count
        current = self.model.current_id
        if selected > 1:
            self.info.show_several(selected)
        else:
            position = None if current is None else self.model.position_of(current)
            match = None if position is None else self.model.match_at(position)
            self.info.show_photo(current, match)

    # Dragging something in.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Say what would become of it; nothing can while the library is closed."""
        if self.whole is not self.message:
            self.drag_in.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Light up the place where it would fall."""
        self.drag_in.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802
        """Take the card away."""
        self.drag_in.leave()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take what falls."""
        self.drag_in.drop(event)

    # Look, size and end.

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        for part in (
            self.query_bar, self.nothing, self.grid, self.sidebar, self.info, self.status, self.toast, self.card,
            self.message, self.desk, self.keeping, self.viewing, self.timeline, self.duplicates, self.result_bar,
            self.tagging,
        ):  # fmt: skip
            part.set_theme(theme)
        self._dress(theme)

    def _dress(self, theme: Theme) -> None:
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
        self._tick_panels()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let the mouse's own keys walk through the history."""
        by = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}.get(event.button())
        if by is None:
            super().mousePressEvent(event)
        elif self.viewing.page is None:
            self.live.walk(by)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember the window, and let everything go."""
        if self._memory_file is not None:
            window_memory.save(self._memory_file, self._memory())
        if self._page_file is not None and self.live.browsed is not None:
            first_page.save(self._page_file, self.live.browsed, self.live.headings_of(self.live.browsed))
            first_pictures.save(self._page_file.with_name(first_pictures.FILE_NAME), self._first_pictures())
        self.hide()
        self.closing.emit()
        self.photo_actions.close()
        self.thumbnails.close()
        self._session.close()
        self.paths.close()
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
            theme=self._appearance.choice.value,
        )


def _stack(holder: QWidget, *widgets: QWidget, roomy: QWidget) -> None:
    """Lay these out below each other in their holder; one of them takes all the room there is."""
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is roomy else 0)
