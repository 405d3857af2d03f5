"""What a person can change about tags, as values; `tagging.changing` does them."""

from __future__ import annotations

from dataclasses import dataclass

from clipview.core.prompts import Tag


@dataclass(frozen=True, slots=True)
class AnswerTag:
    """Confirm a proposed tag of photos, or reject it for good."""

    name: str
    photo_ids: tuple[int, ...]
    yes: bool


@dataclass(frozen=True, slots=True)
class GiveTag:
    """Give photos a tag by hand; it is made when it is new."""

    name: str
    photo_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TakeBackTag:
    """Forget what was said of photos and a tag."""

    name: str
    photo_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UndoAnswers:
    """Take back what these changes of answers did, the last first."""

    numbers: tuple[int, ...]
    taught: str | None = None
    """A tag that was made by teaching it, and goes too."""


@dataclass(frozen=True, slots=True)
class SetTagLine:
    """Apply a tag from this confidence on; None for the usual one."""

    name: str
    line: float | None


@dataclass(frozen=True, slots=True)
class TeachTag:
    """Make a tag of examples, or teach one more of them."""

    name: str
    wanted: tuple[int, ...]
    unwanted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RenameTag:
    """Give a tag another name, in the vocabulary and for all photos."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PutTag:
    """Add a tag to the vocabulary, or replace the one of this name."""

    tag: Tag


@dataclass(frozen=True, slots=True)
class DisableTag:
    """Leave a tag out of the vocabulary; photos keep what people said of it."""

    name: str


@dataclass(frozen=True, slots=True)
class EnableTag:
    """Take a tag in again that was left out."""

    name: str


TagChange = (
    AnswerTag
    | GiveTag
    | TakeBackTag
    | UndoAnswers
    | SetTagLine
    | TeachTag
    | RenameTag
    | PutTag
    | DisableTag
    | EnableTag
)

VOCABULARY_CHANGES = (RenameTag, PutTag, DisableTag, EnableTag)
"""After these, photos that were tagged before are tagged anew."""
