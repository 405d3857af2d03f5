"""The photos shown last, kept so that the next start has pictures before the engine has opened the library."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from clipview.core.types import Months
from clipview.engine.messages import SearchAnswer
from clipview.ui.kept_files import keep_rows, kept_rows

FILE_NAME = "window.npy"
_MOST = 1_000
_ROW = np.dtype([("id", "<i8"), ("colour", "<u4"), ("day", "<i4")])


def save(file: Path, answer: SearchAnswer) -> None:
    """Keep the beginning of an answer to browsing the whole library; one that can't be kept doesn't matter."""
    assert answer.days is not None
    rows = np.empty(min(len(answer.ids), _MOST), _ROW)
    for name, column in (("id", answer.ids), ("colour", answer.colours), ("day", answer.days)):
        rows[name] = column[: len(rows)]
    keep_rows(file, rows)


def load(file: Path) -> SearchAnswer | None:
    """Return what was kept as if it had just been answered; None when there is nothing of use."""
    rows = kept_rows(file)
    if rows is None or rows.dtype != _ROW or rows.ndim != 1 or not 0 < len(rows) <= _MOST:
        return None
    return SearchAnswer(
        number=0,
        ids=np.ascontiguousarray(rows["id"]),
        colours=np.ascontiguousarray(rows["colour"]),
        match=None,
        offline=np.zeros(len(rows), np.bool_),
        stars=np.zeros(len(rows), np.int8),
        favourite=np.zeros(len(rows), np.bool_),
        own_order=False,
        days=np.ascontiguousarray(rows["day"]),
        strong=0,
        possible=0,
        named=0,
        total=len(rows),
        closest=False,
        months=Months(),
        left_out=0,
        groups=None,
        date_words=None,
        elapsed_ms=0.0,
    )
