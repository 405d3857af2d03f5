"""Photos that may belong to a taught album, each with a tick and a cross."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from clipview.engine.messages import AlbumLesson
from clipview.ui.icons import icon
from clipview.ui.info_parts import Preview
from clipview.ui.theme import Theme
from clipview.ui.thumbnails import ThumbnailSource

_TILES = 12
_TILE_PX = 84
_GAP_PX = 8
_ICON_PX = 14


class ProposalRow(QWidget):
    """What a taught album has learned, and as many of the photos it would like to know about as there is room for.

    Signals:
        answered(int, bool): this photo belongs, or it doesn't.
    """

    answered = Signal(int, bool)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("proposalRow")
        self._says = QLabel()
        self._says.setObjectName("lessonSays")
        self._says.setProperty("look", "dim")
        self._says.setWordWrap(True)
        self._wanted: tuple[int, ...] = ()
        self._thumbnails, self._theme = thumbnails, theme
        self._tiles: list[_Tile] = []
        row = self._row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._says)
        column.addLayout(row)
        # The tiles that don't fit are hidden, so the row must not ask for their room.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        for tile in self._tiles:
            tile.set_theme(theme)

    def show_lesson(self, lesson: AlbumLesson | None) -> None:
        """Show what was learned; nothing for an album that isn't taught."""
        self.setVisible(lesson is not None)
        self._wanted = () if lesson is None else lesson.proposals[:_TILES]
        if lesson is not None:
            self._make_tiles()
            self._says.setText(self._said(lesson))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the tiles that fit."""
        super().resizeEvent(event)
        self._fit()

    def _make_tiles(self) -> None:
        """Make the tiles for the first album that is taught; many a library has none."""
        for place in range(len(self._tiles), _TILES):
            tile = _Tile(self._thumbnails, self._theme, self)
            tile.answered.connect(self.answered)
            self._tiles.append(tile)
            self._row.insertWidget(place, tile)

    def _fit(self) -> None:
        room = max(1, (self.width() + _GAP_PX) // (_TILE_PX + _GAP_PX))
        shown: Sequence[int | None] = (*self._wanted[:room], *(None for _ in self._tiles))
        for tile, photo_id in zip(self._tiles, shown, strict=False):
            tile.show_photo(photo_id)

    def _said(self, lesson: AlbumLesson) -> str:
        learned = self.tr("Learned from %Ln examples.", "", lesson.examples)
        if not lesson.learned:
            learned = self.tr("From %Ln examples one can't tell yet what belongs.", "", lesson.examples)
        if not lesson.proposals:
            return learned
        asked = self.tr("Do these belong? Each answer teaches more.")
        return f"{learned} {asked}"


class _Tile(QWidget):
    """One photo with its two buttons."""

    answered = Signal(int, bool)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._photo_id: int | None = None
        self._picture = Preview(thumbnails, theme, self)
        self._picture.setFixedWidth(_TILE_PX)
        self._yes = self._button("proposalYes", self.tr("Belongs to the album"))
        self._no = self._button("proposalNo", self.tr("Doesn't belong to the album"))
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        buttons.addStretch(1)
        buttons.addWidget(self._yes)
        buttons.addWidget(self._no)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._picture)
        column.addLayout(buttons)
        self.setFixedWidth(_TILE_PX)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._picture.set_theme(theme)
        self._yes.setIcon(icon("check", theme.text, _ICON_PX))
        self._no.setIcon(icon("close", theme.text, _ICON_PX))

    def show_photo(self, photo_id: int | None) -> None:
        """Ask about this photo; go away without one."""
        if photo_id != self._photo_id:
            self._photo_id = photo_id
            self._picture.show_photo(photo_id)
        self.setVisible(photo_id is not None)

    def _button(self, name: str, says: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("look", "quiet")
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setToolTip(says)
        button.setAccessibleName(says)
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        if self._photo_id is not None:
            self.answered.emit(self._photo_id, self.sender() is self._yes)
