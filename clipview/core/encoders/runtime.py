"""What the libraries behind the encoders read from the environment, set before they are first imported."""

from __future__ import annotations

import os

_SETTINGS = {
    # Threads that spin while they wait for each other make a text take 900 ms instead of 20 when decoders keep the
    # cores busy; sleeping ones cost nothing measurable on a quiet machine.
    "OMP_WAIT_POLICY": "PASSIVE",
    "KMP_BLOCKTIME": "0",
    # Once a model is here no connection is opened; `fetch_model` does its own.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
}


def prepare_environment() -> None:
    """Set what is not set yet; has its whole effect only before torch is imported."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
