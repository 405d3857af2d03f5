"""How small files that the window keeps for itself are replaced: whole or not at all, and never with an exception."""

from __future__ import annotations

import io
import logging
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

log = logging.getLogger(__name__)


def keep(file: Path, content: bytes) -> None:
    """Replace a file's content; the old one stays when that can't be done now (a full disk, no library)."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(file)
    except FileNotFoundError:
        log.debug("%s was not kept: its folder is not there", file)
    except OSError as error:
        log.info("%s was not kept: %s", file, error)
        with suppress(OSError):
            fresh.unlink()


def keep_rows(file: Path, rows: NDArray[np.void]) -> None:
    """Replace a file's content by rows of numbers, as `keep` does."""
    content = io.BytesIO()
    npy.write_array(content, rows, allow_pickle=False)
    keep(file, content.getvalue())


def kept_rows(file: Path) -> NDArray[np.void] | None:
    """Return the rows that were kept, of whatever type they are; None when there is nothing of use."""
    try:
        with file.open("rb") as stream:
            rows: NDArray[np.void] = npy.read_array(stream, allow_pickle=False)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError, MemoryError) as error:
        log.info("What is kept in %s can't be read: %s", file, error)
        return None
    return rows
