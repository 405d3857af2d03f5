"""The application around the window: Qt's own settings, language, theme, and the end of everything."""

from __future__ import annotations

import gc
import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from clipview import __version__
from clipview.core.places import Places
from clipview.ui.icons import icon
from clipview.ui.language import install_language
from clipview.ui.mailbox import Mailbox
from clipview.ui.session import Client, Connect, EngineSession
from clipview.ui.theme import DARK, Appearance, ThemeChoice
from clipview.ui.window import MainWindow

log = logging.getLogger(__name__)

_SHOWN_MS = 200
_SETTLED_MS = 3_000


def run(places: Places, client: Client, mailbox: Mailbox, connect: Connect, heard: socket.socket | None) -> int:
    """Show the window until it is closed; returns the exit code.

    Args:
        places: the library.
        client: its engine, which is starting meanwhile.
        mailbox: where the engine's messages arrive.
        connect: starts another engine with the same mailbox; see `EngineSession`.
        heard: of `interrupts_heard`.
    """
    application = make_application()
    window = make_window(application, places, client, mailbox, connect)
    QTimer.singleShot(_SHOWN_MS, window, lambda: _listen(places, window))
    with _interrupts_close(window, heard), _surprises_are_told(window):
        window.show()
        QTimer.singleShot(_SETTLED_MS, window, _collect_garbage)
        return application.exec()


def make_application() -> QApplication:
    """Return the application, ready to make windows."""
    # As an option of Qt's own: `setStyle` returns the style, for which the bindings make 600 enumerators.
    application = QApplication(["clipview", "-style", "Fusion"])
    application.setApplicationName("clipview")
    application.setApplicationDisplayName("ClipView")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("clipview")
    install_language(application)
    application.setWindowIcon(icon("photos", DARK.accent, 64))
    return application


def make_window(
    application: QApplication,
    places: Places,
    client: Client,
    mailbox: Mailbox,
    connect: Connect,
    *,
    theme: ThemeChoice = ThemeChoice.SYSTEM,
    remembers: bool = True,
) -> MainWindow:
    """Return a window on a library, not yet shown; it completes itself when it is, and then hears the engine."""
    appearance = Appearance(application, theme)
    session = EngineSession(client, mailbox, connect)
    window = MainWindow(session, places, appearance, remembers=remembers)
    session.setParent(window)
    return window


def _collect_garbage() -> None:
    """Look for garbage from now on, but not among what was made at the start and stays: that takes whole frames."""
    gc.freeze()
    gc.enable()


def _listen(places: Places, window: MainWindow) -> None:
    """Hear later starts on the same library."""
    if not window.isVisible():
        return
    # Only now: the first pictures need not wait for the network's classes.
    from clipview.ui.one_window import OneWindow

    one = OneWindow(places.door, window)
    one.wanted.connect(lambda: _bring_forward(window))
    window.closing.connect(one.close)


def _bring_forward(window: MainWindow) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


@contextmanager
def _interrupts_close(window: MainWindow, heard: socket.socket | None) -> Iterator[None]:
    """Close the window in order at what is heard, also when that was before it was there."""
    if heard is None:
        yield
        return
    notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(window.close)
    try:
        yield
    finally:
        notifier.setEnabled(False)


@contextmanager
def _surprises_are_told(window: MainWindow) -> Iterator[None]:
    """Log what nobody expected, say so in the window, and stay up."""
    before = sys.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("unexpected", exc_info=(kind, error, trace))
        if not issubclass(kind, KeyboardInterrupt | SystemExit):
            window.tell_surprise(f"{kind.__name__}: {error}")

    sys.excepthook = tell
    try:
        yield
    finally:
        sys.excepthook = before
