"""The commands about albums, stars and copies: words in, the library's answer out."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from clipview.cli.output import path_text, print_json, print_results, results_document
from clipview.cli.terminal import plain
from clipview.config import places
from clipview.core.album_facts import AlbumFacts, TagShare, Title
from clipview.core.changes import (
    AddToAlbum,
    AlbumContent,
    AlbumKind,
    Change,
    Describe,
    DropAlbum,
    Favour,
    MakeAlbum,
    Rate,
    RemoveFromAlbum,
    RenameAlbum,
    SetCover,
    Several,
)
from clipview.core.errors import ClipViewError, UsageError
from clipview.core.exporting import export
from clipview.core.library import Library
from clipview.core.query_syntax import parse, query_of
from clipview.core.stored_query import to_text
from clipview.core.types import Query, Skipped

_ROWS_SHOWN = 20
_LISTED_SKIPPED = 20


def list_albums(options: argparse.Namespace) -> int:
    """`clipview albums`: all albums with their kinds and sizes."""
    with Library.open(places(options.library), write=False) as library:
        albums = [(head, library.albums.count(head)) for head in library.albums.heads()]
    if options.json:
        print_json([{"name": head.name, "kind": head.kind.value, "photos": photos} for head, photos in albums])
        return 0
    width = max((len(head.name) for head, _ in albums), default=0)
    for head, photos in albums:
        print(f"  {plain(head.name):<{width}}  {photos:>8,} photos  {_KINDS[head.kind]}")
    if not albums:
        print("There are no albums yet. Make one with `clipview album NAME --add FILE...`.")
    return 0


def album(options: argparse.Namespace) -> int:
    """`clipview album`: list one album, or change it."""
    change = _change_of(options)
    if change is None and not any((options.add, options.teach, options.remove, options.cover)):
        return _show(options)
    with Library.open(places(options.library), write=True) as library:
        change = change or _change_of_photos(library, options)
        library.change(change)
        told = _lesson(library, options.name) if options.teach else None
    if options.json:
        print_json({"album": options.rename or options.name, "changed": True} | (told or {}))
    elif told is not None:
        _print_lesson(told)
    return 0


def _lesson(library: Library, name: str) -> dict[str, object]:
    """Return what a taught album has learned."""
    content, found = library.albums.content(name), library.albums.proposals(name)
    return {
        "examples": len(content.examples),
        "counter_examples": len(content.counter_examples),
        "learned": found.check.learned,
        "found": found.sure,
        "unsure": len(found.photo_ids) - found.sure,
    }


def _print_lesson(told: dict[str, object]) -> None:
    print(f"{told['examples']:,} examples, {told['counter_examples']:,} counter-examples")
    if told["learned"]:
        print(f"{told['found']:,} more photos belong, {told['unsure']:,} may belong")
    else:
        print(
            f"From these examples one can't tell yet what belongs; {told['unsure']:,} photos may. "
            "Teach more with --teach, and say what doesn't belong with --remove."
        )


def _change_of(options: argparse.Namespace) -> Change | None:
    if options.search is not None:
        search = to_text(_query(options.search))
        return MakeAlbum(AlbumContent(options.name, AlbumKind.SEARCH, search=search))
    if options.rename is not None:
        return RenameAlbum(options.name, options.rename)
    return DropAlbum(options.name) if options.delete else None


def _change_of_photos(library: Library, options: argparse.Namespace) -> Change:
    ids = _ids(library, options.add or options.teach or options.remove or [options.cover])
    if options.cover:
        return SetCover(options.name, ids[0])
    if options.remove:
        return RemoveFromAlbum(options.name, ids)
    kinds = [head.kind for head in library.albums.heads() if head.name.casefold() == options.name.casefold()]
    if options.teach:
        if kinds and kinds[0] is not AlbumKind.TAUGHT:
            raise ClipViewError(f"The album {options.name!r} isn't taught by examples. Choose another name to teach.")
        return (
            AddToAlbum(options.name, ids)
            if kinds
            else MakeAlbum(AlbumContent(options.name, AlbumKind.TAUGHT, examples=ids))
        )
    return AddToAlbum(options.name, ids) if kinds else MakeAlbum(AlbumContent(options.name, photo_ids=ids))


def _show(options: argparse.Namespace) -> int:
    with Library.open(places(options.library), write=False) as library:
        if options.facts:
            facts = library.albums.facts(options.name)
            names = library.store.files_of([*facts.strangers, *([] if facts.cover is None else [facts.cover])])
            taught = library.albums.content(options.name).kind is AlbumKind.TAUGHT
            told = _lesson(library, options.name) if taught else None
            if options.json:
                _print_facts_json(facts, {i: p[0] for i, p in names.items() if p}, told)
                return 0
            _print_facts(facts, {i: p[0] for i, p in names.items() if p})
            if told is not None:
                _print_lesson(told)
            return 0
        results = library.albums.results(options.name)
    if options.limit is not None:
        results = replace(results, hits=results.hits[: options.limit])
    if options.json:
        print_json(results_document(options.name, results))
    elif not results.hits:
        print(f"The album {plain(options.name)} is empty.")
    else:
        print_results(options.name, results, rows=options.limit or _ROWS_SHOWN)
    return 0


def mark(options: argparse.Namespace) -> int:
    """`clipview mark`: stars, captions and favourites."""
    changes: list[Change] = []
    with Library.open(places(options.library), write=True) as library:
        ids = _ids(library, options.files)
        if options.clear:
            changes += [Rate(ids, None), *(Describe(photo_id, None) for photo_id in ids)]
        if options.stars is not None:
            changes.append(Rate(ids, options.stars))
        if options.favourite is not None:
            changes.append(Favour(ids, options.favourite))
        if options.caption is not None:
            changes += [Describe(photo_id, options.caption) for photo_id in ids]
        if not changes:
            raise UsageError("Say what to mark the photos with: --stars, --favourite, --caption or --clear.")
        library.change(Several(tuple(changes)))
    if options.json:
        print_json({"marked": len(ids)})
    return 0


def run_export(options: argparse.Namespace) -> int:
    """`clipview export`: copies of photos, and sidecars."""
    if options.folder is None and not options.sidecars:
        raise UsageError("Name the folder to copy to, or write sidecars beside the photos with --sidecars.")
    if options.automatic and not options.sidecars:
        raise UsageError("--automatic says which tags go into sidecars: write them with --sidecars.")
    beside_photos = options.folder is None
    with Library.open(places(options.library), write=beside_photos) as library:
        ids = _chosen(library, options)[: options.limit]
        if beside_photos:
            done = library.saying.write_sidecars(ids, automatic=options.automatic)
            written, sidecars, skipped = done.written, len(done.written), done.skipped
        else:
            files = [paths[0] for paths in library.store.files_of(ids).values() if paths]
            said = library.saying.of(ids, automatic=options.automatic) if options.sidecars else None
            copied = export(files, options.folder, said)
            written, sidecars, skipped = copied.written, copied.sidecars, copied.skipped
    if options.json:
        print_json(
            {
                "written": len(written),
                "sidecars": sidecars,
                "skipped": [{"path": path_text(each.path), "reason": each.reason} for each in skipped],
            }
        )
    elif beside_photos:
        print(f"{sidecars:,} sidecars written, {len(skipped):,} skipped")
    else:
        beside = f", {sidecars:,} with a sidecar" if options.sidecars else ""
        print(f"{len(written):,} photos copied to {plain(path_text(options.folder))}{beside}, {len(skipped):,} skipped")
    if not options.json:
        _print_skipped(skipped)
    return 1 if skipped else 0


def _chosen(library: Library, options: argparse.Namespace) -> list[int]:
    if options.album is not None:
        ids: list[int] = library.albums.photos(options.album).tolist()
        return ids
    if options.files is not None:
        return list(_ids(library, options.files))
    if options.marked:
        return library.saying.told()
    if options.tag is not None:
        if library.store.tags.named(options.tag) is None:
            raise ClipViewError(f"There is no tag {options.tag!r}. `clipview tags` lists them.")
        tagged: list[int] = library.tags.tagged(options.tag).tolist()
        return tagged
    return [hit.photo_id for hit in library.search(_query(options.query)).hits]


def _query(written: str) -> Query:
    """Return the question that words stand for, written as for `clipview search`; names count too."""
    return replace(query_of(parse(written), datetime.now().date()), also_names=True)


def _ids(library: Library, files: Sequence[Path]) -> tuple[int, ...]:
    found = []
    for file in files:
        photo_id = library.store.photo_of(Path(os.path.realpath(file.expanduser())))
        if photo_id is None:
            raise ClipViewError(f"{file} is not in the library. Add its folder with `clipview index FOLDER`.")
        found.append(photo_id)
    return tuple(dict.fromkeys(found))


def _print_facts_json(facts: AlbumFacts, names: dict[int, Path], taught: dict[str, object] | None) -> None:
    def shares(tags: Sequence[TagShare]) -> list[dict[str, object]]:
        return [
            {"tag": each.tag, "share": round(each.share, 4), "library": round(each.library_share, 4)} for each in tags
        ]

    print_json(
        {
            "photos": facts.photos,
            "described": facts.described,
            "coverage": shares(facts.coverage),
            "distinctive": shares(facts.distinctive),
            "title": _title_text(facts.title),
            "cover": path_text(names[facts.cover]) if facts.cover in names else None,
            "strangers": [path_text(names[each]) for each in facts.strangers if each in names],
            "taught": taught,
        }
    )


def _print_facts(facts: AlbumFacts, names: dict[int, Path]) -> None:
    print(f"{facts.photos:,} photos")
    if facts.coverage:
        print("  shows        " + ", ".join(f"{each.tag} {each.share:.0%}" for each in facts.coverage))
    if facts.distinctive:
        told = (f"{each.tag} ({each.share:.0%}, library {each.library_share:.0%})" for each in facts.distinctive)
        print("  set apart by " + ", ".join(told))
    if title := _title_text(facts.title):
        print(f"  title        {title}")
    if facts.cover in names:
        print(f"  cover        {plain(path_text(names[facts.cover]))}")
    if not facts.strangers:
        print("  Every photo belongs, as far as can be told.")
    for each in facts.strangers:
        if each in names:
            print(f"  doesn't seem to belong: {plain(path_text(names[each]))}")


def _title_text(title: Title) -> str:
    what = " and ".join(title.tags).capitalize()
    if title.first is None or title.last is None:
        return what
    same = (title.first.year, title.first.month) == (title.last.year, title.last.month)
    years = f"{title.first.year}" if title.first.year == title.last.year else f"{title.first.year} to {title.last.year}"
    when = f"{title.first:%B %Y}" if same else years
    return f"{what}, {when}" if what else when


def _print_skipped(skipped: Sequence[Skipped]) -> None:
    for each in skipped[:_LISTED_SKIPPED]:
        print(f"  skipped {plain(path_text(each.path))}: {plain(each.reason)}")
    if len(skipped) > _LISTED_SKIPPED:
        print(f"  ... and {len(skipped) - _LISTED_SKIPPED:,} more (--json lists all)")


_KINDS = {
    AlbumKind.MANUAL: "put together by hand",
    AlbumKind.SEARCH: "filled by a search",
    AlbumKind.TAUGHT: "filled by examples",
}
