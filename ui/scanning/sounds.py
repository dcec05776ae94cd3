"""Good and bad scans sound different, so that eyes may stay on the machine."""

import logging
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QTimer
from PySide6.QtWidgets import QApplication

logger = logging.getLogger(__name__)

BEEP_PAUSE_MS = 180

Play = Callable[[], None]


class ScanSounds:
    """Plays the two sounds; without an audio device one beep is good and two are bad."""

    def __init__(self) -> None:
        self._good: Play | None = None
        self._bad: Play | None = None

    def good(self) -> None:
        """Say that a scan was understood."""
        self._load()
        if self._good:
            self._good()

    def bad(self) -> None:
        """Say that a scan was refused."""
        self._load()
        if self._bad:
            self._bad()

    def _load(self) -> None:
        """Load Qt's multimedia at the first sound: it is heavy and may be missing."""
        if self._good is None:
            try:
                self._good, self._bad = _player("good"), _player("bad")
            except _NoSound as reason:
                logger.info("scans beep: %s", reason)
                self._good, self._bad = QApplication.beep, _beep_twice


class _NoSound(Exception):
    """The computer cannot play a sound file."""


def _player(name: str) -> Play:
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # which codecs it found is no news
    try:
        from PySide6 import QtMultimedia  # noqa: PLC0415 -- too slow and too fragile for the start
    except ImportError as error:
        raise _NoSound(str(error)) from error
    if QtMultimedia.QMediaDevices.defaultAudioOutput().isNull():
        raise _NoSound("no audio device")
    effect = QtMultimedia.QSoundEffect(QApplication.instance())
    effect.setSource(_file(name).as_uri())
    return effect.play


def _file(name: str) -> Path:
    return Path(str(resources.files("resources"))) / "sounds" / f"{name}.wav"


def _beep_twice() -> None:
    QApplication.beep()
    QTimer.singleShot(BEEP_PAUSE_MS, QApplication.beep)
