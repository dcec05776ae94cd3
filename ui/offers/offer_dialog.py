"""An offer entered by hand: who announced what, for when, and who brings it."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from station import offers, refusals
from station.events import OfferedItem
from station.guards import MOST_ANNOUNCED
from station.people import Donor, person_name
from station.phone import phone_number
from station.reference import Reference, Table
from station.text import BadText
from station.words import _
from ui.act_dialog import ActDialog, missing
from ui.choice import Choice
from ui.desk import Act
from ui.field import Field
from ui.note_field import NoteField
from ui.number_box import NumberBox
from ui.offers.day_choice import DayChoice
from ui.offers.dialogs import DAY_REFUSALS
from ui.offers.expected import ExpectedLine
from ui.wording import explain

KINDS_SHOWN = 3
DAYS = (0, 1, 2, 3, 7)
WIDE = 620


class OfferDialog(ActDialog):
    """Enters an offer, or puts right what was entered here."""

    def __init__(
        self,
        reference: Reference,
        today: Callable[[], date],
        parent: QWidget,
        line: ExpectedLine | None = None,
    ) -> None:
        title = _("A donor announces devices") if line is None else _("Correct what was entered")
        about = _("By telephone or at the counter; the devices come later.")
        super().__init__("offer", title, about, _("Record"), parent)
        self.setMinimumWidth(WIDE)
        self._reference, self._line = reference, line
        self.donor = DonorFields(reference)
        self.items = ItemRows(reference, len(line.items) if line else 0)
        self.pick_up = QCheckBox(_("The point fetches it at the donor's"))
        self.pick_up.setObjectName("offerPickUp")
        self.day = DayChoice("offerDay", today, DAYS, none=_("no day agreed yet"))
        self.part = Choice("offerPart", reference.entries(Table.DAY_PARTS))
        self.part.offer_none(_("any time"))
        self.part.setCurrentIndex(0)
        self.note = NoteField()
        self._items_field = Field(_("What comes"), self.items)
        self._day_field = Field(_("Day"), self.day)
        self.add(self.donor, self._items_field, self.pick_up, self.donor.address_field)
        self.add(self._days(), self.note)
        self.pick_up.toggled.connect(self.donor.address_field.setVisible)
        self.donor.address_field.hide()
        if line is not None:
            self._fill(line)
        self.donor.name.setFocus()

    @override
    def act(self) -> Act[Any] | None:
        if not self.donor.check():
            return None
        if self.day.is_missing:
            missing(self._day_field)
            return None
        if not self.items.items:
            self._items_field.show_error(_("Choose at least one kind of device."))
            return None
        command = offers.EnterOffer(
            items=self.items.items,
            donor=self.donor.donor,
            expected_on=self.day.day,
            part=self.part.chosen,
            pick_up=self.pick_up.isChecked(),
            note=self.note.text,
        )
        if self._line is not None:
            return partial(offers.amend_offer, self._line.code, command)
        return partial(offers.enter_offer, command)

    @override
    def field_of(self, error: Exception) -> Field | None:
        if isinstance(error, DAY_REFUSALS):
            return self._day_field
        if isinstance(error, refusals.DonorWithoutName):
            return self.donor.name_field
        return self.note if isinstance(error, BadText) else None

    def _days(self) -> QWidget:
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._day_field, 2)
        row.addWidget(Field(_("Part of the day"), self.part), 1)
        return days

    def _fill(self, line: ExpectedLine) -> None:
        self.donor.fill(line.donor)
        self.items.fill(line.items)
        self.pick_up.setChecked(line.pick_up)
        self.day.choose(line.expected_on)
        self.part.choose(line.offer.part or "")
        self.note.edit.setPlainText(line.note)


class DonorFields(QWidget):
    """Whoever announces something: enough to call back, with their consent.

    The address is laid out by its owner, where fetching is asked for.
    """

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.name, self.phone, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self.organisation = QCheckBox(_("Gives for an organisation"))
        self.may_process = QCheckBox(_("Agrees that we keep name and phone"))
        named = {
            "offerDonor": self.name,
            "offerPhone": self.phone,
            "offerAddress": self.address,
            "offerOrganisation": self.organisation,
            "offerConsent": self.may_process,
        }
        for name, widget in named.items():
            widget.setObjectName(name)
        self.name_field = Field(_("Name"), self.name)
        self.phone_field = Field(_("Phone"), self.phone)
        self.address_field = Field(_("Address to fetch it at"), self.address)
        self.consent_field = Field(_("Consent"), self.may_process)
        self.may_process.setAccessibleName(self.may_process.text())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        grid.addWidget(self.name_field, 0, 0)
        grid.addWidget(self.phone_field, 0, 1)
        grid.addWidget(self.organisation, 1, 0, 1, 2)
        grid.addWidget(self.consent_field, 2, 0, 1, 2)
        # an office's name and number are no person's
        self.organisation.toggled.connect(self.consent_field.setHidden)

    @property
    def donor(self) -> Donor | None:
        """What was filled in; None when nothing was."""
        donor = Donor(
            name=self.name.text().strip(),
            organisation=self.organisation.isChecked(),
            phone=self.phone.text().strip(),
            address=self.address.text().strip(),
            may_process=self.may_process.isChecked(),
        )
        return None if donor == Donor(name="") else donor

    def fill(self, donor: Donor) -> None:
        """Begin with what is known."""
        self.name.setText(donor.name)
        self.phone.setText(donor.phone)
        self.address.setText(donor.address)
        self.organisation.setChecked(donor.organisation)
        self.may_process.setChecked(donor.may_process)

    def fill_anew(self) -> None:
        """Empty for the next one; what kind of donor it is stays."""
        self.fill(Donor(name="", organisation=self.organisation.isChecked()))

    def check(self) -> bool:
        """Say beside each field what is wrong with it."""
        wrong = [field for field, sentence in self._problems() if _tell(field, sentence)]
        if wrong:
            wrong[0].control.setFocus()
        return not wrong

    def _problems(self) -> Iterator[tuple[Field, str]]:
        donor = self.donor
        if donor is None or not donor.name:
            yield self.name_field, _("Enter who announces it.")
            return
        yield self.name_field, self._read(lambda: person_name(donor.name))
        yield self.phone_field, self._read(lambda: phone_number(donor.phone))
        if not (donor.organisation or donor.may_process):
            yield self.consent_field, _("Ask whether we may keep the name and number.")

    def _read(self, read: Callable[[], str]) -> str:
        try:
            read()
        except BadText as error:
            return explain(error, self._reference)
        return ""


class ItemRows(QWidget):
    """So many of a kind, in a few lines."""

    def __init__(self, reference: Reference, known: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.rows: list[tuple[QSpinBox, Choice]] = []
        for number in range(1, max(KINDS_SHOWN, known) + 1):
            count, kind = NumberBox(), Choice(f"offerKind{number}", reference.entries(Table.KINDS))
            count.setObjectName(f"offerCount{number}")
            count.setRange(1, MOST_ANNOUNCED)
            count.lineEdit().setTextMargins(8, 0, 0, 0)
            count.setAccessibleName(_("How many"))
            kind.setAccessibleName(_("Kind of device"))
            kind.setPlaceholderText(_("Kind of device"))
            kind.offer_none("–")
            row = QHBoxLayout()
            row.addWidget(count)
            row.addWidget(kind, 1)
            column.addLayout(row)
            self.rows.append((count, kind))
        self.setFocusProxy(self.rows[0][1])

    @property
    def items(self) -> tuple[OfferedItem, ...]:
        """What was chosen."""
        return tuple(
            OfferedItem(kind.chosen, count.value()) for count, kind in self.rows if kind.chosen
        )

    def fill(self, items: tuple[OfferedItem, ...]) -> None:
        """Begin with what is known."""
        for (count, kind), item in zip(self.rows, items, strict=False):
            count.setValue(item.count)
            kind.choose(item.kind)


def _tell(field: Field, sentence: str) -> bool:
    if sentence:
        field.show_error(sentence)
    return bool(sentence)
