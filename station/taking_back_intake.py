"""Nhập nhầm: an intake is taken back while nothing was done with its devices."""

from msgspec import Struct

from station import events as e
from station import refusals
from station.duties import require_duty
from station.ledger import Moment
from station.operators import Operator
from station.ports import Store, Work
from station.told_secrets import forget_all_told

BESIDE = (
    e.Received,
    e.EnteredByMistake,
    e.LabelPrinted,
    e.Joined,
    e.Parted,
    e.SecretGiven,
    e.CallPlanned,
    e.PhotoTaken,
    e.PutOnShelf,
    e.Corrected,
    e.Described,
)
"""What an intake brings by itself, or a look at it; more than that is work somebody did."""


class TakeBackIntake(Struct, frozen=True, kw_only=True):
    """These devices were entered by mistake: all or none."""

    devices: tuple[str, ...]


def take_back_intake(
    command: TakeBackIntake, store: Store, by: Operator, when: Moment
) -> tuple[e.Event, ...]:
    """Record that the devices were never there; their labels may be used for others."""
    require_duty(by, e.EnteredByMistake)
    if not command.devices:
        raise refusals.NothingToRecord
    with store.transaction(by, when) as work:
        for code in command.devices:
            _require_untouched(work, code)
        for code in command.devices:
            device = work.device(code)
            if device.head is not None:
                work.record(code, e.Parted(head=device.head))
        return tuple(_take_back(work, code) for code in command.devices)


def _require_untouched(work: Work, code: str) -> None:
    work.device(code).require(e.EnteredByMistake)
    for event in work.events_about(code):
        own = event.header.subject == code
        if own and not isinstance(event.said, BESIDE):
            raise refusals.WorkedOnSince(code)


def _take_back(work: Work, code: str) -> e.Event:
    """What the donor told of it is emptied for good."""
    device = work.device(code)
    forget_all_told(work, device)
    offer = next((said.offer for said in _receptions(work, code)), None)
    return work.record(code, e.EnteredByMistake(lot=device.lot, offer=offer))


def _receptions(work: Work, code: str) -> list[e.Received]:
    """The newest first: the label may have been another device's before."""
    said = (event.said for event in work.events_about(code))
    return [one for one in said if isinstance(one, e.Received)][::-1]
