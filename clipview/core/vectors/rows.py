"""How the rows of a set of vectors lie in memory, and how all of them are compared with a query.

Most models fill every value of a vector; those rows are one matrix. The built-in encoder's rows keep some twenty of
1,010 values: without the zeros they take a fraction of the memory and of the time (benchmarks/vectors.py). Either way a
row's score is the same to the last bit wherever it stands and whatever else is there.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from clipview.core.cores import usable_cores
from clipview.core.packed import PackedRows, StoredRows, packed
from clipview.core.types import Matrix

Places = NDArray[np.intp]

_BLOCK_FLOATS = 1 << 18
"""How much of a matrix is worked on at a time: a megabyte, which stays in the cache."""

_WORTH_A_THREAD_FLOATS = 1 << 23
"""Below this many products another thread takes longer to start than it saves."""

_PACKED_SHARE = 8
"""Rows are packed when they keep fewer than one value in this many."""


class RowView(Protocol):
    """Rows that never change."""

    def __len__(self) -> int: ...

    def scores(self, queries: Matrix) -> NDArray[np.float32]:
        """Return the inner product of each query, shape (k, dim), with each row: shape (k, n)."""
        ...

    def take(self, places: Places) -> RowView:
        """Return the rows at these places; without a copy when they are neighbours."""
        ...

    def dense(self) -> Matrix:
        """Return the rows as one matrix, shape (n, dim)."""
        ...


class RowStore(Protocol):
    """Rows that only ever go to the end, so that a view stays valid while more come."""

    @property
    def used(self) -> int:
        """How many rows there are."""
        ...

    @property
    def capacity(self) -> int:
        """How many there can be before they have to be moved."""
        ...

    def append(self, rows: StoredRows) -> None:
        """Add finite rows, brought to unit length; at most to the capacity."""
        ...

    def view(self) -> RowView:
        """Return the rows as they are now."""
        ...


def store_for(rows: StoredRows, dim: int, capacity: int) -> RowStore:
    """Return an empty store in the form that suits these first rows; a model's rows are all alike in that."""
    kept = len(rows.values) if isinstance(rows, PackedRows) else int(np.count_nonzero(rows))
    is_sparse = kept * _PACKED_SHARE < len(rows) * dim
    return _PackedStore(dim, capacity) if is_sparse else _DenseStore(dim, capacity)


def moved(view: RowView, capacity: int) -> RowStore:
    """Return a store of these rows with room for `capacity`."""
    store: _PackedStore | _DenseStore
    if isinstance(view, _PackedView):
        store = _PackedStore(view.dim, capacity)
        store.extend(view.columns, view.values, np.diff(view.starts))
        return store
    matrix = view.dense()
    store = _DenseStore(matrix.shape[1], capacity)
    store.extend(matrix)
    return store


class _DenseStore:
    """One preallocated float32 matrix.

    Float32, twice the memory of the database's float16, because numpy takes four to eight times as long to score
    float16 (benchmarks/vectors.py).
    """

    def __init__(self, dim: int, capacity: int) -> None:
        # Pages that were never written take no memory, so a generous reserve costs only address space.
        self._rows: Matrix = np.empty((capacity, dim), np.float32)
        self.used = 0

    @property
    def capacity(self) -> int:
        return len(self._rows)

    def append(self, rows: StoredRows) -> None:
        half = rows.dense() if isinstance(rows, PackedRows) else rows
        step = max(1, _BLOCK_FLOATS // self._rows.shape[1])
        for first in range(0, len(half), step):
            part = half[first : first + step]
            block = self._rows[self.used + first : self.used + first + len(part)]
            _widen(part, block)
            _to_unit_length(block)
        self.used += len(half)

    def extend(self, rows: Matrix) -> None:
        """Add rows that are of unit length already."""
        self._rows[self.used : self.used + len(rows)] = rows
        self.used += len(rows)

    def view(self) -> RowView:
        rows = self._rows[: self.used]
        rows.flags.writeable = False
        return _DenseView(rows)


class _DenseView:
    def __init__(self, rows: Matrix) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def scores(self, queries: Matrix) -> NDArray[np.float32]:
        """Compare block by block, in several threads where that pays.

        A matrix product would sum a row's terms in an order that depends on where the row stands in it. As a stack of
        1 x dim by dim x 1 products numpy calls BLAS's dot once a row, which does not, and is as fast when the rows come
        in blocks that stay in the cache (benchmarks/vectors.py).
        """
        scores = np.empty((len(queries), len(self)), np.float32)
        step = max(1, _BLOCK_FLOATS // self._rows.shape[1])
        starts = range(0, len(self), step)

        def score(start: int) -> None:
            block = self._rows[start : start + step, np.newaxis, :]
            for number, query in enumerate(queries):
                out = scores[number, start : start + step, np.newaxis, np.newaxis]
                np.matmul(block, query[:, np.newaxis], out=out)

        threads = min(usable_cores(), self._rows.size * len(queries) // _WORTH_A_THREAD_FLOATS)
        if threads > 1:
            with ThreadPoolExecutor(threads, thread_name_prefix="score") as executor:
                list(executor.map(score, starts))
        else:
            for start in starts:
                score(start)
        return scores

    def take(self, places: Places) -> RowView:
        gapless = len(places) > 0 and int(places[-1]) - int(places[0]) + 1 == len(places)
        return _DenseView(self._rows[int(places[0]) : int(places[-1]) + 1] if gapless else self._rows[places])

    def dense(self) -> Matrix:
        return self._rows


class _PackedStore:
    """Columns and values of all rows, one after the other."""

    def __init__(self, dim: int, capacity: int) -> None:
        self._dim = dim
        self._columns: NDArray[np.int32] = np.empty(16 * capacity, np.int32)
        self._values: NDArray[np.float32] = np.empty(16 * capacity, np.float32)
        self._starts: NDArray[np.int32] = np.zeros(capacity + 1, np.int32)
        """Where each row's values begin, and where the last row's end."""
        self._kept = 0
        self.used = 0
        # What scores them takes a quarter of a second to import, as long as it takes to read a large library's rows.
        threading.Thread(target=_csr_array, name="scipy", daemon=True).start()

    @property
    def capacity(self) -> int:
        return len(self._starts) - 1

    def append(self, rows: StoredRows) -> None:
        given = rows if isinstance(rows, PackedRows) else packed(rows)
        values = given.values.astype(np.float32)
        row_of = np.repeat(np.arange(len(given)), given.counts)
        # Each row is added up one value after the other, whatever stands beside it.
        squares = np.bincount(row_of, values.astype(np.float64) ** 2, len(given))
        lengths = np.sqrt(np.where(squares > 0, squares, 1.0))
        self.extend(given.columns, (values / lengths[row_of]).astype(np.float32), given.counts)

    def extend(self, columns: NDArray[np.integer], values: NDArray[np.float32], counts: NDArray[np.integer]) -> None:
        """Add rows that are of unit length already."""
        stop = self._kept + len(values)
        if stop > len(self._values):
            self._grow(max(stop, 2 * len(self._values)))
        self._columns[self._kept : stop] = columns
        self._values[self._kept : stop] = values
        self._starts[self.used + 1 : self.used + 1 + len(counts)] = self._kept + np.cumsum(counts)
        self.used += len(counts)
        self._kept = stop

    def view(self) -> RowView:
        starts = self._starts[: self.used + 1]
        return _PackedView(self._dim, self._columns[: self._kept], self._values[: self._kept], starts)

    def _grow(self, size: int) -> None:
        # Into new arrays, never in place: views still read the old ones.
        columns, values = np.empty(size, np.int32), np.empty(size, np.float32)
        columns[: self._kept], values[: self._kept] = self._columns[: self._kept], self._values[: self._kept]
        self._columns, self._values = columns, values


class _PackedView:
    def __init__(
        self, dim: int, columns: NDArray[np.int32], values: NDArray[np.float32], starts: NDArray[np.int32]
    ) -> None:
        self.dim, self.columns, self.values, self.starts = dim, columns, values, starts

    def __len__(self) -> int:
        return len(self.starts) - 1

    def scores(self, queries: Matrix) -> NDArray[np.float32]:
        # One query at a time: SciPy adds up a row in the order of its columns, in C, and as one product of all queries
        # it would be slower.
        rows = self._csr()
        scores = np.empty((len(queries), len(self)), np.float32)
        for number, query in enumerate(queries):
            scores[number] = rows @ query
        return scores

    def take(self, places: Places) -> RowView:
        begin = self.starts[places]
        counts = self.starts[places + 1] - begin
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        kept = np.repeat(begin - starts[:-1], counts) + np.arange(starts[-1])
        return _PackedView(self.dim, self.columns[kept], self.values[kept], starts)

    def dense(self) -> Matrix:
        rows: Matrix = self._csr().toarray()
        return rows

    def _csr(self) -> Any:
        return _csr_array()((self.values, self.columns, self.starts), shape=(len(self), self.dim))


def _csr_array() -> Any:
    # Only the built-in encoder's vectors need it.
    from scipy.sparse import csr_array

    return csr_array


def _to_unit_length(rows: Matrix) -> None:
    """Scale rows in place; a row of zeros stays, and matches nothing."""
    squares: NDArray[np.float32] = np.matmul(rows[:, np.newaxis, :], rows[:, :, np.newaxis])[:, :, 0]
    rows /= np.sqrt(np.where(squares > 0, squares, np.float32(1)))


def _widen(rows: NDArray[np.float16], out: Matrix) -> None:
    """Copy finite float16 into float32, exactly and twice as fast as numpy does: the bits move, then the exponent."""
    bits = np.ascontiguousarray(rows).view(np.uint16)
    wide = out.view(np.uint32)
    np.left_shift(bits & 0x7FFF, 13, out=wide, dtype=np.uint32, casting="unsafe")
    # The exponents of float32 count from 127, those of float16 from 15.
    out *= np.float32(2.0**112)
    wide |= (bits & 0x8000).astype(np.uint32) << 16
