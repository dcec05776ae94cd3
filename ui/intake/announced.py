"""Of which offer, or of which form that was filled in by hand, the devices on the counter are."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from station.codes import Code, grouped
from station.offer import Offer
from station.people import Donor
from station.words import _
from ui.desk import Desk
from ui.intake.counter import Counter
from ui.intake.donor_form import DonorForm
from ui.intake.words import offer_words
from ui.offers.expected import ExpectedLine, find_expected, listed_devices
from ui.paperwork.forms_out import is_out


class Announced(QObject):
    """Fills the forms from it; what really came is what gets recorded."""

    changed = Signal()  # the forms are to be shown anew
    said = Signal(str)
    refused = Signal(Exception)
    not_mine = Signal(object)  # Code of a lot that is no form to be entered

    def __init__(
        self,
        desk: Desk,
        donor: DonorForm,
        counter: Counter,
        begin: Callable[[], None],
        page: QObject,
    ) -> None:
        """`begin` clears the counter, unless a donor's devices are on it."""
        super().__init__(page)
        self._desk, self._donor, self._counter, self._begin = desk, donor, counter, begin
        self.form = ""  # the lot code of a form that is entered later
        self.offer: ExpectedLine | None = None  # what the donor registered

    @property
    def is_known(self) -> bool:
        """Whether there is one."""
        return bool(self.form) or self.offer is not None

    @property
    def words(self) -> str:
        """What stands under the page's title."""
        if self.form:
            return _("Entering the form {code}").format(code=grouped(self.form))
        if self.offer:
            return offer_words(self.offer, self._desk.reference)
        return _("The donor once, then device after device")

    def forget(self) -> None:
        """The next visit is of none yet."""
        self.form, self.offer = "", None

    def put_away(self) -> None:
        """It was not this one; what stands on the counter stays."""
        self.forget()
        self.changed.emit()

    def seek_form(self, code: Code) -> None:
        """A lot's code was scanned: perhaps it is of a form that was handed out."""
        found = partial(self._take_form, code)
        self._desk.ask(partial(is_out, code.text), found, self.refused.emit, owner=self)

    def seek_offer(self, code: Code) -> None:
        """Begin with a donor whose offer was scanned; of an unknown offer the code is noted."""
        found = partial(self.take_offer, code.text)
        self._desk.ask(partial(find_expected, code.text), found, self.refused.emit, owner=self)

    def go_on_with_offer(self, code: str) -> None:
        """An offer whose donor is in the form already."""
        self._expect(code)

        def known(line: ExpectedLine | None) -> None:
            self.offer = line
            self.changed.emit()

        self._desk.ask(partial(find_expected, code), known, self.refused.emit, owner=self)

    def take_offer(self, code: str, line: ExpectedLine | None) -> None:
        """What the donor registered fills the forms; None where it is not known here."""
        self._expect(code)
        if line is None:
            line = ExpectedLine(Offer(code), Donor(name=""))
            self.said.emit(_("This offer is not known here. Its code is recorded all the same."))
        self._begin()
        if self._may_name_donor():
            self._donor.fill(line.donor)
        elif line.donor.name and not _same_donor(line.donor, self._donor.donor):
            told = _("What was typed of the donor stays. The offer names {donor}.")
            self.said.emit(told.format(donor=line.donor.name))
        self.offer = line
        form = self._counter.form
        if line.items and not form.kind.chosen:
            form.kind.choose(line.items[0].kind)
        self.changed.emit()
        (form.serial.line if line.donor.name else self._donor.name).setFocus()

    def _take_form(self, code: Code, out: bool) -> None:
        """A form that was filled in by hand: its code becomes the lot's, its day is asked for."""
        if not out:
            self.not_mine.emit(code)
            return
        self.form = code.text
        self._donor.from_paper.setChecked(True)
        self.changed.emit()
        self._donor.day.setFocus()

    def _expect(self, code: str) -> None:
        listed = partial(listed_devices, code)
        self._desk.ask(listed, self._counter.expect, self.refused.emit, owner=self)

    def _may_name_donor(self) -> bool:
        """Nobody typed a donor: none stands there, or the one whose offer was scanned before."""
        typed = self._donor.donor
        return typed is None or (self.offer is not None and _same_donor(self.offer.donor, typed))


def _same_donor(one: Donor, other: Donor | None) -> bool:
    return other is not None and (one.name, one.phone) == (other.name, other.phone)
