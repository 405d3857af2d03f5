from __future__ import annotations

import signal
from pathlib import Path

import pytest

from clipview.core.environment import prepare_environment
from clipview.core.places import Places

# Before any test imports torch: its threads would otherwise spin, and starve each other on a busy machine.
prepare_environment()

# Started in the background by a script, this process would ignore interrupts, and with it the programs that tests
# interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder
