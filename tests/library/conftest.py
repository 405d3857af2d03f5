from __future__ import annotations

from collections.abc import Callable

import pytest
from colours import ColourEncoder, Indexed, finish

from clipview.core.places import Places
from clipview.core.types import ScanSummary


@pytest.fixture
def encoder() -> ColourEncoder:
    return ColourEncoder()


@pytest.fixture
def indexed(places: Places, encoder: ColourEncoder) -> Indexed:
    return Indexed(places, encoder)


@pytest.fixture
def run_to_end() -> Callable[..., ScanSummary]:
    return finish
