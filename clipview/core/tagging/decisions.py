"""Which confidences become tags: lines, exclusive sets, parents, and what people have already said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.prompts import Tag

Places = NDArray[np.intp]
Confidences = NDArray[np.float64]

ACCEPT_FROM = 0.58
"""The confidence from which a tag is applied by itself; 0.85 of such pairs are right with the starter encoder."""

UNSURE_FROM = 0.15
"""The confidence from which a person is asked."""


class Pairs(Struct, frozen=True, eq=False):
    """Photos and tags that may belong together, by their places in the arrays that the caller holds."""

    photos: Places
    tags: Places
    confidence: Confidences

    def __len__(self) -> int:
        return len(self.photos)

    def take(self, which: NDArray[np.bool_] | Places) -> Pairs:
        """Return some of them."""
        return Pairs(self.photos[which], self.tags[which], self.confidence[which])


class Decided(Struct, frozen=True, eq=False):
    """Pairs that nobody has answered: applied, or worth asking about; ordered by photo, then tag."""

    pairs: Pairs
    accepted: NDArray[np.bool_]


class Answered(Struct, frozen=True, eq=False):
    """Pairs that somebody has answered."""

    photos: Places
    tags: Places
    yes: NDArray[np.bool_]


class Relations:
    """What the tags of a vocabulary have to do with each other."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        places = {tag.name: place for place, tag in enumerate(tags)}
        lines = [_ancestors(tag, tags, places) for tag in tags]
        deepest = max(map(len, lines), default=0)
        self.ancestors = np.full((len(tags), deepest), -1, np.intp)
        for place, line in enumerate(lines):
            self.ancestors[place, : len(line)] = line
        self.depths = np.count_nonzero(self.ancestors >= 0, axis=1)
        """How many ancestors each tag has."""
        sets = {name: number for number, name in enumerate(sorted({t.exclusive for t in tags if t.exclusive}))}
        self.sets = np.array([-1 if tag.exclusive is None else sets[tag.exclusive] for tag in tags], np.intp)
        for tag in tags:
            above = places.get(tag.parent or "", -1)
            if above >= 0 and tags[above].exclusive == tag.exclusive:
                # A menu is a text: what stands over others of its own set excludes none of them.
                self.sets[above] = -1

    def above(self, pairs: Pairs) -> Pairs:
        """Return the pairs that these imply: their photos with the tags' ancestors, as sure as they are."""
        tags = self.ancestors[pairs.tags]
        there = tags >= 0
        depth = tags.shape[1]
        return Pairs(
            np.repeat(pairs.photos, depth)[there.ravel()],
            tags[there],
            np.repeat(pairs.confidence, depth)[there.ravel()],
        )


def decide(pairs: Pairs, relations: Relations, lines: Confidences, answered: Answered) -> Decided:
    """Decide what becomes of the pairs.

    Args:
        pairs: each once, with their own confidence.
        relations: of the tags.
        lines: the confidence from which each tag is applied.
        answered: what people said; an answered pair is not decided again, but what it implies is.
    """
    tag_count = len(lines)
    keys = pairs.photos * tag_count + pairs.tags
    pairs = pairs.take(
        (pairs.confidence >= np.minimum(UNSURE_FROM, lines[pairs.tags])) & _fresh(keys, answered, tag_count)
    )
    accepted = pairs.confidence >= lines[pairs.tags]
    said = Pairs(answered.photos[answered.yes], answered.tags[answered.yes], np.ones(int(answered.yes.sum())))
    accepted[accepted] = ~_outdone(pairs.take(accepted), said, relations)
    refused = answered.photos[~answered.yes] * tag_count + answered.tags[~answered.yes]
    below = _below(pairs, relations, refused, tag_count)
    pairs, accepted = pairs.take(~below), accepted[~below]
    implied = [relations.above(pairs.take(accepted)), relations.above(said)]
    photos = np.concatenate([pairs.photos, *(each.photos for each in implied)])
    tags = np.concatenate([pairs.tags, *(each.tags for each in implied)])
    confidence = np.concatenate([pairs.confidence, *(each.confidence for each in implied)])
    applied = np.concatenate([accepted, np.ones(len(photos) - len(pairs), np.bool_)])
    keys = photos * tag_count + tags
    fresh = _fresh(keys, answered, tag_count)
    everything, keys, applied = Pairs(photos, tags, confidence).take(fresh), keys[fresh], applied[fresh]
    # Of the same pair the surest comes last, and an applied one after one that is not.
    order = np.lexsort((everything.confidence, applied, keys))
    last = np.append(np.diff(keys[order]) > 0, np.ones(min(1, len(order)), np.bool_))
    chosen = order[last]
    return Decided(everything.take(chosen), applied[chosen])


def _fresh(keys: Places, answered: Answered, tag_count: int) -> NDArray[np.bool_]:
    return ~np.isin(keys, answered.photos * tag_count + answered.tags)


def _outdone(pairs: Pairs, said: Pairs, relations: Relations) -> NDArray[np.bool_]:
    """Tell which accepted pairs give way to a surer one of the same exclusive set, or to what a person said."""
    both = Pairs(
        np.concatenate([pairs.photos, said.photos]),
        np.concatenate([pairs.tags, said.tags]),
        np.concatenate([pairs.confidence, said.confidence + 1]),
    )
    sets = relations.sets[both.tags]
    among = np.flatnonzero(sets >= 0)
    order = among[np.lexsort((both.tags[among], -both.confidence[among], sets[among], both.photos[among]))]
    key = both.photos[order] * (relations.sets.max(initial=0) + 1) + sets[order]
    outdone = np.zeros(len(both), np.bool_)
    outdone[order[1:]] = np.diff(key) == 0
    return outdone[: len(pairs)]


def _below(pairs: Pairs, relations: Relations, refused: Places, tag_count: int) -> NDArray[np.bool_]:
    """Tell which pairs would imply one that a person has refused."""
    above = relations.ancestors[pairs.tags]
    keys = pairs.photos[:, None] * tag_count + above
    result: NDArray[np.bool_] = np.any(np.isin(keys, refused) & (above >= 0), axis=1)
    return result


def _ancestors(tag: Tag, tags: Sequence[Tag], places: dict[str, int]) -> list[int]:
    found: list[int] = []
    parent = tag.parent
    while parent is not None and parent in places:
        found.append(places[parent])
        parent = tags[places[parent]].parent
    return found
