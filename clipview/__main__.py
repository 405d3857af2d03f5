"""The program `clipview`, which is also `python -m clipview`: one command, then the end of the process."""

from __future__ import annotations

import logging
import os
import sys
from typing import NoReturn

from clipview.cli import main
from clipview.cli.main import EXIT_INTERRUPTED


def run() -> NoReturn:
    """Do what the command line says, and end."""
    code = main()
    if code == EXIT_INTERRUPTED:
        # Everything is closed; only a model may still be busy, for which the interpreter would wait.
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    run()
