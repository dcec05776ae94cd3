"""Whether the service believes this PC, and the one-time code by which it begins to."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from station.ledger import ChainId
from station.signing import ChainGrant
from station.words import _
from ui.buttons import secondary_button
from ui.cards import Card, line
from ui.chips import Chip
from ui.day_words import day_words
from ui.desk import Desk
from ui.duty import Duty
from ui.field import Field
from ui.sync.code_refused import length_words, refused_words
from ui.sync.enrol_code import LENGTH, EnrolCodeLine
from ui.sync.read import SyncRead
from ui.theme import Role, Tone, words

Enrol = Callable[[str, Callable[[ChainGrant], None], Callable[[Exception], None]], None]


class EnrolCard(Card):
    """Shows how the chain stands; the lead enters a code where it is not believed yet."""

    said = Signal(str)
    told = Signal(str)  # whose work it is

    def __init__(self, desk: Desk, enrol: Enrol, begin_anew: Enrol) -> None:
        """`begin_anew` leaves a chain that is believed no more."""
        super().__init__(_("This PC at the service"))
        self._desk, self._enrol, self._begin_anew = desk, enrol, begin_anew
        self._revoked = False
        self._chip = Chip(Tone.UNKNOWN, "")
        self._chain = words("", Role.MUTED)
        self._about = words("")
        self._about.setObjectName("enrolAbout")
        self._about.setWordWrap(True)
        self.code = EnrolCodeLine()
        hint = _("16 digits from the Department, typed or scanned")
        self._field = Field(_("One-time code"), self.code, hint)
        self.enrol = secondary_button(_("Enrol this PC"))
        self.enrol.setObjectName("enrol")
        self._duty = Duty(desk, self.enrol, None, self)
        self._busy, self._scanned = False, ""
        self.body.addLayout(line(self._chip, self._chain))
        self.body.addWidget(self._about)
        self.body.addWidget(self._field)
        self.body.addLayout(line(self.enrol))
        self.body.addStretch(1)
        self.enrol.clicked.connect(self._ask)
        self.code.returnPressed.connect(self._ask)
        self.code.textChanged.connect(self._offer)
        self._duty.told.connect(self.told)
        for part in (self._field, self.enrol):
            part.hide()

    @property
    def wanted(self) -> bool:
        """Whether a code is asked for."""
        return not self._field.isHidden()

    def show_read(self, read: SyncRead, connected: bool) -> None:
        """Show how the chain stands now."""
        chain = read.state.chain
        self._chain.setText(_chain_words(chain))
        tone, word, about = _standing(read, connected)
        self._chip.show_verdict(tone, word)
        self._about.setText(about)
        self._revoked = read.revoked
        self._duty.name(_("Begin a new chain") if read.revoked else _("Enrol this PC"))
        for part in (self._field, self.enrol):
            part.setVisible(connected and (read.granted is None or read.revoked))
        self._fill_scanned()
        self._offer()

    def take_code(self, digits: str) -> None:
        """Fill in a code that was scanned elsewhere, once it is known whether one is asked for."""
        self._scanned = digits

    def _fill_scanned(self) -> None:
        digits, self._scanned = self._scanned, ""
        if digits and self.wanted:
            self.code.show_code(digits)
            self.code.setFocus()
        elif digits:
            self.said.emit(_("This PC needs no one-time code now."))

    def _offer(self) -> None:
        self._duty.offer(not self._busy and bool(self.code.text()))

    def _ask(self) -> None:
        if not self.enrol.isEnabled():
            return
        if len(self.code.digits) != LENGTH:
            self._field.show_error(length_words())
            self.code.setFocus()
            return
        self._busy = True
        self._offer()
        enrol = self._begin_anew if self._revoked else self._enrol
        enrol(self.code.digits, self._enrolled, self._refused)

    def _enrolled(self, grant: ChainGrant) -> None:
        self._busy = False
        self.code.clear()
        number = f"{grant.chain.station:03d}"
        self.said.emit(_("Enrolled as point {number}.").format(number=number))
        self._desk.recorded.emit()

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._offer()
        self._field.show_error(refused_words(error, self._desk.reference))
        self.code.setFocus()
        self.code.selectAll()


def _chain_words(chain: ChainId) -> str:
    told = _("point {number} · chain {chain}")
    return told.format(number=f"{chain.station:03d}", chain=chain)


def _standing(read: SyncRead, connected: bool) -> tuple[Tone, str, str]:
    if read.revoked:
        about = _(
            "The service takes nothing more from this PC: its key was taken back. What it took"
            " before stays, and everything stays here. If this PC may go on, ask the Department"
            " for a new one-time code: with it this PC begins a new chain of records, and new"
            " device codes leave a gap."
        )
        return Tone.FAIL, _("Revoked"), about
    if read.granted is not None:
        since = _("The service knows this PC's key since {day}.")
        return Tone.OK, _("Enrolled"), since.format(day=day_words(read.granted.date()))
    if not connected:
        about = _("Write the service's address on the settings page first.")
        return Tone.UNKNOWN, _("Not enrolled"), about
    about = _("Ask the Department for a one-time code of this point and enter it here, once.")
    return Tone.WARN, _("Not enrolled"), about
