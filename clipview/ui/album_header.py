"""What stands above an album's photos: its cover, what it shows, what sets it apart, and what may not belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipview.core.changes import AlbumKind
from clipview.engine.messages import AlbumDescription
from clipview.ui.info_parts import Pills, Preview
from clipview.ui.proposals import ProposalRow
from clipview.ui.theme import Theme
from clipview.ui.thumbnails import ThumbnailSource
from clipview.ui.wording import number, plain, quoted

if TYPE_CHECKING:
    from clipview.core.album_facts import AlbumFacts, Title

_COVER_PX = 132
_TITLE_PX = 18
_COVERAGE = 5
_APART = 3


class AlbumHeader(QWidget):
    """An album's page header; hidden while no album is shown.

    Signals:
        strangers_wanted(tuple): select these photos, which may not belong.
        title_accepted(str): rename the album to the proposed title.
        proposal_answered(int, bool): this photo belongs to a taught album, or it doesn't.
    """

    strangers_wanted = Signal(object)
    title_accepted = Signal(str)
    proposal_answered = Signal(int, bool)

    def __init__(self, thumbnails: ThumbnailSource, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("albumHeader")
        self._facts: AlbumFacts | None = None
        self._proposal = ""
        self._cover = Preview(thumbnails, theme)
        self._cover.setFixedSize(_COVER_PX, round(_COVER_PX / 1.5))
        self._cover.setAccessibleName(self.tr("Cover"))
        self._title, self._about, self._apart = QLabel(), QLabel(), QLabel()
        self._title.setObjectName("albumTitle")
        self._title.setStyleSheet(f"font-size: {_TITLE_PX}px; font-weight: 600;")
        self._about.setObjectName("albumAbout")
        self._apart.setObjectName("albumApart")
        for label in (self._title, self._about, self._apart):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._about, self._apart):
            label.setProperty("look", "dim")
        self._apart.setWordWrap(True)
        self._pills = Pills(theme)
        self._pills.setObjectName("albumCoverage")
        self._strangers = QPushButton()
        self._strangers.setObjectName("albumStrangers")
        self._strangers.clicked.connect(self._on_strangers)
        self._rename = QPushButton()
        self._rename.setObjectName("albumProposal")
        self._rename.clicked.connect(lambda: self.title_accepted.emit(self._proposal))
        for button in (self._strangers, self._rename):
            button.setProperty("look", "quiet")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        head.addWidget(self._rename)
        head.addWidget(self._strangers)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._pills)
        column.addWidget(self._apart)
        column.addStretch(1)
        self._proposals = ProposalRow(thumbnails, theme)
        self._proposals.answered.connect(self.proposal_answered)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._cover, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(15, 4, 14, 12)
        page.setSpacing(10)
        page.addLayout(row)
        page.addWidget(self._proposals)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._cover.set_theme(theme)
        self._pills.set_theme(theme)
        self._proposals.set_theme(theme)

    def show_album(self, description: AlbumDescription) -> None:
        """Show what there is to say about an album; goes away when there is none any more."""
        facts = self._facts = description.facts
        if facts is None or description.kind is None:
            self.hide()
            return
        self._title.setText(plain(description.name))
        kinds = {
            AlbumKind.MANUAL: "",
            AlbumKind.SEARCH: self.tr("fills itself by a search"),
            AlbumKind.TAUGHT: self.tr("fills itself by examples"),
        }
        told = (self.tr("%Ln photos", "", facts.photos), kinds[description.kind])
        self._about.setText(" · ".join(filter(None, told)))
        self._cover.show_photo(facts.cover)
        self._cover.setVisible(facts.cover is not None)
        shares = [f"{each.tag} {number(each.share * 100)} %" for each in facts.coverage[:_COVERAGE]]
        self._pills.show_texts(shares)
        self._pills.setVisible(bool(shares))
        self._apart.setText(self._apart_text(facts))
        self._apart.setVisible(bool(facts.distinctive))
        self._proposals.show_lesson(description.lesson)
        strangers = len(facts.strangers)
        self._strangers.setText(self.tr("%Ln may not belong", "", strangers))
        self._strangers.setToolTip(self.tr("Select the photos that are least like the others"))
        self._strangers.setVisible(strangers > 0)
        self._proposal = title_text(facts.title)
        proposed = bool(self._proposal) and self._proposal.casefold() not in description.name.casefold()
        self._rename.setText(self.tr("Call it {title}").format(title=quoted(plain(self._proposal))))
        self._rename.setVisible(proposed and description.kind is AlbumKind.MANUAL)
        self.show()

    def _apart_text(self, facts: AlbumFacts) -> str:
        told = [
            self.tr("{tag} ({share} %, elsewhere {elsewhere} %)").format(
                tag=each.tag, share=number(each.share * 100), elsewhere=number(each.library_share * 100)
            )
            for each in facts.distinctive[:_APART]
        ]
        # A figure and its sign stay on one line.
        return self.tr("More than in your library: {tags}").format(tags=", ".join(told)).replace(" %", "\u00a0%")

    @Slot()
    def _on_strangers(self) -> None:
        if self._facts is not None:
            self.strangers_wanted.emit(self._facts.strangers)


def title_text(title: Title) -> str:
    """Put a proposed title into words, such as "Beach and boat, July 2019"."""
    tags = [tag[:1].upper() + tag[1:] if place == 0 else tag for place, tag in enumerate(title.tags)]
    what = QCoreApplication.translate("AlbumHeader", " and ").join(tags)
    if title.first is None or title.last is None:
        return what
    first, last = title.first, title.last
    if (first.year, first.month) == (last.year, last.month):
        when = QLocale().toString(QDate(first.year, first.month, 1), "MMMM yyyy")
    elif first.year == last.year:
        when = str(first.year)
    else:
        when = f"{first.year}-{last.year}"
    return ", ".join(filter(None, (what, when)))
