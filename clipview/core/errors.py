"""The errors a person can act on: each message names the thing and ends with what to do."""

from __future__ import annotations


class ClipViewError(Exception):
    """Something outside ClipView's code is wrong; the message says what and what to do about it."""

    exit_code = 1


class UsageError(ClipViewError):
    """The request itself makes no sense (a wrong date, an option that contradicts another)."""

    exit_code = 2


class LibraryInUseError(ClipViewError):
    """Another process is writing to this library."""

    exit_code = 3


class NoSpaceError(ClipViewError):
    """The disk that holds the library is full."""

    exit_code = 4


class UnreadableImageError(ClipViewError):
    """A file is not an image that ClipView can read; the message is the reason."""


class ModelUnavailableError(ClipViewError):
    """A search model is not on this machine and could not be fetched, or its file is damaged."""


class LibraryDamagedError(ClipViewError):
    """The library's database can't be read; nothing was overwritten."""


class LibraryTooNewError(ClipViewError):
    """A newer ClipView wrote this library."""
