"""What a person asks, as a value: the words, chips and place in the library that make up one search."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from clipview.core.types import Filters, ImageTerm, Query, Sort, Term, TextTerm

_UNWANTED = re.compile(r'(?<!\S)-(?:"(?P<words>[^"]+)"|(?P<word>[^\W_]\S*))(?P<after>\s|$)')
_IMAGE = re.compile(r'(?<!\S)(?P<minus>-?)image:"(?P<path>[^"]+)"(?:\*(?P<weight>\d+(?:\.\d+)?))?(?=\s|$)')


class Place(Enum):
    """Which part of the library is looked at."""

    ALL = "all"
    RECENT = "recent"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image to search by, which the engine has found readable."""

    path: Path
    name: str
    """For people; plain text."""
    preview_jpeg: bytes
    weight: float = 1.0
    """Negative: not like this."""


@dataclass(frozen=True, slots=True)
class Question:
    """One search, complete enough to be asked again later."""

    text: str = ""
    """As typed."""
    unwanted: tuple[str, ...] = ()
    """The words of the minus chips."""
    pictures: tuple[Picture, ...] = ()
    place: Place = Place.ALL
    folder: Path | None = None
    """With `Place.FOLDER`: only photos in it and below it."""

    @property
    def searches(self) -> bool:
        """Whether anything is looked for; otherwise the library is only browsed."""
        return bool(self.text.strip() or self.unwanted or self.pictures)

    @property
    def has_minus(self) -> bool:
        """Whether something is pushed away."""
        return bool(self.all_unwanted) or any(picture.weight < 0 for picture in self.pictures)

    @property
    def words(self) -> str:
        """The description, without the minus words in it."""
        return take_unwanted(self.text, finished_only=False)[0].strip()

    @property
    def all_unwanted(self) -> tuple[str, ...]:
        """The minus words, those that are still being typed included."""
        return self.unwanted + take_unwanted(self.text, finished_only=False)[1]

    def without_minus(self) -> Question:
        """Return the same search with nothing pushed away."""
        wanted = tuple(picture for picture in self.pictures if picture.weight > 0)
        return replace(self, text=self.words, unwanted=(), pictures=wanted)

    def query(self, sort: Sort) -> Query:
        """Return what to ask the engine; the description is the first term."""
        terms: list[Term] = [TextTerm(self.words)] if self.words else []
        terms += [ImageTerm(picture.path, picture.weight) for picture in self.pictures]
        terms += [TextTerm(word, -1.0) for word in self.all_unwanted]
        folders = (self.folder,) if self.place is Place.FOLDER and self.folder is not None else ()
        return Query(tuple(terms), Filters(folders=folders), sort, also_names=bool(self.words))

    def saved_text(self) -> str:
        """Return the search as one line that `read_saved` understands."""
        parts = [self.words] if self.words else []
        parts += [f'-"{word}"' if " " in word else f"-{word}" for word in self.all_unwanted]
        for picture in self.pictures:
            weight = "" if abs(picture.weight) == 1 else f"*{abs(picture.weight):g}"
            parts.append(f'{"-" if picture.weight < 0 else ""}image:"{picture.path}"{weight}')
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """What a saved line asks for; its images have yet to be found readable."""

    question: Question
    images: tuple[tuple[Path, float], ...]
    """Files with their weights."""


def read_saved(line: str) -> SavedQuestion:
    """Return what a line of `Question.saved_text` asks for; whatever it doesn't understand is description."""
    images = tuple(
        (Path(found["path"]), float(found["weight"] or 1) * (-1 if found["minus"] else 1))
        for found in _IMAGE.finditer(line)
    )
    text, unwanted = take_unwanted(" ".join(_IMAGE.sub("", line).split()), finished_only=False)
    return SavedQuestion(Question(text.strip(), unwanted), images)


def take_unwanted(text: str, *, finished_only: bool) -> tuple[str, tuple[str, ...]]:
    """Take the minus words out of a text: "cat -dog" gives "cat " and ("dog",).

    Args:
        text: as typed.
        finished_only: leave one at the very end alone, which may still be being typed.
    """
    found = [one for one in _UNWANTED.finditer(text) if one["after"] or not finished_only]
    for one in reversed(found):
        text = text[: one.start()] + text[one.end() :]
    return text, tuple(one["words"] or one["word"] for one in found)
