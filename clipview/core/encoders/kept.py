"""Files of a cache that appear whole or not at all, and are read only if they are what was written."""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from clipview.core.flushing import put_whole

_TYPES = {"F32": "<f4", "I64": "<i8", "U8": "u1"}


def read_document(path: Path) -> dict[str, Any] | None:
    """Return what `keep_document` kept; None when there is nothing.

    Raises OSError, or ValueError when it is damaged.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if not isinstance(kept, dict) or not isinstance(kept.get("body"), dict) or kept.get("sha256") != _sum(kept["body"]):
        raise ValueError("its checksum is wrong")
    body: dict[str, Any] = kept["body"]
    return body


def keep_document(path: Path, body: Mapping[str, object]) -> None:
    """Keep what JSON can express; raises OSError."""
    # What was written and what will be read back are the same values.
    body = json.loads(json.dumps(body))
    text = json.dumps({"sha256": _sum(body), "body": body})
    path.parent.mkdir(parents=True, exist_ok=True)
    put_whole(path, lambda part: part.write_text(text, encoding="utf-8"))


def keep_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], told: Mapping[str, str] | None = None) -> str:
    """Keep arrays of float32 or uint8 in the safetensors format; returns the file's SHA-256, raises OSError."""
    found = {name: np.ascontiguousarray(values) for name, values in arrays.items()}
    sums = []

    def write(part: Path) -> None:
        save_file(found, part, dict(told or {}))
        with part.open("rb") as file:
            sums.append(hashlib.file_digest(file, "sha256").hexdigest())

    path.parent.mkdir(parents=True, exist_ok=True)
    put_whole(path, write)
    return sums[0]


class MappedArrays:
    """The arrays of a file, mapped into memory: only what is used is ever read."""

    def __init__(self, path: Path, sha256: str | None = None) -> None:
        """Map a file of `keep_arrays`; half a gigabyte takes 0.3 s to check, which None leaves out.

        Raises OSError or ValueError when the file is gone or not what was written.
        """
        with path.open("rb") as file:
            if sha256 is not None and hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise ValueError(f"{path} is damaged")
            # Libraries ask for memory that may be written; what they write stays theirs.
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        length = int.from_bytes(self._mapped[:8], "little")
        header: dict[str, Any] = json.loads(self._mapped[8 : 8 + length])
        self.told: dict[str, str] = header.pop("__metadata__", {})
        content = np.frombuffer(self._mapped, np.uint8, offset=8 + length)
        self.arrays: dict[str, NDArray[Any]] = {
            name: content[slice(*entry["data_offsets"])].view(_TYPES[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items()
        }

    def give_back(self) -> None:
        """Let the system have the memory of what was read; what is needed again is read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._mapped.madvise(mmap.MADV_DONTNEED)


def _sum(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
