"""Measuring how a model's pictures run fastest on this machine: with which library, precision and number of streams.

By times taken in turn, never by the machine's name: a way whose vectors differ from PyTorch's in float32 is no way.
"""

from __future__ import annotations

import logging
import math
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from clipview.core.cores import usable_cores
from clipview.core.encoders import ImageVectors
from clipview.core.encoders.conversion import convert
from clipview.core.encoders.converted import ConvertedNetwork, openvino_version, precisions
from clipview.core.encoders.device import FLOAT32_CPU, SHORT_GAIN, Device, best_device, has_bfloat16
from clipview.core.encoders.loading import load
from clipview.core.encoders.openclip import OpenClipEncoder
from clipview.core.encoders.picture_half import PictureRunner
from clipview.core.encoders.picture_ways import (
    PictureChoice,
    Trial,
    Way,
    converted_file,
    forget_choice,
    keep_choice,
)
from clipview.core.encoders.starter import StarterEncoder
from clipview.core.errors import ModelUnavailableError

log = logging.getLogger(__name__)

PARITY = 0.999
"""The least cosine with PyTorch's float32 vectors at which a way's own are the same for every search."""

_SPARED = 0.95
"""A converted network may be this much slower: it needs no import of PyTorch, which takes seconds."""
_ROUNDS = 3
_LARGEST_BYTES = 1 << 30
"""Checking and mapping a larger network takes longer than importing PyTorch."""

_SHORTEST_S, _LONGEST_S = 0.2, 4.0
"""Of a round, and of all rounds of a way."""

_REFERENCE = Way(converted=False, precision="float32")
_SHORT = Way(converted=False, precision="bfloat16")


def measure(name: str, models_dir: Path, cache_dir: Path) -> PictureChoice:
    """Measure a model's ways, keep what came of it, and return that; ten seconds for a base model.

    Raises ModelUnavailableError when the model is not here or runs on a GPU, OSError when nothing can be kept.
    """
    if not best_device().on_cpu:
        raise ModelUnavailableError(f"{name} runs on the GPU of this machine ({best_device()}): nothing is faster.")
    encoder = load(name, models_dir, cache_dir)
    assert isinstance(encoder, StarterEncoder | OpenClipEncoder)
    forget_choice(name, cache_dir)
    choice = _Trials(encoder, converted_file(name, cache_dir)).choice()
    keep_choice(choice, name, cache_dir, encoder.weights_file)
    return choice


def best_way(trials: Sequence[Trial]) -> Way:
    """Return the fastest way that keeps parity, where more than speed decides between those nearly as fast."""

    def worth(trial: Trial) -> float:
        speed = trial.speed / (1 if trial.way.precision == "float32" else SHORT_GAIN)
        return speed / (_SPARED if trial.way.converted else 1)

    return max((trial for trial in trials if trial.cosine >= PARITY), key=worth).way


class _Trials:
    def __init__(self, encoder: StarterEncoder | OpenClipEncoder, file: Path) -> None:
        self._encoder, self._file = encoder, file
        self._inputs = [encoder.preparation(picture) for picture in probe_pictures()]
        pictures = [each[0] for each in self._inputs]
        self._timed = [pictures[number % len(pictures)] for number in range(8 * usable_cores())]
        self._exact = encoder.pictures.load(FLOAT32_CPU)
        self._expected = self._vectors(self._exact)
        # A short trial is all chance.
        once_s = self._seconds(self._exact, 1)
        self._repeats = math.ceil(_SHORTEST_S / once_s)
        self._rounds = max(1, min(_ROUNDS, int(_LONGEST_S / once_s)))
        self._trials = [Trial(_REFERENCE, 1.0, 1.0)]

    def choice(self) -> PictureChoice:
        """Try every way; the converted network stays only if it is the one to take."""
        if has_bfloat16():
            self._try(_SHORT, lambda: self._encoder.pictures.load(Device(torch.device("cpu"), torch.bfloat16)))
        sha256, refused = self._convert()
        if sha256:
            for precision, streams in product(precisions(), sorted({1, usable_cores()})):
                self._try(
                    Way(converted=True, precision=precision, streams=streams),
                    partial(ConvertedNetwork, self._file, sha256, precision, streams),
                )
        best = best_way(self._trials)
        if not best.converted:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
            sha256 = ""
        return PictureChoice(self._encoder.fingerprint, best, sha256, tuple(self._trials), refused)

    def _convert(self) -> tuple[str, str]:
        """Keep the converted network: its checksum, or why there is none."""
        if openvino_version() is None:
            return "", "OpenVINO is not installed"
        module = self._encoder.pictures.load(FLOAT32_CPU).module()
        if sum(part.nbytes for part in module.parameters()) > _LARGEST_BYTES:
            return "", "it is too large"
        height, width, _channels = self._timed[0].shape
        try:
            return convert(module, (height, width), self._exact.arrays, self._file), ""
        # Whatever stops PyTorch's tracer or OpenVINO's reader: the network is not of a kind that they can follow.
        except Exception as error:
            log.info("The picture network of %s can't be converted", self._encoder.name, exc_info=True)
            return "", str(error).strip().partition("\n")[0][:160] or type(error).__name__

    def _try(self, way: Way, load_runner: Callable[[], PictureRunner]) -> None:
        """Measure a way against PyTorch in float32, in turns, since other programs slow both."""
        try:
            runner = load_runner()
            cosine = self._cosine(self._vectors(runner))
            self._seconds(runner, self._repeats)
            pairs = [
                (self._seconds(self._exact, self._repeats), self._seconds(runner, self._repeats))
                for _ in range(self._rounds)
            ]
        except RuntimeError:
            log.info("%s fails for %s", way, self._encoder.name, exc_info=True)
            return
        speed = statistics.median(exact_s / way_s for exact_s, way_s in pairs)
        log.info("%s, %d streams: %.2f times as fast, cosine %.6f", way, way.streams, speed, cosine)
        self._trials.append(Trial(way, round(speed, 3), round(cosine, 7)))

    def _vectors(self, runner: PictureRunner) -> ImageVectors:
        self._encoder.pictures.use(runner)
        return self._encoder.encode_images(self._inputs)

    def _cosine(self, vectors: ImageVectors) -> float:
        """Return the least cosine of any probe's vectors with the expected ones."""
        least = float((vectors.search * self._expected.search).sum(axis=1).min())
        if vectors.similar is not None and self._expected.similar is not None:
            least = min(least, float((vectors.similar * self._expected.similar).sum(axis=1).min()))
        return least

    def _seconds(self, runner: PictureRunner, repeats: int) -> float:
        started_s = time.perf_counter()
        for _ in range(repeats):
            runner.run(self._timed)
        return time.perf_counter() - started_s


def probe_pictures() -> list[Image.Image]:
    """Draw the same few pictures every time: smooth, sharp, coloured, grey, dark, and of several shapes."""
    chosen = np.random.RandomState(7)  # the one generator whose numbers NumPy never changes
    pictures = []
    for number, (width, height) in enumerate([(640, 480), (480, 640), (500, 500), (900, 300), (320, 240), (224, 224)]):
        cells = 4 * 2**number
        coarse = chosen.randint(0, 256, (cells, cells, 3)).astype(np.uint8)
        picture = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
        pen = ImageDraw.Draw(picture)
        for _ in range(6):
            left, top, wide, high = (int(chosen.randint(1, 200)) for _ in range(4))
            fill = (int(chosen.randint(256)), int(chosen.randint(256)), int(chosen.randint(256)))
            pen.ellipse((left, top, left + wide, top + high), fill=fill)
        pictures.append(picture)
    pictures[2] = pictures[2].convert("L").convert("RGB")
    pictures[3] = pictures[3].point(lambda value: value * 0.2)
    return pictures
