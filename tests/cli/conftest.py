from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clipview.cli import main
from clipview.samples import copy_samples

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        assert self.out.count("\n") == 1, f"not one JSON document: {self.out!r}"
        return json.loads(self.out)


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the sample photos, indexed once by the real starter encoder. Copy it before changing it."""
    base = tmp_path_factory.mktemp("samples")
    copy_samples(base / "photos")
    before = os.environ.get("CLIPVIEW_HOME")
    os.environ["CLIPVIEW_HOME"] = str(base / "home")
    try:
        assert main(["index", str(base / "photos"), "--library", str(base / "library"), "--json"]) == 0
    finally:
        os.environ.pop("CLIPVIEW_HOME")
        if before is not None:
            os.environ["CLIPVIEW_HOME"] = before
    return base


@pytest.fixture
def clipview(tmp_path, monkeypatch, capfd):
    """Run a command in this process, with everything it keeps in `tmp_path`."""
    monkeypatch.setenv("CLIPVIEW_HOME", str(tmp_path / "home"))
    capfd.readouterr()

    def run(*words: str | Path) -> Outcome:
        code = main([os.fspath(word) for word in words])
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def environment(tmp_path, clipview) -> dict[str, str]:
    """For commands that run in a process of their own."""
    return {**os.environ, "CLIPVIEW_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


@pytest.fixture
def start(environment):
    """Start a command in a process of its own; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(*words: str | Path, **options: Any) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "clipview", *map(os.fspath, words)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **options,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()
