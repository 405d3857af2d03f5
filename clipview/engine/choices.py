"""What there is to filter by in this library."""

from __future__ import annotations

from clipview.core.library import Library
from clipview.core.query_syntax import TYPES
from clipview.engine.messages import Choice, FilterChoices

_MOST = 100


def filter_choices(library: Library, number: int) -> FilterChoices:
    """Return the file types and cameras of the library's photos, the most frequent first."""
    facts = library.in_memory.searcher.table.facts
    formats = facts.formats()
    types = {name: sum(formats.get(one, 0) for one in stands_for) for name, stands_for in TYPES.items()}
    return FilterChoices(number, _ordered(types), _ordered(facts.cameras()))


def _ordered(counts: dict[str, int]) -> tuple[Choice, ...]:
    found = sorted((-count, name) for name, count in counts.items() if count)
    return tuple(Choice(name, -count) for count, name in found[:_MOST])
