"""One expected arrival: whom to expect with what, where to go, and what to do next."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station import events as e
from station.codes import grouped
from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.cards import Card, EmptyState, line
from ui.chips import Chip
from ui.desk import Desk
from ui.duty import Duty
from ui.offers.acts import SHORTCUTS, OfferAct, act_words, next_act, possible, state_words
from ui.offers.expected import ExpectedLine, items_words
from ui.offers.fact_rows import FactRows
from ui.offers.lists import day_line
from ui.offers.phone_line import PhoneLine
from ui.theme import Role, Tone, words

PRIMARY = "Ctrl+Return"
QUIET = (OfferAct.UNREACHABLE, OfferAct.MOVE)
LISTED = tuple(act for act in OfferAct if act not in QUIET)


class OfferCard(Card):
    """Says which act is `wanted`; shows the chosen arrival."""

    wanted = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(_("Expected arrival"))
        self._desk, self._today = desk, today
        self._line: ExpectedLine | None = None
        self.chip = Chip(Tone.UNKNOWN, "")
        self.phone = PhoneLine()
        self.day, self.devices, self.came, self.address, self.note, self.code = _labels(6)
        self.next = primary_button("", shortcut=PRIMARY)
        self.next.setObjectName("offerNext")
        self.quiet = {act: self._quiet(act) for act in QUIET}
        self.more = secondary_button(_("More"))
        self.more.setObjectName("offerMore")
        self._listed: dict[OfferAct, QAction] = {}
        self._keys: dict[OfferAct, QShortcut] = {}
        self.more.setMenu(self._menu())
        self._duty = Duty(desk, self.next, e.PickUpNoted, self)
        self._duty.told.connect(self.told)
        self.next.clicked.connect(self._want_next)
        self._lay_out()
        self.show_line(None)

    @property
    def line(self) -> ExpectedLine | None:
        """What is shown."""
        return self._line

    def show_line(self, shown: ExpectedLine | None) -> None:
        """Show an arrival; None says that one is to be chosen."""
        self._line = shown
        self._faces.setCurrentIndex(0 if shown is None else 1)
        self._buttons.setVisible(shown is not None)
        if shown is None:
            self.set_title(_("Expected arrival"))
            return
        self.set_title(shown.donor.name or _("name not here"))
        self._show_facts(shown)
        self._show_acts(shown)

    def _show_facts(self, shown: ExpectedLine) -> None:
        reference, offer = self._desk.reference, shown.offer
        self.chip.show_verdict(*state_words(offer, reference))
        self.day.setText(day_line(offer, reference, self._today()))
        self.phone.show_phone(shown.donor.phone, shown.code)
        self.devices.setText(items_words(shown.items, reference))
        came = _("{received} of {count} came").format(received=shown.received, count=shown.count)
        listed = _("with the office's list") if offer.lines else ""
        self.came.setText(" · ".join(filter(None, (came, listed))))
        self.address.setText(shown.donor.address)
        self.note.setText(shown.note)
        source = _("from the Department") if offer.published else _("entered here")
        self.code.setText(f"{grouped(shown.code)} · {source}")
        for label in (self.address, self.note):
            self._facts.show_row(label, bool(label.text()))

    def _show_acts(self, shown: ExpectedLine) -> None:
        offer = shown.offer
        self._next = next_act(offer)
        self._duty.name(act_words(self._next))
        for act, button in self.quiet.items():
            button.setVisible(possible(act, offer) and act is not self._next)
        for act, action in self._listed.items():
            action.setVisible(possible(act, offer) and act is not self._next)
            if act in self._keys:
                self._keys[act].setEnabled(action.isVisible())

    def _want_next(self) -> None:
        if self._line is not None:
            self.wanted.emit(self._next)

    def _quiet(self, act: OfferAct) -> QPushButton:
        button = secondary_button(act_words(act), "", SHORTCUTS[act])
        button.setObjectName(act)
        button.clicked.connect(lambda: self.wanted.emit(act))
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for act in LISTED:
            action = menu.addAction(act_words(act).replace("&", "&&"))
            action.setObjectName(act)
            action.triggered.connect(self._wanter(act))
            if act in SHORTCUTS:
                self._keys[act] = self._add_keys(act, action)
            self._listed[act] = action
        return menu

    def _add_keys(self, act: OfferAct, action: QAction) -> QShortcut:
        """Keys that work while the menu is closed, told in it and in the list of F1."""
        keys = QKeySequence(SHORTCUTS[act])
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(f"{action.text()}\t{native}")
        shortcut = QShortcut(keys, self)
        shortcut.setWhatsThis(act_words(act))
        shortcut.activated.connect(self._wanter(act))
        return shortcut

    def _wanter(self, act: OfferAct) -> Callable[[], None]:
        return lambda: self.wanted.emit(act)

    def _lay_out(self) -> None:
        self._facts = FactRows()
        named = (
            (_("Day"), self.day),
            (_("Phone"), self.phone),
            (_("Address"), self.address),
            (_("Devices"), self.devices),
            (_("Received"), self.came),
            (_("Note"), self.note),
            (_("Offer"), self.code),
        )
        for name, value in named:
            self._facts.add(name, value)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line(self.chip))
        column.addWidget(self._facts)
        column.addStretch()
        how = _("Choose a line: who it is, where to go and what comes next stand here.")
        self._faces = QStackedWidget()
        self._faces.addWidget(EmptyState(_("No line is chosen"), how))
        self._faces.addWidget(shown)
        self._buttons = QWidget()
        rows = QVBoxLayout(self._buttons)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        above, below = QHBoxLayout(), QHBoxLayout()
        for act in QUIET:
            above.addWidget(self.quiet[act])
        above.addStretch()
        below.addWidget(self.more)
        below.addWidget(self.next, 1)
        rows.addLayout(above)
        rows.addLayout(below)
        self.body.addWidget(self._faces, 1)
        self.body.addWidget(self._buttons)


def _labels(count: int) -> list[QLabel]:
    made = [words("", Role.BODY) for _number in range(count)]
    for label in made:
        label.setWordWrap(True)
    return made
