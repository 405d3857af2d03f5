"""A file is pointed at in the system's file manager."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QSignalSpy
from windows import until

from clipview.ui.reveal import Revealer

HERE = Path(__file__).parent


class _Desktop(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a bus of its own")
def test_the_desktops_file_manager_selects_the_file(tmp_path: Path) -> None:
    photo = tmp_path / "a photo, 100 % \N{SUNFLOWER}.jpg"
    photo.touch()
    run = subprocess.run(
        ["dbus-run-session", "--", sys.executable, HERE / "file_manager.py", photo],
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["ass", photo.as_uri()]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has its own way")
def test_without_such_a_file_manager_the_folder_opens(application, tmp_path) -> None:
    (tmp_path / "photo.jpg").touch()
    desktop = _Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "open")
    revealer = Revealer()
    revealer.reveal(tmp_path / "photo.jpg")
    until(lambda: desktop.opened)
    QDesktopServices.unsetUrlHandler("file")
    assert desktop.opened == [str(tmp_path)]


def test_a_folder_that_is_gone_is_said(application, tmp_path) -> None:
    revealer = Revealer()
    failed = QSignalSpy(revealer.failed)
    revealer.reveal(tmp_path / "gone" / "photo.jpg")
    until(failed.count)
    assert failed.at(0) == [tmp_path / "gone" / "photo.jpg"]
