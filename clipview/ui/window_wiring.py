"""What the window can do: its capabilities, made behind the first paint, and which part hears which."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from clipview.ui.drag_in import DragIn
from clipview.ui.drop_card import DropCard
from clipview.ui.duplicates import DuplicatesDesk
from clipview.ui.first_result import FirstResult
from clipview.ui.info_panel import InfoPanel
from clipview.ui.keeping import Keeping
from clipview.ui.locating import FolderLocator
from clipview.ui.marks import Marking
from clipview.ui.message_page import MessagePage
from clipview.ui.part_search import PartSearch
from clipview.ui.photo_actions import PhotoActions
from clipview.ui.picture_search import PictureSearch
from clipview.ui.question import Question
from clipview.ui.remembering import Remembering
from clipview.ui.restoring import Restoring
from clipview.ui.result_shape import ResultShape
from clipview.ui.sidebar import Sidebar
from clipview.ui.tagging import TagDesk
from clipview.ui.theme import Theme
from clipview.ui.toast import Toast
from clipview.ui.undo import undo_stack
from clipview.ui.viewing import Viewing
from clipview.ui.why import WhyMatched
from clipview.ui.window import MainWindow
from clipview.ui.window_desk import LibraryDesk


class Wiring(QObject):
    """Gives a window its capabilities, as its attributes, and connects its parts."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._make(window)
        self._connect(window)
        self._on_selection_changed()
        self._on_panels_changed()
        self._catch_up(window)

    def _make(self, window: MainWindow) -> None:
        session, live, theme = window.session, window.live, window.theme
        window.pictures = PictureSearch(session, live, window.paths, window)
        window.photo_actions = PhotoActions(
            window.actions_by_name,
            window.model,
            session,
            window.paths,
            window.pictures,
            lambda: window.viewing.current_id,
            window,
        )
        window.search_bar.connect_to(live, session, window.appearance)
        left, right = window.sides
        window.take_sides(Sidebar(theme, left), InfoPanel(window.thumbnails, theme, right))
        window.take_message(MessagePage(theme, window.root))
        window.toast = Toast(theme, window.root)
        window.card = DropCard(theme, window)
        window.drag_in = DragIn(window, window.card, window.search_bar, live, window.pictures)
        window.desk = LibraryDesk(window, session)
        window.duplicates = DuplicatesDesk(window, session)
        ResultShape(live, window.grid, window.result_bar, window.timeline, window)
        window.locator = FolderLocator(window, session, live, window.paths, window.toast)
        window.viewing = Viewing(window)
        Restoring(window, session)
        window.undo = undo_stack(window.actions_by_name, window)
        window.marking = Marking(window)
        PartSearch(window)
        Remembering(window, remembers=window.remembers)
        WhyMatched(window)
        window.keeping = Keeping(window, session)
        window.tagging = TagDesk(window, session)

    def _connect(self, window: MainWindow) -> None:
        session, actions, live, grid = window.session, window.actions_by_name, window.live, window.grid
        pictures, bar, info = window.pictures, window.query_bar, window.info
        window.appearance.changed.connect(self._on_theme_changed)
        window.page_changed.connect(self._show_info)
        window.panels_changed.connect(self._on_panels_changed)
        window.closing.connect(window.photo_actions.close)
        bar.changed.connect(self._on_query_changed)
        bar.pasted.connect(window.drag_in.paste)
        bar.files_typed.connect(lambda files: pictures.take_files(files, add=True))
        bar.image_wanted.connect(actions["search_image"].trigger)
        bar.results_wanted.connect(self._on_results_wanted)
        window.drag_in.folders_dropped.connect(window.desk.add_folders)
        window.drag_in.refused.connect(window.toast.say)
        live.question_changed.connect(bar.show_question)
        live.history_changed.connect(self._on_history_changed)
        live.answered.connect(self._on_selection_changed)
        window.nothing.asked.connect(live.go)
        window.result_bar.sort_chosen.connect(live.set_sort)
        window.result_bar.strictness.chosen.connect(live.set_strictness)
        window.result_bar.cell_px_chosen.connect(grid.set_cell_px)
        grid.cell_size_changed.connect(window.result_bar.show_cell_px)
        grid.similar_requested.connect(lambda photo_id: pictures.take_photos((photo_id,), add=False))
        grid.similar_added.connect(lambda photo_id: pictures.take_photos((photo_id,), add=True))
        grid.context_menu_requested.connect(self._on_context_menu)
        grid.selection_changed.connect(self._on_selection_changed)
        grid.current_changed.connect(self._on_selection_changed)
        pictures.trouble.connect(window.toast.say)
        window.photo_actions.said.connect(window.status.show_message)
        session.described.connect(info.on_description)
        session.similar_answered.connect(info.on_similar)
        info.description_requested.connect(session.describe)
        info.similar_wanted.connect(lambda photo_id: session.find_similar(photo_id, 8))
        info.similar_requested.connect(lambda photo_id: pictures.take_photos((photo_id,), add=False))
        info.photo_chosen.connect(self._on_photo_chosen)
        info.reveal_requested.connect(window.photo_actions.reveal_photo)
        info.locate_requested.connect(window.locator.locate_photo)
        window.sidebar.locate_requested.connect(window.locator.locate_folder)
        for name, slot in {
            "back": lambda: live.walk(-1),
            "forward": lambda: live.walk(1),
            "search": self._on_search,
            "paste_image": self._on_paste,
            "step_back": self._on_step_back,
            "toggle_sidebar": lambda: window.toggle(window.sidebar_panel),
            "toggle_info": self._on_toggle_info,
            "larger": lambda: grid.zoom(1),
            "smaller": lambda: grid.zoom(-1),
            "full_screen": self._on_full_screen,
            "toggle_weaker": grid.toggle_weaker,
            "quit": window.close,
        }.items():
            actions[name].triggered.connect(slot)
        # Behind the keyboard's way to the photos.
        FirstResult(window)
        self._on_history_changed()

    def _catch_up(self, window: MainWindow) -> None:
        """Do what was asked for before anybody heard it: the system tells its colours late, and people type early."""
        if window.dressed_in != window.theme:
            self._on_theme_changed(window.theme)
        if window.query_bar.question != window.live.question:
            self._on_query_changed()

    # What the user does.

    @Slot()
    def _on_query_changed(self) -> None:
        self._window.show_photos()
        self._window.live.type(self._window.query_bar.question)

    @Slot()
    def _on_results_wanted(self) -> None:
        self._session.hurry()
        self._window.live.settle()
        self._window.grid.setFocus()

    @Slot()
    def _on_search(self) -> None:
        self._window.viewing.close()
        self._window.query_bar.take_focus()

    @Slot()
    def _on_paste(self) -> None:
        self._window.drag_in.paste(QGuiApplication.clipboard().mimeData())

    @Slot()
    def _on_step_back(self) -> None:
        """Go one step back: viewer, page, selection, query."""
        if self._window.viewing.page is not None:
            self._window.viewing.close()
        elif not self._window.shows_photos:
            self._window.show_photos()
        elif self._window.model.selection.count and not self._window.query_bar.edit.hasFocus():
            with self._window.model.selecting() as selection:
                selection.nothing()
        elif self._window.live.question.searches:
            question = self._window.live.question
            self._window.live.go(Question(place=question.place, folder=question.folder))
        elif self._window.model.selection.count:
            with self._window.model.selecting() as selection:
                selection.nothing()

    @Slot()
    def _on_full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def _on_history_changed(self) -> None:
        self._window.actions_by_name["back"].setEnabled(self._window.live.can_go_back)
        self._window.actions_by_name["forward"].setEnabled(self._window.live.can_go_forward)
        self._window.actions_by_name["save_search"].setEnabled(self._window.live.question.searches)

    @Slot()
    def _on_selection_changed(self) -> None:
        count = (
            len(self._window.photo_actions.targets)
            if self._window.model.selection.count < 2
            else self._window.model.selection.count
        )
        self._window.actions_by_name.show_selection(count)
        self._show_info()

    @Slot(object, object)
    def _on_context_menu(self, photo_ids: tuple[int, ...], place: object) -> None:
        if photo_ids:
            self._window.actions_by_name.photo_menu(len(photo_ids)).popup(place)  # type: ignore[arg-type]  # a QPoint

    @Slot(int)
    def _on_photo_chosen(self, photo_id: int) -> None:
        """Go to a photo that looks like the selected one, wherever it is."""
        if self._window.model.position_of(photo_id) is None:
            self._window.live.spread(photo_id, on=True)
        if self._window.model.position_of(photo_id) is None:
            self._window.live.go(Question())
            self._window.desk.reveal_when_shown(photo_id)
        else:
            self._window.model.select_ids((photo_id,))
            self._window.grid.reveal(photo_id)

    @Slot()
    def _on_toggle_info(self) -> None:
        if self._window.viewing.page is not None:
            self._window.viewing.page.toggle_info()
            # The tick, which Qt has moved, is the window's own panel's.
            self._on_panels_changed()
        else:
            self._window.toggle(self._window.info_panel)

    @Slot()
    def _on_panels_changed(self) -> None:
        self._window.actions_by_name["toggle_sidebar"].setChecked(self._window.sidebar_panel.shown)
        self._window.actions_by_name["toggle_info"].setChecked(self._window.info_panel.shown)
        self._show_info()

    @Slot()
    def _show_info(self) -> None:
        if not self._window.info_panel.shown or (
            self._window.tagging.page is not None and self._window.tagging.page.isVisible()
        ):
            return
        selected = self._window.model.selection.count
        current = self._window.model.current_id
        if selected > 1:
            self._window.info.show_several(selected)
        else:
            position = None if current is None else self._window.model.position_of(current)
            match = None if position is None else self._window.model.match_at(position)
            self._window.info.show_photo(current, match)

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        window = self._window
        for part in (
            window.query_bar, window.nothing, window.grid, window.sidebar, window.info, window.status, window.toast,
            window.card, window.message, window.desk, window.keeping, window.viewing, window.timeline,
            window.duplicates, window.result_bar, window.tagging,
        ):  # fmt: skip
            part.set_theme(theme)
        window.dress(theme)
