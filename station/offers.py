"""Máy sắp về: what donors announce to the point itself, the day it comes, and how it is fetched."""

from datetime import date, timedelta

from msgspec import Struct

from station import calling, guards, refusals
from station import events as e
from station.codes import CodeKind
from station.duties import require_duty
from station.intake import NewDevice, kept_donor
from station.ledger import Moment
from station.notes import kept_note, optional_serial, optional_word
from station.offer import OVER, Offer, PickUp
from station.operators import Operator
from station.people import DeviceList, Donor, ListedDevice
from station.ports import Store, Work
from station.reference import ReasonUse, Table
from station.text import BadText

MOST_LISTED = 2_000  # devices of one office's list
BY_MISTAKE = "entered-by-mistake"
IN_VAIN = "no-answer"
APPOINTMENT = "appointment"  # what is asked of a donor whose devices are fetched


class EnterOffer(Struct, frozen=True, kw_only=True):
    """A donor announces devices: by telephone, at the counter, or as an office's list."""

    items: tuple[e.OfferedItem, ...] = ()
    donor: Donor | None = None
    listed: DeviceList | None = None
    expected_on: date | None = None
    part: str | None = None  # of that day
    pick_up: bool = False
    unit: str | None = None
    note: str = ""


class NotePickUp(Struct, frozen=True, kw_only=True):
    """How fetching an offer stands now."""

    offer: str
    state: PickUp
    on: date | None = None
    part: str | None = None
    note: str = ""


class MoveAppointment(Struct, frozen=True, kw_only=True):
    """The donor brings it on this day; None when none is agreed any more."""

    offer: str
    on: date | None
    part: str | None = None


class CloseOffer(Struct, frozen=True, kw_only=True):
    """Nothing more comes under it."""

    offer: str
    reason: str
    note: str = ""


def enter_offer(command: EnterOffer, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record what a donor announced, under a code of this point."""
    require_duty(by, e.OfferEntered)
    with store.transaction(by, when) as work:
        return _enter(work, work.next_code(CodeKind.OFFER), command)


def amend_offer(
    offer: str, command: EnterOffer, store: Store, by: Operator, when: Moment
) -> e.Event:
    """Record anew what was announced under a code; the Department's own words are not ours."""
    require_duty(by, e.OfferEntered)
    with store.transaction(by, when) as work:
        if work.offer(offer).published:
            raise refusals.OfferOfTheDepartment(offer)
        return _enter(work, offer, command)


def note_pick_up(command: NotePickUp, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record how fetching stands: a day agreed, moved, nobody reached, collected, arrived."""
    require_duty(by, e.PickUpNoted)
    with store.transaction(by, when) as work:
        offer = work.offer(command.offer)
        guards.guard_planned(work, command.on)
        agreed = command.state in {PickUp.AGREED, PickUp.MOVED}
        if agreed and not (command.on or offer.expected_on):
            raise refusals.DayMissing(command.offer)
        said = e.PickUpNoted(
            state=work.reference.entry(Table.PICK_UPS, command.state).id,
            on=command.on,
            part=_part(work, command.part),
            note=kept_note(work, command.note),
        )
        noted = work.record(offer.code, said)
        _keep_up_call(work, offer, command.state)
        return noted


def _keep_up_call(work: Work, offer: Offer, state: PickUp) -> None:
    """Whoever cannot be reached is rung again; once a day is agreed nobody need ring."""
    ringing = any(call.about == APPOINTMENT for call in offer.calls)
    if state is PickUp.UNREACHABLE and ringing:
        calling.note_in(work, calling.NoteCall(code=offer.code, about=APPOINTMENT, result=IN_VAIN))
    elif state is PickUp.UNREACHABLE:
        again = work.when.day + timedelta(days=work.reference.programme.calls.again_after_days)
        planned = e.CallPlanned(about=APPOINTMENT, due=again, tries=1, since=work.when.day)
        work.record(offer.code, planned)
    elif ringing:
        result = calling.NOT_NEEDED if state is PickUp.NEW else "answered"
        work.record(offer.code, e.CallMade(about=APPOINTMENT, result=result))


def move_appointment(command: MoveAppointment, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record on which day the donor brings it."""
    require_duty(by, e.AppointmentMade)
    with store.transaction(by, when) as work:
        offer = work.offer(command.offer)
        guards.guard_planned(work, command.on)
        part = _part(work, command.part)
        return work.record(offer.code, e.AppointmentMade(on=command.on, part=part))


def close_offer(command: CloseOffer, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that nothing more is expected, and why."""
    require_duty(by, e.OfferClosed)
    with store.transaction(by, when) as work:
        offer = work.offer(command.offer)
        if not offer.is_open:
            raise refusals.OfferOver(offer.code)
        work.reference.reason(ReasonUse.CLOSE_OFFER, command.reason)
        note = kept_note(work, command.note)
        return work.record(offer.code, e.OfferClosed(reason=command.reason, note=note))


def reopen_offer(offer: str, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that something is expected after all."""
    require_duty(by, e.OfferReopened)
    with store.transaction(by, when) as work:
        if not work.offer(offer).closed:
            raise refusals.NothingToRecord
        return work.record(offer, e.OfferReopened())


def proposals(listed: DeviceList) -> tuple[NewDevice, ...]:
    """The devices of an office's list as the counter takes them in.

    A serial number of a list is nobody's reading: it waits for the scan that confirms it. What an
    event cannot say of a device stays readable in its note.
    """
    return tuple(_proposal(line) for line in listed.lines)


def _proposal(line: ListedDevice) -> NewDevice:
    left: list[str] = [line.remark] if line.remark else []
    maker, model = _word(line.maker, left), _word(line.model, left)
    try:
        serial = optional_serial(line.serial)
    except BadText:
        serial = None
        left.append(line.serial)
    return NewDevice(
        kind=line.kind,
        maker=maker,
        model=model,
        serial=serial,
        serial_known_by="typed" if serial else None,
        note="; ".join(left),
    )


def _word(text: str, left: list[str]) -> str | None:
    try:
        return optional_word(text)
    except BadText:
        left.append(text)
        return None


def counted(lines: tuple[ListedDevice, ...]) -> tuple[e.OfferedItem, ...]:
    """How many of each kind a list holds, in the order in which it names them."""
    kinds = dict.fromkeys(line.kind for line in lines)
    return tuple(e.OfferedItem(kind, sum(line.kind == kind for line in lines)) for kind in kinds)


def _enter(work: Work, code: str, command: EnterOffer) -> e.Event:
    listed = command.listed
    if listed is not None and len(listed.lines) > MOST_LISTED:
        raise refusals.ImpossibleCount(len(listed.lines))
    items = counted(listed.lines) if listed else command.items
    if not items:
        raise refusals.NothingToRecord
    for item in items:
        work.reference.kind(item.kind)
        guards.guard_count(item.count, least=1, most=guards.MOST_ANNOUNCED)
    guards.guard_planned(work, command.expected_on)
    part = _part(work, command.part)
    said = e.OfferEntered(
        items=items,
        donor=kept_donor(work, command.donor),
        lines=work.keep(listed) if listed else None,
        expected_on=command.expected_on,
        pick_up=command.pick_up,
        unit=work.reference.unit(command.unit, work.when.day).code if command.unit else None,
        note=kept_note(work, command.note),
    )
    entered = work.record(code, said)
    _agree(work, work.offer(code), command.expected_on, part)
    return entered


def _agree(work: Work, offer: Offer, on: date | None, part: str | None) -> None:
    """A day that was named with the announcement is an agreed one; without a day none is."""
    fetched = offer.pick_up
    if fetched is None:
        if part != offer.part:
            work.record(offer.code, e.AppointmentMade(on=on, part=part))
        return
    state = _with_day(fetched) if on else _without_day(fetched)
    if (state, part) != (fetched, offer.part) and fetched not in OVER:
        work.record(offer.code, e.PickUpNoted(state=state.value, on=on, part=part))
        if state is PickUp.AGREED:
            _keep_up_call(work, offer, state)


def _with_day(state: PickUp) -> PickUp:
    return PickUp.AGREED if state in {PickUp.NEW, PickUp.UNREACHABLE} else state


def _without_day(state: PickUp) -> PickUp:
    return PickUp.NEW if state in {PickUp.AGREED, PickUp.MOVED} else state


def _part(work: Work, part: str | None) -> str | None:
    return work.reference.entry(Table.DAY_PARTS, part).id if part else None
