from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from clipview.core.environment import prepare_environment

prepare_environment()

import open_clip  # noqa: E402
import tiny_models  # noqa: E402
import torch  # noqa: E402
from safetensors.torch import save_file  # noqa: E402
from tiny_models import COCA, RESNET, SIGLIP, SIGLIP_PREPROCESS, VIT, random_state, save_folder, save_tokenizer  # noqa: E402

from clipview.core.encoders import load_encoder  # noqa: E402
from clipview.core.encoders.device import FLOAT32_CPU, Device  # noqa: E402
from clipview.core.encoders.loading import import_model  # noqa: E402
from clipview.core.encoders.openclip import OpenClipEncoder  # noqa: E402
from clipview.core.encoders.openclip_model import fingerprint  # noqa: E402
from clipview.core.encoders.openclip_preparation import OpenClipPreparation, preparation_from  # noqa: E402
from clipview.core.encoders.openclip_tower_reader import read_tower  # noqa: E402
from clipview.core.encoders.openclip_towers import encode_image, encode_text  # noqa: E402
from clipview.core.encoders.sources import locate  # noqa: E402
from clipview.core.errors import ModelUnavailableError  # noqa: E402

TEXTS = ["a dog", "", "a photo of a cat on the beach at sunset", "Zürich, naïve 日本 🐕"]
LONG_TEXT = "very " * 200
_TWO = ("vit", "siglip")
SHAPES = [(500, 334), (334, 500), (97, 1000), (1000, 90), (33, 47), (5, 7), (1, 1), (160, 160), (32, 32), (64, 63)]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("models")
    save_tokenizer(root / "siglip")
    return {
        "vit": save_folder(root / "vit", VIT, {}),
        "resnet": save_folder(root / "resnet", RESNET, {"resize_mode": "longest", "fill_color": 127}),
        "coca": save_folder(root / "coca", COCA, {}),
        "siglip": save_folder(root / "siglip", SIGLIP, SIGLIP_PREPROCESS),
    }


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path | str], OpenClipEncoder]:
    home = tmp_path_factory.mktemp("home")

    def from_name(name: Path | str) -> OpenClipEncoder:
        return OpenClipEncoder(str(name), home / "models", home / "cache", FLOAT32_CPU)

    return from_name


def _pictures() -> list[Image.Image]:
    rng = np.random.RandomState(5)
    return [Image.fromarray(rng.randint(0, 256, (height, width, 3)).astype(np.uint8)) for width, height in SHAPES]


@pytest.mark.parametrize("kind", ["vit", "resnet", "coca", "siglip"])
def test_vectors_are_those_of_open_clip(
    kind: str, folders: dict[str, Path], load: Callable[[Path], OpenClipEncoder]
) -> None:
    encoder = load(folders[kind])
    name = f"local-dir:{folders[kind]}"
    network, _train, preprocess = open_clip.create_model_and_transforms(name)
    tokenizer = open_clip.get_tokenizer(name)
    network.eval()
    with torch.inference_mode():
        pixels = torch.stack([preprocess(picture) for picture in _pictures()])
        images = network.encode_image(pixels, normalize=True).numpy()
        texts = network.encode_text(tokenizer([*TEXTS, LONG_TEXT]), normalize=True).numpy()
    found = encoder.encode_images([encoder.preparation(picture) for picture in _pictures()])
    assert found.similar is None
    assert np.abs(found.search - images).max() < 1e-4
    assert np.abs(encoder.encode_texts([*TEXTS, LONG_TEXT]) - texts).max() < 1e-4
    assert np.abs(encoder.encode_texts(TEXTS) - texts[:-1]).max() < 1e-5


@pytest.mark.parametrize("kind", ["vit", "resnet", "coca", "siglip"])
def test_vectors_keep_the_contract(
    kind: str, folders: dict[str, Path], load: Callable[[Path], OpenClipEncoder]
) -> None:
    encoder = load(folders[kind])
    inputs = [encoder.preparation(picture) for picture in _pictures()] * 2
    images, texts = encoder.encode_images(inputs).search, encoder.encode_texts(TEXTS)
    assert images.shape == (len(inputs), encoder.dim)
    assert texts.shape == (len(TEXTS), encoder.dim)
    assert images.dtype == texts.dtype == np.float32
    assert np.abs(np.linalg.norm(images, axis=1) - 1).max() < 1e-5
    assert np.abs(np.linalg.norm(texts, axis=1) - 1).max() < 1e-5
    assert np.array_equal(encoder.encode_images(inputs).search, images)
    assert encoder.encode_images([]).search.shape == (0, encoder.dim)
    assert encoder.encode_texts([]).shape == (0, encoder.dim)


@pytest.mark.parametrize("size", [32, (32, 32), (24, 40)])
@pytest.mark.parametrize("mode", ["shortest", "longest", "squash"])
@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear"])
def test_preparation_gives_open_clips_pixels(size: Any, mode: str, interpolation: str) -> None:
    settings = {"size": size, "resize_mode": mode, "interpolation": interpolation, "fill_color": 90}
    reference = open_clip.transform.image_transform_v2(open_clip.transform.PreprocessCfg(**settings), is_train=False)
    preparation = preparation_from(settings)
    for picture in _pictures():
        if mode == "longest" and max(picture.size) > 32 * min(picture.size):
            continue
        expected = picture
        for step in reference.transforms[:-2]:
            expected = step(expected)
        (found,) = preparation(picture)
        # Strips are resized only where they are seen, which may round by a little.
        tolerance = 2 if mode == "shortest" and max(picture.size) > 7 * min(picture.size) else 0
        assert np.abs(found.astype(int) - np.asarray(expected)).max() <= tolerance, picture.size


def test_preparation_is_a_small_picklable_value() -> None:
    preparation = preparation_from({"size": 32})
    assert pickle.loads(pickle.dumps(preparation)) == preparation == OpenClipPreparation(32, 32)
    assert preparation.min_side_px >= 32


def test_unknown_preprocessing_is_refused() -> None:
    for settings in ({"resize_mode": "stretch"}, {"interpolation": "nearest"}, {"size": 0}):
        with pytest.raises(ModelUnavailableError, match="choose another model"):
            preparation_from(settings)


def test_shorter_ways_are_really_taken_and_exact() -> None:
    network = tiny_models.CLIP(**VIT).eval()
    pixels = torch.randn(3, 3, 32, 32)
    tokens = open_clip.tokenizer.SimpleTokenizer()(TEXTS)
    lengths: list[int] = []
    widths: list[int] = []
    network.transformer.register_forward_pre_hook(lambda _module, inputs: lengths.append(inputs[0].shape[1]))
    network.visual.transformer.resblocks[-1].mlp.register_forward_pre_hook(
        lambda _module, inputs: widths.append(inputs[0].shape[1])
    )
    with torch.inference_mode():
        images, texts = encode_image(network, pixels), encode_text(network, tokens)
        assert widths == [1]
        assert lengths[0] < 77
        assert (images - network.encode_image(pixels, normalize=True)).abs().max() < 1e-5
        assert (texts - network.encode_text(tokens, normalize=True)).abs().max() < 1e-5


@pytest.mark.parametrize(
    ("vision", "text", "custom_text"),
    [
        ({"pool_type": "avg"}, {"pool_type": "last"}, False),
        ({"pool_type": "avg"}, {"pool_type": "last"}, True),
        ({"attentional_pool": True, "attn_pooler_heads": 2, "attn_pooler_queries": 4}, {"pool_type": "first"}, False),
        ({"attentional_pool": True, "attn_pooler_heads": 2, "attn_pooler_queries": 4}, {"pool_type": "first"}, True),
        ({"qk_norm": True, "no_ln_pre": True}, {"no_causal_mask": True}, False),
        ({"qk_norm": True, "no_ln_pre": True}, {"no_causal_mask": True}, True),
        ({"final_ln_after_pool": True, "ls_init_value": 0.1}, {"pool_type": "eos", "eos_id": 49407}, False),
        ({"final_ln_after_pool": True}, {"pool_type": "eos", "eos_id": 49407, "ls_init_value": 0.1}, True),
        ({}, {"act_kwargs": {"approximate": "tanh"}}, True),
        ({}, {"embed_cls": True}, True),
    ],
)
def test_other_architectures_give_open_clips_numbers(
    vision: dict[str, Any], text: dict[str, Any], custom_text: bool
) -> None:
    config = {**VIT, "vision_cfg": {**VIT["vision_cfg"], **vision}, "text_cfg": {**VIT["text_cfg"], **text}}
    torch.manual_seed(1)
    network = (tiny_models.CustomTextCLIP if custom_text else tiny_models.CLIP)(**config).eval()
    pixels, tokens = torch.randn(3, 3, 32, 32), open_clip.tokenizer.SimpleTokenizer()(TEXTS)
    tower = read_tower(network)
    assert (tower is None) == ("embed_cls" in text)
    with torch.inference_mode():
        images, texts = encode_image(network, pixels), encode_text(network, tokens)
        if tower is not None:
            assert np.abs(tower.encode(tokens.numpy()) - texts.numpy()).max() < 1e-5
        assert (images - network.encode_image(pixels, normalize=True)).abs().max() < 1e-5
        assert (texts - network.encode_text(tokens, normalize=True)).abs().max() < 1e-5


def test_lower_precision_stays_close(folders: dict[str, Path], tmp_path: Path) -> None:
    name, caches = str(folders["vit"]), (tmp_path / "exact", tmp_path / "short")
    exact = OpenClipEncoder(name, tmp_path, caches[0], FLOAT32_CPU)
    short = OpenClipEncoder(name, tmp_path, caches[1], Device(torch.device("cpu"), torch.bfloat16))
    inputs = [exact.preparation(picture) for picture in _pictures()]
    cosines = (exact.encode_images(inputs).search * short.encode_images(inputs).search).sum(axis=1)
    assert cosines.mean() > 0.999
    assert (exact.encode_texts(TEXTS) * short.encode_texts(TEXTS)).sum(axis=1).min() > 0.995
    assert short.fingerprint == exact.fingerprint


_WITHOUT_TORCH = """
import sys
from pathlib import Path
import numpy as np
from clipview.core.encoders import load_encoder
home, *names = map(Path, sys.argv[1:])
texts = ["a dog", "", "a photo of a cat on the beach at sunset", "Zürich, naïve 日本 🐕", "very " * 200]
for name in names:
    encoder = load_encoder(str(name), home / "models", home / "cache")
    np.save(home / f"{name.name}.npy", encoder.encode_texts(texts))
heavy = {"torch", "open_clip", "transformers", "timm", "scipy"} & set(sys.modules)
assert not heavy, heavy
"""


def test_texts_need_no_pytorch_after_the_first_time(folders: dict[str, Path], tmp_path: Path) -> None:
    texts = [*TEXTS, LONG_TEXT]
    known = {folders[kind]: load_encoder(str(folders[kind]), tmp_path / "models", tmp_path / "cache") for kind in _TWO}
    subprocess.run([sys.executable, "-c", _WITHOUT_TORCH, str(tmp_path), *map(str, known)], check=True)
    for folder, encoder in known.items():
        assert np.array_equal(np.load(tmp_path / f"{folder.name}.npy"), encoder.encode_texts(texts))


@pytest.mark.parametrize(
    ("kept", "damage"),
    [
        ("card-*.json", "changed"),
        ("*.safetensors", "changed"),
        ("*.safetensors", "gone"),
        ("../tokenizer-*.json", "cut"),
    ],
)
def test_damaged_cache_is_made_anew(
    kept: str, damage: str, folders: dict[str, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / "cache"
    expected = load_encoder(str(folders["siglip"]), tmp_path, cache).encode_texts(TEXTS)
    (file,) = (cache / "towers").glob(kept)
    whole = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(whole[: len(whole) // 2] if damage == "cut" else whole[:40] + b"0" + whole[41:])
    with caplog.at_level(logging.WARNING):
        again = load_encoder(str(folders["siglip"]), tmp_path, cache)
    assert np.array_equal(again.encode_texts(TEXTS), expected)
    assert file.read_bytes() == whole
    caplog.clear()


def test_replaced_weights_are_noticed(tmp_path: Path) -> None:
    folder = save_folder(tmp_path / "m", VIT, {})
    before = load_encoder(str(folder), tmp_path, tmp_path / "cache")
    again = load_encoder(str(folder), tmp_path, tmp_path / "cache")
    save_folder(tmp_path / "m", VIT, {}, seed=1)
    after = load_encoder(str(folder), tmp_path, tmp_path / "cache")
    assert after.fingerprint != before.fingerprint
    assert not np.array_equal(after.encode_texts(TEXTS), before.encode_texts(TEXTS))
    with pytest.raises(ModelUnavailableError, match="replaced"):
        again.encode_images([again.preparation(_pictures()[0])])


def test_checkpoint_files_load_by_architecture(tmp_path: Path, load: Callable[[str], OpenClipEncoder]) -> None:
    tiny_models.register("tiny-checkpoint", VIT, tmp_path / "configs")
    state = random_state(VIT)
    save_file(state, tmp_path / "w.safetensors")
    torch.save(state, tmp_path / "w.pt")
    torch.save({"state_dict": {f"module.{key}": value for key, value in state.items()}, "epoch": 3}, tmp_path / "t.pt")
    torch.save(state, tmp_path / "old.bin", _use_new_zipfile_serialization=False)
    encoders = [load(f"tiny-checkpoint/{tmp_path / file}") for file in ("w.safetensors", "w.pt", "t.pt", "old.bin")]
    assert len({encoder.fingerprint for encoder in encoders}) == 1
    vectors = [encoder.encode_texts(TEXTS) for encoder in encoders]
    assert all(np.array_equal(vectors[0], other) for other in vectors)


def test_other_preprocessing_changes_the_fingerprint(tmp_path: Path, load: Callable[[Path], OpenClipEncoder]) -> None:
    folders = [
        save_folder(tmp_path / "a", VIT, {}),
        save_folder(tmp_path / "c", VIT, {"resize_mode": "squash"}),
        save_folder(tmp_path / "d", VIT, {"mean": [0.5, 0.5, 0.5]}),
    ]
    assert len({load(folder).fingerprint for folder in folders}) == 3


def test_huge_weights_have_a_fingerprint(folders: dict[str, Path], tmp_path: Path) -> None:
    files = locate(str(folders["vit"]), tmp_path)
    huge = torch.nn.Module()
    huge.register_buffer("weight", torch.zeros(1).expand(49408 * 512))
    longer = torch.nn.Module()
    longer.register_buffer("weight", torch.zeros(1).expand(49408 * 512 + 1))
    assert fingerprint(files, huge, ()) != fingerprint(files, longer, ())


class _Intruder:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return (os.system, (f"touch '{self.mark}'",))


@pytest.mark.parametrize("new_format", [True, False])
def test_hostile_checkpoint_runs_nothing(tmp_path: Path, new_format: bool) -> None:
    tiny_models.register("tiny-hostile", VIT, tmp_path / "configs")
    mark = tmp_path / "was run"
    hostile = {"state_dict": random_state(VIT), "extra": _Intruder(mark)}
    torch.save(hostile, tmp_path / "h.pt", _use_new_zipfile_serialization=new_format)
    with pytest.raises(ModelUnavailableError, match="can't be read safely"):
        load_encoder(f"tiny-hostile/{tmp_path / 'h.pt'}", tmp_path / "models", tmp_path / "cache")
    with pytest.raises(ModelUnavailableError, match="can't be read safely"):
        import_model(tmp_path / "h.pt", "tiny-hostile", tmp_path / "models")
    assert not mark.exists()
    assert not (tmp_path / "models").exists()


def test_script_archive_is_refused(tmp_path: Path) -> None:
    tiny_models.register("tiny-script", VIT, tmp_path / "configs")
    with warnings.catch_warnings():
        # Making such a file is deprecated; people still have them.
        warnings.simplefilter("ignore")
        torch.jit.save(torch.jit.trace(torch.nn.Linear(2, 2), torch.zeros(1, 2)), tmp_path / "s.pt")
    with pytest.raises(ModelUnavailableError, match="can't be read safely"):
        load_encoder(f"tiny-script/{tmp_path / 's.pt'}", tmp_path, tmp_path)


@pytest.mark.parametrize("damage", ["truncated", "garbage", "empty"])
@pytest.mark.parametrize("suffix", ["safetensors", "pt"])
def test_damaged_checkpoint_is_refused(tmp_path: Path, damage: str, suffix: str) -> None:
    tiny_models.register("tiny-damaged", VIT, tmp_path / "configs")
    file = tmp_path / f"w.{suffix}"
    if suffix == "pt":
        torch.save(random_state(VIT), file)
    else:
        save_file(random_state(VIT), file)
    whole = file.read_bytes()
    file.write_bytes({"truncated": whole[: len(whole) // 2], "garbage": os.urandom(5000), "empty": b""}[damage])
    with pytest.raises(ModelUnavailableError, match="can't be read safely") as caught:
        load_encoder(f"tiny-damaged/{file}", tmp_path, tmp_path)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [[1, 2], {"a": 1}, {}, {"state_dict": {"a": "b"}}])
def test_checkpoint_without_weights_is_refused(tmp_path: Path, content: object) -> None:
    tiny_models.register("tiny-empty", VIT, tmp_path / "configs")
    torch.save(content, tmp_path / "e.pt")
    with pytest.raises(ModelUnavailableError, match="saved by open_clip"):
        load_encoder(f"tiny-empty/{tmp_path / 'e.pt'}", tmp_path, tmp_path)


def test_weights_of_another_architecture_are_refused(tmp_path: Path) -> None:
    save_folder(tmp_path / "m", VIT, {})
    save_file(random_state(RESNET), tmp_path / "m" / "open_clip_model.safetensors")
    with pytest.raises(ModelUnavailableError, match="don't fit the model"):
        load_encoder(str(tmp_path / "m"), tmp_path, tmp_path)


def test_folder_without_weights_or_with_a_broken_config_is_refused(tmp_path: Path) -> None:
    save_folder(tmp_path / "m", VIT, {})
    for broken in ("{", "[]", '{"model_cfg": {"vision_cfg": 3, "text_cfg": 4}}'):
        (tmp_path / "m" / "open_clip_config.json").write_text(broken)
        with pytest.raises(ModelUnavailableError, match="not a model config"):
            load_encoder(str(tmp_path / "m"), tmp_path, tmp_path)
    save_folder(tmp_path / "m", VIT, {})
    (tmp_path / "m" / "open_clip_model.safetensors").unlink()
    with pytest.raises(ModelUnavailableError, match="no weights"):
        load_encoder(str(tmp_path / "m"), tmp_path, tmp_path)
    with pytest.raises(ModelUnavailableError, match=r"no open_clip_config\.json"):
        load_encoder(f"local-dir:{tmp_path / 'none'}", tmp_path, tmp_path)
