"""A robot that scans with real keys while the window lives, and what became of each scan."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from station.codes import BadCode, parse_scan
from tests.ui.input_method import InputMethod
from ui.hand import Hand
from ui.scanning.burst import MAX_GAP_MS
from ui.scanning.catcher import CUT_MS, UNDER_WAY_KEYS
from ui.scanning.habits import ScannerHabits
from ui.workplace import Workplace

ROOT = Path(__file__).parents[2]
GAP_MS = 5
FIELDS = (QLineEdit, QPlainTextEdit, QSpinBox, QComboBox, QAbstractButton, QAbstractItemView)
LONGEST_S = 20


class Keys:
    """The process that presses keys."""

    def __init__(self, process: "subprocess.Popen[str]", hand: Hand) -> None:
        self._process, self._hand = process, hand

    def type(self, keys: str, gap_ms: float = GAP_MS) -> None:
        """Press them all while the window goes on; then let it take what is on its way."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"keys": keys, "gap_ms": gap_ms}) + "\n")
        self._process.stdin.flush()
        done: list[str] = []
        reading = Line(self._process.stdout.fileno(), done)
        self._hand.until(lambda: bool(done), "the keys")
        reading.close()
        self._hand.rest(0.03)


class Line(QObject):
    """One answer of the process, heard without stopping the window."""

    def __init__(self, file: int, heard: list[str]) -> None:
        super().__init__()
        self._notifier = QSocketNotifier(file, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_told: heard.append(os.read(file, 64).decode()))

    def close(self) -> None:
        self._notifier.setEnabled(False)
        self.deleteLater()


@contextmanager
def keys_of(hand: Hand) -> Iterator[Keys]:
    """Start the process on this display, and end it."""
    command = [sys.executable, "-m", "tests.x_keys"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield Keys(process, hand)
        finally:
            process.terminate()


class Outcome(Struct):
    """What became of one scan."""

    page: str
    focus: str
    code: str
    method: str
    before: str
    dialog: str = ""  # opened or closed meanwhile
    read: tuple[str, ...] = ()
    told: str = ""  # beside the scan box
    left: str = ""  # in the field, though it was not there before
    seen: int = 0  # keys that the system brought to the program
    slowest_ms: int = 0  # between two of these
    searched: str = ""  # in the scan box, for what was typed by hand
    answered: bool = False  # its Enter pressed the button of a dialog

    @property
    def is_wrong(self) -> bool:
        """Another code was read than was scanned, text was left behind, or a dialog answered."""
        if self.answered and self.slowest_ms < MAX_GAP_MS:
            return True
        asked = bool(self.read) and self.left == self.code  # the page itself looks it up there
        others = (_code(raw) not in {None, self.code} for raw in self.read)
        return any(others) or (bool(self.left) and not asked and not self.was_slow)

    @property
    def is_lost(self) -> bool:
        """Neither read nor told, though its keys came."""
        answered = self.read or self.told or self.was_slow
        return not answered and self.seen >= UNDER_WAY_KEYS

    @property
    def was_slow(self) -> bool:
        """A busy system brought the keys as a hand types: they stand where they were typed."""
        return self.slowest_ms >= MAX_GAP_MS and bool(self.searched or self.left or self.answered)

    @property
    def never_came(self) -> bool:
        """The system gave its keys to a window that was gone: X does, between two windows."""
        return not self.read and not self.told and self.seen < UNDER_WAY_KEYS


class KeyCounter(QObject):
    """Counts the keys that reach a widget, and how slowly they come."""

    def __init__(self) -> None:
        super().__init__()
        self.begin()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def begin(self) -> None:
        """Count the next scan."""
        self.keys = self.slowest_ms = self._last = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is QApplication.focusWidget():
            self.keys += 1
            self.slowest_ms = max(
                self.slowest_ms, event.timestamp() - (self._last or event.timestamp())
            )
            self._last = event.timestamp()
        return False


def _code(raw: str) -> str | None:
    try:
        return parse_scan(raw).text
    except BadCode:
        return None


class Robot:
    """Goes where a clerk may be, types a few letters or none, and scans."""

    def __init__(self, work: Workplace, hand: Hand, keys: Keys, rng: Random) -> None:
        self._work, self._hand, self._keys, self._rng = work, hand, keys, rng
        self._read: list[str] = []
        self._told: list[str] = []
        self._searched: list[str] = []
        work.window.scan_box.searched.connect(self._searched.append)
        work.window.scan.connect(self._read.append)
        self._counter = KeyCounter()
        work.scanner.use(ScannerHabits(muted=True))  # Qt warns where there is no loudspeaker
        refuse = work.window.refuse_scan

        def told(sentence: str) -> None:
            self._told.append(sentence)
            refuse(sentence)

        work.window.refuse_scan = told  # type: ignore[method-assign]  # it listens only

    def scan(self, page: str, code: str) -> Outcome:
        """One scan somewhere on this page."""
        self._close_dialogs()
        self._work.window.show_page(page)
        self._hand.rest(0.05)
        field = self._choose_focus()
        name, method = _name(field), self._rng.choice(("", "telex", "vni"))
        engine = InputMethod(method) if method else None
        before = self._rng.choice(("", "", "an", "du", "Nguyen ")) if _takes_text(field) else ""
        if before:
            self._keys.type(engine.keys_for(before) if engine else before, gap_ms=60)
            self._hand.rest(0.06)
        stood = _text(field)
        dialog = self._rng.choice(("", "", "opens", "closes"))
        self._plan(dialog)
        self._read.clear()
        self._told.clear()
        self._searched.clear()
        self._counter.begin()
        answered = Asking.answered
        self._keys.type((engine.keys_for(code) if engine else code) + "\r")
        self._hand.rest(0.15)
        if not self._read and not self._told:
            self._hand.rest((CUT_MS + 100) / 1000)
        return Outcome(
            page,
            name,
            code,
            method,
            before,
            dialog,
            tuple(self._read),
            self._told[-1] if self._told else "",
            self._left(field, stood),
            self._counter.keys,
            self._counter.slowest_ms,
            self._searched[-1] if self._searched else "",
            Asking.answered > answered,
        )

    def _choose_focus(self) -> QWidget | None:
        """Any field, button or list in sight, or the scan box."""
        shown = [
            one
            for kind in FIELDS
            for one in self._work.window.findChildren(kind)
            if one.isVisible() and one.isEnabled() and one.focusPolicy().value
        ]
        if shown and self._rng.random() < 0.7:
            self._rng.choice(shown).setFocus()
        else:
            self._work.window.scan_box.setFocus()
        self._hand.rest(0.02)
        return QApplication.focusWidget()

    def _plan(self, dialog: str) -> None:
        """Let a dialog come or go while the keys are under way."""
        at = self._rng.randrange(0, 60)
        if dialog == "opens":
            QTimer.singleShot(at, self._work.window, lambda: Asking(self._work.window).come_up())
        elif dialog == "closes":
            asking = Asking(self._work.window)
            asking.come_up()
            self._hand.until(asking.isActiveWindow, "the dialog")
            QTimer.singleShot(at, asking, self._go_back)

    def _go_back(self) -> None:
        """Close the dialog; no window manager gives the keys back here."""
        for asking in self._work.window.findChildren(Asking):
            asking.reject()
        self._work.window.activateWindow()

    def _left(self, field: QWidget | None, stood: str) -> str:
        """What of the scan still stands in a field: of the page, or of the dialog."""
        there = [_text(one.field) for one in self._work.window.findChildren(Asking)]
        now = "" if field is self._work.window.scan_box else _text(field)
        return now if now != stood and now else "".join(there)

    def _close_dialogs(self) -> None:
        while (top := QApplication.activeModalWidget()) is not None:
            top.close()
            self._hand.rest(0.02)
        self._go_back()
        self._hand.until(self._work.window.isActiveWindow, "the window")


class Asking(QDialog):
    """A dialog whose default button records something, were it pressed."""

    answered = 0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setAccessibleName("Reason")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self._answer)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def come_up(self) -> None:
        """Open, and take the keys as a window manager would have it."""
        self.open()
        self.activateWindow()

    def _answer(self) -> None:
        Asking.answered += 1
        self.accept()


def _takes_text(field: QWidget | None) -> bool:
    return isinstance(field, QLineEdit | QPlainTextEdit) and field.isEnabled()


def _text(field: QWidget | None) -> str:
    if field is None or not isValid(field):
        return ""  # a page may have dropped it
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) else ""


def _name(field: QWidget | None) -> str:
    return "" if field is None else field.objectName() or type(field).__name__
