"""A picture of the real window for those who have no display: opened off screen, filled, saved, closed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from clipview.core.errors import ClipViewError
from clipview.core.places import Places
from clipview.engine.messages import Refused
from clipview.ui.app import make_application, make_window
from clipview.ui.mailbox import Mailbox
from clipview.ui.question import read_saved
from clipview.ui.session import Client, Connect
from clipview.ui.theme import ThemeChoice
from clipview.ui.window import MainWindow

log = logging.getLogger(__name__)

_ANSWER_S = 90.0
_PICTURES_S = 20.0
_SETTLE_S = 0.3
_DETAILS_S = 1.2
"""After this the details of a photo, why it matched among them, are there."""


class Shot(Struct, frozen=True):
    """What the picture shall show."""

    file: Path
    query: str = ""
    """As typed; minus words become chips."""
    width: int = 1440
    height: int = 900
    theme: ThemeChoice = ThemeChoice.DARK
    select: int = 0
    """Which photo is selected, counted from 1; 0 for none."""
    viewer: bool = False
    """Show the selected photo in the viewer."""


def save(shot: Shot, places: Places, client: Client, mailbox: Mailbox, connect: Connect) -> None:
    """Open a library in a window off screen and save a picture of it; for the arguments see `app.run`.

    Raises:
        ClipViewError: the library can't be opened, there is no answer in time, or the picture can't be saved.
    """
    application = make_application()
    window = make_window(application, places, client, mailbox, connect, theme=shot.theme, remembers=False)
    refusals: list[Refused] = []
    window.session.refused.connect(refusals.append)
    try:
        window.resize(shot.width, shot.height)
        window.show()
        window.complete()
        _wait(_ANSWER_S, lambda: bool(refusals) or window.desk.state is not None, "The engine did not start in time.")
        if refusals:
            raise _refused(refusals[0])
        if not window.desk.empty:
            _fill(window, shot)
        _run_for(_SETTLE_S)
        if not window.grab().save(str(shot.file)):
            raise ClipViewError(f"The picture could not be written to {shot.file}. Check the folder and the ending.")
    finally:
        window.close()
        application.processEvents()


def _fill(window: MainWindow, shot: Shot) -> None:
    late = f"There was no answer within {_ANSWER_S:.0f} seconds. Try again; the first start of a model takes long."
    _wait(_ANSWER_S, lambda: window.session.settled, late)
    if shot.query:
        window.pictures.ask_saved(read_saved(shot.query))
        _wait(_ANSWER_S, lambda: window.session.settled and window.live.question.searches, late)
        # Asked anew, so that the time it says is that of a search and not of the model's loading.
        window.session.ask_again()
        _wait(_ANSWER_S, lambda: window.session.settled, late)
    if shot.select and shot.select <= window.model.count:
        photo_id = window.model.id_at(shot.select - 1)
        window.model.select_ids((photo_id,))
        _run_for(_DETAILS_S)
        if shot.viewer:
            window.viewing.open(photo_id)
            _run_for(1.5)
    _wait(_ANSWER_S, lambda: window.tagging.listed is not None, late)
    # Pictures that don't come (their thumbnails are being made) are no reason to fail.
    _until(_PICTURES_S, lambda: _all_there(window))


def _all_there(window: MainWindow) -> bool:
    return all(window.thumbnails.pixmap(photo_id) is not None for photo_id in window.grid.visible_ids())


def _refused(message: Refused) -> ClipViewError:
    error = ClipViewError(message.reason)
    error.exit_code = message.exit_code
    return error


def _wait(limit_s: float, done: Callable[[], bool], otherwise: str) -> None:
    if not _until(limit_s, done):
        raise ClipViewError(otherwise)


def _until(limit_s: float, done: Callable[[], bool]) -> bool:
    end = time.monotonic() + limit_s
    while not done():
        if time.monotonic() > end:
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        time.sleep(0.005)
    return True


def _run_for(seconds: float) -> None:
    timer = QElapsedTimer()
    timer.start()
    _until(seconds, lambda: timer.elapsed() > seconds * 1000)
    QApplication.processEvents()
