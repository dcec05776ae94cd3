"""A hand at the window: finds widgets by name, clicks, types and scans as a person does."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

W = TypeVar("W", bound=QWidget)
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
PATIENCE_MS = 20_000
HAND_GAP_MS = 40
KEY_GAP_MS = 5  # between the keys of a scanner


class NothingHappened(Exception):
    """What was expected did not come in time."""


class Hand:
    """Works in whatever window is on top: a dialog when one is open, else the main window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def top(self) -> QWidget:
        """Where keys go now."""
        return QApplication.activeModalWidget() or self._window

    def find(self, name: str, kind: type[W]) -> W:
        """The visible widget of that name, waited for; raises NothingHappened."""
        self.until(lambda: self._seen(name, kind) is not None, f"{kind.__name__} {name}")
        found = self._seen(name, kind)
        if found is None:
            raise NothingHappened(name)
        return found

    def click(self, name: str) -> None:
        """Press a button once it may be pressed."""
        button = self.find(name, QAbstractButton)
        self.until(button.isEnabled, f"{name} enabled")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type_in(self, name: str, text: str) -> None:
        """Type into a field; text the keyboard cannot give is pasted, as an input method does."""
        field = self.find(name, QWidget)
        field.setFocus()
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(text)
        elif isinstance(field, QLineEdit) and not text.isascii():
            field.selectAll()
            field.insert(text)
        elif isinstance(field, QLineEdit):
            field.selectAll()
            QTest.keyClicks(field, text, NO_MODIFIER, HAND_GAP_MS)

    def choose(self, name: str, data: str) -> None:
        """Choose an entry of a list by its id."""
        box = self.find(name, QComboBox)
        index = box.findData(data)
        if index < 0:
            raise NothingHappened(f"{name} has no {data}")
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def tick(self, name: str) -> None:
        """Tick a box or choose a round button."""
        button = self.find(name, QAbstractButton)
        if not button.isChecked():
            button.click()

    def act(self, name: str) -> None:
        """Do what a menu entry of that name does, once it may be done."""

        def ready() -> QAction | None:
            found = self.top().findChildren(QAction, name)
            return next((action for action in found if action.isEnabled()), None)

        self.until(lambda: ready() is not None, f"act {name}")
        action = ready()
        if action is not None:
            action.trigger()

    def scan_into(self, name: str, text: str) -> None:
        """Scan a serial number into the field that waits for it."""
        self.find(name, QLineEdit).setFocus()
        self.scan(text)

    def scan(self, text: str) -> None:
        """Scan with a keyboard-wedge scanner: fast keys and Enter, wherever the focus is."""
        self.wake()
        begun = int(time.monotonic() * 1_000)
        for number, character in enumerate(f"{text}\r"):
            _strike(
                QApplication.focusWidget() or self.top(), character, begun + number * KEY_GAP_MS
            )

    def alone(self) -> None:
        """Wait until the last dialog is gone: its answer comes after the store's."""
        self.until(lambda: QApplication.activeModalWidget() is None, "the dialog's end")

    def wake(self) -> None:
        """Give the keyboard to the window: a display without a window manager forgets to."""
        top = self.top()
        if not top.isActiveWindow():
            top.activateWindow()
            self.until(top.isActiveWindow, "the keyboard's focus")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press one key."""
        QTest.keyClick(QApplication.focusWidget() or self.top(), key, modifier)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the window work until something is so; raises NothingHappened."""
        waited = QElapsedTimer()
        waited.start()
        while not condition():
            if waited.elapsed() > PATIENCE_MS:
                raise NothingHappened(what)
            QTest.qWait(10)

    def rest(self, seconds: float) -> None:
        """Leave the window alone for a moment."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            QTest.qWait(10)

    def picture(self, file: Path) -> None:
        """Leave a picture of what is on the screen."""
        QTest.qWait(50)
        file.parent.mkdir(parents=True, exist_ok=True)
        self.top().grab().save(str(file))

    def _seen(self, name: str, kind: type[W]) -> W | None:
        found = self.top().findChildren(kind, name)
        return next((widget for widget in found if widget.isVisible()), None)


def _strike(target: QWidget, character: str, at: int) -> None:
    """Send one key with the time at which the scanner pressed it; QTest's keys have none."""
    key = Qt.Key.Key_Return.value if character == "\r" else ord(character.upper())
    held = Qt.KeyboardModifier.ShiftModifier if character.isupper() else NO_MODIFIER
    event = QKeyEvent(QEvent.Type.KeyPress, key, held, character)
    event.setTimestamp(at)
    QApplication.sendEvent(target, event)
