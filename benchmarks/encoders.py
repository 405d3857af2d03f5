"""Pictures and texts a second: ClipView's encoders against open_clip used the usual way.

    python benchmarks/encoders.py [ARCHITECTURE] [--pictures N]

The usual way is open_clip's own preprocessing and float32 batches of eight, and a padded text at a time. ClipView
embeds pictures twice: with PyTorch, as at first, and the way that it then measures to be the fastest, on x86-64 mostly
a network converted for OpenVINO; for an open_clip model also in its int8 form. Last, what it gains that each core takes
pictures of its own, alone and beside decoders. Random weights cost the same as trained ones, so nothing is downloaded.
Rounds of all ways alternate and the best of each counts: ratios within one run are what carries over elsewhere.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from itertools import cycle, takewhile
from pathlib import Path

from clipview.core.environment import prepare_environment

prepare_environment()

import numpy as np  # noqa: E402 - after the environment is set, as in ClipView
import open_clip  # noqa: E402
import torch  # noqa: E402
from PIL import Image  # noqa: E402
from safetensors.torch import save_file  # noqa: E402
from targets import tell  # noqa: E402

from clipview.core.decoding import DecodePool, DecodeTask  # noqa: E402
from clipview.core.encoders import Encoder, load_encoder  # noqa: E402
from clipview.core.encoders.device import FLOAT32_CPU  # noqa: E402
from clipview.core.encoders.measurement import measure_pictures  # noqa: E402
from clipview.core.encoders.packaged import LITE0  # noqa: E402
from clipview.core.encoders.starter import StarterEncoder  # noqa: E402
from clipview.core.encoders.streams import core_count  # noqa: E402
from clipview.core.types import PhotoContent  # noqa: E402
from clipview.samples import copy_samples  # noqa: E402

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
        compare_streams(pictures, Path(folder))


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
    # An encoder that has begun before anything is measured goes on with PyTorch.
    embed_with(ours, pictures[:1])()
    tokenizer = open_clip.get_tokenizer(architecture)

    def usual_pictures() -> None:
        torch.set_num_threads(core_count())
        for first in range(0, len(pictures), USUAL_BATCH):
            batch = torch.stack([preprocess(picture) for picture in pictures[first : first + USUAL_BATCH]])
            with torch.inference_mode():
                usual.encode_image(batch, normalize=True)

    def usual_texts() -> None:
        torch.set_num_threads(core_count())
        for text in TEXTS:
            with torch.inference_mode():
                usual.encode_text(tokenizer([text]), normalize=True)

    def our_texts() -> None:
        for text in TEXTS:
            ours.encode_texts([text])

    print(f"{architecture}: load {usual_load_s:.2f} s the usual way, {our_load_s:.2f} s ours")
    print(f"  first words in a process of its own: {first_words_s(architecture, file, folder):.2f} s")
    fastest, way = measured(f"{architecture}/{file}", folder)
    measure_cosines(fastest, lambda picture: usual.encode_image(preprocess(picture)[None], normalize=True)[0], folder)
    ways = {"ours with PyTorch": embed_with(ours, pictures), f"ours with {way}": embed_with(fastest, pictures)}
    ways["its int8 form"] = embed_with(load_encoder(f"{architecture}/{file}@int8", folder, folder), pictures)
    report(f"{architecture} pictures/s", len(pictures), usual_pictures, ways)
    report(f"{architecture} texts/s", len(TEXTS), usual_texts, {"ours": our_texts})


def compare_streams(pictures: list[Image.Image], folder: Path) -> None:
    """Let each core take pictures through the whole network, or all cores together through each layer."""
    encoder = StarterEncoder(folder)
    runner = encoder.pictures.load(FLOAT32_CPU)
    crops, network = [encoder.preparation(picture)[0] for picture in pictures], runner.module()

    def together() -> None:
        torch.set_num_threads(core_count())
        for first in range(0, len(crops), USUAL_BATCH):
            with torch.inference_mode():
                network(torch.from_numpy(np.stack(crops[first : first + USUAL_BATCH])))

    for beside, company in (("alone", nullcontext()), ("beside decoders", decoding(folder))):
        with company:
            together()
            runner.run(crops)
            pairs = [(best_of(together, 1), best_of(lambda: runner.run(crops), 1)) for _ in range(3 * ROUNDS)]
        ratios = sorted(together_s / streams_s for together_s, streams_s in pairs)
        print(
            f"starter, each core on its own pictures against all cores at each layer, {beside}: "
            f"ratio {ratios[len(ratios) // 2]:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )


@contextmanager
def decoding(folder: Path) -> Iterator[None]:
    """Keep every core busy with a decoder, as a scan does."""
    paths, ended = copy_samples(folder / "decoded"), threading.Event()
    tasks = map(DecodeTask, takewhile(lambda _: not ended.is_set(), cycle(paths)))
    with DecodePool(StarterEncoder(folder).preparation, workers=core_count()) as pool:
        thread = threading.Thread(target=lambda: deque(pool.run(tasks, look_ahead=2 * core_count()), maxlen=0))
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def measured(name: str, folder: Path) -> tuple[Encoder, str]:
    """Return the encoder that runs pictures the way that is the fastest here, and which way that is."""
    choice = measure_pictures(name, folder, folder)
    return load_encoder(name, folder, folder), f"{choice.way} (measured)"


def embed_with(encoder: Encoder, pictures: list[Image.Image]) -> Callable[[], None]:
    def embed() -> None:
        encoder.encode_images([encoder.preparation(picture) for picture in pictures])

    return embed


def first_words_s(architecture: str, file: Path, folder: Path) -> float:
    """Return how long a new process takes to its first words, with what was kept when the model was first loaded."""
    code = (
        "import sys; from pathlib import Path; from clipview.core.encoders import load_encoder; "
        "folder = Path(sys.argv[2]); load_encoder(sys.argv[1], folder, folder).encode_texts(['a dog'])"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, f"{architecture}/{file}", str(folder)], check=True)
    return time.perf_counter() - start


def measure_cosines(ours: Encoder, usual: Callable[[Image.Image], torch.Tensor], folder: Path) -> None:
    """Compare files, through decoder and encoder, with open_clip's own full decode, preprocessing and float32.

    The sample photos as they are, and blown up to a camera's 12 megapixels, where the decoder scales. Random weights
    put all pictures close together, so the cosines are given centred too: less the mean of all.
    """
    paths = copy_samples(folder / "samples")
    for path in paths[:8]:
        large = Image.open(path).convert("RGB").resize((4000, 3000), Image.Resampling.BICUBIC)
        paths.append(path.with_name(f"large {path.stem}.jpg"))
        large.save(paths[-1], quality=92)
    with DecodePool(ours.preparation, workers=2) as pool:
        decoded = {each.path: each.content for each in pool.run(map(DecodeTask, paths), look_ahead=8)}
    kept = [path for path in paths if isinstance(decoded[path], PhotoContent)]
    mine = ours.encode_images([decoded[path].model_input for path in kept]).search
    with torch.inference_mode():
        theirs = np.stack([usual(Image.open(path)).numpy() for path in kept])
    cosines = (mine * theirs).sum(axis=1)
    middle = theirs.mean(axis=0)
    pairs = zip(mine - middle, theirs - middle, strict=True)
    centred = [float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in pairs]
    note = f"centred {np.mean(centred):.4f}, least {min(centred):.4f}; random weights"
    print(f"  {len(kept)} photos against open_clip's own pipeline: {cosines.mean():.5f}, least {cosines.min():.5f},")
    print(f"    {note}")
    tell("cosine-mean", float(cosines.mean()), note)
    tell("cosine-least", float(cosines.min()), note)


def compare_starter(pictures: list[Image.Image], folder: Path) -> None:
    import timm

    usual = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    weights = torch.load(LITE0.verified(), weights_only=True)
    usual.load_state_dict(dict(zip(usual.state_dict(), weights.values(), strict=True)))
    usual.eval()
    ours = load_encoder("starter", folder, folder)
    ours.encode_texts(TEXTS)
    embed_with(ours, pictures[:1])()

    def usual_pictures() -> None:
        torch.set_num_threads(core_count())
        inputs = [ours.preparation(picture)[0] for picture in pictures]
        for first in range(0, len(inputs), USUAL_BATCH):
            batch = torch.from_numpy(np.stack(inputs[first : first + USUAL_BATCH])).permute(0, 3, 1, 2).contiguous()
            with torch.inference_mode():
                usual(batch.float().sub_(127).div_(128))

    fastest, way = measured("starter", folder)
    ways = {"ours with PyTorch": embed_with(ours, pictures), f"ours with {way}": embed_with(fastest, pictures)}
    report("starter pictures/s (usual: timm, batches of eight)", len(pictures), usual_pictures, ways)
    seconds = best_of(lambda: ours.encode_texts(["a dog on the beach"]))
    print(f"starter: a text takes {seconds * 1000:.0f} ms")


def report(what: str, count: int, usual: Callable[[], None], ways: Mapping[str, Callable[[], None]]) -> None:
    usual_s, ours_s = float("inf"), dict.fromkeys(ways, float("inf"))
    for work in ways.values():
        work()
    for _ in range(ROUNDS):
        usual_s = min(usual_s, best_of(usual, rounds=1))
        for way, work in ways.items():
            ours_s[way] = min(ours_s[way], best_of(work, rounds=1))
    print(f"{what}: {count / usual_s:.1f} the usual way")
    for way, our_s in ours_s.items():
        print(f"  {way}: {count / our_s:.1f}, ratio {usual_s / our_s:.2f}")


def best_of(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
