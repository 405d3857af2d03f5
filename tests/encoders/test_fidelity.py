from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.torch import load_file, save_file
from tiny_models import RESNET, VIT, save_folder

from clipview.cli.main import main
from clipview.core.errors import ModelUnavailableError
from clipview.core.library import Library
from clipview.core.model_facts import Int8Form, PictureRun
from clipview.core.places import Places
from clipview.core.types import Query, TextTerm
from clipview.engine.library_state import library_state
from clipview.engine.messages import ModelState


class _Photos:
    """Folders of small photos: each one like none other, or like some."""

    def __init__(self, folder: Path) -> None:
        self.families = folder / "families"
        self.alike = folder / "alike"
        for at, families in ((self.families, 6), (self.alike, 1)):
            at.mkdir()
            chosen = np.random.RandomState(3)
            kinds = [chosen.randint(3, 252, (4, 3, 3)) for _ in range(families)]
            for number in range(66):
                near = kinds[number % families] + chosen.randint(-3, 4, (4, 3, 3))
                picture = Image.fromarray(near.astype(np.uint8)).resize((64, 48), Image.Resampling.BICUBIC)
                picture.save(at / f"{number}.png")


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> _Photos:
    return _Photos(tmp_path_factory.mktemp("photos"))


def _index(library: Library, folder: Path, model: str) -> None:
    for _ in library.scan([folder], model=model):
        pass
    library.refresh()


def _told(library: Library, name: str) -> ModelState:
    """Return what the window is told of a model."""
    return next(model for model in library_state(library, ()).models if model.name == name)


def test_int8_form_is_used_once_it_passed_and_its_vectors_stand_beside_the_others(
    photos: _Photos, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIPVIEW_HOME", str(tmp_path))
    name = "hf-hub:nobody/vit"
    save_folder(tmp_path / "models" / "hub" / "nobody--vit", VIT, {})
    places = Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache")
    with Library.open(places, write=True) as library:
        _index(library, photos.families, name)
        _index(library, photos.families, f"{name}@int8")
        assert library.model == f"{name}@int8"
        assert library.search(Query((TextTerm("a dog"),), include_weak=True)).hits
        told = _told(library, name)
        assert told.run == PictureRun("PyTorch", "int8")
        assert told.int8 is not None
        assert told.int8.fidelity is not None
        assert told.int8.fidelity.suffices
        models = library.store.models()
        assert [model.name for model in models] == [name, f"{name}@int8"]
        assert models[0].fingerprint != models[1].fingerprint
    assert main(["models", "use", f"{name}@int8", "--library", str(places.library)]) == 0
    assert "passes: on 66 photos of this library" in capsys.readouterr().out
    assert main(["models", "list", "--library", str(places.library)]) == 0
    assert "@int8 embeds pictures with PyTorch in int8." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("drowning", "crowded", "figures"),
    [
        # One channel drowns the others in a common scale, as large models have them: all vectors move alike.
        (50, False, r"mean cosine with the model itself is 0\.9\d{3}, the least 0\.9\d{3}, and (100|9[5-9])\.\d%"),
        # Photos like one another: the least move makes another one the nearest.
        (1, True, r"mean cosine with the model itself is (1\.0000|0\.9999), the least \S+, and [1-8]\d\.\d%"),
    ],
    ids=["by cosines", "by neighbours"],
)
def test_int8_form_that_fails_at_either_is_refused_with_the_figures(
    photos: _Photos, tmp_path: Path, *, drowning: int, crowded: bool, figures: str
) -> None:
    name = "hf-hub:nobody/vit"
    folder = save_folder(tmp_path / "models" / "hub" / "nobody--vit", VIT, {})
    file = folder / "open_clip_model.safetensors"
    state = load_file(file)
    for key in state:
        if key.startswith("visual.transformer") and key.endswith(("ln_1.weight", "ln_2.weight")):
            state[key][0] = drowning
        if key.startswith("visual.transformer") and key.endswith(("in_proj_weight", "c_fc.weight")):
            state[key][:, 0] = 0
    save_file(state, file)
    places = Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache")
    with Library.open(places, write=True) as library:
        _index(library, photos.alike if crowded else photos.families, name)
        assert _told(library, name).int8 == Int8Form(f"{name}@int8", None)
        with pytest.raises(ModelUnavailableError, match=figures) as refused:
            library.use_model(f"{name}@int8")
        told = _told(library, name)
        assert told.run is not None
        assert told.run.library == "PyTorch"
        assert told.int8 is not None
        assert told.int8.fidelity is not None
        assert f"{told.int8.fidelity}. Needed" in str(refused.value)
        assert "refused: on 66 photos of this library" in str(refused.value)
        assert "Needed are 0.999, 0.995 and 95%. Go on with" in str(refused.value)
        assert library.wanted_model == name


def test_model_without_int8_form_says_so(tmp_path: Path) -> None:
    name = str(save_folder(tmp_path / "resnet", RESNET, {}))
    places = Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache")
    with Library.open(places, write=True) as library:
        with pytest.raises(ModelUnavailableError, match="of which 0 can be read now: index at least 64"):
            library.use_model(f"{name}@int8")
        photos = tmp_path / "photos"
        photos.mkdir()
        Image.new("RGB", (64, 48), "red").save(photos / "red.png")
        _index(library, photos, name)
        for model, reason in (("starter@int8", "no int8 form"), (f"{name}@int8", "can't be computed in int8")):
            with pytest.raises(ModelUnavailableError, match=reason):
                library.use_model(model)
        assert library.wanted_model == name
