"""When the panels beside the photos are shown: as the user wishes, as far as the window is wide enough."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class SidePanel:
    """One panel that goes by itself when the window becomes too narrow, and comes back."""

    def __init__(self, panel: QWidget, needs_px: int, *, wanted: bool) -> None:
        """Rule over a panel.

        Args:
            panel: the panel.
            needs_px: how wide the window must be for it.
            wanted: whether the user wants it, where there is room.
        """
        self._panel = panel
        self._needs_px = needs_px
        self._wanted = wanted
        self._insisted = False
        self._had_room: bool | None = None

    @property
    def wanted(self) -> bool:
        """Whether the user wants it, where there is room."""
        return self._wanted

    @property
    def shown(self) -> bool:
        """Whether it is shown now."""
        return not self._panel.isHidden()

    def fit(self, window_px: int) -> None:
        """Show or hide it for a window of this width."""
        room = window_px >= self._needs_px
        if room != self._had_room:
            self._had_room = room
            self._insisted = False
        self._panel.setVisible(self._wanted and (room or self._insisted))

    def toggle(self, window_px: int) -> None:
        """Show or hide it because the user says so; in a narrow window it then stays until the width changes sides."""
        self._wanted = not self.shown
        self._insisted = self._wanted
        self.fit(window_px)
