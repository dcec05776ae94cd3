"""A Qt application in the project's look and language, for every program with a window."""

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from station import words
from ui import theme
from ui.garbage import GarbageCollector
from ui.qt_words import QtWords


def dressed_application(arguments: list[str], language: str) -> QApplication:
    """Make the process's one application."""
    app = QApplication(arguments)
    app.setApplicationName("refurbishment-station")
    GarbageCollector(app)
    theme.apply(app)
    speak(app, language)
    return app


def speak(app: QApplication, language: str) -> None:
    """Let our words, Qt's own words and figures be of this language from now on."""
    words.use(language)
    QLocale.setDefault(QLocale(language))
    for known in app.findChildren(QTranslator):
        app.removeTranslator(known)
        known.deleteLater()
    if language != "en":
        app.installTranslator(QtWords(app))
