"""The line above the photos: what was found, in which order it is shown, and how large."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSlider, QWidget

from clipview.core.types import Sort
from clipview.ui.fold_button import FoldButton
from clipview.ui.grid import LARGEST_CELL_PX, SMALLEST_CELL_PX
from clipview.ui.icons import icon
from clipview.ui.one_line import OneLine
from clipview.ui.strictness import StrictnessButton
from clipview.ui.theme import Theme
from clipview.ui.wording import number, plain

_HEIGHT_PX = 40
_CONTROL_PX = 28
_ICON_PX = 18
_NARROW_PX = 720
_TIMED_PX = 640
"""How wide the line must be to tell how long a search took."""
_NARROWEST_PX = 480
_SLIDER_PX = (104, 72)
"""How wide the slider is where there is room, and where there is little."""
_LONG_MS = 1_000


class Found(Struct, frozen=True):
    """What the line tells of an answer."""

    strong: int
    possible: int
    total: int
    elapsed_ms: float
    searched: bool
    """False when the library was only browsed."""
    closest: bool = False
    """Nothing passed the line."""
    searchable: int | None = None
    """How many photos can be searched so far; None when all can."""
    library: int = 0
    """How many photos there are to be searched in the end."""
    place: str = ""
    """The folder that was looked in; plain text, empty for the whole library."""
    date_words: str = ""


class ResultBar(QWidget):
    """Counts, order and size.

    Signals:
        sort_chosen(Sort): show the results in this order.
        cell_px_chosen(int): show thumbnails this wide.
    """

    sort_chosen = Signal(object)
    cell_px_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultBar")
        self.setFixedHeight(_HEIGHT_PX)
        self._head = QLabel(self)
        self._head.setObjectName("resultHead")
        self._rest = OneLine(parent=self)
        self._rest.setObjectName("resultRest")
        font = self._head.font()
        font.setBold(True)
        self._head.setFont(font)
        self._waiting = QLabel(self)
        self._waiting.setProperty("look", "dim")
        for label in (self._head, self._waiting):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._rest.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sort = QComboBox(self)
        self._sort.setObjectName("sortBox")
        self._sort.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._sort.setAccessibleName(self.tr("Order"))
        self._sort.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sort.activated.connect(self._on_sort_activated)
        self.fold = FoldButton(self)
        self.strictness = StrictnessButton(self)
        self.left_out = QPushButton(self)
        self.left_out.setObjectName("leftOut")
        self.left_out.setProperty("look", "quiet")
        self.left_out.setToolTip(self.tr("Screenshots and documents are kept apart. Click to show them here too."))
        self.left_out.hide()
        self._left_out = 0
        self._found: Found | None = None
        self._size = QSlider(Qt.Orientation.Horizontal, self)
        self._size.setObjectName("sizeSlider")
        self._size.setAccessibleName(self.tr("Size of thumbnails"))
        self._size.setToolTip(self.tr("Size of thumbnails"))
        self._size.setRange(SMALLEST_CELL_PX, LARGEST_CELL_PX)
        self._size.setSingleStep(12)
        self._size.setPageStep(48)
        self._size.valueChanged.connect(self.cell_px_chosen)
        line = QHBoxLayout(self)
        line.setContentsMargins(15, 0, 14, 0)
        line.setSpacing(0)
        for control in (self._sort, self.fold, self.strictness, self.left_out):
            control.setFixedHeight(_CONTROL_PX)
        line.addWidget(self._head)
        line.addSpacing(4)
        line.addWidget(self._rest, 1)
        line.addWidget(self._waiting)
        line.addSpacing(8)
        line.addWidget(self.left_out)
        line.addWidget(self.strictness)
        line.addSpacing(4)
        line.addWidget(self._sort)
        line.addSpacing(4)
        line.addWidget(self.fold)
        line.addSpacing(12)
        line.addWidget(self._size)
        self.set_theme(theme)
        self.show_sort(Sort.NEWEST, searching=False)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        for button, name in ((self.strictness, "settings"), (self.fold, "stack")):
            button.setIconSize(QSize(_ICON_PX, _ICON_PX))
            button.setIcon(icon(name, theme.text, _ICON_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the words of the buttons out where the line needs the room."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_PX
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextOnly
        for button in (self.strictness, self.fold):
            button.setToolButtonStyle(style)
        self._size.setFixedWidth(_SLIDER_PX[narrow])
        self._size.setVisible(self.width() >= _NARROWEST_PX)
        self.show_left_out(self._left_out)
        if self._found is not None:
            self.show_found(self._found)

    @property
    def text(self) -> str:
        """Everything the line says of the results."""
        return f"{self._head.text()} {self._rest.text()}".strip()

    def show_found(self, found: Found) -> None:
        """Tell what was found."""
        self._found = found
        head, rest = self._line_of(found)
        self._head.setText(head)
        self._rest.setText(" · ".join(["", *rest]))
        self._rest.setAccessibleName(self.text)

    def show_left_out(self, count: int) -> None:
        """Tell how many screenshots and documents are not among the results."""
        self._left_out = count
        self.left_out.setVisible(count > 0)
        told = self.tr("%Ln left out", "", count)
        self.left_out.setAccessibleName(told)
        narrow = self.width() < _NARROW_PX
        self.left_out.setText(self.tr("+%Ln", "screenshots left out", count) if narrow else told)

    @Slot(bool)
    def set_waiting(self, waiting: bool) -> None:
        """Say quietly that an answer takes longer than usual; the old results stay meanwhile."""
        self._waiting.setText(self.tr("Searching...") if waiting else "")

    def show_words(self, text: str) -> None:
        """Show a sentence instead of counts."""
        self._found = None
        self._head.setText("")
        self._rest.setText(text)

    def show_sort(self, sort: Sort, *, searching: bool, album: bool = False) -> None:
        """Show the order in use; there is a best first only when something is searched for."""
        names = {
            Sort.BEST: self.tr("Best first") if searching else self.tr("Album order"),
            Sort.NEWEST: self.tr("Newest first"),
            Sort.OLDEST: self.tr("Oldest first"),
            Sort.NAME: self.tr("By name"),
        }
        self.strictness.setVisible(searching)
        with QSignalBlocker(self._sort):
            self._sort.clear()
            for one, name in names.items():
                if searching or album or one is not Sort.BEST:
                    self._sort.addItem(name, one)
            # Photos that were only filtered have no best one.
            self._sort.setCurrentIndex(max(0, self._sort.findData(sort)))

    def show_cell_px(self, cell_px: int) -> None:
        """Show this size without asking for it."""
        with QSignalBlocker(self._size):
            self._size.setValue(cell_px)

    @Slot(int)
    def _on_sort_activated(self, index: int) -> None:
        self.sort_chosen.emit(Sort(self._sort.itemData(index)))

    def _line_of(self, found: Found) -> tuple[str, list[str]]:
        """Return what is said of an answer: the part that stands out, and the quiet rest."""
        total, place = number(found.total), plain(found.place)
        whole = self.tr("{total} in {place}").format(total=total, place=place) if place else total
        rest: list[str] = []
        if not found.searched:
            head = self.tr("%Ln photos", "", found.total)
            rest += [place] if place else []
        elif found.closest or not found.strong + found.possible:
            head = self.tr("Nothing found")
            rest += [self.tr("in {total}").format(total=whole)] if found.total else []
        elif found.strong:
            head = self.tr("%Ln strong", "", found.strong)
            rest.append(
                self.tr("%Ln possible of {total}", "", found.possible).format(total=whole)
                if found.possible
                else self.tr("of {total}").format(total=whole)
            )
        else:
            head = self.tr("%Ln possible", "", found.possible)
            rest.append(self.tr("none strong of {total}").format(total=whole))
        if found.date_words:
            rest.append(plain(found.date_words))
        if found.searched and self.width() >= _TIMED_PX:
            rest.append(self._time(found.elapsed_ms))
        if found.searchable is not None:
            count, of = number(found.searchable), number(max(found.library, found.searchable))
            rest.append(self.tr("Searching {count} of {total}").format(count=count, total=of))
        return head, rest

    def _time(self, elapsed_ms: float) -> str:
        if elapsed_ms < _LONG_MS:
            return self.tr("{elapsed} ms").format(elapsed=number(max(1, round(elapsed_ms))))
        return self.tr("{elapsed} s").format(elapsed=number(elapsed_ms / 1_000, 1))
