"""A tiny open_clip model with random weights on disk: another model to change to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ENCODER_TESTS = Path(__file__).parents[1] / "encoders"

_MAKE = """
import sys
from pathlib import Path
from tiny_models import VIT, save_folder
save_folder(Path(sys.argv[1]), VIT, {})
"""


def make(folder: Path) -> str:
    """Save the model and return the name by which it is used; in a process of its own, torch being large."""
    subprocess.run([sys.executable, "-W", "ignore", "-c", _MAKE, folder], cwd=_ENCODER_TESTS, check=True)
    return str(folder)
