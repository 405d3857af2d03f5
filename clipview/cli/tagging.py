"""What `clipview tag`, `tags` and `classify` print."""

from __future__ import annotations

import argparse
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from msgspec.structs import replace

from clipview.cli.output import finish, path_text, print_json
from clipview.cli.terminal import plain
from clipview.config import places
from clipview.core.errors import ClipViewError
from clipview.core.library import Library

_LABELS_SHOWN = 5


def tag(options: argparse.Namespace) -> int:
    """Tag the library's photos, or those of some folders, from their stored vectors."""
    with Library.open(places(options.library), write=not options.dry_run) as library:
        photo_ids = _chosen(library, options)
        steps = library.tags.tag(photo_ids, vocabulary=options.vocabulary, dry_run=options.dry_run)
        summary = finish(steps, shown=not options.json)
    if options.json:
        found = [{"name": name, "photos": count} for name, count in summary.photos.items()]
        print_json({"tagged": summary.tagged, "unsure": summary.unsure, "tags": found})
        return 0
    would = "would be tagged" if options.dry_run else "tagged"
    print(f"{summary.tagged:,} photos {would} with {len(summary.photos):,} tags; {summary.unsure:,} pairs are unsure")
    _print_table([(name, f"{count:,}") for name, count in summary.photos.items()])
    return 0


def _chosen(library: Library, options: argparse.Namespace) -> list[int] | None:
    """Return the photos that the options name; None for all."""
    folders = [Path(os.path.realpath(folder.expanduser())) for folder in options.folders]
    for named, folder in zip(options.folders, folders, strict=True):
        if not len(library.store.tags.photos_in([folder])):
            raise ClipViewError(f"The library has no photos in {named}. Add them with `clipview index FOLDER`.")
    # Raises for an album that there isn't.
    in_album = None if options.album is None else library.albums.photos(options.album).tolist()
    return library.tags.chosen(photo_ids=in_album, folders=folders, stale=options.stale)


def tags(options: argparse.Namespace) -> int:
    """List the tags."""
    with Library.open(places(options.library), write=False) as library:
        counts = [count for count in library.tags.counts() if count.photos or count.unsure]
    if options.json:
        print_json(
            [
                {
                    "name": count.name,
                    "kind": "taught" if count.taught else "tag",
                    "photos": count.photos,
                    "by_hand": count.by_hand,
                    "unsure": count.unsure,
                }
                for count in counts
            ]
        )
        return 0
    if not counts:
        print("No photo has a tag yet. `clipview tag` tags them by what they show.")
        return 0
    _print_table(
        [
            (
                each.name,
                f"{each.photos:,}",
                f"{each.by_hand:,} by hand" if each.by_hand else "",
                f"{each.unsure:,} unsure" if each.unsure else "",
            )
            for each in counts
        ]
    )
    return 0


def classify(options: argparse.Namespace) -> int:
    """Tell which labels pictures show."""
    labels = [label.strip() for label in options.labels.split(",") if label.strip()]
    where = places(options.library)
    with ExitStack() as undo:
        made = not where.database.exists()
        if made:
            # Without a library the built-in model answers, and nothing stays behind.
            where = replace(where, library=Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="clipview-"))))
        library = undo.enter_context(Library.open(where, write=made))
        results = list(library.classify(options.files, labels))
        model = library.model
    if options.json:
        print_json(
            {
                "model": model,
                "files": [
                    {
                        "path": path_text(each.path),
                        "labels": [
                            {"label": one.label, "probability": round(one.probability, 6)} for one in each.likelihoods
                        ],
                        "none": round(each.none, 6),
                    }
                    for each in results
                ],
            }
        )
        return 0
    for each in results:
        print(plain(path_text(each.path)))
        rows = [(one.label, one.probability) for one in each.likelihoods[:_LABELS_SHOWN]]
        for label, share in sorted([*rows, ("none of these", each.none)], key=lambda row: -row[1]):
            print(f"  {share:6.1%}  {plain(label)}")
    return 0


def _print_table(rows: list[tuple[str, ...]]) -> None:
    if not rows:
        return
    # The first column is text, the others are figures.
    widths = [max(len(plain(row[at])) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [
            f"{plain(row[0]):<{widths[0]}}",
            *(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        print("  " + "  ".join(cells).rstrip())
