"""How small files that the window keeps for itself are replaced: whole or not at all, and never with an exception."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

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
