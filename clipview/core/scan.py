"""The way from folders to stored photos: walk, compare, decode, embed, commit; a generator that can stop anywhere."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct, field

from clipview.core.cores import usable_cores
from clipview.core.decoding import Decoded, DecodePool, DecodeTask
from clipview.core.encoders import Encoder, ImageVectors
from clipview.core.folders import FoundFile, FoundSidecar, UnreadableFolder, walk
from clipview.core.scan_order import OnScreen, in_turn
from clipview.core.sidecars import read_changed
from clipview.core.store import Embedding, Folder, KnownFile, Model, Outcome, Record, Recorded, Store, ThumbnailStore
from clipview.core.types import Phase, PhotoContent, ScanStep, ScanSummary, Skipped

log = logging.getLogger(__name__)

MANY_MISSING = 50
"""A scan that misses more files than this, and more than a tenth, doesn't believe its eyes."""

_LOOK_AHEAD_BATCHES = 3
_WALK_STEP_FILES = 500
_RATE_WINDOW_S = 8.0


class ScanOptions(Struct, frozen=True):
    """How a scan goes about its work."""

    retry_skipped: bool = False
    """Read files again that were set aside and have not changed since."""
    accept_missing: bool = False
    """Believe that files are gone, however many."""
    decode_workers: int = field(default_factory=lambda: max(1, min(usable_cores(), 8)))
    low_priority: bool = True
    """Whether decoders make way for everything else on the machine. The encoder gains by it too: its threads wait for
    each other, and all of them stand still while one is kept from running."""
    decode_time_limit_s: float = 10.0
    on_screen: Callable[[], OnScreen] = OnScreen
    """Tells what somebody looks at now: of the files that are to be read, those go first."""


def scan(
    store: Store,
    thumbnails: ThumbnailStore,
    folders: Sequence[Folder],
    model: Model | None,
    load_encoder: Callable[[], Encoder],
    options: ScanOptions,
) -> Generator[ScanStep, None, ScanSummary]:
    """Bring the library up to date with what lies in `folders`.

    Args:
        store: opened for writing, under the library's lock.
        thumbnails: opened for writing.
        folders: what to look through; they need not be all of the library's.
        model: the model whose vectors every photo should have, as far as it is known without loading it.
        load_encoder: loads that model; called only when there is a photo to embed.
        options: how to go about it.

    Closing the generator stops the work within a batch; all that was committed stays, and the next scan goes on there.
    """
    return _Scan(store, thumbnails, folders, load_encoder, options).run(model)


class _Survey(Struct):
    """What the walk found, compared with what the library knows."""

    found: dict[bytes, FoundFile] = field(default_factory=dict)
    sidecars: dict[bytes, FoundSidecar] = field(default_factory=dict)
    skipped: dict[bytes, Skipped] = field(default_factory=dict)
    unavailable: list[Skipped] = field(default_factory=list)
    unknown_below: list[bytes] = field(default_factory=list)
    """Folders about whose content nothing is known."""


class _Plan(Struct):
    """What is to be done for the files that were found."""

    changed: list[FoundFile] = field(default_factory=list)
    new: list[FoundFile] = field(default_factory=list)
    restored: list[bytes] = field(default_factory=list)
    unchanged: int = 0
    not_embedded: set[bytes] = field(default_factory=set)
    """Files of known photos that only lack vectors or a thumbnail."""


class _Scan:
    def __init__(
        self,
        store: Store,
        thumbnails: ThumbnailStore,
        folders: Sequence[Folder],
        load_encoder: Callable[[], Encoder],
        options: ScanOptions,
    ) -> None:
        self._store, self._thumbnails, self._folders = store, thumbnails, folders
        self._load_encoder, self._options = load_encoder, options
        self._known: dict[bytes, KnownFile] = {}
        self._complete: set[int] = set()
        """Photos that have all they should have."""
        self._set_aside = store.skipped()
        self._counts: Counter[Outcome] = Counter()
        self._gone: set[bytes] = set()
        self._skipped: dict[bytes, Skipped] = {}
        self._rate = _Rate()
        self._done = 0
        self._total = 0

    def run(self, model: Model | None) -> Generator[ScanStep, None, ScanSummary]:
        started_s = time.monotonic()
        for some in self._store.each_known_files():
            self._known.update(some)
            yield ScanStep(Phase.WALKING, 0, 0)
        survey = yield from self._walk()
        self._skipped.update(survey.skipped)
        self._gone = self._find_gone(survey)
        plan = self._compare(survey, model)
        if plan.changed or plan.new:
            encoder = self._load_encoder()
            loaded = self._store.put_model(encoder)
            if loaded != model:
                plan = self._compare(survey, loaded)
            self._total = len(plan.changed) + len(plan.new)
            yield self._step(())
            with DecodePool(
                encoder.preparation,
                workers=self._options.decode_workers,
                time_limit_s=self._options.decode_time_limit_s,
                low_priority=self._options.low_priority,
            ) as pool:
                # Edits first: a photo edited in place keeps its id only if its old content isn't looked for elsewhere.
                if plan.changed:
                    yield from self._index(plan.changed, plan, pool, encoder, loaded)
                    # Asked anew: what was edited a moment ago is no longer known by its old content.
                    self._known = self._store.known_files()
                    self._complete = self._complete_photos(loaded)
                if plan.new:
                    yield from self._index(plan.new, plan, pool, encoder, loaded)
        yield ScanStep(Phase.FINISHING, self._done, self._total, skipped=len(self._skipped))
        if plan.restored:
            self._store.restore(plan.restored)
        self._forget_skips_of_deleted_files(survey)
        read_changed(self._store, survey.sidecars, lambda path: self._was_looked_at(path, survey))
        missing, held_back = self._settle_missing()
        seconds = time.monotonic() - started_s
        return ScanSummary(
            added=self._counts[Outcome.ADDED],
            updated=self._counts[Outcome.UPDATED],
            moved=self._counts[Outcome.MOVED],
            unchanged=plan.unchanged + self._counts[Outcome.UNCHANGED],
            restored=len(plan.restored),
            missing=missing,
            held_back=held_back,
            skipped=tuple(self._skipped[path] for path in sorted(self._skipped)),
            damaged=self._damaged(),
            unavailable=tuple(survey.unavailable),
            seconds=seconds,
            photos_per_second=self._done / seconds if seconds > 0 else 0.0,
        )

    # ---- walk and compare ----

    def _walk(self) -> Generator[ScanStep, None, _Survey]:
        survey = _Survey()
        # What os.fsencode does, for a third of its time: a file that did not change costs ten microseconds in all.
        encoding, errors = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
        for folder in self._folders:
            before = len(survey.found)
            for item in walk(folder.path, folder.excludes):
                if isinstance(item, FoundFile):
                    survey.found[item.location.encode(encoding, errors)] = item
                    if len(survey.found) % _WALK_STEP_FILES == 0:
                        yield ScanStep(Phase.WALKING, len(survey.found), 0)
                elif isinstance(item, FoundSidecar):
                    survey.sidecars[os.fsencode(item.location)] = item
                elif isinstance(item, Skipped):
                    survey.skipped[os.fsencode(item.path)] = item
                else:
                    self._note_unreadable(survey, item)
            if len(survey.found) == before:
                self._doubt_empty_folder(survey, folder)
        return survey

    def _doubt_empty_folder(self, survey: _Survey, folder: Folder) -> None:
        """An unplugged drive often leaves an empty folder behind: don't take that for a deletion."""
        below = os.fsencode(folder.path)
        known = sum(not each.missing and _is_below_any(path, [below]) for path, each in self._known.items())
        seen = any(_is_below_any(path, [below]) for path in survey.skipped)
        if not known or seen or _is_below_any(below, survey.unknown_below) or self._options.accept_missing:
            return
        reason = (
            f"The folder is empty, but held {known} photos at the last scan; they are kept. If its drive is "
            "unplugged, connect it and scan again; if you deleted them, scan again with --accept-missing."
        )
        self._note_unreadable(survey, UnreadableFolder(folder.path, reason))

    def _note_unreadable(self, survey: _Survey, item: UnreadableFolder) -> None:
        if self._options.accept_missing and not os.path.lexists(item.path):
            return
        survey.unavailable.append(Skipped(item.path, item.reason))
        survey.unknown_below.append(os.fsencode(item.path))

    def _find_gone(self, survey: _Survey) -> set[bytes]:
        """Known files in the scanned folders that were not found although their folder could be read."""
        gone = set()
        for path, known in self._known.items():
            if known.missing or path in survey.found or path in survey.skipped:
                continue
            if self._was_looked_at(path, survey):
                gone.add(path)
        return gone

    def _compare(self, survey: _Survey, model: Model | None) -> _Plan:
        complete = self._complete = set() if model is None else self._complete_photos(model)
        plan = _Plan()
        for path, file in survey.found.items():
            known = self._known.get(path)
            if known is not None and known.stamp == file.stamp:
                if known.missing:
                    plan.restored.append(path)
                if known.photo_id in complete:
                    plan.unchanged += 1
                    continue
                plan.not_embedded.add(path)
            aside = self._set_aside.get(path)
            if aside is not None and aside[0] == file.stamp and not self._options.retry_skipped:
                self._skipped[path] = Skipped(file.path, aside[1])
                if path in plan.not_embedded:
                    plan.not_embedded.discard(path)
                continue
            (plan.new if known is None or known.missing else plan.changed).append(file)
        for files in (plan.changed, plan.new):
            files.sort(key=lambda file: (-file.stamp.mtime_ns, file.location))
        return plan

    def _complete_photos(self, model: Model) -> set[int]:
        return self._store.embedded_photos(model.model_id) & self._thumbnails.ids()

    # ---- decode, embed, commit ----

    def _index(
        self, files: Sequence[FoundFile], plan: _Plan, pool: DecodePool, encoder: Encoder, model: Model
    ) -> Iterator[ScanStep]:
        hashes = _hashes_by_size(self._known.values(), self._complete)
        tasks = (
            DecodeTask(
                file.path,
                frozenset() if _key(file) in plan.not_embedded else hashes.get(file.stamp.size_bytes, frozenset()),
            )
            for file in in_turn(files, self._options.on_screen, self._photo_of)
        )
        batch_size = encoder.batch_size
        executor = ThreadPoolExecutor(1, thread_name_prefix="encode")
        try:
            waiting: deque[_Batch] = deque()
            batch: list[Decoded] = []
            for decoded in pool.run(tasks, look_ahead=batch_size * _LOOK_AHEAD_BATCHES):
                batch.append(decoded)
                if sum(isinstance(each.content, PhotoContent) for each in batch) >= batch_size:
                    waiting.append(_Batch.start(batch, encoder, executor))
                    batch = []
                while waiting and (waiting[0].is_ready() or len(waiting) > 1):
                    yield self._commit(waiting.popleft(), model)
            if batch:
                waiting.append(_Batch.start(batch, encoder, executor))
            while waiting:
                yield self._commit(waiting.popleft(), model)
        finally:
            # Who stops a scan doesn't wait for vectors that nobody stores.
            executor.shutdown(wait=False, cancel_futures=True)

    def _photo_of(self, path: bytes) -> int | None:
        known = self._known.get(path)
        return None if known is None else known.photo_id

    def _commit(self, batch: _Batch, model: Model) -> ScanStep:
        records = batch.records(model)

        def keep_thumbnails(recorded: Sequence[Recorded]) -> None:
            self._thumbnails.put(
                (done.photo_id, record.content.thumbnail_jpeg)
                for record, done in zip(records, recorded, strict=True)
                if done.photo_id is not None and isinstance(record.content, PhotoContent)
            )

        recorded = self._store.record(records, self._gone, keep_thumbnails)
        for record, done in zip(records, recorded, strict=True):
            self._counts[done.outcome] += 1
            if not isinstance(record.content, PhotoContent) and done.outcome is Outcome.SKIPPED:
                reason = getattr(record.content, "reason", "The file changed during the scan; scan again.")
                self._skipped[os.fsencode(record.path)] = Skipped(record.path, reason)
        self._done += len(records)
        self._rate.add(len(records))
        return self._step(tuple(done.photo_id for done in recorded if done.photo_id is not None))

    def _step(self, photo_ids: tuple[int, ...]) -> ScanStep:
        rate = self._rate.per_second()
        left = (self._total - self._done) / rate if rate else None
        return ScanStep(Phase.INDEXING, self._done, self._total, rate, left, len(self._skipped), photo_ids)

    # ---- what is no longer there ----

    def _settle_missing(self) -> tuple[int, int]:
        """Mark as missing what was not found and has not turned up elsewhere; returns (marked, held back)."""
        if not self._gone:
            return 0, 0
        known = self._store.known_files()
        gone = [path for path in self._gone if path in known and not known[path].missing]
        present = sum(
            not each.missing and any(_is_below(path, folder.path) for folder in self._folders)
            for path, each in known.items()
        )
        if len(gone) > max(MANY_MISSING, present // 10) and not self._options.accept_missing:
            log.warning("%d of %d known files were not found; none was marked missing", len(gone), present)
            return 0, len(gone)
        return (self._store.mark_missing(gone) if gone else 0), 0

    def _damaged(self) -> tuple[Skipped, ...]:
        found = sorted(self._store.damaged_files().items())
        return tuple(
            Skipped(Path(os.fsdecode(path)), reason)
            for path, reason in found
            if any(_is_below(path, folder.path) for folder in self._folders)
        )

    def _was_looked_at(self, path: bytes, survey: _Survey) -> bool:
        """Tell whether the walk saw the place where a file lies or lay."""
        covered = any(_is_below(path, folder.path) for folder in self._folders)
        return covered and not _is_below_any(path, survey.unknown_below)

    def _forget_skips_of_deleted_files(self, survey: _Survey) -> None:
        deleted = [path for path in self._set_aside if path not in survey.found and self._was_looked_at(path, survey)]
        if deleted:
            self._store.drop_skipped(deleted)


class _Batch(Struct):
    """Decoded files on their way through the encoder."""

    decoded: list[Decoded]
    vectors: Future[ImageVectors] | None

    @classmethod
    def start(cls, decoded: list[Decoded], encoder: Encoder, executor: ThreadPoolExecutor) -> _Batch:
        inputs = [each.content.model_input for each in decoded if isinstance(each.content, PhotoContent)]
        return cls(decoded, executor.submit(encoder.encode_images, inputs) if inputs else None)

    def is_ready(self) -> bool:
        return self.vectors is None or self.vectors.done()

    def records(self, model: Model) -> list[Record]:
        """Return what to store, waiting for the encoder."""
        vectors = None if self.vectors is None else self.vectors.result()
        records = []
        row = 0
        for each in self.decoded:
            embedding = None
            if isinstance(each.content, PhotoContent):
                assert vectors is not None
                similar = None if vectors.similar is None else vectors.similar[row]
                embedding = Embedding(model.model_id, vectors.search[row], similar)
                row += 1
            records.append(Record(each.path, each.stamp, each.content, embedding))
        return records


class _Rate:
    """Photos per second over the last few seconds."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def add(self, photos: int) -> None:
        self._marks.append((time.monotonic(), self._marks[-1][1] + photos))
        while len(self._marks) > 2 and self._marks[-1][0] - self._marks[0][0] > _RATE_WINDOW_S:
            self._marks.popleft()

    def per_second(self) -> float | None:
        (first_s, first), (last_s, last) = self._marks[0], self._marks[-1]
        return (last - first) / (last_s - first_s) if last_s > first_s else None


def _key(file: FoundFile) -> bytes:
    return os.fsencode(file.location)


def _hashes_by_size(known: Iterable[KnownFile], embedded: set[int]) -> dict[int, frozenset[bytes]]:
    """The contents that need no decoding when they turn up again, by the only size they can have."""
    hashes: dict[int, set[bytes]] = {}
    for each in known:
        if each.photo_id in embedded:
            hashes.setdefault(each.stamp.size_bytes, set()).add(each.content_hash)
    return {size: frozenset(contents) for size, contents in hashes.items()}


def _is_below(path: bytes, folder: Path) -> bool:
    return _is_below_any(path, [os.fsencode(folder)])


def _is_below_any(path: bytes, folders: Iterable[bytes]) -> bool:
    separator = os.sep.encode()
    return any(path == folder or path.startswith(folder.rstrip(separator) + separator) for folder in folders)
