"""What ClipView is, and by which licence it comes."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from clipview import __version__
from clipview.ui.icons import icon_pixmap

_ICON_PX = 48


class AboutDialog(QDialog):
    """The name, the version and the promise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About ClipView"))
        sign = QLabel()
        sign.setPixmap(
            icon_pixmap("photos", self.palette().accent().color().name(), _ICON_PX, self.devicePixelRatioF())
        )
        name = QLabel("ClipView")
        name.setStyleSheet("font-size: 20px; font-weight: 600;")
        version = QLabel(self.tr("Version {version}, with Qt {qt}").format(version=__version__, qt=qVersion()))
        version.setProperty("look", "dim")
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        promise = QLabel(
            self.tr(
                "Finds your photos by what is in them. Photos, searches and results stay on this computer, "
                "and photo files are never changed."
            )
        )
        promise.setWordWrap(True)
        licence = QLabel(self.tr("Free software under the MIT licence. Search models come under their own licences."))
        licence.setProperty("look", "dim")
        licence.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(10)
        for widget in (sign, name, version, promise, licence):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(buttons)
        self.finished.connect(self.deleteLater)
        self.setFixedWidth(400)
