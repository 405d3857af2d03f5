"""Single pictures for the window: to look at, to search with, and what is known of them."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from clipview.core.decode_worker import Unprepared
from clipview.core.decoding import DecodePool
from clipview.core.errors import ClipViewError, UnreadableImageError
from clipview.core.flushing import put_whole
from clipview.core.library import Library
from clipview.core.types import Metadata, Unreadable
from clipview.engine.messages import (
    CheckImage,
    DescribePhoto,
    FileViewed,
    ImageAccepted,
    PhotoDescription,
    PictureAnswer,
    ViewFile,
    ViewPicture,
)
from clipview.engine.reachability import Reachability

log = logging.getLogger(__name__)

KEPT_QUERIES: Final = 20
"""Pasted and dropped bitmaps that stay on disk, so that a search with them can be asked again."""


class Pictures:
    """Opens pictures in processes that may be killed, never in the engine itself."""

    def __init__(self, library: Library, reachability: Reachability) -> None:
        self._library, self._reachability = library, reachability
        # Two, so that a large picture being looked at doesn't hold up one that was just dropped.
        self._viewing = DecodePool(Unprepared(), workers=1)
        self._checking = DecodePool(Unprepared(), workers=1)

    def close(self) -> None:
        """Kill the processes."""
        self._viewing.close()
        self._checking.close()

    def view(self, request: ViewPicture) -> PictureAnswer:
        """Decode a photo.

        Raises:
            ClipViewError: it can't be shown; the message is the reason.
        """
        details = self._library.store.details(request.photo_id)
        if details is None or not details.paths:
            raise ClipViewError("This photo is no longer in the library.")
        reason = ""
        for path in details.paths:
            if not self._reachability.within_reach(path):
                reason = reason or f"{_text(path.parent)} can't be reached now. Connect its drive, then try again."
                continue
            picture = self._viewing.view(path, request.min_side_px)
            if isinstance(picture, Unreadable):
                reason = picture.reason
                continue
            image = picture.image
            return PictureAnswer(
                number=request.number,
                photo_id=request.photo_id,
                width_px=image.width,
                height_px=image.height,
                full_width_px=picture.width_px,
                full_height_px=picture.height_px,
                rgb=image.tobytes(),
            )
        raise UnreadableImageError(reason)

    def view_file(self, request: ViewFile) -> FileViewed | None:
        """Decode an image that is searched by; None when it can't be shown."""
        picture = self._viewing.view(request.path, request.min_side_px)
        if isinstance(picture, Unreadable):
            return None
        image = picture.image
        return FileViewed(request.number, request.path, image.width, image.height, image.tobytes())

    def check(self, request: CheckImage) -> ImageAccepted:
        """Find out whether something can be a query image; bytes are kept as a file.

        Raises:
            UnreadableImageError: it can't; the message is the reason.
        """
        content = self._checking.decode_one(request.source)
        if isinstance(content, Unreadable):
            raise UnreadableImageError(content.reason)
        if isinstance(request.source, bytes):
            path, name = self._keep(request.source, content.format), "Pasted image"
        else:
            path, name = request.source, _text(request.source.name)
        return ImageAccepted(request.number, path, name, content.thumbnail_jpeg)

    def describe(self, request: DescribePhoto) -> PhotoDescription:
        """Tell what is known of a photo."""
        details = self._library.store.details(request.photo_id)
        if details is None:
            return PhotoDescription(
                request.number, request.photo_id, (), reachable=False, size_bytes=0, format="", width_px=0,
                height_px=0, damaged=None, metadata=Metadata(),
            )  # fmt: skip
        first = details.paths[0] if details.paths else None
        return PhotoDescription(
            number=request.number,
            photo_id=request.photo_id,
            paths=details.paths,
            reachable=first is not None and self._reachability.within_reach(first) and first.is_file(),
            size_bytes=details.size_bytes,
            format=details.format,
            width_px=details.width_px,
            height_px=details.height_px,
            damaged=details.damaged,
            metadata=details.metadata,
            favourite=details.favourite,
            albums=details.albums,
            tags=tuple(self._library.tags.of_photo(request.photo_id)),
        )

    def _keep(self, data: bytes, kind: str) -> Path:
        folder = self._library.places.cache / "queries"
        path = folder / f"{hashlib.sha256(data).hexdigest()[:32]}.{kind.lower()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            put_whole(path, lambda part: part.write_bytes(data))
        except OSError as error:
            raise ClipViewError(
                f"The image can't be kept in {folder} ({error.strerror}). Free some space there, then try again."
            ) from error
        self._drop_old_queries(folder)
        return path

    def _drop_old_queries(self, folder: Path) -> None:
        with suppress(OSError):
            newest_first = sorted(folder.glob("[!.]*"), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in newest_first[KEPT_QUERIES:]:
                path.unlink(missing_ok=True)


def _text(name: str | Path) -> str:
    """Return a name that is valid text, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")
