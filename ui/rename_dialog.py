"""Giving an operator another name: it was written wrongly, or it has changed."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from station import refusals, staff
from station.people import OperatorName
from station.text import BadText
from station.words import _, _c
from ui.act_dialog import ActDialog
from ui.coded_words import role_word
from ui.desk import Act
from ui.field import Field


class RenameDialog(ActDialog):
    """Asks for the new name; what the person recorded stays theirs."""

    def __init__(self, operator: OperatorName, parent: QWidget) -> None:
        about = f"{operator.name} · {role_word(operator.role)}"
        super().__init__("rename", _("Rename"), about, _("Rename"), parent)
        self._operator = operator
        self.name = QLineEdit(operator.name)
        self.name.setObjectName("newName")
        self._name_field = Field(_c("operator", "Name"), self.name)
        self.add(self._name_field)
        self.name.setFocus()
        self.name.selectAll()

    @override
    def act(self) -> Act[Any] | None:
        named = staff.RenameOperator(operator=self._operator, name=self.name.text())
        return partial(staff.rename_operator, named)

    @override
    def field_of(self, error: Exception) -> Field | None:
        about_name = isinstance(error, BadText | refusals.NothingToRecord | refusals.NameInUse)
        return self._name_field if about_name else None
