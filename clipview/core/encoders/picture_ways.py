"""Which way of running a model's picture network was measured to be the fastest here, kept between runs.

A choice holds for one set of weights, one number of cores and one version of each library; a damaged or outdated one is
as good as none. Networks that were converted lie beside the choices, and go when their model does.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import platform
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct, convert, to_builtins

from clipview.core.cores import usable_cores
from clipview.core.encoders.converted import CONVERSION, openvino_version
from clipview.core.encoders.kept import keep_document, read_document
from clipview.core.encoders.model_cards import cards_folder, read_card
from clipview.core.encoders.quantized import SUFFIX
from clipview.core.model_facts import PictureRun

log = logging.getLogger(__name__)

_FORMAT = 1
_PREFIX = "pictures-"
_ABANDONED_S = 3600.0


class Way(Struct, frozen=True):
    """A library and a precision."""

    converted: bool
    """Whether OpenVINO runs it; PyTorch otherwise."""
    precision: str
    """`float32`, `bfloat16` or `float16`."""
    streams: int = 0
    """How many pictures at once, for a converted network."""

    @property
    def library(self) -> str:
        """What it is called."""
        return "OpenVINO" if self.converted else "PyTorch"

    def __str__(self) -> str:
        return f"{self.library} in {self.precision}"


class Trial(Struct, frozen=True):
    """What was measured of a way."""

    way: Way
    speed: float
    """How many times as fast as PyTorch in float32, measured in turn with it."""
    cosine: float
    """The least of its vectors with those of PyTorch in float32."""


class PictureChoice(Struct, frozen=True):
    """The way to take."""

    fingerprint: str
    """Of the encoder."""
    way: Way
    sha256: str
    """Of the converted network; empty when there is none."""
    trials: tuple[Trial, ...]
    refused: str
    """Why the network could not be converted; empty when it was, or OpenVINO isn't there."""

    @property
    def speed(self) -> float:
        """How many times as fast as PyTorch in float32 the chosen way was."""
        return next((trial.speed for trial in self.trials if trial.way == self.way), 1.0)


def converted_file(name: str, cache_dir: Path) -> Path:
    """Return where a model's converted picture network lies, if it was kept."""
    key = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:16]
    return cards_folder(cache_dir) / f"{_PREFIX}{key}.safetensors"


def read_choice(name: str, cache_dir: Path) -> PictureChoice | None:
    """Return what was measured of a model; None when that is nothing, or no longer true."""
    path = _document(name, cache_dir)
    try:
        body = read_document(path)
        if body is None or body["made_with"] != _made_with():
            return None
        return convert(body["choice"], PictureChoice)
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("What was measured of the model %s can't be used and is measured anew: %s", name, error)
        return None


def picture_run(name: str, models_dir: Path, cache_dir: Path) -> PictureRun | None:
    """Return how a model's pictures run, as it was measured or else noted when it was loaded; None when neither was."""
    if name.endswith(SUFFIX):
        return PictureRun("PyTorch", "int8")
    choice = read_choice(name, cache_dir)
    if choice is not None:
        return PictureRun(choice.way.library, choice.way.precision, speed=choice.speed)
    card = read_card(name, models_dir, cache_dir)
    if card is None:
        return None
    device, _in, precision = card.pictures.partition(" in ")
    return PictureRun("PyTorch", precision, device)


def keep_choice(choice: PictureChoice, name: str, cache_dir: Path, weights: Path) -> None:
    """Keep what was measured; raises OSError.

    Args:
        choice: what was measured.
        name: of the model.
        cache_dir: where caches lie.
        weights: the model's file; when that goes, all of this may.
    """
    body = {"made_with": _made_with(), "weights": str(weights), "choice": to_builtins(choice)}
    keep_document(_document(name, cache_dir), body)


def forget_choice(name: str, cache_dir: Path) -> None:
    """Remove what was measured of a model, and its converted network."""
    for path in (_document(name, cache_dir), converted_file(name, cache_dir)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def sweep(cache_dir: Path) -> None:
    """Remove what was kept of models whose weights are gone, and converted networks that nothing refers to."""
    for path in _litter(cards_folder(cache_dir)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            log.info("Removed %s, which no model needs", path)


def _litter(folder: Path) -> Iterator[Path]:
    for document in folder.glob(f"{_PREFIX}*.json"):
        with contextlib.suppress(OSError, ValueError, KeyError):
            body = read_document(document)
            if body is not None and not Path(body["weights"]).exists():
                yield document.with_suffix(".safetensors")
                yield document
    for file in folder.glob(f"*{_PREFIX}*"):
        # Another process may be about to write the document that goes with it.
        with contextlib.suppress(OSError):
            alone = file.suffix == ".part" or not file.with_suffix(".json").exists()
            if alone and time.time() - file.stat().st_mtime > _ABANDONED_S:
                yield file


def _document(name: str, cache_dir: Path) -> Path:
    return converted_file(name, cache_dir).with_suffix(".json")


def _made_with() -> list[str | int]:
    try:
        torch = version("torch")
    except PackageNotFoundError:
        torch = ""
    return [_FORMAT, CONVERSION, openvino_version() or "", torch, platform.machine(), usable_cores()]
