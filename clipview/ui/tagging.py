"""Tags in the window: the sidebar's rows, the review desk, and what menus and keys do with tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from clipview.core.query_syntax import Key, Part
from clipview.core.tag_changes import (
    AnswerTag,
    DisableTag,
    EnableTag,
    GiveTag,
    PutTag,
    RenameTag,
    SetTagLine,
    TagChange,
    TakeBackTag,
    TeachTag,
)
from clipview.engine.messages.tags import (
    ExplainTag,
    ListReview,
    ListTags,
    ListVocabulary,
    LookAtTag,
    ReviewList,
    TagChangeMade,
    TagConfidences,
    TagExplained,
    TaggingEnded,
    TagList,
    TakeVocabulary,
    TaughtTag,
    VocabularyList,
)
from clipview.ui.ask_name import ask_name
from clipview.ui.auto_tagging import AutoTagging
from clipview.ui.question import Question
from clipview.ui.review_queue import BATCH
from clipview.ui.tag_steps import TagSteps
from clipview.ui.theme import Theme
from clipview.ui.wording import number, plain

if TYPE_CHECKING:
    from clipview.ui.info_panel import InfoPanel
    from clipview.ui.review_page import ReviewPage
    from clipview.ui.session import EngineSession
    from clipview.ui.tag_section import TagSection
    from clipview.ui.viewer_page import ViewerPage
    from clipview.ui.vocabulary_dialog import VocabularyDialog
    from clipview.ui.window import MainWindow

_LIST_MS = 800
_AGAIN_MS = 250


class TagDesk(QObject):
    """Shows what the engine says of tags, and passes on what people want done with them."""

    def __init__(self, window: MainWindow, session: EngineSession) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._page: ReviewPage | None = None
        self._dialog: VocabularyDialog | None = None
        self._listed: TagList | None = None
        self._newest: dict[type[object], int] = {}
        self._tag_sections: list[TagSection] = []
        self.auto = AutoTagging(window, session)
        self.steps = TagSteps(window.undo, session, self)
        self.steps.made.connect(self._on_made)
        self.steps.refused.connect(window.toast.say)
        self.steps.taken_back.connect(self._on_taken_back)
        self.steps.repeated.connect(self._on_repeated)
        self._list = QTimer(self, singleShot=True, interval=_LIST_MS)
        self._list.timeout.connect(lambda: session.send(ListTags()))
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._on_again)
        session.told_of_tags.connect(self._on_told)
        session.state_changed.connect(lambda _: self._list.start())
        session.ready.connect(self._on_ready)
        self._connect_window()

    @property
    def page(self) -> ReviewPage | None:
        """The review desk, once it was opened."""
        return self._page

    @property
    def listed(self) -> TagList | None:
        """The tags as they were listed last."""
        return self._listed

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self.auto.set_theme(theme)
        if self._page is not None:
            self._page.set_theme(theme)

    def review(self, tag: str | None = None) -> None:
        """Open the review desk, for one tag or for all."""
        if self._page is None:
            # Most starts of the window review nothing.
            from clipview.ui.review_page import ReviewPage

            page = self._page = ReviewPage(self._window.thumbnails, self._window.theme, self._window)
            page.wanted.connect(self._on_wanted)
            page.answered.connect(self._on_answered)
            page.explanation_wanted.connect(self._on_explanation_wanted)
            page.line_wanted.connect(self._on_line_wanted)
            page.line_chosen.connect(self._on_line_chosen)
            page.back_requested.connect(self._window.show_photos)
            page.tagging_wanted.connect(self._window.actions_by_name["auto_tag"].trigger)
            page.looked_at.connect(self._on_looked_at)
            page.picture.requested.connect(self._session.view)
            self._session.picture_answered.connect(page.picture.take)
            self._session.picture_refused.connect(page.picture.take_refusal)
            self._session.ready.connect(page.picture.ask_again)
            if self._listed is not None:
                page.show_tags(self._listed)
        self._window.viewing.close()
        self._page.start(tag)
        self._window.show_page(self._page)
        self._page.setFocus()

    def _connect_window(self) -> None:
        sidebar, actions = self._window.sidebar, self._window.actions_by_name
        sidebar.review_requested.connect(self.review)
        sidebar.tag_selected.connect(self._on_tag_selected)
        sidebar.tag_renamed.connect(self._on_tag_renamed)
        sidebar.tag_disabled.connect(self._on_tag_disabled)
        actions["vocabulary"].triggered.connect(self.open_vocabulary)
        actions["add_tag"].triggered.connect(self._on_add_tag)
        actions["teach"].triggered.connect(lambda: self._ask_teach(self._window.photo_actions.targets, ()))
        actions["teach_marks"].triggered.connect(self._on_teach_marks)
        self._window.live.question_changed.connect(self._on_question_changed)
        self._hear_info(self._window.info)
        self._window.viewing.made.connect(self._on_viewer_made)
        self._window.viewing.info_made.connect(self._hear_info)
        self._on_question_changed(self._window.live.question)
        actions["review"].triggered.connect(lambda: self.review())

    # ---- what the engine says ----

    @Slot()
    def _on_ready(self) -> None:
        self._list.start()
        if self._page is not None and self._page.isVisible():
            # What an engine that died was asked is lost.
            self._on_wanted(self._page.tag)

    @Slot(object)
    def _on_told(self, told: object) -> None:
        match told:
            case TagList():
                self._listed = told
                self._window.sidebar.show_tags(told)
                self._show_words()
                if self._page is not None:
                    self._page.show_tags(told)
            case ReviewList() if self._is_newest(told) and self._page is not None:
                self._page.show_review(told)
            case TagExplained() if self._is_newest(told) and self._page is not None:
                self._page.show_explanation(told)
            case TagConfidences() if self._is_newest(told) and self._page is not None:
                self._page.show_line(told)
            case VocabularyList() if self._dialog is not None:
                self._dialog.show_vocabulary(told)
            case TaggingEnded():
                self._again.start()

    def _is_newest(self, told: ReviewList | TagExplained | TagConfidences) -> bool:
        return self._newest.get(type(told)) == told.number

    @Slot(object, object)
    def _on_made(self, change: TagChange, made: TagChangeMade) -> None:
        self._again.start()
        if isinstance(change, TeachTag) and made.taught is not None:
            self._tell_taught(change.name, made.taught)

    # ---- the review desk ----

    @Slot(object)
    def _on_wanted(self, tag: str | None) -> None:
        # The engine knows nothing of what was skipped.
        count = BATCH + (0 if self._page is None else self._page.queue.skipped)
        self._newest[ReviewList] = self._session.ask_about_tags(lambda number: ListReview(number, count, tag))

    @Slot(int)
    def _on_looked_at(self, photo_id: int) -> None:
        """Tell the details of the photo in question, instead of those of the one selected in the grid."""
        if self._window.info.isVisible():
            self._window.info.show_photo(photo_id, None)

    @Slot(int, str)
    def _on_explanation_wanted(self, photo_id: int, tag: str) -> None:
        self._newest[TagExplained] = self._session.ask_about_tags(lambda number: ExplainTag(number, photo_id, tag))

    @Slot(str)
    def _on_line_wanted(self, tag: str) -> None:
        self._newest[TagConfidences] = self._session.ask_about_tags(lambda number: LookAtTag(number, tag))

    @Slot(str, object)
    def _on_line_chosen(self, tag: str, line: float | None) -> None:
        self.steps.do(self.tr("precision of {tag}").format(tag=plain(tag)), SetTagLine(tag, line))

    @Slot(str, object, object)
    def _on_answered(self, tag: str, yes: tuple[int, ...], no: tuple[int, ...]) -> None:
        name = self.tr("%Ln answers", "", len(yes) + len(no))
        changes = [AnswerTag(tag, ids, said) for ids, said in ((yes, True), (no, False)) if ids]
        if len(changes) == 1:
            self.steps.do(name, changes[0])
            return
        with self.steps.together(name):
            for change in changes:
                self.steps.do(name, change)

    @Slot()
    def _on_again(self) -> None:
        """Look anew at what a change may have moved, once no other is under way."""
        if self.steps.busy:
            self._again.start()
            return
        if self._page is not None and self._page.isVisible():
            self._on_wanted(self._page.tag)
            self._page.refresh_line()
        else:
            self._session.ask_again()
        if self._dialog is not None and self._dialog.isVisible():
            self._session.ask_about_tags(ListVocabulary)
        self._window.info.refresh()

    @Slot(object)
    def _on_taken_back(self, change: TagChange) -> None:
        self._again.start()
        if isinstance(change, AnswerTag) and self._page is not None:
            self._page.put_back(change.name, change.photo_ids)

    @Slot(object)
    def _on_repeated(self, change: TagChange) -> None:
        if isinstance(change, AnswerTag) and self._page is not None:
            self._page.note_answered(change.name, change.photo_ids)

    # ---- the sidebar ----

    @Slot(str)
    def _on_tag_selected(self, name: str) -> None:
        self._window.viewing.close()
        self._window.show_photos()
        self._window.live.go(Question(parts=(Part(Key.TAG, name),)))

    @Slot(str, str)
    def _on_tag_renamed(self, old: str, new: str) -> None:
        self.steps.do(self.tr("renamed tag"), RenameTag(old, new))

    @Slot(str)
    def _on_tag_disabled(self, name: str) -> None:
        self.steps.do(self.tr("tag left out"), DisableTag(name))

    # ---- one photo, or the selected ones ----

    @Slot(object)
    def _on_viewer_made(self, viewer: ViewerPage) -> None:
        viewer.take_keys((self._window.actions_by_name["add_tag"],))

    @Slot(object)
    def _hear_info(self, info: InfoPanel) -> None:
        """Do what is asked for at a photo's tags, in the window or in the viewer."""
        tags = info.tags
        tags.confirmed.connect(lambda name: self._say(info, name, yes=True))
        tags.rejected.connect(lambda name: self._say(info, name, yes=False))
        tags.taken_back.connect(lambda name: self._take_back(info, name))
        tags.added.connect(lambda name: self._on_tag_typed(info, name))
        tags.chosen.connect(self._on_tag_selected)
        self._tag_sections.append(tags)
        self._show_words()

    def _show_words(self) -> None:
        if self._listed is not None:
            words = sorted((*(row.name for row in self._listed.tags), *self._listed.words))
            for tags in self._tag_sections:
                tags.show_words(words)

    def _say(self, info: InfoPanel, name: str, *, yes: bool) -> None:
        if info.photo_id is not None:
            self._do(name, AnswerTag(name, (info.photo_id,), yes))

    def _take_back(self, info: InfoPanel, name: str) -> None:
        if info.photo_id is not None:
            self._do(name, TakeBackTag(name, (info.photo_id,)))

    def _on_tag_typed(self, info: InfoPanel, name: str) -> None:
        if info.photo_id is not None:
            self._give(name, (info.photo_id,))
        if self._window.viewing.page is not None:
            # Where the arrow keys go on to the next photo.
            self._window.viewing.page.setFocus()

    def _give(self, name: str, photo_ids: Sequence[int]) -> None:
        if photo_ids:
            self._do(name, GiveTag(name, tuple(photo_ids)))

    def _do(self, name: str, change: TagChange) -> None:
        self.steps.do(self.tr("tag {tag}").format(tag=plain(name)), change)

    @Slot()
    def _on_add_tag(self) -> None:
        """Let a tag be typed: in the info panel for one photo, in a dialog for several."""
        viewer = self._window.viewing.page
        if viewer is not None:
            viewer.show_info().tags.take_focus()
            return
        targets = self._window.photo_actions.targets
        if len(targets) == 1 and self._window.info.photo_id is not None and self._window.info.isVisible():
            self._window.info.tags.take_focus()
        elif targets:
            self._ask_name("addTagDialog", self.tr("Add tag"), lambda name: self._give(name, targets))

    def _ask_name(self, object_name: str, title: str, use: Callable[[str], None]) -> None:
        ask_name(self._window, object_name, title, self.tr("Name of the tag"), use)

    # ---- taught tags ----

    @Slot(object)
    def _on_question_changed(self, question: Question) -> None:
        self._window.actions_by_name["teach_marks"].setEnabled(bool(question.more))

    @Slot()
    def _on_teach_marks(self) -> None:
        question = self._window.live.question
        self._ask_teach(question.more, question.less)

    def _ask_teach(self, wanted: Sequence[int], unwanted: Sequence[int]) -> None:
        if wanted:
            self._ask_name(
                "teachDialog",
                self.tr("Teach a tag from %Ln photos", "", len(wanted)),
                lambda name: self.teach(name, wanted, unwanted),
            )

    def teach(self, name: str, wanted: Sequence[int], unwanted: Sequence[int] = ()) -> None:
        """Make a tag of examples, and say what came of it."""
        change = TeachTag(name, tuple(wanted), tuple(unwanted))
        self.steps.do(self.tr("taught {tag}").format(tag=plain(name)), change)

    def _tell_taught(self, name: str, taught: TaughtTag) -> None:
        if taught.learned:
            said = self.tr("Learned {tag}: it was given to %Ln more photos", "", taught.found)
            if taught.unsure:
                said += self.tr(", and %Ln wait for your answer", "", taught.unsure)
        else:
            said = self.tr(
                "These examples don't show yet what {tag} is: held back, they were told apart in {percent} % of the "
                "cases, and that may be chance. Nothing was tagged by itself; %Ln photos wait for your answer.",
                "",
                taught.unsure,
            )
        said = said.format(tag=plain(name), percent=number(taught.told_apart * 100))
        self._window.toast.say(said)

    # ---- the vocabulary ----

    @Slot()
    def open_vocabulary(self) -> None:
        """Show which tags there are, to be changed."""
        if self._dialog is None:
            from clipview.ui.vocabulary_dialog import VocabularyDialog

            dialog = self._dialog = VocabularyDialog(self._window)
            dialog.put_wanted.connect(lambda tag: self.steps.do(self.tr("vocabulary"), PutTag(tag)))
            dialog.rename_wanted.connect(self._on_tag_renamed)
            dialog.use_wanted.connect(self._on_use_wanted)
            dialog.file_wanted.connect(lambda file: self._session.send(TakeVocabulary(file)))
            self.steps.refused.connect(dialog.refuse)
        self._session.ask_about_tags(ListVocabulary)
        self._dialog.show()
        self._dialog.raise_()

    @Slot(str, bool)
    def _on_use_wanted(self, name: str, use: bool) -> None:
        self.steps.do(self.tr("vocabulary"), EnableTag(name) if use else DisableTag(name))
