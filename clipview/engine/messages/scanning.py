"""Folders and scans."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from clipview.core.types import ScanStep, ScanSummary, Skipped


class Scan(Struct, frozen=True):
    """Cover these folders too and scan them; without folders, scan all. Queued behind a scan that is going on."""

    folders: tuple[Path, ...] = ()
    retry_skipped: bool = False
    accept_missing: bool = False


class AddSamples(Struct, frozen=True):
    """Copy the sample photos beside the library, cover and scan them."""


class PauseScan(Struct, frozen=True):
    """Pause a scan between batches, or let it go on."""

    paused: bool


class StopScan(Struct, frozen=True):
    """End the scan; what it committed stays."""


class ScanProgress(Struct, frozen=True):
    """How far a scan has come."""

    step: ScanStep
    paused: bool


class ScanEnded(Struct, frozen=True):
    """A scan came to its end, was stopped, or failed."""

    summary: ScanSummary | None
    """None when it was stopped or failed."""
    failure: str | None = None


class RemoveFolder(Struct, frozen=True):
    """Stop covering a folder and forget its photos; the files are not touched."""

    path: Path


class Locate(Struct, frozen=True):
    """A covered folder lies elsewhere now: see whether its photos are there, then look for changes there."""

    old: Path
    new: Path


class LocateEnded(Struct, frozen=True):
    """The photos of a folder are known in its new place, or are not there."""

    old: Path
    new: Path
    photos: int
    failure: str | None = None


class SetAside(Struct, frozen=True):
    """Name the files that were skipped."""

    number: int


class SetAsideAnswer(Struct, frozen=True):
    """The files that were skipped, with their reasons."""

    number: int
    skipped: tuple[Skipped, ...]
