"""Cài đặt: what this PC speaks, where it sends to, and who works at the point."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.words import _
from ui.buttons import secondary_button
from ui.cards import PageHead
from ui.desk import Desk
from ui.operators_panel import OperatorsPanel
from ui.pc_settings import PcSettings
from ui.side_by_side import SPACE, side_by_side


class SettingsPage(QWidget):
    """Says `operators_changed` with everybody who can sign in."""

    said = Signal(str)
    operators_changed = Signal(tuple)
    open_page = Signal(str)

    def __init__(self, desk: Desk, file: Path) -> None:
        super().__init__()
        self.pc = PcSettings(desk, file)
        self.people = OperatorsPanel(desk)
        self.pc.said.connect(self.said)
        self.people.said.connect(self.said)
        self.people.changed.connect(self.operators_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        printers = secondary_button(_("Printers"), "print")
        printers.setObjectName("openPrinters")
        printers.clicked.connect(lambda: self.open_page.emit("printers"))
        prints = secondary_button(_("Prints"), "print")
        prints.setObjectName("openPrints")
        prints.clicked.connect(lambda: self.open_page.emit("prints"))
        texts = secondary_button(_("Words of papers"), "report")
        texts.setObjectName("openWords")
        texts.clicked.connect(lambda: self.open_page.emit("words"))
        scanner = secondary_button(_("Scanner"), "scan")
        scanner.setObjectName("openScanner")
        scanner.clicked.connect(lambda: self.open_page.emit("scanner"))
        layout.addWidget(PageHead(_("Settings"), acts=(scanner, prints, printers, texts)))
        layout.addLayout(side_by_side(self.pc, self.people, weights=(2, 3)), 1)

    def refresh(self) -> None:
        """Ask anew who works here."""
        self.people.refresh()
