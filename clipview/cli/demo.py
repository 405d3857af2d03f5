"""`clipview demo`: the whole job on photos that are on every machine with ClipView."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from clipview.cli.output import finish, path_text, print_json, print_results, print_summary, results_document
from clipview.cli.terminal import plain
from clipview.cli.window import has_display
from clipview.config import demo_places
from clipview.contact_sheet import Row, contact_sheet
from clipview.core.library import Library
from clipview.core.types import ImageTerm, Query, Results, TextTerm
from clipview.samples import copy_samples

QUERIES = (
    "a cat",
    "a cup of coffee",
    "a rocket launch",
    "a motorcycle",
    "a person",
    "flowers",
    "a palace",
    "an old stone wall",
    "asdfgh",
)

_SHOWN = 4
_LIKE = "motorcycle-in-garage-1.png"


def run(options: argparse.Namespace) -> int:
    """Index the sample photos, answer some queries, find similar ones, save a picture of it, and open the window."""
    where, photos = demo_places(options.library)
    copy_samples(photos)
    with Library.open(where, write=True) as library:
        summary = finish(library.scan([photos]))
        answers = [(text, library.search(Query((TextTerm(text),), limit=_SHOWN))) for text in QUERIES]
        like = photos / _LIKE
        alike = library.search(Query((ImageTerm(like),), limit=_SHOWN))
        picture: Path = options.picture or where.library / "demo.png"
        contact_sheet(
            [_row(library, f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}", results)
             for text, results in answers]
            + [_row(library, f"Like {like.name}", alike)],
            picture,
        )  # fmt: skip
    if options.json:
        documents = [results_document(text, results) for text, results in answers]
        print_json(
            {
                "folder": path_text(photos),
                "library": path_text(where.library),
                "answers": documents,
                "similar": results_document(f"[{like.name}]", alike),
                "picture": path_text(picture),
            }
        )
        return 0
    print(f"Sample photos in {plain(path_text(photos))}")
    print_summary(summary)
    for text, results in answers:
        print()
        print_results(text, results, rows=_SHOWN)
    print()
    print_results(f"like {like.name}", alike, rows=_SHOWN)
    print()
    print(f"Picture of the results: {plain(path_text(picture))}")
    print(f"Ask it yourself: clipview search --library {plain(path_text(where.library))} a palace")
    if has_display():
        print("The window opens; close it to end.", flush=True)
        # A process of its own: this one has loaded what a window shall never load.
        command = [sys.executable, "-m", "clipview", "--library", str(where.library)]
        return subprocess.run(command, check=False).returncode  # noqa: S603 - our own interpreter and arguments
    return 0


def _row(library: Library, title: str, results: Results) -> Row:
    cells = [
        (library.thumbnail(hit.photo_id) or b"", hit.path.name, hit.match, hit.band) for hit in results.hits[:_SHOWN]
    ]
    return title, cells
