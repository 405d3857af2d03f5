from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from clipview.core.vectors import EXACT_BELOW, IndexDamagedError, Neighbour, Neighbours, VectorSet

DIM = 24
COUNT = EXACT_BELOW + 1_000


def random_rows(count: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    centres = random.standard_normal((100, DIM))
    rows = centres[random.integers(0, 100, count)] + random.standard_normal((count, DIM))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def finish(neighbours: Neighbours) -> None:
    for _ in neighbours.catch_up(threads=2):
        pass


def ids_of(found: list[Neighbour]) -> list[int]:
    return [photo_id for photo_id, _ in found]


@pytest.fixture
def vectors() -> VectorSet:
    filled = VectorSet(DIM)
    filled.put(np.arange(COUNT), random_rows(COUNT))
    return filled


@pytest.fixture
def built(vectors: VectorSet) -> Neighbours:
    neighbours = Neighbours(vectors)
    finish(neighbours)
    return neighbours


def recall(neighbours: Neighbours, vectors: VectorSet, k: int = 20) -> float:
    queries = random_rows(30, seed=5)
    exact = vectors.snapshot()
    hits = [len(set(exact.nearest(query, k)) & set(neighbours.nearest(query, k))) for query in queries]
    return sum(hits) / (k * len(queries))


def test_a_small_set_is_compared_exactly_and_never_indexed() -> None:
    vectors = VectorSet(DIM)
    vectors.put(range(500), random_rows(500))
    neighbours = Neighbours(vectors)
    assert list(neighbours.catch_up()) == []
    assert neighbours.pending == 0
    query = random_rows(1, seed=1)[0]
    assert neighbours.nearest(query, 30) == vectors.snapshot().nearest(query, 30)
    assert len(neighbours.nearest(query, 9999)) == 500


def test_an_empty_set_has_no_neighbours() -> None:
    assert Neighbours(VectorSet(DIM)).nearest(random_rows(1)[0], 10) == []


def test_a_large_set_is_answered_exactly_before_its_index_exists(vectors: VectorSet) -> None:
    neighbours = Neighbours(vectors)
    assert neighbours.pending == COUNT
    query = random_rows(1, seed=1)[0]
    assert neighbours.nearest(query, 30) == vectors.snapshot().nearest(query, 30)


def test_answers_from_the_index_carry_the_exact_scores(built: Neighbours, vectors: VectorSet) -> None:
    assert built.pending == 0
    assert recall(built, vectors) >= 0.98


def test_a_new_photo_is_found_at_once(built: Neighbours, vectors: VectorSet) -> None:
    newcomer = random_rows(1, seed=9)
    vectors.put([999_999], newcomer)
    assert built.pending == 1
    assert built.nearest(newcomer[0], 5)[0].photo_id == 999_999
    finish(built)
    assert built.pending == 0
    assert built.nearest(newcomer[0], 5)[0].photo_id == 999_999


def test_a_deleted_photo_disappears_at_once(built: Neighbours, vectors: VectorSet) -> None:
    query = vectors.vector(17)
    assert built.nearest(query, 1)[0].photo_id == 17
    vectors.remove([17])
    assert 17 not in ids_of(built.nearest(query, 50))
    assert len(built.nearest(query, 50)) == 50
    finish(built)
    assert 17 not in ids_of(built.nearest(query, 50))


def test_a_replaced_photo_is_found_at_its_new_place_only(built: Neighbours, vectors: VectorSet) -> None:
    old, new = vectors.vector(17), random_rows(1, seed=9)
    vectors.put([17], new)
    for _ in range(2):
        assert built.nearest(new[0], 1)[0].photo_id == 17
        assert built.nearest(old, 1)[0].photo_id != 17
        assert ids_of(built.nearest(new[0], 100)).count(17) == 1
        finish(built)


def test_answers_stay_complete_when_thousands_were_removed(built: Neighbours, vectors: VectorSet) -> None:
    vectors.remove(np.arange(0, COUNT, 2))
    query = random_rows(1, seed=1)[0]
    assert len(built.nearest(query, 300)) == 300
    assert all(photo_id % 2 for photo_id in ids_of(built.nearest(query, 300)))
    assert len(built.nearest(query, COUNT)) == COUNT // 2


def test_an_index_full_of_removed_photos_is_built_anew(vectors: VectorSet) -> None:
    neighbours = Neighbours(vectors)
    vectors.put(np.arange(COUNT, 2 * COUNT), random_rows(COUNT, seed=3))
    finish(neighbours)
    vectors.remove(np.arange(4_000))
    steps = list(neighbours.catch_up(threads=2))
    assert steps[-1].total == len(vectors)
    assert list(neighbours.catch_up()) == []
    assert recall(neighbours, vectors) >= 0.98


def test_a_build_that_was_stopped_goes_on_where_it_stopped(vectors: VectorSet) -> None:
    neighbours = Neighbours(vectors)
    building = neighbours.catch_up(threads=2)
    for step in building:
        if step.done >= 4000:
            break
    building.close()
    assert neighbours.pending == COUNT - step.done
    assert recall(neighbours, vectors) >= 0.98
    finish(neighbours)
    assert neighbours.pending == 0
    assert recall(neighbours, vectors) >= 0.98


def test_thousands_of_equal_photos_still_give_complete_answers() -> None:
    vectors = VectorSet(DIM)
    vectors.put(np.arange(COUNT), np.tile(random_rows(1), (COUNT, 1)))
    neighbours = Neighbours(vectors)
    finish(neighbours)
    assert len(neighbours.nearest(vectors.vector(0), 1500)) == 1500


def test_searching_during_indexing_gives_complete_answers(vectors: VectorSet) -> None:
    neighbours = Neighbours(vectors)
    query, failures = vectors.vector(17), []
    expected = vectors.snapshot().nearest(query, 10)
    answered = threading.Semaphore(0)

    def index_all() -> None:
        try:
            for _ in neighbours.catch_up(threads=2):
                # However busy the machine is, there are searches beside every step.
                answered.acquire()
        except Exception as error:  # the main thread reports it
            failures.append(error)

    indexing = threading.Thread(target=index_all, daemon=True)
    indexing.start()
    answers = 0
    while indexing.is_alive():
        found = neighbours.nearest(query, 10)
        assert found[0] == expected[0]
        assert len(found) == 10
        answers += 1
        answered.release()
    indexing.join()
    assert failures == []
    assert answers > 10


def test_a_loaded_index_answers_as_before(built: Neighbours, vectors: VectorSet, tmp_path: Path) -> None:
    seal = built.save(tmp_path / "neighbours")
    assert seal is not None
    loaded = Neighbours.load(vectors, tmp_path / "neighbours", seal)
    assert loaded.pending == 0
    query = random_rows(1, seed=1)[0]
    assert loaded.nearest(query, 30) == built.nearest(query, 30)
    # What was measured is kept, so that the next search is as narrow.
    assert loaded.save(tmp_path / "again") == seal


def test_a_search_is_as_wide_as_the_vectors_call_for(built: Neighbours, tmp_path: Path) -> None:
    apart = np.random.default_rng(3).standard_normal((COUNT, 6 * DIM)).astype(np.float32)
    apart /= np.linalg.norm(apart, axis=1, keepdims=True)
    scattered = VectorSet(6 * DIM)
    scattered.put(np.arange(COUNT), apart)
    hard = Neighbours(scattered)
    finish(hard)
    easy_seal, hard_seal = built.save(tmp_path / "easy"), hard.save(tmp_path / "hard")
    assert easy_seal is not None
    assert hard_seal is not None
    assert easy_seal.breadth < hard_seal.breadth
    assert easy_seal.measured == hard_seal.measured == COUNT
    exact = scattered.snapshot()
    found = [len(set(exact.nearest(query, 100)) & set(hard.nearest(query, 100))) for query in apart[:10]]
    assert sum(found) >= 0.98 * 1_000


def test_without_an_index_there_is_nothing_to_save(tmp_path: Path) -> None:
    assert Neighbours(VectorSet(DIM)).save(tmp_path / "neighbours") is None
    assert list(tmp_path.iterdir()) == []


def test_an_index_older_than_the_library_is_brought_up_to_date(
    built: Neighbours, vectors: VectorSet, tmp_path: Path
) -> None:
    seal = built.save(tmp_path / "neighbours")
    assert seal is not None
    newer = VectorSet(DIM)
    rows = random_rows(COUNT)
    rows[100:110] = random_rows(10, seed=7)  # edited
    keep = np.ones(COUNT, bool)
    keep[200:220] = False  # deleted
    newer.put(np.arange(COUNT)[keep], rows[keep])
    newer.put([777_777], random_rows(1, seed=8))  # new
    loaded = Neighbours.load(newer, tmp_path / "neighbours", seal)
    assert loaded.pending == 11
    assert newer.ids.tolist() == [*np.flatnonzero(keep).tolist(), 777_777]  # others rely on the order of `put`
    for _ in range(2):
        assert loaded.nearest(newer.vector(105), 1)[0].photo_id == 105
        assert loaded.nearest(newer.vector(777_777), 1)[0].photo_id == 777_777
        assert set(range(200, 220)).isdisjoint(ids_of(loaded.nearest(rows[205], 100)))
        assert recall(loaded, newer) >= 0.98
        finish(loaded)
    assert loaded.pending == 0


def test_catching_up_with_an_older_index_may_stop_at_any_step(
    built: Neighbours, vectors: VectorSet, tmp_path: Path
) -> None:
    seal = built.save(tmp_path / "neighbours")
    assert seal is not None
    newer, rows = VectorSet(DIM), random_rows(COUNT)
    edited = np.arange(0, COUNT, 30)
    rows[edited] = random_rows(len(edited), seed=7)
    newer.put(np.arange(COUNT), rows)
    newer.put(np.arange(COUNT, COUNT + 100), random_rows(100, seed=8))
    loaded = Neighbours.load(newer, tmp_path / "neighbours", seal)
    pending = len(edited) + 100
    assert loaded.pending == pending
    while pending:
        step = next(loaded.catch_up())
        assert step.done > 0
        pending -= step.done
        assert loaded.pending == pending
        for photo_id in (0, 30, COUNT - 30, COUNT + 99):
            assert loaded.nearest(newer.vector(photo_id), 3)[0].photo_id == photo_id
    assert recall(loaded, newer) >= 0.98


def test_an_index_of_another_library_is_refused(built: Neighbours, tmp_path: Path) -> None:
    seal = built.save(tmp_path / "neighbours")
    assert seal is not None
    other = VectorSet(DIM)
    other.put(np.arange(COUNT), random_rows(COUNT, seed=11))
    with pytest.raises(IndexDamagedError, match="right about only 0"):
        Neighbours.load(other, tmp_path / "neighbours", seal)
