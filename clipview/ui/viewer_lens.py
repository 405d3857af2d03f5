"""Where a picture lies on the canvas: fit, zoom, pan and their limits, all in device pixels."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

LARGEST_ZOOM = 16.0
_STOPS = (0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, LARGEST_ZOOM)
_NEARLY = 1.01


def fit_size(canvas: QSize, picture: QSizeF) -> QSize:
    """Return the whole device pixels that a picture of this shape covers when it fills the canvas."""
    if canvas.isEmpty() or picture.isEmpty():
        return QSize(1, 1)
    zoom = _fit_zoom(canvas, picture)
    return QSize(max(1, round(picture.width() * zoom)), max(1, round(picture.height() * zoom)))


class Lens:
    """One picture seen through one canvas.

    Zoom 1.0 shows one pixel of the picture on one pixel of the screen. A point of the picture is a pair of shares of
    its width and height, so that it stays true when the picture's real size becomes known.
    """

    def __init__(self) -> None:
        self._canvas = QSize(1, 1)
        self._picture = QSizeF(1, 1)
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)
        self._fits = True

    @property
    def canvas(self) -> QSize:
        """The size of the canvas."""
        return self._canvas

    @property
    def fits(self) -> bool:
        """Whether the whole picture is shown, as large as the canvas allows."""
        return self._fits

    @property
    def zoom(self) -> float:
        """Device pixels for one pixel of the picture."""
        return self.fit_zoom if self._fits else self._zoom

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the picture fills the canvas."""
        return _fit_zoom(self._canvas, self._picture)

    @property
    def can_pan(self) -> bool:
        """Whether a part of the picture lies outside the canvas."""
        size = self._size()
        return size.width() > self._canvas.width() + 0.5 or size.height() > self._canvas.height() + 0.5

    @property
    def rect(self) -> QRectF:
        """Where the picture lies; on whole pixels when it fits or is shown at a whole zoom."""
        size = self._size()
        left = self._canvas.width() / 2 - self._centre.x() * size.width()
        top = self._canvas.height() / 2 - self._centre.y() * size.height()
        if self._fits or self._zoom == int(self._zoom):
            left, top = round(left), round(top)
        return QRectF(left, top, size.width(), size.height())

    def resize(self, canvas: QSize) -> None:
        """The canvas has another size; what is in its middle stays there."""
        self._canvas = canvas.expandedTo(QSize(1, 1))
        self._limit()

    def show_new(self, picture: QSizeF) -> None:
        """Show another picture, all of it."""
        self._picture = picture
        self.fit()

    def correct(self, picture: QSizeF) -> None:
        """The picture's real size is this: a zoom of exactly 1 stays 1, any other keeps the size on screen."""
        if not self._fits and self._zoom != 1.0:
            self._zoom *= self._picture.width() / picture.width()
        self._picture = picture
        self._limit()

    def fit(self) -> None:
        """Show all of the picture."""
        self._fits = True
        self._centre = QPointF(0.5, 0.5)

    def zoom_to(self, zoom: float, anchor: QPointF) -> None:
        """Zoom so that the point of the picture under `anchor` stays under it, as far as the limits allow."""
        fit_zoom = self.fit_zoom
        zoom = min(max(zoom, min(fit_zoom, 1.0)), max(LARGEST_ZOOM, fit_zoom))
        if fit_zoom / _NEARLY < zoom < fit_zoom * _NEARLY and zoom != 1.0:
            self.fit()
            return
        point = self.point_at(anchor)
        self._fits = False
        self._zoom = zoom
        self._put(point, anchor)

    def pan(self, step: QPointF) -> bool:
        """Move the picture by this much; False when it lay at its limit already."""
        if not self.can_pan:
            return False
        before = self.rect
        size = self._size()
        self._centre -= QPointF(step.x() / size.width(), step.y() / size.height())
        self._limit()
        return self.rect != before

    def point_at(self, place: QPointF) -> QPointF:
        """Return the point of the picture at a place of the canvas; outside, the nearest one."""
        rect = self.rect
        return QPointF(
            min(max((place.x() - rect.left()) / rect.width(), 0.0), 1.0),
            min(max((place.y() - rect.top()) / rect.height(), 0.0), 1.0),
        )

    def step(self, steps: int) -> float:
        """Return the zoom that is this many stops away; the fit is a stop too."""
        zoom, fit_zoom = self.zoom, self.fit_zoom
        stops = sorted({*_STOPS, fit_zoom})
        if steps > 0:
            return next((stop for stop in stops if stop > zoom * _NEARLY), stops[-1])
        return next((stop for stop in reversed(stops) if stop < zoom / _NEARLY), stops[0])

    def _size(self) -> QSizeF:
        if self._fits:
            return QSizeF(fit_size(self._canvas, self._picture))
        return self._picture * self._zoom

    def _put(self, point: QPointF, place: QPointF) -> None:
        size = self._size()
        self._centre = QPointF(
            point.x() + (self._canvas.width() / 2 - place.x()) / size.width(),
            point.y() + (self._canvas.height() / 2 - place.y()) / size.height(),
        )
        self._limit()

    def _limit(self) -> None:
        """Keep the picture's edges at or outside the canvas's, and a picture that is smaller in the middle."""
        size = self._size()
        self._centre = QPointF(
            _limited(self._centre.x(), self._canvas.width() / size.width()),
            _limited(self._centre.y(), self._canvas.height() / size.height()),
        )


def _limited(centre: float, share: float) -> float:
    """Return the nearest allowed centre when the canvas shows this share of the picture."""
    return 0.5 if share >= 1 else min(max(centre, share / 2), 1 - share / 2)


def _fit_zoom(canvas: QSize, picture: QSizeF) -> float:
    return min(canvas.width() / picture.width(), canvas.height() / picture.height())
