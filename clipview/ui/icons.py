"""How an icon's drawing becomes a picture: SVG files recoloured and rendered for every screen density."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from clipview.core.resources import resource
from clipview.ui.theme import Appearance, Theme

ICON_PX = 20


class IconBearer(Protocol):
    """A QAction, a button: anything that shows an icon."""

    def setIcon(self, icon: QIcon, /) -> None:  # noqa: N802 (Qt's own name)
        """Show this icon."""


def icon(name: str, colour: str, size_px: int = ICON_PX) -> QIcon:
    """Return an icon drawn in one colour ("#rrggbb", normally a token of the theme), crisp at any pixel ratio.

    Raises ClipViewError when there is no such icon.
    """
    made = QIcon()
    # Only the densities in use: each costs a rendering, and Qt scales the nearest one for a screen plugged in later.
    for density in sorted({1.0, 2.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}):
        made.addPixmap(icon_pixmap(name, colour, size_px, density))
    return made


def icon_pixmap(name: str, colour: str, size_px: int, device_pixel_ratio: float) -> QPixmap:
    """Return one square picture of an icon, `size_px` logical pixels wide."""
    side = round(size_px * device_pixel_ratio)
    key = f"icon {name} {colour} {side} {device_pixel_ratio}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    drawing = resource(f"icons/{name}.svg").read_bytes().replace(b"currentColor", colour.encode("ascii"))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


class IconDresser(QObject):
    """Gives one button or action its icon, again at each change of theme; it lives as long as its parent."""

    def __init__(self, bearer: QObject, name: str, role: str, appearance: Appearance, size_px: int = ICON_PX) -> None:
        """Dress `bearer` (a QAction or button, which becomes the parent).

        Args:
            bearer: anything with `setIcon`.
            name: the icon's file name without its ending.
            role: the name of a theme colour, such as "text" or "dim_text".
            appearance: where the theme comes from.
            size_px: logical size.
        """
        super().__init__(bearer)
        self._name, self._role, self._size_px = name, role, size_px
        self._on_theme_changed(appearance.theme)
        appearance.changed.connect(self._on_theme_changed)

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        bearer: IconBearer = self.parent()  # type: ignore[assignment]  # Qt types every parent as QObject
        bearer.setIcon(icon(self._name, getattr(theme, self._role), self._size_px))
