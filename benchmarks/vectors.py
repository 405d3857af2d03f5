"""What exact scoring and the neighbour index cost, each against the plain alternative in the same run.

    python benchmarks/vectors.py [--photos 100000] [--dims 512 1010] [--index]

Ratios carry over between machines, milliseconds don't. `--index` also builds the HNSW graph (about a minute for
100,000 photos of 512 values on two cores).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from targets import tell

from clipview.core.vectors import NeighbourIndex, Neighbours, VectorSet

TERMS = 3
"""A query with a text, a picture and a minus."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--dims", type=int, nargs="+", default=[512, 1010])
    parser.add_argument("--index", action="store_true")
    arguments = parser.parse_args()
    for dim in arguments.dims:
        rows = clustered_rows(arguments.photos, dim)
        print(f"\n{arguments.photos:,} photos x {dim}")
        vectors = VectorSet(dim, arguments.photos)
        started = time.perf_counter()
        for start in range(0, len(rows), 10_000):
            vectors.put(np.arange(start, min(start + 10_000, len(rows))), rows[start : start + 10_000])
        print(f"  filling the set from float16                {time.perf_counter() - started:8.2f} s")
        measure_scores(vectors, rows)
        if arguments.index:
            measure_index(vectors)
    measure_packed(arguments.photos)


def measure_scores(vectors: VectorSet, rows: NDArray[np.float16]) -> None:
    matrix, queries = vectors.matrix, vectors.matrix[:TERMS].copy()
    for count in (1, TERMS):
        some = queries[:count]
        ours = median_ms(lambda some=some: vectors.scores(some))
        product = median_ms(lambda some=some: matrix @ some.T)
        half = median_ms(lambda some=some: half_scores(rows, some), times=3)
        print(f"  scores, {count} term(s), bit for bit repeatable     {ours:8.1f} ms")
        print(f"    one matrix product, order-dependent       {product:8.1f} ms  {product / ours:5.2f}x of ours")
        print(f"    float16 rows, converted block by block    {half:8.1f} ms  {half / ours:5.2f}x of ours")
    exact = median_ms(lambda: vectors.snapshot().nearest(queries[0], 100))
    print(f"  the 100 nearest, exactly                    {exact:8.1f} ms")


def measure_packed(photos: int, dim: int = 1010, kept: int = 19) -> None:
    """Compare rows that are mostly zeros with the same number of full ones."""
    random = np.random.default_rng(0)
    rows = np.zeros((photos, dim), np.float16)
    np.put_along_axis(rows, random.integers(0, dim, (photos, kept)), random.random((photos, kept)) + 0.1, axis=1)
    packed, full = VectorSet(dim, photos), VectorSet(dim, photos)
    packed.put(np.arange(photos), rows)
    full.put(np.arange(photos), np.full((photos, dim), 0.5, np.float16))
    queries = full.matrix[:4].copy()
    print(f"\n{photos:,} photos x {dim}, {kept} values of each not zero")
    for count in (1, 4):
        ours = median_ms(lambda some=queries[:count]: packed.scores(some))
        plain = median_ms(lambda some=queries[:count]: full.scores(some))
        print(f"  scores without the zeros, {count} term(s)         {ours:8.1f} ms")
        print(f"    with them                                 {plain:8.1f} ms  {plain / ours:5.2f}x of ours")


def measure_index(vectors: VectorSet) -> None:
    neighbours = Neighbours(vectors)
    started = time.perf_counter()
    for _ in neighbours.catch_up(threads=2):
        pass
    print(f"  building the index on two threads           {time.perf_counter() - started:8.1f} s")
    snapshot = vectors.snapshot()
    random = np.random.default_rng(1)
    queries = snapshot.matrix[random.integers(0, len(snapshot), 100)]
    exact = [{found.photo_id for found in snapshot.nearest(query, 100)} for query in queries]
    exact_ms = median_ms(lambda: snapshot.nearest(queries[0], 100))
    for ef in (256, None, 1024):
        times, found = [], 0
        for query, true in zip(queries, exact, strict=True):
            started = time.perf_counter()
            answer = neighbours.nearest(query, 100, ef)
            times.append(time.perf_counter() - started)
            found += len(true.intersection(photo_id for photo_id, _ in answer))
        ours = float(np.median(times)) * 1e3
        recall = found / (100 * len(queries))
        breadth = "as ClipView does" if ef is None else f"ef {ef}"
        print(f"  the 100 nearest by index, {breadth:<17} {ours:8.1f} ms  {exact_ms / ours:5.2f}x")
        print(f"    recall {recall:.3f}")
        if ef is None:
            tell("similar-recall", recall, f"{len(snapshot):,} photos")
            tell("similar-ms", ours, f"exact {exact_ms:.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "neighbours"
        started = time.perf_counter()
        seal = neighbours.save(path)
        taken, size_mb = time.perf_counter() - started, path.stat().st_size // 1_000_000
        print(f"  saving it, {size_mb} MB                          {taken:8.2f} s")
        if seal is None:
            return
        started = time.perf_counter()
        NeighbourIndex.load(path, seal, vectors.dim)
        print(f"  loading it, checksum verified               {time.perf_counter() - started:8.2f} s")
        started = time.perf_counter()
        Neighbours.load(vectors, path, seal)
        print(f"    and compared with every vector            {time.perf_counter() - started:8.2f} s")


def half_scores(rows: NDArray[np.float16], queries: NDArray[np.float32], step: int = 512) -> NDArray[np.float32]:
    scores = np.empty((len(rows), len(queries)), np.float32)
    buffer = np.empty((step, rows.shape[1]), np.float32)
    for start in range(0, len(rows), step):
        block = buffer[: len(rows[start : start + step])]
        np.copyto(block, rows[start : start + step])
        # One dot a row, as in ours: BLAS's threads lose far more on products as small as these.
        for number, query in enumerate(queries):
            scores[start : start + step, number] = np.matmul(block[:, np.newaxis, :], query[:, np.newaxis])[:, 0, 0]
    return scores


def clustered_rows(count: int, dim: int) -> NDArray[np.float16]:
    """Return vectors that crowd around 500 subjects, as photos do."""
    random = np.random.default_rng(0)
    centres = random.standard_normal((500, dim), dtype=np.float32)
    rows = np.empty((count, dim), np.float16)
    for start in range(0, count, 10_000):
        block = random.standard_normal((min(10_000, count - start), dim), dtype=np.float32)
        block += centres[random.integers(0, len(centres), len(block))]
        block /= np.linalg.norm(block, axis=1, keepdims=True)
        rows[start : start + len(block)] = block
    return rows


def median_ms(work: Callable[[], object], times: int = 7) -> float:
    work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return float(np.median(taken)) * 1e3


if __name__ == "__main__":
    main()
