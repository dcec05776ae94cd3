"""Đợt trao: added to, confirmed from its paper, or taken back as never said."""

from collections.abc import Iterable

from msgspec import Struct

from station import events as e
from station import refusals
from station.device import Device
from station.duties import require_duty
from station.handover import SIGNED, BatchOut, handed_to_school, require_for_school
from station.ledger import Moment
from station.operators import Operator
from station.people import Person
from station.ports import Store, Work
from station.reference import Table
from station.sets import whole_set
from station.withdrawing import standing

CAME_HOME = "undelivered"  # what is said of a device that was brought back and no more is known


class AddToBatch(Struct, frozen=True, kw_only=True):
    """Devices that go along with a batch after all."""

    batch: str
    devices: tuple[str, ...]
    receiver: Person | None = None


class HomeLine(Struct, frozen=True):
    """A device that the clerk brought back, and why: absent, undelivered or left out."""

    device: str
    result: str = CAME_HOME


class ConfirmBatch(Struct, frozen=True, kw_only=True):
    """What the signed list of a batch says: whose line is signed, and what came back.

    Both are said device by device: nothing is taken as signed that nobody looked at.
    """

    batch: str
    signed: tuple[str, ...] = ()
    home: tuple[HomeLine, ...] = ()
    draft: str | None = None  # the place of the draft that this commits


def add_to_batch(command: AddToBatch, store: Store, by: Operator, when: Moment) -> BatchOut:
    """Record that these devices went along with a batch that is out already."""
    require_duty(by, e.HandedOver)
    if not command.devices:
        raise refusals.NothingToRecord
    with store.transaction(by, when) as work:
        school = work.lot(command.batch).school
        if school is None:
            raise refusals.UnknownLot(command.batch)
        out = require_for_school(work, command.devices, school, when)
        receiver = work.keep(command.receiver) if command.receiver else None
        for device in out:
            said = handed_to_school(device, school, command.batch, receiver)
            work.record(device.code, said)
        return BatchOut(command.batch, tuple(device.code for device in out))


def confirm_batch(
    command: ConfirmBatch, store: Store, by: Operator, when: Moment
) -> tuple[e.Event, ...]:
    """Record every line of the paper at once, sets whole; all of them or none.

    It is of lines that nobody said anything of yet. Raises LineSaidSince for another: at the PC
    beside, say, it was just told that the pupil was absent.
    """
    require_duty(by, e.HandoverConfirmed)
    home = {line.device: line.result for line in command.home}
    if not command.signed and not home:
        raise refusals.NothingToRecord
    with store.transaction(by, when) as work:
        for result in home.values():
            work.reference.entry(Table.DELIVERIES, result)
            if result in SIGNED:
                raise refusals.GivenAndBroughtBack(result)
        results = dict.fromkeys(command.signed, "signed") | home
        lines = [
            (device, result)
            for head, result in results.items()
            for device in _of_batch(work, head, command.batch)
        ]
        if command.draft is not None:
            work.drop_draft(command.draft)
        return tuple(
            work.record(
                device.code,
                e.HandoverConfirmed(
                    case=device.case_code(), result=result, back=result not in SIGNED
                ),
            )
            for device, result in lines
        )


def reopen_lines(
    devices: Iterable[str], store: Store, by: Operator, when: Moment
) -> tuple[e.Event, ...]:
    """Take back what was said of these lines, as long as nothing came after it; raises ActedSince.

    A device that was absent before it signed is open again: its paper is looked at once more.
    """
    require_duty(by, e.LineReopened)
    with store.transaction(by, when) as work:
        together = _sets(work, devices)
        for device in together:
            device.require(e.LineReopened)
            _require_last(work, device, e.HandoverConfirmed)
        return tuple(
            work.record(device.code, e.LineReopened(case=device.case_code())) for device in together
        )


def withdraw_handover(
    devices: Iterable[str], store: Store, by: Operator, when: Moment
) -> tuple[e.Event, ...]:
    """Take back a hand-over that did not happen: the devices are kept for their pupils as before.

    Only as long as nothing came after it; raises ActedSince.
    """
    require_duty(by, e.HandoverWithdrawn)
    with store.transaction(by, when) as work:
        together = _sets(work, devices)
        for device in together:
            device.require(e.HandoverWithdrawn)
            _require_last(work, device, e.HandedOver)
        return tuple(
            work.record(
                device.code,
                e.HandoverWithdrawn(
                    case=device.case_code(), batch=device.batch, claim=_claim_of(work, device)
                ),
            )
            for device in together
        )


def _claim_of(work: Work, device: Device) -> bytes | None:
    """The reservation that the hand-over ended, so that a later answer about it still counts."""
    own = [one for one in work.events_about(device.code) if one.header.subject == device.code]
    return next((one.hash for one in reversed(own) if isinstance(one.said, e.Reserved)), None)


def _sets(work: Work, heads: Iterable[str]) -> tuple[Device, ...]:
    return tuple(one for head in dict.fromkeys(heads) for one in whole_set(work, head))


def _of_batch(work: Work, head: str, batch: str) -> tuple[Device, ...]:
    together = whole_set(work, head)
    for device in together:
        device.require(e.HandoverConfirmed)
        if device.batch != batch:
            raise refusals.NotInBatch(device.code, batch)
        if device.undelivered is not None:
            raise refusals.LineSaidSince(device.code)
    return together


def _require_last(work: Work, device: Device, kind: type[e.Said]) -> None:
    """The last thing said of the device itself is of this kind."""
    own = standing(work.events_about(device.code), device.code)
    if not own or not isinstance(own[-1].said, kind):
        raise refusals.ActedSince(device.code)
