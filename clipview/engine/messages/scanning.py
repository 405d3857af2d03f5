"""Folders and scans."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clipview.core.types import (
    ScanStep,
    ScanSummary,
    Skipped,
)


@dataclass(frozen=True, slots=True)
class Scan:
    """Cover these folders too and scan them; without folders, scan all. Queued behind a scan that is going on."""

    folders: tuple[Path, ...] = ()
    retry_skipped: bool = False
    accept_missing: bool = False


@dataclass(frozen=True, slots=True)
class AddSamples:
    """Copy the sample photos beside the library, cover and scan them."""


@dataclass(frozen=True, slots=True)
class PauseScan:
    """Pause a scan between batches, or let it go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class StopScan:
    """End the scan; what it committed stays."""


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far a scan has come."""

    step: ScanStep
    paused: bool


@dataclass(frozen=True, slots=True)
class ScanEnded:
    """A scan came to its end, was stopped, or failed."""

    summary: ScanSummary | None
    """None when it was stopped or failed."""
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveFolder:
    """Stop covering a folder and forget its photos; the files are not touched."""

    path: Path


@dataclass(frozen=True, slots=True)
class Locate:
    """A covered folder lies elsewhere now: see whether its photos are there, then look for changes there."""

    old: Path
    new: Path


@dataclass(frozen=True, slots=True)
class LocateEnded:
    """The photos of a folder are known in its new place, or are not there."""

    old: Path
    new: Path
    photos: int
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """Name the files that were skipped."""

    number: int


@dataclass(frozen=True, slots=True)
class SetAsideAnswer:
    """The files that were skipped, with their reasons."""

    number: int
    skipped: tuple[Skipped, ...]
