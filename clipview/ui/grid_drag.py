"""What a drag out of the grid carries: files for other apps, ids for our own albums, and a picture to see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from clipview.ui.theme import Theme

PHOTO_IDS_MIME = "application/x-clipview-photo-ids"
"""Photo ids in ASCII digits, separated by spaces."""
_PICTURE_PX = 120
_COUNT_PX = 24


class DragOut:
    """Starts drags of photos."""

    def __init__(self, paths_for: Callable[[Sequence[int]], Sequence[Path]]) -> None:
        self._paths_for = paths_for

    def payload(self, photo_ids: Sequence[int]) -> QMimeData:
        """Return what a drag of these photos gives away."""
        made = QMimeData()
        # By bytes: a name that is no valid UTF-8 would not survive as text.
        addresses = [path.absolute().as_uri().encode("ascii") for path in self._paths_for(photo_ids)]
        made.setUrls([QUrl.fromEncoded(QByteArray(address)) for address in addresses])
        made.setData(PHOTO_IDS_MIME, " ".join(map(str, photo_ids)).encode("ascii"))
        return made

    def start(self, source: QWidget, photo_ids: Sequence[int], cover: QPixmap | None, theme: Theme) -> None:
        """Drag these photos until the user lets go; `cover` is the picture to show."""
        drag = QDrag(source)
        drag.setMimeData(self.payload(photo_ids))
        drag.setPixmap(_picture(cover, len(photo_ids), theme, source.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-3 * 4, -3 * 4))
        drag.exec(Qt.DropAction.CopyAction)


def _picture(cover: QPixmap | None, count: int, theme: Theme, device_pixel_ratio: float) -> QPixmap:
    picture = QPixmap(QSize(_PICTURE_PX, _PICTURE_PX * 3 // 4) * device_pixel_ratio)
    picture.setDevicePixelRatio(device_pixel_ratio)
    picture.fill(Qt.GlobalColor.transparent)
    rect = picture.deviceIndependentSize().toSize()
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    if cover is None:
        painter.fillRect(0, 0, rect.width(), rect.height(), QColor(theme.placeholder))
    else:
        painter.drawPixmap(0, 0, rect.width(), rect.height(), cover)
    if count > 1:
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        text = f"{count:,}"
        width = max(_COUNT_PX, painter.fontMetrics().horizontalAdvance(text) + 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(rect.width() - width, 0, width, _COUNT_PX, _COUNT_PX / 2, _COUNT_PX / 2)
        painter.setPen(QColor(theme.on_accent))
        painter.drawText(rect.width() - width, 0, width, _COUNT_PX, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
