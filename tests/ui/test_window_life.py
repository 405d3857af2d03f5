from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import msgpack
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)
from windows import ColourEncoder, Indexed, Opened, family, hold, paint, places_in, save_picture, until, wait_for_end

from clipview.core.library import Library
from clipview.core.places import Places
from clipview.core.types import Fold
from clipview.engine.messages import ModelProgress
from clipview.ui.message_page import MessagePage
from clipview.ui.models_dialog import ModelsDialog
from clipview.ui.one_window import OneWindow, bring_forward
from clipview.ui.theme import DARK, ThemeChoice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses signals and /proc")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two photos of each of three colours, to be copied."""
    folder = tmp_path_factory.mktemp("window-life")
    for colour in ("red", "green", "blue"):
        for number in range(2):
            paint(folder / "photos" / f"{colour}{number}.jpg", colour, size=(64 + number, 48))
    Indexed(places_in(folder), ColourEncoder()).index(folder / "photos")
    return folder


@pytest.fixture
def photos(template: Path) -> Path:
    return template / "photos"


@pytest.fixture
def library(template: Path, tmp_path: Path) -> Path:
    """A library of this test's own, of the photos that all share."""
    shutil.copytree(template / "library", tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def open_one(application: QApplication, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    windows: list[Opened] = []

    def open_(**options: object) -> Opened:
        windows.append(Opened(application, places_in(tmp_path), **options))  # type: ignore[arg-type]
        return windows[-1]

    yield open_
    for window in windows:
        window.close()


def engine_of(opened: Opened) -> int:
    until(lambda: opened.clients[-1].process_id)
    found = opened.clients[-1].process_id
    assert found is not None
    return found


def test_an_empty_library_shows_how_to_begin_and_fills_while_it_scans(open_one, photos):
    opened = open_one()
    until(lambda: opened.window.desk.state is not None)
    assert opened.window.desk.first_run.isVisible()
    assert not opened.window.grid.isVisible()
    save_picture(opened.window, "first-run")
    opened.window.desk.add_folders((photos,))
    until(lambda: opened.window.grid.isVisible() and opened.window.model.count == 6)
    opened.search("red")
    assert set(opened.strong) == {"red0.jpg", "red1.jpg"}


def test_an_engine_killed_while_searching_is_replaced_and_search_and_review_go_on(open_one, library):
    opened = open_one().ready()
    opened.window.actions_by_name["models"].trigger()
    models = opened.window.findChild(ModelsDialog)
    opened.window.session.model_progressed.emit(ModelProgress(opened.window.desk.state.models[-1].name, 1, 2, 0.0))
    assert any(bar.isVisible() for bar in models.findChildren(QProgressBar))
    os.kill(engine_of(opened), signal.SIGKILL)
    told = opened.window.status.findChild(QLabel, "message")
    until(lambda: "search engine stopped and was started again" in told.text())
    assert not any(bar.isVisible() for bar in models.findChildren(QProgressBar)), "nobody downloads any more"
    models.close()
    opened.come_forward()
    opened.type("blue")
    opened.window.tagging.review()
    until(lambda: opened.window.session.settled and opened.strong and opened.strong[0].startswith("blue"))
    nothing = opened.window.tagging.page.findChild(QLabel, "reviewNothing")
    until(lambda: nothing.text() == "No photo was tagged yet, so there is nothing to review.")
    opened.window.show_photos()
    assert opened.window.isVisible()
    save_picture(opened.window, "engine-died")


def test_an_engine_killed_while_scanning_goes_on_with_the_scan_and_first_with_what_is_looked_at(
    open_one, library, tmp_path
):
    opened = open_one(entry="held").ready()
    late = tmp_path / "late"
    for number in range(100):
        paint(tmp_path / "more" / f"yellow{number}.jpg", "yellow", size=(64 + number, 48))
    for number in range(4):
        os.utime(paint(late / f"old{number}.jpg", "yellow", size=(64 + number, 50)), (1_000_000_000, 1_000_000_000))
    steps: list[object] = []
    opened.window.session.scan_progressed.connect(steps.append)
    held = hold(opened.places)
    opened.window.desk.add_folders((tmp_path / "more", late))
    until(lambda: any(step.step.total for step in steps))
    assert "Searching" in opened.line
    save_picture(opened.window, "scanning")
    # Before the folder is looked at: what the engine had in its hands when it died comes last.
    os.kill(engine_of(opened), signal.SIGKILL)
    opened.window.sidebar.folder_selected.emit(late)
    told = opened.window.status.findChild(QLabel, "message")
    until(lambda: "started again; indexing goes on" in told.text())
    until(lambda: opened.window.session.settled)
    held.unlink()
    until(lambda: opened.window.desk.state.searchable == 110 and not opened.window.session.scanning)
    until(lambda: opened.window.model.count == 4)
    looked_at = opened.window.model.ids
    opened.window.sidebar.all_photos_requested.emit()
    until(lambda: opened.window.model.count == 110)
    # The newest come first otherwise, and these are the oldest.
    assert looked_at.max() < opened.window.model.ids.max() - 4


def test_a_scan_that_ends_every_engine_is_given_up_so_that_searching_goes_on(open_one, library, tmp_path):
    opened = open_one(entry="dies_of_pictures").ready()
    paint(tmp_path / "more" / "yellow.jpg", "yellow")
    deaths: list[object] = []
    opened.window.session.died.connect(deaths.append)
    opened.window.desk.add_folders((tmp_path / "more",))
    until(lambda: "F5" in opened.window.toast.text(), 180)
    assert len(deaths) == 2
    save_picture(opened.window, "scan-given-up")
    opened.search("red")
    assert set(opened.strong) == {"red0.jpg", "red1.jpg"}
    assert len(deaths) == 2


def test_the_selection_and_the_place_stay_while_a_scan_adds_photos(open_one, library, tmp_path):
    opened = open_one().ready()
    opened.click("green1.jpg")
    chosen = opened.window.model.selected_ids
    paint(tmp_path / "more" / "white0.jpg", "white")
    opened.window.desk.add_folders((tmp_path / "more",))
    until(lambda: opened.window.model.count == 7)
    assert opened.window.model.selected_ids == chosen


def test_closing_the_window_leaves_no_process_behind(open_one, library):
    opened = open_one().ready()
    processes = family(engine_of(opened))
    opened.close()
    assert wait_for_end(processes) == []


def test_a_library_in_use_is_refused_in_words_and_opens_once_it_is_free(open_one, library, tmp_path):
    with Library.open(places_in(tmp_path), write=True):
        opened = open_one()
        until(lambda: opened.window.message.isVisible())
        assert str(places_in(tmp_path).library) in opened.window.message.text
        save_picture(opened.window, "refused")
    QTest.mouseClick(opened.window.message.findChild(QPushButton), Qt.MouseButton.LeftButton)
    until(lambda: opened.window.grid.isVisible() and opened.window.model.count == 6)
    opened.search("red")
    assert opened.strong[0].startswith("red")


def test_the_window_remembers_its_panels_its_choices_and_what_was_searched_for(open_one, library, tmp_path):
    opened = open_one(remembers=True).ready()
    opened.window.resize(1300, 800)
    opened.window.grid.set_cell_px(200)
    opened.window.grid.setFocus()
    opened.press(Qt.Key.Key_B)
    assert not opened.window.sidebar.isVisible()
    opened.window.result_bar.fold.setChecked(True)
    for words in ("green", "red -blue "):
        opened.search(words)
        opened.press(Qt.Key.Key_Return)
    opened.close()
    kept = json.loads((tmp_path / "library" / "window.json").read_text())
    assert (kept["width"], kept["height"], kept["sidebar"], kept["cell_px"]) == (1300, 800, False, 200)
    again = open_one(remembers=True).ready()
    assert not again.window.sidebar.isVisible()
    assert again.window.grid.cell_px == 200
    assert again.window.width() == 1300
    live = again.window.live
    assert live.fold is Fold.MOMENT
    until(lambda: [question.words for question in live.beside(-1)] == ["red", "green"])
    again.window.actions_by_name["back"].trigger()
    until(lambda: again.window.session.settled)
    assert again.strong[0].startswith("red")
    assert [chip.says for chip in again.window.query_bar.chips] == ["\N{MINUS SIGN} blue"]
    live.forget()
    assert not live.can_go_back
    again.close()
    assert not open_one(remembers=True).ready().window.live.can_go_back


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_full_disk_does_not_keep_the_window_from_closing(open_one, library):
    opened = open_one(remembers=True).ready()
    processes = family(engine_of(opened))
    until(lambda: pictured(opened) == 6)
    for name in ("window.json", "window-page", "window-pictures"):
        (library / f".{name}.{os.getpid()}.part").symlink_to("/dev/full")
    opened.close()
    assert wait_for_end(processes) == []
    assert list(library.glob("*window*")) == []


def pictured(opened: Opened) -> int:
    window = opened.window
    return sum(window.thumbnails.pixmap(photo_id) is not None for photo_id in window.grid.visible_ids())


def test_pictures_of_the_last_time_give_way_to_what_the_thumbnails_show_now(open_one, library, photos):
    first = open_one(remembers=True).ready()
    until(lambda: pictured(first) == 6)
    photo_id = first.id_of("red0.jpg")
    first.close()
    kept = library / "window-pictures"
    pictures = msgpack.decode(kept.read_bytes())
    green = [one | {"pixels": bytes.fromhex("00ff00ff") * (len(one["pixels"]) // 4)} for one in pictures]
    kept.write_bytes(msgpack.encode(green))
    again = open_one(remembers=True)

    def shown() -> QColor:
        pixmap = again.window.thumbnails.pixmap(photo_id)
        assert pixmap is not None
        image = pixmap.toImage()
        return image.pixelColor(image.rect().center())

    assert shown() == QColor("#00ff00")
    again.ready()
    until(lambda: shown().red() > 200)


def test_the_next_start_shows_photos_before_the_engine_is_ready(open_one, library):
    first = open_one(remembers=True).ready()
    until(lambda: pictured(first) == 6)
    first.close()
    again = open_one(remembers=True)
    assert again.window.model.count == 6
    assert pictured(again) == 6
    assert again.window.desk.state is None, "the engine has not answered yet"
    again.ready()
    assert again.window.model.count == 6
    again.close()
    page = msgpack.decode((library / "window-page").read_bytes())
    (library / "window-page").write_bytes(msgpack.encode(page | {"locale": "\u00e9"}).replace(b"\xc3\xa9", b"\xff\xff"))
    (library / "window-pictures").write_bytes(b"\x93NUMPY of something else")
    broken = open_one(remembers=True)
    assert broken.window.model.count == 0
    broken.close()
    (library / "window-page").write_bytes(msgpack.encode(page | {"colours": b"odd"}))
    broken = open_one(remembers=True)
    assert broken.window.model.count == 0
    broken.ready()
    assert broken.window.model.count == 6


_FIRST_PAINT = """
import sys
from PySide6.QtCore import QEvent, QObject
from clipview.config import places
from clipview.ui.app import make_application, make_window
from clipview.ui.mailbox import Mailbox

class NoEngine:
    def send(self, message): pass
    def close(self): pass

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not window.is_complete:
            print(window.model.count, "numpy" in sys.modules)
        return False

application = make_application()
window = make_window(application, places(), NoEngine(), Mailbox(), lambda restore: NoEngine())
watch = Watch()
window.grid.viewport().installEventFilter(watch)
window.show()
while not (window.is_complete and window.info.isVisible()):
    application.processEvents()
window.close()
"""


def test_the_first_paint_has_the_photos_before_numpy_and_most_of_the_window_are_loaded(open_one, library, tmp_path):
    first = open_one(remembers=True).ready()
    until(lambda: pictured(first) == 6)
    first.close()
    environment = os.environ | {"CLIPVIEW_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAINT], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("6 False\n", "")


def test_a_window_file_that_makes_no_sense_is_forgotten(open_one, library, tmp_path):
    (tmp_path / "library" / "window.json").write_text('{"width": true, "cell_px": "wide", "theme": 3, "info": false}')
    opened = open_one(remembers=True).ready()
    assert opened.window.width() == 1440
    assert not opened.window.info.isVisible()


def test_side_panels_go_in_a_narrow_window_and_come_back(open_one, library):
    opened = open_one().ready()
    window = opened.window
    window.resize(800, 600)
    until(lambda: not window.info.isVisible())
    assert window.width() == 800
    assert window.sidebar.isVisible()
    save_picture(window, "800x600")
    window.resize(560, 500)
    until(lambda: not window.sidebar.isVisible())
    window.grid.setFocus()
    opened.press(Qt.Key.Key_I)
    assert window.info.isVisible(), "a panel that is called for is shown all the same"
    window.resize(1400, 900)
    until(lambda: window.sidebar.isVisible() and window.info.isVisible())


def test_the_theme_changes_while_the_window_is_open(open_one, library):
    opened = open_one().ready()
    opened.search("red")
    opened.window.appearance.choose(ThemeChoice.LIGHT)
    image = opened.window.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() - 80).lightness() > 200
    save_picture(opened.window, "light")
    opened.window.appearance.choose(ThemeChoice.DARK)


def test_a_second_start_brings_the_first_window_forward(application, tmp_path):
    door = Places(tmp_path, tmp_path, tmp_path).door
    one = OneWindow(door)
    wanted: list[bool] = []
    one.wanted.connect(lambda: wanted.append(True))
    command = [sys.executable, "-m", "clipview", "--library", str(tmp_path)]
    second = subprocess.Popen(command, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    until(lambda: second.poll() is not None)
    assert second.returncode == 0
    until(lambda: wanted)
    one.close()
    assert not bring_forward(door)


def test_the_photo_menu_copies_reveals_and_exports(open_one, library, photos, tmp_path):
    opened = open_one().ready()
    window, actions = opened.window, opened.window.actions_by_name
    opened.click("red0.jpg")
    place = window.grid.rect_of(opened.names.index("red0.jpg")).center()
    window.grid.context_menu_requested.emit(window.model.selected_ids, window.grid.viewport().mapToGlobal(place))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:5] == ["Open", "Find similar", "Add to search", "More like this", "Less like this"]
    assert {"Show in folder", "Copy path", "Copy picture", "Export copies...", "Move to the bin..."} <= set(texts)
    menu.close()
    actions["copy_path"].trigger()
    assert QGuiApplication.clipboard().text() == str(photos / "red0.jpg")
    actions["copy_image"].trigger()
    until(lambda: not QGuiApplication.clipboard().image().isNull())
    assert QGuiApplication.clipboard().image().size().toTuple() == (64, 48)
    opener = _Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")
    actions["reveal"].trigger()
    until(lambda: opener.taken)
    QDesktopServices.unsetUrlHandler("file")
    assert opener.taken == [str(photos)]
    target = tmp_path / "out"
    target.mkdir()
    (target / "red0.jpg").write_text("mine")
    window.photo_actions.export_to(target)
    until(lambda: (target / "red0 (2).jpg").exists() and not any(t.name == "export" for t in threading.enumerate()))
    assert (target / "red0.jpg").read_text() == "mine"
    assert (target / "red0 (2).jpg").read_bytes() == (photos / "red0.jpg").read_bytes()


def test_skipped_files_are_listed_with_their_reasons(open_one, library, tmp_path):
    opened = open_one().ready()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "broken.jpg").write_text("no picture")
    opened.window.desk.add_folders((tmp_path / "more",))
    until(lambda: opened.window.actions_by_name["problems"].isEnabled())
    opened.window.actions_by_name["problems"].trigger()
    page = opened.window.pages.currentWidget()
    until(lambda: page.findChild(QLabel, "problemsCount").text() != "" and page.isVisible())
    assert page.objectName() == "problemsPage"
    opened.press(Qt.Key.Key_Escape)
    assert opened.window.grid.isVisible()


def test_every_control_has_an_accessible_name(open_one, library):
    opened = open_one().ready()
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QAbstractItemView)
    controls = [control for kind in kinds for control in opened.window.findChildren(kind) if control.isVisible()]
    controls = [control for control in controls if control.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(controls) > 7
    named = {control: control.accessibleName() or getattr(control, "text", str)() for control in controls}
    assert [control.objectName() or control for control, name in named.items() if not name] == []


def test_the_tab_key_reaches_every_control_and_the_keyboard_alone_finds_a_photo(open_one, library):
    opened = open_one().ready()
    window = opened.window
    window.resize(1300, 800)
    wanted = {
        control
        for control in window.findChildren(QWidget)
        if control.isVisible()
        and control.isEnabled()
        and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and control.focusProxy() is None
        and control.accessibleName()
    }
    assert window.query_bar.edit in wanted
    reached = []
    for _ in range(60):
        reached.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is reached[0]:
            break
    assert wanted - set(reached) == set()
    assert len(reached) < 60, "the way leads back to where it began"
    opened.type("green")
    until(lambda: window.session.settled and set(opened.strong) == {"green0.jpg", "green1.jpg"})
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        opened.press(key)
    assert window.viewing.page is not None
    opened.press(Qt.Key.Key_Escape)
    assert window.viewing.page is None
    assert window.grid.hasFocus()


def test_a_refusal_is_shown_in_full_however_narrow_the_window(application):
    page = MessagePage(DARK)
    page.say("This library can't be opened", "The library /home/ada/photos/clipview is in use. " * 4, "Again")
    page.show()
    for width in (1300, 800, 480):
        page.resize(width, 600)
        QApplication.processEvents()
        save_picture(page, f"refused-{width}")
        for label in page.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
            assert label.width() <= 560
    page.close()


def test_the_window_process_loads_nothing_heavy(tmp_path):
    """Runs the command itself: `clipview --screenshot` on a library that does not exist yet."""
    check = (
        "import sys\n"
        "from clipview.cli import main\n"
        f"code = main(['--library', {str(tmp_path / 'new')!r}, '--screenshot', {str(tmp_path / 'shot.png')!r},"
        " '--size', '800x600'])\n"
        "heavy = {'torch', 'open_clip', 'hnswlib', 'sqlite_utils', 'timm', 'PIL', 'skimage'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else code)\n"
    )
    environment = os.environ | {"CLIPVIEW_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-c", check], env=environment, capture_output=True, text=True, timeout=100, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert QImage(str(tmp_path / "shot.png")).size().toTuple() == (800, 600)


class _Opener(QObject):
    """Stands where the file manager would."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.taken.append(url.toLocalFile())
