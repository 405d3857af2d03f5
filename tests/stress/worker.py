"""Provokes the faults that it is told to, one after the other; a line of JSON in, a line of JSON out."""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from pathlib import Path

import warm
from rig import Fault, NotHereError, Rig


def main() -> None:
    # Whatever else is printed must not get between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    warm.get_ready()
    for line in sys.stdin:
        asked = json.loads(line)
        faults: tuple[Fault, ...] = importlib.import_module(asked["module"]).FAULTS
        fault = next(each for each in faults if each.name == asked["name"])
        print(json.dumps(_provoke(fault, Rig(Path(asked["base"]), asked["seed"]))), file=answers, flush=True)


def _provoke(fault: Fault, rig: Rig) -> tuple[str, str]:
    try:
        told = fault.provoke(rig)
    except NotHereError as error:
        return "skipped", str(error)
    except AssertionError as error:
        return "FAILED", f"{error}\n{traceback.format_exc(limit=-3)}"
    except Exception:
        return "FAILED", traceback.format_exc()
    finally:
        rig.close()
    return "ok", told


if __name__ == "__main__":
    main()
