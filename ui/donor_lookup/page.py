"""The page on which a clerk answers "what became of the laptop I gave?"."""

from functools import partial

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station import events as e
from station.codes import Code, CodeKind, grouped
from station.device import Stage
from station.ports import PointStore
from station.reference import Reference
from station.words import _, _n
from ui.buttons import papers_button, primary_button, secondary_button
from ui.cards import EmptyState, PageHead
from ui.desk import Desk
from ui.donor_lookup.found import Given, Visit, look_up
from ui.donor_lookup.sentences import machine_sentence, visit_sentence
from ui.field import Field
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.side_by_side import list_card
from ui.theme import Role, words
from ui.wording import explain

ANSWERED = frozenset({CodeKind.DEVICE, CodeKind.LOT, CodeKind.OFFER, CodeKind.PAPER})


class Line(Struct, frozen=True):
    """One machine and what is said of it."""

    code: str
    donor: str
    told: str


class Answer(Struct, frozen=True):
    """Everything found for one question."""

    lines: tuple[Line, ...]
    donors: int
    beside: str  # what of it is no machine here


def answer(text: str, store: PointStore, reference: Reference) -> Answer:
    """Look up and word: on the store's thread."""
    visits = look_up(text, store)
    lines = tuple(
        Line(given.device.code, _name(visit), _sentence(given, store, reference))
        for visit in visits
        for given in visit.machines
    )
    beside = " ".join(filter(None, map(visit_sentence, visits)))
    return Answer(lines, len(visits), beside)


def _sentence(given: Given, store: PointStore, reference: Reference) -> str:
    reasons: tuple[str, ...] = ()
    if given.device.stage is Stage.RETIRED:
        said = (row.event.said for row in store.timeline(given.device.code))
        reasons = tuple(one.reason for one in said if isinstance(one, e.Retired))
    return machine_sentence(given, reasons, reference)


def _name(visit: Visit) -> str:
    return visit.donor.name or _("A kind donor")


class DonorLookupPage(QWidget):
    """A question at the top, one sentence a machine below it."""

    open_device = Signal(str)
    papers_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = ""
        self.question = QLineEdit()
        self.question.setObjectName("donorQuestion")
        self.question.setClearButtonEnabled(True)
        hint = _("Telephone, name without marks, code of a receipt, a label or an offer")
        self._field = Field(_("Who asks, or which machine?"), self.question, hint)
        self._told = words("", Role.STRONG)
        self._told.setObjectName("lookupTold")
        self._told.setWordWrap(True)
        self._aloud = words("", Role.CARD_TITLE)
        self._aloud.setObjectName("readAloud")
        self._aloud.setWordWrap(True)
        self.copy = secondary_button(_("Copy the sentences"), shortcut="Ctrl+Shift+C")
        self.copy.setObjectName("lookupCopy")
        self.papers = papers_button()
        self.papers.setObjectName("lookupPapers")
        self.open = primary_button(_("Open the device"), shortcut="Ctrl+O")
        self.open.setObjectName("lookupOpen")
        self.lines = self._list()
        self.begins_at: QWidget = self.question
        self._lay_out()
        self._connect()
        self._show(Answer((), 0, ""))
        Freshness(self, desk, self._ask)

    def accept_scan(self, code: Code) -> bool:
        """A code on a receipt, a label or an offer is a question too."""
        if code.kind not in ANSWERED:
            return False
        self.ask(code.text)
        return True

    def ask(self, text: str) -> None:
        """Look this up."""
        self.question.setText(text)
        self._ask()

    def _ask(self) -> None:
        text = self.question.text().strip()
        self._asked = text
        reference = self._desk.reference

        def question(store: PointStore) -> Answer:
            return answer(text, store, reference)

        self._desk.ask(question, partial(self._take, text), self._refuse, owner=self)

    def _take(self, text: str, found: Answer) -> None:
        if text == self._asked:  # nobody typed on
            self._show(found)

    def _show(self, found: Answer) -> None:
        unknown, unasked = _("Nothing is known of it here"), _("Nothing was asked yet")
        self._nothing.say(unknown if self._asked else unasked)
        self.lines.show_lines(found.lines)
        count = _n("{count} machine", "{count} machines", len(found.lines))
        told = count.format(count=len(found.lines)) if found.lines else ""
        if found.donors > 1:
            donors = _n("of {count} donor", "of {count} donors", found.donors)
            told += " " + donors.format(count=found.donors)
        self._told.setText("  ".join(filter(None, (told, found.beside))))
        self._told.setVisible(bool(self._told.text()))
        self._choose()

    def _choose(self) -> None:
        """The chosen sentence stands large below the list: that is what is read aloud."""
        line = self.lines.chosen
        self._aloud.setText(line.told if line else "")
        self._aloud.setVisible(line is not None)
        for button in (self.open, self.papers):
            button.setVisible(line is not None)
        self.copy.setVisible(bool(self.lines.model.lines))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(line.told for line in self.lines.model.lines))
        self.said.emit(_("Copied"))

    def _refuse(self, error: Exception) -> None:
        self._field.show_error(explain(error, self._desk.reference))

    def _open(self) -> None:
        if self.lines.chosen is not None:
            self.open_device.emit(self.lines.chosen.code)

    def _want_papers(self) -> None:
        if self.lines.chosen is not None:
            self.papers_wanted.emit(self.lines.chosen.code)

    def _list(self) -> LineList[Line]:
        columns = (
            Column[Line](_("Device code"), lambda line: grouped(line.code), width=132),
            Column[Line](_("Donor"), lambda line: line.donor, width=190),
            Column[Line](_("What became of it"), lambda line: line.told),
        )
        how = _("Type a telephone number or a name, or scan the receipt.")
        self._nothing = EmptyState("-", how)
        lines = LineList(columns, lambda line: line.code, self._nothing)
        return lines.named("lookupLines", _("What became of what was given"))

    def _lay_out(self) -> None:
        second = _("One sentence a machine, to be read aloud. Nothing of a child is said.")
        acts = (self.copy, self.papers, self.open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(PageHead(_("Look up for a donor"), second, acts=acts))
        layout.addWidget(self._field)
        layout.addWidget(self._told)
        layout.addWidget(list_card(_("Machines"), self.lines), 1)
        layout.addWidget(self._aloud)

    def _connect(self) -> None:
        self.question.textChanged.connect(self._ask)
        self.lines.view.doubleClicked.connect(self._open)
        self.lines.chosen_changed.connect(self._choose)
        self.open.clicked.connect(self._open)
        self.papers.clicked.connect(self._want_papers)
        self.copy.clicked.connect(self._copy)
