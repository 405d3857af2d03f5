"""What stands where the window would, and looks after the engine's processes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from clipview.core.places import Places
from clipview.core.types import Filters, ImageTerm, Query, TextTerm
from clipview.engine.client import EngineClient
from clipview.engine.messages import (
    DescribePhoto,
    PhotoDescription,
    Ready,
    Scan,
    ScanEnded,
    Search,
    SearchAnswer,
)

Message = TypeVar("Message")

PATIENCE_S = 60.0

HELD = "held"
"""A file in the folder of caches: while it is there, the engine `held` stands still in the middle of things."""


class Window:
    """Stands where the window would: talks with a real engine and remembers what it said."""

    def __init__(self, places: Places, entry: str = "main", module: str = "colour_engine", **options: object) -> None:
        self.places = places
        self.messages: list[object] = []
        self._arrived = threading.Condition()
        self._number = 0
        self.client = EngineClient(places, self._on_message, entry=(module, entry), **options)  # type: ignore[arg-type]

    def _on_message(self, message: object) -> None:
        with self._arrived:
            self.messages.append(message)
            self._arrived.notify_all()

    def wait(
        self, kind: type[Message], where: Callable[[Message], bool] = lambda _: True, limit_s: float = PATIENCE_S
    ) -> Message:
        """Return the next message of a kind that fits; those of its kind before it are dropped."""
        deadline = time.monotonic() + limit_s
        with self._arrived:
            while True:
                for place, message in enumerate(self.messages):
                    if isinstance(message, kind) and where(message):
                        earlier = [each for each in self.messages[:place] if not isinstance(each, kind)]
                        self.messages[: place + 1] = earlier
                        return message
                if not self._arrived.wait(deadline - time.monotonic()):
                    raise AssertionError(f"no {kind.__name__} came, but {self.messages[-5:]}")

    def latest(self, kind: type[Message]) -> Message:
        """Return the last message of a kind so far, and drop it with those before it."""
        with self._arrived:
            found = [message for message in self.messages if isinstance(message, kind)]
            self.messages = [message for message in self.messages if not isinstance(message, kind)]
        return found[-1]

    def send(self, message: object) -> None:
        self.client.send(message)

    def send_and_wait(self, message: object) -> None:
        """Send a message and wait until the engine has taken it up."""
        self.send(message)
        self.send(DescribePhoto(0, 0))
        self.wait(PhotoDescription)

    def search(self, *words: str, folder: Path | None = None, image: Path | None = None) -> SearchAnswer:
        self._number += 1
        number = self._number
        terms = [TextTerm(text) for text in words] + ([] if image is None else [ImageTerm(image)])
        filters = Filters() if folder is None else Filters((folder,))
        self.send(Search(number, Query(tuple(terms), filters)))
        return self.wait(SearchAnswer, lambda answer: answer.number == number)

    def ready(self) -> Ready:
        return self.wait(Ready)

    def index(self, *folders: Path, **options: bool) -> ScanEnded:
        self.send(Scan(folders, **options))
        return self.wait(ScanEnded)


def hold(places: Places) -> Path:
    """Let the engine `held` stand still once it has begun to work; deleting the file lets it go on."""
    places.cache.mkdir(parents=True, exist_ok=True)
    held = places.cache / HELD
    held.touch()
    return held


def family(process_id: int) -> list[int]:
    """A process and all that descend from it."""
    found = [process_id]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):  # a thread may end meanwhile
                found += [int(child) for child in task.read_text().split()]
    return found


def wait_for_end(process_ids: list[int]) -> list[int]:
    """Wait until processes have ended; returns those that have not."""
    deadline = time.monotonic() + PATIENCE_S
    while (alive := [each for each in process_ids if _runs(each)]) and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    return alive


def _runs(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def wait_for_file(path: Path) -> None:
    """Wait until another process has made a file."""
    deadline = time.monotonic() + PATIENCE_S
    pause = threading.Event()
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} was not made"
        pause.wait(0.01)
