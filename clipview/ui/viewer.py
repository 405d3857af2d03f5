"""The viewer: one photo as large as the window, and the ways from it to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStyle, QVBoxLayout, QWidget

from clipview.core.types import Box
from clipview.engine.messages import PictureAnswer, PictureRefused
from clipview.ui.filmstrip import Filmstrip
from clipview.ui.lazy_numpy import np
from clipview.ui.theme import STEP_PX, Theme
from clipview.ui.thumbnails import ThumbnailSource
from clipview.ui.viewer_canvas import PictureCanvas
from clipview.ui.viewer_chrome import Fader, FloatingButton, Reason, ViewerBar
from clipview.ui.viewer_keys import ViewerKeys
from clipview.ui.viewer_part import PartTool
from clipview.ui.viewer_supply import PictureSupply
from clipview.ui.wording import number

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SLIDE_MS = 4000
_PATIENCE_MS = 400
_LIMIT_BYTES = 256 << 20
_THUMBNAILS_AROUND = 4


class Viewer(QWidget):
    """Shows photos one at a time, in the order of the results.

    Signals:
        closed(): the person wants to go back to the results.
        picture_requested(int, int | None): a photo's id and the least length of its shorter side in pixels; None for
            every pixel. A newer request replaces an older one that was not answered.
        current_changed(int): this photo is on screen now.
        similar_requested(int): search for photos like this one.
        more_requested(int), less_requested(int): find more photos like this one, or fewer; again to take it back.
        part_requested(int, Box): search for what is in this part of this photo.
        info_toggled(): show or hide the info panel.
        full_screen_toggled(): fill the screen, or stop it.
    """

    closed = Signal()
    picture_requested = Signal(object, object)
    current_changed = Signal(object)
    similar_requested = Signal(object)
    more_requested = Signal(object)
    less_requested = Signal(object)
    part_requested = Signal(object, object)
    info_toggled = Signal()
    full_screen_toggled = Signal()

    def __init__(
        self,
        thumbnails: ThumbnailSource,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        slide_ms: int = _SLIDE_MS,
        limit_bytes: int = _LIMIT_BYTES,
    ) -> None:
        """Show nothing yet; see `open`.

        Args:
            thumbnails: the library's thumbnails, of which the viewer takes cuts of its own.
            theme: the colours; see `set_theme`.
            parent: the Qt owner.
            slide_ms: how long a slideshow stays on a photo.
            limit_bytes: how much memory pictures may hold, apart from those of the photo on screen.
        """
        super().__init__(parent)
        self.setObjectName("viewer")
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._position = 0
        self._canvas = PictureCanvas(_ground(theme), self)
        self._supply = PictureSupply(thumbnails, self._canvas, limit_bytes, self)
        self._strip = Filmstrip(thumbnails, theme, self)
        self._bar = ViewerBar(self._canvas)
        self.reason = Reason(self._canvas)
        self._previous = FloatingButton("back", self.tr("Previous photo"), self.tr("Left"), self._canvas)
        self._next = FloatingButton("forward", self.tr("Next photo"), self.tr("Right"), self._canvas)
        self._fader = Fader(self)
        self._part = PartTool(self._canvas)
        self._keys = ViewerKeys(self, self._canvas)
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._slides = QTimer(self, interval=slide_ms)
        self._slide_due = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._canvas, 1)
        layout.addWidget(self._strip)
        self.setFocusProxy(self._canvas)
        self._connect()
        self.set_animated(self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0)

    @property
    def current_id(self) -> int | None:
        """The photo on screen; None before the first one."""
        return int(self._ids[self._position]) if len(self._ids) else None

    @property
    def count(self) -> int:
        """How many photos there are to walk through."""
        return len(self._ids)

    @property
    def sliding(self) -> bool:
        """Whether the slideshow runs."""
        return self._slides.isActive()

    @property
    def held_bytes(self) -> int:
        """How much memory the pictures hold."""
        return self._supply.held_bytes

    def open(self, ids: Sequence[int] | NDArray[np.int64], photo_id: int) -> None:
        """Show a photo of these, which are in the order of the results; raises ValueError when it is none of them."""
        ordered = np.asarray(ids, np.int64)
        found = np.flatnonzero(ordered == photo_id)
        if not len(found):
            raise ValueError(f"photo {photo_id} is not among the {len(ordered)} to walk through")
        self.stop_slideshow()
        self._ids = ordered
        self._strip.show_photos(ordered, int(found[0]))
        self._go(int(found[0]), at_once=True)
        self._canvas.setFocus()
        self._fader.wake()

    def follow(self, ids: Sequence[int] | NDArray[np.int64]) -> None:
        """Walk through other results: the photo on screen stays when it is one of them, else its place does."""
        ordered = np.asarray(ids, np.int64)
        if not len(ordered):
            self.closed.emit()
            return
        found = np.flatnonzero(ordered == self.current_id)
        self._ids = ordered
        position = int(found[0]) if len(found) else min(self._position, len(ordered) - 1)
        self._strip.show_photos(ordered, position)
        if len(found):
            self._position = position
            self._show_place()
        else:
            self._go(position)

    def set_caption(self, text: str) -> None:
        """Show the name of the photo on screen; plain text."""
        self._bar.set_caption(text)
        self._describe()

    def set_theme(self, theme: Theme) -> None:
        """Take on another theme's colours."""
        self._canvas.set_ground(_ground(theme))
        self._strip.set_theme(theme)

    def set_animated(self, animated: bool) -> None:
        """Glide, fade and zoom softly, or not, for people who asked for less motion."""
        self._canvas.set_animated(animated)
        self._strip.set_animated(animated)
        self._fader.set_animated(animated)

    def start_slideshow(self) -> None:
        """Go to the next photo every few seconds, and from the last one to the first."""
        if self.sliding or not len(self._ids):
            return
        self._canvas.fit()
        self._slides.start()
        self._strip.hide()
        self._bar.slideshow_button.say("pause", self.tr("Stop the slideshow"))
        self._fader.wake()

    def stop_slideshow(self) -> None:
        """Stay on this photo."""
        self._slides.stop()
        self._slide_due = False
        self._strip.show()
        self._bar.slideshow_button.say("play", self.tr("Start the slideshow"))

    @Slot(object)
    def on_picture(self, answer: PictureAnswer) -> None:
        """Take a picture that was asked for, now or earlier."""
        self._supply.take(answer)

    @Slot(object)
    def on_picture_refused(self, refusal: PictureRefused) -> None:
        """Say why a photo can't be shown."""
        self._supply.take_refusal(refusal)

    @Slot()
    def ask_again(self) -> None:
        """Ask anew for what is lacking: the engine was restarted, and what was asked of it is lost."""
        self.reason.hide()
        self._supply.ask_again()

    def step(self, steps: int) -> None:
        """Walk this many photos on, or back; not beyond the first or last."""
        position = min(max(self._position + steps, 0), len(self._ids) - 1)
        if position != self._position:
            self._go(position)

    def find_similar(self) -> None:
        """Ask for photos like the one on screen."""
        if self.current_id is not None:
            self.similar_requested.emit(self.current_id)

    def mark(self, *, more: bool) -> None:
        """Ask for more photos like the one on screen, or for fewer."""
        if self.current_id is not None:
            (self.more_requested if more else self.less_requested).emit(self.current_id)

    def show_marks(self, *, more: bool, less: bool) -> None:
        """Show whether the photo on screen is marked."""
        self._bar.more_button.setChecked(more)
        self._bar.less_button.setChecked(less)

    def draw_part(self) -> None:
        """Let a person draw a box on the photo, to search for what is in it."""
        self._part.begin()

    def attend(self) -> None:
        """A person did something: end a slideshow, and show what floats over the picture."""
        if self.sliding:
            self.stop_slideshow()
        self._fader.wake()

    # Walking.

    def _go(self, position: int, *, at_once: bool = False, fade: bool = False) -> None:
        ahead = 1 if position >= self._position else -1
        self._position = position
        photo_id = int(self._ids[position])
        self._part.end()
        self.reason.hide()
        self._bar.set_caption("")
        self._strip.set_current(position)
        self._supply.thumbnails.want(self._around(_THUMBNAILS_AROUND))
        thumbnail = self._supply.thumbnails.pixmap(photo_id)
        self._canvas.show_photo(thumbnail, self._supply.pictures(photo_id), fade=fade)
        self._patience.start()
        self._show_place()
        self._show_zoom()
        self.current_changed.emit(photo_id)
        neighbours = [position + step for step in (ahead, -ahead) if 0 <= position + step < len(self._ids)]
        if self.sliding:
            neighbours = [self._following()]
        self._supply.look_at(photo_id, self._ids[neighbours].tolist(), at_once=at_once)

    def _around(self, reach: int) -> list[int]:
        """Return the photos that are at most this many steps away, the nearest first."""
        first = max(0, self._position - reach)
        positions = range(first, min(len(self._ids), self._position + reach + 1))
        nearest: list[int] = self._ids[sorted(positions, key=lambda place: abs(place - self._position))].tolist()
        return nearest

    def _show_place(self) -> None:
        count = len(self._ids)
        self._bar.set_counter(f"{number(self._position + 1)} / {number(count)}")
        self._previous.setEnabled(self._position > 0)
        self._next.setEnabled(self._position < count - 1)
        self._describe()

    def _describe(self) -> None:
        text = self.tr("Photo {position} of {count}").format(
            position=number(self._position + 1), count=number(len(self._ids))
        )
        self._canvas.setAccessibleName(f"{self._bar.caption}, {text}" if self._bar.caption else text)

    @Slot()
    def _show_zoom(self) -> None:
        if self._canvas.size_known:
            self._bar.set_zoom(f"{number(self._canvas.lens.zoom * 100)} %")
        elif self._patience.isActive() or self.reason.isVisible():
            self._bar.set_zoom("")
        else:
            self._bar.set_zoom(self.tr("Loading…"))

    @Slot(object)
    def _on_thumbnails(self, photo_ids: tuple[int, ...]) -> None:
        if self.current_id in photo_ids:
            self._on_improved(self.current_id)

    @Slot(object)
    def _on_improved(self, photo_id: int) -> None:
        if photo_id == self.current_id:
            pictures = self._supply.pictures(photo_id)
            if pictures:
                self.reason.hide()
            self._canvas.improve(self._supply.thumbnails.pixmap(photo_id), pictures)
            self._show_zoom()
        self._slide_if_due()

    @Slot(object)
    def _on_refused(self, photo_id: int) -> None:
        reason = self._supply.reason(photo_id)
        if photo_id == self.current_id and reason is not None and not self._supply.pictures(photo_id):
            self._canvas.dim()
            self.reason.tell(reason)
            self._show_zoom()
        self._slide_if_due()

    # The slideshow.

    @Slot()
    def _on_slide(self) -> None:
        """Go on when the next photo is there; when it is late, wait for it, but no longer than for another slide."""
        if self._slide_due:
            self._slide_on()
        else:
            self._slide_due = True
            self._slide_if_due()

    def _slide_if_due(self) -> None:
        if self._slide_due and self._supply.is_settled(int(self._ids[self._following()])):
            self._slide_on()

    def _slide_on(self) -> None:
        self._slide_due = False
        self._slides.start()
        self._go(self._following(), fade=True)

    def _following(self) -> int:
        return (self._position + 1) % len(self._ids)

    # Around the picture.

    def _connect(self) -> None:
        self._supply.requested.connect(self.picture_requested)
        self._supply.improved.connect(self._on_improved)
        self._supply.refused.connect(self._on_refused)
        self._supply.thumbnails.arrived.connect(self._on_thumbnails)
        self._canvas.view_changed.connect(self._show_zoom)
        self._canvas.acted.connect(self._on_acted)
        self._canvas.pointer_moved.connect(self._on_pointer_moved)
        self._canvas.resized.connect(self._on_canvas_resized)
        self._strip.chosen.connect(self._on_chosen)
        self._fader.faded.connect(self._on_faded)
        self._fader.rested.connect(self._on_rested)
        self._patience.timeout.connect(self._show_zoom)
        self._slides.timeout.connect(self._on_slide)
        self._previous.clicked.connect(self._on_previous)
        self._next.clicked.connect(self._on_next)
        self._bar.close_button.clicked.connect(self._on_close)
        self._bar.zoom_button.clicked.connect(self._on_zoom_button)
        self._bar.similar_button.clicked.connect(self._on_similar)
        self._bar.part_button.clicked.connect(self._on_part_button)
        self._part.chosen.connect(self._on_part_chosen)
        self._bar.more_button.clicked.connect(self._on_more)
        self._bar.less_button.clicked.connect(self._on_less)
        self._bar.slideshow_button.clicked.connect(self._on_slideshow_button)
        self._bar.info_button.clicked.connect(self.info_toggled)
        self._bar.full_screen_button.clicked.connect(self.full_screen_toggled)

    @Slot()
    def _on_canvas_resized(self) -> None:
        """Put what floats over the picture in its place."""
        width, height = self._canvas.width(), self._canvas.height()
        self._bar.setGeometry(0, 0, width, self._bar.height())
        top = (height - self._previous.height()) // 2
        self._previous.move(3 * STEP_PX, top)
        self._next.move(width - self._next.width() - 3 * STEP_PX, top)
        self.reason.place()

    @Slot()
    def _on_acted(self) -> None:
        self.attend()

    @Slot()
    def _on_pointer_moved(self) -> None:
        self._canvas.show_pointer()
        self._fader.wake()

    @Slot(float)
    def _on_faded(self, opacity: float) -> None:
        self._bar.set_opacity(opacity)
        self._previous.set_opacity(opacity)
        self._next.set_opacity(opacity)

    @Slot()
    def _on_rested(self) -> None:
        if self.sliding or self.window().isFullScreen():
            self._canvas.hide_pointer()

    @Slot(int)
    def _on_chosen(self, position: int) -> None:
        if position != self._position:
            self._go(position)

    @Slot()
    def _on_previous(self) -> None:
        self.attend()
        self.step(-1)

    @Slot()
    def _on_next(self) -> None:
        self.attend()
        self.step(1)

    @Slot()
    def _on_close(self) -> None:
        self.closed.emit()

    @Slot()
    def _on_zoom_button(self) -> None:
        self.attend()
        self._canvas.toggle_actual_size()

    @Slot()
    def _on_similar(self) -> None:
        self.attend()
        self.find_similar()

    @Slot()
    def _on_part_button(self) -> None:
        self.attend()
        self.draw_part()

    @Slot(object)
    def _on_part_chosen(self, box: Box) -> None:
        if self.current_id is not None:
            self.part_requested.emit(self.current_id, box)

    @Slot()
    def _on_more(self) -> None:
        self.attend()
        self.mark(more=True)

    @Slot()
    def _on_less(self) -> None:
        self.attend()
        self.mark(more=False)

    @Slot()
    def _on_slideshow_button(self) -> None:
        if self.sliding:
            self.stop_slideshow()
        else:
            self.start_slideshow()

    # Qt's own.

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the window's shortcuts."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._keys.mean(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk, zoom, pan."""
        if not self._keys.press(event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Walk with the buttons at the side of a mouse."""
        steps = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}.get(event.button())
        if steps is None:
            event.ignore()
        else:
            self.attend()
            self.step(steps)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Hold no picture that nobody sees."""
        if not event.spontaneous():
            self.stop_slideshow()
            self._part.end()
            self._patience.stop()
            self._fader.stop()
            self._supply.look_away()


def _ground(theme: Theme) -> QColor:
    """Return a nearly black ground of the theme's tint, on which pictures show their own colours best."""
    darkest = min((QColor(theme.background), QColor(theme.text)), key=QColor.lightness)
    return darkest.darker(160)
