"""What is known of photos besides their vectors, in arrays: filters, orders and names without the database."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from msgspec.structs import replace
from numpy.typing import ArrayLike, NDArray

from clipview.core.members import Members
from clipview.core.photo_facts import PhotoFacts
from clipview.core.store import FileColumns
from clipview.core.text_search import FoldedTexts, fold
from clipview.core.types import Filters, Months, Paperwork, Sort

Rows = NDArray[np.intp]
"""Positions in a table."""

Mask = NDArray[np.bool_]
"""One entry for each row of a table."""


def undated(filters: Filters) -> Filters:
    """Return the filters without those by date."""
    return replace(filters, since=None, until=None)


class PhotoTable:
    """The photos that have a present file, one row each, by id. Never changes, so any thread may use it.

    Dates are local seconds since 1970: when the photo was taken, else when its file was changed. Colours are 0xRRGGBB.
    """

    def __init__(self, columns: FileColumns) -> None:
        self._set_columns(columns)
        self._folders = _Folders({})
        self._file_folders = self._folders.numbers(columns.paths)
        self._names: FoldedTexts | None = None
        self._facts: PhotoFacts | None = None
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
            table._set_columns(old.joined(columns))
            table._file_folders = np.concatenate([self._file_folders, new_folders])
            table._names = None if self._names is None else self._names.extended(_file_names(columns.paths))
            fresh = table._first_file[len(self) :] - len(old.paths)
            table._facts = None if self._facts is None else self._facts.extended(columns, fresh)
        else:
            places = np.searchsorted(touched, old.photo_ids)
            places[places == len(touched)] = 0
            kept = np.flatnonzero(touched[places] != old.photo_ids)
            joined = old.picked(kept).joined(columns)
            order = np.argsort(joined.photo_ids, kind="stable")
            table._set_columns(joined.picked(order))
            table._file_folders = np.concatenate([self._file_folders[kept], new_folders])[order]
            table._names = None if self._names is None else FoldedTexts.of(_file_names(table._columns.paths))
            table._facts = None
        table._orders = {}
        for sort in self._orders:
            table._order(sort)
        return table

    def prepare(self) -> None:
        """Do in advance what the first search would otherwise wait for."""
        _ = self._newest_rank
        self._all_names()
        self.months(np.zeros(len(self), np.bool_))
        self.facts  # noqa: B018 - made now, and kept

    @property
    def facts(self) -> PhotoFacts:
        """What the photos say of themselves, made on first use; one entry a row."""
        if self._facts is None:
            self._facts = PhotoFacts(self._columns, self._first_file)
        return self._facts

    def _set_columns(self, columns: FileColumns) -> None:
        self._columns = columns
        starts = np.empty(len(columns.photo_ids), np.bool_)
        starts[:1] = True
        np.not_equal(columns.photo_ids[1:], columns.photo_ids[:-1], out=starts[1:])
        self._first_file = np.flatnonzero(starts)
        self._file_rows = np.cumsum(starts) - 1
        self._months: NDArray[np.int64] | None = None
        self.ids = columns.photo_ids[self._first_file]
        self.dates_s = columns.dates_s[self._first_file]
        self.colours = columns.colours[self._first_file]

    def __len__(self) -> int:
        return len(self.ids)

    def mask(self, filters: Filters, members: Members | None = None) -> Mask:
        """Tell which photos pass the filters.

        Args:
            filters: everything they say holds for a photo that passes.
            members: answers for tags, albums, favourites and stars; without it, no photo has any.
        """
        mask = np.ones(len(self), np.bool_)
        if filters.folders or filters.folder_names:
            mask &= self._photos_of(self._files_passing(filters))
        if filters.since is not None:
            mask &= self.dates_s >= _local_s(filters.since)
        if filters.until is not None:
            mask &= self.dates_s < _local_s(filters.until) + _DAY_S
        if filters.formats or filters.shapes or filters.cameras or filters.has_place is not None:
            mask &= self.facts.mask(filters)
        for words in filters.words:
            mask &= self._saying(words)
        for name in filters.tags:
            mask &= self._among(members.tagged(name) if members else ())
        for name in filters.albums:
            mask &= self._among(members.in_album(name) if members else ())
        if filters.favourite is not None:
            mask &= self._among(members.favourites() if members else ()) == filters.favourite
        if filters.min_rating is not None:
            mask &= self._stars(members) >= filters.min_rating
        for unwanted in filters.unwanted:
            mask &= ~self.mask(unwanted, members)
        return mask

    def dated(self, filters: Filters) -> bool:
        """Tell whether filters have anything to say on dates."""
        return filters != undated(filters)

    def apart(self, paperwork: Paperwork, ids: NDArray[np.int64] | None) -> Mask | None:
        """Tell which photos are not to be shown, these being the screenshots and documents; None when all may be."""
        if paperwork is Paperwork.SHOW:
            return None
        mask = self._among(() if ids is None else ids)
        return ~mask if paperwork is Paperwork.ONLY else mask

    def months(self, mask: Mask) -> Months:
        """Count the photos of a mask by month; none when none of them says when it was taken."""
        if self._months is None:
            days = self.dates_s // _DAY_S
            self._months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        rows = np.flatnonzero(mask)
        months = self._months[rows]
        if not self._columns.taken[self._first_file[rows]].any():
            # When files were copied here says nothing.
            return Months()
        first = int(months.min())
        return Months(first, tuple(np.bincount(months - first).tolist()))

    def inside(self, folders: Collection[Path]) -> Mask:
        """Tell which photos have a file in or below any of these folders."""
        return self._photos_of(self._files_inside(folders))

    def shown_inside(self, folders: Collection[Path]) -> Mask:
        """Tell of which photos the file that stands for them, their first one, lies in or below these folders."""
        mask: Mask = self._files_inside(folders)[self._first_file]
        return mask

    def ordered(self, shown: Mask, sort: Sort, strengths: NDArray[np.float64], limit: int | None = None) -> Rows:
        """Return the rows of a mask in order, at most `limit`; ties go to the newer photo, then to the lower id."""
        if sort is not Sort.BEST:
            order = self._order(sort)
            return order[shown[order]][:limit]
        if limit is not None:
            shown = shown & (strengths >= _least_of_highest(strengths, shown, limit))
        rows = np.flatnonzero(shown)
        return self._best_first(rows, strengths[rows])[:limit]

    def named(self, words: str) -> Rows:
        """Return the rows of photos one of whose file names has these words at the start of a word."""
        wanted = " ".join(words.split())
        if len(wanted) < _SHORTEST_NAME:
            return np.empty(0, np.intp)
        rows: Rows = self._file_rows[self._all_names().with_word(wanted)]
        return rows[np.flatnonzero(np.diff(rows, prepend=-1))]

    def paths(self, rows: Rows, filters: Filters) -> list[Path]:
        """Name each photo by its first file, or by its first file in the folders asked for."""
        names = []
        anywhere = not (filters.folders or filters.folder_names)
        passing = np.ones(len(self._file_rows), np.bool_) if anywhere else self._files_passing(filters)
        for row in rows:
            file = int(self._first_file[row])
            while not passing[file]:
                file += 1
            names.append(Path(os.fsdecode(self._columns.paths[file])))
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

    def _files_passing(self, filters: Filters) -> Mask:
        """Tell which files lie where the filters say."""
        passing = np.ones(len(self._file_rows), np.bool_)
        if filters.folders:
            passing &= self._files_inside(filters.folders)
        if filters.folder_names:
            patterns = [_folder_pattern(name) for name in filters.folder_names]
            known = self._folders.folded()
            hit = np.array([any(pattern.search(name) for pattern in patterns) for name in known], np.bool_)
            passing &= hit[self._file_folders]
        return passing

    def _files_inside(self, folders: Collection[Path]) -> Mask:
        prefixes = tuple(_prefix(folder) for folder in folders)
        known = self._folders.known()
        hit = np.array([bool(prefixes) and (name + _SEPARATOR).startswith(prefixes) for name, _ in known], np.bool_)
        inside: Mask = hit[self._file_folders]
        return inside

    def _photos_of(self, files: Mask) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        mask[self._file_rows[files]] = True
        return mask

    def _saying(self, words: str) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        mask[self._file_rows[self._all_names().containing(words)]] = True
        mask[self.facts.saying(words)] = True
        return mask

    def _among(self, photo_ids: ArrayLike) -> Mask:
        return np.isin(self.ids, np.asarray(photo_ids, np.int64))

    def _stars(self, members: Members | None) -> NDArray[np.int8]:
        stars = np.zeros(len(self), np.int8)
        if members is not None and len(self):
            photo_ids, given = members.stars()
            rows = np.minimum(np.searchsorted(self.ids, photo_ids), len(self) - 1)
            here = self.ids[rows] == photo_ids
            stars[rows[here]] = given[here]
        return stars

    def _best_first(self, rows: Rows, strengths: NDArray[np.float64]) -> Rows:
        """Order rows by their strengths, then from the newer photo to the older.

        One number for each photo, strength before age, is sorted several times faster than rows by two keys. Strengths
        that differ by less than a millionth of a millionth of their range count as the same.
        """
        if not len(rows):
            return rows
        age_bits = len(self).bit_length()
        best = strengths.max()
        span = best - strengths.min()
        steps = float(1 << (_KEY_BITS - age_bits)) / span if span else 0.0
        keys = ((best - strengths) * steps).astype(np.int64)
        keys <<= age_bits
        keys |= self._newest_rank[rows]
        keys.sort()
        keys &= (1 << age_bits) - 1
        ordered: Rows = self._order(Sort.NEWEST)[keys]
        return ordered

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

    def _all_names(self) -> FoldedTexts:
        if self._names is None:
            self._names = FoldedTexts.of(_file_names(self._columns.paths))
        return self._names


class _Folders:
    """Numbers for folders; shared by a table and those made from it, so it only ever grows."""

    def __init__(self, numbers: dict[bytes, int]) -> None:
        self._numbers = numbers
        self._folded: list[str] = []

    def numbers(self, paths: Sequence[bytes]) -> NDArray[np.intp]:
        numbers = self._numbers
        folders = [path.rpartition(_SEPARATOR)[0] for path in paths]
        return np.array([numbers.setdefault(folder, len(numbers)) for folder in folders], np.intp)

    def known(self) -> list[tuple[bytes, int]]:
        """Every folder with its number, in the order of the numbers."""
        return list(self._numbers.items())

    def folded(self) -> list[str]:
        """Every folder as it is compared, with a slash behind it, in the order of the numbers."""
        known, names = self._folded, list(self._numbers)
        if len(known) < len(names):
            self._folded = known = [*known, *(_folded_folder(name) for name in names[len(known) :])]
        return known


_SHORTEST_NAME: Final = 3
"""Characters: fewer are in too many names."""

_KEY_BITS: Final = 62
"""Of a number that says where a photo stands among others; one bit less than there are, for the sign."""

_PART: Final = 16_384
"""So many of all values tell where the highest begin."""

_SEPARATOR: Final = os.sep.encode()
_DAY_S: Final = 86_400
_EPOCH: Final = datetime(1970, 1, 1)


def _least_of_highest(values: NDArray[np.float64], shown: Mask, count: int) -> float:
    """Return a value that at least `count` of those shown reach, if so many are shown, and few more do."""
    if not count:
        return np.inf
    # What is among the highest of a part of them may be among the highest of all, and little else is that high.
    step = max(1, len(values) // max(2 * count, _PART))
    part = values[::step][shown[::step]]
    return float(np.partition(part, -count)[-count]) if len(part) >= count else -np.inf


def _local_s(day: date) -> int:
    """Local seconds since 1970 at the start of a day, as the store counts them: as if local time were UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _folded_folder(path: bytes) -> str:
    return fold(f"{os.fsdecode(path).replace(os.sep, '/')}/")


def _folder_pattern(name: str) -> re.Pattern[str]:
    """Return what finds a folder, or one in another, in `_folded_folder`."""
    parts = [re.escape(fold(part)) for part in name.replace(os.sep, "/").split("/") if part.strip()]
    return re.compile("[^/]*/[^/]*".join(rf"(?<![^\W_]){part}" for part in parts) + "[^/]*/")


def _file_names(paths: Sequence[bytes]) -> list[str]:
    return [os.fsdecode(path.rpartition(_SEPARATOR)[2]) for path in paths]


def _prefix(folder: Path) -> bytes:
    return os.fsencode(folder).rstrip(_SEPARATOR) + _SEPARATOR


def _name_key(path: bytes) -> tuple[str, bytes]:
    return os.fsdecode(path.rpartition(_SEPARATOR)[2]).casefold(), path
