"""Texts as an open_clip model wants them: token numbers from open_clip's own tokenizer or the model's.

A tokenizer that only the slow-to-import transformers library can set up is set up by it once, and kept in the form
that the quick `tokenizers` library reads.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from clipview.core.encoders.sources import TOKENIZER_FILES, ModelFiles
from clipview.core.errors import ModelUnavailableError

log = logging.getLogger(__name__)

Tokenize = Callable[[Sequence[str]], Tensor]
"""Gives token numbers, shape (number of texts, context length)."""

_DEFAULT_CONTEXT = 77
_PROBES = (
    "",
    "a photo of a cat",
    "Two DOGS, running (fast)!  On the_beach — naïve Zürich 日本 🐕",
    "a very long caption about nothing in particular, " * 30,
)


def tokenizer_for(files: ModelFiles, cache_dir: Path) -> Tokenize:
    """Return the model's tokenizer.

    Args:
        cache_dir: where tokenizers are kept in their quick form.

    Raises ModelUnavailableError when the tokenizer's files are damaged.
    """
    from open_clip.tokenizer import SimpleTokenizer

    text_config = files.description.config["text_cfg"]
    context = int(text_config.get("context_length") or _DEFAULT_CONTEXT)
    settings = dict(text_config.get("tokenizer_kwargs") or {})
    if files.tokenizer is None:
        simple = SimpleTokenizer(context_length=context, **settings)
        return lambda texts: simple(list(texts))
    mode = text_config.get("tokenizer_mode")
    identity = _identity(files.tokenizer, settings, context, mode)
    kept = cache_dir / f"tokenizer-{identity}.json"
    quick = _QuickTokenizer.read(kept)
    if quick is not None:
        return quick
    return _converted(files, settings, context, mode, kept)


class _QuickTokenizer:
    """A tokenizer of the `tokenizers` library with open_clip's cleaning around it."""

    def __init__(self, document: dict[str, Any]) -> None:
        from open_clip.tokenizer import get_clean_fn
        from tokenizers import Tokenizer

        self._clean = get_clean_fn(document["clean"])
        self._context = int(document["context_length"])
        self._pad = int(document["pad_id"])
        self._stripped: int | None = document["stripped_id"]
        self._tokenizer = Tokenizer.from_str(document["tokenizer"])
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._context)

    def __call__(self, texts: Sequence[str]) -> Tensor:
        tokens = torch.full((len(texts), self._context), self._pad, dtype=torch.long)
        for row, encoding in enumerate(self._tokenizer.encode_batch([self._clean(text) for text in texts])):
            tokens[row, : len(encoding.ids)] = torch.tensor(encoding.ids, dtype=torch.long)
        if self._stripped is not None:
            tokens[tokens == self._stripped] = 0
        return tokens

    @classmethod
    def read(cls, path: Path) -> _QuickTokenizer | None:
        """Return the tokenizer kept at this path; None when there is none or it is damaged."""
        try:
            return cls(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except Exception as error:  # the tokenizers library raises bare Exception for a damaged document
            log.warning("The kept tokenizer %s can't be read and is made anew: %s", path, error)
            return None


def _converted(files: ModelFiles, settings: dict[str, Any], context: int, mode: str | None, kept: Path) -> Tokenize:
    from open_clip.tokenizer import HFTokenizer

    try:
        slow = HFTokenizer(str(files.tokenizer), context_length=context, tokenizer_mode=mode, **settings)
    except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
        raise ModelUnavailableError(
            f"The tokenizer in {files.tokenizer} can't be set up ({type(error).__name__}): "
            f"get the model again with `clipview models get {files.description.name}`."
        ) from error
    own = slow.tokenizer
    # Only plain right-padded tokenizers have the quick form; others stay as they are, exact but slow to start.
    if mode or not getattr(own, "is_fast", False) or own.padding_side != "right" or own.pad_token_id is None:
        return lambda texts: slow(list(texts))
    document = {
        "clean": settings.get("clean", "whitespace"),
        "context_length": context,
        "pad_id": own.pad_token_id,
        "stripped_id": own.sep_token_id if settings.get("strip_sep_token") else None,
        "tokenizer": own.backend_tokenizer.to_str(),
    }
    quick = _QuickTokenizer(document)
    if not torch.equal(quick(_PROBES), slow(list(_PROBES))):
        log.info("The tokenizer in %s has no exact quick form", files.tokenizer)
        return lambda texts: slow(list(texts))
    _keep(document, kept)
    return quick


def _keep(document: dict[str, Any], path: Path) -> None:
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(document), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        # Only the start of the next run is slower.
        log.warning("The tokenizer can't be kept in %s: %s", path.parent, error)


def _identity(folder: Path, settings: dict[str, Any], context: int, mode: str | None) -> str:
    digest = hashlib.sha256(json.dumps([1, settings, context, mode], sort_keys=True).encode())
    for name in TOKENIZER_FILES:
        file = folder / name
        if file.is_file():
            digest.update(name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
