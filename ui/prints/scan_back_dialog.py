"""Waiting for the test label to be scanned back: what arrives is said, for a minute."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from station import codes
from station.reference import Reference
from station.words import _, _n
from ui.bars import plain_bar
from ui.buttons import secondary_button
from ui.chips import Chip
from ui.prints.scan_back import CODE, Heard, judge_scan, judge_typed
from ui.scanning.box import ScanBox
from ui.theme import Role, Tone, words

PATIENCE_S: Final = 60
WIDTH: Final = 520


class EscapableScanBox(ScanBox):
    """Esc in an empty box is the dialog's."""

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and not self.text():
            return False
        return super().event(event)


class ScanBackDialog(QDialog):
    """Says `right` when the test label was read, `wrong` for whatever else arrives."""

    right = Signal()
    wrong = Signal()

    def __init__(self, reference: Reference, parent: QWidget, patience_s: int = PATIENCE_S) -> None:
        super().__init__(parent)
        self._reference, self._left = reference, patience_s
        self.setObjectName("scanBack")
        self.setWindowTitle(_("Scan the test label"))
        self.setMinimumWidth(WIDTH)
        self.box = EscapableScanBox(lambda _raw: False)
        self.box.setPlaceholderText(_("Scan the test label now"))
        self.chip = Chip(Tone.UNKNOWN, _("Waiting"))
        self.heard = words("")
        self.time = words("", Role.MUTED)
        self.leave = secondary_button(_("Close"))
        self._bar = plain_bar()
        self._bar.setMaximum(patience_s)
        self._second = QTimer(self, interval=1000)
        self._lay_out()
        self.box.scanned.connect(lambda raw: self._hear(judge_scan(raw, self._reference)))
        self.box.searched.connect(self._typed)
        self.leave.clicked.connect(self.reject)
        self._second.timeout.connect(self._tick)
        self._tell_time()
        self._second.start()
        self.box.setFocus()

    def _typed(self, text: str) -> None:
        if text:
            self._hear(judge_typed(text))

    def _hear(self, heard: Heard) -> None:
        self.box.clear()
        if heard.right:
            self._second.stop()
            self.right.emit()
            self.accept()
            return
        self.chip.show_verdict(Tone.FAIL, _("Not the test label"))
        self.heard.setText(heard.sentence)
        self.wrong.emit()

    def _tick(self) -> None:
        self._left -= 1
        self._tell_time()
        if self._left > 0:
            return
        self._second.stop()
        self.chip.show_verdict(Tone.FAIL, _("Nothing read"))
        if not self.heard.text():
            self.heard.setText(
                _(
                    "No scan arrived. Is the scanner plugged in and does it beep? If it beeps and"
                    " nothing arrives, it is set to another interface than keyboard. If it does"
                    " not beep, the print is too faded or too small."
                )
            )
        self.wrong.emit()

    def _tell_time(self) -> None:
        left = max(self._left, 0)
        self._bar.setValue(left)
        told = _n("{count} second left", "{count} seconds left", left)
        self.time.setText(told.format(count=left))

    def _lay_out(self) -> None:
        ask = _("Take the test label {code} and scan it. Nothing is recorded.")
        intro = words(ask.format(code=codes.grouped(CODE)))
        for label in (intro, self.heard):
            label.setWordWrap(True)
        verdict = QHBoxLayout()
        verdict.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self.heard, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.time, 1)
        foot.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(words(_("Scan the test label"), Role.CARD_TITLE))
        layout.addWidget(intro)
        layout.addWidget(self.box)
        layout.addLayout(verdict, 1)
        layout.addWidget(self._bar)
        layout.addLayout(foot)
