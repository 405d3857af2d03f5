"""What marks (more like this, less like this) do to a ranking, in which space they work best, and what they cost.

    python benchmarks/feedback.py FOLDER [--queries FILE.toml] [--model NAME]

A simulated person wants the photos of one judged query, but has asked vaguely: for that query or another one. Or has
asked for nothing, and begins by marking one photo that fits. They look at ten photos at the top that they have not
marked, mark one of them as what it is, and go on. Reported is the mean average precision of what is not marked yet, so
that marking photos can't by itself improve it. The second table times the marks in a library of 100,000 made-up photos.
FOLDER and the file of queries are those of benchmarks/relevance.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipview.config import places
from clipview.core import feedback
from clipview.core.library import Library
from clipview.core.relevance import Strengths
from clipview.core.term_scores import PhotoVectors
from clipview.core.types import Query, TextTerm
from clipview.core.vectors import VectorSet

COUNTS = (0, 1, 2, 4, 8, 12)
WISHES = 40
NEVER = 10**9

Rank = Callable[[Strengths | None, list[int], list[int]], Strengths]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=Path, default=Path(__file__).with_name("queries_imagenet_samples.toml"))
    parser.add_argument("--model", default="starter")
    options = parser.parse_args()
    with options.queries.open("rb") as file:
        judged = tomllib.load(file)["query"]
    with tempfile.TemporaryDirectory() as home, Library.open(places(Path(home)), write=True) as library:
        for _ in library.scan([options.folder], model=options.model):
            pass
        measure(library, judged)
    cost()
    return 0


def measure(library: Library, judged: list) -> None:  # type: ignore[type-arg]
    searcher = library.refresh().searcher
    vectors = searcher.vectors
    assert vectors is not None
    ids = vectors.search.ids
    names = searcher.names(ids.tolist())
    texts, relevant = [], []
    for each in judged:
        fits = np.array([names[photo_id].stem in each["relevant"] for photo_id in ids.tolist()])
        if np.count_nonzero(fits) >= 4:
            # More photos than hits would be cut: here every photo's strength counts.
            ranking = library.rank(Query((TextTerm(each["text"]),), include_weak=True))
            strengths = np.empty(len(ids))
            strengths[np.argsort(ids)] = ranking.strengths[np.argsort(ranking.ids)]
            texts.append(strengths)
            relevant.append(fits)
    if len(texts) < 2:
        sys.exit("Too few of the judged photos are in this folder: give a file of queries that fits it with --queries.")
    head = " ".join(f"{count:>6}" for count in COUNTS)
    for title, vague in (("asked vaguely", True), ("asked nothing", False)):
        print(f"\n{title}: mean average precision after this many marks\n{'':34} {head}")
        for name, rank in ways(vectors).items():
            found = simulate(rank, ids, texts, relevant, vague=vague)
            print(f"{name:34} " + " ".join(f"{value:6.3f}" for value in found))


def ways(vectors: PhotoVectors) -> dict[str, Rank]:
    def marked(space: str, probe_from: int) -> Rank:
        def rank(strengths: Strengths | None, more: list[int], less: list[int]) -> Strengths:
            before, feedback.PROBE_FROM = feedback.PROBE_FROM, probe_from  # type: ignore[misc]
            try:
                return feedback.with_marks(strengths, getattr(vectors, space), more, less)
            finally:
                feedback.PROBE_FROM = before  # type: ignore[misc]

        return rank

    return {
        "words alone": lambda strengths, _more, _less: (
            np.zeros(len(vectors.search)) if strengths is None else strengths
        ),
        "search vectors, Rocchio": marked("search", NEVER),
        "search vectors, probe from 2": marked("search", 2),
        f"search vectors, probe from {feedback.PROBE_FROM}": marked("search", feedback.PROBE_FROM),
        "similar vectors, Rocchio": marked("similar", NEVER),
        f"similar vectors, probe from {feedback.PROBE_FROM}": marked("similar", feedback.PROBE_FROM),
    }


def simulate(
    rank: Rank, ids: NDArray[np.int64], texts: list[Strengths], relevant: list[NDArray[np.bool_]], *, vague: bool
) -> list[float]:
    found: dict[int, list[float]] = {count: [] for count in COUNTS}
    wishes = np.random.default_rng(7)
    for wish in range(WISHES):
        wanted, other = wishes.choice(len(texts), 2, replace=False)
        fits = relevant[wanted]
        said = np.maximum(texts[wanted], texts[other]) if vague else None
        choices = np.random.default_rng(wish)
        more: list[int] = []
        less: list[int] = []
        now = rank(said, more, less)
        for count in range(COUNTS[-1] + 1):
            if count:
                open_ = ~np.isin(ids, more + less)
                order = [place for place in np.argsort(-now, kind="stable") if open_[place]]
                seen = np.flatnonzero(fits) if count == 1 and not vague else order[:10]
                place = int(choices.choice(seen))
                (more if fits[place] else less).append(int(ids[place]))
                now = rank(said, more, less)
            if count in COUNTS:
                open_ = ~np.isin(ids, more + less)
                if fits[open_].any():
                    found[count].append(average_precision(now[open_], fits[open_]))
    return [float(np.mean(found[count])) for count in COUNTS]


def average_precision(strengths: Strengths, fits: NDArray[np.bool_]) -> float:
    """Return the mean of the precisions at each photo that fits (Manning et al. 2008, 8.4)."""
    ordered = fits[np.argsort(-strengths, kind="stable")]
    return float((np.cumsum(ordered) / np.arange(1, len(ordered) + 1))[ordered].mean())


def cost(photos: int = 100_000, dim: int = 512) -> None:
    """Print what marks cost beside scoring one vector, which a query of one term does anyway."""
    random = np.random.default_rng(1)
    vectors = VectorSet(dim, photos)
    for start in range(0, photos, 10_000):
        part = random.standard_normal((10_000, dim), np.float32)
        vectors.put(range(start + 1, start + 10_001), part / np.linalg.norm(part, axis=1, keepdims=True))
    snapshot = vectors.snapshot()
    strengths = random.standard_normal(photos) * 20
    one = median_ms(lambda: snapshot.scores(snapshot.matrix[:1]))
    print(f"\n{photos:,} photos of {dim} values: scoring one vector is 1.00 ({one:.1f} ms on this machine)")
    for marks in (1, 5, 20, 100):
        more, less = list(range(1, marks + 1, 2)), list(range(2, marks + 1, 2))
        whole = median_ms(lambda: feedback.with_marks(strengths, snapshot, more, less))  # noqa: B023
        print(f"  {marks:>3} marks: {whole / one:.2f} ({whole - one:+.1f} ms beyond the scoring)")


def median_ms(work: Callable[[], object], times: int = 9) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return float(np.median(spent))


if __name__ == "__main__":
    sys.exit(main())
