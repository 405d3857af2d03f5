"""Make a large library that looks real to ClipView.

Run: python benchmarks/library_maker.py FOLDER --photos 100000

Real thumbnails (a few hundred drawn pictures, used again and again), random unit vectors under the built-in model's
name and in its form (ten classes and a few concepts of 1,010 values), dates over fifteen years, a tree of folders. The
photo files themselves don't exist. FOLDER becomes a CLIPVIEW_HOME.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipview.core.encoders import load_encoder
from clipview.core.library import Library
from clipview.core.library_models import DEFAULT_MODEL
from clipview.core.packed import pack
from clipview.core.places import Places
from clipview.core.store import Folder, Model

_BATCH = 10_000
_PICTURES = 300
_FIRST_DAY = datetime(2010, 1, 1)
_DAYS = 15 * 365
_SUBJECTS = ("beach", "birthday", "city", "dog", "family", "garden", "hike", "lake", "party", "snow", "trip", "wedding")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a large library that looks real to ClipView.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--thumbnails", type=int, help="how many photos get one (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.monotonic()
    places = home(options.folder)
    make_library(places, options.photos, thumbnails=options.thumbnails, seed=options.seed)
    print(f"{options.photos:,} photos in {places.library} after {time.monotonic() - started:.0f} s", file=sys.stderr)


def home(folder: Path) -> Places:
    """Return the places that ClipView uses with CLIPVIEW_HOME set to a folder."""
    folder = folder.absolute()
    return Places(folder / "library", folder / "models", folder / "cache")


def make_library(places: Places, photos: int, *, thumbnails: int | None = None, seed: int = 1) -> None:
    """Write a library of `photos` photos; there must be none yet.

    Args:
        places: where to.
        photos: how many.
        thumbnails: how many of them get a thumbnail; all when None.
        seed: the same seed gives the same library.
    """
    if places.database.exists():
        raise SystemExit(f"{places.library} holds a library already. Name another folder.")
    root = places.library.with_name("photos")
    root.mkdir(parents=True, exist_ok=True)
    count = photos if thumbnails is None else thumbnails
    fill_library(
        places, Path(os.path.realpath(root)), lambda random: _imaginary(root, photos, random), count, seed=seed
    )


def fill_library(
    places: Places,
    root: Path,
    files: Callable[[np.random.Generator], Iterable[MadeFile]],
    thumbnails: int,
    *,
    seed: int = 1,
) -> None:
    """Write a library of made-up photos that lie in given files.

    Args:
        places: where to; there must be no library yet.
        root: the folder that it covers.
        files: makes the files, one for each photo.
        thumbnails: how many photos get one.
        seed: the same seed gives the same library.
    """
    random = np.random.default_rng(seed)
    with Library.open(places, write=True) as library:
        library.store.put_folder(Folder(root, ()))
        model = library.store.put_model(load_encoder(DEFAULT_MODEL, places.models, places.cache))
        library.store.set_setting("active_model", str(model.model_id))
    _write_photos(places.database, files(random), model, random)
    _write_thumbnails(places.thumbnails, thumbnails, random)
    with Library.open(places, write=True) as library:
        library.warm_up()


@dataclass(frozen=True, slots=True)
class MadeFile:
    """Where a made-up photo lies."""

    path: bytes
    size_bytes: int
    mtime_ns: int
    taken: datetime


def _imaginary(root: Path, photos: int, random: np.random.Generator) -> Iterator[MadeFile]:
    folder = os.fsencode(root)
    for photo_id in range(1, photos + 1):
        day, second, subject = random.integers(0, (_DAYS, 86_400, len(_SUBJECTS))).tolist()
        taken = _FIRST_DAY + timedelta(days=day, seconds=second)
        shown = _SUBJECTS[subject]
        path = folder + f"/{taken:%Y}/{taken:%m} {shown}/IMG_{photo_id:07d} {shown}.jpg".encode()
        yield MadeFile(path, 4_000_000, int(taken.timestamp()) * 1_000_000_000, taken)


def _write_photos(database: Path, files: Iterable[MadeFile], model: Model, random: np.random.Generator) -> None:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    remaining, first = iter(files), 1
    while batch := list(itertools.islice(remaining, _BATCH)):
        ids = range(first, first + len(batch))
        first += len(batch)
        colours = random.integers(0, 1 << 24, len(ids)).tolist()
        search, similar = _described(random, len(ids), model.dim), _unit_rows(random, len(ids), model.similar_dim)
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO photos (id, content_hash, format, width_px, height_px, colour, taken_at, camera, added_at) "
            "VALUES (?, ?, 'JPEG', 4032, 3024, ?, ?, 'Imaginary 1', ?)",
            [
                (photo_id, random.bytes(32), colour, file.taken.isoformat(), file.taken.isoformat())
                for photo_id, colour, file in zip(ids, colours, batch, strict=True)
            ],
        )
        connection.executemany(
            "INSERT INTO files (photo_id, path, size_bytes, mtime_ns) VALUES (?, ?, ?, ?)",
            [(photo_id, file.path, file.size_bytes, file.mtime_ns) for photo_id, file in zip(ids, batch, strict=True)],
        )
        connection.executemany(
            "INSERT INTO embeddings (photo_id, model_id, search, similar) VALUES (?, ?, ?, ?)",
            [
                (photo_id, model.model_id, pack(described), pack(looks))
                for photo_id, described, looks in zip(ids, search, similar, strict=True)
            ],
        )
        connection.execute("COMMIT")
    connection.execute("UPDATE settings SET value = value + 1 WHERE name = 'generation'")
    connection.close()


def _described(random: np.random.Generator, rows: int, dim: int) -> NDArray[np.float16]:
    """Return vectors as the built-in model gives them to pictures."""
    values = np.zeros((rows, dim), np.float32)
    columns = random.integers(0, dim - 10, (rows, 10))
    np.put_along_axis(values, columns, random.random((rows, 10), np.float32) ** 4, axis=1)
    concepts = random.random((rows, 9), np.float32) - 0.7
    values[:, dim - 10 : dim - 1] = np.maximum(concepts, 0)
    values /= np.linalg.norm(values, axis=1, keepdims=True)
    return values.astype("<f2")


def _unit_rows(random: np.random.Generator, rows: int, dim: int) -> NDArray[np.float16]:
    values = random.standard_normal((rows, dim), np.float32)
    values /= np.linalg.norm(values, axis=1, keepdims=True)
    return values.astype("<f2")


def _write_thumbnails(path: Path, count: int, random: np.random.Generator) -> None:
    pictures = list(_drawn_jpegs(random))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    for first in range(1, count + 1, _BATCH):
        ids = range(first, min(first + _BATCH, count + 1))
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO thumbnails (photo_id, jpeg) VALUES (?, ?)",
            [(photo_id, pictures[photo_id % len(pictures)]) for photo_id in ids],
        )
        connection.execute("COMMIT")
    connection.close()


def _drawn_jpegs(random: np.random.Generator) -> Iterator[bytes]:
    """Draw cloudy pictures: noise of a few sizes on top of each other, between two colours."""
    for number in range(_PICTURES):
        size = (256, 171) if number % 3 else (171, 256)
        clouds = np.zeros((size[1], size[0]), np.float32)
        for cells, weight in ((3, 0.5), (8, 0.3), (24, 0.2)):
            noise = Image.fromarray(random.random((cells, cells), np.float32))
            clouds += weight * np.asarray(noise.resize(size, Image.Resampling.BICUBIC))
        low, high = random.integers(0, 256, (2, 3))
        pixels = low + (high - low) * np.clip(clouds, 0, 1)[..., np.newaxis]
        jpeg = io.BytesIO()
        Image.fromarray(pixels.astype(np.uint8)).save(jpeg, "JPEG", quality=80)
        yield jpeg.getvalue()


if __name__ == "__main__":
    main()
