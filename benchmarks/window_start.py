"""What `benchmarks/window.py` starts: `clipview` itself, with a watch on its window.

Run: python benchmarks/window_start.py FOLDER, where `window.py --home FOLDER` has made a library. Prints "pictures" as
soon as they are painted, and measures the rest when a line comes in. Imports little, as all of it would count as
ClipView's own.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def main() -> None:
    """Run the command line without arguments, which opens the window."""
    os.environ["CLIPVIEW_HOME"] = sys.argv[1]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from clipview.cli import main as command_line
    from clipview.cli import window

    window.run = open_and_measure
    sys.exit(command_line([]))


def open_and_measure(options: Namespace) -> int:
    """Open the window as `clipview.cli.window` does, and watch it."""
    gc.disable()
    from clipview.config import places as places_of
    from clipview.engine.client import EngineClient
    from clipview.ui.mailbox import Mailbox

    places, mailbox = places_of(options.library), Mailbox()

    def connect(restore: str | None = None) -> EngineClient:
        return EngineClient(places, mailbox.put, restore=restore)

    client = connect()
    from window_watch import FirstPictures

    from clipview.ui.app import make_application, make_window

    application = make_application()
    window = make_window(application, places, client, mailbox, connect)
    window.show()
    watch = FirstPictures(window)  # noqa: F841 - has to stay
    application.exec()
    gc.freeze()
    gc.enable()
    if sys.stdin.readline():
        from window_report import report

        report(window)
    window.close()
    return 0


if __name__ == "__main__":
    main()
