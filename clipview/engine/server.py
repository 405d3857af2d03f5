"""The engine process: opens the library, hands each request to its lane, and ends with the window."""

from __future__ import annotations

import logging
import math
import os
import signal
import sys
import threading
import time
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final, NoReturn

from msgspec import Struct

from clipview.core import shortage
from clipview.core.backup import known_backups, restore
from clipview.core.bin import move_to_bin
from clipview.core.children import Channel, end_with, ignore_interrupts, open_channel
from clipview.core.duplicates import find_duplicates
from clipview.core.encoders import load_encoder
from clipview.core.errors import ClipViewError, LibraryDamagedError, LibraryInUseError
from clipview.core.library import Library
from clipview.core.library_models import EncoderLoader
from clipview.core.places import Places
from clipview.core.types import Backup
from clipview.engine import messages as m
from clipview.engine.answers import answer, anticipate, explained
from clipview.engine.bulk import Bulk
from clipview.engine.choices import filter_choices
from clipview.engine.keeping import Keeping
from clipview.engine.lanes import Lane
from clipview.engine.messages import tags as tag_messages
from clipview.engine.model_downloads import ModelDownloads
from clipview.engine.outbox import Outbox
from clipview.engine.pictures import Pictures
from clipview.engine.reachability import Reachability
from clipview.engine.refusals import Refusals
from clipview.engine.tagging import Tagging
from clipview.engine.upkeep import Upkeep

log = logging.getLogger(__name__)

_LAST_MOMENT_S: Final = 0.8
"""After that the engine ends whatever its threads are doing; the database is safe at any moment."""

_BROWSE_FIRST_S: Final = 0.5
"""How long loading the model waits for the window's first search, which needs none and should not share the machine."""

_SWITCH_S: Final = 0.001
"""A search asks for the interpreter's lock some thirty times; waiting Python's usual 5 ms for each shows."""

_QUIET_S: Final = 2.0
"""For how long nobody must have typed before the library is looked through."""

_LOOK_REST: Final = 5.0
"""Rest after looking for groups, in times of how long that took: every tag that is set calls for another look."""

_LOG_BYTES: Final = 1_000_000


def main(handle: int, parent: int, load: EncoderLoader = load_encoder) -> NoReturn:
    """Serve one window until it is gone.

    Args:
        handle: of this process's end of the channel.
        parent: id of the process that started this one.
        load: makes an encoder from a model's name, the folder of models, and the folder for caches.
    """
    end_with(parent)
    ignore_interrupts()
    sys.setswitchinterval(_SWITCH_S)
    channel = open_channel(handle)
    try:
        opening = channel.recv()
    except (EOFError, OSError):
        os._exit(0)
    places: Places = opening.places
    exit_code = 0
    try:
        restored = None if opening.restore is None else m.Restored(*_restore(places, opening.restore))
        with Library.open(places, write=True, live=True, load=load) as library:
            _log_to(places)
            _Engine(library, channel).serve(restored)
    except LibraryInUseError as error:
        exit_code = _refuse(channel, f"{error} If ClipView is open already, go on in its window.", error.exit_code)
    except ClipViewError as error:
        kept = known_backups(places.backups) if isinstance(error, LibraryDamagedError) or opening.restore else []
        exit_code = _refuse(channel, str(error), error.exit_code, tuple(kept))
    except Exception as error:
        log.exception("the engine can't start")
        reason = f"The library {places.library} can't be opened: something unexpected went wrong ({error!r})."
        if shortage.is_shortage(error):
            reason = shortage.ENGINE
        exit_code = _refuse(channel, reason, 1)
    # Threads may still be at work, and their orderly end can take long.
    logging.shutdown()
    os._exit(exit_code)


class _Engine:
    """The lanes and what they share."""

    def __init__(self, library: Library, channel: Channel) -> None:
        self._library, self._channel = library, channel
        self._outbox = Outbox("outbox")
        post = self._outbox.put
        self._refusals = Refusals(post, _logs(library.places))
        self._reachability = Reachability()
        self._upkeep = Upkeep(library, self._reachability, post, self._warm_up_soon, self._look_soon)
        self._bulk = Bulk(library, post, self._refusals, self._upkeep)
        self._downloads = ModelDownloads(library.places.models, post)
        self._pictures = Pictures(library, self._reachability)
        self._searched = threading.Event()
        self._warm = threading.Event()
        self._typed_s = -math.inf
        self._searches = Lane("search", self._on_search, self._refusals, latest_only=True)
        self._views = Lane("view", self._on_view, self._refusals, latest_only=True)
        self._quick = Lane("quick", self._on_quick, self._refusals)
        keeping = Keeping(library, post, self._upkeep.catch_up)
        self._keeping = Lane("keeping", keeping.handle, self._refusals, finishes=True)
        self._tagging = Tagging(library, post, self._upkeep.nudge)
        self._tags = Lane("tags", self._tagging.handle, self._refusals)
        self._tag_reasons = Lane("tag reasons", self._tagging.explain, self._refusals, latest_only=True)
        self._models = Lane("models", self._on_model, self._refusals)
        quiet = Refusals(log.debug, _logs(library.places))
        self._warming = Lane("warm-up", self._on_warm_up, quiet, latest_only=True)
        self._filing = Lane("files", self._on_files, self._refusals)
        self._looking = Lane("findings", self._on_look, quiet, latest_only=True, gives_way=True)
        self._lanes = (
            self._searches, self._views, self._quick, self._models, self._warming, self._looking, self._filing,
            self._keeping, self._tags, self._tag_reasons,
        )  # fmt: skip

    def serve(self, restored: m.Restored | None) -> None:
        """Answer until the window says so or is gone."""
        self._outbox.put(m.Ready(self._upkeep.first_state()))
        if restored is not None:
            self._outbox.put(restored)
        self._outbox.start(self._channel)
        for lane in self._lanes:
            lane.start()
        self._bulk.start()
        self._upkeep.start()
        while (message := self._receive()) is not None and not isinstance(message, m.Quit):
            self._route(message)
        self._end()

    def _receive(self) -> object | None:
        while True:
            try:
                message: object = self._channel.recv()
            except (EOFError, OSError):
                return None
            except Exception:
                # Whole messages arrive or none: the next one can be read again.
                log.exception("a message can't be read")
                continue
            if message is not None:
                return message

    def _end(self) -> None:
        """End everything soon: what is under way is dropped, what was committed stays."""
        _end_within(_LAST_MOMENT_S)
        self._downloads.stop()
        self._bulk.end()
        self._tagging.stop()
        self._upkeep.stop()
        for lane in self._lanes:
            lane.stop()
        self._pictures.close()
        self._keeping.join(_LAST_MOMENT_S)
        self._bulk.join(_LAST_MOMENT_S)

    def _route(self, message: object) -> None:
        match message:
            case m.Search():
                self._bulk.step_aside()
                self._searches.put(_Asked(message, time.monotonic()))
            case m.Anticipate():
                self._typed_s = time.monotonic()
                self._bulk.step_aside()
                self._searches.offer(message)
            case m.ViewPicture() | m.ViewFile():
                self._views.put(message)
            case (
                m.ListFilterChoices()
                | m.FindSimilar()
                | m.ExplainMatch()
                | m.CheckImage()
                | m.DescribePhoto()
                | m.SetAside()
                | m.SaveSearch()
                | m.ForgetSearch()
                | m.ListRememberedSearches()
            ):
                self._quick.put(message)
            case m.ListDuplicates() | m.ListFiles() | m.MoveToBin() | m.ListBackups():
                self._filing.put(message)
            case m.MakeChange() | m.DescribeAlbum() | m.WriteSidecars() | m.RememberSearch() | m.ForgetSearches():
                self._keeping.put(message)
            case _ if isinstance(message, tag_messages.TAG_REQUESTS):
                self._tags.put(message)
            case tag_messages.ExplainTag():
                self._tag_reasons.put(message)
            case tag_messages.StopTagging():
                self._tagging.stop()
            case m.Scan() | m.AddSamples():
                self._bulk.put(message)
            case m.RemoveFolder() | m.Locate() | m.UseModel():
                self._bulk.put_first(message)
            case m.PauseScan():
                self._bulk.pause(paused=message.paused)
            case m.StopScan():
                self._bulk.stop_scan()
            case m.GetModel() | m.ImportModel():
                self._models.put(message)
            case m.StopModel():
                self._downloads.stop()
            case _:
                log.warning("nobody understands a %s", type(message).__name__)

    # ---- in the lanes' threads ----

    def _on_search(self, asked: object) -> None:
        if isinstance(asked, m.Anticipate):
            anticipate(self._library, asked, datetime.now().date(), wanted=lambda: not self._searches.waits)
            return
        assert isinstance(asked, _Asked)

        def search(_: object) -> None:
            unreachable = self._reachability.unreachable
            self._outbox.put(answer(self._library, asked.search, asked.at_s, datetime.now().date(), unreachable))
            self._bulk.put_on_screen(asked.search.query.filters)

        self._refusals.guard(search, asked.search)
        self._bulk.step_aside()
        self._searched.set()

    def _on_view(self, request: object) -> None:
        if isinstance(request, m.ViewFile):
            if (viewed := self._pictures.view_file(request)) is not None:
                self._outbox.put(viewed)
            return
        assert isinstance(request, m.ViewPicture)
        self._outbox.put(self._pictures.view(request))

    def _on_quick(self, request: object) -> None:
        match request:
            case m.FindSimilar():
                ids = self._library.similar_to(request.photo_id, request.count)
                self._outbox.put(m.SimilarAnswer(request.number, request.photo_id, tuple(ids)))
            case m.ExplainMatch():
                self._outbox.put(explained(self._library, request, datetime.now().date()))
            case m.ListFilterChoices():
                self._outbox.put(filter_choices(self._library, request.number))
            case m.CheckImage():
                self._outbox.put(self._pictures.check(request))
            case m.DescribePhoto():
                self._outbox.put(self._pictures.describe(request))
            case m.SetAside():
                self._outbox.put(m.SetAsideAnswer(request.number, tuple(self._library.store.skipped_list())))
            case m.SaveSearch():
                self._library.store.save_search(request.name, request.text)
                self._upkeep.nudge()
            case m.ListRememberedSearches():
                self._outbox.put(m.RememberedSearches(tuple(self._library.store.remembered.all())))
            case m.ForgetSearch():
                self._library.store.forget_search(request.name)
                self._upkeep.nudge()

    def _on_model(self, request: object) -> None:
        match request:
            case m.GetModel():
                self._bulk.put_first(self._downloads.get(request))
            case m.ImportModel():
                self._bulk.put_first(self._downloads.bring_in(request))

    def _warm_up_soon(self) -> None:
        self._warming.put("warm up")

    def _on_warm_up(self, _: object) -> None:
        self._searched.wait(_BROWSE_FIRST_S)
        try:
            self._library.warm_up()
        finally:
            self._warm.set()
        self._upkeep.nudge()

    def _on_files(self, request: object) -> None:
        store = self._library.store
        match request:
            case m.ListDuplicates():
                groups = find_duplicates(store, self._library.findings.groups, request.alike)
                self._outbox.put(m.DuplicatesAnswer(request.number, request.alike, tuple(groups)))
            case m.ListFiles():
                self._outbox.put(m.FilesAnswer(request.number, tuple(store.photo_files(request.photo_ids))))
            case m.ListBackups():
                self._outbox.put(m.BackupsAnswer(request.number, tuple(known_backups(self._library.places.backups))))
            case m.MoveToBin():
                try:
                    self._outbox.put(m.BinEnded(move_to_bin(store, request.discards)))
                finally:
                    self._upkeep.nudge()

    def _look_soon(self) -> None:
        self._looking.put("look")

    def _on_look(self, _: object) -> None:
        """Use the quiet: copy the library, then look for groups and paperwork, once words can be encoded."""
        self._warm.wait()
        self._wait_for_quiet()
        self._library.keep_start_copy(self._wait_for_quiet)
        self._library.back_up()
        started_s, before = time.monotonic(), self._library.findings
        if self._library.refresh_findings() is not before:
            self._upkeep.nudge()
            time.sleep(_LOOK_REST * (time.monotonic() - started_s))

    def _wait_for_quiet(self) -> None:
        while (rest_s := self._typed_s + _QUIET_S - time.monotonic()) > 0:
            time.sleep(rest_s)


class _Asked(Struct, frozen=True):
    """A search and when it arrived, by `time.monotonic`."""

    search: m.Search
    at_s: float


def _end_within(limit_s: float) -> None:
    """End this process after that time at the latest; from the main thread."""
    if sys.platform != "win32":
        # The system's own timer also ends a process whose threads fight over the interpreter's lock.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit_s)
        return
    last_moment = threading.Timer(limit_s, os._exit, (0,))
    last_moment.daemon = True
    last_moment.start()


def _restore(places: Places, name: str) -> tuple[str, Path | None]:
    used, aside = restore(places, name)
    return used.name, aside


def _refuse(channel: Channel, reason: str, exit_code: int, backups: tuple[Backup, ...] = ()) -> int:
    log.warning("%s", reason)
    try:
        channel.send(m.Refused(reason, exit_code, backups))
    except OSError:
        log.info("the window has gone already")
    return exit_code


def _logs(places: Places) -> Path:
    return places.library / "logs"


def _log_to(places: Places) -> None:
    """Keep a log beside the library; only the holder of its lock writes there."""
    folder = _logs(places)
    try:
        folder.mkdir(exist_ok=True)
        handler = RotatingFileHandler(
            folder / "clipview.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError as error:
        log.warning("no log can be kept in %s: %s", folder, error)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("clipview")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
