"""What the libraries that do the arithmetic read from the environment, set before they are first imported."""

from __future__ import annotations

import os

_SETTINGS = {
    # Threads that spin while they wait for each other make a text take 900 ms instead of 20 when decoders keep the
    # cores busy; sleeping ones cost nothing measurable on a quiet machine.
    "OMP_WAIT_POLICY": "PASSIVE",
    "KMP_BLOCKTIME": "0",
    "GOMP_SPINCOUNT": "0",
    # NumPy's own threads always spin: beside decoders several take longer for a text than one. Scoring has threads of
    # ClipView's own.
    "OPENBLAS_NUM_THREADS": "1",
    # Once a model is here no connection is opened; `fetch_model` does its own.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
}


def prepare_environment() -> None:
    """Set what is not set yet; has its whole effect only before NumPy and PyTorch are imported."""
    os.environ.update(missing_settings())


def missing_settings() -> dict[str, str]:
    """Return what a process started from this one should have in its environment beside what it inherits."""
    return {name: value for name, value in _SETTINGS.items() if name not in os.environ}
