"""What filters, further terms and putting in order cost, each against scoring every photo in the same run.

    python benchmarks/filters.py [--photos 100000]

Ratios carry over between machines, milliseconds don't.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from clipview.core import query_syntax, relevance
from clipview.core.photo_table import PhotoTable
from clipview.core.search import Searcher
from clipview.core.store import FileColumns
from clipview.core.term_scores import PhotoVectors, QueryVector
from clipview.core.types import Query, Sort, Term, TextTerm
from clipview.core.vectors import VectorSet

_DIM = 512
_TIMES = 9
_WRITTEN = (
    "type:png", "is:portrait", 'camera:"camera 3"', "has:place", "in:2013", '"IMG_00223"', '"holiday"',
    "after:2012 before:2015", 'in:2013 type:png is:portrait camera:"camera 3" -"holiday" has:place after:2000',
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--photos", type=int, default=100_000)
    photos = parser.parse_args().photos
    random = np.random.default_rng(1)
    rows = random.standard_normal((photos, _DIM), np.float32)
    vectors = VectorSet(_DIM, photos)
    vectors.put(np.arange(1, photos + 1), rows / np.linalg.norm(rows, axis=1, keepdims=True))
    table = PhotoTable(_columns(photos, random))
    table.prepare()
    snapshot = vectors.snapshot()
    calibration = relevance.calibrate(
        vectors.pick(range(1, 1001)), vectors.pick(range(1, 501)), snapshot.matrix[-300:], None
    )
    searcher = Searcher(table, PhotoVectors("benchmark", snapshot, snapshot, calibration))

    def encode(term: Term) -> QueryVector:
        assert isinstance(term, TextTerm)
        return QueryVector(vectors.vector(1 + int(term.text)), against_similar=False)

    numbers = itertools.count(1)

    def ask(*weights: float, new: int) -> None:
        """Ask for as many terms as there are weights, the last `new` of which were never asked before."""
        old = [TextTerm(str(number), weight) for number, weight in enumerate(weights[: len(weights) - new])]
        fresh = [TextTerm(str(next(numbers) % photos), weight) for weight in weights[len(weights) - new :]]
        searcher.rank(Query((*old, *fresh)), encode)

    one = _ms(lambda: ask(1.0, new=1))
    print(f"{photos:,} photos x {_DIM}: one description {one:6.1f} ms")
    four = (1.0, -1.0, 1.0, -1.0)
    for new in (1, 4, 0):
        several = _ms(lambda new=new: ask(*four, new=new))
        print(f"  four terms, {new} of them new  {several:6.1f} ms  {several / one:5.2f}x")
    everything, strengths = np.ones(photos, np.bool_), random.standard_normal(photos) * 20
    age = random.permutation(photos)
    in_order = _ms(lambda: table.ordered(everything, Sort.BEST, strengths))
    by_two_keys = _ms(lambda: np.lexsort((age, -strengths)))
    print(f"  all in order, best first   {in_order:6.1f} ms  {in_order / one:5.2f}x")
    print(f"  rows sorted by two keys    {by_two_keys:6.1f} ms, {by_two_keys / in_order:.1f} times as long")
    for written in _WRITTEN:
        filters = query_syntax.query_of(query_syntax.parse(written), date(2020, 1, 1)).filters
        cost = _ms(lambda filters=filters: table.mask(filters))
        passed = int(np.count_nonzero(table.mask(filters)))
        print(f"  {cost:6.2f} ms  {cost / one:5.2f}x  {passed:7,} pass  {written}")


def _columns(photos: int, random: np.random.Generator) -> FileColumns:
    numbers = range(photos)
    return FileColumns(
        photo_ids=np.arange(1, photos + 1),
        paths=[b"/photos/%d/%03d trip/IMG_%07d.jpg" % (2010 + n % 10, n // 500, n) for n in numbers],
        dates_s=random.integers(1_262_304_000, 1_577_836_800, photos),
        taken=np.ones(photos, np.bool_),
        colours=np.zeros(photos, np.uint32),
        formats=["PNG" if n % 7 == 0 else "JPEG" for n in numbers],
        cameras=[f"Camera {n % 30}" for n in numbers],
        sides_px=random.integers(500, 5000, (photos, 2), np.int32),
        placed=np.arange(photos) % 3 == 0,
        texts=["A caption\nsea\nholiday" if n % 2 else "" for n in numbers],
    )


def _ms(run: Callable[[], object]) -> float:
    times = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        run()
        times.append((time.perf_counter() - started) * 1000)
    return float(np.median(times))


if __name__ == "__main__":
    main()
