"""Tags: what photos have, what is in doubt, and what a person says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from clipview.core.tag_changes import TagChange

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from clipview.core.prompts import Tag


class ListTags(Struct, frozen=True):
    """Name the tags that photos have, and how many are unsure."""


class TagRow(Struct, frozen=True):
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


class TagList(Struct, frozen=True):
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


class TagPhotos(Struct, frozen=True):
    """Decide from stored vectors which tags photos deserve; all photos when nothing is named."""

    photo_ids: tuple[int, ...] | None = None
    folder: Path | None = None
    album: str | None = None
    stale_only: bool = False
    """Only photos that were never tagged, or by another vocabulary, model or rule."""
    tagged_before: bool = False
    """Without those that were never tagged."""


class StopTagging(Struct, frozen=True):
    """End tagging; what was decided before stays as it was."""


class TaggingProgress(Struct, frozen=True):
    """How far tagging has come."""

    done: int
    total: int


class TaggingEnded(Struct, frozen=True):
    """Photos were tagged, or not: then `failure` says why, unless somebody stopped it."""

    done: bool
    photos: int = 0
    """Photos that were looked at."""
    added: tuple[tuple[str, int], ...] = ()
    """The tags that more photos have now than before, with how many more, most first."""
    unsure: int = 0
    """Pairs that a person should be asked about."""
    failure: str | None = None


class TaughtTag(Struct, frozen=True):
    """What came of teaching a tag."""

    learned: bool
    """Whether held-out examples show that the lesson was understood; if not, nothing was applied by itself."""
    told_apart: float
    """How well held-out examples were told apart: 0.5 is guessing, 1 is always right."""
    found: int
    """Further photos that it was applied to."""
    unsure: int


class Pair(Struct, frozen=True):
    """A photo and a tag that somebody should be asked about."""

    photo_id: int
    tag: str
    confidence: float


class MakeTagChange(Struct, frozen=True):
    """Change answers, tags or the vocabulary."""

    number: int
    change: TagChange


class TagChangeMade(Struct, frozen=True):
    """A change was made, or refused: then `failure` says why."""

    number: int
    undo: TagChange | None
    taught: TaughtTag | None = None
    failure: str | None = None


class ListReview(Struct, frozen=True):
    """Name the pairs to ask about next, of one tag or of all."""

    number: int
    count: int
    tag: str | None = None


class ReviewList(Struct, frozen=True):
    """The pairs to ask about next, the most useful first."""

    number: int
    tag: str | None
    pairs: tuple[Pair, ...]


class ExplainTag(Struct, frozen=True):
    """Tell what speaks for a tag of a photo."""

    number: int
    photo_id: int
    tag: str


class TagExplained(Struct, frozen=True):
    """What speaks for a tag of a photo, or against it."""

    number: int
    photo_id: int
    tag: str
    better_than: float | None
    """The percentage of the library's photos that fit the tag's words less; None when nobody can tell."""
    words: tuple[str, ...]
    """The vocabulary's words that the photo stands out by, closest first."""


class LookAtTag(Struct, frozen=True):
    """Tell how sure the model is of each photo and a tag."""

    number: int
    name: str


class TagConfidences(Struct, frozen=True, eq=False):
    """How sure the model is of a tag, of photos that nobody was asked about, surest first."""

    number: int
    name: str
    line: float
    """The confidence from which it is applied now."""
    usual_line: float
    photo_ids: NDArray[np.int64]
    confidence: NDArray[np.float32]


class ListVocabulary(Struct, frozen=True):
    """Name all tags that there can be."""

    number: int


class VocabularyList(Struct, frozen=True):
    """The library's vocabulary."""

    number: int
    tags: tuple[Tag, ...]
    disabled: tuple[str, ...]
    own_file: Path
    stale: int
    """Photos that were never tagged, or by another vocabulary, model or rule."""


class TakeVocabulary(Struct, frozen=True):
    """Copy a vocabulary file of somebody's into the library."""

    file: Path


TAG_REQUESTS = (
    ListTags, TagPhotos, MakeTagChange, ListReview, LookAtTag, ListVocabulary, TakeVocabulary,
)  # fmt: skip
"""What the lane of tags takes, besides `StopTagging` and `ExplainTag`."""

TAG_ANSWERS = (
    TagList, TaggingProgress, TaggingEnded, TagChangeMade, ReviewList, TagExplained, TagConfidences, VocabularyList,
)  # fmt: skip
