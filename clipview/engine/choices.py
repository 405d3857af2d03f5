"""What there is to filter by in this library."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from clipview.core.changes import AlbumKind
from clipview.core.library import Library
from clipview.core.query_syntax import TYPES
from clipview.engine.messages import Choice, FilterChoices

_MOST = 500


def filter_choices(library: Library, number: int) -> FilterChoices:
    """Return what the library's photos can be filtered by, the most frequent first."""
    table = library.in_memory.searcher.table
    facts = table.facts
    formats = facts.formats()
    types = {name: sum(formats.get(one, 0) for one in stands_for) for name, stands_for in TYPES.items()}
    folders: Counter[str] = Counter()
    for path, files in table.folder_counts().items():
        folders[Path(os.fsdecode(path)).name] += files
    tags = {tag.name: tag.photos for tag in library.tags.counts()}
    albums = [
        Choice(head.name, head.present if head.kind is AlbumKind.MANUAL else None) for head in library.albums.heads()
    ]
    return FilterChoices(
        number, _ordered(types), _ordered(facts.cameras()), _ordered(tags), tuple(albums[:_MOST]), _ordered(folders)
    )


def _ordered(counts: Mapping[str, int]) -> tuple[Choice, ...]:
    found = sorted((-count, name) for name, count in counts.items() if count)
    return tuple(Choice(name, -count) for count, name in found[:_MOST])
