"""The built-in encoder, ready after pip alone: it describes pictures and words by the 1,000 classes of ImageNet.

A picture becomes its likeliest classes plus nine concepts (people, portrait, group, sea, snow, underwater, black and
white, night, sunset); a text becomes the relevance of each class and concept to it (Norouzi et al. 2014, extended).
The last value takes up what a text says beyond that, so that a text it does not understand matches nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clipview.core.encoders import ImageVectors, Preparation, QuantileScale
from clipview.core.encoders.minilm import MiniLM
from clipview.core.encoders.packaged import LITE0, MINILM
from clipview.core.encoders.phrases import CLASSES, PhraseBook
from clipview.core.encoders.picture_half import PictureHalf, Subject, TorchRunner
from clipview.core.encoders.pixels import PIXEL_CONCEPTS, StarterPreparation, pixel_concepts
from clipview.core.encoders.shortage import told_when_memory_is_short
from clipview.core.resources import resource
from clipview.core.types import Matrix, ModelInput

if TYPE_CHECKING:
    from clipview.core.encoders.device import Device

CLASSIFIER, CLASSIFIER_BIAS = "classifier", "classifier.bias"
"""What belongs to the picture network: its last layer, shapes (1280, 1000) and (1000,)."""

_RECIPE = "starter-1"
"""Goes up with every change that moves vectors."""
_TOP_CLASSES = 10
_IMAGE_TEMPERATURE = 2.0
_CONCEPT_WEIGHT = 0.5
_CONCEPT_RAMP = (0.35, 0.85)
_TEXT_TEMPERATURE = 0.1
_UNDERSTOOD_MIDDLE, _UNDERSTOOD_WIDTH = 0.46, 0.04
"""The constants of the recipe; found by search on 94 queries over 1,000 labelled photos."""


class StarterEncoder:
    """Keeps the `Encoder` contract; its picture half and its text half load on first use."""

    name = "starter"
    batch_size = 16
    preparation: Preparation = StarterPreparation()
    templates: tuple[str, ...] = ("{}",)
    default_scale: QuantileScale | None = QuantileScale(
        text=(0.007, 0.036, 0.072, 0.154, 0.215, 0.521),
        image=(0.101, 0.161, 0.207, 0.262, 0.362, 0.488),
        spread=0.028,
    )
    similar_dim = 256
    logit_scale = 20.0
    """Fitted, as it has no temperature of its own: the likeliest for 239 photos and the names of what they show."""

    def __init__(self, cache_dir: Path, device: Device | None = None) -> None:
        """Check that the weights are there, without loading them.

        Args:
            cache_dir: where the embedded phrases are kept between runs.
            device: for pictures; the fastest of this machine when None. Texts are always done on the CPU.

        Raises ModelUnavailableError when a package is missing.
        """
        LITE0.find()
        MINILM.find()
        self._cache_dir = cache_dir
        self._phrases_path = resource("starter/class_phrases.json")
        self._probes_path = resource("starter/probes_lite0.npz")
        self._basis_path = resource("starter/similar_basis.npy")
        phrases = self._phrases_path.read_bytes()
        self._concepts: list[str] = list(json.loads(phrases)["concepts"])
        self.dim = CLASSES + len(self._concepts) + 1
        parts = (_RECIPE.encode(), LITE0.sha256.encode(), MINILM.sha256.encode(), phrases)
        digest = hashlib.sha256(b"\0".join(parts))
        digest.update(self._probes_path.read_bytes())
        digest.update(self._basis_path.read_bytes())
        self.fingerprint = f"starter-{digest.hexdigest()[:24]}"
        subject = Subject(self.name, self.fingerprint, cache_dir)
        self.pictures = PictureHalf(subject, _load_network, device)

    def encode_images(self, inputs: Sequence[ModelInput]) -> ImageVectors:
        """Embed prepared pictures.

        Raises ModelUnavailableError when the weights turn out to be damaged, or memory is too short.
        """
        if not inputs:
            return ImageVectors(np.empty((0, self.dim), np.float32), np.empty((0, self.similar_dim), np.float32))
        with told_when_memory_is_short(self.name):
            features = self.pictures.run([crop for crop, _whole in inputs])
        roots = _unit(np.sqrt(np.maximum(features, 0)))
        classifier = self.pictures.arrays
        logits = (features @ classifier[CLASSIFIER] + classifier[CLASSIFIER_BIAS]) / _IMAGE_TEMPERATURE
        likeliness = np.exp(logits - logits.max(axis=1, keepdims=True))
        threshold = np.partition(likeliness, -_TOP_CLASSES, axis=1)[:, -_TOP_CLASSES, None]
        classes = _unit(np.where(likeliness >= threshold, likeliness, 0))
        concepts = _CONCEPT_WEIGHT * self._concept_values(roots, [whole for _crop, whole in inputs])
        described = _unit(np.concatenate([classes, concepts], axis=1))
        nothing_unsaid = np.zeros((len(inputs), 1), np.float32)
        search = np.concatenate([described, nothing_unsaid], axis=1).astype(np.float32)
        return ImageVectors(search, _unit(roots @ self._similar_basis))

    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        """Embed texts in about 20 ms each; the first call loads the text half.

        Raises ModelUnavailableError when the weights turn out to be damaged.
        """
        if not texts:
            return np.empty((0, self.dim), np.float32)
        relevance = self._phrases.relevance(texts)
        best = relevance.max(axis=1, keepdims=True)
        meant = _unit(np.exp((relevance - best) / _TEXT_TEMPERATURE))
        understood = 1 / (1 + np.exp(-(best - _UNDERSTOOD_MIDDLE) / _UNDERSTOOD_WIDTH))
        rest = np.sqrt(np.maximum(0, 1 - understood**2))
        vectors: Matrix = np.concatenate([meant * understood, rest], axis=1).astype(np.float32)
        return vectors

    def _concept_values(self, roots: Matrix, wholes: Sequence[NDArray[np.uint8]]) -> NDArray[np.float64]:
        """Return each concept's strength from 0 to 1: shape (n, concepts)."""
        values = np.zeros((len(wholes), len(self._concepts)))
        from_pixels = np.array([pixel_concepts(whole) for whole in wholes])
        low, high = _CONCEPT_RAMP
        for column, concept in enumerate(self._concepts):
            if concept in self._probes:
                probe = self._probes[concept]
                likely = 1 / (1 + np.exp(-(roots @ probe[:-1] + probe[-1])))
                values[:, column] = np.clip((likely - low) / (high - low), 0, 1)
            else:
                values[:, column] = from_pixels[:, PIXEL_CONCEPTS.index(concept)]
        return values

    @property
    def weights_file(self) -> Path:
        """Where the picture network's weights lie."""
        return LITE0.find()

    @cached_property
    def _probes(self) -> dict[str, NDArray[np.float32]]:
        with np.load(self._probes_path, allow_pickle=False) as probes:
            return dict(probes)

    @cached_property
    def _similar_basis(self) -> Matrix:
        # The classifier's 256 strongest directions, each divided by its singular value; see `starter_pictures`.
        basis: Matrix = np.load(self._basis_path, allow_pickle=False).astype(np.float32)
        return basis

    @cached_property
    def _phrases(self) -> PhraseBook:
        sentences = MiniLM(MINILM.verified())
        return PhraseBook(self._phrases_path, sentences.encode, MINILM.sha256, self._cache_dir)


def _load_network(device: Device | None) -> TorchRunner:
    # Only now: texts need no PyTorch, whose import takes longer than a query may.
    from clipview.core.encoders.starter_pictures import PictureNetwork

    return PictureNetwork(device)


def _unit(vectors: NDArray[np.floating]) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Matrix = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
