"""What `clipview` understands, and how it ends: options, exit codes, interrupts."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import clipview
from clipview.cli import album_options, window
from clipview.cli.terminal import plain
from clipview.core.environment import prepare_environment
from clipview.core.errors import ClipViewError, UsageError
from clipview.core.shortage import is_shortage

EXIT_ERROR = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130

log = logging.getLogger(__name__)

_MINUS_WORD = re.compile(r"-(?!h$)[^-\d]")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 error, 2 usage, 3 in use, 4 no space, 130 interrupted."""
    prepare_environment()
    for stream in (sys.stdout, sys.stderr):
        # Names that are no valid text must not break the output.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        options = _parse(sys.argv[1:] if arguments is None else arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    logging.basicConfig(
        level=logging.INFO if options.verbose else logging.WARNING, format="clipview: %(message)s", stream=sys.stderr
    )
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    try:
        if options.command is None:
            # The window loads neither the commands nor what they stand on.
            return window.run(options)
        # The commands import numpy and more, which `--help` needn't wait for.
        from clipview.cli import commands

        run = getattr(commands, f"run_{options.command}")
        return int(run(options))
    except KeyboardInterrupt:
        print("Interrupted. What was done so far is kept; run the same command again to go on.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except ClipViewError as error:
        print(f"clipview: {plain(str(error))}", file=sys.stderr)
        return error.exit_code
    except (ImportError, MemoryError, RuntimeError) as error:
        if not is_shortage(error):
            raise
        print("clipview: there is not enough memory. Close other programs and try again.", file=sys.stderr)
        return EXIT_ERROR
    except BrokenPipeError:
        # Whoever read the output has seen enough; the interpreter must not trip over it again when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            print(
                f"clipview: no space is left on the disk ({plain(str(error))}). Free some and try again.",
                file=sys.stderr,
            )
            return 4
        log.debug("unexpected", exc_info=True)
        print(f"clipview: {plain(str(error))}. Check the disk and the folder's permissions.", file=sys.stderr)
        return EXIT_ERROR


def parse_search(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the words of one search, as they stand behind `clipview search`.

    Raises:
        UsageError: they make no sense.
    """
    parser = _StrictParser(prog="clipview search", add_help=False)
    _add_search_options(parser)
    return parser.parse_intermixed_args(_with_minus_words(arguments))


def _with_minus_words(arguments: Sequence[str]) -> list[str]:
    """Keep argparse from taking "-beach" for an option: what begins with a space is a word to it."""
    return [f" {word}" if _MINUS_WORD.match(word) else word for word in arguments]


class _StrictParser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(f"{message}. See `clipview search --help`.")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    if not arguments:
        # The window, which need not wait for the options of twenty commands.
        window.add_options(bare := argparse.ArgumentParser())
        return bare.parse_args([], argparse.Namespace(command=None))
    parser, commands = _parsers()
    if arguments and arguments[0] in commands:
        # argparse mixes words and options ("search a dog --json on a beach") only where there are no sub-commands.
        words = _with_minus_words(arguments[1:]) if arguments[0] == "search" else arguments[1:]
        options = commands[arguments[0]].parse_intermixed_args(words)
        options.command = arguments[0]
        return options
    options = parser.parse_args(arguments)
    if options.command is not None:
        parser.error(f"options of {options.command} stand behind its name")
    return options


def _parsers() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    parser = argparse.ArgumentParser(
        prog="clipview",
        description="Find your photos by describing them. Everything stays on this machine. Without a command, the "
        "window opens.",
        epilog="Start with `clipview demo`, or with `clipview index FOLDER` and `clipview search a dog on a beach`.",
    )
    parser.add_argument("--version", action="version", version=f"ClipView {clipview.__version__}")
    window.add_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    index = _command(commands, "index", "add folders and bring the library up to date; without folders, all of it")
    index.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="folders with photos; they are only read"
    )
    index.add_argument(
        "--exclude",
        action="append",
        metavar="GLOB",
        help="leave out names or paths like this, such as '*.png' or 'private'",
    )
    index.add_argument(
        "--model", metavar="NAME", help="build vectors of this search model (see `clipview models list`)"
    )
    index.add_argument("--retry", action="store_true", help="read skipped files again although they haven't changed")
    index.add_argument(
        "--accept-missing", action="store_true", help="believe that files are gone, however many aren't found"
    )

    search = _command(commands, "search", "find photos by description and by example")
    _add_search_options(search)
    search.add_argument(
        "--queries", type=Path, metavar="FILE", help="answer every line of a file; prints one JSON document a line"
    )

    locate = _command(commands, "locate", "say where a covered folder is now, after it was moved; reads no photo")
    locate.add_argument("old", type=Path, metavar="OLD", help="the folder as the library knows it")
    locate.add_argument("new", type=Path, metavar="NEW", help="the folder that holds its photos now")

    album_options.add_commands(lambda name, what: _command(commands, name, what))
    tag = _command(commands, "tag", "tag photos by what they show; without folders, the whole library")
    tag.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="only photos in and below these")
    tag.add_argument(
        "--vocabulary", type=Path, metavar="FILE", help="tags to use instead of the library's, as a TOML file"
    )
    tag.add_argument("--album", metavar="NAME", help="only photos of this album")
    tag.add_argument(
        "--stale", action="store_true", help="only photos never tagged, or by another vocabulary, model or rule"
    )
    tag.add_argument("--dry-run", action="store_true", help="only tell what would be tagged")

    _command(commands, "tags", "list the tags with how many photos have them")

    classify = _command(commands, "classify", "tell which of some labels pictures show")
    classify.add_argument("files", nargs="+", type=Path, metavar="FILE", help="image files, in the library or not")
    classify.add_argument(
        "--labels", required=True, metavar="A,B,C", help="what to choose from, such as: dog,cat,a birthday cake"
    )

    _command(commands, "status", "tell what the library holds")

    check = _command(commands, "check", "verify the library's files against each other")
    check.add_argument("--repair", action="store_true", help="mend what can be mended; photos are only read")

    check.add_argument("--deep", action="store_true", help="also read every photo, thumbnail and backup to the end")

    _command(commands, "backups", "list the copies of the library that ClipView made")
    restore = _command(commands, "restore", "bring a copy of the library back; what it replaces is kept")
    restore.add_argument("name", nargs="?", metavar="NAME", help="a backup's file name (default: the newest whole one)")

    models = _command(commands, "models", "list, choose and measure search models")
    models.add_argument("action", nargs="?", choices=("list", "use", "get", "import", "measure"), default="list")
    models.add_argument("name", nargs="?", metavar="NAME|FILE", help="a model's name, or for `import` its file")
    models.add_argument(
        "--as",
        dest="architecture",
        metavar="MODEL",
        help="with `import`: the open_clip model the file is of, as ViT-B-32",
    )

    demo = _command(commands, "demo", "index a few sample photos and answer some queries")
    demo.add_argument("--picture", type=Path, metavar="FILE.png", help="where to save the picture of the results")
    return parser, dict(commands.choices)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library's folder (default: your data folder)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--verbose", action="store_true", help="say what is going on")
    return parser


def _add_search_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "text",
        nargs="*",
        metavar="TEXT",
        help="what the photo shows, such as: a dog on a beach -leash type:jpg after:2019 (docs/searching.md)",
    )
    parser.add_argument(
        "--image", action="append", type=Path, default=[], metavar="FILE", help="find photos like this one (repeatable)"
    )
    parser.add_argument(
        "--not",
        action="append",
        default=[],
        dest="unwanted",
        metavar="TEXT",
        help="push away what shows this (repeatable)",
    )
    parser.add_argument(
        "--strictness",
        type=_percent,
        metavar="N",
        help="0 to 100: the match that a strong photo must have (default: 50)",
    )
    parser.add_argument("--limit", type=album_options.count, metavar="N", help="at most so many photos")
    parser.add_argument("--all", action="store_true", help="list weak matches too")
    parser.add_argument("--explain", action="store_true", help="say why the first photos match")
    parser.add_argument("--sort", choices=("best", "newest", "oldest", "name"), default="best")
    parser.add_argument(
        "--folder", action="append", type=Path, default=[], metavar="DIR", help="only inside this folder (repeatable)"
    )
    parser.add_argument("--album", action="append", default=[], metavar="NAME", help="only in this album (repeatable)")
    parser.add_argument("--tag", action="append", default=[], metavar="NAME", help="only with this tag (repeatable)")
    parser.add_argument("--since", metavar="DATE", help="taken on or after: 2019, 2019-07 or 2019-07-14")
    parser.add_argument("--until", metavar="DATE", help="taken on or before: 2019, 2019-07 or 2019-07-14")


def _percent(word: str) -> int:
    number = int(word)
    if not 0 <= number <= 100:
        raise argparse.ArgumentTypeError("must be from 0 to 100")
    return number
