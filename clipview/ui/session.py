"""The window's line to the engine: messages become signals in the GUI thread, and late answers are dropped."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from clipview.core.changes import Change
from clipview.core.duplicates import Alike
from clipview.core.types import Fold, Query
from clipview.engine.messages import (
    AlbumDescription,
    Anticipate,
    BackupsAnswer,
    BinEnded,
    ChangeMade,
    CheckImage,
    DescribeAlbum,
    DescribePhoto,
    DuplicatesAnswer,
    EngineDied,
    ExplainMatch,
    FilesAnswer,
    FileViewed,
    FilterChoices,
    FindSimilar,
    ImageAccepted,
    ImageRefused,
    LibraryState,
    ListBackups,
    ListDuplicates,
    ListFiles,
    ListFilterChoices,
    ListRememberedSearches,
    LocateEnded,
    MakeChange,
    MatchExplained,
    ModelEnded,
    ModelProgress,
    Notice,
    PhotoDescription,
    PictureAnswer,
    PictureRefused,
    Ready,
    Refused,
    RememberedSearches,
    Restored,
    Scan,
    ScanEnded,
    ScanProgress,
    Search,
    SearchAnswer,
    SearchRefused,
    SetAside,
    SetAsideAnswer,
    SidecarsWritten,
    SimilarAnswer,
    StopScan,
    ViewFile,
    ViewPicture,
)
from clipview.engine.messages.tags import TAG_ANSWERS
from clipview.ui.core_sentences import with_own_words
from clipview.ui.mailbox import Mailbox

DEBOUNCE_MS = 90
_MOST_DEATHS = 2
"""How many engines a scan may end in a row before it is no longer begun again by itself."""

Connect = Callable[[str | None], "Client"]


class Client(Protocol):
    """The engine as the window sees it."""

    def send(self, message: object) -> None:
        """Send a message; never waits."""

    def close(self) -> None:
        """End the engine."""


class EngineSession(QObject):
    """One library's engine; everything but the mailbox happens in the GUI thread.

    Signals: one for each kind of message, with the message. Of searches, descriptions, similar photos and skipped
    files only the answer to the newest question arrives; pictures and checked images all arrive, by their number.
        died(EngineDied): what was asked is lost; the newest search and a scan that went on are asked again by the
            session itself once the engine is ready; see `resumes_scan`.
        told_of_tags(object): any of `messages.tags.TAG_ANSWERS`.
        waiting(bool): a search has been under way for a moment, or no longer is.
    """

    ready = Signal(object)
    refused = Signal(object)
    state_changed = Signal(object)
    search_answered = Signal(object)
    search_refused = Signal(object)
    image_accepted = Signal(object)
    image_refused = Signal(object)
    picture_answered = Signal(object)
    picture_refused = Signal(object)
    file_viewed = Signal(object)
    described = Signal(object)
    filter_choices_answered = Signal(object)
    searches_remembered = Signal(object)
    similar_answered = Signal(object)
    match_explained = Signal(object)
    scan_progressed = Signal(object)
    scan_ended = Signal(object)
    locate_ended = Signal(object)
    set_aside_answered = Signal(object)
    duplicates_answered = Signal(object)
    files_answered = Signal(object)
    backups_answered = Signal(object)
    restored = Signal(object)
    bin_ended = Signal(object)
    model_progressed = Signal(object)
    model_ended = Signal(object)
    change_made = Signal(object)
    album_described = Signal(object)
    sidecars_written = Signal(object)
    told_of_tags = Signal(object)
    noticed = Signal(object)
    died = Signal(object)
    waiting = Signal(bool)
    _arrived = Signal(object)

    def __init__(self, client: Client, mailbox: Mailbox, connect: Connect, parent: QObject | None = None) -> None:
        """Speak to an engine; `start` begins to hear it.

        Args:
            client: the engine, already starting.
            mailbox: where the client puts its messages.
            connect: starts another engine that uses the same mailbox, and restores a backup by its file name before
                it opens the library if one is given; see `connect_again`.
            parent: the Qt owner.
        """
        super().__init__(parent)
        self._client = client
        self._connect = connect
        self._mailbox = mailbox
        self._numbers = itertools.count(1)
        self._newest: dict[type[object], int] = {}
        self._query: Query | None = None
        self._purpose: object = None
        self.fold: Fold | None = None
        """Which photos belong together in the answers to come."""
        self._asked: object = None
        self._scanning = False
        self._deaths = 0
        self._dead = False
        self._debounce = QTimer(self, interval=DEBOUNCE_MS, singleShot=True)
        self._debounce.setTimerType(Qt.TimerType.PreciseTimer)
        self._debounce.timeout.connect(self._on_debounced)
        self._slow = QTimer(self, interval=400, singleShot=True)
        self._slow.timeout.connect(self._on_slow)
        self._signals: dict[type, SignalInstance] = {
            Ready: self.ready,
            Refused: self.refused,
            LibraryState: self.state_changed,
            SearchAnswer: self.search_answered,
            SearchRefused: self.search_refused,
            ImageAccepted: self.image_accepted,
            ImageRefused: self.image_refused,
            PictureAnswer: self.picture_answered,
            PictureRefused: self.picture_refused,
            FileViewed: self.file_viewed,
            PhotoDescription: self.described,
            FilterChoices: self.filter_choices_answered,
            RememberedSearches: self.searches_remembered,
            SimilarAnswer: self.similar_answered,
            MatchExplained: self.match_explained,
            ScanProgress: self.scan_progressed,
            ScanEnded: self.scan_ended,
            LocateEnded: self.locate_ended,
            DuplicatesAnswer: self.duplicates_answered,
            FilesAnswer: self.files_answered,
            BackupsAnswer: self.backups_answered,
            Restored: self.restored,
            BinEnded: self.bin_ended,
            SetAsideAnswer: self.set_aside_answered,
            ModelProgress: self.model_progressed,
            ModelEnded: self.model_ended,
            ChangeMade: self.change_made,
            AlbumDescription: self.album_described,
            SidecarsWritten: self.sidecars_written,
            **dict.fromkeys(TAG_ANSWERS, self.told_of_tags),
            Notice: self.noticed,
            EngineDied: self.died,
        }
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def settled(self) -> bool:
        """Whether the newest search has been answered and none is about to be asked, not even of the next engine."""
        if self._dead or self._debounce.isActive():
            return False
        return self._query is not None and SearchAnswer not in self._newest

    @property
    def scanning(self) -> bool:
        """Whether a scan goes on."""
        return self._scanning

    @property
    def resumes_scan(self) -> bool:
        """Whether the next engine goes on with the scan: not with one that has ended two and got no further."""
        return self._scanning and self._deaths < _MOST_DEATHS

    def start(self) -> None:
        """Begin to hear the engine."""
        self._mailbox.read_with(self._arrived.emit)

    def close(self) -> None:
        """Stop hearing the engine, and end it."""
        self._mailbox.read_with(None)
        self._debounce.stop()
        self._slow.stop()
        self._client.close()

    def send(self, message: object) -> None:
        """Send a message that has no answer of its own."""
        if isinstance(message, StopScan):
            self._scanning = False
        self._client.send(message)

    @property
    def asked(self) -> object:
        """The purpose of the search that was sent last, and so of the answer that arrives."""
        return self._asked

    def connect_again(self, restore: str | None = None) -> None:
        """Start another engine in place of one; nothing is asked of it before it is ready.

        `restore`: the file name of a backup that takes the place of the library's database first.
        """
        self._client.close()
        self._dead = True
        self._client = self._connect(restore)

    def ask(self, query: Query, purpose: object = None, *, soon: bool = False) -> None:
        """Search; with `soon`, once no newer query has come for a moment (the user is typing)."""
        self._query, self._purpose = query, purpose
        if soon:
            self._debounce.start()
            if query.terms and not self._dead:
                # The words are understood while the user may still go on: the answer comes sooner when they don't.
                self._client.send(Anticipate(query))
        else:
            self._debounce.stop()
            self._on_debounced()

    def ask_again(self) -> None:
        """Ask the newest search once more, because the library changed; not while the user is typing."""
        if self._query is not None and not self._debounce.isActive():
            self._on_debounced()

    def hurry(self) -> None:
        """Ask at once what was to be asked soon."""
        if self._debounce.isActive():
            self._debounce.stop()
            self._on_debounced()

    def check_image(self, source: Path | bytes) -> int:
        """Find out whether an image can be searched by; returns the number of the answer to come."""
        return self._numbered(lambda number: CheckImage(number, source))

    def view(self, photo_id: int, min_side_px: int | None) -> int:
        """Have a photo decoded; returns the number of the answer to come."""
        return self._numbered(lambda number: ViewPicture(number, photo_id, min_side_px))

    def view_file(self, path: Path, min_side_px: int) -> int:
        """Have an image decoded that is searched by; returns the number of the answer to come."""
        return self._numbered(lambda number: ViewFile(number, path, min_side_px))

    def describe(self, photo_id: int) -> None:
        """Ask what is known of a photo."""
        self._newest[PhotoDescription] = self._numbered(lambda number: DescribePhoto(number, photo_id))

    def find_similar(self, photo_id: int, count: int) -> None:
        """Ask for the photos that look most like one."""
        self._newest[SimilarAnswer] = self._numbered(lambda number: FindSimilar(number, photo_id, count))

    def list_duplicates(self, alike: Alike) -> None:
        """Ask for the files that are there several times."""
        self._newest[DuplicatesAnswer] = self._numbered(lambda number: ListDuplicates(number, alike))

    def list_backups(self) -> None:
        """Ask for the copies of the library."""
        self._newest[BackupsAnswer] = self._numbered(ListBackups)

    def list_files(self, photo_ids: Sequence[int]) -> None:
        """Ask for the files of photos."""
        self._newest[FilesAnswer] = self._numbered(lambda number: ListFiles(number, tuple(photo_ids)))

    def list_filter_choices(self) -> None:
        """Ask what there is to filter by."""
        self._newest[FilterChoices] = self._numbered(ListFilterChoices)

    def list_remembered(self) -> None:
        """Ask for the searches of earlier times."""
        self._client.send(ListRememberedSearches())

    def explain(self, photo_id: int, query: Query) -> None:
        """Ask why a photo matches a search."""
        self._newest[MatchExplained] = self._numbered(lambda number: ExplainMatch(number, photo_id, query))

    def change(self, change: Change) -> int:
        """Change stars, captions, favourites or albums; returns the number of the answer to come."""
        return self._numbered(lambda number: MakeChange(number, change))

    def ask_about_tags(self, made: Callable[[int], object]) -> int:
        """Send a request about tags, made with its number, and return that; answers come as `told_of_tags`."""
        return self._numbered(made)

    def describe_album(self, name: str) -> None:
        """Ask what there is to say about an album."""
        self._newest[AlbumDescription] = self._numbered(lambda number: DescribeAlbum(number, name))

    def list_skipped(self) -> None:
        """Ask for the files that were skipped."""
        self._newest[SetAsideAnswer] = self._numbered(SetAside)

    def scan(self, folders: Sequence[Path] = (), *, retry_skipped: bool = False, accept_missing: bool = False) -> None:
        """Cover these folders too and look for changes; without folders, in all."""
        self._scanning, self._deaths = True, 0
        self._client.send(Scan(tuple(folders), retry_skipped, accept_missing))

    def _numbered(self, made: Callable[[int], object]) -> int:
        number = next(self._numbers)
        self._client.send(made(number))
        return number

    @Slot()
    def _on_debounced(self) -> None:
        query = self._query
        if query is not None and not self._dead:
            self._asked = self._purpose
            self._newest[SearchAnswer] = self._numbered(lambda number: Search(number, query, self.fold))
            if not self._slow.isActive():
                self._slow.start()

    @Slot()
    def _on_slow(self) -> None:
        self.waiting.emit(True)  # noqa: FBT003 - takes no keywords

    @Slot(object)
    def _on_arrived(self, message: object) -> None:
        signal = self._signals.get(type(message))
        if signal is None or self._is_stale(message):
            return
        message = with_own_words(message)
        if isinstance(message, SearchAnswer | SearchRefused):
            self._slow.stop()
            self.waiting.emit(False)  # noqa: FBT003
        elif isinstance(message, ScanProgress):
            self._scanning = True
            if message.step.photo_ids:
                self._deaths = 0
        elif isinstance(message, ScanEnded):
            self._scanning = False
            self._deaths = 0
        elif isinstance(message, EngineDied):
            self._dead = True
            self._deaths += self._scanning
            self._newest.clear()
        signal.emit(message)
        if isinstance(message, Ready):
            self._resume()

    def _resume(self) -> None:
        """Ask a new engine what the dead one still owed."""
        if not self._dead:
            return
        self._dead = False
        self.ask_again()
        if self.resumes_scan:
            self._client.send(Scan())
        elif self._scanning:
            # An engine that dies of every scan would otherwise never live long enough to answer a search.
            self._on_arrived(ScanEnded(None, self.tr("the engine died of it twice. F5 begins it anew")))

    def _is_stale(self, message: object) -> bool:
        kind: type[object] = SearchAnswer if isinstance(message, SearchRefused) else type(message)
        if kind not in (
            SearchAnswer,
            FilterChoices,
            PhotoDescription,
            SimilarAnswer,
            MatchExplained,
            SetAsideAnswer,
            DuplicatesAnswer,
            FilesAnswer,
            AlbumDescription,
            BackupsAnswer,
        ):
            return False
        if self._newest.get(kind) != message.number:  # type: ignore[attr-defined]  # all of these carry one
            return True
        del self._newest[kind]
        return False
