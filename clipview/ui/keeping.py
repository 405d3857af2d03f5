"""Stars, favourites and albums in the window: from a key or a drop to a change that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QCursor, QUndoCommand
from PySide6.QtWidgets import QMenu, QVBoxLayout

from clipview.core.changes import (
    AddToAlbum,
    AlbumContent,
    AlbumKind,
    ArrangeAlbum,
    Change,
    DropAlbum,
    Favour,
    MakeAlbum,
    Rate,
    RemoveFromAlbum,
    RenameAlbum,
    SetCover,
)
from clipview.core.query_syntax import Key, Part
from clipview.core.stored_query import to_text
from clipview.core.types import Sort
from clipview.engine.messages import AlbumDescription, AlbumRow, ChangeMade, SidecarsWritten, WriteSidecars
from clipview.ui.album_header import AlbumHeader
from clipview.ui.arranging import Arranging
from clipview.ui.ask_name import ask_name
from clipview.ui.photo_model import Badge
from clipview.ui.question import Question
from clipview.ui.theme import Theme
from clipview.ui.wording import plain

if TYPE_CHECKING:
    from clipview.ui.info_panel import InfoPanel
    from clipview.ui.session import EngineSession
    from clipview.ui.viewer_page import ViewerPage
    from clipview.ui.window import MainWindow

_STARS = tuple(f"stars_{count}" for count in range(6))
_KEYED = ("favourite", "add_to_album", "remove_from_album", *_STARS)


class Keeping(QObject):
    """Does what a person wants kept; every change goes on the window's undo stack."""

    def __init__(self, window: MainWindow, session: EngineSession) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._waiting: dict[int, _Kept] = {}
        self.header = AlbumHeader(window.thumbnails, window.theme, window)
        beside = window.grid.parentWidget()
        column = None if beside is None else beside.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.header)
        self.header.strangers_wanted.connect(self._on_strangers)
        self.header.title_accepted.connect(self._on_title_accepted)
        self.header.proposal_answered.connect(self._on_proposal_answered)
        self._hear_info(window.info)
        session.change_made.connect(self._on_change_made)
        session.album_described.connect(self._on_album_described)
        session.sidecars_written.connect(self._on_sidecars_written)
        window.live.answered.connect(self._on_answered)
        window.viewing.made.connect(self._on_viewer_made)
        window.viewing.info_made.connect(self._hear_info)
        actions, sidebar = window.actions_by_name, window.sidebar
        for name, slot in {
            "favourite": self._on_favourite,
            "add_to_album": self._on_add_to_album,
            "remove_from_album": self._on_remove_from_album,
            "cover": self._on_cover,
            "new_album": lambda: self._ask_name(self._make_album),
            "album_of_search": lambda: self._ask_name(self._make_search_album, self._window.live.question.words),
            "teach_album": self._on_teach_album,
            "write_sidecars": lambda: self._write_sidecars(automatic=False),
            "write_sidecars_automatic": lambda: self._write_sidecars(automatic=True),
        }.items():
            actions[name].triggered.connect(slot)
        for count, name in enumerate(_STARS):
            actions[name].triggered.connect(lambda _=False, stars=count: self.rate(self._targets, stars))
        sidebar.favourites_requested.connect(lambda: self._browse(Part(Key.IS, "favourite")))
        sidebar.album_selected.connect(lambda name: self._browse(Part(Key.ALBUM, name)))
        sidebar.album_renamed.connect(self.rename)
        sidebar.album_deleted.connect(lambda name: self._do(self.tr("deleted album"), DropAlbum(name)))
        sidebar.photos_dropped.connect(self.add)
        sidebar.new_album_requested.connect(actions["new_album"].trigger)
        self.arranging = Arranging(window, self)

    @property
    def album(self) -> str | None:
        """The album that is shown, alone or narrowed by a search."""
        named = [part.value for part in self._window.live.question.all_parts if part.key is Key.ALBUM]
        return named[0] if len(named) == 1 else None

    @property
    def row(self) -> AlbumRow | None:
        """The album that is shown, as the library lists it."""
        name = "" if self.album is None else self.album.casefold()
        return next((row for row in self._albums if row.name.casefold() == name), None)

    @property
    def busy(self) -> bool:
        """Whether a change is under way to the engine."""
        return bool(self._waiting)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.header.set_theme(theme)

    def rate(self, photo_ids: Sequence[int], stars: int) -> None:
        """Give photos stars."""
        if photo_ids:
            self._window.model.set_stars(photo_ids, stars)
            self._do(self.tr("%Ln stars", "", stars), Rate(tuple(photo_ids), stars))

    def add(self, name: str, photo_ids: Sequence[int]) -> None:
        """Put photos into an album."""
        if photo_ids:
            self._do(self.tr("added to album"), AddToAlbum(name, tuple(photo_ids)))
            said = self.tr("%Ln photos added to {album}", "", len(photo_ids)).format(album=plain(name))
            self._window.status.show_message(said)

    def arrange(self, name: str, photo_ids: Sequence[int], before: int | None) -> None:
        """Let photos of an album stand before another; at the end when None."""
        self._do(self.tr("order of album"), ArrangeAlbum(name, tuple(photo_ids), before))

    def rename(self, old: str, new: str) -> None:
        """Give an album another name, and go on showing it."""
        self._do(self.tr("renamed album"), RenameAlbum(old, new))
        if self.album is not None and self.album.casefold() == old.casefold():
            self._browse(Part(Key.ALBUM, new))

    # ---- changes and their way back ----

    def _do(self, name: str, change: Change) -> None:
        self._window.undo.push(_Kept(name, change, self._send))

    def _send(self, change: Change, kept: _Kept) -> None:
        self._waiting[self._session.change(change)] = kept

    @Slot(object)
    def _on_change_made(self, made: ChangeMade) -> None:
        kept = self._waiting.pop(made.number, None)
        if kept is not None:
            kept.answer(made.undo)
        if made.undo is None:
            # What the photos show ahead of the answer was wrong.
            self._session.ask_again()
        self._window.info.refresh()
        if self.album is not None:
            self._session.describe_album(self.album)

    # ---- what the user does ----

    @property
    def _albums(self) -> Sequence[AlbumRow]:
        state = self._window.desk.state
        return () if state is None else state.albums

    @property
    def _targets(self) -> tuple[int, ...]:
        return self._window.photo_actions.targets

    @Slot()
    def _on_favourite(self) -> None:
        targets, model = self._targets, self._window.model
        places = [place for each in targets if (place := model.position_of(each)) is not None]
        if places:
            self.favour(targets, not all(model.badges_at(place) & Badge.FAVOURITE for place in places))

    def favour(self, photo_ids: Sequence[int], favourite: bool) -> None:
        """Make photos favourites, or no longer."""
        self._window.model.set_badge(photo_ids, Badge.FAVOURITE, on=favourite)
        name = self.tr("favourite") if favourite else self.tr("no favourite")
        self._do(name, Favour(tuple(photo_ids), favourite))

    @Slot(object)
    def _hear_info(self, info: InfoPanel) -> None:
        info.rated.connect(lambda photo_id, stars: self.rate((photo_id,), stars))
        info.favoured.connect(lambda photo_id, favourite: self.favour((photo_id,), favourite))

    @Slot()
    def _on_add_to_album(self) -> None:
        """Offer the albums that photos can be put into, at the pointer."""
        targets = self._targets
        if not targets:
            return
        menu = QMenu(self._window)
        menu.setObjectName("albumMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for album in self._albums:
            if album.kind is not AlbumKind.SEARCH:
                menu.addAction(plain(album.name), partial(self.add, album.name, targets))
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(self.tr("New album..."), lambda: self._ask_name(self._make_album))
        menu.popup(QCursor.pos())

    @Slot()
    def _on_teach_album(self) -> None:
        """Make an album of what is like the selected photos, which are its examples."""
        targets = self._targets

        def make(name: str) -> None:
            album = AlbumContent(name, AlbumKind.TAUGHT, examples=targets)
            self._do(self.tr("new album"), MakeAlbum(album))
            self._browse(Part(Key.ALBUM, name))

        if targets:
            self._ask_name(make)

    @Slot(int, bool)
    def _on_proposal_answered(self, photo_id: int, belongs: bool) -> None:  # noqa: FBT001, RUF100 - a slot
        if self.album is not None:
            change = (AddToAlbum if belongs else RemoveFromAlbum)(self.album, (photo_id,))
            self._do(self.tr("belongs") if belongs else self.tr("doesn't belong"), change)

    @Slot()
    def _on_remove_from_album(self) -> None:
        if self.album is not None and self._targets:
            self._do(self.tr("taken out of album"), RemoveFromAlbum(self.album, self._targets))

    @Slot()
    def _on_cover(self) -> None:
        if self.album is not None and self._targets:
            self._do(self.tr("cover"), SetCover(self.album, self._targets[0]))

    def _write_sidecars(self, *, automatic: bool) -> None:
        targets = self._targets
        if targets:
            self._session.send(WriteSidecars(targets, automatic))
            self._window.status.show_message(self.tr("Writing XMP sidecars..."))

    def _ask_name(self, use: Callable[[str], None], proposal: str = "") -> None:
        ask_name(self._window, "newAlbum", self.tr("New album"), self.tr("Name of the album"), use, plain(proposal))

    def _make_album(self, name: str) -> None:
        self._do(self.tr("new album"), MakeAlbum(AlbumContent(name, photo_ids=self._window.model.selected_ids)))

    def _make_search_album(self, name: str) -> None:
        search = to_text(self._window.live.question.query(Sort.BEST))
        self._do(self.tr("new album"), MakeAlbum(AlbumContent(name, AlbumKind.SEARCH, search=search)))

    def _browse(self, part: Part) -> None:
        self._window.show_photos()
        self._window.live.go(Question(parts=(part,)))

    # ---- what is shown ----

    @Slot()
    def _on_answered(self) -> None:
        actions, album = self._window.actions_by_name, self.album
        for name in ("remove_from_album", "cover"):
            actions[name].setEnabled(album is not None)
        actions["album_of_search"].setEnabled(self._window.live.question.searches)
        if album is None:
            self.header.hide()
        else:
            self._session.describe_album(album)

    @Slot(object)
    def _on_album_described(self, description: AlbumDescription) -> None:
        if self.album is not None and self.album.casefold() == description.name.casefold():
            self.header.show_album(description)

    @Slot(object)
    def _on_strangers(self, photo_ids: tuple[int, ...]) -> None:
        self._window.model.select_ids(photo_ids)
        self._window.grid.reveal(photo_ids[0])
        self._window.grid.setFocus()

    @Slot(str)
    def _on_title_accepted(self, title: str) -> None:
        if self.album is not None:
            self.rename(self.album, title)

    @Slot(object)
    def _on_sidecars_written(self, done: SidecarsWritten) -> None:
        said = self.tr("%Ln sidecars written", "", done.written)
        if done.skipped:
            one = done.skipped[0]
            skipped = self.tr("%Ln left as they are ({name}: {reason})", "", len(done.skipped)).format(
                name=plain(one.path.name), reason=plain(one.reason)
            )
            said = f"{said}; {skipped}"
        elif not done.written:
            said = self.tr("There was nothing new to write into sidecars")
        self._window.status.show_message(said)

    @Slot(object)
    def _on_viewer_made(self, viewer: ViewerPage) -> None:
        viewer.take_keys(self._window.actions_by_name[name] for name in _KEYED)


class _Kept(QUndoCommand):
    """One change; what takes it back is known once the engine has answered."""

    def __init__(self, name: str, change: Change, send: Callable[[Change, _Kept], None]) -> None:
        super().__init__(name)
        self._change, self._send = change, send
        self._back: Change | None = None
        self._undone = False

    def redo(self) -> None:
        self._undone = False
        self._send(self._change, self)

    def undo(self) -> None:
        self._undone = True
        if self._back is not None:
            self._send(self._back, self)

    def answer(self, undo: Change | None) -> None:
        """Take the engine's answer to the change, or to taking it back."""
        if undo is None:
            self.setObsolete(True)
        elif self._back is None:
            self._back = undo
            if self._undone:
                # Somebody was quicker than the engine.
                self._send(self._back, self)
