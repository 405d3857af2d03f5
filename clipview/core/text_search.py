"""Many short texts in one long string, so that looking for words in 100,000 of them takes a millisecond or two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

Places = NDArray[np.intp]
"""Positions in a list of texts."""


def fold(text: str) -> str:
    """Return a text as it is compared: without case, accents and differences of width ("Café" is "cafe")."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


class _Last(Struct, eq=False):
    """Where the words of the last search stand: who types on looks there only."""

    found: tuple[bytes, Places]


class FoldedTexts(Struct, frozen=True, eq=False):
    """Texts that can be looked through; never changes."""

    _text: bytes
    """Folded UTF-8, a line break before each text."""
    _breaks: Places
    """Where the line breaks are."""
    _last: _Last = field(default_factory=lambda: _Last((b"", np.empty(0, np.intp))))

    @classmethod
    def of(cls, texts: Sequence[str]) -> FoldedTexts:
        """Take texts, in which line breaks count as spaces."""
        joined = fold("".join([f"\n{text}" for text in _one_line(texts)])).encode("utf-8", "surrogatepass")
        return cls(joined, np.flatnonzero(np.frombuffer(joined, np.uint8) == ord("\n")))

    def extended(self, texts: Sequence[str]) -> FoldedTexts:
        """Return these texts with more behind them."""
        more = FoldedTexts.of(texts)
        breaks = np.concatenate([self._breaks, more._breaks + len(self._text)])
        return FoldedTexts(self._text + more._text, breaks)

    def containing(self, words: str) -> Places:
        """Return the texts in which these words stand, anywhere, ascending; none for no words."""
        return self._texts_at(self._found(words))

    def with_word(self, words: str) -> Places:
        """Return the texts in which these words stand at the start of a word, ascending; none for no words."""
        found = self._found(words)
        if len(found) and _WORD[self._text[found[0]]]:
            found = found[~_WORD[np.frombuffer(self._text, np.uint8)[found - 1]]]
        return self._texts_at(found)

    def _texts_at(self, found: Places) -> Places:
        texts = np.searchsorted(self._breaks, found) - 1
        fresh = np.ones(len(texts), np.bool_)
        np.not_equal(texts[1:], texts[:-1], out=fresh[1:])
        some: Places = texts[fresh]
        return some

    def _found(self, words: str) -> Places:
        wanted = fold(words).replace("\n", " ").encode("utf-8", "replace")
        if not wanted or len(wanted) > len(self._text):
            return np.empty(0, np.intp)
        begun, places = self._last.found
        if begun and wanted.startswith(begun):
            found = self._going_on(places, wanted, len(begun))
        else:
            few = self._find_few(wanted)
            found = self._find_many(wanted) if few is None else few
        self._last.found = wanted, found
        return found

    def _going_on(self, places: Places, wanted: bytes, known: int) -> Places:
        """Return those of some ascending places at which the rest of the words stands too."""
        text = np.frombuffer(self._text, np.uint8)
        found = places[: np.searchsorted(places, len(text) - len(wanted), side="right")]
        for offset, byte in enumerate(wanted[known:], known):
            found = found[text[found + offset] == byte]
        return found

    def _find_few(self, wanted: bytes) -> Places | None:
        """Return where the words are; None when there are too many."""
        found: list[int] = []
        at = self._text.find(wanted)
        while at >= 0:
            if len(found) == _FEW:
                return None
            found.append(at)
            at = self._text.find(wanted, at + 1)
        return np.array(found, np.intp)

    def _find_many(self, wanted: bytes) -> Places:
        text = np.frombuffer(self._text, np.uint8)
        beginnings = len(text) - len(wanted) + 1
        parts = []
        for start in range(0, beginnings, _BLOCK_BYTES):
            count = min(_BLOCK_BYTES, beginnings - start)
            # Whole passes for the first bytes: after these, few places are left to look at one by one.
            begins = text[start : start + count] == wanted[0]
            for offset, byte in enumerate(wanted[1:_PASSES], start + 1):
                begins &= text[offset : offset + count] == byte
            parts.append(np.flatnonzero(begins) + start)
        return self._going_on(np.concatenate(parts), wanted, min(_PASSES, len(wanted)))


_FEW: Final = 500
"""Hits up to which Python's own search is faster than numpy's comparison of every byte."""

_PASSES: Final = 3

_BLOCK_BYTES: Final = 1 << 18
"""What stays in a processor's cache from one pass to the next."""

# Letters and digits; a byte of a longer UTF-8 character nearly always belongs to a letter.
_WORD: Final = np.array([byte >= 0x80 or chr(byte).isalnum() for byte in range(256)])

# The combining marks of Latin, Greek and Cyrillic: in other scripts marks are letters in their own right.
_ACCENTS: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def _one_line(texts: Sequence[str]) -> Sequence[str]:
    return [text.replace("\n", " ") for text in texts]
