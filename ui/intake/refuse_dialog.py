"""Something is not taken in: a normal outcome, recorded with its reason."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from station.intake import RefusedThing, RefuseItem, refuse_item
from station.people import Donor
from station.reference import ReasonUse, Reference, Table
from station.text import BadText
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.field import Field
from ui.note_field import NoteField
from ui.number_box import NumberBox

MOST_TYPED = 9_999  # what cannot be right is refused, not cut short while it is typed


class RefuseDialog(ActDialog):
    """Asks what it was, how many, and why."""

    def __init__(self, donor: Donor | None, reference: Reference, parent: QWidget) -> None:
        about = donor.name if donor else _("The donor stays unnamed")
        super().__init__("refuse", _("Not taken in"), about, _("Record"), parent)
        self._donor = donor
        self.kind = Choice("kind", reference.entries(Table.KINDS), _("Choose the kind"))
        self.reason = Choice("reason", reference.reasons(ReasonUse.REFUSE), _("Choose a reason"))
        self.count = NumberBox()
        self.count.setObjectName("count")
        self.count.setRange(1, MOST_TYPED)
        self.note = NoteField()
        self._kind_field = Field(_("Kind of device"), self.kind)
        self._reason_field = Field(_("Reason"), self.reason)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._kind_field, 2)
        row.addWidget(Field(_("How many"), self.count), 1)
        self.fields.addLayout(row)
        self.add(self._reason_field, self.note)
        self.kind.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        self.clear_problems()
        for field, choice in ((self._kind_field, self.kind), (self._reason_field, self.reason)):
            if choice.chosen is None:
                missing(field)
                return None
        return partial(refuse_item, self._command())

    @override
    def field_of(self, error: Exception) -> Field | None:
        return self.note if isinstance(error, BadText) else None

    @property
    def thing(self) -> RefusedThing:
        """What is not taken in, within a visit that brings devices too."""
        return RefusedThing(
            kind=self.kind.chosen or "",
            reason=self.reason.chosen or "",
            count=self.count.value(),
            note=self.note.text,
        )

    def _command(self) -> RefuseItem:
        return RefuseItem(
            kind=self.kind.chosen or "",
            reason=self.reason.chosen or "",
            count=self.count.value(),
            donor=self._donor,
            note=self.note.text,
        )
