"""What can only be told by reading all of it: vectors, thumbnails, photo files and backups, byte for byte."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipview.core.backup import backups, is_whole
from clipview.core.packed import PackedRows, unpack
from clipview.core.photos import read_bytes
from clipview.core.pictures import Limits
from clipview.core.store import KnownFile, Model, Store, ThumbnailStore
from clipview.core.types import Unreadable

_UNIT_LENGTH_WITHIN = 0.02
"""Rounding to float16 moves the length of a unit vector by less than a thousandth."""

_COLOUR_WITHIN = 12
"""The average colour of a thumbnail before and after JPEG differs by a few of 255 levels at most."""


def spoilt_vectors(store: Store, model: Model) -> list[int]:
    """Return the photos whose stored vectors can't be what the model gave: every one of those has unit length."""
    own_similar = model.similar_dim != model.dim
    spoilt: set[int] = set()
    for block in store.stored_vectors(model.model_id):
        photo_ids = np.array([row[0] for row in block])
        bad = _not_unit([row[1] for row in block], model.dim)
        if own_similar:
            bad |= _not_unit([row[2] for row in block], model.similar_dim)
        spoilt.update(photo_ids[bad].tolist())
    return sorted(spoilt)


def wrong_thumbnails(store: Store, thumbnails: ThumbnailStore) -> list[int]:
    """Return the photos whose thumbnail can't be opened, or has another average colour than the photo."""
    columns = store.file_columns()
    colours = dict(zip(columns.photo_ids.tolist(), columns.colours.tolist(), strict=True))
    return [
        photo_id
        for photo_id in sorted(thumbnails.ids() & colours.keys())
        if not _shows(thumbnails.get(photo_id), colours[photo_id])
    ]


def trouble_with_file(path: Path, known: KnownFile) -> str | None:
    """Read a file whose size and date are as they were, and say what is wrong with its content, if anything is."""
    stamp, data = read_bytes(path, Limits())
    if isinstance(data, Unreadable):
        return data.reason
    if stamp != known.stamp or hashlib.sha256(data).digest() == known.content_hash:
        return None
    return (
        "The file's content is not what it was, although its size and date are: the disk may have damaged it. "
        "Compare it with a copy of your own."
    )


def broken_backups(folder: Path) -> list[Path]:
    """Return the backups that SQLite finds something wrong with."""
    return [path for path in backups(folder) if not is_whole(path)]


def _not_unit(stored: Sequence[bytes | None], dim: int) -> NDArray[np.bool_]:
    try:
        rows = unpack(stored, dim)
    except ValueError:
        if len(stored) == 1:
            return np.array([True])
        return np.concatenate([_not_unit([each], dim) for each in stored])
    if isinstance(rows, PackedRows):
        squares = np.square(rows.values.astype(np.float32))
        row_of = np.repeat(np.arange(len(rows)), rows.counts)
        lengths = np.sqrt(np.bincount(row_of, weights=squares, minlength=len(rows)))
    else:
        lengths = np.linalg.norm(rows.astype(np.float32), axis=1)
    # What is not a number is near nothing.
    wrong: NDArray[np.bool_] = ~(np.abs(lengths - 1) <= _UNIT_LENGTH_WITHIN)
    return wrong


def _shows(jpeg: bytes | None, colour: int) -> bool:
    if jpeg is None:
        return False
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
            average = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()
    except Exception:  # noqa: BLE001, RUF100 - decoders raise nearly anything at damaged bytes
        return False
    wanted = colour.to_bytes(3, "big")
    return all(abs(seen - told) <= _COLOUR_WITHIN for seen, told in zip(average, wanted, strict=True))
