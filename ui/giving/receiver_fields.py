"""Who takes the devices: what stands on the paper beside the signature."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from station.people import Person, Pupil
from station.reference import Reference, Table
from station.words import _
from ui.choice import Choice
from ui.field import Field
from ui.name_field import NameField

SELF = "self"


class FamilyReceiver(QWidget):
    """Somebody of the family, or the pupil."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.name, self.phone = _edit("receiverName"), _edit("receiverPhone")
        self._name_field = NameField(_("Who receives it"), self.name, reference)
        relations = reference.entries(Table.RELATIONS)
        self.relation = Choice("receiverRelation", relations, _("To the pupil"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.addWidget(self._name_field, 0, 0, 1, 2)
        grid.addWidget(Field(_("Relation"), self.relation), 1, 0)
        grid.addWidget(Field(_("Phone"), self.phone), 1, 1)

    def propose(self, pupil: Pupil) -> None:
        """Fill in the guardian the list names; the clerk changes it when somebody else comes."""
        self._name_field.clear_error()
        self.name.setText(pupil.guardian)
        self.phone.setText(pupil.guardian_phone if pupil.guardian else "")
        self.relation.choose(pupil.relation if pupil.guardian else None)

    def check(self) -> bool:
        """Whether the name can be kept; else it is said beside it."""
        return self._name_field.check()

    @property
    def person(self) -> Person | None:
        """Who it is, None when nobody was named. The paper is in Vietnamese, so is the title."""
        relation = self.relation.chosen
        title = "" if relation in (None, SELF) else self._reference.word(Table.RELATIONS, relation)
        return _person(self.name.text(), title, self.phone.text())


class SchoolReceiver(QWidget):
    """Somebody who signs for a school."""

    def __init__(self, reference: Reference, *beside: QWidget) -> None:
        super().__init__()
        self.name, self.title = _edit("schoolReceiver"), _edit("schoolReceiverTitle")
        self._name_field = NameField(_("Who signs for the school"), self.name, reference)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._name_field, 1)
        row.addWidget(Field(_("Position"), self.title), 1)
        for field in beside:
            row.addWidget(field, 1)

    def clear(self) -> None:
        """Somebody else comes next."""
        self.name.clear()
        self.title.clear()

    def check(self) -> bool:
        """Whether the name can be kept; else it is said beside it."""
        return self._name_field.check()

    @property
    def person(self) -> Person | None:
        """Who it is, None when nobody was named."""
        return _person(self.name.text(), self.title.text(), "")


def _person(name: str, title: str, phone: str) -> Person | None:
    return Person(name=name, title=title, phone=phone) if name.strip() else None


def _edit(name: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    return edit
