"""What each command does: the words of a command line in, a library's answer out."""

from __future__ import annotations

import argparse
import calendar
import logging
import os
import shlex
import sys
from collections.abc import Iterator
from datetime import date, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from msgspec.structs import replace

from clipview.cli.explaining import explanation_document, explanation_text, explanations
from clipview.cli.main import EXIT_ERROR, parse_search
from clipview.cli.output import (
    finish,
    path_text,
    print_json,
    print_results,
    print_summary,
    results_document,
    skipped_documents,
)
from clipview.cli.terminal import plain
from clipview.config import places
from clipview.core.check import check, repair
from clipview.core.errors import ClipViewError, UsageError
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.query_syntax import Key, Parsed, Part, parse, query_of
from clipview.core.scan import ScanOptions
from clipview.core.types import STRICTNESS, Filters, Query, Sort

log = logging.getLogger(__name__)

_ROWS_SHOWN = 20
_LOG_BYTES = 1_000_000


def run_index(options: argparse.Namespace) -> int:
    """`clipview index`: cover folders and bring the library up to date."""
    where = places(options.library)
    with Library.open(where, write=True) as library:
        _log_to(where)
        scan = library.scan(
            options.folders,
            excludes=options.exclude,
            model=options.model,
            options=ScanOptions(retry_skipped=options.retry, accept_missing=options.accept_missing),
        )
        summary = finish(scan)
    if options.json:
        print_json(
            {
                "added": summary.added,
                "updated": summary.updated,
                "moved": summary.moved,
                "unchanged": summary.unchanged,
                "restored": summary.restored,
                "missing": summary.missing,
                "held_back": summary.held_back,
                "skipped": [
                    *skipped_documents(summary.unavailable + summary.skipped, indexed=False),
                    *skipped_documents(summary.damaged, indexed=True),
                ],
                "seconds": round(summary.seconds, 3),
                "photos_per_second": round(summary.photos_per_second, 2),
            }
        )
    else:
        print_summary(summary)
    if summary.held_back:
        raise ClipViewError(
            f"{summary.held_back:,} known files were not found, which is too many to be believed; none was marked "
            "missing. If a drive is unplugged, connect it and index again; if you deleted them, index again with "
            "--accept-missing."
        )
    return 0


def run_search(options: argparse.Namespace) -> int:
    """`clipview search`: rank photos for one query, or for every line of a file."""
    with Library.open(places(options.library), write=False) as library:
        if options.queries is None:
            _answer(library, options, as_json=options.json)
            return 0
        if options.text or options.image or options.unwanted:
            raise UsageError("--queries takes its queries from the file; give no others beside it.")
        for line in _lines(options.queries):
            one = _options_of_line(line, options)
            _answer(library, one, as_json=True)
    return 0


def _answer(library: Library, options: argparse.Namespace, *, as_json: bool) -> None:
    query = _query(options)
    results = library.search(query)
    words = _words(options)
    told = explanations(library, query, results) if options.explain else {}
    if as_json:
        document = results_document(words, results)
        for hit, shown in zip(results.hits, document["hits"], strict=True):
            if hit.photo_id in told:
                shown["why"] = explanation_document(told[hit.photo_id])
        print_json(document)
    else:
        notes = {photo_id: explanation_text(each) for photo_id, each in told.items()}
        rows = options.limit or _ROWS_SHOWN
        print_results(words, results, rows, notes, ranked=bool(query.terms))


def _query(options: argparse.Namespace) -> Query:
    parsed = parse(" ".join(options.text))
    parts = [Part(Key.IMAGE, str(path)) for path in options.image]
    parts += [Part(Key.LOOKS, unwanted, -1.0) for unwanted in options.unwanted if unwanted.strip()]
    filters = Filters(
        folders=tuple(Path(os.path.realpath(folder.expanduser())) for folder in options.folder),
        since=None if options.since is None else _day(options.since, last=False),
        until=None if options.until is None else _day(options.until, last=True),
        tags=tuple(options.tag),
        albums=tuple(options.album),
    )
    whole = Parsed(parsed.words, (*parsed.parts, *parts))
    query = query_of(whole, datetime.now().date(), filters, Sort(options.sort))
    strictness = STRICTNESS if options.strictness is None else options.strictness
    return replace(query, limit=options.limit, include_weak=options.all, strictness=strictness)


def _words(options: argparse.Namespace) -> str:
    """The query as one line of text, for headings."""
    parts = [" ".join(options.text).strip(), *(f"[{path.name}]" for path in options.image)]
    parts += [f"-{unwanted}" for unwanted in options.unwanted]
    return " ".join(part for part in parts if part)


def _options_of_line(line: str, options: argparse.Namespace) -> argparse.Namespace:
    """Read a line of a file of queries: plain words, or words and options as behind `clipview search`."""
    if not any(word.startswith("--") for word in line.split()):
        return argparse.Namespace(**{**vars(options), "text": [line]})
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise UsageError(f"The query {plain(line)!r} can't be read ({error}). Balance its quotes.") from error
    one = parse_search(words)
    # What the command itself says holds for every line that doesn't say otherwise.
    for name in ("limit", "since", "until"):
        if getattr(one, name) is None:
            setattr(one, name, getattr(options, name))
    one.all = one.all or options.all
    one.explain = one.explain or options.explain
    for name in ("folder", "album", "tag"):
        setattr(one, name, getattr(one, name) or getattr(options, name))
    return one


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ClipViewError(f"The file of queries {path} can't be read ({error}). Give a UTF-8 text file.") from error
    return (line.strip() for line in text.splitlines() if line.strip())


def _day(words: str, *, last: bool) -> date:
    """Read 2019, 2019-07 or 2019-07-14 as the first or the last day of it."""
    try:
        numbers = [int(part) for part in words.split("-")]
        if not 1 <= len(numbers) <= 3:
            raise ValueError
        year = numbers[0]
        month = numbers[1] if len(numbers) > 1 else (12 if last else 1)
        last_day = calendar.monthrange(year, month)[1]
        return date(year, month, numbers[2] if len(numbers) > 2 else (last_day if last else 1))
    except (ValueError, IndexError):
        raise UsageError(f"{words!r} is not a date. Write 2019, 2019-07 or 2019-07-14.") from None


def run_locate(options: argparse.Namespace) -> int:
    """`clipview locate`: a covered folder lies elsewhere now."""
    # As the library knows it: a link that stands there now leads elsewhere.
    old = options.old.expanduser().absolute()
    with Library.open(places(options.library), write=True) as library:
        photos = library.locate(old, options.new)
    if options.json:
        print_json({"photos": photos, "old": path_text(old), "new": path_text(options.new)})
    else:
        print(f"{photos:,} photos of {plain(path_text(old))} are now known in {plain(path_text(options.new))}.")
    return 0


def run_status(options: argparse.Namespace) -> int:
    """`clipview status`: what the library holds."""
    where = places(options.library)
    with Library.open(where, write=False) as library:
        status = library.status()
    counts = status.counts
    sizes = {
        "database": status.database_bytes,
        "thumbnails": status.thumbnail_bytes,
        "vectors": status.vector_bytes,
    }
    if options.json:
        print_json(
            {
                "photos": counts.photos,
                "embedded": counts.embedded,
                "missing": counts.missing,
                "failed": counts.failed,
                "model": status.model,
                "folders": [path_text(folder.path) for folder in status.folders],
                "bytes": sizes,
            }
        )
        return 0
    print(f"{counts.photos:,} photos, {counts.embedded:,} of them searchable with the model {status.model}")
    if status.wanted_model != status.model:
        print(f"The next `clipview index` goes on to build vectors of {status.wanted_model}")
    print(f"{counts.missing:,} photos are missing, {counts.failed:,} files were skipped")
    for folder in status.folders:
        print(f"  folder   {plain(path_text(folder.path))}")
    print(f"  library  {plain(path_text(where.library))} ({sum(sizes.values()) / 1e6:,.1f} MB)")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """`clipview check`: verify the library, and mend it on request."""
    where = places(options.library)
    problems = repair(where, deep=options.deep) if options.repair else check(where, deep=options.deep)
    left = [problem for problem in problems if not problem.repaired]
    if options.json:
        print_json(
            {
                "ok": not left,
                "problems": [
                    {"what": problem.what, "where": path_text(problem.where), "repaired": problem.repaired}
                    for problem in problems
                ],
            }
        )
    else:
        for problem in problems:
            mark = "repaired" if problem.repaired else "problem "
            print(f"{mark}  {plain(path_text(problem.where))}: {plain(problem.what)}")
        if not problems:
            print("The library is healthy.")
        elif left and not options.repair:
            print("`clipview check --repair` mends what can be mended.", file=sys.stderr)
    return EXIT_ERROR if left else 0


def run_backups(options: argparse.Namespace) -> int:
    """`clipview backups`: list the copies of the library."""
    from clipview.cli.backups import list_backups

    return list_backups(options)


def run_restore(options: argparse.Namespace) -> int:
    """`clipview restore`: bring a copy of the library back."""
    from clipview.cli.backups import restore

    return restore(options)


def run_albums(options: argparse.Namespace) -> int:
    """`clipview albums`: list the albums."""
    from clipview.cli.albums import list_albums

    return list_albums(options)


def run_album(options: argparse.Namespace) -> int:
    """`clipview album`: list or change one album."""
    from clipview.cli.albums import album

    return album(options)


def run_mark(options: argparse.Namespace) -> int:
    """`clipview mark`: stars, captions and favourites."""
    from clipview.cli.albums import mark

    return mark(options)


def run_export(options: argparse.Namespace) -> int:
    """`clipview export`: copies and sidecars."""
    from clipview.cli.albums import run_export

    return run_export(options)


def run_demo(options: argparse.Namespace) -> int:
    """`clipview demo`: a ready library of sample photos."""
    from clipview.cli.demo import run

    return run(options)


def run_tag(options: argparse.Namespace) -> int:
    """`clipview tag`: tag photos by what they show."""
    from clipview.cli.tagging import tag

    return tag(options)


def run_tags(options: argparse.Namespace) -> int:
    """`clipview tags`: list tags with how many photos have them."""
    from clipview.cli.tagging import tags

    return tags(options)


def run_classify(options: argparse.Namespace) -> int:
    """`clipview classify`: tell which of some labels pictures show."""
    from clipview.cli.tagging import classify

    return classify(options)


def run_models(options: argparse.Namespace) -> int:
    """`clipview models`: list and choose search models."""
    from clipview.cli.models import run

    return run(options)


def _log_to(where: Places) -> None:
    """Keep a log of what changes the library, inside it."""
    folder = where.library / "logs"
    folder.mkdir(exist_ok=True)
    handler = RotatingFileHandler(
        folder / "clipview.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    logging.getLogger("clipview").addHandler(handler)
