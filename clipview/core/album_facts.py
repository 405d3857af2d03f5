"""What an album's vectors say about it: what it shows, what sets it apart, which photo stands for it, which don't fit.

Everything is worked out from stored vectors; no file is opened. benchmarks/albums.py measures the last two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.prompts import Vocabulary
from clipview.core.types import Matrix

LEAST_PHOTOS_FOR_STRANGERS = 8
"""With fewer photos there is no telling what an album is about."""

_LEAST_COVERAGE = 0.1
_LEAST_WITH_TAG = 2
_DISTINCTIVE_Z = 1.96
"""The log-odds differ with 95 % confidence."""

_SHOWN_TAGS = 8
_TITLE_TAGS = 2
_LEAST_TITLE_SHARE = 0.25
_NEARLY_ALL = 0.8
_NEIGHBOURS = 2
_STRANGER_Z = 1.0
_LIKE_ELSEWHERE = 0.8
_COMPARED_OUTSIDERS = 400
_COMPARED_MEMBERS = 2_000


class TagShare(Struct, frozen=True):
    """How much of an album shows one thing."""

    tag: str
    share: float
    """0 to 1, of the album's photos."""
    library_share: float
    """0 to 1, of the whole library, or a sample of it."""


class Title(Struct, frozen=True):
    """The parts of a proposed title, for whoever puts them into words."""

    tags: tuple[str, ...]
    """What it shows, the most telling first; at most two."""
    first: date | None
    last: date | None


class AlbumFacts(Struct, frozen=True):
    """What is known about an album's photos together."""

    photos: int
    described: int
    """Of these, photos that have vectors; the rest of the facts is about them."""
    coverage: tuple[TagShare, ...]
    """The things that most photos show, by share."""
    distinctive: tuple[TagShare, ...]
    """The things that set it apart from the library, the most telling first; empty when nothing does."""
    title: Title
    cover: int | None
    """The photo chosen for it, else the most central one."""
    strangers: tuple[int, ...]
    """Photos that don't belong, the strangest first; empty when none stands out."""


Shown = NDArray[np.bool_]
"""Which photo shows which tag: shape (photos, tags)."""


def coverage(album: Shown, library: Shown, names: Sequence[str]) -> tuple[TagShare, ...]:
    """Return the tags that most of an album shows, by share."""
    shares = _shares(album, library, names)
    kept = [each for each in shares if each.share >= _LEAST_COVERAGE and each.share * len(album) >= _LEAST_WITH_TAG]
    return tuple(sorted(kept, key=lambda each: (-each.share, each.library_share, each.tag))[:_SHOWN_TAGS])


def distinctive(album: Shown, library: Shown, names: Sequence[str]) -> tuple[TagShare, ...]:
    """Return the tags that an album shows more often than the library, the most telling first.

    By the log-odds ratio with a prior drawn from the library, over its standard error (Monroe, Colaresi and Quinn 2008,
    "Fightin' Words", 3.5): a rare tag on two photos of forty counts less than a common one on thirty.
    """
    if not len(album) or not len(library):
        return ()
    prior = (library.sum(axis=0) + 0.5) / (len(library) + 1.0)
    z = _odds_z(album.sum(axis=0), len(album), library.sum(axis=0), len(library), prior)
    shares = _shares(album, library, names)
    telling = [
        (score, each)
        for score, each in zip(z.tolist(), shares, strict=True)
        if score >= _DISTINCTIVE_Z and each.share >= _LEAST_COVERAGE and each.share * len(album) >= _LEAST_WITH_TAG
    ]
    telling.sort(key=lambda pair: (-pair[0], pair[1].tag))
    return tuple(each for _, each in telling[:_SHOWN_TAGS])


def without_echoes(shares: Sequence[TagShare], vocabulary: Vocabulary) -> tuple[TagShare, ...]:
    """Leave out what is said already: where every pet is a dog, pets and dogs are the same photos."""
    return tuple(
        each
        for each in shares
        if not any(one.share >= each.share and _above(each.tag, one.tag, vocabulary) for one in shares)
    )


def title(
    telling: Sequence[TagShare], covered: Sequence[TagShare], days: Sequence[date], vocabulary: Vocabulary
) -> Title:
    """Propose a title: what most of the album shows and few others do, and when."""
    candidates = sorted(telling, key=lambda each: -each.share * (each.share - each.library_share)) or list(covered)
    chosen: list[str] = []
    for each in candidates:
        if each.share >= _LEAST_TITLE_SHARE and not any(_related(each.tag, other, vocabulary) for other in chosen):
            # Of pets that are nearly all dogs one says that they are dogs.
            nearly = [one for one in candidates if one.share >= _NEARLY_ALL * each.share]
            narrower = [one.tag for one in nearly if _above(each.tag, one.tag, vocabulary)]
            chosen.append(max([each.tag, *narrower], key=lambda tag: _depth(tag, vocabulary)))
    return Title(tuple(chosen[:_TITLE_TAGS]), min(days, default=None), max(days, default=None))


def most_central(ids: NDArray[np.int64], vectors: Matrix) -> int | None:
    """Return the photo that is, on average, most like all the others; the lower id of several."""
    if not len(ids):
        return None
    agreement = vectors @ vectors.mean(axis=0)
    best = np.flatnonzero(agreement >= agreement.max() - 1e-6)
    return int(ids[best].min())


def strangers(ids: NDArray[np.int64], vectors: Matrix, outsiders: Matrix) -> tuple[int, ...]:
    """Return the photos that don't belong to an album, the strangest first.

    A photo's agreement is its mean cosine with its nearest neighbours in the album, so that an album may well be about
    several things. A stranger is one whose agreement lies below the album's (by a robust deviation: Iglewicz and
    Hoaglin 1993), and a fifth of the photos from elsewhere in the library would fit as well (benchmarks/albums.py).

    Args:
        ids: of the album's photos.
        vectors: theirs, for looks, shape (n, dim).
        outsiders: vectors of photos that are not in the album.
    """
    if len(ids) < LEAST_PHOTOS_FOR_STRANGERS:
        return ()
    members = vectors[:: max(1, len(vectors) // _COMPARED_MEMBERS)]
    own = _agreement(vectors, members, itself=True)
    middle = float(np.median(own))
    spread = 1.4826 * float(np.median(np.abs(own - middle)))
    low = own < middle - _STRANGER_Z * max(spread, 1e-3)
    if len(outsiders):
        elsewhere = _agreement(outsiders[:_COMPARED_OUTSIDERS], members, itself=False)
        low &= own <= float(np.quantile(elsewhere, _LIKE_ELSEWHERE))
    found = np.flatnonzero(low)
    return tuple(int(ids[place]) for place in found[np.argsort(own[found], kind="stable")])


def _agreement(vectors: Matrix, members: Matrix, *, itself: bool) -> NDArray[np.float64]:
    """Return each vector's mean cosine with its nearest members; `itself` says that it may be one of them."""
    count = min(_NEIGHBOURS, len(members) - 1)
    found = np.empty(len(vectors))
    step = max(1, (1 << 22) // max(1, len(members)))
    for start in range(0, len(vectors), step):
        cosines = vectors[start : start + step] @ members.T
        nearest = np.sort(cosines, axis=1)[:, ::-1]
        found[start : start + step] = nearest[:, int(itself) : count + int(itself)].mean(axis=1)
    return found


def _shares(album: Shown, library: Shown, names: Sequence[str]) -> list[TagShare]:
    in_album = album.mean(axis=0) if len(album) else np.zeros(len(names))
    in_library = library.mean(axis=0) if len(library) else np.zeros(len(names))
    return [
        TagShare(name, share, elsewhere)
        for name, share, elsewhere in zip(names, in_album.tolist(), in_library.tolist(), strict=True)
    ]


def _odds_z(
    with_tag: NDArray[np.int64],
    photos: int,
    library_with_tag: NDArray[np.int64],
    library_photos: int,
    prior: NDArray[np.float64],
) -> NDArray[np.float64]:
    mine, theirs = with_tag + prior, library_with_tag + prior
    others, their_others = photos - with_tag + (1 - prior), library_photos - library_with_tag + (1 - prior)
    ratio = np.log(mine / others) - np.log(theirs / their_others)
    z: NDArray[np.float64] = ratio / np.sqrt(1 / mine + 1 / others + 1 / theirs + 1 / their_others)
    return z


def _related(first: str, second: str, vocabulary: Vocabulary) -> bool:
    return first == second or _above(first, second, vocabulary) or _above(second, first, vocabulary)


def _above(wider: str, tag: str, vocabulary: Vocabulary) -> bool:
    known = vocabulary.named(tag)
    return known is not None and any(above.name == wider for above in vocabulary.ancestors(known))


def _depth(tag: str, vocabulary: Vocabulary) -> int:
    known = vocabulary.named(tag)
    return 0 if known is None else len(vocabulary.ancestors(known))
