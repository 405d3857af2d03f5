"""The large reads once more, as arrays in a file beside the database: what a start reads instead of a million rows.

The file is a cache that can't lie. The database, not the file, has the length and the SHA-256 of each of its parts, and
notes which photos have changed since (`schema.uncopied_triggers`), in the transaction that changes them. So a file that
is missing, cut short, damaged, older or another library's is passed over, and what has changed is read from the rows.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

from clipview.core.flushing import put_whole
from clipview.core.packed import PackedRows, StoredRows
from clipview.core.store.connection import connect, translated_errors
from clipview.core.store.reading import (
    EmbeddingRows,
    FileColumns,
    Model,
    each_file_columns,
    read_embeddings,
    read_file_columns,
)

log = logging.getLogger(__name__)

_FEWEST: Final = 100
"""Photos: fewer are read as quickly without it."""

_FORMAT: Final = 1
"""Goes up with every change of what the parts hold."""

_ROWS_A_PART: Final = 16_384

_MANY: Final = 2_000
_MANY_SHARE: Final = 0.05
"""When so many photos have changed, or this share of them if that is more, the file is made anew."""

_UNCOPIED: Final = "SELECT photo_id FROM uncopied"
_ONLY_UNCOPIED: Final = f" AND {{photo_id}} IN ({_UNCOPIED})"


class StartCopy:
    """The file of one library, `start.bin` beside its database."""

    def __init__(
        self,
        database: Path,
        connection: sqlite3.Connection,
        reading: Callable[[], AbstractContextManager[None]],
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take the library's database, and what runs a block on one state of it or as one transaction."""
        self._database, self._connection = database, connection
        self._reading, self._writing = reading, writing
        self.path = database.with_name("start.bin")
        self._making = threading.Lock()
        self._found_damaged = False

    def columns(self, connection: sqlite3.Connection) -> FileColumns:
        """Return every present file as `read_file_columns` does; `connection` is inside a transaction."""
        contents = _contents(connection)
        parts = [] if contents is None else [_columns(content) for content in self._sound(contents.photos, 0)]
        if contents is None or len(parts) < len(contents.photos):
            return read_file_columns(connection)
        changed, columns = _uncopied(connection), FileColumns.of(parts)
        if not len(changed):
            return columns
        # Most changes are photos that came or went again: nothing in the middle is touched then.
        stale = np.isin(columns.photo_ids, changed)
        if stale.any():
            columns = columns.picked(np.flatnonzero(~stale))
        columns = columns.joined(read_file_columns(connection, _ONLY_UNCOPIED))
        if (np.diff(columns.photo_ids) >= 0).all():
            return columns
        return columns.picked(np.argsort(columns.photo_ids, kind="stable"))

    def each_embedding(
        self, connection: sqlite3.Connection, model: Model, take: Callable[[EmbeddingRows], None]
    ) -> None:
        """Hand over one model's vectors as `read_embeddings` does, but those of changed photos last.

        `connection` is inside a transaction.
        """
        contents = _contents(connection)
        if contents is None or contents.model != model.fingerprint:
            read_embeddings(connection, model, self._database, take)
            return
        changed, through, sound = _uncopied(connection), -1, 0
        for content in self._sound(contents.vectors, sum(part.length for part in contents.photos)):
            rows = _embeddings(content)
            sound, through = sound + 1, int(rows.photo_ids[-1])
            stale = np.isin(rows.photo_ids, changed)
            take(rows.picked(~stale) if stale.any() else rows)
        left = _ONLY_UNCOPIED
        if sound < len(contents.vectors):
            left = f" AND ({{photo_id}} > {through} OR {{photo_id}} IN ({_UNCOPIED}))"
        read_embeddings(connection, model, self._database, take, left)

    def keep(self, model: Model | None, rest: Callable[[], None] = lambda: None) -> None:
        """Make the file if there is none, or much has changed since; 100,000 photos take two seconds.

        Does nothing while another thread makes it.

        Args:
            model: whose vectors to copy; None for none.
            rest: called several times in a second; whatever needs the machine goes first there.

        Raises:
            OSError: it can't be written. Nothing depends on it.
        """
        with ExitStack() as done:
            if not self._making.acquire(blocking=False):
                return
            done.callback(self._making.release)
            with self._reading():
                if not self._is_due(model):
                    return
            with self._writing():
                # From now on changes are noted.
                self._connection.execute("DELETE FROM uncopied")
                self._connection.execute("INSERT OR REPLACE INTO start_copy (id, contents) VALUES (1, '')")
            # A reader of its own: searches and changes go on meanwhile.
            with translated_errors(self._database), closing(connect(self._database, write=False)) as own:
                own.execute("BEGIN")
                contents = msgspec.json.encode(self._write(own, model, rest)).decode()
            with self._writing():
                self._connection.execute("UPDATE start_copy SET contents = ?", (contents,))
            self._found_damaged = False

    def drop(self) -> None:
        """Forget the file, until it is made anew."""
        with self._writing():
            self._connection.execute("DELETE FROM start_copy")
            self._connection.execute("DELETE FROM uncopied")
        self.path.unlink(missing_ok=True)

    def problem(self) -> str | None:
        """Tell what is wrong with the file; None when nothing is, or nothing is expected of it."""
        with self._reading():
            contents = _contents(self._connection)
        if contents is None or sum(1 for _ in self._sound(contents.parts, 0)) == len(contents.parts):
            return None
        return "The copy for a quick start is gone or damaged."

    def _is_due(self, model: Model | None) -> bool:
        photos = int(self._connection.execute("SELECT count(*) FROM photos").fetchone()[0])
        if photos < _FEWEST:
            return False
        contents = _contents(self._connection)
        if contents is None or self._found_damaged or contents.model != _fingerprint(model):
            return True
        if len(_uncopied(self._connection)) > max(_MANY, _MANY_SHARE * photos):
            return True
        try:
            return self.path.stat().st_size != sum(part.length for part in contents.parts)
        except OSError:
            return True

    def _write(self, connection: sqlite3.Connection, model: Model | None, rest: Callable[[], None]) -> _Contents:
        photos: list[_Part] = []
        vectors: list[_Part] = []

        def write(path: Path) -> None:
            with path.open("wb") as file:

                def add(content: bytes, to: list[_Part]) -> None:
                    file.write(content)
                    to.append(_Part(len(content), hashlib.sha256(content).hexdigest()))
                    rest()

                for columns in each_file_columns(connection, rows_at_once=_ROWS_A_PART):
                    add(_photo_bytes(columns), photos)
                if model is not None:
                    read_embeddings(
                        connection,
                        model,
                        self._database,
                        lambda rows: add(_embedding_bytes(rows), vectors),
                        rows_at_once=_ROWS_A_PART,
                    )

        # What a killed writer left, which may be large.
        for left in self.path.parent.glob(f".{self.path.name}.*.part"):
            left.unlink()
        # Not lasting: what a power cut takes from it is told by its checksums.
        put_whole(self.path, write)
        return _Contents(_FORMAT, _time_zone(), tuple(photos), _fingerprint(model), tuple(vectors))

    def _sound(self, parts: Sequence[_Part], start: int) -> Iterator[bytes]:
        """Read parts of the file, up to the first that is not what was written."""
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                for part in parts:
                    content = file.read(part.length)
                    if hashlib.sha256(content).hexdigest() != part.sha256:
                        raise ValueError("its checksum is wrong")
                    yield content
        except (OSError, ValueError) as error:
            self._found_damaged = True
            log.info("%s is not used: %s", self.path, error)


class _Part(Struct, frozen=True):
    length: int
    sha256: str


class _Contents(Struct, frozen=True):
    """What a file holds, part by part."""

    version: int
    zone: str
    photos: tuple[_Part, ...]
    model: str | None
    """The fingerprint of the model whose vectors they are."""
    vectors: tuple[_Part, ...]

    @property
    def parts(self) -> tuple[_Part, ...]:
        return (*self.photos, *self.vectors)


class _Words(Struct, frozen=True, array_like=True):
    """Texts, each of the different ones once."""

    words: list[bytes]
    numbers: memoryview


class _Photos(Struct, frozen=True, array_like=True):
    """`FileColumns` in bytes."""

    photo_ids: memoryview
    paths: list[bytes]
    dates_s: memoryview
    taken: memoryview
    colours: memoryview
    formats: _Words
    cameras: _Words
    sides_px: memoryview
    placed: memoryview
    texts: _Words


class _Rows(Struct, frozen=True, array_like=True):
    """`StoredRows` in bytes; the first two are there for packed ones only."""

    counts: memoryview | None
    columns: memoryview | None
    values: memoryview
    dim: int


class _Embeddings(Struct, frozen=True, array_like=True):
    """`EmbeddingRows` in bytes."""

    photo_ids: memoryview
    search: _Rows
    similar: _Rows | None


def _contents(connection: sqlite3.Connection) -> _Contents | None:
    row = connection.execute("SELECT contents FROM start_copy").fetchone()
    if row is None or not row[0]:
        return None
    try:
        contents = msgspec.json.decode(row[0], type=_Contents)
    except msgspec.ValidationError:
        # Another version's.
        return None
    return contents if (contents.version, contents.zone) == (_FORMAT, _time_zone()) else None


def _uncopied(connection: sqlite3.Connection) -> NDArray[np.int64]:
    return np.array([row[0] for row in connection.execute(_UNCOPIED).fetchall()], np.int64)


def _fingerprint(model: Model | None) -> str | None:
    return None if model is None else model.fingerprint


def _time_zone() -> str:
    """Name the rules by which files' times became local ones, by what they say of each quarter of 70 years."""
    offsets = [time.localtime(quarter * 7_889_400).tm_gmtoff for quarter in range(280)]
    return hashlib.sha256(repr(offsets).encode()).hexdigest()[:16]


def _photo_bytes(columns: FileColumns) -> bytes:
    return msgspec.msgpack.encode(
        _Photos(
            _raw(columns.photo_ids, "<i8"),
            columns.paths,
            _raw(columns.dates_s, "<i8"),
            _raw(columns.taken, "?"),
            _raw(columns.colours, "<u4"),
            _numbered(columns.formats),
            _numbered(columns.cameras),
            _raw(columns.sides_px, "<i4"),
            _raw(columns.placed, "?"),
            _numbered(columns.texts),
        )
    )


def _columns(content: bytes) -> FileColumns:
    kept = msgspec.msgpack.decode(content, type=_Photos)
    return FileColumns(
        photo_ids=np.frombuffer(kept.photo_ids, "<i8"),
        paths=kept.paths,
        dates_s=np.frombuffer(kept.dates_s, "<i8"),
        taken=np.frombuffer(kept.taken, "?"),
        colours=np.frombuffer(kept.colours, "<u4"),
        formats=_named(kept.formats),
        cameras=_named(kept.cameras),
        sides_px=np.frombuffer(kept.sides_px, "<i4").reshape(-1, 2),
        placed=np.frombuffer(kept.placed, "?"),
        texts=_named(kept.texts),
    )


def _embedding_bytes(rows: EmbeddingRows) -> bytes:
    similar = None if rows.similar is None else _raw_rows(rows.similar)
    return msgspec.msgpack.encode(_Embeddings(_raw(rows.photo_ids, "<i8"), _raw_rows(rows.search), similar))


def _embeddings(content: bytes) -> EmbeddingRows:
    kept = msgspec.msgpack.decode(content, type=_Embeddings)
    similar = None if kept.similar is None else _stored_rows(kept.similar)
    return EmbeddingRows(np.frombuffer(kept.photo_ids, "<i8"), _stored_rows(kept.search), similar)


def _raw_rows(rows: StoredRows) -> _Rows:
    if isinstance(rows, PackedRows):
        return _Rows(_raw(rows.counts, "<i8"), _raw(rows.columns, "<u2"), _raw(rows.values, "<f2"), rows.dim)
    return _Rows(None, None, _raw(rows, "<f2"), rows.shape[1])


def _stored_rows(kept: _Rows) -> StoredRows:
    values = np.frombuffer(kept.values, "<f2")
    if kept.counts is None or kept.columns is None:
        return values.reshape(-1, kept.dim)
    return PackedRows(kept.dim, np.frombuffer(kept.counts, "<i8"), np.frombuffer(kept.columns, "<u2"), values)


def _raw(values: ArrayLike, dtype: str) -> memoryview:
    return memoryview(np.asarray(values, dtype).tobytes())


def _numbered(texts: Sequence[str]) -> _Words:
    known: dict[str, int] = {}
    numbers = [known.setdefault(text, len(known)) for text in texts]
    # What a photo says of itself may hold half a character, which UTF-8 has no bytes for.
    return _Words([text.encode("utf-8", "surrogatepass") for text in known], _raw(numbers, "<u4"))


def _named(kept: _Words) -> list[str]:
    words = [word.decode("utf-8", "surrogatepass") for word in kept.words]
    return [words[number] for number in np.frombuffer(kept.numbers, "<u4").tolist()]
