"""How well photos are tagged: precision and recall, what fifty answers and eight examples add, breeds, and speed.

    python benchmarks/tagging.py FOLDER [--labels FILE.toml] [--model NAME] [--write FILE.md]
    python benchmarks/tagging.py --speed

FOLDER holds photos whose file names, or else whose folders' names, are labels; FILE.toml says which tags of the
vocabulary each label shows (benchmarks/labels_imagenet_samples.toml is such a file, for 239 of the photos of
https://github.com/EliSchwartz/imagenet-sample-images). Photos with other labels are left out. The folder is only read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import numpy as np

from clipview.config import places
from clipview.core.library import Library
from clipview.core.prompts import TOO_SPECIAL, Vocabulary
from clipview.core.tagging import tagger

SEEDS = 2
TAGS_TAUGHT = 8
TAUGHT_FROM, MIN_TAUGHT = 8, 14
ANSWERS = 50

Pair = tuple[int, str]


@dataclass(frozen=True)
class Truth:
    """What photos show, by id: what is in neither set is not there."""

    shows: dict[int, frozenset[str]]
    unjudged: dict[int, frozenset[str]]

    def judged(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Leave out what nobody can tell from the label."""
        return {(photo, tag) for photo, tag in pairs if photo in self.shows and tag not in self.unjudged[photo]}

    def right(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Keep what is really there."""
        return {(photo, tag) for photo, tag in pairs if tag in self.shows[photo]}

    def all_right(self, tags: Collection[str]) -> set[Pair]:
        """Return all that is there of these tags."""
        return {(photo, tag) for photo, shown in self.shows.items() for tag in shown if tag in tags}


@dataclass(frozen=True)
class Outcome:
    """Which pairs were accepted and which are unsure."""

    accepted: set[Pair]
    unsure: set[Pair]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--labels", type=Path, default=Path(__file__).with_name("labels_imagenet_samples.toml"))
    parser.add_argument("--model", default="starter")
    parser.add_argument("--speed", action="store_true", help="time 1,000 tags on 100,000 random vectors instead")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="write the report there too")
    options = parser.parse_args()
    if options.speed:
        print(speed())
        return 0
    if options.folder is None:
        parser.error("name a folder of labelled photos")
    with options.labels.open("rb") as file:
        table = tomllib.load(file)
    with ExitStack() as stack:
        where = places(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        library = stack.enter_context(Library.open(where, write=True))
        finish(library.scan([options.folder], model=options.model))
        report = measure(library, table)
    print(report)
    if options.write is not None:
        options.write.write_text(report + "\n", encoding="utf-8")
    return 0


def measure(library: Library, table: dict) -> str:  # type: ignore[type-arg]
    vocabulary = library.tags.vocabularies.read()
    usable = {tag.name for tag in vocabulary.tags if tag.starter or library.model != "starter"}
    labels = label_of_photos(library, table["labels"])
    truth = truth_of(labels, table, vocabulary)
    if not truth.shows:
        sys.exit("No photo of this folder has a label of the table: give a table that fits it with --labels.")
    lines = [
        f"Model `{library.model}`, {len(truth.shows)} photos, {len(usable)} tags that the model is asked for, "
        f"{datetime.now():%Y-%m-%d}. Written by `python benchmarks/tagging.py`.",
        "",
    ]
    before = tagged(library)
    lines += ["| | accepted: precision | recall | accepted and unsure: precision | recall |", "|---|---|---|---|---|"]
    lines.append(row("as it comes", before, truth, usable))
    special = special_tags(library, truth, vocabulary, before)
    asked = answer(library, truth, ANSWERS)
    after = tagged(library)
    lines.append(row(f"after {ANSWERS} answers", after, truth, usable))
    others = Truth(
        truth.shows, {photo: truth.unjudged[photo] | {t for p, t in asked if p == photo} for photo in truth.shows}
    )
    lines.append(row("as it comes, the answered pairs left out", before, others, usable))
    lines.append(row(f"after {ANSWERS} answers, these pairs left out", after, others, usable))
    take_back(library, asked)
    lines += [
        "",
        *teaching(library, truth, usable, labels, table),
        "",
        *classification(library, labels),
        "",
        *special,
        "",
        *per_tag(before, truth, usable),
    ]
    return "\n".join(lines)


def special_tags(library: Library, truth: Truth, vocabulary: Vocabulary, before: Outcome) -> list[str]:
    """Tell of breeds and what else is one of very many, as it comes and with the odds of any other tag."""
    special = {tag.name for tag in vocabulary.tags if len(vocabulary.ancestors(tag)) >= TOO_SPECIAL}
    with patch.object(tagger, "SPECIAL_LOG_ODDS", 0.0):
        unlowered = tagged(library)
    finish(library.tags.tag())
    lines = [f"Of {len(special)} tags with {TOO_SPECIAL} above them, {len(truth.all_right(special))} pairs are there:"]
    for name, outcome in (("as it comes", before), ("without the lowered odds", unlowered)):
        accepted, unsure = (
            {pair for pair in pairs if pair[1] in special} for pairs in (outcome.accepted, outcome.unsure)
        )
        lines.append(
            f"{name}, {len(accepted)} are accepted ({len(truth.right(accepted))} rightly) and {len(unsure)} unsure "
            f"({len(truth.right(unsure))} rightly)."
        )
    return lines


def label_of_photos(library: Library, known: Collection[str]) -> dict[int, str]:
    """Return the label of each photo: its name without suffix and number, else its folder's name."""
    searcher = library.refresh().searcher
    labels = {}
    for photo_id, path in searcher.names(searcher.table.ids.tolist()).items():
        found = next(
            (each for each in (path.stem, path.stem.rstrip("0123456789 _-"), path.parent.name) if each in known), None
        )
        if found is not None:
            labels[photo_id] = found
    return labels


def truth_of(labels: dict[int, str], table: dict, vocabulary: Vocabulary) -> Truth:  # type: ignore[type-arg]
    def with_parents(names: Iterable[str]) -> frozenset[str]:
        tags = [tag for name in names if (tag := vocabulary.named(name)) is not None]
        return frozenset(each.name for tag in tags for each in (tag, *vocabulary.ancestors(tag)))

    shows = {photo: with_parents(table["labels"][label]["shows"]) for photo, label in labels.items()}
    perhaps = {
        photo: with_parents(table["labels"][label]["perhaps"]) - shows[photo] | set(table["unjudged"])
        for photo, label in labels.items()
    }
    return Truth(shows, perhaps)


def tagged(library: Library) -> Outcome:
    finish(library.tags.tag())
    accepted, unsure = set(), set()
    for photo_id in library.refresh().searcher.table.ids.tolist():
        for tag in library.tags.of_photo(photo_id):
            if tag.source != "rejected":
                (accepted if tag.applied else unsure).add((photo_id, tag.name))
    return Outcome(accepted, unsure)


def row(name: str, outcome: Outcome, truth: Truth, usable: Collection[str]) -> str:
    wanted = truth.judged(truth.all_right(usable))
    cells = []
    for found in (outcome.accepted, outcome.accepted | outcome.unsure):
        judged = truth.judged(found)
        right = truth.right(judged)
        cells += [f"{len(right) / max(1, len(judged)):.3f}", f"{len(right) / max(1, len(wanted)):.3f}"]
    return f"| {name} | " + " | ".join(cells) + " |"


def answer(library: Library, truth: Truth, count: int) -> list[Pair]:
    """Answer what the review desk asks, as somebody who knows would; what can't be judged is skipped."""
    asked: list[Pair] = []
    skipped: set[Pair] = set()
    while len(asked) < count:
        questions = [(q.photo_id, q.tag) for q in library.tags.review(count + len(skipped))]
        pair = next((each for each in questions if each not in skipped), None)
        if pair is None:
            break
        if truth.judged([pair]):
            library.tags.answer(pair[1], [pair[0]], yes=bool(truth.right([pair])))
            asked.append(pair)
        else:
            skipped.add(pair)
    return asked


def take_back(library: Library, asked: Iterable[Pair]) -> None:
    for photo, tag in asked:
        library.tags.take_back(tag, [photo])
    finish(library.tags.tag())


def teaching(library: Library, truth: Truth, usable: Collection[str], labels: dict[int, str], table: dict) -> list[str]:  # type: ignore[type-arg]
    """Teach from eight examples, and rank the rest against the zero-shot tag (average precision)."""
    lines = [
        "| taught from 8 examples | zero-shot tag | taught | precision, recall of what is applied |",
        "|---|---|---|---|",
    ]
    for name, members in table.get("alike", {}).items():
        among = {photo for photo, label in labels.items() if label in members}
        if len(among) > TAUGHT_FROM + 2:
            lines.append(taught_row(library, f'"{name}", against the tag dog', "dog", among, set(labels)))
    areas = []
    judgeable = [tag for tag in usable if any(tag not in unjudged for unjudged in truth.unjudged.values())]
    frequent = sorted(judgeable, key=lambda tag: (-sum(tag in shown for shown in truth.shows.values()), tag))
    for tag in frequent[:TAGS_TAUGHT]:
        among = {photo for photo, shown in truth.shows.items() if tag in shown}
        if len(among) >= MIN_TAUGHT:
            judged = {photo for photo in truth.shows if tag not in truth.unjudged[photo]}
            areas.append(taught_areas(library, tag, among, judged)[:2])
    if areas:
        zero_shot, taught = np.mean(areas, axis=0)
        lines.append(f"| mean of the {len(areas)} most frequent tags | {zero_shot:.2f} | {taught:.2f} | |")
    return lines


def taught_row(library: Library, title: str, tag: str, among: set[int], judged: set[int]) -> str:
    zero_shot, taught, precision, recall = taught_areas(library, tag, among, judged)
    return f"| {title} | {zero_shot:.2f} | {taught:.2f} | {precision:.2f}, {recall:.2f} |"


def taught_areas(library: Library, tag: str, among: set[int], judged: set[int]) -> tuple[float, float, float, float]:
    by_words = ranking(library, tag)
    results = []
    for seed in range(SEEDS):
        order = np.random.default_rng(seed).permutation(sorted(among)).tolist()
        examples, rest = set(order[:TAUGHT_FROM]), set(order[TAUGHT_FROM:])
        others = judged - examples
        library.tags.teach("my lesson", sorted(examples))
        found = {photo for photo in library.tags.tagged("my lesson").tolist() if photo in others}
        results.append(
            (
                average_precision(by_words, rest, others),
                average_precision(ranking(library, "my lesson"), rest, others),
                len(found & rest) / max(1, len(found)) if found else np.nan,
                len(found & rest) / len(rest),
            )
        )
        library.tags.forget("my lesson")
    areas = np.array(results)
    precision = float(np.nanmean(areas[:, 2])) if np.isfinite(areas[:, 2]).any() else 0.0
    return float(areas[:, 0].mean()), float(areas[:, 1].mean()), precision, float(areas[:, 3].mean())


def ranking(library: Library, tag: str) -> dict[int, float]:
    return library.tags.likelihoods(tag)


def average_precision(values: dict[int, float], right: set[int], among: set[int]) -> float:
    """Mean of the precision at each right photo (Manning et al. 2008, 8.4)."""
    order = sorted(among, key=lambda photo: (-values.get(photo, -1.0), photo))
    places = [place for place, photo in enumerate(order, start=1) if photo in right]
    return float(np.mean([count / place for count, place in enumerate(places, start=1)]))


def classification(library: Library, labels: dict[int, str]) -> list[str]:
    """Let photos choose among their own label and four others, and among five others."""
    paths = library.refresh().searcher.names(list(labels))
    rng, names = np.random.default_rng(0), sorted(set(labels.values()))
    right = none = 0
    chosen = sorted(labels)[:: max(1, len(labels) // 40)]
    for photo in chosen:
        others = [str(name) for name in rng.permutation([name for name in names if name != labels[photo]])[:5]]
        for own in (True, False):
            words = [name.replace("_", " ") for name in ([labels[photo], *others[:4]] if own else others)]
            (result,) = library.classify([paths[photo]], words)
            best = result.likelihoods[0]
            right += own and best.label == words[0] and best.probability > result.none
            none += not own and result.none > best.probability
    return [
        f"Classification, {len(chosen)} photos: the right one of five labels {right / len(chosen):.2f}, "
        f"none of these where none is right {none / len(chosen):.2f}."
    ]


def per_tag(outcome: Outcome, truth: Truth, usable: Collection[str]) -> list[str]:
    lines = ["| tag | photos | accepted (right) | unsure (right) |", "|---|---|---|---|"]
    for tag in sorted(usable):
        wanted = truth.judged(pair for pair in truth.all_right([tag]))
        cells = []
        for found in (outcome.accepted, outcome.unsure):
            judged = truth.judged(pair for pair in found if pair[1] == tag)
            cells.append(f"{len(judged)} ({len(truth.right(judged))})")
        if wanted or not all(cell.startswith("0") for cell in cells):
            lines.append(f"| {tag} | {len(wanted)} | {cells[0]} | {cells[1]} |")
    return lines


def speed() -> str:
    """Time the decisions on random vectors against the bare matrix product that they need."""
    from clipview.core.prompts import Tag
    from clipview.core.store import Model
    from clipview.core.store.tagging import Answers
    from clipview.core.tagging.pairs import pair_scale
    from clipview.core.tagging.scoring import Photos
    from clipview.core.tagging.tagger import Basis, Tagger

    rng, dim, photo_count, tag_count = np.random.default_rng(0), 512, 100_000, 1_000

    def random(count: int) -> np.ndarray:  # type: ignore[type-arg]
        vectors = rng.standard_normal((count, dim), np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    vectors, bank, texts = random(photo_count), random(304), random(tag_count)
    photos = Photos(np.arange(1, photo_count + 1), vectors, vectors)
    pool = vectors[:2000] @ bank.T
    scale = pair_scale(pool, usual=False)
    basis = Basis(
        Model(1, "random", "random", dim, dim, None),
        built_in=False,
        photos=photos,
        bank=bank,
        scale=scale,
        background=photos.ids[:100],
        neutral=None,
    )
    tags = [Tag(f"tag {number}", "other", (f"tag {number}",)) for number in range(tag_count)]
    empty = Answers(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.bool_), np.empty(0, np.bool_))
    tagger = Tagger(basis, tags, texts, {}, [], empty)

    def timed(work: Callable[[], object]) -> float:
        # The better of two: something else may have had the cores meanwhile.
        return min(once(work) for _ in range(2))

    def once(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    product = timed(lambda: [vectors[at : at + 2048] @ texts.T for at in range(0, photo_count, 2048)])
    whole = timed(lambda: tagger.decide(photos, [part for _, part in tagger.each_block(photos)]))
    return (
        f"{tag_count:,} tags x {photo_count:,} photos of {dim} values: {whole:.1f} s, "
        f"{whole / product:.1f} times the bare matrix product"
    )


def finish(steps) -> None:  # type: ignore[no-untyped-def]
    for _ in steps:
        pass


if __name__ == "__main__":
    sys.exit(main())
