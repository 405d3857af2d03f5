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
from clipview.core.places import Places
from clipview.core.types import Query, TextTerm


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    chosen = np.random.RandomState(3)
    for number in range(24):
        coarse = chosen.randint(0, 256, (2 + number % 5, 3, 3)).astype(np.uint8)
        Image.fromarray(coarse).resize((64, 48), Image.Resampling.BICUBIC).save(folder / f"{number}.jpg", quality=90)
    return folder


def _index(library: Library, folder: Path, model: str) -> None:
    for _ in library.scan([folder], model=model):
        pass
    library.refresh()


def test_int8_form_is_used_once_it_passed_and_its_vectors_stand_beside_the_others(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIPVIEW_HOME", str(tmp_path))
    name = str(save_folder(tmp_path / "vit", VIT, {}))
    places = Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache")
    with Library.open(places, write=True) as library:
        _index(library, photos, name)
        _index(library, photos, f"{name}@int8")
        assert library.model == f"{name}@int8"
        assert library.search(Query((TextTerm("a dog"),), include_weak=True)).hits
        models = library.store.models()
        assert [model.name for model in models] == [name, f"{name}@int8"]
        assert models[0].fingerprint != models[1].fingerprint
    assert main(["models", "use", f"{name}@int8", "--library", str(places.library)]) == 0
    assert "passes: on 24 photos of this library" in capsys.readouterr().out
    assert main(["models", "list", "--library", str(places.library)]) == 0
    assert "@int8 embeds pictures with PyTorch in int8." in capsys.readouterr().out


def test_int8_form_that_differs_is_refused_with_the_figures(photos: Path, tmp_path: Path) -> None:
    folder = save_folder(tmp_path / "vit", VIT, {})
    file = folder / "open_clip_model.safetensors"
    state = load_file(file)
    for key in state:
        # One channel that drowns the others in a common scale, as large models have them.
        if key.startswith("visual.transformer") and key.endswith(("ln_1.weight", "ln_2.weight")):
            state[key][0] = 3000
        if key.startswith("visual.transformer") and key.endswith(("in_proj_weight", "c_fc.weight")):
            state[key][:, 0] = 0
    save_file(state, file)
    places = Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache")
    with Library.open(places, write=True) as library:
        with pytest.raises(ModelUnavailableError, match="of which 0 can be read now"):
            library.use_model(f"{folder}@int8")
        _index(library, photos, str(folder))
        with pytest.raises(ModelUnavailableError, match=r"refused: on 24 photos .* mean cosine .* 0\.\d+"):
            library.use_model(f"{folder}@int8")
        assert library.wanted_model == str(folder)


def test_model_without_int8_form_says_so(photos: Path, tmp_path: Path) -> None:
    name = str(save_folder(tmp_path / "resnet", RESNET, {}))
    places = Places(tmp_path / "library", tmp_path / "models", tmp_path / "cache")
    with Library.open(places, write=True) as library:
        _index(library, photos, "starter")
        for model, reason in (("starter@int8", "no int8 form"), (f"{name}@int8", "can't be computed in int8")):
            with pytest.raises(ModelUnavailableError, match=reason):
                library.use_model(model)
        assert library.wanted_model == "starter"
