"""What comes from outside: no network, model files that are programs, a starved machine."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import zipfile
from pathlib import Path

import other_model
from rig import Fault, NotHereError, Rig


def no_socket(rig: Rig) -> str:
    """Indexing, searching and the window open no connection: the system is watched, not ClipView's word taken."""
    if shutil.which("strace") is None:
        raise NotHereError("needs strace")
    rig.make_photos(4)
    opened, commands = 0, 0
    for words in (
        ["index", rig.photos],
        ["search", "a photo"],
        ["check"],
        ["models", "list"],
        ["--screenshot", rig.base / "window.png", "--query", "a photo"],
    ):
        calls = rig.base / "calls"
        found = rig.clipview(
            *words, before=["strace", "-f", "-qq", "-o", str(calls), "-e", "trace=socket,connect,sendto"]
        )
        if not calls.exists():
            raise NotHereError(f"strace can't watch here: {found.err[-100:]}")
        found.ends(0)
        opened += sum("AF_INET" in line for line in calls.read_text(errors="replace").splitlines())
        commands += 1
    assert opened == 0, f"{opened} sockets to a network"
    return f"{commands} commands, 0 sockets to a network"


def no_network(rig: Rig) -> str:
    """In a machine without any network all works, and what needs one says so."""
    inside = ["unshare", "-n"]
    if shutil.which("unshare") is None or subprocess.run([*inside, "true"], capture_output=True).returncode:
        raise NotHereError("this system lets nobody take its network away")
    rig.make_photos(6)
    rig.clipview("index", rig.photos, before=inside).ends(0)
    rig.clipview("search", "a photo", "--all", before=inside).ends(0)
    rig.clipview("models", "get", "ViT-B-32/laion2b_s34b_b79k", before=inside).ends(1, "can't be reached")
    return "indexed and searched; a download said what to do"


class _Touch:
    """Runs a command when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        import os

        return os.system, (f"touch '{self.path}'",)


def hostile_models(rig: Rig) -> str:
    """Model files that are programs, damaged or absurd are refused and run nothing; the old model goes on."""
    rig.make_photos(4)
    rig.index()
    mark = rig.base / "touched"
    name = other_model.make(rig.base / "model")
    weights = rig.base / "model" / "open_clip_model.safetensors"
    whole = weights.read_bytes()
    weights.unlink()
    torch_file = rig.base / "model" / "open_clip_pytorch_model.bin"

    def zipped() -> None:
        with zipfile.ZipFile(torch_file, "w") as archive:
            archive.writestr("archive/data.pkl", pickle.dumps({"weight": _Touch(mark)}))
            archive.writestr("archive/version", "3")

    ways = (
        lambda: torch_file.write_bytes(pickle.dumps(_Touch(mark))),
        lambda: torch_file.write_bytes(pickle.dumps({"state_dict": _Touch(mark)}, protocol=4)),
        zipped,
        lambda: torch_file.write_bytes(b"#!/bin/sh\ntouch '%s'\n" % bytes(mark)),
        lambda: weights.write_bytes(whole[: len(whole) // 2]),
        lambda: weights.write_bytes((1 << 62).to_bytes(8, "little") + whole[8:]),
        lambda: weights.write_bytes(b""),
        lambda: (rig.base / "model" / "open_clip_config.json").write_text('{"model_cfg": {"embed_dim": 1e99}}'),
    )
    for number, harm in enumerate(ways):
        harm()
        found = rig.clipview("index", "--model", name)
        assert found.code == 1, (number, found.code, found.err[-300:])
        assert "Traceback" not in found.err, found.err[-1500:]
        assert not mark.exists(), f"way {number} ran its program"
    rig.search_works(4)
    return f"{len(ways)} model files, none ran anything"


def little_memory(rig: Rig) -> str:
    """With little memory large photos may be refused, but each is named and the scan goes on."""
    if shutil.which("prlimit") is None:
        raise NotHereError("needs prlimit")
    rig.make_photos(10)
    rig.make_photos(2, "large", side_px=9000)
    summary = rig.clipview("index", rig.photos, "--json", before=["prlimit", "--as=6000000000"]).ends(0).document
    assert summary["added"] + len(summary["skipped"]) == 12, summary
    rig.is_healthy()
    return f"{summary['added']} indexed, {len(summary['skipped'])} named"


FAULTS = (
    Fault("no socket is opened", no_socket),
    Fault("no network", no_network),
    Fault("hostile and damaged model files", hostile_models),
    Fault("little memory", little_memory),
)
