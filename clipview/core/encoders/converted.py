"""Running a network that was converted for OpenVINO, without PyTorch."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from clipview.core.cores import usable_cores
from clipview.core.encoders.kept import MappedArrays
from clipview.core.priority import give_way
from clipview.core.types import Matrix

CONVERSION = 1
"""Goes up with every change of what a conversion gives."""
GRAPH, WEIGHTS = "graph", "weights"
"""The arrays of a kept network: OpenVINO's two files, as bytes."""

_PRECISIONS = {"float32": "f32", "bfloat16": "bf16"}


def openvino_version() -> str | None:
    """Return which OpenVINO is installed, without importing it; None when none is."""
    try:
        return version("openvino")
    except PackageNotFoundError:
        return None


def openvino() -> Any:
    """Return the package, imported without the part that tells its maker of its use."""
    # Only its own converter would send anything, and ClipView doesn't call that; what isn't there can't.
    sys.modules.setdefault("openvino_telemetry", cast("Any", None))
    import openvino

    return openvino


def precisions() -> list[str]:
    """Return what this processor computes quickly in with OpenVINO."""
    capabilities = openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return ["float32", "bfloat16"] if "BF16" in capabilities else ["float32"]


class ConvertedNetwork:
    """Maps pictures to vectors, one picture at a time in each stream; safe from any thread."""

    on_cpu = True

    def __init__(self, path: Path, sha256: str, precision: str, streams: int) -> None:
        """Read and set up a kept network; half a second to two.

        Args:
            path: of a file with the arrays `GRAPH` and `WEIGHTS`, and what belongs to the network.
            sha256: of the file.
            precision: one of `precisions()`.
            streams: how many pictures are computed at once, on an equal share of the cores each.

        Raises OSError, ValueError or KeyError when the file is gone or not what was written, RuntimeError when
        OpenVINO can't use it.
        """
        self._kept = MappedArrays(path, sha256)
        settings = {
            "INFERENCE_PRECISION_HINT": _PRECISIONS[precision],
            "NUM_STREAMS": streams,
            "INFERENCE_NUM_THREADS": max(streams, usable_cores()),
            # Decoders use the same cores: a thread that may not move waits for them.
            "ENABLE_CPU_PINNING": False,
        }
        with ThreadPoolExecutor(1, thread_name_prefix="compile", initializer=give_way) as executor:
            # OpenVINO's threads take their priority from the one that starts them, and keep it: embedding makes way.
            self._compiled = executor.submit(self._compile, settings).result()
        self._streams = streams
        self._kept.give_back()

    @property
    def arrays(self) -> Mapping[str, Matrix]:
        """What was kept beside the network itself."""
        return self._kept.arrays

    def run(self, pictures: Sequence[NDArray[np.uint8]]) -> Matrix:
        """Return the network's vectors, shape (n, width), of pictures of its size, shape (height, width, 3)."""
        # Requests of its own for each call: a picture that is asked about while a scan goes on waits for few of its.
        # Twice as many as streams: none waits for this thread.
        count = min(2 * self._streams, len(pictures))
        requests = [self._compiled.create_infer_request() for _ in range(count)]
        vectors: list[Matrix] = []
        for number in range(len(pictures) + count):
            request = requests[number % count]
            if number >= count:
                request.wait()
                vectors.append(request.get_output_tensor(0).data[0].astype(np.float32))
            if number < len(pictures):
                request.start_async([pictures[number][None]], share_inputs=True)
        return np.stack(vectors)

    def _compile(self, settings: Mapping[str, object]) -> Any:
        package = openvino()
        arrays = self._kept.arrays
        core = package.Core()
        # The compiled network goes on using this memory.
        weights = package.Tensor(arrays[WEIGHTS], shared_memory=True)
        return core.compile_model(core.read_model(arrays[GRAPH].tobytes(), weights), "CPU", settings)
