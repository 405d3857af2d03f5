"""Which language the window speaks: the user's, as far as there are translations, else English."""

from __future__ import annotations

import logging
import os

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from clipview.core.errors import UsageError
from clipview.core.resources import resource

log = logging.getLogger(__name__)

LANGUAGES = ("en", "de")
"""English is what the code is written in; its file holds only the plural forms."""

_LOCALES = {"en": "en_GB", "de": "de_DE"}

VARIABLE = "CLIPVIEW_LANGUAGE"


def install_language(application: QCoreApplication, wanted: str | None = None) -> str:
    """Let every window made from now on speak a language, and write numbers and dates its way.

    Args:
        application: what keeps the translations.
        wanted: one of LANGUAGES; by default what the variable CLIPVIEW_LANGUAGE says, else the system's.

    Returns the language. Raises UsageError when one was wanted that there is no translation for.
    """
    wanted = wanted or os.environ.get(VARIABLE) or None
    if wanted is not None and wanted not in LANGUAGES:
        raise UsageError(f"ClipView does not speak {wanted!r}: set {VARIABLE} to one of {', '.join(LANGUAGES)}.")
    system = QLocale.system()
    language = wanted or _preferred(system)
    if system.language() == QLocale.Language.C or _code(system) != language:
        # Dates and numbers of another language inside these sentences would look like a mistake.
        QLocale.setDefault(QLocale(_LOCALES[language]))
    else:
        QLocale.setDefault(system)
    _load(application, f"clipview_{language}", str(resource("translations")))
    if language != "en":
        _load(application, f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return language


def _preferred(system: QLocale) -> str:
    spoken = (QLocale(name) for name in system.uiLanguages())
    return next((code for code in map(_code, spoken) if code in LANGUAGES), "en")


def _code(locale: QLocale) -> str:
    return QLocale.languageToCode(locale.language())


def _load(application: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(application)
    translator.setObjectName(name)
    if not translator.load(name, folder):
        log.warning("Going on without the texts of %s: %s.qm can't be read", folder, name)
        return
    application.installTranslator(translator)
