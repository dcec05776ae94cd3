"""Tiếp nhận: a donor's devices come in, one or sixty, and get their codes."""

from typing import NamedTuple

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.codes import CodeKind
from station.duties import require_duty
from station.ledger import Moment
from station.notes import kept_note, optional_serial, optional_word
from station.operators import Operator
from station.people import Donor, Secret, donor_kind
from station.pictures import picture_kind, without_exif
from station.ports import Store, Work
from station.reference import Reference, Table
from station.sets import guard_joint
from station.text import fold


class NewDevice(Struct, frozen=True, kw_only=True):
    """One device at the counter, as far as anybody can say yet."""

    kind: str
    code: str | None = None  # of a label that was stuck on before; None: the next one
    maker: str | None = None
    model: str | None = None
    serial: str | None = None
    serial_known_by: str | None = None  # scan, typed, second-scan
    condition: str | None = None
    kit: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    data_wish: str = "erase"
    if_hopeless: str | None = None
    note: str = ""  # declared faults and whatever else was said
    promised: str | None = None  # a direct gift: the case its donor chose
    secrets: tuple[tuple[str, str], ...] = ()  # passwords the donor tells: what each opens, word
    calls: tuple[str, ...] = ()  # what the donor must be asked later
    photos: tuple[bytes, ...] = ()  # as the camera made them
    belongs_to: int | None = None  # place in the lot of the computer whose set this joins


class RefusedThing(Struct, frozen=True, kw_only=True):
    """Something of the same visit that is not taken in."""

    kind: str
    reason: str
    count: int = 1
    note: str = ""


class ReceiveDevice(Struct, frozen=True, kw_only=True):
    """A walk-in with one device."""

    device: NewDevice
    donor: Donor | None = None
    offer: str | None = None
    draft: str | None = None  # the place of the draft that this commits


class ReceiveLot(Struct, frozen=True, kw_only=True):
    """One donor's visit with several devices: one commit."""

    devices: tuple[NewDevice, ...]
    donor: Donor | None = None
    form: str = "walk-in"
    offer: str | None = None
    lot: str | None = None  # the code of a form that was printed before; None: the next one
    refused: tuple[RefusedThing, ...] = ()
    draft: str | None = None  # the place of the draft that this commits


class LotIn(Struct, frozen=True):
    """What a lot became: its code and its devices' codes, in the order given."""

    lot: str
    devices: tuple[str, ...]


class RefuseItem(Struct, frozen=True, kw_only=True):
    """Something is not taken in: a normal outcome."""

    kind: str
    reason: str
    count: int = 1
    donor: Donor | None = None
    note: str = ""


class Describe(Struct, frozen=True, kw_only=True):
    """Say more, or better, about a device; None leaves a field as it is."""

    device: str
    kind: str | None = None
    maker: str | None = None
    model: str | None = None
    serial: str | None = None
    serial_known_by: str | None = None
    condition: str | None = None
    locks: tuple[str, ...] | None = None
    note: str = ""


def receive_device(command: ReceiveDevice, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a donor handed over one device, and give it a code."""
    require_duty(by, e.Received)
    guards.guard_offer(command.offer)
    with store.transaction(by, when) as work:
        donor = kept_donor(work, command.donor)
        received = _receive(work, command.device, _Giver(command.donor, donor), None, command.offer)
        _drop_draft(work, command.draft)
        return received


def receive_lot(command: ReceiveLot, store: Store, by: Operator, when: Moment) -> LotIn:
    """Record one donor's visit and every device of it, sets joined; all or nothing."""
    require_duty(by, e.LotReceived)
    if not command.devices:
        raise refusals.NothingToRecord  # things alone that are not taken in: `refuse_item`
    guards.guard_offer(command.offer)
    with store.transaction(by, when) as work:
        donor = kept_donor(work, command.donor)
        lot = guards.code_for(work, CodeKind.LOT, command.lot)
        work.reference.entry(Table.FORMS, command.form)
        visit = e.LotReceived(
            donor=donor,
            form=command.form,
            offer=command.offer,
            preprinted=command.lot is not None,
        )
        work.record(lot, visit)
        codes = tuple(
            _receive(work, new, _Giver(command.donor, donor), lot, command.offer).header.subject
            for new in command.devices
        )
        for code, new in zip(codes, command.devices, strict=True):
            if new.belongs_to is not None:
                head = _head_in(codes, new.belongs_to)
                guard_joint(work, work.device(head), work.device(code))
                work.record(code, e.Joined(head=head))
        for thing in command.refused:
            _refuse(work, lot, thing, None)  # the visit names the donor
        _drop_draft(work, command.draft)
        return LotIn(lot, codes)


def refuse_item(command: RefuseItem, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that something was not taken in, and why."""
    require_duty(by, e.Refused)
    with store.transaction(by, when) as work:
        thing = RefusedThing(
            kind=command.kind, reason=command.reason, count=command.count, note=command.note
        )
        donor = kept_donor(work, command.donor)
        return _refuse(work, work.next_code(CodeKind.LOT), thing, donor)


def describe(command: Describe, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record what somebody saw on a second look."""
    require_duty(by, e.Described)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.Described)
        guards.guard_kind(work.reference, device, command.kind, by, when.day)
        serial, maker = optional_serial(command.serial), optional_word(command.maker)
        if serial or maker:
            named = serial or device.serial, maker or device.maker
            guards.guard_serial(work, *named, device.code)
        said = e.Described(
            kind=work.reference.kind(command.kind).id if command.kind else None,
            maker=maker,
            model=optional_word(command.model),
            serial=serial,
            serial_known_by=command.serial_known_by if serial else None,
            condition=_known(work.reference, Table.CONDITIONS, command.condition),
            locks=_known_locks(work.reference, command.locks),
            note=kept_note(work, command.note),
        )
        if said == e.Described():
            raise refusals.NothingToRecord
        return work.record(device.code, said)


def _check_words(reference: Reference, new: NewDevice) -> None:
    """Every coded word must be one of the tables; raises UnknownReference."""
    reference.kind(new.kind)
    reference.entry(Table.DATA_WISHES, new.data_wish)
    _known(reference, Table.CONDITIONS, new.condition)
    _known(reference, Table.HOPELESS_WISHES, new.if_hopeless)
    _known_locks(reference, new.locks)
    for item in new.kit:
        reference.kit_item(item)


def _known(reference: Reference, table: Table, word: str | None) -> str | None:
    return reference.entry(table, word).id if word is not None else None


def _known_locks(reference: Reference, locks: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if locks is None else tuple(reference.entry(Table.LOCKS, x).id for x in locks)


class _Giver(NamedTuple):
    """Who gave, and the row that holds it."""

    donor: Donor | None
    row: e.Ref | None


def _receive(
    work: Work, new: NewDevice, giver: _Giver, lot: str | None, offer: str | None
) -> e.Event:
    _check_words(work.reference, new)
    serial = optional_serial(new.serial)
    maker = optional_word(new.maker)
    guards.guard_serial(work, serial, maker, None)
    said = e.Received(
        kind=new.kind,
        donor=giver.row,
        donor_kind=donor_kind(giver.donor) if giver.row else None,
        lot=lot,
        offer=offer,
        maker=maker,
        model=optional_word(new.model),
        serial=serial,
        serial_known_by=new.serial_known_by if serial else None,
        preprinted=new.code is not None,
        condition=new.condition,
        kit=new.kit,
        locks=new.locks,
        data_wish=new.data_wish,
        if_hopeless=new.if_hopeless,
        promised=work.case(new.promised).code if new.promised else None,
        note=kept_note(work, new.note),
    )
    received = work.record(guards.code_for(work, CodeKind.DEVICE, new.code), said)
    _record_beside(work, received.header.subject, new, giver.row)
    return received


def _record_beside(work: Work, code: str, new: NewDevice, donor: e.Ref | None) -> None:
    """What was told and seen while the donor stood there."""
    for of, word in new.secrets:
        opens = work.reference.entry(Table.SECRETS, of).id
        work.record(code, e.SecretGiven(of=opens, secret=work.keep(Secret(word))))
    for about in new.calls if donor is not None else ():  # nobody is known whom one could ring
        topic = work.reference.entry(Table.CALL_TOPICS, about).id
        work.record(code, e.CallPlanned(about=topic))
    for photo in dict.fromkeys(new.photos):
        kept = work.attach(without_exif(photo, picture_kind(photo)))
        work.record(code, e.PhotoTaken(photo=kept))


def _refuse(work: Work, lot: str, thing: RefusedThing, donor: e.Ref | None) -> e.Event:
    guards.guard_refused(work.reference, thing.kind, thing.reason, thing.count)
    note = kept_note(work, thing.note)
    said = e.Refused(
        kind=thing.kind, reason=thing.reason, count=thing.count, donor=donor, note=note
    )
    return work.record(lot, said)


def _drop_draft(work: Work, place: str | None) -> None:
    """In the same transaction: what was committed is offered to nobody again."""
    if place is not None:
        work.drop_draft(place)


def _head_in(codes: tuple[str, ...], place: int) -> str:
    if not 0 <= place < len(codes):
        raise refusals.NotInLot(place)
    return codes[place]


def kept_donor(work: Work, donor: Donor | None) -> e.Ref | None:
    """Keep a donor; None where nothing was said of one. Raises DonorWithoutName."""
    if donor is None or donor == Donor(name=""):
        return None
    if not fold(donor.name):
        raise refusals.DonorWithoutName
    return work.keep(donor)
