"""The window's speed on a large library: start, key press to painted results, scrolling, memory.

Run: python benchmarks/window.py [--photos 100000] [--home FOLDER]; off screen unless QT_QPA_PLATFORM says otherwise.
A bare Qt window is measured in the same run, and every start in a process of its own. FOLDER keeps the library that is
made, for the next time.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from targets import tell

if TYPE_CHECKING:
    from clipview.engine.messages import SearchAnswer

_STARTS = 5
_WORDS = ("a dog on the beach", "mountains in winter", "old red car", "birthday cake")
_FRAMES = 400
_HEARTBEAT_MS = 50
_FRAME_MS = 16.7
_SCANNED = 240
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        print("painted", flush=True)
window = Window()
window.resize(1440, 900)
window.show()
application.exec()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--home", type=Path, help="where the library is, or is to be kept")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if options.inside:
        measure_inside(options.home)
        return
    if options.home is not None:
        measure(options.home, options.photos)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.photos)


def measure(home: Path, photos: int) -> None:
    from library_maker import home as places_in
    from library_maker import make_library

    if not places_in(home).database.exists():
        make_library(places_in(home), photos)
    bare = [seconds_until([sys.executable, "-c", _BARE], "painted") for _ in range(_STARTS)]
    bare_s = sorted(bare)[len(bare) // 2]
    command = [sys.executable, __file__, "--inside", "--home", str(home)]
    # The first one leaves behind what later ones start with.
    first_s = seconds_until(command, "pictures")
    starts = [seconds_until(command, "pictures") for _ in range(_STARTS - 1)]
    print(f"{photos:,} photos")
    print(f"  bare Qt window, process start to paint    {bare_s:7.2f} s")
    whole = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, env=as_installed())
    started = time.perf_counter()
    assert whole.stdout is not None
    assert whole.stdin is not None
    for line in whole.stdout:
        if line.strip() == "pictures":
            starts.append(time.perf_counter() - started)
            ours_s = sorted(starts)[len(starts) // 2]
            print(f"  ClipView's first start, to pictures       {first_s:7.2f} s")
            print(f"  ClipView, process start to pictures       {ours_s:7.2f} s   {ours_s / bare_s:.1f}x, "
                  f"{ours_s - bare_s:+.2f} s")  # fmt: skip
            tell("window-start", ours_s, f"bare {bare_s:.2f} s, {photos:,} photos")
            whole.stdin.write("go on\n")
            whole.stdin.flush()
        else:
            print(line, end="")
    whole.wait()


def seconds_until(command: list[str], word: str) -> float:
    """Return how long a process takes until it prints a word, and end it."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, env=as_installed())
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            break
    took = time.perf_counter() - started
    process.communicate("", timeout=30) if word == "pictures" else process.kill()
    process.wait()
    return took


def as_installed() -> dict[str, str]:
    """Return the environment of an installed program, whose modules are compiled once and not at every start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measure_inside(home: Path) -> None:
    """What `clipview` does, with a watch on it; goes on with the measurements when it is told to."""
    gc.disable()
    from clipview.core.environment import prepare_environment

    prepare_environment()
    from library_maker import home as places_in

    from clipview.engine.client import EngineClient
    from clipview.ui.mailbox import Mailbox

    os.environ["CLIPVIEW_HOME"] = str(home)
    places, mailbox = places_in(home), Mailbox()

    def connect(restore: str | None = None) -> EngineClient:
        return EngineClient(places, mailbox.put, restore=restore)

    client = connect()
    from clipview.ui.app import make_application, make_window

    application = make_application()
    window = make_window(application, places, client, mailbox, connect)
    window.show()
    meter = Meter(window)
    meter.until(lambda: window.model.count and meter.all_painted())
    print("pictures", flush=True)
    gc.freeze()
    gc.enable()
    if sys.stdin.readline():
        meter.report()
    window.close()


class Meter:
    """Measures a window from its own event loop."""

    def __init__(self, window: object) -> None:
        from PySide6.QtCore import QTimer

        from clipview.ui.window import MainWindow

        assert isinstance(window, MainWindow)
        self.window = window
        self.engine_ms: list[float] = []
        self._heartbeat = QTimer(interval=_HEARTBEAT_MS)
        self._heartbeat.start()

    def until(self, reached: Callable[[], object], limit_s: float = 300) -> None:
        """Let the window work until something is true, and sleep as it does when there is nothing to do."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        end = time.monotonic() + limit_s
        flags = QEventLoop.ProcessEventsFlag
        while not reached():
            if time.monotonic() > end:
                raise SystemExit("it never came to that")
            QApplication.processEvents(flags.AllEvents | flags.WaitForMoreEvents)

    def all_painted(self) -> bool:
        """Tell whether every photo on screen has its picture."""
        grid, thumbnails = self.window.grid, self.window.thumbnails
        return all(thumbnails.pixmap(photo_id) is not None for photo_id in grid.visible_ids())

    def report(self) -> None:
        """Measure everything, and print it."""
        print(f"  memory of the window, browsing            {rss_mb():7.0f} MB")
        self.ask("warm")
        show("key press to painted, idle", self.typing(), "key-idle")
        show("  of which in the engine", self.engine_ms)
        show_frames("scroll frame, idle", self.scrolling(), "scroll-idle")
        with tempfile.TemporaryDirectory() as folder:
            make_photos(Path(folder), _SCANNED)
            self.window.desk.add_folders((Path(folder),))
            self.until(lambda: self.window.session.scanning)
            show("key press to painted, scanning", self.typing(lambda: self.window.session.scanning), "key-scanning")
            show("  of which in the engine", self.engine_ms)
            show_frames("scroll frame, scanning", self.scrolling(), "scroll-scanning")
            from clipview.engine.messages import StopScan

            self.window.session.send(StopScan())
        print(f"  memory of the window, at the end          {rss_mb():7.0f} MB", flush=True)
        tell("memory-window", rss_mb())

    def ask(self, text: str) -> None:
        """Search for words and wait for the answer."""
        from clipview.ui.question import Question

        self.window.live.go(Question(text))
        self.until(lambda: self.window.session.settled)

    def typing(self, while_: Callable[[], bool] = lambda: True) -> list[float]:
        """Type letter by letter, each after the answer to the one before; returns milliseconds less the debounce."""
        from PySide6.QtTest import QTest

        from clipview.ui.session import DEBOUNCE_MS

        watch = PaintWatch(self.window)
        edit, took = self.window.query_bar.edit, []
        self.engine_ms.clear()
        for words in _WORDS:
            edit.clear()
            for letter in words:
                if not while_():
                    return took
                watch.arm()
                started = time.perf_counter()
                QTest.keyClicks(edit, letter)
                if letter == " ":
                    continue
                self.until(lambda: watch.painted_s)
                took.append((watch.painted_s - started) * 1000 - DEBOUNCE_MS)
                self.engine_ms.append(watch.engine_ms)
        return took

    def scrolling(self) -> list[float]:
        """Scroll a third of a row at a time over the whole library; returns milliseconds of each frame's work."""
        from PySide6.QtWidgets import QApplication

        from clipview.ui.question import Question

        self.window.live.go(Question())
        self.until(lambda: self.window.session.settled)
        grid, took = self.window.grid, []
        self.until(self.all_painted)
        for _ in range(_FRAMES):
            started = time.perf_counter()
            grid.scroll_by(48)
            QApplication.processEvents()
            took.append((time.perf_counter() - started) * 1000)
        return took


class PaintWatch:
    """Notes when the grid has been painted after an answer came."""

    def __init__(self, window: object) -> None:
        from PySide6.QtCore import QEvent, QObject

        from clipview.ui.window import MainWindow

        assert isinstance(window, MainWindow)
        watch = self

        class Filter(QObject):
            """Sees the grid's paint events."""

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
                if event.type() == QEvent.Type.Paint and watch._answered:
                    watch._answered = False
                    # Behind the paint that is about to happen.
                    from PySide6.QtCore import QTimer

                    QTimer.singleShot(0, watch._note)
                return False

        self.painted_s = self.engine_ms = 0.0
        self._answered = False
        self._armed = False
        self._filter = Filter(window)
        window.grid.viewport().installEventFilter(self._filter)
        window.live.answered.connect(self._on_answered)

    def arm(self) -> None:
        """Wait for the next answer."""
        self.painted_s, self._answered, self._armed = 0.0, False, True

    def _on_answered(self, answer: SearchAnswer, _: object) -> None:
        self._answered, self.engine_ms = self._armed, answer.elapsed_ms

    def _note(self) -> None:
        self.painted_s = time.perf_counter()
        self._armed = False


def make_photos(folder: Path, count: int) -> None:
    """Write pictures that take as long to read as photos of four megapixels."""
    import io

    from PIL import Image

    noise = random.Random(3)
    small = Image.frombytes("RGB", (96, 64), noise.randbytes(96 * 64 * 3))
    for number in range(count):
        data = io.BytesIO()
        small.rotate(number).resize((2448, 1632), Image.Resampling.BICUBIC).save(data, "JPEG", quality=88)
        (folder / f"scan {number}.jpg").write_bytes(data.getvalue())


def rss_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def show(what: str, took: list[float], target: str = "") -> None:
    if took and target:
        tell(target, share(took, 95), f"median {share(took, 50):.0f} ms")
    if took:
        print(f"  {what:<42}p50 {share(took, 50):5.1f} ms   p95 {share(took, 95):5.1f} ms   of {len(took)}", flush=True)


def show_frames(what: str, took: list[float], target: str) -> None:
    tell(target, share(took, 99), f"median {share(took, 50):.1f} ms")
    late = sum(one > _FRAME_MS for one in took)
    print(
        f"  {what:<42}p50 {share(took, 50):5.1f} ms   p99 {share(took, 99):5.1f} ms   worst {max(took):.1f} ms, "
        f"{late} of {len(took)} late",
        flush=True,
    )


def share(took: list[float], percent: int) -> float:
    return sorted(took)[min(len(took) - 1, len(took) * percent // 100)]


if __name__ == "__main__":
    main()
