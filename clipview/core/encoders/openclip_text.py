"""Texts as an open_clip model wants them: token numbers, by the quick `tokenizers` library alone.

The tokenizers that open_clip and transformers set up bring PyTorch and take seconds to import. Each is set up by them
once, compared, and kept in the form that the quick library reads.
"""

from __future__ import annotations

import hashlib
import html
import json
import logging
import string
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ftfy
import numpy as np
from tokenizers import Tokenizer

from clipview.core.encoders.sources import TOKENIZER_FILES, ModelFiles
from clipview.core.encoders.text_tower import Tokens
from clipview.core.errors import ModelUnavailableError
from clipview.core.flushing import put_whole

log = logging.getLogger(__name__)

Tokenize = Callable[[Sequence[str]], Tokens]

_DEFAULT_CONTEXT = 77
_START, _END = "<start_of_text>", "<end_of_text>"
_WORDS = r"""'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"""
"""What open_clip's own tokenizer takes for a word; from the CLIP paper's code (Radford et al. 2021)."""
_PROBES = (
    "",
    "a photo of a cat",
    "Two DOGS, running (fast)!  On the_beach — naïve Zürich 日本 🐕",
    "it's 2024 &amp; we'LL see &lt;3 — <end_of_text> ﬁne",
    "a very long caption about nothing in particular, " * 30,
)


class QuickTokenizer:
    """A tokenizer of the `tokenizers` library with open_clip's cleaning around it."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._clean = _CLEANING[document["clean"]]
        self._context = int(document["context_length"])
        self._pad = int(document["pad_id"])
        self._stripped: int | None = document["stripped_id"]
        self._tokenizer = Tokenizer.from_str(document["tokenizer"])
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._context)

    def __call__(self, texts: Sequence[str]) -> Tokens:
        """Return the token numbers of texts; what exceeds the context is cut off."""
        tokens = np.full((len(texts), self._context), self._pad, np.int64)
        for row, encoding in enumerate(self._tokenizer.encode_batch([self._clean(text) for text in texts])):
            tokens[row, : len(encoding.ids)] = encoding.ids
        if self._stripped is not None:
            tokens[tokens == self._stripped] = 0
        return tokens

    @classmethod
    def read(cls, path: Path) -> QuickTokenizer | None:
        """Return the tokenizer kept at this path; None when there is none or it is damaged."""
        try:
            return cls(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except Exception as error:  # the tokenizers library raises bare Exception for a damaged document
            log.warning("The kept tokenizer %s can't be read and is made anew: %s", path, error)
            return None


def kept_tokenizer(files: ModelFiles, cache_dir: Path) -> Path:
    """Return where the quick form of a model's tokenizer is kept, if it has one."""
    text_config = files.description.config["text_cfg"]
    parts = [2, text_config.get("tokenizer_kwargs"), _context(text_config), text_config.get("tokenizer_mode")]
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode())
    for name in TOKENIZER_FILES if files.tokenizer is not None else ():
        assert files.tokenizer is not None
        file = files.tokenizer / name
        if file.is_file():
            digest.update(name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return cache_dir / f"tokenizer-{digest.hexdigest()[:16]}.json"


def tokenizer_for(files: ModelFiles, cache_dir: Path) -> Tokenize:
    """Return the model's tokenizer, in its quick form if it has one, which is kept in `cache_dir`.

    Raises ModelUnavailableError when the tokenizer's files are damaged.
    """
    kept = kept_tokenizer(files, cache_dir)
    quick = QuickTokenizer.read(kept)
    if quick is not None:
        return quick
    text_config = files.description.config["text_cfg"]
    settings = dict(text_config.get("tokenizer_kwargs") or {})
    if files.tokenizer is None:
        slow, document = _open_clips_own(_context(text_config), settings)
    else:
        slow, document = _from_files(files, files.tokenizer, _context(text_config), settings)
    if document is None:
        return slow
    quick = QuickTokenizer(document)
    if not np.array_equal(quick(_PROBES), slow(_PROBES)):
        log.info("The tokenizer of %s has no exact quick form", files.description.name)
        return slow
    _keep(document, kept)
    return quick


def _context(text_config: dict[str, Any]) -> int:
    return int(text_config.get("context_length") or _DEFAULT_CONTEXT)


def _open_clips_own(context: int, settings: dict[str, Any]) -> tuple[Tokenize, dict[str, Any] | None]:
    """Return open_clip's tokenizer and its quick form: byte pairs (Sennrich et al. 2016) within words."""
    from open_clip.tokenizer import SimpleTokenizer
    from tokenizers import Regex, models, pre_tokenizers, processors

    simple = SimpleTokenizer(context_length=context, **settings)

    def slow(texts: Sequence[str]) -> Tokens:
        numbers: Tokens = simple(list(texts)).numpy()
        return numbers

    if set(settings) - {"clean"}:
        return slow, None
    merges = list(simple.bpe_ranks)
    quick = Tokenizer(models.BPE(dict(simple.encoder), merges, end_of_word_suffix="</w>"))
    words = pre_tokenizers.Split(Regex(rf"(?i:{_START}|{_END}|{_WORDS})"), behavior="removed", invert=True)
    quick.pre_tokenizer = pre_tokenizers.Sequence(
        [words, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    quick.add_special_tokens([_START, _END])
    ends = [(text, simple.encoder[text]) for text in (_START, _END)]
    quick.post_processor = processors.TemplateProcessing(single=f"{_START} $A {_END}", special_tokens=ends)
    return slow, {
        "clean": settings.get("clean", "lower"),
        "context_length": context,
        "pad_id": 0,
        "stripped_id": None,
        "tokenizer": quick.to_str(),
    }


def _from_files(
    files: ModelFiles, folder: Path, context: int, settings: dict[str, Any]
) -> tuple[Tokenize, dict[str, Any] | None]:
    """Return the tokenizer that transformers makes of a folder's files, and its quick form if it may have one."""
    from open_clip.tokenizer import HFTokenizer

    mode = files.description.config["text_cfg"].get("tokenizer_mode")
    try:
        whole = HFTokenizer(str(folder), context_length=context, tokenizer_mode=mode, **settings)
    except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
        raise ModelUnavailableError(
            f"The tokenizer in {folder} can't be set up ({type(error).__name__}): "
            f"get the model again with `clipview models get {files.description.name}`."
        ) from error

    def slow(texts: Sequence[str]) -> Tokens:
        numbers: Tokens = whole(list(texts)).numpy()
        return numbers

    own = whole.tokenizer
    # Only plain right-padded tokenizers have the quick form; others stay as they are, exact but slow to start.
    if mode or not getattr(own, "is_fast", False) or own.padding_side != "right" or own.pad_token_id is None:
        return slow, None
    return slow, {
        "clean": settings.get("clean", "whitespace"),
        "context_length": context,
        "pad_id": own.pad_token_id,
        "stripped_id": own.sep_token_id if settings.get("strip_sep_token") else None,
        "tokenizer": own.backend_tokenizer.to_str(),
    }


def _keep(document: dict[str, Any], path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, lambda part: part.write_text(json.dumps(document), encoding="utf-8"))
    except OSError as error:
        # Only the start of the next run is slower.
        log.warning("The tokenizer can't be kept in %s: %s", path.parent, error)


# ---- cleaning; the three ways are open_clip's, whose module would bring PyTorch ----


def _whitespace(text: str) -> str:
    return " ".join(html.unescape(html.unescape(ftfy.fix_text(text))).split())


def _lower(text: str) -> str:
    return _whitespace(text).lower()


def _canonical(text: str) -> str:
    plain = _whitespace(text).replace("_", " ").translate(str.maketrans("", "", string.punctuation))
    return " ".join(plain.lower().split())


_CLEANING: dict[str, Callable[[str], str]] = {"whitespace": _whitespace, "lower": _lower, "canonicalize": _canonical}
