"""The words that stand for a thing: a vocabulary's prompts, and the sentences around what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.errors import ClipViewError
from clipview.core.types import Matrix, Vector

CLIP_TEMPLATES = (
    "{}",
    "a photo of {}.",
    "a photo of the {}.",
    "a close-up photo of {}.",
    "a bright photo of {}.",
    "a blurry snapshot of {}.",
    "a picture with {} in it.",
)
"""For models trained on captions; averaging several wordings steadies a bare noun (Radford et al. 2021, 3.1.4)."""

TOO_SPECIAL = 3
"""Ancestors that make a tag one of very many: a beagle is a dog, a pet, an animal."""

_LONGEST_NOUN_PHRASE_WORDS = 5
_TAG_KEYS = frozenset({"name", "group", "prompts", "parent", "exclusive", "starter"})
_TAG_HEADER = re.compile(r"^\s*\[\[\s*tag\s*\]\]")
_ARTICLE = re.compile(r"^(?:a|an|the|my|our|some)\s+", re.IGNORECASE)
_SLOT_WITH_ARTICLE = re.compile(r"\b(?:a|an|the) \{\}", re.IGNORECASE)
_CAPTION = re.compile(
    r"^(?:(?:a|an|the|my|our|some)\s+)?(?:[\w-]+\s+){0,3}"
    r"(?:photos?|photographs?|pictures?|images?|snapshots?|portraits?|selfies?|close-?ups?|screenshots?|drawings?"
    r"|paintings?|shots?|views?|scans?)\s+(?:of|with|from|showing|taken)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;:]|\b(?:is|are|was|were|has|have|am)\b|^(?:i|we|he|she|they|it|there)\b", re.IGNORECASE)


class Tag(Struct, frozen=True):
    """One thing that photos can be tagged with."""

    name: str
    group: str
    prompts: tuple[str, ...]
    """Descriptions whose averaged embeddings stand for the tag; at least one."""
    parent: str | None = None
    """Another tag of the vocabulary that every photo with this tag gets too."""
    exclusive: str | None = None
    """A set of which a photo has at most one tag."""
    starter: bool = True
    """Whether the built-in starter encoder can see it."""


class Vocabulary(Struct, frozen=True):
    """The tags of one file, in its order."""

    tags: tuple[Tag, ...]

    def named(self, name: str) -> Tag | None:
        """Return the tag of this name."""
        return next((tag for tag in self.tags if tag.name == name), None)

    def ancestors(self, tag: Tag) -> tuple[Tag, ...]:
        """Return the tag's parent, the parent's parent and so on; a vocabulary that was read has no loops."""
        found = []
        parent = self.named(tag.parent) if tag.parent else None
        while parent is not None:
            found.append(parent)
            parent = self.named(parent.parent) if parent.parent else None
        return tuple(found)

    def neutral(self) -> NDArray[np.bool_]:
        """Tell which tags may stand for anything at all: those that are no kind of a kind of a kind.

        A photo of a dog answers to all breeds at once; among texts that scores are measured against, they would make
        everything else it shows look weak.
        """
        return np.array([len(self.ancestors(tag)) < TOO_SPECIAL for tag in self.tags], np.bool_)


def read_vocabulary(path: Path) -> Vocabulary:
    """Read a vocabulary from a TOML file of `[[tag]]` tables.

    Raises ClipViewError that names the file, the line, the tag and what to change.
    """
    _, tags = read_tags(path)
    if not tags:
        raise ClipViewError(f"The vocabulary {path} has no tags: add [[tag]] tables with a name and prompts.")
    check_relations(path, tags)
    return Vocabulary(tags)


def read_tags(path: Path) -> tuple[dict[str, Any], tuple[Tag, ...]]:
    """Read a vocabulary's document and its tags, whose parents may be in another file; raises as `read_vocabulary`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ClipViewError(f"The vocabulary {path} can't be read ({error}): check the path and the file.") from error
    # Only here: most of those who use prompts read no file of them.
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ClipViewError(f"The vocabulary {path} is not valid TOML ({error}): correct that place.") from error
    if document.get("version", 1) != 1:
        raise ClipViewError(
            f"The vocabulary {path} is of version {document['version']!r}, and this ClipView reads version 1: "
            "get a newer ClipView, or write version = 1."
        )
    tables = document.get("tag", [])
    if not isinstance(tables, list):
        raise ClipViewError(f"The vocabulary {path} has tag = {tables!r}: write [[tag]] tables.")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if _TAG_HEADER.match(line)]
    tags = []
    for number, table in enumerate(tables):
        # A header inside a text of several lines would be counted too; then the number of the tag still helps.
        where = f"Line {lines[number]}" if len(lines) == len(tables) else f"Tag {number + 1}"
        tags.append(_tag(path, where, table))
    seen: set[str] = set()
    for tag in tags:
        if tag.name.casefold() in seen:
            raise ClipViewError(f"The tag {tag.name!r} is in {path} twice: rename or remove one.")
        seen.add(tag.name.casefold())
    return document, tuple(tags)


def prompts_for(text: str, templates: Sequence[str]) -> list[str]:
    """Return the sentences to embed for what somebody typed.

    A bare noun phrase fills each template; a caption such as "a photo of a dog" and a sentence stay as they are.
    """
    words = " ".join(text.split())
    if not _is_noun_phrase(words):
        return [words]
    bare = _ARTICLE.sub("", words) or words
    filled = (t.replace("{}", bare if _SLOT_WITH_ARTICLE.search(t) else words) for t in templates)
    return list(dict.fromkeys(filled)) or [words]


def average(vectors: Matrix) -> Vector:
    """Return the mean direction of unit vectors, shape (n, dim) with n at least 1, as one unit vector."""
    if len(vectors) == 0:
        raise ValueError("an average needs at least one vector")
    mean = vectors.mean(axis=0, dtype=np.float64)
    unit: Vector = (mean / max(float(np.linalg.norm(mean)), 1e-12)).astype(np.float32)
    return unit


def _is_noun_phrase(words: str) -> bool:
    if not words or len(words.split()) > _LONGEST_NOUN_PHRASE_WORDS:
        return False
    return _CAPTION.match(words) is None and _SENTENCE.search(words) is None


def _tag(path: Path, place: str, table: object) -> Tag:
    if not isinstance(table, Mapping):
        raise ClipViewError(f"{place} of {path} is not a [[tag]] table: write it as one.")
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ClipViewError(f'{place} of {path}: the tag has no name. Add name = "...".')
    where = f"{place} of {path}: the tag {name!r}"
    unknown = sorted(set(table) - _TAG_KEYS)
    if unknown:
        raise ClipViewError(f"{where} has an unknown key {unknown[0]!r}: use {', '.join(sorted(_TAG_KEYS))}.")
    prompts = table.get("prompts", [name])
    if not isinstance(prompts, list) or not prompts or not all(isinstance(p, str) and p.strip() for p in prompts):
        raise ClipViewError(f'{where} needs prompts as a list of texts: prompts = ["a photo of ..."].')
    starter = table.get("starter", True)
    if not isinstance(starter, bool):
        raise ClipViewError(f"{where} has starter = {starter!r}: write true or false.")
    return Tag(
        name=name.strip(),
        group=_text(where, table, "group") or "other",
        prompts=tuple(prompt.strip() for prompt in prompts),
        parent=_text(where, table, "parent"),
        exclusive=_text(where, table, "exclusive"),
        starter=starter,
    )


def _text(where: str, table: Mapping[str, object], key: str) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise ClipViewError(f"{where} has {key} = {value!r}: write a text or leave it out.")
    return value.strip()


def check_relations(path: Path, tags: Sequence[Tag]) -> None:
    """Raise ClipViewError when a tag's parent is missing, or above and below it at once."""
    by_name = {tag.name: tag for tag in tags}
    for tag in tags:
        line = [tag.name]
        current = tag
        while current.parent is not None:
            if current.parent not in by_name:
                raise ClipViewError(
                    f"The tag {current.name!r} of {path} has the parent {current.parent!r}, which is no tag there: "
                    "add that tag or correct the name."
                )
            if current.parent in line:
                raise ClipViewError(
                    f"The tag {tag.name!r} of {path} is its own ancestor ({' > '.join([*line, current.parent])}): "
                    "remove one of these parents."
                )
            current = by_name[current.parent]
            line.append(current.name)
