"""Which of the files that a scan found is read next: what somebody looks at now, then the newest."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from clipview.core.folders import FoundFile


class OnScreen(Struct, frozen=True):
    """What somebody looks at while a scan goes on; nothing in particular by default."""

    folders: tuple[Path, ...] = ()
    """These, and what is below them."""
    photo_ids: frozenset[int] = frozenset()
    """Photos that the library knows."""


def in_turn(
    files: Sequence[FoundFile], on_screen: Callable[[], OnScreen], photo_of: Callable[[bytes], int | None]
) -> Iterator[FoundFile]:
    """Give every file once, those on screen as soon as they are on screen, the others as they stand.

    Args:
        files: in the order in which they are read when nobody looks.
        on_screen: asked before each file.
        photo_of: gives the photo that a path belongs to, if it is known.
    """
    taken = bytearray(len(files))
    shown = OnScreen()
    first: deque[int] = deque()
    after = 0
    while True:
        if (now := on_screen()) is not shown and now != shown:
            shown = now
            first = deque(_wanted(files, taken, shown, photo_of))
        if first:
            place = first.popleft()
        else:
            while after < len(files) and taken[after]:
                after += 1
            if after == len(files):
                return
            place = after
        taken[place] = 1
        yield files[place]


def _wanted(
    files: Sequence[FoundFile], taken: bytearray, shown: OnScreen, photo_of: Callable[[bytes], int | None]
) -> Iterator[int]:
    """Give the places of the files on screen that nobody has taken."""
    if not (shown.folders or shown.photo_ids):
        return
    below = tuple(os.path.join(folder, "") for folder in shown.folders)  # noqa: PTH118 - keeps the slash at the end
    photo_ids = shown.photo_ids
    for place, file in enumerate(files):
        if taken[place]:
            continue
        if (below and file.location.startswith(below)) or (
            photo_ids and photo_of(os.fsencode(file.location)) in photo_ids
        ):
            yield place
