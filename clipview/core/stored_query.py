"""How a query is kept in the database: as JSON that names its parts, so that later versions still read it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from msgspec import Struct

from clipview.core import types
from clipview.core.errors import ClipViewError
from clipview.core.types import Query


def to_text(query: Query) -> str:
    """Return a query as text that `from_text` reads."""
    return json.dumps(_plain(query))


def from_text(text: str) -> Query:
    """Return the query that a text stands for; parts that this version doesn't know are left out.

    Raises ClipViewError when it is no query at all.
    """
    try:
        query = _value(json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise ClipViewError(f"A stored search can't be read ({error}). Make the album anew.") from error
    if not isinstance(query, Query):
        raise ClipViewError("A stored search is of a kind that this version doesn't know. Make the album anew.")
    return query


def _plain(value: object) -> object:
    if isinstance(value, Struct):
        return {"is": type(value).__name__} | {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Enum):
        return {"is": type(value).__name__, "value": value.value}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Path):
        return {"is": "Path", "value": os.fspath(value)}
    if isinstance(value, date):
        return {"is": "date", "value": value.isoformat()}
    return value


def _value(plain: Any) -> object:
    if isinstance(plain, list):
        return tuple(_value(each) for each in plain)
    if not isinstance(plain, Mapping):
        return plain
    match plain["is"]:
        case "Path":
            return Path(plain["value"])
        case "date":
            return date.fromisoformat(plain["value"])
    kind = getattr(types, str(plain["is"]), None)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain["value"])
    if not isinstance(kind, type) or not issubclass(kind, Struct):
        raise ValueError(f"unknown part {plain['is']!r}")
    made: object = kind(**{name: _value(part) for name, part in plain.items() if name in kind.__struct_fields__})
    return made
