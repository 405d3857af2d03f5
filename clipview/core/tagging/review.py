"""Which doubtful pair to ask about next: the one whose answer teaches most."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from clipview.core.store.tagging import AutomaticTags, Ids

_EVENNESS = 0.5
"""How fast a tag's or a photo's next pair loses to those of tags and photos that were not asked about yet."""

_REACH = 20
"""So many times the pairs that are wanted are looked at before those that can hardly be among them."""


class Question(Struct, frozen=True):
    """A pair that a person should be asked about."""

    photo_id: int
    tag: str
    confidence: float


def order(unsure: AutomaticTags, answered_tags: Ids, count: int) -> list[int]:
    """Return the places of the pairs to ask about first, at most `count`.

    A pair is useful when the model can't tell (its confidence is near a half), and the less has been asked about its
    tag and its photo so far: a run of answers then touches many tags, and photos of many kinds.

    Args:
        unsure: the pairs.
        answered_tags: the tag of each answer that people gave before.
        count: how many are wanted.
    """
    doubt = 1 - np.abs(2 * unsure.confidence - 1)
    tags, tag_of = np.unique(unsure.tag_ids, return_inverse=True)
    photos, photo_of = np.unique(unsure.photo_ids, return_inverse=True)
    known, times = np.unique(answered_tags, return_counts=True)
    asked_of_tag = np.zeros(len(tags))
    asked_of_tag[np.isin(tags, known)] = times[np.isin(known, tags)]
    asked_of_photo = np.zeros(len(photos))
    # What a pair is worth only falls as others are asked about: of very many, those below can't overtake those above.
    at_first = doubt * _EVENNESS ** asked_of_tag[tag_of]
    places = np.argsort(-at_first, kind="stable")
    reach = min(len(places), _REACH * count)
    left = np.ones(len(places), np.bool_)
    chosen: list[int] = []
    while len(chosen) < min(count, len(places)):
        near = places[:reach]
        worth = doubt[near] * _EVENNESS ** (asked_of_tag[tag_of[near]] + asked_of_photo[photo_of[near]])
        worth[~left[:reach]] = -1.0
        best = int(np.argmax(worth))
        if reach < len(places) and worth[best] < at_first[places[reach]]:
            reach = min(len(places), 2 * reach)
            continue
        left[best] = False
        place = int(near[best])
        chosen.append(place)
        asked_of_tag[tag_of[place]] += 1
        asked_of_photo[photo_of[place]] += 1
    return chosen
