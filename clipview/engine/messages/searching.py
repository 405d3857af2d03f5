"""Questions about photos, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from clipview.core.types import Explanation, Fold, Months, Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Search(Struct, frozen=True):
    """Rank the library; a newer search replaces one that has not begun."""

    number: int
    query: Query
    """Text is what was typed: the engine also reads dates and file names in it."""
    fold: Fold | None = None
    """Tell which photos belong together."""


class Anticipate(Struct, frozen=True):
    """Get ready for a search that is likely to come, because somebody is typing it; has no answer."""

    query: Query


class SearchAnswer(Struct, frozen=True, eq=False):
    """The photos of a search, in order: first the strong ones, then the possible ones.

    Without terms in the query (browsing), all photos that pass the filters, newest first unless sorted otherwise.
    """

    number: int
    ids: NDArray[np.int64]
    colours: NDArray[np.uint32]
    """Average colours, 0xRRGGBB."""
    match: NDArray[np.uint8] | None
    """0 to 100; None when browsing."""
    offline: NDArray[np.bool_]
    """Whether the photo lies in a folder that can't be reached now."""
    stars: NDArray[np.int8]
    """0 to 5, -1 for rejected."""
    favourite: NDArray[np.bool_]
    own_order: bool
    """The photos stand in the order that somebody gave an album, not by date."""
    days: NDArray[np.int32] | None
    """Days since 1970-01-01 on which the photos were taken, for headings; None when searching."""
    strong: int
    possible: int
    named: int
    """How many of the strong ones were found by their file name."""
    total: int
    """Photos that pass the filters."""
    closest: bool
    """Nothing passed the line: `ids` holds the dozen closest photos, to be shown dimmed."""
    months: Months
    """When the matches were taken, also those that only a filter by date keeps out."""
    left_out: int
    """Screenshots and documents that pass the line and are kept apart."""
    groups: NDArray[np.int64] | None
    """As many as `ids`: equal numbers belong together, 0 is alone; None when not asked for."""
    date_words: str | None
    """The part of the text that was read as a date, such as "july 2019"; None when there was none."""
    elapsed_ms: float


class SearchRefused(Struct, frozen=True):
    """A search that can't be answered: an unreadable query image, a model that is gone."""

    number: int
    reason: str


class FindSimilar(Struct, frozen=True):
    """Name the photos that look most like one."""

    number: int
    photo_id: int
    count: int


class SimilarAnswer(Struct, frozen=True):
    """The neighbours of a photo, best first, without itself."""

    number: int
    photo_id: int
    ids: tuple[int, ...]


class ListFilterChoices(Struct, frozen=True):
    """Tell what there is to filter by."""

    number: int


class Choice(Struct, frozen=True):
    """One thing to filter by."""

    name: str
    photos: int | None
    """None for an album that fills itself."""


class FilterChoices(Struct, frozen=True):
    """What there is to filter by, the most frequent first."""

    number: int
    types: tuple[Choice, ...]
    """Values of `type:`."""
    cameras: tuple[Choice, ...]
    tags: tuple[Choice, ...]
    albums: tuple[Choice, ...]
    """By name."""
    folders: tuple[Choice, ...]
    """Names of folders that photos lie in."""


class ExplainMatch(Struct, frozen=True):
    """Tell why a photo has its place in the answer to a search."""

    number: int
    photo_id: int
    query: Query
    """As it was searched for."""


class MatchExplained(Struct, frozen=True):
    """Why a photo matches; None when there is nothing to tell, as while the model is loading."""

    number: int
    photo_id: int
    explanation: Explanation | None
