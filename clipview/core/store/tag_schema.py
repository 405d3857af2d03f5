"""The tables of tags, and how the keywords of files become tags by themselves."""

from __future__ import annotations

TAG_TABLES = """
CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    taught INTEGER NOT NULL DEFAULT 0,
    line REAL
);
CREATE TABLE tag_answers (
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    PRIMARY KEY (photo_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX tag_answers_tag ON tag_answers(tag_id);
CREATE TABLE automatic_tags (
    tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photos(id) ON DELETE CASCADE,
    confidence REAL NOT NULL,
    accepted INTEGER NOT NULL,
    PRIMARY KEY (tag_id, photo_id)
) WITHOUT ROWID;
CREATE INDEX automatic_tags_photo ON automatic_tags(photo_id);
CREATE TABLE tagged_photos (
    photo_id INTEGER PRIMARY KEY REFERENCES photos(id) ON DELETE CASCADE,
    signature TEXT NOT NULL
);
CREATE TABLE tag_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    before TEXT NOT NULL
);
CREATE VIEW photo_tags AS
    SELECT photo_id, tag_id, source, 1.0 AS confidence FROM tag_answers WHERE source != 'rejected'
    UNION ALL SELECT photo_id, tag_id, 'automatic', confidence FROM automatic_tags a WHERE accepted
    AND NOT EXISTS (SELECT 1 FROM tag_answers t WHERE t.photo_id = a.photo_id AND t.tag_id = a.tag_id);
CREATE VIEW file_keywords AS
    SELECT p.id AS photo_id, trim(k.value) AS name FROM photos p, json_each(p.keywords) k
    UNION SELECT s.photo_id, trim(k.value) FROM sidecars s, json_each(s.words, '$.keywords') k;
CREATE TRIGGER edited_photo_is_untagged AFTER UPDATE OF content_hash ON photos
    WHEN new.content_hash != old.content_hash BEGIN DELETE FROM tagged_photos WHERE photo_id = new.id; END;
"""


def keyword_triggers() -> list[str]:
    """Return the statements that keep the tags of source `file` as the photo's file and sidecars have them.

    What a person said of a tag, a refusal too, stands above them.
    """
    happenings = {
        "photos_keywords_in": ("INSERT ON photos WHEN new.keywords != '[]'", "new.id"),
        "photos_keywords_changed": ("UPDATE OF keywords ON photos WHEN new.keywords != old.keywords", "new.id"),
        "sidecars_keywords_in": ("INSERT ON sidecars", "new.photo_id"),
        "sidecars_keywords_changed": ("UPDATE OF words, photo_id ON sidecars", "new.photo_id"),
        "sidecars_keywords_out": ("DELETE ON sidecars", "old.photo_id"),
    }
    return [
        f"CREATE TRIGGER {name} AFTER {what} BEGIN "  # noqa: S608 - our own fixed text
        f"DELETE FROM tag_answers WHERE photo_id = {photo} AND source = 'file'; "
        f"INSERT OR IGNORE INTO tags (name) SELECT name FROM file_keywords WHERE photo_id = {photo} AND name != ''; "
        f"INSERT OR IGNORE INTO tag_answers SELECT {photo}, t.id, 'file', datetime() "
        f"FROM file_keywords k JOIN tags t ON t.name = k.name JOIN photos p ON p.id = {photo} "
        f"WHERE k.photo_id = {photo}; END"
        for name, (what, photo) in happenings.items()
    ]
