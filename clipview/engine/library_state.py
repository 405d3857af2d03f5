"""The library as the window's frame shows it: counts, folders as a tree, saved searches, models."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from msgspec import Struct, field

from clipview.core.changes import AlbumKind
from clipview.core.encoders.catalogue import catalogue
from clipview.core.encoders.quantized import SUFFIX, int8_name
from clipview.core.errors import ClipViewError
from clipview.core.fidelity import measured_fidelity
from clipview.core.library import Library
from clipview.core.model_facts import Int8Form
from clipview.core.photo_table import PhotoTable
from clipview.engine.messages import AlbumRow, FolderNode, LibraryState, ModelState, SavedSearch

log = logging.getLogger(__name__)

_DEEPEST: Final = 64
"""Levels of folders that are shown; the photos of deeper ones count for those."""

_SEPARATOR: Final = os.sep.encode()


def library_state(library: Library, unreachable: Collection[Path]) -> LibraryState:
    """Describe the library as searches see it now; a tree of 100,000 files takes a few hundredths of a second."""
    loaded = library.in_memory
    searcher = loaded.searcher
    known, set_aside = library.store.known_photos(), library.store.skipped_count()
    return LibraryState(
        generation=loaded.generation,
        photos=len(searcher.table),
        searchable=None if loaded.model is not None and loaded.vectors is None else searcher.searchable,
        missing=max(0, known - len(searcher.table)),
        set_aside=set_aside,
        model=library.model,
        wanted_model=library.wanted_model,
        folders=folder_tree(searcher.table, [folder.path for folder in library.store.folders()], unreachable),
        saved_searches=tuple(SavedSearch(name, text) for name, text in library.store.saved_searches()),
        albums=_albums(library),
        favourites=len(library.store.members.favourites()),
        models=tuple(_models(library)),
        paperwork=int(np.isin(searcher.table.ids, library.findings.paperwork).sum()),
        duplicates=library.findings.duplicates,
        found_in=library.findings.number,
    )


def _albums(library: Library) -> tuple[AlbumRow, ...]:
    rows = []
    for head in library.albums.heads():
        # Filling an album may need the model, which the window's first page doesn't wait for.
        known = head.kind is AlbumKind.MANUAL or library.is_warm
        try:
            rows.append(AlbumRow(head.name, head.kind, library.albums.count(head) if known else None))
        except ClipViewError as error:
            log.info("the album %s can't be filled: %s", head.name, error)
            rows.append(AlbumRow(head.name, head.kind, None))
    return tuple(rows)


def _models(library: Library) -> Iterator[ModelState]:
    places, used = library.places, library.model
    for entry in catalogue(places.models):
        run, int8 = None, None
        # The window's first page doesn't wait for these files, nor for what reads them.
        if entry.name == used.removesuffix(SUFFIX) and library.is_warm:
            from clipview.core.encoders.picture_ways import picture_run

            run = picture_run(used, places.models, places.cache)
            name = int8_name(entry.name, "cpu" if run is None else run.device)
            int8 = None if name is None else Int8Form(name, measured_fidelity(library.store, name))
        yield ModelState(entry.name, entry.use, entry.state.value, entry.size_bytes, entry.licence, run, int8)


def folder_tree(table: PhotoTable, roots: Sequence[Path], unreachable: Collection[Path]) -> tuple[FolderNode, ...]:
    """Return the covered folders with all that hold photos below them, by name, each photo counted once in each."""
    tree = [_Branch(os.fsencode(root)) for root in roots]
    for folder, files in table.folder_counts().items():
        for branch in _way_to(tree, folder):
            branch.photos += files
    for folders in table.copies():
        seen: set[int] = set()
        for folder in folders:
            for branch in _way_to(tree, folder):
                branch.photos -= id(branch) in seen
                seen.add(id(branch))
    return tuple(
        _node(branch, branch.path, reachable=root not in unreachable) for root, branch in zip(roots, tree, strict=True)
    )


class _Branch(Struct, eq=False):
    path: bytes
    photos: int = 0
    children: dict[bytes, _Branch] = field(default_factory=dict)


def _way_to(tree: Sequence[_Branch], folder: bytes) -> list[_Branch]:
    """Return the branches from a root down to a folder, growing those that are missing."""
    for root in tree:
        top = root.path.rstrip(_SEPARATOR)
        if folder == top or folder.startswith(top + _SEPARATOR):
            break
    else:
        return []
    way = [root]
    path = top
    for name in [part for part in folder[len(top) :].split(_SEPARATOR) if part][:_DEEPEST]:
        path = path + _SEPARATOR + name
        way.append(way[-1].children.setdefault(name, _Branch(path)))
    return way


def _node(branch: _Branch, path: bytes, *, reachable: bool) -> FolderNode:
    children = sorted(branch.children.items(), key=lambda item: (os.fsdecode(item[0]).casefold(), item[0]))
    return FolderNode(
        path=Path(os.fsdecode(path)),
        photos=branch.photos,
        reachable=reachable,
        children=tuple(_node(child, child.path, reachable=reachable) for _, child in children),
    )
