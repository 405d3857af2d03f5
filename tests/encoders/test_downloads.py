from __future__ import annotations

import hashlib
import os
import socket
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_server import HubServer, running_hub

from clipview.core.encoders import downloads
from clipview.core.encoders.downloads import NotPublishedError, download
from clipview.core.errors import ModelUnavailableError, NoSpaceError

CONTENT = os.urandom(3_500_000)


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with running_hub() as server:
        server.files["/m/resolve/main/w.bin"] = CONTENT
        server.files["/plain/w.bin"] = CONTENT
        yield server


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_file_arrives_whole_with_progress(hub: HubServer, tmp_path: Path) -> None:
    steps = list(download(f"{hub.address}/m/resolve/main/w.bin", tmp_path / "new" / "w.bin"))
    assert (tmp_path / "new" / "w.bin").read_bytes() == CONTENT
    assert steps[0].done_bytes == 0
    assert steps[-1].done_bytes == steps[-1].total_bytes == len(CONTENT)
    assert len(steps) >= 4
    assert _left(tmp_path / "new") == ["w.bin"]


def test_closed_download_goes_on_where_it_stopped(hub: HubServer, tmp_path: Path) -> None:
    first = download(f"{hub.address}/m/resolve/main/w.bin", tmp_path / "w.bin")
    done = [next(first).done_bytes for _ in range(3)][-1]
    first.close()
    assert not (tmp_path / "w.bin").exists()
    steps = list(download(f"{hub.address}/m/resolve/main/w.bin", tmp_path / "w.bin"))
    assert steps[0].done_bytes == done > 0
    assert hub.requests[-1][1] == f"bytes={done}-"
    assert (tmp_path / "w.bin").read_bytes() == CONTENT


def test_connection_that_ends_early_says_so_and_can_go_on(hub: HubServer, tmp_path: Path) -> None:
    hub.cut_after = 2_000_000
    with pytest.raises(ModelUnavailableError, match="run the same again"):
        list(download(f"{hub.address}/plain/w.bin", tmp_path / "w.bin"))
    list(download(f"{hub.address}/plain/w.bin", tmp_path / "w.bin"))
    assert hub.requests[-1][1] is not None
    assert (tmp_path / "w.bin").read_bytes() == CONTENT


def test_file_that_changed_meanwhile_is_fetched_anew(hub: HubServer, tmp_path: Path) -> None:
    first = download(f"{hub.address}/plain/w.bin", tmp_path / "w.bin")
    for _ in range(3):
        next(first)
    first.close()
    hub.files["/plain/w.bin"] = CONTENT[::-1]
    list(download(f"{hub.address}/plain/w.bin", tmp_path / "w.bin"))
    assert (tmp_path / "w.bin").read_bytes() == CONTENT[::-1]


def test_wrong_checksum_of_the_hub_discards_the_file(hub: HubServer, tmp_path: Path) -> None:
    hub.checksums["/m/resolve/main/w.bin"] = "0" * 64
    with pytest.raises(ModelUnavailableError, match=r"w\.bin arrived damaged"):
        list(download(f"{hub.address}/m/resolve/main/w.bin", tmp_path / "w.bin"))
    assert _left(tmp_path) == []


def test_given_checksum_is_checked(hub: HubServer, tmp_path: Path) -> None:
    right = hashlib.sha256(CONTENT).hexdigest()
    list(download(f"{hub.address}/plain/w.bin", tmp_path / "right.bin", right))
    with pytest.raises(ModelUnavailableError, match="damaged"):
        list(download(f"{hub.address}/plain/w.bin", tmp_path / "wrong.bin", "1" * 64))
    assert _left(tmp_path) == ["right.bin"]


def test_git_checksum_of_a_small_file_is_checked(hub: HubServer, tmp_path: Path) -> None:
    small = b'{"model_cfg": {}}'
    hub.files["/m/resolve/main/c.json"] = small
    hub.checksums["/m/resolve/main/c.json"] = hashlib.sha1(b"blob 17\0" + small).hexdigest()
    list(download(f"{hub.address}/m/resolve/main/c.json", tmp_path / "c.json"))
    assert (tmp_path / "c.json").read_bytes() == small
    hub.checksums["/m/resolve/main/c.json"] = "2" * 40
    with pytest.raises(ModelUnavailableError, match="damaged"):
        list(download(f"{hub.address}/m/resolve/main/c.json", tmp_path / "d.json"))


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (404, NotPublishedError, "has no file"),
        (401, NotPublishedError, "does not give"),
        (403, NotPublishedError, "does not give"),
        (503, ModelUnavailableError, "try again later"),
    ],
)
def test_refusal_says_what_to_do(
    hub: HubServer, tmp_path: Path, status: int, kind: type[Exception], words: str
) -> None:
    hub.status = status
    with pytest.raises(kind, match=words):
        list(download(f"{hub.address}/plain/w.bin", tmp_path / "w.bin"))


def test_no_connection_fails_soon_in_one_sentence(tmp_path: Path) -> None:
    start = time.monotonic()
    # As long as it is bound, nobody else can listen there.
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        for url in (f"http://127.0.0.1:{port}/w.bin", "https://no-such-host.invalid/w.bin"):
            with pytest.raises(ModelUnavailableError, match="can't be reached") as caught:
                list(download(url, tmp_path / "w.bin"))
            assert "\n" not in str(caught.value)
    assert time.monotonic() - start < 60
    assert _left(tmp_path) == []


def test_full_disk_is_noticed_before_the_download(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _folder: usage(10**9, 10**9, 1000))
    with pytest.raises(NoSpaceError, match="free some space"):
        list(download(f"{hub.address}/plain/w.bin", tmp_path / "w.bin"))


def test_only_web_addresses_are_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    with pytest.raises(ModelUnavailableError, match="no web address"):
        list(download((tmp_path / "secret").as_uri(), tmp_path / "w.bin"))
