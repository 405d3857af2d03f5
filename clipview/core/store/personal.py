"""What a person says of photos, and their albums, in the database: each change gives what undoes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from clipview.core.changes import (
    AddToAlbum,
    AlbumContent,
    AlbumKind,
    ArrangeAlbum,
    Change,
    Describe,
    DropAlbum,
    Favour,
    MakeAlbum,
    Mark,
    Rate,
    RemoveFromAlbum,
    RenameAlbum,
    SetAlbum,
    SetCover,
    SetMarks,
    Several,
    check_stars,
    clean_caption,
    clean_name,
)
from clipview.core.errors import ClipViewError


class AlbumHead(Struct, frozen=True):
    """An album as a list of albums shows it."""

    name: str
    kind: AlbumKind
    present: int
    """Photos of a manual album that have a file; examples of a taught one; 0 for a search."""
    cover: int | None
    search: str | None


class Personal:
    """Ratings, favourites, captions and albums of one library. Safe from any thread."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        reading: Callable[[], AbstractContextManager[None]],
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take the library's connection, and what runs a block on one state of it or as one transaction."""
        self._connection, self._reading, self._writing = connection, reading, writing

    def change(self, change: Change) -> Change:
        """Do something, all of it or nothing; returns what undoes it.

        Raises:
            ClipViewError: it can't be done as things are: an unknown album, a name that is taken.
        """
        with self._writing():
            return _apply(self._connection, change)

    def albums(self) -> list[AlbumHead]:
        """Return all albums by name."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT a.name, a.kind, a.cover, a.search, (SELECT count(*) FROM album_photos ap "
                "WHERE ap.album_id = a.id AND EXISTS "
                "(SELECT 1 FROM files f WHERE f.photo_id = ap.photo_id AND f.missing_since IS NULL)) "
                "+ (SELECT count(*) FROM album_examples e WHERE e.album_id = a.id AND e.wanted) "
                "FROM albums a ORDER BY a.name COLLATE NOCASE"
            ).fetchall()
        return [AlbumHead(name, AlbumKind(kind), present, cover, search) for name, kind, cover, search, present in rows]

    def album(self, name: str) -> AlbumContent:
        """Return one album; ClipViewError when there is none of this name, however it is capitalised."""
        with self._reading():
            return _album(self._connection, name)

    def marks(self, photo_ids: Sequence[int]) -> dict[int, Mark]:
        """Return what the person says of each of these photos, nothing included."""
        with self._reading():
            return _marks(self._connection, photo_ids)

    def marked(self) -> list[int]:
        """Return the photos that the person gave stars or a caption."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT photo_id FROM marks WHERE rating IS NOT NULL OR caption IS NOT NULL ORDER BY photo_id"
            ).fetchall()
        return [row[0] for row in rows]


def _apply(connection: sqlite3.Connection, change: Change) -> Change:  # noqa: PLR0911, RUF100 - one line a change
    match change:
        case Rate(photo_ids, stars):
            check_stars(stars)
            return _remark(connection, photo_ids, lambda mark: replace(mark, rating=stars))
        case Favour(photo_ids, favourite):
            return _remark(connection, photo_ids, lambda mark: replace(mark, favourite=favourite))
        case Describe(photo_id, caption):
            return _remark(connection, (photo_id,), lambda mark: replace(mark, caption=clean_caption(caption)))
        case SetMarks(marks):
            wanted = {mark.photo_id: mark for mark in marks}
            return _remark(connection, tuple(wanted), lambda mark: wanted[mark.photo_id])
        case MakeAlbum(album):
            return DropAlbum(_make(connection, album))
        case DropAlbum(name):
            album = _album(connection, name)
            connection.execute("DELETE FROM albums WHERE name = ?", (album.name,))
            return MakeAlbum(album)
        case RenameAlbum(old, new):
            before = _album(connection, old).name
            wanted_name = clean_name(new)
            _refuse_taken(connection, wanted_name, besides=before)
            connection.execute("UPDATE albums SET name = ? WHERE name = ?", (wanted_name, before))
            return RenameAlbum(wanted_name, before)
        case SetCover(name, photo_id):
            album = _album(connection, name)
            return _reset(connection, album, replace(album, cover=photo_id))
        case AddToAlbum(name, photo_ids):
            album = _album(connection, name)
            return _reset(connection, album, _with(album, photo_ids))
        case RemoveFromAlbum(name, photo_ids):
            album = _album(connection, name)
            return _reset(connection, album, _without(album, photo_ids))
        case ArrangeAlbum(name, photo_ids, before_id):
            album = _album(connection, name)
            return _reset(connection, album, _arranged(album, photo_ids, before_id))
        case SetAlbum(name, wanted_album):
            return _reset(connection, _album(connection, name), wanted_album)
        case Several(changes):
            return Several(tuple([_apply(connection, each) for each in changes][::-1]))


def _remark(connection: sqlite3.Connection, photo_ids: Sequence[int], to: Callable[[Mark], Mark]) -> SetMarks:
    before = _marks(connection, photo_ids)
    for mark in map(to, before.values()):
        connection.execute("DELETE FROM marks WHERE photo_id = ?", (mark.photo_id,))
        if mark != Mark(mark.photo_id):
            # A photo that was forgotten meanwhile has nothing said of it.
            connection.execute(
                "INSERT INTO marks (photo_id, rating, favourite, caption) SELECT ?1, ?2, ?3, ?4 "
                "WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?1)",
                (mark.photo_id, mark.rating, mark.favourite, mark.caption),
            )
    return SetMarks(tuple(before.values()))


def _marks(connection: sqlite3.Connection, photo_ids: Iterable[int]) -> dict[int, Mark]:
    found = {}
    for photo_id in photo_ids:
        row = connection.execute(
            "SELECT rating, favourite, caption FROM marks WHERE photo_id = ?", (int(photo_id),)
        ).fetchone()
        found[int(photo_id)] = Mark(int(photo_id)) if row is None else Mark(int(photo_id), row[0], bool(row[1]), row[2])
    return found


def _album(connection: sqlite3.Connection, name: str) -> AlbumContent:
    row = connection.execute("SELECT id, name, kind, search, cover FROM albums WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise ClipViewError(f"There is no album {name!r}. `clipview albums` lists those that there are.")
    album_id, own_name, kind, search, cover = row
    members = connection.execute("SELECT photo_id FROM album_photos WHERE album_id = ? ORDER BY position", (album_id,))
    examples = connection.execute(
        "SELECT photo_id, wanted FROM album_examples WHERE album_id = ? ORDER BY photo_id", (album_id,)
    ).fetchall()
    return AlbumContent(
        own_name,
        AlbumKind(kind),
        tuple(each[0] for each in members),
        search,
        cover,
        tuple(photo_id for photo_id, wanted in examples if wanted),
        tuple(photo_id for photo_id, wanted in examples if not wanted),
    )


def _make(connection: sqlite3.Connection, album: AlbumContent) -> str:
    name = clean_name(album.name)
    _refuse_taken(connection, name)
    connection.execute(
        "INSERT INTO albums (name, kind, search, made_at) VALUES (?, ?, ?, ?)",
        (name, album.kind.value, album.search, datetime.now().isoformat(timespec="seconds")),
    )
    _fill(connection, replace(album, name=name))
    return name


def _reset(connection: sqlite3.Connection, before: AlbumContent, wanted: AlbumContent) -> Change:
    name = clean_name(wanted.name)
    _refuse_taken(connection, name, besides=before.name)
    connection.execute(
        "UPDATE albums SET name = ?, kind = ?, search = ? WHERE name = ?",
        (name, wanted.kind.value, wanted.search, before.name),
    )
    _fill(connection, replace(wanted, name=name))
    return SetAlbum(name, before)


def _fill(connection: sqlite3.Connection, album: AlbumContent) -> None:
    """Give an album that exists its photos, examples and cover; photos that are gone are left out."""
    (album_id,) = connection.execute("SELECT id FROM albums WHERE name = ?", (album.name,)).fetchone()
    connection.execute("DELETE FROM album_photos WHERE album_id = ?", (album_id,))
    connection.execute("DELETE FROM album_examples WHERE album_id = ?", (album_id,))
    exists = "WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?2)"
    connection.executemany(
        f"INSERT OR IGNORE INTO album_photos (album_id, photo_id, position) SELECT ?1, ?2, ?3 {exists}",
        [(album_id, int(photo_id), position) for position, photo_id in enumerate(album.photo_ids)],
    )
    connection.executemany(
        f"INSERT OR IGNORE INTO album_examples (album_id, photo_id, wanted) SELECT ?1, ?2, ?3 {exists}",
        [
            (album_id, int(photo_id), wanted)
            for wanted, photos in ((1, album.examples), (0, album.counter_examples))
            for photo_id in photos
        ],
    )
    connection.execute(
        "UPDATE albums SET cover = (SELECT id FROM photos WHERE id = ?) WHERE id = ?", (album.cover, album_id)
    )


def _with(album: AlbumContent, photo_ids: Sequence[int]) -> AlbumContent:
    _refuse_search(album)
    if album.kind is AlbumKind.TAUGHT:
        counter = tuple(each for each in album.counter_examples if each not in photo_ids)
        return replace(album, examples=_joined(album.examples, photo_ids), counter_examples=counter)
    return replace(album, photo_ids=_joined(album.photo_ids, photo_ids))


def _without(album: AlbumContent, photo_ids: Sequence[int]) -> AlbumContent:
    _refuse_search(album)
    gone = set(photo_ids)
    cover = None if album.cover in gone else album.cover
    if album.kind is AlbumKind.TAUGHT:
        examples = tuple(each for each in album.examples if each not in gone)
        counter = _joined(album.counter_examples, photo_ids)
        return replace(album, examples=examples, counter_examples=counter, cover=cover)
    return replace(album, photo_ids=tuple(each for each in album.photo_ids if each not in gone), cover=cover)


def _arranged(album: AlbumContent, photo_ids: Sequence[int], before: int | None) -> AlbumContent:
    if album.kind is not AlbumKind.MANUAL:
        raise ClipViewError(f"The album {album.name!r} fills itself, so it has no order of its own to change.")
    moved = [each for each in photo_ids if each in album.photo_ids]
    rest = [each for each in album.photo_ids if each not in moved]
    place = rest.index(before) if before in rest else len(rest)
    return replace(album, photo_ids=(*rest[:place], *moved, *rest[place:]))


def _joined(first: Sequence[int], more: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*first, *more)))


def _refuse_search(album: AlbumContent) -> None:
    if album.kind is AlbumKind.SEARCH:
        raise ClipViewError(
            f"The album {album.name!r} fills itself by a search, so photos can't be put in or taken out by hand. "
            "Change the search, or make an album of your own."
        )


def _refuse_taken(connection: sqlite3.Connection, name: str, besides: str | None = None) -> None:
    row = connection.execute("SELECT name FROM albums WHERE name = ?", (name,)).fetchone()
    if row is not None and row[0] != besides:
        raise ClipViewError(f"There is an album {row[0]!r} already. Choose another name.")
