"""From a model's name to its encoder."""

from __future__ import annotations

import shutil
from pathlib import Path

from clipview.core.encoders import Encoder
from clipview.core.encoders.catalogue import STARTER
from clipview.core.encoders.picture_ways import sweep
from clipview.core.encoders.quantized import SUFFIX, QuantizedEncoder
from clipview.core.encoders.sources import TOKENIZER_FILES, WEIGHT_SUFFIXES, ModelFiles, describe, import_folder
from clipview.core.environment import prepare_environment
from clipview.core.errors import ModelUnavailableError, NoSpaceError


def load(name: str, models_dir: Path, cache_dir: Path) -> Encoder:
    """Do the work of `clipview.core.encoders.load_encoder`."""
    prepare_environment()
    sweep(cache_dir)
    if name == STARTER + SUFFIX:
        raise ModelUnavailableError(f"The built-in model has no int8 form: use `{STARTER}`.")
    if name == STARTER:
        from clipview.core.encoders.starter import StarterEncoder

        return StarterEncoder(cache_dir)
    from clipview.core.encoders.openclip import OpenClipEncoder

    encoder = OpenClipEncoder(name.removesuffix(SUFFIX), models_dir, cache_dir)
    return QuantizedEncoder(encoder) if name.endswith(SUFFIX) else encoder


def import_model(file: Path, name: str, models_dir: Path) -> str:
    """Copy a checkpoint file into ClipView's folder once it is known to load safely, and return its name there.

    Args:
        name: `MODEL/TAG` of open_clip when the weights are published as that, or `MODEL` (the file's name becomes
            the tag), or `MODEL/OWN-LABEL`.

    Raises ModelUnavailableError when the file is unsafe, damaged or of another architecture, NoSpaceError when it
    doesn't fit on the disk.
    """
    prepare_environment()
    if not file.is_file() or file.suffix not in WEIGHT_SUFFIXES:
        raise ModelUnavailableError(f"{file} is no checkpoint: give a {', '.join(WEIGHT_SUFFIXES)} file.")
    architecture, _slash, label = name.partition("/")
    label = label or file.stem
    full_name = f"{architecture}/{label}"
    folder = import_folder(architecture, label, models_dir)
    _verify(file, full_name, models_dir)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        if shutil.disk_usage(folder.parent).free < file.stat().st_size:
            raise NoSpaceError(f"{folder.parent} has no room for {file.name}: free some space and import it again.")
        part.mkdir()
        shutil.copyfile(file, part / f"weights{file.suffix}")
        for extra in TOKENIZER_FILES:
            if (file.parent / extra).is_file():
                shutil.copyfile(file.parent / extra, part / extra)
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return full_name


def _verify(file: Path, name: str, models_dir: Path) -> None:
    """Load the file as the named model once, tokenizer aside."""
    architecture, _slash, _label = name.partition("/")
    from clipview.core.encoders.openclip_model import build

    by_file = describe(f"{architecture}/{file.resolve()}", models_dir)
    build(ModelFiles(by_file, file, tokenizer=None, text_model=None))
