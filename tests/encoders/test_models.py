from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from clipview.core.environment import prepare_environment

prepare_environment()

import open_clip  # noqa: E402
import tiny_models  # noqa: E402
from hub_server import HubServer, running_hub  # noqa: E402
from safetensors.torch import save_file  # noqa: E402
from tiny_models import SIGLIP, SIGLIP_PREPROCESS, VIT, random_state, save_folder, save_tokenizer  # noqa: E402

from clipview.core.encoders import load_encoder  # noqa: E402
from clipview.core.encoders.catalogue import DEFAULT_DOWNLOAD, State, catalogue, restricted_licence  # noqa: E402
from clipview.core.encoders.fetching import fetch_model  # noqa: E402
from clipview.core.encoders.loading import import_model  # noqa: E402
from clipview.core.encoders.sources import describe  # noqa: E402
from clipview.core.errors import ModelUnavailableError  # noqa: E402


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with running_hub() as server:
        yield server


@pytest.fixture(autouse=True)
def _no_other_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "nobody's cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))


def _publish(hub: HubServer, repo: str, folder: Path) -> None:
    for file in folder.iterdir():
        hub.files[f"/{repo}/resolve/main/{file.name}"] = file.read_bytes()


def test_missing_model_fails_at_once_with_the_next_step(tmp_path: Path) -> None:
    start = time.monotonic()
    for name in (DEFAULT_DOWNLOAD, "ViT-B-32/openai", "hf-hub:someone/something"):
        with pytest.raises(ModelUnavailableError, match=f"`clipview models get {name}`"):
            load_encoder(name, tmp_path, tmp_path)
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ViT-B-33/openai", "ViT-B-32"),
        ("no such thing", "no search model"),
        ("ViT-B-32", "needs a tag"),
        ("ViT-B-32/opanai", "openai"),
        ("ViT-B-32/missing.safetensors", "neither a checkpoint"),
        ("hf-hub:../../etc", "not the name"),
        ("hf-hub:a/b/c", "not the name"),
        ("", "no search model"),
    ],
)
def test_unknown_name_is_refused_with_a_hint(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(ModelUnavailableError, match=words):
        load_encoder(name, tmp_path, tmp_path)


def test_openai_weights_get_the_activation_they_were_trained_with(tmp_path: Path) -> None:
    assert describe("ViT-B-32/openai", tmp_path).config["quick_gelu"] is True
    assert not describe("ViT-B-32/laion2b_s34b_b79k", tmp_path).config.get("quick_gelu")


def test_hub_model_is_fetched_and_then_used_without_the_hub(hub: HubServer, tmp_path: Path) -> None:
    published = save_folder(tmp_path / "published", VIT, {})
    _publish(hub, "someone/tiny", published)
    steps = list(fetch_model("hf-hub:someone/tiny", tmp_path / "models", hub.address))
    assert {step.file for step in steps} == {"open_clip_config.json", "open_clip_model.safetensors"}
    asked = len(hub.requests)
    encoder = load_encoder("hf-hub:someone/tiny", tmp_path / "models", tmp_path / "cache")
    original = load_encoder(str(published), tmp_path / "models", tmp_path / "cache")
    assert encoder.fingerprint == original.fingerprint
    assert list(fetch_model("hf-hub:someone/tiny", tmp_path / "models", hub.address)) == []
    assert len(hub.requests) == asked
    assert catalogue(tmp_path / "models")[-1].name == "hf-hub:someone/tiny"


def test_model_with_its_own_tokenizer_is_fetched_whole(hub: HubServer, tmp_path: Path) -> None:
    published = save_folder(tmp_path / "published", SIGLIP, SIGLIP_PREPROCESS)
    _publish(hub, "someone/other-siglip", published)
    save_tokenizer(tmp_path / "tokenizer")
    _publish(hub, "someone/tiny-siglip", tmp_path / "tokenizer")
    name = "hf-hub:someone/other-siglip"
    with pytest.raises(ModelUnavailableError, match="models get"):
        load_encoder(name, tmp_path / "models", tmp_path / "cache")
    list(fetch_model(name, tmp_path / "models", hub.address))
    encoder = load_encoder(name, tmp_path / "models", tmp_path / "cache")
    assert encoder.encode_texts(["a dog"]).shape == (1, encoder.dim)


def test_stopped_fetch_goes_on_with_the_same_file(hub: HubServer, tmp_path: Path) -> None:
    published = save_folder(tmp_path / "published", VIT, {})
    _publish(hub, "someone/tiny", published)
    fetch = fetch_model("hf-hub:someone/tiny", tmp_path / "models", hub.address)
    for step in fetch:
        if step.file.endswith(".safetensors") and step.done_bytes > 0:
            break
    fetch.close()
    with pytest.raises(ModelUnavailableError, match="not on this machine"):
        load_encoder("hf-hub:someone/tiny", tmp_path / "models", tmp_path / "cache")
    steps = list(fetch_model("hf-hub:someone/tiny", tmp_path / "models", hub.address))
    assert steps[0].file == "open_clip_model.safetensors"
    assert steps[0].done_bytes > 0
    load_encoder("hf-hub:someone/tiny", tmp_path / "models", tmp_path / "cache")


def test_older_file_format_is_fetched_where_the_newer_is_missing(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_models.register("tiny-tagged", VIT, tmp_path / "configs")
    tag = {"hf_hub": "someone/tiny-tagged/", "url": ""}
    monkeypatch.setitem(open_clip.pretrained._PRETRAINED, "tiny-tagged", {"first": tag})
    tiny_models.torch.save(random_state(VIT), tmp_path / "w.bin")
    hub.files["/someone/tiny-tagged/resolve/main/open_clip_pytorch_model.bin"] = (tmp_path / "w.bin").read_bytes()
    list(fetch_model("tiny-tagged/first", tmp_path / "models", hub.address))
    assert load_encoder("tiny-tagged/first", tmp_path / "models", tmp_path / "cache").name == "tiny-tagged/first"


def test_weights_at_a_plain_address_are_checked_by_the_sum_in_it(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib

    tiny_models.register("tiny-address", VIT, tmp_path / "configs")
    save_file(random_state(VIT), tmp_path / "w.safetensors")
    content = (tmp_path / "w.safetensors").read_bytes()
    path = f"/clip/{hashlib.sha256(content).hexdigest()}/tiny.safetensors"
    tag = {"hf_hub": "", "url": hub.address + path}
    monkeypatch.setitem(open_clip.pretrained._PRETRAINED, "tiny-address", {"first": tag})
    hub.files[path] = content[:-1] + b"!"
    with pytest.raises(ModelUnavailableError, match="damaged"):
        list(fetch_model("tiny-address/first", tmp_path / "models"))
    hub.files[path] = content
    list(fetch_model("tiny-address/first", tmp_path / "models"))
    load_encoder("tiny-address/first", tmp_path / "models", tmp_path / "cache")


def test_unpublished_model_says_so(hub: HubServer, tmp_path: Path) -> None:
    for name in ("hf-hub:someone/nothing", DEFAULT_DOWNLOAD):
        with pytest.raises(ModelUnavailableError, match="can't be downloaded"):
            list(fetch_model(name, tmp_path, hub.address))


def test_starter_needs_no_download(tmp_path: Path) -> None:
    assert list(fetch_model("starter", tmp_path)) == []


def test_imported_checkpoint_is_copied_and_offered(tmp_path: Path) -> None:
    tiny_models.register("tiny-imported", VIT, tmp_path / "configs")
    file = tmp_path / "mine.safetensors"
    save_file(random_state(VIT), file)
    name = import_model(file, "tiny-imported", tmp_path / "models")
    assert name == "tiny-imported/mine"
    expected = load_encoder(f"tiny-imported/{file}", tmp_path / "models", tmp_path).encode_texts(["a dog"])
    file.unlink()
    assert np.array_equal(load_encoder(name, tmp_path / "models", tmp_path).encode_texts(["a dog"]), expected)
    entry = catalogue(tmp_path / "models")[-1]
    assert (entry.name, entry.state, entry.use) == (name, State.READY, "imported")
    assert [path.name for path in (tmp_path / "models" / "imported" / "tiny-imported").iterdir()] == ["mine"]


def test_import_takes_the_place_of_a_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny_models.register("tiny-known", VIT, tmp_path / "configs")
    tag = {"hf_hub": "someone/tiny-known/", "url": "", "resize_mode": "squash"}
    monkeypatch.setitem(open_clip.pretrained._PRETRAINED, "tiny-known", {"first": tag})
    save_file(random_state(VIT), tmp_path / "downloaded.safetensors")
    assert import_model(tmp_path / "downloaded.safetensors", "tiny-known/first", tmp_path / "models")
    encoder = load_encoder("tiny-known/first", tmp_path / "models", tmp_path)
    assert "squash" in repr(encoder.preparation)


@pytest.mark.parametrize("name", ["ViT-B-32/../../x", "ViT-B-32/a b", "../x/y", "ViT-B-32/.hidden"])
def test_import_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    file = tmp_path / "mine.safetensors"
    save_file(random_state(VIT), file)
    with pytest.raises(ModelUnavailableError):
        import_model(file, name, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_import_of_a_wrong_or_missing_file_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "mine.safetensors"
    save_file(random_state(VIT), file)
    with pytest.raises(ModelUnavailableError, match="don't fit"):
        import_model(file, "ViT-B-32", tmp_path / "models")
    for other in (tmp_path / "missing.safetensors", tmp_path):
        with pytest.raises(ModelUnavailableError, match="no checkpoint"):
            import_model(other, "ViT-B-32", tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_catalogue_offers_a_choice_on_an_empty_machine(tmp_path: Path) -> None:
    entries = catalogue(tmp_path)
    assert [entry.state for entry in entries] == [State.BUILT_IN, *[State.NOT_DOWNLOADED] * 7]
    assert len({entry.name for entry in entries}) == 8
    assert DEFAULT_DOWNLOAD in {entry.name for entry in entries}
    assert not any(restricted_licence(entry.name) for entry in entries)


def test_offered_models_are_known_to_open_clip(tmp_path: Path) -> None:
    for entry in catalogue(tmp_path)[1:]:
        description = describe(entry.name, tmp_path)
        assert description.config["embed_dim"] == entry.dim
        assert not isinstance(description.weights, Path)
        folder = tmp_path / entry.dim.__str__() / "hub" / description.weights.repo.replace("/", "--")
        folder.mkdir(parents=True)
        (folder / "open_clip_model.safetensors").write_bytes(b"")
        models = folder.parent.parent
        if description.tokenizer:
            beside = models / "hub" / description.tokenizer.replace("/", "--")
            beside.mkdir(exist_ok=True)
            (beside / "tokenizer.json").write_text("{}")
        ready = {other.name for other in catalogue(models) if other.state is State.READY}
        assert entry.name in ready


@pytest.mark.parametrize(
    "name",
    [
        "ViT-B-32-quickgelu/metaclip_400m",
        "ViT-H-14-worldwide/metaclip2_worldwide",
        "nllb-clip-base/v1",
        "MobileCLIP-S1/datacompdr",
        "MobileCLIP2-S0/dfndr2b",
        "ViT-L-14/dfn2b",
    ],
)
def test_restricted_licences_are_labelled(name: str) -> None:
    assert restricted_licence(name)


def test_loading_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_arguments: object) -> None:
        raise AssertionError("a connection was opened")

    save_tokenizer(tmp_path / "m")
    save_folder(tmp_path / "m", SIGLIP, SIGLIP_PREPROCESS)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    encoder = load_encoder(str(tmp_path / "m"), tmp_path / "models", tmp_path / "cache")
    assert encoder.encode_texts(["a dog"]).shape == (1, encoder.dim)
    with pytest.raises(ModelUnavailableError, match="not on this machine"):
        load_encoder(DEFAULT_DOWNLOAD, tmp_path / "models", tmp_path / "cache")
