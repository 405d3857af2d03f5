"""The vocabulary: which tags there are, what stands for each in words, and which are left out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clipview.core.prompts import Tag
from clipview.engine.messages.tags import VocabularyList
from clipview.ui.wording import plain

_NAME = Qt.ItemDataRole.UserRole


class VocabularyDialog(QDialog):
    """The dialog; what is changed in it is kept at once and can be undone in the window.

    Signals:
        put_wanted(Tag): add this tag, or replace the one of its name.
        rename_wanted(str, str): the old and the new name.
        use_wanted(str, bool): take a tag in again, or leave it out.
        file_wanted(Path): take in a vocabulary file.
    """

    put_wanted = Signal(object)
    rename_wanted = Signal(str, str)
    use_wanted = Signal(str, bool)
    file_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("vocabularyDialog")
        self.setWindowTitle(self.tr("Vocabulary"))
        self.resize(720, 480)
        self._tags: dict[str, Tag] = {}
        self._folder: Path | None = None
        self._chosen: str | None = None
        self._shown: tuple[str | None, Tag | None] | None = None
        self._adding = False
        self._disabled: tuple[str, ...] = ()
        self._renamed: Tag | None = None
        """What a tag should be once it has its new name."""
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Find a tag"))
        self._search.setAccessibleName(self.tr("Find a tag"))
        self._search.textChanged.connect(self._filter)
        self._list = QListWidget()
        self._list.setObjectName("vocabularyList")
        self._list.setAccessibleName(self.tr("Tags"))
        self._list.currentItemChanged.connect(self._on_current)
        self._name, self._group, self._parent = QLineEdit(), QComboBox(), QComboBox()
        self._name.setObjectName("tagName")
        self._name.setMaxLength(100)
        self._group.setEditable(True)
        self._phrases = QPlainTextEdit()
        self._phrases.setObjectName("tagPhrases")
        self._phrases.setPlaceholderText(self.tr("One description a line, such as: a photo of a dog"))
        self._used = QCheckBox(self.tr("Use this tag"))
        self._used.setObjectName("tagUsed")
        self._used.clicked.connect(self._on_used)
        form = QFormLayout()
        form.addRow(self.tr("Name"), self._name)
        form.addRow(self.tr("Group"), self._group)
        form.addRow(self.tr("Is a kind of"), self._parent)
        form.addRow(self.tr("Phrases"), self._phrases)
        form.addRow("", self._used)
        self._note = QLabel()
        self._note.setObjectName("vocabularyNote")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setProperty("look", "dim")
        self._note.setWordWrap(True)
        new = QPushButton(self.tr("New tag"))
        new.setObjectName("newTag")
        new.clicked.connect(self._on_new)
        take = QPushButton(self.tr("Add a file..."))
        take.clicked.connect(self._on_take)
        show = QPushButton(self.tr("Open folder"))
        show.clicked.connect(self._on_show)
        self._save = QPushButton(self.tr("Save"))
        self._save.setObjectName("saveTag")
        self._save.setProperty("look", "primary")
        self._save.clicked.connect(self._on_save)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        for button in (new, take, show, self._save, close):
            button.setAutoDefault(False)
        left = QVBoxLayout()
        left.addWidget(self._search)
        left.addWidget(self._list, 1)
        right = QVBoxLayout()
        right.addLayout(form)
        right.addWidget(self._note)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left, 2)
        body.addLayout(right, 3)
        buttons = QHBoxLayout()
        for button in (new, take, show):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._save)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(body, 1)
        column.addLayout(buttons)

    def show_vocabulary(self, listed: VocabularyList) -> None:
        """Show what counts now; the chosen tag stays chosen."""
        self._tags, self._folder = {tag.name: tag for tag in listed.tags}, listed.own_file.parent
        self._disabled = listed.disabled
        wanted, self._renamed = self._renamed, None
        if wanted is not None and wanted.name in self._tags:
            self._chosen = wanted.name
            self._put(self._tags[wanted.name], wanted)
        self._fill(self._group, sorted({tag.group for tag in listed.tags}))
        self._fill(self._parent, ["", *sorted(self._tags)])
        left_out = self.tr("{tag} (not used)")
        with QSignalBlocker(self._list):
            self._list.clear()
            for name in sorted(self._tags, key=str.casefold):
                self._add(name, plain(name))
            for name in listed.disabled:
                self._add(name, left_out.format(tag=plain(name)))
        self._filter()
        places = [at for at in range(self._list.count()) if self._list.item(at).data(_NAME) == self._chosen]
        self._list.setCurrentRow(places[0] if places else -1 if self._adding else 0)

    @Slot(str)
    def refuse(self, reason: str) -> None:
        """Say why a change wasn't made; what was typed stays."""
        self._renamed = None
        self._say(reason)

    def _say(self, text: str) -> None:
        self._note.setText(plain(text))

    @Slot()
    def _filter(self) -> None:
        wanted = self._search.text().casefold().strip()
        for at in range(self._list.count()):
            item = self._list.item(at)
            item.setHidden(wanted not in item.text().casefold())

    @Slot()
    def _on_current(self) -> None:
        item = self._list.currentItem()
        self._chosen = None if item is None else str(item.data(_NAME))
        self._adding = self._adding and item is None
        tag = self._tags.get(self._chosen or "")
        if self._adding or self._shown == (self._chosen, tag):
            # A list that comes meanwhile must not wipe what is being typed.
            return
        self._shown = self._chosen, tag
        self._name.setText(self._chosen or "")
        self._group.setCurrentText("" if tag is None else tag.group)
        self._parent.setCurrentText("" if tag is None else tag.parent or "")
        self._phrases.setPlainText("" if tag is None else "\n".join(tag.prompts))
        self._used.setChecked(tag is not None)
        self._used.setEnabled(self._chosen is not None)
        self._let_edit(on=tag is not None)

    @Slot()
    def _on_new(self) -> None:
        self._list.setCurrentRow(-1)
        self._adding = False
        self._on_current()
        self._adding = True
        self._let_edit(on=True)
        self._name.setFocus()

    def _let_edit(self, *, on: bool) -> None:
        for part in (self._name, self._group, self._parent, self._phrases, self._save):
            part.setEnabled(on)

    @Slot()
    def _on_used(self) -> None:
        if self._chosen is not None:
            self.use_wanted.emit(self._chosen, self._used.isChecked())

    @Slot()
    def _on_save(self) -> None:
        name = " ".join(self._name.text().split())
        if not name:
            self._say(self.tr("A tag needs a name: type one."))
            return
        before = self._tags.get(self._chosen or "")
        phrases = tuple(filter(None, (line.strip() for line in self._phrases.toPlainText().splitlines()))) or (name,)
        group, parent = self._group.currentText().strip() or "other", self._parent.currentText() or None
        others = {each.casefold(): each for each in (*self._tags, *self._disabled) if each != self._chosen}
        if name.casefold() in others and (before is None or name.casefold() != before.name.casefold()):
            taken = plain(others[name.casefold()])
            self._say(
                self.tr("There is a tag {tag} already. Choose another name; nothing was changed.").format(tag=taken)
            )
            self._name.setFocus()
            self._name.selectAll()
            return
        self._say("")
        exclusive, starter = (None, True) if before is None else (before.exclusive, before.starter)
        tag = Tag(name, group, phrases, parent, exclusive, starter)
        if before is not None and before.name != name:
            # The rest follows when the new name holds: it may be refused.
            self._renamed = tag
            self.rename_wanted.emit(before.name, name)
        else:
            self._chosen, self._adding = name, False
            self._put(before, tag)

    def _put(self, before: Tag | None, tag: Tag) -> None:
        if before is None or (before.group, before.prompts, before.parent) != (tag.group, tag.prompts, tag.parent):
            self.put_wanted.emit(tag)

    @Slot()
    def _on_take(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a vocabulary file"))
        dialog.setNameFilter(self.tr("Vocabularies (*.toml)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.file_wanted.emit(Path(file)))
        dialog.open()

    @Slot()
    def _on_show(self) -> None:
        if self._folder is not None:
            there = self._folder if self._folder.exists() else self._folder.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(there)))

    def _add(self, name: str, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_NAME, name)
        self._list.addItem(item)

    @staticmethod
    def _fill(box: QComboBox, texts: list[str]) -> None:
        current = box.currentText()
        box.clear()
        box.addItems(texts)
        box.setCurrentText(current)
