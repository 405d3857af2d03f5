"""A model's int8 form: the same texts, and pictures by products of whole numbers, under a name of its own.

Its vectors are not the model's, so it has its own fingerprint too: a library builds them beside the others and never
mixes both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clipview.core.encoders import ImageVectors, Preparation
from clipview.core.encoders.catalogue import STARTER
from clipview.core.encoders.shortage import told_when_memory_is_short
from clipview.core.types import Matrix, ModelInput

if TYPE_CHECKING:
    from clipview.core.encoders.openclip import OpenClipEncoder
    from clipview.core.encoders.quantized_network import QuantizedNetwork

SUFFIX = "@int8"
"""What is added to a model's name."""


def int8_name(name: str, device: str) -> str | None:
    """Return what a model's int8 form is called; None where there is none, as far as that shows before it is tried.

    Args:
        name: of the model.
        device: what its pictures run on.
    """
    convolutions = name == STARTER or name.startswith("RN")
    return None if device != "cpu" or convolutions else name + SUFFIX


class QuantizedEncoder:
    """Keeps the `Encoder` contract."""

    def __init__(self, exact: OpenClipEncoder) -> None:
        """Take the model itself; its pictures are made whole numbers at the first call."""
        self.exact = exact
        self.name = exact.name + SUFFIX
        self.fingerprint = f"{exact.fingerprint}-int8"
        self.dim = self.similar_dim = exact.dim
        self.preparation: Preparation = exact.preparation
        self.templates = exact.templates
        self.batch_size = exact.batch_size
        self.default_scale = exact.default_scale
        self.logit_scale = exact.logit_scale

    def encode_images(self, inputs: Sequence[ModelInput]) -> ImageVectors:
        """Embed prepared pictures; the first call loads the network, which brings PyTorch.

        Raises ModelUnavailableError when the network has no int8 form here, or memory is too short.
        """
        if not inputs:
            return ImageVectors(np.empty((0, self.dim), np.float32))
        with told_when_memory_is_short(self.name):
            return ImageVectors(self._network.run([pixels for (pixels,) in inputs]))

    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        """Embed texts, as the model itself does."""
        return self.exact.encode_texts(texts)

    @cached_property
    def _network(self) -> QuantizedNetwork:
        from clipview.core.encoders.quantized_network import QuantizedNetwork

        return QuantizedNetwork(self.exact)
