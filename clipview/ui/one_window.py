"""One window for one library: a second start finds the first one and brings it forward."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

_PATIENCE_MS = 1000
_RAISE = b"raise\n"
_RAISED = b"raised\n"


class OneWindow(QObject):
    """Answers later starts on the same library.

    Signals:
        wanted(): another start wants this window in front.
    """

    wanted = Signal()

    def __init__(self, door: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = str(door)
        # A window that was killed leaves its socket behind.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            log.warning("A second start will not find this window: %s", self._server.errorString())

    def close(self) -> None:
        """Answer no more."""
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_RAISED)
            socket.flush()
            socket.disconnectFromServer()
            self.wanted.emit()


def bring_forward(door: Path) -> bool:
    """Bring the window that listens at this door forward; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(str(door))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(_RAISE)
    answered = socket.waitForReadyRead(_PATIENCE_MS) or socket.bytesAvailable() > 0
    socket.abort()
    # One that doesn't answer hangs or is ending; opening another window then says what is wrong.
    return answered
