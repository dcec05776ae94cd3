"""Tặng trực tiếp: a donor chose whose the device becomes, through the point or past it."""

from msgspec import Struct

from station import events as e
from station import guards, refusals
from station.codes import CodeKind
from station.duties import require_duty
from station.ledger import Moment
from station.notes import kept_note, optional_serial, optional_word
from station.operators import Operator
from station.people import Donor, donor_kind
from station.ports import Store, Work
from station.reference import ReasonUse


class Promise(Struct, frozen=True, kw_only=True):
    """Keep a device that is here for the case its donor chose."""

    device: str
    case: str


class ReleasePromise(Struct, frozen=True, kw_only=True):
    """Let a direct gift be for whoever it suits."""

    device: str
    reason: str


class GiveDirectly(Struct, frozen=True, kw_only=True):
    """What a donor gave a pupil without the point, which checked nothing."""

    kind: str
    case: str
    donor: Donor | None = None
    maker: str = ""
    model: str = ""
    serial: str = ""
    note: str = ""
    beside_another: bool = False  # the pupil has one already, and both are true


def promise(command: Promise, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record whose a direct gift is to become."""
    require_duty(by, e.Promised)
    with store.transaction(by, when) as work:
        device, case = work.device(command.device), work.case(command.case)
        device.require(e.Promised)
        if device.promised not in {None, case.code}:
            raise refusals.PromisedToOther(device.code, device.promised)
        return work.record(device.code, e.Promised(case=case.code))


def release_promise(command: ReleasePromise, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that the donor's choice does not come about; the lead says why."""
    require_duty(by, e.PromiseReleased)
    with store.transaction(by, when) as work:
        device = work.device(command.device)
        device.require(e.PromiseReleased)
        work.reference.reason(ReasonUse.RELEASE_RESERVATION, command.reason)
        if device.promised is None:
            raise refusals.NotPromised(device.code)
        said = e.PromiseReleased(case=device.promised, reason=command.reason)
        return work.record(device.code, said)


def give_directly(command: GiveDirectly, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record a direct gift under a device code of its own; no bench saw it, and none is said to."""
    require_duty(by, e.GivenDirectly)
    with store.transaction(by, when) as work:
        work.reference.kind(command.kind)
        _require_case(work, command)
        serial = optional_serial(command.serial)
        maker = optional_word(command.maker)
        guards.guard_serial(work, serial, maker, None)
        said = e.GivenDirectly(
            kind=command.kind,
            case=command.case,
            donor=work.keep(command.donor) if command.donor else None,
            donor_kind=donor_kind(command.donor),
            maker=maker,
            model=optional_word(command.model),
            serial=serial,
            note=kept_note(work, command.note),
        )
        return work.record(work.next_code(CodeKind.DEVICE), said)


def withdraw_gift(device: str, store: Store, by: Operator, when: Moment) -> e.Event:
    """Record that a direct gift was entered by mistake. Raises NotADirectGift."""
    require_duty(by, e.DirectGiftWithdrawn)
    with store.transaction(by, when) as work:
        known = work.device(device)
        known.require(e.DirectGiftWithdrawn)
        if not known.unchecked:
            raise refusals.NotADirectGift(device)
        return work.record(device, e.DirectGiftWithdrawn(case=known.case_code()))


def _require_case(work: Work, command: GiveDirectly) -> None:
    case = work.case(command.case)
    if not case.approved:
        raise refusals.CaseNotApproved(case.code)
    if case.devices and not command.beside_another:
        raise refusals.CaseHasDevice(case.code, case.devices[0])
