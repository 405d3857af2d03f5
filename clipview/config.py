"""Which folders ClipView uses on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from clipview.core.places import Places

HOME_VARIABLE = "CLIPVIEW_HOME"
"""Environment variable that moves everything ClipView keeps to another folder."""


def places(library: Path | None = None) -> Places:
    """Return the places of a library: the user's own when none is named."""
    base, cache = _bases()
    return Places(_absolute(base / "library" if library is None else library), base / "models", cache)


def demo_places(library: Path | None = None) -> tuple[Places, Path]:
    """Return the places of the demonstration's library, and the folder for its photos."""
    base, cache = _bases()
    chosen = _absolute(base / "demo" / "library" if library is None else library)
    return Places(chosen, base / "models", cache), chosen.with_name("Sample photos")


def _bases() -> tuple[Path, Path]:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return _absolute(Path(home)), _absolute(Path(home)) / "cache"
    return (
        Path(platformdirs.user_data_dir("clipview", appauthor=False)),
        Path(platformdirs.user_cache_dir("clipview", appauthor=False)),
    )


def _absolute(path: Path) -> Path:
    # Symbolic links stay as the user wrote them.
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100
