"""Why a photo matches, told by the real starter encoder."""

from __future__ import annotations

from PIL import Image

from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.types import ImageTerm, Query, TextTerm


def test_real_model_names_what_a_photo_and_a_picture_show(sample_library, tmp_path):
    cat = next((sample_library / "photos").glob("*cat*"))
    with Image.open(cat) as picture:
        picture.convert("RGB").transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(tmp_path / "mirrored.png")
    query = Query((TextTerm("an animal"), ImageTerm(tmp_path / "mirrored.png")))
    home = sample_library / "home"
    with Library.open(Places(sample_library / "library", home / "models", home / "cache"), write=False) as library:
        best = library.search(query).hits[0]
        assert best.path == cat
        told = library.explain(query, best.photo_id)
    assert told.better_than == 100.0
    assert "cat" in told.words
    assert "cat" in told.reasons[1].agrees


def test_search_says_why_photos_match(clipview, sample_library):
    words = ("search", "a cat", "--not", "a motorcycle", "--explain", "--library", sample_library / "library")
    document = clipview(*words, "--json").document
    why = document["hits"][0]["why"]
    assert why["better_than"] == 100
    assert [(term["term"], term["weight"]) for term in why["terms"]] == [("a cat", 1.0), ("a motorcycle", -1.0)]
    assert why["terms"][0]["points"] == document["hits"][0]["match"]
    assert "better than 100 %" in clipview(*words).out
    assert "why" not in clipview(*(word for word in words if word != "--explain"), "--json").document["hits"][0]
