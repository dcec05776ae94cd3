"""How the report reaches the station: the code to scan, the digits to type, and how it stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from station.codes import grouped
from station.words import _
from sync.lan import Outcome, Sent, Waiting
from sync.pairing import grouped_short
from ui.barcode import Barcode
from ui.buttons import secondary_button
from ui.cards import Card
from ui.far import ToneLine, far_words
from ui.runner.sending import needs_the_stick, sending_tone
from ui.runner.sending_words import sending_words
from ui.theme import Role, Tone, font, words


class PairingCard(Card):
    """Shows the code as long as it is of use; an address can be typed where nothing is found."""

    address_typed = Signal(str)
    stick_needed = Signal()

    def __init__(self, code: str, short: str) -> None:
        super().__init__(_("Send to the station"))
        self.state = ToneLine()
        self.state.setObjectName("sending")
        self._code = words(grouped(code), Role.FAR_CODE)
        self._code.setObjectName("pairingCode")
        self._short = words(
            _("or type there: {digits}").format(digits=grouped_short(short)), Role.FAR_STRONG
        )
        self._short.setObjectName("shortForm")
        for label in (self._code, self._short):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._barcode = Barcode(code)
        self._hint = far_words(_("Scan the device's label first, then this."), Role.MUTED)
        self._address = QLineEdit()
        self._address.setObjectName("address")
        self._address.setPlaceholderText(_("Address of the station, such as 192.168.1.20"))
        self._address.setFont(font(Role.FAR_TEXT))
        # no input method rewrites digits and points
        self._address.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._address.returnPressed.connect(self._try_address)
        self._try = secondary_button(_("Connect"))
        self._try.setObjectName("connect")
        self._try.clicked.connect(self._try_address)
        self._lay_out()
        self.state.show_line(Tone.UNKNOWN, _("Looking for the station on this network…"))

    def show_outcome(self, outcome: Outcome) -> None:
        """Say how it stands."""
        self.state.show_line(sending_tone(outcome), sending_words(outcome))
        sent, stuck = isinstance(outcome, Sent), needs_the_stick(outcome)
        self._hint.hide()  # the sentence says it
        for shown in (self._barcode, self._code, self._short):
            shown.setVisible(not sent and not stuck)  # a code that nobody can use misleads
        for field in (self._address, self._try):
            field.setVisible(not sent and not isinstance(outcome, Waiting))
        if stuck:
            self.stick_needed.emit()

    def show_wrong_address(self) -> None:
        """Say that what was typed leads nowhere."""
        self.state.show_line(
            Tone.FAIL, _("There is no PC of this network at that address. Look at the station.")
        )

    def _try_address(self) -> None:
        typed = self._address.text().strip()
        if typed:
            self.state.show_line(Tone.UNKNOWN, _("Connecting to {address}…").format(address=typed))
            self.address_typed.emit(typed)

    def _lay_out(self) -> None:
        by_hand = QHBoxLayout()
        by_hand.setSpacing(8)
        by_hand.addWidget(self._address, 1)
        by_hand.addWidget(self._try)
        self.body.addWidget(self.state)
        self.body.addStretch()
        for widget in (self._barcode, self._code, self._short, self._hint):
            self.body.addWidget(widget)
        self.body.addStretch()
        self.body.addLayout(by_hand)
