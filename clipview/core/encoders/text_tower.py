"""CLIP's text tower in plain numpy: the same numbers, long before PyTorch is imported.

Importing PyTorch and open_clip takes three seconds; the first words that somebody types would wait for them. A tower is
kept as one file that is mapped into memory, so that of its large table of tokens only the rows in use are ever read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path

import numpy as np
from msgspec import Struct, convert, to_builtins
from numpy.typing import NDArray

from clipview.core.cores import usable_cores
from clipview.core.encoders.kept import MappedArrays, keep_arrays
from clipview.core.encoders.transformer_layers import (
    Activations,
    attend,
    gelu,
    gelu_tanh,
    layer_norm,
    linear,
    quick_gelu,
)
from clipview.core.types import Matrix

Tokens = NDArray[np.int64]
"""Token numbers, shape (number of texts, context length)."""

_BATCH = 16
_SETTINGS = "settings"


class Pool(StrEnum):
    """The token whose values stand for the text."""

    HIGHEST = "argmax"
    """The one with the highest number, which is the end of the text."""
    END = "eos"
    LAST = "last"
    FIRST = "first"


class Activation(StrEnum):
    """The curve between the two products of a layer."""

    GELU = "gelu"
    GELU_TANH = "gelu_tanh"
    QUICK_GELU = "quick_gelu"


_CURVES = {Activation.GELU: gelu, Activation.GELU_TANH: gelu_tanh, Activation.QUICK_GELU: quick_gelu}


class TowerSettings(Struct, frozen=True):
    """What the weights alone don't say."""

    layers: int
    heads: int
    eps: float
    activation: Activation
    causal: bool
    """Whether a token sees only those before it; then what follows the end of a text is left out."""
    pool: Pool
    end_token: int
    """For `Pool.END`."""


class TextTower:
    """Embeds token numbers; from any thread."""

    def __init__(self, settings: TowerSettings, weights: Mapping[str, Activations]) -> None:
        """Take the tower's weights.

        Args:
            settings: how to use them.
            weights: `tokens`, `positions`, `final.weight`, `final.bias`, optionally `projection.weight` of shape
                (outputs, inputs) and `projection.bias`; for each layer N under `N.`: `norm1`, `attend` (queries, keys
                and values below each other), `mix`, `norm2`, `widen` and `narrow`, each with `.weight` and `.bias`,
                optionally `scale1` and `scale2`.
        """
        self._settings, self._weights = settings, weights
        self._curve = _CURVES[settings.activation]

    @classmethod
    def read(cls, path: Path, sha256: str) -> TextTower:
        """Map a tower that `keep` kept; half a gigabyte takes 0.3 s to check.

        Raises OSError or ValueError when the file is gone or not what was written.
        """
        mapped = MappedArrays(path, sha256)
        return cls(convert(json.loads(mapped.told[_SETTINGS]), TowerSettings), mapped.arrays)

    def keep(self, path: Path) -> str:
        """Keep the tower in the safetensors format and return the file's SHA-256; raises OSError."""
        weights = {name: np.asarray(values, np.float32) for name, values in self._weights.items()}
        return keep_arrays(path, weights, {_SETTINGS: json.dumps(to_builtins(self._settings))})

    @property
    def size_bytes(self) -> int:
        """What its weights take, on disk and when all of them are in memory."""
        return sum(values.nbytes for values in self._weights.values())

    def encode(self, tokens: Tokens) -> Matrix:
        """Return unit vectors, shape (n, dim); several texts, such as the prompts of one query, share the cores."""
        streams = min(usable_cores(), len(tokens))
        size = min(_BATCH, -(-len(tokens) // streams))
        chunks = [tokens[start : start + size] for start in range(0, len(tokens), size)]
        # Threads of its own, since NumPy's would spin; each multiplies without holding the interpreter's lock.
        with ThreadPoolExecutor(streams, thread_name_prefix="texts") as executor:
            return np.concatenate(list(executor.map(self._encode, chunks)))

    def _encode(self, tokens: Tokens) -> Activations:
        settings, weights = self._settings, self._weights
        ends = self._ends(tokens)
        length = int(ends.max()) + 1 if settings.causal else tokens.shape[1]
        x = weights["tokens"][tokens[:, :length]] + weights["positions"][:length]
        mask = np.triu(np.full((length, length), -np.inf, np.float32), 1) if settings.causal else None
        for layer in range(settings.layers):
            x = self._layer(x, mask, f"{layer}.")
        ended = self._norm(x[np.arange(len(x)), ends], "final")
        if "projection.weight" in weights:
            ended = linear(ended, weights["projection.weight"], weights.get("projection.bias"))
        unit: Activations = ended / np.maximum(np.linalg.norm(ended, axis=1, keepdims=True), 1e-12)
        return unit

    def _layer(self, x: Activations, mask: Activations | None, name: str) -> Activations:
        query, key, value = np.split(self._linear(self._norm(x, name + "norm1"), name + "attend"), 3, axis=-1)
        taken = self._linear(attend(query, key, value, self._settings.heads, mask), name + "mix")
        x = x + self._scaled(taken, name + "scale1")
        wide = self._curve(self._linear(self._norm(x, name + "norm2"), name + "widen"))
        return x + self._scaled(self._linear(wide, name + "narrow"), name + "scale2")

    def _ends(self, tokens: Tokens) -> NDArray[np.int64]:
        """Return which token of each text stands for it, shape (n,)."""
        ends = np.zeros(len(tokens), np.int64)
        match self._settings.pool:
            case Pool.HIGHEST:
                ends[:] = tokens.argmax(axis=1)
            case Pool.END:
                ends[:] = (tokens == self._settings.end_token).argmax(axis=1)
            case Pool.LAST:
                ends[:] = tokens.shape[1] - 1
            case Pool.FIRST:
                pass
        return ends

    def _linear(self, x: Activations, name: str) -> Activations:
        return linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, x: Activations, name: str) -> Activations:
        return layer_norm(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"], self._settings.eps)

    def _scaled(self, x: Activations, name: str) -> Activations:
        scale = self._weights.get(name)
        return x if scale is None else x * scale
