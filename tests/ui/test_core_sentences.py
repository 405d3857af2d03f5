"""What core and engine say in English is told in the window's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from windows import until

import clipview
from clipview.core.bin import Discarded
from clipview.core.types import Skipped
from clipview.engine.messages import (
    BinEnded,
    Notice,
    PictureRefused,
    Refused,
    ScanEnded,
    SetAsideAnswer,
    SidecarsWritten,
)
from clipview.ui.core_sentences import PATTERNS, said, with_own_words
from clipview.ui.mailbox import Mailbox
from clipview.ui.session import EngineSession

EMPTY = "The file is empty."
CUT = "The image is cut off: about {share} of it could be read."
IN_USE = (
    "The library {library} is in use by process {process}. Wait until that has finished, or stop it, and try again."
)
OPEN = "{reason} If ClipView is open already, go on in its window."
GERMAN = {
    EMPTY: "Die Datei ist leer.",
    CUT: "Es fehlt ein Teil: {share} sind lesbar.",
    IN_USE: "Prozess {process} benutzt {library}.",
    OPEN: "{reason} Vielleicht ist ClipView schon offen.",
}


class _German(QTranslator):
    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(self, context: str, text: str, _note: str | None = None, _count: int = -1) -> str:
        return GERMAN.get(text, "") if context == "core" else ""


class _Nobody:
    def send(self, message: object) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def german(application: QApplication) -> Iterator[None]:
    translator = _German()
    application.installTranslator(translator)
    yield
    application.removeTranslator(translator)


def spoken(package: str) -> set[str]:
    """All texts of a package, with {} for what is put in."""
    texts = set()
    for file in (Path(clipview.__file__).parent / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                texts.add("".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values))
    return texts


def test_every_pattern_is_a_sentence_of_the_code() -> None:
    known = spoken("core") | spoken("engine")
    assert [one for one in PATTERNS if re.sub(r"\{\w+\}", "{}", one) not in known] == []
    assert len(set(PATTERNS)) == len(PATTERNS)


def test_without_a_translation_each_sentence_stays_as_it_is(application: QApplication) -> None:
    for pattern in PATTERNS:
        sentence = re.sub(r"\{\w+\}", "a {name} of 5 %", pattern)
        assert said(sentence) == sentence
    assert said("Something that nobody foresaw {happened}.") == "Something that nobody foresaw {happened}."


@pytest.mark.usefixtures("german")
def test_the_messages_of_the_engine_arrive_in_the_windows_language() -> None:
    mailbox = Mailbox()
    session = EngineSession(_Nobody(), mailbox, _Nobody)
    session.start()
    busy = IN_USE.format(library="/x", process=12)
    spies = [
        QSignalSpy(signal) for signal in (session.refused, session.picture_refused, session.noticed, session.scan_ended)
    ]
    mailbox.put(Refused(OPEN.format(reason=busy), 3))
    mailbox.put(PictureRefused(1, 2, CUT.format(share="40 %")))
    mailbox.put(Notice(EMPTY))
    mailbox.put(ScanEnded(None, EMPTY))
    until(lambda: all(spy.count() for spy in spies))
    refused, picture, notice, ended = (spy.at(0)[0] for spy in spies)
    assert refused.reason == "Prozess 12 benutzt /x. Vielleicht ist ClipView schon offen."
    assert picture.reason == "Es fehlt ein Teil: 40 % sind lesbar."
    assert notice.text == ended.failure == "Die Datei ist leer."


@pytest.mark.usefixtures("german")
def test_stored_reasons_of_skipped_files_are_told_in_the_windows_language() -> None:
    mailbox = Mailbox()
    numbers: list[int] = []

    class Engine(_Nobody):
        def send(self, message: object) -> None:
            numbers.append(message.number)  # type: ignore[attr-defined]

    session = EngineSession(Engine(), mailbox, _Nobody)
    session.start()
    answered = QSignalSpy(session.set_aside_answered)
    session.list_skipped()
    mailbox.put(SetAsideAnswer(numbers[0], (Skipped(Path("a"), EMPTY), Skipped(Path("b"), "Unknown."))))
    until(answered.count)
    assert [one.reason for one in answered.at(0)[0].skipped] == ["Die Datei ist leer.", "Unknown."]


@pytest.mark.usefixtures("german")
def test_what_a_bin_or_a_sidecar_refused_is_told_in_the_windows_language() -> None:
    failed = (Skipped(Path("a"), EMPTY),)
    assert with_own_words(SidecarsWritten(0, 0, failed)).skipped[0].reason == "Die Datei ist leer."
    assert with_own_words(BinEnded(Discarded((), failed))).discarded.failed[0].reason == "Die Datei ist leer."
