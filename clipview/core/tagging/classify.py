"""Which of some labels a picture shows, as CLIP's authors ask it: a softmax over prompt ensembles.

Source: Radford et al. 2021, section 3.1. Beyond that a picture may show none of them: that answer gets the score of
the neutral texts that the picture is most like, since a label that is no better than these says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from clipview.core.encoders import Encoder
from clipview.core.errors import UsageError
from clipview.core.prompts import average, prompts_for
from clipview.core.types import Matrix, Vector

NEUTRAL_QUANTILE = 0.985
"""Which of a picture's scores with the neutral texts "none of these" gets; measured by benchmarks/tagging.py."""


class Likelihood(Struct, frozen=True):
    """One label and the share of the softmax that it gets."""

    label: str
    probability: float


class Classified(Struct, frozen=True):
    """One picture's labels."""

    path: Path
    likelihoods: tuple[Likelihood, ...]
    """Best first; they and `none` add up to 1."""
    none: float
    """The share of "none of these"."""


class Classifier:
    """Some labels as vectors of one model, ready for any number of pictures."""

    def __init__(self, encoder: Encoder, labels: Sequence[str], bank: Matrix) -> None:
        """Encode the labels.

        Args:
            encoder: of the model.
            labels: two or more different ones, or a single one to be told from none.
            bank: vectors of neutral texts, shape (n, dim).

        Raises:
            UsageError: there is no label, or one is there twice.
        """
        self._labels = tuple(" ".join(label.split()) for label in labels)
        if not self._labels or not all(self._labels):
            raise UsageError("Name the labels to choose from: --labels dog,cat,car.")
        if len({label.casefold() for label in self._labels}) < len(self._labels):
            raise UsageError("A label is there twice: name each once.")
        self._texts = np.stack(
            [average(encoder.encode_texts(prompts_for(label, encoder.templates))) for label in self._labels]
        )
        self._bank, self._temperature = bank, encoder.logit_scale

    def classify(self, path: Path, picture: Vector) -> Classified:
        """Return the labels' shares for a picture's search vector."""
        neutral = float(np.quantile(self._bank @ picture, NEUTRAL_QUANTILE))
        logits = self._temperature * np.append(self._texts @ picture, neutral).astype(np.float64)
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        order = np.argsort(-shares[:-1], kind="stable")
        likelihoods = tuple(Likelihood(self._labels[place], float(shares[place])) for place in order.tolist())
        return Classified(path, likelihoods, float(shares[-1]))
