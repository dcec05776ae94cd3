"""Good, doubtful and bad scans sound different, so that eyes may stay on the machine."""

import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QTimer
from PySide6.QtWidgets import QApplication

logger = logging.getLogger(__name__)

BEEP_PAUSE_MS = 180
BEEPS = {"good": 1, "warning": 2, "bad": 3}

Play = Callable[[], None]


class ScanSounds:
    """Plays three sounds; without an audio device beeps are counted: one is good, three are bad."""

    def __init__(self) -> None:
        self._players: dict[str, Play] = {}
        self.muted = False

    @property
    def loaded(self) -> tuple[str, ...]:
        """The sounds that are ready; none before the first."""
        return tuple(self._players)

    def good(self) -> None:
        """Say that a scan was understood."""
        self._play("good")

    def warning(self) -> None:
        """Say that a scan was understood and one had better look: it was made before."""
        self._play("warning")

    def bad(self) -> None:
        """Say that a scan was refused."""
        self._play("bad")

    def _play(self, name: str) -> None:
        if not self.muted:
            self._load()
            self._players[name]()

    def _load(self) -> None:
        """Load Qt's multimedia at the first sound: it is heavy and may be missing."""
        if not self._players:
            try:
                self._players = {name: _player(name) for name in BEEPS}
            except _NoSound as reason:
                logger.info("scans beep: %s", reason)
                self._players = {name: partial(_beep, times) for name, times in BEEPS.items()}


class _NoSound(Exception):
    """The computer cannot play a sound file."""


def _player(name: str) -> Play:
    if not _may_have_sound():
        raise _NoSound("no sound card")
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


def _may_have_sound() -> bool:
    """Whether to ask Qt's multimedia, which takes 14 MB; Linux lists its cards in a file."""
    cards = Path("/proc/asound/cards")
    return sys.platform != "linux" or "PULSE_SERVER" in os.environ or cards.exists()


def _file(name: str) -> Path:
    return Path(str(resources.files("resources"))) / "sounds" / f"{name}.wav"


def _beep(times: int) -> None:
    for turn in range(times):
        QTimer.singleShot(turn * BEEP_PAUSE_MS, QApplication.beep)
