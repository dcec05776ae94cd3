"""Ngày trao tại trường: a laptop goes along with a chain of its own, and comes home with it.

What it takes along rests here meanwhile, so that nothing is given twice.
"""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from station import events as e
from station import refusals
from station.device import Device
from station.duties import require_duty
from station.fold import POINT
from station.ledger import ChainId, Moment
from station.operators import Operator
from station.ports import Store, Work
from station.sets import whole_set

LONGEST: Final = timedelta(days=14)
RETURNED, REVOKED, EXPIRED = "returned", "revoked", "expired"


class Delegate(Struct, frozen=True, kw_only=True):
    """Lend these devices and cases to a laptop; the cases of reserved devices go along."""

    devices: tuple[str, ...]
    expires: datetime
    cases: tuple[str, ...] = ()


class EndDelegation(Struct, frozen=True, kw_only=True):
    """The laptop came home, was lost, or its time ran out."""

    chain: ChainId
    reason: str


def delegate(command: Delegate, store: Store, by: Operator, when: Moment) -> e.LaptopDelegated:
    """Record that a laptop may write a chain until then; its key is made and sealed here."""
    require_duty(by, e.LaptopDelegated)
    if not when.at < command.expires <= when.at + LONGEST:
        raise refusals.ImpossibleExpiry(LONGEST.days)
    with store.transaction(by, when) as work:
        if work.laptop:
            raise refusals.NotOnLaptop
        about = _taken_along(work, command)
        chain, key = work.delegate_key()
        said = e.LaptopDelegated(
            chain=chain, key=key, expires_s=int(command.expires.timestamp()), about=about
        )
        work.record(f"{POINT}{work.station:03d}", said)
        return said


def end_delegation(
    command: EndDelegation, store: Store, by: Operator, when: Moment
) -> e.DelegationEnded:
    """Record that the laptop's devices are free here again."""
    require_duty(by, e.DelegationEnded)
    with store.transaction(by, when) as work:
        delegation = work.delegation(command.chain)
        if delegation.ended is not None:
            raise refusals.DelegationOver(command.chain, delegation.ended)
        last_seq = work.came_home(command.chain)
        if command.reason == RETURNED and not last_seq:
            raise refusals.NotHomeYet(command.chain)
        if command.reason == EXPIRED and when.at.timestamp() < delegation.expires_s:
            raise refusals.NotExpiredYet(command.chain)
        if command.reason not in {RETURNED, REVOKED, EXPIRED}:
            raise refusals.NotHomeYet(command.chain)
        said = e.DelegationEnded(
            chain=command.chain, reason=command.reason, last_seq=last_seq, about=delegation.about
        )
        work.record(f"{POINT}{work.station:03d}", said)
        return said


def _taken_along(work: Work, command: Delegate) -> tuple[str, ...]:
    """Whole sets, and the cases their devices are kept for."""
    heads = dict.fromkeys(command.devices)
    devices = [one for head in heads for one in whole_set(work, head)]
    for device in devices:
        device.require(e.LaptopDelegated)
    cases = dict.fromkeys((*command.cases, *_cases_of(devices)))
    for case in map(work.case, cases):
        if case.lent_to is not None:
            raise refusals.LentToLaptop(case.code, case.lent_to)
    about = (*(device.code for device in devices), *cases)
    if not about:
        raise refusals.NothingToRecord
    if len(about) > e.MOST_ABOUT:
        raise refusals.ImpossibleCount(len(about))
    return about


def _cases_of(devices: list[Device]) -> tuple[str, ...]:
    return tuple(device.case for device in devices if device.case is not None)
