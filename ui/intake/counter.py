"""The donor's things on the counter: the form of one device and the list it goes into."""

from msgspec import structs
from PySide6.QtCore import QObject, Signal

from station import refusals
from station.intake import NewDevice
from station.reference import Reference
from station.words import _
from ui.field import Field
from ui.intake.device_form import DeviceForm
from ui.intake.lot_card import LotCard
from ui.intake.lot_draft import LotDraft, alike
from ui.intake.lot_table import new_device_name

MONITOR = "monitor"
BLANK = NewDevice(kind="")


class Counter(QObject):
    """Keeps the form and the list in step; nothing is recorded here."""

    changed = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.lot = LotDraft()
        self.form, self.listed = DeviceForm(reference), LotCard(reference)
        self._place: int | None = None  # of the listed item that the form shows
        self.form.edited.connect(self.changed)
        self.listed.edit.connect(self.edit)
        self.listed.remove.connect(self.remove)
        self.clear()

    @property
    def count(self) -> int:
        """How many devices would be received now."""
        new = self.form.alike if self._place is None and self._counts_form else 0
        return len(self.lot) + new

    def clear(self) -> None:
        """Make room for the next donor."""
        self.lot = LotDraft()
        self._begin(BLANK)

    def settle(self) -> bool:
        """Put the last device into the list; False when a field says what is wrong."""
        return not self._counts_form or self._list_current() is not None

    def another_like_this(self) -> None:
        """List what the form shows and begin another of the same make."""
        device = self._list_current()
        if device is not None:
            head = device.belongs_to  # after a monitor comes the next set's computer
            self._begin(alike(device if head is None else self.lot.devices[head]))
            self.form.serial.line.setFocus()

    def add_monitor(self) -> None:
        """List the computer the form shows and begin the monitor of its set."""
        if not self._may_head_set() or self._list_current() is None:
            return
        like = self.lot.last_of(MONITOR) or NewDevice(kind=MONITOR)
        self._begin(structs.replace(alike(like), belongs_to=self._place))
        self.form.touched = True  # it was asked for, with or without a serial number
        self.form.serial.line.setFocus()
        self.changed.emit()

    def edit(self, place: int) -> None:
        """Show a listed item in the form again."""
        if place == self._place or (self.form.touched and self._list_current() is None):
            return
        self._place = place
        self.form.show_device(self.lot.devices[place])
        self.form.kind.setFocus()
        self._show()

    def remove(self, place: int) -> None:
        """Take an item off the list."""
        if self._place is not None:
            self._begin(BLANK)
        self.form.belongs_to = self._as_if_listed().without(place).devices[-1].belongs_to
        self.lot = self.lot.without(place)
        self._show()

    def take_label(self, code: str) -> None:
        """Take the code of a label that was stuck on before."""
        self.form.take_code(code)

    def show_refusal(self, error: Exception, sentence: str) -> bool:
        """Say beside the serial number or label that it is refused; False for other errors."""
        if isinstance(error, refusals.SerialInUse):
            field = self.form.serial.field
        elif isinstance(error, refusals.CodeInUse | refusals.NotOurCode):
            field = self.form.code_field
        else:
            return False
        place = self.lot.place_of(error.about[0])
        if place is not None:
            self.edit(place)
        field.show_error(sentence)
        field.control.setFocus()
        return True

    @property
    def _counts_form(self) -> bool:
        """Whether the form holds what the list does not: another one alike is only offered."""
        return self.form.touched or not len(self.lot)

    def _may_head_set(self) -> bool:
        kind = self.form.kind.chosen
        if kind and not self._reference.kind(kind).is_computer:
            self.form.kind_field.show_error(_("A set begins with a computer."))
            return False
        if self.form.alike > 1:
            self.form.how_many_field.show_error(_("A set is listed one computer at a time."))
            return False
        return True

    def _list_current(self) -> NewDevice | None:
        """Put what the form shows into the list; None when a field says what is wrong."""
        device = self.form.read()
        if device is None:
            return None
        lot = self._with(device)
        if self._stands_twice(device, lot):
            return None
        self._place = len(lot) - 1 if self._place is None else self._place
        self.lot = lot
        self.form.how_many.setValue(1)
        self.form.touched = False
        self._show()
        return device

    def _with(self, device: NewDevice) -> LotDraft:
        if self._place is None:
            return self.lot.added(device, self.form.alike)
        return self.lot.replaced(self._place, device).added(device, self.form.alike - 1)

    def _stands_twice(self, device: NewDevice, lot: LotDraft) -> bool:
        named: tuple[tuple[str | None, Field], ...] = (
            (device.serial, self.form.serial.field),
            (device.code, self.form.code_field),
        )
        for word, field in named:
            if word and lot.holds_twice(word):
                field.show_error(_("This stands in the list already."))
                field.control.setFocus()
                return True
        return False

    def _as_if_listed(self) -> LotDraft:
        """The list with the form's device at its end, whatever it still lacks."""
        return self.lot.added(NewDevice(kind="", belongs_to=self.form.belongs_to))

    def _begin(self, device: NewDevice) -> None:
        self._place = None
        self.form.show_device(device)
        self._show()

    def _show(self) -> None:
        self.listed.show_lot(self.lot, self._place)
        number = len(self.lot) + 1 if self._place is None else self._place + 1
        self.form.set_title(_("Device {number}").format(number=number))
        self.form.show_head(self._head_words())
        self.changed.emit()

    def _head_words(self) -> str:
        head = self.form.belongs_to
        if head is None:
            return ""
        name = new_device_name(self.lot.devices[head], self._reference)
        return _("Belongs to the set of device {number}: {name}").format(number=head + 1, name=name)
