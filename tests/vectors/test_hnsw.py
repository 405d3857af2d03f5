from __future__ import annotations

import os
import resource
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from clipview.core.errors import NoSpaceError
from clipview.core.vectors import IndexDamagedError, IndexSeal, NeighbourIndex, VectorSet


def clustered_rows(count: int, dim: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    centres = random.standard_normal((200, dim))
    rows = centres[random.integers(0, 200, count)] + 0.7 * random.standard_normal((count, dim))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def index_of(rows: np.ndarray) -> NeighbourIndex:
    index = NeighbourIndex(rows.shape[1], len(rows))
    for _ in index.build(np.arange(len(rows)), rows, threads=2):
        pass
    return index


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return clustered_rows(2_000, 32)


def test_recall_of_the_hundred_nearest_among_twenty_thousand_is_at_least_098() -> None:
    rows, queries = clustered_rows(20_000, 64), clustered_rows(100, 64, seed=1)
    exact = VectorSet(64)
    exact.put(np.arange(len(rows)), rows)
    index = index_of(rows)
    snapshot = exact.snapshot()
    found = 0
    for query in queries:
        true = {photo_id for photo_id, _ in snapshot.nearest(query, 100)}
        found += len(true & {photo_id for photo_id, _ in index.nearest(query, 100)})
    assert found / (100 * len(queries)) >= 0.98


def test_building_tells_how_far_it_is(rows: np.ndarray) -> None:
    steps = list(NeighbourIndex(32).build(np.arange(300), rows[:300]))
    assert [step.done for step in steps] == sorted({step.done for step in steps})
    assert steps[-1].done == steps[-1].total == 300


def test_asking_for_more_photos_than_exist_gives_all_of_them(rows: np.ndarray) -> None:
    index = index_of(rows[:40])
    assert len(index.nearest(rows[0], 1000)) == 40
    assert len(index.nearest(rows[0], 40, ef=1)) == 40
    assert index.nearest(rows[0], 0) == []
    assert NeighbourIndex(32).nearest(rows[0], 5) == []


def test_removed_photos_are_never_found_even_when_all_are_gone(rows: np.ndarray) -> None:
    index = index_of(rows[:50])
    index.remove([0, 1, 2, 777])
    index.remove([0])
    assert sorted(photo_id for photo_id, _ in index.nearest(rows[0], 50)) == list(range(3, 50))
    assert (len(index), index.waste) == (47, 3)
    index.remove(range(50))
    assert index.nearest(rows[0], 5) == []


def test_a_removed_photo_that_comes_back_is_found_at_its_new_place(rows: np.ndarray) -> None:
    index = index_of(rows[:50])
    index.remove([7])
    index.add(np.array([7]), rows[1000:1001])
    nearest = index.nearest(rows[1000], 1)[0]
    assert nearest.photo_id == 7
    assert nearest.cosine == pytest.approx(1, abs=1e-5)
    assert (len(index), index.waste) == (50, 0)


def test_replacing_many_vectors_keeps_recall(rows: np.ndarray) -> None:
    index = index_of(rows)
    turned = np.roll(rows, 1, axis=0)
    index.add(np.arange(1000), turned[:1000])
    exact = VectorSet(32)
    exact.put(np.arange(2000), np.concatenate([turned[:1000], rows[1000:]]))
    snapshot = exact.snapshot()
    found = 0
    for query in rows[::50]:
        true = {photo_id for photo_id, _ in snapshot.nearest(query, 20)}
        found += len(true & {photo_id for photo_id, _ in index.nearest(query, 20)})
    assert found / (20 * 40) >= 0.98


def test_thousands_of_equal_vectors_do_not_break_a_search() -> None:
    index = index_of(np.tile(np.eye(1, 8, dtype=np.float32), (3000, 1)))
    found = index.nearest(np.eye(1, 8, dtype=np.float32)[0], 2000)
    assert found
    assert all(cosine == pytest.approx(1) for _, cosine in found)


def test_equal_distances_come_in_the_order_of_ids() -> None:
    index = NeighbourIndex(2)
    index.add(np.array([9, 4, 7]), np.tile(np.array([[1, 0]], np.float32), (3, 1)))
    assert [photo_id for photo_id, _ in index.nearest(np.array([1, 0], np.float32), 3)] == [4, 7, 9]


def test_vectors_of_the_wrong_length_are_refused(rows: np.ndarray) -> None:
    index = index_of(rows[:5])
    with pytest.raises(ValueError, match="shape"):
        index.add(np.array([1]), np.zeros((1, 31), np.float32))
    with pytest.raises(ValueError, match="shape"):
        index.nearest(np.zeros(31, np.float32), 1)


def test_searching_while_another_thread_adds_is_safe(rows: np.ndarray) -> None:
    index = index_of(rows[:500])
    refused = 0
    adding = threading.Thread(target=lambda: [None for _ in index.build(np.arange(500, 2000), rows[500:])])
    adding.start()
    while adding.is_alive():
        found = index.nearest_unless_busy(rows[0], 10)
        if found is None:
            refused += 1
        else:
            assert found[0].photo_id == 0
    adding.join()
    assert index.nearest(rows[1999], 1)[0].photo_id == 1999


def test_a_saved_index_answers_as_before(rows: np.ndarray, tmp_path: Path) -> None:
    index = index_of(rows)
    path = tmp_path / "neighbours"
    seal = index.save(path)
    assert (seal.dim, seal.count, seal.size_bytes) == (32, 2000, path.stat().st_size)
    loaded = NeighbourIndex.load(path, seal, 32)
    for query in rows[::400]:
        assert loaded.nearest(query, 50) == index.nearest(query, 50)
    loaded.add(np.array([5000]), rows[:1])
    assert len(loaded) == 2001
    assert list(tmp_path.iterdir()) == [path]


def test_the_vectors_of_a_saved_index_can_be_read_without_it(rows: np.ndarray, tmp_path: Path) -> None:
    index = index_of(rows[:300])
    index.remove([3])
    index.add(np.array([8]), rows[1000:1001])
    seal = index.save(tmp_path / "neighbours")
    ids, vectors = NeighbourIndex.saved_vectors(tmp_path / "neighbours", seal)
    expected = rows[:300].copy()
    expected[8] = rows[1000]
    assert np.array_equal(vectors[np.argsort(ids)], expected)
    with pytest.raises(IndexDamagedError, match="laid out"):
        NeighbourIndex.saved_vectors(tmp_path / "neighbours", replace(seal, dim=31))


def test_saving_keeps_removed_photos_out_of_the_answers(rows: np.ndarray, tmp_path: Path) -> None:
    index = index_of(rows[:100])
    index.remove([0])
    index.save(tmp_path / "neighbours")
    assert 0 not in {photo_id for photo_id, _ in index.nearest(rows[0], 100)}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux folders may have names that are no text")
def test_an_index_can_live_in_a_folder_whose_name_is_not_utf8(rows: np.ndarray, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/photos-\xe9"))
    folder.mkdir()
    seal = index_of(rows[:50]).save(folder / "neighbours")
    assert len(NeighbourIndex.load(folder / "neighbours", seal, 32)) == 50


@pytest.fixture
def saved(rows: np.ndarray, tmp_path: Path) -> tuple[Path, IndexSeal]:
    path = tmp_path / "neighbours"
    return path, index_of(rows[:200]).save(path)


def test_a_missing_index_file_is_reported_as_damaged(saved: tuple[Path, IndexSeal]) -> None:
    path, seal = saved
    path.unlink()
    with pytest.raises(IndexDamagedError):
        NeighbourIndex.load(path, seal, 32)


def test_a_truncated_index_file_is_reported_as_damaged(saved: tuple[Path, IndexSeal]) -> None:
    path, seal = saved
    os.truncate(path, seal.size_bytes // 2)
    with pytest.raises(IndexDamagedError):
        NeighbourIndex.load(path, seal, 32)


@pytest.mark.parametrize("position", [0, 40, 5000, -1])
def test_one_changed_byte_is_reported_as_damage(saved: tuple[Path, IndexSeal], position: int) -> None:
    path, seal = saved
    content = bytearray(path.read_bytes())
    content[position] ^= 0x10
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError):
        NeighbourIndex.load(path, seal, 32)


def test_a_seal_of_other_vectors_or_another_version_is_reported_as_damage(saved: tuple[Path, IndexSeal]) -> None:
    path, seal = saved
    for wrong, dim in ((seal, 64), (replace(seal, space="l2"), 32), (replace(seal, library="hnswlib 0.1"), 32)):
        with pytest.raises(IndexDamagedError):
            NeighbourIndex.load(path, wrong, dim)


def test_an_index_that_does_not_fit_on_the_disk_leaves_the_old_one_in_place(
    rows: np.ndarray, saved: tuple[Path, IndexSeal]
) -> None:
    path, seal = saved
    larger = index_of(rows)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (seal.size_bytes, hard))
    try:
        with pytest.raises(NoSpaceError, match="neighbours could be written"):
            larger.save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(path.parent.iterdir()) == [path]
    assert len(NeighbourIndex.load(path, seal, 32)) == 200


def test_saving_into_a_missing_folder_says_so(rows: np.ndarray, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        index_of(rows[:5]).save(tmp_path / "gone" / "neighbours")
