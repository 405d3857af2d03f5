"""Which tags a library knows: the vocabulary that ships, and on top of it TOML files beside the library.

A user's file may replace a shipped tag by one of the same name, leave tags out (`disabled = ["selfie"]`) and give them
other names (`[renamed]`, old = new). ClipView's own window writes `mine.toml`; people may write others beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from clipview.core.errors import ClipViewError
from clipview.core.flushing import put_whole
from clipview.core.prompts import Tag, Vocabulary, check_relations, read_tags
from clipview.core.resources import resource

SHIPPED = "vocabulary.toml"
OWN_FILE = "mine.toml"


class Changes(Struct, frozen=True):
    """What one file makes of the vocabularies below it."""

    tags: tuple[Tag, ...] = ()
    disabled: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)


class Vocabularies:
    """The vocabulary of one library, looked at again at each use, so that a file edited by hand counts at once."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the library's own files, which needn't exist."""
        self._folder = folder
        self._last: tuple[object, Vocabulary] | None = None

    @property
    def own_file(self) -> Path:
        """The file that `add`, `rename`, `disable` and `enable` write."""
        return self._folder / OWN_FILE

    def read(self) -> Vocabulary:
        """Return the tags that count.

        Raises ClipViewError that names the file, the line and what to change.
        """
        own = sorted(self._folder.glob("*.toml"), key=lambda path: (path.name == OWN_FILE, path.name))
        files = [resource(SHIPPED), *own]
        stamps = [(path, seen.st_mtime_ns, seen.st_size, seen.st_ino) for path in files for seen in (path.stat(),)]
        if self._last is None or self._last[0] != stamps:
            tags: dict[str, Tag] = {}
            for path in files:
                tags = _applied(_read(path), tags)
                check_relations(path, tuple(tags.values()))
            self._last = stamps, Vocabulary(tuple(tags.values()))
        return self._last[1]

    def disabled(self) -> tuple[str, ...]:
        """Return the names of the tags that are left out by ClipView's own file."""
        return self._own().disabled

    def add(self, tag: Tag) -> None:
        """Add a tag, or replace the one of this name: its group, phrases and parent.

        Raises ClipViewError when it doesn't fit the others; nothing has changed then.
        """
        own = self._own()
        tags = (*(each for each in own.tags if not _same(each.name, tag.name)), tag)
        disabled = tuple(name for name in own.disabled if not _same(name, tag.name))
        self._write(replace(own, tags=tags, disabled=disabled))

    def rename(self, old: str, new: str) -> None:
        """Give a tag another name; raises ClipViewError when there is no such tag, or the name is taken."""
        vocabulary = self.read()
        tag = vocabulary.named(old)
        if tag is None:
            raise ClipViewError(f"There is no tag {old!r} to rename. `clipview tags` lists them.")
        taken = vocabulary.named(new)
        if not new.strip() or (taken is not None and taken is not tag):
            raise ClipViewError(f"The tag {old!r} can't be called {new!r}: choose a name that no other tag has.")
        own = self._own()
        if any(each.name == old for each in own.tags):
            tags = tuple(
                replace(
                    each, name=new if each.name == old else each.name, parent=new if each.parent == old else each.parent
                )
                for each in own.tags
            )
            self._write(replace(own, tags=tags))
            return
        # A shipped tag that was renamed before keeps its first name in the file.
        first = next((before for before, after in own.renamed.items() if after == old), old)
        parents = tuple(replace(each, parent=new if each.parent == old else each.parent) for each in own.tags)
        self._write(replace(own, tags=parents, renamed={**own.renamed, first: new}))

    def disable(self, name: str) -> None:
        """Leave a tag out; photos keep what people said of it."""
        own = self._own()
        if self.read().named(name) is None:
            raise ClipViewError(f"There is no tag {name!r} to leave out. `clipview tags` lists them.")
        self._write(replace(own, disabled=(*own.disabled, name)))

    def enable(self, name: str) -> None:
        """Take a tag in again that `disable` left out."""
        own = self._own()
        self._write(replace(own, disabled=tuple(each for each in own.disabled if not _same(each, name))))

    def _own(self) -> Changes:
        return _read(self.own_file) if self.own_file.exists() else Changes()

    def _write(self, changes: Changes) -> None:
        """Write ClipView's own file, unless what it says together with the others makes no sense."""
        before = self.own_file.read_bytes() if self.own_file.exists() else None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            put_whole(self.own_file, lambda part: part.write_text(_toml(changes), encoding="utf-8"), lasting=True)
        except OSError as error:
            raise ClipViewError(
                f"The vocabulary {self.own_file} can't be written ({error.strerror}). Check the folder's permissions."
            ) from error
        try:
            self.read()
        except ClipViewError:
            if before is None:
                self.own_file.unlink()
            else:
                self.own_file.write_bytes(before)
            raise


def signature(vocabulary: Vocabulary, model_fingerprint: str, rule: str) -> str:
    """Return what tells whether a photo's automatic tags are still those that this vocabulary and model would give."""
    tags = [
        (tag.name, tag.prompts, tag.parent, tag.exclusive, tag.starter)
        for tag in sorted(vocabulary.tags, key=lambda tag: tag.name)
    ]
    text = json.dumps([rule, model_fingerprint, tags])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _read(path: Path) -> Changes:
    document, tags = read_tags(path)
    disabled = document.get("disabled", [])
    if not isinstance(disabled, list) or not all(isinstance(name, str) for name in disabled):
        raise ClipViewError(f'{path} has disabled = {disabled!r}: write a list of names, disabled = ["selfie"].')
    renamed = document.get("renamed", {})
    if not isinstance(renamed, dict) or not all(isinstance(name, str) and name.strip() for name in renamed.values()):
        raise ClipViewError(f'{path} has a [renamed] table that is none of names: write lines such as "dog" = "hound".')
    return Changes(tags, tuple(disabled), renamed)


def _applied(changes: Changes, below: Mapping[str, Tag]) -> dict[str, Tag]:
    names = {old.casefold(): new.strip() for old, new in changes.renamed.items()}

    def called(name: str | None) -> str | None:
        return name if name is None else names.get(name.casefold(), name)

    tags = {
        str(called(name)): replace(tag, name=str(called(name)), parent=called(tag.parent))
        for name, tag in below.items()
    }
    for tag in changes.tags:
        tags = {name: each for name, each in tags.items() if not _same(name, tag.name)} | {tag.name: tag}
    for gone in changes.disabled:
        left = next((tag for name, tag in tags.items() if _same(name, gone)), None)
        if left is not None:
            # What stood below it moves up: without "pet", a dog is still an animal.
            tags = {
                name: replace(tag, parent=left.parent) if tag.parent == left.name else tag
                for name, tag in tags.items()
                if tag is not left
            }
    return tags


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _toml(changes: Changes) -> str:
    lines = ["# Written by ClipView; edit it as you like.", "version = 1"]
    if changes.disabled:
        lines.append(f"disabled = {_value(changes.disabled)}")
    if changes.renamed:
        lines += ["", "[renamed]", *(f"{_value(old)} = {_value(new)}" for old, new in changes.renamed.items())]
    for tag in changes.tags:
        lines += ["", "[[tag]]", f"name = {_value(tag.name)}", f"group = {_value(tag.group)}"]
        lines.append(f"prompts = {_value(tag.prompts)}")
        if tag.parent is not None:
            lines.append(f"parent = {_value(tag.parent)}")
        if tag.exclusive is not None:
            lines.append(f"exclusive = {_value(tag.exclusive)}")
        if not tag.starter:
            lines.append("starter = false")
    return "\n".join(lines) + "\n"


def _value(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        # JSON's strings are TOML's, but for this one control character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "[" + ", ".join(_value(each) for each in value) + "]"
