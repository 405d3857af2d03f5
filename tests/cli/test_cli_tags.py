"""`clipview tag`, `tags` and `classify`, with the real built-in model."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest


@pytest.fixture
def library(sample_library: Path, tmp_path: Path) -> Path:
    shutil.copytree(sample_library / "library", tmp_path / "library")
    return tmp_path / "library"


def test_photos_are_tagged_by_what_they_show(clipview, library) -> None:
    tagged = clipview("tag", "--library", library, "--json").document
    found = {each["name"]: each["photos"] for each in tagged["tags"]}
    assert tagged["tagged"] > 0
    assert found["cat"] >= 1
    assert found["animal"] >= found["cat"]
    listed = {each["name"]: each["photos"] for each in clipview("tags", "--library", library, "--json").document}
    assert {name: listed[name] for name in found} == found
    hits = clipview("search", "--tag", "cat", "--library", library, "--json").document["hits"]
    assert len(hits) == found["cat"]
    clipview("album", "Cats", "--search", "tag:cat", "--library", library)
    again = clipview("tag", "--album", "cats", "--library", library, "--json").document
    assert (again["tagged"], again["tags"][0]["photos"]) == (found["cat"], found["cat"])
    assert clipview("tag", "--stale", "--library", library, "--json").document["tagged"] == 0


def test_dry_run_tells_and_keeps_nothing(clipview, library) -> None:
    assert "would be tagged" in clipview("tag", "--dry-run", "--library", library).out
    assert clipview("tags", "--library", library, "--json").document == []
    assert "No photo has a tag yet" in clipview("tags", "--library", library).out


def test_terminal_shows_how_far_tagging_is(clipview, library, monkeypatch) -> None:
    outer, inner = os.openpty()
    with os.fdopen(outer, "rb", 0) as screen, os.fdopen(inner, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        clipview("tag", "--dry-run", "--json", "--library", library)
        clipview("tag", "--dry-run", "--library", library)
        monkeypatch.undo()
        shown = screen.read(500).decode()
    assert re.findall(r"Tagging (\d+)/(\d+)", shown) == [("16", "16")]


def test_own_vocabulary_is_used_instead(clipview, library, tmp_path) -> None:
    (tmp_path / "mine.toml").write_text('[[tag]]\nname = "kitty"\nprompts = ["a photo of a cat"]\n', encoding="utf-8")
    tagged = clipview("tag", "--vocabulary", tmp_path / "mine.toml", "--library", library, "--json").document
    assert [each["name"] for each in tagged["tags"]] == ["kitty"]
    (tmp_path / "mine.toml").write_text("[[tag]]\n", encoding="utf-8")
    wrong = clipview("tag", "--vocabulary", tmp_path / "mine.toml", "--library", library)
    assert wrong.code == 1
    assert "Line 1" in wrong.err


def test_folder_without_photos_is_a_clear_error(clipview, library, sample_library, tmp_path) -> None:
    outcome = clipview("tag", sample_library / "photos", tmp_path, "--library", library)
    assert outcome.code == 1
    assert str(tmp_path) in outcome.err


def test_labels_share_one_softmax_with_none_of_these(clipview, library, sample_library) -> None:
    (cat,) = (sample_library / "photos").glob("cat*")
    outcome = clipview("classify", cat, "--labels", "dog, cat,a truck", "--library", library, "--json")
    (answer,) = outcome.document["files"]
    shares = {each["label"]: each["probability"] for each in answer["labels"]}
    assert answer["labels"][0]["label"] == "cat"
    assert sum(shares.values()) + answer["none"] == pytest.approx(1, abs=1e-4)
    assert (
        "none of these"
        in clipview("classify", cat, "--labels", "truck,castle", "--library", library).out.splitlines()[1]
    )


def test_labels_that_make_no_sense_are_wrong_usage(clipview, library, sample_library, tmp_path) -> None:
    path = next((sample_library / "photos").iterdir())
    assert clipview("classify", path, "--labels", " , ", "--library", library).code == 2
    assert clipview("classify", path, "--labels", "cat,Cat", "--library", library).code == 2
    (tmp_path / "text.jpg").write_text("no picture", encoding="utf-8")
    assert clipview("classify", tmp_path / "text.jpg", "--labels", "cat", "--library", library).code == 1
