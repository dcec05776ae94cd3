"""Entering approved cases from the printed list, one after the other."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from station import codes
from station.alike_cases import EnterOnce, enter_once
from station.events import Event
from station.handover import EnterCase
from station.people import Pupil
from station.phone import phone_number
from station.reference import Table
from station.refusals import PupilHasCase
from station.text import BadText
from station.words import _
from ui.act_line import ActLine
from ui.buttons import primary_button, secondary_button
from ui.cards import Card
from ui.choice import Choice
from ui.desk import Desk
from ui.field import Field
from ui.giving.pupil_words import schools
from ui.name_field import NameField
from ui.side_by_side import HEAD
from ui.wording import explain


class CaseForm(Card):
    """A pupil on the approved list; school and level stay for the next line of the list."""

    entered = Signal(object)  # the event
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Enter a case from the approved list"))
        self.title.setMinimumHeight(HEAD)
        self._desk = desk
        self._doubted: EnterCase | None = None  # a pupil of this name and school has a case
        self.school = Choice("caseSchool", placeholder=_("Choose a school"))
        self.school.offer(schools(desk.reference, desk.now().day))
        self.school.offer_none(_("None of these schools"))
        self.level = Choice("caseLevel", desk.reference.entries(Table.LEVELS), _("Choose a level"))
        self.relation = Choice(
            "relation", desk.reference.entries(Table.RELATIONS), _("To the pupil")
        )
        self.name, self.school_class = _edit("pupilName"), _edit("pupilClass")
        self.guardian, self.phone = _edit("guardian"), _edit("guardianPhone")
        self.code = _edit("caseCode")
        self._name_field = NameField(_("Pupil's name"), self.name, desk.reference)
        self._guardian_field = NameField(_("Guardian"), self.guardian, desk.reference)
        self._fields = self._lay_out()
        self._record = primary_button(_("Enter case"), "", "Ctrl+Return")
        self._record.setObjectName("recordCase")
        self._close = secondary_button(_("Done"))
        self._close.setObjectName("closeCaseForm")
        self._acts = ActLine(desk, "caseProblem", self._close, self._record)
        self.body.addWidget(self._acts)
        self.body.addStretch(1)
        self.setFocusProxy(self.name)
        self._connect()

    def take_code(self, code: str) -> None:
        """Put a scanned case code where it belongs."""
        self.code.setText(codes.grouped(code))

    @property
    def is_begun(self) -> bool:
        """Whether somebody typed what is not recorded yet."""
        return any(edit.text().strip() for edit in self._edits())

    def clear(self) -> None:
        """Forget the pupil and the code; school and level stay for the next line of the list."""
        for edit in self._edits():
            edit.clear()
        self.relation.choose(None)
        self._forget_errors()

    def _edits(self) -> tuple[QLineEdit, ...]:
        return (self.name, self.school_class, self.guardian, self.phone, self.code)

    def _forget_errors(self) -> None:
        self._acts.clear()
        for field in self._fields.values():
            field.clear_error()

    def _connect(self) -> None:
        self._record.clicked.connect(self._enter)
        self._acts.refused.connect(self._doubt)
        self._close.clicked.connect(self.closed)
        self.school.currentIndexChanged.connect(self._take_level)
        for edit in self._edits():
            edit.returnPressed.connect(self._enter)

    def _lay_out(self) -> dict[str, Field]:
        fields = {
            "school": Field(_("School"), self.school),
            "level": Field(_("School level"), self.level),
            "name": self._name_field,
            "class": Field(_("Class"), self.school_class),
            "guardian": self._guardian_field,
            "relation": Field(_("Relation"), self.relation),
            "phone": Field(_("Guardian's phone"), self.phone),
            "code": Field(_("Case code"), self.code, _("Empty: the point's next one")),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for at, field in enumerate(fields.values()):
            grid.addWidget(field, *divmod(at, 2))
        self.body.addLayout(grid)
        return fields

    def _take_level(self) -> None:
        """A school tells its level."""
        if self.school.chosen is not None:
            school = self._desk.reference.organisation(self.school.chosen, self._desk.now().day)
            self.level.choose(school.level)

    def _enter(self) -> None:
        self._forget_errors()
        if not self._is_filled_in():
            return
        try:
            case = self._command()
            once = EnterOnce(case=case, sure=case == self._doubted)
            self._doubted = None
            self._acts.take(partial(enter_once, once), self._entered)
        except codes.BadCode as error:
            self._complain("code", explain(error, self._desk.reference))

    def _doubt(self, error: Exception) -> None:
        """Whoever enters the same once more has looked."""
        if isinstance(error, PupilHasCase):
            self._doubted = self._command()
            self._record.setFocus()

    def _is_filled_in(self) -> bool:
        if not self.name.text().strip():
            self._complain("name", _("Type the name as it stands on the list."))
        elif self.level.chosen is None:
            self._complain("level", _("Please choose."))
        else:
            names = self._name_field.check() and self._guardian_field.check()
            return names and self._phone_is_one()
        return False

    def _phone_is_one(self) -> bool:
        try:
            phone_number(self.phone.text())
        except BadText as error:
            self._complain("phone", explain(error, self._desk.reference))
            return False
        return True

    def _command(self) -> EnterCase:
        typed = self.code.text().strip()
        return EnterCase(
            level=self.level.chosen or "",
            school=self.school.chosen,
            code=codes.parse_scan(typed).text if typed else None,
            pupil=self._pupil(),
        )

    def _pupil(self) -> Pupil:
        return Pupil(
            name=self.name.text(),
            school_class=self.school_class.text(),
            guardian=self.guardian.text(),
            guardian_phone=self.phone.text(),
            relation=self.relation.chosen or "",
        )

    def _complain(self, field: str, sentence: str) -> None:
        self._fields[field].show_error(sentence)
        self._fields[field].control.setFocus()

    def _entered(self, event: Event) -> None:
        self.clear()
        self.name.setFocus()
        self.entered.emit(event)


def _edit(name: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    return edit
