"""all-MiniLM-L6-v2: sentence embeddings from a small BERT in plain numpy.

The model's own library takes six seconds to import and PyTorch up to three; the first words that somebody types would
wait for them. These layers wait for nothing and give the same numbers.
Source: Devlin et al. 2018 (post-norm transformer), Reimers & Gurevych 2019 (mean pooling).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from clipview.core.types import Matrix

Activations = NDArray[np.float32]

_MAX_TOKENS = 128
_BATCH = 64
_MASKED = np.float32(-1e9)


class MiniLM:
    """Embeds sentences in 384 dimensions, on the CPU."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.dim = int(config["hidden_size"])
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._eps = np.float32(config["layer_norm_eps"])
        state = load_file(folder / "model.safetensors")
        self._state = {
            name: values.astype(np.float32, copy=False) for name, values in state.items() if values.dtype.kind == "f"
        }
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS)

    def encode(self, sentences: Sequence[str]) -> Matrix:
        """Return unit vectors of shape (len(sentences), 384)."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(sentences))]
        vectors = np.empty((len(tokens), self.dim), np.float32)
        # Sentences of like length share a batch, so that little work goes into padding.
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            vectors[chosen] = self._encode_batch([tokens[index] for index in chosen])
        return vectors

    def _encode_batch(self, tokens: list[list[int]]) -> Activations:
        length = max(map(len, tokens))
        ids = np.array([row + [0] * (length - len(row)) for row in tokens])
        present = np.array([[1] * len(row) + [0] * (length - len(row)) for row in tokens], np.float32)
        mask = ((1 - present) * _MASKED)[:, None, None]
        words = self._state["embeddings.word_embeddings.weight"][ids]
        places = self._state["embeddings.position_embeddings.weight"][:length]
        x = self._norm(words + places + self._state["embeddings.token_type_embeddings.weight"][0], "embeddings")
        for number in range(self._layers):
            layer = f"encoder.layer.{number}"
            x = self._norm(x + self._attend(x, mask, f"{layer}.attention"), f"{layer}.attention.output")
            inner = _gelu(self._linear(x, f"{layer}.intermediate.dense"))
            x = self._norm(x + self._linear(inner, f"{layer}.output.dense"), f"{layer}.output")
        weights = present[..., None]
        pooled = (x * weights).sum(axis=1) / weights.sum(axis=1)
        unit: Activations = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit

    def _attend(self, x: Activations, mask: Activations, name: str) -> Activations:
        batch, length, width = x.shape
        query, key, value = (
            self._linear(x, f"{name}.self.{part}").reshape(batch, length, self._heads, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // self._heads)) + mask
        likely = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (likely / likely.sum(axis=-1, keepdims=True)) @ value
        return self._linear(mixed.transpose(0, 2, 1, 3).reshape(batch, length, width), f"{name}.output.dense")

    def _linear(self, x: Activations, name: str) -> Activations:
        weight, bias = self._state[f"{name}.weight"], self._state[f"{name}.bias"]
        # As one product of all tokens: a stack of small ones takes three times as long.
        flat = x.reshape(-1, x.shape[-1]) @ weight.T
        flat += bias
        return flat.reshape(*x.shape[:-1], -1)

    def _norm(self, x: Activations, name: str) -> Activations:
        weight, bias = self._state[f"{name}.LayerNorm.weight"], self._state[f"{name}.LayerNorm.bias"]
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + self._eps)
        normed: Activations = centred / spread * weight + bias
        return normed


def _gelu(x: Activations) -> Activations:
    """Return x times the share of a normal distribution below it (Hendrycks & Gimpel 2016)."""
    result: Activations = np.float32(0.5) * x * (1 + _erf(x / np.float32(np.sqrt(2))))
    return result


def _erf(x: Activations) -> Activations:
    """Return the error function to 1.5e-7 (Abramowitz & Stegun 1964, 7.1.26), the precision of float32."""
    size = np.abs(x)
    t = 1 / (1 + np.float32(0.3275911) * size)
    series = np.full_like(t, 1.061405429)
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = series * t + np.float32(coefficient)
    result: Activations = np.copysign(1 - series * t * np.exp(-size * size), x)
    return result
