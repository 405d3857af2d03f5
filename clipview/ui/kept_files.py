"""How small files that the window keeps for itself are replaced: whole or not at all, and never with an exception."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TypeVar

from msgspec import msgpack

from clipview.core.flushing import put_whole

_Value = TypeVar("_Value")

log = logging.getLogger(__name__)


def keep(file: Path, content: bytes) -> None:
    """Replace a file's content; the old one stays when that can't be done now (a full disk, no library)."""
    try:
        put_whole(file, lambda part: part.write_bytes(content))
    except FileNotFoundError:
        log.debug("%s was not kept: its folder is not there", file)
    except OSError as error:
        log.info("%s was not kept: %s", file, error)


def keep_value(file: Path, value: object) -> None:
    """Replace a file's content by a value of plain types and structs, as `keep` does."""
    keep(file, msgpack.encode(value))


def kept_value(file: Path, kind: type[_Value]) -> _Value | None:
    """Return the value of this type that was kept; None when there is nothing of use."""
    try:
        return msgpack.decode(file.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    # A text that is no UTF-8 is a ValueError too, but none of msgspec's own.
    except (OSError, ValueError, MemoryError) as error:
        log.info("What is kept in %s can't be read: %s", file, error)
        return None
