"""The page of duplicates: groups of files that are alike, of which some can go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipview.core.duplicates import Alike, Duplicates
from clipview.engine.messages import DuplicatesAnswer
from clipview.ui.duplicate_cards import PICTURE_PX, DuplicateRow
from clipview.ui.icons import icon
from clipview.ui.page_head import back_button, page_title
from clipview.ui.theme import CELL_RADIUS_PX, Theme
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.wording import file_size

_A_PAGE = 25
_THUMBNAIL_BYTES = 16 << 20


class DuplicatesPage(QWidget):
    """The page.

    Signals:
        wanted(Alike): list the files that are alike in this way.
        discarding(list[Going]): ask whether these should go to the bin.
        back_requested(): go back to the photos.
    """

    wanted = Signal(object)
    discarding = Signal(object)
    back_requested = Signal()

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("duplicatesPage")
        self.setAccessibleName(self.tr("Duplicates"))
        ratio = self.devicePixelRatioF()
        width, height = (round(side * ratio) for side in PICTURE_PX)
        shape = CellShape(width, height, CELL_RADIUS_PX, ratio, whole=True)
        self._thumbnails = thumbnails.beside(shape, limit_bytes=_THUMBNAIL_BYTES)
        self._thumbnails.arrived.connect(self._on_thumbnails)
        self._groups: tuple[Duplicates, ...] = ()
        self._rows: list[DuplicateRow] = []
        self.alike = Alike.PICTURE
        self._back = back_button()
        self._back.clicked.connect(self.back_requested)
        title = page_title(self.tr("Duplicates"))
        self._kinds = QButtonGroup(self)
        kinds = QHBoxLayout()
        kinds.setSpacing(4)
        for alike, text in (
            (Alike.FILE, self.tr("Same file")),
            (Alike.PICTURE, self.tr("Same picture")),
            (Alike.MOMENT, self.tr("Same moment")),
        ):
            button = QToolButton()
            button.setText(text)
            button.setObjectName(f"alike {alike}")
            button.setCheckable(True)
            button.setChecked(alike is self.alike)
            button.setProperty("look", "quiet")
            button.clicked.connect(lambda _=False, alike=alike: self.ask(alike))
            self._kinds.addButton(button)
            kinds.addWidget(button)
        self._count = QLabel()
        self._count.setObjectName("duplicatesCount")
        self._count.setProperty("look", "dim")
        self._count.setWordWrap(True)
        self._discard = QPushButton()
        self._discard.setObjectName("discardOthers")
        self._discard.clicked.connect(self._on_discard)
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 16, 6)
        head.setSpacing(8)
        head.addWidget(self._back)
        head.addWidget(title)
        head.addSpacing(8)
        head.addLayout(kinds)
        head.addStretch(1)
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self._count, 1)
        told.addWidget(self._discard)
        self._more = QPushButton(self.tr("Show more"))
        self._more.clicked.connect(self._on_more)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        inner = QWidget()
        inner.setObjectName("duplicatesList")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        column.addLayout(told)
        column.addLayout(self._list)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inner)
        self._scroll.setAccessibleName(self.tr("Files that are alike"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        self.set_theme(theme)
        self._show_going()

    @property
    def rows(self) -> list[DuplicateRow]:
        """The groups on the page."""
        return self._rows

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._back.setIcon(icon("back", theme.text, 16))
        self.setStyleSheet(
            f"#duplicatesList, #duplicatesPage QScrollArea, #duplicatesPage QScrollArea > QWidget > QWidget"
            f" {{ background: {theme.background}; }}"
            f"#fileCard {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 8px; }}"
        )

    def ask(self, alike: Alike) -> None:
        """Ask for the files that are alike in this way."""
        self.alike = alike
        self.wanted.emit(alike)

    @Slot(object)
    def show_duplicates(self, answer: DuplicatesAnswer) -> None:
        """Show what was found."""
        self._groups = answer.groups
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        told = {
            Alike.FILE: self.tr("%Ln photos lie in several places, byte for byte the same.", "", len(answer.groups)),
            Alike.PICTURE: self.tr(
                "%Ln pictures are there several times: saved again, resized, cropped a little or brightened.",
                "",
                len(answer.groups),
            ),
            Alike.MOMENT: self.tr(
                "%Ln moments have several shots. All are kept unless you choose otherwise.", "", len(answer.groups)
            ),
        }[answer.alike]
        self._count.setText(told if answer.groups else self.tr("Nothing is there several times in this way."))
        self._on_more()

    @Slot()
    def _on_more(self) -> None:
        for group in self._groups[len(self._rows) : len(self._rows) + _A_PAGE]:
            row = DuplicateRow(group, self)
            row.changed.connect(self._show_going)
            self._rows.append(row)
            self._list.addWidget(row)
        self._more.setVisible(len(self._rows) < len(self._groups))
        self._thumbnails.want(list({card.file.photo_id for row in self._rows for card in row.cards}))
        self._show_pictures()
        self._show_going()

    @Slot()
    def _show_going(self) -> None:
        going = [one for row in self._rows for one in row.going]
        size = file_size(sum(one.size_bytes for one in going))
        self._discard.setText(self.tr("Move %Ln others to the bin...", "", len(going)))
        self._discard.setToolTip(size)
        self._discard.setEnabled(bool(going))

    @Slot()
    def _on_discard(self) -> None:
        self.discarding.emit([one for row in self._rows for one in row.going])

    @Slot(object)
    def _on_thumbnails(self, photo_ids: tuple[int, ...]) -> None:  # noqa: ARG002
        self._show_pictures()

    def _show_pictures(self) -> None:
        for row in self._rows:
            for card in row.cards:
                pixmap = self._thumbnails.pixmap(card.file.photo_id)
                if pixmap is not None:
                    card.show_picture(pixmap)
