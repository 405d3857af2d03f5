"""Whether a model's int8 form sees this library's own photos as the model itself does; asked before it is used."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import msgspec
import numpy as np
from msgspec import Struct

from clipview.core.decoding import DecodePool, DecodeTask
from clipview.core.encoders.quantized import QuantizedEncoder
from clipview.core.errors import ModelUnavailableError
from clipview.core.store import Store
from clipview.core.types import Matrix, ModelInput, PhotoContent

log = logging.getLogger(__name__)

_PHOTOS, _FEWEST = 256, 64
"""Among few photos most of ten nearest stay by chance."""
_MEAN, _LEAST = 0.999, 0.995
_AGREEMENT = 0.95
"""Half a photo of each one's ten nearest may become another."""
_NEIGHBOURS = 10


class Fidelity(Struct, frozen=True):
    """How near the int8 form comes to the model."""

    fingerprint: str
    """Of the int8 form."""
    photos: int
    """On how many of the library's photos this was measured."""
    mean: float
    """Of the cosines of each photo's two vectors."""
    least: float
    agreement: float
    """The share of each photo's ten nearest among them that stay."""

    @property
    def suffices(self) -> bool:
        """Whether vectors hardly move, and what is near what stays the same.

        Neither tells the other: vectors that crowd together change places by moving little, and ones that all move
        the same way keep their neighbours while texts meet them elsewhere.
        """
        return self.mean >= _MEAN and self.least >= _LEAST and self.agreement >= _AGREEMENT

    def __str__(self) -> str:
        return (
            f"on {self.photos} photos of this library the mean cosine with the model itself is {self.mean:.4f}, the "
            f"least {self.least:.4f}, and {self.agreement:.0%} of each photo's {_NEIGHBOURS} nearest stay"
        )


def require_fidelity(store: Store, encoder: QuantizedEncoder) -> None:
    """Let an int8 form pass that suffices, and remember what was measured; measures it unless it passed before.

    Raises ModelUnavailableError, with the figures, for one that doesn't, and when there are too few photos to tell.
    """
    before = measured_fidelity(store, encoder.name)
    if before is not None and before.fingerprint == encoder.fingerprint and before.suffices:
        return
    measured = _measure(store, encoder)
    log.info("%s: %s", encoder.name, measured)
    store.set_setting(_setting(encoder.name), msgspec.json.encode(measured).decode())
    if not measured.suffices:
        raise ModelUnavailableError(
            f"{encoder.name} is refused: {measured}. Needed are {_MEAN}, {_LEAST} and {_AGREEMENT:.0%}. "
            f"Go on with {encoder.exact.name}."
        )


def measured_fidelity(store: Store, name: str) -> Fidelity | None:
    """Return what was last measured of an int8 form, whether it passed or not."""
    kept = store.setting(_setting(name))
    return None if kept is None else msgspec.json.decode(kept, type=Fidelity)


def _measure(store: Store, encoder: QuantizedEncoder) -> Fidelity:
    exact, short = [], []
    for batch in _inputs(store, encoder):
        exact.append(encoder.exact.encode_images(batch).search)
        short.append(encoder.encode_images(batch).search)
    count = sum(map(len, exact))
    if count < _FEWEST:
        raise ModelUnavailableError(
            f"Whether {encoder.name} is good enough is tried on the library's photos, of which {count} can be read "
            f"now: index at least {_FEWEST} with {encoder.exact.name} first."
        )
    ours, theirs = np.concatenate(short), np.concatenate(exact)
    cosines = (ours * theirs).sum(axis=1)
    agreement = _agreement(ours, theirs)
    return Fidelity(encoder.fingerprint, count, float(cosines.mean()), float(cosines.min()), agreement)


def _inputs(store: Store, encoder: QuantizedEncoder) -> Iterator[list[ModelInput]]:
    """Decode a sample of the photos that are there, in batches."""
    sample = store.ids_by_content(_PHOTOS)
    paths = [files[0] for files in store.files_of(sample).values() if files]
    workers = max(1, min(os.cpu_count() or 1, 8))
    batch: list[ModelInput] = []
    with DecodePool(encoder.preparation, workers=workers, low_priority=True) as pool:
        for decoded in pool.run(map(DecodeTask, paths), look_ahead=2 * workers):
            if isinstance(decoded.content, PhotoContent):
                batch.append(decoded.content.model_input)
            if len(batch) == encoder.batch_size:
                yield batch
                batch = []
    if batch:
        yield batch


def _agreement(ours: Matrix, theirs: Matrix) -> float:
    count = min(_NEIGHBOURS, len(ours) - 1)
    near = []
    for vectors in (ours, theirs):
        scores = vectors @ vectors.T
        np.fill_diagonal(scores, -2)
        near.append(np.argpartition(-scores, count - 1, axis=1)[:, :count])
    shared = [len(np.intersect1d(mine, other)) for mine, other in zip(*near, strict=True)]
    return float(np.mean(shared) / count)


def _setting(name: str) -> str:
    return f"fidelity of {name}"
