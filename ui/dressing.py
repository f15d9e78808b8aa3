"""Gives the application the language and the colours that were chosen, also while it runs."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from privreg import formats
from privreg.translation import language, use_language
from ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from privreg.settings import Settings


def dress(application: QApplication, settings: Settings) -> None:
    """Speak the language and wear the colours of the settings from here on."""
    use_language(settings["language"])
    if spoken_by_qt(application) != language():
        translate_qt(application)
    for theme in application.findChildren(Theme):
        theme.choose(settings["theme"])


def spoken_by_qt(application: QApplication) -> str:
    """Return the language Qt's own words are in; empty when it was never told."""
    translators = application.findChildren(QTranslator)
    return translators[-1].objectName() if translators else ""


def translate_qt(application: QApplication) -> None:
    """Let Qt speak the language in use, in its own dialogs and menus."""
    QLocale.setDefault(QLocale(formats.locale()))
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(application)
    translator.setObjectName(language())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language()}", folder):
        application.installTranslator(translator)
