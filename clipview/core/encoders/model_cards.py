"""What a library needs to know of an open_clip model before PyTorch is imported: kept once the model was loaded.

A card holds as long as the model's files are the ones that it was made from. It is a cache: a damaged or missing one is
made anew.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct, convert, to_builtins

from clipview.core.encoders.kept import keep_document, read_document
from clipview.core.encoders.openclip_preparation import OpenClipPreparation

log = logging.getLogger(__name__)

_FORMAT = 1


class KeptTower(Struct, frozen=True):
    """A text tower that needs no PyTorch, with the tokenizer that goes with it."""

    file: str
    """Name in the folder of cards."""
    sha256: str
    tokenizer: str
    """Name in the folder of caches."""


class ModelCard(Struct, frozen=True):
    """What is known of a model."""

    fingerprint: str
    dim: int
    logit_scale: float
    batch_size: int
    preparation: OpenClipPreparation
    text: KeptTower | None
    """None when texts need PyTorch."""
    pictures: str
    """What they ran with when the card was made, such as `cpu in bfloat16`."""


class FileMark(Struct, frozen=True):
    """A file as it was."""

    path: str
    size_bytes: int
    mtime_ns: int

    @classmethod
    def of(cls, path: Path) -> FileMark:
        """Return a file as it is now; raises OSError when it is gone."""
        status = path.stat()
        return cls(os.fspath(path), status.st_size, status.st_mtime_ns)


def cards_folder(cache_dir: Path) -> Path:
    """Return where cards and towers lie."""
    return cache_dir / "towers"


def read_card(name: str, models_dir: Path, cache_dir: Path) -> ModelCard | None:
    """Return what was kept of a model; None when there is nothing, or the model's files are others now."""
    path = _path(name, models_dir, cache_dir)
    try:
        body = read_document(path)
        if body is None:
            return None
        if body["made_with"] != _made_with():
            return None
        if any(FileMark.of(Path(mark["path"])) != FileMark(**mark) for mark in body["sources"]):
            return None
        if any(os.path.lexists(path) for path in body["absent"]):
            return None
        return convert(body["card"], ModelCard)
    except FileNotFoundError:
        # One of the model's files.
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("What was kept of the model %s can't be used and is made anew: %s", name, error)
        return None


def keep_card(
    card: ModelCard, name: str, models_dir: Path, cache_dir: Path, sources: Iterable[Path], absent: Iterable[Path]
) -> None:
    """Keep what is known of a model; only a warning when that fails.

    Args:
        card: what is known.
        name: of the model.
        models_dir: where models lie.
        cache_dir: where caches lie.
        sources: the files that all of it comes from.
        absent: files that would come before those, if they were there.
    """
    path = _path(name, models_dir, cache_dir)
    try:
        body = {
            "name": name,
            "made_with": _made_with(),
            "sources": to_builtins([FileMark.of(source) for source in sources]),
            "absent": [os.fspath(each) for each in absent],
            "card": to_builtins(card),
        }
        keep_document(path, body)
    except OSError as error:
        # Only the start of the next run is slower.
        log.warning("What is known of the model %s can't be kept in %s: %s", name, path.parent, error)


def _path(name: str, models_dir: Path, cache_dir: Path) -> Path:
    key = hashlib.sha256(f"{name}\n{models_dir}".encode(errors="surrogateescape")).hexdigest()[:16]
    return cards_folder(cache_dir) / f"card-{key}.json"


def _made_with() -> list[str | int]:
    try:
        return [_FORMAT, version("open_clip_torch")]
    except PackageNotFoundError:
        return [_FORMAT, "unknown"]
