"""Decoding: child processes that open strangers' files, are killed when one goes wrong, and never outlive the pool.

Each child has a thread here that hands it files, answers its questions and holds the stop-watch.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import queue
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from msgspec import Struct

from clipview.core import shortage
from clipview.core.children import cpu_s, start_child
from clipview.core.decode_worker import Failed, Finished, Hashed, Job, Large, Ready, Setup
from clipview.core.encoders import Preparation
from clipview.core.errors import ClipViewError
from clipview.core.photos import UNSEEN
from clipview.core.pictures import Limits, Picture
from clipview.core.types import CRASHED, Box, FileStamp, KnownContent, PhotoContent, Unreadable

log = logging.getLogger(__name__)

START_LIMIT_S: Final = 60.0
"""How long a child may take to import what it needs, from a cold and busy disk."""

FEW: Final = 4
"""With fewer files than this under way, one child is enough: starting another takes longer than they do."""

_MOST_PATIENCE: Final = 3
_LOOK_AGAIN_S: Final = 0.05

# Thread pools and memory arenas that nobody needs would count against the memory limit.
_ENVIRONMENT: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


class DecodeTask(Struct, frozen=True):
    """A file to read."""

    path: Path
    known_hashes: AbstractSet[bytes] = frozenset()
    """Contents that need no decoding; asked once, from another thread than the caller's."""


class Decoded(Struct, frozen=True):
    """What became of one task."""

    path: Path
    stamp: FileStamp
    """Of the bytes that were read; `photos.UNSEEN` when the file could not be looked at."""
    content: PhotoContent | KnownContent | Unreadable


class DecodePool:
    """Reads photo files in up to `workers` child processes; a context manager that leaves none behind.

    Args:
        preparation: makes the model's input; picklable, and importable by a child.
        workers: the most children at a time; they start when there is work for them.
        time_limit_s: how long reading one file may take, and then how long decoding it may. A child that was hardly let
            work, on a machine that is busy with other things, gets up to three times as long.
        memory_limit_bytes: what one picture may take; pictures that take much are decoded one at a time.
        low_priority: whether children make way for everything else on the machine.

    Safe from any thread. Closing ends every `run` that is still going on.
    """

    def __init__(
        self,
        preparation: Preparation,
        workers: int,
        time_limit_s: float = 10.0,
        memory_limit_bytes: int = Limits().memory_bytes,
        *,
        low_priority: bool = False,
    ) -> None:
        self._setup = Setup(pickle.dumps(preparation), Limits(memory_bytes=memory_limit_bytes), low_priority)
        self._workers = max(1, workers)
        self._time_limit_s = time_limit_s
        self._changed = threading.Condition()
        self._waiting: deque[_Errand] = deque()
        self._busy = 0
        self._drivers: list[_Driver] = []
        self._closed = False
        self._one_large = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def run(self, tasks: Iterable[DecodeTask], look_ahead: int) -> Iterator[Decoded]:
        """Read files and give what became of each, in the order in which they are done.

        Args:
            tasks: taken one by one, in the caller's thread, as room becomes free.
            look_ahead: how many files may be under way or done and not yet taken; at least one for each child.

        Closing the generator early drops what is under way.

        Raises:
            ClipViewError: no child can be started.
        """
        answers: queue.SimpleQueue[_Errand] = queue.SimpleQueue()
        under_way: set[_Errand] = set()
        room = max(look_ahead, self._workers, FEW)
        remaining = iter(tasks)
        try:
            while True:
                while len(under_way) < room and (task := next(remaining, None)) is not None:
                    errand = _Errand(Job(os.fsencode(task.path)), answers, task.known_hashes, task.path)
                    under_way.add(errand)
                    self._submit(errand)
                if not under_way:
                    return
                errand = answers.get()
                under_way.discard(errand)
                finished = errand.result()
                if isinstance(finished.outcome, Picture) or errand.path is None:
                    raise TypeError(finished.outcome)
                yield Decoded(errand.path, finished.stamp, finished.outcome)
        finally:
            for errand in under_way:
                errand.cancelled = True

    def decode_one(self, source: Path | bytes) -> PhotoContent | Unreadable:
        """Read one file, or the bytes of one, ahead of everything that waits; raises as `run` does."""
        outcome = self._perform(_job(source, picture=False)).outcome
        if not isinstance(outcome, PhotoContent | Unreadable):
            raise TypeError(outcome)
        return outcome

    def view(
        self, source: Path | bytes, min_side_px: int | None = None, box: Box | None = None
    ) -> Picture | Unreadable:
        """Return a file's picture for looking at, ahead of everything that waits; raises as `run` does.

        Args:
            source: the file, or its bytes.
            min_side_px: the shortest side may be scaled down to this for speed; None keeps every pixel.
            box: give only this part, the shortest side of which is then meant; the width and height that the picture
                tells of itself stay those of the whole.
        """
        outcome = self._perform(_job(source, picture=True, min_side_px=min_side_px, box=box)).outcome
        if not isinstance(outcome, Picture | Unreadable):
            raise TypeError(outcome)
        return outcome

    def close(self) -> None:
        """Kill every child and wait for its end; within a second, whatever they are doing."""
        with self._changed:
            self._closed = True
            abandoned = list(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
            drivers = list(self._drivers)
        for driver in drivers:
            driver.stop()
        for errand in abandoned:
            errand.fail(ClosedPoolError("The decoder was closed."))
        for driver in drivers:
            driver.join(timeout=2.0)
            if driver.is_alive():
                log.warning("A photo decoder does not end; it is left behind")

    def _perform(self, job: Job) -> Finished:
        errand = _Errand(job, queue.SimpleQueue())
        self._submit(errand, urgent=True)
        return errand.answers.get().result()

    def _submit(self, errand: _Errand, *, urgent: bool = False) -> None:
        with self._changed:
            if self._closed:
                raise ClosedPoolError("The decoder was closed.")
            if urgent:
                self._waiting.appendleft(errand)
            else:
                self._waiting.append(errand)
            under_way = self._busy + len(self._waiting)
            if not self._drivers or (len(self._drivers) < self._workers and under_way >= FEW):
                driver = _Driver(self, len(self._drivers))
                self._drivers.append(driver)
                driver.start()
            self._changed.notify()

    def _next_errand(self, *, after_one: bool) -> _Errand | None:
        with self._changed:
            self._busy -= after_one
            while not self._closed:
                while self._waiting:
                    errand = self._waiting.popleft()
                    if not errand.cancelled:
                        self._busy += 1
                        return errand
                self._changed.wait()
        return None


class ClosedPoolError(ClipViewError):
    """Files were still being decoded when the pool was closed."""


def _job(source: Path | bytes, *, picture: bool, min_side_px: int | None = None, box: Box | None = None) -> Job:
    if isinstance(source, bytes):
        return Job(None, source, picture, min_side_px, box)
    return Job(os.fsencode(source), b"", picture, min_side_px, box)


class _Errand(Struct, eq=False):
    """A job on its way through the pool."""

    job: Job
    answers: queue.SimpleQueue[_Errand]
    """Where it goes when it is done."""
    known_hashes: AbstractSet[bytes] = frozenset()
    path: Path | None = None
    cancelled: bool = False
    _finished: Finished | None = None
    _error: ClipViewError | None = None

    def finish(self, finished: Finished) -> None:
        self._finished = finished
        self.answers.put(self)

    def fail(self, error: ClipViewError) -> None:
        self._error = error
        self.answers.put(self)

    def result(self) -> Finished:
        if self._finished is None:
            raise self._error or ClosedPoolError("The decoder was closed.")
        return self._finished


class _Driver(threading.Thread):
    """Looks after one child at a time, from start to end, and performs errands with it."""

    def __init__(self, pool: DecodePool, number: int) -> None:
        super().__init__(name=f"decoder-{number}", daemon=True)
        self._pool = pool
        self._child: _Child | None = None
        self._stopping = threading.Event()

    def run(self) -> None:
        after_one = False
        try:
            while (errand := self._pool._next_errand(after_one=after_one)) is not None:
                after_one = True
                try:
                    errand.finish(self._perform(errand))
                except ClipViewError as error:
                    errand.fail(error)
                except Exception as error:
                    log.exception("Unexpected trouble with a photo decoder")
                    errand.fail(ClipViewError(f"The photo decoder failed unexpectedly ({error!r}). Please report it."))
                    self._drop_child()
        finally:
            self._drop_child()

    def stop(self) -> None:
        """Make the thread end soon, from another thread."""
        self._stopping.set()
        child = self._child
        if child is not None:
            child.kill()

    def _perform(self, errand: _Errand) -> Finished:
        stamp = UNSEEN
        for attempt in (1, 2):
            child = self._running_child()
            # The second try is made without large pictures beside it: the first may have died for want of memory.
            with _Permit(self._pool._one_large) as permit:
                if attempt == 2:
                    permit.obtain()
                ended, stamp = self._converse(child, errand, permit)
            if isinstance(ended, Finished):
                return ended
            self._drop_child()
            if self._stopping.is_set():
                raise ClosedPoolError("The decoder was closed.")
            if isinstance(ended, _TimedOut):
                limit = f"{self._pool._time_limit_s:g} s"
                return Finished(stamp, Unreadable(f"The file took longer than {limit} to open."))
            log.debug("A photo decoder died over a file (attempt %d)", attempt)
        return Finished(stamp, Unreadable(CRASHED))

    def _converse(
        self, child: _Child, errand: _Errand, permit: _Permit
    ) -> tuple[Finished | _TimedOut | _Died, FileStamp]:
        """Hand a job to a child and answer its questions until it is done, dead or out of time."""
        stamp = UNSEEN
        limit_s = self._pool._time_limit_s
        try:
            child.channel.send(errand.job)
            while child.answers_within(limit_s):
                message = child.channel.recv()
                if isinstance(message, Finished):
                    return message, message.stamp
                if isinstance(message, Hashed):
                    stamp = message.stamp
                    child.channel.send(message.content_hash in errand.known_hashes)
                elif isinstance(message, Large):
                    permit.obtain()
                    child.channel.send(message)
                # Each step has its own time: reading may be slow for the drive's sake, and waiting is not the file's
                # fault.
        except (EOFError, OSError) as error:
            log.debug("The channel to a photo decoder broke: %r", error)
            return _Died(), stamp
        return _TimedOut(), stamp

    def _running_child(self) -> _Child:
        if self._child is not None and not self._child.is_alive():
            self._drop_child()  # it died idle, which is no file's fault
        if self._child is None:
            self._child = _Child(self._pool._setup)
            if self._stopping.is_set():
                self._child.kill()
            self._child.get_ready()
        return self._child

    def _drop_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _TimedOut(Struct, frozen=True):
    pass


class _Died(Struct, frozen=True):
    pass


class _Permit:
    """The right to use much memory, asked for when it is needed and given back at the end of the `with` block."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock
        self._held = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._held:
            self._lock.release()

    def obtain(self) -> None:
        if not self._held:
            self._lock.acquire()
            self._held = True


class _Child:
    """One child process and the channel to it.

    Linux ends a child with the thread that started it, not with the process: that thread is the child's driver, which
    outlives it.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        try:
            self._process, self.channel = start_child("clipview.core.decode_worker", "main", _ENVIRONMENT)
        except OSError as error:
            raise ClipViewError(
                f"The photo decoder could not be started: {error.strerror or error}. "
                "Close other programs, then try again."
            ) from error

    def get_ready(self) -> None:
        """Send the setup and wait until the child can work."""
        reason = "it ended at once"
        try:
            self.channel.send(self._setup)
            if self.channel.poll(START_LIMIT_S):
                message = self.channel.recv()
                if isinstance(message, Ready):
                    return
                if isinstance(message, Failed):
                    reason = message.reason
            else:
                reason = f"it was not ready after {START_LIMIT_S:g} s"
        except (EOFError, OSError) as error:
            log.debug("The channel to a new photo decoder broke: %r", error)
        if reason == shortage.DECODER or self._ended_with() == shortage.EXIT_CODE:
            raise ClipViewError(shortage.DECODER)
        raise ClipViewError(f"The photo decoder did not start ({reason}). Install ClipView again, then retry.")

    def is_alive(self) -> bool:
        """Say whether the process still runs."""
        return self._process.poll() is None

    def answers_within(self, limit_s: float) -> bool:
        """Wait for a message; returns False when none came although the child has worked for so long.

        Waiting for a processor, or for a drive, is not the file's fault, but it ends after `_MOST_PATIENCE` times the
        limit.
        """
        started_s, worked_s = time.monotonic(), cpu_s(self._process.pid)
        while True:
            passed_s = time.monotonic() - started_s
            left_s = limit_s - passed_s
            if left_s <= 0:
                # Where nobody can tell what it did, it counts as work.
                now_s = cpu_s(self._process.pid)
                work_left_s = 0.0 if worked_s is None or now_s is None else limit_s - (now_s - worked_s)
                left_s = min(work_left_s, _MOST_PATIENCE * limit_s - passed_s)
                if left_s <= 0:
                    return False
                left_s = max(left_s, _LOOK_AGAIN_S)
            if self.channel.poll(left_s):
                return True

    def _ended_with(self) -> int | None:
        try:
            return self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End the process from any thread; the driver then notices."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """Kill the process, wait for its end and free what belongs to it."""
        self.kill()
        try:
            self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:  # stuck inside the system, with a drive that does not answer
            log.warning("A photo decoder (process %d) can't be ended yet", self._process.pid)
        self.channel.close()
