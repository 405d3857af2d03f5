"""Which pixels are asked for, and when: one request at a time, the photo on screen first, none in a rush."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSizeF, QTimer, Signal, Slot

from clipview.engine.messages import PictureAnswer, PictureRefused
from clipview.ui.thumbnails import CellShape, ThumbnailSource
from clipview.ui.viewer_canvas import PictureCanvas
from clipview.ui.viewer_lens import fit_size
from clipview.ui.viewer_pictures import Picture, PictureCache, PictureMaker

_SETTLE_MS = 120
_THUMBNAIL_PX = 320
_THUMBNAILS_BYTES = 16 << 20
_SIDE_STEP_PX = 64


class PictureSupply(QObject):
    """Gets the pictures of the photo on screen and of its neighbours.

    A newer request may replace an older one that nobody began: what is still lacking is asked for when its turn comes.

    Signals:
        requested(int, int | None): a photo's id and the least length of its shorter side in pixels; None for all.
        improved(int): there are more pixels of this photo.
        refused(int): this photo can't be had; see `reason`.
    """

    requested = Signal(object, object)
    improved = Signal(object)
    refused = Signal(object)

    def __init__(
        self, thumbnails: ThumbnailSource, canvas: PictureCanvas, limit_bytes: int, parent: QObject | None = None
    ) -> None:
        """Supply nothing yet.

        Args:
            thumbnails: the library's thumbnails, of which cuts of the photos' own shape are taken.
            canvas: what the pictures are for; it decides how many pixels are enough.
            limit_bytes: how much memory pictures may hold, apart from those of the photo on screen.
            parent: the Qt owner.
        """
        super().__init__(parent)
        self._canvas = canvas
        shape = CellShape(_THUMBNAIL_PX, _THUMBNAIL_PX, 0, whole=True)
        self.thumbnails = thumbnails.beside(shape, limit_bytes=_THUMBNAILS_BYTES)
        """Whole thumbnails, to be shown until there is more."""
        self._cache = PictureCache(limit_bytes)
        self._maker = PictureMaker(self)
        self._maker.made.connect(self._on_made)
        self._current: int | None = None
        self._neighbours: Sequence[int] = ()
        self._fetched: set[int] = set()
        self._asked: tuple[int, int | None] | None = None
        self._refused: dict[int, str] = {}
        self._rush = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settle = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._on_settled)
        canvas.view_changed.connect(self._settle.start)

    @property
    def held_bytes(self) -> int:
        """How much memory the pictures hold."""
        return self._cache.held_bytes

    def pictures(self, photo_id: int) -> list[Picture]:
        """Return what there is of a photo, the smaller picture first."""
        return self._cache.sizes_of(photo_id)

    def reason(self, photo_id: int) -> str | None:
        """Return why a photo can't be shown; None when nothing is known against it."""
        return self._refused.get(photo_id)

    def is_settled(self, photo_id: int) -> bool:
        """Tell whether a photo can be shown, or is known not to."""
        return photo_id in self._refused or bool(self._cache.sizes_of(photo_id))

    def look_at(self, photo_id: int, neighbours: Sequence[int], *, at_once: bool = False) -> None:
        """Supply this photo, then its neighbours in this order."""
        rushed = self._rush.isActive() and not at_once
        self._current, self._neighbours = photo_id, neighbours
        self._fetched.clear()
        self._refused.pop(photo_id, None)
        # While an arrow key is held down nobody looks closely: only the photo that one stays on is asked for.
        self._rush.start()
        self._settle.start()
        if not rushed:
            self._ask()

    def look_away(self) -> None:
        """Nothing is on screen any more: forget all pictures."""
        self._current, self._neighbours, self._asked = None, (), None
        self._rush.stop()
        self._settle.stop()
        self._refused.clear()
        self._cache.clear()
        self.thumbnails.want(())

    def ask_again(self) -> None:
        """Ask anew for what is lacking: what was asked is lost, and what was refused may be there now."""
        self._asked = None
        self._refused.clear()
        self._fetched.clear()
        self._ask()

    def take(self, answer: PictureAnswer) -> None:
        """Take a picture that was asked for, now or earlier; by somebody else, while nothing is looked at."""
        if self._current is None:
            return
        is_smallest = not self._cache.sizes_of(answer.photo_id) or answer.width_px < answer.full_width_px
        # Sharpening holds the interpreter's lock, 13 ms for 24 megapixels: a smaller picture is sharp already.
        self._maker.make(answer, self._canvas.size_px if is_smallest else None)

    def take_refusal(self, refusal: PictureRefused) -> None:
        """Note that a photo can't be had."""
        self._refused[refusal.photo_id] = refusal.reason
        self._answered(refusal.photo_id)
        self.refused.emit(refusal.photo_id)
        if not self._settle.isActive():
            self._ask()

    @Slot()
    def _on_settled(self) -> None:
        if self._current is None:
            return
        self._sharpen(self._cache.sizes_of(self._current))
        self._ask()

    @Slot(object)
    def _on_made(self, picture: Picture) -> None:
        self._answered(picture.photo_id)
        if self._current is None:
            return
        self._refused.pop(picture.photo_id, None)
        self._cache.put(picture, keep=self._current)
        self.improved.emit(picture.photo_id)
        if not self._settle.isActive():
            self._ask()

    def _answered(self, photo_id: int) -> None:
        if self._asked is not None and self._asked[0] == photo_id:
            self._asked = None

    def _sharpen(self, pictures: Sequence[Picture]) -> None:
        """See to it that the photo is sharp at the size that the canvas has now."""
        for picture in pictures:
            size = fit_size(self._canvas.size_px, picture.full_size)
            if picture.image.width() > size.width():
                if picture.sharp is None or picture.sharp.size() != size:
                    self._maker.sharpen(picture, self._canvas.size_px)
                return

    def _ask(self) -> None:
        """Ask for what is lacking most, unless that is on its way."""
        lacking = self._lacking()
        if lacking is not None and lacking != self._asked:
            if self._asked is not None:
                self._fetched.discard(self._asked[0])
            self._asked = lacking
            self._fetched.add(lacking[0])
            self.requested.emit(*lacking)

    def _lacking(self) -> tuple[int, int | None] | None:
        current = self._current
        if current is None:
            return None
        if current not in self._refused:
            side = self._side_for(current)
            if not self._cache.has(current, side):
                return current, side
            if self._is_zoomed_beyond(current):
                return current, None
        for neighbour in self._neighbours:
            wanted = (neighbour, self._side_for(neighbour))
            # Once each: on a huge screen the neighbours may push each other out of the cache.
            again = neighbour in self._fetched and wanted != self._asked
            if not again and neighbour not in self._refused and not self._cache.has(*wanted):
                return wanted
        return None

    def _is_zoomed_beyond(self, photo_id: int) -> bool:
        """Whether the photo on screen is larger than the pixels that are here."""
        lens = self._canvas.lens
        width = max((picture.image.width() for picture in self._cache.sizes_of(photo_id)), default=0)
        return not lens.fits and lens.rect.width() > width and not self._cache.has(photo_id, None)

    def _side_for(self, photo_id: int) -> int:
        """Return the shorter side that fills the canvas, in steps so that a small change of size asks for nothing."""
        canvas = self._canvas.size_px
        side = min(canvas.width(), canvas.height())
        shape = self._shape_of(photo_id)
        if shape is not None:
            # Thumbnails are rounded to whole pixels, so that the shape may be a little off.
            fit = fit_size(canvas, shape)
            side = min(side, round(min(fit.width(), fit.height()) * 1.01))
        return -(-side // _SIDE_STEP_PX) * _SIDE_STEP_PX

    def _shape_of(self, photo_id: int) -> QSizeF | None:
        pictures = self._cache.sizes_of(photo_id)
        if pictures:
            return pictures[-1].full_size
        pixmap = self.thumbnails.pixmap(photo_id)
        return None if pixmap is None else QSizeF(pixmap.size())
