"""The window's speed on a large library: start, key press to painted results, scrolling, memory.

Run: python benchmarks/window.py [--photos 100000] [--home FOLDER]; off screen unless QT_QPA_PLATFORM says otherwise.
A bare Qt window is measured in the same run, and every start in a process of its own. FOLDER keeps the library that is
made, for the next time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from targets import tell

_STARTS = 5
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
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
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
    command = [sys.executable, str(Path(__file__).with_name("window_start.py")), str(home)]
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


if __name__ == "__main__":
    main()
