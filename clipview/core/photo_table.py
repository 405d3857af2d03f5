"""What is known of photos besides their vectors, in arrays: filters, orders and names without the database."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from clipview.core.store import FileColumns
from clipview.core.types import Filters, Sort

Rows = NDArray[np.intp]
"""Positions in a table."""

Mask = NDArray[np.bool_]
"""One entry for each row of a table."""


class PhotoTable:
    """The photos that have a present file, one row each, by id. Never changes, so any thread may use it.

    Dates are local seconds since 1970: when the photo was taken, else when its file was changed. Colours are 0xRRGGBB.
    """

    def __init__(self, columns: FileColumns) -> None:
        self._set_columns(columns)
        self._folders = _Folders({})
        self._file_folders = self._folders.numbers(columns.paths)
        self._names: _Names | None = None
        self._orders: dict[Sort, Rows] = {}

    def changed(self, touched: NDArray[np.int64], columns: FileColumns) -> PhotoTable:
        """Return the table after a change; takes a few milliseconds where it only added photos.

        Args:
            touched: ids of the photos that may have changed, ascending.
            columns: the present files of these, as they are now.
        """
        old, table = self._columns, PhotoTable.__new__(PhotoTable)
        table._folders = self._folders
        new_folders = self._folders.numbers(columns.paths)
        if len(old.paths) == 0 or len(touched) == 0 or touched[0] > old.photo_ids[-1]:
            table._set_columns(_joined(old, columns))
            table._file_folders = np.concatenate([self._file_folders, new_folders])
            table._names = None if self._names is None else self._names.extended(columns.paths)
        else:
            places = np.searchsorted(touched, old.photo_ids)
            places[places == len(touched)] = 0
            kept = np.flatnonzero(touched[places] != old.photo_ids)
            joined = _joined(_picked(old, kept), columns)
            order = np.argsort(joined.photo_ids, kind="stable")
            table._set_columns(_picked(joined, order))
            table._file_folders = np.concatenate([self._file_folders[kept], new_folders])[order]
            table._names = None if self._names is None else _Names.of(table._columns.paths)
        table._orders = {}
        for sort in self._orders:
            table._order(sort)
        return table

    def prepare(self) -> None:
        """Do in advance what the first search would otherwise wait for."""
        _ = self._newest_rank
        self._all_names()

    def _set_columns(self, columns: FileColumns) -> None:
        self._columns = columns
        starts = np.empty(len(columns.photo_ids), np.bool_)
        starts[:1] = True
        np.not_equal(columns.photo_ids[1:], columns.photo_ids[:-1], out=starts[1:])
        self._first_file = np.flatnonzero(starts)
        self._file_rows = np.cumsum(starts) - 1
        self.ids = columns.photo_ids[self._first_file]
        self.dates_s = columns.dates_s[self._first_file]
        self.colours = columns.colours[self._first_file]

    def __len__(self) -> int:
        return len(self.ids)

    def mask(self, filters: Filters) -> Mask:
        """Tell which photos pass the filters."""
        mask = self.inside(filters.folders) if filters.folders else np.ones(len(self), np.bool_)
        if filters.since is not None:
            mask &= self.dates_s >= _local_s(filters.since)
        if filters.until is not None:
            mask &= self.dates_s < _local_s(filters.until) + _DAY_S
        return mask

    def inside(self, folders: Collection[Path]) -> Mask:
        """Tell which photos have a file in or below any of these folders."""
        mask = np.zeros(len(self), np.bool_)
        mask[self._file_rows[self._files_inside(folders)]] = True
        return mask

    def shown_inside(self, folders: Collection[Path]) -> Mask:
        """Tell of which photos the file that stands for them, their first one, lies in or below these folders."""
        mask: Mask = self._files_inside(folders)[self._first_file]
        return mask

    def ordered(self, shown: Mask, sort: Sort, strengths: NDArray[np.float64], limit: int | None = None) -> Rows:
        """Return the rows of a mask in order, at most `limit`; ties go to the newer photo, then to the lower id."""
        order = self._order(Sort.NEWEST if sort is Sort.BEST else sort)
        rows: Rows
        if sort is not Sort.BEST:
            rows = order[shown[order]]
            return rows[:limit]
        rows = np.flatnonzero(shown)
        if limit is not None and limit < len(rows):
            worst = np.partition(strengths[rows], len(rows) - limit)[len(rows) - limit] if limit else np.inf
            rows = rows[strengths[rows] >= worst]
        if len(rows) * _FEW_OF < len(self):
            return rows[np.lexsort((self._newest_rank[rows], -strengths[rows]))][:limit]
        rows = order[shown[order]]
        return rows[np.argsort(-strengths[rows], kind="stable")][:limit]

    def named(self, words: str) -> Rows:
        """Return the rows of photos one of whose file names has these words at the start of a word."""
        wanted = " ".join(words.split())
        if len(wanted) < _SHORTEST_NAME:
            return np.empty(0, np.intp)
        return np.unique(self._file_rows[self._all_names().files_with(wanted)])

    def paths(self, rows: Rows, filters: Filters) -> list[Path]:
        """Name each photo by its first file, or by its first file in the folders asked for."""
        names = []
        folders = tuple(_prefix(folder) for folder in filters.folders)
        files = self._columns.paths
        for row in rows:
            file = int(self._first_file[row])
            while folders and not files[file].startswith(folders):
                file += 1
            names.append(Path(os.fsdecode(files[file])))
        return names

    def taken_at(self, row: int) -> datetime | None:
        """Return when a photo was taken, if it says so."""
        if not self._columns.taken[self._first_file[row]]:
            return None
        return _EPOCH + timedelta(seconds=int(self.dates_s[row]))

    def folder_counts(self) -> dict[bytes, int]:
        """Return how many files lie directly in each folder that has any."""
        known = self._folders.known()
        counts = np.bincount(self._file_folders, minlength=len(known)).tolist()
        return {name: counts[number] for name, number in known if counts[number]}

    def copies(self) -> list[list[bytes]]:
        """Return the folders of the files of each photo that has several."""
        several = np.flatnonzero(np.bincount(self._file_rows, minlength=len(self)) > 1)
        names = {number: name for name, number in self._folders.known()}
        ends = np.append(self._first_file, len(self._file_rows))
        return [[names[int(each)] for each in self._file_folders[ends[row] : ends[row + 1]]] for row in several]

    def _files_inside(self, folders: Collection[Path]) -> Mask:
        prefixes = tuple(_prefix(folder) for folder in folders)
        known = self._folders.known()
        hit = np.array([bool(prefixes) and (name + _SEPARATOR).startswith(prefixes) for name, _ in known], np.bool_)
        inside: Mask = hit[self._file_folders]
        return inside

    def _order(self, sort: Sort) -> Rows:
        order = self._orders.get(sort)
        if order is None:
            if sort is Sort.NAME:
                keys = [_name_key(self._columns.paths[file]) for file in self._first_file]
                order = np.array(sorted(range(len(self)), key=keys.__getitem__), np.intp)
            else:
                order = np.lexsort((self.ids, self.dates_s if sort is Sort.OLDEST else -self.dates_s))
            self._orders[sort] = order
        return order

    @cached_property
    def _newest_rank(self) -> NDArray[np.int32]:
        """Each photo's place in the order of dates."""
        rank = np.empty(len(self), np.int32)
        rank[self._order(Sort.NEWEST)] = np.arange(len(self), dtype=np.int32)
        return rank

    def _all_names(self) -> _Names:
        if self._names is None:
            self._names = _Names.of(self._columns.paths)
        return self._names


class _Folders:
    """Numbers for folders; shared by a table and those made from it, so it only ever grows."""

    def __init__(self, numbers: dict[bytes, int]) -> None:
        self._numbers = numbers

    def numbers(self, paths: Sequence[bytes]) -> NDArray[np.intp]:
        numbers = self._numbers
        folders = [path.rpartition(_SEPARATOR)[0] for path in paths]
        return np.array([numbers.setdefault(folder, len(numbers)) for folder in folders], np.intp)

    def known(self) -> list[tuple[bytes, int]]:
        """Every folder with its number, in the order of the numbers."""
        return list(self._numbers.items())


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """All file names in one string, so that looking for a word in 100,000 of them takes a millisecond or two."""

    text: bytes
    """Case-folded UTF-8, a line break before each name."""
    breaks: NDArray[np.intp]
    """Where the line breaks are."""

    @classmethod
    def of(cls, paths: Sequence[bytes]) -> _Names:
        text = _folded_names(paths)
        return cls(text, _breaks(text))

    def extended(self, paths: Sequence[bytes]) -> _Names:
        more = _folded_names(paths)
        return _Names(self.text + more, np.concatenate([self.breaks, _breaks(more) + len(self.text)]))

    def files_with(self, words: str) -> Rows:
        wanted = words.casefold().encode("utf-8", "replace")
        few = self._find_few(wanted)
        found = self._find_many(wanted) if few is None else few
        if _WORD[wanted[0]]:
            found = found[~_WORD[np.frombuffer(self.text, np.uint8)[found - 1]]]
        return np.unique(np.searchsorted(self.breaks, found) - 1)

    def _find_few(self, wanted: bytes) -> Rows | None:
        """Return where the words are; None when there are too many."""
        found: list[int] = []
        at = self.text.find(wanted)
        while at >= 0:
            if len(found) == _FEW:
                return None
            found.append(at)
            at = self.text.find(wanted, at + 1)
        return np.array(found, np.intp)

    def _find_many(self, wanted: bytes) -> Rows:
        text = np.frombuffer(self.text, np.uint8)
        found = np.flatnonzero(text[: len(text) - len(wanted) + 1] == wanted[0])
        for offset, byte in enumerate(wanted[1:], start=1):
            found = found[text[found + offset] == byte]
        return found


_SHORTEST_NAME: Final = 3
"""Characters: fewer are in too many names."""

_FEW: Final = 500
"""Hits up to which Python's own search is faster than numpy's comparison of every byte."""

_FEW_OF: Final = 16
"""One row in so many: sorting fewer by two keys costs less than walking through all photos in the order of dates."""

_SEPARATOR: Final = os.sep.encode()
_DAY_S: Final = 86_400
_EPOCH: Final = datetime(1970, 1, 1)

# Letters and digits; a byte of a longer UTF-8 character nearly always belongs to a letter.
_WORD: Final = np.array([byte >= 0x80 or chr(byte).isalnum() for byte in range(256)])


def _folded_names(paths: Sequence[bytes]) -> bytes:
    names = [path.rpartition(_SEPARATOR)[2].replace(b"\n", b" ") for path in paths]
    text = os.fsdecode(b"".join(b"\n" + name for name in names))
    return text.casefold().encode("utf-8", "surrogatepass")


def _breaks(text: bytes) -> NDArray[np.intp]:
    return np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))


def _joined(first: FileColumns, second: FileColumns) -> FileColumns:
    return FileColumns(
        photo_ids=np.concatenate([first.photo_ids, second.photo_ids]),
        paths=first.paths + second.paths,
        dates_s=np.concatenate([first.dates_s, second.dates_s]),
        taken=np.concatenate([first.taken, second.taken]),
        colours=np.concatenate([first.colours, second.colours]),
    )


def _picked(columns: FileColumns, files: NDArray[np.intp]) -> FileColumns:
    return FileColumns(
        photo_ids=columns.photo_ids[files],
        paths=[columns.paths[file] for file in files.tolist()],
        dates_s=columns.dates_s[files],
        taken=columns.taken[files],
        colours=columns.colours[files],
    )


def _local_s(day: date) -> int:
    """Local seconds since 1970 at the start of a day, as the store counts them: as if local time were UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _prefix(folder: Path) -> bytes:
    return os.fsencode(folder).rstrip(_SEPARATOR) + _SEPARATOR


def _name_key(path: bytes) -> tuple[str, bytes]:
    return os.fsdecode(path.rpartition(_SEPARATOR)[2]).casefold(), path
