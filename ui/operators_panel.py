"""Who works at the point: everybody sees the list, the lead adds and renames."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from station import operators, staff
from station.people import OperatorName
from station.ports import PointStore
from station.text import sort_key
from station.words import _, _c
from ui.act_dialog import missing
from ui.act_line import ActLine
from ui.buttons import secondary_button
from ui.cards import EmptyState
from ui.choice import Choice
from ui.coded_words import role_word
from ui.desk import Desk
from ui.duty import Duty
from ui.field import Field
from ui.freshness import Freshness
from ui.line_list import LineList
from ui.line_table import Column
from ui.open_dialog import open_dialog
from ui.rename_dialog import RenameDialog
from ui.side_by_side import list_card
from ui.theme import Role, words
from ui.wording import explain

ROLE_WIDTH = 190


class OperatorsPanel(QWidget):
    """Says `changed` with everybody's names when somebody came or got another name."""

    said = Signal(str)
    changed = Signal(tuple)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.listed = _operator_list()
        self.rename = secondary_button(_("Rename"))
        self.rename.setObjectName("renameOperator")
        self.release = secondary_button("")
        self.release.setObjectName("releaseOperator")
        self.name = QLineEdit()
        self.name.setObjectName("operatorName")
        self._name_field = Field(_c("operator", "Name"), self.name)
        self.role = Choice("operatorRole", placeholder=_("Choose the role"))
        self.role.offer((role, role_word(role)) for role in operators.Role)
        self._role_field = Field(_("Role"), self.role)
        self.add = secondary_button(_("Add"), "plus")
        self.add.setObjectName("addOperator")
        self._acts = ActLine(desk, "operatorProblem", self.add)
        self._duties = tuple(Duty(desk, one, None, self) for one in (self.rename, self.release))
        self._form = self._add_form()
        self._others = words(_("Only the head of the point adds and renames people."), Role.MUTED)
        self._lay_out()
        self._connect()
        self._show_rights()
        Freshness(self, desk, self.refresh)

    def refresh(self) -> None:
        """Ask anew who works here."""
        self._desk.ask(_names, self._show, self._cannot, owner=self)

    def _show(self, names: tuple[OperatorName, ...]) -> None:
        self.listed.show_lines(sorted(names, key=lambda known: sort_key(known.name)))
        self.changed.emit(names)

    def _cannot(self, error: Exception) -> None:
        self._acts.refuse(explain(error, self._desk.reference))

    def _show_rights(self) -> None:
        lead = self._desk.operator.role is operators.Role.LEAD
        self._form.setVisible(lead)
        self._others.setVisible(not lead)

    def _show_choice(self) -> None:
        chosen = self.listed.chosen
        for duty in self._duties:
            duty.offer(chosen is not None)
        again = chosen is not None and chosen.gone
        self.release.setText(_("Works here again") if again else _("Works here no more"))

    def _add(self) -> None:
        for field in (self._name_field, self._role_field):
            field.clear_error()
        if not self.name.text().strip():
            self._name_field.show_error(_("Type the name as people call it here."))
            self.name.setFocus()
        elif self.role.chosen is None:
            missing(self._role_field)
        else:
            role = operators.Role(self.role.chosen)
            command = staff.AddOperator(name=self.name.text(), role=role)
            self._acts.take(partial(staff.add_operator, command), self._added)

    def _added(self, operator: OperatorName) -> None:
        self.name.clear()
        self.role.choose(None)
        self.said.emit(_("{name} can sign in from now on.").format(name=operator.name))

    def _open_rename(self) -> None:
        chosen = self.listed.chosen
        if chosen is not None:
            open_dialog(RenameDialog(chosen, self), self._desk, self._renamed)

    def _renamed(self, operator: OperatorName) -> None:
        self.said.emit(_("Renamed: {name}").format(name=operator.name))

    def _release(self) -> None:
        chosen = self.listed.chosen
        if chosen is not None:
            command = staff.ReleaseOperator(operator=chosen, gone=not chosen.gone)
            self._acts.take(partial(staff.release_operator, command), self._released)

    def _released(self, operator: OperatorName) -> None:
        if operator.gone:
            told = _("{name} signs in no more. What was recorded keeps the name.")
        else:
            told = _("{name} can sign in from now on.")
        self.said.emit(told.format(name=operator.name))

    def _connect(self) -> None:
        self.release.clicked.connect(self._release)
        self.add.clicked.connect(self._add)
        self.name.returnPressed.connect(self._add)
        self.rename.clicked.connect(self._open_rename)
        self.listed.chosen_changed.connect(self._show_choice)
        self._desk.operator_changed.connect(self._show_rights)
        self._show_choice()

    def _add_form(self) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.addWidget(self._name_field, 0, 0)
        grid.addWidget(self._role_field, 0, 1)
        grid.addWidget(self._acts, 1, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        return form

    def _lay_out(self) -> None:
        self._others.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        card = list_card(_("People of the point"), self.listed, self._others, self._form)
        card.add_to_head(self.release)
        card.add_to_head(self.rename)
        layout.addWidget(card)


def _operator_list() -> LineList[OperatorName]:
    columns = (
        Column[OperatorName](_c("operator", "Name"), lambda known: known.name),
        Column[OperatorName](_("Role"), _role_words, width=ROLE_WIDTH),
    )
    listed = LineList(columns, lambda known: known.id, EmptyState(_("Nobody is named yet")))
    return listed.named("operatorsTable", _("People of the point"))


def _role_words(known: OperatorName) -> str:
    role = role_word(known.role)
    return _("{role} · gone").format(role=role) if known.gone else role


def _names(store: PointStore) -> tuple[OperatorName, ...]:
    return store.operators()
