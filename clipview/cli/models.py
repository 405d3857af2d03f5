"""`clipview models`: which search models there are, and which one a library uses."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from clipview.cli.output import print_json
from clipview.cli.terminal import plain
from clipview.config import places
from clipview.core.encoders.catalogue import CatalogueEntry, catalogue, restricted_licence
from clipview.core.encoders.fetching import fetch_model
from clipview.core.encoders.loading import import_model
from clipview.core.encoders.measurement import measure_pictures
from clipview.core.encoders.model_cards import read_card
from clipview.core.encoders.picture_ways import picture_run
from clipview.core.encoders.quantized import SUFFIX
from clipview.core.errors import ClipViewError, UsageError
from clipview.core.fidelity import measured_fidelity
from clipview.core.library import Library
from clipview.core.library_models import DEFAULT_MODEL
from clipview.core.places import Places

_REDRAW_S = 0.2
_FASTER = 1.05


def run(options: argparse.Namespace) -> int:
    """List models, choose one, download one, or import one from a file."""
    where = places(options.library)
    if options.action == "list":
        return _list(where, as_json=options.json)
    if options.action == "measure":
        measured: str = options.name or _model_in_use(where)
        return _measure(measured.removesuffix(SUFFIX), where, as_json=options.json)
    if options.name is None:
        raise UsageError(f"`clipview models {options.action}` needs a name; `clipview models list` shows some.")
    name: str = options.name
    if options.action == "import":
        if options.architecture is None:
            raise UsageError("Say which open_clip model the file is of: `clipview models import FILE --as ViT-B-32`.")
        name = import_model(Path(name).expanduser(), options.architecture, where.models)
    licence = restricted_licence(name)
    if licence is not None:
        print(f"Mind the licence of {plain(name)}: {licence}.", file=sys.stderr)
    if options.action == "get":
        _download(name, where)
    ready = False
    if options.action == "use":
        with Library.open(where, write=True) as library:
            ready = library.use_model(name)
            fidelity = measured_fidelity(library.store, name)
        if fidelity is not None and not options.json:
            print(f"{plain(name)} passes: {fidelity}.")
    if options.json:
        print_json([_document(entry) for entry in catalogue(where.models)])
    elif options.action != "use":
        print(f"{plain(name)} is ready. `clipview index --model {plain(name)}` builds its vectors and then uses it.")
    elif ready:
        print(f"Searches now use {plain(name)}.")
    else:
        print(
            f"`clipview index` builds the vectors of {plain(name)}; until they are complete, searches go on as before."
        )
    return 0


def _list(where: Places, *, as_json: bool) -> int:
    entries = catalogue(where.models)
    if as_json:
        print_json([_document(entry) for entry in entries])
        return 0
    used = _model_in_use(where)
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        mark = "*" if entry.name == used.removesuffix(SUFFIX) else " "
        print(
            f"{mark} {plain(entry.name):<{width}}  {entry.state:<14}  {entry.size_bytes / 1e9:4.1f} GB  "
            f"{plain(entry.licence):<12}  {entry.use}"
        )
    print()
    for line in _facts(used, where):
        print(line)
    print("* in use. Any other open_clip model works too: `clipview models get MODEL/TAG`.")
    return 0


def _measure(name: str, where: Places, *, as_json: bool) -> int:
    choice = measure_pictures(name, where.models, where.cache)
    if as_json:
        ways = [
            {"way": str(trial.way), "streams": trial.way.streams, "speed": trial.speed, "cosine": trial.cosine}
            for trial in choice.trials
        ]
        way, refused = str(choice.way), choice.refused
        print_json({"name": name, "way": way, "speed": choice.speed, "ways": ways, "refused": refused})
        return 0
    for trial in choice.trials:
        streams = f", {trial.way.streams} at once" if trial.way.converted else ""
        mark = "*" if trial.way == choice.way else " "
        print(f"{mark} {f'{trial.way}{streams}':<32}  {trial.speed:5.2f} times as fast, cosine {trial.cosine:.6f}")
    if choice.refused:
        print(f"Not converted: {plain(choice.refused)}.")
    print(f"* is how {plain(name)} embeds pictures on this machine from now on.")
    return 0


def _facts(name: str, where: Places) -> list[str]:
    """Return what is known of how a model runs here."""
    card = read_card(name.removesuffix(SUFFIX), where.models, where.cache)
    run = picture_run(name, where.models, where.cache)
    facts = []
    if run is not None:
        on = "" if run.device == "cpu" else f" on {plain(run.device)}"
        faster = ""
        if run.speed is not None:
            faster = f", {run.speed:.1f} times as fast as PyTorch in float32" if run.speed > _FASTER else ""
            faster += ", as measured here"
        facts.append(f"{plain(name)} embeds pictures with {run.library}{on} in {plain(run.precision)}{faster}.")
    if card is not None:
        words = "PyTorch" if card.text is None else "a converted text tower that needs no PyTorch"
        facts.append(f"{plain(name)} embeds words with {words}.")
    return facts


def _model_in_use(where: Places) -> str:
    try:
        with Library.open(where, write=False) as library:
            return library.model
    except ClipViewError:
        return DEFAULT_MODEL


def _document(entry: CatalogueEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "state": str(entry.state),
        "bytes": entry.size_bytes,
        "licence": entry.licence,
        "dim": entry.dim,
        "use": entry.use,
    }


def _download(name: str, where: Places) -> None:
    shown = sys.stderr.isatty()
    drawn_s = 0.0
    for step in fetch_model(name, where.models):
        if shown and time.monotonic() - drawn_s > _REDRAW_S:
            drawn_s = time.monotonic()
            total = f" of {step.total_bytes / 1e6:,.0f}" if step.total_bytes else ""
            print(
                f"\r{plain(step.file)}: {step.done_bytes / 1e6:,.0f}{total} MB   ", end="", file=sys.stderr, flush=True
            )
    if shown:
        print(file=sys.stderr)
