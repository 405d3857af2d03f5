"""An open_clip picture tower whose linear layers multiply whole numbers, in PyTorch on the processor.

Weights are rounded once for each output, activations by their range in each batch, so that nothing is calibrated.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from clipview.core.encoders.conversion import write_out_attention
from clipview.core.encoders.device import FLOAT32_CPU, best_device
from clipview.core.encoders.streams import in_streams
from clipview.core.errors import ModelUnavailableError
from clipview.core.types import Matrix

if TYPE_CHECKING:
    from clipview.core.encoders.openclip import OpenClipEncoder

log = logging.getLogger(__name__)

_CHUNK = 4


class QuantizedNetwork:
    """Used by one thread at a time."""

    def __init__(self, exact: OpenClipEncoder) -> None:
        """Load and round the network; a second or two for a base model.

        Raises ModelUnavailableError where it can't be computed so, or would not be faster.
        """
        if not best_device().on_cpu:
            raise ModelUnavailableError(f"int8 is for processors: this machine runs {exact.name} itself on its GPU.")
        self._dim = exact.dim
        self._module: Any = exact.pictures.load(FLOAT32_CPU).module()
        network: Any = self._module.network
        write_out_attention(network)
        with warnings.catch_warnings():
            # Called deprecated in favour of a package that changes monthly.
            warnings.simplefilter("ignore")
            network.visual = torch.ao.quantization.quantize_dynamic(  # type: ignore[no-untyped-call]
                network.visual, {nn.Linear: torch.ao.quantization.per_channel_dynamic_qconfig}
            )
        try:
            self.run(exact.preparation(Image.new("RGB", (64, 64))))
        # Towers that use their layers' weights themselves stumble over what has taken their place.
        except (TypeError, AttributeError, RuntimeError) as error:
            log.info("%s fails in int8", exact.name, exc_info=True)
            raise ModelUnavailableError(
                f"The picture network of {exact.name} can't be computed in int8: use {exact.name} itself."
            ) from error

    def run(self, pictures: Sequence[NDArray[np.uint8]]) -> Matrix:
        """Return unit vectors, shape (n, dim), of pictures of shape (height, width, 3)."""
        vectors = np.empty((len(pictures), self._dim), np.float32)

        def encode(start: int) -> None:
            pixels = torch.from_numpy(np.stack(pictures[start : start + _CHUNK]))
            with torch.inference_mode():
                vectors[start : start + _CHUNK] = self._module(pixels).numpy()

        in_streams(encode, len(pictures), _CHUNK)
        return vectors
