"""The life of an engine, and the backups that one can begin from."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from clipview.core.places import Places
from clipview.core.types import Backup
from clipview.engine.messages.library import LibraryState


class OpenLibrary(Struct, frozen=True):
    """The first message to a new engine; the client sends it by itself."""

    places: Places
    restore: str | None = None
    """First put this backup, by its file name, in the place of the database."""


class Ready(Struct, frozen=True):
    """The engine has opened the library."""

    state: LibraryState


class Refused(Struct, frozen=True):
    """The engine can't open the library; it ends after this."""

    reason: str
    exit_code: int
    backups: tuple[Backup, ...] = ()
    """What could be brought back, when the library is damaged."""


class ListBackups(Struct, frozen=True):
    """Tell which copies of the library there are."""

    number: int


class BackupsAnswer(Struct, frozen=True):
    """The copies of the library, newest first."""

    number: int
    backups: tuple[Backup, ...]


class Restored(Struct, frozen=True):
    """A backup is in the place of the database; what it replaced is kept."""

    backup: str
    """Its file name."""
    kept: Path | None


class Notice(Struct, frozen=True):
    """Something a person should know, in one sentence."""

    text: str


class Quit(Struct, frozen=True):
    """End at once; what a person said is still kept, all else that is under way is dropped."""


class EngineDied(Struct, frozen=True):
    """The engine ended without being asked to; from the client.

    What was asked of it is lost. With `restarting`, a `Ready` or a `Refused` follows: then ask anew.
    """

    reason: str
    """For people, one sentence."""
    restarting: bool
