from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from clipview.core.errors import ClipViewError
from clipview.samples import copy_samples, sample_photos


def test_every_sample_is_a_readable_photo_with_a_title_a_licence_and_a_credit() -> None:
    photos = sample_photos()
    assert len(photos) >= 12
    assert len({photo.name for photo in photos}) == len(photos)
    for photo in photos:
        with Image.open(photo.source) as image:
            image.load()
            assert min(image.size) >= 150
        assert photo.title
        assert photo.licence
        assert photo.credit
        assert Path(photo.name).suffix == photo.source.suffix


def test_both_packages_give_samples() -> None:
    names = {photo.name for photo in sample_photos()}
    assert {"cat-chelsea.png", "coffee.png", "flower.jpg"} <= names


def test_samples_are_found_without_importing_the_packages_that_ship_them() -> None:
    code = (
        "import sys; from clipview.samples import sample_photos; sample_photos();"
        "sys.exit(bool({'skimage', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_copied_samples_equal_the_installed_files(tmp_path: Path) -> None:
    copies = copy_samples(tmp_path / "new" / "samples")
    assert sorted(path.name for path in copies) == sorted(path.name for path in copies[0].parent.iterdir())
    for photo, copy in zip(sample_photos(), copies, strict=True):
        assert copy.read_bytes() == photo.source.read_bytes()


def test_copying_again_leaves_whole_files_alone_and_mends_cut_ones(tmp_path: Path) -> None:
    first = copy_samples(tmp_path)
    untouched = first[0].stat().st_mtime_ns, first[0].stat().st_ino
    first[1].write_bytes(first[1].read_bytes()[:100])
    second = copy_samples(tmp_path)
    assert second == first
    assert (first[0].stat().st_mtime_ns, first[0].stat().st_ino) == untouched
    assert second[1].read_bytes() == sample_photos()[1].source.read_bytes()


def test_without_the_packages_the_message_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without site-packages on the path neither is found.
    monkeypatch.setattr(sys, "path", [])
    for package in ("skimage", "sklearn"):
        monkeypatch.delitem(sys.modules, package, raising=False)
    with pytest.raises(ClipViewError, match="pip install scikit-image scikit-learn"):
        sample_photos()


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        copy_samples(tmp_path / "file")
