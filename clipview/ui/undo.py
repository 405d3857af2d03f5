"""What can be undone in a window: one stack, and the two actions that walk it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from clipview.ui.actions import Actions

_MOST = 200


def undo_stack(actions: Actions, parent: QObject) -> QUndoStack:
    """Return the stack that the undo and redo actions walk; whoever changes something pushes a command."""
    stack = QUndoStack(parent)
    stack.setUndoLimit(_MOST)
    for name, step, possible in (
        ("undo", stack.undo, stack.canUndoChanged),
        ("redo", stack.redo, stack.canRedoChanged),
    ):
        action = actions[name]
        action.setEnabled(False)
        action.triggered.connect(step)
        possible.connect(action.setEnabled)
    return stack
