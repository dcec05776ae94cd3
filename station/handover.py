"""Trao tặng: a device is kept for an approved pupil and given, directly or through the school."""

from collections.abc import Iterable

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.case import Case
from station.codes import CodeKind, parse
from station.device import Device, Stage
from station.duties import require_duty
from station.ledger import Moment
from station.operators import Operator
from station.people import Person, Pupil
from station.ports import Store, Work
from station.reference import ReasonUse, Table
from station.release import require_released
from station.sets import whole_set
from station.withdrawing import Withdraw, standing, withdraw

SIGNED = frozenset({"signed", "proxy"})


class EnterCase(Struct, frozen=True, kw_only=True):
    """An approved pupil from the published list, when the service did not send the case."""

    level: str
    pupil: Pupil
    school: str | None = None
    unit: str | None = None
    wants: str | None = None
    code: str | None = None  # None: the next one of this point


class Reserve(Struct, frozen=True, kw_only=True):
    """Keep a device, or the set it heads, for a case."""

    device: str
    case: str


class ReleaseReservation(Struct, frozen=True, kw_only=True):
    """Free a device for another case."""

    device: str
    reason: str


class HandOver(Struct, frozen=True, kw_only=True):
    """Give a device, or the set it heads, to the pupil it is kept for."""

    device: str
    case: str
    receiver: Person | None = None


class HandOverBatch(Struct, frozen=True, kw_only=True):
    """Give a school all devices kept for its pupils; the school passes them on."""

    school: str
    devices: tuple[str, ...]
    receiver: Person | None = None


class BatchOut(Struct, frozen=True):
    """What a batch became: its code and every device in it, sets included."""

    batch: str
    devices: tuple[str, ...]


class ConfirmHandover(Struct, frozen=True, kw_only=True):
    """How it went with one pupil's line: signed, proxy, absent, undelivered."""

    device: str
    result: str
    receiver: Person | None = None
    back: bool = False  # it was not given, and lies at the point again


def enter_case(command: EnterCase, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record an approved case that came on paper."""
    require_duty(by, e.CaseEntered)
    with store.transaction(by, when) as work:
        code = command.code or work.next_code(CodeKind.CASE)
        if parse(code).kind is not CodeKind.CASE or _is_known(work, code):
            raise refusals.CaseInUse(code)
        said = e.CaseEntered(
            level=command.level,
            school=command.school,
            unit=command.unit,
            wants=command.wants,
            pupil=work.keep(command.pupil),
        )
        guards.guard_case(work.reference, said, when.day)
        return work.record(code, said)


def withdraw_case(
    code: str, reason: str, store: Store, by: Operator, when: Moment
) -> tuple[e.Event, ...]:
    """Record that a case was entered by mistake; raises UnknownCase, or what `withdraw` raises."""
    entered = [
        event.hash
        for event in standing([row.event for row in store.timeline(code)], code)
        if isinstance(event.said, e.CaseEntered)
    ]
    if not entered:
        raise refusals.UnknownCase(code)
    return withdraw(Withdraw(events=tuple(entered), reason=reason), store, by, when)


def reserve(command: Reserve, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Claim a device for a case; a set is claimed whole."""
    require_duty(by, e.Reserved)
    with store.transaction(by, when) as work:
        case = work.case(command.case)
        _require_free(case)
        if case.devices:
            raise refusals.CaseHasDevice(case.code, case.devices[0])
        together = whole_set(work, command.device)
        _require_ready(together)
        for device in together:
            require_released(device, work.reference, when)
            if device.promised not in {None, case.code}:
                raise refusals.PromisedToOther(device.code, device.promised)
        return tuple(work.record(d.code, e.Reserved(case=case.code)) for d in together)


def release_reservation(
    command: ReleaseReservation, store: Store, by: Operator, when: Moment
) -> tuple[e.Event, ...]:
    """Free a device or set for another case."""
    require_duty(by, e.ReservationReleased)
    with store.transaction(by, when) as work:
        work.reference.reason(ReasonUse.RELEASE_RESERVATION, command.reason)
        together = whole_set(work, command.device)
        reserved = [d for d in together if d.stage is Stage.RESERVED]  # the service may void one
        for device in reserved or together[:1]:
            device.require(e.ReservationReleased)
        return tuple(
            work.record(d.code, e.ReservationReleased(case=d.case_code(), reason=command.reason))
            for d in reserved
        )


def hand_over(command: HandOver, store: Store, by: Operator, when: Moment) -> tuple[e.Event, ...]:
    """Record that the pupil has the device; the minutes are printed from this event."""
    require_duty(by, e.HandedOver)
    with store.transaction(by, when) as work:
        case = work.case(command.case)
        together = whole_set(work, command.device)
        for device in together:
            _require_kept_for(device, case)
            require_released(device, work.reference, when)
        receiver = work.keep(command.receiver) if command.receiver else None
        return tuple(
            work.record(
                device.code,
                e.HandedOver(to="pupil", case=case.code, receiver=receiver, kit=device.kit),
            )
            for device in together
        )


def hand_over_batch(command: HandOverBatch, store: Store, by: Operator, when: Moment) -> BatchOut:
    """Record that a school took its pupils' devices; each pupil's line is confirmed later."""
    require_duty(by, e.BatchTakenOut)
    if not command.devices:
        raise refusals.NothingToRecord
    with store.transaction(by, when) as work:
        guards.guard_school(work.reference, command.school, when.day)
        batch = work.next_code(CodeKind.LOT)
        out = require_for_school(work, command.devices, command.school, when)
        work.record(batch, e.BatchTakenOut(school=command.school, devices=len(out)))
        receiver = work.keep(command.receiver) if command.receiver else None
        for device in out:
            work.record(device.code, handed_to_school(device, command.school, batch, receiver))
        return BatchOut(batch, tuple(device.code for device in out))


def require_for_school(
    work: Work, heads: Iterable[str], school: str, when: Moment
) -> tuple[Device, ...]:
    """All devices of these sets, each kept for a pupil of this school and still fit to be given."""
    out = tuple(device for head in dict.fromkeys(heads) for device in whole_set(work, head))
    for device in out:
        case = work.case(device.case_code())
        _require_kept_for(device, case)
        if case.school not in {None, school}:
            raise refusals.OtherSchool(case.code, case.school, school)
        require_released(device, work.reference, when)
    return out


def handed_to_school(
    device: Device, school: str, batch: str, receiver: e.Ref | None
) -> e.HandedOver:
    """What is said of a device that a school takes along for one of its pupils."""
    return e.HandedOver(
        to="school",
        case=device.case_code(),
        school=school,
        batch=batch,
        receiver=receiver,
        kit=device.kit,
    )


def confirm_handover(
    command: ConfirmHandover, store: Store, by: Operator, when: Moment
) -> tuple[e.Event, ...]:
    """Record how it went with a pupil's line, for the whole set."""
    require_duty(by, e.HandoverConfirmed)
    with store.transaction(by, when) as work:
        work.reference.entry(Table.DELIVERIES, command.result)
        if command.back and command.result in SIGNED:
            raise refusals.GivenAndBroughtBack(command.result)
        together = whole_set(work, command.device)
        for device in together:
            device.require(e.HandoverConfirmed)
        receiver = work.keep(command.receiver) if command.receiver else None
        return tuple(
            work.record(
                device.code,
                e.HandoverConfirmed(
                    case=device.case_code(),
                    result=command.result,
                    receiver=receiver,
                    back=command.back,
                ),
            )
            for device in together
        )


def _is_known(work: Work, code: str) -> bool:
    try:
        work.case(code)
    except refusals.UnknownCase:
        return False
    return True


def _require_free(case: Case) -> None:
    """The Department approved it, and no laptop has it along."""
    if case.lent_to is not None:
        raise refusals.LentToLaptop(case.code, case.lent_to)
    if not case.approved:
        raise refusals.CaseNotApproved(case.code)


def _require_ready(together: tuple[Device, ...]) -> None:
    head, *members = together
    head.require(e.Reserved)
    not_ready = tuple(m.code for m in members if m.stage is not Stage.READY or m.hold)
    if not_ready:
        raise refusals.SetNotReady(head.code, not_ready)


def _require_kept_for(device: Device, case: Case) -> None:
    device.require(e.HandedOver)
    if device.case != case.code:
        raise refusals.WrongCase(device.code, device.case, case.code)
