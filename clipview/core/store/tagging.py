"""The tables of tags: what people and files say of photos, what the model makes of them, and how answers are undone."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from clipview.core.types import PhotoTag, Source

Ids = NDArray[np.int64]
Transaction = Callable[[], AbstractContextManager[None]]

_PRESENT = "EXISTS (SELECT 1 FROM files f WHERE f.photo_id = {photo_id} AND f.missing_since IS NULL)"


class TagRow(Struct, frozen=True):
    """One tag that the library knows."""

    tag_id: int
    name: str
    taught: bool
    """Learned from examples rather than described in words."""
    line: float | None
    """The confidence from which it is applied by itself; None for the usual one."""


class TagCount(Struct, frozen=True):
    """How many present photos have a tag."""

    name: str
    taught: bool
    photos: int
    by_hand: int
    """Of these, confirmed, typed, or read from the file."""
    unsure: int
    """Photos that a person should be asked about."""


class Answers(Struct, frozen=True, eq=False):
    """All answers, oldest first."""

    photo_ids: Ids
    tag_ids: Ids
    yes: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    """Whether a person judged what the model proposed; what they typed, or a file says, is never a no."""


class AutomaticTags(Struct, frozen=True, eq=False):
    """What a model makes of photos, as parallel columns."""

    tag_ids: Ids
    photo_ids: Ids
    confidence: NDArray[np.float64]
    accepted: NDArray[np.bool_]


class TagTables:
    """A library's tags; part of `Store`, and as safe."""

    def __init__(self, connection: sqlite3.Connection, writing: Transaction, reading: Transaction) -> None:
        """Take the database, and what makes several statements one transaction."""
        self._connection, self._writing, self._reading = connection, writing, reading

    # ---- tags ----

    def all(self) -> list[TagRow]:
        """Return every tag, by name."""
        rows = self._read("SELECT id, name, taught, line FROM tags ORDER BY name")
        return [TagRow(tag_id, name, bool(taught), line) for tag_id, name, taught, line in rows]

    def ids(self, names: Sequence[str]) -> dict[str, int]:
        """Return the ids of tags by name, in whatever case, making those that are new."""
        with self._writing():
            self._connection.executemany("INSERT OR IGNORE INTO tags (name) VALUES (?)", [(name,) for name in names])
            known = {str(name).casefold(): row for row, name in self._connection.execute("SELECT id, name FROM tags")}
            # What SQLite takes for the same letters and Python doesn't is looked up one by one.
            return {name: known.get(name.casefold()) or self._id(name) for name in names}

    def named(self, name: str) -> TagRow | None:
        """Return a tag by its name, in whatever case."""
        rows = self._read("SELECT id, name, taught, line FROM tags WHERE name = ?", (name,))
        return TagRow(rows[0][0], rows[0][1], bool(rows[0][2]), rows[0][3]) if rows else None

    def rename(self, tag_id: int, name: str) -> None:
        """Give a tag another name; its photos and answers stay. The name must be free."""
        with self._writing():
            self._connection.execute("UPDATE tags SET name = ? WHERE id = ?", (name, tag_id))

    def set_taught(self, tag_id: int, *, taught: bool) -> None:
        """Note whether a tag is learned from its answers alone."""
        with self._writing():
            self._connection.execute("UPDATE tags SET taught = ? WHERE id = ?", (taught, tag_id))

    def set_line(self, tag_id: int, line: float | None) -> None:
        """Keep the confidence from which a tag is applied by itself."""
        with self._writing():
            self._connection.execute("UPDATE tags SET line = ? WHERE id = ?", (line, tag_id))

    def forget(self, tag_id: int) -> None:
        """Forget a tag with all that was said of it."""
        with self._writing():
            self._connection.execute("DELETE FROM tags WHERE id = ?", (tag_id,))

    # ---- answers ----

    def answer(self, tag_id: int, photo_ids: Collection[int], source: Source | None) -> int:
        """Note what a person says of some photos; None takes answers back.

        Returns the number of the change, for `undo`.
        """
        now = datetime.now().isoformat(timespec="seconds")
        pairs = [(int(photo_id), tag_id) for photo_id in photo_ids]
        with self._writing():
            before = [self._answer_of(photo_id, tag_id) for photo_id, tag_id in pairs]
            self._connection.executemany("DELETE FROM tag_answers WHERE photo_id = ? AND tag_id = ?", pairs)
            if source is not None:
                self._connection.executemany(
                    "INSERT INTO tag_answers (photo_id, tag_id, source, answered_at) VALUES (?, ?, ?, ?)",
                    [(*pair, str(source), now) for pair in pairs],
                )
            cursor = self._connection.execute("INSERT INTO tag_changes (before) VALUES (?)", (json.dumps(before),))
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def undo(self, change: int | None = None) -> list[int]:
        """Take back one change of answers, the last when None; returns the ids of its tags, none without one."""
        with self._writing():
            row = self._connection.execute(
                "SELECT id, before FROM tag_changes WHERE id = coalesce(?, (SELECT max(id) FROM tag_changes))",
                (change,),
            ).fetchone()
            if row is None:
                return []
            before = json.loads(row[1])
            for photo_id, tag_id, source, answered_at in before:
                self._connection.execute(
                    "DELETE FROM tag_answers WHERE photo_id = ? AND tag_id = ?", (photo_id, tag_id)
                )
                if source is not None:
                    # The photo or the tag may have been forgotten since.
                    self._connection.execute(
                        "INSERT INTO tag_answers SELECT ?1, ?2, ?3, ?4 "
                        "WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?1)"
                        " AND EXISTS (SELECT 1 FROM tags WHERE id = ?2)",
                        (photo_id, tag_id, source, answered_at),
                    )
            self._connection.execute("DELETE FROM tag_changes WHERE id = ?", (row[0],))
            return sorted({tag_id for _, tag_id, _, _ in before})

    def answers(self) -> Answers:
        """Return what people and files say of photos."""
        rows = self._read(
            "SELECT photo_id, tag_id, source != 'rejected', source IN ('confirmed', 'rejected') FROM tag_answers "
            "ORDER BY answered_at, photo_id"
        )
        table = np.array(rows, np.int64).reshape(-1, 4)
        return Answers(table[:, 0], table[:, 1], table[:, 2].astype(np.bool_), table[:, 3].astype(np.bool_))

    # ---- what the model makes of photos ----

    def signatures(self) -> dict[int, str]:
        """Return by what each tagged photo was tagged."""
        return dict(self._read("SELECT photo_id, signature FROM tagged_photos"))

    def tagged_otherwise(self, signature: str, model_id: int) -> int:
        """Count the present photos with vectors of a model that were tagged by something else than this."""
        rows = self._read(
            f"SELECT count(*) FROM tagged_photos t WHERE signature != ? AND {_PRESENT.format(photo_id='t.photo_id')} "  # noqa: S608
            "AND EXISTS (SELECT 1 FROM embeddings e WHERE e.photo_id = t.photo_id AND e.model_id = ?)",
            (signature, model_id),
        )
        return int(rows[0][0])

    def automatic_counts(self) -> dict[str, int]:
        """Return how many photos have each tag by the model's judgement."""
        return dict(
            self._read(
                "SELECT t.name, count(*) FROM automatic_tags a JOIN tags t ON t.id = a.tag_id "
                "WHERE a.accepted GROUP BY a.tag_id"
            )
        )

    def put_automatic(self, photo_ids: Ids, rows: AutomaticTags, signature: str) -> None:
        """Replace what a model made of these photos."""
        with self._writing():
            self._connection.executemany(
                "DELETE FROM automatic_tags WHERE photo_id = ?", [(photo_id,) for photo_id in photo_ids.tolist()]
            )
            self._insert(rows)
            self._connection.executemany(
                "INSERT OR REPLACE INTO tagged_photos SELECT id, ?2 FROM photos WHERE id = ?1",
                [(photo_id, signature) for photo_id in photo_ids.tolist()],
            )

    def put_automatic_of_tags(self, tag_ids: Iterable[int], rows: AutomaticTags) -> None:
        """Replace what a model made of these tags, for all photos."""
        with self._writing():
            self._connection.executemany(
                "DELETE FROM automatic_tags WHERE tag_id = ?", [(tag_id,) for tag_id in tag_ids]
            )
            self._insert(rows)

    def tagged_photo_ids(self) -> Ids:
        """Return the photos that were tagged, ascending."""
        return np.array([row[0] for row in self._read("SELECT photo_id FROM tagged_photos ORDER BY 1")], np.int64)

    # ---- what people see ----

    def counts(self) -> list[TagCount]:
        """Count the present photos of every tag that has one or is in doubt for one, by name."""
        here = _PRESENT.format(photo_id="p.photo_id")
        rows = self._read(
            "SELECT t.name, t.taught, coalesce(has.n, 0), coalesce(has.said, 0), coalesce(doubt.n, 0) FROM tags t "  # noqa: S608
            "LEFT JOIN (SELECT tag_id, count(*) AS n, sum(source != 'automatic') AS said FROM photo_tags p "
            f"WHERE {here} GROUP BY tag_id) has ON has.tag_id = t.id "
            "LEFT JOIN (SELECT tag_id, count(*) AS n FROM automatic_tags p WHERE NOT accepted "
            f"AND {here} GROUP BY tag_id) doubt ON doubt.tag_id = t.id "
            "WHERE has.n > 0 OR doubt.n > 0 OR t.taught ORDER BY t.name"
        )
        return [TagCount(name, bool(taught), n, said, unsure) for name, taught, n, said, unsure in rows]

    def of_photo(self, photo_id: int) -> list[PhotoTag]:
        """Return a photo's tags, then what is in doubt and what was refused, surest first."""
        rows = self._read(
            "SELECT t.name, x.source, x.confidence, x.applied FROM ("
            "SELECT tag_id, source, 1.0 AS confidence, source != 'rejected' AS applied FROM tag_answers "
            "WHERE photo_id = ?1 UNION ALL "
            "SELECT tag_id, 'automatic', confidence, accepted FROM automatic_tags a WHERE photo_id = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM tag_answers o WHERE o.photo_id = ?1 AND o.tag_id = a.tag_id)"
            ") x JOIN tags t ON t.id = x.tag_id ORDER BY x.applied DESC, x.confidence DESC, t.name",
            (photo_id,),
        )
        return [PhotoTag(name, Source(source), confidence, bool(applied)) for name, source, confidence, applied in rows]

    def of_photos(self, photo_ids: Collection[int]) -> list[tuple[int, str, Source]]:
        """Return what photos are tagged with and what was refused them: photo, tag's name and source."""
        rows = self._read(
            "SELECT x.photo_id, t.name, x.source FROM ("
            "SELECT photo_id, tag_id, source FROM photo_tags "
            "UNION ALL SELECT photo_id, tag_id, source FROM tag_answers WHERE source = 'rejected'"
            ") x JOIN tags t ON t.id = x.tag_id WHERE x.photo_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY x.photo_id, t.name",
            (json.dumps([int(each) for each in photo_ids]),),
        )
        return [(photo_id, name, Source(source)) for photo_id, name, source in rows]

    def answered_by_hand(self) -> list[int]:
        """Return the photos that a person gave a tag, or confirmed one of."""
        rows = self._read("SELECT DISTINCT photo_id FROM tag_answers WHERE source IN ('confirmed', 'typed')")
        return [row[0] for row in rows]

    def photos_with(self, name: str) -> Ids:
        """Return the ids of the photos that have a tag, ascending; none when there is no such tag."""
        rows = self._read(
            "SELECT DISTINCT p.photo_id FROM photo_tags p JOIN tags t ON t.id = p.tag_id WHERE t.name = ? ORDER BY 1",
            (name,),
        )
        return np.array([row[0] for row in rows], np.int64)

    def unsure(self) -> AutomaticTags:
        """Return the pairs of present photos that a person should be asked about."""
        rows = self._read(
            f"SELECT tag_id, photo_id, confidence, accepted FROM automatic_tags p WHERE NOT accepted "  # noqa: S608
            f"AND {_PRESENT.format(photo_id='p.photo_id')} ORDER BY photo_id, tag_id"
        )
        return AutomaticTags(
            np.array([row[0] for row in rows], np.int64),
            np.array([row[1] for row in rows], np.int64),
            np.array([row[2] for row in rows], np.float64),
            np.array([row[3] for row in rows], np.bool_),
        )

    def photos_in(self, folders: Sequence[Path]) -> Ids:
        """Return the ids of the present photos in and below folders, ascending."""
        found: set[int] = set()
        for folder in folders:
            prefix = os.fsencode(folder).rstrip(os.sep.encode()) + os.sep.encode()
            rows = self._read(
                "SELECT photo_id FROM files WHERE missing_since IS NULL AND substr(path, 1, ?1) = ?2",
                (len(prefix), prefix),
            )
            found |= {row[0] for row in rows}
        return np.array(sorted(found), np.int64)

    # ---- private ----

    def _read(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._reading():
            return self._connection.execute(sql, values).fetchall()

    def _id(self, name: str) -> int:
        return int(self._connection.execute("SELECT id FROM tags WHERE name = ?", (name,)).fetchone()[0])

    def _answer_of(self, photo_id: int, tag_id: int) -> tuple[int, int, str | None, str | None]:
        row = self._connection.execute(
            "SELECT source, answered_at FROM tag_answers WHERE photo_id = ? AND tag_id = ?", (photo_id, tag_id)
        ).fetchone()
        return (photo_id, tag_id, None, None) if row is None else (photo_id, tag_id, row[0], row[1])

    def _insert(self, rows: AutomaticTags) -> None:
        # A photo may have been forgotten while its tags were thought about.
        self._connection.executemany(
            "INSERT OR REPLACE INTO automatic_tags SELECT ?1, id, ?3, ?4 FROM photos WHERE id = ?2",
            zip(
                rows.tag_ids.tolist(),
                rows.photo_ids.tolist(),
                rows.confidence.tolist(),
                rows.accepted.astype(int).tolist(),
                strict=True,
            ),
        )
