"""Tags of a library whose encoder knows colours only: what deserves which tag can be worked out."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from colours import WORDS, ColourEncoder, Indexed, finish, loader, paint
from PIL import Image

from clipview.core.changes import (
    AddToAlbum,
    AlbumContent,
    AlbumKind,
    Describe,
    Favour,
    MakeAlbum,
    Rate,
    RemoveFromAlbum,
    Several,
)
from clipview.core.errors import ClipViewError
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.probe import Probe
from clipview.core.prompts import Tag
from clipview.core.scan import ScanOptions
from clipview.core.tagging import scoring
from clipview.core.tagging.decisions import UNSURE_FROM
from clipview.core.tagging.pairs import pair_scale
from clipview.core.tagging.scoring import Learned, Photos, confident_pairs
from clipview.core.types import Filters, Matrix, Query, Source
from clipview.engine.messages.tags import TaggingEnded, TaggingProgress, TagPhotos
from clipview.engine.tagging import Tagging

VOCABULARY = """
[[tag]]
name = "colour"
prompts = ["white"]
[[tag]]
name = "crimson"
prompts = ["red"]
parent = "colour"
[[tag]]
name = "azure"
prompts = ["blue"]
parent = "colour"
"""


class AnyColourEncoder(ColourEncoder):
    """Gives every text that is no colour word a direction of its own, as real models do."""

    def encode_texts(self, texts: Sequence[str]) -> Matrix:
        vectors = super().encode_texts(texts)
        for row, text in enumerate(texts):
            if text not in WORDS:
                anywhere = np.random.default_rng(list(text.encode())).standard_normal(self.dim)
                vectors[row] = anywhere / np.linalg.norm(anywhere)
        return vectors


class OtherEncoder(AnyColourEncoder):
    name = "other"
    fingerprint = "other-1"


@pytest.fixture(scope="session")
def painted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of twenty shades of each of three colours, beside its photos."""
    base = tmp_path_factory.mktemp("painted")
    rng = np.random.default_rng(0)
    (base / "photos").mkdir()
    for name, colour in (("red", (200, 30, 30)), ("blue", (30, 30, 200)), ("green", (30, 200, 30))):
        for number in range(20):
            shade = tuple(int(value) for value in np.clip(np.array(colour) + rng.integers(-25, 25, 3), 0, 255))
            Image.new("RGB", (16, 16), shade).save(base / "photos" / f"{name}-{number:02}.png")
    places = Places(base / "library", base / "models", base / "cache")
    Indexed(places, AnyColourEncoder()).index(base / "photos")
    places.vocabularies.mkdir()
    (places.vocabularies / "colours.toml").write_text(VOCABULARY, encoding="utf-8")
    return base


@pytest.fixture
def photos(painted: Path, tmp_path: Path) -> Path:
    """A copy of the photos; the library knows those that it was copied from."""
    return Path(shutil.copytree(painted / "photos", tmp_path / "photos"))


@pytest.fixture
def indexed(painted: Path, tmp_path: Path) -> Indexed:
    shutil.copytree(painted / "library", tmp_path / "library")
    return Indexed(Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache"), AnyColourEncoder())


def tag(library: Library, **options: object):
    return finish(library.tags.tag(**options))  # type: ignore[arg-type]


def names(indexed: Indexed, ids) -> set[str]:
    by_id = {photo_id: name for name, photo_id in indexed.ids().items()}
    return {by_id[int(photo_id)].split("-")[0] for photo_id in ids}


def applied(library: Library, photo_id: int) -> set[str]:
    return {each.name for each in library.tags.of_photo(photo_id) if each.applied}


def everything_said(library: Library) -> tuple[object, ...]:
    """All that a person has said, as values that can be compared."""
    ids = library.in_memory.searcher.table.ids.tolist()
    answered = [each for each in library.store.tags.of_photos(ids) if each[2] is not Source.AUTOMATIC]
    personal = library.store.personal
    return answered, personal.marks(ids), [personal.album(head.name) for head in library.albums.heads()]


def test_photos_get_the_tag_they_show_and_its_parents(indexed: Indexed) -> None:
    with indexed.opened(write=True) as library:
        summary = tag(library)
        assert summary.tagged == 60
        assert names(indexed, library.tags.tagged("crimson")) == {"red"}
        assert "colour" in applied(library, indexed.ids()["red-00.png"])


def test_tags_filter_searches(indexed: Indexed) -> None:
    with indexed.opened(write=True) as library:
        tag(library)
        results = library.search(Query(filters=Filters(tags=("Azure",))))
        assert results.total > 0
        assert all(hit.path.name.startswith("blue") for hit in results.hits)


def test_tagging_reads_no_photo_again(indexed: Indexed) -> None:
    with indexed.opened(write=True) as library:
        assert tag(library).tagged == 60
    assert indexed.encoder.encoded_images == 0


def test_dry_run_keeps_nothing(indexed: Indexed) -> None:
    with indexed.opened(write=False) as library:
        assert tag(library, dry_run=True).photos["crimson"] > 0
        assert not library.tags.counts()


def test_only_chosen_photos_are_tagged(indexed: Indexed) -> None:
    reds = [photo_id for name, photo_id in indexed.ids().items() if name.startswith("red")]
    with indexed.opened(write=True) as library:
        assert tag(library, photo_ids=reds).tagged == 20
        assert not len(library.tags.tagged("azure"))
        assert library.tags.stale() == 40


def test_changed_vocabulary_makes_tags_stale(indexed: Indexed) -> None:
    with indexed.opened(write=True) as library:
        assert (library.tags.stale(), library.tags.outdated()) == (60, 0)
        azure = tag(library).added["azure"]
        assert (library.tags.stale(), library.tags.outdated()) == (0, 0)
        library.tags.vocabularies.disable("azure")
        assert (library.tags.stale(), library.tags.outdated()) == (60, 60)
        assert tag(library).added == {}
        assert (library.tags.stale(), library.tags.outdated()) == (0, 0)
        library.tags.vocabularies.enable("azure")
        assert tag(library).added["azure"] == azure


def test_tagging_that_is_stopped_leaves_every_tag_as_it_was(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "BLOCK_PHOTOS", 10)
    told: list[object] = []
    with indexed.opened(write=True) as library:
        tag(library, photo_ids=[indexed.ids()["red-00.png"]])
        before = library.tags.counts()

        def post(message: object) -> None:
            told.append(message)
            tagging.stop()

        tagging = Tagging(library, post, nudge=lambda: None)
        tagging.handle(TagPhotos())
        assert library.tags.counts() == before
        assert told[0] == TaggingProgress(10, 60)
        assert told[-1] == TaggingEnded(done=False)


def test_rejected_pair_never_comes_back(indexed: Indexed) -> None:
    red = indexed.ids()["red-00.png"]
    with indexed.opened(write=True) as library:
        tag(library)
        assert "crimson" in applied(library, red)
        library.tags.answer("crimson", [red], yes=False)
        assert "crimson" not in applied(library, red)
        tag(library)
        assert "crimson" not in applied(library, red)
        assert not [each for each in library.tags.review(1000) if (each.photo_id, each.tag) == (red, "crimson")]


def test_all_that_people_say_survives_rename_move_reindex_another_model_and_a_deleted_cache(
    indexed: Indexed, photos: Path
) -> None:
    indexed.index(photos)
    ids = indexed.ids()
    with indexed.opened(write=True) as library:
        tag(library)
        library.tags.give("favourite wall", [ids["green-03.png"]])
        library.tags.answer("crimson", [ids["red-04.png"]], yes=False)
        library.tags.answer("azure", [ids["blue-01.png"]], yes=True)
        moved, renamed, kept = (ids[name] for name in ("green-03.png", "red-04.png", "blue-01.png"))
        library.change(Several((Rate((moved,), 4), Favour((kept,), favourite=True), Describe(renamed, "mine"))))
        library.change(MakeAlbum(AlbumContent("By hand", photo_ids=(kept, moved, renamed), cover=moved)))
        library.change(
            MakeAlbum(AlbumContent("Taught", AlbumKind.TAUGHT, examples=(moved, kept), counter_examples=(renamed,)))
        )
        said = everything_said(library)
    for cache in (indexed.places.vectors, indexed.places.cache):
        shutil.rmtree(cache, ignore_errors=True)
    indexed.places.thumbnails.unlink()
    (photos / "moved").mkdir()
    (photos / "green-03.png").rename(photos / "moved" / "other.png")
    (photos / "red-04.png").rename(photos / "four.png")
    other = OtherEncoder()
    with Library.open(indexed.places, write=True, load=loader(AnyColourEncoder(), other)) as library:
        finish(library.scan([photos], model="other", options=ScanOptions(decode_workers=1)))
        assert library.model == "other"
        assert library.tags.stale() == library.status().counts.photos
        assert everything_said(library) == said
        assert library.thumbnail(moved) is not None
        tag(library)
        assert everything_said(library) == said
        now = indexed.ids()
        assert "favourite wall" in applied(library, now["other.png"])
        assert "crimson" not in applied(library, now["four.png"])


def test_every_answer_can_be_undone_to_what_it_was(indexed: Indexed) -> None:
    red, blue = indexed.ids()["red-00.png"], indexed.ids()["blue-00.png"]
    with indexed.opened(write=True) as library:
        tag(library)
        before = [library.tags.of_photo(photo_id) for photo_id in (red, blue)]
        library.tags.answer("crimson", [red, blue], yes=True)
        library.tags.answer("crimson", [blue], yes=False)
        assert library.tags.undo()
        assert "crimson" in applied(library, blue)
        assert library.tags.undo()
        assert [library.tags.of_photo(photo_id) for photo_id in (red, blue)] == before
        assert not library.tags.undo()


def test_answers_move_the_line_of_their_tag_for_photos_alike(indexed: Indexed) -> None:
    ids = indexed.ids()
    with indexed.opened(write=True) as library:
        tag(library)
        before = len(library.tags.tagged("crimson"))
        library.tags.answer("crimson", [ids[f"red-{number:02}.png"] for number in range(8)], yes=False)
        assert len(library.tags.tagged("crimson")) < before - 8
        assert names(indexed, library.tags.tagged("azure")) == {"blue"}


def test_what_is_typed_makes_no_other_tag_bolder(indexed: Indexed) -> None:
    ids = indexed.ids()
    with indexed.opened(write=True) as library:
        tag(library)
        before = library.tags.likelihoods("azure")
        library.tags.give("crimson", [ids[f"green-{number:02}.png"] for number in range(9)])
        assert library.tags.likelihoods("azure") == before
        library.tags.answer("crimson", [ids[f"red-{number:02}.png"] for number in range(9)], yes=False)
        assert library.tags.likelihoods("azure") != before


def test_tag_that_is_one_of_very_many_must_be_clearer(indexed: Indexed) -> None:
    with indexed.opened(write=True) as library:
        common = library.tags.likelihoods("crimson")
        library.tags.vocabularies.add(Tag("tint", "other", ("green",), "colour"))
        library.tags.vocabularies.add(Tag("hue", "other", ("green",), "tint"))
        library.tags.vocabularies.add(Tag("crimson", "other", ("red",), "hue"))
        special = library.tags.likelihoods("crimson")
        assert max(common.values()) > 0.9
        assert all(special[photo_id] < likely for photo_id, likely in common.items())
        assert sorted(special, key=special.__getitem__) == sorted(common, key=common.__getitem__)


def test_no_pair_is_overlooked_for_speed() -> None:
    rng = np.random.default_rng(0)
    vectors, bank, texts = (_directions(rng, count) for count in (300, 80, 120))
    photos = Photos(np.arange(300), vectors, vectors)
    scale = pair_scale(vectors @ bank.T, usual=False)
    answered = Probe(rng.standard_normal(80 + 24), 0.5)
    before = np.where(np.arange(120) % 3, 0.0, -2.0)
    for learned in (Learned.of({}, 80 + 24), Learned.of({7: (answered, False), 9: (answered, True)}, 80 + 24)):
        for shift in (-0.4, 0.0, 0.6):
            found = confident_pairs(photos, texts, before, bank, scale, shift, learned, UNSURE_FROM)
            everything = confident_pairs(photos, texts, before, bank, scale, shift, learned, 0.0)
            wanted = everything.take(everything.confidence >= UNSURE_FROM)
            assert len(wanted) > 100
            assert np.array_equal(np.stack([found.photos, found.tags]), np.stack([wanted.photos, wanted.tags]))
            assert np.allclose(found.confidence, wanted.confidence)


def _directions(rng: np.random.Generator, count: int) -> np.ndarray:
    made = rng.standard_normal((count, 24)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_same_answers_in_another_order_give_the_same_tags(indexed: Indexed) -> None:
    ids = indexed.ids()
    answers = [("red-01.png", True), ("blue-01.png", False), ("green-01.png", False)]
    found = []
    with indexed.opened(write=True) as library:
        for order in (answers, answers[::-1]):
            tag(library)
            changes = [library.tags.answer("crimson", [ids[name]], yes=yes) for name, yes in order]
            found.append(library.tags.likelihoods("crimson"))
            for change in reversed(changes):
                library.tags.undo(change)
    assert found[0] == pytest.approx(found[1], abs=1e-6)


def test_examples_teach_a_tag_that_finds_the_rest(indexed: Indexed) -> None:
    ids = indexed.ids()
    examples = [ids[f"green-{number:02}.png"] for number in range(10)]
    with indexed.opened(write=True) as library:
        tag(library)
        taught = library.tags.teach("meadow", examples)
        assert taught.check.learned
        assert taught.found == 10
        assert names(indexed, library.tags.tagged("meadow")) == {"green"}


def test_examples_with_nothing_in_common_teach_nothing_and_it_says_so(indexed: Indexed) -> None:
    ids = indexed.ids()
    mixed = [ids[f"{name}-{number:02}.png"] for number in range(3) for name in ("red", "green", "blue")]
    with indexed.opened(write=True) as library:
        tag(library)
        taught = library.tags.teach("mixture", mixed)
        assert not taught.check.learned
        assert taught.found == 0
        with pytest.raises(ClipViewError, match="at least 3"):
            library.tags.teach("too little", mixed[:2])
        with pytest.raises(ClipViewError, match="'crimson' already"):
            library.tags.teach("crimson", mixed)


def test_examples_teach_an_album_that_fills_itself_and_learns_from_answers(indexed: Indexed) -> None:
    ids = indexed.ids()
    examples = tuple(ids[f"green-{number:02}.png"] for number in range(10))
    with indexed.opened(write=True) as library:
        library.change(MakeAlbum(AlbumContent("Meadows", AlbumKind.TAUGHT, examples=examples)))
        found = library.albums.proposals("meadows")
        assert found.check.learned
        assert names(indexed, library.albums.photos("Meadows")) == {"green"}
        assert len(library.albums.photos("Meadows")) == 20
        assert set(library.rank(Query(filters=Filters(albums=("Meadows",)))).ids.tolist()) == set(
            library.albums.photos("Meadows").tolist()
        )
        assert not set(found.photo_ids.tolist()) & set(examples)
        assert [hit.match for hit in library.albums.results("Meadows").hits[:10]] == [100] * 10
        first, second = found.photo_ids[:2].tolist()
        undo = library.change(
            Several((RemoveFromAlbum("Meadows", (first,)), AddToAlbum("Meadows", (second,)))),
        )
        assert first not in library.albums.photos("Meadows")
        assert second in library.albums.content("Meadows").examples
        assert not {first, second} & set(library.albums.proposals("Meadows").photo_ids.tolist())
        library.change(undo)
        assert library.albums.proposals("Meadows").photo_ids.tolist() == found.photo_ids.tolist()


def test_album_of_examples_with_nothing_in_common_holds_them_alone(indexed: Indexed) -> None:
    ids = indexed.ids()
    mixed = tuple(ids[f"{name}-{number:02}.png"] for number in range(3) for name in ("red", "green", "blue"))
    with indexed.opened(write=True) as library:
        library.change(MakeAlbum(AlbumContent("Mixed", AlbumKind.TAUGHT, examples=mixed)))
        found = library.albums.proposals("Mixed")
        assert (found.check.learned, found.sure) == (False, 0)
        assert set(library.albums.photos("Mixed").tolist()) == set(mixed)
        library.change(MakeAlbum(AlbumContent("None", AlbumKind.TAUGHT)))
        assert not len(library.albums.photos("None"))


def test_album_and_tag_taught_from_the_same_photos_find_the_same(indexed: Indexed) -> None:
    ids = indexed.ids()
    examples, counter = (tuple(ids[f"{name}-{number:02}.png"] for number in range(6)) for name in ("red", "blue"))
    with indexed.opened(write=True) as library:
        tag(library)
        library.tags.teach("warm", examples, counter)
        library.change(MakeAlbum(AlbumContent("Warm", AlbumKind.TAUGHT, examples=examples, counter_examples=counter)))
        sure = library.tags.likelihoods("warm")
        found = library.albums.proposals("Warm")
        assert found.confidence.tolist() == pytest.approx([sure[each] for each in found.photo_ids.tolist()], abs=1e-3)


def test_coverage_of_an_album_counts_the_tags_that_its_photos_have(indexed: Indexed) -> None:
    ids = indexed.ids()
    reds = [ids[f"red-{number:02}.png"] for number in range(10)]
    with indexed.opened(write=True) as library:
        untagged = library.albums.facts_of(reds)
        tag(library)
        assert library.albums.facts_of(reds) == untagged
        shares = {each.tag: each.share for each in untagged.coverage}
        assert shares["crimson"] == 1.0
        assert "colour" not in shares, "all of them are crimson, which says it"
        library.tags.answer("crimson", reds[:5], yes=False)
        library.tags.give("Oslo", reds)
        told = {each.tag: each.share for each in library.albums.facts_of(reds).coverage}
    assert told["Oslo"] == 1.0
    assert told.get("crimson", 0.0) <= 0.5


def test_line_of_a_tag_can_be_moved(indexed: Indexed) -> None:
    with indexed.opened(write=True) as library:
        tag(library)
        surest = max(library.tags.likelihoods("crimson").values())
        accepted = []
        for line in (0.3, surest - 1e-6, 1.0):
            library.tags.set_line("crimson", line)
            accepted.append(len(library.tags.tagged("crimson")))
        loose, strict, none = accepted
        assert loose > strict > none == 0


def test_renamed_tag_keeps_its_photos_and_answers(indexed: Indexed) -> None:
    with indexed.opened(write=True) as library:
        tag(library)
        before = library.tags.tagged("crimson").tolist()
        library.tags.rename("crimson", "scarlet")
        assert library.tags.tagged("scarlet").tolist() == before
        tag(library)
        assert library.tags.tagged("scarlet").tolist() == before
        assert not len(library.tags.tagged("crimson"))
        with pytest.raises(ClipViewError, match="no other tag"):
            library.tags.rename("scarlet", "azure")
        with pytest.raises(ClipViewError, match="no tag 'beige'"):
            library.tags.rename("beige", "sand")


def test_edited_photo_is_tagged_anew(indexed: Indexed, painted: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    shutil.copy(painted / "photos" / "red-00.png", photos)
    indexed.index(photos)
    with indexed.opened(write=True) as library:
        tag(library)
        assert "crimson" in applied(library, indexed.ids()["red-00.png"])
    paint(photos / "red-00.png", "green")
    indexed.index(photos)
    with indexed.opened(write=True) as library:
        tag(library)
        assert "crimson" not in applied(library, indexed.ids()["red-00.png"])
