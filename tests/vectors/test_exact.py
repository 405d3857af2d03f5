from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from clipview.core.vectors import VectorSet


def random_rows(count: int, dim: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def score_of_each(vectors: VectorSet, queries: np.ndarray) -> dict[int, bytes]:
    snapshot = vectors.snapshot()
    return {
        photo_id: row.tobytes() for photo_id, row in zip(snapshot.ids.tolist(), snapshot.scores(queries), strict=True)
    }


def test_scores_are_the_cosines_in_the_order_of_the_ids() -> None:
    rows, queries = random_rows(300, 48), random_rows(3, 48, seed=1)
    vectors = VectorSet(48)
    vectors.put(range(300), rows)
    expected = rows.astype(np.float64) @ queries.T.astype(np.float64)
    assert vectors.scores(queries).shape == (300, 3)
    assert vectors.scores(queries).dtype == np.float32
    assert np.abs(vectors.scores(queries) - expected).max() < 1e-3  # float16's rounding
    stored = rows.astype(np.float16).astype(np.float64)
    stored /= np.linalg.norm(stored, axis=1, keepdims=True)
    assert np.abs(vectors.scores(queries) - stored @ queries.T).max() < 1e-6


def sparse_rows(count: int, dim: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    rows = np.zeros((count, dim), np.float32)
    for row, kept in zip(rows, random.integers(1, 20, count), strict=True):
        row[random.choice(dim, kept, replace=False)] = random.standard_normal(kept)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_rows_that_are_mostly_zeros_score_as_the_same_rows_among_full_ones() -> None:
    sparse, full, queries = sparse_rows(400, 1010), random_rows(400, 1010), random_rows(3, 1010, seed=1)
    alone, among = VectorSet(1010), VectorSet(1010)
    alone.put(range(400), sparse)
    among.put(range(1000, 1400), full)
    among.put(range(400), sparse)
    assert np.abs(alone.scores(queries) - among.scores(queries)[400:]).max() < 1e-6
    assert np.abs(alone.matrix - among.matrix[400:]).max() < 1e-6
    assert np.abs(alone.vector(17) - among.vector(17)).max() < 1e-6


def test_full_rows_may_follow_rows_that_are_mostly_zeros() -> None:
    vectors = VectorSet(200, capacity=16)
    rows, queries = np.concatenate([sparse_rows(30, 200), random_rows(70, 200)]), random_rows(2, 200, seed=3)
    for start in range(0, 100, 10):
        vectors.put(range(start, start + 10), rows[start : start + 10])
    vectors.remove(range(0, 100, 3))
    kept = [number for number in range(100) if number % 3]
    assert vectors.ids.tolist() == kept
    assert np.abs(vectors.scores(queries) - rows[kept] @ queries.T).max() < 2e-3
    picked = vectors.pick([50, 1, 2])
    assert np.array_equal(picked.scores(queries), vectors.scores(queries)[[kept.index(each) for each in (1, 2, 50)]])


@pytest.mark.parametrize(
    ("dim", "make"),
    [*((dim, random_rows) for dim in (7, 64, 512, 1010, 1280)), (200, sparse_rows), (1010, sparse_rows)],
)
def test_a_score_does_not_depend_on_what_else_is_in_the_set_or_where_it_stands(
    dim: int, make: Callable[..., np.ndarray]
) -> None:
    rows, queries = make(1501, dim), random_rows(5, dim, seed=1)
    together = VectorSet(dim)
    together.put(np.arange(1501), rows)
    expected = score_of_each(together, queries)

    random = np.random.default_rng(2)
    shuffled = VectorSet(dim, capacity=16)
    order = random.permutation(1501)
    for start in range(0, 1501, 37):
        some = order[start : start + 37]
        shuffled.put(some, rows[some])
    assert score_of_each(shuffled, queries) == expected

    few = VectorSet(dim)
    subset = random.permutation(1501)[:101]
    few.put(subset, rows[subset])
    assert score_of_each(few, queries) == {photo_id: expected[photo_id] for photo_id in subset.tolist()}

    for photo_id in (0, 750, 1500):
        alone = VectorSet(dim)
        alone.put([photo_id], rows[photo_id : photo_id + 1])
        assert score_of_each(alone, queries) == {photo_id: expected[photo_id]}


def test_a_query_scores_the_same_alone_and_beside_others() -> None:
    vectors, queries = VectorSet(130), random_rows(4, 130, seed=1)
    vectors.put(range(700), random_rows(700, 130))
    together = vectors.scores(queries)
    for number in range(4):
        alone = vectors.scores(queries[number : number + 1])
        assert alone[:, 0].tobytes() == np.ascontiguousarray(together[:, number]).tobytes()


def test_a_photo_scores_the_same_after_its_vector_came_back_from_the_database_as_float16() -> None:
    rows, queries = random_rows(50, 96), random_rows(2, 96, seed=1)
    fresh, reloaded = VectorSet(96), VectorSet(96)
    fresh.put(range(50), rows)
    blob = rows.astype("<f2").tobytes()
    reloaded.put(range(50), np.frombuffer(blob, "<f2").reshape(50, 96))
    assert score_of_each(fresh, queries) == score_of_each(reloaded, queries)
    assert np.array_equal(fresh.matrix, reloaded.matrix)


def test_a_replaced_photo_has_its_new_vector_only() -> None:
    rows = random_rows(20, 8)
    vectors = VectorSet(8)
    vectors.put(range(10), rows[:10])
    vectors.put([3, 4], rows[18:])
    assert len(vectors) == 10
    assert sorted(vectors.ids.tolist()) == list(range(10))
    assert np.allclose(vectors.vector(3), rows[18], atol=1e-3)
    assert np.allclose(vectors.matrix[vectors.ids.tolist().index(4)], rows[19], atol=1e-3)
    assert vectors.scores(rows[19:])[vectors.ids.tolist().index(4), 0] == pytest.approx(1, abs=1e-3)


def test_a_removed_photo_has_no_score_and_no_vector() -> None:
    vectors = VectorSet(8)
    vectors.put(range(10), random_rows(10, 8))
    vectors.remove([2, 7, 999])
    assert vectors.ids.tolist() == [0, 1, 3, 4, 5, 6, 8, 9]
    assert vectors.matrix.shape == (8, 8)
    assert vectors.scores(random_rows(1, 8)).shape == (8, 1)
    assert 2 not in vectors
    with pytest.raises(KeyError):
        vectors.vector(2)


def test_a_snapshot_is_untouched_by_later_changes() -> None:
    rows = random_rows(4000, 16)
    vectors = VectorSet(16)
    vectors.put(range(3000), rows[:3000])
    snapshot = vectors.snapshot()
    ids, matrix = snapshot.ids.copy(), snapshot.matrix.copy()
    vectors.put(range(1000), rows[3000:])
    vectors.remove(range(1000, 2900))
    vectors.put(range(5000, 9000), rows)
    assert np.array_equal(snapshot.ids, ids)
    assert np.array_equal(snapshot.matrix, matrix)
    assert len(vectors) == 1000 + 100 + 4000


def test_readers_always_see_whole_vectors_of_the_right_photo_while_a_writer_replaces_them() -> None:
    dim, count = 16, 400
    vectors = VectorSet(dim)
    # Photo n always points along axis n % dim or against it: any mixture would show.
    axes = np.eye(dim, dtype=np.float32)[np.arange(count) % dim]
    vectors.put(range(count), axes)
    stop = threading.Event()
    wrong: list[str] = []

    def read() -> None:
        while not stop.is_set():
            snapshot = vectors.snapshot()
            scores = snapshot.scores(np.eye(dim, dtype=np.float32))
            expected = np.eye(dim)[snapshot.ids % dim]
            if len(np.unique(snapshot.ids)) != len(snapshot) or not np.array_equal(np.abs(scores), expected):
                wrong.append("a torn row")
                return

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(150):
        some = np.arange(turn % 3, count, 3)
        vectors.put(some, axes[some] * (-1 if turn % 2 else 1))
        vectors.remove(some[:5])
        vectors.put(some[:5], axes[some[:5]])
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_an_empty_set_scores_nothing() -> None:
    vectors = VectorSet(8)
    assert vectors.scores(random_rows(2, 8)).shape == (0, 2)
    assert vectors.matrix.shape == (0, 8)
    assert vectors.snapshot().nearest(random_rows(1, 8)[0], 5) == []


def test_nearest_orders_equal_scores_by_id_whatever_the_order_of_arrival() -> None:
    vectors = VectorSet(2)
    vectors.put([9, 4, 7, 1, 5], [[1, 0], [0, 1], [1, 0], [1, 0], [0, 1]])
    east = np.array([1, 0], np.float32)
    assert [photo_id for photo_id, _ in vectors.snapshot().nearest(east, 2)] == [1, 7]
    assert [photo_id for photo_id, _ in vectors.snapshot().nearest(east, 99)] == [1, 7, 9, 4, 5]


@pytest.mark.parametrize(
    ("ids", "matrix"),
    [
        ([1, 2], np.zeros((1, 4))),
        ([1], np.zeros((1, 5))),
        ([1, 1], np.ones((2, 4))),
        ([8, 1], [[1, 0, 0, 0], [float("nan"), 0, 0, 0]]),
        ([8, 1], [[1, 0, 0, 0], [1e30, 0, 0, 0]]),
    ],
)
def test_vectors_that_make_no_sense_are_refused_and_change_nothing(ids: list[int], matrix: np.ndarray) -> None:
    vectors = VectorSet(4)
    vectors.put([1], [[0, 1, 0, 0]])
    with pytest.raises(ValueError, match=r"matrix|once|number"):
        vectors.put(ids, matrix)
    assert vectors.ids.tolist() == [1]
    assert vectors.vector(1).tolist() == [0, 1, 0, 0]


def test_a_query_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        VectorSet(4).scores(np.zeros((1, 5), np.float32))


def test_a_vector_of_zeros_matches_nothing() -> None:
    vectors = VectorSet(4)
    vectors.put([1], np.zeros((1, 4)))
    assert vectors.scores(random_rows(1, 4)).tolist() == [[0.0]]
