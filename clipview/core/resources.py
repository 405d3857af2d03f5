"""Where the files that ship with ClipView lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import clipview
from clipview.core.errors import ClipViewError


@cache
def resource(name: str) -> Path:
    """Return the path of a shipped file or folder, such as `vocabulary.toml` or `starter/probes_lite0.npz`.

    Raises ClipViewError when it is missing, which means a damaged installation.
    """
    package = Path(clipview.__file__).parent
    for root in (package / "resources", package.parent / "resources", package.parent / "docs"):
        found = root / name
        if found.exists():
            return found
    raise ClipViewError(
        f"ClipView's own file resources/{name} is missing: reinstall with `pip install --force-reinstall clipview`."
    )
