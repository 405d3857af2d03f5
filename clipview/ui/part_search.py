"""Searching by a part of a picture: from the viewer's box, and by cropping a picture that is searched by already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from clipview.core.types import Box
from clipview.engine.messages import FileViewed
from clipview.ui.box_picker import BoxPicker
from clipview.ui.question import Picture
from clipview.ui.wording import plain

if TYPE_CHECKING:
    from clipview.ui.viewer_page import ViewerPage
    from clipview.ui.window import MainWindow

_USUAL_PX = (520, 390)
_LEAST_PX = (160, 120)
_LARGEST_PX = (1100, 760)
_AROUND_PX = (110, 210)
"""What the window and the rest of the dialog take around the picture."""
_ALL = Box(0.0, 0.0, 1.0, 1.0)


class PartSearch(QObject):
    """Connects itself to the window's viewer, query bar and search."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.viewing.made.connect(self._on_viewer_made)
        window.query_bar.part_wanted.connect(self._on_part_wanted)

    @Slot(object)
    def _on_viewer_made(self, viewer: ViewerPage) -> None:
        viewer.part_requested.connect(self._on_part_requested)

    @Slot(object, object)
    def _on_part_requested(self, photo_id: int, box: Box) -> None:
        self._window.viewing.close()
        self._window.show_photos()
        self._window.pictures.take_part(photo_id, box)

    @Slot(object)
    def _on_part_wanted(self, picture: Picture) -> None:
        dialog = CropDialog(picture, self._window)
        session = self._window.session
        number = session.view_file(picture.path, dialog.min_side_px)
        session.file_viewed.connect(dialog.on_viewed)
        dialog.waits_for = number
        dialog.accepted.connect(lambda: self._crop(picture, dialog.box))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _crop(self, picture: Picture, box: Box | None) -> None:
        question = self._window.live.question
        same = (picture.path, picture.box)
        pictures = tuple(
            replace(each, box=box) if (each.path, each.box) == same else each for each in question.pictures
        )
        self._window.show_photos()
        self._window.live.go(replace(question, pictures=pictures))


class CropDialog(QDialog):
    """Shows a picture that is searched by, and a box on it that can be drawn, moved and sized."""

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropDialog")
        self.setWindowTitle(self.tr("Search a part of {name}").format(name=plain(picture.name)))
        self.waits_for = 0
        """The number of the answer that brings the picture itself."""
        room = QSize(*_USUAL_PX) if parent is None else parent.size() - QSize(*_AROUND_PX)
        self._shown = _Shown(
            QImage.fromData(picture.preview_jpeg), room.boundedTo(QSize(*_LARGEST_PX)).expandedTo(QSize(*_LEAST_PX))
        )
        self._picker = BoxPicker(self._shown)
        self._picker.resize(self._shown.size())
        self._picker.set_picture_rect(QRectF(self._shown.rect()))
        self._picker.set_box(picture.box or _ALL)
        self._picker.accepted.connect(self.accept)
        self._picker.cancelled.connect(self.reject)
        hint = QLabel(self.tr("Draw a box around what to look for, or pull at the edges."))
        hint.setProperty("look", "dim")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox()
        search = buttons.addButton(self.tr("Search this part"), QDialogButtonBox.ButtonRole.AcceptRole)
        search.setDefault(True)
        whole = buttons.addButton(self.tr("Whole picture"), QDialogButtonBox.ButtonRole.ResetRole)
        whole.clicked.connect(self._on_whole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(hint)
        column.addWidget(self._shown, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._picker.setFocus()

    @property
    def min_side_px(self) -> int:
        """How many pixels the shorter side of the picture can use here."""
        size = self._shown.size()
        return round(min(size.width(), size.height()) * self.devicePixelRatioF())

    @Slot(object)
    def on_viewed(self, answer: FileViewed) -> None:
        """Show the picture itself in the place of its preview."""
        if answer.number == self.waits_for:
            width, height = answer.width_px, answer.height_px
            image = QImage(answer.rgb, width, height, 3 * width, QImage.Format.Format_RGB888)
            self._shown.show_image(image.copy())

    @property
    def pixels(self) -> QSize:
        """How large the picture is that is shown, in pixels of its own."""
        return self._shown.pixels

    @property
    def box(self) -> Box | None:
        """What was chosen; None for the whole picture."""
        box = self._picker.box
        return None if box is None or box == _ALL else box

    @Slot()
    def _on_whole(self) -> None:
        self._picker.set_box(_ALL)


class _Shown(QWidget):
    """A picture as large as a dialog allows."""

    def __init__(self, image: QImage, room: QSize) -> None:
        super().__init__()
        self._image = image
        size = QSize(image.size() if not image.isNull() else QSize(3, 2))
        self.setFixedSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))

    @property
    def pixels(self) -> QSize:
        return self._image.size()

    def show_image(self, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        # Once and well here, instead of fast and rough at each painting.
        self._image = image.scaled(
            self.size() * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
