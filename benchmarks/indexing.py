"""Photos a second from folder to searchable library, against the loop that everybody writes; one ratio a run.

    python benchmarks/indexing.py [--photos N] [--rounds N] [--model starter|ViT-B-32|all]

Makes its own 12-megapixel JPEGs. The usual loop opens each file with Pillow, decodes all of it, applies the model's own
preprocessing and embeds in float32 in batches of 8; ClipView reads, hashes, decodes, makes thumbnails, embeds and
commits. ViT-B-32 has random weights, which cost the same as trained ones. Rounds alternate, and the ratio is that of
the medians; both sides run with the same thread settings.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from clipview.core.environment import prepare_environment

prepare_environment()

import numpy as np  # noqa: E402 - after the environment is set
import torch  # noqa: E402
from PIL import Image  # noqa: E402

from clipview.core.encoders import load_encoder  # noqa: E402
from clipview.core.library import Library  # noqa: E402
from clipview.core.places import Places  # noqa: E402

WIDTH_PX, HEIGHT_PX = 4000, 3000
BATCH = 8


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--photos", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", choices=("starter", "ViT-B-32", "all"), default="all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        base = Path(home)
        photos = make_photos(base / "photos", options.photos)
        size_mb = sum(path.stat().st_size for path in photos) / len(photos) / 1e6
        print(f"{len(photos)} photos of {WIDTH_PX} x {HEIGHT_PX}, {size_mb:.1f} MB each, {os.cpu_count()} cores")
        for model in ("starter", "ViT-B-32") if options.model == "all" else (options.model,):
            usual, name = (usual_starter(), "starter") if model == "starter" else usual_vit(base)
            compare(model, usual, name, base, photos, options.rounds)
    return 0


def compare(
    label: str,
    usual: Callable[[list[Path]], None],
    name: str,
    base: Path,
    photos: list[Path],
    rounds: int,
) -> None:
    """Time both sides in turn and print their medians and the ratio."""
    encoder = load_encoder(name, base / "models", base / "cache")
    usual(photos[:BATCH])
    index(name, encoder, base / f"warm-{label}", photos[0].parent)
    rates: dict[str, list[float]] = {"usual": [], "clipview": []}
    for number in range(rounds):
        began = time.perf_counter()
        usual(photos)
        rates["usual"].append(len(photos) / (time.perf_counter() - began))
        began = time.perf_counter()
        index(name, encoder, base / f"library-{label}-{number}", photos[0].parent)
        rates["clipview"].append(len(photos) / (time.perf_counter() - began))
    usual_rate, clipview_rate = (statistics.median(rates[side]) for side in ("usual", "clipview"))
    pairs = sorted(mine / theirs for mine, theirs in zip(rates["clipview"], rates["usual"], strict=True))
    print(
        f"{label:10} usual loop {usual_rate:6.1f} photos/s, ClipView {clipview_rate:6.1f} photos/s: "
        f"{clipview_rate / usual_rate:.2f}x (pairs {pairs[0]:.2f} to {pairs[-1]:.2f})"
    )


def index(name: str, encoder: object, library: Path, folder: Path) -> None:
    """Index a folder into a new library, with an encoder that is loaded already, as on the usual side."""
    places = Places(library, library / "models", library / "cache")
    with Library.open(places, write=True, load=lambda *_: encoder) as opened:  # type: ignore[arg-type, return-value]
        for step in opened.scan([folder], model=name):
            if step.total and step.done == step.total:
                # Backup and calibration bank are not the loop's work, and happen once.
                break


def usual_vit(base: Path) -> tuple[Callable[[list[Path]], None], str]:
    """The usual loop with open_clip, and the name of a checkpoint with the same random weights."""
    import logging

    import open_clip
    from safetensors.torch import save_file

    logging.getLogger().setLevel(logging.ERROR)
    torch.manual_seed(0)
    model, _, preprocess = open_clip.create_model_and_transforms("ViT-B-32", pretrained=None)
    model.eval()
    checkpoint = base / "random.safetensors"
    save_file({key: value.contiguous() for key, value in model.state_dict().items()}, checkpoint)

    @torch.inference_mode()
    def run(photos: list[Path]) -> None:
        for start in range(0, len(photos), BATCH):
            images = torch.stack([preprocess(Image.open(path)) for path in photos[start : start + BATCH]])
            vectors = model.encode_image(images)
            vectors /= vectors.norm(dim=-1, keepdim=True)

    return run, f"ViT-B-32/{checkpoint}"


def usual_starter() -> Callable[[list[Path]], None]:
    """The usual loop with the starter's network as timm builds and preprocesses it."""
    import timm

    model = timm.create_model("tf_efficientnet_lite0", pretrained=False).eval()
    preprocess = timm.data.create_transform(**timm.data.resolve_model_data_config(model), is_training=False)

    @torch.inference_mode()
    def run(photos: list[Path]) -> None:
        for start in range(0, len(photos), BATCH):
            images = [preprocess(Image.open(path).convert("RGB")) for path in photos[start : start + BATCH]]
            model(torch.stack(images))

    return run


def make_photos(folder: Path, count: int) -> list[Path]:
    """Paint photos with a camera's amount of detail: smooth shapes, texture and grain."""
    folder.mkdir()
    chosen = np.random.default_rng(12)
    paths = []
    for number in range(count):
        coarse = Image.fromarray(chosen.integers(0, 256, (9, 12, 3), dtype=np.uint8))
        middle = Image.fromarray(chosen.integers(0, 256, (375, 500, 3), dtype=np.uint8))
        fine = Image.effect_noise((WIDTH_PX // 2, HEIGHT_PX // 2), 24).convert("RGB")
        size = (WIDTH_PX, HEIGHT_PX)
        picture = Image.blend(coarse.resize(size, Image.Resampling.BICUBIC), middle.resize(size), 0.2)
        picture = Image.blend(picture, fine.resize(size), 0.15)
        path = folder / f"{number:03d}.jpg"
        picture.save(path, quality=88)
        paths.append(path)
    return paths


if __name__ == "__main__":
    sys.exit(main())
