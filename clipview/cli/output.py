"""What the command line prints: tables for people, JSON for programs, progress on a terminal."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from clipview.cli.terminal import plain
from clipview.core.tagging import TagStep
from clipview.core.types import Phase, Results, ScanStep, ScanSummary, Skipped

_Step = TypeVar("_Step", ScanStep, TagStep)
_Result = TypeVar("_Result")

_LISTED_SKIPPED = 20
_LONGEST_SAID = 60
_REDRAW_S = 0.1


def print_json(document: object) -> None:
    """Print one JSON document on one line.

    Bytes of names that are no valid UTF-8 come as lone surrogates (PEP 383), which Python reads back as they were.
    """
    print(json.dumps(document), flush=True)


def path_text(path: Path) -> str:
    """A path for JSON."""
    return os.fspath(path)


def skipped_documents(skipped: tuple[Skipped, ...], *, indexed: bool) -> list[dict[str, object]]:
    """Files with something wrong, for JSON; `indexed` tells whether they are in the library all the same."""
    return [{"path": path_text(each.path), "reason": each.reason, "indexed": indexed} for each in skipped]


def results_document(query: str, results: Results) -> dict[str, Any]:
    """The answer to a query for JSON."""
    return {
        "query": query,
        "model": results.model,
        "total": results.total,
        "strong": results.strong,
        "possible": results.possible,
        "hits": [
            {
                "path": path_text(hit.path),
                "match": hit.match,
                "band": str(hit.band),
                "score": round(hit.score, 6),
                "taken": None if hit.taken_at is None else hit.taken_at.isoformat(timespec="seconds"),
            }
            for hit in results.hits
        ],
    }


def print_results(
    query: str, results: Results, rows: int, notes: Mapping[int, str] | None = None, *, ranked: bool = True
) -> None:
    """Print the answer to a query for people.

    Args:
        query: as it was written.
        results: what was found.
        rows: how many photos to print at most.
        notes: on photos, by their id.
        ranked: False when nothing was asked that a photo could match more or less.
    """
    asked = (
        plain(query) if len(query) <= _LONGEST_SAID else plain(query[: _LONGEST_SAID - 1]) + "\N{HORIZONTAL ELLIPSIS}"
    )
    asked = f"\N{LEFT DOUBLE QUOTATION MARK}{asked}\N{RIGHT DOUBLE QUOTATION MARK}" if query else ""
    if not results.total:
        # The library may be empty, too.
        print(f"No photo passes the filters{' of ' * bool(asked)}{asked}. `clipview status` tells what there is.")
        return
    if not results.hits:
        print(
            f"Nothing in {results.total:,} photos looks like {asked or 'it'}. `--all` lists the closest all the same."
        )
        return
    found = f"{results.strong:,} strong, {results.possible:,} possible of " if ranked else ""
    print(f"{found}{results.total:,} photo{'s' * (results.total != 1)}{' for ' * bool(asked)}{asked}")
    print()
    for hit in results.hits[:rows]:
        match = f"{hit.match:3d} %  {hit.band:<9}" if ranked else ""
        print(f"  {match}{plain(_short(hit.path))}")
        if notes and hit.photo_id in notes:
            print(f"                  {notes[hit.photo_id]}")
    left = len(results.hits) - rows
    if left > 0:
        print(f"  ... and {left:,} more (--limit N shows more)")


def print_summary(summary: ScanSummary) -> None:
    """Say what a scan did."""
    found = f"{summary.added:,} added, {summary.updated:,} updated, {summary.moved:,} moved"
    found += f", {summary.unchanged:,} unchanged"
    if summary.restored:
        found += f" ({summary.restored:,} came back)"
    found += f", {summary.missing:,} missing, {len(summary.skipped):,} skipped"
    # A speed of nothing read would only puzzle.
    speed = f" ({summary.photos_per_second:.1f} photos/s)" if summary.added or summary.updated else ""
    print(f"{found} in {_duration(summary.seconds)}{speed}")
    trouble = [("skipped", each) for each in summary.unavailable + summary.skipped]
    trouble += [("damaged", each) for each in summary.damaged]
    for what, each in trouble[:_LISTED_SKIPPED]:
        print(f"  {what} {plain(_short(each.path))}: {plain(each.reason)}", file=sys.stderr)
    if len(trouble) > _LISTED_SKIPPED:
        print(f"  ... and {len(trouble) - _LISTED_SKIPPED:,} more (--json lists all)", file=sys.stderr)


def finish(steps: Generator[_Step, None, _Result], *, shown: bool = True) -> _Result:
    """Run a scan or tagging to its end, showing on a terminal how far it is; not where `shown` is false."""
    progress = _Progress(shown=shown)
    try:
        while True:
            progress.show(next(steps))
    except StopIteration as end:
        result: _Result = end.value
        return result
    finally:
        steps.close()
        progress.clear()


class _Progress:
    """One line on a terminal that says how far a long task has come; silent where there is no terminal."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()
        self._drawn_s = 0.0
        self._width = 0

    def show(self, step: ScanStep | TagStep) -> None:
        """Redraw the line, at most ten times a second."""
        now_s = time.monotonic()
        if not self._shown or (now_s - self._drawn_s < _REDRAW_S and step.done != step.total):
            return
        self._drawn_s = now_s
        self._draw(_progress_text(step))

    def clear(self) -> None:
        """Remove the line."""
        if self._shown and self._width:
            self._draw("")
            print("\r", end="", file=sys.stderr, flush=True)
            self._width = 0

    def _draw(self, text: str) -> None:
        print(f"\r{text:<{self._width}}", end="", file=sys.stderr, flush=True)
        self._width = len(text)


def _progress_text(step: ScanStep | TagStep) -> str:
    if isinstance(step, TagStep):
        return f"Tagging {step.done:,}/{step.total:,}"
    if step.phase is Phase.WALKING:
        return f"Looking through folders: {step.done:,} photos"
    if step.phase is Phase.FINISHING:
        return "Finishing"
    parts = [f"Indexing {step.done:,}/{step.total:,}"]
    if step.photos_per_second:
        parts.append(f"{step.photos_per_second:.0f}/s")
    if step.seconds_left is not None:
        parts.append(f"{_duration(step.seconds_left)} left")
    if step.skipped:
        parts.append(f"{step.skipped:,} skipped")
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 6000:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def _short(path: Path) -> str:
    home = Path.home()
    return f"~{os.sep}{path.relative_to(home)}" if home in path.parents else os.fspath(path)
