from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clipview.core.errors import ClipViewError
from clipview.core.prompts import CLIP_TEMPLATES, average, prompts_for, read_vocabulary
from clipview.core.resources import resource


def test_shipped_vocabulary_is_read_whole() -> None:
    vocabulary = read_vocabulary(resource("vocabulary.toml"))
    assert len(vocabulary.tags) == 333
    assert sum(len(tag.prompts) for tag in vocabulary.tags) == 1074
    assert sum(not tag.starter for tag in vocabulary.tags) == 68
    beagle = vocabulary.named("beagle")
    assert beagle is not None
    assert [tag.name for tag in vocabulary.ancestors(beagle)] == ["dog", "pet", "animal"]
    assert vocabulary.neutral().sum() == 304


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[[tag]\n", ("not valid TOML",)),
        ("version = 1\n", ("no tags",)),
        ("version = 2\n[[tag]]\nname = 'a'\n", ("version 2",)),
        ("version = 1\n\n[[tag]]\ngroup = 'x'\n", ("Line 3", "no name")),
        ("[[tag]]\nname = 'dog'\nprompts = 'a dog'\n", ("'dog'", "prompts")),
        ("[[tag]]\nname = 'dog'\nprompts = []\n", ("'dog'", "prompts")),
        ("[[tag]]\nname = 'dog'\nprompt = ['a dog']\n", ("'dog'", "'prompt'")),
        ("[[tag]]\nname = 'dog'\n[[tag]]\nname = 'dog'\n", ("'dog'", "twice")),
        ("[[tag]]\nname = 'dog'\nparent = 'animal'\n", ("'dog'", "'animal'")),
        ("[[tag]]\nname = 'a'\nparent = 'b'\n[[tag]]\nname = 'b'\nparent = 'a'\n", ("a > b > a",)),
        ("[[tag]]\nname = 'dog'\nstarter = 'no'\n", ("'dog'", "true or false")),
        ("[[tag]]\nname = 'dog'\ngroup = 3\n", ("'dog'", "group = 3")),
        ("tag = ['dog']\n", ("Tag 1",)),
    ],
)
def test_wrong_vocabulary_names_the_file_and_the_fault(tmp_path: Path, text: str, names: tuple[str, ...]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClipViewError) as caught:
        read_vocabulary(path)
    assert all(name in str(caught.value) for name in (str(path), *names))


def test_missing_and_binary_vocabularies_are_refused_clearly(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.toml", binary):
        with pytest.raises(ClipViewError, match="can't be read"):
            read_vocabulary(path)


def test_tag_without_prompts_is_described_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[[tag]]\nname = 'tide pool'\n", encoding="utf-8")
    (tag,) = read_vocabulary(path).tags
    assert tag.prompts == ("tide pool",)
    assert tag.group == "other"


def test_noun_phrase_fills_every_template() -> None:
    prompts = prompts_for("red  car", CLIP_TEMPLATES)
    assert len(prompts) == len(CLIP_TEMPLATES)
    assert "a photo of red car." in prompts


def test_article_is_not_doubled() -> None:
    prompts = prompts_for("a dog", CLIP_TEMPLATES)
    assert "a photo of the dog." in prompts
    assert "a photo of a dog." in prompts
    assert not any("the a dog" in prompt for prompt in prompts)


@pytest.mark.parametrize(
    "text",
    [
        "a photo of a dog",
        "black and white photo of a street",
        "my dog is asleep on the sofa",
        "What a day!",
        "two children building a sand castle near the sea",
        "",
    ],
)
def test_caption_and_sentence_stay_as_they_are(text: str) -> None:
    assert prompts_for(text, CLIP_TEMPLATES) == [text]


def test_trivial_template_gives_the_text_once() -> None:
    assert prompts_for("dog", ("{}",)) == ["dog"]


def test_braces_in_a_query_are_plain_text() -> None:
    assert prompts_for("{0} {x}", ("a photo of {}.",)) == ["a photo of {0} {x}."]


def test_average_is_the_unit_mean_direction() -> None:
    vectors = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
    result = average(vectors)
    assert result.dtype == np.float32
    assert np.allclose(result, [0.5**0.5, 0.5**0.5, 0])


def test_average_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        average(np.empty((0, 3), np.float32))
