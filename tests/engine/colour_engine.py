"""Engines whose encoder knows colours: what a client starts in tests instead of the real one."""

from __future__ import annotations

import os
import time

from colours import ColourEncoder, OtherColourEncoder, loader

from clipview.engine import server


class SlowEncoder(ColourEncoder):
    """Takes as long as a large model, so that a scan lasts long enough to be disturbed."""

    name = "starter"

    def encode_images(self, inputs):
        time.sleep(0.05 * len(inputs))
        return super().encode_images(inputs)

    def encode_texts(self, texts):
        time.sleep(0.3 if any(text.startswith("slow") for text in texts) else 0)
        return super().encode_texts(texts)


class BrokenEncoder(ColourEncoder):
    """Has a fault that nobody foresaw."""

    name = "starter"

    def encode_texts(self, texts):
        if "impossible" in texts:
            raise ZeroDivisionError
        return super().encode_texts(texts)


def main(handle: int, parent: int) -> None:
    server.main(handle, parent, load=loader(BrokenEncoder(), OtherColourEncoder()))


def slow(handle: int, parent: int) -> None:
    server.main(handle, parent, load=loader(SlowEncoder()))


def dies_at_once(handle: int, parent: int) -> None:
    os._exit(7)
