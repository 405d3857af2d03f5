from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipview.core.environment import prepare_environment

prepare_environment()

from tiny_models import COCA, RESNET, SIGLIP, SIGLIP_PREPROCESS, VIT, save_folder, save_tokenizer  # noqa: E402

from clipview.core.encoders import load_encoder  # noqa: E402
from clipview.core.encoders.conversion import convert  # noqa: E402
from clipview.core.encoders.device import FLOAT32_CPU  # noqa: E402
from clipview.core.encoders.loading import load  # noqa: E402
from clipview.core.encoders.measuring import best_way, measure, probe_pictures  # noqa: E402
from clipview.core.encoders.openclip import OpenClipEncoder  # noqa: E402
from clipview.core.encoders.picture_ways import (  # noqa: E402
    PictureChoice,
    Trial,
    Way,
    converted_file,
    keep_choice,
    read_choice,
)
from clipview.core.encoders.starter import StarterEncoder  # noqa: E402
from clipview.core.errors import ModelUnavailableError  # noqa: E402

pytest.importorskip("openvino")

_EXACT = Way(converted=False, precision="float32")
_CONVERTED = Way(converted=True, precision="float32", streams=2)
_CONFIGS = {"vit": VIT, "resnet": RESNET, "coca": COCA, "siglip": SIGLIP}


@pytest.fixture(scope="module")
def converted_vit(save: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return the name of a model and a cache folder, to be copied, with its converted network."""
    name, home = str(save("vit")), tmp_path_factory.mktemp("converted")
    _converted(name, home)
    return name, home / "cache"


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    root = tmp_path_factory.mktemp("models")
    save_tokenizer(root / "siglip")

    def model(kind: str) -> Path:
        return save_folder(root / kind, _CONFIGS[kind], SIGLIP_PREPROCESS if kind == "siglip" else {})

    return model


def _converted(name: str, home: Path) -> StarterEncoder | OpenClipEncoder:
    """Return an encoder whose picture network was converted and chosen."""
    encoder = load(name, home / "models", home / "cache")
    assert isinstance(encoder, StarterEncoder | OpenClipEncoder)
    exact = encoder.pictures.load(FLOAT32_CPU)
    height, width, _ = encoder.preparation(probe_pictures()[0])[0].shape
    sha256 = convert(exact.module(), (height, width), exact.arrays, converted_file(name, home / "cache"))
    choice = PictureChoice(encoder.fingerprint, _CONVERTED, sha256, (Trial(_CONVERTED, 2.0, 1.0),), "")
    keep_choice(choice, name, home / "cache", encoder.weights_file)
    return encoder


@pytest.mark.parametrize("kind", list(_CONFIGS))
def test_converted_network_gives_pytorchs_vectors(
    kind: str, save: Callable[[str], Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    name = str(save(kind))
    exact = OpenClipEncoder(name, tmp_path / "models", tmp_path / "exact", FLOAT32_CPU)
    encoder = _converted(name, tmp_path)
    inputs = [encoder.preparation(picture) for picture in probe_pictures()]
    with caplog.at_level(logging.INFO):
        encoder.encode_images(inputs)
    assert "embedded with OpenVINO in float32" in caplog.text
    for count in (1, 2, 5):
        found = encoder.encode_images(inputs[:count]).search
        assert np.abs(found - exact.encode_images(inputs[:count]).search).max() < 1e-5
        assert np.array_equal(encoder.encode_images(inputs[:count]).search, found)


def test_converted_starter_gives_the_same_vectors(tmp_path: Path, drawn_pictures: dict[str, Image.Image]) -> None:
    exact, encoder = StarterEncoder(tmp_path / "exact", FLOAT32_CPU), _converted("starter", tmp_path)
    inputs = [encoder.preparation(picture) for picture in (*drawn_pictures.values(), *probe_pictures())]
    expected, found = exact.encode_images(inputs), encoder.encode_images(inputs)
    assert expected.similar is not None
    assert found.similar is not None
    assert np.abs(found.search - expected.search).max() < 1e-5
    assert np.abs(found.similar - expected.similar).max() < 1e-5


def test_picture_is_asked_about_while_a_scan_goes_on(converted_vit: tuple[str, Path], tmp_path: Path) -> None:
    name, kept = converted_vit
    shutil.copytree(kept, tmp_path / "cache")
    encoder = load_encoder(name, tmp_path / "models", tmp_path / "cache")
    inputs = [encoder.preparation(picture) for picture in probe_pictures()]
    with ThreadPoolExecutor(4) as executor:
        found = [each.search for each in executor.map(encoder.encode_images, [inputs, inputs[:1]] * 8)]
    assert all(np.array_equal(vectors, found[0][: len(vectors)]) for vectors in found)


_INDEXED_WITHOUT_TORCH = """
import sys
from pathlib import Path
from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.types import Query, TextTerm
home, *names = map(Path, sys.argv[1:])
with Library.open(Places(home / "library", home / "models", home / "cache"), write=True) as library:
    for name in names:
        for step in library.scan([home / "photos"], model=str(name)):
            pass
        library.refresh()
        assert library.model == str(name)
        assert library.search(Query((TextTerm("a dog"),), include_weak=True)).hits
heavy = {"torch", "open_clip", "transformers", "timm", "openvino_telemetry"} & {k for k, v in sys.modules.items() if v}
assert not heavy, heavy
assert "openvino" in sys.modules
"""


def test_folder_is_indexed_without_pytorch(save: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    for number, picture in enumerate(probe_pictures()):
        picture.save(tmp_path / "photos" / f"{number}.jpg")
    names = (str(save("vit")), "starter")
    for name in names:
        _converted(name, tmp_path)
    subprocess.run([sys.executable, "-c", _INDEXED_WITHOUT_TORCH, str(tmp_path), *names], check=True)


@pytest.mark.parametrize("damage", ["changed", "cut", "gone", "foreign"])
def test_damaged_converted_network_is_never_used(
    damage: str, converted_vit: tuple[str, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    name, kept = converted_vit
    shutil.copytree(kept, tmp_path / "cache")
    encoder = load_encoder(name, tmp_path / "models", tmp_path / "cache")
    file = converted_file(name, tmp_path / "cache")
    whole = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        places = {"changed": whole[:-9] + b"x" + whole[-8:], "cut": whole[:5000], "foreign": b"<net/>"}
        file.write_bytes(places[damage])
    inputs = [encoder.preparation(picture) for picture in probe_pictures()]
    exact = OpenClipEncoder(name, tmp_path / "models", tmp_path / "exact", FLOAT32_CPU)
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(encoder.encode_images(inputs).search, exact.encode_images(inputs).search)
    assert "is made anew" in caplog.text
    caplog.clear()
    assert read_choice(name, tmp_path / "cache") is None
    assert not file.exists()


def test_long_scan_measures_and_goes_over_to_the_fastest_way(save: Callable[[str], Path], tmp_path: Path) -> None:
    name = str(save("vit"))
    encoder = load_encoder(name, tmp_path / "models", tmp_path / "cache")
    inputs = [encoder.preparation(picture) for picture in probe_pictures()]
    expected = encoder.encode_images(inputs).search
    while not (measuring := [thread for thread in threading.enumerate() if thread.name == "measurement"]):
        encoder.encode_images(inputs)
    measuring[0].join()
    assert np.abs(encoder.encode_images(inputs).search - expected).max() < 1e-5
    choice = read_choice(name, tmp_path / "cache")
    assert choice is not None
    assert choice.fingerprint == encoder.fingerprint
    assert {trial.way.converted for trial in choice.trials} == {False, True}
    assert all(trial.cosine > 0.999 for trial in choice.trials)
    assert converted_file(name, tmp_path / "cache").exists() == choice.way.converted


def test_model_that_cannot_be_converted_stays_with_pytorch(save: Callable[[str], Path], tmp_path: Path) -> None:
    name = str(save("vit"))
    converted_file(name, tmp_path).mkdir(parents=True)
    choice = measure(name, tmp_path, tmp_path)
    assert choice.way == _EXACT
    assert choice.refused
    encoder = load_encoder(name, tmp_path, tmp_path)
    assert encoder.encode_images([encoder.preparation(probe_pictures()[0])]).search.shape == (1, 32)


def test_way_that_changes_vectors_is_not_taken() -> None:
    exact, wrong = Trial(_EXACT, 1.0, 1.0), Trial(_CONVERTED, 5.0, 0.9989)
    assert best_way([exact, wrong]) == _EXACT
    assert best_way([exact, wrong, Trial(_CONVERTED, 0.97, 1.0)]) == _CONVERTED
    assert best_way([exact, Trial(_CONVERTED, 0.8, 1.0)]) == _EXACT
    short = Way(converted=True, precision="bfloat16", streams=2)
    assert best_way([exact, Trial(_CONVERTED, 2.0, 1.0), Trial(short, 2.3, 0.9999)]) == _CONVERTED
    assert best_way([exact, Trial(_CONVERTED, 2.0, 1.0), Trial(short, 4.0, 0.9999)]) == short


def test_what_was_measured_goes_with_the_model(tmp_path: Path) -> None:
    folder = save_folder(tmp_path / "m", VIT, {})
    _converted(str(folder), tmp_path)
    file = converted_file(str(folder), tmp_path / "cache")
    save_folder(folder, VIT, {}, seed=1)
    encoder = load_encoder(str(folder), tmp_path / "models", tmp_path / "cache")
    exact = OpenClipEncoder(str(folder), tmp_path / "models", tmp_path / "exact", FLOAT32_CPU)
    inputs = [encoder.preparation(picture) for picture in probe_pictures()]
    # Other weights by the same name are not run as the old ones.
    assert np.array_equal(encoder.encode_images(inputs).search, exact.encode_images(inputs).search)
    assert file.exists()
    (folder / "open_clip_model.safetensors").unlink()
    load_encoder("starter", tmp_path / "models", tmp_path / "cache")
    assert not list(file.parent.glob("pictures-*"))


def test_missing_model_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="clipview models get"):
        measure("ViT-B-32/openai", tmp_path, tmp_path)
