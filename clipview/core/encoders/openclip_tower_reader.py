"""Reads the weights of open_clip's plain text towers out of its modules, for `TextTower`."""

from __future__ import annotations

from typing import Any

import numpy as np
from torch import Tensor, nn

from clipview.core.encoders.text_tower import Activation, Pool, TextTower, TowerSettings
from clipview.core.encoders.transformer_layers import Activations


def read_tower(network: nn.Module) -> TextTower | None:
    """Return the text tower of a float32 network on the CPU; None when its layers are not the usual ones."""
    from open_clip.model import CLIP
    from open_clip.transformer import TextTransformer

    # CLIP keeps the layers of its text tower itself, later models in `text`.
    tower: Any = getattr(network, "text", network)
    if type(tower) not in (CLIP, TextTransformer) or getattr(tower, "output_tokens", False):
        return None
    pool = getattr(tower, "text_pool_type", None) or getattr(tower, "pool_type", None)
    activation = _activation(tower.transformer.resblocks[0])
    if (
        pool not in list(Pool)
        or activation is None
        or getattr(tower, "cls_emb", None) is not None
        or getattr(tower, "use_pad_mask", False)
        or not all(_is_plain(block) for block in tower.transformer.resblocks)
    ):
        return None
    blocks = list(tower.transformer.resblocks)
    settings = TowerSettings(
        layers=len(blocks),
        heads=int(blocks[0].attn.num_heads),
        eps=float(tower.ln_final.eps),
        activation=activation,
        causal=tower.attn_mask is not None,
        pool=Pool(pool),
        end_token=int(getattr(tower, "text_eos_id", None) or getattr(tower, "eos_id", None) or 0),
    )
    if any(norm.eps != settings.eps for block in blocks for norm in (block.ln_1, block.ln_2)):
        return None
    weights = {"tokens": _array(tower.token_embedding.weight), "positions": _array(tower.positional_embedding)}
    weights |= _pair("final", tower.ln_final.weight, tower.ln_final.bias) | _projection(tower.text_projection)
    for number, block in enumerate(blocks):
        weights |= _layer(f"{number}.", block)
    return TextTower(settings, weights)


def _is_plain(block: Any) -> bool:
    from open_clip.transformer import LayerScale, ResidualAttentionBlock

    return (
        type(block) is ResidualAttentionBlock
        and not hasattr(block, "ln_1_kv")
        and type(block.attn) is nn.MultiheadAttention
        and block.attn.in_proj_weight is not None
        and all(isinstance(scale, nn.Identity | LayerScale) for scale in (block.ls_1, block.ls_2))
    )


def _activation(block: Any) -> Activation | None:
    from open_clip.transformer import QuickGELU

    curve = getattr(getattr(block, "mlp", None), "gelu", None)
    if isinstance(curve, QuickGELU):
        return Activation.QUICK_GELU
    if isinstance(curve, nn.GELU):
        return Activation.GELU_TANH if curve.approximate == "tanh" else Activation.GELU
    return None


def _layer(name: str, block: Any) -> dict[str, Activations]:
    attention = block.attn
    weights = (
        _pair(name + "norm1", block.ln_1.weight, block.ln_1.bias)
        | _pair(name + "attend", attention.in_proj_weight, attention.in_proj_bias)
        | _pair(name + "mix", attention.out_proj.weight, attention.out_proj.bias)
        | _pair(name + "norm2", block.ln_2.weight, block.ln_2.bias)
        | _pair(name + "widen", block.mlp.c_fc.weight, block.mlp.c_fc.bias)
        | _pair(name + "narrow", block.mlp.c_proj.weight, block.mlp.c_proj.bias)
    )
    for part, scale in (("scale1", block.ls_1), ("scale2", block.ls_2)):
        if not isinstance(scale, nn.Identity):
            weights[name + part] = _array(scale.gamma)
    return weights


def _projection(projection: nn.Linear | Tensor | None) -> dict[str, Activations]:
    if projection is None:
        return {}
    if isinstance(projection, Tensor):
        return {"projection.weight": _array(projection).T}
    weights = {"projection.weight": _array(projection.weight)}
    if projection.bias is not None:
        weights["projection.bias"] = _array(projection.bias)
    return weights


def _pair(name: str, weight: Tensor, bias: Tensor) -> dict[str, Activations]:
    return {f"{name}.weight": _array(weight), f"{name}.bias": _array(bias)}


def _array(tensor: Tensor) -> Activations:
    return np.asarray(tensor.detach().numpy(), np.float32)
