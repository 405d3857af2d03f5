"""EfficientNet-Lite0 (Tan & Le 2019, TensorFlow's lite variant) for inference, batch norms folded into convolutions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

_STEM_CHANNELS = 32
_STAGES = (
    # expansion, kernel, stride, channels, blocks
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)
FEATURES = 1280
CLASSES = 1000
_NORM_EPS = 1e-3


class Lite0(nn.Module):
    """Maps pictures, shape (n, 3, 224, 224) and values (RGB - 127) / 128, to pooled features of shape (n, 1280)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = _Conv(3, _STEM_CHANNELS, 3, stride=2)
        blocks = []
        channels = _STEM_CHANNELS
        for expansion, kernel, first_stride, out, repeats in _STAGES:
            for number in range(repeats):
                stride = first_stride if number == 0 else 1
                blocks.append(_Block(channels, out, expansion, kernel, stride))
                channels = out
        self.blocks = nn.Sequential(*blocks)
        self.head = _Conv(channels, FEATURES, 1)
        self.classifier = nn.Linear(FEATURES, CLASSES)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return the pooled features; `classifier` turns them into logits."""
        features: Tensor = self.head(self.blocks(self.stem(pixels)))
        return features.mean(dim=(2, 3))


def load_lite0(path: Path) -> Lite0:
    """Load the published checkpoint, whose tensors come in the order of the layers.

    Raises ValueError or an unpickling error when the file holds something else.
    """
    state: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    tensors = iter(state.values())
    network = Lite0()
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, _Conv):
                module.fold(tensors)
        _copy(network.classifier.weight, next(tensors))
        _copy(network.classifier.bias, next(tensors))
    if next(tensors, None) is not None:
        raise ValueError(f"{path.name} holds more tensors than EfficientNet-Lite0")
    return network.eval().requires_grad_(requires_grad=False)


class _Block(nn.Module):
    """An inverted residual: expand, filter each channel, project; without the first step when not expanding."""

    def __init__(self, channels: int, out: int, expansion: int, kernel: int, stride: int) -> None:
        super().__init__()
        inner = channels * expansion
        steps = [] if expansion == 1 else [_Conv(channels, inner, 1)]
        steps.append(_Conv(inner, inner, kernel, stride=stride, groups=inner))
        steps.append(_Conv(inner, out, 1, activate=False))
        self.steps = nn.Sequential(*steps)
        self.residual = stride == 1 and channels == out

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.steps(x)
        return x + y if self.residual else y


class _Conv(nn.Module):
    """A convolution with its batch norm folded in, padded as TensorFlow's SAME, then ReLU6."""

    def __init__(
        self, channels: int, out: int, kernel: int, *, stride: int = 1, groups: int = 1, activate: bool = True
    ) -> None:
        super().__init__()
        # SAME pads one more at the far end when a stride of 2 meets an even size, and sizes here are even there.
        self.uneven = ((kernel - 2) // 2, (kernel - 1) // 2) * 2 if stride == 2 else None
        padding = 0 if stride == 2 else kernel // 2
        self.conv = nn.Conv2d(channels, out, kernel, stride, padding, groups=groups)
        self.activate = activate

    def forward(self, x: Tensor) -> Tensor:
        if self.uneven is not None:
            x = F.pad(x, self.uneven)
        y: Tensor = self.conv(x)
        return F.relu6(y, inplace=True) if self.activate else y

    def fold(self, tensors: Iterator[Tensor]) -> None:
        """Take the kernel and its batch norm (scale, shift, mean, variance, a counter) from the checkpoint."""
        kernel, scale, shift, mean, variance, _count = (next(tensors) for _ in range(6))
        factor = scale.double() / torch.sqrt(variance.double() + _NORM_EPS)
        if factor.ndim != 1 or kernel.ndim != 4:
            raise ValueError("the checkpoint's tensors are not in the order of EfficientNet-Lite0")
        bias = self.conv.bias
        assert bias is not None
        _copy(self.conv.weight, kernel.double() * factor[:, None, None, None])
        _copy(bias, shift.double() - mean.double() * factor)


def _copy(target: Tensor, source: Tensor) -> None:
    if target.shape != source.shape:
        raise ValueError(f"a tensor of the checkpoint has shape {tuple(source.shape)}, not {tuple(target.shape)}")
    target.copy_(source)
