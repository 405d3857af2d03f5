"""Vectors that are mostly zeros, written without their zeros: the built-in encoder's have some twenty of 1,010 values.

A stored vector is little-endian float16, either all `dim` values or, where that is shorter, the columns that are not
zero as 16-bit numbers followed by their values. The length tells which.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

_BYTES_A_VALUE = 2
_BYTES_A_PAIR = 4
_MOST_COLUMNS = 1 << 16


class PackedRows(Struct, frozen=True, eq=False):
    """Float16 rows without their zeros."""

    dim: int
    counts: NDArray[np.int64]
    """How many values each row keeps: shape (n,)."""
    columns: NDArray[np.uint16]
    """Of all kept values, row by row, ascending within a row."""
    values: NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.counts)

    def dense(self) -> NDArray[np.float16]:
        """Return the rows with their zeros, shape (n, dim)."""
        rows = np.zeros((len(self), self.dim), np.float16)
        rows[np.repeat(np.arange(len(self)), self.counts), self.columns] = self.values
        return rows

    def picked(self, kept: NDArray[np.bool_]) -> PackedRows:
        """Return only some rows, given one entry for each."""
        values = np.repeat(kept, self.counts)
        return PackedRows(self.dim, self.counts[kept], self.columns[values], self.values[values])


StoredRows = NDArray[np.float16] | PackedRows


def packed(rows: ArrayLike) -> PackedRows:
    """Return rows of shape (n, dim), rounded to float16, without their zeros."""
    with np.errstate(over="ignore"):
        half = np.asarray(rows).astype(np.float16, copy=False)
    row_of, columns = np.nonzero(half)
    counts = np.bincount(row_of, minlength=len(half))
    return PackedRows(half.shape[1], counts, columns.astype(np.uint16), half[row_of, columns])


def pack(vector: NDArray[np.floating]) -> bytes:
    """Return the form in which one vector of shape (dim,) is stored."""
    with np.errstate(over="ignore"):
        half = vector.astype("<f2")
    columns = np.flatnonzero(half)
    if 0 < len(columns) * _BYTES_A_PAIR < len(half) * _BYTES_A_VALUE and len(half) <= _MOST_COLUMNS:
        return columns.astype("<u2").tobytes() + half[columns].tobytes()
    return half.tobytes()


def unpack(stored: Sequence[bytes | None], dim: int) -> StoredRows:
    """Return the rows that `pack` made: packed when all of them are, else of shape (n, dim).

    Raises ValueError when one is missing, has an impossible length, or names a column beyond `dim`.
    """
    whole = [each for each in stored if each is not None]
    full_bytes = dim * _BYTES_A_VALUE
    if len(whole) == len(stored):
        lengths = np.fromiter(map(len, whole), np.int64, len(whole))
        is_full = lengths == full_bytes
        is_packed = (lengths > 0) & (lengths < full_bytes) & (lengths % _BYTES_A_PAIR == 0)
        if is_full.all():
            return np.frombuffer(b"".join(whole), "<f2").reshape(len(whole), dim)
        if is_packed.all():
            return _unpacked(whole, lengths // _BYTES_A_PAIR, dim)
        if (is_full | is_packed).all():
            return np.concatenate([_as_dense(unpack([each], dim)) for each in whole])
    raise ValueError(f"a vector of {dim} values is missing or has an impossible length")


def _as_dense(rows: StoredRows) -> NDArray[np.float16]:
    return rows.dense() if isinstance(rows, PackedRows) else rows


def _unpacked(stored: Sequence[bytes], counts: NDArray[np.int64], dim: int) -> PackedRows:
    numbers = np.frombuffer(b"".join(stored), "<u2")
    # Each vector is its columns and then as many values: every second run of `counts` numbers is one or the other.
    is_column = np.repeat(np.tile([True, False], len(counts)), np.repeat(counts, 2))
    columns = numbers[is_column]
    if len(columns) and int(columns.max()) >= dim:
        raise ValueError(f"a vector names a column beyond its {dim} values")
    return PackedRows(dim, counts, columns, numbers[~is_column].view(np.float16))
