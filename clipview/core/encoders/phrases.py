"""How words become relevance: what every class and concept of the starter encoder is called, against a query.

The phrases are synonyms and ancestors from WordNet 3.0 and everyday contexts written for ClipView.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipview.core.flushing import put_whole
from clipview.core.types import Matrix

log = logging.getLogger(__name__)

Embed = Callable[[Sequence[str]], Matrix]

CLASSES = 1000
_SYNONYM, _CONTEXT = 0, 10
"""Kinds of links; the kinds between them are the depth of a WordNet ancestor."""
_CONTEXT_WEIGHT = 0.95
_ANCESTOR_DECAY = 0.95
_CENTROID_ANCESTOR_DECAY = 0.7
_PHRASE_CENTRING = 0.7
_CENTROID_CENTRING = 0.8
_LEMMA_SHARE = 0.5
_CENTROID_SHARE = 0.4
"""The constants of the recipe; found by search on 94 queries over 1,000 labelled photos."""


class PhraseBook:
    """The phrases of `class_phrases.json`, whose vectors lie beside it."""

    def __init__(self, path: Path, embed: Embed, embed_id: str, cache_dir: Path) -> None:
        """Load the phrase vectors; a few seconds when they have to be made.

        Args:
            path: the phrases. A file of vectors beside it is used when it was made from these phrases and weights.
            embed: gives vectors of texts.
            embed_id: identifies the weights behind `embed`.
            cache_dir: where vectors are looked for next, and kept when they were made.
        """
        text = path.read_bytes()
        document = json.loads(text)
        phrases: list[str] = document["phrases"]
        concepts: dict[str, list[str]] = document["concepts"]
        key = hashlib.sha256(text + embed_id.encode()).hexdigest()[:16]
        name = f"starter-phrases-{key}.bin"
        whole = [*phrases, *(phrase for group in concepts.values() for phrase in group)]
        vectors = _cached((path.parent / name, cache_dir / name), whole, embed)
        self._embed = embed
        links = np.array(document["links"])
        embedded = vectors[: len(phrases)]
        self._mean = embedded.mean(axis=0)
        self._phrases = _unit(embedded - _PHRASE_CENTRING * self._mean)
        self._phrase_of, self._weight_of = _table(links)
        centroids = _centroids(links, embedded)
        self._centroid_mean = centroids.mean(axis=0)
        self._centroids = _unit(centroids - _CENTROID_CENTRING * self._centroid_mean)
        sizes = [len(group) for group in concepts.values()]
        groups = np.split(vectors[len(phrases) :], np.cumsum(sizes)[:-1])
        self._concepts = [_unit(group - _PHRASE_CENTRING * self._mean) for group in groups]

    def relevance(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return how near each text is to each class and concept: shape (len(texts), 1000 + concepts).

        A class counts by its nearest phrase, blended with the centre of its phrases.
        """
        query = self._embed(texts)
        centred = _unit(query - _PHRASE_CENTRING * self._mean)
        to_phrases = centred @ self._phrases.T
        nearest = np.stack(
            [
                np.where(self._weight_of > 0, row[self._phrase_of] * self._weight_of, -1).max(axis=1)
                for row in to_phrases
            ]
        )
        to_centroids = _unit(query - _CENTROID_CENTRING * self._centroid_mean) @ self._centroids.T
        classes = (1 - _CENTROID_SHARE) * nearest + _CENTROID_SHARE * to_centroids
        concepts = np.stack([(centred @ group.T).max(axis=1) for group in self._concepts], axis=1)
        result: NDArray[np.float32] = np.concatenate([classes, concepts], axis=1).astype(np.float32)
        return result


def _table(links: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return each class's phrases and their weights, padded with weight -1: both of shape (1000, most phrases)."""
    most = int(np.bincount(links[:, 0]).max())
    phrase_of = np.zeros((CLASSES, most), np.int64)
    weight_of = np.full((CLASSES, most), -1, np.float32)
    filled = [0] * CLASSES
    for class_id, phrase, kind in links.tolist():
        place = filled[class_id]
        phrase_of[class_id, place] = phrase
        weight_of[class_id, place] = _CONTEXT_WEIGHT if kind == _CONTEXT else _ANCESTOR_DECAY**kind
        filled[class_id] += 1
    return phrase_of, weight_of


def _centroids(links: NDArray[np.int64], embedded: Matrix) -> Matrix:
    """Return one unit vector a class: its name and ancestors, its contexts, and half of its synonyms' mean."""
    lineage, contexts, synonyms = (np.zeros((CLASSES, embedded.shape[1])) for _ in range(3))
    synonym_count = np.zeros(CLASSES)
    for class_id, phrase, kind in links.tolist():
        if kind == _CONTEXT:
            contexts[class_id] += embedded[phrase]
        elif kind == _SYNONYM:
            if synonym_count[class_id] == 0:
                lineage[class_id] += embedded[phrase]
            synonyms[class_id] += embedded[phrase]
            synonym_count[class_id] += 1
        else:
            lineage[class_id] += _CENTROID_ANCESTOR_DECAY**kind * embedded[phrase]
    mean_synonym = synonyms / synonym_count[:, None]
    return _unit(_unit(lineage) + _unit(contexts) + _LEMMA_SHARE * _unit(mean_synonym)).astype(np.float32)


def _unit(vectors: NDArray[np.floating]) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Matrix = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def _cached(paths: Sequence[Path], phrases: Sequence[str], embed: Embed) -> Matrix:
    """Return the phrases' vectors, from the first whole file: a SHA-256 followed by float16 values.

    Without one the last is made.
    """
    for path in paths:
        stored = _read(path)
        if stored is not None and stored.size % len(phrases) == 0 and stored.size > 0:
            return stored.reshape(len(phrases), -1).astype(np.float32)
    log.info("Embedding the %d phrases of the built-in search model, once", len(phrases))
    vectors = embed(phrases).astype("<f2")
    _write(paths[-1], vectors.tobytes())
    # Also now the rounded values, so that the first run and all later ones agree.
    return vectors.astype(np.float32)


def _read(path: Path) -> NDArray[np.float16] | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        log.warning("The cached phrase vectors %s can't be read and are made anew: %s", path, error)
        return None
    digest, payload = content[:32], content[32:]
    if hashlib.sha256(payload).digest() != digest:
        log.warning("The cached phrase vectors %s are damaged and are made anew", path)
        return None
    return np.frombuffer(payload, "<f2")


def _write(path: Path, payload: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, lambda part: part.write_bytes(hashlib.sha256(payload).digest() + payload))
    except OSError as error:
        # Only speed is lost: the next start embeds the phrases again.
        log.warning("The phrase vectors can't be kept in %s: %s", path.parent, error)
