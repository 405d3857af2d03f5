from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from colours import ColourEncoder, Indexed, finish

from clipview.core.places import Places
from clipview.core.types import ScanSummary


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def encoder() -> ColourEncoder:
    return ColourEncoder()


@pytest.fixture
def indexed(places: Places, encoder: ColourEncoder) -> Indexed:
    return Indexed(places, encoder)


@pytest.fixture
def run_to_end() -> Callable[..., ScanSummary]:
    return finish
