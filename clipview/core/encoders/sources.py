"""Where a named open_clip model's files lie on this machine, and what they are called where they are published.

Nothing here opens a connection. Only names of the form MODEL/TAG need open_clip itself, for its lists.
"""

from __future__ import annotations

import copy
import difflib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from clipview.core.environment import prepare_environment
from clipview.core.errors import ModelUnavailableError

CONFIG_FILE = "open_clip_config.json"
WEIGHT_SUFFIXES = (".safetensors", ".bin", ".pt", ".pth")
TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
    "config.json",
)
_TOKENIZER_MARKS = ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "sentencepiece.bpe.model", "spiece.model")
_HUB, _FOLDER = "hf-hub:", "local-dir:"
_REPO = re.compile(r"^[\w-][\w.-]*(?:/[\w-][\w.-]*)?$")
_LABEL = re.compile(r"^[\w.-]+$")


class Published(Struct, frozen=True):
    """A file on a model hub (or at a plain address), of which the first existing name is wanted."""

    repo: str
    names: tuple[str, ...]
    url: str = ""
    """Instead of a hub's repository."""
    sha256: str = ""


class Description(Struct, frozen=True):
    """What a name stands for: an architecture and where its weights come from."""

    name: str
    config: dict[str, Any]
    """open_clip's model config: embed_dim, vision_cfg, text_cfg and so on."""
    preprocess: dict[str, Any]
    weights: Path | Published
    """A file of this machine, or one that may have been downloaded."""
    config_file: Path | None = None
    """Where the config was read; None when it is open_clip's own."""

    @property
    def tokenizer(self) -> str | None:
        """Repository of the tokenizer; None for open_clip's own."""
        return self.config["text_cfg"].get("hf_tokenizer_name") or None

    @property
    def text_model(self) -> str | None:
        """Repository of the config of a text tower that transformers builds."""
        return self.config["text_cfg"].get("hf_model_name") or None


class ModelFiles(Struct, frozen=True):
    """A model that is complete on this machine."""

    description: Description
    weights: Path
    tokenizer: Path | None
    """Folder with the files of a tokenizer other than open_clip's own."""
    text_model: Path | None
    """Folder with the config.json of a text tower that transformers builds."""


def describe(name: str, models_dir: Path) -> Description:
    """Return what a model name stands for.

    Names: `MODEL/TAG` of open_clip, `MODEL/PATH` with a checkpoint file, a folder with an open_clip_config.json (also
    as `local-dir:PATH`), `hf-hub:ORG/NAME`, and the names given by `import_model`.

    Raises ModelUnavailableError for an unknown name or an unreadable config, and when the config of a hub's model
    is not on this machine.
    """
    if name.startswith(_HUB):
        repo = name.removeprefix(_HUB)
        config = find_published(Published(_checked(repo), (CONFIG_FILE,)), models_dir)
        if config is None:
            raise not_here(name)
        weights = Published(repo, ("open_clip_model.safetensors", "open_clip_pytorch_model.bin"))
        return _configured(name, config, weights)
    if name.startswith(_FOLDER) or (Path(name).expanduser() / CONFIG_FILE).is_file():
        folder = Path(name.removeprefix(_FOLDER)).expanduser()
        config = folder / CONFIG_FILE
        if not config.is_file():
            raise ModelUnavailableError(f"The folder {folder} has no {CONFIG_FILE}: give a folder saved by open_clip.")
        return _configured(name, config, _weights_in(folder))
    architecture, _slash, source = name.partition("/")
    return _built_in(name, architecture, source, models_dir)


def locate(name: str, models_dir: Path) -> ModelFiles:
    """Return the files of a model that is on this machine.

    Raises ModelUnavailableError, with the step that brings the model here, when a file is missing.
    """
    description = describe(name, models_dir)
    wanted = description.weights
    weights = wanted if isinstance(wanted, Path) else find_published(wanted, models_dir)
    if weights is None:
        raise not_here(name)
    tokenizer = _beside_or_published(description.tokenizer, weights, models_dir, _TOKENIZER_MARKS)
    text_model = _beside_or_published(description.text_model, weights, models_dir, ("config.json",))
    if (description.tokenizer and tokenizer is None) or (description.text_model and text_model is None):
        raise not_here(name)
    return ModelFiles(description, weights, tokenizer, text_model)


def files_of(files: ModelFiles) -> list[Path]:
    """Return all files that say what a model is, and the folder where a better choice of them might appear."""
    folders = [folder for folder in (files.tokenizer, files.text_model) if folder is not None]
    beside = [folder / name for folder in folders for name in TOKENIZER_FILES]
    config = files.description.config_file
    configured = [] if config is None else [config, config.parent]
    return [files.weights, *configured, *(path for path in beside if path.is_file())]


def would_come_first(files: ModelFiles, models_dir: Path) -> list[Path]:
    """Return what the model's name would stand for instead of these files, if it were there: an import."""
    architecture, _slash, label = files.description.name.partition("/")
    if files.description.config_file is not None or not _LABEL.match(label) or label.startswith("."):
        return []
    folder = import_folder(architecture, label, models_dir)
    return [] if files.weights.parent == folder else [folder]


def find_published(file: Published, models_dir: Path) -> Path | None:
    """Return where a published file was downloaded to, by ClipView or by another program's usual cache."""
    if file.url:
        candidates = (folder / file.names[0] for folder in (models_dir / "addresses", Path.home() / ".cache" / "clip"))
        return next((path for path in candidates if path.is_file()), None)
    shared = _shared_folder(file.repo).is_dir()
    for name in file.names:
        own = hub_folder(file.repo, models_dir) / name
        if own.is_file():
            return own
        if not shared:
            continue
        # Its import takes longer than all else that the engine does to say which models there are.
        prepare_environment()
        from huggingface_hub import try_to_load_from_cache

        cached = try_to_load_from_cache(file.repo, name)
        if isinstance(cached, str) and Path(cached).is_file():
            return Path(cached)
    return None


def _shared_folder(repo: str) -> Path:
    """Return where programs that share the hub's usual cache keep a repository, if one of them has it.

    https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
    """
    set_to = os.environ
    usual = Path(set_to.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huggingface"
    hub = Path(os.path.expandvars(set_to.get("HF_HOME") or usual)) / "hub"
    cache = set_to.get("HF_HUB_CACHE") or set_to.get("HUGGINGFACE_HUB_CACHE") or hub
    return Path(os.path.expandvars(cache)).expanduser() / f"models--{repo.replace('/', '--')}"


def hub_folder(repo: str, models_dir: Path) -> Path:
    """Return where ClipView keeps a hub repository's files."""
    return models_dir / "hub" / _checked(repo).replace("/", "--")


def import_folder(architecture: str, label: str, models_dir: Path) -> Path:
    """Return where ClipView keeps an imported checkpoint.

    Raises ModelUnavailableError when a name could leave the folder.
    """
    if not _LABEL.match(label) or not _LABEL.match(architecture) or label.startswith("."):
        raise ModelUnavailableError(
            f"{architecture}/{label} can't be a model's name: use letters, digits, dots, dashes and underscores."
        )
    return models_dir / "imported" / architecture / label


def not_here(name: str) -> ModelUnavailableError:
    """Return the error for a model that would have to be downloaded first."""
    return ModelUnavailableError(
        f"The search model {name} is not on this machine: get it with `clipview models get {name}`, "
        "or choose another from `clipview models list`."
    )


def _built_in(name: str, architecture: str, source: str, models_dir: Path) -> Description:
    prepare_environment()
    import open_clip

    config = open_clip.get_model_config(architecture)
    if config is None:
        near = difflib.get_close_matches(architecture, open_clip.list_models(), n=3)
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        raise ModelUnavailableError(
            f"There is no search model named {name}: {hint}See `clipview models list`, or give MODEL/TAG of open_clip."
        )
    if not source:
        tags = open_clip.list_pretrained_tags_by_model(architecture)
        known = f", such as {architecture}/{tags[0]}" if tags else " or a checkpoint file, as MODEL/PATH"
        raise ModelUnavailableError(f"The search model {architecture} needs a tag of its weights{known}.")
    tagged: Mapping[str, Any] = open_clip.get_pretrained_cfg(architecture, source) or {}
    if tagged.get("quick_gelu"):
        # The weights were trained with this activation; the architecture's own config leaves it out.
        config["quick_gelu"] = True
    imported = _imported(architecture, source, models_dir)
    if imported is not None:
        return Description(name, config, dict(tagged), imported)
    if tagged:
        return Description(name, config, dict(tagged), _published(tagged))
    path = Path(source).expanduser()
    if path.is_file() and path.suffix in WEIGHT_SUFFIXES:
        return Description(name, config, {}, path)
    tags = open_clip.list_pretrained_tags_by_model(architecture)
    raise ModelUnavailableError(
        f"{source} is neither a checkpoint file ({', '.join(WEIGHT_SUFFIXES)}) nor weights known for {architecture}: "
        f"choose {', '.join(tags[:6]) if tags else 'a file'}."
    )


def _imported(architecture: str, label: str, models_dir: Path) -> Path | None:
    if not _LABEL.match(label) or label.startswith("."):
        return None
    folder = import_folder(architecture, label, models_dir)
    return next((path for suffix in WEIGHT_SUFFIXES if (path := folder / f"weights{suffix}").is_file()), None)


def _published(tagged: Mapping[str, Any]) -> Published:
    """Return what open_clip's list says of a tag: `org/repo/file` or `org/repo/` on the hub, or an address."""
    if tagged.get("hf_hub"):
        repo, _slash, file = str(tagged["hf_hub"]).rpartition("/")
        if not file:
            return Published(repo, ("open_clip_model.safetensors", "open_clip_pytorch_model.bin"))
        safe = PurePosixPath(file).with_suffix(".safetensors").name
        names = ("open_clip_model.safetensors", file) if file == "open_clip_pytorch_model.bin" else (safe, file)
        return Published(repo, tuple(dict.fromkeys(names)))
    url = str(tagged["url"])
    file, folder = PurePosixPath(url).name, PurePosixPath(url).parent.name
    # OpenAI's addresses carry the whole checksum as a folder.
    return Published("", (file,), url, folder if re.fullmatch(r"[0-9a-f]{64}", folder) else "")


def _configured(name: str, path: Path, weights: Path | Published) -> Description:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        config, preprocess = document["model_cfg"], document.get("preprocess_cfg") or {}
        if not all(isinstance(config[key], dict) for key in ("vision_cfg", "text_cfg")):
            raise TypeError("vision_cfg and text_cfg must be tables")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailableError(
            f"{path} is not a model config of open_clip ({type(error).__name__}: {error}): get the model again."
        ) from error
    return Description(name, copy.deepcopy(config), dict(preprocess), weights, path)


def _weights_in(folder: Path) -> Path:
    preferred = ("open_clip_model", "open_clip_pytorch_model", "model", "pytorch_model")
    found = [path for path in folder.iterdir() if path.suffix in WEIGHT_SUFFIXES and path.is_file()]
    if not found:
        raise ModelUnavailableError(
            f"The folder {folder} has a model's config but no weights: put a {' or '.join(WEIGHT_SUFFIXES)} file there."
        )

    def order(path: Path) -> tuple[int, int, str]:
        place = preferred.index(path.stem) if path.stem in preferred else len(preferred)
        return WEIGHT_SUFFIXES.index(path.suffix), place, path.name

    return min(found, key=order)


def _beside_or_published(repo: str | None, weights: Path, models_dir: Path, marks: tuple[str, ...]) -> Path | None:
    """Return the folder that holds any of the marking files: the weights' own, else the repository's."""
    if repo is None:
        return None
    if any((weights.parent / mark).is_file() for mark in marks):
        return weights.parent
    found = find_published(Published(repo, marks), models_dir)
    return found.parent if found else None


def _checked(repo: str) -> str:
    if not _REPO.match(repo) or ".." in repo:
        raise ModelUnavailableError(f"{repo} is not the name of a model on the hub: write hf-hub:ORGANISATION/NAME.")
    return repo
