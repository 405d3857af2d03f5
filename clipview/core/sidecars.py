"""XMP sidecars: which file describes which photo, and how one is read and written beside it.

Two ways of naming are in use, and both are read: `IMG.jpg.xmp` (digiKam, darktable and others; it can only mean one
file) and `IMG.xmp` (Adobe's, XMP specification part 3; of a camera's pair of files it means the raw one). New ones are
named `IMG.jpg.xmp`, and `IMG.xmp` beside a raw file, since that is the only place where Lightroom looks for one.
"""

from __future__ import annotations

import errno
import logging
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from clipview.core.errors import ClipViewError, NoSpaceError
from clipview.core.folders import RAW_SUFFIXES, SIDECAR_SUFFIX, FoundSidecar
from clipview.core.metadata import SIDECAR_LIMIT_BYTES, read_sidecar
from clipview.core.store import SidecarRecord, Store
from clipview.core.types import FileStamp, Skipped
from clipview.core.xmp import Xmp, parse_xmp
from clipview.core.xmp_merge import Bag, Text, Value, merged

log = logging.getLogger(__name__)

_FULL = (errno.ENOSPC, errno.EDQUOT)


KeywordPath = tuple[str, ...]
"""A keyword below wider ones, the widest first, such as ("animal", "dog")."""


class Said(Struct, frozen=True):
    """What ClipView has to say about one photo."""

    keywords: tuple[KeywordPath, ...] = ()
    rating: int | None = None
    caption: str | None = None
    may_stay: tuple[str, ...] = ()
    """Keywords that aren't written now, but aren't taken out either if ClipView wrote them earlier."""

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to write."""
        return not self.keywords and self.rating is None and self.caption is None


class Wrote(Struct, frozen=True):
    """What became of one sidecar."""

    changed: bool
    """False when it said it all already."""
    keywords: tuple[str, ...]
    """Those in it that ClipView wrote, now or earlier."""


class Written(Struct, frozen=True):
    """How writing sidecars went."""

    written: tuple[Path, ...]
    """Sidecars that were made or changed."""
    unchanged: int
    """Photos whose sidecar says it all already, or about which there is nothing to say."""
    skipped: tuple[Skipped, ...]


# ---- reading ----


def read_changed(store: Store, found: Mapping[bytes, FoundSidecar], looked_at: Callable[[bytes], bool]) -> None:
    """Bring what the library knows of sidecars up to date with what a scan found.

    Args:
        store: opened for writing.
        found: the sidecars that are there, by path.
        looked_at: tells whether the scan looked where a sidecar lies or lay.
    """
    known = store.sidecars.known()
    owners = _owners(found, store.present_files()) if found else {}
    gone = [path for path in known if path not in owners and looked_at(path)]
    records = []
    for path, photo_ids in owners.items():
        sidecar, before = found[path], known.get(path)
        if before is not None and (before.stamp, before.photo_ids) == (sidecar.stamp, photo_ids):
            continue
        packet = _read(Path(sidecar.location))
        if packet is not None:
            told = read_sidecar(packet)
            records += [SidecarRecord(path, photo_id, sidecar.stamp, told) for photo_id in photo_ids]
    if gone or records:
        store.sidecars.update(gone, records)


def _owners(sidecars: Iterable[bytes], files: Mapping[bytes, int]) -> dict[bytes, frozenset[int]]:
    """Return the photos that each sidecar belongs to; those without a photo are left out."""
    by_stem: dict[bytes, list[bytes]] = {}
    by_name: dict[bytes, bytes] = {}
    for file in files:
        by_stem.setdefault(_stem(file), []).append(file)
        by_name[_folded(file)] = file
    owners: dict[bytes, frozenset[int]] = {}
    for sidecar in sidecars:
        stem = _stem(sidecar)
        own = by_name.get(stem)
        beside = [own] if own is not None else by_stem.get(stem, [])
        raw = [file for file in beside if _is_raw(file)]
        if beside:
            owners[sidecar] = frozenset(files[file] for file in raw or beside)
    return owners


def _stem(path: bytes) -> bytes:
    """Return a path without its last suffix; programs and cameras capitalise names as they like."""
    return _folded(os.path.splitext(path)[0])  # noqa: PTH122 - of bytes


def _folded(path: bytes) -> bytes:
    folder, name = os.path.split(path)  # noqa: PTH206, RUF100 - of bytes
    return os.path.join(folder, name.lower())  # noqa: PTH118 - of bytes


def _is_raw(path: bytes) -> bool:
    return os.fsdecode(os.path.splitext(path)[1]).lower() in RAW_SUFFIXES  # noqa: PTH122 - of bytes


def _read(path: Path) -> bytes | None:
    """Return a sidecar's bytes; None, with a word in the log, when it can't be read or is no plain file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as file:  # noqa: PTH123 - it is a descriptor, not a path
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            packet = file.read(SIDECAR_LIMIT_BYTES + 1)
    except OSError as error:
        log.warning("the sidecar %s can't be read: %s", path, error)
        return None
    if len(packet) > SIDECAR_LIMIT_BYTES:
        log.warning("the sidecar %s is larger than %d MiB and was left out", path, SIDECAR_LIMIT_BYTES >> 20)
        return None
    return packet


# ---- writing ----


def write_all(store: Store, said: Mapping[Path, Said]) -> Written:
    """Write what ClipView has to say into the sidecars of photos; the photos themselves are never touched.

    What other programs keep in a sidecar stays; keywords are added to theirs, and those that ClipView wrote earlier and
    no longer has are taken out. A sidecar that can't be changed safely is left as it is and listed.

    Raises:
        NoSpaceError: the disk is full; what was written until then stays.
    """
    written: list[Path] = []
    skipped: list[Skipped] = []
    unchanged = 0
    beside: dict[Path, dict[str, str]] = {}
    for photo, words in said.items():
        if photo.parent not in beside:
            beside[photo.parent] = _names(photo.parent)
        sidecar = _sidecar_among(photo, beside[photo.parent])
        before = store.sidecars.written(os.fsencode(sidecar))
        if words.nothing and not before:
            unchanged += 1
            continue
        try:
            wrote = write(sidecar, words, before)
            if wrote.changed:
                written.append(sidecar)
            else:
                unchanged += 1
            store.sidecars.put_written([(os.fsencode(sidecar), wrote.keywords)])
        except NoSpaceError:
            raise
        except ClipViewError as error:
            skipped.append(Skipped(sidecar, str(error)))
    return Written(tuple(written), unchanged, tuple(skipped))


def sidecar_of(photo: Path) -> Path:
    """Return where a photo's sidecar lies, or will."""
    return _sidecar_among(photo, _names(photo.parent))


def _names(folder: Path) -> dict[str, str]:
    """Return the names in a folder by their small letters; none when it can't be listed."""
    try:
        return {entry.name.lower(): entry.name for entry in folder.iterdir()}
    except OSError as error:
        log.info("the folder %s can't be listed: %s", folder, error)
        return {}


def _sidecar_among(photo: Path, names: Mapping[str, str]) -> Path:
    full = photo.name + SIDECAR_SUFFIX
    short = photo.stem + SIDECAR_SUFFIX
    raw = photo.suffix.lower() in RAW_SUFFIXES
    for name in (full, short):
        there = names.get(name.lower())
        if there is not None and (name == full or raw or not _stem_is_shared(photo, names)):
            return photo.with_name(there)
    return photo.with_name(short if raw else full)


def _stem_is_shared(photo: Path, names: Iterable[str]) -> bool:
    """Tell whether another file beside a photo could be the one that `IMG.xmp` means."""
    stem = photo.stem.lower() + "."
    others = [name for name in names if name.startswith(stem) and not name.endswith(SIDECAR_SUFFIX)]
    return any(name != photo.name.lower() and "." not in name[len(stem) :] for name in others)


def write(sidecar: Path, said: Said, written_before: Sequence[str] = ()) -> Wrote:
    """Write into one sidecar, making it when there is none.

    `written_before`: the keywords in it that ClipView wrote earlier.

    Raises ClipViewError, which says why it was left as it is; NoSpaceError when the disk is full.
    """
    packet, stamp = _for_writing(sidecar)
    there = parse_xmp(packet or b"", SIDECAR_LIMIT_BYTES)
    properties = _properties(there, said, written_before)
    wrote = Wrote(bool(properties), _own_words(there.all("dc:subject"), said, written_before))
    if not properties:
        return wrote
    try:
        new = merged(packet, properties, SIDECAR_LIMIT_BYTES)
    except ClipViewError as error:
        raise ClipViewError(f"It was left as it is: {error}. Mend or remove it, then try again.") from error
    try:
        _replace(sidecar, new, stamp)
    except OSError as error:
        if error.errno in _FULL:
            raise NoSpaceError(f"No space is left for {sidecar}. Free some and try again.") from error
        raise ClipViewError(f"It can't be written ({error.strerror}). Check the folder's permissions.") from error
    return wrote


def _for_writing(sidecar: Path) -> tuple[bytes | None, FileStamp | None]:
    try:
        status = sidecar.lstat()
    except FileNotFoundError:
        return None, None
    except OSError as error:
        raise ClipViewError(f"It can't be read ({error.strerror}). Check its permissions.") from error
    if not stat.S_ISREG(status.st_mode):
        raise ClipViewError("It is a link or no plain file, so it was left as it is. Replace it by a file.")
    packet = _read(sidecar)
    if packet is None:
        raise ClipViewError("It can't be read or is too large, so it was left as it is. Check the file.")
    return packet, FileStamp(status.st_size, status.st_mtime_ns)


def _properties(there: Xmp, said: Said, written_before: Sequence[str]) -> dict[str, Value]:
    """Return the properties that must change, with their new values."""
    properties: dict[str, Value] = {}
    ours = _flat(said)
    retired = {word.casefold() for word in written_before} - {word.casefold() for word in (*ours, *said.may_stay)}
    words = _joined([word for word in there.all("dc:subject") if word.casefold() not in retired], ours)
    if words != there.all("dc:subject"):
        properties["dc:subject"] = Bag(words)
    old = there.all("lr:hierarchicalSubject")
    kept = [path for path in old if path.rpartition("|")[2].casefold() not in retired]
    paths = _joined(kept, ["|".join(part.replace("|", "/") for part in path) for path in said.keywords])
    if paths != old:
        properties["lr:hierarchicalSubject"] = Bag(paths)
    if said.rating is not None and there.first("xmp:Rating") != str(said.rating):
        properties["xmp:Rating"] = str(said.rating)
    if said.caption is not None and (there.first("dc:description") or "") != said.caption:
        properties["dc:description"] = Text(said.caption)
    return properties


def _own_words(there: Sequence[str], said: Said, written_before: Sequence[str]) -> tuple[str, ...]:
    """Return which keywords will be there because of ClipView, and not because another program wrote them."""
    before, found = ({word.casefold() for word in words} for words in (written_before, there))
    stay = {word.casefold() for word in said.may_stay} & found
    ours = [word for word in _flat(said) if word.casefold() in before or word.casefold() not in found]
    return _joined(ours, [word for word in written_before if word.casefold() in stay])


def _flat(said: Said) -> tuple[str, ...]:
    """Return every keyword once, the wider ones included, as programs without a hierarchy want them."""
    return _joined([word for path in said.keywords for word in path], ())


def _joined(first: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for word in (*first, *more):
        kept.setdefault(word.casefold(), word)
    return tuple(kept.values())


def _replace(sidecar: Path, packet: bytes, stamp: FileStamp | None) -> None:
    """Put a packet in a sidecar's place in one step, unless somebody else changed it meanwhile."""
    made = sidecar.with_name(f".clipview-{secrets.token_hex(8)}.tmp")
    try:
        with made.open("xb") as file:
            file.write(packet)
            file.flush()
            os.fsync(file.fileno())
        if stamp is not None:
            shutil.copymode(sidecar, made)
        now = sidecar.lstat() if os.path.lexists(sidecar) else None
        if (None if now is None else FileStamp(now.st_size, now.st_mtime_ns)) != stamp:
            raise ClipViewError("Another program changed it just now, so it was left as it is. Try again.")
        made.replace(sidecar)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
