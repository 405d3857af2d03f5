"""How well pictures that were saved again are told from different ones, and how long 100,000 photos take.

    python benchmarks/groups.py FOLDER [--photos 90] [--large 100000]

FOLDER holds photos that are all different; it is only read. Each is saved again in several ways, and the built-in model
compares everything with everything. The large library is made of drawn noise with the spectrum of photos, a twentieth
of it saved again and a tenth in bursts of five; its vectors are random, those of saved-again pictures near each other.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from clipview.config import places
from clipview.core.groups import find_groups
from clipview.core.library import Library
from clipview.core.relevance import Scale
from clipview.core.store import NO_DATE, Looks
from clipview.core.types import MINIATURE_PX, Fold
from clipview.core.vectors import VectorSet

_LONGEST_PX = 1200
_DIM = 256


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=90)
    parser.add_argument("--large", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        measure_pairs(options.folder, options.photos, Path(home))
    measure_speed(options.large)
    return 0


def measure_pairs(folder: Path, most: int, home: Path) -> None:
    photos = home / "photos"
    photos.mkdir()
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"})
    step = max(1, len(found) // most)
    for number, path in enumerate(found[::step][:most]):
        with Image.open(path) as opened:
            image = opened.convert("RGB")
        image.thumbnail((_LONGEST_PX, _LONGEST_PX))
        for name, variant in variants(image):
            (photos / f"{number:04d} {name}").write_bytes(variant)
    with Library.open(places(home / "clipview"), write=True) as library:
        for _ in library.scan([photos]):
            pass
        findings = library.refresh_findings()
        groups = findings.groups
        ids = library.store.file_columns()
        names = {int(one): Path(path.decode()).name for one, path in zip(ids.photo_ids, ids.paths, strict=True)}
    label = dict(zip(names, groups.labels(Fold.PICTURE, np.array(list(names))).tolist(), strict=True))
    by_name = {name: label[photo] for photo, name in names.items()}
    originals = {name.split(" ")[0]: by_name[name] for name in by_name if name.endswith(" original.jpg")}
    kinds = sorted({name.split(" ", 1)[1] for name in by_name} - {"original.jpg"})
    print(f"{len(names)} files of {len(originals)} pictures")
    for kind in kinds:
        joined = [by_name[f"{one} {kind}"] == group != 0 for one, group in originals.items()]
        print(f"  {kind:24} found with its original: {np.mean(joined):.0%}")
    wrong = {name.split(" ")[0] for name, group in by_name.items() if group and _pictures_in(by_name, group) > 1}
    print(f"  pictures joined with another one: {len(wrong)} of {len(originals)}")
    papers = {names[photo].split(" ")[0] for photo in findings.paperwork.tolist()}
    print(f"  pictures taken for screenshots or documents: {len(papers)} of {len(originals)}")


def _pictures_in(by_name: dict[str, int], group: int) -> int:
    return len({name.split(" ")[0] for name, label in by_name.items() if label == group})


def variants(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    width, height = image.size
    yield "original.jpg", saved(image, 92)
    yield "quality 50.jpg", saved(image, 50)
    yield "half size.jpg", saved(image.resize((width // 2, height // 2), Image.Resampling.LANCZOS), 85)
    yield "brighter.jpg", saved(ImageEnhance.Brightness(image).enhance(1.1), 90)
    for share in (0.02, 0.04, 0.08):
        x, y = int(width * share / 2), int(height * share / 2)
        yield f"cropped by {share:.0%}.jpg", saved(image.crop((x, y, width - x, height - y)), 90)


def saved(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def measure_speed(photos: int) -> None:
    random = np.random.default_rng(1)
    looks, vectors = large(photos, random)
    started = time.perf_counter()
    groups = find_groups(looks, vectors, Scale((0.1, 0.2, 0.25, 0.3, 0.4, 0.5), (0.0, 20.0, 35.0, 50.0, 75.0, 100.0)))
    spent_s = time.perf_counter() - started
    same, moments = groups.members(Fold.PICTURE), groups.members(Fold.MOMENT)
    print(f"{photos:,} photos grouped in {spent_s:.1f} s: {len(same):,} pictures, {len(moments):,} moments")


def large(photos: int, random: np.random.Generator) -> tuple[Looks, VectorSet]:
    waves = np.fft.fftfreq(MINIATURE_PX)[:, None] ** 2 + np.fft.rfftfreq(MINIATURE_PX)[None] ** 2
    fall = 1 / np.sqrt(np.where(waves > 0, waves, 1))
    fall[0, 0] = 0
    spectrum = np.fft.rfft2(random.standard_normal((photos, MINIATURE_PX, MINIATURE_PX)).astype(np.float32)) * fall
    grey = np.fft.irfft2(spectrum, (MINIATURE_PX, MINIATURE_PX))
    grey = 118 + 45 * grey / grey.std(axis=(1, 2), keepdims=True)
    miniatures = np.clip(grey, 0, 255).astype(np.uint8).reshape(photos, -1)
    colours = np.clip(random.normal(110, 40, (photos, 3)), 0, 255).astype(np.uint32)
    taken = np.sort(random.integers(1_200_000_000, 1_700_000_000, photos))
    rows = random.standard_normal((photos, _DIM), np.float32)
    burst = np.arange(0, photos // 10, 5)
    for shot in range(1, 5):
        taken[burst + shot] = taken[burst] + shot // 2
        rows[burst + shot] = rows[burst] + 0.5 * random.standard_normal((len(burst), _DIM))
    originals = np.arange(photos // 2, photos // 2 + photos // 20)
    copies = originals + photos // 4
    miniatures[copies], colours[copies], rows[copies] = miniatures[originals], colours[originals], rows[originals]
    taken[copies] = NO_DATE
    ids = np.arange(1, photos + 1)
    vectors = VectorSet(_DIM, photos)
    vectors.put(ids, rows / np.linalg.norm(rows, axis=1, keepdims=True))
    shape = np.full(photos, 4032), np.full(photos, 3024)
    packed = colours[:, 0] << 16 | colours[:, 1] << 8 | colours[:, 2]
    cameras, formats = np.ones(photos, np.int64), ["JPEG"] * photos
    looks = Looks(ids, miniatures, *shape, packed.astype(np.uint32), taken, cameras, formats, [b"/a.jpg"] * photos)
    return looks, vectors


if __name__ == "__main__":
    sys.exit(main())
