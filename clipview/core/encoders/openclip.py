"""Any open_clip model as an `Encoder`: its numbers are open_clip's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from clipview.core.encoders import ImageVectors, Preparation, QuantileScale
from clipview.core.encoders.device import Device, best_device
from clipview.core.encoders.openclip_model import build, fingerprint
from clipview.core.encoders.openclip_preparation import preparation_from
from clipview.core.encoders.openclip_text import Tokenize, tokenizer_for
from clipview.core.encoders.openclip_towers import encode_image, encode_text
from clipview.core.encoders.sources import ModelFiles
from clipview.core.prompts import CLIP_TEMPLATES
from clipview.core.types import Matrix, ModelInput

_CPU_BATCH, _GPU_BATCH = 16, 64
_TEXT_BATCH = 64
_MEAN = (0.48145466, 0.4578275, 0.40821073)
_STD = (0.26862954, 0.26130258, 0.27577711)
"""OpenAI's, where a model's config names none."""


class OpenClipEncoder:
    """Keeps the `Encoder` contract for a model whose files are on this machine."""

    def __init__(self, files: ModelFiles, cache_dir: Path, device: Device | None = None) -> None:
        """Load the network; about a second for a base model.

        Args:
            cache_dir: where a converted tokenizer is kept between runs.
            device: the fastest of this machine when None.

        Raises ModelUnavailableError when the weights are unsafe, damaged or of another architecture.
        """
        self._device = device or best_device()
        self._files = files
        self._cache_dir = cache_dir
        network = build(files)
        preprocess = _preprocess(files, network)
        self.name = files.description.name
        self.preparation: Preparation = preparation_from(preprocess)
        mean, std = _three(preprocess.get("mean") or _MEAN), _three(preprocess.get("std") or _STD)
        self.fingerprint = fingerprint(files, network, (self.preparation, mean, std))
        self.dim = int(files.description.config["embed_dim"])
        self.similar_dim = self.dim
        self.batch_size = _CPU_BATCH if self._device.on_cpu else _GPU_BATCH
        self.templates: tuple[str, ...] = CLIP_TEMPLATES
        self.default_scale: QuantileScale | None = None
        temperature: Any = network.logit_scale
        self.logit_scale = float(temperature.exp())
        self._layout = _memory_layout(network)
        self._network = network.to(self._device.torch_device, self._device.dtype).to(memory_format=self._layout)
        self._mean, self._std = self._channels(mean), self._channels(std)

    @torch.inference_mode()
    def encode_images(self, inputs: Sequence[ModelInput]) -> ImageVectors:
        """Embed prepared pictures, as many at once as `batch_size`."""
        vectors = np.empty((len(inputs), self.dim), np.float32)
        for start in range(0, len(inputs), self.batch_size):
            pictures = [pixels for (pixels,) in inputs[start : start + self.batch_size]]
            stacked = torch.from_numpy(np.stack(pictures)).to(self._device.torch_device)
            values = stacked.permute(0, 3, 1, 2).to(torch.float32).div_(255).sub_(self._mean).div_(self._std)
            values = values.to(self._device.dtype).contiguous(memory_format=self._layout)
            encoded = encode_image(self._network, values)
            vectors[start : start + len(pictures)] = _as_unit(encoded)
        return ImageVectors(search=vectors)

    @torch.inference_mode()
    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        """Embed texts; what exceeds the model's context is cut off."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _TEXT_BATCH):
            tokens = self._tokenize(texts[start : start + _TEXT_BATCH]).to(self._device.torch_device)
            vectors[start : start + len(tokens)] = _as_unit(encode_text(self._network, tokens))
        return vectors

    @cached_property
    def _tokenize(self) -> Tokenize:
        return tokenizer_for(self._files, self._cache_dir)

    def _channels(self, values: Sequence[float]) -> Tensor:
        return torch.tensor(values, dtype=torch.float32, device=self._device.torch_device)[:, None, None]


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
