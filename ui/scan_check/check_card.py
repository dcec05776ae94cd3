"""The test of a scanner: a code on the screen, and what each scan of it told."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QVBoxLayout
from typing_extensions import override

from station.ports import PointStore
from station.words import _
from ui.barcode import Barcode
from ui.buttons import secondary_button
from ui.cards import Card
from ui.chips import Chip
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.scan_check.judging import TEST_TEXT, Attempt, Finding, judge
from ui.scan_check.memory import Tried, note_tried
from ui.scan_check.probe import ProbeField
from ui.scan_check.words import (
    Told,
    advice,
    end_words,
    method_words,
    preamble_words,
    scanner_words,
    speed_words,
)
from ui.scanner import Scanner
from ui.side_by_side import HEAD
from ui.theme import Role, Tone, words
from ui.wording import explain


class CheckCard(Card):
    """Judges each scan at once and keeps what it told for today's page."""

    sheet_wanted = Signal()
    tried = Signal(object)  # Tried

    def __init__(self, desk: Desk, scanner: Scanner, file: Path) -> None:
        super().__init__(_("Scan this test code"))
        self.title.setMinimumHeight(HEAD)
        self._desk, self._scanner, self._file = desk, scanner, file
        self.probe = ProbeField()
        self.probe.setObjectName("scannerProbe")
        self.probe.setAccessibleName(_("Test scan"))
        self.probe.setPlaceholderText(_("Scan now; a label will do too"))
        self.probe.heard.connect(self._hear)
        self.rows: dict[str, TestRow] = {}
        self.advice = words("", Role.STRONG)
        self.advice.setWordWrap(True)
        self.sheet = secondary_button(_("Print the test code"), "print", "Ctrl+P")
        self.sheet.setObjectName("printScannerTest")
        self.sheet.clicked.connect(self.sheet_wanted)
        self._lay_out()

    @property
    def told(self) -> dict[str, Told]:
        """What the last scan told, by row."""
        return {name: (row.chip.tone, row.words.text()) for name, row in self.rows.items()}

    def _hear(self, attempt: Attempt) -> None:
        finding = judge(attempt)
        self._show(finding)
        self._scanner.sound(works=finding.works, clean=finding.clean)
        if finding.known:
            keep = partial(_note, self._file, finding, self._desk)
            self._desk.ask(keep, self.tried.emit, self._refuse, owner=self)

    def _show(self, finding: Finding) -> None:
        self.rows["scanner"].say(*scanner_words(finding))
        self.rows["end"].say(*end_words(finding))
        self.rows["speed"].say(*speed_words(finding))
        self.rows["preamble"].say(*preamble_words(finding, self._scanner.habits.preamble))
        self.rows["method"].say(*method_words(finding))
        self.advice.setText(advice(finding) or _("All is well: scan away."))

    def _refuse(self, error: Exception) -> None:
        self.advice.setText(explain(error, self._desk.reference))

    def _lay_out(self) -> None:
        about = words(
            _(
                "It holds what Vietnamese input methods rewrite, as serial numbers do. A scanner"
                " that reads no screen reads it from paper."
            ),
            Role.MUTED,
        )
        about.setWordWrap(True)
        self.add_to_head(self.sheet)
        self.body.setSpacing(12)
        self._bars = QVBoxLayout()
        self.body.addWidget(about)
        self.body.addLayout(self._bars)
        self.body.addWidget(self.probe)
        rows = QFormLayout()
        rows.setHorizontalSpacing(12)
        for name, word in (
            ("scanner", _("Scanner")),
            ("method", _("Vietnamese input method")),
            ("end", _("End of a scan")),
            ("speed", _("Speed")),
            ("preamble", _("Preamble")),
        ):
            self.rows[name] = row = TestRow(word)
            rows.addRow(row.chip, row.words)
        self.body.addLayout(rows)
        self.body.addWidget(self.advice)
        self.body.addStretch(1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """The bars are drawn when somebody looks: what draws them loads slowly."""
        super().showEvent(event)
        if not self._bars.count():
            self._bars.addWidget(Barcode(TEST_TEXT), 0, Qt.AlignmentFlag.AlignHCenter)


class TestRow:
    """One chip that names a thing, and how it stands."""

    def __init__(self, word: str) -> None:
        self.chip, self.words = Chip(Tone.UNKNOWN, word), ElidedLabel("–", Role.MUTED)
        self._word = word

    def say(self, tone: Tone, told: str) -> None:
        """Say how it stands."""
        self.chip.show_verdict(tone, self._word)
        self.words.setText(told)


def _note(file: Path, finding: Finding, desk: Desk, _store: PointStore) -> Tried:
    return note_tried(file, finding, desk.now().at)
