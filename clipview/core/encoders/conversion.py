"""Converting a PyTorch network for OpenVINO, which can't follow PyTorch's own attention module."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor, nn

from clipview.core.encoders.converted import GRAPH, WEIGHTS, openvino
from clipview.core.encoders.kept import keep_arrays
from clipview.core.types import Matrix

_ALIGNED_BYTES = 64


@torch.no_grad()
def convert(network: nn.Module, size: tuple[int, int], arrays: Mapping[str, Matrix], path: Path) -> str:
    """Keep a network's converted form, in float32, and return the file's SHA-256.

    Args:
        network: maps uint8 pictures, shape (n, height, width, 3), to float32 vectors; its attention is changed to a
            form that gives the same numbers.
        size: height and width of a picture.
        arrays: what to keep beside it.
        path: the file to write.

    Raises what PyTorch and OpenVINO raise for a network that they can't follow, and OSError.
    """
    write_out_attention(network)
    package = openvino()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    picture = torch.zeros((1, *size, 3), dtype=torch.uint8)
    with warnings.catch_warnings():
        # Tracing is called deprecated and remains what OpenVINO reads best; it also warns of each fixed shape.
        warnings.simplefilter("ignore")
        traced = torch.jit.trace(  # type: ignore[no-untyped-call]
            network, picture, check_trace=False
        )
        # Its own converter would do the same and load what reports of its use.
        frontend: Any = FrontEndManager().load_by_framework("pytorch")
        decoder = TorchScriptPythonDecoder(traced)
        model = frontend.convert(frontend.load(decoder))
    # One picture of one size: shapes that are known beforehand are computed beforehand.
    model.reshape(package.PartialShape([1, *size, 3]))
    with tempfile.TemporaryDirectory(prefix="clipview-") as folder:
        graph = Path(folder) / "network.xml"
        package.save_model(model, graph, compress_to_fp16=False)
        weights = np.memmap(graph.with_suffix(".bin"), np.uint8, mode="r")
        return keep_arrays(path, {GRAPH: _padded(graph.read_bytes()), WEIGHTS: weights, **arrays})


def write_out_attention(network: nn.Module) -> None:
    """Replace attention modules by ones of the same weights that consist of plain products."""
    for name, part in network.named_children():
        if type(part) is nn.MultiheadAttention and part.batch_first and part.bias_k is None and not part.add_zero_attn:
            setattr(network, name, _Attention(part))
        else:
            write_out_attention(part)


class _Attention(nn.Module):
    """Takes the place of a `MultiheadAttention` with its batch first; in inference only."""

    batch_first = True

    def __init__(self, module: nn.MultiheadAttention) -> None:
        super().__init__()
        self.heads = module.num_heads
        self.out_proj = module.out_proj
        together, bias = module.in_proj_weight, module.in_proj_bias
        apart = (module.q_proj_weight, module.k_proj_weight, module.v_proj_weight)
        weights = apart if together is None else together.chunk(3)
        biases = (None, None, None) if bias is None else bias.chunk(3)
        self.parts = nn.ModuleList(map(_linear, weights, biases))

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        need_weights: bool = False,  # noqa: ARG002 - the replaced module's signature
        attn_mask: Tensor | None = None,
    ) -> tuple[Tensor, None]:
        queries, keys, values = (
            part(x).reshape(*x.shape[:2], self.heads, -1).transpose(1, 2)
            for x, part in zip((query, key, value), self.parts, strict=True)
        )
        mixed = F.scaled_dot_product_attention(queries, keys, values, attn_mask=attn_mask)
        return self.out_proj(mixed.transpose(1, 2).flatten(2)), None


def _linear(weight: Tensor, bias: Tensor | None) -> nn.Linear:
    with torch.device("meta"):
        layer = nn.Linear(weight.shape[1], weight.shape[0], bias is not None)
    layer.weight = nn.Parameter(weight, requires_grad=False)
    if bias is not None:
        layer.bias = nn.Parameter(bias, requires_grad=False)
    return layer


def _padded(graph: bytes) -> NDArray[np.uint8]:
    """Return the graph with blanks at its end, so that the weights behind it begin at a whole number of words."""
    return np.frombuffer(graph + b" " * (-len(graph) % _ALIGNED_BYTES), np.uint8)
