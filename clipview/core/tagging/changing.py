"""How a person's changes to tags are made, each with what undoes it."""

from __future__ import annotations

from msgspec import Struct

from clipview.core.tag_changes import (
    AnswerTag,
    DisableTag,
    EnableTag,
    GiveTag,
    PutTag,
    RenameTag,
    SetTagLine,
    TagChange,
    TakeBackTag,
    TeachTag,
    UndoAnswers,
)
from clipview.core.tagging.library_tags import LibraryTags, Taught


class TagChanged(Struct, frozen=True):
    """A change that was made."""

    undo: TagChange | None
    """What takes it back; None for what is no change by itself."""
    taught: Taught | None = None


def make_change(tags: LibraryTags, change: TagChange) -> TagChanged:
    """Do what a person wants; raises ClipViewError when it can't be done, and nothing has changed then."""
    match change:
        case AnswerTag(name, photo_ids, yes):
            return TagChanged(UndoAnswers((tags.answer(name, photo_ids, yes=yes),)))
        case GiveTag(name, photo_ids):
            return TagChanged(UndoAnswers((tags.give(name, photo_ids),)))
        case TakeBackTag(name, photo_ids):
            return TagChanged(UndoAnswers((tags.take_back(name, photo_ids),)))
        case UndoAnswers(numbers, taught):
            for number in reversed(numbers):
                tags.undo(number)
            if taught is not None:
                tags.forget(taught)
            return TagChanged(None)
        case TeachTag(name, wanted, unwanted):
            is_new = not tags.knows(name)
            taught_now = tags.teach(name, wanted, unwanted)
            made = " ".join(name.split()) if is_new else None
            return TagChanged(UndoAnswers(taught_now.changes, made), taught_now)
        case SetTagLine(name, line):
            before = tags.line(name)
            tags.set_line(name, line)
            return TagChanged(SetTagLine(name, before))
    return TagChanged(_change_vocabulary(tags, change))


def _change_vocabulary(tags: LibraryTags, change: RenameTag | PutTag | DisableTag | EnableTag) -> TagChange:
    vocabularies = tags.vocabularies
    match change:
        case RenameTag(old, new):
            tags.rename(old, new)
            return RenameTag(" ".join(new.split()), old)
        case PutTag(tag):
            known = vocabularies.read().named(tag.name)
            vocabularies.add(tag)
            return DisableTag(tag.name) if known is None else PutTag(known)
        case DisableTag(name):
            vocabularies.disable(name)
            return EnableTag(name)
        case EnableTag(name):
            vocabularies.enable(name)
            return DisableTag(name)
