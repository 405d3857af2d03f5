"""How a decoded photo becomes something that paints fast: converted and sharpened off the GUI thread, and cached."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage

from clipview.engine.messages import PictureAnswer
from clipview.ui.lazy_numpy import np
from clipview.ui.viewer_lens import fit_size

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BAND_ROWS = 64


class Picture(Struct, frozen=True, eq=False):
    """A photo's pixels in one size."""

    photo_id: int
    image: QImage
    """RGB32, on top of `pixels`; a copy of the image outlives them only when it is made with `QImage.copy`."""
    pixels: NDArray[np.uint8]
    full_size: QSizeF
    """Of the photo's file, in pixels."""
    sharp: QImage | None
    """The same picture averaged down to the size it has on the canvas when it fits; None when it isn't larger."""

    @property
    def is_full(self) -> bool:
        """Whether every pixel of the file is here."""
        return self.image.width() >= self.full_size.width()

    @property
    def size_bytes(self) -> int:
        """How much memory it holds."""
        return int(self.pixels.nbytes) + (0 if self.sharp is None else self.sharp.sizeInBytes())


class PictureCache:
    """The pictures seen last, bounded in bytes."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._pictures: OrderedDict[tuple[int, bool], Picture] = OrderedDict()
        self._held_bytes = 0

    @property
    def held_bytes(self) -> int:
        """How much memory the pictures hold."""
        return self._held_bytes

    def put(self, picture: Picture, keep: int | None) -> None:
        """Hold a picture, and forget the ones used least recently that don't fit, but never those of photo `keep`."""
        key = (picture.photo_id, picture.is_full)
        self._drop(key)
        self._pictures[key] = picture
        self._held_bytes += picture.size_bytes
        for old in [key for key in self._pictures if key[0] != keep]:
            if self._held_bytes <= self._limit_bytes:
                return
            self._drop(old)

    def sizes_of(self, photo_id: int) -> list[Picture]:
        """Return what there is of a photo, the smaller picture first."""
        found = []
        for key in ((photo_id, False), (photo_id, True)):
            if key in self._pictures:
                self._pictures.move_to_end(key)
                found.append(self._pictures[key])
        return found

    def has(self, photo_id: int, min_side_px: int | None) -> bool:
        """Tell whether there is a picture with at least this short side, or with every pixel (None)."""
        if (photo_id, True) in self._pictures:
            return True
        smaller = self._pictures.get((photo_id, False))
        if smaller is None or min_side_px is None:
            return False
        return min(smaller.image.width(), smaller.image.height()) >= min_side_px

    def clear(self) -> None:
        """Forget everything."""
        self._pictures.clear()
        self._held_bytes = 0

    def _drop(self, key: tuple[int, bool]) -> None:
        picture = self._pictures.pop(key, None)
        if picture is not None:
            self._held_bytes -= picture.size_bytes


class PictureMaker(QObject):
    """Makes pictures, one at a time, in a thread that lives only while there is something to make.

    Signals:
        made(Picture): delivered in the GUI thread.
    """

    made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The thread speaks through an object of its own: the maker may be gone before the last picture is.
        self._bench = _Bench()
        # Everything of Qt that the thread uses is touched here first: PySide6 6.11 sets up classes at their first use,
        # and two threads that do so at once can wait for each other for ever.
        _made(PictureAnswer(0, 0, 4, 4, 4, 4, bytes(48)), QSize(2, 2))
        self._bench.made.connect(self.made, Qt.ConnectionType.QueuedConnection)

    def make(self, answer: PictureAnswer, canvas: QSize | None) -> None:
        """Make a picture of an answer, sharp for a canvas of this size in device pixels; None for no need of that."""
        self._bench.add(lambda: _made(answer, canvas))

    def sharpen(self, picture: Picture, canvas: QSize) -> None:
        """Make the same picture sharp for a canvas of another size."""
        self._bench.add(lambda: replace(picture, sharp=_sharp(picture.image, picture.full_size, canvas)))


class _Bench(QObject):
    made = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._jobs: deque[Callable[[], Picture]] = deque()
        self._busy = False

    def add(self, job: Callable[[], Picture]) -> None:
        with self._lock:
            self._jobs.append(job)
            if self._busy:
                return
            self._busy = True
        threading.Thread(target=self._work, name="viewer-pictures").start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._jobs:
                    self._busy = False
                    return
                job = self._jobs.popleft()
            self.made.emit(job())


def _made(answer: PictureAnswer, canvas: QSize | None) -> Picture:
    width, height = answer.width_px, answer.height_px
    rgb = np.frombuffer(answer.rgb, np.uint8).reshape(height, width, 3)
    # RGB32 paints three times as fast as RGB888. QImage's own conversion holds the interpreter's lock (72 ms for 24
    # megapixels, in which the window stands still); NumPy's copies don't. The order is that of little-endian machines.
    pixels = np.empty((height, width, 4), np.uint8)
    for top in range(0, height, _BAND_ROWS):
        band, source = pixels[top : top + _BAND_ROWS], rgb[top : top + _BAND_ROWS]
        band[..., 0], band[..., 1], band[..., 2], band[..., 3] = source[..., 2], source[..., 1], source[..., 0], 255
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    full_size = QSizeF(answer.full_width_px, answer.full_height_px)
    sharp = None if canvas is None else _sharp(image, full_size, canvas)
    return Picture(answer.photo_id, image, pixels, full_size, sharp)


def _sharp(image: QImage, full_size: QSizeF, canvas: QSize) -> QImage | None:
    size = fit_size(canvas, full_size)
    if size.width() >= image.width():
        return None
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
