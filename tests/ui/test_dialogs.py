from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from panel_states import CLIP, SIGLIP, STARTER, find, library_state, received
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QTableView,
    QWidget,
)

from clipview.core.encoders.catalogue import catalogue
from clipview.core.model_facts import Fidelity, Int8Form, PictureRun
from clipview.core.types import Skipped
from clipview.engine.messages import ModelEnded, ModelProgress, SetAsideAnswer
from clipview.ui.about_dialog import AboutDialog
from clipview.ui.models_dialog import USES, ModelsDialog
from clipview.ui.problems_page import ProblemsPage, SkippedModel
from clipview.ui.shortcut_sheet import ShortcutSheet
from clipview.ui.shortcuts import SHORTCUTS, shortcut
from clipview.ui.theme import DARK, LIGHT

Show = Callable[[QWidget], None]


@pytest.fixture
def show(application: QApplication) -> Iterator[Show]:
    shown: list[QWidget] = []

    def do(widget: QWidget) -> None:
        shown.append(widget)
        widget.show()
        QTest.qWaitForWindowExposed(widget)

    yield do
    for widget in shown:
        widget.close()


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


# ---- problems ----

SKIPPED = (
    Skipped(Path("/photos/a/IMG_1.CR3"), "The file is empty."),
    Skipped(Path("/photos/b/<b>x<.jpg"), "It took longer than 10 seconds to read."),
    Skipped(Path("/photos/b/caf\udce9.jpg"), "This is a text file, not a picture."),
)


@pytest.fixture
def problems(show: Show) -> ProblemsPage:
    page = ProblemsPage(DARK)
    page.resize(800, 400)
    page.show_skipped(SetAsideAnswer(1, SKIPPED))
    show(page)
    return page


def button(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text and not each.isHidden())


def test_every_skipped_file_is_listed_with_its_reason_and_folder(problems: ProblemsPage) -> None:
    model = find(problems, QTableView, "problemsTable").model()
    rows = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert rows == [
        ["IMG_1.CR3", "The file is empty.", "/photos/a"],
        ["<b>x<.jpg", "It took longer than 10 seconds to read.", "/photos/b"],
        ["caf\ufffd.jpg", "This is a text file, not a picture.", "/photos/b"],
    ]
    assert "&lt;b&gt;" in model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_trying_again_and_going_back_are_asked_for(problems: ProblemsPage) -> None:
    retry, back = QSignalSpy(problems.retry_requested), QSignalSpy(problems.back_requested)
    button(problems, "Try again").click()
    button(problems, "Back").click()
    assert (retry.count(), back.count()) == (1, 1)


def test_the_chosen_file_is_shown_in_its_folder(problems: ProblemsPage) -> None:
    asked = QSignalSpy(problems.reveal_requested)
    assert not button(problems, "Reveal").isEnabled()
    find(problems, QTableView, "problemsTable").selectRow(1)
    button(problems, "Reveal").click()
    table = find(problems, QTableView, "problemsTable")
    table.customContextMenuRequested.emit(table.visualRect(table.model().index(0, 0)).center())
    menu = problems.findChildren(QMenu)[0]
    menu.actions()[0].trigger()
    menu.close()
    assert received(asked) == [[SKIPPED[1].path], [SKIPPED[0].path]]


def test_without_problems_the_page_says_so(problems: ProblemsPage) -> None:
    problems.show_skipped(SetAsideAnswer(2, ()))
    assert find(problems, QLabel, "noProblems").isVisible()
    assert button(problems, "Back").isVisible()
    assert [each.text() for each in problems.findChildren(QPushButton) if each.isVisible()] == ["Back"]


def test_ten_thousand_problems_make_no_row_that_is_not_seen(show: Show) -> None:
    asked: list[int] = []

    class Counting(tuple[Skipped, ...]):
        __slots__ = ()

        def __getitem__(self, row):  # type: ignore[no-untyped-def]
            asked.append(row)
            return super().__getitem__(row)

    page = ProblemsPage(DARK)
    page.resize(800, 400)
    page.show_skipped(SetAsideAnswer(1, Counting(SKIPPED * 4_000)))
    show(page)
    page.grab()
    assert asked
    assert max(asked) < 100


def test_the_model_of_problems_keeps_qt_s_rules(application: QApplication) -> None:
    model = SkippedModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_skipped(SKIPPED)
    model.show_skipped(())
    assert tester.model().rowCount(QModelIndex()) == 0


def test_the_theme_changes_how_problems_are_drawn(problems: ProblemsPage) -> None:
    dark = problems.grab().toImage()
    problems.set_theme(LIGHT)
    assert problems.grab().toImage() != dark


# ---- models ----


@pytest.fixture
def models(show: Show) -> ModelsDialog:
    dialog = ModelsDialog()
    dialog.show_state(library_state())
    show(dialog)
    return dialog


def shown_buttons(dialog: ModelsDialog) -> dict[str, QPushButton]:
    """Return the visible buttons by what they say and on which model, in a screen reader's words."""
    return {each.accessibleName(): each for each in dialog.findChildren(QPushButton) if each.isVisible()}


def on(dialog: ModelsDialog, name: str) -> QPushButton:
    return next(each for said, each in shown_buttons(dialog).items() if said.endswith(name))


def test_each_model_offers_the_one_thing_to_do(models: ModelsDialog) -> None:
    assert on(models, CLIP.name).text() == "Get"
    assert on(models, SIGLIP.name).text() == "Use"
    assert not any(said.endswith(STARTER.name) for said in shown_buttons(models))
    assert "In use" in texts(models)
    assert "600 MB" in texts(models)
    assert "Fast on a CPU" in texts(models)
    assert "ViT-B-32-256 / datacomp_s34b_b86k · MIT" in texts(models)


def test_using_a_model_is_asked_for(models: ModelsDialog) -> None:
    asked = QSignalSpy(models.use_requested)
    on(models, SIGLIP.name).click()
    assert received(asked) == [[SIGLIP.name]]
    models.show_state(library_state(wanted_model=SIGLIP.name))
    assert "Being built" in texts(models)
    models.show_state(library_state(model=SIGLIP.name))
    assert on(models, STARTER.name).text() == "Use"


def test_the_model_in_use_tells_how_pictures_run_and_lets_its_int8_form_be_tried(models: ModelsDialog) -> None:
    def shown(speed: float | None, fidelity: Fidelity | None, model: str = SIGLIP.name, wanted: str = "") -> list[str]:
        run = PictureRun("OpenVINO", "float32", speed=speed)
        told = replace(SIGLIP, run=run, int8=Int8Form(int8, fidelity))
        models.show_state(library_state(model=model, wanted_model=wanted or model, models=(STARTER, told)))
        QApplication.processEvents()
        return texts(models)

    int8 = f"{SIGLIP.name}@int8"
    passed = Fidelity("", 256, 0.9996, 0.998, 0.963)
    asked = QSignalSpy(models.use_requested)
    assert "Pictures run with OpenVINO in float32." in shown(None, None)
    assert "Pictures run with OpenVINO in float32, measured as the fastest way here." in shown(1.0, None)
    assert "Pictures run with OpenVINO in float32, measured 1.9 times as fast as PyTorch." in shown(1.94, None)
    on(models, f"Try int8: {SIGLIP.name}").click()
    assert received(asked) == [[int8]]
    assert "Its int8 form is tried on your photos..." in texts(models)
    models.on_ended(ModelEnded(int8, "It was refused."))
    assert "It was refused." in texts(models)
    assert "Its int8 form is tried on your photos..." not in texts(models)
    on(models, f"Try int8: {SIGLIP.name}").click()
    models.on_died()
    assert on(models, f"Try int8: {SIGLIP.name}").isVisible(), "the engine died of it, so it can be tried again"
    refused = "Its int8 form was refused: of each photo's ten nearest 88.9 % stay, 95 % are needed."
    assert refused in shown(1.9, replace(passed, agreement=0.889))
    assert "Its int8 form was refused: cosines are 0.9980, at least 0.9900; 0.999 and 0.995 are needed." in shown(
        1.9, replace(passed, mean=0.998, least=0.99)
    )
    assert "Its int8 form is being built." in shown(1.9, passed, wanted=int8)
    assert "Its int8 form passed: of each photo's ten nearest 96.3 % stay, tried on 256 photos." in shown(
        1.9, passed, model=int8
    )
    assert "In use" in texts(models)
    on(models, f"Back to the exact one: {SIGLIP.name}").click()
    assert received(asked) == [[int8], [int8], [SIGLIP.name]]


def test_a_download_is_followed_and_can_be_cancelled(models: ModelsDialog) -> None:
    asked, stopped = QSignalSpy(models.get_requested), QSignalSpy(models.stop_requested)
    on(models, CLIP.name).click()
    assert received(asked) == [[CLIP.name]]
    assert "Connecting..." in texts(models)
    models.on_progress(ModelProgress(CLIP.name, 3_000_000_000, 6_000_000_000, 12_300_000.0))
    assert "50 % · 3.0 GB of 6.0 GB · 12.3 MB/s · 4 min left" in texts(models)
    assert next(bar for bar in models.findChildren(QProgressBar) if bar.isVisible()).value() == 500
    assert on(models, CLIP.name).text() == "Cancel"
    on(models, CLIP.name).click()
    assert stopped.count() == 1
    models.on_ended(ModelEnded(CLIP.name))
    assert on(models, CLIP.name).text() == "Get"
    assert not any(bar.isVisible() for bar in models.findChildren(QProgressBar))


def test_one_download_runs_at_a_time(models: ModelsDialog) -> None:
    other = replace(CLIP, name="RN50/openai")
    models.show_state(library_state(models=(STARTER, CLIP, other)))
    QApplication.processEvents()
    models.on_progress(ModelProgress(CLIP.name, 1, 2, 0.0))
    assert not on(models, other.name).isEnabled()
    models.on_ended(ModelEnded(CLIP.name))
    assert on(models, other.name).isEnabled()


def test_a_failed_download_says_why_and_can_be_tried_again(models: ModelsDialog) -> None:
    models.on_progress(ModelProgress(CLIP.name, 1, 2, 0.0))
    models.on_ended(ModelEnded(CLIP.name, "The file is damaged: <b>get it again</b>."))
    trouble = find(models, QLabel, "modelTrouble")
    assert trouble.isVisible()
    assert trouble.text() == "The file is damaged: <b>get it again</b>."
    assert trouble.textFormat() is Qt.TextFormat.PlainText
    assert on(models, CLIP.name).text() == "Try again"
    on(models, CLIP.name).click()
    assert not trouble.isVisible()


def test_a_model_that_is_gone_leaves_the_list(models: ModelsDialog) -> None:
    models.show_state(library_state(models=(STARTER,)))
    QApplication.processEvents()
    assert not any(said.endswith(CLIP.name) for said in shown_buttons(models))


@pytest.mark.parametrize(
    ("file", "guess"),
    [("ViT-L-14-336_laion.bin", "ViT-L-14-336"), ("vit_b_16.pt", "ViT-B-16"), ("model.safetensors", "ViT-B-32")],
)
def test_importing_a_file_asks_for_its_architecture_and_guesses_from_its_name(
    models: ModelsDialog, file: str, guess: str
) -> None:
    asked = QSignalSpy(models.import_requested)
    models.import_file(Path("/models") / file)
    question = find(models, QDialog, "architectureDialog")
    assert question.findChildren(QComboBox)[0].currentText() == guess
    button(question, "Import").click()
    assert received(asked) == [[Path("/models") / file, guess]]


def test_an_import_needs_an_architecture_and_can_be_cancelled(models: ModelsDialog) -> None:
    asked = QSignalSpy(models.import_requested)
    models.import_file(Path("/models/a.pt"))
    question = find(models, QDialog, "architectureDialog")
    question.findChildren(QComboBox)[0].setCurrentText("  ")
    button(question, "Import").click()
    assert question.isVisible()
    button(question, "Cancel").click()
    assert asked.count() == 0


def test_every_use_that_the_library_names_can_be_translated(tmp_path: Path) -> None:
    assert {entry.use for entry in catalogue(tmp_path)} <= set(USES)


# ---- shortcuts ----


def test_the_sheet_shows_every_shortcut(show: Show) -> None:
    sheet = ShortcutSheet()
    show(sheet)
    told = texts(sheet)
    assert all(entry.text in told for entry in SHORTCUTS)
    assert "Ctrl+F   Ctrl+K   /" in told


def test_escape_closes_the_sheet(show: Show) -> None:
    sheet = ShortcutSheet()
    show(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_no_two_actions_share_a_key() -> None:
    # The review desk takes its keys itself while it is shown.
    for desk in (True, False):
        keys = [key for entry in SHORTCUTS if (entry.group == "Review desk") is desk for key in entry.keys]
        assert len(keys) == len(set(keys))


def test_every_listed_key_is_one_that_qt_knows(application: QApplication) -> None:
    for entry in SHORTCUTS:
        for sequence in shortcut(entry.action_name) if entry.action_name else []:
            assert sequence.count() == 1
            assert sequence[0].key() != Qt.Key.Key_unknown


def test_an_action_finds_its_keys_by_name() -> None:
    assert shortcut("back") == [QKeySequence("Alt+Left")]
    with pytest.raises(KeyError, match="no such action"):
        shortcut("no such action")


# ---- about ----


def test_the_about_dialog_tells_version_and_promise(show: Show) -> None:
    dialog = AboutDialog()
    show(dialog)
    told = " ".join(texts(dialog))
    assert "ClipView" in told
    assert "photo files are never changed" in told
    button(dialog, "Close").click()
    assert not dialog.isVisible()
