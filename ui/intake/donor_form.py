"""Who gives: asked once for everything they bring."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from station.ledger import Occurred, Source
from station.people import Donor, person_name
from station.phone import phone_number
from station.reference import Reference
from station.text import BadText
from station.words import _
from ui.cards import Card
from ui.day_field import DayEdit, DayField
from ui.field import Field
from ui.theme import Role, words
from ui.wording import explain

WHOLE_NUMBER = 10  # digits


class DonorForm(Card):
    """Name, phone, the two consents, and the day when it is entered later from paper."""

    edited = Signal()
    phone_left = Signal(str)  # a whole number, while no name is there

    def __init__(self, reference: Reference, today: Callable[[], date]) -> None:
        super().__init__(_("Donor"))
        self._reference = reference
        self.name, self.phone = QLineEdit(), QLineEdit()
        self.organisation = QCheckBox(_("Gives for an organisation"))
        self.may_process = QCheckBox(_("Agrees that we keep name and phone"))
        self.may_publish = QCheckBox(_("Agrees that the name is published"))
        self.from_paper = QCheckBox(_("Enter later from paper"))
        self.day = DayEdit("paperDay", today)
        self._name_objects()
        self.name_field = Field(_("Name"), self.name)
        self.phone_field = Field(_("Phone"), self.phone)
        why = _("So that we can call back. Withdrawn any time.")
        self.consent_field = Field(_("Consent"), self.may_process, why)
        self.may_process.setAccessibleName(self.may_process.text())
        self.day_field = DayField(_("Day on the paper"), self.day, reference, today)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.name)
        self._order_tabs()

    @property
    def last(self) -> QWidget:
        """Where Tab leaves this form."""
        return self.day

    @property
    def donor(self) -> Donor | None:
        """What was filled in; None when nothing was."""
        donor = Donor(
            name=self.name.text().strip(),
            organisation=self.organisation.isChecked(),
            phone=self.phone.text().strip(),
            may_process=self.may_process.isChecked(),
            may_publish=self.may_publish.isChecked(),
        )
        return None if donor == Donor(name="") else donor

    @property
    def occurred(self) -> Occurred | None:
        """The day on the paper; None when it happens now."""
        day = self.day.day if self.from_paper.isChecked() else None
        return Occurred(day, None, Source.PAPER) if day else None

    def check(self) -> bool:
        """Say beside each field what is wrong with it."""
        self.clear_errors()
        if self.donor is not None:
            self._check_donor(self.donor)
        if self.from_paper.isChecked():
            self.day_field.check()
        wrong = [field for field in self._fields() if field.error]
        if wrong:
            wrong[0].control.setFocus()
        return not wrong

    def clear_errors(self) -> None:
        """Forget what was wrong before."""
        for field in self._fields():
            field.clear_error()

    def start_anew(self) -> None:
        """Empty for the next donor; consents are asked again, a pile of papers keeps its day."""
        self.name.clear()
        self.phone.clear()
        for box in (self.organisation, self.may_process, self.may_publish):
            box.setChecked(False)
        self.clear_errors()

    def fill(self, donor: Donor) -> None:
        """Begin with what is known of the donor; the consents are theirs, as they gave them."""
        self.name.setText(donor.name)
        self.phone.setText(donor.phone)
        self.organisation.setChecked(donor.organisation)
        self.may_process.setChecked(donor.may_process)
        self.may_publish.setChecked(donor.may_publish)
        self.clear_errors()

    def show_paper_day(self, day: date | None) -> None:
        """Go on with a paper of that day; None: it happens now."""
        self.from_paper.setChecked(day is not None)
        if day is not None:
            self.day.show_day(day)

    def offer_known(self, donor: Donor | None) -> None:
        """Fill in who gave this phone number before; the consents are theirs to give again."""
        if donor is None or self.name.text().strip():
            return
        self.name.setText(donor.name)
        self.organisation.setChecked(donor.organisation)
        self.edited.emit()

    def _leave_phone(self) -> None:
        digits = "".join(filter(str.isdecimal, self.phone.text()))
        if len(digits) >= WHOLE_NUMBER and not self.name.text().strip():
            self.phone_left.emit(digits)

    def _check_donor(self, donor: Donor) -> None:
        self._check_name(donor)
        self._check(self.phone_field, lambda: phone_number(donor.phone))
        self._check_consent(donor)

    def _check_name(self, donor: Donor) -> None:
        if donor.name:
            self._check(self.name_field, lambda: person_name(donor.name))
        else:
            self.name_field.show_error(
                _("Enter the donor's name too, or leave everything about the donor empty.")
            )

    def _check(self, field: Field, read: Callable[[], str]) -> None:
        try:
            read()
        except BadText as error:
            field.show_error(explain(error, self._reference))

    def _check_consent(self, donor: Donor) -> None:
        if not donor.organisation and not donor.may_process:
            self.consent_field.show_error(
                _("Ask the donor; without consent leave name and phone empty.")
            )

    def _fields(self) -> tuple[Field, ...]:
        return (self.name_field, self.phone_field, self.consent_field, self.day_field)

    def _name_objects(self) -> None:
        named = {
            "donorName": self.name,
            "donorPhone": self.phone,
            "donorOrganisation": self.organisation,
            "mayProcess": self.may_process,
            "mayPublish": self.may_publish,
            "fromPaper": self.from_paper,
        }
        for name, widget in named.items():
            widget.setObjectName(name)

    def _lay_out(self) -> None:
        self.day_field.hide()
        self.body.setSpacing(6)
        for field in (self.name_field, self.phone_field):
            self.body.addWidget(field)
        self.body.addWidget(self.organisation)
        self.body.addWidget(self.consent_field)
        self.body.addWidget(self.may_publish)
        else_ = words(_("Else the programme's page says “a kind donor”."), Role.MUTED)
        else_.setWordWrap(True)
        self.body.addWidget(else_)
        self.add_to_head(self.from_paper)
        self.body.addWidget(self.day_field)

    def _order_tabs(self) -> None:
        boxes = (self.organisation, self.may_process, self.may_publish, self.from_paper)
        order: tuple[QWidget, ...] = (self.name, self.phone, *boxes, self.day)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        for line in (self.name, self.phone, self.day):
            line.textEdited.connect(self.edited)
        for box in (self.organisation, self.may_process, self.may_publish):
            box.clicked.connect(self.edited)
        self.phone.textEdited.connect(self._leave_phone)
        self.from_paper.toggled.connect(self.day_field.setVisible)
        self.edited.connect(self.clear_errors)
        agrees = QShortcut("Alt+Y", self, self.may_process.click)
        agrees.setWhatsThis(self.may_process.text())
