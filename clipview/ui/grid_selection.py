"""Which photos are selected: one bit for each photo that is shown, with the current photo and the anchor of ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clipview.ui.lazy_numpy import np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Selection:
    """The selection over the positions 0 to count - 1.

    Knows positions only. Each method that may change something returns nothing; `revision` moves on when the
    selected set has changed.
    """

    def __init__(self) -> None:
        self._size = 0
        # None while nothing is selected, which is most of the time.
        self._mask: NDArray[np.bool_] | None = None
        self._base: NDArray[np.bool_] | None = None
        self.current: int | None = None
        """The photo that the keyboard acts on."""
        self.anchor: int | None = None
        """Where a Shift range starts."""
        self.revision = 0

    @property
    def positions(self) -> NDArray[np.intp]:
        """The selected positions, ascending."""
        return np.flatnonzero(self._bits())

    @property
    def count(self) -> int:
        """How many are selected."""
        return 0 if self._mask is None else int(np.count_nonzero(self._mask))

    def __contains__(self, position: int) -> bool:
        return self._mask is not None and 0 <= position < self._size and bool(self._mask[position])

    def reset(self, size: int, mask: NDArray[np.bool_] | None, current: int | None, anchor: int | None) -> None:
        """Start over over so many other photos, or in another order: with a mask made for them, or None selected."""
        self._size, self._mask = size, mask
        self._base = None
        self.current, self.anchor = current, anchor
        self.revision += 1

    def only(self, position: int) -> None:
        """Select this photo alone and make it current."""
        self._replace(self._blank(position, position))
        self.current = self.anchor = position

    def toggle(self, position: int) -> None:
        """Turn one photo on or off and make it current."""
        mask = self._bits().copy()
        mask[position] = not mask[position]
        self._replace(mask)
        self.current = self.anchor = position

    def extend(self, position: int, *, keep: bool = False) -> None:
        """Select from the anchor to here and make this current; `keep` adds to what is selected."""
        start = self.anchor if self.anchor is not None else position
        mask = self._blank(min(start, position), max(start, position))
        self._replace(mask | self._bits() if keep else mask)
        self.anchor, self.current = start, position

    def everything(self) -> None:
        """Select all photos."""
        self._replace(np.ones(self._size, np.bool_))

    def nothing(self) -> None:
        """Select no photo; the current one stays current."""
        if self._mask is not None:
            self._replace(np.zeros(self._size, np.bool_))
            self._mask = None

    def begin_band(self, *, keep: bool) -> None:
        """Start a rubber band; `keep` adds to what is selected."""
        self._base = self._bits().copy() if keep else np.zeros(self._size, np.bool_)

    def band(self, ranges: list[tuple[int, int]]) -> None:
        """Select what the rubber band holds now, as half-open ranges of positions, and what was kept."""
        if self._base is None:
            return
        mask = self._base.copy()
        for start, end in ranges:
            mask[start:end] = True
        self._replace(mask)

    def end_band(self) -> None:
        """Let go of the rubber band."""
        self._base = None

    def _blank(self, first: int, last: int) -> NDArray[np.bool_]:
        mask = np.zeros(self._size, np.bool_)
        mask[first : last + 1] = True
        return mask

    def _replace(self, mask: NDArray[np.bool_]) -> None:
        if not np.array_equal(mask, self._bits()):
            self._mask = mask
            self.revision += 1

    def _bits(self) -> NDArray[np.bool_]:
        return np.zeros(self._size, np.bool_) if self._mask is None else self._mask
