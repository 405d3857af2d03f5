"""Folders: what in a folder tree counts as a photo, and what a failing disk must not be mistaken for."""

from __future__ import annotations

import fnmatch
import importlib.util
import logging
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from clipview.core.types import FileStamp, Skipped

log = logging.getLogger(__name__)

# fmt: off
PHOTO_SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".hif",
    ".avif",
})
RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".iiq", ".kdc", ".mef", ".mos", ".mrw", ".nef",
    ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
})
JXL_SUFFIXES = frozenset({".jxl"})
# fmt: on

SIDECAR_SUFFIX = ".xmp"

_SYSTEM_FOLDERS = frozenset(
    {"@eadir", "$recycle.bin", "#recycle", "#snapshot", "lost+found", "system volume information", "__macosx"}
)


class FoundFile(Struct, frozen=True):
    """A regular file whose name says that it is a photo."""

    location: str
    """The path as the system spells it: enough to see that nothing changed, for a third of the time of a Path."""
    stamp: FileStamp

    @property
    def path(self) -> Path:
        """The location as a Path."""
        return Path(self.location)


class FoundSidecar(Struct, frozen=True):
    """A regular file whose name says that it describes photos beside it."""

    location: str
    stamp: FileStamp


class UnreadableFolder(Struct, frozen=True):
    """A folder that could not be listed: nothing is known about what is in it or below it."""

    path: Path
    reason: str
    """A sentence without the path."""


def walk(folder: Path, excludes: Sequence[str] = ()) -> Iterator[FoundFile | FoundSidecar | Skipped | UnreadableFolder]:
    """Give every photo and sidecar in and below `folder`, each folder's files in the order of their names.

    Left out without a word: hidden files and folders, what has no photo's suffix, the folders that systems and
    network drives keep for themselves, folders with a `.nomedia` file (but not `folder` itself, which was asked for).

    Links to files are followed. A link to a folder is followed when it leads out of `folder`; links inside a folder
    reached that way are not, so that no loop is possible.

    Args:
        folder: the folder to look through; UnreadableFolder when it is missing or not a folder.
        excludes: globs such as `*.png`, `private` or `2019/drafts`, matched against the name, the path below
            `folder`, and the whole path; a folder that matches is left out with all that is in it.

    A file deleted while the walk goes on is left out. Any other error is given, never raised and never swallowed.
    """
    excluded = _matcher(folder, excludes)
    missing_extras = _missing_extras()
    links = _FolderLinks(folder)
    waiting = [_Place(folder, linked=False)]
    while waiting:
        place = waiting.pop()
        entries, failure = _entries(place.path)
        if failure is not None:
            yield UnreadableFolder(place.path, failure)
        if place.path != folder and ".nomedia" in [entry.name for entry in entries]:
            continue
        folders: list[_Place] = []
        for entry in entries:
            if entry.name.startswith(".") or (excluded is not None and excluded(entry)):
                continue
            try:
                kind = _kind(entry)
            except OSError as error:
                yield UnreadableFolder(Path(entry.path), _sentence(error))
                continue
            if kind == "folder":
                if entry.name.lower() not in _SYSTEM_FOLDERS:
                    folders.append(_Place(Path(entry.path), place.linked))
            elif kind == "folder link":
                if place.linked:
                    yield Skipped(Path(entry.path), "It is a link inside a linked folder. Add the folder it leads to.")
                elif links.leads_somewhere_new(entry):
                    folders.append(_Place(Path(entry.path), linked=True))
            else:
                found = _file(entry, missing_extras)
                if found is not None:
                    yield found
        waiting.extend(reversed(folders))


class _Place(Struct, frozen=True):
    path: Path
    linked: bool
    """Whether a link was followed on the way here."""


class _FolderLinks:
    """Decides which links to folders are worth following: those to places that the walk sees in no other way."""

    def __init__(self, folder: Path) -> None:
        self._seen = [os.path.realpath(folder)]

    def leads_somewhere_new(self, entry: os.DirEntry[str]) -> bool:
        target = os.path.realpath(entry.path)
        if any(_is_inside(target, seen) for seen in self._seen) or _is_inside(self._seen[0], target):
            log.debug("Not following %s, which leads to a folder that is walked anyway", entry.path)
            return False
        self._seen.append(target)
        return True


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _entries(folder: Path) -> tuple[list[os.DirEntry[str]], str | None]:
    """List a folder by name, and say what stopped the listing, if anything did."""
    entries: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as listing:
            entries.extend(listing)
    except OSError as error:
        return entries, _sentence(error)
    finally:
        entries.sort(key=lambda entry: entry.name)
    return entries, None


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    if entry.is_symlink() and _links_to_folder(entry):
        return "folder link"
    return "file"


def _links_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError as error:  # a link to itself, or to a drive that is gone; `_file` says so when its name is a photo's
        log.debug("Can't follow %s: %s", entry.path, error)
        return False


def _file(entry: os.DirEntry[str], missing_extras: dict[str, str]) -> FoundFile | FoundSidecar | Skipped | None:
    _, dot, ending = entry.name.rpartition(".")
    suffix = dot + ending.lower()
    if suffix == SIDECAR_SUFFIX:
        return _sidecar(entry)
    if suffix not in PHOTO_SUFFIXES and suffix not in RAW_SUFFIXES and suffix not in JXL_SUFFIXES:
        return None
    try:
        status = entry.stat()
    except FileNotFoundError:
        lost = "It is a link to a file that does not exist."
        return Skipped(Path(entry.path), lost) if entry.is_symlink() else None
    except OSError as error:
        return Skipped(Path(entry.path), _sentence(error))
    if not stat.S_ISREG(status.st_mode):
        return Skipped(Path(entry.path), "It has a photo's name but is not a file (a pipe, a socket or a device).")
    if suffix in missing_extras:
        return Skipped(Path(entry.path), missing_extras[suffix])
    return FoundFile(entry.path, FileStamp(status.st_size, status.st_mtime_ns))


def _sidecar(entry: os.DirEntry[str]) -> FoundSidecar | None:
    """Links aren't followed: what a sidecar says must come from where it lies, beside its photo."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        log.debug("Leaving out the sidecar %s: %s", entry.path, error)
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return FoundSidecar(entry.path, FileStamp(status.st_size, status.st_mtime_ns))


def _missing_extras() -> dict[str, str]:
    """Return, for each suffix that an absent optional package would read, the sentence that says so."""
    missing: dict[str, str] = {}
    for suffixes, module, kind, extra in (
        (RAW_SUFFIXES, "rawpy", "Camera RAW files", "raw"),
        (JXL_SUFFIXES, "pillow_jxl", "JPEG XL files", "jxl"),
    ):
        if importlib.util.find_spec(module) is None:
            reason = f'{kind} need one more package: run pip install "clipview[{extra}]".'
            missing.update(dict.fromkeys(suffixes, reason))
    return missing


def _matcher(folder: Path, excludes: Sequence[str]) -> Callable[[os.DirEntry[str]], bool] | None:
    globs = [os.path.normcase(glob.rstrip("/" + os.sep)) for glob in excludes]
    if not any(globs):
        return None
    matches = re.compile("|".join(fnmatch.translate(glob) for glob in globs if glob)).match
    below = len(str(folder).rstrip(os.sep)) + 1

    def excluded(entry: os.DirEntry[str]) -> bool:
        path = os.path.normcase(entry.path)
        return any(matches(text) for text in (os.path.normcase(entry.name), path[below:], path))

    return excluded


def _sentence(error: OSError) -> str:
    return f"The system says: {error.strerror or type(error).__name__}."
