"""Shorter ways through open_clip's own layers that give the same numbers.

The last block of a class-token ViT is computed for that token alone, and a causal text tower sees no padding after
the end of the longest text. Anything that doesn't look exactly as expected takes open_clip's own way.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn


def encode_image(model: nn.Module, pixels: Tensor) -> Tensor:
    """Return unit vectors of normalised pictures, shape (n, 3, height, width)."""
    visual: Any = model.visual
    if not _ends_in_class_token(visual):
        features: Tensor = model.encode_image(pixels, normalize=True)  # type: ignore[operator]
        return features
    x = visual._embeds(pixels)
    *blocks, last = visual.transformer.resblocks
    for block in blocks:
        x = block(x)
    everything = last.ln_1(x)
    attended = last.attn(everything[:, :1], everything, everything, need_weights=False)[0]
    token = x[:, :1] + last.ls_1(attended)
    token = token + last.ls_2(last.mlp(last.ln_2(token)))
    pooled = visual.ln_post(token[:, 0])
    if visual.proj is not None:
        pooled = pooled @ visual.proj
    return F.normalize(pooled, dim=-1)


def encode_text(model: nn.Module, tokens: Tensor) -> Tensor:
    """Return unit vectors of tokens, shape (n, context length)."""
    # CLIP keeps the layers of its text tower itself, later models in `text`.
    tower: Any = getattr(model, "text", model)
    pool = getattr(tower, "text_pool_type", None) or getattr(tower, "pool_type", None)
    if not _is_causal(tower) or pool not in ("argmax", "eos"):
        features: Tensor = model.encode_text(tokens, normalize=True)  # type: ignore[operator]
        return features
    if pool == "argmax":
        ends = tokens.argmax(dim=-1)
    else:
        end_token = tower.text_eos_id if hasattr(tower, "text_eos_id") else tower.eos_id
        ends = (tokens == end_token).int().argmax(dim=-1)
    length = int(ends.max()) + 1
    dtype = tower.transformer.get_cast_dtype()
    x = tower.token_embedding(tokens[:, :length]).to(dtype) + tower.positional_embedding[:length].to(dtype)
    x = tower.transformer(x, attn_mask=tower.attn_mask[:length, :length])
    pooled = tower.ln_final(x[torch.arange(len(x), device=x.device), ends])
    projection = tower.text_projection
    if isinstance(projection, nn.Linear):
        pooled = projection(pooled)
    elif projection is not None:
        pooled = pooled @ projection
    return F.normalize(pooled, dim=-1)


def _ends_in_class_token(visual: Any) -> bool:
    from open_clip.transformer import ResidualAttentionBlock, VisionTransformer

    if type(visual) is not VisionTransformer or not hasattr(visual, "_embeds"):
        return False
    last = visual.transformer.resblocks[-1]
    plain = type(last) is ResidualAttentionBlock and not hasattr(last, "ln_1_kv") and last.attn.batch_first
    return bool(plain and visual.attn_pool is None and visual.pool_type == "tok" and not visual.output_tokens)


def _is_causal(tower: nn.Module) -> bool:
    from open_clip.model import CLIP
    from open_clip.transformer import TextTransformer

    if type(tower) not in (CLIP, TextTransformer) or getattr(tower, "output_tokens", False):
        return False
    mask = getattr(tower, "attn_mask", None)
    return mask is not None and getattr(tower, "cls_emb", None) is None
