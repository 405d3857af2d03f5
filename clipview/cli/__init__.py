"""The command line: a door to one library that scripts can rely on; see docs/command-line.md for the contract."""

from clipview.cli.main import main

__all__ = ["main"]
