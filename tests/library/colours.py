"""An encoder in which pictures and colour words meet: `red` finds the red photo first, with scores one can work out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from clipview.core.encoders import ImageVectors, QuantileScale
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.scan import ScanOptions
from clipview.core.types import Matrix, ModelInput, ScanSummary

WORDS = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1), "yellow": (1, 1, 0), "white": (1, 1, 1)}


@dataclass(frozen=True, slots=True)
class MeanColour:
    min_side_px: int = 16

    def __call__(self, image: Image.Image) -> ModelInput:
        return (np.asarray(image.resize((2, 2), Image.Resampling.BOX)),)


class ColourEncoder:
    """Vectors are (red, green, blue, anything else, words that are no colour)."""

    name = "colours"
    fingerprint = "colours-1"
    dim = 5
    similar_dim = 5
    batch_size = 4
    templates = ("{}",)
    preparation = MeanColour()
    default_scale = QuantileScale(
        text=(0.3, 0.5, 0.7, 0.8, 0.9, 0.99), image=(0.3, 0.5, 0.7, 0.8, 0.9, 0.99), spread=0.0
    )
    logit_scale = 10.0

    def __init__(self) -> None:
        self.encoded_images = 0
        self.encoded_texts: list[str] = []

    def encode_images(self, inputs: Sequence[ModelInput]) -> ImageVectors:
        self.encoded_images += len(inputs)
        means = [np.append(pixels.reshape(-1, 3).mean(axis=0), [1.0, 0.0]) for (pixels,) in inputs]
        return ImageVectors(_unit(np.array(means).reshape(-1, 5)))

    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        self.encoded_texts += texts
        colours = [(*WORDS[text], 0, 0) if text in WORDS else (0, 0, 0, 0, 1) for text in texts]
        return _unit(np.array(colours).reshape(-1, 5))


class OtherColourEncoder(ColourEncoder):
    """The same colours by other weights: its vectors must never be mixed with the first one's."""

    name = "other"
    fingerprint = "other-1"


class StarterColours(ColourEncoder):
    """Goes by the name of the model that a library begins with."""

    name = "starter"


class WordyEncoder(ColourEncoder):
    """Gives every text that is no colour word a direction of its own, as real models do."""

    name = "starter"

    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        vectors = super().encode_texts(texts)
        for row, text in enumerate(texts):
            if text not in WORDS:
                anywhere = np.random.default_rng(list(text.encode())).standard_normal(self.dim)
                vectors[row] = anywhere / np.linalg.norm(anywhere)
        return vectors


def loader(*encoders: ColourEncoder):
    known = {encoder.name: encoder for encoder in encoders}
    return lambda name, _models, _cache: known.get(name, encoders[0])


def _unit(vectors: Matrix) -> Matrix:
    return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)


def paint(path: Path, colour: str, *, size: tuple[int, int] = (48, 32), quality: int = 90) -> Path:
    """Save a photo of one colour; the same arguments give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path, "JPEG", quality=quality)
    return path


class Indexed:
    """A library on disk that can be brought up to date and searched, each time as if ClipView were started anew."""

    def __init__(self, places: Places, encoder: ColourEncoder) -> None:
        self.places, self.encoder = places, encoder

    @contextmanager
    def opened(self, *, write: bool = False) -> Iterator[Library]:
        with Library.open(self.places, write=write, load=loader(self.encoder)) as library:
            yield library

    def index(self, *folders: Path, **options: object) -> ScanSummary:
        with self.opened(write=True) as library:
            return finish(library.scan(folders, model="colours", options=ScanOptions(decode_workers=1, **options)))  # type: ignore[arg-type]

    def ids(self) -> dict[str, int]:
        """Photo ids by the names of their present files."""
        with self.opened() as library:
            columns = library.store.file_columns()
        return {
            Path(path.decode()).name: int(photo) for path, photo in zip(columns.paths, columns.photo_ids, strict=True)
        }


def finish(scan) -> ScanSummary:
    try:
        while True:
            next(scan)
    except StopIteration as end:
        return end.value
