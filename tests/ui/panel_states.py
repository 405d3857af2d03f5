"""What the panels' tests show: states of a library, real thumbnails, and questions to widgets."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from PIL import Image
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QObject
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget

from clipview.engine.messages import FolderNode, LibraryState, ModelState, SavedSearch

Found = TypeVar("Found", bound=QObject)

STARTER = ModelState("starter", "ready at once; everyday things in English", "built-in", 110_000_000, "Apache-2.0")
CLIP = ModelState("ViT-B-32-256/datacomp_s34b_b86k", "fast on a CPU", "not downloaded", 600_000_000, "MIT")
SIGLIP = ModelState("ViT-B-16-SigLIP/webli", "balanced", "ready", 800_000_000, "Apache-2.0")

PICTURES = Path("/home/ada/Pictures")


def folder(path: Path, photos: int, *children: FolderNode, reachable: bool = True) -> FolderNode:
    return FolderNode(path, photos, reachable, children)


def library_state(
    *,
    photos: int = 84_213,
    searchable: int | None = None,
    set_aside: int = 0,
    model: str = "starter",
    wanted_model: str | None = None,
    folders: tuple[FolderNode, ...] = (),
    saved: tuple[SavedSearch, ...] = (),
    models: tuple[ModelState, ...] = (STARTER, CLIP, SIGLIP),
) -> LibraryState:
    return LibraryState(
        generation=1,
        photos=photos,
        searchable=photos if searchable is None else searchable,
        missing=0,
        set_aside=set_aside,
        model=model,
        wanted_model=model if wanted_model is None else wanted_model,
        folders=folders,
        saved_searches=saved,
        models=models,
    )


def write_thumbnails(database: Path, sizes: dict[int, tuple[int, int]]) -> Path:
    """Write one plain red thumbnail a photo, as the library keeps them."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE thumbnails (photo_id INTEGER PRIMARY KEY, jpeg BLOB)")
        for photo_id, size in sizes.items():
            jpeg = io.BytesIO()
            Image.new("RGB", size, "red").save(jpeg, "JPEG")
            connection.execute("INSERT INTO thumbnails VALUES (?, ?)", (photo_id, jpeg.getvalue()))
    return database


def comes_true(condition: Callable[[], bool], within_ms: int = 60_000) -> bool:
    """Let the event loop run until something holds; False when it never does."""
    patience = QDeadlineTimer(within_ms)
    while not condition():
        if patience.hasExpired():
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return True


def received(spy: QSignalSpy) -> list[list[object]]:
    """Return the arguments of every signal so far; asking a spy for one that never came would crash."""
    return [list(spy.at(number)) for number in range(spy.count())]


def find(widget: QWidget, kind: type[Found], name: str) -> Found:
    """Return the only child of this name, which must exist."""
    found = widget.findChildren(kind, name)
    assert len(found) == 1, f"{len(found)} children are named {name}"
    return found[0]
