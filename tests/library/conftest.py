from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from colours import ColourEncoder, loader

from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.scan import ScanOptions
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


class Indexed:
    """A library on disk that can be brought up to date and searched, each time as if ClipView were started anew."""

    def __init__(self, places: Places, encoder: ColourEncoder) -> None:
        self.places, self.encoder = places, encoder

    @contextmanager
    def opened(self, *, write: bool = False) -> Iterator[Library]:
        with Library.open(self.places, write=write, load=loader(self.encoder)) as library:
            yield library

    def index(self, *folders: Path, **options: object) -> ScanSummary:
        with self.opened(write=True) as library:
            return finish(library.scan(folders, model="colours", options=ScanOptions(decode_workers=1, **options)))  # type: ignore[arg-type]

    def ids(self) -> dict[str, int]:
        """Photo ids by the names of their present files."""
        with self.opened() as library:
            columns = library.store.file_columns()
        return {
            Path(path.decode()).name: int(photo) for path, photo in zip(columns.paths, columns.photo_ids, strict=True)
        }


def finish(scan) -> ScanSummary:
    try:
        while True:
            next(scan)
    except StopIteration as end:
        return end.value


@pytest.fixture
def indexed(places: Places, encoder: ColourEncoder) -> Indexed:
    return Indexed(places, encoder)


@pytest.fixture
def run_to_end() -> Callable[..., ScanSummary]:
    return finish
