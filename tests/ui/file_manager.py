"""A program that stands for a desktop: it has a file manager on its bus, and reveals one file in it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVirtualObject
from PySide6.QtWidgets import QApplication

from clipview.ui.reveal import Revealer


class FileManager(QDBusVirtualObject):
    """Writes down what it is asked to show."""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        if message.member() != "ShowItems":
            return False
        sys.stdout.write(" ".join([message.signature(), *message.arguments()[0]]))
        connection.send(message.createReply())
        QApplication.quit()
        return True

    def introspect(self, _path: str) -> str:
        return ""


if __name__ == "__main__":
    application = QApplication(sys.argv)
    bus = QDBusConnection.sessionBus()
    assert bus.registerService("org.freedesktop.FileManager1")
    manager = FileManager()
    assert bus.registerVirtualObject("/org/freedesktop/FileManager1", manager)
    revealer = Revealer()
    revealer.failed.connect(lambda path: sys.exit(f"{path} was not revealed"))
    revealer.reveal(Path(sys.argv[1]))
    application.exec()
