"""A library's own vocabulary files: what they change, and what is said when they make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from clipview.core.errors import ClipViewError
from clipview.core.prompts import Tag
from clipview.core.tagging import Vocabularies


@pytest.fixture
def vocabularies(tmp_path: Path) -> Vocabularies:
    return Vocabularies(tmp_path / "vocabularies")


def test_shipped_vocabulary_counts_without_any_file(vocabularies: Vocabularies) -> None:
    assert len(vocabularies.read().tags) == 333


def test_added_tag_is_read_back_as_it_was(vocabularies: Vocabularies) -> None:
    odd = Tag('our "beagle" \\ é\n2', "animals", ("a beagle", 'a "dog"'), parent="dog", exclusive="time", starter=False)
    vocabularies.add(odd)
    vocabulary = vocabularies.read()
    assert vocabulary.named(odd.name) == odd
    assert [each.name for each in vocabulary.ancestors(odd)] == ["dog", "pet", "animal"]


def test_phrases_of_a_shipped_tag_can_be_replaced(vocabularies: Vocabularies) -> None:
    vocabularies.add(Tag("dog", "animals", ("my spaniel",), parent="pet"))
    found = [tag for tag in vocabularies.read().tags if tag.name == "dog"]
    assert [tag.prompts for tag in found] == [("my spaniel",)]


def test_renamed_tag_stays_the_parent_of_its_children(vocabularies: Vocabularies) -> None:
    vocabularies.rename("pet", "companion")
    vocabularies.rename("companion", "friend")
    vocabulary = vocabularies.read()
    dog = vocabulary.named("dog")
    assert dog is not None
    assert dog.parent == "friend"
    assert vocabulary.named("pet") is None


def test_children_of_a_disabled_tag_move_up(vocabularies: Vocabularies) -> None:
    vocabularies.disable("pet")
    dog = vocabularies.read().named("dog")
    assert dog is not None
    assert dog.parent == "animal"
    vocabularies.enable("pet")
    assert vocabularies.read().named("pet") is not None


def test_change_that_makes_no_sense_leaves_the_file_as_it_was(vocabularies: Vocabularies) -> None:
    vocabularies.add(Tag("beagle", "animals", ("a beagle",), parent="dog"))
    before = vocabularies.own_file.read_bytes()
    with pytest.raises(ClipViewError, match="parent 'no such tag'"):
        vocabularies.add(Tag("poodle", "animals", ("a poodle",), parent="no such tag"))
    assert vocabularies.own_file.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("disabled = 3\n", "disabled = 3"),
        ("[renamed]\ndog = 3\n", "[renamed]"),
        ("\n\n[[tag]]\nnome = 'x'\n", "Line 3"),
        ("[[tag]]\nname = 'a'\n[[tag]]\nname = 'A'\n", "twice"),
        ("name = \n", "line 1"),
    ],
)
def test_wrong_file_is_named_with_its_fault(vocabularies: Vocabularies, text: str, says: str) -> None:
    path = vocabularies.own_file.with_name("friends.toml")
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClipViewError) as caught:
        vocabularies.read()
    assert str(path) in str(caught.value)
    assert says in str(caught.value)
