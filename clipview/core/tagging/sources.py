"""Where tagging gets a library's vectors, neutral texts and tag texts from, each made once and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipview.core.encoders import Encoder
from clipview.core.memory import Loaded
from clipview.core.prompts import Tag, average, prompts_for, read_vocabulary
from clipview.core.query_vectors import Keep
from clipview.core.relevance import SAMPLE_PHOTOS
from clipview.core.resources import resource
from clipview.core.store import Model, Store
from clipview.core.tagging.pairs import pair_scale
from clipview.core.tagging.scoring import Photos
from clipview.core.tagging.tagger import Basis
from clipview.core.tagging.vocabularies import SHIPPED
from clipview.core.term_scores import PhotoVectors
from clipview.core.types import Matrix

_STARTER = "starter"
_POOL_FACTOR = 4


def encode_bank(encoder: Encoder) -> Matrix:
    """Return the vectors of the neutral texts, shape (texts, dim): those of the shipped tags that are neutral."""
    return encode_vocabulary(encoder)[read_vocabulary(resource(SHIPPED)).neutral()]


def encode_vocabulary(encoder: Encoder) -> Matrix:
    """Return the vectors of the shipped vocabulary's tags in its order, shape (tags, dim).

    Those of the built-in encoder lie ready; others take seconds to minutes.
    """
    vocabulary = resource(SHIPPED)
    ready = resource("starter") / f"bank-{bank_key(encoder, vocabulary)}.npy"
    if ready.exists():
        shipped: NDArray[np.float16] = np.load(ready, allow_pickle=False)
        return shipped.astype(np.float32)
    tags = read_vocabulary(vocabulary).tags
    encoded = encoder.encode_texts([prompt for tag in tags for prompt in tag.prompts])
    ends = np.cumsum([len(tag.prompts) for tag in tags])
    vectors = np.stack([average(part) for part in np.split(encoded, ends[:-1])])
    # Rounded as the database rounds it, so that the first run and all later ones agree.
    return vectors.astype(np.float16).astype(np.float32)


def bank_key(encoder: Encoder, vocabulary: Path) -> str:
    """Return what names the vectors of a vocabulary: they are others for other weights and for other texts."""
    return hashlib.sha256(encoder.fingerprint.encode() + vocabulary.read_bytes()).hexdigest()[:16]


class TagSources:
    """Gives what `LibraryTags` asks for, for one library."""

    def __init__(
        self,
        store: Store,
        loaded: Callable[[], Loaded],
        bank: Callable[[Model], Matrix],
        shipped: Callable[[Model], Matrix],
        encoder_of: Callable[[Model], Encoder],
        keep: Keep,
    ) -> None:
        """Take the library's parts.

        Args:
            store: the database.
            loaded: gives what is in memory, with vectors.
            bank: gives the neutral texts' vectors.
            shipped: gives the vectors of the shipped vocabulary's tags, in its order.
            encoder_of: gives a model's encoder.
            keep: writes to the database if that is possible now.
        """
        self._store, self._loaded, self._encoder_of, self._keep = store, loaded, encoder_of, keep
        self._bank, self._shipped = bank, shipped
        self._last: tuple[PhotoVectors, Basis] | None = None
        self._shipped_tags: tuple[Tag, ...] = ()

    def basis(self) -> Basis:
        """Return what the library holds for tagging now."""
        loaded = self._loaded()
        vectors, model = loaded.searcher.vectors, loaded.model
        assert vectors is not None
        assert model is not None
        if self._last is not None and self._last[0] is vectors:
            return self._last[1]
        bank = self._bank(model)
        photos = Photos(vectors.search.ids, vectors.search.matrix, vectors.similar.matrix)
        there = set(photos.ids.tolist())
        ids = self._store.ids_by_content(_POOL_FACTOR * SAMPLE_PHOTOS)
        sample = np.array([photo_id for photo_id in ids if photo_id in there][:SAMPLE_PHOTOS], np.int64)
        places = np.flatnonzero(np.isin(photos.ids, sample))
        scale = pair_scale(photos.search[places] @ bank.T, usual=model.name == _STARTER)
        neutral = None if vectors.measured is None else vectors.measured.neutral
        basis = Basis(model, model.name == _STARTER, photos, bank, scale, sample, neutral)
        self._last = vectors, basis
        return basis

    def texts(self, model: Model, tags: Sequence[Tag]) -> Matrix:
        """Return the tags' vectors, each the mean direction of its prompts, shape (tags, dim)."""
        self._shipped_tags = self._shipped_tags or read_vocabulary(resource(SHIPPED)).tags
        known = {tag.prompts: row for tag, row in zip(self._shipped_tags, self._shipped(model), strict=True)}
        keys = {tag.prompts: "tag:" + json.dumps(tag.prompts) for tag in tags if tag.prompts not in known}
        if keys:
            stored = self._store.cached_texts(model.model_id, list(keys.values()))
            missing = [prompts for prompts, key in keys.items() if key not in stored]
            if missing:
                encoder = self._encoder_of(model)
                # A tag that is nothing but its name is described as if somebody had typed it.
                wordings = [prompts_for(each[0], encoder.templates) if len(each) == 1 else each for each in missing]
                encoded = encoder.encode_texts([wording for each in wordings for wording in each])
                parts = np.split(encoded, np.cumsum([len(each) for each in wordings])[:-1])
                made = {keys[prompts]: average(part) for prompts, part in zip(missing, parts, strict=True)}
                self._keep(lambda store: store.cache_texts(model.model_id, made))
                stored = {**stored, **made}
            known.update({prompts: stored[key] for prompts, key in keys.items()})
        if not tags:
            return np.empty((0, model.dim), np.float32)
        return np.stack([known[tag.prompts] for tag in tags])
