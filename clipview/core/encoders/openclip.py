"""Any open_clip model as an `Encoder`: its numbers are open_clip's own.

After the first time, texts are answered from what was kept of the model then, without importing PyTorch and open_clip.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from clipview.core.encoders import ImageVectors, Preparation, QuantileScale
from clipview.core.encoders.model_cards import KeptTower, ModelCard, cards_folder, keep_card, read_card
from clipview.core.encoders.openclip_text import QuickTokenizer, Tokenize, kept_tokenizer
from clipview.core.encoders.picture_half import PictureHalf, Subject
from clipview.core.encoders.shortage import told_when_memory_is_short
from clipview.core.encoders.sources import files_of, locate, would_come_first
from clipview.core.encoders.text_tower import TextTower
from clipview.core.errors import ModelUnavailableError
from clipview.core.prompts import CLIP_TEMPLATES
from clipview.core.types import Matrix, ModelInput

if TYPE_CHECKING:
    from clipview.core.encoders.device import Device
    from clipview.core.encoders.openclip_network import OpenClipNetwork

log = logging.getLogger(__name__)

_PARITY = 1e-4
"""How far a kept tower's vectors may lie from the network's, in float32."""
_SLOW = 3.0
"""How many times PyTorch's time for a query a kept tower may take, before texts are left to PyTorch."""
_LARGEST_BYTES = 1 << 30
"""Checking a larger file takes longer than importing PyTorch."""
_QUICK_S = 0.03
"""Nobody notices the difference below that."""


class OpenClipEncoder:
    """Keeps the `Encoder` contract for a model whose files are on this machine."""

    def __init__(self, name: str, models_dir: Path, cache_dir: Path, device: Device | None = None) -> None:
        """Look at what was kept of the model; the first time, load its network, which takes seconds.

        Args:
            name: as `load_encoder` takes it.
            models_dir: ClipView's folder of models.
            cache_dir: where what is known of models, text towers and tokenizers are kept between runs.
            device: for pictures; the fastest of this machine when None.

        Raises ModelUnavailableError when the model is not here, or its weights are unsafe, damaged or of another
        architecture.
        """
        self._source = (name, models_dir, cache_dir)
        self._device = device
        self._loading = threading.Lock()
        self._loaded: OpenClipNetwork | None = None
        card = read_card(name, models_dir, cache_dir)
        self._text = None if card is None else _text_half(card, cache_dir)
        if card is None or (card.text is not None and self._text is None):
            card = self._make_card()
            self._text = _text_half(card, cache_dir)
        self.name = name
        self.preparation: Preparation = card.preparation
        self.fingerprint = card.fingerprint
        self.dim = self.similar_dim = card.dim
        self.batch_size = card.batch_size
        self.templates: tuple[str, ...] = CLIP_TEMPLATES
        self.default_scale: QuantileScale | None = None
        self.logit_scale = card.logit_scale
        subject = Subject(name, card.fingerprint, cache_dir, models_dir)
        self.pictures = PictureHalf(subject, self._picture_network, device, self._drop)

    def encode_images(self, inputs: Sequence[ModelInput]) -> ImageVectors:
        """Embed prepared pictures; the first call loads the network.

        Raises ModelUnavailableError when its weights were replaced meanwhile, or memory is too short.
        """
        if not inputs:
            return ImageVectors(np.empty((0, self.dim), np.float32))
        with told_when_memory_is_short(self.name):
            return ImageVectors(search=self.pictures.run([pixels for (pixels,) in inputs]))

    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        """Embed texts; what exceeds the model's context is cut off."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        if self._text is None:
            return self._network.encode_texts(texts)
        tokenize, tower = self._text
        return tower.encode(tokenize(texts))

    @property
    def _network(self) -> OpenClipNetwork:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load(self._device, converting=False)
            return self._loaded

    @property
    def weights_file(self) -> Path:
        """Where the model's weights lie; raises ModelUnavailableError when they are gone."""
        name, models_dir, _cache_dir = self._source
        return locate(name, models_dir).weights

    def _picture_network(self, device: Device | None) -> OpenClipNetwork:
        network = self._network if device == self._device else self._load(device, converting=False)
        if network.fingerprint != self.fingerprint:
            raise ModelUnavailableError(
                f"The weights of the model {self.name} were replaced while it was in use: start ClipView again."
            )
        return network

    def _drop(self) -> None:
        """Let go of the network if texts don't need it."""
        if self._text is not None:
            with self._loading:
                self._loaded = None

    def _load(self, device: Device | None, *, converting: bool) -> OpenClipNetwork:
        # Only now: it brings PyTorch, whose import takes longer than a query may.
        name, models_dir, cache_dir = self._source
        files = locate(name, models_dir)
        with told_when_memory_is_short(name):
            from clipview.core.encoders.openclip_network import OpenClipNetwork

            return OpenClipNetwork(files, cache_dir, device, converting=converting)

    def _make_card(self) -> ModelCard:
        """Load the network and keep what is known of it."""
        network = self._loaded = self._load(self._device, converting=True)
        name, models_dir, cache_dir = self._source
        card = ModelCard(
            fingerprint=network.fingerprint,
            dim=network.dim,
            logit_scale=network.logit_scale,
            batch_size=network.batch_size,
            preparation=network.preparation,
            text=_kept_text(network, cache_dir),
            pictures=str(network.device),
        )
        first = would_come_first(network.files, models_dir)
        keep_card(card, name, models_dir, cache_dir, files_of(network.files), first)
        return card


def _text_half(card: ModelCard, cache_dir: Path) -> tuple[Tokenize, TextTower] | None:
    """Return the text half that was kept; None when there is none, or it is damaged."""
    if card.text is None:
        return None
    tokenize = QuickTokenizer.read(cache_dir / card.text.tokenizer)
    try:
        tower = TextTower.read(cards_folder(cache_dir) / card.text.file, card.text.sha256)
    except (OSError, ValueError, KeyError) as error:
        log.warning("A kept text tower can't be used and is made anew: %s", error)
        return None
    return None if tokenize is None else (tokenize, tower)


def _kept_text(network: OpenClipNetwork, cache_dir: Path) -> KeptTower | None:
    """Keep the text half of a network if it gives the same numbers in good time; None otherwise."""
    half, network.text_half = network.text_half, None
    if half is None or half.tower.size_bytes > _LARGEST_BYTES:
        return None
    tower, tokenize = half.tower, half.tokenize
    if np.abs(tower.encode(tokenize(half.texts)) - half.vectors).max() > _PARITY:
        log.warning("The text tower of %s differs from its network and is not kept", network.files.description.name)
        return None
    ours_s = _fastest(lambda: tower.encode(tokenize(half.texts)))
    theirs_s = _fastest(lambda: network.encode_texts(half.texts))
    log.info("Three texts take %.0f ms, with PyTorch %.0f ms", ours_s * 1e3, theirs_s * 1e3)
    if ours_s > max(_QUICK_S, theirs_s * _SLOW):
        return None
    path = cards_folder(cache_dir) / f"{network.fingerprint}.safetensors"
    try:
        sha256 = tower.keep(path)
    except OSError as error:
        log.warning("The text tower can't be kept in %s: %s", path.parent, error)
        return None
    return KeptTower(path.name, sha256, kept_tokenizer(network.files, cache_dir).name)


def _fastest(work: Callable[[], object], runs: int = 3) -> float:
    seconds = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)
