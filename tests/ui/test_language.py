from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

import clipview.ui
from clipview.core.errors import UsageError
from clipview.ui.language import LANGUAGES, VARIABLE, install_language
from clipview.ui.wording import exposure_time, file_size, number, plain, time_left, tooltip
from tools import translations

CODE = Path(clipview.ui.__file__).parent
PLACEHOLDER = re.compile(r"\{\w+\}|%L?n")


@pytest.fixture
def english_again(application: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    yield application
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.fixture(scope="module", params=LANGUAGES)
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a shipped .ts file, and one brought up to date with the code."""
    shipped = translations.FOLDER / f"clipview_{request.param}.ts"
    updated = tmp_path_factory.mktemp("translations") / shipped.name
    shutil.copy(shipped, updated)
    translations.update(updated, request.param)
    return shipped, updated


def test_every_text_of_the_window_is_translated(fresh: tuple[Path, Path]) -> None:
    assert translations.unfinished(fresh[1]) == [], "run `python tools/translations.py`"


def test_the_compiled_translations_are_those_of_the_sources(fresh: tuple[Path, Path], tmp_path: Path) -> None:
    translations.compile_to(fresh[1], tmp_path / "fresh.qm")
    shipped = fresh[0].with_suffix(".qm")
    assert (tmp_path / "fresh.qm").read_bytes() == shipped.read_bytes(), "run `python tools/translations.py`"


def test_translations_keep_the_placeholders_of_their_texts(fresh: tuple[Path, Path]) -> None:
    for message in ElementTree.parse(fresh[0]).iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        for form in forms:
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(source)), form


def test_what_is_counted_has_plural_forms() -> None:
    things = "photos|files|albums|tags|sidecars"
    contexts = ElementTree.parse(translations.FOLDER / "clipview_de.ts").iter("context")
    for message in (one for each in contexts if each.findtext("name") != "core" for one in each.iter("message")):
        assert not re.search(rf"\{{count\}} ({things})\b", message.findtext("source") or "")
    for message in ElementTree.parse(translations.FOLDER / "clipview_en.ts").iter("message"):
        one = message.findtext("translation/numerusform") or ""
        assert not re.search(rf"%L?n (\w+ )?({things})\b", one), one


def test_no_text_hides_from_the_tool_that_collects_them() -> None:
    """A text given to `tr` through a name of one's own, or as an f-string, would never be collected."""
    collected = {
        message.findtext("source")
        for message in ElementTree.parse(translations.FOLDER / "clipview_de.ts").iter("message")
    }
    for file in sorted(CODE.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            at = {"tr": 0, "_tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}.get(name)
            if at is None or len(call.args) <= at:
                continue
            text = call.args[at]
            assert not isinstance(text, ast.JoinedStr), f"{file.name}:{call.lineno} translates an f-string"
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                assert text.value in collected, f"{file.name}:{call.lineno}: {text.value!r}"


def test_the_wanted_language_is_spoken(english_again: QApplication) -> None:
    assert install_language(english_again, "de") == "de"
    assert QCoreApplication.translate("Sidebar", "Add folder") == "Ordner hinzufügen"
    assert number(84_213) == "84.213"
    assert time_left(1_920) == "noch 32 min"


def test_the_variable_chooses_the_language(english_again: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "de")
    assert install_language(english_again) == "de"


def test_a_language_without_translation_is_refused_with_the_choices(
    application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "xx")
    with pytest.raises(UsageError, match="'xx': set CLIPVIEW_LANGUAGE to one of en, de"):
        install_language(application)


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [("en", 1, "1 file"), ("en", 1_204, "1,204 files"), ("de", 1, "1 Datei"), ("de", 1_204, "1.204 Dateien")],
)
def test_plurals_are_right(english_again: QApplication, language: str, count: int, told: str) -> None:
    install_language(english_again, language)
    assert QCoreApplication.translate("SidebarModel", "%Ln files", "", count) == told


def test_numbers_are_grouped_even_where_the_system_says_nothing(english_again: QApplication) -> None:
    QLocale.setDefault(QLocale.c())
    assert number(84_213) == "84,213"


@pytest.mark.parametrize(
    ("size_bytes", "told"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (999_600, "1.0 MB"),
        (7_400_000, "7.4 MB"),
        (4_500_000_000, "4.5 GB"),
    ],
)
def test_sizes_have_two_or_three_figures(application: QApplication, size_bytes: int, told: str) -> None:
    assert file_size(size_bytes) == told


@pytest.mark.parametrize(
    ("seconds", "told"), [(1 / 8_000, "1/8,000 s"), (1 / 250, "1/250 s"), (0.5, "0.5 s"), (2.0, "2 s"), (0.0, "")]
)
def test_exposures_are_written_as_on_a_camera(application: QApplication, seconds: float, told: str) -> None:
    assert exposure_time(seconds) == told


def test_text_from_a_file_becomes_one_plain_line() -> None:
    assert plain("a\n  b\tc\u2028d") == "a b c d"
    assert plain("caf\udce9\ud83d") == "caf\ufffd\ufffd"
    assert "<b>" not in tooltip("<b>")
