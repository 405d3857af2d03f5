"""A person's changes to tags on their way to the engine, each a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from clipview.core.tag_changes import TagChange
from clipview.engine.messages.tags import MakeTagChange, TagChangeMade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clipview.ui.session import EngineSession


class TagSteps(QObject):
    """Makes changes, and takes them back.

    Signals:
        made(TagChange, TagChangeMade): the engine has made a change, for the first time or once more.
        refused(str): it hasn't, and why.
        taken_back(TagChange): somebody undoes this change; the engine follows.
        repeated(TagChange): somebody does a change once more that was undone.
    """

    made = Signal(object, object)
    refused = Signal(str)
    taken_back = Signal(object)
    repeated = Signal(object)

    def __init__(self, stack: QUndoStack, session: EngineSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack, self._session = stack, session
        self._waiting: dict[int, tuple[_Step, bool]] = {}
        session.told_of_tags.connect(self._on_told)
        session.died.connect(self._waiting.clear)

    @property
    def busy(self) -> bool:
        """Whether a change is under way to the engine."""
        return bool(self._waiting)

    def do(self, name: str, change: TagChange) -> None:
        """Make a change; `name` stands in the menu, to undo it."""
        self._stack.push(_Step(name, change, self._send, self.taken_back.emit, self.repeated.emit))

    @contextmanager
    def together(self, name: str) -> Iterator[None]:
        """Let the changes that are made inside be one step."""
        self._stack.beginMacro(name)
        try:
            yield
        finally:
            self._stack.endMacro()

    def _send(self, change: TagChange, step: _Step, *, back: bool) -> None:
        self._waiting[self._session.ask_about_tags(lambda number: MakeTagChange(number, change))] = step, back

    @Slot(object)
    def _on_told(self, told: object) -> None:
        if not isinstance(told, TagChangeMade) or told.number not in self._waiting:
            return
        step, back = self._waiting.pop(told.number)
        if told.failure is not None:
            step.setObsolete(True)
            self.refused.emit(told.failure)
        elif not back:
            step.answer(told.undo)
            self.made.emit(step.change, told)


class _Step(QUndoCommand):
    """One change; what takes it back is known once the engine has answered."""

    def __init__(
        self,
        name: str,
        change: TagChange,
        send: Callable[..., None],
        taken_back: Callable[[TagChange], object],
        repeated: Callable[[TagChange], object],
    ) -> None:
        super().__init__(name)
        self.change = change
        self._send, self._taken_back, self._repeated = send, taken_back, repeated
        self._back: TagChange | None = None
        self._undone = False

    def redo(self) -> None:
        self._back = None
        self._send(self.change, self, back=False)
        if self._undone:
            self._undone = False
            self._repeated(self.change)

    def undo(self) -> None:
        self._undone = True
        self._take_back()
        self._taken_back(self.change)

    def answer(self, back: TagChange | None) -> None:
        """Take what takes the change back."""
        self._back = back
        if self._undone:
            # Somebody was quicker than the engine.
            self._take_back()

    def _take_back(self) -> None:
        if self._back is not None:
            self._send(self._back, self, back=True)
