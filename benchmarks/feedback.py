"""What marks (more like this, less like this) do to a ranking, in which space they work best, and what they cost.

    python benchmarks/feedback.py FOLDER [--queries FILE.toml] [--model NAME]

Reported is always about photos that are not marked yet, so that marking photos can't by itself improve it.

*A mixed folder*: of two disjoint judged queries some photos of the one are marked as wanted, some of the other as
unwanted, drawn at random. The words asked for both, or there are no words. All pairs of queries with enough photos.

*A simulated person* wants the photos of one judged query, but has asked vaguely: for that query or another one. Or has
asked for nothing, and begins by marking one photo that fits. They look at ten photos at the top that they have not
marked, mark one of them as what it is, and go on.

*Bands*: what is called strong and possible by marks alone. The last table times the marks in a library of 100,000
made-up photos. FOLDER and the file of queries are those of benchmarks/relevance.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipview.config import places
from clipview.core import feedback
from clipview.core.features import Measured
from clipview.core.feedback import Feedback
from clipview.core.library import Library
from clipview.core.neutral import NeutralScores
from clipview.core.relevance import POSSIBLE_FROM, STRONG_FROM, Strengths, calibrate
from clipview.core.term_scores import PhotoVectors
from clipview.core.types import Paperwork, Query, TextTerm
from clipview.core.vectors import VectorSet, VectorSnapshot

COUNTS = (0, 1, 2, 3, 5, 8, 10, 15)
MARKED_AS = "+-++-+-++-++-+-"
"""Three wanted and two unwanted after five marks."""
LEFT_OVER = 2
"""Photos of each query that stay unmarked."""
DRAWS = 2
WISHES = 40
NEVER = 10**9

Rank = Callable[[Strengths | None, list[int], list[int]], Strengths]
"""Strengths by words, ids of wanted photos, ids of unwanted ones: strengths."""


@dataclass(frozen=True)
class Judged:
    """What words say of all photos, and which of them they mean."""

    strengths: Strengths
    relevant: NDArray[np.bool_]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=Path, default=Path(__file__).with_name("queries_imagenet_samples.toml"))
    parser.add_argument("--model", default="starter")
    options = parser.parse_args()
    with options.queries.open("rb") as file:
        queries = tomllib.load(file)["query"]
    with tempfile.TemporaryDirectory() as home, Library.open(places(Path(home)), write=True) as library:
        for _ in library.scan([options.folder], model=options.model):
            pass
        measure(library, queries)
    cost()
    return 0


def measure(library: Library, queries: list) -> None:  # type: ignore[type-arg]
    searcher = library.refresh().searcher
    vectors = searcher.vectors
    assert vectors is not None
    ids = vectors.search.ids
    names = searcher.names(ids.tolist())
    judged = []
    for each in queries:
        fits = np.array([names[photo_id].stem in each["relevant"] for photo_id in ids.tolist()])
        if np.count_nonzero(fits) >= 4:
            # More photos than hits would be cut: here every photo's strength counts.
            asked = Query((TextTerm(each["text"]),), include_weak=True, paperwork=Paperwork.SHOW)
            ranking = library.rank(asked)
            strengths = np.empty(len(ids))
            strengths[np.argsort(ids)] = ranking.strengths[np.argsort(ranking.ids)]
            judged.append(Judged(strengths, fits))
    if len(judged) < 2:
        sys.exit("Too few of the judged photos are in this folder: give a file of queries that fits it with --queries.")
    mixed_folders(vectors, judged)
    simulated_person(vectors, judged)
    bands(vectors, judged)


def ways(vectors: PhotoVectors) -> dict[str, Rank]:
    def shipped(probe_from: int) -> Rank:
        marks = Feedback(vectors)

        def rank(strengths: Strengths | None, more: list[int], less: list[int]) -> Strengths:
            before, feedback.PROBE_FROM = feedback.PROBE_FROM, probe_from  # type: ignore[misc]
            try:
                return marks.with_marks(strengths, more, less)
            finally:
                feedback.PROBE_FROM = before  # type: ignore[misc]

        return rank

    return {
        "Rocchio, search vectors": plain_rocchio(vectors.search),
        "Rocchio, vectors for looks": plain_rocchio(vectors.similar),
        "ClipView, Rocchio throughout": shipped(NEVER),
        "ClipView, regression throughout": shipped(0),
        f"ClipView, regression from {feedback.PROBE_FROM}": shipped(feedback.PROBE_FROM),
    }


def plain_rocchio(vectors: VectorSnapshot, points: float = 15.0) -> Rank:
    """Return what to compare with: the means of the marked photos' vectors, and a fixed weight beside the words."""
    matrix = vectors.matrix

    def rank(strengths: Strengths | None, more: list[int], less: list[int]) -> Strengths:
        wanted, unwanted = np.isin(vectors.ids, more), np.isin(vectors.ids, less)
        toward = np.zeros(vectors.dim)
        toward += matrix[wanted].mean(axis=0) if more else 0
        toward -= matrix[unwanted].mean(axis=0) if less else 0
        along = matrix @ toward
        others = along[~wanted & ~unwanted]
        said = 0.0 if strengths is None else np.clip(strengths, -50, 120)
        result: Strengths = said + points * (along - others.mean()) / max(float(others.std()), 1e-6)
        return result

    return rank


def mixed_folders(vectors: PhotoVectors, judged: list[Judged]) -> None:
    """Print where the other photos of both kinds stand, and how well the wanted ones are ranked."""
    ids = vectors.search.ids
    pairs = [(one, other) for one, other in permutations(judged, 2) if not (one.relevant & other.relevant).any()]
    for title, asked in (("words that ask for both kinds", True), ("no words", False)):
        print(f"\nA mixed folder of {len(ids)} photos, {title}: after this many marks")
        print(f"{'':34} " + " ".join(f"{count:>6}" for count in COUNTS))
        for name, rank in ways(vectors).items():
            rows: dict[int, list[list[float]]] = {count: [] for count in COUNTS}
            for (one, other), draw in ((pair, draw) for pair in pairs for draw in range(DRAWS)):
                said = np.maximum(one.strengths, other.strengths) if asked else None
                for count, more, less in draws(one, other, draw):
                    open_ = np.ones(len(ids), np.bool_)
                    open_[more + less] = False
                    before = np.zeros(len(ids)) if said is None else said
                    now = rank(said, ids[more].tolist(), ids[less].tolist()) if count else before
                    of = [one.relevant[open_], other.relevant[open_]]
                    rows[count].append([*figures(now[open_], *of), *figures(before[open_], *of)])
            found = {count: np.mean(rows[count], axis=0) for count in COUNTS if rows[count]}
            for column, what in enumerate(("average precision", "place of the other wanted", "of the other unwanted")):
                line(f"{name}: {what}" if column == 0 else f"    {what}", [found[count][column] for count in found])
        for column, what in enumerate(("words alone, same photos", "place of the wanted", "of the unwanted")):
            if asked:
                line(what if column == 0 else f"    {what}", [found[count][column + 3] for count in found])


def draws(one: Judged, other: Judged, seed: int) -> list[tuple[int, list[int], list[int]]]:
    """Return the places of marked photos for as many marks as there are photos for."""
    chance = np.random.default_rng(seed)
    left = {
        "+": chance.permutation(np.flatnonzero(one.relevant)).tolist(),
        "-": chance.permutation(np.flatnonzero(other.relevant)).tolist(),
    }
    marked: dict[str, list[int]] = {"+": [], "-": []}
    found: list[tuple[int, list[int], list[int]]] = [(0, [], [])]
    for count, kind in enumerate(MARKED_AS, start=1):
        if len(left[kind]) <= LEFT_OVER:
            break
        marked[kind].append(left[kind].pop())
        if count in COUNTS:
            found.append((count, list(marked["+"]), list(marked["-"])))
    return found


def figures(strengths: Strengths, wanted: NDArray[np.bool_], unwanted: NDArray[np.bool_]) -> list[float]:
    """Return the average precision of what is wanted, and the mean places of both kinds."""
    place = np.empty(len(strengths))
    place[np.argsort(-strengths, kind="stable")] = np.arange(1, len(strengths) + 1)
    return [average_precision(strengths, wanted), float(place[wanted].mean()), float(place[unwanted].mean())]


def simulated_person(vectors: PhotoVectors, judged: list[Judged]) -> None:
    ids = vectors.search.ids
    for title, vague in (("asked vaguely", True), ("asked for nothing", False)):
        print(f"\nA simulated person has {title}: mean average precision after this many marks")
        print(f"{'':34} " + " ".join(f"{count:>6}" for count in COUNTS))
        for name, rank in ways(vectors).items():
            found, before = simulate(rank, ids, judged, vague=vague)
            line(name, found)
            if vague:
                line("    words alone, same photos", before)


def simulate(
    rank: Rank, ids: NDArray[np.int64], judged: list[Judged], *, vague: bool
) -> tuple[list[float], list[float]]:
    """Return the mean average precision with the marks, and without them on the same photos."""
    found: dict[int, list[tuple[float, float]]] = {count: [] for count in COUNTS}
    wishes = np.random.default_rng(7)
    for wish in range(WISHES):
        wanted, other = (judged[at] for at in wishes.choice(len(judged), 2, replace=False))
        fits = wanted.relevant
        said = np.maximum(wanted.strengths, other.strengths) if vague else None
        nothing = np.zeros(len(ids)) if said is None else said
        choices = np.random.default_rng(wish)
        more: list[int] = []
        less: list[int] = []
        now = nothing
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
                    both = (average_precision(each[open_], fits[open_]) for each in (now, nothing))
                    found[count].append((next(both), next(both)))
    means = [np.mean(found[count], axis=0) for count in COUNTS]
    return [float(each[0]) for each in means], [float(each[1]) for each in means]


def bands(vectors: PhotoVectors, judged: list[Judged]) -> None:
    """Print what is called strong and possible, by wanted photos alone and with half as many unwanted ones."""
    ids, marks = vectors.search.ids, Feedback(vectors)
    print("\nMarks alone: precision / recall of what is called strong, and of strong and possible")
    for wanted, unwanted in ((1, 0), (2, 0), (3, 0), (5, 0), (10, 0), (2, 1), (3, 2), (5, 2), (10, 5)):
        cells: dict[float, list[tuple[float, float]]] = {STRONG_FROM: [], POSSIBLE_FROM: []}
        for one, draw in ((each, draw) for each in judged for draw in range(2 * DRAWS)):
            if np.count_nonzero(one.relevant) < wanted + LEFT_OVER:
                continue
            chance = np.random.default_rng(draw)
            more = chance.permutation(np.flatnonzero(one.relevant))[:wanted]
            # What a person would refuse: the first photos that are wrong.
            first = np.argsort(-marks.with_marks(None, ids[more].tolist(), []), kind="stable")
            less = chance.permutation([place for place in first if not one.relevant[place]][:10])[:unwanted]
            strengths = marks.with_marks(None, ids[more].tolist(), ids[less.astype(np.intp)].tolist())
            open_ = np.ones(len(ids), np.bool_)
            open_[np.concatenate([more, less]).astype(np.intp)] = False
            for limit, found in cells.items():
                shown = open_ & (strengths >= limit)
                right = np.count_nonzero(shown & one.relevant)
                found.append((right / max(1, np.count_nonzero(shown)), right / np.count_nonzero(open_ & one.relevant)))
        strong, both = (np.mean(found, axis=0) for found in cells.values())
        said = f"{strong[0]:.2f} / {strong[1]:.2f}      {both[0]:.2f} / {both[1]:.2f}"
        print(f"  {wanted:>2} more, {unwanted} less:   {said}   ({len(cells[STRONG_FROM])} draws)")


def line(name: str, values: list[float]) -> None:
    print(f"{name:34} " + " ".join(f"{value:6.1f}" if value > 1 else f"{value:6.3f}" for value in values))


def average_precision(strengths: Strengths, fits: NDArray[np.bool_]) -> float:
    """Return the mean of the precisions at each photo that fits (Manning et al. 2008, 8.4)."""
    ordered = fits[np.argsort(-strengths, kind="stable")]
    return float((np.cumsum(ordered) / np.arange(1, len(ordered) + 1))[ordered].mean())


def cost(photos: int = 100_000, dim: int = 512, texts: int = 304) -> None:
    """Print what marks cost beside scoring one vector, which a query of one term does anyway."""
    random = np.random.default_rng(1)
    vectors = VectorSet(dim, photos)
    for start in range(0, photos, 10_000):
        vectors.put(range(start + 1, start + 10_001), unit_rows(random, 10_000, dim))
    bank = unit_rows(random, texts, dim)
    snapshot = vectors.snapshot()
    neutral = NeutralScores.of(bank, None).brought_up_to(vectors, bank, np.empty(0, np.int64)).for_photos(snapshot.ids)
    nothing = calibrate(vectors.pick([]), vectors.pick([]), np.empty((0, dim), np.float32), None)
    of_all = PhotoVectors("made up", snapshot, snapshot, nothing, Measured(bank, neutral), tuple(range(1, 1001, 10)))
    strengths = random.standard_normal(photos) * 20
    one = median_ms(lambda: snapshot.scores(snapshot.take(np.arange(1)).matrix))
    print(f"\n{photos:,} photos of {dim} values: scoring one vector is 1.00 ({one:.1f} ms on this machine)")
    known = Feedback(of_all)
    for marks in (1, 5, 20, 100):
        more, less = list(range(1, marks + 1, 2)), list(range(2, marks + 1, 2))
        known.with_marks(strengths, more, less)
        typing = median_ms(lambda: known.with_marks(strengths, more, less))  # noqa: B023

        def marking() -> None:
            known.with_marks(strengths, more, less)  # noqa: B023
            known.with_marks(strengths, [*more, photos], less)  # noqa: B023

        new = median_ms(marking) / 2
        print(
            f"  {marks:>3} marks: {new / one:.2f} ({new:.1f} ms) for a new mark, {typing:.1f} ms for each key beside it"
        )


def unit_rows(random: np.random.Generator, count: int, dim: int) -> NDArray[np.float32]:
    rows = random.standard_normal((count, dim), np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def median_ms(work: Callable[[], object], times: int = 9) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return float(np.median(spent))


if __name__ == "__main__":
    sys.exit(main())
