"""Photos a second from folder to searchable library, against the loop that everybody writes; one ratio a run.

    python benchmarks/indexing.py [--photos N] [--rounds N] [--model starter|ViT-B-32|all]

Makes its own 12-megapixel JPEGs. The usual loop opens each file with Pillow, decodes all of it, applies the model's own
preprocessing and embeds in float32 in batches of 8; ClipView reads, hashes, decodes, makes thumbnails, embeds and
commits. A third way is that of the better programs: two threads load and decode all of each file while the network
runs in float32, in ONNX Runtime where it is installed, else in PyTorch. ClipView runs the network the way that it
measured to be the fastest, and once more with PyTorch alone. ViT-B-32 has random weights, which cost the same as
trained ones. Rounds alternate, and ratios are those of the medians; all run with the same thread settings.

The floor is what ClipView's decoding and inference take of the cores' time when each runs alone: photos x (decoding +
inference) / cores. What a scan takes longer is walking, hashing, the database, and waiting for each other.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from clipview.core.environment import prepare_environment

prepare_environment()

import numpy as np  # noqa: E402 - after the environment is set
import torch  # noqa: E402
from PIL import Image  # noqa: E402
from targets import tell  # noqa: E402

from clipview.core.decoding import DecodePool, DecodeTask  # noqa: E402
from clipview.core.encoders import Encoder, load_encoder  # noqa: E402
from clipview.core.encoders.measurement import measure_pictures  # noqa: E402
from clipview.core.encoders.streams import core_count  # noqa: E402
from clipview.core.library import Library  # noqa: E402
from clipview.core.places import Places  # noqa: E402
from clipview.core.types import PhotoContent  # noqa: E402

WIDTH_PX, HEIGHT_PX = 4000, 3000
BATCH = 8
USUAL = "the usual loop"
LOADERS_ONNX, LOADERS_TORCH = "two loaders and ONNX Runtime", "two loaders and PyTorch, for want of ONNX Runtime"
TORCH_ALONE = "ClipView with PyTorch alone"
TARGET_OF = {USUAL: "indexing-usual", LOADERS_ONNX: "indexing-loaders", LOADERS_TORCH: "indexing-loaders"}


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
        if options.model in ("starter", "all"):
            compare("starter", {"the usual loop": usual_starter()}, "starter", base, photos, options.rounds)
        if options.model in ("ViT-B-32", "all"):
            others, name = usual_vit(base)
            compare("ViT-B-32", others, name, base, photos, options.rounds)
    return 0


def compare(
    label: str,
    others: dict[str, Callable[[list[Path]], None]],
    name: str,
    base: Path,
    photos: list[Path],
    rounds: int,
) -> None:
    """Time all ways in turn and print their medians and ratios."""
    with_torch = load_encoder(name, base / "models", base / "cache")
    # Loaded before anything is measured, it stays as it is.
    with_torch.encode_images([with_torch.preparation(Image.new("RGB", (64, 64)))])
    choice = measure_pictures(name, base / "models", base / "cache")
    encoder = load_encoder(name, base / "models", base / "cache")
    for other in others.values():
        other(photos[:BATCH])
    index(name, encoder, base / f"warm-{label}", photos[0].parent)
    rates: dict[str, list[float]] = {way: [] for way in ("ClipView", TORCH_ALONE, *others)}
    for number in range(rounds):
        for way, other in others.items():
            began = time.perf_counter()
            other(photos)
            rates[way].append(len(photos) / (time.perf_counter() - began))
        for way, each in (("ClipView", encoder), (TORCH_ALONE, with_torch)):
            began = time.perf_counter()
            index(name, each, base / f"library-{label}-{number}-{way}", photos[0].parent)
            rates[way].append(len(photos) / (time.perf_counter() - began))
    ours = statistics.median(rates["ClipView"])
    print(f"{label}: ClipView {ours:.1f} photos/s, its network with {choice.way}")
    for way in (TORCH_ALONE, *others):
        theirs = statistics.median(rates[way])
        pairs = sorted(mine / other for mine, other in zip(rates["ClipView"], rates[way], strict=True))
        print(f"  {way}: {theirs:.1f} photos/s, ratio {ours / theirs:.2f}x (pairs {pairs[0]:.2f} to {pairs[-1]:.2f})")
        if way == TORCH_ALONE:
            continue
        key = "indexing-starter" if label == "starter" else TARGET_OF[way]
        stands_in = ", PyTorch for want of ONNX Runtime" if way == LOADERS_TORCH else ""
        tell(key, ours / theirs, f"{ours:.1f} against {theirs:.1f} photos/s{stands_in}")
    floor = floor_rate(encoder, photos)
    print(f"  the floor: {floor:.1f} photos/s, of which ClipView reaches {ours / floor:.0%}")
    if label == "starter":
        tell("indexing-floor", ours / floor, f"{floor:.1f} photos/s")


def floor_rate(encoder: Encoder, photos: list[Path]) -> float:
    """Return the photos/s of decoding and inference alone, each on all cores with nothing beside it."""
    workers = os.cpu_count() or 1
    with DecodePool(encoder.preparation, workers=workers) as pool:
        tasks = [DecodeTask(path) for path in photos]
        # The second time, when the workers have started.
        for _ in range(2):
            began = time.perf_counter()
            contents = [decoded.content for decoded in pool.run(tasks, look_ahead=4 * workers)]
            decoding_s = time.perf_counter() - began
    inputs = [content.model_input for content in contents if isinstance(content, PhotoContent)]
    inference_s = float("inf")
    for _ in range(2):
        began = time.perf_counter()
        for start in range(0, len(inputs), encoder.batch_size):
            encoder.encode_images(inputs[start : start + encoder.batch_size])
        inference_s = min(inference_s, time.perf_counter() - began)
    print(f"  alone: decoding {len(photos) / decoding_s:.1f}, inference {len(photos) / inference_s:.1f} photos/s")
    return len(photos) / (decoding_s + inference_s)


def index(name: str, encoder: object, library: Path, folder: Path) -> None:
    """Index a folder into a new library, with an encoder that is loaded already, as on the usual side."""
    places = Places(library, library / "models", library / "cache")
    with Library.open(places, write=True, load=lambda *_: encoder) as opened:  # type: ignore[arg-type, return-value]
        for step in opened.scan([folder], model=name):
            if step.total and step.done == step.total:
                # Backup and calibration bank are not the loop's work, and happen once.
                break


def usual_vit(base: Path) -> tuple[dict[str, Callable[[list[Path]], None]], str]:
    """The other ways with open_clip, and the name of a checkpoint with the same random weights."""
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
    def embed(images: torch.Tensor) -> None:
        torch.set_num_threads(core_count())
        model.encode_image(images, normalize=True)

    def usual(photos: list[Path]) -> None:
        for start in range(0, len(photos), BATCH):
            embed(torch.stack([preprocess(Image.open(path)) for path in photos[start : start + BATCH]]))

    run = onnx_session(model, base)
    way = LOADERS_TORCH if run is None else LOADERS_ONNX
    infer = embed if run is None else run

    def loaders(photos: list[Path]) -> None:
        with ThreadPoolExecutor(2) as executor:
            loaded = executor.map(lambda path: preprocess(Image.open(path)), photos)
            while batch := list(itertools.islice(loaded, BATCH)):
                infer(torch.stack(batch))

    return {USUAL: usual, way: loaders}, f"ViT-B-32/{checkpoint}"


def onnx_session(model: torch.nn.Module, base: Path) -> Callable[[torch.Tensor], object] | None:
    """The image tower in ONNX Runtime; None where that or the converter isn't installed."""
    if importlib.util.find_spec("onnxruntime") is None or importlib.util.find_spec("onnx") is None:
        return None
    import onnxruntime

    path = base / "visual.onnx"
    # The exporter that traces: it needs no further package.
    torch.onnx.export(
        model.visual, (torch.zeros(BATCH, 3, 224, 224),), path, input_names=["pixels"], dynamo=False,
        dynamic_axes={"pixels": {0: "batch"}},
    )  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = core_count()
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda images: session.run(None, {"pixels": images.numpy()})


def usual_starter() -> Callable[[list[Path]], None]:
    """The usual loop with the starter's network as timm builds and preprocesses it."""
    import timm

    model = timm.create_model("tf_efficientnet_lite0", pretrained=False).eval()
    preprocess = timm.data.create_transform(**timm.data.resolve_model_data_config(model), is_training=False)

    @torch.inference_mode()
    def run(photos: list[Path]) -> None:
        torch.set_num_threads(core_count())
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
