"""What a donor gets besides the receipt: thanks, and a confirmation of what was given."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from station import events as e
from station.codes import CodeKind, parse
from station.device import Device
from station.ledger import Moment
from station.lot import LotKind
from station.operators import Operator
from station.paper_facts import DeviceLine, PaperFacts
from station.people import Donor
from station.ports import Store
from ui.papers import device_lines, persons
from ui.papers.history import History, NothingToSay, history
from ui.papers.occasion import heading, occasion_now, signatory
from ui.papers.return_slip import went_back


def thank_you_letter(store: Store, code: str, by: Operator, when: Moment) -> PaperFacts:
    """To whoever brought this lot or device: how many of what, and where to follow it.

    Raises NothingToSay.
    """
    visit = tuple(_given(store, code))
    occasion, reference = occasion_now(store, by, when), store.reference
    devices = _as_received(visit)
    return structs.replace(
        heading(store, occasion, code),
        donor=persons.donor_party(_donor(store, visit)),
        giver=signatory(store, occasion),
        devices=tuple(device_lines.named_line(device, reference) for device in devices),
        tracking_address=reference.programme.tracking_address(code),
    )


def sponsorship_confirmation(
    store: Store, codes: Sequence[str], by: Operator, when: Moment
) -> PaperFacts:
    """To one donor, what came in these lots and devices and when; raises NothingToSay."""
    visits = tuple(told for code in codes for told in _given(store, code))
    occasion = occasion_now(store, by, when)
    devices = _as_received(visits)
    days = sorted(device.received_on for device in devices if device.received_on)
    subject = codes[0] if len(codes) == 1 else ""
    return structs.replace(
        heading(store, occasion, subject),
        donor=persons.donor_party(_donor(store, visits), with_address=True),
        giver=signatory(store, occasion),
        devices=tuple(_line(store, device, several=not subject) for device in devices),
        began=days[0] if days else None,
        ended=days[-1] if days and days[-1] != days[0] else None,
        tracking_address=store.reference.programme.tracking_address(subject) if subject else "",
    )


def _line(store: Store, device: Device, *, several: bool) -> DeviceLine:
    """Among those of several visits a device says in which it came."""
    lot = device.lot if several else None
    return device_lines.device_line(device, store.reference, lot=lot or "")


def _given(store: Store, code: str) -> tuple[History, ...]:
    """What of a visit was not given back since; raises NothingToSay where that is nothing."""
    kept = tuple(told for told in _came(store, code) if not went_back(told))
    if not kept:
        raise NothingToSay(code)
    return kept


def _came(store: Store, code: str) -> Iterator[History]:
    """Every device of a visit; raises NothingToSay where it brought none."""
    if parse(code).kind is CodeKind.DEVICE:
        yield history(store, code)
        return
    lot = store.lot(code)
    if lot is None or not lot.devices or lot.kind is not LotKind.VISIT:
        raise NothingToSay(code)
    yield from (history(store, device) for device in lot.devices)


def _as_received(visits: Iterable[History]) -> tuple[Device, ...]:
    return tuple(told.device(told.need(e.Received).at) for told in visits)


def _donor(store: Store, visits: Iterable[History]) -> Donor | None:
    """Who gave all of it; nobody where the books name more than one."""
    refs = {told.need(e.Received).said.donor for told in visits}
    known = [persons.donor(store, ref.id) for ref in refs if ref]
    named = {who for who in known if who}
    return named.pop() if len(named) == 1 else None
