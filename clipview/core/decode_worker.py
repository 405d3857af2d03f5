"""The child's side of decoding: a process that opens strangers' files and may be killed at any moment."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import pickle
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from clipview.core import crops, shortage
from clipview.core.children import Channel, end_with, ignore_interrupts, open_channel
from clipview.core.encoders import Preparation
from clipview.core.errors import UnreadableImageError
from clipview.core.photos import UNSEEN, content_of, read_bytes, read_photo
from clipview.core.pictures import Limits, Picture, open_picture, readable_bytes
from clipview.core.types import Box, FileStamp, KnownContent, ModelInput, PhotoContent, Unreadable

log = logging.getLogger(__name__)

LARGE_BYTES = 192 << 20
"""A decode that takes more memory than this waits until no other such decode runs."""

HEADROOM_BYTES = 192 << 20
"""What the memory limit leaves beside the pictures: for the model's input, and for address space that is never used."""


class Unprepared(Struct, frozen=True):
    """The preparation of a pool whose pictures go to no model."""

    min_side_px: int = 256

    def __call__(self, image: Image.Image) -> ModelInput:  # noqa: ARG002 - what a `Preparation` takes
        """Prepare nothing."""
        return ()


class Setup(Struct, frozen=True):
    """The first message to a worker."""

    preparation: bytes
    """Pickled."""
    limits: Limits
    low_priority: bool


class Job(Struct, frozen=True):
    """A request for the content of a photo, or for its picture."""

    path: bytes | None
    """As the system spells it: the two processes may decode names differently."""
    data: bytes = b""
    """The file's bytes, when there is no path."""
    picture: bool = False
    """Whether the picture itself is wanted, with its sides scaled no further than `min_side_px`."""
    min_side_px: int | None = None
    box: Box | None = None
    """Of the picture only this part, whose own sides are then scaled no further than `min_side_px`."""


class Ready(Struct, frozen=True):
    """The worker has imported what it needs."""


class Failed(Struct, frozen=True):
    """The worker could not get ready."""

    reason: str


class Hashed(Struct, frozen=True):
    """A question: the file has been read, is its content known? The answer is a bool."""

    content_hash: bytes
    stamp: FileStamp


class Large(Struct, frozen=True):
    """A request to go on with a decode that takes much memory; any answer will do."""


class Finished(Struct, frozen=True):
    """The answer to a job."""

    stamp: FileStamp
    outcome: PhotoContent | KnownContent | Picture | Unreadable


def main(handle: int, parent: int) -> None:
    """Serve jobs until the other end of the channel is closed.

    Args:
        handle: of this end of the channel.
        parent: id of the process that started this one.
    """
    end_with(parent)
    ignore_interrupts()
    channel = open_channel(handle)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        _serve(channel)
    # Nothing here needs an orderly end, and the libraries' own can take long.
    os._exit(0)


def _serve(channel: Channel) -> None:
    setup: Setup = channel.recv()
    try:
        preparation: Preparation = pickle.loads(setup.preparation)  # noqa: S301 - made by our own parent
    except Exception as error:  # noqa: BLE001, RUF100 - whatever it is, the parent can say it better
        short = shortage.is_shortage(error)
        channel.send(Failed(shortage.DECODER if short else f"{type(error).__name__}: {error}"))
        return
    if setup.low_priority and hasattr(os, "nice"):
        os.nice(10)
    _limit_memory(setup.limits)
    channel.send(Ready())
    _silence()
    reader = _Reader(channel, preparation, setup.limits)
    while True:
        job: Job = channel.recv()
        try:
            answer = reader.perform(job)
        except MemoryError:
            allowed = readable_bytes(setup.limits.memory_bytes)
            reason = f"Opening the picture takes more memory than the {allowed} that ClipView allows."
            answer = Finished(UNSEEN, Unreadable(reason))
        channel.send(answer)


class _Reader:
    """Performs jobs, and asks the parent what only it can know."""

    def __init__(self, channel: Channel, preparation: Preparation, limits: Limits) -> None:
        self._channel = channel
        self._preparation = preparation
        self._limits = limits

    def perform(self, job: Job) -> Finished:
        if job.picture:
            return self._picture(job)
        if job.path is None:
            digest = hashlib.sha256(job.data).digest()
            content = content_of(job.data, digest, self._preparation, self._limits, before_decoding=self._wait_if_large)
            return Finished(UNSEEN, content)
        stamp, outcome = read_photo(
            Path(os.fsdecode(job.path)), self._preparation, self._is_known, self._limits, self._wait_if_large
        )
        return Finished(stamp, outcome)

    def _picture(self, job: Job) -> Finished:
        stamp, data, suffix = UNSEEN, job.data, ""
        if job.path is not None:
            path = Path(os.fsdecode(job.path))
            stamp, read = read_bytes(path, self._limits)
            if isinstance(read, Unreadable):
                return Finished(stamp, read)
            data, suffix = read, path.suffix
        least = job.min_side_px
        if least is not None and job.box is not None:
            least = crops.side_to_keep(least, job.box)
        try:
            picture = open_picture(data, least, self._limits, suffix=suffix, before_decoding=self._wait_if_large)
        except UnreadableImageError as error:
            return Finished(stamp, Unreadable(str(error)))
        if job.box is not None:
            picture = replace(picture, image=crops.cropped(picture.image, job.box))
        return Finished(stamp, picture)

    def _is_known(self, content_hash: bytes, stamp: FileStamp) -> bool:
        self._channel.send(Hashed(content_hash, stamp))
        return bool(self._channel.recv())

    def _wait_if_large(self, needed_bytes: int) -> None:
        if needed_bytes > LARGE_BYTES:
            self._channel.send(Large())
            self._channel.recv()


def _limit_memory(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the budget for each picture holds there too
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.platform != "linux":  # macOS accepts the limit and does not keep it
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    wanted = pages * resource.getpagesize() + limits.memory_bytes + HEADROOM_BYTES
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _silence() -> None:
    """Drop what decoders print about broken files."""
    nowhere: Any = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
