"""The grid of photos: a view over any number of them that touches only those on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QPropertyAnimation,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from clipview.ui.grid_keys import GridKeys
from clipview.ui.grid_layout import Break, BreakKind, Cell, GridLayout
from clipview.ui.grid_painter import OVERHANG_PX, STACK_BADGE_PX, GridPainter
from clipview.ui.grid_place import Place, place_at, place_of_page
from clipview.ui.grid_pointer import GridPointer
from clipview.ui.grid_scene import Scene, with_ring
from clipview.ui.photo_model import Badge, PhotoModel
from clipview.ui.theme import CELL_RADIUS_PX, Theme
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.wording import number, plain, tooltip

CELL_PX = 148
SMALLEST_CELL_PX = 96
LARGEST_CELL_PX = 360
_ZOOM = 1.12
_NOTCH = 120
_NOTCH_PX = 120
_GLIDE_MS = 130
_RESHAPE_MS = 120
_MOST_WANTED = 600


class PhotoGrid(QAbstractScrollArea):
    """Shows a `PhotoModel`.

    Signals:
        activated(int): open this photo in the viewer (double click, Enter).
        quick_look_requested(int): show this photo large for a moment (Space).
        selection_changed(): ask the model what is selected.
        current_changed(int | None): the photo that the keyboard acts on.
        similar_requested(int): search for photos like this one (S).
        similar_added(int): add this photo to the search (Shift+S).
        more_like(tuple[int, ...]), less_like(tuple[int, ...]): teach the ranking (`+` and `-`).
        context_menu_requested(tuple[int, ...], QPoint): a menu for these photos, at a global position.
        spread_requested(int, bool): show all of the stack that this photo lies on, or fold it again.
        cell_size_changed(int): the wanted width of a cell in pixels.
    """

    activated = Signal(object)
    quick_look_requested = Signal(object)
    selection_changed = Signal()
    current_changed = Signal(object)
    similar_requested = Signal(object)
    similar_added = Signal(object)
    more_like = Signal(object)
    less_like = Signal(object)
    context_menu_requested = Signal(object, QPoint)
    spread_requested = Signal(object, bool)
    cell_size_changed = Signal(int)

    def __init__(
        self,
        model: PhotoModel,
        thumbnails: ThumbnailSource,
        theme: Theme,
        *,
        name_for: Callable[[int], str],
        paths_for: Callable[[Sequence[int]], Sequence[Path]],
        parent: QWidget | None = None,
    ) -> None:
        """Show a model.

        Args:
            model: the photos and their selection.
            thumbnails: their pictures; the grid says what it wants and in which shape.
            theme: the colours; see `set_theme`.
            name_for: a photo's name, for tool tips and screen readers; called for one photo at a time, must be quick.
            paths_for: the files of photos that are dragged out.
            parent: the Qt owner.
        """
        super().__init__(parent)
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("Photos"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # One that is known to the bindings: for Qt's own they would look through all classes of widgets, and make them.
        self.setViewport(QWidget())
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._model = model
        self._thumbnails = thumbnails
        self._name_for = name_for
        self._paths_for = paths_for
        self._painter = GridPainter(theme, self.font())
        self._cell_px = CELL_PX
        self._pinched_px = float(CELL_PX)
        self._ids = model.ids
        self._layout = GridLayout(1, CELL_PX, 0)
        self._zoomed_at: tuple[QPoint | None, int] | None = None
        self._zoom_place: Place | None = None
        self._pointer = GridPointer(self, model)
        self._keys = GridKeys(self, model)
        self._glide = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._glide.setDuration(_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._reshape = QTimer(self, interval=_RESHAPE_MS, singleShot=True)
        self._reshape.timeout.connect(self._on_reshape)
        self._ask = QTimer(self, interval=0, singleShot=True)
        self._ask.timeout.connect(self._on_ask)
        self._painted = False
        thumbnails.arrived.connect(self._on_thumbnails_arrived)
        model.shown.connect(self._on_shown)
        model.refreshed.connect(self._on_refreshed)
        model.selection_changed.connect(self._on_selection_changed)
        model.current_changed.connect(self._on_current_changed)

    @property
    def cell_px(self) -> int:
        """The wanted width of a cell."""
        return self._cell_px

    @property
    def layout_now(self) -> GridLayout:
        """The geometry on screen."""
        return self._layout

    @property
    def top_px(self) -> int:
        """How far the content is scrolled."""
        return self.verticalScrollBar().value()

    def set_cell_px(self, cell_px: int, around: QPoint | None = None) -> None:
        """Change the width of cells; the photo under a point of the viewport stays there.

        Without a point, the current photo stays if it is visible, else the first one that is.
        """
        cell_px = max(SMALLEST_CELL_PX, min(LARGEST_CELL_PX, cell_px))
        if cell_px == self._cell_px:
            return
        if around is not None and (around, self.top_px) == self._zoomed_at:
            # Still the same turn of the wheel: other photos may have come under the pointer meanwhile.
            place = self._zoom_place
        else:
            place = self._place(around)
        self._cell_px = cell_px
        self._lay_out(place)
        self._zoomed_at, self._zoom_place = (around, self.top_px), place
        self.cell_size_changed.emit(cell_px)

    def zoom(self, steps: float, around: QPoint | None = None) -> None:
        """Make cells larger by a number of steps (smaller when negative)."""
        wanted = self._cell_px * _ZOOM**steps
        self.set_cell_px(int(wanted + 1) if steps > 0 else int(wanted), around)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._painter = GridPainter(theme, self.font())
        self.viewport().update()

    def set_animated(self, animated: bool) -> None:
        """Let the wheel glide, or not, for people who asked for less motion."""
        self._glide.setDuration(_GLIDE_MS if animated else 0)

    def toggle_weaker(self) -> None:
        """Open or close the divider."""
        self._model.set_weaker_expanded(not self._model.weaker_expanded)

    def reveal(self, photo_id: int) -> None:
        """Make a photo current and scroll until it is visible."""
        position = self._model.position_of(photo_id)
        if position is not None:
            with self._model.selecting() as selection:
                selection.current = position
            self.scroll_to(position)

    def scroll_to(self, position: int) -> None:
        """Scroll no further than needed to show the photo at a position."""
        self._glide.stop()
        bar, height, air = self.verticalScrollBar(), self.viewport().height(), 2 * OVERHANG_PX
        y = self._layout.cell(position).y
        if y - air < bar.value() or self._layout.row_px + air > height:
            bar.setValue(y - air)
        elif y + self._layout.cell_height_px + air > bar.value() + height:
            bar.setValue(y + self._layout.cell_height_px + air - height)

    def scroll_by(self, by_px: int) -> None:
        """Scroll at once."""
        self._glide.stop()
        self.verticalScrollBar().setValue(self.top_px + by_px)

    def rect_of(self, position: int) -> QRect:
        """Return where the photo at a position lies, in the viewport's coordinates."""
        return self._rect(self._layout.cell(position))

    def position_at(self, point: QPoint) -> int | None:
        """Return the position of the photo under a point of the viewport."""
        return self._layout.position_at(point.x(), point.y() + self.top_px)

    def stack_at(self, point: QPoint) -> int | None:
        """Return the position of the photo whose count of a stack lies under a point of the viewport."""
        position = self.position_at(point)
        if position is None or self._model.stack_at(position) < 2:
            return None
        corner = self.rect_of(position).topRight()
        near = corner.x() - point.x() <= STACK_BADGE_PX and point.y() - corner.y() <= STACK_BADGE_PX
        return position if near else None

    def toggle_stack(self, position: int) -> None:
        """Spread a stack out, or fold it again."""
        spread = bool(self._model.badges_at(position) & Badge.SPREAD)
        self.spread_requested.emit(self._model.id_at(position), not spread)

    def divider_at(self, point: QPoint) -> bool:
        """Tell whether a point of the viewport is on a divider that can be opened or closed."""
        if self._model.answer.weaker_from == 0:
            return False
        y = point.y() + self.top_px
        return any(one.kind is BreakKind.DIVIDER for one, _, _ in self._layout.breaks_between(y, y + 1))

    def visible_ids(self) -> tuple[int, ...]:
        """Return the ids of the photos on screen, in order."""
        inside = self._layout.positions_between(self.top_px, self.top_px + self.viewport().height())
        return tuple(self._ids[inside.start : inside.stop].tolist())

    def update_photo(self, position: int) -> None:
        """Paint one photo again."""
        self.viewport().update(with_ring(self.rect_of(position)))

    def drag_out(self) -> None:
        """Drag the selected photos to another place or app, until the user lets go."""
        current = self._model.current_id
        if photo_ids := self._model.selected_ids:
            cover = None if current is None else self._thumbnails.pixmap(current)
            # Only now: the first paint need not wait for what a drag consists of.
            from clipview.ui.grid_drag import DragOut

            DragOut(self._paths_for).start(self, photo_ids, cover, self._painter.theme)

    # What the model and the thumbnails say.

    @Slot(bool)
    def _on_shown(self, keep_place: bool) -> None:
        place = self._place(None) if keep_place and self.top_px else None
        self._glide.stop()
        self._pointer.forget()
        self._zoomed_at = None
        self._ids = self._model.ids
        self._lay_out(place)
        if not keep_place:
            self.verticalScrollBar().setValue(0)

    @Slot()
    def _on_refreshed(self) -> None:
        self.viewport().update()

    @Slot()
    def _on_selection_changed(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    @Slot(object)
    def _on_current_changed(self, photo_id: int | None) -> None:
        self.viewport().update()
        self.setAccessibleDescription("" if photo_id is None else self._model.spoken(plain(self._name_for(photo_id))))
        self.current_changed.emit(photo_id)

    @Slot(object)
    def _on_thumbnails_arrived(self, photo_ids: tuple[int, ...]) -> None:
        inside = self._layout.positions_between(self.top_px, self.top_px + self.viewport().height())
        came = set(photo_ids)
        for position, photo_id in zip(inside, self.visible_ids(), strict=True):
            if photo_id in came:
                self.viewport().update(self.rect_of(position))

    @Slot()
    def _on_reshape(self) -> None:
        ratio = self.devicePixelRatioF()
        width, height = round(self._layout.cell_width_px * ratio), round(self._layout.cell_height_px * ratio)
        self._thumbnails.set_shape(CellShape(width, height, round(CELL_RADIUS_PX * ratio), ratio))

    @Slot()
    def _on_ask(self) -> None:
        """Want what is on screen, then a page further down, then half a page up."""
        # Readers of pictures would only hold up the first paint, which has those of the last time.
        if not self._painted:
            return
        page, top, bottom = self.viewport().height(), self.top_px, self.top_px + self.viewport().height()
        seen = self._layout.positions_between(top, bottom)
        after = self._layout.positions_between(bottom, bottom + page)
        before = self._layout.positions_between(top - page // 2, top)
        wanted = [*seen, *after, *reversed(before)][:_MOST_WANTED]
        self._thumbnails.want([int(self._ids[position]) for position in wanted])

    # Laying out.

    def _place(self, around: QPoint | None) -> Place | None:
        """Remember where the eye is, by the photos that are still laid out."""
        if around is not None:
            place = place_at(self._layout, self._ids, around.x(), around.y() + self.top_px, self.top_px)
            if place is not None:
                return place
        current = self._model.current_id
        return place_of_page(self._layout, self._ids, self.top_px, self.viewport().height(), current)

    def _lay_out(self, place: Place | None) -> None:
        old = self._layout
        self._layout = GridLayout(self.viewport().width(), self._cell_px, self._model.count, self._breaks())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(max(1, self._layout.row_px // 3))
        bar.setRange(0, max(0, self._layout.height_px - height))
        # Not hidden, which would change the width; the style draws no handle on a disabled bar.
        bar.setEnabled(bar.maximum() > 0)
        scroll = None if place is None else place.scroll(self._layout, self._ids)
        if scroll is not None:
            bar.setValue(scroll)
        if old.cell_width_px != self._layout.cell_width_px:
            self._reshape.start()
        self._ask.start()
        self.viewport().update()

    def _breaks(self) -> list[Break]:
        answer = self._model.answer
        end = len(answer.ids) if answer.weaker_from is None else answer.weaker_from
        breaks = [Break(one.first, BreakKind.HEADING, one.text) for one in answer.headings if one.first < end]
        if answer.weaker_from is not None and self._model.weaker_count:
            text = f"{answer.weaker_label} ({number(self._model.weaker_count)})"
            breaks.append(Break(answer.weaker_from, BreakKind.DIVIDER, text))
        return breaks

    def _rect(self, cell: Cell) -> QRect:
        return QRect(cell.x, cell.y - self.top_px, self._layout.cell_width_px, self._layout.cell_height_px)

    # Qt's events.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the cells that the dirty region touches."""
        with self._thumbnails.quiet():
            self._painter.use_ratio(self.devicePixelRatioF())
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._scene().paint(painter, event.region())
            painter.end()
        if not self._painted:
            self._painted = True
            self._ask.start()

    def _scene(self) -> Scene:
        return Scene(
            self._layout,
            self._model,
            self._thumbnails,
            self._painter,
            top_px=self.top_px,
            width_px=self.viewport().width(),
            hovered=self._pointer.hovered,
            on_divider=self._pointer.on_divider,
            band=self._pointer.band.rect,
            has_keyboard=self.hasFocus(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out for the new size; what the eye is on stays."""
        place = self._place(None) if self.top_px else None
        super().resizeEvent(event)
        self._lay_out(place)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Fix the shape of thumbnails at once: nothing was asked for yet."""
        super().showEvent(event)
        self._reshape.stop()
        self._on_reshape()
        self._ask.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802
        """Move the pixels that stay, and paint only the stripe that comes in."""
        if self._pointer.band.rect is None:
            self.viewport().scroll(0, dy)
        else:
            self.viewport().update()
        self._ask.start()
        if self._pointer.hovered is not None:
            self._pointer.hover(self.viewport().mapFromGlobal(self.cursor().pos()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll by pixels, gliding for a wheel with notches; with Ctrl change the size of cells."""
        notches = event.angleDelta().y() / _NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if notches:
                self.zoom(notches, event.position().toPoint())
        elif not event.pixelDelta().isNull():
            self.scroll_by(-event.pixelDelta().y())
        elif notches:
            self._glide_by(round(-notches * _NOTCH_PX))
        event.accept()

    def _pinch(self, event: QNativeGestureEvent) -> None:
        """Follow two fingers closer than whole pixels would, which most of their steps don't make."""
        if round(self._pinched_px) != self._cell_px:
            self._pinched_px = float(self._cell_px)
        self._pinched_px *= 1 + event.value()
        self.set_cell_px(round(self._pinched_px), event.position().toPoint())

    def _glide_by(self, by_px: int) -> None:
        bar, running = self.verticalScrollBar(), self._glide.state() == QPropertyAnimation.State.Running
        start = self._glide.endValue() if running else bar.value()
        target = max(bar.minimum(), min(bar.maximum(), start + by_px))
        self._glide.stop()
        if not self._glide.duration():
            bar.setValue(target)
            return
        self._glide.setStartValue(bar.value())
        self._glide.setEndValue(target)
        self._glide.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Act on the keys of the grid; leave the others to the window."""
        if not self._keys.press(event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select, or start a band."""
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag, or hover."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Finish what the press began."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the photo."""
        position = self.position_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and position is not None:
            self.activated.emit(self._model.id_at(position))
        else:
            self._pointer.press(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for a menu at the pointer, or at the current photo for the menu key."""
        point = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            current = self._model.selection.current
            self._pointer.press_right(current)
            if current is not None:
                point = self.rect_of(current).center()
        self.context_menu_requested.emit(self._model.selected_ids, self.viewport().mapToGlobal(point))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the ring of the current photo."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hide the ring of the current photo."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Show tool tips, zoom by pinching, and notice the pointer leaving and the screen changing."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._pinch(event)
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = self.position_at(event.pos())
            text = "" if position is None else tooltip(self._name_for(self._model.id_at(position)))
            QToolTip.showText(event.globalPos(), text)
            return True
        if event.type() == QEvent.Type.Leave:
            self._pointer.hover(None)
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._reshape.start()
        return super().viewportEvent(event)
