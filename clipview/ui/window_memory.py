"""What the window looked like the last time: sizes and choices, in a small file beside the library."""

from __future__ import annotations

import logging
from pathlib import Path

from msgspec import Struct, json
from msgspec.structs import asdict

from clipview.core.types import STRICTNESS, Fold
from clipview.ui.grid import CELL_PX
from clipview.ui.kept_files import keep
from clipview.ui.theme import INFO_PX, SIDEBAR_PX, ThemeChoice

log = logging.getLogger(__name__)

FILE_NAME = "window.json"


class WindowMemory(Struct, frozen=True):
    """Sizes in pixels, and what is shown."""

    width: int = 1440
    height: int = 900
    maximized: bool = False
    sidebar: bool = True
    info: bool = True
    sidebar_px: int = SIDEBAR_PX
    info_px: int = INFO_PX
    cell_px: int = CELL_PX
    strictness: int = STRICTNESS
    fold: str = ""
    """Which photos are shown as one; empty for none."""
    theme: str = ThemeChoice.SYSTEM.value


def load(file: Path) -> WindowMemory:
    """Return what was saved; whatever is missing or makes no sense is as in a new window."""
    try:
        found = json.decode(file.read_bytes())
    except FileNotFoundError:
        return WindowMemory()
    except (OSError, ValueError, RecursionError) as error:
        log.warning("The window starts as a new one, because %s can't be read: %s", file, error)
        return WindowMemory()
    if not isinstance(found, dict):
        return WindowMemory()
    kept: dict[str, int | bool | str] = {}
    for name, usual in asdict(WindowMemory()).items():
        value: object = found.get(name)
        # Exactly this type: True would pass for the number 1.
        if isinstance(value, int | str) and type(value) is type(usual) and _sensible(name, value):
            kept[name] = value
    return WindowMemory(**kept)  # type: ignore[arg-type]  # each was compared with its field's type


def save(file: Path, memory: WindowMemory) -> None:
    """Keep this for the next time; a library that can't be written to doesn't matter."""
    keep(file, json.format(json.encode(memory), indent=1))


def _sensible(name: str, value: object) -> bool:
    if name == "theme":
        return value in [choice.value for choice in ThemeChoice]
    if name == "fold":
        return value == "" or value in [fold.value for fold in Fold]
    if name == "strictness":
        return isinstance(value, int) and 0 <= value <= 100
    return not isinstance(value, int) or isinstance(value, bool) or 40 <= value <= 20_000
