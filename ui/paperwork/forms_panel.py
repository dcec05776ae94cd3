"""Blank forms: how many, for how many devices, whom to visit; and which are still out."""

from collections.abc import Callable

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from station import events as e
from station.codes import grouped
from station.people import Donor, person_name
from station.phone import phone_number
from station.reference import Reference, Table
from station.text import BadText
from station.words import _
from ui.buttons import primary_button
from ui.cards import EmptyState
from ui.coded_words import coded
from ui.day_words import day_words
from ui.desk import Desk
from ui.duty import Duty
from ui.elided import ElidedLabel
from ui.field import Field
from ui.fitting_scroll import FittingScroll
from ui.line_list import LineList
from ui.line_table import Column
from ui.number_box import NumberBox
from ui.paperwork.blank_forms import MOST_DEVICES, MOST_FORMS, BlankForms
from ui.paperwork.extras_form import ExtrasForm
from ui.paperwork.forms_out import FormOut, forms_out
from ui.paperwork.names import paper_name, purpose
from ui.paperwork.problem_line import ProblemLine
from ui.paperwork.typed import read_line
from ui.theme import Role, words
from ui.wording import explain

PICK_UP = "pick-up-form"
DAY_WIDTH, CODE_WIDTH = 112, 146
USUAL_DEVICES = 5


class FormsPanel(QWidget):
    """Says `print_wanted` with BlankForms."""

    print_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._paper = desk, ""
        self.title = ElidedLabel("", Role.CARD_TITLE)
        self._purpose = words("", Role.MUTED)
        self.count = _spin("formCount", MOST_FORMS, 1)
        self.devices = _spin("formDevices", MOST_DEVICES, USUAL_DEVICES)
        self.donor = _DonorFields(desk.reference)
        self.appointment = ExtrasForm(desk.reference, {})
        self.out = _out_list(desk.reference)
        self._told = words("", Role.MUTED)
        self.problem_line = ProblemLine("formsProblem")
        self.print = primary_button(_("Print the forms"), "print", "Ctrl+P")
        self.print.setObjectName("printForms")
        self._printing = Duty(desk, self.print, e.CodesReserved, self)
        self._printing.told.connect(self.told)
        self._lay_out()
        self.print.clicked.connect(self._want)

    @property
    def problem(self) -> str:
        """What is wrong, "" when nothing is."""
        return self.problem_line.text

    def show_paper(self, paper: str) -> None:
        """Ask for what this kind of form needs."""
        if paper != self._paper:
            self.say("")
            self.refuse("")
        self._paper = paper
        self.title.setText(paper_name(paper))
        self._purpose.setText(purpose(paper))
        for widget in (self.donor, self.appointment):
            widget.setVisible(paper == PICK_UP)
        if paper == PICK_UP:
            self.appointment.show_paper(paper, None)
        self._printing.offer(True)
        self._desk.ask(forms_out, self.out.show_lines, self._cannot, owner=self)

    def say(self, sentence: str) -> None:
        """Say what became of it."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def refuse(self, sentence: str, with_shipped: Callable[[], None] | None = None) -> None:
        """Say what is wrong; `with_shipped` does it in the shipped words, once somebody says so."""
        self.problem_line.tell(sentence, with_shipped)

    def _want(self) -> None:
        forms = BlankForms(
            paper=self._paper, count=self.count.value(), devices=self.devices.value()
        )
        if self._paper == PICK_UP:
            extras = self.appointment.read()
            if extras is None or not self.donor.check():
                return
            forms = structs.replace(forms, extras=structs.replace(extras, donor=self.donor.donor))
        self.refuse("")
        self.print_wanted.emit(forms)

    def _cannot(self, error: Exception) -> None:
        self.refuse(explain(error, self._desk.reference))

    def _lay_out(self) -> None:
        for label in (self._purpose, self._told):
            label.setWordWrap(True)
        numbers = QHBoxLayout()
        numbers.setSpacing(12)
        numbers.addWidget(Field(_("How many forms"), self.count))
        numbers.addWidget(Field(_("Devices on each form"), self.devices))
        inside = QWidget()
        asked = QVBoxLayout(inside)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(8)
        asked.addLayout(numbers)
        asked.addWidget(self.donor)
        asked.addWidget(self.appointment)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self._purpose)
        column.addWidget(FittingScroll(inside))
        column.addWidget(words(_("Printed and not entered yet"), Role.STRONG))
        column.addWidget(self.out, 1)
        column.addWidget(self._told)
        column.addWidget(self.problem_line)
        column.addLayout(buttons)


class _DonorFields(QWidget):
    """Whom to visit; all may stay empty, to be written by hand."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.name, self.phone, self.address = (QLineEdit() for _each in range(3))
        for line, name in (
            (self.name, "visitName"),
            (self.phone, "visitPhone"),
            (self.address, "visitAddress"),
        ):
            line.setObjectName(name)
        self._fields = (
            (Field(_("Name"), self.name), person_name),
            (Field(_("Phone"), self.phone), phone_number),
            (Field(_("Address"), self.address), read_line),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        for number, (field, _read) in enumerate(self._fields):
            grid.addWidget(field, number // 2, number % 2, 1, 1 if number < 2 else 2)

    @property
    def donor(self) -> Donor | None:
        """Who was named; None when nobody was."""
        name, phone, address = (
            line.text().strip() for line in (self.name, self.phone, self.address)
        )
        donor = Donor(name=name, phone=phone, address=address)
        return None if donor == Donor(name="") else donor

    def check(self) -> bool:
        """Say beside each field what is wrong with it."""
        for field, read in self._fields:
            field.clear_error()
            line = field.control
            try:
                read(line.text() if isinstance(line, QLineEdit) else "")
            except BadText as error:
                field.show_error(explain(error, self._reference))
        return not any(field.error for field, _read in self._fields)


def _spin(name: str, most: int, value: int) -> QSpinBox:
    spin = NumberBox()
    spin.setObjectName(name)
    spin.setRange(1, most)
    spin.setValue(value)
    return spin


def _out_list(reference: Reference) -> LineList[FormOut]:
    columns = (
        Column[FormOut](_("Code"), lambda form: grouped(form.code), width=CODE_WIDTH),
        Column[FormOut](
            _("Form"), lambda form: coded(Table.CODE_PURPOSES, form.purpose, reference)
        ),
        Column[FormOut](_("Day"), lambda form: day_words(form.on), width=DAY_WIDTH),
    )
    empty = EmptyState(_("No form is out"))
    return LineList(columns, lambda form: form.code, empty).named(
        "formsOut", _("Printed and not entered yet")
    )
