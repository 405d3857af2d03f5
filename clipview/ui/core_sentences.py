"""Sentences of the core and the engine in the window's language; what isn't known here stays English.

Core and engine know no language but English, and keep reasons as sentences in the database. Here are those that
somebody at a window can get to see, as patterns: a sentence that fits one is said in the window's words. A test holds
the patterns against the code that speaks them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, TypeVar, cast

from msgspec.structs import replace
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from clipview.core.types import Skipped
from clipview.engine.messages import (
    BinEnded,
    EngineDied,
    ImageRefused,
    LocateEnded,
    ModelEnded,
    Notice,
    PhotoDescription,
    PictureRefused,
    Refused,
    ScanEnded,
    SearchRefused,
    SetAsideAnswer,
    SidecarsWritten,
)
from clipview.engine.messages.tags import TagChangeMade, TaggingEnded

_CONTEXT: Final = "core"

# fmt: off
PATTERNS: Final = cast("tuple[str, ...]", (
    # Why a file was skipped or can't be shown.
    QT_TRANSLATE_NOOP("core", "The file is empty."),
    QT_TRANSLATE_NOOP("core", "The file is not an image."),
    QT_TRANSLATE_NOOP("core", "The file is no longer there."),
    QT_TRANSLATE_NOOP("core", "The file could not be read: {trouble}."),
    QT_TRANSLATE_NOOP("core", "The file has {size}; ClipView opens photos of up to {limit}."),
    QT_TRANSLATE_NOOP("core", "The file changed while it was being read; it will be read again at the next scan."),
    QT_TRANSLATE_NOOP("core", "The file changed during the scan; scan again."),
    QT_TRANSLATE_NOOP("core", "The file took longer than {limit} to open."),
    QT_TRANSLATE_NOOP("core", "The file's name is not one that the system can open."),
    QT_TRANSLATE_NOOP("core", "You have no permission to read this file. Change its permissions, then scan again."),
    QT_TRANSLATE_NOOP("core", "It has a photo's name but is not a file (a folder, a pipe, a socket or a device)."),
    QT_TRANSLATE_NOOP("core", "It has a photo's name but is not a file (a pipe, a socket or a device)."),
    QT_TRANSLATE_NOOP("core", "It is a link to a file that does not exist."),
    QT_TRANSLATE_NOOP("core", "It is a link inside a linked folder. Add the folder it leads to."),
    QT_TRANSLATE_NOOP("core", "The image is damaged: its beginning can't be read."),
    QT_TRANSLATE_NOOP("core", "The image is damaged: its pixels can't be decoded."),
    QT_TRANSLATE_NOOP("core", "The image is damaged: {detail}."),
    QT_TRANSLATE_NOOP("core", "The image is cut off: nearly nothing of it could be read."),
    QT_TRANSLATE_NOOP("core", "The image is cut off: about {share} of it could be read."),
    QT_TRANSLATE_NOOP("core", "A part of the file is damaged; what could be read is shown."),
    QT_TRANSLATE_NOOP("core", "The picture is {width} x {height} pixels and needs {needed} of memory to open; ClipView allows {allowed}."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "Opening the picture takes more memory than the {allowed} that ClipView allows."),
    QT_TRANSLATE_NOOP("core", "Opening this file crashed the decoder twice; it is left alone until it changes."),
    QT_TRANSLATE_NOOP("core", "Camera RAW files need one more package: run pip install \"clipview[raw]\"."),
    QT_TRANSLATE_NOOP("core", "{kind} need one more package: run pip install \"clipview[{extra}]\"."),
    QT_TRANSLATE_NOOP("core", "The RAW file can't be read: {trouble}."),
    QT_TRANSLATE_NOOP("core", "This photo is no longer in the library."),
    QT_TRANSLATE_NOOP("core", "{folder} can't be reached now. Connect its drive, then try again."),
    QT_TRANSLATE_NOOP("core", "{path} can't be used as a query: {reason}"),
    QT_TRANSLATE_NOOP("core", "The picture can't be prepared for searching ({trouble}). Please report this."),
    QT_TRANSLATE_NOOP("core", "The photo decoder could not be started: {trouble}. Close other programs, then try again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The photo decoder did not start ({trouble}). Install ClipView again, then retry."),
    QT_TRANSLATE_NOOP("core", "The photo decoder has too little memory to start. Close other programs, then try again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The photo decoder failed unexpectedly ({trouble}). Please report it."),
    # Why a sidecar was not written, or a file not moved to the bin.
    QT_TRANSLATE_NOOP("core", "It was left as it is: {trouble}. Mend or remove it, then try again."),
    QT_TRANSLATE_NOOP("core", "It can't be written ({trouble}). Check the folder's permissions."),
    QT_TRANSLATE_NOOP("core", "It can't be read ({trouble}). Check its permissions."),
    QT_TRANSLATE_NOOP("core", "It can't be read or is too large, so it was left as it is. Check the file."),
    QT_TRANSLATE_NOOP("core", "It is a link or no plain file, so it was left as it is. Replace it by a file."),
    QT_TRANSLATE_NOOP("core", "No space is left for {path}. Free some and try again."),
    QT_TRANSLATE_NOOP("core", "Another program changed it just now, so it was left as it is. Try again."),
    QT_TRANSLATE_NOOP("core", "It could not be moved to the bin ({trouble}). It lies where it lay."),
    QT_TRANSLATE_NOOP("core", "It is not as the library knows it. Look for changed photos first."),
    QT_TRANSLATE_NOOP("core", "It stays, because {name}, which was to be kept, is not there unchanged."),
    # What can't be done with albums.
    QT_TRANSLATE_NOOP("core", "An album needs a name. Give it one or more letters."),
    QT_TRANSLATE_NOOP("core", "An album's name has at most {most} letters, not {count}. Shorten it."),
    QT_TRANSLATE_NOOP("core", "There is an album {album} already. Choose another name."),
    QT_TRANSLATE_NOOP("core", "The album {album} fills itself by a search, so photos can't be put in or taken out by hand. Change the search, or make an album of your own."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The album {album} fills itself, so it has no order of its own to change."),
    QT_TRANSLATE_NOOP("core", "There is no album {album}. `clipview albums` lists those that there are."),
    QT_TRANSLATE_NOOP("core", "A stored search can't be read ({trouble}). Make the album anew."),
    QT_TRANSLATE_NOOP("core", "A stored search is of a kind that this version doesn't know. Make the album anew."),
    # What can't be done with tags.
    QT_TRANSLATE_NOOP("core", "A tag needs a name: type one."),
    QT_TRANSLATE_NOOP("core", "The vocabulary has a tag {tag} already: choose another name to teach."),
    QT_TRANSLATE_NOOP("core", "The tag {tag} needs at least {count} example photos: choose more."),
    QT_TRANSLATE_NOOP("core", "The tag {tag} can't be called {name}: choose a name that no other tag has."),
    QT_TRANSLATE_NOOP("core", "The vocabulary {path} can't be written ({trouble}). Check the folder's permissions."),
    QT_TRANSLATE_NOOP("core", "The vocabulary {path} can't be read ({trouble}): check the path and the file."),
    QT_TRANSLATE_NOOP("core", "The vocabulary {path} is not valid TOML ({trouble}): correct that place."),
    QT_TRANSLATE_NOOP("core", "The vocabulary {path} is of version {version}, and this ClipView reads version 1: get a newer ClipView, or write version = 1."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The vocabulary {path} has tag = {value}: write [[tag]] tables."),
    QT_TRANSLATE_NOOP("core", "The vocabulary {path} has no tags: add [[tag]] tables with a name and prompts."),
    QT_TRANSLATE_NOOP("core", "The tag {tag} is in {path} twice: rename or remove one."),
    QT_TRANSLATE_NOOP("core", "The tag {tag} of {path} has the parent {parent}, which is no tag there: add that tag or correct the name."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The tag {tag} of {path} is its own ancestor ({line}): remove one of these parents."),
    QT_TRANSLATE_NOOP("core", "The library has a vocabulary {name} already. Rename the file, or edit the one in {folder}."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The vocabulary can't be copied to {path} ({trouble}). Check the folder's permissions."),
    QT_TRANSLATE_NOOP("core", "There is no tag {tag} to rename. `clipview tags` lists them."),
    QT_TRANSLATE_NOOP("core", "There is no tag {tag} to leave out. `clipview tags` lists them."),
    QT_TRANSLATE_NOOP("core", "There is no tag {tag} that this model proposes. `clipview tags` lists the tags."),
    QT_TRANSLATE_NOOP("core", "There is no tag {tag}. `clipview tags` lists them."),
    # Why a folder was not looked through, or not found.
    QT_TRANSLATE_NOOP("core", "The system says: {trouble}."),
    QT_TRANSLATE_NOOP("core", "The folder is empty, but held {count} photos at the last scan; they are kept. If its drive is unplugged, connect it and scan again; if you deleted them, scan again with --accept-missing."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "There is no folder {folder}. Check the name, or connect its drive, and try again."),
    QT_TRANSLATE_NOOP("core", "{path} is a file, not a folder. Name the folder that it lies in."),
    QT_TRANSLATE_NOOP("core", "Of {count} known photos of {old}, {found} are in {new}; {name}, for example, is not there. Choose the folder that holds them now."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "{new} and {old} lie one inside the other. Look for changes there instead: photos that moved are recognised."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "No photos of {old} are known. Add {new} to the library instead."),
    QT_TRANSLATE_NOOP("core", "The photos of {old} are one folder deeper than {new}. Choose {inside}."),
    QT_TRANSLATE_NOOP("core", "The samples can't be copied to {folder} ({trouble}). Make room there, then try again."),
    # What is wrong with the library.
    QT_TRANSLATE_NOOP("core", "{reason} If ClipView is open already, go on in its window."),
    QT_TRANSLATE_NOOP("core", "The library {library} is in use by process {process}. Wait until that has finished, or stop it, and try again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library {library} is in use. Wait until that has finished, or stop it, and try again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "Another program is writing to {path}. Wait until it has finished, or close it, and try again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library {library} was written by a newer ClipView. Update ClipView, or choose another library with --library."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "{path} is a database, but not one of ClipView's. Choose another library with --library."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library file {path} is damaged ({trouble}). It was left as it is: `clipview check --repair` sets it aside and brings back the newest backup."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library file {path} can't be opened ({trouble}). Check that the folder exists, that you may use it, and that its disk works."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library {library} can't be written to. Make the folder writable, or choose another library with --library."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library {library} can't be written to ({trouble}). Make the folder writable, or choose another library with --library."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "No space is left on the disk that holds {library}. What was saved so far is safe: free some space and run the same command again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "Only {written} of {size} bytes of {path} could be written: {free} MB are free on that disk. Make room and try again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The folder {folder} can't be made ({trouble}). Choose another place with --library."),
    QT_TRANSLATE_NOOP("core", "The library {library} can't be opened: something unexpected went wrong ({trouble})."),
    QT_TRANSLATE_NOOP("core", "The library {library} is unfinished or was written by an older ClipView. Run `clipview index` to bring it up to date."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library file {path} gave an unexpected error ({trouble}). Run `clipview check`."),
    QT_TRANSLATE_NOOP("core", "The library file {path} holds vectors of the wrong length. Run `clipview check --repair`, then `clipview index`."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library file {path} is gone, but {folder} holds its backups. `clipview restore` brings back {backup}; to begin a new library instead, move the folder {name} away first."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The library file {path} is damaged and {folder} holds no usable backup. Move {name} elsewhere and run `clipview index FOLDER` to build the library again; your photos are not affected."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The backup {path} is damaged. Choose another: `clipview backups` lists them."),
    # What is wrong with a search model or its download, or the engine.
    QT_TRANSLATE_NOOP("core", "The search model {name} is not on this machine: get it with `clipview models get {again}`, or choose another from `clipview models list`."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The weights of the model {name} were replaced since this library was indexed. Run `clipview index` to build its vectors again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The weights of the model {name} were replaced while it was in use: start ClipView again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The model {name} can't be used ({trouble}). If memory is short, close other programs and try again; otherwise install ClipView again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The tokenizer in {folder} can't be set up ({trouble}): get the model again with `clipview models get {name}`."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The built-in search model needs the package {package}: run `pip install {again}`."),
    QT_TRANSLATE_NOOP("core", "The model's preprocessing (size {size}, {mode}, {interpolation}) is not one that ClipView knows: choose another model."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "{name} is refused: {reason}. Needed are {mean}, {least} and {agreement}. Go on with {exact}."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "on {photos} photos of this library the mean cosine with the model itself is {mean}, the least {least}, and {agreement} of each photo's {count} nearest stay"),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "Whether {name} is good enough is tried on the library's photos, of which {count} can be read now: index at least {fewest} with {exact} first."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "int8 is for processors: this machine runs {name} itself on its GPU."),
    QT_TRANSLATE_NOOP("core", "The picture network of {name} can't be computed in int8: use {exact} itself."),
    QT_TRANSLATE_NOOP("core", "The built-in model has no int8 form: use `{name}`."),
    QT_TRANSLATE_NOOP("core", "{path} can't be read safely as model weights ({kind}: {trouble}): use a whole .safetensors file, or a PyTorch file of plain weights."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "{path} holds no named weights: use a checkpoint saved by open_clip."),
    QT_TRANSLATE_NOOP("core", "{path} holds more than weights: use a checkpoint saved by open_clip."),
    QT_TRANSLATE_NOOP("core", "{path} is no checkpoint: give a {kinds} file."),
    QT_TRANSLATE_NOOP("core", "{path} is not a model config of open_clip ({kind}: {trouble}): get the model again."),
    QT_TRANSLATE_NOOP("core", "{folder} has no room for {name}: free some space and import it again."),
    QT_TRANSLATE_NOOP("core", "There is no search model named {name}: {hint}See `clipview models list`, or give MODEL/TAG of open_clip."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The search model {name} can't be downloaded. {reason}"),
    QT_TRANSLATE_NOOP("core", "The connection for {name} ended after {done} of {total} bytes: run the same again, it goes on from there."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "{host} has no file {name}: check the model's name."),
    QT_TRANSLATE_NOOP("core", "{host} does not give {name} to everybody: check the model's name, or download it in a browser and use `clipview models import FILE`."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "{host} has changed {name} since the download began: run the same again."),
    QT_TRANSLATE_NOOP("core", "{host} refuses {name} at the moment (HTTP {code}): try again later."),
    QT_TRANSLATE_NOOP("core", "{folder} has {free} GB free and the model needs {needed} GB: free some space and run the same again."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "{path} can't be written ({trouble}): check the folder."),
    QT_TRANSLATE_NOOP("core", "The download was stopped. It goes on from there when you start it again."),
    QT_TRANSLATE_NOOP("core", "{host} can't be reached ({trouble}): check the internet connection and try again, or bring the model's file from another computer with `clipview models import FILE`."),  # noqa: E501
    QT_TRANSLATE_NOOP("core", "The disk of {folder} is full: free some space and run the same again."),
    QT_TRANSLATE_NOOP("core", "{name} arrived damaged (its checksum is wrong): run the same again."),
    QT_TRANSLATE_NOOP("core", "The engine stopped answering."),
    QT_TRANSLATE_NOOP("core", "The engine was stopped from outside or crashed ({name})."),
    QT_TRANSLATE_NOOP("core", "The engine has too little memory to start. Close other programs, then try again."),
    QT_TRANSLATE_NOOP("core", "The engine ended unexpectedly (exit code {code})."),
    QT_TRANSLATE_NOOP("core", "The engine could not be started ({trouble})."),
    QT_TRANSLATE_NOOP("core", "Something unexpected went wrong ({kind}); the log is in {folder}."),
))
# fmt: on

_PLACE: Final = re.compile(r"\\\{(\w+)\\\}")

Message = TypeVar("Message")


def said(sentence: str) -> str:
    """Return a sentence of the core in the window's language."""
    for expression, pattern in _expressions():
        found = expression.fullmatch(sentence)
        if found is not None:
            values = {name: said(value) if name == "reason" else value for name, value in found.groupdict().items()}
            return QCoreApplication.translate(_CONTEXT, pattern).format(**values)
    return sentence


def with_own_words(message: Message) -> Message:
    """Return a message of the engine with its sentences in the window's language."""
    own: object = message
    match message:
        case SearchRefused() | ImageRefused() | PictureRefused() | Refused() | EngineDied():
            own = replace(message, reason=said(message.reason))
        case Notice():
            own = replace(message, text=said(message.text))
        case LocateEnded() | ModelEnded() | ScanEnded() | TagChangeMade() | TaggingEnded() if (
            message.failure is not None
        ):
            own = replace(message, failure=said(message.failure))
        case ScanEnded() if message.summary is not None and message.summary.unavailable:
            unavailable = _each(message.summary.unavailable)
            own = replace(message, summary=replace(message.summary, unavailable=unavailable))
        case PhotoDescription() if message.damaged is not None:
            own = replace(message, damaged=said(message.damaged))
        case SetAsideAnswer() | SidecarsWritten():
            own = replace(message, skipped=_each(message.skipped))
        case BinEnded():
            own = replace(message, discarded=replace(message.discarded, failed=_each(message.discarded.failed)))
    return own  # type: ignore[return-value]  # of the same class


def _each(skipped: tuple[Skipped, ...]) -> tuple[Skipped, ...]:
    # Thousands of files share a few reasons.
    known = {reason: said(reason) for reason in {one.reason for one in skipped}}
    return tuple(replace(one, reason=known[one.reason]) for one in skipped)


@lru_cache(maxsize=1)
def _expressions() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(one)), re.DOTALL), one) for one in PATTERNS)
