"""What a person asks, as a value: the words, chips and place in the library that make up one search."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from enum import Enum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from clipview.core.query_syntax import Key, Parsed, Part, filters_of, parse, said_so_far
from clipview.core.types import Box, Filters, ImageTerm, Paperwork, Query, Sort, Term, TextTerm

_IMAGE = re.compile(
    r'(?<!\S)(?P<minus>-?)image:"(?P<path>[^"]+)"(?:\*(?P<weight>\d+(?:\.\d+)?))?'
    r"(?:@(?P<box>[01]\.\d+(?:,[01]\.\d+){3}))?(?=\s|$)"
)
_MARKS = re.compile(r"(?<!\S)(?P<kind>more|less):(?P<ids>\d{1,18}(?:,\d{1,18})*)(?=\s|$)")


class Place(Enum):
    """Which part of the library is looked at."""

    ALL = "all"
    RECENT = "recent"
    FOLDER = "folder"
    PAPERWORK = "paperwork"
    """Screenshots and documents only."""


class Picture(Struct, frozen=True):
    """An image to search by, which the engine has found readable."""

    path: Path
    name: str
    """For people; plain text."""
    preview_jpeg: bytes
    weight: float = 1.0
    """Negative: not like this."""
    box: Box | None = None
    """Only this part of it is searched by."""


class Question(Struct, frozen=True):
    """One search, complete enough to be asked again later."""

    text: str = ""
    """As typed."""
    parts: tuple[Part, ...] = ()
    """The chips behind the words: minus words and filters."""
    pictures: tuple[Picture, ...] = ()
    place: Place = Place.ALL
    folder: Path | None = None
    """With `Place.FOLDER`: only photos in it and below it."""
    with_paperwork: bool = False
    """Screenshots and documents are not left out of a search."""
    more: tuple[int, ...] = ()
    """The photos marked "more like this"."""
    less: tuple[int, ...] = ()
    """The photos marked "less like this"."""

    @property
    def searches(self) -> bool:
        """Whether anything is looked for; otherwise the library is only browsed."""
        return bool(self.text.strip() or self.parts or self.pictures or self.marked)

    @property
    def ends_in_a_word(self) -> bool:
        """Whether the text may go on with its last word, or with the value of its last filter."""
        return bool(self.text) and not self.text[-1].isspace()

    @property
    def marked(self) -> bool:
        """Whether photos are marked."""
        return bool(self.more or self.less)

    @property
    def has_minus(self) -> bool:
        """Whether something is pushed away."""
        return bool(self.all_unwanted or self.less) or any(picture.weight < 0 for picture in self.pictures)

    @property
    def words(self) -> str:
        """The description, without what has a meaning of its own in it or is about to have one."""
        return self._parsed.words

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """The parts, those that are still being typed included."""
        return self.parts + tuple(part for part in self._parsed.parts if part.key is not Key.IMAGE)

    @property
    def _parsed(self) -> Parsed:
        return parse(said_so_far(self.text))

    @property
    def all_unwanted(self) -> tuple[str, ...]:
        """The minus words, those that are still being typed included."""
        return tuple(part.value for part in self.all_parts if part.key is Key.LOOKS and part.weight < 0)

    @property
    def filters(self) -> tuple[Part, ...]:
        """The parts that say which photos are considered at all."""
        return tuple(part for part in self.all_parts if part.is_filter)

    def without_minus(self) -> Question:
        """Return the same search with nothing pushed away."""
        wanted = tuple(picture for picture in self.pictures if picture.weight > 0)
        return replace(self.without(lambda part: not part.is_filter and part.weight < 0), pictures=wanted, less=())

    def without(self, unwanted: Callable[[Part], bool]) -> Question:
        """Return the same search without some of its parts."""
        kept = tuple(part for part in self.all_parts if not unwanted(part))
        return replace(self, text=self.words, parts=kept)

    def names_only(self) -> Question:
        """Return the search for photos whose names, captions or keywords hold every word of the description."""
        words = tuple(Part(Key.NAME, word) for word in dict.fromkeys(self.words.split()))
        kept = tuple(part for part in self.all_parts if part.is_filter and part not in words)
        return replace(self, text="", parts=kept + words, pictures=())

    def with_marks(self, photo_ids: Collection[int], *, more: bool) -> Question:
        """Return the same search with these photos marked, or unmarked when all of them bore that mark."""
        before = self.more if more else self.less
        others = tuple(each for each in before if each not in photo_ids)
        taken_back = len(others) + len(set(photo_ids)) == len(before)
        marked = others if taken_back else (*before, *dict.fromkeys(each for each in photo_ids if each not in before))
        opposite = tuple(each for each in (self.less if more else self.more) if each not in photo_ids)
        return replace(self, more=marked, less=opposite) if more else replace(self, more=opposite, less=marked)

    def query(self, sort: Sort) -> Query:
        """Return what to ask the engine; the description is the first term."""
        terms: list[Term] = [TextTerm(self.words)] if self.words else []
        terms += [ImageTerm(picture.path, picture.weight, picture.box) for picture in self.pictures]
        terms += [TextTerm(part.value, part.weight) for part in self.all_parts if part.key is Key.LOOKS]
        folders = (self.folder,) if self.place is Place.FOLDER and self.folder is not None else ()
        filters = filters_of(self.all_parts, datetime.now().date(), Filters(folders=folders))
        return Query(
            tuple(terms),
            filters,
            sort,
            also_names=bool(self.words),
            paperwork=self.paperwork,
            more=self.more,
            less=self.less,
        )

    @property
    def paperwork(self) -> Paperwork:
        """What becomes of screenshots and documents."""
        if self.place is Place.PAPERWORK:
            return Paperwork.ONLY
        return Paperwork.LEAVE_OUT if (self.words or self.pictures) and not self.with_paperwork else Paperwork.SHOW

    def saved_text(self) -> str:
        """Return the search as one line that `read_saved` understands."""
        inside = (Part(Key.FOLDER, str(self.folder)),) if self.place is Place.FOLDER and self.folder else ()
        parts = [Parsed(self.words, self.all_parts + inside).written()]
        for picture in self.pictures:
            weight = "" if abs(picture.weight) == 1 else f"*{abs(picture.weight):g}"
            parts.append(f'{"-" if picture.weight < 0 else ""}image:"{picture.path}"{weight}{_box_text(picture.box)}')
        for kind, photo_ids in (("more", self.more), ("less", self.less)):
            if photo_ids:
                parts.append(f"{kind}:{','.join(map(str, photo_ids))}")
        return " ".join(filter(None, parts))


class SavedQuestion(Struct, frozen=True):
    """What a saved line asks for; its images have yet to be found readable."""

    question: Question
    images: tuple[ImageTerm, ...]


def read_saved(line: str) -> SavedQuestion:
    """Return what a line of `Question.saved_text` asks for; whatever it doesn't understand is description."""
    images = tuple(
        ImageTerm(
            Path(found["path"]), float(found["weight"] or 1) * (-1 if found["minus"] else 1), _box_of(found["box"])
        )
        for found in _IMAGE.finditer(line)
    )
    rest = _IMAGE.sub("", line)
    marks = {found["kind"]: tuple(map(int, found["ids"].split(","))) for found in _MARKS.finditer(rest)}
    parsed = parse(_MARKS.sub("", rest))
    parts = tuple(part for part in parsed.parts if part.key is not Key.IMAGE)
    images += tuple(ImageTerm(Path(part.value), part.weight) for part in parsed.parts if part.key is Key.IMAGE)
    question = Question(parsed.words, parts, more=marks.get("more", ()), less=marks.get("less", ()))
    return SavedQuestion(question, images)


def _box_text(box: Box | None) -> str:
    return "" if box is None else f"@{box.left:.4f},{box.top:.4f},{box.right:.4f},{box.bottom:.4f}"


def _box_of(text: str | None) -> Box | None:
    """Return the box that `_box_text` wrote; None for what is none."""
    try:
        return Box(*map(float, text.split(","))) if text else None
    except ValueError:
        return None
