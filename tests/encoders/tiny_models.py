"""Tiny open_clip models with random weights, saved as people have them on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import open_clip
import torch
from open_clip.coca_model import CoCa
from open_clip.model import CLIP, CustomTextCLIP
from safetensors.torch import save_file

TEXT = {"context_length": 77, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 2}
VIT: dict[str, Any] = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 32, "layers": 2, "width": 64, "head_width": 32, "patch_size": 8},
    "text_cfg": TEXT,
}
RESNET: dict[str, Any] = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 64, "layers": [1, 1, 1, 1], "width": 8, "patch_size": None},
    "text_cfg": TEXT,
}
SIGLIP: dict[str, Any] = {
    "embed_dim": 64,
    "init_logit_bias": -10,
    "custom_text": True,
    "vision_cfg": {
        "image_size": 160,
        "timm_model_name": "test_vit",
        "timm_model_pretrained": False,
        "timm_pool": "map",
        "timm_proj": "none",
    },
    "text_cfg": {
        "context_length": 16,
        "vocab_size": 300,
        "hf_tokenizer_name": "someone/tiny-siglip",
        "tokenizer_kwargs": {"clean": "canonicalize"},
        "width": 16,
        "heads": 2,
        "layers": 2,
        "no_causal_mask": True,
        "proj_bias": True,
        "pool_type": "last",
        "norm_kwargs": {"eps": 1e-6},
    },
}
COCA: dict[str, Any] = {
    "embed_dim": 32,
    "custom_text": True,
    "vision_cfg": {**VIT["vision_cfg"], "attentional_pool": True, "attn_pooler_heads": 2, "output_tokens": True},
    "text_cfg": {**TEXT, "context_length": 76, "embed_cls": True, "output_tokens": True},
    "multimodal_cfg": {"context_length": 76, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1},
}
SIGLIP_PREPROCESS = {
    "mean": [0.5, 0.5, 0.5],
    "std": [0.5, 0.5, 0.5],
    "interpolation": "bicubic",
    "resize_mode": "squash",
}


def random_state(config: dict[str, Any], seed: int = 0) -> dict[str, torch.Tensor]:
    """Return the weights of a fresh model."""
    torch.manual_seed(seed)
    arguments = json.loads(json.dumps(config))
    custom_text = arguments.pop("custom_text", False)
    kind = CoCa if "multimodal_cfg" in arguments else CustomTextCLIP if custom_text else CLIP
    state: dict[str, torch.Tensor] = kind(**arguments).eval().state_dict()
    return {name: tensor.contiguous() for name, tensor in state.items()}


def register(name: str, config: dict[str, Any], folder: Path) -> None:
    """Make open_clip know an architecture by name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(config))
    open_clip.add_model_config(folder / f"{name}.json")


def save_folder(folder: Path, config: dict[str, Any], preprocess: dict[str, Any], seed: int = 0) -> Path:
    """Save a model as open_clip does: a config and its weights in one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {"model_cfg": config, "preprocess_cfg": preprocess}
    (folder / "open_clip_config.json").write_text(json.dumps(document))
    save_file(random_state(config, seed), folder / "open_clip_model.safetensors")
    return folder


def save_tokenizer(folder: Path) -> None:
    """Save a small tokenizer in the form of the model hub, ending texts and padding as SigLIP's does."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=["<pad>", "</s>", "<unk>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(["a photo of a cat and a dog on the beach at sunset"] * 4, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "pad_token": "</s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "model_max_length": 16,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
