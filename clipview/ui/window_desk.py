"""How the window answers to the library: its state, its folders, scans and models, and the engine's life and death."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from clipview.core.types import ScanSummary
from clipview.engine.messages import (
    AddSamples,
    EngineDied,
    ForgetSearch,
    GetModel,
    ImportModel,
    LibraryState,
    ModelEnded,
    Notice,
    PauseScan,
    Ready,
    Refused,
    RemoveFolder,
    SavedSearch,
    SaveSearch,
    ScanEnded,
    ScanProgress,
    SearchAnswer,
    SearchRefused,
    StopModel,
    StopScan,
    UseModel,
)
from clipview.ui.ask_name import ask_name
from clipview.ui.question import Place, Question, read_saved
from clipview.ui.result_bar import Found
from clipview.ui.session import EngineSession
from clipview.ui.shortcut_sheet import ShortcutSheet
from clipview.ui.theme import Theme
from clipview.ui.wording import plain

if TYPE_CHECKING:
    from clipview.ui.first_run import FirstRunPage
    from clipview.ui.models_dialog import ModelsDialog
    from clipview.ui.problems_page import ProblemsPage
    from clipview.ui.window import MainWindow

_LONGEST_NAME = 60


class LibraryDesk(QObject):
    """Shows what the engine says about the library, and passes on what the user wants done with it."""

    def __init__(self, window: MainWindow, session: EngineSession) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._state: LibraryState | None = None
        self._left = 0
        self._awaited: int | None = None
        self._answer: tuple[SearchAnswer, Question] | None = None
        self._problems: ProblemsPage | None = None
        self._models: ModelsDialog | None = None
        self._first_run: FirstRunPage | None = None
        self._connect_engine()
        self._connect_window()

    @property
    def state(self) -> LibraryState | None:
        """The library, once the engine has opened it."""
        return self._state

    @property
    def empty(self) -> bool:
        """Whether the library has no folders and no photos yet."""
        return self._state is None or not (self._state.folders or self._state.photos)

    @property
    def first_run(self) -> FirstRunPage:
        """The page of an empty library."""
        if self._first_run is None:
            # Pages and dialogs that most starts don't need are loaded when they are.
            from clipview.ui.first_run import FirstRunPage

            page = self._first_run = FirstRunPage(self._window.theme, self._window)
            page.add_folder_requested.connect(self._on_add_folder)
            page.pictures_requested.connect(self._on_pictures)
            page.samples_requested.connect(lambda: self._session.send(AddSamples()))
            page.models_requested.connect(self._on_models)
        return self._first_run

    def set_theme(self, theme: Theme) -> None:
        """Draw the pages in these colours."""
        if self._first_run is not None:
            self._first_run.set_theme(theme)
        if self._problems is not None:
            self._problems.set_theme(theme)

    def add_folders(self, folders: Sequence[Path]) -> None:
        """Cover these folders too."""
        self._session.scan(folders)
        names = ", ".join(plain(folder.name or str(folder)) for folder in folders)
        self._window.status.show_message(self.tr("Looking for photos in {folders}").format(folders=names))

    def reveal_when_shown(self, photo_id: int) -> None:
        """Go to a photo once the next answer is there."""
        self._awaited = photo_id

    def _connect_engine(self) -> None:
        session, window = self._session, self._window
        session.ready.connect(self._on_ready)
        session.refused.connect(self._on_refused)
        session.died.connect(self._on_died)
        session.state_changed.connect(self._on_state)
        session.noticed.connect(self._on_notice)
        session.search_refused.connect(self._on_search_refused)
        session.waiting.connect(window.result_bar.set_waiting)
        session.scan_progressed.connect(self._on_progress)
        session.scan_ended.connect(self._on_scan_ended)
        session.model_progressed.connect(window.status.on_model_progress)
        session.model_ended.connect(self._on_model_ended)
        window.live.answered.connect(self._on_answered)
        window.nothing.strictness_wanted.connect(window.result_bar.strictness.choose)

    def _connect_window(self) -> None:
        session, window, actions = self._session, self._window, self._window.actions_by_name
        sidebar, status = window.sidebar, window.status
        sidebar.all_photos_requested.connect(self._on_all_photos)
        sidebar.recent_requested.connect(self._on_recent)
        sidebar.paperwork_requested.connect(self._on_paperwork)
        sidebar.folder_selected.connect(self._on_folder)
        sidebar.saved_search_selected.connect(self._on_saved_search)
        sidebar.saved_search_renamed.connect(self._on_saved_search_renamed)
        sidebar.forget_search_requested.connect(lambda name: session.send(ForgetSearch(name)))
        sidebar.problems_requested.connect(self._on_problems)
        sidebar.add_folder_requested.connect(self._on_add_folder)
        sidebar.remove_folder_requested.connect(lambda path: session.send(RemoveFolder(path)))
        sidebar.rescan_requested.connect(lambda path: session.scan((path,)))
        status.pause_toggled.connect(lambda paused: session.send(PauseScan(paused)))
        status.stop_requested.connect(lambda: session.send(StopScan()))
        status.skipped_requested.connect(self._on_problems)
        status.models_requested.connect(self._on_models)
        window.message.chosen.connect(self._on_try_again)
        actions["add_folder"].triggered.connect(self._on_add_folder)
        actions["rescan"].triggered.connect(lambda: session.scan())
        actions["save_search"].triggered.connect(self._on_save_search)
        actions["search_image"].triggered.connect(self._on_search_image)
        actions["models"].triggered.connect(self._on_models)
        actions["problems"].triggered.connect(self._on_problems)
        actions["shortcuts"].triggered.connect(lambda: ShortcutSheet(window).open())
        actions["about"].triggered.connect(self._on_about)
        actions["search_help"].triggered.connect(self._on_search_help)

    # The engine's life.

    @Slot(object)
    def _on_ready(self, message: Ready) -> None:
        first = self._state is None
        self._on_state(message.state)
        if first:
            self._window.live.start()

    @Slot(object)
    def _on_refused(self, message: Refused) -> None:
        self._window.say_instead(self.tr("This library can't be opened"), plain(message.reason), self.tr("Try again"))

    @Slot(object)
    def _on_died(self, message: EngineDied) -> None:
        reason = plain(message.reason)
        if message.restarting:
            said = self.tr("The search engine stopped and was started again. {reason}")
            if self._session.resumes_scan:
                said = self.tr("The search engine stopped and was started again; indexing goes on. {reason}")
            said = said.format(reason=reason)
            self._window.status.show_message(said)
        else:
            self._window.say_instead(self.tr("The search engine stops again and again"), reason, self.tr("Try again"))

    @Slot()
    def _on_try_again(self) -> None:
        self._window.say_instead(self.tr("Opening the library"), "", "")
        self._session.connect_again()

    @Slot(object)
    def _on_notice(self, message: Notice) -> None:
        self._window.toast.say(message.text)

    # The library's state.

    @Slot(object)
    def _on_state(self, state: LibraryState) -> None:
        window, before = self._window, self._state
        self._state = state
        window.sidebar.show_state(state)
        window.status.show_state(state)
        window.actions_by_name["problems"].setEnabled(state.set_aside > 0)
        if self._models is not None:
            self._models.show_state(state)
        if self.empty:
            self.first_run.show_state(state)
            window.show_whole(self.first_run)
            return
        if window.viewing.page is None:
            window.show_main()
        if before is None:
            return
        if _seen_in_photos(before) != _seen_in_photos(state):
            self._session.ask_again()
            window.info.refresh()
        if before.set_aside != state.set_aside and self._problems is not None:
            self._session.list_skipped()
        self._show_found()

    @Slot(object, object)
    def _on_answered(self, answer: SearchAnswer, question: Question) -> None:
        window = self._window
        self._answer = (answer, question)
        window.query_bar.set_date_words(answer.date_words)
        strictness = window.result_bar.strictness.strictness
        window.nothing.show_answer(answer, question, complete=self._unsearchable() == 0, strictness=strictness)
        window.result_bar.show_sort(
            window.live.sort,
            searching=question.searches and answer.match is not None,
            album=answer.own_order or window.keeping.album is not None,
        )
        self._show_found()
        if self._awaited is not None and window.model.position_of(self._awaited) is None:
            window.live.spread(self._awaited, on=True)
        if self._awaited is not None and window.model.position_of(self._awaited) is not None:
            window.model.select_ids((self._awaited,))
            window.grid.reveal(self._awaited)
        self._awaited = None

    @Slot(object)
    def _on_search_refused(self, message: SearchRefused) -> None:
        self._window.result_bar.show_words(plain(message.reason))
        self._window.toast.say(message.reason)

    def _show_found(self) -> None:
        if self._answer is None or self._state is None:
            return
        answer, question = self._answer
        missing = self._unsearchable()
        folder = question.folder if question.place is Place.FOLDER else None
        place = folder.name or str(folder) if folder else ""
        if question.place is Place.PAPERWORK:
            place = self.tr("screenshots and documents")
        elif question.place is Place.RECENT and not question.searches:
            place = self.tr("recently added")
        self._window.result_bar.show_found(
            Found(
                strong=answer.strong,
                possible=answer.possible,
                total=answer.total,
                elapsed_ms=answer.elapsed_ms,
                searched=answer.match is not None,
                closest=answer.closest,
                searchable=self._state.searchable if missing else None,
                library=(self._state.searchable or 0) + missing,
                place=place,
                date_words=answer.date_words or "",
            )
        )

    def _unsearchable(self) -> int:
        """How many photos are known or expected, but can't be searched yet."""
        if self._state is None or self._state.searchable is None:
            return 0
        return max(0, self._state.photos - self._state.searchable) + self._left

    # Scans.

    @Slot(object)
    def _on_progress(self, progress: ScanProgress) -> None:
        step, window = progress.step, self._window
        self._left = max(0, step.total - step.done)
        window.status.on_progress(progress)
        if step.photo_ids:
            window.thumbnails.invalidate(step.photo_ids)
        self._show_found()

    @Slot(object)
    def _on_scan_ended(self, ended: ScanEnded) -> None:
        self._left = 0
        self._window.status.on_scan_ended(ended)
        self._show_found()
        if ended.failure is not None:
            # The status bar has no room for what to do about it.
            self._window.toast.say(self.tr("Indexing stopped: {reason}").format(reason=ended.failure))
        if ended.summary is not None:
            self._speak_of(ended.summary)

    def _speak_of(self, summary: ScanSummary) -> None:
        if summary.unavailable:
            one = summary.unavailable[0]
            self._window.status.show_message(
                self.tr("{folder} could not be looked through: {reason}").format(
                    folder=plain(str(one.path)), reason=plain(one.reason)
                )
            )
        if summary.held_back:
            question = QMessageBox(self._window)
            question.setObjectName("heldBack")
            question.setWindowTitle(self.tr("Many photos were not found"))
            question.setText(
                self.tr(
                    "%Ln files were not found where they were. Was a drive unplugged, or are they gone?",
                    "",
                    summary.held_back,
                )
            )
            keep = question.addButton(self.tr("Keep them"), QMessageBox.ButtonRole.RejectRole)
            gone = question.addButton(self.tr("They are gone"), QMessageBox.ButtonRole.DestructiveRole)
            question.setDefaultButton(keep)
            gone.clicked.connect(lambda: self._session.scan(accept_missing=True))
            question.finished.connect(question.deleteLater)
            question.open()

    @Slot()
    def _on_add_folder(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Add a folder with photos"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        dialog.fileSelected.connect(lambda chosen: self.add_folders((Path(chosen),)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_pictures(self) -> None:
        pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        if pictures.is_dir():
            self.add_folders((pictures,))
        else:
            self._window.toast.say(self.tr("There is no pictures folder on this computer. Choose a folder instead."))

    # Ways around the library.

    @Slot()
    def _on_all_photos(self) -> None:
        self._go_to(Question())

    @Slot()
    def _on_recent(self) -> None:
        self._go_to(Question(place=Place.RECENT))

    @Slot()
    def _on_paperwork(self) -> None:
        now = self._window.live.question
        self._go_to(replace(now, place=Place.PAPERWORK, folder=None))

    @Slot(object)
    def _on_folder(self, folder: Path) -> None:
        now = self._window.live.question
        self._go_to(replace(now, place=Place.FOLDER, folder=folder))

    def _go_to(self, question: Question) -> None:
        self._window.show_photos()
        self._window.live.go(question)

    @Slot(str)
    def _on_saved_search(self, name: str) -> None:
        saved = next((one for one in self._searches() if one.name == name), None)
        if saved is not None:
            self._window.show_photos()
            self._window.pictures.ask_saved(read_saved(saved.text))

    @Slot(str, str)
    def _on_saved_search_renamed(self, old: str, new: str) -> None:
        saved = next((one for one in self._searches() if one.name == old), None)
        if saved is not None and new.strip() and new != old:
            self._session.send(SaveSearch(new.strip(), saved.text))
            self._session.send(ForgetSearch(old))

    @Slot()
    def _on_save_search(self) -> None:
        question = self._window.live.question
        names = [question.words, *(picture.name for picture in question.pictures)]
        ask_name(
            self._window,
            "saveSearch",
            self.tr("Save search"),
            self.tr("Name of this search"),
            lambda name: self._save_search(name, question),
            plain(next(filter(None, names), ""))[:_LONGEST_NAME],
        )

    def _save_search(self, name: str, question: Question) -> None:
        self._session.send(SaveSearch(name[:_LONGEST_NAME], question.saved_text()))
        self._window.status.show_message(self.tr("Search saved"))

    @Slot()
    def _on_search_image(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Search with an image file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(
            lambda chosen: self._window.pictures.take_files(
                [Path(one) for one in chosen], add=self._window.live.question.searches
            )
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_problems(self) -> None:
        if self._problems is None:
            from clipview.ui.problems_page import ProblemsPage

            page = self._problems = ProblemsPage(self._window.theme, self._window)
            page.retry_requested.connect(lambda: self._session.scan(retry_skipped=True))
            page.reveal_requested.connect(self._window.photo_actions.reveal_file)
            page.back_requested.connect(self._window.show_photos)
            self._session.set_aside_answered.connect(page.show_skipped)
        self._session.list_skipped()
        self._window.show_page(self._problems)

    # Dialogs.

    @Slot()
    def _on_search_help(self) -> None:
        from clipview.ui.search_help import SearchHelp

        SearchHelp(self._window.theme, self._window).show()

    @Slot()
    def _on_about(self) -> None:
        from clipview.ui.about_dialog import AboutDialog

        AboutDialog(self._window).open()

    @Slot()
    def _on_models(self) -> None:
        if self._models is None:
            from clipview.ui.models_dialog import ModelsDialog

            dialog = self._models = ModelsDialog(self._window)
            dialog.get_requested.connect(lambda name: self._session.send(GetModel(name)))
            dialog.use_requested.connect(lambda name: self._session.send(UseModel(name)))
            dialog.import_requested.connect(lambda path, kind: self._session.send(ImportModel(path, kind)))
            dialog.stop_requested.connect(lambda: self._session.send(StopModel()))
            self._session.model_progressed.connect(dialog.on_progress)
            self._session.model_ended.connect(dialog.on_ended)
            self._session.died.connect(dialog.on_died)
        if self._state is not None:
            self._models.show_state(self._state)
        self._models.open()

    @Slot(object)
    def _on_model_ended(self, ended: ModelEnded) -> None:
        if ended.failure is not None and (self._models is None or not self._models.isVisible()):
            self._window.toast.say(ended.failure)

    def _searches(self) -> Sequence[SavedSearch]:
        return () if self._state is None else self._state.saved_searches


def _seen_in_photos(state: LibraryState) -> tuple[object, ...]:
    """What an answer depends on: with a drive that comes or goes, its photos' badges do."""
    return state.generation, state.model, state.found_in, [folder.path for folder in state.folders if folder.reachable]
