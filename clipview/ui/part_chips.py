"""The chips behind the words of a search: one for each part, those that find no room under one button."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from clipview.core.query_syntax import Key, Part
from clipview.ui.chips import CHIP_PX, Chip
from clipview.ui.part_words import ICONS, said
from clipview.ui.theme import Theme
from clipview.ui.wording import caption

_SPACE_PX = 6
_MORE_PX = 38


class PartChips(QWidget):
    """The parts of a search, to see and to change.

    Signals:
        changed(): a part was flipped, weighted or removed; see `parts`.
        edit_wanted(Part): a part is to become text again; it is no longer among `parts`.
        unwrapped(str): a word is wanted after all and plain text again; it is no longer among `parts`.
        stepped(Chip, int): the keyboard goes from a chip to the left (-1) or right (1).
    """

    changed = Signal()
    edit_wanted = Signal(object)
    unwrapped = Signal(str)
    stepped = Signal(object, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._held: list[tuple[Part, Chip]] = []
        self._room_px = 0
        self._more = QToolButton(self)
        self._more.setObjectName("moreParts")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setProperty("look", "quiet")
        self._more.setFixedSize(_MORE_PX, CHIP_PX)
        self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._menu = QMenu(self._more)
        self._menu.aboutToShow.connect(self._on_about_to_show)
        self._more.setMenu(self._menu)
        self._more.hide()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_SPACE_PX)
        self._line.addWidget(self._more)
        self.hide()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts from left to right."""
        return tuple(part for part, _ in self._held)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Their chips, those without room included."""
        return tuple(chip for _, chip in self._held)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts; chips of parts that stay are kept."""
        before = list(self._held)
        self._held = []
        for part in parts:
            at = next((at for at, (known, _) in enumerate(before) if known == part), None)
            self._held.append((part, self._chip(part)) if at is None else before.pop(at))
        for _, chip in before:
            chip.leave(self._line)
        for place, (_, chip) in enumerate(self._held):
            self._line.removeWidget(chip)
            self._line.insertWidget(place, chip)
        self.setVisible(bool(self._held))
        self._fit()

    def set_room(self, room_px: int) -> None:
        """Take no more room than this."""
        if room_px != self._room_px:
            self._room_px = room_px
            self._fit()

    def take_last(self) -> Part | None:
        """Take the last part away, and return it."""
        if not self._held:
            return None
        part = self._held[-1][0]
        self.show_parts(self.parts[:-1])
        return part

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        for chip in self.chips:
            chip.set_theme(theme)

    def _chip(self, part: Part) -> Chip:
        chip = Chip(
            said(part), part.weight, self._theme, icon_name=ICONS.get(part.key, ""),
            is_filter=part.is_filter, editable=True, parent=self,
        )  # fmt: skip
        chip.removed.connect(self._on_removed)
        chip.edit_wanted.connect(self._on_edit_wanted)
        chip.weight_changed.connect(self._on_weight_changed)
        chip.stepped.connect(self._on_stepped)
        return chip

    def _fit(self) -> None:
        left = self._room_px
        hidden = 0
        for at, (_, chip) in enumerate(self._held):
            needed = chip.sizeHint().width() + _SPACE_PX
            last = at == len(self._held) - 1
            fits = not hidden and (needed <= left if last else needed + _MORE_PX <= left)
            chip.setVisible(fits)
            hidden += not fits
            left -= needed
        self._more.setText(f"+{hidden}")
        self._more.setVisible(hidden > 0)
        self._more.setAccessibleName(self.tr("%n more parts of the search", "", hidden))
        self._more.setToolTip(self._more.accessibleName())

    @Slot()
    def _on_about_to_show(self) -> None:
        self._menu.clear()
        for chip in self.chips:
            if chip.isHidden():
                menu = chip.menu()
                menu.setTitle(caption(chip.says))
                self._menu.addMenu(menu)

    def _place_of(self, chip: object) -> int | None:
        return next((at for at, (_, one) in enumerate(self._held) if one is chip), None)

    def _take(self, chip: object) -> Part | None:
        at = self._place_of(chip)
        if at is None:
            return None
        part = self._held[at][0]
        self.show_parts(self.parts[:at] + self.parts[at + 1 :])
        return part

    @Slot()
    def _on_removed(self) -> None:
        if self._take(self.sender()) is not None:
            self.changed.emit()

    @Slot()
    def _on_edit_wanted(self) -> None:
        part = self._take(self.sender())
        if part is not None:
            self.edit_wanted.emit(part)

    @Slot()
    def _on_weight_changed(self) -> None:
        chip = self.sender()
        at = self._place_of(chip)
        if at is None or not isinstance(chip, Chip):
            return
        part = replace(self._held[at][0], weight=chip.weight)
        if part.key is Key.LOOKS and part.weight == 1:
            # What is wanted like everything else is plain text again.
            self._take(chip)
            self.unwrapped.emit(part.value)
            return
        self._held[at] = (part, chip)
        self._fit()
        self.changed.emit()

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        self.stepped.emit(self.sender(), by)
