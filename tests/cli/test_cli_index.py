"""`clipview index` from outside: summaries, bad files, interruptions."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from clipview.samples import copy_samples


def noise(path: Path, number: int, side: int = 96) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.effect_noise((side, side), 40 + number % 60).convert("RGB").save(path, "JPEG", comment=str(number).encode())
    return path


def bomb() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(90_001))) + chunk(b"IEND", b"")


def test_index_reports_what_it_did_as_one_json_document(clipview, tmp_path):
    for number in range(3):
        noise(tmp_path / "photos" / f"{number}.jpg", number)
    first = clipview("index", tmp_path / "photos", "--json")
    assert first.code == 0
    document = first.document
    assert {key: document[key] for key in ("added", "updated", "moved", "unchanged", "missing", "skipped")} == {
        "added": 3, "updated": 0, "moved": 0, "unchanged": 0, "missing": 0, "skipped": [],
    }  # fmt: skip
    assert document["seconds"] > 0
    assert document["photos_per_second"] > 0
    assert first.err == ""
    again = clipview("index", "--json").document
    assert (again["added"], again["unchanged"]) == (0, 3)
    told = clipview("index").out
    assert "3 unchanged" in told
    assert "photos/s" not in told


def test_a_scan_survives_every_bad_file_and_names_each(clipview, tmp_path):
    photos = tmp_path / "photos"
    odd = ["\u05e9\u05dc\u05d5\u05dd.jpg", "\N{SUNFLOWER}.jpg", "two\nlines.jpg", os.fsdecode(b"raw\xfe.jpg")]
    good = [noise(photos / name, number) for number, name in enumerate(["plain.jpg", *odd])]
    whole = io.BytesIO()
    Image.effect_noise((400, 400), 60).convert("RGB").save(whole, "JPEG", quality=95)
    (photos / "truncated.jpg").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 20])
    (photos / "half.jpg").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    (photos / "text.jpg").write_text("not a picture at all")
    (photos / "empty.jpg").touch()
    os.mkfifo(photos / "pipe.jpg")
    (photos / "bomb.png").write_bytes(bomb())
    (photos / "folder.jpg").mkdir()
    (photos / "nowhere.jpg").symlink_to(tmp_path / "missing.jpg")
    result = clipview("index", photos, "--json")
    assert result.code == 0
    reasons = {Path(each["path"]).name: each["reason"] for each in result.document["skipped"]}
    indexed = {Path(each["path"]).name for each in result.document["skipped"] if each["indexed"]}
    assert indexed == {"half.jpg"}
    assert result.document["added"] == len(good) + 1
    assert set(reasons) >= {"truncated.jpg", "half.jpg", "text.jpg", "empty.jpg", "pipe.jpg", "bomb.png"}
    assert "30000 x 30000" in reasons["bomb.png"]
    assert all(reason.endswith((".", ")")) for reason in reasons.values())
    listed = clipview("search", "--all", "--json").document["hits"]
    assert {os.fsencode(hit["path"]) for hit in listed} == {os.fsencode(path) for path in [*good, photos / "half.jpg"]}


def test_names_cannot_play_tricks_on_the_terminal(clipview, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "\x1b[2Jevil\r.jpg").write_text("no")
    result = clipview("index", tmp_path / "photos")
    assert "evil" in result.err
    assert "\x1b" not in result.err + result.out


def test_a_wrong_folder_ends_with_a_sentence(clipview, tmp_path):
    result = clipview("index", tmp_path / "nowhere")
    assert (result.code, result.out) == (1, "")
    assert str(tmp_path / "nowhere") in result.err
    assert "try again" in result.err


@pytest.mark.parametrize("words", [["index", "--nonsense"], ["frobnicate"], ["search", "--limit", "0", "dog"]])
def test_wrong_usage_ends_with_2(clipview, words):
    assert clipview(*words).code == 2


def test_a_second_writer_ends_with_3(clipview, tmp_path):
    from clipview.config import places
    from clipview.core.library import Library

    noise(tmp_path / "photos" / "a.jpg", 1)
    with Library.open(places(), write=True):
        began = time.monotonic()
        result = clipview("index", tmp_path / "photos")
    assert result.code == 3
    assert "in use" in result.err
    assert time.monotonic() - began < 60


def wait_for_photos(library: Path, count: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if library.exists() and photos_in(library) >= count:
            return
        time.sleep(0.02)
    raise AssertionError(f"no {count} photos after a minute")


def photos_in(library: Path) -> int:
    connection = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT count(*) FROM embeddings").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_an_interrupt_keeps_what_was_done_and_leaves_no_process(clipview, start, tmp_path):
    photos = tmp_path / "photos"
    for number in range(150):
        noise(photos / f"{number:03d}.jpg", number, side=300)
    library = tmp_path / "home" / "library" / "library.db"
    process = start("index", photos, start_new_session=True)
    wait_for_photos(library, 16)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    kept = photos_in(library)
    assert 16 <= kept < 150
    summary = clipview("index", "--json").document
    assert (summary["added"], summary["unchanged"]) == (150 - kept, kept)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to such a limit")
def test_too_little_memory_for_the_model_is_said(start, tmp_path):
    import resource  # Windows has none

    noise(tmp_path / "photos" / "a.jpg", 1)
    limit = (2 << 30, 2 << 30)
    process = start("index", tmp_path / "photos", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.startswith("clipview: The model starter can't be used")
    assert "close other programs" in err


def test_kills_at_any_moment_lose_and_double_nothing(clipview, start, tmp_path):
    photos = tmp_path / "photos"
    for number in range(60):
        noise(photos / f"{number:03d}.jpg", number, side=200)
    library = tmp_path / "home" / "library" / "library.db"
    kept = 0
    for target in (1, 33):
        process = start("index", photos)
        wait_for_photos(library, target)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert photos_in(library) >= kept
        kept = photos_in(library)
    summary = clipview("index", "--json").document
    assert summary["added"] + summary["unchanged"] == 60
    assert clipview("status", "--json").document["photos"] == 60
    assert clipview("check").code == 0
    listed = [hit["path"] for hit in clipview("search", "--all", "--json").document["hits"]]
    assert len(listed) == len(set(listed)) == 60


def test_all_formats_come_in(clipview, tmp_path):
    import pillow_heif

    photos = tmp_path / "photos"
    photos.mkdir()
    picture = Image.linear_gradient("L").convert("RGB").resize((300, 200))
    for name in ("a.jpg", "a.png", "a.webp", "a.bmp", "a.gif", "a.tif", "a.avif"):
        picture.save(photos / name)
    pillow_heif.from_pillow(picture).save(photos / "a.heic")
    picture.convert("CMYK").save(photos / "cmyk.jpg")
    Image.linear_gradient("L").convert("I;16").save(photos / "deep.tif")
    frames = [picture, Image.new("RGB", picture.size, "red")]
    frames[0].save(photos / "moving.gif", save_all=True, append_images=frames[1:])
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture.resize((300 + orientation, 200)).save(photos / f"turned{orientation}.jpg", exif=exif)
    result = clipview("index", photos, "--json")
    assert result.document["skipped"] == []
    assert result.document["added"] == len(list(photos.iterdir()))


def test_samples_index_again_in_an_instant_without_loading_a_model(start, sample_library, tmp_path):
    shutil.copytree(sample_library / "library", tmp_path / "library")
    code = (
        "import sys; from clipview.cli import main;"
        f"code = main(['index', '--library', {str(tmp_path / 'library')!r}, '--json']);"
        "assert not {'torch', 'open_clip', 'PySide6'} & set(sys.modules), 'loaded for nothing';"
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    assert '"unchanged": 16' in done.stdout


def test_copying_the_samples_twice_changes_nothing(tmp_path):
    first = copy_samples(tmp_path)
    stamps = [path.stat().st_mtime_ns for path in first]
    assert [path.stat().st_mtime_ns for path in copy_samples(tmp_path)] == stamps


def test_locate_says_where_a_moved_folder_is_now_or_why_not(clipview, tmp_path):
    noise(tmp_path / "photos" / "one.jpg", 1)
    clipview("index", tmp_path / "photos")
    (tmp_path / "photos").rename(tmp_path / "moved")
    (tmp_path / "empty").mkdir()
    refused = clipview("locate", tmp_path / "photos", tmp_path / "empty")
    assert refused.code == 1
    assert "one.jpg" in refused.err
    assert clipview("locate", tmp_path / "photos", tmp_path / "moved").code == 0
    again = clipview("index", "--json").document
    assert (again["unchanged"], again["missing"]) == (1, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_too_little_memory_is_told_in_a_sentence(tmp_path: Path) -> None:
    code = f"""
import pathlib, resource, sys
from clipview.cli import main
pages = int(pathlib.Path("/proc/self/statm").read_text().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (4 << 20),) * 2)
sys.exit(main(["status", "--library", {str(tmp_path)!r}]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stderr == "clipview: there is not enough memory. Close other programs and try again.\n"
    assert done.returncode == 1
