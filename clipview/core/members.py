"""What a person says of photos, as the searcher sees it: which ones a tag or an album holds."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
"""Photo ids in any order, each once; ids that aren't in the table of photos are passed over."""


class Members(Protocol):
    """Answers at once and from any thread; names are compared as `text_search.fold` does."""

    def tagged(self, name: str) -> Ids:
        """Return the photos that carry a tag; none for a tag that there isn't."""

    def in_album(self, name: str) -> Ids:
        """Return the photos of an album; none for an album that there isn't."""

    def favourites(self) -> Ids:
        """Return the favourites."""

    def stars(self) -> tuple[Ids, NDArray[np.int8]]:
        """Return the photos that have stars, and these: 0 to 5, -1 for rejected."""
