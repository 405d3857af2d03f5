"""The viewer with the photo's details beside it, and its line to the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from clipview.engine.messages import ChangeMade, PhotoDescription, PictureRefused
from clipview.engine.messages.tags import TagChangeMade
from clipview.ui.info_panel import InfoPanel
from clipview.ui.lazy_numpy import np
from clipview.ui.photo_paths import PhotoPaths
from clipview.ui.session import EngineSession
from clipview.ui.theme import INFO_PX, Theme
from clipview.ui.thumbnails import ThumbnailSource
from clipview.ui.viewer import Viewer

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ViewerPage(QWidget):
    """A photo that fills the window.

    Signals: as those of `Viewer` and `InfoPanel`.
        info_made(InfoPanel): the panel of details, which is made when it is first shown.
    """

    closed = Signal()
    info_made = Signal(object)
    current_changed = Signal(object)
    similar_requested = Signal(object)
    more_requested = Signal(object)
    less_requested = Signal(object)
    part_requested = Signal(object, object)
    full_screen_toggled = Signal()
    reveal_requested = Signal(int)
    locate_requested = Signal(int)

    def __init__(
        self,
        session: EngineSession,
        thumbnails: ThumbnailSource,
        paths: PhotoPaths,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._paths = paths
        self._thumbnails = thumbnails
        self._theme = theme
        self._viewer = Viewer(thumbnails, theme)
        self._info: InfoPanel | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._viewer)
        self._splitter.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        self.setFocusProxy(self._viewer)
        self._viewer.closed.connect(self.closed)
        self._viewer.similar_requested.connect(self.similar_requested)
        self._viewer.part_requested.connect(self.part_requested)
        self._viewer.more_requested.connect(self.more_requested)
        self._viewer.less_requested.connect(self.less_requested)
        self._viewer.full_screen_toggled.connect(self.full_screen_toggled)
        self._viewer.info_toggled.connect(self.toggle_info)
        self._viewer.current_changed.connect(self._on_current_changed)
        self._viewer.picture_requested.connect(self._on_picture_requested)
        session.picture_answered.connect(self._viewer.on_picture)
        session.picture_refused.connect(self._viewer.on_picture_refused)
        session.picture_refused.connect(self._on_picture_refused)
        session.described.connect(self._on_described)
        self._viewer.reason.locate_button.clicked.connect(self._on_locate)
        session.ready.connect(self._viewer.ask_again)
        session.locate_ended.connect(self._viewer.ask_again)

    @property
    def info(self) -> InfoPanel | None:
        """The photo's details, once they were wanted."""
        return self._info

    @property
    def viewer(self) -> Viewer:
        """The viewer itself."""
        return self._viewer

    def show_info(self) -> InfoPanel:
        """Show the photo's details, if they aren't; returns their panel."""
        if self._info is None or self._info.isHidden():
            self.toggle_info()
        assert self._info is not None
        return self._info

    def take_keys(self, actions: Iterable[QAction]) -> None:
        """Let the keys of these actions work where the keyboard is: in the picture."""
        (self._viewer.focusProxy() or self._viewer).addActions(list(actions))

    def open(self, ids: Sequence[int] | NDArray[np.int64], photo_id: int) -> None:
        """Show a photo of these."""
        self._viewer.open(ids, photo_id)
        self._on_current_changed(photo_id)

    def follow(self, ids: Sequence[int] | NDArray[np.int64]) -> None:
        """Walk through other results."""
        self._viewer.follow(ids)

    def leave(self) -> None:
        """Come to rest; called when the page goes."""
        self._viewer.stop_slideshow()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self._viewer.set_theme(theme)
        if self._info is not None:
            self._info.set_theme(theme)

    @Slot()
    def toggle_info(self) -> None:
        """Show or hide the photo's details."""
        if self._info is None:
            self._info = self._made_info()
            self._splitter.addWidget(self._info)
            self._splitter.setSizes([9999, INFO_PX])
        else:
            self._info.setVisible(self._info.isHidden())
        if not self._info.isHidden():
            self._info.show_photo(self._viewer.current_id, None)

    def _made_info(self) -> InfoPanel:
        info = InfoPanel(self._thumbnails, self._theme, pictured=False)
        info.setObjectName("viewerInfoPanel")
        info.description_requested.connect(self._session.describe)
        info.similar_wanted.connect(lambda photo_id: self._session.find_similar(photo_id, 8))
        # A signal that carries an int can't be passed on by one that carries any object.
        info.similar_requested.connect(lambda photo_id: self.similar_requested.emit(photo_id))
        info.photo_chosen.connect(self._on_photo_chosen)
        info.reveal_requested.connect(self.reveal_requested)
        info.locate_requested.connect(self.locate_requested)
        self._session.described.connect(info.on_description)
        self._session.similar_answered.connect(info.on_similar)
        self._session.change_made.connect(self._on_changed)
        self._session.told_of_tags.connect(self._on_changed)
        self.info_made.emit(info)
        return info

    @Slot(object)
    def _on_current_changed(self, photo_id: int) -> None:
        self._viewer.set_caption(self._paths.name(photo_id))
        if self._info is not None and not self._info.isHidden():
            self._info.show_photo(photo_id, None)
        self.current_changed.emit(photo_id)

    @Slot(int)
    def _on_photo_chosen(self, photo_id: int) -> None:
        """Look at a similar photo among those similar to it: it need not be one of the results."""
        self._viewer.open((photo_id,), photo_id)
        self._on_current_changed(photo_id)

    @Slot(object, object)
    def _on_picture_requested(self, photo_id: int, min_side_px: int | None) -> None:
        self._session.view(photo_id, min_side_px)

    @Slot(object)
    def _on_picture_refused(self, refusal: PictureRefused) -> None:
        """Find out whether the photo is away, or damaged."""
        if refusal.photo_id == self._viewer.current_id:
            self._session.describe(refusal.photo_id)

    @Slot(object)
    def _on_changed(self, told: object) -> None:
        """Tell the details anew: stars, favourites or tags were changed."""
        if isinstance(told, ChangeMade | TagChangeMade) and self._info is not None and self._info.isVisible():
            self._info.refresh()

    @Slot(object)
    def _on_described(self, description: PhotoDescription) -> None:
        if description.photo_id == self._viewer.current_id and description.paths and not description.reachable:
            self._viewer.reason.offer_locate()

    @Slot()
    def _on_locate(self) -> None:
        if self._viewer.current_id is not None:
            self.locate_requested.emit(self._viewer.current_id)
