"""The process that measures how a model's pictures run fastest, beside a scan or on request."""

from __future__ import annotations

import contextlib
import logging
import threading
from pathlib import Path

from clipview.core.children import end_with, ignore_interrupts, open_channel, start_child
from clipview.core.encoders.picture_ways import PictureChoice
from clipview.core.environment import missing_settings
from clipview.core.errors import ClipViewError, ModelUnavailableError
from clipview.core.priority import give_way

log = logging.getLogger(__name__)


def measure_pictures(model: str, models_dir: Path, cache_dir: Path) -> PictureChoice:
    """Measure in a process of its own, with what time and cores nothing else needs; ten seconds for a base model.

    Raises ModelUnavailableError when the model is not here, can't be measured, or runs on a GPU.
    """
    try:
        process, channel = start_child(__name__, "main", missing_settings())
    except OSError as error:
        raise _failed(model) from error
    try:
        with channel:
            channel.send((model, models_dir, cache_dir))
            answer = channel.recv()
    except (EOFError, OSError) as error:
        raise _failed(model) from error
    finally:
        process.wait()
    if isinstance(answer, PictureChoice):
        return answer
    raise ModelUnavailableError(str(answer))


class Measurement:
    """Goes on by itself beside other work, and ends with this process."""

    def __init__(self, model: str, models_dir: Path, cache_dir: Path) -> None:
        """Start measuring."""
        self._asked = (model, models_dir, cache_dir)
        self._ended = threading.Event()
        self._told = False
        # The child ends with the thread that started it: with a scan's it would end too early.
        threading.Thread(target=self._run, name="measurement", daemon=True).start()

    def is_news(self) -> bool:
        """Tell, once, that something was measured."""
        if self._told or not self._ended.is_set():
            return False
        self._told = True
        return True

    def _run(self) -> None:
        try:
            choice = measure_pictures(*self._asked)
        except ClipViewError as error:
            # PyTorch goes on, as before.
            log.info("%s", error)
            return
        log.info("Pictures of %s run fastest with %s (%.2f)", self._asked[0], choice.way, choice.speed)
        self._ended.set()


def main(handle: int, parent: int) -> None:
    """Measure what the other process asks for."""
    end_with(parent)
    ignore_interrupts()
    give_way()
    with open_channel(handle) as channel:
        model, models_dir, cache_dir = channel.recv()
        # Imported here because it brings torch.
        from clipview.core.encoders.measuring import measure

        answer: PictureChoice | str
        try:
            answer = measure(model, models_dir, cache_dir)
        except (ClipViewError, OSError) as error:
            answer = str(error)
        # Where nothing ends this process with the other, that may be gone by now.
        with contextlib.suppress(OSError):
            channel.send(answer)


def _failed(model: str) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"How pictures run fastest with {model} could not be measured: close other programs and try again."
    )
