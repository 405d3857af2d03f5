"""What comes from outside: no network, model files that are programs, a starved machine."""

from __future__ import annotations

import pickle
import re
import shutil
import signal
import subprocess
import zipfile
from pathlib import Path

import other_model
from PIL import Image
from rig import Fault, NotHereError, Rig, memory_limit

_GROUPS_MB = (350, 500)


def no_socket(rig: Rig) -> str:
    """Nothing opens a connection or starts a program: the system is watched, not ClipView's word taken."""
    if shutil.which("strace") is None:
        raise NotHereError("needs strace")
    rig.make_photos(4)
    (rig.photos / "script.jpg").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(touched) (w) file\n")
    calls = rig.base / "calls"
    before = ["strace", "-f", "-qq", "-o", str(calls), "-e", "trace=socket,connect,sendto,execve"]
    sockets, programs, commands = 0, set(), 0
    for words in (
        ["index", rig.photos], ["search", "a photo"], ["search", "--image", rig.photos / "script.jpg"], ["check"],
        ["models", "list"], ["--screenshot", rig.base / "window.png", "--query", "a photo"],
    ):  # fmt: skip
        found = rig.clipview(*words, before=before)
        if not calls.exists():
            raise NotHereError(f"strace can't watch here: {found.err[-100:]}")
        assert found.code == (1 if "--image" in words else 0), (words, found)
        lines = calls.read_text(errors="replace").splitlines()
        sockets += sum("AF_INET" in line for line in lines)
        started = (re.search(r'execve\("([^"]+)".* = 0$', line) for line in lines)
        programs |= {Path(each[1]).name for each in started if each}
        commands += 1
    assert sockets == 0, f"{sockets} sockets to a network"
    # PyTorch's import asks the system where its libraries lie.
    foreign = {each for each in programs if not each.startswith("python")} - {"ldconfig"}
    assert not foreign, foreign
    return f"{commands} commands, 0 sockets to a network, 0 programs but its own workers"


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
    """However little memory there is, a scan works or ends with a sentence, and goes on when there is more."""
    if shutil.which("prlimit") is None:
        raise NotHereError("needs prlimit")
    rig.make_photos(6)
    rig.make_photos(2, "large", side_px=9000)
    codes = []
    for megabytes in (120, 300, 900, 2500, 3500, 6000):
        before = ["prlimit", f"--as={megabytes}000000"]
        found = rig.clipview("index", rig.photos, "--json", before=before, OMP_NUM_THREADS="1")
        assert found.code in (0, 1), (megabytes, found)
        assert "Traceback" not in found.err, f"{megabytes} MB: {found.err[-800:]}"
        codes.append(found.code)
    assert codes[-1] == 0, codes
    summary = rig.index()
    assert summary["unchanged"] + summary["added"] + len(summary["skipped"]) == 8, summary
    rig.is_healthy(deep=True)
    return f"exit codes {codes} from 0.1 to 6 GB of addresses; {summary['unchanged']} indexed then"


def killed_for_memory(rig: Rig) -> str:
    """When the system runs out of memory and ends what takes most, the scan or its next run goes on."""
    rig.make_photos(6)
    place = rig.photos / "large"
    place.mkdir()
    for number in range(3):
        Image.new("RGB", (9000, 8000), (90 + number, 0, 0)).save(place / f"{number}.png", compress_level=1)
    told, kept = [], 0
    for megabytes in _GROUPS_MB:
        with memory_limit(megabytes << 20) as before:
            found = rig.clipview("index", rig.photos, "--json", before=before)
        assert found.code in (0, 1, -signal.SIGKILL), found
        assert "Traceback" not in found.err, found.err
        if found.code == 0:
            summary = found.document
            assert summary["added"] + summary["unchanged"] + len(summary["skipped"]) == 9, summary
        assert rig.rows("photos") >= kept
        kept = rig.rows("photos")
        told.append(f"{megabytes} MB: exit code {found.code}, {kept} of 9 kept")
    rig.is_healthy()
    summary = rig.clipview("index", rig.photos, "--retry", "--json").ends(0).document
    assert summary["added"] + summary["unchanged"] == 9, summary
    rig.search_works(9)
    return "; ".join([*told, "all 9 after it"])


FAULTS = (
    Fault("no socket is opened, no program started", no_socket, about_s=30),
    Fault("no network", no_network),
    Fault("hostile and damaged model files", hostile_models),
    Fault("little memory", little_memory, about_s=30),
    Fault("killed for want of memory", killed_for_memory),
)
