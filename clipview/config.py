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
    home = os.environ.get(HOME_VARIABLE)
    base = Path(home) if home else Path(platformdirs.user_data_dir("clipview", appauthor=False))
    cache = base / "cache" if home else Path(platformdirs.user_cache_dir("clipview", appauthor=False))
    chosen = library if library is not None else base / "library"
    return Places(_absolute(chosen), _absolute(base / "models"), _absolute(cache))


def _absolute(path: Path) -> Path:
    # Symbolic links stay as the user wrote them.
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100
