"""How a search is written: `dog -leash "IMG_2231" in:2019 type:png after:2020 sea^2`.

Whatever makes no sense as one of these is plain words: no text is an error. docs/searching.md explains it to people.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct

from clipview.core.dates import Days, read_days
from clipview.core.types import Filters, ImageTerm, Query, Shape, Sort, Term, TextTerm


class Key(StrEnum):
    """What a part of a search is about: the word before its colon."""

    LOOKS = ""
    """A description beside the plain words: pushed away, or with a weight of its own."""
    IMAGE = "image"
    NAME = "name"
    """Words that must stand literally in a file name, the caption or a keyword; also written in quotes alone."""
    FOLDER = "in"
    TAG = "tag"
    ALBUM = "album"
    DATE = "date"
    """A day, month, year or other span, or two with dots between them; both ends included."""
    AFTER = "after"
    """From the first day of a span on."""
    BEFORE = "before"
    """Until the day before a span begins."""
    TYPE = "type"
    RATING = "rating"
    CAMERA = "camera"
    IS = "is"
    HAS = "has"


class Part(Struct, frozen=True):
    """One part of a search that isn't plain words: a chip."""

    key: Key
    value: str
    """Without the quotes around it."""
    weight: float = 1.0
    """Negative: not this. Only the sign counts for filters."""

    @property
    def is_filter(self) -> bool:
        """Whether it says which photos are considered at all, rather than what they look like."""
        return self.key not in (Key.LOOKS, Key.IMAGE)

    def written(self) -> str:
        """Return what `parse` reads as this part."""
        minus = "-" if self.weight < 0 else ""
        weight = "" if abs(self.weight) == 1 else f"^{abs(self.weight):g}"
        if self.key is Key.NAME:
            return f"-name:{_quoted(self.value)}" if minus else _quoted(self.value)
        if self.key is Key.LOOKS:
            one_word = _ONE_WORD.fullmatch(self.value) is not None and ":" not in self.value
            value = self.value if one_word else _quoted(self.value)
            # Without minus and weight, the words would be literal ones.
            return f"{minus}{value}{weight or ('' if minus else '^1')}"
        value = self.value if _PLAIN_VALUE.fullmatch(self.value) else _quoted(self.value)
        return f"{minus}{self.key}:{value}{weight if self.key is Key.IMAGE else ''}"


class Parsed(Struct, frozen=True):
    """A search as it was written."""

    words: str
    """The description: what is left when the parts are taken out."""
    parts: tuple[Part, ...]

    def written(self) -> str:
        """Return what `parse` reads as the same search; a quote left open in the words can't reach the parts."""
        return " ".join([*(part.written() for part in self.parts), *([self.words] if self.words else [])])


def parse(text: str) -> Parsed:
    """Read a search; never fails."""
    words = " ".join(text.split())
    parts: tuple[Part, ...] = ()
    while True:
        # Words that a part stood between may make one themselves.
        rest, more = take_parts(words, finished_only=False)
        words, parts = " ".join(rest.split()), parts + more
        if not more:
            return Parsed(words, parts)


def take_parts(text: str, *, finished_only: bool) -> tuple[str, tuple[Part, ...]]:
    """Take the parts out of a text: "cat -dog type:png" gives "cat " and two parts.

    Args:
        text: as typed.
        finished_only: leave one at the very end alone, which may still be being typed.
    """
    kept, parts, end = [], [], 0
    for found in _PART.finditer(text):
        part = _read(found) if found["after"] or not finished_only else None
        if part is not None:
            kept.append(text[end : found.start()])
            end = found.end()
            parts.append(part)
    return "".join([*kept, text[end:]]), tuple(parts)


def begun(text: str) -> re.Match[str] | None:
    """Return the filter at the very end of a text that is still being typed, with its "minus", "key" and "value"."""
    return _BEGUN.search(text)


def said_so_far(text: str) -> str:
    """Return what a text that is still being typed says: an open quotation mark counts, what says nothing yet doesn't.

    `cat "IMG` is about cats in files that begin so, `cat type:j` and `cat^` are about cats.
    """
    found = _OPEN.search(text) if text.count('"') % 2 else None
    if found is None:
        return _without_begun(text).removesuffix("^")
    if parse(f'{found[0]}"').parts:
        return f'{text}"'
    return _without_begun(text) if found["key"] else text[: found.start()]


def query_of(parsed: Parsed, today: date, filters: Filters | None = None, sort: Sort = Sort.BEST) -> Query:
    """Return the question that a search asks, its description first.

    Args:
        parsed: what was written.
        today: what "yesterday" counts from.
        filters: what holds besides.
        sort: the order.
    """
    terms: list[Term] = [TextTerm(parsed.words)] if parsed.words else []
    for part in parsed.parts:
        if part.key is Key.IMAGE:
            terms.append(ImageTerm(_path(part.value), part.weight))
        elif part.key is Key.LOOKS:
            terms.append(TextTerm(part.value, part.weight))
    return Query(tuple(terms), filters_of(parsed.parts, today, filters or Filters()), sort)


def filters_of(parts: Iterable[Part], today: date, filters: Filters) -> Filters:
    """Return the filters together with what the parts add to them: each narrows them further.

    Of a kind of which a photo has only one (folder, form, file format, camera) any of several will do.
    """
    for part in parts:
        if not part.is_filter:
            continue
        one = _filter(part, today)
        filters = both(filters, Filters(unwanted=(one,)) if part.weight < 0 else one)
    return filters


def both(one: Filters, other: Filters) -> Filters:
    """Return what passes the one and the other, several values of a kind being alternatives as in `filters_of`."""
    return Filters(
        folders=one.folders + other.folders,
        since=max(filter(None, (one.since, other.since)), default=None),
        until=min(filter(None, (one.until, other.until)), default=None),
        folder_names=one.folder_names + other.folder_names,
        formats=one.formats + other.formats,
        shapes=one.shapes + other.shapes,
        cameras=one.cameras + other.cameras,
        min_rating=max((each for each in (one.min_rating, other.min_rating) if each is not None), default=None),
        has_place=one.has_place if other.has_place is None else other.has_place,
        favourite=one.favourite if other.favourite is None else other.favourite,
        words=one.words + other.words,
        tags=one.tags + other.tags,
        albums=one.albums + other.albums,
        unwanted=one.unwanted + other.unwanted,
    )


def date_range(since: str, until: str) -> str:
    """Return the value of a `date:` part that runs from one span to another; either may be empty."""
    return f"{since}..{until}" if since != until else since


def type_name(value: str) -> str:
    """Return the usual name of a file type, which may go by others: "jpeg" for "JPG"."""
    word = value.lower()
    return _OTHER_TYPES.get(word, word)


TYPES: Final = {
    "jpeg": ("JPEG", "MPO"), "png": ("PNG",), "heic": ("HEIF",), "avif": ("AVIF",), "webp": ("WEBP",),
    "gif": ("GIF",), "tiff": ("TIFF",), "bmp": ("BMP",), "jxl": ("JXL",), "raw": ("RAW",),
}  # fmt: skip
"""The values of `type:`, with Pillow's names of the formats they stand for."""

_OTHER_TYPES: Final = {"jpg": "jpeg", "heif": "heic", "tif": "tiff"}
_FAVOURITE: Final = "favourite"
_OTHER_KINDS: Final = {"favorite": _FAVOURITE}
_PLACE: Final = "place"
_MOST_STARS: Final = 5
_LARGEST_WEIGHT: Final = 10.0

_KEYS: Final = "|".join(key for key in Key if key)
_QUOTED: Final = r'"(?:[^"]|"")+"'
_WEIGHT: Final = r"\^\d{1,2}(?:\.\d{1,3})?"

# A word begins with no punctuation: "--", "-)" and "-_-" are no minus words. Emoji and all scripts may.
_WORD: Final = r"""(?![!-/:-@\[-`{-~])[^\s"^]+"""

_PART: Final = re.compile(
    rf"(?<!\S)(?P<minus>-?)(?:(?P<key>{_KEYS}):(?P<keyed>{_QUOTED}|[^\s\"][^\s]*?)|(?P<quoted>{_QUOTED})|(?P<word>{_WORD}))"
    rf"(?P<weight>{_WEIGHT})?(?P<after>\s|$)",
    re.IGNORECASE,
)
_BEGUN: Final = re.compile(rf'(?<!\S)(?P<minus>-?)(?P<key>{_KEYS}):(?P<value>"[^"]*|[^\s"]*)$', re.IGNORECASE)
_OPEN: Final = re.compile(rf'(?<!\S)-?(?:(?P<key>{_KEYS}):)?"[^"]*$', re.IGNORECASE)
_ONE_WORD: Final = re.compile(_WORD)
_PLAIN_VALUE: Final = re.compile(r"[^\s\"][^\s^]*")


def _without_begun(text: str) -> str:
    """Return a text without a filter at its very end that says nothing yet."""
    found = begun(text)
    if found is None:
        return text
    parts = parse(found[0]).parts
    return text if any(part.key is not Key.LOOKS for part in parts) else text[: found.start()]


def _read(found: re.Match[str]) -> Part | None:
    """Return the part that was found; None when it is plain words after all."""
    weight = float(found["weight"][1:]) if found["weight"] else 1.0
    if not 0 < weight <= _LARGEST_WEIGHT:
        return None
    weight *= -1 if found["minus"] else 1
    if found["key"]:
        key, value = Key(found["key"].lower()), _unquoted(found["keyed"])
        if key is Key.IS:
            value = _OTHER_KINDS.get(value.lower(), value.lower())
        if found["weight"] and key is not Key.IMAGE:
            return None
        return Part(key, value, weight) if _sensible(key, value) else None
    if found["quoted"]:
        value = _unquoted(found["quoted"])
        if not value:
            return None
        return Part(Key.LOOKS if found["minus"] or found["weight"] else Key.NAME, value, weight)
    # Without minus and weight, a word is part of the description.
    return Part(Key.LOOKS, found["word"], weight) if found["minus"] or found["weight"] else None


def _sensible(key: Key, value: str) -> bool:
    word = value.lower()
    match key:
        case Key.DATE | Key.AFTER | Key.BEFORE:
            return _days(key, value, date(2000, 1, 1)) is not None
        case Key.TYPE:
            return type_name(value) in TYPES
        case Key.RATING:
            return word.isascii() and word.isdigit() and int(word) <= _MOST_STARS
        case Key.IS:
            return value in (*Shape, _FAVOURITE)
        case Key.HAS:
            return word == _PLACE
        case Key.FOLDER:
            return bool(value.strip(" /\\"))
        case _:
            return bool(value)


def _filter(part: Part, today: date) -> Filters:
    value = part.value
    word = value.lower()
    match part.key:
        case Key.NAME:
            return Filters(words=(value,))
        case Key.FOLDER:
            path = _path(value)
            return Filters(folders=(path,)) if path.is_absolute() else Filters(folder_names=(value,))
        case Key.TAG:
            return Filters(tags=(value,))
        case Key.ALBUM:
            return Filters(albums=(value,))
        case Key.TYPE:
            return Filters(formats=TYPES[type_name(value)])
        case Key.RATING:
            return Filters(min_rating=int(word))
        case Key.CAMERA:
            return Filters(cameras=(value,))
        case Key.IS:
            return Filters(favourite=True) if value == _FAVOURITE else Filters(shapes=(Shape(value),))
        case Key.HAS:
            return Filters(has_place=True)
        case _:
            days = _days(part.key, value, today)
            assert days is not None
            return Filters(since=days[0], until=days[1])


def _days(key: Key, value: str, today: date) -> tuple[date | None, date | None] | None:
    """Return the first and the last day that a date stands for, None where it is open; None when it is no date."""
    if key is Key.DATE and ".." in value:
        first, _, last = value.partition("..")
        since, until = read_days(first, today), read_days(last, today)
        if (first.strip() and since is None) or (last.strip() and until is None) or not (since or until):
            return None
        return since.since if since else None, until.until if until else None
    days: Days | None = read_days(value, today)
    if days is None:
        return None
    if key is Key.DATE:
        return days.since, days.until
    return (days.since, None) if key is Key.AFTER else (None, days.since - timedelta(days=1))


def _path(value: str) -> Path:
    # Unlike Path.expanduser, this leaves "~nobody" alone.
    return Path(os.path.expanduser(value))  # noqa: PTH111


def _quoted(value: str) -> str:
    return '"{}"'.format(value.replace('"', '""'))


def _unquoted(value: str) -> str:
    return value[1:-1].replace('""', '"').strip() if value.startswith('"') else value
