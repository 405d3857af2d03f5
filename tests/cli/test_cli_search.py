"""`clipview search`, `status`, `check` and `demo` from outside, on real photos with the real starter encoder."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture
def library(sample_library, tmp_path) -> Path:
    shutil.copytree(sample_library / "library", tmp_path / "library")
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("a cat", "cat-chelsea.png"),
        ("a cup of coffee", "coffee.png"),
        ("a rocket launch", "rocket-on-launch-pad.jpg"),
        ("motorbike", "motorcycle-in-garage"),
        ("a flower", "flower.jpg"),
    ],
)
def test_a_description_finds_its_photo_first(clipview, library, query, best):
    document = clipview("search", *query.split(), "--library", library, "--json").document
    first = document["hits"][0]
    assert Path(first["path"]).name.startswith(best)
    assert document["query"] == query
    assert (document["model"], document["total"]) == ("starter", 16)
    assert document["strong"] + document["possible"] == len(document["hits"])
    assert set(first) == {"path", "match", "band", "score", "taken"}
    assert 50 <= first["match"] <= 100


def test_nonsense_finds_nothing(clipview, library, tmp_path):
    nonsense = [
        "asdfgh",
        "qqq zzz",
        "an x-ray of a hand",
        "x",
        "\N{DOG FACE}",
        "כלב על החוף",
        "Robert'); DROP TABLE photos",
    ]
    queries = tmp_path / "queries.txt"
    queries.write_text("\n".join([*nonsense, "dog " * 2_500]), encoding="utf-8")
    documents = [
        json.loads(line) for line in clipview("search", "--queries", queries, "--library", library).out.splitlines()
    ]
    assert len(documents) == 8
    for document in documents:
        assert (document["hits"], document["strong"], document["possible"]) == ([], 0, 0)


def test_people_are_told_in_words_what_was_found(clipview, library):
    nothing = clipview("search", "dog " * 2_500, "--library", library)
    assert (nothing.code, nothing.out[:55]) == (
        0,
        "Nothing in 16 photos looks like \N{LEFT DOUBLE QUOTATION MARK}dog dog dog dog dog do",
    )
    assert len(nothing.out) < 200
    assert clipview("search", "a cat", "tag:none", "--library", library).out.startswith(
        "No photo passes the filters of"
    )
    everything = clipview("search", "", "--limit", "1", "--library", library).out.splitlines()
    assert everything[0] == "16 photos", "nothing was asked that could be strong"
    assert everything[2].startswith("  /")


def test_all_lists_weak_matches_too(clipview, library):
    document = clipview("search", "asdfgh", "--all", "--library", library, "--json").document
    assert len(document["hits"]) == 16
    assert {hit["band"] for hit in document["hits"]} == {"weak"}


def test_options_and_words_mix_in_any_order(clipview, library):
    mixed = clipview("search", "--json", "a", "cup", "--limit", "1", "of", "--library", library, "coffee").document
    assert (mixed["query"], len(mixed["hits"])) == ("a cup of coffee", 1)


def test_an_image_finds_itself_and_its_likes(clipview, library, sample_library, tmp_path):
    query = sample_library / "photos" / "motorcycle-in-garage-1.png"
    names = [Path(hit["path"]).name for hit in
             clipview("search", "--image", query, "--library", library, "--json").document["hits"]]  # fmt: skip
    assert names[:2] == ["motorcycle-in-garage-1.png", "motorcycle-in-garage-2.png"]
    damaged = tmp_path / "crop.jpg"
    with Image.open(sample_library / "photos" / "cat-chelsea.png") as cat:
        cat.convert("RGB").crop((60, 30, 400, 280)).save(damaged, quality=30)
    hits = clipview("search", "--image", damaged, "--library", library, "--json").document["hits"]
    assert Path(hits[0]["path"]).name == "cat-chelsea.png"


def test_unwanted_words_push_away_what_shows_them(clipview, library):
    def found(*words: str) -> set[str]:
        document = clipview("search", *words, "--library", library, "--json").document
        return {Path(hit["path"]).name for hit in document["hits"]}

    assert found("a person") == {"astronaut-eileen-collins.png", "photographer-with-camera.png"}
    assert found("a person", "--not", "a tripod") == {"astronaut-eileen-collins.png"}


def test_a_search_may_be_written_in_one_line(clipview, library):
    def found(*words: str) -> tuple[int, set[str]]:
        document = clipview("search", *words, "--library", library, "--json").document
        return document["total"], {Path(hit["path"]).name for hit in document["hits"]}

    assert found("a person", "-tripod")[1] == {"astronaut-eileen-collins.png"}
    assert found("a person -tripod -type:png") == found("a person", "-tripod", "-type:png") == (4, set())
    assert found('"motorcycle in"') == (0, set())
    assert found('"motorcycle-in" type:png')[1] == {"motorcycle-in-garage-1.png", "motorcycle-in-garage-2.png"}
    assert found("--tag", "nothing has this tag")[0] == found("--album", "nor this", "tag:none")[0] == 0
    assert found("is:nonsense", "rating:9", "tag:", '"')[0] == 16


def test_folders_and_dates_narrow_the_search(clipview, library, sample_library):
    below = clipview("search", "a cat", "--folder", sample_library / "photos", "--library", library, "--json").document
    assert below["total"] == 16
    elsewhere = clipview("search", "a cat", "--folder", "/nowhere", "--library", library, "--json").document
    assert (elsewhere["total"], elsewhere["hits"]) == (0, [])
    future = clipview("search", "a cat", "--since", "2090", "--library", library, "--json").document
    assert future["total"] == 0
    past = clipview("search", "--until", "2090-01", "--sort", "name", "--library", library, "--json").document
    assert [Path(hit["path"]).name for hit in past["hits"]] == sorted(Path(h["path"]).name for h in past["hits"])
    assert past["total"] == 16


@pytest.mark.parametrize("day", ["yesterday", "2019-13", "2019-02-30", "2019-1-1-1", "-"])
def test_a_date_that_is_none_is_wrong_usage(clipview, library, day):
    result = clipview("search", "a cat", "--since=" + day, "--library", library)
    assert result.code == 2
    assert "2019-07-14" in result.err


def test_a_file_of_queries_gives_one_document_a_line(clipview, library, tmp_path, sample_library):
    queries = tmp_path / "queries.txt"
    like = sample_library / "photos" / "coffee.png"
    queries.write_text(
        f"a cat\n\na child's \"toy\na cat --limit 1 --all\n--image '{like}' --limit 2\n", encoding="utf-8"
    )
    lines = clipview("search", "--queries", queries, "--library", library).out.splitlines()
    documents = [json.loads(line) for line in lines]
    assert [document["query"] for document in documents] == ["a cat", "a child's \"toy", "a cat", "[coffee.png]"]
    assert len(documents[2]["hits"]) == 1
    assert Path(documents[3]["hits"][0]["path"]).name == "coffee.png"


def test_an_unreadable_query_image_is_named(clipview, library, tmp_path):
    (tmp_path / "note.txt").write_text("hello")
    result = clipview("search", "--image", tmp_path / "note.txt", "--library", library)
    assert result.code == 1
    assert "note.txt" in result.err
    missing = clipview("search", "--image", tmp_path / "none.jpg", "--library", library)
    assert (missing.code, "none.jpg" in missing.err) == (1, True)


def test_searching_where_there_is_no_library_says_how_to_make_one(clipview, tmp_path):
    result = clipview("search", "a cat", "--library", tmp_path / "none")
    assert result.code == 1
    assert "clipview index" in result.err
    assert not (tmp_path / "none").exists()


def test_status_tells_what_the_library_holds(clipview, library, sample_library):
    document = clipview("status", "--library", library, "--json").document
    assert {key: document[key] for key in ("photos", "embedded", "missing", "failed", "model", "folders")} == {
        "photos": 16, "embedded": 16, "missing": 0, "failed": 0, "model": "starter",
        "folders": [str(sample_library / "photos")],
    }  # fmt: skip
    assert document["bytes"]["database"] > 0
    assert "16 photos" in clipview("status", "--library", library).out


def test_check_finds_a_lost_cache_and_repairs_it(clipview, library):
    assert clipview("check", "--library", library, "--json").document == {"ok": True, "problems": []}
    (library / "thumbnails.db").unlink()
    found = clipview("check", "--library", library, "--json")
    assert (found.code, found.document["ok"]) == (1, False)
    mended = clipview("check", "--repair", "--library", library, "--json")
    assert (mended.code, mended.document["ok"]) == (0, True)
    assert all(problem["repaired"] for problem in mended.document["problems"])
    assert clipview("check", "--library", library).code == 0


def test_a_damaged_database_is_repaired_from_its_backup(clipview, library):
    content = bytearray((library / "library.db").read_bytes())
    content[:100] = os.urandom(100)
    (library / "library.db").write_bytes(content)
    assert clipview("search", "a cat", "--library", library).code == 1
    assert clipview("check", "--repair", "--library", library).code == 0
    assert "cat-chelsea" in clipview("search", "a cat", "--library", library).out


def test_a_library_can_be_searched_from_a_read_only_copy(clipview, library):
    for path in [library, *library.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert "cat-chelsea" in clipview("search", "a cat", "--library", library).out
    finally:
        for path in [library, *library.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_the_demo_answers_from_nothing(clipview, tmp_path):
    result = clipview("demo", "--library", tmp_path / "demo", "--json")
    assert result.code == 0
    best = {each["query"]: [Path(hit["path"]).name for hit in each["hits"]] for each in result.document["answers"]}
    assert best["a cat"][0] == "cat-chelsea.png"
    assert best["a cup of coffee"][0] == "coffee.png"
    assert best["a rocket launch"][0] == "rocket-on-launch-pad.jpg"
    assert best["asdfgh"] == []
    with Image.open(result.document["picture"]) as sheet:
        assert sheet.width > 800
    assert clipview("demo", "--library", tmp_path / "demo").code == 0


def test_a_stricter_search_lists_fewer_photos_with_the_same_match(clipview, library):
    def found(strictness: int) -> dict[str, int]:
        line = f"--strictness={strictness}"
        found = clipview("search", "a", "motorcycle", line, "--library", library, "--json").document
        return {hit["path"]: hit["match"] for hit in found["hits"]}

    loose, strict = found(10), found(100)
    assert len(strict) < len(loose)
    assert strict.items() <= loose.items()


@pytest.mark.parametrize("strictness", ["101", "-1", "very"])
def test_a_strictness_beyond_its_ends_is_wrong_usage(clipview, library, strictness):
    result = clipview("search", "a", "cat", f"--strictness={strictness}", "--library", library)
    assert result.code == 2
    assert "strictness" in result.err
