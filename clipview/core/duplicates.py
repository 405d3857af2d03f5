"""Which files are there several times in one way or another, and which of them are worth keeping."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from clipview.core.types import Fold, PhotoFile

if TYPE_CHECKING:
    # The window reads what is found here, and must not load what the groups are found with.
    from clipview.core.groups import Groups
    from clipview.core.store import Store


class Alike(StrEnum):
    """In which way files are alike."""

    FILE = "file"
    """Byte for byte."""
    PICTURE = "picture"
    MOMENT = "moment"


class Duplicates(Struct, frozen=True):
    """Files that are alike."""

    files: tuple[PhotoFile, ...]
    """The one most worth keeping first."""
    keep: int
    """How many of the first ones are proposed to be kept: one, but all shots of a moment."""


def find_duplicates(store: Store, groups: Groups, alike: Alike) -> list[Duplicates]:
    """Return everything that is there several times in this way, what takes up most room first.

    A group that has lost all but one of its files since it was found is left out.
    """
    if alike is Alike.FILE:
        members = [[photo_id] for photo_id in store.copied_photos()]
    elif alike is Alike.PICTURE:
        members = groups.members(Fold.PICTURE)
    else:
        pictures = {tuple(group) for group in groups.members(Fold.PICTURE)}
        members = [group for group in groups.members(Fold.MOMENT) if tuple(group) not in pictures]
    files: dict[int, list[PhotoFile]] = {}
    for file in store.photo_files([photo_id for group in members for photo_id in group]):
        files.setdefault(file.photo_id, []).append(file)
    found = []
    for group in members:
        ranked = sorted((file for photo_id in group for file in files.get(photo_id, [])), key=_worth)
        if len(ranked) > 1:
            found.append(Duplicates(tuple(ranked), len(ranked) if alike is Alike.MOMENT else 1))
    return sorted(found, key=lambda each: (-_spare_bytes(each.files), each.files[0].path))


def _spare_bytes(files: Sequence[PhotoFile]) -> int:
    return sum(file.size_bytes for file in files[1:])


_PASSING: Final = re.compile(
    r"(?:^|[^a-z])(?:downloads?|te?mp|cache|backups?|whatsapp|telegram|copy|copies|kopien?|export(?:ed|s)?|sent"
    r"|thumb(?:nail)?s?|duplicates?)(?:$|[^a-z])",
    re.IGNORECASE,
)
_COPY: Final = re.compile(r"\(\d+\)|[ _-]copy|[ _-]kopie|~\d*$|[ _-](?:small|edited|resized)", re.IGNORECASE)


def _worth(file: PhotoFile) -> tuple[object, ...]:
    """Order by what is most worth keeping: most pixels, a lasting place, its own name, most bytes, oldest."""
    return (
        -file.width_px * file.height_px,
        _PASSING.search("/".join(file.path.parts[-3:-1])) is not None,
        _COPY.search(file.path.stem) is not None,
        -file.size_bytes,
        file.taken_at is None,
        file.changed_at,
        len(file.path.parts),
        str(file.path),
    )
