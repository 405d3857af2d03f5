"""What the library has to say about photos in the words of other programs: stars, captions and keywords."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from clipview.core.prompts import Vocabulary
from clipview.core.sidecars import KeywordPath, Said, Written, write_all
from clipview.core.store import Store
from clipview.core.tagging import Vocabularies
from clipview.core.types import Source

_OWN_WORD = (Source.CONFIRMED, Source.TYPED)
"""A keyword from a file is told by that file already."""


class Saying:
    """Puts together what a library says about its photos, and writes it beside them."""

    def __init__(self, store: Store, vocabularies: Vocabularies) -> None:
        """Take the database, and where tags stand below others."""
        self._store, self._vocabularies = store, vocabularies

    def of(self, photo_ids: Iterable[int], *, automatic: bool = False) -> dict[Path, Said]:
        """Return what there is to say about each present file of these photos.

        `automatic`: whether tags that the model applied by itself are keywords too.

        Raises ClipViewError when a vocabulary file can't be read.
        """
        ids = [int(photo_id) for photo_id in photo_ids]
        marks = self._store.personal.marks(ids)
        above = _ancestors(self._vocabularies.read())
        tags: dict[int, list[tuple[str, Source]]] = {}
        for photo_id, name, source in self._store.tags.of_photos(ids):
            tags.setdefault(photo_id, []).append((name, source))
        return {
            path: self._said(marks[photo_id].rating, marks[photo_id].caption, tags.get(photo_id, []), above, automatic)
            for photo_id, paths in self._store.files_of(ids).items()
            for path in paths
        }

    def told(self) -> list[int]:
        """Return the photos about which there is something to say, or was: stars, captions and tags by hand."""
        personal, tags, sidecars = self._store.personal, self._store.tags, self._store.sidecars
        return sorted({*personal.marked(), *tags.answered_by_hand(), *sidecars.with_own_keywords()})

    def write_sidecars(self, photo_ids: Iterable[int], *, automatic: bool = False) -> Written:
        """Write it into the sidecars of these photos; see `of` and `sidecars.write_all`."""
        return write_all(self._store, self.of(photo_ids, automatic=automatic))

    @staticmethod
    def _said(
        rating: int | None,
        caption: str | None,
        tags: Collection[tuple[str, Source]],
        above: Mapping[str, KeywordPath],
        automatic: bool,
    ) -> Said:
        refused = {name.casefold() for name, source in tags if source is Source.REJECTED}

        def paths(sources: Collection[Source]) -> tuple[KeywordPath, ...]:
            found = [
                (*(each for each in above.get(name.casefold(), ()) if each.casefold() not in refused), name)
                for name, source in tags
                if source in sources
            ]
            inner = {path[:depth] for path in found for depth in range(1, len(path))}
            return tuple(sorted(path for path in set(found) if path not in inner))

        accepted = paths((Source.AUTOMATIC,))
        return Said(
            paths((*_OWN_WORD, Source.AUTOMATIC)) if automatic else paths(_OWN_WORD),
            rating,
            caption,
            tuple(word for path in accepted for word in path),
        )


def _ancestors(vocabulary: Vocabulary) -> dict[str, KeywordPath]:
    """Return the words above each tag, the widest first, by its casefolded name."""
    return {
        tag.name.casefold(): tuple(above.name for above in reversed(vocabulary.ancestors(tag)))
        for tag in vocabulary.tags
    }
