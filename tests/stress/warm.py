"""Processes of the command line that needn't import anything: forked from one that has."""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TextIO, cast

_MODULES = (
    "torch", "tokenizers", "safetensors", "scipy.ndimage", "sqlite_utils", "hnswlib", "PIL.Image", "clipview.__main__",
    "clipview.cli.commands", "clipview.core.check", "clipview.core.encoders.starter",
    "clipview.core.encoders.starter_pictures",
)  # fmt: skip
_PR_SET_PDEATHSIG = 1


def get_ready() -> None:
    """Import what commands need, once, without starting a thread: a fork would lose it.

    NumPy starts none where `clipview.core.environment` was followed before this process began.
    """
    for name in _MODULES:
        importlib.import_module(name)
    gc.freeze()
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:
        raise RuntimeError(f"{threads} threads before the first fork")


class Warm:
    """One running command; behaves as a `subprocess.Popen` with both outputs as pipes of text."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.returncode: int | None = None
        self._out: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - read at the end
        self._err: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as above
        self.pid = os.fork()
        if self.pid == 0:
            _become(words, environment, folder, self._out, self._err)
        self._handle = os.pidfd_open(self.pid)

    def poll(self) -> int | None:
        return self._reap(os.WNOHANG)

    def wait(self, timeout: float | None = None) -> int:
        if not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("clipview", timeout or 0.0)
        code = self._reap(0)
        assert code is not None
        return code

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        self.wait(timeout)
        return _text_of(self._out), _text_of(self._err)

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _reap(self, options: int) -> int | None:
        if self.returncode is None:
            process_id, status = os.waitpid(self.pid, options)
            if process_id:
                self.returncode = os.waitstatus_to_exitcode(status)
                os.close(self._handle)
                self._handle = os.open(os.devnull, os.O_RDONLY)  # always readable: the wait is over
        return self.returncode


def _text_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="backslashreplace")


def _become(words: Sequence[str], environment: Mapping[str, str], folder: Path, out: IO[bytes], err: IO[bytes]) -> None:
    """Be the command from here on; never returns."""
    code = 70
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        atexit._clear()
        for target, source in ((0, os.open(os.devnull, os.O_RDONLY)), (1, out.fileno()), (2, err.fileno())):
            os.dup2(source, target)
        os.closerange(3, 1024)
        sys.stdin, sys.stdout, sys.stderr = map(_stream, (0, 1, 2), "rww")
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        tempfile.tempdir = None
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = ["clipview", *words]
        code = _run()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _stream(descriptor: int, mode: str) -> TextIO:
    return cast("TextIO", open(descriptor, mode, closefd=False))


def _run() -> int:
    from clipview.__main__ import run

    code: object = 70
    try:
        run()
    except SystemExit as leaving:
        code = leaving.code
    except BaseException:
        traceback.print_exc()
        code = 1
    # As the interpreter does at its end.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    return code if isinstance(code, int) else 0
