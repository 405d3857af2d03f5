"""How an encoder's pictures are run: by PyTorch at first, and the fastest way once that was measured.

Measuring takes ten seconds and converting a network much memory, so both happen in a process of their own, beside a
scan that is long enough to gain from it; a scan goes over to the faster way as soon as that is there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.encoders.converted import ConvertedNetwork, openvino_version
from clipview.core.encoders.measurement import Measurement
from clipview.core.encoders.picture_ways import PictureChoice, Way, converted_file, forget_choice, read_choice
from clipview.core.types import Matrix

if TYPE_CHECKING:
    from torch import nn

    from clipview.core.encoders.device import Device

log = logging.getLogger(__name__)

_WORTHWHILE_PICTURES = 256
"""After so many, a faster way is looked for."""


class PictureRunner(Protocol):
    """A network that is ready to run; safe from any thread."""

    @property
    def on_cpu(self) -> bool:
        """Whether it is this processor that computes."""
        ...

    @property
    def arrays(self) -> Mapping[str, Matrix]:
        """What else belongs to the network, by name."""
        ...

    def run(self, pictures: Sequence[NDArray[np.uint8]]) -> Matrix:
        """Return vectors, shape (n, width), of pictures of the network's size, shape (height, width, 3)."""
        ...


class TorchRunner(PictureRunner, Protocol):
    """A network in PyTorch."""

    @property
    def device(self) -> Device:
        """What it runs on."""
        ...

    def module(self) -> nn.Module:
        """Return what maps uint8 pictures, shape (n, height, width, 3), to the vectors of `run`."""
        ...


class Subject(Struct, frozen=True):
    """Whose pictures they are."""

    model: str
    fingerprint: str
    cache_dir: Path
    models_dir: Path = Path()
    """Where a model that is not built in lies."""


class PictureHalf:
    """Keeps one runner at a time; safe from any thread."""

    def __init__(
        self,
        subject: Subject,
        load: Callable[[Device | None], TorchRunner],
        device: Device | None,
        drop: Callable[[], None] | None = None,
    ) -> None:
        """Take how to load a network; nothing is loaded yet.

        Args:
            subject: whose pictures they are.
            load: loads the network in PyTorch, on this machine's fastest device when given None.
            device: the only way to run it; None for the way that was measured to be the fastest.
            drop: called when PyTorch's network is of no more use here.
        """
        self.subject, self.load = subject, load
        self._device, self._drop = device, drop
        self._runner: PictureRunner | None = None
        self._seen = 0
        self._measurement: Measurement | None = None
        self._choosing = threading.RLock()

    @property
    def arrays(self) -> Mapping[str, Matrix]:
        """What else belongs to the network, by name; loads it."""
        return self._ready().arrays

    def run(self, pictures: Sequence[NDArray[np.uint8]]) -> Matrix:
        """Return the vectors of pictures; the first call loads the network."""
        with self._choosing:
            self._look_for_faster_way()
            self._seen += len(pictures)
            runner = self._ready()
        return runner.run(pictures)

    def use(self, runner: PictureRunner | None) -> None:
        """Run pictures with this from now on; with None by what is known to be the fastest way."""
        self._runner = runner

    def _ready(self) -> PictureRunner:
        with self._choosing:
            if self._runner is None:
                self._runner = self._load()
            return self._runner

    def _load(self) -> PictureRunner:
        if self._device is not None:
            return self.load(self._device)
        subject = self.subject
        choice = self._choice()
        if choice is None:
            return self.load(None)
        if not choice.way.converted:
            return self.load(_device_of(choice.way))
        path = converted_file(subject.model, subject.cache_dir)
        try:
            runner = ConvertedNetwork(path, choice.sha256, choice.way.precision, choice.way.streams)
        # OpenVINO raises RuntimeError for everything.
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
            log.warning("The converted network of %s can't be used and is made anew: %s", subject.model, error)
            forget_choice(subject.model, subject.cache_dir)
            return self.load(None)
        log.info("Pictures are embedded with %s, %.1f times as fast as with PyTorch", choice.way, choice.speed)
        if self._drop is not None:
            self._drop()
        return runner

    def _choice(self) -> PictureChoice | None:
        subject = self.subject
        choice = read_choice(subject.model, subject.cache_dir)
        return None if choice is None or choice.fingerprint != subject.fingerprint else choice

    def _look_for_faster_way(self) -> None:
        if self._measurement is not None:
            if self._measurement.is_news():
                self._runner = None
            return
        if self._device is not None or self._runner is None or self._seen < _WORTHWHILE_PICTURES:
            return
        if self._runner.on_cpu and openvino_version() is not None and self._choice() is None:
            self._measurement = Measurement(self.subject.model, self.subject.models_dir, self.subject.cache_dir)


def _device_of(way: Way) -> Device:
    import torch

    from clipview.core.encoders.device import Device

    return Device(torch.device("cpu"), getattr(torch, way.precision))
