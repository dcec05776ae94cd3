"""Linh kiện: how many of each counted part the books show, what came in, and the stocktake."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from station import events as e
from station import stock
from station.codes import grouped
from station.events import Event
from station.labelled import ItemRole
from station.labelling import LabelItem, label_item
from station.ledger import Moment
from station.operators import Operator
from station.parts import Parts
from station.ports import PointStore, Store
from station.reference import Reference, Table
from station.withdrawing import Withdraw, withdraw
from station.words import _, _c
from ui.act_line import ActLine
from ui.buttons import papers_button, primary_button, secondary_button
from ui.cards import Card, EmptyState, PageHead
from ui.coded_words import coded
from ui.desk import Desk
from ui.duty import Duty
from ui.field import Field
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.number_box import NumberBox
from ui.side_by_side import SPACE, form_card, list_card, side_by_side
from ui.undoing import Undoing
from ui.wording import explain

CountingAct = Callable[[str, int, Store, Operator, Moment], Event]

NUMBER_WIDTH, ADVICE_WIDTH = 120, 230
MOST_TYPED = 999_999  # what cannot be right is refused, not cut short while it is typed


class PartLine(Struct, frozen=True):
    """One kind of part, and what the books show."""

    item: str
    word: str
    quantity: int


class PartsPage(QWidget):
    """Choose a part in the list, then say how many came in, or how many were found."""

    said = Signal(str)
    print_labels = Signal(tuple)
    papers_wanted = Signal(str)  # "": of the point

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._about = ""  # the part whose number is being filled in
        self.undoing = Undoing(desk, self)
        self.parts = _part_list()
        self.came, self.found = _number("cameIn", 1), _number("counted", 0)
        self.receive = primary_button(_("Record what came in"), shortcut="Ctrl+Return")
        self.receive.setObjectName("receiveParts")
        self.count = secondary_button(_("Record the count"))
        self.count.setObjectName("countParts")
        self.label = secondary_button(_("A label for one of it"), "print", "Ctrl+P")
        self.label.setObjectName("labelPart")
        self._labelling = ActLine(desk, "labelProblem", self.label)
        self._coming = ActLine(desk, "receiveProblem", self.receive)
        self._counting = ActLine(desk, "countProblem", self.count)
        self._duties = (
            Duty(desk, self.receive, e.PartsReceived, self._coming),
            Duty(desk, self.count, e.Counted, self._counting),
            Duty(desk, self.label, e.ItemLabelled, self._labelling),
        )
        self._form = self._make_form()
        self._lay_out()
        self._connect()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Read the books anew."""
        self._desk.ask(_books, self._show, self._cannot, owner=self)

    def _show(self, books: Sequence[Parts]) -> None:
        self.parts.show_lines(part_lines(books, self._desk.reference))

    def _show_choice(self) -> None:
        line = self.parts.chosen
        for number in (self.came, self.found):
            number.setEnabled(line is not None)
        for duty in self._duties:
            duty.offer(line is not None)
        self._form.set_title(line.word if line else _("Choose a part in the list"))
        if line is None or line.item == self._about:
            return  # a number that is being typed stays
        self._about = line.item
        self._begin(line.quantity)

    def _begin(self, quantity: int) -> None:
        self.came.setValue(1)
        self.found.setValue(max(quantity, 0))
        for acts in (self._coming, self._counting, self._labelling):
            acts.clear()

    def _cannot(self, error: Exception) -> None:
        self._coming.refuse(explain(error, self._desk.reference))

    def _take(self, acts: ActLine, use_case: CountingAct, number: int) -> None:
        line = self.parts.chosen
        if line is not None:
            acts.take(partial(use_case, line.item, number), partial(self._tell, line, number))

    def _label(self) -> None:
        """A loose part that is worth a label of its own, such as a disk on its way."""
        line = self.parts.chosen
        if line is not None:
            command = LabelItem(role=ItemRole.PART, item=line.item)
            self._labelling.take(partial(label_item, command), self._labelled)

    def _labelled(self, event: Event) -> None:
        code = event.header.subject
        self.print_labels.emit((code,))
        told = _("The part has a label: {code}").format(code=grouped(code))
        self.undoing.tell(told, partial(withdraw, Withdraw(events=(event.hash,))))

    def _tell(self, line: PartLine, number: int, event: Event) -> None:
        told = _("Recorded: {count} × {item}").format(count=number, item=line.word)
        back = partial(withdraw, Withdraw(events=(event.hash,)))
        self._begin_anew()
        self.undoing.tell(told, back, then=self._begin_anew)

    def _begin_anew(self) -> None:
        """The numbers begin from what the books show next."""
        self._about = ""

    def _connect(self) -> None:
        self.parts.chosen_changed.connect(self._show_choice)
        for duty in self._duties:
            duty.told.connect(self.said)
        self.receive.clicked.connect(
            lambda: self._take(self._coming, stock.receive_parts, self.came.value())
        )
        self.count.clicked.connect(
            lambda: self._take(self._counting, stock.count_parts, self.found.value())
        )
        self.label.clicked.connect(self._label)
        self._show_choice()

    def _make_form(self) -> Card:
        came = Field(_("How many came in"), self.came)
        hint = _("Counted at a stocktake; from then on the books show this number.")
        found = Field(_("How many lie here"), self.found, hint)
        return form_card("", came, self._coming, found, self._counting, self._labelling)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        second = _("Small parts without a label, such as memory and disks.")
        papers = papers_button()
        papers.setObjectName("papers")
        papers.clicked.connect(lambda: self.papers_wanted.emit(""))
        layout.addWidget(PageHead(_("Counted parts"), second, (papers,)))
        layout.addLayout(side_by_side(list_card(_("In the books"), self.parts), self._form), 1)


def part_lines(books: Sequence[Parts], reference: Reference) -> list[PartLine]:
    """Every part that is known, then those a newer version counted."""
    shown = {parts.item: parts.quantity for parts in books}
    known = [entry.id for entry in reference.entries(Table.PARTS)]
    items = dict.fromkeys([*known, *shown])
    return [
        PartLine(item, coded(Table.PARTS, item, reference), shown.get(item, 0)) for item in items
    ]


def _books(store: PointStore) -> tuple[Parts, ...]:
    return store.parts()


def _part_list() -> LineList[PartLine]:
    columns = (
        Column[PartLine](_c("spare", "Part"), lambda line: line.word),
        Column[PartLine](_("In the books"), lambda line: str(line.quantity), width=NUMBER_WIDTH),
        Column[PartLine](_("What to do"), _advice, width=ADVICE_WIDTH),
    )
    parts = LineList(columns, lambda line: line.item, EmptyState(_("No part is counted here")))
    return parts.named("partsTable", _("Counted parts"))


def _advice(line: PartLine) -> str:
    """More were taken than the books had."""
    return _("Count them: some were never entered") if line.quantity < 0 else ""


def _number(name: str, least: int) -> QSpinBox:
    number = NumberBox()
    number.setObjectName(name)
    number.setRange(least, MOST_TYPED)
    return number
