"""What sidecars say, in the database: beside what the photos' own files say, never over it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager

from msgspec import Struct
from msgspec.structs import replace

from clipview.core.types import FileStamp, Metadata


class SidecarRecord(Struct, frozen=True):
    """One sidecar as it was read, for one photo that it belongs to."""

    path: bytes
    photo_id: int
    stamp: FileStamp
    metadata: Metadata
    """Of this only words, places, people, the rating and the position are kept."""


class KnownSidecar(Struct, frozen=True):
    """A sidecar as the last scan left it."""

    stamp: FileStamp
    photo_ids: frozenset[int]


class SidecarRows:
    """The sidecars of one library. Safe from any thread."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        reading: Callable[[], AbstractContextManager[None]],
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take the library's connection, and what runs a block on one state of it or as one transaction."""
        self._connection, self._reading, self._writing = connection, reading, writing

    def known(self) -> dict[bytes, KnownSidecar]:
        """Return every sidecar that was read, by path."""
        with self._reading():
            rows = self._connection.execute("SELECT path, size_bytes, mtime_ns, photo_id FROM sidecars").fetchall()
        found: dict[bytes, KnownSidecar] = {}
        for path, size, mtime, photo_id in rows:
            before = found[path].photo_ids if path in found else frozenset[int]()
            found[path] = KnownSidecar(FileStamp(size, mtime), before | {photo_id})
        return found

    def update(self, gone: Iterable[bytes], read: Sequence[SidecarRecord]) -> None:
        """Forget sidecars, and keep what others say now instead of what they said before.

        Keywords that ClipView itself wrote into a sidecar are no news, and must not come back as those of others.
        """
        own = {record.path: {word.casefold() for word in self.written(record.path)} for record in read}
        with self._writing():
            paths = {*gone, *(record.path for record in read)}
            self._connection.executemany("DELETE FROM sidecars WHERE path = ?", [(path,) for path in paths])
            self._connection.executemany(
                "INSERT INTO sidecars (path, photo_id, size_bytes, mtime_ns, caption, rating, words) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        record.path,
                        record.photo_id,
                        record.stamp.size_bytes,
                        record.stamp.mtime_ns,
                        record.metadata.caption,
                        record.metadata.rating,
                        json.dumps(_words(record.metadata, own[record.path])),
                    )
                    for record in read
                ],
            )

    def written(self, path: bytes) -> tuple[str, ...]:
        """Return the keywords that ClipView itself wrote into a sidecar."""
        with self._reading():
            row = self._connection.execute("SELECT keywords FROM written_sidecars WHERE path = ?", (path,)).fetchone()
        return () if row is None else tuple(json.loads(row[0]))

    def with_own_keywords(self) -> list[int]:
        """Return the photos whose sidecars hold keywords that ClipView wrote."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT DISTINCT s.photo_id FROM sidecars s JOIN written_sidecars w ON w.path = s.path "
                "WHERE w.keywords != '[]'"
            ).fetchall()
        return [row[0] for row in rows]

    def put_written(self, written: Iterable[tuple[bytes, Sequence[str]]]) -> None:
        """Keep which keywords ClipView wrote into sidecars."""
        with self._writing():
            self._connection.executemany(
                "INSERT OR REPLACE INTO written_sidecars (path, keywords) VALUES (?, ?)",
                [(path, json.dumps(list(keywords))) for path, keywords in written],
            )


def told_by_sidecars(connection: sqlite3.Connection, photo_id: int, embedded: Metadata) -> Metadata:
    """Return what a photo's file and its sidecars say together: a sidecar is the newer word, lists are joined."""
    rows = connection.execute(
        "SELECT caption, rating, words FROM sidecars WHERE photo_id = ? ORDER BY path DESC", (photo_id,)
    ).fetchall()
    told = embedded
    for caption, rating, stored in rows:
        words = json.loads(stored)
        position = words.get("position")
        told = replace(
            told,
            caption=told.caption if caption is None else caption,
            rating=told.rating if rating is None else rating,
            keywords=_joined(told.keywords, words["keywords"]),
            people=_joined(told.people, words["people"]),
            places=tuple(words["places"]) or told.places,
            latitude=position[0] if position else told.latitude,
            longitude=position[1] if position else told.longitude,
        )
    return told


def beside_photos(connection: sqlite3.Connection, narrowed: str = "") -> dict[int, list[str]]:
    """Return the captions, keywords and people that persons and sidecars give photos, by photo; most have none.

    `narrowed`: "" or `reading.TOUCHED`.
    """
    found: dict[int, list[str]] = {}
    where = narrowed.format(photo_id="photo_id")
    for photo_id, caption in connection.execute(
        f"SELECT photo_id, caption FROM marks WHERE caption IS NOT NULL{where}"  # noqa: S608 - our own fixed text
    ):
        found.setdefault(photo_id, []).append(caption)
    for photo_id, caption, stored in connection.execute(
        f"SELECT photo_id, caption, words FROM sidecars WHERE 1{where}"  # noqa: S608 - our own fixed text
    ):
        words = json.loads(stored)
        found.setdefault(photo_id, []).extend(filter(None, (caption, *words["keywords"], *words["people"])))
    return found


def _words(metadata: Metadata, own: Collection[str]) -> dict[str, object]:
    position = None if metadata.latitude is None else [metadata.latitude, metadata.longitude]
    return {
        "keywords": [word for word in metadata.keywords if word.casefold() not in own],
        "people": metadata.people,
        "places": metadata.places,
        "position": position,
    }


def _joined(first: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """Join lists of words; those that differ in capitals alone count once."""
    kept: dict[str, str] = {}
    for word in (*first, *more):
        kept.setdefault(word.casefold(), word)
    return tuple(kept.values())
