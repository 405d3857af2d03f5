from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clipview.core.packed import PackedRows, pack, unpack
from clipview.core.vectors import VectorSet


def dense(rows: np.ndarray | PackedRows) -> np.ndarray:
    return rows.dense() if isinstance(rows, PackedRows) else rows


@settings(deadline=None, derandomize=True)
@given(
    arrays(np.float16, st.tuples(st.integers(1, 8), st.just(40)), elements=st.sampled_from([0.0, 0.0, 0.0, 0.5, -2]))
)
def test_what_was_packed_comes_back_value_for_value(rows: np.ndarray) -> None:
    assert np.array_equal(dense(unpack([pack(row) for row in rows], 40)), rows)


def test_a_vector_that_is_mostly_zeros_takes_the_room_of_the_rest() -> None:
    vector = np.zeros(1010, np.float32)
    vector[[3, 500, 1009]] = 0.5, -0.25, 0.125
    assert len(pack(vector)) == 3 * 4
    assert len(pack(np.ones(1010, np.float32))) == 2 * 1010
    assert len(pack(np.zeros(1010, np.float32))) == 2 * 1010


def test_packed_rows_enter_a_set_as_the_full_ones_do() -> None:
    rows = np.zeros((5, 90), np.float16)
    rows[np.arange(5), [0, 7, 7, 89, 30]] = 0.5
    rows[2, 60] = 1.5
    packed = unpack([pack(row) for row in rows], 90)
    assert isinstance(packed, PackedRows)
    from_packed, from_full = VectorSet(90), VectorSet(90)
    from_packed.put(range(5), packed)
    from_full.put(range(5), rows)
    queries = np.eye(90, dtype=np.float32)[:8]
    assert from_packed.scores(queries).tobytes() == from_full.scores(queries).tobytes()
    with pytest.raises(ValueError, match="columns"):
        VectorSet(91).put(range(5), packed)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        b"",
        b"\1",
        b"\1\0\0",
        bytes(2 * 40 + 4),
        b"\x28\0\0\x3c",
        b"\xff\xff\0\x3c",
    ],
    ids=["missing", "empty", "torn", "torn pair", "too long", "one column too far", "far column"],
)
def test_a_damaged_vector_is_refused(stored: bytes | None) -> None:
    whole = pack(np.eye(40, dtype=np.float32)[0])
    for rows in ([stored], [whole, stored], [np.ones(40, "<f2").tobytes(), stored]):
        with pytest.raises(ValueError, match="vector"):
            unpack(rows, 40)
