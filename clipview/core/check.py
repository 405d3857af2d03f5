"""Whether a library is healthy: database, vectors, neighbours, thumbnails and files, held against each other."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from clipview.core import backup, deep_check
from clipview.core.errors import ClipViewError, LibraryDamagedError
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.store import Store
from clipview.core.vectors import IndexDamagedError, IndexSeal, NeighbourIndex

_NAMED_FILES = 20


class Problem(Struct, frozen=True):
    """Something that isn't as it should be."""

    what: str
    where: Path
    repaired: bool = False


def check(places: Places, *, deep: bool = False) -> list[Problem]:
    """Verify a library without changing anything.

    Args:
        places: where it lies.
        deep: also read every photo file and every thumbnail to the end, and test every backup; takes as long as
            reading all photos does.

    Raises:
        ClipViewError: there is no library, or it can't be read at all for a reason that is not damage.
    """
    try:
        library = Library.open(places, write=False)
    except LibraryDamagedError as error:
        return [Problem(str(error), places.database)]
    with library:
        return list(_problems(library, deep=deep))


def repair(places: Places, *, deep: bool = False) -> list[Problem]:
    """Verify a library and mend what can be mended; returns what was found, mended or not.

    A damaged or lost database is kept aside and replaced by the newest whole backup; everything else is made again
    from the photos. Originals are only read. Arguments as for `check`.
    """
    found = _repair_database(places)
    if any(not problem.repaired for problem in found):
        return found
    with Library.open(places, write=True) as library:
        before = list(_problems(library, deep=deep))
        if before or found:
            _make_caches_again(library, deep=deep)
        left = {(problem.what, problem.where) for problem in _problems(library, deep=deep)} if before else set()
    return found + [replace(each, repaired=(each.what, each.where) not in left) for each in before]


def _make_caches_again(library: Library, *, deep: bool) -> None:
    store, thumbnails = library.store, library.thumbnails
    for model in store.models():
        store.drop_embeddings([(photo_id, model.model_id) for photo_id in deep_check.spoilt_vectors(store, model)])
    if thumbnails is not None:
        thumbnails.mend()
        if deep:
            thumbnails.remove(deep_check.wrong_thumbnails(store, thumbnails))
    library.forget_neighbours()
    store.start_copy.drop()
    if deep:
        for path in deep_check.broken_backups(library.places.backups):
            path.unlink(missing_ok=True)
    if store.folders():
        for _ in library.scan():
            pass


def _repair_database(places: Places) -> list[Problem]:
    try:
        with Library.open(places, write=False) as library:
            damage = library.store.problems()
    except LibraryDamagedError as error:
        damage = [str(error)]
    if not damage:
        return []
    what = "The database is damaged: " + damage[0]
    try:
        used, aside = backup.restore_newest(places)
    except ClipViewError as error:
        return [Problem(f"{what} {error}", places.database)]
    kept = "" if aside is None else f"It was kept as {aside.name}; "
    return [Problem(f"{what} {kept}{used.name} took its place.", places.database, repaired=True)]


def _problems(library: Library, *, deep: bool) -> Iterator[Problem]:
    places, store = library.places, library.store
    damage = store.problems()
    if damage:
        yield from (Problem(f"The database is damaged: {each}", places.database) for each in damage)
        return
    spoilt = sum(len(deep_check.spoilt_vectors(store, model)) for model in store.models())
    if spoilt:
        yield Problem(
            f"The stored vectors of {spoilt} photos have the wrong length or are no vectors.", places.database
        )
    yield from _thumbnail_problems(library, deep=deep)
    yield from _neighbour_problems(library, store)
    if (trouble := store.start_copy.problem()) is not None:
        yield Problem(trouble, store.start_copy.path)
    yield from _file_problems(store, deep=deep)
    if deep:
        for path in deep_check.broken_backups(places.backups):
            yield Problem("The backup is damaged.", path)
    model = library.model_in_use
    if model is not None and (missing := store.count_waiting(model.model_id)):
        yield Problem(f"{missing} photos have no vectors of the model in use yet.", places.database)


def _thumbnail_problems(library: Library, *, deep: bool) -> Iterator[Problem]:
    path = library.places.thumbnails
    photos = set(library.store.file_columns().photo_ids.tolist())
    if library.thumbnails is None:
        if photos:
            yield Problem("The thumbnails are gone, damaged, or those of another library.", path)
        return
    try:
        damage = library.thumbnails.problems()
        lacking = len(photos - library.thumbnails.ids())
        wrong = len(deep_check.wrong_thumbnails(library.store, library.thumbnails)) if deep and not damage else 0
    except ClipViewError as error:
        yield Problem(str(error), path)
        return
    yield from (Problem(f"The thumbnails are damaged: {each}", path) for each in damage)
    if lacking:
        yield Problem(f"{lacking} photos have no thumbnail.", path)
    if wrong:
        yield Problem(f"{wrong} thumbnails can't be opened or show another photo.", path)


def _neighbour_problems(library: Library, store: Store) -> Iterator[Problem]:
    for model in store.models():
        seal = store.neighbour_seal(model.model_id)
        if seal is None:
            continue
        path = library.neighbour_file(model)
        try:
            NeighbourIndex.load(path, IndexSeal(**json.loads(seal)), model.similar_dim)
        except IndexDamagedError as error:
            yield Problem(f"The file of neighbours can't be used: {error}", path)


def _file_problems(store: Store, *, deep: bool) -> Iterator[Problem]:
    """Files that changed behind the library's back; those on a drive that isn't there are nobody's fault."""
    away = [folder.path for folder in store.folders() if not folder.path.is_dir()]
    changed = []
    for raw, known in store.known_files().items():
        path = Path(os.fsdecode(raw))
        if known.missing or any(folder in path.parents for folder in away):
            continue
        try:
            seen = path.stat()
        except OSError:
            changed.append((path, "The file is not where the last scan saw it."))
            continue
        if not stat.S_ISREG(seen.st_mode) or (seen.st_size, seen.st_mtime_ns) != (
            known.stamp.size_bytes,
            known.stamp.mtime_ns,
        ):
            changed.append((path, "The file changed since the last scan."))
        elif deep and (trouble := deep_check.trouble_with_file(path, known)) is not None:
            changed.append((path, trouble))
    yield from (Problem(what, path) for path, what in changed[:_NAMED_FILES])
    if len(changed) > _NAMED_FILES:
        yield Problem(f"{len(changed) - _NAMED_FILES} more files changed since the last scan.", store.path)
