"""The layers of transformers in plain numpy, for the small networks that must answer before PyTorch is imported."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Activations = NDArray[np.float32]
"""Shape (batch, tokens, width) unless said otherwise."""


def laid_out(values: NDArray[np.floating], *, multiplies: bool) -> Activations:
    """Return a parameter in the order of memory in which `linear` is quick with it, if it multiplies.

    A sentence is a few tokens, and a product of few rows takes little more than half as long when the values that one
    input is multiplied by lie side by side.
    """
    if multiplies and values.ndim == 2:
        return np.asfortranarray(values, np.float32)
    return np.ascontiguousarray(values, np.float32)


def linear(x: Activations, weight: Activations, bias: Activations | None = None) -> Activations:
    """Return x times a weight of shape (outputs, inputs), plus the bias."""
    # As one product of all tokens: a stack of small ones takes three times as long.
    flat = x.reshape(-1, x.shape[-1]) @ weight.T
    if bias is not None:
        flat += bias
    return flat.reshape(*x.shape[:-1], -1)


def layer_norm(x: Activations, weight: Activations, bias: Activations, eps: float) -> Activations:
    """Return each token's values with mean 0 and deviation 1, scaled and shifted (Ba et al. 2016)."""
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(eps))
    normed: Activations = centred / spread * weight + bias
    return normed


def attend(
    query: Activations, key: Activations, value: Activations, heads: int, mask: Activations | None
) -> Activations:
    """Return what each token takes from the others (Vaswani et al. 2017).

    Args:
        query: shape (batch, tokens, width), like `key` and `value`.
        heads: into how many parts the width is split.
        mask: added to the scores, which have shape (batch, heads, tokens, tokens).
    """
    batch, length, width = query.shape
    query, key, value = (part.reshape(batch, length, heads, -1).transpose(0, 2, 1, 3) for part in (query, key, value))
    scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // heads))
    if mask is not None:
        scores = scores + mask
    likely = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = (likely / likely.sum(axis=-1, keepdims=True)) @ value
    taken: Activations = mixed.transpose(0, 2, 1, 3).reshape(batch, length, width)
    return taken


def gelu(x: Activations) -> Activations:
    """Return x times the share of a normal distribution below it (Hendrycks & Gimpel 2016)."""
    result: Activations = np.float32(0.5) * x * (1 + _erf(x / np.float32(np.sqrt(2))))
    return result


def gelu_tanh(x: Activations) -> Activations:
    """Return the same paper's estimate of `gelu`, which some models were trained with."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (x + np.float32(0.044715) * x * x * x)
    result: Activations = np.float32(0.5) * x * (1 + np.tanh(inner))
    return result


def quick_gelu(x: Activations) -> Activations:
    """Return the same paper's coarser estimate, which OpenAI's models were trained with."""
    result: Activations = x / (1 + np.exp(np.float32(-1.702) * x))
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
