"""Downloading a model: which files a name needs, from the hub or from a plain address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from clipview.core.encoders.catalogue import STARTER
from clipview.core.encoders.downloads import Download, NotPublishedError, download
from clipview.core.encoders.sources import (
    CONFIG_FILE,
    TOKENIZER_FILES,
    Published,
    describe,
    find_published,
    hub_folder,
    locate,
)
from clipview.core.errors import ModelUnavailableError

_HUB_PREFIX = "hf-hub:"
_HUB = "https://huggingface.co"


def fetch_model(name: str, models_dir: Path, hub: str | None = None) -> Iterator[Download]:
    """Download what a model lacks on this machine; each step tells how far the current file has come.

    Closing the generator stops at once, and the next call goes on from there. The starter and a model that is
    complete give no step.

    Args:
        name: as for `load_encoder`.
        hub: address of the model hub; HF_ENDPOINT of the environment, else the public one, when None.

    Raises ModelUnavailableError for an unknown name, no connection or a damaged file, NoSpaceError for a full disk.
    """
    if name == STARTER:
        return
    address = (hub or os.environ.get("HF_ENDPOINT") or _HUB).rstrip("/")
    if name.startswith(_HUB_PREFIX):
        config = Published(name.removeprefix(_HUB_PREFIX), (CONFIG_FILE,))
        yield from _first_of(name, config, models_dir, address)
    description = describe(name, models_dir)
    for repo, files in ((description.tokenizer, TOKENIZER_FILES), (description.text_model, ("config.json",))):
        if repo is not None:
            yield from _all_of(repo, files, models_dir, address)
    if isinstance(description.weights, Published):
        yield from _first_of(name, description.weights, models_dir, address)
    locate(name, models_dir)


def _first_of(name: str, wanted: Published, models_dir: Path, address: str) -> Iterator[Download]:
    """Download the first file of several that is published."""
    if find_published(wanted, models_dir) is not None:
        return
    if wanted.url:
        yield from download(wanted.url, models_dir / "addresses" / wanted.names[0], wanted.sha256)
        return
    refusals = []
    for file in wanted.names:
        try:
            yield from download(_url(address, wanted.repo, file), hub_folder(wanted.repo, models_dir) / file)
        except NotPublishedError as error:
            refusals.append(str(error))
        else:
            return
    raise ModelUnavailableError(f"The search model {name} can't be downloaded. {refusals[0]}")


def _all_of(repo: str, files: tuple[str, ...], models_dir: Path, address: str) -> Iterator[Download]:
    """Download those of several files that are published; a repository has only some of them."""
    done = hub_folder(repo, models_dir) / f".complete-{files[0]}"
    if done.is_file():
        return
    for file in files:
        target = hub_folder(repo, models_dir) / file
        if target.is_file():
            continue
        try:
            yield from download(_url(address, repo, file), target)
        except NotPublishedError:
            continue
    done.parent.mkdir(parents=True, exist_ok=True)
    done.touch()


def _url(address: str, repo: str, file: str) -> str:
    return f"{address}/{repo}/resolve/main/{file}"
