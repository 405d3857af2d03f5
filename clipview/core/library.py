"""A person's photo library: the use cases, put together from store, encoder, vectors and relevance."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Self

from msgspec import Struct
from msgspec.structs import asdict

from clipview.core import backup
from clipview.core.albums import Albums
from clipview.core.changes import Change
from clipview.core.cores import usable_cores
from clipview.core.encoders import load_encoder
from clipview.core.errors import ClipViewError
from clipview.core.explain import explain
from clipview.core.findings import Findings, FindingsKeeper
from clipview.core.library_models import EncoderLoader, LibraryModels
from clipview.core.locating import check_new_place, real_folder
from clipview.core.locking import library_lock
from clipview.core.memory import Loaded, Memory
from clipview.core.paperwork import Strengths
from clipview.core.places import Places
from clipview.core.query_vectors import QueryVectors
from clipview.core.saying import Saying
from clipview.core.scan import ScanOptions, scan
from clipview.core.search import Ranking, described
from clipview.core.store import LIBRARY_ID, Folder, Model, Store, StoreCounts, ThumbnailStore
from clipview.core.tagging import Classified, Classifier, Lessons, LibraryTags, TagSources, Vocabularies, encode_bank
from clipview.core.types import (
    Explanation,
    ImageTerm,
    Phase,
    Query,
    Results,
    ScanStep,
    ScanSummary,
)

log = logging.getLogger(__name__)


class Status(Struct, frozen=True):
    """What a library holds."""

    counts: StoreCounts
    model: str
    """The model that searches use."""
    wanted_model: str
    """The model that the next scan builds vectors of; usually the same."""
    folders: tuple[Folder, ...]
    database_bytes: int
    thumbnail_bytes: int
    vector_bytes: int


class Library:
    """One library, opened for reading or for writing.

    Reading needs no lock and sees what a writer has committed. Everything may be called from any thread, but a scan
    and its generator belong to one.
    """

    def __init__(
        self,
        places: Places,
        store: Store,
        thumbnails: ThumbnailStore | None,
        closing: ExitStack,
        *,
        write: bool,
        live: bool,
        load: EncoderLoader,
    ) -> None:
        self.places = places
        self.store = store
        self.thumbnails = thumbnails
        self._write = write
        self._live = live
        self._closing = closing
        self._models = LibraryModels(store, places, load, self._keep)
        # A live library doesn't wait for the bank to be made.
        bank = self._models.stored_bank if live else self._models.bank
        self._memory = Memory(store, self._models.active, bank, self._keep, self.neighbour_file)
        self._queries = QueryVectors(store, self._models.encoder_of, closing, None if live else self._keep)
        self._findings = FindingsKeeper(places.database, self._word_on)
        self._words = partial(self._models.words, bank)
        models = self._models
        sources = TagSources(store, self._searchable, models.bank, models.tag_texts, models.encoder_of, self._keep)
        self.tags = LibraryTags(store, Vocabularies(places.vocabularies), sources.basis, sources.texts, models.active)
        lessons, loaded = Lessons(sources.basis), lambda: self.in_memory
        self.albums = Albums(
            store.personal, loaded, self._searchable, self.rank, self.search, self.tags.shown, lessons.proposals
        )
        store.members.fill = self.albums.filled
        self.saying = Saying(store, self.tags.vocabularies)

    @classmethod
    def open(cls, places: Places, *, write: bool, live: bool = False, load: EncoderLoader = load_encoder) -> Self:
        """Open the library in `places.library`; a writer makes it when it is missing and holds its lock until closed.

        Args:
            places: where everything lies.
            write: whether the library may be changed.
            live: searches answer at once from what is in memory, which somebody else brings up to date by `refresh`;
                else each looks at the database first.
            load: makes an encoder from a model's name, the folder of models, and the folder for caches.

        Raises:
            LibraryInUseError: another writer holds it.
            LibraryDamagedError, LibraryTooNewError, ClipViewError: see `Store.open`.
        """
        with ExitStack() as undo:
            if write:
                _make_folder(places.library)
                undo.enter_context(library_lock(places.lock))
            backup.raise_if_lost(places.database, places.backups)
            copy = places.backups / "before-migration.db"
            store = Store.open(places.database, write=write, before_migration=copy)
            undo.callback(store.close)
            thumbnails = _thumbnails(places.thumbnails, store.setting(LIBRARY_ID), write=write)
            if thumbnails is not None:
                undo.callback(thumbnails.close)
            return cls(places, store, thumbnails, undo.pop_all(), write=write, live=live, load=load)
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close the files and let go of the lock."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            # Who is interrupted wants to be gone; a live library is copied when it rests.
            if kind is None and self._write and not self._live:
                self.back_up()
        finally:
            self.close()

    # ---- indexing ----

    def scan(
        self,
        folders: Sequence[Path] = (),
        *,
        excludes: Sequence[str] | None = None,
        model: str | None = None,
        options: ScanOptions | None = None,
    ) -> Generator[ScanStep, None, ScanSummary]:
        """Cover `folders` too and bring them up to date; without folders, everything that is covered.

        Args:
            folders: existing folders; a folder inside a covered one is only looked through.
            excludes: globs that replace those of `folders`; None keeps them.
            model: build vectors of this model, and search with it once every photo has them.
            options: see `ScanOptions`.

        Raises:
            ClipViewError: a folder doesn't exist, or there is nothing to scan, or the model can't be had.
        """
        targets = self._cover(folders, excludes)
        if not targets:
            raise ClipViewError("This library has no folders yet. Name one: `clipview index FOLDER`.")
        if model is not None:
            self.use_model(model)
        return self._scan(targets, options or ScanOptions())

    def _scan(self, targets: Sequence[Folder], options: ScanOptions) -> Generator[ScanStep, None, ScanSummary]:
        assert self.thumbnails is not None
        name = self.wanted_model
        summary = yield from scan(
            self.store, self.thumbnails, targets, self._models.named(name), lambda: self._models.encoder(name), options
        )
        model = self._models.named(name)
        if model is not None:
            self._models.switch_when_complete(model)
            self._models.bank(model)
            yield from self._update_neighbours(model)
        if not self._live:
            # Who is live does it when it rests.
            self.keep_start_copy()
        self.back_up()
        return summary

    def _cover(self, folders: Sequence[Path], excludes: Sequence[str] | None) -> list[Folder]:
        covered = {folder.path: folder for folder in self.store.folders()}
        if not folders:
            return list(covered.values())
        targets: dict[Path, Folder] = {}
        for given in folders:
            path = real_folder(given)
            above = next((known for known in covered.values() if known.path in path.parents), None)
            inherited = covered.get(path) or above
            globs = tuple(excludes) if excludes is not None else (inherited.excludes if inherited else ())
            targets[path] = Folder(path, globs)
            if above is None and covered.get(path) != targets[path]:
                self.store.put_folder(targets[path])
                covered[path] = targets[path]
        return [folder for path, folder in targets.items() if not any(up in targets for up in path.parents)]

    def remove_folder(self, path: Path) -> int:
        """Stop covering a folder, or leave it out of the covered one it lies in, and forget its photos.

        Photos that also lie elsewhere stay. The files are not touched. Returns how many photos were forgotten.

        Raises:
            ClipViewError: the library doesn't cover the folder.
        """
        assert self.thumbnails is not None
        count = self.store.forget_folder(path, self.thumbnails.remove)
        if count is None:
            raise ClipViewError(f"The library doesn't cover {path}, so there is nothing to remove.")
        return count

    def locate(self, old: Path, new: Path) -> int:
        """Note that a folder moved, its drive's name changed, or the like: its photos lie in another folder now.

        A sample of the known files must be there, by name and size. No pixel is read, and the photos keep all that is
        known of them; what else changed there is for the next scan. Returns how many photos lie there.

        Raises:
            ClipViewError: they don't, or the library doesn't cover the old folder; nothing was changed.
        """
        place = real_folder(new)
        check_new_place(self.store.known_files(), old, place)
        count = self.store.reroot(old, place)
        if count is None:
            raise ClipViewError(f"The library doesn't cover {old}, so there is nothing to locate.")
        return count

    def _update_neighbours(self, model: Model) -> Generator[ScanStep, None, None]:
        """Bring the file of neighbours up to date, and keep its seal in the database."""
        file = self.neighbour_file(model)
        # Loading a large library only to find that nothing is new takes longer than the walk through its folders.
        unchanged = self.store.neighbours_are_current(model.model_id) and file.is_file()
        if model != self._models.active() or unchanged:
            return
        generation = self._memory.refresh().generation
        neighbours = self._memory.neighbours()
        if neighbours is None:
            return
        if not neighbours.pending:
            self.store.keep_neighbour_seal(model.model_id, generation)
            return
        for step in neighbours.catch_up(threads=usable_cores()):
            yield ScanStep(Phase.FINISHING, step.done, step.total)
        _make_folder(self.places.vectors)
        seal = neighbours.save(file)
        if seal is not None:
            self.store.put_neighbour_seal(model.model_id, json.dumps(asdict(seal)), generation)

    def keep_start_copy(self, rest: Callable[[], None] = lambda: None) -> None:
        """Make or renew what the next start is quick by, where that is due; see `StartCopy.keep`."""
        try:
            self.store.start_copy.keep(self._models.active(), rest)
        except (ClipViewError, OSError) as error:
            log.warning("the next start will take longer: %s", error)

    def back_up(self) -> None:
        """Copy the database if it changed since the last copy and that is old enough; only a warning if it fails."""
        try:
            backup.back_up_if_due(self.store, self.places.backups)
        except (ClipViewError, OSError) as error:
            log.warning("the library could not be backed up: %s", error)

    # ---- searching ----

    def search(self, query: Query) -> Results:
        """Rank the library's photos for a query.

        Raises:
            UnreadableImageError: an image term's file can't be read.
            ModelUnavailableError: the library's model is gone, or its weights were replaced.
        """
        loaded = self._searchable()
        return loaded.searcher.search(query, partial(self._queries.vector, loaded))

    def rank(self, query: Query, *, closest: int = 0) -> Ranking:
        """Rank as `search` does, and return arrays; raises the same.

        `closest`: how many photos to give, best first, when none passes the line.
        """
        loaded = self._searchable() if query.searches else self.in_memory
        encode, paperwork = partial(self._queries.vector, loaded), self._findings.current.paperwork
        return loaded.searcher.rank(query, encode, closest=closest, paperwork=paperwork)

    def anticipate(self, query: Query, *, closest: int = 0, wanted: Callable[[], bool] = lambda: True) -> None:
        """Rank a query that may be asked next, which `rank` then finds done; raises as `search`.

        See `Searcher.anticipate`.
        """
        loaded = self._searchable()
        encode, paperwork = partial(self._queries.vector, loaded), self._findings.current.paperwork
        loaded.searcher.anticipate(query, encode, closest=closest, paperwork=paperwork, wanted=wanted)

    @property
    def findings(self) -> Findings:
        """The groups and the paperwork that `refresh_findings` found last."""
        return self._findings.current

    def refresh_findings(self) -> Findings:
        """Look for groups and paperwork again if the library has changed; takes seconds in a large one."""
        return self._findings.refresh(self.in_memory if self._live else self._memory.refresh())

    def _word_on(self, loaded: Loaded) -> Strengths:
        encode = partial(self._queries.vector, loaded)
        return partial(described, loaded.searcher, encode)

    def explain(self, query: Query, photo_id: int) -> Explanation | None:
        """Tell why a photo has its place in the answer to a query; None when there is nothing to tell.

        Raises as `search` does.
        """
        loaded = self._searchable()
        encode, describe = partial(self._queries.vector, loaded), partial(self._queries.described, loaded)
        return explain(loaded.searcher, query, encode, describe, self._words(loaded), photo_id)

    def similar(self, path: Path, count: int) -> list[tuple[Path, float]]:
        """Return the photos that look most like an image file, best first, without that photo itself.

        The second value is the cosine of the model's vectors. Much faster than a search in a large library, since it
        looks at the neighbours only.
        """
        loaded = self._searchable()
        itself = self._queries.photo_at(path)
        vector = self._queries.vector(loaded, ImageTerm(path)).vector
        neighbours = self._memory.neighbours()
        assert neighbours is not None
        found = [each for each in neighbours.nearest(vector, count + 1) if each.photo_id != itself][:count]
        names = loaded.searcher.names([photo_id for photo_id, _ in found])
        return [(names[photo_id], cosine) for photo_id, cosine in found if photo_id in names]

    def similar_to(self, photo_id: int, count: int) -> list[int]:
        """Return the ids of the photos that look most like one of the library's own, best first, without itself.

        Empty when the photo has no vectors.
        """
        vectors = self._searchable().vectors
        neighbours = self._memory.neighbours()
        if vectors is None or neighbours is None or photo_id not in vectors.similar:
            return []
        found = neighbours.nearest(vectors.similar.vector(photo_id), count + 1)
        return [each.photo_id for each in found if each.photo_id != photo_id][:count]

    def change(self, change: Change) -> Change:
        """Change what a person says of photos, or an album; returns what undoes it. See `Personal.change`."""
        return self.store.personal.change(change)

    def thumbnail(self, photo_id: int) -> bytes | None:
        """Return a photo's thumbnail as JPEG, or None when it has none."""
        return None if self.thumbnails is None else self.thumbnails.get(photo_id)

    def classify(self, paths: Sequence[Path], labels: Sequence[str]) -> Iterator[Classified]:
        """Tell for each image file which of the labels it shows; see `Classifier`.

        Raises:
            UsageError, UnreadableImageError, ModelUnavailableError
        """
        model, encoder = self._models.active(), self._models.encoder(self.model)
        bank = encode_bank(encoder) if model is None else self._models.bank(model)
        classifier = Classifier(encoder, labels, bank)
        for path in paths:
            yield classifier.classify(path, self._queries.for_words(encoder, path))

    def refresh(self, *, settled: bool = True) -> Loaded:
        """Bring what searches look at up to date with the database; see `Memory.refresh`.

        Needed only for a `live` library, whose searches never do it themselves.
        """
        return self._memory.refresh(settled=settled)

    @property
    def in_memory(self) -> Loaded:
        """What a search without terms would look at now, loaded without vectors when nothing is."""
        return (self._memory.current or self._memory.load_table()) if self._live else self._memory.refresh()

    def _searchable(self) -> Loaded:
        """Return what is loaded, with vectors."""
        loaded = self._memory.current if self._live else None
        if loaded is None or loaded.vectors is None:
            loaded = self._memory.refresh()
        if loaded.model is None:
            raise ClipViewError("This library has no photos yet. Add some with `clipview index FOLDER`.")
        return loaded

    def forget_neighbours(self) -> None:
        """Drop the files of neighbours; the next scan builds them again."""
        self._memory.forget()
        for model in self.store.models():
            self.neighbour_file(model).unlink(missing_ok=True)
            self.store.drop_neighbour_seal(model.model_id)

    def neighbour_file(self, model: Model) -> Path:
        """Where a model's neighbours are kept."""
        return self.places.vectors / f"neighbours-{model.model_id}.hnsw"

    def _keep(self, write: Callable[[Store], None]) -> None:
        """Cache something in the database if that is possible now: a reader may be beside a writer."""
        if self._write:
            write(self.store)
            return
        with (
            suppress(ClipViewError),
            library_lock(self.places.lock, wait_s=0.0),
            Store.open(self.places.database, write=True) as store,
        ):
            write(store)

    # ---- models ----

    @property
    def model(self) -> str:
        """The model that searches use."""
        return self._models.name

    @property
    def wanted_model(self) -> str:
        """The model that scans build vectors of."""
        return self._models.wanted

    def use_model(self, name: str) -> bool:
        """Choose the model for scans, and for searches once all photos have its vectors.

        Returns whether searches use it from now on; raises ModelUnavailableError when it isn't on this machine.
        """
        return self._models.use(name)

    def warm_up(self) -> None:
        """Load what the first query in words would otherwise wait for.

        Raises:
            ModelUnavailableError: the model that searches use is gone.
        """
        self._models.warm_up()

    @property
    def is_warm(self) -> bool:
        """Whether a query in words is answered without loading a model first."""
        return self._models.is_warm

    @property
    def model_in_use(self) -> Model | None:
        """The model whose vectors searches use, with its weights; None while there are no vectors."""
        return self._models.active()

    # ---- what it holds ----

    def status(self) -> Status:
        """Tell what the library holds."""
        active = self._models.active()
        return Status(
            counts=self.store.counts(None if active is None else active.model_id),
            model=self.model,
            wanted_model=self.wanted_model,
            folders=tuple(self.store.folders()),
            database_bytes=_size_bytes(self.places.database),
            thumbnail_bytes=_size_bytes(self.places.thumbnails),
            vector_bytes=sum(
                _size_bytes(path) for path in (*self.places.vectors.glob("*.hnsw"), self.store.start_copy.path)
            ),
        )


def _thumbnails(path: Path, owner: str | None, *, write: bool) -> ThumbnailStore | None:
    if not write and not path.exists():
        return None
    try:
        return ThumbnailStore(path, write=write, owner=owner)
    except ClipViewError as error:
        if write:
            raise
        log.info("searching goes on without thumbnails: %s", error)
        return None


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClipViewError(
            f"The folder {path} can't be made ({error.strerror}). Choose another place with --library."
        ) from error


def _size_bytes(path: Path) -> int:
    """Size of a file and of the journal beside it; 0 when it is missing."""
    total = 0
    for name in (path.name, path.name + "-wal"):
        with suppress(OSError):
            total += path.with_name(name).stat().st_size
    return total
