"""Duplicates, and moving files to the bin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from clipview.core.bin import Discard, Discarded
from clipview.core.types import PhotoFile

if TYPE_CHECKING:
    from clipview.core.duplicates import Alike, Duplicates


class ListDuplicates(Struct, frozen=True):
    """Name the files that are there several times in one way."""

    number: int
    alike: Alike


class DuplicatesAnswer(Struct, frozen=True):
    """The groups, what takes up most room first."""

    number: int
    alike: Alike
    groups: tuple[Duplicates, ...]


class ListFiles(Struct, frozen=True):
    """Name the present files of photos."""

    number: int
    photo_ids: tuple[int, ...]


class FilesAnswer(Struct, frozen=True):
    """The files, by photo and path."""

    number: int
    files: tuple[PhotoFile, ...]


class MoveToBin(Struct, frozen=True):
    """Move files to the system's bin; the user has agreed to these."""

    discards: tuple[Discard, ...]


class BinEnded(Struct, frozen=True):
    """What became of a `MoveToBin`."""

    discarded: Discarded
