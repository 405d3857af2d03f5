"""From the terms of a query to vectors: encoded once, remembered while somebody types on."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from clipview.core.decoding import DecodePool
from clipview.core.encoders import Encoder, Preparation
from clipview.core.errors import UnreadableImageError
from clipview.core.memory import Loaded
from clipview.core.pictures import Picture
from clipview.core.prompts import average, prompts_for
from clipview.core.store import Model, Store
from clipview.core.term_scores import QueryVector
from clipview.core.types import FileStamp, ImageTerm, ModelInput, PhotoContent, Term, Unreadable, Vector

_REMEMBERED: Final = 2_000

Keep = Callable[[Callable[[Store], None]], None]
"""Writes to the database if that is possible now."""


class QueryVectors:
    """Encodes terms for one library. Safe from any thread."""

    def __init__(
        self, store: Store, encoder_of: Callable[[Model], Encoder], closing: ExitStack, keep: Keep | None
    ) -> None:
        """Take what encoding needs.

        Args:
            store: knows the vectors of its own photos, and texts that were encoded before.
            encoder_of: gives a model's encoder.
            closing: ends the worker that opens query images.
            keep: stores the vectors of texts for the next time; without it the database isn't asked for them either,
                for what somebody is still typing is not worth a place there, nor waiting for a scan to let go of it.
        """
        self._store, self._encoder_of, self._closing, self._keep = store, encoder_of, closing, keep
        self._recent: OrderedDict[Hashable, Vector] = OrderedDict()
        self._lock = threading.Lock()
        self._decoder: tuple[Preparation, DecodePool] | None = None

    def vector(self, loaded: Loaded, term: Term) -> QueryVector:
        """Return a term as a vector of the model that is loaded.

        Raises:
            UnreadableImageError: an image term's file can't be read.
            ModelUnavailableError: the model is gone, or its weights were replaced.
        """
        assert loaded.model is not None
        model = loaded.model
        if isinstance(term, ImageTerm):
            return QueryVector(self._of_image(loaded, model, term), model.similar_dim != model.dim)
        return QueryVector(self._of_text(model, term.text), against_similar=False)

    def photo_at(self, path: Path) -> int | None:
        """Return the photo that a file is, if the library holds it as it is now."""
        stamp = _stamp(path)
        return None if stamp is None else self._store.photo_at(Path(os.path.realpath(path)), stamp)

    def described(self, loaded: Loaded, term: ImageTerm) -> Vector:
        """Return a picture as a vector that can be compared with words; raises as `vector` does."""
        assert loaded.model is not None
        return self._of_image(loaded, loaded.model, term, for_words=True)

    def _of_text(self, model: Model, text: str) -> Vector:
        words = " ".join(text.split())
        key = (model.model_id, words)
        vector = self._remembered(key)
        if vector is None and self._keep is not None:
            vector = self._store.cached_texts(model.model_id, [words]).get(words)
        if vector is not None:
            return vector
        encoder = self._encoder_of(model)
        encoded = average(encoder.encode_texts(prompts_for(words, encoder.templates)))
        self._remember(key, encoded)
        if self._keep is not None:
            self._keep(lambda store: store.cache_texts(model.model_id, {words: encoded}))
        return encoded

    def _of_image(self, loaded: Loaded, model: Model, term: ImageTerm, *, for_words: bool = False) -> Vector:
        path = term.path
        photo_id = self.photo_at(path) if term.box is None else None
        if photo_id is not None and loaded.vectors is not None and photo_id in loaded.vectors.similar:
            known = loaded.vectors.search if for_words else loaded.vectors.similar
            return known.vector(photo_id)
        key = (model.model_id, path, term.box, _stamp(path))
        remembered = self._remembered((*key, for_words))
        if remembered is not None:
            return remembered
        encoder = self._encoder_of(model)
        vectors = encoder.encode_images([self._model_input(encoder.preparation, term)])
        searched: Vector = vectors.search[0]
        similar: Vector = searched if vectors.similar is None else vectors.similar[0]
        self._remember((*key, True), searched)
        self._remember((*key, False), similar)
        return searched if for_words else similar

    def for_words(self, encoder: Encoder, path: Path) -> Vector:
        """Return an image file's vector for words.

        Raises:
            UnreadableImageError: the file can't be read.
        """
        vector: Vector = encoder.encode_images([self._model_input(encoder.preparation, ImageTerm(path))]).search[0]
        return vector

    def _model_input(self, preparation: Preparation, term: ImageTerm) -> ModelInput:
        pool = self._pool(preparation)
        opened: PhotoContent | Picture | Unreadable
        if term.box is None:
            opened = pool.decode_one(term.path)
        else:
            # What arrives is plain pixels, no more than the model can use: the file was opened by the worker.
            opened = pool.view(term.path, preparation.min_side_px, term.box)
        if isinstance(opened, Unreadable):
            raise UnreadableImageError(f"{term.path} can't be used as a query: {opened.reason}")
        return opened.model_input if isinstance(opened, PhotoContent) else preparation(opened.image)

    def _pool(self, preparation: Preparation) -> DecodePool:
        """Return the worker that opens query images, which come from anywhere."""
        with self._lock:
            if self._decoder is None or self._decoder[0] != preparation:
                self._decoder = (preparation, self._closing.enter_context(DecodePool(preparation, workers=1)))
            return self._decoder[1]

    def _remembered(self, key: Hashable) -> Vector | None:
        with self._lock:
            vector = self._recent.get(key)
            if vector is not None:
                self._recent.move_to_end(key)
            return vector

    def _remember(self, key: Hashable, vector: Vector) -> None:
        with self._lock:
            self._recent[key] = vector
            if len(self._recent) > _REMEMBERED:
                self._recent.popitem(last=False)


def _stamp(path: Path) -> FileStamp | None:
    try:
        seen = path.stat()
    except (OSError, ValueError):
        return None
    return FileStamp(seen.st_size, seen.st_mtime_ns)
