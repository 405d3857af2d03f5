"""What may happen to a window between its first paint and the moment when all of it is there."""

from __future__ import annotations

import os
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windows import places_in, until

from clipview.engine.messages import Search
from clipview.ui.app import make_window
from clipview.ui.mailbox import Mailbox
from clipview.ui.photo_model import Answer
from clipview.ui.theme import DARK, LIGHT, ThemeChoice
from clipview.ui.window import MainWindow


class Quiet:
    """An engine that never gets ready."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.closed = False

    def send(self, message: object) -> None:
        self.asked.append(message)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def engine() -> Quiet:
    return Quiet()


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def window(application: QApplication, tmp_path: Path, engine: Quiet, mailbox: Mailbox) -> Iterator[MainWindow]:
    window = make_window(
        application, places_in(tmp_path), engine, mailbox, lambda _: engine, theme=ThemeChoice.DARK, remembers=False
    )
    window.show()
    assert not window.is_complete
    yield window
    window.close()
    window.deleteLater()


def test_what_is_typed_at_once_is_searched_for(window, engine):
    QTest.keyClicks(window.query_bar.edit, "dog")
    until(lambda: window.is_complete)
    assert window.live.question.text == "dog"
    until(lambda: any(isinstance(one, Search) and one.query.terms for one in engine.asked))


def test_a_window_dresses_anew_when_the_system_tells_its_colours_late(window):
    def ground() -> str:
        image = window.grid.grab().toImage()
        return image.pixelColor(image.width() // 2, image.height() // 2).name()

    assert ground() == DARK.background
    window.appearance.choose(ThemeChoice.LIGHT)
    window.complete()
    assert ground() == LIGHT.background
    window.appearance.choose(ThemeChoice.DARK)


def test_the_keyboard_reaches_the_photos_of_the_last_time_before_all_is_there(window):
    window.live.show_remembered(Answer(array("q", [7, 8, 9]), array("I", [0, 0, 0])))
    QTest.keyClick(window.grid, Qt.Key.Key_Right)
    assert not window.is_complete
    assert window.model.current_id == 7
    assert window.grid.accessibleDescription() == window.model.spoken("")


def test_a_window_closed_before_all_is_there_stays_closed(window, engine, mailbox):
    window.close()
    assert engine.closed
    window.complete()
    window.tell_surprise("too late")
    assert not window.is_complete
    heard: list[object] = []
    mailbox.put("unheard")
    mailbox.read_with(heard.append)
    assert heard == ["unheard"], "the mailbox was still being read"


_INTERRUPTED = """
import signal, sys

class Interrupt:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "PySide6.QtWidgets":
            sys.meta_path.remove(Interrupt)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.raise_signal(number)

sys.meta_path.insert(0, Interrupt)
from clipview.__main__ import run
run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are the system's own there")
def test_an_interrupt_while_qt_is_loaded_waits_for_the_window_and_closes_it(tmp_path):
    environment = os.environ | {"CLIPVIEW_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
