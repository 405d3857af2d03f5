"""The use cases of tags in one library: tag photos, take answers, teach, review, list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.errors import ClipViewError
from clipview.core.probe import Check
from clipview.core.prompts import Tag, Vocabulary, read_vocabulary
from clipview.core.store import Model, Store
from clipview.core.store.tagging import AutomaticTags, Ids, TagCount
from clipview.core.tagging import review
from clipview.core.tagging.lines import Lesson
from clipview.core.tagging.pairs import RULE
from clipview.core.tagging.scoring import Photos
from clipview.core.tagging.tagger import Automatic, Basis, Tagger
from clipview.core.tagging.vocabularies import Vocabularies, signature
from clipview.core.types import Matrix, PhotoTag, Source

_MIN_EXAMPLES = 3


class TagStep(Struct, frozen=True):
    """How far tagging has come; given between blocks of photos, where it may also be stopped."""

    done: int
    total: int


class TagSummary(Struct, frozen=True):
    """What tagging gave."""

    tagged: int
    """Photos that were looked at."""
    photos: dict[str, int]
    """How many of them each tag was applied to by itself, most frequent first."""
    unsure: int
    """Pairs that a person should be asked about."""
    added: dict[str, int]
    """How many more photos than before have a tag by itself, most first; none where nothing is kept."""


class Taught(Struct, frozen=True):
    """What came of teaching a tag."""

    check: Check
    found: int
    """Further photos that it was applied to."""
    unsure: int
    changes: tuple[int, ...] = ()
    """The numbers of the changes of answers, for `undo`."""


class ShownTags(Struct, frozen=True, eq=False):
    """Which photos have which tags, wherever they come from."""

    photo_ids: Ids
    """Ascending."""
    names: tuple[str, ...]
    photos: NDArray[np.bool_]
    """Shape (photos, names)."""
    vocabulary: Vocabulary


class LibraryTags:
    """A library's tags. Reading is safe from any thread; tagging, answering and teaching belong to the writer's."""

    def __init__(
        self,
        store: Store,
        vocabularies: Vocabularies,
        basis: Callable[[], Basis],
        encode: Callable[[Model, Sequence[Tag]], Matrix],
        model: Callable[[], Model | None],
    ) -> None:
        """Take where things come from.

        Args:
            store: the database.
            vocabularies: which tags there are.
            basis: gives the photos' vectors and what their scores are measured against.
            encode: gives the tags' vectors, each its prompts averaged, shape (tags, dim).
            model: gives the model that searches use, without reading its vectors; None while there is none.
        """
        self._store, self.vocabularies, self._basis, self._encode = store, vocabularies, basis, encode
        self._model = model

    # ---- tagging ----

    def tag(
        self, photo_ids: Collection[int] | None = None, *, vocabulary: Path | None = None, dry_run: bool = False
    ) -> Generator[TagStep, None, TagSummary]:
        """Decide from stored vectors which tags photos deserve, and keep that; no file is read.

        What people said stays, and what was decided for these photos before is replaced.

        Args:
            photo_ids: these photos; all when None. Those without vectors are left out.
            vocabulary: a file to use instead of the library's vocabulary.
            dry_run: keep nothing.

        Raises:
            ClipViewError: a vocabulary makes no sense, or the library has no vectors yet.
        """
        words = self.vocabularies.read() if vocabulary is None else read_vocabulary(vocabulary)
        basis = self._basis()
        tagger = self._tagger(basis, words, make=not dry_run)
        photos = basis.photos
        if photo_ids is not None:
            wanted = np.fromiter(photo_ids, np.int64, len(photo_ids))
            photos = photos.take(np.flatnonzero(np.isin(photos.ids, wanted)))
        done: list[Automatic] = []
        for done_photos, part in tagger.each_block(photos):
            done.append(part)
            yield TagStep(done_photos, len(photos))
        decided = tagger.decide(photos, done)
        added: dict[str, int] = {}
        if not dry_run:
            before = self._store.tags.automatic_counts()
            self._store.tags.put_automatic(
                photos.ids, tagger.rows(photos, decided), self._signature(words, basis.model)
            )
            grown = {name: n - before.get(name, 0) for name, n in self._store.tags.automatic_counts().items()}
            added = {
                name: more for name, more in sorted(grown.items(), key=lambda each: (-each[1], each[0])) if more > 0
            }
        counts = np.bincount(decided.pairs.tags[decided.accepted], minlength=len(tagger.names))
        order = sorted(np.flatnonzero(counts).tolist(), key=lambda place: (-counts[place], tagger.names[place]))
        return TagSummary(
            tagged=len(photos),
            photos={tagger.names[place]: int(counts[place]) for place in order},
            unsure=int(np.count_nonzero(~decided.accepted)),
            added=added,
        )

    def outdated(self) -> int:
        """Count the tagged photos that another vocabulary, model or rule tagged; reads no vectors."""
        model = self._model()
        if model is None:
            return 0
        return self._store.tags.tagged_otherwise(self._signature(self.vocabularies.read(), model), model.model_id)

    def stale(self) -> int:
        """Count the photos with vectors that were never tagged, or by another vocabulary, model or rule."""
        return len(self.stale_photos())

    def chosen(
        self,
        *,
        photo_ids: Collection[int] | None = None,
        folders: Sequence[Path] = (),
        album: str | None = None,
        stale: bool = False,
        tagged_before: bool = False,
    ) -> list[int] | None:
        """Return the photos of which all of this is true, for `tag`; None when nothing is asked of them.

        Args:
            photo_ids: they are among these.
            folders: they lie in one of these.
            album: they are in this one.
            stale: `stale` counts them.
            tagged_before: not those that were never tagged; with `stale`.
        """
        asked = [] if photo_ids is None else [set(photo_ids)]
        if folders:
            asked.append(set(self._store.tags.photos_in(folders).tolist()))
        if album is not None:
            asked.append(set(self._store.members.in_album(album).tolist()))
        if stale:
            asked.append(set(self.stale_photos(tagged_before=tagged_before)))
        return sorted(set.intersection(*asked)) if asked else None

    def stale_photos(self, *, tagged_before: bool = False) -> list[int]:
        """Return the photos that `stale` counts; with `tagged_before`, without those that were never tagged."""
        basis = self._basis()
        now = self._signature(self.vocabularies.read(), basis.model)
        signatures = self._store.tags.signatures()
        return [
            photo_id
            for photo_id in basis.photos.ids.tolist()
            if signatures.get(photo_id) != now and (photo_id in signatures or not tagged_before)
        ]

    # ---- what people say ----

    def answer(self, name: str, photo_ids: Collection[int], *, yes: bool) -> int:
        """Confirm a proposed tag of photos, or reject it for good; the tag's line moves at once.

        Returns the number of the change, for `undo`.

        Raises:
            ClipViewError: there is no such tag.
        """
        return self._change(self._known(name), photo_ids, Source.CONFIRMED if yes else Source.REJECTED)

    def give(self, name: str, photo_ids: Collection[int]) -> int:
        """Give photos a tag by hand, making it when it is new; returns the number of the change, for `undo`."""
        words = " ".join(name.split())
        if not words:
            raise ClipViewError("A tag needs a name: type one.")
        return self._change(self._store.tags.ids([words])[words], photo_ids, Source.TYPED)

    def take_back(self, name: str, photo_ids: Collection[int]) -> int:
        """Forget what was said of photos and a tag; returns the number of the change, for `undo`."""
        return self._change(self._known(name), photo_ids, None)

    def undo(self, change: int | None = None) -> bool:
        """Undo one change, the last when None; returns whether there was one."""
        tag_ids = self._store.tags.undo(change)
        for tag_id in tag_ids:
            self._renew(tag_id)
        return bool(tag_ids)

    # ---- taught tags ----

    def teach(self, name: str, wanted: Collection[int], unwanted: Collection[int] = ()) -> Taught:
        """Make a tag of examples, or teach one more of them, and apply it to what is like them.

        When held-out examples don't show that the lesson was understood, nothing is applied: what was found stays
        unsure, for a person to answer.

        Raises:
            ClipViewError: too few examples, or the name is one of the vocabulary's.
        """
        words = " ".join(name.split())
        if self.vocabularies.read().named(words) is not None:
            raise ClipViewError(f"The vocabulary has a tag {words!r} already: choose another name to teach.")
        known = self._store.tags.named(words)
        before = 0 if known is None else len(self._store.tags.photos_with(words))
        if len(wanted) + before < _MIN_EXAMPLES:
            raise ClipViewError(f"The tag {words!r} needs at least {_MIN_EXAMPLES} example photos: choose more.")
        tag_id = self._store.tags.ids([words])[words]
        self._store.tags.set_taught(tag_id, taught=True)
        changes = [self._store.tags.answer(tag_id, wanted, Source.TYPED)]
        if unwanted:
            changes.append(self._store.tags.answer(tag_id, unwanted, Source.REJECTED))
        tagger = self._renew(tag_id)
        lesson: Lesson = tagger.lessons[tagger.names.index(words if known is None else known.name)]
        count = next(each for each in self._store.tags.counts() if each.name.casefold() == words.casefold())
        return Taught(lesson.check, count.photos - count.by_hand, count.unsure, tuple(changes))

    def likelihoods(self, name: str) -> dict[int, float]:
        """Return how sure the model is that each photo deserves a tag, where it is at all; answered ones left out."""
        basis = self._basis()
        return self._tagger(basis, self.vocabularies.read(), make=False).confidence_of(name, basis.photos)

    # ---- lists ----

    def counts(self) -> list[TagCount]:
        """Return every tag that a present photo has, or may have, with how many, by name."""
        return self._store.tags.counts()

    def of_photo(self, photo_id: int) -> list[PhotoTag]:
        """Return a photo's tags and where they come from, then the doubtful and the refused ones."""
        return self._store.tags.of_photo(photo_id)

    def tagged(self, name: str) -> Ids:
        """Return the ids of the photos that have a tag, ascending."""
        return self._store.tags.photos_with(name)

    def shown(self, photo_ids: Ids) -> ShownTags:
        """Tell which tags some photos with vectors have; those that were never tagged are decided on now, unkept."""
        photo_ids, vocabulary = np.unique(photo_ids), self.vocabularies.read()
        columns: dict[str, int] = {}
        pairs = [
            (int(np.searchsorted(photo_ids, photo_id)), columns.setdefault(name.casefold(), len(columns)))
            for photo_id, name, source in self._store.tags.of_photos(photo_ids.tolist())
            if source is not Source.REJECTED
        ]
        names = {name.casefold(): name for name in (each.name for each in self._store.tags.all())}
        untagged = np.setdiff1d(photo_ids, self._store.tags.tagged_photo_ids())
        if len(untagged):
            basis = self._basis()
            tagger = self._tagger(basis, vocabulary, make=False)
            photos = basis.photos.take(np.flatnonzero(np.isin(basis.photos.ids, untagged)))
            decided = tagger.decide(photos, [part for _, part in tagger.each_block(photos)])
            accepted = decided.pairs.take(decided.accepted)
            rows = np.searchsorted(photo_ids, photos.ids[accepted.photos]).tolist()
            named = [tagger.names[tag] for tag in accepted.tags.tolist()]
            pairs += [
                (row, columns.setdefault(name.casefold(), len(columns))) for row, name in zip(rows, named, strict=True)
            ]
            names |= {name.casefold(): name for name in named}
        table = np.zeros((len(photo_ids), len(columns)), np.bool_)
        if pairs:
            table[tuple(np.array(pairs).T)] = True
        return ShownTags(photo_ids, tuple(names[each] for each in columns), table, vocabulary)

    def review(self, count: int, name: str | None = None) -> list[review.Question]:
        """Return the doubtful pairs to ask about next, of one tag or of all, the most useful first."""
        unsure = self._store.tags.unsure()
        names = {row.tag_id: row.name for row in self._store.tags.all()}
        if name is not None:
            which = unsure.tag_ids == self._known(name)
            unsure = AutomaticTags(
                unsure.tag_ids[which], unsure.photo_ids[which], unsure.confidence[which], unsure.accepted[which]
            )
        places = review.order(unsure, self._store.tags.answers().tag_ids, count)
        return [
            review.Question(int(unsure.photo_ids[at]), names[int(unsure.tag_ids[at])], float(unsure.confidence[at]))
            for at in places
        ]

    # ---- the line of a tag ----

    def line(self, name: str) -> float | None:
        """Return the confidence from which a tag is applied; None for the usual one."""
        row = self._store.tags.named(name)
        return None if row is None else row.line

    def set_line(self, name: str, line: float | None) -> None:
        """Apply a tag from this confidence on; None for the usual one."""
        tag_id = self._known(name)
        self._store.tags.set_line(tag_id, line)
        self._renew(tag_id)

    # ---- the tags themselves ----

    def knows(self, name: str) -> bool:
        """Tell whether there is a tag of this name, in whatever case."""
        return self._store.tags.named(" ".join(name.split())) is not None

    def rename(self, old: str, new: str) -> None:
        """Give a tag another name, in the vocabulary and for all photos.

        Raises:
            ClipViewError: there is no such tag, or the name is taken.
        """
        words = " ".join(new.split())
        taken = self._store.tags.named(words)
        known = self._store.tags.named(old)
        if taken is not None and (known is None or taken.tag_id != known.tag_id):
            raise ClipViewError(f"The tag {old!r} can't be called {words!r}: choose a name that no other tag has.")
        if known is None or self.vocabularies.read().named(old) is not None:
            self.vocabularies.rename(old, words)
        if known is not None:
            self._store.tags.rename(known.tag_id, words)

    def forget(self, name: str) -> None:
        """Forget a tag with all that was said of it, and leave it out of the vocabulary."""
        if self.vocabularies.read().named(name) is not None:
            self.vocabularies.disable(name)
        known = self._store.tags.named(name)
        if known is not None:
            self._store.tags.forget(known.tag_id)

    # ---- private ----

    def _known(self, name: str) -> int:
        row = self._store.tags.named(name)
        if row is None:
            raise ClipViewError(f"There is no tag {name!r}. `clipview tags` lists them.")
        return row.tag_id

    def _change(self, tag_id: int, photo_ids: Collection[int], source: Source | None) -> int:
        change = self._store.tags.answer(tag_id, photo_ids, source)
        self._renew(tag_id)
        return change

    def _renew(self, tag_id: int) -> Tagger:
        """Decide anew on a tag and on those that depend on it, for all photos that were tagged."""
        basis = self._basis()
        tagger = self._tagger(basis, self.vocabularies.read(), make=True)
        photos = basis.photos if tagger.is_taught(tag_id) else self._tagged(basis)
        columns = tagger.family(tag_id)
        if len(columns):
            decided = tagger.decide(photos, [part for _, part in tagger.each_block(photos, columns)], columns)
            ids = [tagger.tag_ids[place] for place in columns.tolist()]
            self._store.tags.put_automatic_of_tags(ids, tagger.rows(photos, decided))
        return tagger

    def _tagged(self, basis: Basis) -> Photos:
        tagged = self._store.tags.tagged_photo_ids()
        return basis.photos.take(np.flatnonzero(np.isin(basis.photos.ids, tagged)))

    def _tagger(self, basis: Basis, vocabulary: Vocabulary, *, make: bool) -> Tagger:
        """Prepare tagging; `make` notes tags that the database doesn't know yet."""
        tags = [tag for tag in vocabulary.tags if tag.starter or not basis.built_in]
        names = {tag.name for tag in tags}
        if make:
            self._store.tags.ids([tag.name for tag in tags])
        rows = {row.name.casefold(): row for row in self._store.tags.all()}
        taught = [row for row in rows.values() if row.taught and row.name not in names]
        return Tagger(basis, tags, self._encode(basis.model, tags), rows, taught, self._store.tags.answers())

    def _signature(self, vocabulary: Vocabulary, model: Model) -> str:
        return signature(vocabulary, model.fingerprint, RULE)
