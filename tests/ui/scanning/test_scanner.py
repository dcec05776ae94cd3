"""What a port or a camera reads goes where a wedge would have typed it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.scan_routes import looks_like_code
from ui.scanner import Scanner
from ui.scanning import preamble
from ui.scanning.box import ScanBox
from ui.scanning.habits import ScannerHabits
from ui.scanning.serial_field import SerialField
from ui.scanning.sounds import ScanSounds

CODE = "0120003457"


class Gun(QObject):
    """A source that reads what it is told."""

    scanned = Signal(str)


class Counter(QWidget):
    """A page with a scan box, a name and a serial number, and a source."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self._qtbot = qtbot
        self.box, self.name, self.serial = ScanBox(looks_like_code), QLineEdit(), SerialField()
        layout = QVBoxLayout(self)
        for field in (self.box, self.name, self.serial):
            layout.addWidget(field)
        self.scanner = Scanner(self, ScanSounds(), looks_like_code)
        self.scanner.use(ScannerHabits(preamble="~"))
        self.gun = Gun()
        self.scanner.hear(self.gun)
        self.read: list[str] = []
        self.scanner.scanned.connect(self.read.append)
        self.box.scanned.connect(self.read.append)
        self.show()
        self.activateWindow()

    def scan_at(self, field: QWidget, text: str) -> None:
        field.setFocus()
        self._qtbot.waitUntil(field.hasFocus)
        self.gun.scanned.emit(text)


@pytest.fixture
def counter(qtbot: QtBot) -> Iterator[Counter]:
    counter = Counter(qtbot)
    qtbot.addWidget(counter)
    yield counter
    counter.scanner.close()
    preamble.use("")


def test_a_code_is_told_once_wherever_the_focus_is(counter: Counter) -> None:
    for field in (counter.box, counter.name, counter.serial):
        counter.scan_at(field, f"~{CODE}\r")

    assert counter.read == [CODE] * 3
    assert (counter.name.text(), counter.serial.line.text()) == ("", "")


def test_a_serial_number_goes_to_the_field_that_has_the_focus(counter: Counter) -> None:
    counter.scan_at(counter.serial, "~8XK2F32\r")
    counter.scan_at(counter.serial, "~8XK2F32\r")
    counter.scan_at(counter.name, "WD-7X\r")

    assert counter.read == []
    assert (counter.serial.serial, counter.serial.known_by) == ("8XK2F32", "second-scan")
    assert counter.name.text() == "WD-7X"
