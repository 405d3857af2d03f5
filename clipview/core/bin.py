"""The system's bin: the only module that touches a person's own files, and only ever by moving them there."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from clipview.core.types import FileStamp, Skipped

if TYPE_CHECKING:
    from clipview.core.store import Store

log = logging.getLogger(__name__)


class Discard(Struct, frozen=True):
    """A file that somebody wants in the bin."""

    path: Path
    stays: Path | None = None
    """Another file that must be there, else this one stays too: the copy that is kept."""


class Discarded(Struct, frozen=True):
    """What became of it."""

    moved: tuple[Path, ...]
    failed: tuple[Skipped, ...]
    """Files that lie where they lay, each with the reason."""


def move_to_bin(store: Store, discards: Sequence[Discard]) -> Discarded:
    """Move files to the system's bin and note in the library that they are gone from their places.

    A file is left alone when it isn't the one that the library knows, and when what was to stay is not there
    unchanged or is to go as well. A file that comes back from the bin is known again at the next scan.
    """
    # Imported here: on some systems it opens a connection to the desktop.
    from send2trash import send2trash

    going = {each.path for each in discards}
    moved: list[Path] = []
    failed: list[Skipped] = []
    try:
        for each in discards:
            reason = _objection(store, each, going)
            if reason is None:
                try:
                    send2trash(each.path)
                except OSError as error:
                    reason = f"It could not be moved to the bin ({error.strerror or error}). It lies where it lay."
            if reason is not None:
                failed.append(Skipped(each.path, reason))
                continue
            log.info("moved to the bin: %s", each.path)
            moved.append(each.path)
    finally:
        store.mark_missing(os.fsencode(path) for path in moved)
    return Discarded(tuple(moved), tuple(failed))


def _objection(store: Store, discard: Discard, going: set[Path]) -> str | None:
    if not _as_known(store, discard.path):
        return "It is not as the library knows it. Look for changed photos first."
    stays = discard.stays
    if stays is not None and (stays in going or not _as_known(store, stays)):
        return f"It stays, because {stays.name}, which was to be kept, is not there unchanged."
    return None


def _as_known(store: Store, path: Path) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return store.photo_at(path, FileStamp(status.st_size, status.st_mtime_ns)) is not None
