"""The donor's things on the counter: the form of one device and the list it goes into."""

from functools import partial

from msgspec import structs
from PySide6.QtCore import QObject, Signal

from station import refusals
from station.intake import NewDevice
from station.reference import Reference
from station.text import fold
from station.words import _
from ui.field import Field
from ui.intake.device_form import DeviceForm
from ui.intake.lot_card import LotCard
from ui.intake.lot_draft import LotDraft, alike, put_back
from ui.intake.lot_table import new_device_name

MONITOR = "monitor"
BLANK = NewDevice(kind="")


class Counter(QObject):
    """Keeps the form and the list in step; nothing is recorded here."""

    changed = Signal()
    taken_off = Signal(str, object)  # what, in words, and the way back
    doubled = Signal()  # what was scanned stands in the list already

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.lot = LotDraft()
        self.form, self.listed = DeviceForm(reference), LotCard(reference)
        self._place: int | None = None  # of the listed item that the form shows
        self._visit = 0  # counts donors: what one brought is put back on no other's counter
        self._borrowed = True  # the make in the form is a list's or another device's, not typed
        self._listed_by_office: tuple[NewDevice, ...] = ()
        self.form.edited.connect(self.changed)
        self.listed.edit.connect(self.edit)
        self.listed.remove.connect(self.remove)
        self._just_doubled = False  # what was scanned last stands in the list already
        self.form.serial.next_scanned.connect(self._next_serial)
        self.form.serial.stands_elsewhere = self._is_of_another
        self.form.serial.elsewhere_scanned.connect(self._refuse_of_another)
        self.form.serial.changed.connect(self._fill_from_list)
        self.form.series.toggled.connect(self._scan_in_a_row)
        for typed in (self.form.maker.textEdited, self.form.model.textEdited):
            typed.connect(self._own_words)
        for chosen in (self.form.kind.activated, self.form.makes.chosen):
            chosen.connect(self._own_words)
        self.clear()

    @property
    def count(self) -> int:
        """How many devices would be received now."""
        new = self.form.alike if self._place is None and self._counts_form else 0
        return len(self.lot) + new

    @property
    def held(self) -> tuple[NewDevice | None, int | None]:
        """What the form shows, as far as it was filled in, and of which listed device."""
        current = self.form.filled if self.form.touched or self._place is not None else None
        return current, self._place

    @property
    def missing(self) -> tuple[NewDevice, ...]:
        """What the office's list names and nobody scanned yet."""
        here = {_key(device.serial) for device in self.lot.devices}
        return tuple(d for d in self._listed_by_office if _key(d.serial) not in here)

    def clear(self) -> None:
        """Make room for the next donor."""
        self.lot = LotDraft()
        self._visit += 1
        self._listed_by_office = ()
        self.form.series.setChecked(False)
        self._begin(BLANK)

    def restore(
        self, lot: LotDraft, current: NewDevice | None = None, place: int | None = None
    ) -> None:
        """Go on with what lay here before."""
        self.clear()
        self.lot = lot
        self._begin(current or BLANK)
        self._place, self._borrowed = place, current is None
        self.form.touched = current is not None and place is None
        self._show()

    def expect(self, listed: tuple[NewDevice, ...]) -> None:
        """What an office's list says: a scanned serial number fills in the rest."""
        self._listed_by_office = listed
        self.form.series.setChecked(bool(listed))

    def settle(self) -> bool:
        """Put the last device into the list; False when a field says what is wrong."""
        return not self._counts_form or self._list_current() is not None

    def another_like_this(self) -> None:
        """List what the form shows and begin another of the same make.

        Right after a number that stands in the list already the key changes nothing: it would list
        a device without a number that nobody has in hand.
        """
        if self._just_doubled:
            self._just_doubled = False
            return
        device = self._list_current()
        if device is not None:
            self.form.series.setChecked(True)
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
        self._place, self._borrowed = place, False
        self.form.show_device(self.lot.devices[place])
        self.form.kind.setFocus()
        self._show()

    def remove(self, place: int) -> None:
        """Take an item off the list."""
        if self._place is not None:
            self._begin(BLANK)
        self.form.belongs_to = self._as_if_listed().without(place).devices[-1].belongs_to
        name = new_device_name(self.lot.devices[place], self._reference)
        back = partial(self._put_back, self._visit, self.lot, place)
        self.lot = self.lot.without(place)
        self._show()
        self.taken_off.emit(_("Taken off the list: {name}").format(name=name), back)

    def take_label(self, code: str) -> None:
        """Take the code of a label that was stuck on before; in a row it is the next device's."""
        if self.lot.place_of(code) is not None:
            self._tell_doubled(self.form.code_field)
            return
        if self.form.series.isChecked() and self.form.has_code and self.form.has_code != code:
            self.another_like_this()
            if self.form.has_code:  # the device before it lacks something
                return
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

    def _put_back(self, visit: int, before: LotDraft, place: int) -> None:
        """Take a removal back; what was listed and filled in since then stays."""
        if visit != self._visit:
            return
        self.lot, place = put_back(self.lot, before, place)
        if self._place is not None and self._place >= place:
            self._place += 1
        if self.form.belongs_to is not None and self.form.belongs_to >= place:
            self.form.belongs_to += 1
        self._show()

    def _next_serial(self, raw: str) -> None:
        """In a row: the device in the form is whole, and this is the next one's number."""
        self.another_like_this()
        if self.form.serial.serial:  # the device before it lacks something
            return
        if self.lot.place_of(raw) is None:
            self.form.serial.take_scan(raw)
        else:
            self._tell_doubled(self.form.serial.field)

    def _is_of_another(self, serial: str) -> bool:
        """Whether a listed device has this number that is not the one in the form."""
        return self.lot.place_of(serial) not in {None, self._place}

    def _refuse_of_another(self) -> None:
        """Its keys were typed here first: a device that was only offered is only offered still."""
        if self.form.belongs_to is None and self.form.filled == self._begun:
            self.form.touched = False
            self.changed.emit()
        self._just_doubled = not self.form.touched
        self._tell_doubled(self.form.serial.field)

    def _fill_from_list(self) -> None:
        """The office said what this serial number is; what a person filled in stays."""
        self._just_doubled = False
        key = _key(self.form.serial.serial)
        said = next((d for d in self._listed_by_office if key and _key(d.serial) == key), None)
        if said is not None and self._borrowed:
            self.form.show_device(_as_listed(self.form.filled, said))
            self.form.touched = True
        elif said is not None:
            self.form.fill_from(structs.replace(said, kind=self.form.kind.chosen or said.kind))

    def _own_words(self) -> None:
        self._borrowed = False

    def _scan_in_a_row(self, on: bool) -> None:
        self.form.serial.in_a_row = on

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
                self._tell_doubled(field)
                field.control.setFocus()
                return True
        return False

    def _tell_doubled(self, field: Field) -> None:
        field.show_error(_("This stands in the list already."))
        self.doubled.emit()

    def _as_if_listed(self) -> LotDraft:
        """The list with the form's device at its end, whatever it still lacks."""
        return self.lot.added(NewDevice(kind="", belongs_to=self.form.belongs_to))

    def _begin(self, device: NewDevice) -> None:
        self._place, self._borrowed = None, True
        self.form.show_device(device)
        self._begun, self._just_doubled = self.form.filled, False
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


def _key(serial: str | None) -> str:
    """How serial numbers are compared: case and spaces do not count."""
    return fold(serial or "").replace(" ", "")


def _as_listed(shown: NewDevice, said: NewDevice) -> NewDevice:
    """The device in the form as a list names it: of another kind nothing is taken for granted."""
    alike_ = not said.kind or shown.kind in {"", said.kind}
    return structs.replace(
        shown,
        kind=said.kind or shown.kind,
        maker=said.maker or (shown.maker if alike_ else None),
        model=said.model or (shown.model if alike_ and not said.maker else None),
        kit=shown.kit if alike_ else (),
        note=shown.note or said.note,
    )
