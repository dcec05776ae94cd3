"""Máy sắp về: appointments, home pick-ups and calls; each line with its next act in one key."""

from datetime import date, timedelta
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from station import events as e
from station.codes import Code, CodeKind
from station.offer import OVER
from station.ports import PointStore
from station.words import _, _n
from ui.buttons import secondary_button, with_shortcut
from ui.cards import PageHead
from ui.desk import Desk
from ui.duty import Duty
from ui.filter_chip import FilterChip
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.offers.acts import OfferAct
from ui.offers.call_card import CallCard
from ui.offers.call_desk import CallDesk
from ui.offers.call_lines import CallLine, read_calls
from ui.offers.dropped import dropped_list
from ui.offers.expected import ExpectedLine, read_expected
from ui.offers.lists import arrivals_list, calls_list
from ui.offers.offer_card import OfferCard
from ui.offers.offer_desk import OfferDesk
from ui.shown_stack import ShownStack
from ui.side_by_side import SPACE, list_card, side_by_side
from ui.wording import explain

ARRIVALS, PICK_UPS, CALLS = "arrivals", "pick_ups", "calls"
CARD_WIDTH = 390
CALLS_AHEAD = timedelta(days=30)  # listed; what is due stands first


class Expected(Struct, frozen=True):
    """Both lists, as of one moment."""

    arrivals: tuple[ExpectedLine, ...]
    calls: tuple[CallLine, ...]


class OffersPage(QWidget):
    """Two lists under three chips, and the chosen line's card beside them."""

    receive_wanted = Signal(str)  # an offer's code
    print_wanted = Signal(object)  # ExpectedLine
    list_wanted = Signal()
    list_dropped = Signal(object)  # Path
    open_device = Signal(str)
    said = Signal(str)
    done = Signal(str, object)
    followed = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = Expected((), ())
        self._wanted = ""  # a line to choose once it is here
        reference = desk.reference
        self.arrivals, self.calls = (
            arrivals_list(reference, self._today),
            calls_list(reference, self._today),
        )
        self.offer_card, self.call_card = (
            OfferCard(desk, self._today),
            CallCard(desk, self._today),
        )
        self.offer_desk, self.call_desk = OfferDesk(desk, self), CallDesk(desk, self)
        self.search = QLineEdit()
        self.chips = self._make_chips()
        self.enter = secondary_button(_("Enter an offer…"), "plus", "Ctrl+N")
        self.enter.setObjectName("enterOffer")
        self.bring_list = secondary_button(_("Read an office's list…"), "report", "Ctrl+I")
        self.bring_list.setObjectName("bringList")
        self._lay_out()
        self._connect()
        self.show_part(ARRIVALS)
        self.setAcceptDrops(True)
        Freshness(self, desk, self.refresh)

    @property
    def part(self) -> str:
        """Which of the three lists is shown."""
        return next(part for part, chip in self.chips.items() if chip.isChecked())

    def refresh(self) -> None:
        """Ask anew."""
        self._desk.ask(partial(_read, self._today()), self._show, self._refuse, owner=self)

    def show_part(self, part: str) -> None:
        """Show expected arrivals, pick-ups alone, or calls."""
        for name, chip in self.chips.items():
            chip.setChecked(name == part)
        at = 1 if part == CALLS else 0
        self._lists.setCurrentIndex(at)
        self._cards.setCurrentIndex(at)
        self._narrow()

    def show_calls(self) -> None:
        """Show who must be called."""
        self.show_part(CALLS)

    def seek(self, code: str) -> None:
        """Show one offer, or the call about one code, once the lists are here."""
        self._wanted = code
        self.search.clear()
        self.refresh()

    def accept_scan(self, code: Code) -> bool:
        """A donor's own code is sought here, so that one sees how it stands."""
        if code.kind is not CodeKind.OFFER:
            return False
        self.show_part(ARRIVALS)
        self.seek(code.text)
        return True

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_list(event) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped_list(event)
        if file is not None:
            self.list_dropped.emit(file)

    def _today(self) -> date:
        return self._desk.now().day

    def _show(self, shown: Expected) -> None:
        self._shown = shown
        today = self._today()
        due = sum(1 for line in shown.calls if line.due is None or line.due <= today)
        fetched = [line for line in shown.arrivals if line.pick_up]
        self.chips[ARRIVALS].show_count(len(shown.arrivals))
        self.chips[PICK_UPS].show_count(len(fetched))
        self.chips[CALLS].show_count(due)
        still = (line for line in shown.arrivals if line.offer.pick_up not in OVER)
        coming = sum(1 for line in still if line.expected_on == today)
        told = _n("{count} appointment today", "{count} appointments today", coming)
        self.head.show_title(_("Expected devices"), told.format(count=coming))
        self._narrow()
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        if not self._wanted:
            return
        code, self._wanted = self._wanted, ""
        if self.arrivals.choose(code):
            return
        call = next((line for line in self._shown.calls if line.subject.code == code), None)
        if call is not None:
            self.show_part(CALLS)
            self.calls.choose(call.key)

    def _narrow(self) -> None:
        words, part = self.search.text().strip(), self.part
        arrivals = [
            line
            for line in self._shown.arrivals
            if line.holds(words) and (part != PICK_UPS or line.pick_up)
        ]
        self.arrivals.show_lines(arrivals, go_on=True)
        calls = [line for line in self._shown.calls if line.holds(words)]
        self.calls.show_lines(calls, go_on=True)
        for listed, lines in ((self.arrivals, arrivals), (self.calls, calls)):
            _choose_first(listed, bool(lines))

    def _perform(self, act: str) -> None:
        line = self.offer_card.line
        if line is not None:
            self.offer_desk.perform(OfferAct(act), line)

    def _note(self, result: str) -> None:
        line = self.call_card.line
        if line is not None:
            card = self.call_card
            self.call_desk.note(line, result, card.again_on, card.note.text())

    def _refuse(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))

    def _make_chips(self) -> dict[str, FilterChip]:
        named = {
            ARRIVALS: _("All expected"),
            PICK_UPS: _("Home pick-ups"),
            CALLS: _("Donors to call"),
        }
        chips = {}
        for number, (part, word) in enumerate(named.items(), 1):
            chip = FilterChip(f"part.{part}", word)
            keys = f"Alt+{number}"
            chip.setToolTip(with_shortcut(word, keys))
            chip.clicked.connect(partial(self.show_part, part))
            shortcut = QShortcut(keys, self, partial(self.show_part, part))
            shortcut.setWhatsThis(word)
            chips[part] = chip
        return chips

    def _lay_out(self) -> None:
        self.search.setObjectName("offersSearch")
        self.search.setPlaceholderText(_("Name, phone, address or code"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.head = PageHead(_("Expected devices"), acts=(self.bring_list, self.enter))
        self._lists, self._cards = ShownStack(), ShownStack()
        for listed, card in ((self.arrivals, self.offer_card), (self.calls, self.call_card)):
            self._lists.addWidget(listed)
            self._cards.addWidget(card)
        above = QWidget()
        row = QHBoxLayout(above)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for chip in self.chips.values():
            row.addWidget(chip)
        row.addWidget(self.search, 1)
        around = list_card("", self._lists)
        around.body.insertWidget(0, above)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.head)
        self._cards.setFixedWidth(CARD_WIDTH)
        column.addLayout(side_by_side(around, self._cards, weights=(1, 0)), 1)

    def _connect(self) -> None:
        for button in (self.enter, self.bring_list):
            Duty(self._desk, button, e.OfferEntered, self.head).told.connect(self.said)
        self.enter.clicked.connect(self.offer_desk.enter)
        self.bring_list.clicked.connect(self.list_wanted)
        self.search.textChanged.connect(self._narrow)
        self.arrivals.chosen_changed.connect(
            lambda: self.offer_card.show_line(self.arrivals.chosen)
        )
        self.calls.chosen_changed.connect(lambda: self.call_card.show_line(self.calls.chosen))
        self.offer_card.wanted.connect(self._perform)
        self.call_card.noted.connect(self._note)
        self.call_card.open_wanted.connect(self.open_device)
        for told in (self.offer_card.told, self.call_card.told):
            told.connect(self.said)
        for desk in (self.offer_desk, self.call_desk):
            desk.said.connect(self.said)
            desk.done.connect(self.done)
        self.call_desk.followed.connect(self.followed)
        self.offer_desk.entered.connect(self.seek)
        self.offer_desk.receive_wanted.connect(self.receive_wanted)
        self.offer_desk.print_wanted.connect(self.print_wanted)


def _choose_first(listed: LineList[ExpectedLine] | LineList[CallLine], any_: bool) -> None:
    """The first line is what comes next: its card stands open from the start."""
    if any_ and listed.chosen is None:
        listed.view.selectRow(0)


def _read(today: date, store: PointStore) -> Expected:
    return Expected(read_expected(store), read_calls(today + CALLS_AHEAD, store))
