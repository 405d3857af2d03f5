"""The photos shown last, kept so that the next start has pictures before the engine has opened the library."""

from __future__ import annotations

from array import array
from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QLocale

from clipview.engine.messages import SearchAnswer
from clipview.ui.kept_files import keep_value, kept_value
from clipview.ui.lazy_numpy import np
from clipview.ui.photo_model import Answer, Heading

FILE_NAME = "window-page"
_MOST = 1_000


class _Page(Struct, frozen=True):
    locale: str
    """The headings are in its words."""
    ids: bytes
    """int64, in this machine's byte order."""
    colours: bytes
    """uint32."""
    headings: tuple[Heading, ...]


def save(file: Path, answer: SearchAnswer, headings: tuple[Heading, ...]) -> None:
    """Keep the beginning of an answer to browsing the whole library; one that can't be kept doesn't matter."""
    ids = np.ascontiguousarray(answer.ids[:_MOST], np.int64)
    colours = np.ascontiguousarray(answer.colours[:_MOST], np.uint32)
    kept = tuple(heading for heading in headings if heading.first < len(ids))
    keep_value(file, _Page(QLocale().name(), ids.tobytes(), colours.tobytes(), kept))


def load(file: Path) -> Answer | None:
    """Return what was kept, as it was shown; None when there is nothing of use."""
    page = kept_value(file, _Page)
    if page is None or page.locale != QLocale().name():
        return None
    ids, colours = array("q"), array("I")
    try:
        ids.frombytes(page.ids)
        colours.frombytes(page.colours)
    except ValueError:
        return None
    firsts = [-1, *(heading.first for heading in page.headings), len(ids)]
    ascending = all(first < after for first, after in pairwise(firsts))
    if not 0 < len(ids) == len(colours) <= _MOST or not ascending:
        return None
    return Answer(ids, colours, headings=page.headings)
