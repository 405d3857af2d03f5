"""How well a library's model finds photos, what the bands are worth, what nonsense brings up, and what that costs.

    python benchmarks/relevance.py [FOLDER] [--queries FILE.toml ...] [--model NAME] [--write FILE.md]

Without FOLDER the sample photos are used that installed packages ship (clipview/samples.py). FILE.toml says which
photos, by file name without suffix, answer which query, and lists hopeless queries that none of them answers
(benchmarks/queries_imagenet_samples.toml and queries_imagenet_held_out.toml are such files, for the 1,000 photos of
https://github.com/EliSchwartz/imagenet-sample-images or any part of them: queries whose photos are not there are left
out). The folder is only read; the library is made in a temporary folder.

"Before" is one line through the raw cosines of all photos, at the quantile .993 of what every other tag of the
vocabulary scores.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from clipview.config import places
from clipview.core.library import Library
from clipview.core.neutral import Neutral
from clipview.core.prompts import read_vocabulary
from clipview.core.resources import resource
from clipview.core.types import Band, Hit, Query, Results, TextTerm
from clipview.core.vectors import VectorSet
from clipview.samples import copy_samples

_HERE = Path(__file__).parent
_RAW_LINE = 0.993
_MANY_PHOTOS = 100_000
_AT_ONCE = 5_000

Shows = Callable[[Hit], bool]
"""Whether a way of judging shows a photo."""


@dataclass(frozen=True)
class Judged:
    """One query, the photos that answer it, and what the library answered."""

    text: str
    relevant: frozenset[str]
    results: Results

    @property
    def r_precision(self) -> float:
        """Share of relevant photos among the first R, R being how many there are (Manning et al. 2008, 8.4)."""
        first = self.results.hits[: len(self.relevant)]
        return sum(hit.path.stem in self.relevant for hit in first) / len(self.relevant)

    def found(self, shows: Shows) -> set[str]:
        """Names of the photos that a way of judging shows."""
        return {hit.path.stem for hit in self.results.hits if shows(hit)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--queries", type=Path, nargs="+", metavar="FILE.toml")
    parser.add_argument("--model", default="starter")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="write the report there too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = options.folder
        if folder is None:
            folder = Path(home, "samples")
            copy_samples(folder)
        usual = _HERE / ("queries_samples.toml" if options.folder is None else "queries_imagenet_samples.toml")
        with Library.open(places(Path(home)), write=True) as library:
            for _ in library.scan([folder], model=options.model):
                pass
            parts = [
                f"# Search quality\n\nModel `{options.model}`, {datetime.now():%Y-%m-%d}. "
                "Written by `python benchmarks/relevance.py`."
            ]
            raw_line = _raw_line(library)
            for file in options.queries or [usual]:
                with file.open("rb") as opened:
                    parts.append(measure(library, tomllib.load(opened), file.stem, raw_line))
            parts.append(cost(library))
    report = "\n\n".join(parts)
    print(report)
    if options.write is not None:
        options.write.write_text(report + "\n", encoding="utf-8")
    return 0


def measure(library: Library, judgements: dict, title: str, raw_line: float) -> str:  # type: ignore[type-arg]
    everything = {hit.path.stem for hit in library.search(Query(include_weak=True)).hits}
    judged = []
    for query in judgements["query"]:
        relevant = frozenset(query["relevant"]) & everything
        if relevant:
            judged.append(Judged(query["text"], relevant, _all(library, query["text"])))
    if not judged:
        sys.exit("None of the judged photos is in this folder: give a file of queries that fits it with --queries.")
    hopeless = [_all(library, text) for text in judgements["hopeless"]]
    return report(judged, hopeless, raw_line, title, len(everything))


def _all(library: Library, text: str) -> Results:
    return library.search(Query((TextTerm(text),), include_weak=True))


def _raw_line(library: Library) -> float:
    tags = read_vocabulary(resource("vocabulary.toml")).tags[::2]
    return float(np.quantile([hit.score for tag in tags for hit in _all(library, tag.name).hits], _RAW_LINE))


def cost(library: Library) -> str:
    """Time what calibration adds to a query, on as many scores as a large library has."""
    vectors = library.refresh().searcher.vectors
    assert vectors is not None
    few = vectors.search.matrix
    some = np.tile(few, (-(-_AT_ONCE // len(few)), 1))[:_AT_ONCE]
    many = VectorSet(few.shape[1], _MANY_PHOTOS)
    for start in range(0, _MANY_PHOTOS, _AT_ONCE):
        many.put(range(start, start + _AT_ONCE), some)
    snapshot = many.snapshot()
    scores = snapshot.scores(few[:1])[:, 0]
    chance = np.random.default_rng(0)
    neutral = Neutral(*(chance.uniform(0.005, 0.05, _MANY_PHOTOS).astype(np.float32) for _ in range(2)))
    scale = vectors.calibration.of(neutral).text
    calibrating = _ms(lambda: scale.strengths(scores))
    scoring = _ms(lambda: snapshot.scores(few[:1]))
    return (
        f"**Calibration of {_MANY_PHOTOS:,} photos: {calibrating:.1f} ms a query**, "
        f"{calibrating / (calibrating + scoring):.0%} of scoring and calibrating together."
    )


def _ms(work: Callable[[], object]) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1000

    return statistics.median(once() for _ in range(30))


def report(judged: list[Judged], hopeless: list[Results], raw_line: float, title: str, photos: int) -> str:
    mean = sum(each.r_precision for each in judged) / len(judged)
    raw = sum(_raw_r_precision(each) for each in judged) / len(judged)
    lines = [
        f"## {title}",
        "",
        f"{photos} photos, {len(judged)} queries, {len(hopeless)} hopeless ones, which ask for what no photo shows, or "
        "for nothing at all.",
        "",
        f"**Mean R-precision: {mean:.3f}** (before calibration {raw:.3f})",
        "",
        "| shown | precision | mean recall of a query | queries with no photo | hopeless queries with a photo |",
        "|---|---|---|---|---|",
        _row("strong", judged, hopeless, lambda hit: hit.band is Band.STRONG),
        _row("strong and possible", judged, hopeless, lambda hit: hit.band is not Band.WEAK),
        _row("strong before calibration", judged, hopeless, lambda hit: hit.score >= raw_line),
        "",
        "| query | relevant | R-precision | strong (right) | possible (right) | first five |",
        "|---|---|---|---|---|---|",
    ]
    for each in judged:
        strong, possible = (
            each.found(lambda hit: hit.band is Band.STRONG),
            each.found(lambda hit: hit.band is Band.POSSIBLE),
        )
        first = ", ".join(hit.path.stem for hit in each.results.hits[:5])
        lines.append(
            f"| {each.text} | {len(each.relevant)} | {each.r_precision:.2f} | {len(strong)} "
            f"({len(strong & each.relevant)}) | {len(possible)} ({len(possible & each.relevant)}) | {first} |"
        )
    return "\n".join(lines)


def _raw_r_precision(judged: Judged) -> float:
    first = sorted(judged.results.hits, key=lambda hit: -hit.score)[: len(judged.relevant)]
    return sum(hit.path.stem in judged.relevant for hit in first) / len(judged.relevant)


def _row(name: str, judged: Sequence[Judged], hopeless: Sequence[Results], shows: Shows) -> str:
    found = [each.found(shows) for each in judged]
    right = [len(hits & each.relevant) for hits, each in zip(found, judged, strict=True)]
    precision = sum(right) / max(1, sum(map(len, found)))
    recall = sum(hits / len(each.relevant) for hits, each in zip(right, judged, strict=True)) / len(judged)
    empty = sum(not hits for hits in found) / len(judged)
    wrong = sum(any(shows(hit) for hit in each.hits) for each in hopeless) / max(1, len(hopeless))
    return f"| {name} | {precision:.2f} | {recall:.2f} | {empty:.0%} | {wrong:.0%} |"


if __name__ == "__main__":
    sys.exit(main())
