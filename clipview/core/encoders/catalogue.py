"""The search models to offer: a few good choices by use, and what else is on this machine.

Accuracies are those published by open_clip and big_vision: ImageNet zero-shot top-1 and COCO text-to-image recall
at 1, in per cent.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from clipview.core.encoders.sources import WEIGHT_SUFFIXES, Published, find_published

STARTER = "starter"
DEFAULT_DOWNLOAD = "ViT-B-32-256/datacomp_s34b_b86k"
"""What to suggest to somebody who wants better results than the starter's."""

_GB = 1_000_000_000
_WEIGHTS = ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")
_TOKENIZER = ("tokenizer.json",)


class State(StrEnum):
    """Whether a model can be used now."""

    BUILT_IN = "built-in"
    READY = "ready"
    NOT_DOWNLOADED = "not downloaded"


class CatalogueEntry(Struct, frozen=True):
    """One search model."""

    name: str
    """For `load_encoder` and `fetch_model`."""
    use: str
    """What it is good for, in a few words."""
    state: State
    size_bytes: int
    """Of the download, rounded; of the file for a model that was imported."""
    licence: str
    dim: int | None
    imagenet_percent: float | None = None
    coco_percent: float | None = None


class _Offer(Struct, frozen=True):
    name: str
    use: str
    size_bytes: int
    licence: str
    dim: int
    imagenet_percent: float
    coco_percent: float | None
    repo: str
    tokenizer_repo: str = ""


_OFFERS = (
    _Offer(
        DEFAULT_DOWNLOAD,
        "fast on a CPU",
        int(0.6 * _GB),
        "MIT",
        512,
        72.8,
        39.9,
        "laion/CLIP-ViT-B-32-256x256-DataComp-s34B-b86K",
    ),
    _Offer(
        "ViT-B-16-SigLIP/webli",
        "balanced",
        int(0.8 * _GB),
        "Apache-2.0",
        768,
        76.0,
        47.8,
        "timm/ViT-B-16-SigLIP",
        "timm/ViT-B-16-SigLIP",
    ),
    _Offer(
        "ViT-B-32-SigLIP2-256/webli",
        "many languages",
        int(1.5 * _GB),
        "Apache-2.0",
        768,
        74.0,
        47.2,
        "timm/ViT-B-32-SigLIP2-256",
        "timm/ViT-B-32-SigLIP2-256",
    ),
    _Offer(
        "ViT-L-16-SigLIP-256/webli",
        "best on a CPU, overnight",
        int(2.6 * _GB),
        "Apache-2.0",
        1024,
        80.5,
        52.3,
        "timm/ViT-L-16-SigLIP-256",
        "timm/ViT-B-16-SigLIP",
    ),
    _Offer(
        "ViT-SO400M-16-SigLIP2-384/webli",
        "best, with a GPU",
        int(4.5 * _GB),
        "Apache-2.0",
        1152,
        84.1,
        56.0,
        "timm/ViT-SO400M-16-SigLIP2-384",
        "timm/ViT-SO400M-16-SigLIP2-384",
    ),
    _Offer(
        "ViT-B-32/openai",
        "the first CLIP, for comparison",
        int(0.6 * _GB),
        "MIT",
        512,
        63.3,
        None,
        "timm/vit_base_patch32_clip_224.openai",
    ),
    _Offer(
        "RN50/openai",
        "the first CLIP, small",
        int(0.4 * _GB),
        "MIT",
        1024,
        59.8,
        None,
        "timm/resnet50_clip.openai",
    ),
)

_RESTRICTED = (
    (re.compile(r"metaclip|nllb", re.IGNORECASE), "CC-BY-NC-4.0: not for commercial use"),
    (re.compile(r"mobileclip|datacompdr|dfn", re.IGNORECASE), "Apple's own licence: meant for research, read it first"),
)


def catalogue(models_dir: Path) -> tuple[CatalogueEntry, ...]:
    """Return the built-in model, the offered ones, and those that were imported or downloaded by another name."""
    starter = CatalogueEntry(
        STARTER, "ready at once; everyday things in English", State.BUILT_IN, int(0.11 * _GB), "Apache-2.0", 1010
    )
    offered = tuple(_entry(offer, models_dir) for offer in _OFFERS)
    names = {entry.name for entry in offered}
    others = tuple(entry for entry in (*_imported(models_dir), *_fetched(models_dir)) if entry.name not in names)
    return (starter, *offered, *others)


def restricted_licence(name: str) -> str | None:
    """Return what limits the use of a model's weights, judged by its name; None when nothing known does."""
    return next((licence for pattern, licence in _RESTRICTED if pattern.search(name)), None)


def _entry(offer: _Offer, models_dir: Path) -> CatalogueEntry:
    imported = _import_folder(offer.name, models_dir)
    weights = imported is not None or find_published(Published(offer.repo, _WEIGHTS), models_dir) is not None
    tokenizer = not offer.tokenizer_repo or any(
        (folder / "tokenizer.json").is_file() for folder in ([imported] if imported else [])
    )
    if weights and not tokenizer:
        tokenizer = find_published(Published(offer.tokenizer_repo, _TOKENIZER), models_dir) is not None
    return CatalogueEntry(
        offer.name,
        offer.use,
        State.READY if weights and tokenizer else State.NOT_DOWNLOADED,
        offer.size_bytes,
        offer.licence,
        offer.dim,
        offer.imagenet_percent,
        offer.coco_percent,
    )


def _import_folder(name: str, models_dir: Path) -> Path | None:
    folder = models_dir / "imported" / name
    return folder if _weights_in(folder, "weights") is not None else None


def _imported(models_dir: Path) -> list[CatalogueEntry]:
    entries = []
    for folder in sorted((models_dir / "imported").glob("*/*")):
        weights = _weights_in(folder, "weights")
        if weights is not None and not folder.name.startswith("."):
            name = f"{folder.parent.name}/{folder.name}"
            entries.append(_other(name, "imported", weights))
    return entries


def _fetched(models_dir: Path) -> list[CatalogueEntry]:
    """Return models of the hub that bring their own config, as `hf-hub:` names need."""
    known = {offer.repo.replace("/", "--") for offer in _OFFERS}
    entries = []
    for folder in sorted((models_dir / "hub").glob("*--*")):
        weights = _weights_in(folder, "open_clip")
        if weights is not None and (folder / "open_clip_config.json").is_file() and folder.name not in known:
            entries.append(_other(f"hf-hub:{folder.name.replace('--', '/', 1)}", "from the hub", weights))
    return entries


def _other(name: str, use: str, weights: Path) -> CatalogueEntry:
    licence = restricted_licence(name) or "see the model's publisher"
    return CatalogueEntry(name, use, State.READY, weights.stat().st_size, licence, None)


def _weights_in(folder: Path, stem: str) -> Path | None:
    if not folder.is_dir():
        return None
    found = (path for path in sorted(folder.iterdir()) if path.suffix in WEIGHT_SUFFIXES and path.name.startswith(stem))
    return next(found, None)
