"""What the commands about albums, stars and copies understand."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Command = Callable[[str, str], argparse.ArgumentParser]
"""Adds a command by its name and by what it does, with the options that every command has."""


def count(word: str) -> int:
    """Read how many of something are wanted: one or more."""
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def add_commands(command: Command) -> None:
    """Add `albums`, `album`, `mark` and `export`."""
    command("albums", "list the albums")
    _add_album(command("album", "list an album's photos, or change the album"))
    _add_mark(command("mark", "give photos stars, a caption, or make them favourites"))
    _add_export(command("export", "copy photos into a folder, or write XMP sidecars beside them"))


def _add_album(album: argparse.ArgumentParser) -> None:
    album.add_argument("name", metavar="NAME", help="the album's name")
    album.add_argument("--limit", type=count, metavar="N", help="list at most so many photos")
    does = album.add_mutually_exclusive_group()
    does.add_argument("--facts", action="store_true", help="tell what it shows, and which photos don't belong")
    does.add_argument("--add", nargs="+", type=Path, metavar="FILE", help="put photos in; makes the album if needed")
    does.add_argument("--remove", nargs="+", type=Path, metavar="FILE", help="take photos out of the album")
    does.add_argument("--search", metavar="WORDS", help="make an album that a search fills, written as for `search`")
    does.add_argument(
        "--teach", nargs="+", type=Path, metavar="FILE", help="make an album of what is like these photos, or teach it"
    )
    does.add_argument("--cover", type=Path, metavar="FILE", help="let this photo stand for the album")
    does.add_argument("--rename", metavar="NEW", help="give the album another name")
    does.add_argument("--delete", action="store_true", help="delete the album; its photos stay")


def _add_mark(mark: argparse.ArgumentParser) -> None:
    mark.add_argument("files", nargs="+", type=Path, metavar="FILE", help="photos of the library")
    mark.add_argument("--stars", type=int, choices=range(6), metavar="N", help="0 to 5")
    mark.add_argument("--favourite", action=argparse.BooleanOptionalAction, help="a favourite, or no longer")
    mark.add_argument("--caption", metavar="TEXT", help="what it shows, in your words")
    mark.add_argument("--clear", action="store_true", help="forget your stars and caption; the files' own show again")


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "folder", nargs="?", type=Path, metavar="DEST", help="where to copy to; without it, only sidecars are written"
    )
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("--query", metavar="WORDS", help="the photos that a search finds, written as for `search`")
    which.add_argument("--album", metavar="NAME", help="the photos of an album")
    which.add_argument("--tag", metavar="NAME", help="the photos that have a tag")
    which.add_argument("--files", nargs="+", type=Path, metavar="FILE", help="these photos of the library")
    which.add_argument("--marked", action="store_true", help="all photos with your stars, captions or tags")
    export.add_argument("--limit", type=count, metavar="N", help="at most so many photos")
    export.add_argument(
        "--sidecars",
        action="store_true",
        help="write stars, captions and tags to XMP sidecars: beside the copies, or without DEST beside the photos",
    )
    export.add_argument(
        "--automatic", action="store_true", help="with --sidecars: tags that were applied by themselves are written too"
    )
