"""Who is expected with devices: chosen here, the forms begin with what the donor registered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from station.codes import grouped
from station.words import _
from ui.buttons import link_button, primary_button
from ui.cards import EmptyState
from ui.day_words import day_words
from ui.desk import Desk
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.offers.expected import ExpectedLine, items_words, read_expected
from ui.offers.phone_line import masked
from ui.side_by_side import fill, list_card
from ui.theme import Tone
from ui.wording import explain


class ExpectedPanel(QWidget):
    """A list that a few letters narrow; Enter takes the chosen donor to the counter."""

    chosen = Signal(object)  # ExpectedLine
    left = Signal()
    counted = Signal(int)
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: tuple[ExpectedLine, ...] = ()
        self.search = QLineEdit()
        self.search.setObjectName("expectedSearch")
        self.search.setPlaceholderText(_("Name, phone or code of the offer"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.list = self._list()
        self.take = primary_button(_("Receive from this donor"), "intake", "Ctrl+Return")
        self.take.setObjectName("takeExpected")
        back = link_button(_("Back to the forms"), "Alt+Left")
        back.setObjectName("leaveExpected")
        card = list_card(_("Expected arrivals"), self.list)
        card.body.insertWidget(0, self.search)
        card.add_to_head(back)
        card.add_to_head(self.take)
        fill(self, card)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._take_first)
        self.list.opened.connect(self._take)
        self.list.chosen_changed.connect(self._offer)
        self.take.clicked.connect(self._take)
        back.clicked.connect(self.left)
        self._offer()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask anew who is expected."""
        self._desk.ask(read_expected, self._show, self._refuse, owner=self)

    def _list(self) -> LineList[ExpectedLine]:
        reference = self._desk.reference
        columns = (
            Column[ExpectedLine](_("Expected"), self._day, self._tone, width=172),
            Column[ExpectedLine](_("Offer"), lambda line: grouped(line.code), width=130),
            Column[ExpectedLine](
                _("Donor"), lambda line: line.donor.name or _("name not here"), width=180
            ),
            Column[ExpectedLine](_("Phone"), lambda line: masked(line.donor.phone), width=120),
            Column[ExpectedLine](_("Devices"), lambda line: items_words(line.items, reference)),
            Column[ExpectedLine](_("Received"), _received_words, width=96),
        )
        how = _("Donors register on the programme's page; what is meant for this point comes here.")
        empty = EmptyState(_("Nobody is expected"), how)
        listed = LineList(columns, lambda line: line.code, empty)
        return listed.named("expected", _("Expected arrivals"))

    def _day(self, line: ExpectedLine) -> str:
        day = day_words(line.expected_on) if line.expected_on else _("no day agreed")
        return _("{day} · fetch it").format(day=day) if line.pick_up else day

    def _tone(self, line: ExpectedLine) -> Tone:
        late = line.expected_on is not None and line.expected_on < self._desk.now().day
        return Tone.WARN if late else Tone.UNKNOWN

    def _show(self, lines: tuple[ExpectedLine, ...]) -> None:
        self._lines = lines
        self._narrow()
        self.counted.emit(len(lines))

    def _narrow(self) -> None:
        words = self.search.text().strip()
        self.list.show_lines([line for line in self._lines if line.holds(words)])

    def _offer(self) -> None:
        self.take.setEnabled(self.list.chosen is not None)

    def _take_first(self) -> None:
        """Enter in the search takes the only one that is left."""
        lines = self.list.model.lines
        if len(lines) == 1:
            self.list.choose(lines[0].code)
            self._take()

    def _take(self) -> None:
        if self.list.chosen is not None:
            self.chosen.emit(self.list.chosen)

    def _refuse(self, error: Exception) -> None:
        self.said.emit(explain(error, self._desk.reference))


def _received_words(line: ExpectedLine) -> str:
    return _("{received} of {count}").format(received=line.received, count=line.count)
