from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from clipview.ui.theme import Appearance, ThemeChoice


@pytest.fixture(scope="session")
def application() -> Iterator[QApplication]:
    QLocale.setDefault(QLocale("en_GB"))
    existing = QApplication.instance()
    made = existing if isinstance(existing, QApplication) else QApplication(["clipview", "-style", "Fusion"])
    Appearance(made, ThemeChoice.DARK)
    yield made
    made.closeAllWindows()
