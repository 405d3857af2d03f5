"""What ClipView means to reach, and how a benchmark tells what it measured of that.

A benchmark calls `tell` with a target's key; `./run bench` collects what all of them told into docs/benchmarks.md.
"""

from __future__ import annotations

from dataclasses import dataclass

MARK = "target>"


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the table."""

    key: str
    what: str
    against: str
    limit: float
    unit: str
    """Such as `ms`, or `x` for a ratio."""
    benchmark: str
    """Which run tells it."""
    at_least: bool = False
    """Whether more is better."""
    why_missed: str = ""
    """What is known of the reason, for when it is missed."""

    def met(self, value: float) -> bool:
        """Tell whether a value reaches the target."""
        return value >= self.limit if self.at_least else value <= self.limit


def tell(key: str, value: float, note: str = "") -> None:
    """Print what was measured of a target; `note` says on what, in a few words."""
    print(f"{MARK} {key} {value:.6g} {note}".rstrip(), flush=True)


TARGETS = (
    Target(
        "indexing-usual",
        "indexing ViT-B-32, photos/s, end to end",
        "the usual loop: full decode, open_clip in float32, batches of 8",
        4.5,
        "x",
        "indexing",
        at_least=True,
        why_missed="The target supposes bfloat16 instructions (AVX512-BF16, AMX), with which the encoder is more than "
        "twice as fast; without them the network in float32 is most of the work on both sides.",
    ),
    Target(
        "indexing-loaders",
        "indexing ViT-B-32, photos/s, end to end",
        "two loader threads, full decode, ONNX Runtime in float32",
        2.7,
        "x",
        "indexing",
        at_least=True,
        why_missed="As above: without bfloat16 instructions both sides wait for the same float32 products.",
    ),
    Target(
        "indexing-starter",
        "indexing with the built-in model, photos/s, end to end",
        "the usual loop with the same network from timm",
        4.5,
        "x",
        "indexing",
        at_least=True,
    ),
    Target(
        "indexing-floor",
        "the pipeline, built-in model",
        "its floor: decoding and inference alone, on the same cores",
        0.70,
        "of it",
        "indexing",
        at_least=True,
    ),
    Target(
        "cosine-mean",
        "embeddings, mean",
        "open_clip's own pipeline in float32",
        0.999,
        "cosine",
        "encoders",
        at_least=True,
    ),
    Target(
        "cosine-least",
        "embeddings, the worst",
        "open_clip's own pipeline in float32",
        0.995,
        "cosine",
        "encoders",
        at_least=True,
    ),
    Target(
        "key-idle",
        "key press to painted grid, 100,000 photos, p95",
        "60 Hz",
        30,
        "ms after the debounce",
        "window",
        why_missed="The middle one meets it. The slowest keys are those after which nothing on the page stays: laying "
        "out and painting it anew, in Python, takes more than the engine's answer.",
    ),
    Target(
        "key-scanning",
        "key press to painted grid while a scan goes on, 100,000 photos, p95",
        "60 Hz",
        60,
        "ms after the debounce",
        "window",
    ),
    Target(
        "key-million",
        "key press to painted grid, 1,000,000 photos, p95",
        "60 Hz",
        80,
        "ms after the debounce",
        "window_million",
        why_missed="All is ranked in the pause before a question. On slow or busy processors that pause is too short "
        "for a million photos, and the question waits for the rest.",
    ),
    Target(
        "window-start",
        "window with pictures in it, 100,000 photos",
        "a bare Qt window",
        0.5,
        "s",
        "window",
        why_missed="Python's own work before the first paint: reading modules, Qt's classes and enumerations, and "
        "making the widgets that are seen. On a slow or busy processor a bare Qt window takes longer too.",
    ),
    Target("scroll-idle", "scroll frame, p99", "16.7 ms", 12, "ms", "window"),
    Target("scroll-scanning", "scroll frame while a scan goes on, p99", "16.7 ms", 12, "ms", "window"),
    Target("scroll-million", "scroll frame, 1,000,000 photos, p99", "16.7 ms", 12, "ms", "window_million"),
    Target(
        "rescan-ratio",
        "rescan with nothing changed, 100,000 files",
        "`find -printf` of the same tree",
        6,
        "x",
        "rescan",
        why_missed="Two thirds of the time is the walk, which takes Python ten microseconds a file for what find does "
        "in three; the rest is reading what the library knows of the files.",
    ),
    Target("rescan-seconds", "rescan with nothing changed, 100,000 files", "", 5, "s", "rescan"),
    Target("first-answer", "first answer after adding 100,000 photos", "", 60, "s", "rescan"),
    Target(
        "similar-recall", "find similar, 100,000 photos, recall@100", "exact", 0.98, "", "neighbours", at_least=True
    ),
    Target(
        "similar-ms",
        "find similar, 100,000 photos",
        "",
        3,
        "ms",
        "neighbours",
        why_missed="Vectors so scattered that only a wide search among neighbours loses none.",
    ),
    Target("memory-window", "memory of the window, 100,000 photos", "", 250, "MB", "window"),
    Target("memory-engine", "memory of the engine, 100,000 photos", "", 1200, "MB", "engine"),
    Target(
        "engine-words",
        "engine's start to the first words answered, not the first start of a library, 100,000 photos",
        "",
        2,
        "s",
        "engine",
    ),
)
