"""What `benchmarks/window.py` measures in an open window: key press to painted results, scrolling, memory."""

from __future__ import annotations

import io
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from targets import tell

from clipview.engine.messages import SearchAnswer, StopScan
from clipview.ui.question import Question
from clipview.ui.session import DEBOUNCE_MS
from clipview.ui.window import MainWindow

_WORDS = ("a dog on the beach", "mountains in winter", "old red car", "birthday cake")
_FRAMES = 400
_HEARTBEAT_MS = 50
_FRAME_MS = 16.7
_SCANNED = 240


def report(window: MainWindow) -> None:
    """Measure everything, and print it."""
    Meter(window).report()


class Meter:
    """Measures a window from its own event loop."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.engine_ms: list[float] = []
        self._heartbeat = QTimer(interval=_HEARTBEAT_MS)
        self._heartbeat.start()

    def until(self, reached: Callable[[], object], limit_s: float = 300) -> None:
        """Let the window work until something is true, and sleep as it does when there is nothing to do."""
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
            self.window.session.send(StopScan())
        print(f"  memory of the window, at the end          {rss_mb():7.0f} MB", flush=True)
        tell("memory-window", rss_mb())

    def ask(self, text: str) -> None:
        """Search for words and wait for the answer."""
        self.window.live.go(Question(text))
        self.until(lambda: self.window.session.settled)

    def typing(self, while_: Callable[[], bool] = lambda: True) -> list[float]:
        """Type letter by letter, each after the answer to the one before; returns milliseconds less the debounce."""
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
                self.until(lambda: self.shown() and watch.painted_s)
                took.append((watch.painted_s - started) * 1000 - DEBOUNCE_MS)
                self.engine_ms.append(watch.engine_ms)
        return took

    def shown(self) -> bool:
        """Have an answer without a match shown at once, which in a window waits for the end of typing."""
        self.window.live.show_held()
        return True

    def scrolling(self) -> list[float]:
        """Scroll a third of a row at a time over the whole library; returns milliseconds of each frame's work."""
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

    def __init__(self, window: MainWindow) -> None:
        watch = self

        class Filter(QObject):
            """Sees the grid's paint events."""

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
                if event.type() == QEvent.Type.Paint and watch._answered:
                    watch._answered = False
                    # Behind the paint that is about to happen.
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
