"""What it looks like when a model doesn't fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clipview.core.errors import ModelUnavailableError


@contextmanager
def told_when_memory_is_short(model: str) -> Iterator[None]:
    """Load a model inside; raises ModelUnavailableError when the system has no room for it or its libraries."""
    try:
        yield
    except (ImportError, MemoryError) as error:
        # "failed to map segment from shared object": Python calls it an ImportError.
        why = str(error) or "out of memory"
        raise ModelUnavailableError(
            f"The model {model} can't be loaded ({why}). If memory is short, close other programs and try again; "
            "otherwise install ClipView again."
        ) from error
