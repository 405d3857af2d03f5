"""How what scores are measured against is kept: vectors of a bank of texts, and what photos score with them."""

from __future__ import annotations

import sqlite3

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.store.recording import to_bytes
from clipview.core.types import Matrix


class StoredNeutral(Struct, frozen=True, eq=False):
    """What photos score over one bank, as parallel columns."""

    signature: str
    """Names the bank."""
    photo_ids: NDArray[np.int64]
    """Ascending; photos that are gone may be among them."""
    means: NDArray[np.float32]
    deviations: NDArray[np.float32]


def read_bank(connection: sqlite3.Connection, model_id: int, signature: str, dim: int) -> Matrix | None:
    """Return the vectors of a bank of texts, shape (n, dim), or None."""
    row = connection.execute(
        "SELECT vectors FROM banks WHERE model_id = ? AND signature = ?", (model_id, signature)
    ).fetchone()
    return None if row is None else np.frombuffer(row[0], "<f2").reshape(-1, dim).astype(np.float32)


def write_bank(connection: sqlite3.Connection, model_id: int, signature: str, vectors: Matrix) -> None:
    """Keep the vectors of a bank; earlier banks of the model are dropped. Part of the caller's transaction."""
    connection.execute("DELETE FROM banks WHERE model_id = ?", (model_id,))
    connection.execute(
        "INSERT INTO banks (model_id, signature, vectors) VALUES (?, ?, ?)", (model_id, signature, to_bytes(vectors))
    )


def read_neutral(connection: sqlite3.Connection, model_id: int) -> StoredNeutral | None:
    """Return what was kept; None when nothing was, or when it can't be trusted any more."""
    row = connection.execute(
        "SELECT signature, photo_ids, means, deviations FROM neutral_scores WHERE model_id = ?", (model_id,)
    ).fetchone()
    if row is None:
        return None
    signature, photo_ids, means, deviations = row
    return StoredNeutral(
        signature, np.frombuffer(photo_ids, "<i8"), np.frombuffer(means, "<f4"), np.frombuffer(deviations, "<f4")
    )


def write_neutral(connection: sqlite3.Connection, model_id: int, neutral: StoredNeutral) -> None:
    """Keep this instead of what was kept; part of the caller's transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO neutral_scores (model_id, signature, photo_ids, means, deviations) "
        "VALUES (?, ?, ?, ?, ?)",
        (
            model_id,
            neutral.signature,
            neutral.photo_ids.astype("<i8").tobytes(),
            neutral.means.astype("<f4").tobytes(),
            neutral.deviations.astype("<f4").tobytes(),
        ),
    )
