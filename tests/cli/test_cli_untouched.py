"""Whatever is asked on the command line, the photo folders stay as they are, unless writing there is what was asked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from folder_state import fingerprint

from clipview.core.xmp_merge import merged


@pytest.fixture
def photos(sample_library, tmp_path) -> Path:
    """A few photos with all that may lie beside them; the library knows them already."""
    folder = tmp_path / "photos"
    shutil.copytree(sample_library / "photos", folder)
    shutil.copytree(sample_library / "library", tmp_path / "library")
    first = min(folder.glob("*.jpg"))
    first.with_name(f"{first.name}.xmp").write_bytes(merged(None, {"xmp:Rating": "2"}, 1 << 20))
    (folder / "broken.jpg").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("mine")
    (folder / "link.jpg").symlink_to(first.name)
    return folder


def test_no_command_touches_the_photo_folder(clipview, sample_library, photos, tmp_path):
    first, second, third = sorted(photos.glob("*.jpg"))[2:5]
    commands = (
        ("locate", sample_library / "photos", photos), ("index", photos), ("index", "--retry", "--accept-missing"),
        ("search", "a", "cat", "--explain"), ("search", "--image", first), ("tag",), ("tag", "--dry-run"), ("tags",),
        ("classify", first, "--labels", "dog,cat"), ("album", "Best", "--add", first, second),
        ("album", "Best", "--cover", first), ("album", "Best", "--facts"), ("album", "Auto", "--search", "a cat"),
        ("album", "Like", "--teach", first, second), ("album", "Best", "--remove", second), ("albums",),
        ("mark", first, second, "--stars", "4", "--favourite"), ("mark", third, "--caption", "mine"),
        ("mark", third, "--clear"), ("export", tmp_path / "copies", "--album", "Best", "--sidecars"),
        ("album", "Best", "--rename", "Gone"), ("album", "Gone", "--delete"), ("status",), ("check", "--deep"),
        ("check", "--repair"), ("backups",), ("restore",), ("models",), ("demo",),
    )  # fmt: skip
    listed = re.findall(r"^    ([a-z]+) ", clipview("--help").out, re.MULTILINE)
    before = fingerprint(photos)
    for words in commands:
        found = clipview(*words, "--library", tmp_path / "library")
        assert found.code == 0, (words, found.err)
        assert fingerprint(photos) == before, f"{words} touched the photo folder"
    assert {words[0] for words in commands} == set(listed)
