"""What the library has to say about photos in the words of other programs: stars and captions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from clipview.core.sidecars import Said, Written, write_all
from clipview.core.store import Store


class Saying:
    """Puts together what a library says about its photos, and writes it beside them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, photo_ids: Iterable[int]) -> dict[Path, Said]:
        """Return what there is to say about each present file of these photos."""
        ids = [int(photo_id) for photo_id in photo_ids]
        marks = self._store.personal.marks(ids)
        return {
            path: Said(rating=marks[photo_id].rating, caption=marks[photo_id].caption)
            for photo_id, paths in self._store.files_of(ids).items()
            for path in paths
        }

    def marked(self) -> list[int]:
        """Return the photos about which there is something to say."""
        return self._store.personal.marked()

    def write_sidecars(self, photo_ids: Iterable[int]) -> Written:
        """Write it into the sidecars of these photos; see `sidecars.write_all`."""
        return write_all(self._store, self.of(photo_ids))
