"""How the parts of a search are said to people."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from clipview.core.query_syntax import Key, Part
from clipview.ui.wording import QT_TRANSLATE_NOOP, quoted

ICONS = {
    Key.FOLDER: "folder", Key.TAG: "tag", Key.ALBUM: "album", Key.DATE: "clock", Key.AFTER: "clock",
    Key.BEFORE: "clock", Key.RATING: "star", Key.IS: "photos", Key.HAS: "filter", Key.TYPE: "filter",
    Key.CAMERA: "filter",
}  # fmt: skip
"""The drawing of each kind of filter."""

_VALUES = {
    (Key.IS, "landscape"): QT_TRANSLATE_NOOP("PartWords", "landscape"),
    (Key.IS, "portrait"): QT_TRANSLATE_NOOP("PartWords", "portrait"),
    (Key.IS, "square"): QT_TRANSLATE_NOOP("PartWords", "square"),
    (Key.IS, "panorama"): QT_TRANSLATE_NOOP("PartWords", "panorama"),
    (Key.IS, "favourite"): QT_TRANSLATE_NOOP("PartWords", "favourite"),
    (Key.HAS, "place"): QT_TRANSLATE_NOOP("PartWords", "with a place"),
}


def said(part: Part) -> str:
    """Return what a part says, without its sign; may hold text from files."""
    value = part.value
    known = _VALUES.get((part.key, value.lower()))
    if known is not None:
        return _tr(known)
    match part.key:
        case Key.NAME:
            return quoted(value)
        case Key.DATE:
            first, dots, last = value.partition("..")
            if first and last:
                return f"{first}\N{EN DASH}{last}"
            return _after(first) if dots and first else _until(last) if dots else value
        case Key.AFTER:
            return _after(value)
        case Key.BEFORE:
            return _tr(QT_TRANSLATE_NOOP("PartWords", "before {date}")).replace("{date}", value)
        case Key.TYPE:
            return value.upper()
        case Key.RATING:
            return _tr(QT_TRANSLATE_NOOP("PartWords", "{stars} and more")).replace("{stars}", value)
        case _:
            return value


def said_alone(part: Part) -> str:
    """Return what a part says in a sentence, where no icon stands beside it."""
    if part.key is Key.HAS:
        return _tr(QT_TRANSLATE_NOOP("PartWords", "a place"))
    if part.key is Key.RATING:
        return said(replace(part, value=f"{part.value} \N{BLACK STAR}"))
    return said(part)


def is_open_span(part: Part) -> bool:
    """Whether a part says from or until when, and so goes on with its own preposition."""
    dotted = part.key is Key.DATE and (part.value.startswith("..") or part.value.endswith(".."))
    return dotted or part.key in (Key.AFTER, Key.BEFORE)


def _after(value: str) -> str:
    return _tr(QT_TRANSLATE_NOOP("PartWords", "from {date} on")).replace("{date}", value)


def _until(value: str) -> str:
    return _tr(QT_TRANSLATE_NOOP("PartWords", "until {date}")).replace("{date}", value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PartWords", text)
