"""How a person puts the photos of an album in order: where a drag would put them, and which keys move them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QWidget

from clipview.core.changes import AlbumKind
from clipview.engine.messages import SearchAnswer
from clipview.ui.drops import DropKind, read_drop
from clipview.ui.edge_scroll import EdgeScroll
from clipview.ui.lazy_numpy import np
from clipview.ui.theme import CELL_GAP_PX

if TYPE_CHECKING:
    from clipview.ui.keeping import Keeping
    from clipview.ui.window import MainWindow

_MARK_PX = 3
_HELD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class Arranging(QObject):
    """Listens to the grid while a manual album is shown in its own order; every move can be undone."""

    def __init__(self, window: MainWindow, keeping: Keeping) -> None:
        super().__init__(window)
        self._window, self._keeping, self._grid = window, keeping, window.grid
        self._own_order = False
        self._at: QPoint | None = None
        self._mark = InsertionMark(self._grid.viewport())
        self._edge = EdgeScroll(self._grid)
        self._edge.scrolled.connect(self._show_mark)
        self._grid.setAcceptDrops(True)
        self._grid.viewport().setAcceptDrops(True)
        self._grid.viewport().installEventFilter(self)
        self._grid.installEventFilter(self)
        window.live.answered.connect(self._on_answered)

    @property
    def possible(self) -> bool:
        """Whether what is shown is an album that a person can put in order."""
        row = self._keeping.row
        return self._own_order and row is not None and row.kind is AlbumKind.MANUAL

    def move(self, photo_ids: Sequence[int], place: int) -> None:
        """Let photos stand, in the order that they have now, where the photo at this position stands."""
        ids = np.asarray(self._window.model.ids)
        moved = np.isin(ids, np.asarray(photo_ids, np.int64))
        name = self._keeping.album
        if name is None or not moved.any():
            return
        before = np.flatnonzero(~moved & (np.arange(len(ids)) >= place))
        rest = np.flatnonzero(~moved)
        cut = len(rest) if not len(before) else int(np.searchsorted(rest, before[0]))
        positions = np.concatenate([rest[:cut], np.flatnonzero(moved), rest[cut:]])
        if (positions == np.arange(len(ids))).all():
            return
        in_order = tuple(ids[moved].tolist())
        target = int(ids[before[0]]) if len(before) else None
        self._window.model.arrange(positions)
        self._keeping.arrange(name, in_order, target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the drags and keys that put photos in order; everything else goes its way."""
        match event:
            case QDragLeaveEvent():
                self._end()
            case QDropEvent() if event.type() == QEvent.Type.Drop and self._at is not None:
                place, photo_ids = self._place_at(event.position().toPoint()), read_drop(event.mimeData()).photo_ids
                self._end()
                event.acceptProposedAction()
                self.move(photo_ids, place)
                return True
            case QDragEnterEvent() | QDragMoveEvent() if event.type() in _DRAGS:
                return self._drag(event)
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress and watched is self._grid:
                return self._press(event)
        return False

    # ---- private ----

    @Slot(object)
    def _on_answered(self, answer: SearchAnswer) -> None:
        self._own_order = answer.own_order

    def _drag(self, event: QDragMoveEvent) -> bool:
        dropped = read_drop(event.mimeData())
        inside = dropped.kind is DropKind.PHOTOS and self.possible
        if not inside or not set(dropped.photo_ids) & set(self._window.model.ids.tolist()):
            # The window knows what to do with it.
            event.ignore()
            return True
        self._at = event.position().toPoint()
        self._show_mark()
        self._edge.follow(self._at)
        event.acceptProposedAction()
        return True

    def _end(self) -> None:
        self._at = None
        self._edge.stop()
        self._mark.hide()

    def _place_at(self, point: QPoint) -> int:
        """Return before which position photos would stand that fall here: the gap nearest to the pointer."""
        layout, count = self._grid.layout_now, self._window.model.count
        row = layout.positions_between(point.y() + self._grid.top_px, point.y() + self._grid.top_px + 1)
        if not row:
            return 0 if point.y() + self._grid.top_px < layout.cell(0).y else count
        for position in row:
            if point.x() < self._grid.rect_of(position).center().x():
                return position
        return row.stop

    @Slot()
    def _show_mark(self) -> None:
        assert self._at is not None
        place = self._place_at(self._at)
        if place > 0 and (place == self._window.model.count or self._ends_row(place, self._at)):
            cell = self._grid.rect_of(place - 1)
            x = cell.right() + 1 + CELL_GAP_PX // 2
        else:
            cell = self._grid.rect_of(place)
            x = cell.left() - CELL_GAP_PX // 2
        self._mark.setGeometry(QRect(x - _MARK_PX // 2, cell.top(), _MARK_PX, cell.height()))
        # The rings of selected photos beside it have the accent's colour.
        self._mark.show_in(self._window.theme.text)

    def _ends_row(self, place: int, point: QPoint) -> bool:
        """Whether a place lies at the end of the row that the pointer is over, not at the start of the next."""
        return self._grid.rect_of(place).top() > point.y()

    def _press(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != _HELD or not self.possible:
            return False
        model, layout = self._window.model, self._grid.layout_now
        positions, current = model.selection.positions.tolist(), model.selection.current
        if current is None:
            return False
        positions = positions or [current]
        first, last, count = positions[0], positions[-1], model.count
        places = {
            Qt.Key.Key_Left: max(0, first - 1),
            Qt.Key.Key_Right: min(count, last + 2),
            Qt.Key.Key_Up: max(0, first - layout.columns),
            Qt.Key.Key_Down: min(count, last + 1 + layout.columns),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            return False
        self.move([model.id_at(position) for position in positions], place)
        if model.selection.current is not None:
            self._grid.scroll_to(model.selection.current)
        return True


class InsertionMark(QWidget):
    """A line between two photos: what is dragged would stand here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("insertionMark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.hide()

    def show_in(self, colour: str) -> None:
        """Show it in this colour."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colour))
        self.setPalette(palette)
        self.show()
        self.raise_()
