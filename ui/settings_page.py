"""Cài đặt: what this PC speaks, where it sends to, and who works at the point."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from station.words import _
from ui.buttons import secondary_button
from ui.cards import PageHead
from ui.desk import Desk
from ui.operators_panel import OperatorsPanel
from ui.pc_settings import PcSettings
from ui.settings_search import Setting, SettingsSearch
from ui.side_by_side import SPACE, side_by_side


class SettingsPage(QWidget):
    """Says `operators_changed` with everybody who can sign in."""

    said = Signal(str)
    operators_changed = Signal(tuple)
    parts_changed = Signal(object)  # frozenset of Part
    open_page = Signal(str)

    def __init__(self, desk: Desk, file: Path) -> None:
        super().__init__()
        self.pc = PcSettings(desk, file)
        self.people = OperatorsPanel(desk)
        self.pc.said.connect(self.said)
        self.pc.parts_changed.connect(self.parts_changed)
        self.people.said.connect(self.said)
        self.people.changed.connect(self.operators_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        training = secondary_button(_("Training…"), "report")
        training.setObjectName("openTraining")
        training.setToolTip(_("Practise in a window of its own, where nothing is real"))
        training.clicked.connect(self._open_training)
        acts = (
            training,
            self._way("backup", "openBackup", _("Backup"), "report"),
            self._way("pcs", "openPcs", _("PCs of this point"), "laptop"),
            self._way("scanner", "openScanner", _("Scanner"), "scan"),
            self._way("prints", "openPrints", _("Prints"), "print"),
            self._way("printers", "openPrinters", _("Printers"), "print"),
            self._way("words", "openWords", _("Words of papers"), "report"),
        )
        self.search = SettingsSearch()
        self.search.offer(self._settings())
        layout.addWidget(PageHead(_("Settings"), acts=acts))
        layout.addWidget(self.search)
        layout.addLayout(side_by_side(self.pc, self.people, weights=(2, 3)), 1)

    def _way(self, page: str, name: str, words: str, icon: str) -> QPushButton:
        """A button that leads to a page of settings."""
        button = secondary_button(words, icon)
        button.setObjectName(name)
        button.clicked.connect(lambda: self.open_page.emit(page))
        return button

    def _settings(self) -> tuple[Setting, ...]:
        """What can be found, and by which words people look for it."""
        open_ = self.open_page.emit
        return (
            Setting(_("Language"), _("which words the window speaks"), self.pc.language.setFocus),
            Setting(
                _("Address of the central service"),
                _("server internet sync Department"),
                self.pc.service.setFocus,
            ),
            Setting(_("Who works here"), _("people names roles password"), self.people.setFocus),
            Setting(
                _("What is done here"),
                _("intake bench giving hide pages"),
                next(iter(self.pc.parts.values())).setFocus,
            ),
            Setting(_("Printers"), _("labels paper roll driver test"), lambda: open_("printers")),
            Setting(_("Prints"), _("queue waiting print again"), lambda: open_("prints")),
            Setting(_("Words of papers"), _("minutes receipt letterhead"), lambda: open_("words")),
            Setting(_("Scanner"), _("barcode sound camera input method"), lambda: open_("scanner")),
            Setting(_("Sync"), _("enrol one-time code service"), lambda: open_("sync")),
            Setting(
                _("PCs of this point"),
                _("main PC other PC network share together"),
                lambda: open_("pcs"),
            ),
            Setting(_("Backup"), _("restore stick recovery code copy"), lambda: open_("backup")),
            Setting(_("Training"), _("practise learn demonstration"), self._open_training),
        )

    def _open_training(self) -> None:
        """A program of its own: nothing of it can reach this store."""
        began, _process = QProcess.startDetached(sys.executable, ["-m", "ui.start", "--training"])
        told = _("Training opens in a window of its own: nothing there is real.")
        self.said.emit(told if began else _("Training could not be opened on this PC."))

    def refresh(self) -> None:
        """Ask anew who works here."""
        self.people.refresh()
