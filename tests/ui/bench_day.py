"""The hand of a technician: keys and scans only, counted."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.store.store import SqlStore
from tests.ui import keyboard
from tests.ui.device_desk import shows
from ui.device.page import DevicePage
from ui.workplace import Workplace

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class TechniciansHand:
    """Works at the window that is open."""

    bot: QtBot
    place: Workplace
    store: SqlStore
    keys: int = 0
    scans: int = 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key, or a chord: one press."""
        self.keys += 1
        QTest.keyClick(self._focus(), key, modifier)

    def type(self, words: str) -> None:
        """Every letter is a press."""
        self.keys += len(words)
        QTest.keyClicks(self._focus(), words)

    def scan(self, code: str) -> None:
        """A label before the scanner opens its device."""
        self.scans += 1
        keyboard.scan(code + "\r")
        self.until(lambda: shows(self.page, code))
        self.until(self.page.cards.isEnabled)

    def until(self, holds: Callable[[], bool]) -> None:
        self.bot.waitUntil(holds, timeout=10_000)

    def dialog(self, name: str) -> QWidget:
        """The dialog that a key opened, with the keys in it."""
        self.until(lambda: self.page.findChild(QWidget, f"{name}_dialog") is not None)
        dialog = self.page.findChild(QWidget, f"{name}_dialog")
        assert dialog is not None
        self.until(dialog.isActiveWindow)
        return dialog

    def gone(self, name: str) -> None:
        """The dialog closed by itself: what it asked was recorded."""
        self.until(lambda: self.page.findChild(QWidget, f"{name}_dialog") is None)
        self.place.window.activateWindow()  # as a window manager would
        self.until(self.place.window.isActiveWindow)

    def take_counts(self) -> tuple[int, int]:
        """Key presses and scans since the last time."""
        counted, self.keys, self.scans = (self.keys, self.scans), 0, 0
        return counted

    @property
    def page(self) -> DevicePage:
        page = self.place.window.page("device")
        assert isinstance(page, DevicePage)
        return page

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.place.window
