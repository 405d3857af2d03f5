from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from clipview.core.folders import FoundFile, FoundSidecar, UnreadableFolder, walk
from clipview.core.types import Skipped


def _touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def _names(folder: Path, *excludes: str) -> list[str]:
    """What is found, relative to the folder; fails when anything else is given."""
    names = []
    for found in walk(folder, excludes):
        assert isinstance(found, FoundFile), found
        names.append(found.path.relative_to(folder).as_posix())
    return names


def test_photos_are_found_in_all_folders_in_the_order_of_names(tmp_path: Path) -> None:
    _touch(tmp_path / "b.JPG", tmp_path / "a.png", tmp_path / "2020" / "deep" / "c.HeiC", tmp_path / "2019" / "d.webp")
    assert _names(tmp_path) == ["a.png", "b.JPG", "2019/d.webp", "2020/deep/c.HeiC"]


def test_stamp_is_the_files_size_and_time(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"12345")
    os.utime(photo, ns=(1, 1_500_000_000_123_456_789))
    (found,) = walk(tmp_path)
    assert isinstance(found, FoundFile)
    assert (found.stamp.size_bytes, found.stamp.mtime_ns) == (5, photo.stat().st_mtime_ns)


def test_sidecars_are_given_beside_photos_but_links_in_their_place_are_not(tmp_path: Path) -> None:
    _touch(tmp_path / "a.jpg", tmp_path / "a.JPG.XMP")
    (tmp_path / "b.xmp").symlink_to(tmp_path / "a.jpg")
    given = [(type(each), Path(each.location).name) for each in walk(tmp_path)]  # type: ignore[union-attr]
    assert given == [(FoundSidecar, "a.JPG.XMP"), (FoundFile, "a.jpg")]


def test_what_is_no_photo_is_left_out_without_a_word(tmp_path: Path) -> None:
    _touch(*(tmp_path / name for name in ("a.aae", "film.mp4", "notes.txt", "jpg", "Thumbs.db", "._a.jpg")))
    _touch(*(tmp_path / name for name in (".hidden.jpg", ".cache/a.jpg", "@eaDir/a.jpg", "$RECYCLE.BIN/a.jpg")))
    _touch(tmp_path / "quiet" / ".nomedia", tmp_path / "quiet" / "a.jpg", tmp_path / "quiet" / "below" / "a.jpg")
    assert _names(tmp_path) == []


def test_folder_that_was_asked_for_is_walked_whatever_its_name_or_mark(tmp_path: Path) -> None:
    _touch(tmp_path / ".photos" / "a.jpg", tmp_path / ".photos" / ".nomedia")
    assert _names(tmp_path / ".photos") == ["a.jpg"]


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        ("*.png", ["a.jpg", "private/c.jpg", "trips/private/d.jpg"]),
        ("private", ["a.jpg", "b.png"]),
        ("private/", ["a.jpg", "b.png"]),
        ("trips/private", ["a.jpg", "b.png", "private/c.jpg"]),
        ("trips/*", ["a.jpg", "b.png", "private/c.jpg"]),
        ("?.jpg", ["b.png"]),
        ("", ["a.jpg", "b.png", "private/c.jpg", "trips/private/d.jpg"]),
    ],
)
def test_excluded_names_and_paths_are_left_out(tmp_path: Path, exclude: str, left: list[str]) -> None:
    _touch(*(tmp_path / name for name in ("a.jpg", "b.png", "private/c.jpg", "trips/private/d.jpg")))
    assert _names(tmp_path, exclude) == left


def test_whole_path_can_be_excluded(tmp_path: Path) -> None:
    _touch(tmp_path / "a.jpg", tmp_path / "b" / "c.jpg")
    assert _names(tmp_path, str(tmp_path / "b")) == ["a.jpg"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_sockets_and_devices_are_skipped_with_a_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "zero.jpg").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)  # a socket's name may not be long
        try:
            listening.bind("socket.jpg")
        finally:
            os.chdir(here)
        found = list(walk(tmp_path))
    assert [item.path.name for item in found] == ["pipe.jpg", "socket.jpg", "zero.jpg"]
    assert all(isinstance(item, Skipped) and "not a file" in item.reason for item in found)


def test_negative_without_its_package_is_skipped_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    _touch(tmp_path / "a.NEF", tmp_path / "b.jxl")
    raw, jxl = walk(tmp_path)
    assert isinstance(raw, Skipped)
    assert 'pip install "clipview[raw]"' in raw.reason
    assert isinstance(jxl, Skipped)
    assert 'pip install "clipview[jxl]"' in jxl.reason


def test_missing_folder_and_a_file_in_its_place_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "gone", tmp_path / "file"):
        (found,) = walk(folder)
        assert isinstance(found, UnreadableFolder)
        assert found.path == folder
        assert found.reason.startswith("The system says: ")


def test_folder_that_can_not_be_listed_is_given_and_the_others_are_walked(tmp_path: Path) -> None:
    _touch(tmp_path / "a" / "a.jpg", tmp_path / "locked" / "b.jpg", tmp_path / "z" / "c.jpg")
    (tmp_path / "locked").chmod(0)
    try:
        if os.access(tmp_path / "locked", os.R_OK):
            pytest.skip("permissions do not bind this user")
        found = list(walk(tmp_path))
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert [type(item).__name__ for item in found] == ["FoundFile", "UnreadableFolder", "FoundFile"]


def test_folder_removed_during_the_walk_is_unreadable_not_empty(tmp_path: Path) -> None:
    _touch(tmp_path / "a.jpg", tmp_path / "later" / "b.jpg")
    walking = walk(tmp_path)
    assert isinstance(next(walking), FoundFile)
    (tmp_path / "later" / "b.jpg").unlink()
    (tmp_path / "later").rmdir()
    (found,) = walking
    assert isinstance(found, UnreadableFolder)
    assert found.path == tmp_path / "later"


def test_links_to_files_are_followed_and_broken_ones_are_told(tmp_path: Path) -> None:
    _touch(tmp_path / "elsewhere" / "real.jpg")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "link.jpg").symlink_to(tmp_path / "elsewhere" / "real.jpg")
    (tmp_path / "photos" / "lost.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "photos" / "self.jpg").symlink_to("self.jpg")
    link, lost, self = walk(tmp_path / "photos")
    assert isinstance(link, FoundFile)
    assert isinstance(lost, Skipped)
    assert isinstance(self, Skipped)


def test_linked_folder_outside_is_walked_once(tmp_path: Path) -> None:
    _touch(tmp_path / "drive" / "a.jpg")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one").symlink_to(tmp_path / "drive")
    (tmp_path / "photos" / "two").symlink_to(tmp_path / "drive")
    assert _names(tmp_path / "photos") == ["one/a.jpg"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    _touch(tmp_path / "photos" / "a.jpg", tmp_path / "drive" / "b.jpg")
    (tmp_path / "photos" / "up").symlink_to("..")
    (tmp_path / "photos" / "here").symlink_to(".")
    (tmp_path / "photos" / "drive").symlink_to(tmp_path / "drive")
    (tmp_path / "drive" / "back").symlink_to(tmp_path)
    found = list(walk(tmp_path / "photos"))
    assert [item.path.name for item in found if isinstance(item, FoundFile)] == ["a.jpg", "b.jpg"]
    assert [item.path.name for item in found if isinstance(item, Skipped)] == ["back"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_odd_names_survive(tmp_path: Path) -> None:
    names = [
        "שלום.jpg".encode(),
        "🏖️ sea.jpg".encode(),
        b"two\nlines.jpg",
        b"latin-1 \xe9t\xe9.jpg",
        b"<img src=x>.jpg",
        b"-rf.jpg",
        b"a" * 251 + b".jpg",
    ]
    for name in names:
        with open(os.fsencode(tmp_path) + b"/" + name, "wb"):  # noqa: PTH123 - a path of bytes
            pass
    (tmp_path / os.fsdecode(b"folder \xff")).mkdir()
    _touch(tmp_path / os.fsdecode(b"folder \xff") / "b.jpg")
    found = [item.path for item in walk(tmp_path)]
    assert {os.fsencode(path.name) for path in found} == {*names, b"b.jpg"}
    assert all(path.exists() for path in found)


def test_very_deep_folders_are_walked(tmp_path: Path) -> None:
    depth = 1100
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("a.jpg").write_bytes(b"x")
        found = list(walk(tmp_path))
        # Taken down again here, since what cleans up after tests would recurse.
        Path("a.jpg").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(here)
    assert [item.path.name for item in found if isinstance(item, FoundFile)] == ["a.jpg"]
