"""A scan of 100,000 unchanged files against `find -printf` of the same tree, and the first answer of a new tree.

    python benchmarks/rescan.py [--files 100000]

Draws a tree of small JPEGs in a temporary folder, two hundred to a folder. For the first answer an empty library adds
it, and words are searched for as soon as the first batch is stored: starting Python, walking, loading the model and the
first batch are in that time, reading the other photos is not. For the rescan the library is then filled with made-up
photos that have the files' real names, sizes and times.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from PIL import Image
from targets import tell

from clipview.core.environment import prepare_environment

prepare_environment()

from library_maker import MadeFile, fill_library, home  # noqa: E402

from clipview.cli.output import finish  # noqa: E402
from clipview.core.library import Library  # noqa: E402
from clipview.core.places import Places  # noqa: E402
from clipview.core.types import Query, TextTerm  # noqa: E402

_TO_A_FOLDER = 200
_ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(os.path.realpath(folder)) / "photos"
        draw_tree(tree, options.files)
        measure_first_answer(home(Path(folder) / "fresh"), tree, options.files)
        measure_rescan(home(Path(folder) / "known"), tree, options.files)


def draw_tree(tree: Path, files: int) -> None:
    """Write small JPEGs that differ in their last bytes."""
    encoded = io.BytesIO()
    Image.effect_noise((240, 160), 60).convert("RGB").save(encoded, "JPEG", quality=50)
    for number in range(files):
        folder = tree / f"{number // _TO_A_FOLDER:04d}"
        if number % _TO_A_FOLDER == 0:
            folder.mkdir(parents=True)
        (folder / f"IMG_{number:07d}.jpg").write_bytes(encoded.getvalue() + number.to_bytes(4, "big"))


def measure_first_answer(places: Places, tree: Path, files: int) -> None:
    """Time from adding the tree to the first photos that a search for words gives, in a process of its own."""
    code = [sys.executable, __file__, "--first-answer", str(places.library.parent), str(tree)]
    started = time.perf_counter()
    done = subprocess.run(code, check=True, stdout=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - started
    print(f"{files:,} new files: first words answered after {seconds:.1f} s, {done.stdout.strip()} photos by then")
    tell("first-answer", seconds, f"{files:,} files")


def answer_first(places: Places, tree: Path) -> None:
    with Library.open(places, write=True) as library:
        for step in library.scan([tree]):
            if step.photo_ids:
                found = library.search(Query((TextTerm("a dog on the beach"),)))
                print(found.total, flush=True)
                os._exit(0)


def measure_rescan(places: Places, tree: Path, files: int) -> None:
    fill_library(places, tree, lambda _: found_files(tree), thumbnails=files)
    command = ["find", str(tree), "-printf", "%p %s %T@\n"]
    scan_s: list[float] = []
    find_s: list[float] = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.PIPE)
        find_s.append(time.perf_counter() - started)
        with Library.open(places, write=True) as library:
            started = time.perf_counter()
            summary = finish(library.scan(), shown=False)
            scan_s.append(time.perf_counter() - started)
            assert summary.unchanged == files, summary
    # The first round also copies the library and builds what finds neighbours; later ones find all of it done.
    ours, theirs = statistics.median(scan_s), statistics.median(find_s)
    print(f"{files:,} files, nothing changed: find {theirs:.2f} s, ClipView {ours:.2f} s, {ours / theirs:.1f}x")
    print("  rounds: " + ", ".join(f"{each:.2f}" for each in scan_s))
    tell("rescan-ratio", ours / theirs, f"find {theirs:.2f} s")
    tell("rescan-seconds", ours, f"{files:,} files")


def found_files(tree: Path) -> Iterator[MadeFile]:
    for path in tree.rglob("*.jpg"):
        status = path.stat()
        yield MadeFile(os.fsencode(path), status.st_size, status.st_mtime_ns, datetime(2020, 1, 1))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--first-answer"]:
        answer_first(home(Path(sys.argv[2])), Path(sys.argv[3]))
    main()
