from __future__ import annotations

import hashlib
import io
import os
import threading
from pathlib import Path

import numpy as np
import pytest
from photo_files import CORNERS, RED, corners, encoded, largest_difference, noise, quarters
from PIL import Image
from preparations import Small

from clipview.core.photos import UNSEEN, read_photo
from clipview.core.pictures import Limits
from clipview.core.types import FileStamp, KnownContent, PhotoContent, Unreadable

LIMITS = Limits()
Outcome = tuple[FileStamp, PhotoContent | KnownContent | Unreadable]


def _read(path: Path, limits: Limits = LIMITS, known: frozenset[bytes] = frozenset()) -> Outcome:
    return read_photo(path, Small(), lambda digest, _stamp: digest in known, limits)


def _content(path: Path) -> PhotoContent:
    _, content = _read(path)
    assert isinstance(content, PhotoContent), content
    return content


def _reason(path: Path, limits: Limits = LIMITS) -> str:
    _, content = _read(path, limits)
    assert isinstance(content, Unreadable)
    return content.reason


def test_one_look_gives_everything(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x010E] = "At the lake"
    exif[0x0112] = 6
    image = quarters(1600, 1000).transpose(Image.Transpose.ROTATE_90)
    photo.write_bytes(encoded(image, "JPEG", quality=95, exif=exif.tobytes()))
    stamp, content = _read(photo)
    assert isinstance(content, PhotoContent)
    assert stamp == FileStamp(photo.stat().st_size, photo.stat().st_mtime_ns)
    assert content.content_hash == hashlib.sha256(photo.read_bytes()).digest()
    assert (content.format, content.width_px, content.height_px) == ("JPEG", 1600, 1000)
    assert content.metadata.caption == "At the lake"
    assert content.damaged is None
    assert largest_difference(content.average_colour, np.mean(CORNERS, axis=0)) <= 3
    assert largest_difference(content.model_input[0][1, 1], RED) <= 6


def test_thumbnail_is_a_small_plain_jpeg(tmp_path: Path) -> None:
    photo = tmp_path / "a.png"
    exif = Image.Exif()
    exif[0x010E] = "secret"
    photo.write_bytes(encoded(quarters(1600, 1000), "PNG", exif=exif.tobytes()))
    with Image.open(io.BytesIO(_content(photo).thumbnail_jpeg)) as thumbnail:
        assert (thumbnail.format, thumbnail.mode, thumbnail.size) == ("JPEG", "RGB", (320, 200))
        assert not {"exif", "icc_profile", "comment"} & set(thumbnail.info)
        assert largest_difference(corners(thumbnail), CORNERS) <= 8


@pytest.mark.parametrize(("size", "expected"), [((100, 60), (100, 60)), ((4000, 2), (320, 1)), ((1, 1), (1, 1))])
def test_thumbnail_is_never_enlarged_and_never_empty(
    tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(encoded(noise(*size), "PNG"))
    content = _content(photo)
    with Image.open(io.BytesIO(content.thumbnail_jpeg)) as thumbnail:
        assert thumbnail.size == expected
    assert content.model_input[0].shape == (8, 8, 3)


def test_known_content_is_not_decoded(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"these bytes were never a picture")
    digest = hashlib.sha256(photo.read_bytes()).digest()
    assert _read(photo, known=frozenset({digest}))[1] == KnownContent(digest)


def test_nothing_is_written_to_the_original(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(encoded(quarters(), "JPEG"))
    before = (photo.read_bytes(), photo.stat().st_mtime_ns)
    _read(photo)
    assert (photo.read_bytes(), photo.stat().st_mtime_ns) == before
    assert os.listdir(tmp_path) == ["a.jpg"]  # noqa: PTH208 - names only


def test_empty_file_and_text_have_plain_reasons(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "text.jpg").write_bytes(b"hello " * 100)
    assert _reason(tmp_path / "empty.jpg") == "The file is empty."
    assert _reason(tmp_path / "text.jpg") == "The file is not an image."


def test_missing_file_and_impossible_name_have_plain_reasons(tmp_path: Path) -> None:
    assert _read(tmp_path / "gone.jpg") == (UNSEEN, Unreadable("The file is no longer there."))
    assert "name" in _reason(tmp_path / "zero\x00byte.jpg")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert "not a file" in _reason(tmp_path / "pipe.jpg")
    assert "not a file" in _reason(tmp_path)


def test_file_over_the_size_limit_is_not_read(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    with photo.open("wb") as file:
        file.truncate(3 << 30)  # sparse: it takes no room
    assert _reason(photo) == "The file has 3.2 GB; ClipView opens photos of up to 537 MB."


def test_file_that_grows_while_it_is_read_is_told(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(bytes(64 << 20))
    stop = threading.Event()

    def grow() -> None:
        with photo.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"x")

    growing = threading.Thread(target=grow)
    growing.start()
    try:
        # On a busy machine nothing may be written while it is read, now and then.
        while (reason := _reason(photo)) == "The file is not an image.":
            pass
    finally:
        stop.set()
        growing.join()
    assert reason == "The file changed while it was being read; it will be read again at the next scan."


def test_unreadable_file_says_what_to_do(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(encoded(quarters(), "JPEG"))
    photo.chmod(0)
    if os.access(photo, os.R_OK):
        pytest.skip("permissions do not bind this user")
    assert "permission" in _reason(photo)


def test_file_that_a_drive_fails_to_read_is_looked_at_again(tmp_path: Path) -> None:
    unreadable = Path("/sys/class/net/lo/speed")  # opens like any file; reading it is an error
    if not unreadable.exists():
        pytest.skip("needs Linux, and a file that can't be read")
    photo = tmp_path / "a.jpg"
    photo.symlink_to(unreadable)
    stamp, content = _read(photo)
    assert isinstance(content, Unreadable)
    assert content.reason.startswith("The file could not be read")
    assert stamp == UNSEEN


def test_picture_over_the_memory_limit_names_its_size(tmp_path: Path) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(encoded(noise(800, 600), "PNG"))
    assert "800 x 600 pixels" in _reason(photo, Limits(memory_bytes=1 << 20))


def test_damaged_photo_is_kept_and_marked(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    whole = encoded(noise(640, 480), "JPEG")
    photo.write_bytes(whole[: len(whole) * 3 // 4])
    content = _content(photo)
    assert content.damaged is not None
    assert (content.width_px, content.height_px) == (640, 480)
    assert content.content_hash == hashlib.sha256(photo.read_bytes()).digest()
