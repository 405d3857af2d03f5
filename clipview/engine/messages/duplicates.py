"""Duplicates, and moving files to the bin."""

from __future__ import annotations

from dataclasses import dataclass

from clipview.core.bin import Discard, Discarded
from clipview.core.duplicates import Alike, Duplicates
from clipview.core.types import (
    PhotoFile,
)


@dataclass(frozen=True, slots=True)
class ListDuplicates:
    """Name the files that are there several times in one way."""

    number: int
    alike: Alike


@dataclass(frozen=True, slots=True)
class DuplicatesAnswer:
    """The groups, what takes up most room first."""

    number: int
    alike: Alike
    groups: tuple[Duplicates, ...]


@dataclass(frozen=True, slots=True)
class ListFiles:
    """Name the present files of photos."""

    number: int
    photo_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FilesAnswer:
    """The files, by photo and path."""

    number: int
    files: tuple[PhotoFile, ...]


@dataclass(frozen=True, slots=True)
class MoveToBin:
    """Move files to the system's bin; the user has agreed to these."""

    discards: tuple[Discard, ...]


@dataclass(frozen=True, slots=True)
class BinEnded:
    """What became of a `MoveToBin`."""

    discarded: Discarded
