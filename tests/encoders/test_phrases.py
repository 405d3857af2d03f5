from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from clipview.core.encoders.phrases import PhraseBook
from clipview.core.resources import resource
from clipview.core.types import Matrix

PHRASES = resource("starter/class_phrases.json")


class LetterEmbedding:
    """Embeds a text by its letters, and counts how many texts it was given."""

    def __init__(self) -> None:
        self.texts = 0

    def __call__(self, texts: Sequence[str]) -> Matrix:
        self.texts += len(texts)
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest(), np.uint8) for text in texts]
        vectors = np.stack(rows).astype(np.float32) - 127
        unit: Matrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def _book(cache_dir: Path, embed: LetterEmbedding, embed_id: str = "letters") -> PhraseBook:
    return PhraseBook(PHRASES, embed, embed_id, cache_dir)


def test_phrases_are_embedded_once_and_kept(tmp_path: Path) -> None:
    first, second = LetterEmbedding(), LetterEmbedding()
    expected = _book(tmp_path, first).relevance(["tench"])
    assert first.texts > 3000
    assert np.array_equal(_book(tmp_path, second).relevance(["tench"]), expected)
    assert second.texts == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_class_is_most_relevant_to_its_own_name(tmp_path: Path) -> None:
    relevance = _book(tmp_path, LetterEmbedding()).relevance(["tench", "goldfish", "at night"])
    assert relevance[:2].argmax(axis=1).tolist() == [0, 1]
    assert relevance[2].argmax() == 1007


def test_other_weights_have_their_own_cache(tmp_path: Path) -> None:
    other = LetterEmbedding()
    _book(tmp_path, LetterEmbedding())
    _book(tmp_path, other, "other letters")
    assert other.texts > 3000
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", ["flipped", "truncated", "empty"])
def test_damaged_cache_is_made_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str) -> None:
    expected = _book(tmp_path, LetterEmbedding()).relevance(["tench"])
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    damaged = {
        "flipped": whole[:5000] + bytes([whole[5000] ^ 0xFF]) + whole[5001:],
        "truncated": whole[: len(whole) // 2],
        "empty": b"",
    }
    kept.write_bytes(damaged[damage])
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(_book(tmp_path, LetterEmbedding()).relevance(["tench"]), expected)
    assert "damaged" in caplog.text
    assert kept.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [kept]
    caplog.clear()


def test_unusable_cache_folder_costs_only_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    expected = _book(tmp_path / "cache", LetterEmbedding()).relevance(["tench"])
    blocked = tmp_path / "a file where the folder should be"
    blocked.write_text("")
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(_book(blocked / "cache", LetterEmbedding()).relevance(["tench"]), expected)
    assert "can't be kept" in caplog.text
    caplog.clear()
