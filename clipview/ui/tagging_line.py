"""How tagging shows in the status bar: how far it has come, what it added, or that tags are out of date."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from clipview.engine.messages.tags import TaggingEnded, TaggingProgress
from clipview.ui.one_line import OneLine
from clipview.ui.status_bar import link, link_style
from clipview.ui.theme import Theme
from clipview.ui.wording import number, plain

_BAR_PX = 90
_NAMED = 3
"""Tags that the end names."""
_END_MS = 30_000


class TaggingLine(QWidget):
    """One sentence with one button; hidden while there is nothing to say.

    Signals:
        stop_requested(): end the tagging that goes on.
        review_requested(): answer what is unsure.
        renewal_requested(): tag those photos anew whose tags are out of date.
    """

    stop_requested = Signal()
    review_requested = Signal()
    renewal_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("taggingLine")
        self._stale = 0
        self._running = False
        self._ended = QTimer(self, singleShot=True, interval=_END_MS)
        self._ended.timeout.connect(self._show_rest)
        self._text = OneLine(parent=self)
        self._text.setObjectName("taggingText")
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setFixedWidth(_BAR_PX)
        self._bar.setAccessibleName(self.tr("Tagging"))
        self._stop = link(self.tr("Stop"), self, "stopTagging")
        self._stop.setAccessibleName(self.tr("Stop tagging"))
        self._stop.clicked.connect(self.stop_requested)
        self._review = link("", self, "reviewTagged")
        self._review.clicked.connect(self._on_review)
        self._renew = link(self.tr("Tag anew"), self, "renewTags")
        self._renew.clicked.connect(self.renewal_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (self._text, self._bar, *self._links):
            layout.addWidget(part)
        self.set_theme(theme)
        self._show("")

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        for button in self._links:
            button.setStyleSheet(link_style(theme))

    @property
    def running(self) -> bool:
        """Whether tagging goes on, as far as is known."""
        return self._running

    def begin(self, what: str) -> None:
        """Tagging was asked for; `what` names the photos."""
        self._running = True
        self._bar.setRange(0, 0)
        self._show(self.tr("Tagging {what}").format(what=plain(what)), self._bar, self._stop)

    def show_progress(self, progress: TaggingProgress, what: str) -> None:
        """Show how far it has come."""
        self._running = True
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        told = self.tr("Tagging {what}: {done}/{total}").format(
            what=plain(what), done=number(progress.done), total=number(progress.total)
        )
        self._show(told, self._bar, self._stop)

    def end(self, ended: TaggingEnded) -> None:
        """Say what came of it, with the way to what is unsure."""
        self._running = False
        if ended.done:
            self._review.setText(self.tr("Review %Ln", "", ended.unsure))
            self._review.setAccessibleName(self.tr("Review %Ln unsure tags", "", ended.unsure))
            self._show(self._outcome(ended.photos, ended.added), *([self._review] if ended.unsure else []))
        elif ended.failure is None:
            self._show(self.tr("Tagging was stopped. Every tag is as it was before."))
        else:
            self._show(self.tr("Tagging didn't work"))
        self._ended.start()

    def forget(self) -> None:
        """Nobody is tagging any more."""
        self._running = False
        self._show_rest()

    def show_stale(self, photos: int) -> None:
        """Offer to tag so many photos anew, once nothing else is to be said."""
        self._stale = photos
        if not self._running and not self._ended.isActive():
            self._show_rest()

    @property
    def _links(self) -> tuple[QPushButton, ...]:
        return self._stop, self._review, self._renew

    def _outcome(self, photos: int, added: Sequence[tuple[str, int]]) -> str:
        looked = self.tr("%Ln photos tagged", "", photos)
        if not added:
            return self.tr("{photos}: nothing new").format(photos=looked)
        named = ", ".join(f"{plain(name)} {number(more)}" for name, more in added[:_NAMED])
        if len(added) > _NAMED:
            named = self.tr("{tags} and %Ln more tags", "", len(added) - _NAMED).format(tags=named)
        return self.tr("{photos}, new: {tags}").format(photos=looked, tags=named)

    @Slot()
    def _on_review(self) -> None:
        self._ended.stop()
        self._show_rest()
        self.review_requested.emit()

    @Slot()
    def _show_rest(self) -> None:
        if self._stale:
            self._show(self.tr("The tags of %Ln photos are out of date", "", self._stale), self._renew)
        else:
            self._show("")

    def _show(self, text: str, *parts: QWidget) -> None:
        self._ended.stop()
        self._text.setText(text)
        for part in (self._bar, *self._links):
            part.setVisible(part in parts)
        self.setVisible(bool(text))
