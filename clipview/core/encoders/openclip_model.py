"""An open_clip network from files on this machine, without drawing random weights first and without a connection."""

from __future__ import annotations

import copy
import hashlib
import json
import logging
from typing import Any

import torch
from torch import Tensor, nn

from clipview.core.encoders.checkpoints import read_checkpoint
from clipview.core.encoders.sources import ModelFiles
from clipview.core.errors import ModelUnavailableError

log = logging.getLogger(__name__)

_SAMPLED_VALUES = 64


def build(files: ModelFiles) -> nn.Module:
    """Return the network in float32 on the CPU, for inference.

    Raises ModelUnavailableError when the weights are unsafe or damaged, or don't fit the architecture.
    """
    config = _local_config(files)
    state = read_checkpoint(files.weights)
    try:
        # On the meta device nothing is allocated or initialised; the checkpoint's own memory becomes the weights.
        with torch.device("meta"):
            model = _construct(config)
        _fit(model, state, assign=True)
        _restore_masks(model)
        if any(tensor.is_meta for tensor in (*model.parameters(), *model.buffers())):
            # Some architectures compute buffers that no checkpoint holds.
            model = _construct(config)
            _fit(model, state, assign=False)
    except (RuntimeError, TypeError, ValueError, KeyError, AttributeError, AssertionError, ImportError) as error:
        log.debug("Weights don't fit", exc_info=True)
        reason = str(error).strip().replace("\n\t", " ").partition("\n")[0]
        raise ModelUnavailableError(
            f"The weights {files.weights} don't fit the model {files.description.name} ({reason[:200]}): "
            "give the architecture that they were trained for, or get the model again."
        ) from error
    return model.float().eval().requires_grad_(requires_grad=False)


def fingerprint(files: ModelFiles, model: nn.Module, preparation: object) -> str:
    """Return what identifies a float32 model and its preprocessing, whatever file the weights came from.

    Samples values of every weight: reading all of them would take seconds for a large model.
    """
    described = json.dumps(files.description.config, sort_keys=True, default=str)
    digest = hashlib.sha256(f"{described}\n{preparation!r}\n".encode())
    for key, tensor in sorted(model.state_dict().items()):
        values = tensor.detach().reshape(-1)
        # Whole numbers throughout: a float32 index past 16 million is rounded, even beyond the end.
        count = min(_SAMPLED_VALUES, values.numel())
        places = torch.arange(count) * (values.numel() - 1) // max(1, count - 1)
        digest.update(f"{key} {tuple(tensor.shape)}".encode())
        digest.update(values[places].to(torch.float32).numpy().tobytes())
    return f"open_clip-{digest.hexdigest()[:24]}"


def _local_config(files: ModelFiles) -> dict[str, Any]:
    config = copy.deepcopy(files.description.config)
    if "timm_model_name" in config["vision_cfg"]:
        config["vision_cfg"]["timm_model_pretrained"] = False
    if files.text_model is not None:
        # A folder instead of a repository's name: transformers then looks nowhere else.
        config["text_cfg"].update(hf_model_name=str(files.text_model), hf_model_pretrained=False)
    return config


def _construct(config: dict[str, Any]) -> nn.Module:
    from open_clip.coca_model import CoCa
    from open_clip.model import CLIP, CustomTextCLIP

    arguments = copy.deepcopy(config)
    custom_text = arguments.pop("custom_text", False) or "hf_model_name" in arguments["text_cfg"]
    if "multimodal_cfg" in arguments:
        kind: type[nn.Module] = CoCa
    else:
        kind = CustomTextCLIP if custom_text else CLIP
    return kind(**arguments)


def _fit(model: nn.Module, state: dict[str, Tensor], *, assign: bool) -> None:
    """Load weights of open_clip or of the formats that it converts; strict."""
    from open_clip.factory import convert_state_dict
    from open_clip.model import convert_to_custom_text_state_dict, resize_pos_embed, resize_text_pos_embed

    state = convert_state_dict(model, dict(state))
    if "positional_embedding" in state and not hasattr(model, "positional_embedding"):
        state = convert_to_custom_text_state_dict(state)
    for name in ("logit_scale", "logit_bias"):
        own = getattr(model, name, None)
        if own is not None and name in state:
            state[name] = state[name].reshape(own.shape)
    if getattr(model, "logit_bias", None) is not None and "logit_bias" not in state:
        state["logit_bias"] = torch.zeros_like(state["logit_scale"])
    # Older versions of transformers stored this counter.
    state.pop("text.transformer.embeddings.position_ids", None)
    resize_pos_embed(state, model)
    resize_text_pos_embed(state, model)
    state = {key: tensor.float() if tensor.is_floating_point() else tensor for key, tensor in state.items()}
    model.load_state_dict(state, strict=True, assign=assign)


def _restore_masks(model: nn.Module) -> None:
    """Fill the causal masks, which are computed rather than stored."""
    for module in model.modules():
        mask = getattr(module, "attn_mask", None)
        if isinstance(mask, Tensor) and mask.is_meta:
            module.attn_mask = torch.full(mask.shape, float("-inf")).triu_(1)
