"""Tags: what photos have, what is in doubt, and what a person says of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipview.core.prompts import Tag
from clipview.core.tag_changes import TagChange


@dataclass(frozen=True, slots=True)
class ListTags:
    """Name the tags that photos have, and how many are unsure."""


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag as the sidebar lists it."""

    name: str
    group: str
    """Empty for one that the vocabulary doesn't know: typed by hand, or read from files."""
    parent: str | None
    taught: bool
    photos: int
    by_hand: int
    """Of these, confirmed, typed, or read from the file."""
    unsure: int


@dataclass(frozen=True, slots=True)
class TagList:
    """The tags that a photo has or may have, by name, and all that could be given."""

    tags: tuple[TagRow, ...]
    words: tuple[str, ...]
    """The vocabulary's other names, to complete what somebody types."""
    stale: int = 0
    """Photos that were tagged by another vocabulary, model or rule than counts now."""

    @property
    def unsure(self) -> int:
        """How many pairs wait for an answer."""
        return sum(tag.unsure for tag in self.tags)


@dataclass(frozen=True, slots=True)
class TagPhotos:
    """Decide from stored vectors which tags photos deserve; all photos when nothing is named."""

    photo_ids: tuple[int, ...] | None = None
    folder: Path | None = None
    album: str | None = None
    stale_only: bool = False
    """Only photos that were never tagged, or by another vocabulary, model or rule."""
    tagged_before: bool = False
    """Without those that were never tagged."""


@dataclass(frozen=True, slots=True)
class StopTagging:
    """End tagging; what was decided before stays as it was."""


@dataclass(frozen=True, slots=True)
class TaggingProgress:
    """How far tagging has come."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TaggingEnded:
    """Photos were tagged, or not: then `failure` says why, unless somebody stopped it."""

    done: bool
    photos: int = 0
    """Photos that were looked at."""
    added: tuple[tuple[str, int], ...] = ()
    """The tags that more photos have now than before, with how many more, most first."""
    unsure: int = 0
    """Pairs that a person should be asked about."""
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class TaughtTag:
    """What came of teaching a tag."""

    learned: bool
    """Whether held-out examples show that the lesson was understood; if not, nothing was applied by itself."""
    told_apart: float
    """How well held-out examples were told apart: 0.5 is guessing, 1 is always right."""
    found: int
    """Further photos that it was applied to."""
    unsure: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A photo and a tag that somebody should be asked about."""

    photo_id: int
    tag: str
    confidence: float


@dataclass(frozen=True, slots=True)
class MakeTagChange:
    """Change answers, tags or the vocabulary."""

    number: int
    change: TagChange


@dataclass(frozen=True, slots=True)
class TagChangeMade:
    """A change was made, or refused: then `failure` says why."""

    number: int
    undo: TagChange | None
    taught: TaughtTag | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class ListReview:
    """Name the pairs to ask about next, of one tag or of all."""

    number: int
    count: int
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The pairs to ask about next, the most useful first."""

    number: int
    tag: str | None
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ExplainTag:
    """Tell what speaks for a tag of a photo."""

    number: int
    photo_id: int
    tag: str


@dataclass(frozen=True, slots=True)
class TagExplained:
    """What speaks for a tag of a photo, or against it."""

    number: int
    photo_id: int
    tag: str
    better_than: float | None
    """The percentage of the library's photos that fit the tag's words less; None when nobody can tell."""
    words: tuple[str, ...]
    """The vocabulary's words that the photo stands out by, closest first."""


@dataclass(frozen=True, slots=True)
class LookAtTag:
    """Tell how sure the model is of each photo and a tag."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class TagConfidences:
    """How sure the model is of a tag, of photos that nobody was asked about, surest first."""

    number: int
    name: str
    line: float
    """The confidence from which it is applied now."""
    usual_line: float
    photo_ids: NDArray[np.int64]
    confidence: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ListVocabulary:
    """Name all tags that there can be."""

    number: int


@dataclass(frozen=True, slots=True)
class VocabularyList:
    """The library's vocabulary."""

    number: int
    tags: tuple[Tag, ...]
    disabled: tuple[str, ...]
    own_file: Path
    stale: int
    """Photos that were never tagged, or by another vocabulary, model or rule."""


@dataclass(frozen=True, slots=True)
class TakeVocabulary:
    """Copy a vocabulary file of somebody's into the library."""

    file: Path


TAG_REQUESTS = (
    ListTags, TagPhotos, MakeTagChange, ListReview, LookAtTag, ListVocabulary, TakeVocabulary,
)  # fmt: skip
"""What the lane of tags takes, besides `StopTagging` and `ExplainTag`."""

TAG_ANSWERS = (
    TagList, TaggingProgress, TaggingEnded, TagChangeMade, ReviewList, TagExplained, TagConfidences, VocabularyList,
)  # fmt: skip
