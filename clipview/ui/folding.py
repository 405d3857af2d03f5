"""How photos that belong together become one, with a count, and how a stack is spread out again."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from clipview.ui.lazy_numpy import np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Folded(Struct, frozen=True, eq=False):
    """What is shown of an answer, one entry a photo."""

    places: NDArray[np.intp]
    """Where each photo stands in the answer."""
    counts: NDArray[np.uint16]
    """How many photos a stack holds; 0 for a photo that is in none or not on top."""
    spread: NDArray[np.bool_]
    """Whether the photo belongs to a stack that is spread out."""
    fronts: NDArray[np.intp]
    """For each photo the place in the answer of the one on top of it, or its own."""
    strong: int
    """How many of the entries are strong."""


def fold(groups: NDArray[np.int64], strong: int, spread: Collection[int]) -> Folded:
    """Fold an answer; the first of each group is on top: the best match, or the newest.

    Strong and possible photos are never folded together, so that the divider stays where it belongs.

    Args:
        groups: for each photo; equal numbers belong together, 0 is alone.
        strong: how many photos at the beginning are strong.
        spread: the groups that are shown in full.

    Takes a few milliseconds for 100,000 photos.
    """
    size = len(groups)
    fronts = np.arange(size)
    counts = np.zeros(size, np.uint16)
    grouped = np.flatnonzero(groups)
    _, first, group, together = np.unique(
        groups[grouped] * 2 + (grouped >= strong), return_index=True, return_inverse=True, return_counts=True
    )
    fronts[grouped] = grouped[first][group]
    stacks = together > 1
    counts[grouped[first[stacks]]] = np.minimum(together[stacks], np.iinfo(np.uint16).max)
    wide = np.zeros(size, np.bool_)
    wide[grouped] = np.isin(groups[grouped], np.fromiter(spread, np.int64, len(spread))) & stacks[group]
    shown = np.flatnonzero((fronts == np.arange(size)) | wide)
    # The photos of a stack that is spread out follow the one on top.
    shown = shown[np.argsort(fronts[shown], kind="stable")]
    inside = int(np.count_nonzero(fronts[shown] < strong))
    return Folded(shown, counts[shown], wide[shown], fronts[shown], inside)
