"""Pictures and texts a second: ClipView's encoders against open_clip used the usual way.

    python benchmarks/encoders.py [ARCHITECTURE] [--pictures N]

The usual way is open_clip's own preprocessing and float32 batches of eight, and a padded text at a time. Random
weights cost the same as trained ones, so nothing is downloaded. Rounds of both ways alternate; the best of each
counts, and ratios within one run are what carries over to another machine.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from clipview.core.environment import prepare_environment

prepare_environment()

import open_clip  # noqa: E402
import torch  # noqa: E402
from safetensors.torch import save_file  # noqa: E402

from clipview.core.encoders import load_encoder  # noqa: E402
from clipview.core.encoders.packaged import LITE0  # noqa: E402

ROUNDS = 3
USUAL_BATCH = 8
TEXTS = ("a dog on the beach", "red car", "sunset", "people at a birthday party")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("architecture", nargs="?", default="ViT-B-32")
    arguments.add_argument("--pictures", type=int, default=32)
    asked = arguments.parse_args()
    rng = np.random.RandomState(0)
    coarse = (rng.randint(0, 256, (24, 32, 3)).astype(np.uint8) for _ in range(asked.pictures))
    pictures = [Image.fromarray(pixels).resize((640, 480), Image.Resampling.BICUBIC) for pixels in coarse]
    with tempfile.TemporaryDirectory() as folder:
        compare_open_clip(asked.architecture, pictures, Path(folder))
        compare_starter(pictures, Path(folder))


def compare_open_clip(architecture: str, pictures: list[Image.Image], folder: Path) -> None:
    torch.manual_seed(0)
    file = folder / "random.safetensors"
    state = open_clip.create_model(architecture, pretrained_text=False).state_dict()
    save_file({key: tensor.contiguous() for key, tensor in state.items()}, file)
    start = time.perf_counter()
    usual, _train, preprocess = open_clip.create_model_and_transforms(architecture, pretrained=str(file))
    usual.eval()
    usual_load_s = time.perf_counter() - start
    start = time.perf_counter()
    ours = load_encoder(f"{architecture}/{file}", folder, folder)
    our_load_s = time.perf_counter() - start
    tokenizer = open_clip.get_tokenizer(architecture)

    def usual_pictures() -> None:
        for first in range(0, len(pictures), USUAL_BATCH):
            batch = torch.stack([preprocess(picture) for picture in pictures[first : first + USUAL_BATCH]])
            with torch.inference_mode():
                usual.encode_image(batch, normalize=True)

    def our_pictures() -> None:
        ours.encode_images([ours.preparation(picture) for picture in pictures])

    def usual_texts() -> None:
        for text in TEXTS:
            with torch.inference_mode():
                usual.encode_text(tokenizer([text]), normalize=True)

    def our_texts() -> None:
        for text in TEXTS:
            ours.encode_texts([text])

    print(f"{architecture}: load {usual_load_s:.2f} s the usual way, {our_load_s:.2f} s ours")
    report(f"{architecture} pictures/s", len(pictures), usual_pictures, our_pictures)
    report(f"{architecture} texts/s", len(TEXTS), usual_texts, our_texts)


def compare_starter(pictures: list[Image.Image], folder: Path) -> None:
    import timm

    usual = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    weights = torch.load(LITE0.verified(), weights_only=True)
    usual.load_state_dict(dict(zip(usual.state_dict(), weights.values(), strict=True)))
    usual.eval()
    ours = load_encoder("starter", folder, folder)
    ours.encode_texts(TEXTS)

    def usual_pictures() -> None:
        inputs = [ours.preparation(picture)[0] for picture in pictures]
        for first in range(0, len(inputs), USUAL_BATCH):
            batch = torch.from_numpy(np.stack(inputs[first : first + USUAL_BATCH])).permute(0, 3, 1, 2).contiguous()
            with torch.inference_mode():
                usual(batch.float().sub_(127).div_(128))

    def our_pictures() -> None:
        ours.encode_images([ours.preparation(picture) for picture in pictures])

    report("starter pictures/s (usual: timm, batches of eight)", len(pictures), usual_pictures, our_pictures)
    seconds = best_of(lambda: ours.encode_texts(["a dog on the beach"]))
    print(f"starter: a text takes {seconds * 1000:.0f} ms")


def report(what: str, count: int, usual: Callable[[], None], ours: Callable[[], None]) -> None:
    usual_s, our_s = float("inf"), float("inf")
    for _ in range(ROUNDS):
        usual_s = min(usual_s, best_of(usual, rounds=1))
        our_s = min(our_s, best_of(ours, rounds=1))
    print(f"{what}: {count / usual_s:.1f} the usual way, {count / our_s:.1f} ours, ratio {usual_s / our_s:.2f}")


def best_of(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
