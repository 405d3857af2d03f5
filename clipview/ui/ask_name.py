"""The dialog that asks for a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog, QWidget


def ask_name(
    parent: QWidget, object_name: str, title: str, label: str, use: Callable[[str], None], proposal: str = ""
) -> None:
    """Ask for a name, and have it used once one is given that is not empty; returns at once.

    Args:
        parent: the window that the dialog belongs to.
        object_name: what the dialog is known by.
        title: stands above the dialog.
        label: stands above the field.
        use: is called with the name, without spaces around it.
        proposal: stands in the field at first.
    """

    def take(text: str) -> None:
        if name := text.strip():
            use(name)

    dialog = QInputDialog(parent)
    dialog.setObjectName(object_name)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(proposal)
    dialog.textValueSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
