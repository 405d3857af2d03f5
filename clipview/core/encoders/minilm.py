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
from tokenizers import Tokenizer

from clipview.core.encoders.kept import MappedArrays
from clipview.core.encoders.transformer_layers import Activations, attend, gelu, laid_out, layer_norm, linear
from clipview.core.types import Matrix

_MAX_TOKENS = 128
_BATCH = 64
_MASKED = np.float32(-1e9)


class MiniLM:
    """Embeds sentences in 384 dimensions, on the CPU."""

    def __init__(self, weights: Path) -> None:
        """Map the weights, beside which the settings lie."""
        folder = weights.parent
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.dim = int(config["hidden_size"])
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._eps = float(config["layer_norm_eps"])
        # Mapped, since of the large table of words only the rows in use are ever read.
        mapped = MappedArrays(weights)
        self._state = {
            name: laid_out(values, multiplies=name.startswith("encoder."))
            for name, values in mapped.arrays.items()
            if values.dtype.kind == "f"
        }
        # The layers were copied into another order.
        mapped.give_back()
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
            inner = gelu(self._linear(x, f"{layer}.intermediate.dense"))
            x = self._norm(x + self._linear(inner, f"{layer}.output.dense"), f"{layer}.output")
        weights = present[..., None]
        pooled = (x * weights).sum(axis=1) / weights.sum(axis=1)
        unit: Activations = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit

    def _attend(self, x: Activations, mask: Activations, name: str) -> Activations:
        query, key, value = (self._linear(x, f"{name}.self.{part}") for part in ("query", "key", "value"))
        return self._linear(attend(query, key, value, self._heads, mask), f"{name}.output.dense")

    def _linear(self, x: Activations, name: str) -> Activations:
        return linear(x, self._state[f"{name}.weight"], self._state[f"{name}.bias"])

    def _norm(self, x: Activations, name: str) -> Activations:
        return layer_norm(x, self._state[f"{name}.LayerNorm.weight"], self._state[f"{name}.LayerNorm.bias"], self._eps)
