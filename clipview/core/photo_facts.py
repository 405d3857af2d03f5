"""What photos say of themselves, as arrays: file format, form, camera, place, caption and keywords."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import copy
from typing import Final

import numpy as np
from numpy.typing import NDArray

from clipview.core.store import FileColumns
from clipview.core.text_search import FoldedTexts, fold
from clipview.core.types import Filters, Shape

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]

_EVEN: Final = 1.05
"""Sides that differ by less make a square."""

_WIDE: Final = 2.0
"""From here on a photo is a panorama. Screens of phones are longer, but upright."""


class PhotoFacts:
    """One entry a photo. Never changes."""

    def __init__(self, columns: FileColumns, files: NDArray[np.intp]) -> None:
        """Take what the database says.

        Args:
            columns: of files.
            files: for each photo, one of its files: they say the same.
        """
        self._formats, self._cameras = _Words(), _Words()
        self._texts = FoldedTexts.of(())
        self._sides_px = np.empty((0, 2), np.int32)
        self._placed = np.empty(0, np.bool_)
        self._extend(columns, files)

    def extended(self, columns: FileColumns, files: NDArray[np.intp]) -> PhotoFacts:
        """Return these with more photos behind them, at the price of those."""
        longer = copy(self)
        longer._extend(columns, files)
        return longer

    def _extend(self, columns: FileColumns, files: NDArray[np.intp]) -> None:
        chosen = files.tolist()
        self._formats = self._formats.extended([columns.formats[file] for file in chosen])
        self._cameras = self._cameras.extended([columns.cameras[file] for file in chosen])
        self._texts = self._texts.extended([columns.texts[file] for file in chosen])
        self._sides_px = np.concatenate([self._sides_px, columns.sides_px[files]])
        self._placed = np.concatenate([self._placed, columns.placed[files]])

    def mask(self, filters: Filters) -> Mask:
        """Tell which photos pass what the filters say of format, form, camera and place."""
        mask = np.ones(len(self._placed), np.bool_)
        if filters.formats:
            mask &= self._formats.among(lambda name: name in filters.formats)
        if filters.cameras:
            wanted = [fold(camera) for camera in filters.cameras]
            mask &= self._cameras.among(lambda name: any(one in fold(name) for one in wanted))
        if filters.shapes:
            mask &= self._shaped(filters.shapes)
        if filters.has_place is not None:
            mask &= self._placed == filters.has_place
        return mask

    def saying(self, words: str) -> Rows:
        """Return the photos in whose caption or keywords these words stand literally."""
        return self._texts.containing(words)

    def formats(self) -> dict[str, int]:
        """Return how many photos there are of each file format."""
        return self._formats.counts()

    def cameras(self) -> dict[str, int]:
        """Return how many photos there are of each camera."""
        return {name: count for name, count in self._cameras.counts().items() if name}

    def _shaped(self, shapes: Collection[Shape]) -> Mask:
        width, height = self._sides_px[:, 0], self._sides_px[:, 1]
        of = {
            Shape.LANDSCAPE: width >= _EVEN * height,
            Shape.PORTRAIT: height >= _EVEN * width,
            Shape.SQUARE: (width < _EVEN * height) & (height < _EVEN * width),
            Shape.PANORAMA: width >= _WIDE * height,
        }
        mask: Mask = np.logical_or.reduce([of[shape] for shape in shapes])
        return mask


class _Words:
    """A word for each photo, of which there are few different ones."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        """With their numbers, which are their places."""
        self._numbers = np.empty(0, np.intp)

    def extended(self, words: Sequence[str]) -> _Words:
        longer = _Words()
        known = longer._words = dict(self._words)
        more = np.array([known.setdefault(word, len(known)) for word in words], np.intp)
        longer._numbers = np.concatenate([self._numbers, more])
        return longer

    def among(self, wanted: Callable[[str], bool]) -> Mask:
        hit = np.array([wanted(word) for word in self._words], np.bool_)
        mask: Mask = hit[self._numbers]
        return mask

    def counts(self) -> dict[str, int]:
        return dict(zip(self._words, np.bincount(self._numbers, minlength=len(self._words)).tolist(), strict=True))
