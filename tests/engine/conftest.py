from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from stand_in import PATIENCE_S, Window

from clipview.core.places import Places


@pytest.fixture
def open_window(places: Places) -> Iterator[Callable[..., Window]]:
    windows = []

    def open_one(entry: str = "main", **options: object) -> Window:
        windows.append(Window(places, entry, **options))
        return windows[-1]

    before = set(threading.enumerate())
    yield open_one
    for window in windows:
        window.client.close()
    for thread in set(threading.enumerate()) - before:
        if thread.name.startswith("engine-"):
            thread.join(PATIENCE_S)
            assert not thread.is_alive(), thread.name


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A window for the tests of a module that change nothing of each other's."""
    folder = tmp_path_factory.mktemp("shared")
    window = Window(Places(folder / "library", folder / "models", folder / "cache"))
    window.ready()
    yield window
    window.client.close()


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    """A window with an engine that is ready."""
    opened = open_window()
    opened.ready()
    return opened
