"""What a scanned charger and the open device say of each other, until a person has chosen."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from station.labelled import Fit
from station.words import _
from ui.buttons import secondary_button
from ui.icons import pixmap
from ui.item_scans import ItemFinding
from ui.theme import Role, Tone, words

TONES = {Fit.MATCHES: Tone.OK, Fit.OTHERS: Tone.FAIL, Fit.FREE: Tone.WARN}
SHOWN_MS = 8_000  # what matches needs no answer


class PairAlarm(QFrame):
    """A banner above the device: green, or red with the name of the other device."""

    pair_wanted = Signal(object)  # ItemFinding

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.finding: ItemFinding | None = None
        self._picture = QLabel()
        self._words = words("", Role.STRONG)
        self._words.setObjectName("pairFinding")
        self._words.setWordWrap(True)
        self.pair = secondary_button(_("Pair it with this device"), "", "Ctrl+G")
        self.pair.setObjectName("pairItem")
        self.leave = secondary_button(_("Leave it"), "", "Ctrl+Shift+G")
        self.leave.setObjectName("leaveItem")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        row.addWidget(self.leave)
        row.addWidget(self.pair)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(SHOWN_MS)
        self._time.timeout.connect(self.settle)
        self.pair.clicked.connect(self._pair)
        self.leave.clicked.connect(self.settle)
        self.hide()

    def show_finding(self, finding: ItemFinding) -> None:
        """Show what was found; only what matches goes away by itself."""
        self.finding = finding
        tone = TONES[finding.fit]
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._picture.setPixmap(pixmap(tone.value, tone.ink, 22))
        self._words.setText(finding.sentence)
        self.setAccessibleName(finding.sentence)
        asks = finding.fit is not Fit.MATCHES
        for button in (self.pair, self.leave):
            button.setVisible(asks)
        self._time.stop()
        if not asks:
            self._time.start()
        self.show()

    def settle(self) -> None:
        """Go: it was answered, or another device is open."""
        self.finding = None
        self._time.stop()
        self.hide()

    def _pair(self) -> None:
        finding = self.finding
        self.settle()
        if finding is not None:
            self.pair_wanted.emit(finding)
