"""Which photos are screenshots or documents rather than photographs.

A screenshot by what the file says: no camera, and a name that programs give to screenshots, or a PNG as large as a
screen. A document by what the model sees: at least two of three descriptions fit strongly. benchmarks/groups.py tells
how often photographs are mistaken for either.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from clipview.core.store import Looks
from clipview.core.types import TextTerm

Strengths = Callable[[TextTerm], tuple[NDArray[np.int64], NDArray[np.float64]]]
"""Gives photo ids and how strongly each matches a description, in percent."""

_DESCRIPTIONS: Final = ("a screenshot", "a web page", "printed text")
_FITS: Final = 70.0
_ENOUGH: Final = 2

_NAME: Final = re.compile(
    r"screen[ _-]?(?:shot|cap|grab)|scrnshot|bildschirmfoto|captura de|capture d.[ée]cran|schermafbeelding"
    r"|skjermbilde|sk[äa]rmavbild|zrzut",
    re.IGNORECASE,
)
_LOSSLESS: Final = frozenset({"PNG", "BMP"})
_SCREENS: Final = frozenset(
    {
        (640, 1136), (720, 1280), (720, 1520), (720, 1600), (750, 1334), (768, 1024), (768, 1366), (800, 1280),
        (828, 1792), (900, 1440), (900, 1600), (1024, 1280), (1050, 1680), (1080, 1920), (1080, 2160), (1080, 2220),
        (1080, 2280), (1080, 2310), (1080, 2340), (1080, 2400), (1080, 2412), (1080, 2460), (1080, 2520),
        (1125, 2436), (1170, 2532), (1179, 2556), (1200, 1600), (1200, 1920), (1206, 2622), (1242, 2208),
        (1242, 2688), (1284, 2778), (1290, 2796), (1320, 2868), (1440, 2560), (1440, 2880), (1440, 2960),
        (1440, 3040), (1440, 3088), (1440, 3120), (1440, 3200), (1440, 3440), (1488, 2266), (1504, 2256),
        (1536, 2048), (1600, 2560), (1620, 2160), (1640, 2360), (1644, 3840), (1664, 2560), (1668, 2224),
        (1668, 2388), (1800, 2880), (1824, 2736), (1864, 2880), (1964, 3024), (2000, 3000), (2048, 2732),
        (2064, 2752), (2160, 3840), (2234, 3456), (2304, 4096), (2880, 5120),
    }
)  # fmt: skip
"""Shorter and longer side of common screens, in pixels."""

_ASKING: Final = re.compile(
    r"\b(?:screen ?shots?|screen captures?|documents?|papers?|receipts?|invoices?|bills?|letters?|forms?|scans?"
    r"|scanned|tickets?|menus?|web ?(?:page|site)s?|apps?|chats?|messages?|e-?mails?|text|pages?|notes?"
    r"|certificates?|contracts?|tables?|charts?|diagrams?|slides?|maps?|code|bildschirmfotos?|dokumente?|rechnung(?:en)?|quittung(?:en)?"
    r"|briefe?|formulare?|webseiten?|fahrkarten?|speisekarten?)\b",
    re.IGNORECASE,
)


def asks_for_paperwork(words: str) -> bool:
    """Tell whether somebody who types this wants to see screenshots and documents too."""
    return _ASKING.search(words) is not None


def find_paperwork(looks: Looks, strengths: Strengths | None) -> NDArray[np.int64]:
    """Return the ids of screenshots and documents, ascending.

    Args:
        looks: of all photos.
        strengths: the model's word on a description; without a model, only what files say counts.
    """
    no_camera = looks.cameras == 0
    sizes = np.sort(np.stack([looks.widths_px, looks.heights_px], axis=1), axis=1).tolist()
    names = [os.fsdecode(path.rpartition(os.sep.encode())[2]) for path in looks.paths]
    telling = [
        _NAME.search(name) is not None or (kind in _LOSSLESS and tuple(size) in _SCREENS)
        for name, kind, size in zip(names, looks.formats, sizes, strict=True)
    ]
    found: NDArray[np.int64] = looks.photo_ids[no_camera & np.array(telling, np.bool_)]
    if strengths is None:
        return found
    fitting = [ids[worth >= _FITS] for ids, worth in map(strengths, map(TextTerm, _DESCRIPTIONS))]
    ids, counts = np.unique(np.concatenate(fitting), return_counts=True)
    both: NDArray[np.int64] = np.union1d(found, ids[counts >= _ENOUGH])
    return both
