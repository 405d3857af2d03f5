"""Which doubtful pair to ask about next: the one whose answer teaches most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clipview.core.store.tagging import AutomaticTags, Ids

_EVENNESS = 0.5
"""How fast a tag's or a photo's next pair loses to those of tags and photos that were not asked about yet."""


@dataclass(frozen=True, slots=True)
class Question:
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
    asked_of_tag = np.array([np.count_nonzero(answered_tags == tag) for tag in tags], np.float64)
    asked_of_photo = np.zeros(len(photos))
    left = np.ones(len(doubt), np.bool_)
    chosen: list[int] = []
    while left.any() and len(chosen) < count:
        worth = doubt * _EVENNESS ** (asked_of_tag[tag_of] + asked_of_photo[photo_of])
        best = int(np.argmax(np.where(left, worth, -1.0)))
        chosen.append(best)
        left[best] = False
        asked_of_tag[tag_of[best]] += 1
        asked_of_photo[photo_of[best]] += 1
    return chosen
