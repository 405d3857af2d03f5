"""The models of one library: which one searches use, which one scans build, their encoders and their bank of texts."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import cached_property
from itertools import compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipview.core.encoders import Encoder
from clipview.core.encoders.quantized import QuantizedEncoder
from clipview.core.errors import ModelUnavailableError
from clipview.core.explain import Words
from clipview.core.fidelity import require_fidelity
from clipview.core.memory import Loaded
from clipview.core.places import Places
from clipview.core.prompts import Vocabulary, read_vocabulary
from clipview.core.resources import resource
from clipview.core.store import Model, Store
from clipview.core.tagging import encode_vocabulary
from clipview.core.types import Matrix

DEFAULT_MODEL = "starter"

EncoderLoader = Callable[[str, Path, Path], Encoder]
"""Makes an encoder from a model's name, the folder of models, and the folder for caches."""

_ACTIVE_MODEL = "active_model"
_WANTED_MODEL = "wanted_model"
_VOCABULARY = "vocabulary.toml"


class LibraryModels:
    """Safe from any thread."""

    def __init__(
        self, store: Store, places: Places, load: EncoderLoader, keep: Callable[[Callable[[Store], None]], None]
    ) -> None:
        """Take where models are; nothing is loaded yet.

        Args:
            store: the database.
            places: where models and caches lie.
            load: makes an encoder.
            keep: caches something in the database if that is possible now.
        """
        self._store, self._places, self._load_encoder, self._keep = store, places, load, keep
        self._encoders: dict[str, Encoder] = {}
        self._loading = threading.Lock()

    @property
    def name(self) -> str:
        """The model that searches use."""
        active = self.active()
        return self.wanted if active is None else active.name

    @property
    def wanted(self) -> str:
        """The model that scans build vectors of."""
        return self._store.setting(_WANTED_MODEL) or DEFAULT_MODEL

    def use(self, name: str) -> bool:
        """Choose the model for scans, and for searches once all photos have its vectors.

        Returns whether searches use it from now on.

        Raises:
            ModelUnavailableError: it isn't on this machine, or is an int8 form that differs too much on these photos.
        """
        encoder = self.encoder(name)
        if isinstance(encoder, QuantizedEncoder):
            require_fidelity(self._store, encoder)
        self._store.set_setting(_WANTED_MODEL, name)
        model = next((each for each in self._store.models() if each.fingerprint == encoder.fingerprint), None)
        if model is not None:
            self.switch_when_complete(model)
        return self.active() == model and model is not None

    def active(self) -> Model | None:
        """Return the model that searches use; None when there are no vectors yet."""
        active = self._store.setting(_ACTIVE_MODEL)
        models = self._store.models()
        if active is None:
            # While the first scan runs, what it has committed can be searched.
            return models[-1] if models else None
        return next((model for model in models if str(model.model_id) == active), None)

    def named(self, name: str) -> Model | None:
        """Return the newest model of this name that has vectors here."""
        named = [model for model in self._store.models() if model.name == name]
        return named[-1] if named else None

    def encoder(self, name: str) -> Encoder:
        """Return a model's encoder, loaded once; raises ModelUnavailableError."""
        with self._loading:
            if name not in self._encoders:
                self._encoders[name] = self._load_encoder(name, self._places.models, self._places.cache)
            return self._encoders[name]

    def encoder_of(self, model: Model) -> Encoder:
        """Return the encoder whose vectors these are.

        Raises ModelUnavailableError, also when its weights were replaced meanwhile.
        """
        encoder = self.encoder(model.name)
        if encoder.fingerprint != model.fingerprint:
            raise ModelUnavailableError(
                f"The weights of the model {model.name} were replaced since this library was indexed. Run "
                "`clipview index` to build its vectors again."
            )
        return encoder

    def switch_when_complete(self, model: Model) -> None:
        """Search with this model once every photo has its vectors."""
        if self._store.setting(_ACTIVE_MODEL) == str(model.model_id):
            return
        if self._store.count_waiting(model.model_id) == 0 or self.active() is None:
            self._store.set_setting(_ACTIVE_MODEL, str(model.model_id))

    def stored_bank(self, model: Model) -> Matrix | None:
        """Return the bank if it was made already."""
        stored = self._stored_tag_texts(model)
        return None if stored is None else stored[self._neutral]

    def bank(self, model: Model) -> Matrix:
        """Return the vectors of unrelated texts that scores are measured against: the vocabulary's neutral tags."""
        return self.tag_texts(model)[self._neutral]

    def tag_texts(self, model: Model) -> Matrix:
        """Return the vectors of all tags of the shipped vocabulary, in its order."""
        stored = self._stored_tag_texts(model)
        if stored is not None:
            return stored
        vectors = encode_vocabulary(self.encoder_of(model))
        self._keep(lambda store: store.put_bank(model.model_id, _bank_signature(), vectors))
        return vectors

    def _stored_tag_texts(self, model: Model) -> Matrix | None:
        return self._store.bank(model.model_id, _bank_signature(), model.dim)

    @cached_property
    def _shipped(self) -> Vocabulary:
        return read_vocabulary(resource(_VOCABULARY))

    @cached_property
    def _neutral(self) -> NDArray[np.bool_]:
        return self._shipped.neutral()

    def words(self, bank_of: Callable[[Model], Matrix | None], loaded: Loaded) -> Words | None:
        """Return the vocabulary for the model that is loaded, as far as that model can see what it names."""
        bank = None if loaded.model is None else bank_of(loaded.model)
        if bank is None or loaded.model is None:
            return None
        neutral = tuple(compress(self._shipped.tags, self._neutral))
        blind = loaded.model.name == DEFAULT_MODEL
        seen = np.array([tag.starter or not blind for tag in neutral])
        return Words(Vocabulary(neutral), bank, seen)

    def warm_up(self) -> None:
        """Load what the first query in words would otherwise wait for.

        Raises:
            ModelUnavailableError: the model that searches use is gone.
        """
        model = self.active()
        encoder = self.encoder(self.wanted) if model is None else self.encoder_of(model)
        encoder.encode_texts(["a photo"])
        if model is not None:
            self.bank(model)

    @property
    def is_warm(self) -> bool:
        """Whether a query in words is answered without loading a model first."""
        return self.name in self._encoders


def _bank_signature() -> str:
    return hashlib.sha256(resource(_VOCABULARY).read_bytes()).hexdigest()
