"""How the system's file manager is asked to point at a file."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

log = logging.getLogger(__name__)

_PATIENCE_MS: Final = 3000
"""A file manager that has to be started first takes a moment."""


class Revealer(QObject):
    """Shows files in their folders; nobody waits for a drive or a file manager that doesn't answer.

    Signals:
        failed(Path): the file's folder isn't there, or no file manager takes it.
    """

    failed = Signal(object)
    _looked = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing = threading.Event()
        self._looked.connect(self._on_looked, Qt.ConnectionType.QueuedConnection)

    def reveal(self, path: Path) -> None:
        """Show a file, marked in its folder; where no file manager can mark it, the folder opens."""
        threading.Thread(target=self._look, args=(path,), name="reveal", daemon=True).start()

    def close(self) -> None:
        """Tell nothing more."""
        self._closing.set()

    def _look(self, path: Path) -> None:
        try:
            there = path.parent.is_dir()
        except OSError:
            there = False
        if not self._closing.is_set():
            self._looked.emit(path, there)

    @Slot(object, bool)
    def _on_looked(self, path: Path, there: bool) -> None:
        try:
            if not there:
                self.failed.emit(path)
            elif sys.platform == "win32":
                # One argument, with the comma in it: explorer reads its command line in its own way.
                subprocess.Popen(f'explorer /select,"{path}"')  # noqa: S603 - a path can't hold a quotation mark there
            elif sys.platform == "darwin":
                subprocess.Popen(["open", "-R", "--", str(path)])  # noqa: S603, S607 - part of the system
            else:
                self._ask_desktop(path)
        except OSError as error:
            log.warning("The file manager could not be started: %s", error)
            self.failed.emit(path)

    def _ask_desktop(self, path: Path) -> None:
        """Ask the desktop's file manager (https://www.freedesktop.org/wiki/Specifications/file-manager-interface)."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self._open_folder(path)
            return
        name, place = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"
        question = QDBusMessage.createMethodCall(name, place, name, "ShowItems")
        question.setArguments([[path.as_uri()], ""])
        # A blocking call would hold the interpreter's lock, and with it the window, for as long as it waits.
        watcher = QDBusPendingCallWatcher(bus.asyncCall(question, _PATIENCE_MS), self)

        def answered() -> None:
            if watcher.isError():
                log.info("The file manager marks no files: %s", watcher.error().message())
                self._open_folder(path)
            watcher.deleteLater()

        watcher.finished.connect(answered)

    def _open_folder(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
            self.failed.emit(path)
