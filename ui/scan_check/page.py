"""Máy quét: try the scanner at the shift's begin, and say how it is connected."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.words import _
from ui.buttons import secondary_button
from ui.cards import PageHead
from ui.desk import Desk
from ui.scan_check.check_card import CheckCard
from ui.scan_check.habits_card import HabitsCard
from ui.scanner import Scanner
from ui.side_by_side import SPACE, side_by_side


class ScannerPage(QWidget):
    """The test on the left, the settings on the right; the keys go to the test."""

    said = Signal(str)
    sheet_wanted = Signal()

    def __init__(self, desk: Desk, scanner: Scanner, *, settings: Path, tried: Path) -> None:
        super().__init__()
        self.check = CheckCard(desk, scanner, tried)
        self.habits = HabitsCard(desk, scanner, settings)
        self.check.sheet_wanted.connect(self.sheet_wanted)
        self.habits.said.connect(self.said)
        camera = secondary_button(_("Scan by webcam"), "scan", "Ctrl+Shift+W")
        camera.setObjectName("openCamera")
        camera.clicked.connect(scanner.show_camera)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        head = PageHead(_("Scanner"), _("Try it when the shift begins"), acts=(camera,))
        layout.addWidget(head)
        layout.addLayout(side_by_side(self.check, self.habits, weights=(3, 2)), 1)

    @property
    def begins_at(self) -> QWidget:
        """The test takes the next scan."""
        return self.check.probe
