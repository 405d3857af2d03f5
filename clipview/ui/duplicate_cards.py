"""One group of files that are alike, side by side, with the choice of which to keep."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from clipview.core.bin import Discard
from clipview.core.duplicates import Duplicates
from clipview.core.types import PhotoFile
from clipview.ui.one_line import OneLine
from clipview.ui.to_bin import Going
from clipview.ui.wording import file_size, moment, number, plain, tooltip

PICTURE_PX = (184, 128)
CARD_PX = 204


class FileCard(QFrame):
    """One file.

    Signals:
        kept_changed(): the user changed their mind about it.
    """

    kept_changed = Signal()

    def __init__(self, file: PhotoFile, best: PhotoFile, *, keep: bool) -> None:
        super().__init__()
        self.file = file
        self.setObjectName("fileCard")
        self.setFixedWidth(CARD_PX)
        self.picture = QLabel()
        self.picture.setFixedHeight(PICTURE_PX[1])
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._keep = QCheckBox(self.tr("Keep"))
        self._keep.setChecked(keep)
        self._keep.setAccessibleName(self.tr("Keep {file}").format(file=plain(str(file.path))))
        self._keep.toggled.connect(self.kept_changed)
        name = _line(file.path.name)
        name.setProperty("look", "")
        name.setStyleSheet("font-weight: 600;")
        folder = _line("/".join(file.path.parent.parts[-2:]))
        size = f"{number(file.width_px)} x {number(file.height_px)} · {file.format} · {file_size(file.size_bytes)}"
        shape = _line(size)
        if (file.width_px * file.height_px, file.size_bytes) == (best.width_px * best.height_px, best.size_bytes):
            shape.setProperty("look", "")
        when = _line(
            self.tr("taken {when}").format(when=moment(file.taken_at))
            if file.taken_at is not None
            else self.tr("saved {when}").format(when=moment(file.changed_at))
        )
        for label in (name, folder):
            label.setToolTip(tooltip(str(file.path)))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(3)
        for widget in (self.picture, name, folder, shape, when, self._keep):
            column.addWidget(widget)

    @property
    def kept(self) -> bool:
        """Whether the user wants to keep it."""
        return self._keep.isChecked()

    def show_picture(self, pixmap: QPixmap) -> None:
        """Show its thumbnail."""
        self.picture.setPixmap(pixmap)


class DuplicateRow(QWidget):
    """One group.

    Signals:
        changed(): what is to go is something else now.
    """

    changed = Signal()

    def __init__(self, duplicates: Duplicates, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        best = max(duplicates.files, key=lambda file: (file.width_px * file.height_px, file.size_bytes))
        self.cards = [FileCard(file, best, keep=place < duplicates.keep) for place, file in enumerate(duplicates.files)]
        inner = QWidget()
        line = QHBoxLayout(inner)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for card in self.cards:
            card.kept_changed.connect(self.changed)
            line.addWidget(card)
        line.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(inner.sizeHint().height() + 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    @property
    def going(self) -> list[Going]:
        """The files that the user doesn't keep; none as long as no other is kept."""
        stays = next((card.file.path for card in self.cards if card.kept), None)
        if stays is None:
            return []
        return [Going(Discard(card.file.path, stays), card.file.size_bytes) for card in self.cards if not card.kept]


def _line(text: str) -> OneLine:
    label = OneLine(text)
    # As wide as the card, whatever the name is.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label
