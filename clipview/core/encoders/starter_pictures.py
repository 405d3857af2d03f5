"""The picture half of the built-in encoder: its network on the machine's fastest device, which needs PyTorch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from clipview.core.encoders.device import Device, best_device
from clipview.core.encoders.lite0 import FEATURES, load_lite0
from clipview.core.encoders.packaged import LITE0
from clipview.core.encoders.starter import CLASSIFIER, CLASSIFIER_BIAS
from clipview.core.encoders.streams import core_count, in_streams
from clipview.core.types import Matrix

_CPU_CHUNK = 4
"""More pictures at once leave the processor's cache: 105 pictures/s in fours against 48 in 32s on two cores."""


class PictureNetwork:
    """The network on its device."""

    def __init__(self, device: Device | None = None) -> None:
        """Load the network; the fastest device of this machine when None.

        Raises ModelUnavailableError when the weights are damaged.
        """
        network = load_lite0(LITE0.verified())
        self.device = device or best_device()
        core_count()
        weight, bias = network.classifier.weight.numpy(), network.classifier.bias.numpy()
        # In float32 whatever the network runs in: classes are few and cheap.
        self.arrays = {CLASSIFIER: weight.T.copy(), CLASSIFIER_BIAS: bias.copy()}
        self._network = network.to(self.device.torch_device, self.device.dtype).to(memory_format=torch.channels_last)

    @property
    def on_cpu(self) -> bool:
        """Whether it is this processor that computes."""
        return self.device.on_cpu

    def run(self, crops: Sequence[NDArray[np.uint8]]) -> Matrix:
        """Return the pooled features, shape (n, 1280), of crops of shape (224, 224, 3)."""
        chunk = _CPU_CHUNK if self.device.on_cpu else len(crops)
        features = np.empty((len(crops), FEATURES), np.float32)

        def encode(start: int) -> None:
            # NHWC memory seen as NCHW is what channels_last means: no copy.
            pixels = torch.from_numpy(np.stack(crops[start : start + chunk])).permute(0, 3, 1, 2)
            with torch.inference_mode():
                values = pixels.to(self.device.torch_device, torch.float32).sub_(127).div_(128).to(self.device.dtype)
                features[start : start + chunk] = self._network(values).float().cpu().numpy()

        if self.device.on_cpu:
            in_streams(encode, len(crops), chunk)
        else:
            encode(0)
        return features

    def module(self) -> nn.Module:
        """Return what maps uint8 crops, shape (n, 224, 224, 3), to features."""
        return _FromPixels(self._network)


class _FromPixels(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> Tensor:
        features: Tensor = self.network(pixels.permute(0, 3, 1, 2).float().sub(127).div(128))
        return features


def similar_basis(directions: int) -> NDArray[np.float16]:
    """Derive the map to the vectors of `ImageVectors.similar` from the classifier: shape (1280, directions).

    Shipped as `resources/starter/similar_basis.npy`, because the signs and order that an SVD gives differ between
    machines. Whitening by the singular values finds the original of a damaged crop more often than projecting alone.
    """
    weight = load_lite0(LITE0.verified()).classifier.weight.numpy().astype(np.float64)
    _left, strength, rows = np.linalg.svd(weight - weight.mean(axis=0), full_matrices=False)
    kept = rows[:directions]
    signs = np.sign(kept[np.arange(len(kept)), np.abs(kept).argmax(axis=1)])
    basis: NDArray[np.float16] = (kept * (signs * strength[0] / strength[: len(kept)])[:, None]).T.astype(np.float16)
    return basis
