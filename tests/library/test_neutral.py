"""What photos score with anything: kept, renewed, and the same to the last bit however it came about."""

from __future__ import annotations

import numpy as np
from colours import finish
from PIL import Image

from clipview.core.encoders import QuantileScale
from clipview.core.neutral import NeutralScores
from clipview.core.relevance import calibrate, lines
from clipview.core.types import Band, Query, TextTerm
from clipview.core.vectors import VectorSet

NOBODY = np.empty(0, np.int64)


def some_vectors(count: int, dim: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_a_photo_scores_the_same_in_whatever_company_it_comes():
    photos, bank = some_vectors(50, 37, 1), some_vectors(9, 37, 2)
    together, one_by_one = VectorSet(37), VectorSet(37)
    together.put(range(50), photos)
    after = NeutralScores.of(bank, None)
    for number in reversed(range(50)):
        one_by_one.put([number], photos[number : number + 1])
        after = after.brought_up_to(one_by_one, bank, NOBODY)
    at_once = NeutralScores.of(bank, None).brought_up_to(together, bank, NOBODY)
    ids = np.arange(50)
    assert np.array_equal(at_once.for_photos(ids).means, after.for_photos(ids).means)
    assert np.array_equal(at_once.for_photos(ids).deviations, after.for_photos(ids).deviations)
    exact = photos.astype(np.float16).astype(np.float64)
    exact = exact / np.linalg.norm(exact, axis=1, keepdims=True) @ bank.T
    assert np.allclose(after.for_photos(ids).means, exact.mean(axis=1), atol=1e-6)
    assert np.allclose(after.for_photos(ids).deviations, exact.std(axis=1), atol=1e-6)


def test_what_is_kept_is_taken_up_again_only_for_the_same_texts():
    photos, bank, other = VectorSet(8), some_vectors(5, 8, 3), some_vectors(5, 8, 4)
    photos.put(range(20), some_vectors(20, 8, 5))
    stored = NeutralScores.of(bank, None).brought_up_to(photos, bank, NOBODY).to_store
    again = NeutralScores.of(bank, stored)
    assert again.brought_up_to(photos, bank, NOBODY) is again
    assert len(NeutralScores.of(other, stored).ids) == 0


def test_a_photo_that_answers_everything_must_answer_better_than_it_does_anything():
    bank = np.eye(6, dtype=np.float32)[:5]
    photos = VectorSet(6)
    eager, choosy = np.full(6, 1.0), np.array([0, 0, 0, 0, 0.1, 0.42])
    photos.put([1, 2], np.array([eager / np.linalg.norm(eager), [*choosy[:4], 0.9, 0.43]], np.float32))
    asked = np.array([[0, 0, 0, 0, 0, 1.0]], np.float32)
    scores = photos.scores(asked)[:, 0]
    neutral = NeutralScores.of(bank, None).brought_up_to(photos, bank, NOBODY).for_photos(photos.ids)
    snapshot = photos.snapshot()
    strengths = calibrate(snapshot, snapshot, bank, None).of(neutral).text.strengths(scores)
    assert abs(scores[0] - scores[1]) < 0.03
    assert strengths[1] > strengths[0]


def test_nothing_is_strong_unless_one_photo_is_beyond_doubt():
    usual = QuantileScale(text=(0.1, 0.2, 0.3, 0.4, 0.6, 0.9), image=(0.1, 0.2, 0.3, 0.4, 0.6, 0.9), spread=0.0)
    nobody = VectorSet(4).snapshot()
    scale = calibrate(nobody, nobody, np.empty((0, 4), np.float32), usual).text
    doubtful = scale.strengths(np.array([0.05, 0.32, 0.45, 0.59]))
    assert [lines().band(strength) for strength in doubtful] == [Band.WEAK] + [Band.POSSIBLE] * 3
    assert list(doubtful) == sorted(doubtful)
    clear = scale.strengths(np.array([0.05, 0.32, 0.45, 0.61]))
    assert [lines().band(strength) for strength in clear] == [Band.WEAK, Band.POSSIBLE, Band.STRONG, Band.STRONG]
    assert lines(80).band(clear[2]) is Band.WEAK


def test_a_photo_edited_in_place_is_measured_anew(indexed, photos):
    def answer(library):
        hits = library.search(Query((TextTerm("red"),), include_weak=True)).hits
        return [(hit.path.name, hit.photo_id, hit.match, hit.band) for hit in hits]

    photos.mkdir(exist_ok=True)
    Image.new("RGB", (30, 20), "red").save(photos / "a.png")
    Image.new("RGB", (30, 20), "navy").save(photos / "b.png")
    indexed.index(photos)
    with indexed.opened() as library:
        before = answer(library)
    Image.new("RGB", (40, 20), (90, 60, 60)).save(photos / "a.png")
    with indexed.opened(write=True) as library:
        finish(library.scan([photos]))
        at_once = answer(library)
    with indexed.opened() as library:
        assert answer(library) == at_once
    assert [photo[:2] for photo in at_once] == [photo[:2] for photo in before]
    assert at_once[0][2] < before[0][2]
