"""How images become terms of a search: dropped, pasted, chosen, taken from the grid or from a saved search."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from clipview.core.types import Box, ImageTerm
from clipview.engine.messages import ImageAccepted, ImageRefused
from clipview.ui.drops import MOST_IMAGES, BitmapEncoder, Dropped
from clipview.ui.live_search import LiveSearch
from clipview.ui.photo_paths import PhotoPaths
from clipview.ui.question import Picture, Question, SavedQuestion
from clipview.ui.session import EngineSession


class _Order(Struct, eq=False):
    """Some images that go into a search together, once all have been looked at."""

    base: Question | None
    """Where they are added; None for whatever is asked by then."""
    terms: tuple[ImageTerm, ...] = ()
    """How each image counts; once and as a whole when there are none."""
    pictures: dict[int, Picture] = field(default_factory=dict)
    open: int = 0
    refused: int = 0


class PictureSearch(QObject):
    """Has images checked by the engine, and asks with those that can be read.

    Signals:
        trouble(str): why an image was not taken; a sentence.
    """

    trouble = Signal(str)

    def __init__(
        self, session: EngineSession, live: LiveSearch, paths: PhotoPaths, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._live = live
        self._paths = paths
        self._waiting: dict[int, tuple[_Order, int]] = {}
        self._encoder = BitmapEncoder(self)
        self._encoder.encoded.connect(self._on_encoded)
        session.image_accepted.connect(self._on_accepted)
        session.image_refused.connect(self._on_refused)
        session.died.connect(self._on_died)

    def take(self, dropped: Dropped, *, add: bool) -> None:
        """Search for what was dropped or pasted, or add it to the search."""
        if dropped.photo_ids:
            self.take_photos(dropped.photo_ids, add=add)
        elif dropped.paths:
            self.take_files(dropped.paths, add=add)
        elif dropped.encoded is not None:
            self._check([dropped.encoded], self._order(add=add))
        elif dropped.bitmap is not None:
            self._encoder.encode(dropped.bitmap, self._order(add=add))

    def take_photos(self, photo_ids: Sequence[int], *, add: bool) -> None:
        """Search for photos like these of the library, or add them to the search."""
        files = self._paths.of(photo_ids[:MOST_IMAGES])
        if files:
            self.take_files(files, add=add)
        else:
            self._say_gone()

    def take_part(self, photo_id: int, box: Box) -> None:
        """Search for what is in a part of a photo of the library."""
        files = self._paths.of((photo_id,))
        if files:
            self._check(files, _Order(Question(), (ImageTerm(files[0], box=box),)))
        else:
            self._say_gone()

    def take_files(self, files: Sequence[Path], *, add: bool) -> None:
        """Search for photos like these image files, or add them to the search."""
        if len(files) > MOST_IMAGES:
            self.trouble.emit(
                self.tr("A search can hold {most} images at once; the first ones were taken.").format(most=MOST_IMAGES)
            )
        self._check(files[:MOST_IMAGES], self._order(add=add))

    def ask_saved(self, saved: SavedQuestion) -> None:
        """Ask a saved search again; images that can't be read any more are left out, and named."""
        if not saved.images:
            self._live.go(saved.question)
            return
        self._check([term.path for term in saved.images], _Order(saved.question, saved.images))

    def _say_gone(self) -> None:
        self.trouble.emit(self.tr("The file of this photo is not in the library any more. Look for changes (F5)."))

    def _order(self, *, add: bool) -> _Order:
        return _Order(None if add else Question())

    def _check(self, sources: Sequence[Path | bytes], order: _Order) -> None:
        order.open = len(sources)
        for place, source in enumerate(sources):
            self._waiting[self._session.check_image(source)] = (order, place)

    @Slot(object, object)
    def _on_encoded(self, png: bytes, order: _Order) -> None:
        self._check([png], order)

    @Slot(object)
    def _on_accepted(self, answer: ImageAccepted) -> None:
        found = self._waiting.pop(answer.number, None)
        if found is not None:
            order, place = found
            term = order.terms[place] if order.terms else ImageTerm(answer.path)
            order.pictures[place] = Picture(answer.path, answer.name, answer.preview_jpeg, term.weight, term.box)
            self._count_down(order)

    @Slot(object)
    def _on_refused(self, answer: ImageRefused) -> None:
        found = self._waiting.pop(answer.number, None)
        if found is not None:
            reason = answer.reason.strip().rstrip(".")
            self.trouble.emit(self.tr("That file is not an image this app can read ({reason})").format(reason=reason))
            found[0].refused += 1
            self._count_down(found[0])

    @Slot()
    def _on_died(self) -> None:
        """What was asked is lost; the images were not taken, which the message about the engine makes plain."""
        self._waiting.clear()

    def _count_down(self, order: _Order) -> None:
        order.open -= 1
        if order.open or not (order.pictures or (order.base and order.base.searches)):
            return
        base = self._live.question if order.base is None else order.base
        known = {(picture.path, picture.box) for picture in base.pictures}
        fresh = [order.pictures[place] for place in sorted(order.pictures)]
        pictures = base.pictures + tuple(picture for picture in fresh if (picture.path, picture.box) not in known)
        self._live.go(replace(base, pictures=pictures[:MOST_IMAGES]))
