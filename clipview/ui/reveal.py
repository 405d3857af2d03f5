"""How the system's file manager is asked to point at a file."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

log = logging.getLogger(__name__)


def reveal(path: Path) -> bool:
    """Show a file in its folder; False when the folder isn't there or no file manager takes it.

    Windows and macOS mark the file; elsewhere there is no common way, and the folder opens.
    """
    if not path.parent.is_dir():
        return False
    try:
        if sys.platform == "win32":
            # One argument, with the comma in it: explorer reads its command line in its own way.
            subprocess.Popen(f'explorer /select,"{path}"')  # noqa: S603 - a path can't hold a quotation mark there
            return True
        if sys.platform == "darwin":
            subprocess.Popen(["open", "-R", "--", str(path)])  # noqa: S603, S607 - part of the system
            return True
    except OSError as error:
        log.warning("The file manager could not be started: %s", error)
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
