"""An open_clip network on the machine's fastest device, which needs PyTorch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from msgspec import Struct
from numpy.typing import NDArray
from torch import Tensor, nn

from clipview.core.encoders.device import Device, best_device
from clipview.core.encoders.openclip_model import build, fingerprint
from clipview.core.encoders.openclip_preparation import OpenClipPreparation, preparation_from
from clipview.core.encoders.openclip_text import QuickTokenizer, Tokenize, tokenizer_for
from clipview.core.encoders.openclip_tower_reader import read_tower
from clipview.core.encoders.openclip_towers import encode_image, encode_text
from clipview.core.encoders.sources import ModelFiles
from clipview.core.encoders.streams import core_count, in_streams
from clipview.core.encoders.text_tower import TextTower
from clipview.core.types import Matrix

_CPU_CHUNK, _GPU_BATCH = 4, 64
_CHUNKS_PER_CORE = 2
_TEXT_BATCH = 64
_MEAN = (0.48145466, 0.4578275, 0.40821073)
_STD = (0.26862954, 0.26130258, 0.27577711)
"""OpenAI's, where a model's config names none."""
_TRIALS = ("a dog", "a photo of two children in a red boat on a lake", "")


class TextHalf(Struct, frozen=True):
    """A network's text tower without PyTorch, and what it must give."""

    tower: TextTower
    """Shares the network's float32 weights."""
    tokenize: QuickTokenizer
    texts: tuple[str, ...]
    vectors: Matrix
    """Of `texts`, by the network in float32."""


class OpenClipNetwork:
    """The network, and what its files say of it."""

    def __init__(
        self, files: ModelFiles, cache_dir: Path, device: Device | None = None, *, converting: bool = False
    ) -> None:
        """Load the network; about a second for a base model.

        Args:
            files: of the model.
            cache_dir: where tokenizers are kept.
            device: the fastest of this machine when None.
            converting: also read out `text_half`.

        Raises ModelUnavailableError when the weights are unsafe, damaged or of another architecture.
        """
        self.device = device or best_device()
        self.files = files
        self._cache_dir = cache_dir
        network = build(files)
        preprocess = _preprocess(files, network)
        self.preparation: OpenClipPreparation = preparation_from(preprocess)
        mean, std = _three(preprocess.get("mean") or _MEAN), _three(preprocess.get("std") or _STD)
        self.fingerprint = fingerprint(files, network, (self.preparation, mean, std))
        self.dim = int(files.description.config["embed_dim"])
        self.batch_size = max(16, _CPU_CHUNK * _CHUNKS_PER_CORE * core_count()) if self.device.on_cpu else _GPU_BATCH
        temperature: Any = network.logit_scale
        self.logit_scale = float(temperature.exp())
        self.text_half = self._text_half(network) if converting else None
        self._layout = _memory_layout(network)
        self._network = network.to(self.device.torch_device, self.device.dtype).to(memory_format=self._layout)
        self._mean, self._std = self._channels(mean), self._channels(std)

    @property
    def on_cpu(self) -> bool:
        """Whether it is this processor that computes."""
        return self.device.on_cpu

    @property
    def arrays(self) -> Mapping[str, Matrix]:
        """Nothing else belongs to the picture network."""
        return {}

    def module(self) -> nn.Module:
        """Return what maps uint8 pictures, shape (n, height, width, 3), to unit vectors."""
        return _FromPixels(self._network, self._mean, self._std)

    def run(self, inputs: Sequence[NDArray[np.uint8]]) -> Matrix:
        """Embed prepared pictures, shape (height, width, 3): unit vectors of shape (n, dim)."""
        vectors = np.empty((len(inputs), self.dim), np.float32)
        chunk = _CPU_CHUNK if self.device.on_cpu else self.batch_size

        def encode(start: int) -> None:
            pictures = inputs[start : start + chunk]
            with torch.inference_mode():
                stacked = torch.from_numpy(np.stack(pictures)).to(self.device.torch_device)
                values = stacked.permute(0, 3, 1, 2).to(torch.float32).div_(255).sub_(self._mean).div_(self._std)
                values = values.to(self.device.dtype).contiguous(memory_format=self._layout)
                vectors[start : start + len(pictures)] = _as_unit(encode_image(self._network, values))

        if self.device.on_cpu:
            in_streams(encode, len(inputs), chunk)
        else:
            for start in range(0, len(inputs), chunk):
                encode(start)
        return vectors

    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        """Embed texts, shape (n, dim); what exceeds the model's context is cut off."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        if self.device.on_cpu:
            # Pictures in streams left one thread for each.
            torch.set_num_threads(core_count())
        with torch.inference_mode():
            for start in range(0, len(texts), _TEXT_BATCH):
                tokens = torch.from_numpy(self.tokenize(texts[start : start + _TEXT_BATCH]))
                encoded = encode_text(self._network, tokens.to(self.device.torch_device))
                vectors[start : start + len(tokens)] = _as_unit(encoded)
        return vectors

    @torch.inference_mode()
    def _text_half(self, network: torch.nn.Module) -> TextHalf | None:
        tower, tokenize = read_tower(network), self.tokenize
        if tower is None or not isinstance(tokenize, QuickTokenizer):
            return None
        exact: Tensor = network.encode_text(torch.from_numpy(tokenize(_TRIALS)), normalize=True)  # type: ignore[operator]
        return TextHalf(tower, tokenize, _TRIALS, exact.numpy())

    @cached_property
    def tokenize(self) -> Tokenize:
        """The model's tokenizer; raises ModelUnavailableError when its files are damaged."""
        return tokenizer_for(self.files, self._cache_dir)

    def _channels(self, values: Sequence[float]) -> Tensor:
        return torch.tensor(values, dtype=torch.float32, device=self.device.torch_device)[:, None, None]


class _FromPixels(nn.Module):
    def __init__(self, network: nn.Module, mean: Tensor, std: Tensor) -> None:
        super().__init__()
        self.network, self.mean, self.std = network, mean, std

    def forward(self, pixels: Tensor) -> Tensor:
        values = pixels.permute(0, 3, 1, 2).float().div(255).sub(self.mean).div(self.std)
        return encode_image(self.network, values)


def _memory_layout(network: torch.nn.Module) -> torch.memory_format:
    """Return how pictures lie in memory: by pixel for convolutional towers (1.25 times as fast), else by channel."""
    convolutions = sum(isinstance(module, torch.nn.Conv2d) for module in network.modules())
    # A ViT has one, for its patches, and is slower with pixels first.
    return torch.channels_last if convolutions > 4 else torch.contiguous_format


def _preprocess(files: ModelFiles, network: torch.nn.Module) -> dict[str, Any]:
    """Return the model's preprocessing: the size is the network's, the rest its config's."""
    preprocess = dict(files.description.preprocess)
    size = getattr(network.visual, "image_size", None)
    if size is not None:
        preprocess["size"] = size
    return preprocess


def _three(values: Sequence[float] | float) -> tuple[float, ...]:
    return (float(values),) * 3 if isinstance(values, int | float) else tuple(float(value) for value in values)


def _as_unit(vectors: Tensor) -> Matrix:
    """Return vectors as float32 of unit length, which half precision only nearly gives."""
    return torch.nn.functional.normalize(vectors.float(), dim=-1).cpu().numpy()
