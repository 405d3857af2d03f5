"""Pictures that every run draws alike, for comparing embeddings with stored ones."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from clipview.core.environment import prepare_environment

prepare_environment()


@pytest.fixture(scope="session")
def drawn_pictures() -> dict[str, Image.Image]:
    """Return a few RGB pictures of odd shapes and sizes, drawn from fixed seeds."""
    return {
        "noise": _noise(300, 200),
        "sky": _sunset(640, 427),
        "grey": _noise(251, 377).convert("L").convert("RGB"),
        "dark": Image.new("RGB", (500, 500), (9, 10, 16)),
        "small": _shapes(57, 41),
        "wide": _shapes(1400, 180),
        "tall": _shapes(190, 1100),
        "exact": _shapes(224, 224),
    }


def _noise(width: int, height: int) -> Image.Image:
    coarse = np.random.RandomState(width * height).randint(0, 256, (height // 16, width // 16, 3)).astype(np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)


def _sunset(width: int, height: int) -> Image.Image:
    down = np.linspace(0, 1, height)[:, None]
    sky = np.stack([250 - 20 * down, 150 - 70 * down, 60 - 40 * down], axis=-1)
    picture = np.repeat(sky, width, axis=1)
    picture[int(height * 0.66) :] = (14, 10, 9)
    return Image.fromarray(picture.astype(np.uint8))


def _shapes(width: int, height: int) -> Image.Image:
    rng = np.random.RandomState(width + 7 * height)
    picture = Image.new("RGB", (width, height), (200, 210, 220))
    pen = ImageDraw.Draw(picture)
    for _ in range(24):
        left, top = int(rng.randint(width)), int(rng.randint(height))
        box = (left, top, left + int(rng.randint(4, 4 + width // 3)), top + int(rng.randint(4, 4 + height // 3)))
        colour = (int(rng.randint(256)), int(rng.randint(256)), int(rng.randint(256)))
        if rng.rand() < 0.5:
            pen.ellipse(box, fill=colour)
        else:
            pen.rectangle(box, fill=colour)
    return picture
