"""`clipview` without a command: the window, or a picture of it."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from pathlib import Path

from clipview.config import places as places_of
from clipview.core.errors import ClipViewError, UsageError
from clipview.core.places import Places

_SIZE = re.compile(r"(\d{3,5})x(\d{3,5})")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the window to the parser of `clipview` itself."""
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library's folder (default: your data folder)")
    parser.add_argument("--verbose", action="store_true", help="say what is going on")
    picture = parser.add_argument_group("a picture of the window, without a display")
    picture.add_argument("--screenshot", type=Path, metavar="FILE.png", help="save the window as a picture and end")
    picture.add_argument("--query", default="", metavar="TEXT", help="what is searched for in the picture")
    picture.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH", help="in pixels, such as 800x600")
    picture.add_argument("--scale", type=float, default=1.0, metavar="N", help="pixels of the screen in one of these")
    picture.add_argument("--theme", choices=("dark", "light"), default="dark")
    picture.add_argument("--select", type=int, default=0, metavar="N", help="select the N-th photo")
    picture.add_argument("--viewer", action="store_true", help="show the selected photo in the viewer")


def run(options: argparse.Namespace) -> int:
    """Open the window, or save a picture of it."""
    where = places_of(options.library)
    if options.screenshot is not None:
        return _save_picture(options, where)
    return open_window(where)


def open_window(where: Places) -> int:
    """Open the window on a library, or bring the one forward that is open already; returns when it is closed.

    Raises:
        ClipViewError: there is no display.
    """
    if not (has_display() or os.environ.get("QT_QPA_PLATFORM")):
        raise ClipViewError(
            "There is no display to open a window on. Use `clipview --screenshot FILE.png` for a picture of it, or "
            "`clipview search` to search without one."
        )
    # Looking for garbage takes a tenth of a start that makes none; the application goes on with it once it is open.
    gc.disable()
    from clipview.ui.interrupts import interrupts_heard

    with interrupts_heard() as heard:
        if _brought_forward(where):
            return 0
        from clipview.engine.client import EngineClient
        from clipview.ui.mailbox import Mailbox

        mailbox = Mailbox()
        client = EngineClient(where, mailbox.put)
        try:
            # Only now: the engine starts while Qt is being loaded.
            from clipview.ui.app import run as run_application

            def connect(restore: str | None = None) -> EngineClient:
                return EngineClient(where, mailbox.put, restore=restore)

            return run_application(where, client, mailbox, connect, heard)
        finally:
            client.close()


def has_display() -> bool:
    """Tell whether somebody could see a window on this machine."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _brought_forward(where: Places) -> bool:
    """Bring the window forward that is open on this library; False when there is none."""
    if sys.platform != "win32" and not where.door.exists():
        return False
    # Only now: the engine of a first window need not wait for Qt.
    from clipview.ui.one_window import bring_forward

    return bring_forward(where.door)


def _save_picture(options: argparse.Namespace, where: Places) -> int:
    if not 0.5 <= options.scale <= 4:
        raise UsageError("--scale takes a number from 0.5 to 4.")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    from clipview.engine.client import EngineClient
    from clipview.ui.mailbox import Mailbox

    mailbox = Mailbox()
    client = EngineClient(where, mailbox.put)
    try:
        from clipview.ui.screenshot import Shot, save
        from clipview.ui.theme import ThemeChoice

        width, height = options.size
        shot = Shot(
            options.screenshot,
            options.query,
            width,
            height,
            ThemeChoice(options.theme),
            options.select,
            options.viewer,
        )
        save(shot, where, client, mailbox, lambda _: EngineClient(where, mailbox.put))
    finally:
        client.close()
    return 0


def _size(word: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(word)
    if found is None:
        raise argparse.ArgumentTypeError("must be WIDTHxHEIGHT, such as 1440x900")
    return int(found[1]), int(found[2])
