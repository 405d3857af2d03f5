"""One pass of tagging: tags, vectors and answers in, decisions out; knows neither files nor database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.errors import ClipViewError
from clipview.core.neutral import Neutral
from clipview.core.probe import Probe
from clipview.core.prompts import TOO_SPECIAL, Tag
from clipview.core.store import Model
from clipview.core.store.tagging import Answers, AutomaticTags, TagRow
from clipview.core.tagging.decisions import (
    ACCEPT_FROM,
    UNSURE_FROM,
    Answered,
    Decided,
    Pairs,
    Places,
    Relations,
    decide,
)
from clipview.core.tagging.lines import BACKGROUND_PHOTOS, Lesson, adjustment, optimism, teach
from clipview.core.tagging.pairs import SPECIAL_LOG_ODDS, PairScale, log_odds
from clipview.core.tagging.scoring import Learned, Photos, confident_pairs, photo_features
from clipview.core.types import Matrix

Automatic = Pairs
"""Pairs of one block, with photos by their place among all."""

_NEVER = 2.0
"""A line that no confidence reaches."""


class Basis(Struct, frozen=True, eq=False):
    """What a library holds for tagging, at one moment."""

    model: Model
    built_in: bool
    """Whether it is the starter encoder, which can't see everything."""
    photos: Photos
    bank: Matrix
    """Vectors of neutral texts."""
    scale: PairScale
    background: NDArray[np.int64]
    """Ids of photos that stand for the library, in an order that doesn't depend on indexing."""
    neutral: Neutral | None
    """How the photos answer to the bank, where searches have found out; in their order."""

    def background_features(self, taken: Places) -> Matrix:
        """Return what probes learn from of photos that stand for the library, without those in the places `taken`."""
        order = np.argsort(self.photos.ids, kind="stable")
        rows = order[np.searchsorted(self.photos.ids, self.background, sorter=order)]
        chosen = rows[~np.isin(rows, taken)][:BACKGROUND_PHOTOS]
        return photo_features(self.photos.take(chosen), self.bank)[0]


class Tagger:
    """Decides for one state of a library."""

    def __init__(
        self,
        basis: Basis,
        tags: Sequence[Tag],
        texts: Matrix,
        rows: Mapping[str, TagRow],
        taught: Sequence[TagRow],
        answers: Answers,
    ) -> None:
        """Take what there is to decide on, and learn from the answers.

        Args:
            basis: of the library.
            tags: the vocabulary's, without those that the model can't see.
            texts: their vectors, shape (tags, dim).
            rows: the tags that the database knows, by casefolded name.
            taught: the tags that were taught.
            answers: what people said.
        """
        everything = [*tags, *(Tag(row.name, "taught", (row.name,)) for row in taught)]
        self.names = [tag.name for tag in everything]
        known = [rows.get(name.casefold()) for name in self.names]
        self.tag_ids = [-1 if row is None else row.tag_id for row in known]
        self.relations = Relations(everything)
        self.lessons: dict[int, Lesson] = {}
        self._basis = basis
        self._before = np.where(self.relations.depths < TOO_SPECIAL, 0.0, SPECIAL_LOG_ODDS)
        self._texts = np.concatenate([texts, np.zeros((len(taught), basis.bank.shape[1]), np.float32)])
        self._first_taught = len(tags)
        self._lines = np.array([ACCEPT_FROM if row is None or row.line is None else row.line for row in known])
        self._row_of = {photo_id: row for row, photo_id in enumerate(basis.photos.ids.tolist())}
        place_of = {tag_id: place for place, tag_id in enumerate(self.tag_ids)}
        usable = [
            (at, self._row_of.get(photo_id, -1), place_of.get(tag_id, -1))
            for at, (photo_id, tag_id) in enumerate(
                zip(answers.photo_ids.tolist(), answers.tag_ids.tolist(), strict=True)
            )
        ]
        kept = np.array([each for each in usable if each[1] >= 0 and each[2] >= 0], np.intp).reshape(-1, 3)
        self._answered = Answered(kept[:, 1], kept[:, 2], answers.yes[kept[:, 0]])
        self._asked = answers.asked[kept[:, 0]]
        self._shift, self._learned = self._learn()

    def is_taught(self, tag_id: int) -> bool:
        """Tell whether a tag is one of the taught ones."""
        return tag_id in self.tag_ids[self._first_taught :]

    def family(self, tag_id: int) -> Places:
        """Return the places of a tag and of all whose decisions depend on it; empty when it isn't one of these tags."""
        if tag_id not in self.tag_ids:
            return np.empty(0, np.intp)
        above, sets = self.relations.ancestors, self.relations.sets
        member = np.zeros(len(self.names), np.bool_)
        member[self.tag_ids.index(tag_id)] = True
        while True:
            related = above[member][above[member] >= 0]
            grown = (
                member | np.isin(np.arange(len(member)), related) | np.isin(above, np.flatnonzero(member)).any(axis=1)
            )
            grown |= np.isin(sets, np.unique(sets[grown])) & (sets >= 0)
            if (grown == member).all():
                return np.flatnonzero(member)
            member = grown

    def each_block(
        self, photos: Photos, columns: Places | None = None, floor: float | None = None
    ) -> Iterator[tuple[int, Automatic]]:
        """Score photos in blocks, each with how many photos are done; only these tags, all when None.

        `floor`: the least confidence that matters; when None, that from which a pair is applied or asked about.
        """
        texts, before, learned = self._texts, self._before, self._learned
        if columns is not None:
            texts, before, learned = texts[columns], before[columns], _narrowed(learned, columns)
        least = min(UNSURE_FROM, float(self._lines.min(initial=1.0))) if floor is None else floor
        for start, block in photos.blocks():
            pairs = confident_pairs(
                block, texts, before, self._basis.bank, self._basis.scale, self._shift, learned, least
            )
            tags = pairs.tags if columns is None else columns[pairs.tags]
            yield start + len(block), Pairs(pairs.photos + start, tags, pairs.confidence)

    def decide(self, photos: Photos, parts: Sequence[Automatic], columns: Places | None = None) -> Decided:
        """Decide on the pairs of all blocks of these photos."""
        pairs = Pairs(
            np.concatenate([np.empty(0, np.intp), *(part.photos for part in parts)]),
            np.concatenate([np.empty(0, np.intp), *(part.tags for part in parts)]),
            np.concatenate([np.empty(0), *(part.confidence for part in parts)]),
        )
        lines = self._lines.copy()
        # A lesson that was not surely understood proposes, but doesn't act.
        lines[[place for place, lesson in self.lessons.items() if not lesson.check.learned]] = _NEVER
        place_of = np.full(len(self._basis.photos), -1, np.intp)
        place_of[[self._row_of[photo_id] for photo_id in photos.ids.tolist()]] = np.arange(len(photos))
        said = place_of[self._answered.photos]
        kept = said >= 0
        if columns is not None:
            kept &= np.isin(self._answered.tags, columns)
        answered = Answered(said[kept], self._answered.tags[kept], self._answered.yes[kept])
        return decide(pairs, self.relations, lines, answered)

    def confidence_of(self, name: str, photos: Photos) -> dict[int, float]:
        """Return a tag's confidence by photo id, for photos that nobody was asked about and where it isn't next to 0.

        Raises:
            ClipViewError: there is no such tag.
        """
        place = next((at for at, each in enumerate(self.names) if each.casefold() == name.casefold()), None)
        if place is None:
            raise ClipViewError(f"There is no tag {name!r} that this model proposes. `clipview tags` lists the tags.")
        parts = [part for _, part in self.each_block(photos, np.array([place], np.intp), floor=0.0)]
        said = set(self._basis.photos.ids[self._answered.photos[self._answered.tags == place]].tolist())
        rows = np.concatenate([np.empty(0, np.intp), *(part.photos for part in parts)])
        confidence = np.concatenate([np.empty(0), *(part.confidence for part in parts)])
        pairs = zip(photos.ids[rows].tolist(), confidence.tolist(), strict=True)
        return {photo_id: value for photo_id, value in pairs if photo_id not in said}

    def rows(self, photos: Photos, decided: Decided) -> AutomaticTags:
        """Return decisions as the database keeps them."""
        ids = np.array(self.tag_ids, np.int64)
        pairs = decided.pairs
        return AutomaticTags(ids[pairs.tags], photos.ids[pairs.photos], pairs.confidence, decided.accepted)

    def _learn(self) -> tuple[float, Learned]:
        basis, answered = self._basis, self._answered
        dim = basis.bank.shape[0] + basis.photos.similar.shape[1]
        if not len(answered.photos):
            return 0.0, Learned.of({}, dim)
        rows, row_of = np.unique(answered.photos, return_inverse=True)
        features, theirs = photo_features(basis.photos.take(rows), basis.bank)
        scores = np.einsum("nd,nd->n", basis.photos.search[answered.photos], self._texts[answered.tags])
        odds = log_odds(scores.astype(np.float32), theirs, row_of, basis.scale) + self._before[answered.tags]
        # Keywords are there because they are right: they would make any model look too shy.
        by_words = (answered.tags < self._first_taught) & self._asked
        shift = optimism(answered.yes[by_words], odds[by_words])
        odds += shift
        probes: dict[int, tuple[Probe, bool]] = {}
        for place in np.unique(answered.tags).tolist():
            which = np.flatnonzero(answered.tags == place)
            theirs_features, yes = features[row_of[which]], answered.yes[which]
            if place < self._first_taught:
                probes[place] = (adjustment(theirs_features, yes, odds[which]), False)
            else:
                lesson = teach(theirs_features, yes, basis.background_features(answered.photos[which]))
                self.lessons[place] = lesson
                probes[place] = (lesson.calibrated, True)
        return shift, Learned.of(probes, dim)


def _narrowed(learned: Learned, columns: Places) -> Learned:
    """Keep what belongs to these tags, whose places are now those in `columns`."""
    kept = np.isin(learned.columns, columns)
    return Learned(
        np.searchsorted(columns, learned.columns[kept]),
        learned.weights[:, kept],
        learned.biases[kept],
        learned.from_nothing[kept],
    )
