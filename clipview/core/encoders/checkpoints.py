"""Reading a checkpoint without running anything that it contains."""

from __future__ import annotations

import zipfile
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from clipview.core.errors import ModelUnavailableError


def read_checkpoint(path: Path) -> dict[str, Tensor]:
    """Return the named tensors of a .safetensors file or of a PyTorch file of plain weights, on the CPU.

    Memory-mapped where the format allows. Raises ModelUnavailableError when the file is damaged, holds anything but
    tensors, or would have to run code to be read.
    """
    try:
        content: object = load_file(path) if path.suffix == ".safetensors" else _unpickled(path)
    except Exception as error:
        # A hostile or cut file makes the unpickler raise nearly anything; whatever it is, the file is to blame.
        first_line = str(error).strip().partition("\n")[0]
        raise ModelUnavailableError(
            f"{path} can't be read safely as model weights ({type(error).__name__}: {first_line[:160]}): "
            "use a whole .safetensors file, or a PyTorch file of plain weights."
        ) from error
    if isinstance(content, dict) and isinstance(content.get("state_dict"), dict):
        content = content["state_dict"]
    if not isinstance(content, dict) or not content:
        raise ModelUnavailableError(f"{path} holds no named weights: use a checkpoint saved by open_clip.")
    state = {str(key): value for key, value in content.items()}
    if not all(isinstance(value, Tensor) for value in state.values()):
        raise ModelUnavailableError(f"{path} holds more than weights: use a checkpoint saved by open_clip.")
    if next(iter(state)).startswith("module."):
        # As saved from training on several devices.
        state = {key.removeprefix("module."): value for key, value in state.items()}
    return state


def _unpickled(path: Path) -> object:
    # Never weights_only=False, not even as a second try: a pickle may run any program.
    return torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
