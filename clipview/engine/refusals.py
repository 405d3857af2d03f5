"""What the window gets to hear when a request can't be fulfilled."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from clipview.core.errors import ClipViewError
from clipview.core.types import Metadata
from clipview.engine.messages import (
    AddSamples,
    AlbumDescription,
    ChangeMade,
    CheckImage,
    DescribeAlbum,
    DescribePhoto,
    FindSimilar,
    GetModel,
    ImageRefused,
    ImportModel,
    Locate,
    LocateEnded,
    MakeChange,
    ModelEnded,
    Notice,
    PhotoDescription,
    PictureRefused,
    RememberSearch,
    Scan,
    ScanEnded,
    Search,
    SearchRefused,
    SetAside,
    SetAsideAnswer,
    SimilarAnswer,
    UseModel,
    ViewPicture,
)

log = logging.getLogger(__name__)

Post = Callable[[object], None]
"""Sends a message to the window; never waits."""


class Refusals:
    """Answers requests that failed, so that nobody waits for ever. Safe from any thread."""

    def __init__(self, post: Post, logs: Path) -> None:
        """Take the way to the window, and the folder of the logs, which people are told of."""
        self._post = post
        self._logs = logs

    def guard(self, handle: Callable[[object], None], request: object) -> None:
        """Handle a request; whatever goes wrong is answered, and what is our own fault is logged."""
        try:
            handle(request)
        except ClipViewError as error:
            log.info("%s: %s", type(request).__name__, error)
            self.refuse(request, str(error))
        except Exception as error:
            log.exception("unexpected trouble with a %s", type(request).__name__)
            self.refuse(
                request, f"Something unexpected went wrong ({type(error).__name__}); the log is in {self._logs}."
            )

    def refuse(self, request: object, reason: str) -> None:
        """Answer a request with the reason why it can't be fulfilled."""
        for answer in _answers(request, reason):
            self._post(answer)


def _answers(request: object, reason: str) -> list[object]:
    match request:
        case Search(number=number):
            return [SearchRefused(number, reason)]
        case ViewPicture(number=number, photo_id=photo_id):
            return [PictureRefused(number, photo_id, reason)]
        case CheckImage(number=number, source=source):
            return [ImageRefused(number, source.name if isinstance(source, Path) else "", reason)]
        case FindSimilar(number=number, photo_id=photo_id):
            return [SimilarAnswer(number, photo_id, ()), Notice(reason)]
        case DescribePhoto(number=number, photo_id=photo_id):
            nothing = PhotoDescription(number, photo_id, (), False, 0, "", 0, 0, None, Metadata())  # noqa: FBT003
            return [nothing, Notice(reason)]
        case MakeChange(number=number):
            return [ChangeMade(number, None), Notice(reason)]
        case DescribeAlbum(number=number, name=name):
            return [AlbumDescription(number, name, None, None), Notice(reason)]
        case SetAside(number=number):
            return [SetAsideAnswer(number, ()), Notice(reason)]
        case Scan() | AddSamples():
            return [ScanEnded(None, reason)]
        case Locate(old=old, new=new):
            return [LocateEnded(old, new, 0, reason)]
        case UseModel(name=name) | GetModel(name=name):
            return [ModelEnded(name, reason)]
        case ImportModel(file=file):
            return [ModelEnded(file.name, reason)]
        case RememberSearch():
            # Nobody asked for it: the search itself was answered.
            return []
    return [Notice(reason)]
