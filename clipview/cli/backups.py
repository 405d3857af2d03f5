"""What `clipview backups` and `clipview restore` do."""

from __future__ import annotations

import argparse

from clipview.cli.output import path_text, print_json
from clipview.cli.terminal import plain
from clipview.config import places
from clipview.core import backup


def list_backups(options: argparse.Namespace) -> int:
    """List the copies of the library, newest first."""
    where = places(options.library)
    known = backup.known_backups(where.backups)
    if options.json:
        print_json(
            [
                {
                    "name": each.path.name,
                    "made": each.made_at.isoformat(timespec="seconds"),
                    "photos": each.photos,
                    "albums": each.albums,
                    "marked": each.marked,
                    "bytes": each.size_bytes,
                }
                for each in known
            ]
        )
        return 0
    for each in known:
        print(
            f"{plain(each.path.name)}  {each.made_at:%Y-%m-%d %H:%M}  {each.photos:,} photos, {each.albums:,} albums, "
            f"{each.marked:,} marked ({each.size_bytes / 1e6:,.1f} MB)"
        )
    if not known:
        print(f"There are no backups in {plain(path_text(where.backups))} yet.")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Bring a copy back, and say where the replaced library went."""
    where = places(options.library)
    used, aside = backup.restore(where, options.name)
    if options.json:
        print_json({"restored": used.name, "kept": None if aside is None else path_text(aside)})
        return 0
    print(f"The library is as it was in {plain(used.name)}.")
    if aside is not None:
        print(f"What it replaced is kept as {plain(path_text(aside))}.")
    print("Run `clipview index` to add what has changed since.")
    return 0
