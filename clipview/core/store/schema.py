"""The tables of a library and the ordered steps that made them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from clipview.core.store.tag_schema import TAG_TABLES, keyword_triggers

LIBRARY_VERSION = 1
"""Raised by one with every migration; a library with a higher number was written by a newer ClipView."""

LIBRARY_ID = "library_id"
"""The setting that tells one library from all others; its caches carry it, its backups keep it."""


def migrate(connection: sqlite3.Connection, before_first: Callable[[], None]) -> None:
    """Bring a library database to `LIBRARY_VERSION`, each step in a transaction of its own.

    Args:
        connection: opened for writing.
        before_first: called once before the first step when there is something to migrate (keeps a copy).
    """
    # It takes a third of a second to import, which only a new or an older library has to pay.
    from sqlite_utils import Database, Migrations

    migrations = Migrations("clipview")

    @migrations()
    def first(database: Database) -> None:
        for statement in [*_FIRST.split(";\n"), *TAG_TABLES.split(";\n"), *keyword_triggers(), *uncopied_triggers()]:
            if statement.strip():
                database.execute(statement)
        database.execute("PRAGMA user_version = 1")

    database = Database(connection)
    if migrations.pending(database):
        before_first()
        migrations.apply(database)


# Paths are BLOBs: names that are not valid UTF-8 must come back byte for byte.
_FIRST = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    excludes TEXT NOT NULL DEFAULT '[]',
    added_at TEXT NOT NULL
);
CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    dim INTEGER NOT NULL,
    similar_dim INTEGER NOT NULL,
    default_scale TEXT
);
CREATE TABLE photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_hash BLOB NOT NULL UNIQUE,
    format TEXT NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    colour INTEGER NOT NULL,
    damaged TEXT,
    taken_at TEXT,
    camera TEXT,
    lens TEXT,
    exposure_s REAL,
    f_number REAL,
    iso INTEGER,
    focal_length_mm REAL,
    latitude REAL,
    longitude REAL,
    caption TEXT,
    keywords TEXT NOT NULL DEFAULT '[]',
    rating INTEGER,
    people TEXT NOT NULL DEFAULT '[]',
    places TEXT NOT NULL DEFAULT '[]',
    added_at TEXT NOT NULL
);
CREATE TABLE miniatures (
    photo_id INTEGER PRIMARY KEY REFERENCES photos(id) ON DELETE CASCADE,
    pixels BLOB NOT NULL
);
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    path BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    missing_since TEXT
);
CREATE UNIQUE INDEX files_present_path ON files(path) WHERE missing_since IS NULL;
CREATE INDEX files_photo ON files(photo_id);
CREATE INDEX files_missing ON files(path) WHERE missing_since IS NOT NULL;
CREATE TABLE embeddings (
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    model_id INTEGER NOT NULL REFERENCES models(id) ON DELETE CASCADE,
    search BLOB NOT NULL,
    similar BLOB,
    UNIQUE (model_id, photo_id)
);
CREATE INDEX embeddings_photo ON embeddings(photo_id);
CREATE TABLE skipped (
    path BLOB PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    reason TEXT NOT NULL,
    noticed_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE texts (
    model_id INTEGER NOT NULL REFERENCES models(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (model_id, text)
);
CREATE TABLE banks (
    model_id INTEGER NOT NULL REFERENCES models(id) ON DELETE CASCADE,
    signature TEXT NOT NULL,
    vectors BLOB NOT NULL,
    UNIQUE (model_id, signature)
);
CREATE TABLE neutral_scores (
    model_id INTEGER PRIMARY KEY REFERENCES models(id) ON DELETE CASCADE,
    signature TEXT NOT NULL,
    photo_ids BLOB NOT NULL,
    means BLOB NOT NULL,
    deviations BLOB NOT NULL
);
CREATE TABLE neighbour_files (
    model_id INTEGER PRIMARY KEY REFERENCES models(id) ON DELETE CASCADE,
    seal TEXT NOT NULL,
    generation INTEGER NOT NULL
);
CREATE TABLE saved_searches (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    saved_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE remembered_searches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL UNIQUE
);
CREATE TABLE marks (
    photo_id INTEGER PRIMARY KEY REFERENCES photos(id) ON DELETE CASCADE,
    rating INTEGER,
    favourite INTEGER NOT NULL DEFAULT 0,
    caption TEXT
);
CREATE TABLE albums (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    kind TEXT NOT NULL,
    search TEXT,
    cover INTEGER REFERENCES photos(id) ON DELETE SET NULL,
    made_at TEXT NOT NULL
);
CREATE TABLE album_photos (
    album_id INTEGER NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (album_id, photo_id)
) WITHOUT ROWID;
CREATE INDEX album_photos_photo ON album_photos(photo_id);
CREATE TABLE album_examples (
    album_id INTEGER NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    wanted INTEGER NOT NULL,
    PRIMARY KEY (album_id, photo_id)
) WITHOUT ROWID;
CREATE INDEX album_examples_photo ON album_examples(photo_id);
CREATE TABLE sidecars (
    path BLOB NOT NULL,
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    caption TEXT,
    rating INTEGER,
    words TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (path, photo_id)
) WITHOUT ROWID;
CREATE INDEX sidecars_photo ON sidecars(photo_id);
CREATE TABLE written_sidecars (
    path BLOB PRIMARY KEY,
    keywords TEXT NOT NULL
) WITHOUT ROWID;
CREATE VIEW valued AS SELECT p.id AS photo_id,
    coalesce(
        m.rating,
        (SELECT s.rating FROM sidecars s WHERE s.photo_id = p.id AND s.rating IS NOT NULL ORDER BY s.path LIMIT 1),
        p.rating
    ) AS rating,
    coalesce(m.favourite, 0) AS favourite
    FROM photos p LEFT JOIN marks m ON m.photo_id = p.id;
CREATE INDEX photos_rated ON photos(id) WHERE rating IS NOT NULL;
CREATE TABLE start_copy (id INTEGER PRIMARY KEY CHECK (id = 1), contents TEXT NOT NULL);
CREATE TABLE uncopied (photo_id INTEGER PRIMARY KEY);
INSERT INTO settings (name, value) VALUES ('generation', '0'), ('library_id', lower(hex(randomblob(16))));
"""

# All that can change what `reading` reads of photos: an event, a table, when, and whose ids to note.
_PHOTO_CHANGES = (
    ("INSERT", "files", "", ("new.photo_id",)),
    ("DELETE", "files", "", ("old.photo_id",)),
    ("UPDATE", "files", "", ("old.photo_id", "new.photo_id")),
    ("UPDATE", "photos", "", ("new.id",)),
    ("INSERT", "marks", " WHEN new.caption IS NOT NULL", ("new.photo_id",)),
    ("DELETE", "marks", " WHEN old.caption IS NOT NULL", ("old.photo_id",)),
    ("INSERT", "sidecars", "", ("new.photo_id",)),
    ("DELETE", "sidecars", "", ("old.photo_id",)),
    ("INSERT", "embeddings", "", ("new.photo_id",)),
    ("DELETE", "embeddings", "", ("old.photo_id",)),
)


def _triggers(kind: str, schema: str, table: str, condition: str) -> list[str]:
    """Return the statements that let a table note the ids of photos that change."""
    return [
        f"CREATE {kind} {table}_{changed}_{event.lower()} AFTER {event} ON {schema}{changed}{when} BEGIN "
        + " ".join(f"INSERT OR IGNORE INTO {table} SELECT {photo_id}{condition};" for photo_id in photo_ids)
        + " END"
        for event, changed, when, photo_ids in _PHOTO_CHANGES
    ]


def uncopied_triggers() -> list[str]:
    """Return what notes, once there is a copy for a quick start, which photos differ from it; see `start_copy`."""
    return _triggers("TRIGGER", "", "uncopied", " WHERE EXISTS (SELECT 1 FROM start_copy)")


def watch_changes() -> str:
    """Return the script that notes the ids of photos that a connection changes.

    Temporary, so each writer sees its own changes only: since it alone holds the library's lock, these are all there
    are.
    """
    triggers = _triggers("TEMP TRIGGER", "main.", "touched", "")
    return ";\n".join(["CREATE TEMP TABLE touched (photo_id INTEGER PRIMARY KEY)", *triggers])
