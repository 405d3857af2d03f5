"""What a person can change about tags, as values; `tagging.changing` does them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from clipview.core.prompts import Tag


class AnswerTag(Struct, frozen=True):
    """Confirm a proposed tag of photos, or reject it for good."""

    name: str
    photo_ids: tuple[int, ...]
    yes: bool


class GiveTag(Struct, frozen=True):
    """Give photos a tag by hand; it is made when it is new."""

    name: str
    photo_ids: tuple[int, ...]


class TakeBackTag(Struct, frozen=True):
    """Forget what was said of photos and a tag."""

    name: str
    photo_ids: tuple[int, ...]


class UndoAnswers(Struct, frozen=True):
    """Take back what these changes of answers did, the last first."""

    numbers: tuple[int, ...]
    taught: str | None = None
    """A tag that was made by teaching it, and goes too."""


class SetTagLine(Struct, frozen=True):
    """Apply a tag from this confidence on; None for the usual one."""

    name: str
    line: float | None


class TeachTag(Struct, frozen=True):
    """Make a tag of examples, or teach one more of them."""

    name: str
    wanted: tuple[int, ...]
    unwanted: tuple[int, ...] = ()


class RenameTag(Struct, frozen=True):
    """Give a tag another name, in the vocabulary and for all photos."""

    old: str
    new: str


class PutTag(Struct, frozen=True):
    """Add a tag to the vocabulary, or replace the one of this name."""

    tag: Tag


class DisableTag(Struct, frozen=True):
    """Leave a tag out of the vocabulary; photos keep what people said of it."""

    name: str


class EnableTag(Struct, frozen=True):
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
