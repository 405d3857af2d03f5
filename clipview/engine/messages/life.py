"""The life of an engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clipview.core.places import Places
from clipview.core.types import (
    Backup,
)
from clipview.engine.messages.library import LibraryState


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """The first message to a new engine; the client sends it by itself."""

    places: Places
    restore: str | None = None
    """First put this backup, by its file name, in the place of the database."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The engine has opened the library."""

    state: LibraryState


@dataclass(frozen=True, slots=True)
class Refused:
    """The engine can't open the library; it ends after this."""

    reason: str
    exit_code: int
    backups: tuple[Backup, ...] = ()
    """What could be brought back, when the library is damaged."""


@dataclass(frozen=True, slots=True)
class ListBackups:
    """Tell which copies of the library there are."""

    number: int


@dataclass(frozen=True, slots=True)
class BackupsAnswer:
    """The copies of the library, newest first."""

    number: int
    backups: tuple[Backup, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup is in the place of the database; what it replaced is kept."""

    backup: str
    """Its file name."""
    kept: Path | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know, in one sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Quit:
    """End at once; whatever is under way is dropped."""


@dataclass(frozen=True, slots=True)
class EngineDied:
    """The engine ended without being asked to; from the client.

    What was asked of it is lost. With `restarting`, a `Ready` or a `Refused` follows: then ask anew.
    """

    reason: str
    """For people, one sentence."""
    restarting: bool
