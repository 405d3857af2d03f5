"""The window's side of the engine: starts it, passes messages both ways, and starts it again when it dies.

Imports nothing heavy and nothing of Qt: a window imports it before it shows anything.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from clipview.core import shortage
from clipview.core.children import Channel, start_child
from clipview.core.environment import missing_settings
from clipview.core.places import Places
from clipview.engine.messages import EngineDied, OpenLibrary, Quit, Refused
from clipview.engine.outbox import Outbox

log = logging.getLogger(__name__)

POLITE_S: Final = 1.2
"""How long the engine may take to end by itself when it is asked to.

Loading a model can hold the interpreter's lock for seconds, while the system reads its libraries from a slow disk: an
engine that loads hears nothing. What it has committed is safe at any moment, so that ending it then loses nothing.
"""

PAUSES_S: Final = (0.0, 1.0, 5.0)

_MOST_DEATHS: Final = 5
_WITHIN_S: Final = 60.0


class EngineClient:
    """One engine at a time, for one library."""

    def __init__(
        self,
        places: Places,
        on_message: Callable[[object], None],
        *,
        entry: tuple[str, str] = ("clipview.engine.server", "main"),
        pauses_s: Sequence[float] = PAUSES_S,
        restore: str | None = None,
    ) -> None:
        """Start the engine; returns at once.

        Args:
            places: the library to open.
            on_message: called with every message of the engine and with `EngineDied`, always in the same thread, which
                is not the caller's; nothing more comes after `close` has returned.
            entry: module and function that the engine process runs.
            restore: the file name of a backup that the first engine puts in the place of the library's database.
            pauses_s: before the first, second and further starts after deaths in a row.
        """
        self._opening = OpenLibrary(places, restore)
        self._on_message = on_message
        self._entry = entry
        self._pauses_s = pauses_s
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._outbox = Outbox("engine-outbox")
        self._process: subprocess.Popen[bytes] | None = None
        self._deaths: deque[float] = deque(maxlen=_MOST_DEATHS)
        # It also starts the engine, because Linux ends a process with the thread that started it.
        self._thread = threading.Thread(target=self._run, name="engine-client", daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int | None:
        """The engine's process while one runs."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def send(self, message: object) -> None:
        """Send a message; never waits and never fails. What is sent while no engine runs reaches the next one."""
        if not self._closing.is_set():
            with self._lock:
                self._outbox.put(message)

    def close(self) -> None:
        """End the engine, politely for `POLITE_S`, then by force, which loses nothing that was committed."""
        with self._lock:
            self._outbox.put(Quit())
        self._closing.set()
        process = self._process
        if process is not None:
            try:
                process.wait(POLITE_S)
            except subprocess.TimeoutExpired:
                log.info("The engine is in the middle of something that can't be interrupted; it is ended")
                process.kill()
        if threading.current_thread() is not self._thread:
            self._thread.join(2.0)

    def _run(self) -> None:
        while not self._closing.is_set():
            reason, refused = self._live_once()
            if refused or self._closing.is_set():
                return
            with self._lock:
                # What was meant for the dead one is not repeated: the window asks anew.
                self._outbox = Outbox("engine-outbox")
            self._deaths.append(time.monotonic())
            restarting = not self._dies_too_often()
            log.warning("The engine died: %s", reason)
            self._deliver(EngineDied(reason, restarting))
            if not restarting:
                return
            self._closing.wait(self._pauses_s[min(self._recent_deaths(), len(self._pauses_s)) - 1])

    def _live_once(self) -> tuple[str, bool]:
        """Run one engine until its end; returns what to tell of that end, and whether it refused the library."""
        outbox = self._outbox
        try:
            process, channel = start_child(*self._entry, missing_settings())
        except OSError as error:
            return f"The engine could not be started ({error.strerror or error}).", False
        self._process = process
        refused = False
        try:
            channel.send(self._opening)
            self._opening = OpenLibrary(self._opening.places)
            outbox.start(channel)
            if self._closing.is_set():
                outbox.put(Quit())
            refused = self._pass_on(channel)
        except OSError as error:
            log.debug("the channel to the engine broke: %r", error)
        finally:
            exit_code = _reap(process)
            outbox.end(0.5)
            channel.close()
        return _how_it_ended(exit_code), refused

    def _pass_on(self, channel: Channel) -> bool:
        """Deliver messages until the engine is gone; returns whether it refused the library."""
        while True:
            try:
                message = channel.recv()
            except (EOFError, ConnectionResetError):
                return False
            self._deliver(message)
            if isinstance(message, Refused):
                return True

    def _deliver(self, message: object) -> None:
        if self._closing.is_set():
            return
        try:
            self._on_message(message)
        except Exception:
            log.exception("a %s was not understood", type(message).__name__)

    def _dies_too_often(self) -> bool:
        return self._recent_deaths() >= _MOST_DEATHS

    def _recent_deaths(self) -> int:
        now = time.monotonic()
        return sum(now - death < _WITHIN_S for death in self._deaths)


def _reap(process: subprocess.Popen[bytes]) -> int | None:
    """Wait for a process whose channel is closed, and kill it if it stays."""
    try:
        return process.wait(POLITE_S)
    except subprocess.TimeoutExpired:
        process.kill()
    try:
        return process.wait(1.0)
    except subprocess.TimeoutExpired:  # stuck inside the system, with a drive that does not answer
        log.warning("The engine (process %d) can't be ended yet", process.pid)
        return None


def _how_it_ended(exit_code: int | None) -> str:
    if exit_code is None:
        return "The engine stopped answering."
    if exit_code == shortage.EXIT_CODE:
        return shortage.ENGINE
    if exit_code < 0:
        try:
            name = signal.Signals(-exit_code).name
        except ValueError:
            name = f"signal {-exit_code}"
        return f"The engine was stopped from outside or crashed ({name})."
    return f"The engine ended unexpectedly (exit code {exit_code})."
