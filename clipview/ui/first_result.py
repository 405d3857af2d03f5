"""What the keyboard finds when it goes from the search field to the photos: the first result, chosen and in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from clipview.ui.window import MainWindow


class FirstResult(QObject):
    """Chooses the first photo once the answer is there, unless another one is chosen by then."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = False
        window.query_bar.results_wanted.connect(self._on_wanted)
        window.live.answered.connect(self._on_answered)

    @Slot()
    def _on_wanted(self) -> None:
        self._wanted = True
        if self._window.session.settled:
            self._on_answered()

    @Slot()
    def _on_answered(self) -> None:
        model, grid = self._window.model, self._window.grid
        wanted, self._wanted = self._wanted, False
        if wanted and grid.hasFocus() and model.count and not model.selection.count:
            photo_id = model.id_at(0)
            model.select_ids((photo_id,))
            grid.reveal(photo_id)
