"""What PyTorch makes of too little memory, and how a person is told."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from clipview.core.errors import ModelUnavailableError

log = logging.getLogger(__name__)


@contextmanager
def told_when_memory_is_short(model: str) -> Iterator[None]:
    """Load or run a model inside; raises ModelUnavailableError when the system has no room for it or its libraries."""
    try:
        yield
    # "failed to map segment from shared object" is an ImportError to Python; PyTorch raises a RuntimeError for want of
    # memory in many words ("can't allocate memory", "could not create a primitive"), as for everything else.
    except (ImportError, MemoryError, RuntimeError) as error:
        log.info("the model %s failed", model, exc_info=True)
        why = str(error).strip().partition("\n")[0] or "out of memory"
        raise ModelUnavailableError(
            f"The model {model} can't be used ({why}). If memory is short, close other programs and try again; "
            "otherwise install ClipView again."
        ) from error
