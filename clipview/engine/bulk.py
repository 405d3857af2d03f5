"""Long work on the library, one thing at a time: scans that pause and step aside, and what must not run beside one."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from clipview.config import demo_places
from clipview.core.errors import ClipViewError
from clipview.core.library import Library
from clipview.core.priority import give_way
from clipview.core.scan import ScanOptions
from clipview.core.scan_order import OnScreen
from clipview.core.types import Filters, Phase, ScanStep, ScanSummary
from clipview.engine.messages import (
    AddSamples,
    Locate,
    LocateEnded,
    ModelEnded,
    RemoveFolder,
    Scan,
    ScanEnded,
    ScanProgress,
    UseModel,
)
from clipview.engine.refusals import Post, Refusals
from clipview.engine.upkeep import Upkeep
from clipview.samples import copy_samples

log = logging.getLogger(__name__)

STEP_ASIDE_S: Final = 0.3
"""How long a scan rests at each search, so that the next key press finds the machine free."""

_REPORT_EVERY_S: Final = 0.1


class Bulk:
    """The lane of scans. Every method but `join` only leaves word, and may be called from any thread."""

    def __init__(self, library: Library, post: Post, refusals: Refusals, upkeep: Upkeep) -> None:
        self._library, self._post, self._refusals, self._upkeep = library, post, refusals, upkeep
        self._waiting: deque[object] = deque()
        self._urgent: deque[object] = deque()
        self._changed = threading.Condition()
        self._paused = False
        self._stop_scan = False
        self._ending = False
        self._aside_until_s = 0.0
        self._report: _Report | None = None
        self._shown = Filters()
        self._on_screen = OnScreen()
        self._thread = threading.Thread(target=self._run, name="bulk", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def put(self, request: Scan | AddSamples) -> None:
        """Scan, after what goes on now."""
        with self._changed:
            self._waiting.append(request)
            self._changed.notify()

    def put_first(self, request: RemoveFolder | Locate | UseModel) -> None:
        """Change the library as soon as possible; a scan that goes on is interrupted and taken up again."""
        with self._changed:
            self._urgent.append(request)
            self._changed.notify()

    def pause(self, *, paused: bool) -> None:
        """Hold the scan between batches, or let it go on."""
        with self._changed:
            self._paused = paused
            self._changed.notify()
            if self._report is not None:
                self._report.repeat(paused=paused)

    def step_aside(self) -> None:
        """Rest for a moment: somebody is typing."""
        self._aside_until_s = time.monotonic() + STEP_ASIDE_S

    def put_on_screen(self, shown: Filters) -> None:
        """Say what is looked at now: a scan reads the files of these folders, tags and albums first."""
        if shown != self._shown:
            self._shown = shown
            self._on_screen = OnScreen(shown.folders, self._photos_of(shown))

    def stop_scan(self) -> None:
        """End the scan and forget those that wait."""
        with self._changed:
            self._waiting.clear()
            self._stop_scan = self._report is not None
            self._changed.notify()

    def end(self) -> None:
        """Take nothing further, and end what goes on."""
        with self._changed:
            self._ending = self._stop_scan = True
            self._changed.notify()

    def join(self, timeout_s: float) -> None:
        """Wait for the end."""
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        give_way()
        while True:
            with self._changed:
                while not (self._urgent or self._waiting or self._ending):
                    self._changed.wait()
                if self._ending:
                    return
                request = (self._urgent or self._waiting).popleft()
            self._refusals.guard(self._handle, request)
            self._upkeep.catch_up()

    def _handle(self, request: object) -> None:
        match request:
            case Scan():
                self._scan(request)
            case AddSamples():
                folder = demo_places(self._library.places.library)[1]
                try:
                    copy_samples(folder)
                except OSError as error:
                    raise ClipViewError(
                        f"The samples can't be copied to {folder} ({error.strerror}). Make room there, then try again."
                    ) from error
                self._scan(Scan((folder,)))
            case RemoveFolder():
                self._library.remove_folder(request.path)
                self._upkeep.catch_up()
                self._forget_scans_of(request.path)
            case Locate():
                photos = self._library.locate(request.old, request.new)
                self._upkeep.catch_up()
                self._post(LocateEnded(request.old, request.new, photos))
                self._forget_scans_of(request.old)
                self.put(Scan((request.new,)))
            case UseModel():
                searching = self._library.use_model(request.name)
                self._post(ModelEnded(request.name))
                if not searching and self._library.store.folders():
                    self.put(Scan())

    def _scan(self, request: Scan) -> None:
        options = ScanOptions(
            retry_skipped=request.retry_skipped,
            accept_missing=request.accept_missing,
            on_screen=lambda: self._on_screen,
        )
        scan = self._library.scan(request.folders, options=options)
        with self._changed:
            report = self._report = _Report(self._post, paused=self._paused)
        self._upkeep.scanning(goes_on=True)
        summary: ScanSummary | None = None
        try:
            while self._may_go_on():
                step = next(scan)
                report.add(step, paused=self._paused)
                if step.photo_ids:
                    self._upkeep.nudge()
        except StopIteration as end:
            summary = end.value
        finally:
            scan.close()
            with self._changed:
                self._report = None
                stopped, self._stop_scan = self._stop_scan, self._ending
            self._upkeep.scanning(goes_on=False)
        if summary is None and not stopped:
            with self._changed:
                self._waiting.appendleft(request)
            return
        # Whoever hears of the end may search at once for what the scan found.
        self._upkeep.catch_up()
        report.flush()
        self._post(ScanEnded(summary))

    def _photos_of(self, shown: Filters) -> frozenset[int]:
        """Return the photos of tags and of albums put together by hand; other albums hold only what has been read."""
        members = self._library.store.members
        albums = [members.in_album(name) for name in shown.albums if members.is_manual(name)]
        parts = [*albums, *(members.tagged(name) for name in shown.tags)]
        return frozenset().union(*(part.tolist() for part in parts))

    def _may_go_on(self) -> bool:
        """Wait while the scan is paused or steps aside; returns whether it goes on after that."""
        with self._changed:
            while True:
                if self._stop_scan or self._urgent:
                    return False
                aside_s = self._aside_until_s - time.monotonic()
                if not self._paused and aside_s <= 0:
                    return True
                self._changed.wait(None if self._paused else aside_s)

    def _forget_scans_of(self, removed: Path) -> None:
        """Leave a folder that is no longer there out of the scans that wait; those that have nothing left to do end."""
        anything_covered = bool(self._library.store.folders())
        with self._changed:
            waiting = list(self._waiting)
            self._waiting.clear()
            for request in waiting:
                left = _without(request, removed) if isinstance(request, Scan) else request
                if left is None or (left == Scan() and not anything_covered):
                    self._post(ScanEnded(None))
                else:
                    self._waiting.append(left)


def _without(scan: Scan, removed: Path) -> Scan | None:
    """Return a scan that leaves out a folder; None when that was all of it."""
    if not scan.folders:
        return scan
    left = tuple(each for each in scan.folders if each != removed and removed not in each.parents)
    return replace(scan, folders=left) if left else None


class _Report:
    """Tells the window how a scan is getting on, several times a second at most."""

    def __init__(self, post: Post, *, paused: bool) -> None:
        self._post = post
        self._last = ScanStep(Phase.WALKING, 0, 0)
        self._unsent: list[int] = []
        self._sent_s = 0.0
        self._paused = paused

    def add(self, step: ScanStep, *, paused: bool) -> None:
        self._last, self._paused = step, paused
        self._unsent += step.photo_ids
        if time.monotonic() - self._sent_s >= _REPORT_EVERY_S:
            self.flush()

    def flush(self) -> None:
        self._sent_s = time.monotonic()
        photo_ids, self._unsent = tuple(self._unsent), []
        self._post(ScanProgress(replace(self._last, photo_ids=photo_ids), self._paused))

    def repeat(self, *, paused: bool) -> None:
        """Tell of a pause at once; from another thread than the scan's."""
        self._paused = paused
        self._post(ScanProgress(replace(self._last, photo_ids=()), paused))
