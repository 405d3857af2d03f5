"""Where folders that somebody names really are, and whether the photos of one that moved lie there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from clipview.core.errors import ClipViewError
from clipview.core.store import KnownFile

_LOOKED_AT: Final = 200
"""Files, evenly spread over the folder: enough to tell it from another, and a second's work on a slow drive."""

_ENOUGH: Final = 0.8
"""The share of these that must be there: a few may have been edited or deleted since the last scan."""


def check_new_place(known: Mapping[bytes, KnownFile], old: Path, new: Path) -> None:
    """Look for known files of `old` below `new`, by name and size; no file is opened.

    Args:
        known: the library's files.
        old: where they were.
        new: an existing folder, without links in its path.

    Raises:
        ClipViewError: they are not there, or the two places can't be told apart.
    """
    if old == new or old in new.parents or new in old.parents:
        raise ClipViewError(
            f"{new} and {old} lie one inside the other. Look for changes there instead: photos that moved are "
            "recognised."
        )
    sample = _sample(known, old)
    if not sample:
        raise ClipViewError(f"No photos of {old} are known. Add {new} to the library instead.")
    lacking = _lacking(sample, new)
    if len(lacking) <= (1 - _ENOUGH) * len(sample):
        return
    found = len(sample) - len(lacking)
    inside = new / old.name
    if old.name and len(_lacking(sample, inside)) <= (1 - _ENOUGH) * len(sample):
        raise ClipViewError(f"The photos of {old} are one folder deeper than {new}. Choose {inside}.")
    raise ClipViewError(
        f"Of {len(sample)} known photos of {old}, {found} are in {new}; {lacking[0]}, for example, is not there. "
        "Choose the folder that holds them now."
    )


def real_folder(path: Path) -> Path:
    """Return the one true path of a folder that exists, so that it isn't covered twice under two names."""
    real = Path(os.path.realpath(path.expanduser()))
    if not real.exists():
        raise ClipViewError(f"There is no folder {path}. Check the name, or connect its drive, and try again.")
    if not real.is_dir():
        raise ClipViewError(f"{path} is a file, not a folder. Name the folder that it lies in.")
    return real


def _sample(known: Mapping[bytes, KnownFile], old: Path) -> dict[Path, int]:
    """Return sizes in bytes by path below `old`: of present files, and of missing ones when there are no others."""
    prefix = os.fsencode(old).rstrip(os.sep.encode()) + os.sep.encode()
    below = sorted(path for path in known if path.startswith(prefix))
    chosen = [path for path in below if not known[path].missing] or below
    step = max(1, len(chosen) // _LOOKED_AT)
    return {Path(os.fsdecode(path[len(prefix) :])): known[path].stamp.size_bytes for path in chosen[::step]}


def _lacking(sample: Mapping[Path, int], folder: Path) -> list[Path]:
    return [name for name, size_bytes in sample.items() if _size_bytes(folder / name) != size_bytes]


def _size_bytes(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
