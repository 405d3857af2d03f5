"""The whole way with the real search model: folder, scan, words, pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from windows import Opened, places_in, save_picture, until

from clipview.samples import copy_samples

_KEPT = ("cat", "coffee", "rocket", "motorcycle-in-garage-1", "motorcycle-in-garage-2", "astronaut")


def test_sample_photos_are_indexed_and_found_by_words_and_by_picture(application: QApplication, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    for path in copy_samples(photos):
        if not any(word in path.stem for word in _KEPT):
            path.unlink()
    count = len(list(photos.iterdir()))
    opened = Opened(application, places_in(tmp_path), module="clipview.engine.server")
    try:
        until(lambda: opened.window.desk.state is not None)
        opened.window.desk.add_folders((photos,))
        until(lambda: opened.window.model.count == count and not opened.window.session.scanning, 180)
        opened.search("a cup of coffee")
        assert "coffee" in opened.names[0]
        opened.search("a cat")
        assert "cat" in opened.names[0]
        save_picture(opened.window, "samples")
        opened.search("asdfgh")
        assert opened.window.nothing.isVisible()
        opened.window.pictures.take_files([photos / "motorcycle-in-garage-1.png"], add=False)
        until(lambda: opened.window.query_bar.chips and opened.window.session.settled)
        assert [name[:20] for name in opened.names[:2]] == ["motorcycle-in-garage"] * 2
    finally:
        opened.close()
