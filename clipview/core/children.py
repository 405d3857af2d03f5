"""Child processes of our own: started with a plain command, spoken to over a pickling channel, gone with their parent.

`multiprocessing` would run the caller's main module again in each of them, which a window must not suffer.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing import connection
from pathlib import Path
from typing import Final

Channel = connection.Connection
"""Carries pickled messages; on Windows a PipeConnection, which has the same methods."""

# Run in the child before anything else: its own search path is of no use, ours finds what we have imported.
_BOOT: Final = """
import ast, importlib, sys
sys.path[:] = ast.literal_eval(sys.argv[1])
from clipview.core import shortage
try:
    function = getattr(importlib.import_module(sys.argv[2]), sys.argv[3])
except (ImportError, MemoryError, OSError, RuntimeError) as error:
    if not shortage.is_shortage(error):
        raise
    sys.exit(shortage.EXIT_CODE)
function(int(sys.argv[4]), int(sys.argv[5]))
"""


def start_child(module: str, function: str, environment: Mapping[str, str]) -> tuple[subprocess.Popen[bytes], Channel]:
    """Start a Python process that calls `function(handle, parent)` of `module`, and return it with our channel end.

    A child that has too little memory to import the module ends with `shortage.EXIT_CODE`.

    The function's first acts are `end_with(parent)` and `open_channel(handle)`. Linux ends the child with the thread
    that started it, not with the process: call this in a thread that outlives the child.

    Args:
        module: found on this process's own search path.
        function: of the module.
        environment: variables that differ from this process's.

    Raises:
        OSError: the system starts no process.
    """
    ours, theirs = multiprocessing.Pipe()
    try:
        return _start(theirs, module, function, os.environ | environment), ours
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()


def open_channel(handle: int) -> Channel:
    """Return the child's end of the channel."""
    if sys.platform == "win32":
        return connection.PipeConnection(handle)
    return connection.Connection(handle)


def end_with(parent: int) -> None:
    """Ask Linux to end this process with its parent; elsewhere the closed channel does, after the work in hand."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it ended before that
        os._exit(0)


def ignore_interrupts() -> None:
    """Leave interrupts from the keyboard to the parent, which closes this process in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def cpu_s(process_id: int) -> float | None:
    """Return how long processors have worked for a child that has not been waited for; None where nobody tells."""
    # Takes longer to import than the rest of a window's side of the engine.
    import psutil

    try:
        times = psutil.Process(process_id).cpu_times()
    except psutil.Error:
        return None
    return float(times.user + times.system)


def _start(theirs: Channel, module: str, function: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    handle = theirs.fileno()
    arguments = [
        "-I",
        "-S",
        "-c",
        _BOOT,
        repr([str(Path(place).absolute()) for place in sys.path]),
        module,
        function,
        str(handle),
        str(os.getpid()),
    ]
    if sys.platform == "win32":
        os.set_handle_inheritable(handle, True)  # noqa: FBT003 - takes no keywords
        startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
        # The interpreter of a virtual environment is a launcher there, which passes no handles on.
        return subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [sys._base_executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=environment,
            startupinfo=startup,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
    # A process group of its own keeps the keyboard's interrupt away before the child can ignore it.
    return subprocess.Popen(  # noqa: S603 - as above
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
        pass_fds=(handle,),
        process_group=0,
    )
