"""Whether a model's int8 form sees this library's own photos as the model itself does; asked before it is used."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import msgspec
import numpy as np

from clipview.core.cores import usable_cores
from clipview.core.decoding import DecodePool, DecodeTask
from clipview.core.encoders.quantized import QuantizedEncoder
from clipview.core.errors import ModelUnavailableError
from clipview.core.model_facts import LEAST_AGREEMENT, LEAST_LEAST, LEAST_MEAN, NEIGHBOURS, Fidelity
from clipview.core.store import Store
from clipview.core.types import Matrix, ModelInput, PhotoContent

log = logging.getLogger(__name__)

_PHOTOS, _FEWEST = 256, 64
"""Among few photos most of ten nearest stay by chance."""


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
            f"{encoder.name} is refused: {measured}. Needed are {LEAST_MEAN}, {LEAST_LEAST} and {LEAST_AGREEMENT:.0%}. "
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
    workers = max(1, min(usable_cores(), 8))
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
    count = min(NEIGHBOURS, len(ours) - 1)
    near = []
    for vectors in (ours, theirs):
        scores = vectors @ vectors.T
        np.fill_diagonal(scores, -2)
        near.append(np.argpartition(-scores, count - 1, axis=1)[:, :count])
    shared = [len(np.intersect1d(mine, other)) for mine, other in zip(*near, strict=True)]
    return float(np.mean(shared) / count)


def _setting(name: str) -> str:
    return f"fidelity of {name}"
