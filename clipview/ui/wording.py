"""How amounts and texts from files are written for people: in the user's own notation, and never as markup."""

from __future__ import annotations

import html
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

_KILO = 1000
_MINUTE_S = 60
_HOUR_S = 3600


def number(value: float, decimals: int = 0) -> str:
    """Return a number with its thousands grouped, such as "84,213"."""
    locale = QLocale()
    # The C locale that a bare machine runs in leaves the separators out.
    locale.setNumberOptions(locale.numberOptions() & ~QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "f", decimals)


def file_size(size_bytes: int) -> str:
    """Return a size in powers of ten with two or three figures, such as "7.4 MB"."""
    value, unit = float(size_bytes), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < _KILO - 0.5:
            break
        value, unit = value / _KILO, larger
    decimals = 1 if unit != "B" and value < 9.95 else 0
    return f"{number(value, decimals)} {unit}"


def time_left(seconds: float) -> str:
    """Return roughly how long something still takes, such as "32 min left"."""
    if seconds < _MINUTE_S:
        return QCoreApplication.translate("Wording", "under a minute left")
    if seconds < _HOUR_S:
        return QCoreApplication.translate("Wording", "{minutes} min left").format(minutes=round(seconds / _MINUTE_S))
    minutes = round(seconds / _MINUTE_S)
    return QCoreApplication.translate("Wording", "{hours} h {minutes} min left").format(
        hours=number(minutes // 60), minutes=minutes % 60
    )


def moment(when: datetime) -> str:
    """Return a date and a time of day, such as "12 May 2025, 17:04"."""
    locale = QLocale()
    day_format = locale.dateFormat(QLocale.FormatType.LongFormat).replace("dddd, ", "")
    day = locale.toString(QDate(when.year, when.month, when.day), day_format)
    return f"{day}, {locale.toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)}"


def exposure_time(seconds: float) -> str:
    """Return a shutter speed as photographers write it, such as "1/250 s" or "2.5 s"."""
    if seconds <= 0:
        return ""
    if seconds < 0.3:
        return f"1/{number(1 / seconds)} s"
    return f"{number(seconds, 0 if seconds == int(seconds) else 1)} s"


def coordinates(latitude: float, longitude: float) -> str:
    """Return a place as degrees with the side of the world, such as "59.9139° N, 10.7522° E"."""
    north_south = (
        QCoreApplication.translate("Wording", "N") if latitude >= 0 else QCoreApplication.translate("Wording", "S")
    )
    east_west = (
        QCoreApplication.translate("Wording", "E") if longitude >= 0 else QCoreApplication.translate("Wording", "W")
    )
    return f"{number(abs(latitude), 4)}° {north_south}, {number(abs(longitude), 4)}° {east_west}"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 (the name that lupdate looks for)
    """Mark a text for translation where it is only kept; PySide6's own says that it returns an object."""
    del context
    return text


def plain(text: str) -> str:
    """Return text from a file as one line that any widget can show.

    Lone surrogates, such as the bytes of a name that are no valid UTF-8 (PEP 383), become U+FFFD: Qt can't hold them.
    """
    return " ".join(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").split())


def quoted(text: str) -> str:
    """Return a text in the quotation marks of the window's language."""
    return QCoreApplication.translate("Wording", "“{text}”").replace("{text}", text)


def caption(text: str) -> str:
    """Return text from a file for a button or a menu, where "&" would underline the letter behind it."""
    return plain(text).replace("&", "&&")


def tooltip(text: str) -> str:
    """Return text from a file for a tool tip, which would otherwise take it for markup when it looks like that."""
    return f"<p style='white-space:pre-wrap'>{html.escape(plain(text))}</p>"


def counted(name: str, photos: int | None) -> str:
    """Return a name with how many photos it stands for, if that is known, as plain text."""
    return plain(name) if photos is None else f"{plain(name)}  ({number(photos)})"
