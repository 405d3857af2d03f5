"""How the sidebar's tree looks: flat rows with the count at the right, drawn over the whole width."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from clipview.ui.drops import DropKind, read_drop
from clipview.ui.icons import icon_pixmap
from clipview.ui.sidebar_model import AnyIndex, Role, RowKind, SidebarModel
from clipview.ui.theme import Theme, section_font

_ROW_PX = 24
_SECTION_PX = 32
_SECTION_FIRST_PX = 26
_INDENT_PX = 12
_EDGE_PX = 8
_RADIUS_PX = 5
_ARROW_PX = 4.0
_BADGE_PX = 14
_WITH_ARROWS = (RowKind.FOLDER, RowKind.TAG_GROUP, RowKind.TAG)


class SidebarTree(QTreeView):
    """The sidebar's rows.

    Signals:
        row_chosen(QModelIndex): a person clicked a row, or went to it with the keys.
        menu_wanted(QModelIndex, QPoint): the menu of a row, at a point of the screen.
        photos_dropped(str, tuple): photos of the grid fell on an album of this name.
    """

    row_chosen = Signal(QModelIndex)
    menu_wanted = Signal(QModelIndex, QPoint)
    photos_dropped = Signal(str, object)

    def __init__(self, model: SidebarModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # As in the grid: Qt's own one costs a look through all classes of widgets.
        self.setViewport(QWidget())
        self._theme = theme
        self._hovered = QPersistentModelIndex()
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        self.setHeaderHidden(True)
        # Rows are drawn from edge to edge and know their own depth; the tree's own arrows would lie elsewhere.
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QTreeView.EditTrigger.EditKeyPressed)
        self.setExpandsOnDoubleClick(False)
        self.setStyleSheet("QTreeView, QTreeView:focus { border: none; background: transparent; }")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.viewport().installEventFilter(self)
        self.setAcceptDrops(True)
        self.clicked.connect(self.row_chosen)
        self.doubleClicked.connect(self._on_double_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.viewport().update()

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: AnyIndex) -> None:  # noqa: N802
        """Draw a whole row, without the style's branches."""
        row = QRect(0, options.rect.top(), self.viewport().width(), options.rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(Role.KIND) == RowKind.SECTION:
            painter.setFont(section_font(self.font()))
            painter.setPen(QColor(self._theme.dim_text))
            below = row.adjusted(2 * _EDGE_PX, 0, -_EDGE_PX, -5)
            painter.drawText(below, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        else:
            self._draw_ground(painter, row, index)
            self._draw_text(painter, row, index)
        painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Choose the row that the keys lead to."""
        before = QPersistentModelIndex(self.currentIndex())
        super().keyPressEvent(event)
        current = self.currentIndex()
        agreed = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if current.isValid() and self.state() != QTreeView.State.EditingState and (agreed or current != before):
            self.row_chosen.emit(current)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open or close a folder whose arrow was hit; anything else chooses rows."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and self.model().hasChildren(index):
            text_left = self.text_left(index)
            if index.isValid() and text_left - _INDENT_PX - 4 <= place.x() < text_left - 1:
                self.setExpanded(index, not self.isExpanded(index))
                return
        super().mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take photos of the grid; anything else is for the window."""
        event.setAccepted(read_drop(event.mimeData()).kind is DropKind.PHOTOS)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Light up the album beneath."""
        index = self._album_at(event.position().toPoint())
        self._hovered = QPersistentModelIndex(index)
        self.viewport().update()
        event.setAccepted(index.isValid())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802
        """Nothing is beneath any more."""
        self._hovered = QPersistentModelIndex()
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Say which photos fell on which album."""
        index, dropped = self._album_at(event.position().toPoint()), read_drop(event.mimeData())
        if index.isValid() and dropped.kind is DropKind.PHOTOS:
            event.acceptProposedAction()
            self.photos_dropped.emit(str(index.data(Role.NAME)), dropped.photo_ids)

    def _album_at(self, place: QPoint) -> QModelIndex:
        index = self.indexAt(place)
        return index if index.data(Role.KIND) == RowKind.ALBUM else QModelIndex()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for the menu of the row under the pointer, or of the current one when a key asked."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.menu_wanted.emit(
                index,
                self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()) if by_key else event.globalPos(),
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the pointer."""
        if event.type() in {QEvent.Type.HoverMove, QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            over = QModelIndex()
            if isinstance(event, QHoverEvent) and event.type() != QEvent.Type.HoverLeave:
                over = self.indexAt(event.position().toPoint())
            if self._hovered != over:
                self._hovered = QPersistentModelIndex(over)
                self.viewport().update()
        return super().eventFilter(watched, event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.setExpanded(index, not self.isExpanded(index))

    def text_left(self, index: AnyIndex) -> int:
        """Return where a row's text begins, in the viewport."""
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        arrow = _INDENT_PX if index.data(Role.KIND) in _WITH_ARROWS else 0
        return 2 * _EDGE_PX + depth * _INDENT_PX + arrow

    def _draw_ground(self, painter: QPainter, row: QRect, index: AnyIndex) -> None:
        theme, chosen = self._theme, self.selectionModel().isSelected(index)
        ground = QRectF(row).adjusted(_EDGE_PX + 0.5, 0.5, -_EDGE_PX - 0.5, -0.5)
        if chosen or self._hovered == index:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_ground if chosen else theme.hover))
            painter.drawRoundedRect(ground, _RADIUS_PX, _RADIUS_PX)
        if self.hasFocus() and index == self.currentIndex():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, _RADIUS_PX, _RADIUS_PX)

    def _draw_text(self, painter: QPainter, row: QRect, index: AnyIndex) -> None:
        theme, left = self._theme, self.text_left(index)
        count, reachable = str(index.data(Role.COUNT)), bool(index.data(Role.REACHABLE))
        if self.model().hasChildren(index):
            centre = QPointF(left - _INDENT_PX + _ARROW_PX, row.center().y() + 0.5)
            self._draw_arrow(painter, centre, down=self.isExpanded(index))
        metrics = self.fontMetrics()
        right = row.right() - 2 * _EDGE_PX + 1
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.dim_text))
        painter.drawText(
            QRect(left, row.top(), right - left, row.height()), middle | Qt.AlignmentFlag.AlignRight, count
        )
        right -= metrics.horizontalAdvance(count) + 8
        if not reachable:
            right -= _BADGE_PX
            badge = icon_pixmap("drive-offline", theme.warning, _BADGE_PX, self.devicePixelRatioF())
            painter.drawPixmap(right, row.center().y() - _BADGE_PX // 2 + 1, badge)
            right -= 6
        painter.setPen(QColor(theme.text if reachable else theme.dim_text))
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, max(0, right - left))
        painter.drawText(QRect(left, row.top(), right - left, row.height()), middle | Qt.AlignmentFlag.AlignLeft, text)

    def _draw_arrow(self, painter: QPainter, centre: QPointF, *, down: bool) -> None:
        long, short = _ARROW_PX, _ARROW_PX / 2
        ends = ((-long, -short), (0, short), (long, -short)) if down else ((-short, -long), (short, 0), (-short, long))
        painter.setPen(QPen(QColor(self._theme.dim_text), 1.4, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([centre + QPointF(x, y) for x, y in ends]))


class _RowDelegate(QStyledItemDelegate):
    """Row heights, and where a name is edited."""

    def __init__(self, tree: SidebarTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002, N802
        if index.data(Role.KIND) != RowKind.SECTION:
            return QSize(0, _ROW_PX)
        return QSize(0, _SECTION_FIRST_PX if index.row() == 0 else _SECTION_PX)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:  # noqa: N802
        row: QRect = option.rect
        left = self._tree.text_left(index) - _EDGE_PX
        editor.setStyleSheet("min-height: 0; padding: 0 6px;")
        editor.setGeometry(left, row.top(), self._tree.viewport().width() - left - _EDGE_PX, row.height())
