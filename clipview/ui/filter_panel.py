"""The panel of filters: what the controls say becomes parts of the search, and the other way round."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clipview.core.dates import read_days
from clipview.core.query_syntax import Key, Part, date_range, type_name
from clipview.core.types import Shape
from clipview.engine.messages import Choice, FilterChoices
from clipview.ui.theme import Theme
from clipview.ui.wording import counted, plain

_DATES = (Key.DATE, Key.AFTER, Key.BEFORE)
_HANDLED = (*_DATES, Key.TYPE, Key.IS, Key.RATING, Key.HAS, Key.CAMERA, Key.FOLDER, Key.TAG, Key.ALBUM)
_FAVOURITE = Part(Key.IS, "favourite")
_WIDTH_PX = 380
_MOST_STARS = 5


class FilterPanel(QFrame):
    """Date, type, form, stars, favourites, tag, album, place, camera and folder.

    Signals:
        changed(tuple[Part]): the parts to search with now, those that the panel has no control for included.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("filterPanel")
        self.setAccessibleName(self.tr("Filters"))
        self.setFixedWidth(_WIDTH_PX)
        self._parts: tuple[Part, ...] = ()
        self._since = self._field(self.tr("First date"), self.tr("2019, july 2020"))
        self._until = self._field(self.tr("Last date"), self.tr("today"))
        for field in (self._since, self._until):
            field.textEdited.connect(self._on_dates_edited)
        self._hint = QLabel(self.tr("Write 2019, 2019-07 or july 2019."), self)
        self._hint.setProperty("look", "dim")
        self._type = self._box(self.tr("File type"), Key.TYPE)
        self._camera = self._box(self.tr("Camera"), Key.CAMERA)
        self._tag = self._box(self.tr("Tag"), Key.TAG, typed=True)
        self._album = self._box(self.tr("Album"), Key.ALBUM, typed=True)
        self._favourites = QPushButton(self.tr("Favourites only"), self)
        self._favourites.setCheckable(True)
        self._favourites.clicked.connect(self._on_favourites_clicked)
        self._stars = self._box(self.tr("Stars"), Key.RATING)
        self._place = self._box(self.tr("Place"), Key.HAS)
        self._fill(self._stars, [(self._stars_said(stars), str(stars)) for stars in range(1, _MOST_STARS + 1)])
        self._fill(self._place, [(self.tr("With a place"), "place"), (self.tr("Without a place"), "-place")])
        self._folder = self._field(self.tr("Folder"), self.tr("Name of a folder"))
        self._folder.textEdited.connect(self._on_folder_edited)
        self._forms = QButtonGroup(self)
        self._forms.setExclusive(False)
        self._build()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.setStyleSheet(
            f"#filterPanel {{ background: {theme.panel}; border: 1px solid {theme.line}; }}"
            "#filterPanel QPushButton { padding: 4px 8px; }"
            f"#filterPanel QPushButton:checked {{ background: {theme.accent_ground}; color: {theme.text};"
            f" border: 1px solid {theme.accent}; }}"
        )

    def open_below(self, widget: QWidget, parts: Sequence[Part]) -> None:
        """Appear under a widget, showing what these parts say."""
        self.show_parts(parts)
        self.adjustSize()
        self.move(widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + 4)))
        self.show()
        self._since.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show what these parts say, of each kind the first."""
        self._parts = tuple(parts)
        dates = next((part.value for part in parts if part.key is Key.DATE and part.weight > 0), "")
        after = next((part.value for part in parts if part.key is Key.AFTER and part.weight > 0), "")
        first, dots, last = dates.partition("..")
        self._since.setText(first or after)
        self._until.setText(last if dots else dates)
        self._rows.setRowVisible(self._hint, False)  # noqa: FBT003 - takes no keywords
        self._favourites.setChecked(_FAVOURITE in self._parts)
        for box in (self._type, self._camera, self._stars, self._place, self._tag, self._album):
            self._choose(box, self._value_of(Key(box.property("key"))))
        self._folder.setText(self._value_of(Key.FOLDER))
        for button in self._forms.buttons():
            wanted = Part(Key.IS, str(button.property("shape")))
            with QSignalBlocker(self._forms):
                button.setChecked(wanted in self._parts)

    @Slot(object)
    def show_choices(self, choices: FilterChoices) -> None:
        """Offer the types, cameras, tags and albums that there are."""
        for box, found in (
            (self._type, choices.types),
            (self._camera, choices.cameras),
            (self._tag, choices.tags),
            (self._album, choices.albums),
        ):
            key = Key(box.property("key"))
            self._fill(box, [(_said(one, key), one.name) for one in found])
            self._choose(box, self._value_of(key))

    @Slot(object)
    def _on_dates_edited(self) -> None:
        today = datetime.now().date()
        since, until = self._since.text().strip(), self._until.text().strip()
        valid = all(not text or read_days(text, today) is not None for text in (since, until))
        self._rows.setRowVisible(self._hint, not valid)
        self.adjustSize()
        if valid:
            self._replace(_DATES, [Part(Key.DATE, date_range(since, until))] if since or until else [])

    @Slot(str)
    def _on_folder_edited(self, text: str) -> None:
        name = text.strip()
        self._replace((Key.FOLDER,), [Part(Key.FOLDER, name)] if name.strip("/\\ ") else [])

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        key, value = Key(box.property("key")), str(box.itemData(index) or "")
        part = Part(key, value.removeprefix("-"), -1.0 if value.startswith("-") and key is Key.HAS else 1.0)
        self._replace((key,), [part] if value else [])

    def _on_typed(self, box: QComboBox) -> None:
        """Take the first that begins as was typed, else the first that has it elsewhere."""
        text = box.currentText().strip()
        places = (box.findText(text, how) for how in (Qt.MatchFlag.MatchStartsWith, Qt.MatchFlag.MatchContains))
        place = next((place for place in places if place >= 0), None)
        if place is not None:
            box.setCurrentIndex(place)
            box.activated.emit(place)

    @Slot()
    def _on_forms_clicked(self) -> None:
        shapes = [Part(Key.IS, str(one.property("shape"))) for one in self._forms.buttons() if one.isChecked()]
        others = [part for part in self._parts if part.key is Key.IS and part.value not in set(Shape)]
        self._replace((Key.IS,), [*shapes, *others])

    @Slot(bool)
    def _on_favourites_clicked(self, on: bool) -> None:
        others = [part for part in self._parts if part.key is Key.IS and part != _FAVOURITE]
        self._replace((Key.IS,), [*others, _FAVOURITE] if on else others)

    @Slot()
    def _on_clear(self) -> None:
        self._replace(_HANDLED, [])
        self.show_parts(self._parts)

    def _replace(self, keys: Collection[Key], parts: Sequence[Part]) -> None:
        self._parts = (*(part for part in self._parts if part.key not in keys), *parts)
        self.changed.emit(self._parts)

    def _value_of(self, key: Key) -> str:
        part = next((part for part in self._parts if part.key is key and (part.weight > 0 or key is Key.HAS)), None)
        if part is None:
            return ""
        value = type_name(part.value) if key is Key.TYPE else part.value
        return f"-{value}" if part.weight < 0 else value

    # How it is built.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        rows = self._rows = QFormLayout()
        rows.setHorizontalSpacing(14)
        rows.setVerticalSpacing(8)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        dates = QHBoxLayout()
        dates.setSpacing(6)
        for widget in (self._since, QLabel("\N{EN DASH}", self), self._until):
            dates.addWidget(widget)
        rows.addRow(self.tr("Date"), dates)
        rows.addRow("", self._hint)
        rows.addRow(self.tr("Form"), self._form_buttons())
        stars = QHBoxLayout()
        stars.setSpacing(6)
        stars.addWidget(self._stars, 1)
        stars.addWidget(self._favourites)
        rows.addRow(self._stars.accessibleName(), stars)
        for box in (self._tag, self._album, self._type, self._place, self._camera):
            rows.addRow(box.accessibleName(), box)
        rows.addRow(self.tr("Folder"), self._folder)
        column.addLayout(rows)
        clear = QPushButton(self.tr("Clear the filters"), self)
        clear.setObjectName("clearFilters")
        clear.clicked.connect(self._on_clear)
        column.addWidget(clear, 0, Qt.AlignmentFlag.AlignRight)

    def _form_buttons(self) -> QVBoxLayout:
        names = {
            Shape.LANDSCAPE: self.tr("Landscape"),
            Shape.PORTRAIT: self.tr("Portrait"),
            Shape.SQUARE: self.tr("Square"),
            Shape.PANORAMA: self.tr("Panorama"),
        }
        lines = QVBoxLayout()
        lines.setSpacing(6)
        for pair in (list(names)[:2], list(names)[2:]):
            line = QHBoxLayout()
            line.setSpacing(6)
            for shape in pair:
                button = QPushButton(names[shape], self)
                button.setCheckable(True)
                button.setProperty("shape", shape.value)
                self._forms.addButton(button)
                line.addWidget(button, 1)
            lines.addLayout(line)
        self._forms.buttonClicked.connect(self._on_forms_clicked)
        return lines

    def _field(self, name: str, placeholder: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(placeholder)
        return field

    def _box(self, name: str, key: Key, *, typed: bool = False) -> QComboBox:
        box = QComboBox(self)
        if typed:
            line = QLineEdit(box)
            line.setAccessibleName(name)
            line.returnPressed.connect(partial(self._on_typed, box))
            completer = QCompleter(box.model(), box)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            box.setEditable(True)
            box.setLineEdit(line)
            box.setCompleter(completer)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setObjectName(f"filter-{key}")
        box.setAccessibleName(name)
        box.setProperty("key", key.value)
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fill(box, [])
        box.activated.connect(self._on_chosen)
        return box

    def _fill(self, box: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
        box.clear()
        box.addItem(self.tr("Any"), "")
        for text, value in choices:
            box.addItem(text, value)

    def _choose(self, box: QComboBox, value: str) -> None:
        place = box.findData(value, flags=Qt.MatchFlag.MatchFixedString)
        if place < 0:
            box.addItem(plain(value), value)
            place = box.count() - 1
        box.setCurrentIndex(place)

    def _stars_said(self, stars: int) -> str:
        shown = "\N{BLACK STAR}" * stars
        return shown if stars == _MOST_STARS else self.tr("{stars} and more").replace("{stars}", shown)


def _said(choice: Choice, key: Key) -> str:
    return counted(choice.name.upper() if key is Key.TYPE else choice.name, choice.photos)
