"""The field of a serial number: a second scan of the same number confirms it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from station import codes
from station.words import _
from ui.chips import Chip
from ui.field import Field
from ui.scanning.burst import Burst
from ui.scanning.keys import characters, is_end, is_erasing, is_modifier
from ui.theme import Tone

TYPED, SCANNED, CONFIRMED = "typed", "scan", "second-scan"


class SerialLine(QLineEdit):
    """Tells a scan from typing; a scan replaces what stood there and keeps the focus here."""

    scanned = Signal(str)
    rewritten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._burst = Burst()
        self._before = ""

    @property
    def before(self) -> str:
        """What stood here before the last scan."""
        return self._before

    def keeps(self, raw: str) -> bool:
        """Keep all but our valid codes: some makers' numbers are ten digits like a misread one."""
        try:
            codes.parse_scan(raw)
        except codes.BadCode:
            return True
        return False

    @override
    def event(self, event: QEvent) -> bool:
        """See Tab before Qt moves the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if is_end(event) and self._burst.is_scan(event.timestamp()):
                self._take()
                event.accept()
                return True
            if not is_modifier(event):
                self._note(event)
        return super().event(event)

    def _note(self, event: QKeyEvent) -> None:
        at, last = event.timestamp(), self._burst.last
        typed, erases = characters(event, last), is_erasing(event, last)
        if not (typed or erases):
            self._burst.forget()
        elif self._burst.erase(at) if erases else self._burst.add(typed, at):
            self._before = self.text()

    def take(self, raw: str) -> None:
        """Take a scan that a scanner did not type here."""
        self._before = self.text()
        self._show(raw.strip(), rewritten=not raw.isascii())

    def _take(self) -> None:
        raw, rewritten = self._burst.scan.strip(), self._burst.is_rewritten
        self._burst.forget()
        self._show(raw, rewritten=rewritten)

    def _show(self, raw: str, *, rewritten: bool) -> None:
        """What an input method has rewritten is no number: what stood here stands again."""
        self.setText(self._before if rewritten else raw)
        (self.rewritten.emit() if rewritten else self.scanned.emit(raw))


class SerialField(QWidget):
    """The number and how far it can be trusted."""

    changed = Signal()
    next_scanned = Signal(str)  # in a row: another device's number
    elsewhere_scanned = Signal()  # what stood here stands here still

    def __init__(self) -> None:
        super().__init__()
        self.in_a_row = False
        self.stands_elsewhere: Callable[[str], bool] = lambda _serial: False
        self.line = SerialLine()
        self.line.setObjectName("serial")
        self.field = Field(_("Serial number (S/N)"), self.line)
        self.chip = Chip(Tone.UNKNOWN, "")
        self._known_by: str | None = None
        self.setFocusProxy(self.line)
        self._lay_out()
        self.line.textEdited.connect(self._typed)
        self.line.scanned.connect(self._scanned)
        self.line.rewritten.connect(self._tell_rewritten)
        self._show(None)

    @property
    def serial(self) -> str | None:
        """The number; None for an empty field."""
        return self.line.text().strip() or None

    @property
    def known_by(self) -> str | None:
        """How the number is known: typed, scan, second-scan."""
        return self._known_by if self.serial else None

    def show_serial(self, serial: str | None, known_by: str | None) -> None:
        """Show a number that was entered before."""
        self.line.setText(serial or "")
        self._show(known_by)

    def take_scan(self, raw: str) -> None:
        """Take a scan that belongs here, wherever it was made."""
        self.line.setText(raw)
        self._tell(SCANNED)

    def _typed(self) -> None:
        self._tell(TYPED if self.serial else None)

    def _scanned(self, raw: str) -> None:
        before = self.line.before.strip()
        if self.in_a_row and before and raw != before:
            self.line.setText(before)
            self.next_scanned.emit(raw)
        elif raw != before and self.stands_elsewhere(raw):
            self.line.setText(before)
            self.elsewhere_scanned.emit()
        else:
            self._tell(CONFIRMED if raw == before else SCANNED)

    def _tell_rewritten(self) -> None:
        told = _("Changed by the Vietnamese input method: switch it off (Ctrl+Shift), scan again")
        self.chip.show_verdict(Tone.FAIL, told)
        self.chip.setVisible(True)

    def _tell(self, known_by: str | None) -> None:
        self._show(known_by)
        self.changed.emit()

    def _show(self, known_by: str | None) -> None:
        self._known_by = known_by
        if known_by == CONFIRMED:
            self.chip.show_verdict(Tone.OK, _("Confirmed"))
        else:
            self.chip.show_verdict(Tone.WARN, _("Not confirmed"))
        self.chip.setVisible(known_by is not None)

    def _lay_out(self) -> None:
        kept = self.chip.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the form does not jump when a number comes in
        self.chip.setSizePolicy(kept)
        self.chip.setToolTip(_("A second scan of the same number confirms it."))
        self.field.put_beside_name(self.chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
