"""What is known of the selected photo, beside the grid."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from clipview.core.types import Metadata
from clipview.engine.messages import PhotoDescription, SimilarAnswer
from clipview.ui.icons import icon, icon_pixmap
from clipview.ui.info_parts import MatchBar, Pills, Preview, SimilarStrip, TextBlock, ValueField
from clipview.ui.star_row import StarRow
from clipview.ui.tag_section import TagSection
from clipview.ui.theme import INFO_PX, Theme
from clipview.ui.thumbnails import ThumbnailSource
from clipview.ui.why_section import WhySection
from clipview.ui.wording import coordinates, exposure_time, file_size, moment, number, plain

_EDGE_PX = 16
_SCROLL_BAR_PX = 12
"""Width of the theme's scroll bar, which lies in the page's right edge."""
_LABEL_PX = 64
_SIMILAR = 8
_SETTLE_MS = 120
_NARROWEST_PX = 200
_BADGE_PX = 16


class InfoPanel(QWidget):
    """The info panel; every text in it that comes from a file is shown as it is, never as markup.

    Signals:
        description_requested(int): what is known of this photo?
        similar_wanted(int): which photos are most like this one? Asked once the selection has come to rest.
        similar_requested(int): search for photos like this one.
        photo_chosen(int): go to this photo, one of the similar ones.
        reveal_requested(int): show this photo in its folder.
        rated(int, int): give this photo so many stars.
        favoured(int, bool): make this photo a favourite, or no longer.
        locate_requested(int): this photo is not where it was; its folder lies elsewhere now.
    """

    description_requested = Signal(int)
    similar_wanted = Signal(int)
    similar_requested = Signal(int)
    photo_chosen = Signal(int)
    reveal_requested = Signal(int)
    rated = Signal(int, int)
    favoured = Signal(int, bool)
    locate_requested = Signal(int)

    def __init__(
        self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None, *, pictured: bool = True
    ) -> None:
        """Show nothing yet; see `show_photo`. Not `pictured`, it stands beside the photo itself."""
        super().__init__(parent)
        self.setObjectName("infoPanel")
        self.setAccessibleName(self.tr("Photo details"))
        self.setMinimumWidth(_NARROWEST_PX)
        self._theme = theme
        self._photo_id: int | None = None
        self._values: dict[str, tuple[QLabel, ValueField]] = {}
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)

        self._preview = Preview(thumbnails, theme)
        if not pictured:
            self._preview.hide()
        self._match = QWidget()
        self._match_text = QLabel()
        self._match_text.setObjectName("matchText")
        self._match_text.setStyleSheet("font-weight: 600;")
        self._match_bar = MatchBar(theme)
        self.why = WhySection(theme)
        self._note = _Note()
        self._stars = StarRow(theme)
        self._stars.rated.connect(self._on_rated)
        self._stars.favoured.connect(self._on_favoured)
        self._caption = TextBlock()
        self._caption.setAccessibleName(self.tr("Caption"))
        self._keywords = Pills(theme)
        self.tags = TagSection(theme)
        self._similar_head = _section(self.tr("Similar"))
        self._strip = SimilarStrip(thumbnails, theme)
        self._strip.photo_chosen.connect(self.photo_chosen)
        self._find = QPushButton(self.tr("Find similar"))
        self._find.setObjectName("findSimilarButton")
        self._find.setAccessibleName(self.tr("Find photos similar to this one"))
        self._find.clicked.connect(self._on_find_clicked)
        self._reveal = QPushButton(self.tr("Reveal"))
        self._reveal.setObjectName("revealButton")
        self._reveal.setAccessibleName(self.tr("Show the photo in its folder"))
        self._reveal.clicked.connect(self._on_reveal_clicked)
        self._locate = QPushButton(self.tr("Locate..."))
        self._locate.setObjectName("locateButton")
        self._locate.setAccessibleName(self.tr("Say where the photo's folder is now"))
        self._locate.clicked.connect(self._on_locate_clicked)
        self._locate.hide()

        self._empty = QLabel(self.tr("Select a photo"))
        self._empty.setObjectName("nothingSelected")
        self._empty.setProperty("look", "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, though invisible with nothing to scroll: one that came and went would change the width of the
        # page, with it the height, and with that whether it is needed.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Put together for the first photo: a window that opens shows none.
        self._all: QWidget | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self.set_theme(theme)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the width of the drawings."""
        return QSize(INFO_PX, 400)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        for part in (
            self._preview, self._match_bar, self.why, self._keywords, self._strip, self._note, self._stars, self.tags,
        ):  # fmt: skip
            part.set_theme(theme)
        self._find.setIcon(icon("similar", theme.text, _BADGE_PX))
        self._reveal.setIcon(icon("folder-open", theme.text, _BADGE_PX))
        self._locate.setIcon(icon("drive-offline", theme.text, _BADGE_PX))
        for button in (self._find, self._reveal, self._locate):
            button.setIconSize(QSize(_BADGE_PX, _BADGE_PX))

    @property
    def photo_id(self) -> int | None:
        """The photo that is shown."""
        return self._photo_id

    def show_photo(self, photo_id: int | None, match: int | None) -> None:
        """Show a photo, or that none is selected.

        Args:
            photo_id: the photo.
            match: how well it matches the search, 0 to 100; None when there is no search.
        """
        if photo_id is None:
            self._show_nothing(self.tr("Select a photo"))
            return
        if self._all is None:
            self._all = self._full()
            self._stack.addWidget(self._all)
        self._match.setVisible(match is not None)
        if match is not None:
            self._match_text.setText(self.tr("Match {percent} %").format(percent=number(match)))
            self._match_bar.show_match(match)
        self._stack.setCurrentWidget(self._all)
        if photo_id == self._photo_id:
            return
        self._photo_id = photo_id
        self.why.show_explanation(None)
        self._preview.show_photo(photo_id)
        self.tags.show_tags(())
        self._strip.show_photos(())
        self._similar_head.setVisible(False)
        self._scroll.verticalScrollBar().setValue(0)
        self.description_requested.emit(photo_id)
        self._settle.start()

    def show_several(self, count: int) -> None:
        """Show that several photos are selected."""
        self._show_nothing(self.tr("%Ln photos", "", count))

    def refresh(self) -> None:
        """Ask again about the photo that is shown, because the library has changed."""
        if self._photo_id is not None:
            self.description_requested.emit(self._photo_id)
            self._settle.start()

    @Slot(object)
    def on_description(self, description: PhotoDescription) -> None:
        """Show what is known of the photo; an answer about another one is dropped."""
        if description.photo_id != self._photo_id:
            return
        told = description.metadata
        path = description.paths[0] if description.paths else None
        self._show("taken", "" if told.taken_at is None else moment(told.taken_at))
        self._stars.show_values(told.rating or 0, favourite=description.favourite)
        self._show("albums", ", ".join(description.albums))
        self._show("people", ", ".join(told.people))
        self._show("camera", told.camera or "")
        self._show("lens", told.lens or "")
        self._show("exposure", _exposure(told))
        self._show("focal", f"{number(told.focal_length_mm)} mm" if told.focal_length_mm else "")
        self._show("place", ", ".join(told.places) or _place(told))
        self._show("size", f"{description.width_px} × {description.height_px}")  # noqa: RUF001
        self._show("format", f"{description.format} · {file_size(description.size_bytes)}")
        self._show("file", "" if path is None else path.name)
        self._show("folder", "" if path is None else str(path.parent))
        self._show("copies", self._copies(description.paths[1:]))
        self._caption.setVisible(bool(told.caption))
        self._caption.show_text(told.caption or "")
        self.tags.show_tags(description.tags)
        named = {tag.name.casefold() for tag in description.tags}
        others = [word for word in told.keywords if word.casefold() not in named]
        self._keywords.setVisible(bool(others))
        self._keywords.show_texts(others)
        lost = bool(description.paths) and not description.reachable
        self._reveal.setEnabled(description.reachable)
        self._reveal.setVisible(not lost)
        self._locate.setVisible(lost)
        self._preview.setAccessibleName("" if path is None else plain(path.name))
        self._show_note(description)

    @Slot(object)
    def on_similar(self, answer: SimilarAnswer) -> None:
        """Show the photos most like this one; an answer about another one is dropped."""
        if answer.photo_id != self._photo_id:
            return
        self._strip.show_photos(answer.ids[:_SIMILAR])
        self._similar_head.setVisible(bool(answer.ids))

    @Slot()
    def _on_settled(self) -> None:
        if self._photo_id is not None:
            self.similar_wanted.emit(self._photo_id)

    @Slot(int)
    def _on_rated(self, stars: int) -> None:
        if self._photo_id is not None:
            self.rated.emit(self._photo_id, stars)

    @Slot(bool)
    def _on_favoured(self, favourite: bool) -> None:
        if self._photo_id is not None:
            self.favoured.emit(self._photo_id, favourite)

    @Slot()
    def _on_find_clicked(self) -> None:
        if self._photo_id is not None:
            self.similar_requested.emit(self._photo_id)

    @Slot()
    def _on_reveal_clicked(self) -> None:
        if self._photo_id is not None:
            self.reveal_requested.emit(self._photo_id)

    @Slot()
    def _on_locate_clicked(self) -> None:
        if self._photo_id is not None:
            self.locate_requested.emit(self._photo_id)

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(_EDGE_PX, 12, _EDGE_PX - _SCROLL_BAR_PX, 16)
        column.setSpacing(0)
        column.addWidget(self._preview)
        column.addSpacing(14)
        matched = QVBoxLayout(self._match)
        matched.setContentsMargins(0, 0, 0, 14)
        matched.setSpacing(5)
        matched.addWidget(self._match_text)
        matched.addWidget(self._match_bar)
        column.addWidget(self._match)
        column.addWidget(self.why)
        column.addWidget(self._stars)
        column.addSpacing(10)
        column.addWidget(self._note)
        column.addWidget(self.tags)
        column.addWidget(_section(self.tr("Photo")))
        column.addSpacing(4)
        column.addLayout(self._table())
        column.addSpacing(8)
        column.addWidget(self._caption)
        column.addSpacing(6)
        column.addWidget(self._keywords)
        column.addSpacing(12)
        column.addWidget(self._similar_head)
        column.addSpacing(6)
        column.addWidget(self._strip)
        column.addStretch(1)
        return page

    def _full(self) -> QWidget:
        """Return all about a photo, with the buttons where they stay in reach."""
        self._scroll.setWidget(self._page())
        buttons = QHBoxLayout()
        buttons.setContentsMargins(_EDGE_PX, 8, _EDGE_PX, 12)
        buttons.setSpacing(6)
        for button in (self._find, self._reveal, self._locate):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(buttons)
        return full

    @Slot(int, int)
    def _on_scroll_range_changed(self, least: int, most: int) -> None:
        # The theme draws the handle of a disabled bar in no colour.
        self._scroll.verticalScrollBar().setEnabled(most > least)

    def _table(self) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(8)
        table.setVerticalSpacing(2)
        table.setColumnMinimumWidth(0, _LABEL_PX)
        table.setColumnStretch(1, 1)
        heads = {
            "taken": self.tr("Taken"),
            "albums": self.tr("Albums"),
            "people": self.tr("People"),
            "camera": self.tr("Camera"),
            "lens": self.tr("Lens"),
            "exposure": self.tr("Exposure"),
            "focal": self.tr("Focal"),
            "place": self.tr("Place"),
            "size": self.tr("Size"),
            "format": self.tr("Format"),
            "file": self.tr("File"),
            "folder": self.tr("Folder"),
            "copies": self.tr("Also in"),
        }
        for row, (name, head) in enumerate(heads.items()):
            label, value = QLabel(head), ValueField()
            label.setProperty("look", "dim")
            value.setObjectName(name)
            value.setAccessibleName(head)
            table.addWidget(label, row, 0)
            table.addWidget(value, row, 1)
            self._values[name] = label, value
        return table

    def _show(self, name: str, text: str) -> None:
        label, value = self._values[name]
        value.show_value(text)
        label.setVisible(bool(text))
        value.setVisible(bool(text))

    def _show_nothing(self, text: str) -> None:
        self._photo_id = None
        self._settle.stop()
        self._preview.show_photo(None)
        self._strip.show_photos(())
        self._empty.setText(text)
        self._stack.setCurrentWidget(self._empty)

    def _show_note(self, description: PhotoDescription) -> None:
        if not description.paths:
            self._note.show_note("warning", self.tr("This photo is no longer in the library."))
        elif not description.reachable:
            self._note.show_note(
                "drive-offline", self.tr("Its drive is not connected, or the file was moved. It can still be found.")
            )
        elif description.damaged is not None:
            self._note.show_note("warning", self.tr("Damaged: {reason}").format(reason=description.damaged))
        else:
            self._note.show_note("", "")

    def _copies(self, others: tuple[Path, ...]) -> str:
        if not others:
            return ""
        told = str(others[0].parent)
        more = len(others) - 1
        return self.tr("{folder} and %Ln more", "", more).format(folder=told) if more else told


class _Note(QWidget):
    """A sentence about what is wrong with a photo, with a sign so that colour isn't all that tells."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setObjectName("note")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 10)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._colour = theme.warning
        self._text.setStyleSheet(f"color: {theme.warning};")
        self._show_sign()

    def show_note(self, name: str, text: str) -> None:
        """Show a sentence beside an icon; nothing without one."""
        self._name = name
        self._text.setText(text)
        self._show_sign()
        self.setVisible(bool(text))

    def _show_sign(self) -> None:
        if self._name:
            self._sign.setPixmap(icon_pixmap(self._name, self._colour, _BADGE_PX, self.devicePixelRatioF()))


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", "section")
    return label


def _exposure(told: Metadata) -> str:
    parts = (
        exposure_time(told.exposure_s) if told.exposure_s else "",
        f"f/{number(told.f_number, 0 if told.f_number == int(told.f_number) else 1)}" if told.f_number else "",
        f"ISO {told.iso}" if told.iso else "",
    )
    return " · ".join(filter(None, parts))


def _place(told: Metadata) -> str:
    if told.latitude is None or told.longitude is None:
        return ""
    return coordinates(told.latitude, told.longitude)
