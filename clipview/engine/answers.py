"""What a live search means: dates and names in the words, strong before possible, the closest when nothing is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from clipview.core import relevance
from clipview.core.dates import Days, split_date
from clipview.core.errors import ClipViewError
from clipview.core.library import Library
from clipview.core.paperwork import asks_for_paperwork
from clipview.core.search import Ranking
from clipview.core.types import Filters, Paperwork, Query, Sort, TextTerm
from clipview.engine.messages import Anticipate, ExplainMatch, MatchExplained, Search, SearchAnswer

log = logging.getLogger(__name__)

CLOSEST: Final = 12
"""Photos to show when nothing passes the line."""

_DAY_S: Final = 86_400


def answer(
    library: Library, search: Search, asked_s: float, today: date, unreachable: Collection[Path]
) -> SearchAnswer:
    """Answer one search.

    Args:
        library: what to search.
        search: the first text term that asks for something is what was typed.
        asked_s: when the search arrived, by `time.monotonic`.
        today: what "yesterday" counts from.
        unreachable: folders that can't be reached now.

    Raises:
        ClipViewError: see `Library.search`.
    """
    query, date_words = _asked(library, search.query, today)
    ranking = library.rank(query, closest=CLOSEST)
    order = _strong_first(ranking, query)
    arranged = _arranged(library, query, ranking)
    if arranged is not None:
        order = arranged
    ids = ranking.ids[order]
    stars, favourite = _values(library, ids)
    match = None
    if query.searches:
        match = np.clip(ranking.strengths[order], 0, 100).astype(np.uint8)
    return SearchAnswer(
        number=search.number,
        ids=ids,
        colours=ranking.colours[order],
        match=match,
        offline=_offline(library, ids, unreachable),
        months=ranking.months,
        left_out=ranking.left_out,
        groups=None if search.fold is None else library.findings.groups.labels(search.fold, ids),
        stars=stars,
        own_order=arranged is not None,
        favourite=favourite,
        days=None if query.searches else (ranking.dates_s[order] // _DAY_S).astype(np.int32),
        strong=ranking.strong,
        possible=ranking.possible,
        named=ranking.named,
        total=ranking.total,
        closest=ranking.closest,
        date_words=date_words,
        elapsed_ms=(time.monotonic() - asked_s) * 1000,
    )


def anticipate(library: Library, request: Anticipate, today: date, wanted: Callable[[], bool]) -> None:
    """Rank for a search before it is asked; whatever is wrong with it, the search will tell.

    `wanted` is asked between the two halves of the work: when it says no, the second is left out.
    """
    query, _ = _asked(library, request.query, today)
    try:
        library.anticipate(query, closest=CLOSEST, wanted=wanted)
    except Exception as error:
        log.info("a search can't be anticipated: %r", error)


def _asked(library: Library, typed: Query, today: date) -> tuple[Query, str | None]:
    """Return the query to ask for what was typed, and the words that were read as a date."""
    query, date_words = read_typed(typed, today)
    if query.paperwork is Paperwork.LEAVE_OUT and _asks_for_paperwork(query):
        query = replace(query, paperwork=Paperwork.SHOW)
    if query.searches and not len(library.in_memory.searcher.table):
        query = replace(query, terms=(), more=(), less=())
    return query, date_words


def _values(library: Library, ids: NDArray[np.int64]) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Return the stars of photos, and which are favourites."""
    members = library.store.members
    starred, all_stars = members.stars()
    stars = np.zeros(len(ids), np.int8)
    if len(starred):
        places = np.searchsorted(starred, ids)
        places[places == len(starred)] = 0
        has = starred[places] == ids
        stars[has] = all_stars[places[has]]
    favourites = members.favourites()
    return stars, np.isin(ids, favourites) if len(favourites) else np.zeros(len(ids), np.bool_)


def _asks_for_paperwork(query: Query) -> bool:
    """Tell whether somebody asks for screenshots or documents in words, or by an example that may be one."""
    wanted = [term for term in query.terms if term.weight > 0]
    return bool(query.more) or any(not isinstance(one, TextTerm) or asks_for_paperwork(one.text) for one in wanted)


def explained(library: Library, request: ExplainMatch, today: date) -> MatchExplained:
    """Tell why a photo matches; what can't be asked now has no answer, and the search itself says why."""
    query, _ = read_typed(request.query, today)
    try:
        explanation = library.explain(query, request.photo_id)
    except ClipViewError as error:
        log.info("photo %d can't be explained: %s", request.photo_id, error)
        explanation = None
    return MatchExplained(request.number, request.photo_id, explanation)


def read_typed(query: Query, today: date) -> tuple[Query, str | None]:
    """Read a date off the end of what was typed, and look for the rest in file names too.

    Returns the query to ask, and the words that were read as a date.
    """
    terms = list(query.terms)
    place = next((i for i, term in enumerate(terms) if isinstance(term, TextTerm) and term.weight > 0), None)
    if place is None:
        return query, None
    typed = terms[place]
    assert isinstance(typed, TextTerm)
    words = typed.text.strip()
    rest, days = split_date(words, today)
    rest = rest.strip()
    if rest:
        terms[place] = replace(typed, text=rest)
    else:
        del terms[place]
    filters = query.filters if days is None else _narrowed(query.filters, days)
    date_words = None if days is None else words[len(rest) :].strip()
    return replace(query, terms=tuple(terms), filters=filters, also_names=True), date_words


def _narrowed(filters: Filters, days: Days) -> Filters:
    since = days.since if filters.since is None else max(filters.since, days.since)
    until = days.until if filters.until is None else min(filters.until, days.until)
    return replace(filters, since=since, until=until)


def _strong_first(ranking: Ranking, query: Query) -> slice | NDArray[np.intp]:
    """Put what is strong before what is possible, each in the order that was asked for."""
    if query.sort is Sort.BEST or not query.searches or ranking.closest:
        return slice(None)
    strong = ranking.strengths >= relevance.lines(query.strictness).strong
    return np.concatenate([np.flatnonzero(strong), np.flatnonzero(~strong)])


def _arranged(library: Library, query: Query, ranking: Ranking) -> NDArray[np.intp] | None:
    """Return the places of photos in the order of the one manual album that is shown; None when none is."""
    if query.searches or query.sort is not Sort.BEST or len(query.filters.albums) != 1:
        return None
    members = library.store.members
    if not members.is_manual(query.filters.albums[0]):
        return None
    wanted = members.in_album(query.filters.albums[0])
    position = {photo_id: place for place, photo_id in enumerate(wanted.tolist())}
    return np.argsort([position.get(photo_id, len(position)) for photo_id in ranking.ids.tolist()], kind="stable")


def _offline(library: Library, ids: NDArray[np.int64], unreachable: Collection[Path]) -> NDArray[np.bool_]:
    if not unreachable:
        return np.zeros(len(ids), np.bool_)
    # Maybe a newer table than the one that was searched: photos that it lacks are taken for reachable.
    table = library.in_memory.searcher.table
    return np.isin(ids, table.ids[table.shown_inside(unreachable)])
