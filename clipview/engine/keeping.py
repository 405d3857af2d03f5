"""What a person says last: stars, albums, sidecars and searches to remember, in a lane of its own."""

from __future__ import annotations

from collections.abc import Callable

from clipview.core.changes import AlbumKind
from clipview.core.errors import ClipViewError
from clipview.core.library import Library
from clipview.engine import messages as m
from clipview.engine.refusals import Post

_PROPOSALS = 24
"""More than a window has room for."""


class Keeping:
    """Answers these requests for one library; each in one thread at a time."""

    def __init__(self, library: Library, post: Post, catch_up: Callable[[], object]) -> None:
        """Take the library, the way to the window, and what brings searches and the window up to date."""
        self._library, self._post, self._catch_up = library, post, catch_up

    def handle(self, request: object) -> None:
        """Do what one request asks; raises ClipViewError when it can't be done."""
        match request:
            case m.MakeChange(number, change):
                undo = self._library.change(change)
                self._catch_up()
                self._post(m.ChangeMade(number, undo))
            case m.DescribeAlbum(number, name):
                self._post(self._described(number, name))
            case m.RememberSearch(text):
                self._library.store.remembered.add(text)
            case m.ForgetSearches():
                self._library.store.remembered.clear()
            case m.WriteSidecars(photo_ids, automatic):
                done = self._library.saying.write_sidecars(photo_ids, automatic=automatic)
                self._post(m.SidecarsWritten(len(done.written), done.unchanged, done.skipped))

    def _described(self, number: int, name: str) -> m.AlbumDescription:
        try:
            content = self._library.albums.content(name)
        except ClipViewError:
            # It was deleted or renamed while the question was on its way.
            return m.AlbumDescription(number, name, None, None)
        facts, lesson = self._library.albums.facts(name), None
        if content.kind is AlbumKind.TAUGHT:
            found = self._library.albums.proposals(name)
            asked = found.photo_ids[found.sure : found.sure + _PROPOSALS]
            lesson = m.AlbumLesson(len(content.examples), found.check.learned, tuple(asked.tolist()))
        return m.AlbumDescription(number, content.name, content.kind, facts, lesson)
