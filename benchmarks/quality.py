"""How well a library's model finds photos: R-precision, what the bands are worth, and what nonsense brings up.

    python benchmarks/quality.py FOLDER [--queries FILE.toml] [--model NAME] [--write FILE.md]

FOLDER holds photos; FILE.toml says which of them, by file name without suffix, answer which query, and lists hopeless
queries that none of them answers (benchmarks/queries_imagenet_samples.toml is such a file, for the 1,000 photos of
https://github.com/EliSchwartz/imagenet-sample-images or any part of them: queries whose photos are not there are left
out). The folder is only read; the library is made in a temporary folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clipview.config import places
from clipview.core.library import Library
from clipview.core.types import Band, Query, Results, TextTerm


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

    def found(self, *bands: Band) -> set[str]:
        """Names of the photos shown in these bands."""
        return {hit.path.stem for hit in self.results.hits if hit.band in bands}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=Path, default=Path(__file__).with_name("queries_imagenet_samples.toml"))
    parser.add_argument("--model", default="starter")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="write the report there too")
    options = parser.parse_args()
    with options.queries.open("rb") as file:
        judgements = tomllib.load(file)
    with tempfile.TemporaryDirectory() as home:
        where = places(Path(home))
        with Library.open(where, write=True) as library:
            for _ in library.scan([options.folder], model=options.model):
                pass
            report = measure(library, judgements)
    print(report)
    if options.write is not None:
        options.write.write_text(report + "\n", encoding="utf-8")
    return 0


def measure(library: Library, judgements: dict) -> str:  # type: ignore[type-arg]
    everything = {hit.path.stem for hit in library.search(Query(include_weak=True)).hits}
    judged = []
    for query in judgements["query"]:
        relevant = frozenset(query["relevant"]) & everything
        if relevant:
            results = library.search(Query((TextTerm(query["text"]),), include_weak=True))
            judged.append(Judged(query["text"], relevant, results))
    if not judged:
        sys.exit("None of the judged photos is in this folder: give a file of queries that fits it with --queries.")
    hopeless = [library.search(Query((TextTerm(text),))) for text in judgements["hopeless"]]
    return report(judged, hopeless, library.model, len(everything))


def report(judged: list[Judged], hopeless: list[Results], model: str, photos: int) -> str:
    mean = sum(each.r_precision for each in judged) / len(judged)
    lines = [
        "# Search quality",
        "",
        f"Model `{model}`, {photos} photos, {len(judged)} queries, {datetime.now():%Y-%m-%d}. "
        "Written by `python benchmarks/quality.py`.",
        "",
        f"**Mean R-precision: {mean:.3f}**",
        "",
        "| shown | precision | mean recall of a query | queries with no photo | hopeless queries with a photo |",
        "|---|---|---|---|---|",
        _band_row("strong", judged, [each.strong for each in hopeless], Band.STRONG),
        _band_row(
            "strong and possible",
            judged,
            [each.strong + each.possible for each in hopeless],
            Band.STRONG,
            Band.POSSIBLE,
        ),
        "",
        f"{len(hopeless)} hopeless queries ask for what no photo shows, or for nothing at all.",
        "",
        "| query | relevant | R-precision | strong (right) | possible (right) | first five |",
        "|---|---|---|---|---|---|",
    ]
    for each in judged:
        strong, possible = each.found(Band.STRONG), each.found(Band.POSSIBLE)
        first = ", ".join(hit.path.stem for hit in each.results.hits[:5])
        lines.append(
            f"| {each.text} | {len(each.relevant)} | {each.r_precision:.2f} | {len(strong)} "
            f"({len(strong & each.relevant)}) | {len(possible)} ({len(possible & each.relevant)}) | {first} |"
        )
    return "\n".join(lines)


def _band_row(name: str, judged: list[Judged], hopeless: list[int], *bands: Band) -> str:
    found = [each.found(*bands) for each in judged]
    right = [len(hits & each.relevant) for hits, each in zip(found, judged, strict=True)]
    precision = sum(right) / max(1, sum(map(len, found)))
    recall = sum(hits / len(each.relevant) for hits, each in zip(right, judged, strict=True)) / len(judged)
    empty = sum(not hits for hits in found) / len(judged)
    wrong = sum(count > 0 for count in hopeless) / max(1, len(hopeless))
    return f"| {name} | {precision:.2f} | {recall:.2f} | {empty:.0%} | {wrong:.0%} |"


if __name__ == "__main__":
    sys.exit(main())
