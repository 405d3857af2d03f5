"""More like this, less like this: how a person's marks become part of the question, and how they are taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand

from clipview.ui.question import Place, Question

if TYPE_CHECKING:
    from clipview.ui.live_search import LiveSearch
    from clipview.ui.viewer_page import ViewerPage
    from clipview.ui.window import MainWindow


class Marking(QObject):
    """Marks photos from the grid, the viewer and the menus; each time is a step of the search and can be undone."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._viewer: ViewerPage | None = None
        actions, bar = window.actions_by_name, window.query_bar
        actions["more_like"].triggered.connect(lambda: self.mark(window.photo_actions.targets, more=True))
        actions["less_like"].triggered.connect(lambda: self.mark(window.photo_actions.targets, more=False))
        window.grid.more_like.connect(lambda photo_ids: self.mark(photo_ids, more=True))
        window.grid.less_like.connect(lambda photo_ids: self.mark(photo_ids, more=False))
        bar.set_marks_actions((actions["teach_marks"], actions["undo"], actions["save_search"]))
        bar.unmark_wanted.connect(self._on_unmark)
        window.live.answered.connect(self._on_answered)
        window.viewing.made.connect(self._on_viewer_made)

    def mark(self, photo_ids: Sequence[int], *, more: bool) -> None:
        """Mark photos as wanted or not wanted; those that all bear the mark lose it."""
        if photo_ids:
            self._change_to(self._window.live.question.with_marks(photo_ids, more=more))

    def _change_to(self, after: Question) -> None:
        if after.searches and after.place is Place.RECENT:
            after = replace(after, place=Place.ALL)
        self._window.undo.push(_Marks(self.tr("marks"), self._window.live, after))
        self._window.show_photos()
        self._window.status.show_message(self._window.query_bar.marks_told or self.tr("No photo is marked now"))

    @Slot()
    def _on_unmark(self) -> None:
        self._change_to(replace(self._window.live.question, more=(), less=()))

    @Slot(object)
    def _on_viewer_made(self, viewer: ViewerPage) -> None:
        self._viewer = viewer
        viewer.more_requested.connect(lambda photo_id: self.mark((photo_id,), more=True))
        viewer.less_requested.connect(lambda photo_id: self.mark((photo_id,), more=False))
        viewer.current_changed.connect(self._on_answered)

    @Slot()
    def _on_answered(self) -> None:
        if self._viewer is not None:
            question, current = self._window.live.question, self._viewer.viewer.current_id
            self._viewer.viewer.show_marks(more=current in question.more, less=current in question.less)


class _Marks(QUndoCommand):
    """One change of the marks."""

    def __init__(self, name: str, live: LiveSearch, after: Question) -> None:
        super().__init__(name)
        self._live = live
        self._before, self._after = live.question, after

    def redo(self) -> None:
        self._go(self._before, self._after)

    def undo(self) -> None:
        self._go(self._after, self._before)

    def _go(self, start: Question, target: Question) -> None:
        now = self._live.question
        if now == start:
            self._live.go(target)
        elif (now.more, now.less) == (start.more, start.less):
            # The words have changed since; the marks alone go back.
            self._live.go(replace(now, more=target.more, less=target.less))
        else:
            self.setObsolete(True)
