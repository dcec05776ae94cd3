"""The right side of the dialog of papers while one is to be made: what for, what to fill in."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.device import Device
from station.fold import POINT
from station.ledger import Moment
from station.operators import Operator
from station.paper_facts import PaperFacts
from station.ports import PointStore
from station.words import _
from ui.buttons import primary_button, secondary_button
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.fitting_scroll import FittingScroll
from ui.papers.describing import Wanted, describe
from ui.paperwork.device_ticks import DeviceTicks
from ui.paperwork.extras_form import ExtrasForm
from ui.paperwork.names import paper_name, purpose
from ui.paperwork.problem_line import ProblemLine
from ui.paperwork.readings import OF_SEVERAL, retired_devices, wanted_of
from ui.theme import Role, words
from ui.wording import explain


class MakePanel(QWidget):
    """Says what is wanted: to be seen first, or printed at once."""

    preview_wanted = Signal(str, object)  # the line, tuple[Wanted, ...]
    print_wanted = Signal(str, object)

    def __init__(self, desk: Desk, remembered: dict[str, str]) -> None:
        super().__init__()
        self._desk = desk
        self._paper = ""
        self._about: tuple[str, ...] = ()
        self._questions = 0
        self.title = ElidedLabel("", Role.CARD_TITLE)
        self._purpose = words("", Role.MUTED)
        self.form = ExtrasForm(desk.reference, remembered)
        self.devices = DeviceTicks(desk.reference)
        self._told = words("", Role.MUTED)
        self.problem_line = ProblemLine("paperProblem")
        self.print = primary_button(_("Print"), "print", "Ctrl+P")
        self.preview = secondary_button(_("See it first"), shortcut="Ctrl+Return")
        self._lay_out()
        self._let(False)  # until a paper is chosen
        self.print.clicked.connect(lambda: self._want(self.print_wanted.emit))
        self.preview.clicked.connect(lambda: self._want(self.preview_wanted.emit))

    @property
    def problem(self) -> str:
        """What is wrong, "" when nothing is."""
        return self.problem_line.text

    def show_paper(self, paper: str, about: tuple[str, ...]) -> None:
        """Ask what the ledger knows, then for the rest."""
        self._paper, self._about = paper, about
        self._questions += 1
        self.title.setText(paper_name(paper))
        self._purpose.setText(purpose(paper))
        self.refuse("")
        self.say("")
        self._let(False)
        number = self._questions
        self.devices.setVisible(self._of_several)
        if self._of_several:
            show = partial(self._offer_devices, number)
            self._desk.ask(retired_devices, show, partial(self._cannot, number), owner=self)
            return
        desk, first = self._desk, wanted_of(paper, about)[0]
        self._desk.ask(
            partial(_first_facts, first, desk.operator, desk.now()),
            partial(self._ask, number),
            partial(self._cannot, number),
            owner=self,
        )

    def refresh(self) -> None:
        """Offer no device any more that stands on such a paper by now."""
        if self._paper and self._of_several:
            show, fail = self.devices.show_devices, partial(self._cannot, self._questions)
            self._desk.ask(retired_devices, show, fail, owner=self)

    @property
    def _of_several(self) -> bool:
        return self._paper == OF_SEVERAL and self._about[0].startswith(POINT)

    def _offer_devices(self, number: int, devices: tuple[Device, ...]) -> None:
        if number == self._questions:
            self.devices.show_devices(devices)
            self.form.show_paper(self._paper, None)
            self._let(True)

    def say(self, sentence: str) -> None:
        """Say what became of it."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def refuse(self, sentence: str, with_shipped: Callable[[], None] | None = None) -> None:
        """Say what is wrong; `with_shipped` does it in the shipped words, once somebody says so."""
        self.problem_line.tell(sentence, with_shipped)

    def _ask(self, number: int, facts: PaperFacts) -> None:
        if number != self._questions:
            return
        self.form.show_paper(self._paper, facts)
        if self.form.is_empty:
            self.say(_("All that it says is recorded."))
        self._let(True)

    def _cannot(self, number: int, error: Exception) -> None:
        if number == self._questions:
            self.refuse(explain(error, self._desk.reference))

    def _want(self, say: Callable[[str, object], None]) -> None:
        about = self.devices.ticked if self._of_several else self._about
        extras = self.form.read()
        if not about:
            self.refuse(_("Tick the devices that the paper is about."))
        elif extras is not None:
            self.refuse("")
            say(self._paper, wanted_of(self._paper, about, extras))

    def _let(self, may: bool) -> None:
        for button in (self.print, self.preview):
            button.setEnabled(may)
        self.form.setVisible(may)

    def _lay_out(self) -> None:
        self.print.setObjectName("printPaper")
        self.preview.setObjectName("previewPaper")
        for label in (self._purpose, self._told):
            label.setWordWrap(True)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addWidget(self.devices)
        inner.addWidget(self.form)
        inner.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        buttons.addWidget(self.preview)
        buttons.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self._purpose)
        column.addWidget(FittingScroll(inside), 1)
        column.addWidget(self._told)
        column.addWidget(self.problem_line)
        column.addLayout(buttons)


def _first_facts(wanted: Wanted, by: Operator, when: Moment, store: PointStore) -> PaperFacts:
    return describe(store, wanted, by, when)[0]
