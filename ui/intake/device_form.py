"""One device at the counter, as far as anybody can say yet."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut

from station import codes
from station.intake import NewDevice
from station.people import FIELD_LIMIT
from station.reference import Reference, Table
from station.text import clean, device_word, looks_like_phone, serial_word
from station.words import _, language
from ui.field import Field
from ui.intake.device_fields import DeviceFields
from ui.intake.makes import Make, MakeCompleter
from ui.wording import explain

MOST_ALIKE = 200
ERASE = "erase"
CHARGER = "charger"
CONDITIONS = ("good", "scratched", "broken")  # one key each
CALLS_FOR = {
    "google-account": "lock",
    "apple-account": "lock",
    "maker-account": "lock",
    "company-managed": "lock",
    "bios-password": "bios-password",
}
"""What a lock that is still there must be asked about."""


class DeviceForm(DeviceFields):
    """Reads and shows a `NewDevice`; says beside a field what is wrong with it."""

    edited = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__(reference)
        self.touched = False
        self._asked: frozenset[str] = frozenset()  # calls that were proposed once
        self.belongs_to: int | None = None  # place in the lot of the set's computer
        self.makes = MakeCompleter(self.maker, self.model)
        self._connect()
        self.start_anew()

    @property
    def alike(self) -> int:
        """How many such devices lie there."""
        return self.how_many.value()

    def show_device(self, device: NewDevice) -> None:
        """Show a device that was listed before, or what another one is to be like."""
        self.clear_errors()
        self.kind.choose(device.kind or None)
        self._offer_kit()
        self.code.setText(codes.grouped(device.code) if device.code else "")
        self.maker.setText(device.maker or "")
        self.model.setText(device.model or "")
        self.serial.show_serial(device.serial, device.serial_known_by)
        self.condition.choose(device.condition)
        self.data_wish.choose(device.data_wish)
        self.if_hopeless.choose(device.if_hopeless)
        self.kit.tick(device.kit)
        self.locks.tick(device.locks)
        self.note.setPlainText(device.note)
        self.passwords.show_told(device.secrets)
        self.calls.tick(device.calls)
        self.photos.show_photos(device.photos)
        self.promise.show_case(device.promised)
        self._asked = frozenset(device.calls)
        self.belongs_to = device.belongs_to
        self.how_many.setValue(1)
        self.touched = False

    def start_anew(self) -> None:
        """Empty for the next device."""
        self.show_device(NewDevice(kind="", data_wish=ERASE))

    @property
    def filled(self) -> NewDevice:
        """Everything that was filled in, right or wrong."""
        return self._device()

    @property
    def has_code(self) -> str | None:
        """The code of the label that is stuck on."""
        return self._typed_code()

    def fill_from(self, said: NewDevice) -> None:
        """Fill in what a list says where nobody filled in anything."""
        if self.kind.chosen is None or not (self.maker.text() or self.model.text()):
            self.kind.choose(said.kind or self.kind.chosen)
        for line, word in ((self.maker, said.maker), (self.model, said.model)):
            line.setText(line.text() or word or "")
        if said.note and not self.note.toPlainText():
            self.note.setPlainText(said.note)

    def read(self) -> NewDevice | None:
        """What was filled in; None when a field says what is wrong with it."""
        self.clear_errors()
        device = self._device()
        self._check(device)
        wrong = [field for field in self._fields if field.error]
        if wrong:
            wrong[0].control.setFocus()
            return None
        return device

    def take_code(self, code: str) -> None:
        """Take the code of a label that was stuck on before."""
        self.code.setText(codes.grouped(code))
        self._touch()

    def _device(self) -> NewDevice:
        return NewDevice(
            kind=self.kind.chosen or "",
            code=self._typed_code(),
            maker=self.maker.text().strip() or None,
            model=self.model.text().strip() or None,
            serial=self.serial.serial,
            serial_known_by=self.serial.known_by,
            condition=self.condition.chosen,
            kit=self.kit.ticked,
            locks=self.locks.ticked,
            data_wish=self.data_wish.chosen or ERASE,
            if_hopeless=self.if_hopeless.chosen,
            note=self.note.toPlainText(),
            promised=self.promise.case,
            secrets=self.passwords.told,
            calls=self.calls.ticked,
            photos=self.photos.photos,
            belongs_to=self.belongs_to,
        )

    def _typed_code(self) -> str | None:
        """The label's code as events keep it; what is no code is refused in `_check`."""
        raw = self.code.text()
        try:
            return codes.parse_scan(raw).text if raw.strip() else None
        except codes.BadCode:
            return None

    def _check(self, device: NewDevice) -> None:
        if not device.kind:
            self.kind_field.show_error(_("Choose the kind of device."))
        self._check_typed(self.code_field, codes.parse_scan, self.code.text().strip())
        self._check_typed(self.maker_field, device_word, device.maker)
        self._check_typed(self.model_field, device_word, device.model)
        self._check_typed(self.serial.field, serial_word, device.serial)
        self._check_typed(self.note_field, _note, device.note)
        self.passwords.check()
        self._check_count()
        if self.alike > 1 and (device.serial or device.code):
            self.how_many_field.show_error(
                _("A serial number or a label belongs to one device: set this to 1.")
            )

    def _check_count(self) -> None:
        if self.alike > MOST_ALIKE:
            told = _("At most {count} at a time: list the others after these.")
            self.how_many_field.show_error(told.format(count=MOST_ALIKE))

    def _check_typed(self, field: Field, check: Callable[[str], object], typed: str | None) -> None:
        try:
            if typed:
                check(typed)
        except ValueError as error:  # BadCode, BadText
            field.show_error(explain(error, self._reference))

    def _connect(self) -> None:
        for line in (self.code, self.maker, self.model):
            line.textEdited.connect(self._touch)
        for choice in (self.kind, self.condition, self.data_wish, self.if_hopeless):
            choice.activated.connect(self._touch)
        self.kind.currentIndexChanged.connect(self._offer_kit)
        self.serial.changed.connect(self._touch)
        self.how_many.valueChanged.connect(self._check_count)
        self.how_many.valueChanged.connect(self._touch)
        for ticks in (self.kit, self.locks, self.calls):
            ticks.ticked_by_hand.connect(self._touch)
        for asked in (self.passwords, self.photos, self.promise):
            asked.edited.connect(self._touch)
        self.locks.ticked_by_hand.connect(lambda: self.passwords.propose(self.locks.ticked))
        for ticks in (self.kit, self.locks):
            ticks.ticked_by_hand.connect(self._propose_calls)
        self.makes.chosen.connect(self._take_make)
        self.ask_password.clicked.connect(self.passwords.ask)
        for keys, what, do in (
            ("Ctrl+K", _("Find the model"), self.model.setFocus),
            ("Alt+S", _("To the serial number"), self.serial.line.setFocus),
            ("Alt+C", _("Its charger came along"), partial(self._kit_by_key, CHARGER)),
        ):
            jump = QShortcut(keys, self)
            jump.setWhatsThis(what)
            jump.activated.connect(do)
        for number, condition in enumerate(CONDITIONS, 1):
            shortcut = QShortcut(f"Alt+{number}", self)
            word = self._reference.entry(Table.CONDITIONS, condition).word(language())
            shortcut.setWhatsThis(_("Condition: {word}").format(word=word))
            shortcut.activated.connect(partial(self._condition_by_key, condition))
        self.note.textChanged.connect(self._note_typed)

    def _condition_by_key(self, condition: str) -> None:
        self.condition.choose(condition)
        self._touch()

    def _kit_by_key(self, item: str) -> None:
        """Tick a thing of the kit, or take the tick away."""
        box = next((box for box in self.kit.boxes if box.objectName() == f"kit.{item}"), None)
        if box is not None:
            box.click()

    def _take_make(self, make: Make) -> None:
        """What the point knows of it fills three fields."""
        if self.kind.chosen != make.kind:
            self.kind.choose(make.kind)
        self.maker.setText(make.maker)
        self.model.setText(make.model)
        self._touch()

    def _propose_calls(self) -> None:
        """A lock that is seen is asked about later, once; a person may untick it."""
        wanted = {call for lock, call in CALLS_FOR.items() if lock in self.locks.ticked}
        for call in wanted - self._asked:
            self.calls.tick((*self.calls.ticked, call))
        self._asked |= wanted

    def _touch(self) -> None:
        self.touched = True
        self.edited.emit()

    def _note_typed(self) -> None:
        if looks_like_phone(self.note.toPlainText()):
            self.note_field.show_error(
                _("This looks like a phone number. It belongs in the donor's phone field.")
            )
        self._touch()


def _note(text: str) -> str:
    return clean(text, FIELD_LIMIT, multiline=True)
